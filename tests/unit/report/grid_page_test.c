/* grid_page_test.c - promises of the grid as a document. SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/grid_page.h"
#include "unit.h"

static const char *none[] = {NULL};

static Rule rule_of(const char *id, CheckKind kind, const char *criterion)
{
    return (Rule){.id = id,
                  .dimension = DIMENSION_ERGONOMICS,
                  .impact = IMPACT_BLOCKER,
                  .countries = none,
                  .source = "own",
                  .check_kind = kind,
                  .criterion = {1, {"en"}, {criterion}}};
}

void test_grid_page__criteria_and_questions_are_told_apart_and_escaped(void)
{
    static const char *const folders[] = {"reports", NULL};
    Rule machine = rule_of("nav-menu", CHECK_CSS, "A menu <b>is</b> there.");
    Rule person = rule_of("visitor-glad", CHECK_PERSON, "One is glad.");
    Rule *rules[] = {&machine, &person};
    Grid grid = {.id = "mine",
                 .version = "7",
                 .rules = rules,
                 .rule_count = 2,
                 .shares = {[DIMENSION_ERGONOMICS] = 3, [DIMENSION_SEO] = 1}};
    ReportOptions options = {.language = "fr", .folders = folders};
    AUTO(buf_release) Buf out = {0};
    Error err = {0};
    buf_init(&out, 1 << 20);
    assert_true(grid_page(&grid, &options, &out, &err));
    const char *page = buf_text(&out);
    assert_non_null(strstr(page, "A menu &lt;b&gt;is&lt;/b&gt; there."));
    assert_null(strstr(page, "<b>is</b>"));
    assert_non_null(strstr(page, "75\xC2\xA0% de la note"));
    assert_non_null(strstr(page, "<b>1.</b> One is glad. <code>visitor-glad</code>"));
    assert_null(strstr(page, "<b>2.</b>"));
    assert_non_null(strstr(page, "☐ en partie"));
}
