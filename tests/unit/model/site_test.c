/* site_test.c - templates and tallies of a crawled site. SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "model/site.h"
#include "unit.h"

void test_site__tallies_stand_most_first(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SiteReport report = {.arena = arena};
    SiteQuestion question = {0};
    site_tally(&report, &question, 4, 1);
    site_tally(&report, &question, 2, 1);
    site_tally(&report, &question, 2, 2);
    site_tally(&report, &question, SIZE_MAX, 9);
    assert_int_equal(question.tally_count, 2);
    assert_int_equal(question.tallies[0].template_index, 2);
    assert_int_equal(question.tallies[0].count, 3);
}

void test_site__finds_a_template_by_kind_and_shape(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SiteReport report = {.arena = arena};
    SiteTemplate one = {.kind = PAGE_PRODUCT, .shape_id = 7};
    ARENA_PUSH(arena, report.templates, report.template_count, report.template_capacity,
               one);
    assert_int_equal(site_template(&report, PAGE_PRODUCT, 7), 0);
    assert_true(site_template(&report, PAGE_HOME, 7) == SIZE_MAX);
}

void test_site__every_question_has_a_name(void)
{
    for (int i = 0; i < TOPIC_COUNT; i++) {
        assert_non_null(site_topic_name((SiteTopic)i));
        assert_true(site_topic_impact((SiteTopic)i) < IMPACT_COUNT);
    }
}
