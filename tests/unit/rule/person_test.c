/* person_test.c - promises of questions for people. SPDX-License-Identifier: MIT */
#include <string.h>

#include "fixture.h"
#include "rule/example.h"
#include "rule/judge.h"
#include "rule/pack.h"
#include "rule/person.h"
#include "unit.h"

/** Our questions over our grid, and an audit of one visit without a page. */
static Audit *asked_audit(Arena *arena)
{
    const char *only[] = {"visitor-offer-clear", "visitor-would-pay", "seo-canonical",
                          NULL};
    const Words *words = fixture_words(arena);
    Grid *grid = words ? fixture_grid(arena, words) : NULL;
    Audit *audit = audit_create(arena);
    Visit *visit = visit_create(arena);
    Error error = {0};
    assert_non_null(grid);
    assert_false(person_is_asked(grid));
    assert_true(grid_merge(arena, "rules/questions", words, grid, &error));
    assert_true(person_is_asked(grid));
    audit->site = visit->site = "https://shop.example/";
    audit->host = "shop.example";
    audit->grid = grid;
    visit->engine = "http";
    visit->scenario_id = "buy";
    visit->persona_id = "phone";
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    JudgeOptions options = {.only = only};
    assert_true(judge_audit(audit, words, &options, &error));
    return audit;
}

static const Finding *finding_of(const Audit *audit, const char *id)
{
    for (size_t i = 0; i < audit->finding_count; i++)
        if (strcmp(audit->findings[i]->rule->id, id) == 0)
            return audit->findings[i];
    fail_msg("no finding of %s", id);
    return NULL;
}

void test_person__unanswered_it_cannot_tell(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Finding *finding = finding_of(asked_audit(arena), "visitor-would-pay");
    assert_int_equal(finding->outcome, FINDING_CANNOT_TELL);
    assert_non_null(strstr(finding->reason, "only a person"));
}

void test_person__several_people_are_averaged(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = asked_audit(arena);
    PersonAnswer items[] = {
        {"visitor-offer-clear", 1, "", "2026-11-12", "retired", 2},
        {"visitor-offer-clear", 0.5, "what is it?", "2026-11-13", "student", 3},
        {"visitor-would-pay", NAN, "", "2026-11-12", "retired", 4},
    };
    PersonAnswers answers = {"answers.csv", items, 3, 3};
    assert_int_equal(person_apply(audit, &answers), 0);
    const Finding *offer = finding_of(audit, "visitor-offer-clear");
    assert_int_equal(offer->outcome, FINDING_FAIL);
    assert_near(offer->score, 0.75, 1e-9);
    assert_int_equal(offer->result_count, 2);
    assert_string_equal(offer->results[1].person, "student");
    assert_string_equal(offer->results[1].text, "what is it?");
    assert_null(offer->reason);
    assert_int_equal(finding_of(audit, "visitor-would-pay")->outcome,
                     FINDING_NOT_APPLICABLE);
}

void test_person__what_the_program_told_stays(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = asked_audit(arena);
    PersonAnswer item = {"seo-canonical", 0, "", "2026-11-12", "retired", 2};
    PersonAnswers answers = {"answers.csv", &item, 1, 1};
    for (size_t i = 0; i < audit->finding_count; i++)
        if (strcmp(audit->findings[i]->rule->id, "seo-canonical") == 0)
            audit->findings[i]->outcome = FINDING_PASS;
    assert_int_equal(person_apply(audit, &answers), 1);
    assert_int_equal(finding_of(audit, "seo-canonical")->outcome, FINDING_PASS);
}

void test_person__an_unknown_rule_is_named_before_the_visit(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = asked_audit(arena);
    PersonAnswer item = {"visitor-would-pya", 0, "", "2026-11-12", "retired", 7};
    PersonAnswers answers = {"answers.csv", &item, 1, 1};
    Error err = {0};
    assert_false(person_check(audit->grid, &answers, &err));
    assert_string_equal(err.where, "answers.csv:7");
    assert_non_null(strstr(err.hint, "visitor-would-pay"));
}

void test_person__every_question_speaks_both_languages(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    const Audit *audit = asked_audit(arena);
    int questions = 0;
    for (size_t i = 0; i < audit->grid->rule_count; i++) {
        Error err = {0};
        const Rule *rule = audit->grid->rules[i];
        if (rule->check_kind != CHECK_PERSON)
            continue;
        questions++;
        if (!rule_is_complete(rule, words, &err))
            fail_msg("%s: %s", rule->id, err.what);
    }
    assert_int_equal(questions, 12);
}
