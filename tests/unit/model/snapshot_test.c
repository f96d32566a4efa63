/* snapshot_test.c - promises of model/snapshot. Tests snapshot_json.c too.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "model/snapshot.h"
#include "snapshots.h"
#include "unit.h"

static const char *text_of(Arena *arena, const Snapshot *snapshot)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 1 << 20);
    snapshot_write(snapshot, true, &out);
    return arena_text(arena, buf_text(&out));
}

void test_snapshot__comes_back_as_it_was(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Snapshot *made = sample_snapshot(arena, "shop.example", SAMPLE_TIME_US, 2, NULL);
    const char *text = text_of(arena, made);
    JsonFile file;
    Snapshot back;
    Error err = {0};
    assert_true(json_parse(arena, "x", str_of(text), &file, &err));
    assert_true(snapshot_read(arena, &file, &back, &err));
    assert_string_equal(text_of(arena, &back), text);
    assert_string_equal(back.name, made->name);
    assert_true(isnan(back.dimensions[DIMENSION_ECO]));
    assert_true(isnan(back.pages[0].metrics[METRIC_LCP]));
}

void test_snapshot__foreign_files_are_refused_with_a_place(void)
{
    static const char *const texts[] = {
        "{}",
        "{\"schema\": \"mystery-history/1\", \"site\": \"\", \"started\": \"\"}",
        "{\"schema\": \"mystery-history/1\", \"site\": \"https://a/\", \"started\":"
        " \"2026-01-01T00:00:00Z\", \"pages\": [{\"visit\": 3}]}",
        "{\"schema\": \"mystery-history/1\", \"site\": \"https://a/\", \"started\":"
        " \"2026-01-01T00:00:00Z\", \"findings\": [{\"dimension\": \"speed\", \"impact\":"
        " \"major\", \"outcome\": \"fail\", \"rounds\": \"px\"}]}",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        JsonFile file;
        Snapshot back;
        Error err = {0};
        assert_true(json_parse(arena, "x.json", str_of(texts[i]), &file, &err));
        assert_false(snapshot_read(arena, &file, &back, &err));
        assert_int_equal(err.code, ERROR_INPUT);
        assert_non_null(strstr(err.where, "x.json:1:"));
    }
}

void test_snapshot__medians_leave_out_first_and_failed_visits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Snapshot *s = sample_snapshot(arena, "shop.example", SAMPLE_TIME_US, 2, NULL);
    SnapMedian *list = NULL;
    s->pages[0].metrics[METRIC_TTFB] = 9000; /* home of the first visit */
    s->visits[1].outcome = VISIT_ERROR;
    s->pages[4].metrics[METRIC_TTFB] = 7000;
    assert_int_equal(snapshot_medians(arena, s, &list), 4);
    assert_int_equal(list[0].kind, PAGE_HOME);
    assert_near(list[0].median, 1200, 1e-9);
    assert_int_equal(list[0].visits, 3);
    assert_string_equal(snap_page_name(arena, PAGE_CHECKOUT, STAGE_ADDRESS),
                        "checkout address");
}

void test_snapshot__taken_from_an_audit_by_rounds(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Grid grid = {.id = "base", .version = "3"};
    Rule rule = {.id = "cart-add-works", .impact = IMPACT_BLOCKER};
    Finding finding = {.rule = &rule, .outcome = FINDING_FAIL, .fingerprint = "f"};
    PageResult results[] = {{.visit = 0, .page = 0, .outcome = FINDING_PASS},
                            {.visit = 1, .page = 0, .outcome = FINDING_FAIL},
                            {.visit = 1, .page = 0, .outcome = FINDING_PASS}};
    audit->site = "https://shop.example/";
    audit->host = "shop.example";
    audit->tool_version = "1";
    audit->grid = &grid;
    for (int v = 0; v < 3; v++) {
        Visit *visit = visit_create(arena);
        visit->scenario_id = "buy";
        visit->persona_id = "phone";
        visit->engine = "http";
        visit->number = v + 1;
        visit->outcome = VISIT_COMPLETED;
        visit->started_us = SAMPLE_TIME_US + v;
        Page *page = visit_add_page(visit);
        page->kind = PAGE_PRODUCT;
        page->url = "https://shop.example/p/vase?x=1";
        page->metrics[METRIC_TTFB] = 100 + v;
        visit_fact_number(visit, "product.price", 64, 0);
        ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    }
    finding.results = results;
    finding.result_count = 3;
    const Finding *one = &finding;
    audit->findings = arena_alloc(arena, sizeof one);
    memcpy(audit->findings, &one, sizeof one);
    audit->finding_count = 1;
    Snapshot s;
    snapshot_take(arena, audit, &s);
    assert_string_equal(s.findings[0].rounds, "pf-");
    assert_string_equal(s.findings[0].page, "product");
    assert_string_equal(s.findings[0].revision, "");
    assert_string_equal(s.grid, "base 3");
    assert_true(s.visits[0].is_first && !s.visits[1].is_first);
    assert_string_equal(s.pages[0].path, "/p/vase?x=1");
    assert_int_equal(s.price_count, 1);
    assert_near(s.prices[0].price, 64, 0);
    assert_true(isnan(s.prices[0].former));
}
