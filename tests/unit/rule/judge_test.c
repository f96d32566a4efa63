/* judge_test.c - rules on pages, visits and the site, gathered into findings. Tests
 * finding_build.c too. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "fixture.h"
#include "rule/check.h"
#include "rule/finding_build.h"
#include "rule/judge.h"
#include "unit.h"

/** A grid of one rule whose check is given. */
static Grid *grid_of(Arena *arena, const Words *words, const char *check, Rule *rule)
{
    static const char *engines[] = {"http", "chromium", NULL};
    static const char *none[] = {NULL};
    Grid *grid = ARENA_NEW(arena, Grid);
    Error error = {0};
    CheckSource source = {.arena = arena, .words = words};
    Check *compiled = NULL;
    memset(rule, 0, sizeof *rule);
    assert_true(json_parse(arena, "test", str_of(check), &rule->file, &error));
    source.file = &rule->file;
    if (!check_compile(&source, rule->file.root, &compiled, &error))
        fail_msg("%s", error.what);
    rule->id = "x-rule";
    rule->pages = ~0U;
    rule->engines = engines;
    rule->countries = rule->tags = rule->questions = rule->same_as = none;
    rule->compiled = compiled;
    rule->check_kind = compiled->type->kind;
    grid->impact_weights[IMPACT_MINOR] = 1;
    grid->confidence_weights[CONFIDENCE_LOW] = 1;
    ARENA_PUSH(arena, grid->rules, grid->rule_count, grid->rule_capacity, rule);
    return grid;
}

/** A page of HTML appended to an audit's first visit. */
static Page *page_add(Audit *audit, PageKind kind, const char *url, const char *html)
{
    Visit *visit = audit->visits[audit->visit_count - 1];
    Page *page = visit_add_page(visit);
    Exchange *document = visit_add_exchange(visit);
    document->page = page->index;
    document->url = page->url = page->requested = url;
    document->status = page->status = 200;
    document->mime = "text/html";
    document->body = str_of(html);
    document->has_body = true;
    document->error_kind = NULL;
    page->kind = kind;
    page->document = (int)visit->exchange_count - 1;
    return page;
}

static Visit *visit_new(Audit *audit)
{
    Visit *visit = visit_create(audit->arena);
    visit->site = "https://shop.example/";
    visit->engine = "http";
    visit->scenario_id = "buy";
    ARENA_PUSH(audit->arena, audit->visits, audit->visit_count, audit->visit_capacity,
               visit);
    return visit;
}

/** Judge an audit by one check. */
static const Finding *judge(Audit *audit, const char *check, Rule *rule)
{
    const Words *words = fixture_words(audit->arena);
    Error error = {0};
    audit->grid = grid_of(audit->arena, words, check, rule);
    assert_true(judge_audit(audit, words, NULL, &error));
    assert_int_equal(audit->finding_count, 1);
    return audit->findings[0];
}

static const char one_h1[] = "{\"kind\": \"css\", \"select\": \"h1\", \"min\": 1}";

void test_judge__leaves_out_where_a_form_for_scripts_went_astray(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    const Words *words = fixture_words(arena);
    Rule rule;
    Visit *visit = visit_new(audit);
    StepRecord *step = visit_add_step(visit, "add-to-cart", STEP_KIND_ADD_TO_CART);
    step->outcome = OUTCOME_NEEDS_BROWSER;
    page_add(audit, PAGE_CATEGORY, "https://shop.example/?option=5&quantity=1", "<p>List")
        ->step = 0;
    audit->grid =
        grid_of(arena, words, "{\"kind\": \"css\", \"select\": \"h1\", \"min\": 1}", &rule);
    assert_true(judge_audit(audit, words, NULL, NULL));
    assert_int_equal(audit->findings[0]->result_count, 0);
    step->outcome = OUTCOME_OK;
    assert_true(judge_audit(audit, words, NULL, NULL));
    assert_int_equal(audit->findings[0]->outcome, FINDING_FAIL);
}

