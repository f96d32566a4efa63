/* names_test.c - the tables of model/ name everything once and find it again.
 *
 * Tests lang.c, metric.c, page.c, persona.c, rule.c, scenario.c and audit.c.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "model/audit.h"
#include "model/lang.h"
#include "model/metric.h"
#include "model/page.h"
#include "model/persona.h"
#include "model/rule.h"
#include "model/scenario.h"
#include "unit.h"

void test_lang__falls_back_to_english(void)
{
    const LangText text = {2, {"en", "fr"}, {"basket", "panier"}};
    const LangText none = {0};
    assert_string_equal(lang_text(&text, "fr"), "panier");
    assert_string_equal(lang_text(&text, "de"), "basket");
    assert_string_equal(lang_text(&text, NULL), "basket");
    assert_string_equal(lang_text(&none, "fr"), "");
}

void test_metric__every_name_finds_its_row(void)
{
    for (int i = 0; i < METRIC_COUNT; i++) {
        const MetricInfo *info = metric_info((Metric)i);
        assert_int_equal(metric_of(info->name), i);
        assert_true(info->en[0] != '\0' && info->fr[0] != '\0');
        assert_true(isnan(info->good) == isnan(info->poor));
    }
    assert_int_equal(metric_of("no_such_metric"), METRIC_COUNT);
}

void test_page__kinds_stages_and_types_go_there_and_back(void)
{
    for (int i = 0; i < PAGE_KIND_COUNT; i++)
        assert_int_equal(page_kind_of(page_kind_name((PageKind)i)), i);
    for (int i = STAGE_NONE; i <= STAGE_REVIEW; i++)
        assert_int_equal(checkout_stage_of(checkout_stage_name((CheckoutStage)i)), i);
    for (int i = RESOURCE_DOCUMENT; i <= RESOURCE_OTHER; i++)
        assert_int_equal(resource_type_of(resource_type_name((ResourceType)i)), i);
    assert_int_equal(page_kind_of("nonsense"), PAGE_UNKNOWN);
    assert_int_equal(page_kind_of(NULL), PAGE_UNKNOWN);
    assert_int_equal(resource_type_of("xhr"), RESOURCE_DATA);
    assert_int_equal(resource_type_of(NULL), RESOURCE_OTHER);
}

void test_page__types_are_told_from_the_mime_type(void)
{
    assert_int_equal(resource_type_of_mime("text/html"), RESOURCE_DOCUMENT);
    assert_int_equal(resource_type_of_mime("text/css"), RESOURCE_STYLE);
    assert_int_equal(resource_type_of_mime("application/javascript"), RESOURCE_SCRIPT);
    assert_int_equal(resource_type_of_mime("image/svg+xml"), RESOURCE_IMAGE);
    assert_int_equal(resource_type_of_mime("application/font-woff2"), RESOURCE_FONT);
    assert_int_equal(resource_type_of_mime("video/mp4"), RESOURCE_MEDIA);
    assert_int_equal(resource_type_of_mime("application/ld+json"), RESOURCE_DATA);
    assert_int_equal(resource_type_of_mime("application/pdf"), RESOURCE_OTHER);
    assert_int_equal(resource_type_of_mime(NULL), RESOURCE_OTHER);
}

void test_page__headers_are_found_whatever_their_case(void)
{
    Exchange exchange = {0};
    Header headers[] = {{"Set-Cookie", "a"}, {"Server", "s"}, {"set-cookie", "b"}};
    exchange.headers = headers;
    exchange.header_count = 3;
    assert_string_equal(exchange_header(&exchange, "SERVER"), "s");
    assert_string_equal(exchange_header_at(&exchange, "set-cookie", 1), "b");
    assert_null(exchange_header_at(&exchange, "set-cookie", 2));
    assert_null(exchange_header(&exchange, "etag"));
}

void test_persona__every_network_id_is_known(void)
{
    for (const char *const *id = network_ids(); *id; id++)
        assert_string_equal(network_of(*id)->id, *id);
    assert_null(network_of("5g"));
    assert_null(network_of(NULL));
}

void test_rule__every_name_goes_there_and_back(void)
{
    Dimension dimension = DIMENSION_COUNT;
    Impact impact = IMPACT_COUNT;
    Confidence confidence = CONFIDENCE_COUNT;
    RepairEffort effort = EFFORT_COUNT;
    CheckKind kind = CHECK_KIND_COUNT;
    for (int i = 0; i < DIMENSION_COUNT; i++)
        assert_true(dimension_of(dimension_name((Dimension)i), &dimension) &&
                    (int)dimension == i);
    for (int i = 0; i < IMPACT_COUNT; i++)
        assert_true(impact_of(impact_name((Impact)i), &impact) && (int)impact == i);
    for (int i = 0; i < CONFIDENCE_COUNT; i++)
        assert_true(confidence_of(confidence_name((Confidence)i), &confidence) &&
                    (int)confidence == i);
    for (int i = 0; i < EFFORT_COUNT; i++)
        assert_true(effort_of(effort_name((RepairEffort)i), &effort) && (int)effort == i);
    for (int i = 0; i < CHECK_KIND_COUNT; i++)
        assert_true(check_kind_of(check_kind_name((CheckKind)i), &kind) && (int)kind == i);
    assert_false(dimension_of("nonsense", &dimension));
    assert_false(impact_of(NULL, &impact));
    assert_false(confidence_of("", &confidence));
    assert_false(effort_of("x", &effort));
    assert_false(check_kind_of("x", &kind));
}

void test_scenario__every_step_and_safety_level_has_a_name(void)
{
    Safety safety = SAFETY_LOOK;
    for (int i = 0; i < STEP_KIND_COUNT; i++)
        assert_int_equal(step_kind_of(step_info((StepKind)i)->name), i);
    assert_int_equal(step_kind_of("nonsense"), STEP_KIND_COUNT);
    for (int i = SAFETY_LOOK; i <= SAFETY_ACT; i++)
        assert_true(safety_of(safety_name((Safety)i), &safety) && (int)safety == i);
    assert_false(safety_of("pay", &safety));
}

void test_audit__nothing_is_measured_at_first(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Audit *audit = audit_create(arena);
    assert_true(isnan(audit->score));
    assert_true(isnan(audit->confidence));
    assert_true(isnan(audit->customer.satisfaction.value));
    for (int i = 0; i < DIMENSION_COUNT; i++)
        assert_true(isnan(audit->dimensions[i].score));
    assert_string_equal(audit_status_name(AUDIT_INCONCLUSIVE), "inconclusive");
}