void test_judge__one_failing_page_fails_the_finding(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    const Finding *finding;
    visit_new(audit);
    page_add(audit, PAGE_HOME, "https://shop.example/", "<h1>A</h1>");
    page_add(audit, PAGE_PRODUCT, "https://shop.example/p", "<h2>A</h2>");
    finding = judge(audit, one_h1, &rule);
    assert_int_equal(finding->outcome, FINDING_FAIL);
    assert_int_equal(finding->pages_failed, 1);
    assert_int_equal(finding->pages_seen, 2);
    assert_true(fabs(finding->score - 0.5) < 1e-9);
}

/** What a check says of a page whose body never came. */
static FindingOutcome empty_page_outcome(const char *check)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    visit_new(audit);
    audit->site = "https://shop.example/";
    Page *page = page_add(audit, PAGE_HOME, "https://shop.example/", "");
    audit->visits[0]->exchanges[page->document]->has_body = false;
    return judge(audit, check, &rule)->outcome;
}

void test_judge__a_page_without_content_cannot_be_told_by_a_check_within(void)
{
    static const char header_or_element[] =
        "{\"kind\": \"header\", \"name\": \"x-none\", \"value\": \"x\","
        " \"or\": [{\"kind\": \"css\", \"select\": \"h1\", \"min\": 1}]}";
    static const char element_or_header[] =
        "{\"kind\": \"css\", \"select\": \"h1\", \"min\": 1,"
        " \"or\": [{\"kind\": \"header\", \"name\": \"x-none\", \"value\": \"x\"}]}";
    assert_int_equal(empty_page_outcome(header_or_element), FINDING_CANNOT_TELL);
    assert_int_equal(empty_page_outcome(element_or_header), FINDING_CANNOT_TELL);
}

void test_judge__the_same_url_in_several_visits_is_one_subject(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    const Finding *finding;
    for (int i = 0; i < 3; i++) {
        visit_new(audit);
        page_add(audit, PAGE_HOME, "https://shop.example/", "<h2>A</h2>");
    }
    page_add(audit, PAGE_PRODUCT, "https://shop.example/p", "<h1>A</h1>");
    finding = judge(audit, one_h1, &rule);
    assert_int_equal(finding->result_count, 4);
    assert_int_equal(finding->pages_seen, 2);
    assert_int_equal(finding->pages_failed, 1);
    assert_string_equal(finding->results[0].reason ? finding->results[0].reason : "", "");
}

void test_judge__a_shell_that_scripts_fill_cannot_be_told(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    visit_new(audit);
    page_add(audit, PAGE_HOME, "https://shop.example/", "<div id=app></div>")
        ->is_script_shell = true;
    assert_int_equal(judge(audit, one_h1, &rule)->outcome, FINDING_CANNOT_TELL);
}

void test_judge__error_pages_are_left_to_rules_that_ask_for_them(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    visit_new(audit);
    page_add(audit, PAGE_PRODUCT, "https://shop.example/p", "<p>x")->status = 500;
    assert_int_equal(judge(audit, one_h1, &rule)->outcome, FINDING_CANNOT_TELL);
    assert_int_equal(
        judge(audit,
              "{\"kind\": \"css\", \"select\": \"h1\", \"min\": 1, \"any_status\": true}",
              &rule)
            ->outcome,
        FINDING_FAIL);
}

void test_judge__robot_walls_and_checks_of_links_are_no_pages_of_the_shop(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    visit_new(audit);
    page_add(audit, PAGE_CHALLENGE, "https://shop.example/", "<p>wait");
    visit_new(audit)->scenario_id = "links";
    page_add(audit, PAGE_HOME, "https://shop.example/", "<p>x");
    assert_int_equal(judge(audit, one_h1, &rule)->outcome, FINDING_CANNOT_TELL);
}

void test_judge__one_page_can_settle_a_rule_for_all(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    const Finding *finding;
    visit_new(audit);
    page_add(audit, PAGE_LEGAL, "https://shop.example/a", "<h2>A</h2>");
    page_add(audit, PAGE_LEGAL, "https://shop.example/b", "<h1>A</h1>");
    finding = judge(
        audit, "{\"kind\": \"css\", \"select\": \"h1\", \"min\": 1, \"any_page\": true}",
        &rule);
    assert_int_equal(finding->outcome, FINDING_PASS);
    assert_int_equal(finding->pages_failed, 0);
}

void test_judge__what_stands_on_a_page_nobody_opened_is_not_missing(void)
{
    static const char check[] = "{\"kind\": \"css\", \"select\": \"address\", \"min\": 1, "
                                "\"stands_on\": [\"legal\"]}";

    for (int has_legal = 0; has_legal < 2; has_legal++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Audit *audit = audit_create(arena);
        const Words *words = fixture_words(arena);
        Error error = {0};
        Rule rule;
        visit_new(audit);
        page_add(audit, PAGE_HOME, "https://shop.example/", "<p>x");
        if (has_legal)
            page_add(audit, PAGE_LEGAL, "https://shop.example/legal", "<p>x");
        audit->grid = grid_of(arena, words, check, &rule);
        assert_true(judge_audit(audit, words, NULL, &error));
        assert_int_equal(audit->findings[0]->outcome,
                         has_legal ? FINDING_FAIL : FINDING_CANNOT_TELL);
    }
}

void test_judge__a_measure_is_decided_by_the_median_of_its_visits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    const Finding *finding;
    const double times[] = {100, 5000, 120};
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        visit_new(audit);
        page_add(audit, PAGE_HOME, "https://shop.example/", "<p>x")->metrics[METRIC_TTFB] =
            times[i];
    }
    finding = judge(
        audit,
        "{\"kind\": \"metric\", \"metric\": \"ttfb_ms\", \"good\": 800, \"poor\": 1800}",
        &rule);
    assert_int_equal(finding->outcome, FINDING_PASS);
    assert_string_equal(finding->unit, "ms");
}

void test_judge__laws_of_other_countries_do_not_apply(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    const Words *words = fixture_words(arena);
    static const char *french[] = {"FR", NULL}, *american[] = {"US", NULL};
    Rule rule;
    Error error = {0};
    visit_new(audit);
    page_add(audit, PAGE_HOME, "https://shop.example/", "<p>x");
    audit->countries = american;
    audit->grid = grid_of(arena, words, one_h1, &rule);
    rule.countries = french;
    assert_true(judge_audit(audit, words, NULL, &error));
    assert_int_equal(audit->findings[0]->outcome, FINDING_NOT_APPLICABLE);
    assert_non_null(audit->findings[0]->reason);
}

void test_judge__transport_is_judged_on_loopback_only_when_asked(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    const Words *words = fixture_words(arena);
    const JudgeOptions public = {.assume_public = true};
    Rule rule;
    Error error = {0};
    visit_new(audit);
    page_add(audit, PAGE_HOME, "http://127.0.0.1:8080/", "<p>x");
    audit->grid = grid_of(
        arena, words,
        "{\"kind\": \"regex\", \"target\": \"url\", \"pattern\": \"^https:\", \"transport\": true}",
        &rule);
    assert_true(judge_audit(audit, words, NULL, &error));
    assert_int_equal(audit->findings[0]->outcome, FINDING_NOT_APPLICABLE);
    assert_true(judge_audit(audit, words, &public, &error));
    assert_int_equal(audit->findings[0]->outcome, FINDING_FAIL);
}

void test_judge__a_fact_nobody_looked_for_is_open(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    visit_new(audit);
    assert_int_equal(
        judge(audit, "{\"kind\": \"journey\", \"fact\": \"cart.add_worked\", \"is\": true}",
              &rule)
            ->outcome,
        FINDING_CANNOT_TELL);
}

void test_judge__kinds_without_facts_say_what_is_missing(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    const Finding *finding;
    visit_new(audit);
    page_add(audit, PAGE_HOME, "https://shop.example/", "<p>x");
    finding = judge(audit,
                    "{\"kind\": \"layout\", \"select\": \"p\", \"each\": {\"height\": "
                    "{\"min\": 9}}}",
                    &rule);
    assert_int_equal(finding->outcome, FINDING_CANNOT_TELL);
    assert_non_null(strstr(finding->reason, "browser"));
}

void test_judge__evidence_knows_its_place_on_the_picture(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    /* html, head, body, then the two paragraphs: their order in the tree is 3 and 5. */
    LayoutNode nodes[] = {
        {.element = 3,
         .x = 40,
         .y = 400,
         .width = 80,
         .height = 20,
         .flags = LAYOUT_VISIBLE},
        {.element = 5,
         .x = 0,
         .y = 1200,
         .width = 80,
         .height = 20,
         .flags = LAYOUT_VISIBLE},
    };
    Layout layout = {.viewport_width = 400, .nodes = nodes, .count = COUNT_OF(nodes)};
    Audit *audit = audit_create(arena);
    Rule rule;
    visit_new(audit)->engine = "chromium";
    Page *page = page_add(audit, PAGE_HOME, "https://shop.example/", "<p>a<p>b");
    page->layout = &layout;
    page->screenshot = "../screenshots/a.jpg";
    page->shot[1] = 200;
    page->shot[2] = 400;
    page->shot[3] = 800;
    const Finding *finding =
        judge(audit, "{\"kind\": \"css\", \"select\": \"p\", \"max\": 0}", &rule);
    assert_int_equal(finding->outcome, FINDING_FAIL);
    const Evidence *first = &finding->results[0].evidence[0], *second = first + 1;
    assert_near(first->box[0], 0.1, 1e-6);
    assert_near(first->box[1], 0.25, 1e-6);
    assert_near(first->box[2], 0.2, 1e-6);
    assert_near(first->box[3], 0.025, 1e-6);
    assert_near(second->box[2], 0, 0);
}

void test_judge__the_same_visits_give_the_same_fingerprint(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = audit_create(arena);
    Rule rule;
    const char *first;
    visit_new(audit);
    page_add(audit, PAGE_HOME, "https://shop.example/", "<h1>A</h1>");
    first = judge(audit, one_h1, &rule)->fingerprint;
    assert_int_equal(strlen(first), 16);
    audit->visits[0]->exchanges[0]->body = STR("<h2>A</h2>");
    assert_string_equal(judge(audit, one_h1, &rule)->fingerprint, first);
}

void test_finding_build__of_one_fact_in_one_dimension_the_heaviest_counts(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *of_b[] = {"b", NULL}, *none[] = {NULL};
    Grid grid = {.impact_weights = {1, 3, 9}, .confidence_weights = {0.4, 0.7, 1}};
    Rule a = {.id = "a", .impact = IMPACT_MINOR, .same_as = of_b},
         b = {.id = "b", .impact = IMPACT_MAJOR, .same_as = none};
    Finding *findings[] = {finding_create(arena, &a), finding_create(arena, &b)};
    findings[0]->outcome = findings[1]->outcome = FINDING_FAIL;
    findings_group(findings, 2, &grid);
    assert_false(findings[0]->is_counted);
    assert_true(findings[1]->is_counted);
}

void test_finding_build__answers_that_do_not_apply_are_kept_once(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *none[] = {NULL};
    Rule rule = {.id = "a", .same_as = none};
    Finding *finding = finding_create(arena, &rule);
    Answer answer;
    answer_init(&answer);
    answer_set(&answer, FINDING_NOT_APPLICABLE, "no object");
    for (int i = 0; i < 5; i++)
        finding_add(finding, arena, 0, i, &answer);
    assert_int_equal(finding->result_count, 1);
}
