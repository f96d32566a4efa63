/* steps_layers_test.c - what the steps make of an engine with eyes for layers.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fake.h"
#include "unit.h"

#define FLOW                                                                               \
    "{\"title\":\"t\",\"steps\":[{\"type\":\"customStep\",\"name\":\"mystery/journey\","   \
    "\"parameters\":{\"schema\":1}},{\"type\":\"customStep\",\"name\":\"mystery/open\","   \
    "\"parameters\":{}},{\"type\":\"customStep\",\"name\":\"mystery/%s\",\"parameters\":{" \
    "}}]}"

static bool asks_and_goes(Visitor *visitor, const char *choice, Clearing *clearing,
                          Error *err)
{
    (void)visitor, (void)err;
    *clearing = (Clearing){.seen = 1, .cleared = 1, .clicks = 1, .what = "consent"};
    clearing->words = strcmp(choice, "accept") == 0 ? "Accept all" : "Reject all";
    return true;
}

static bool asks_and_stays(Visitor *visitor, const char *choice, Clearing *clearing,
                           Error *err)
{
    (void)visitor, (void)err, (void)choice;
    *clearing = (Clearing){.seen = 1, .what = "consent", .why = "refusing costs money"};
    return true;
}

static bool asks_nothing(Visitor *visitor, const char *choice, Clearing *clearing,
                         Error *err)
{
    (void)visitor, (void)err, (void)choice;
    *clearing = (Clearing){0};
    return true;
}

static bool has_a_pop_up(Visitor *visitor, Clearing *clearing, Error *err)
{
    (void)visitor, (void)err;
    *clearing = (Clearing){.seen = 1, .cleared = 1, .clicks = 2, .what = "newsletter"};
    return true;
}

static bool keeps_one_cookie(Visitor *visitor, CookieSeen **list, size_t *count, Error *err)
{
    (void)err;
    *count = 2;
    *list = ARENA_ARRAY(visitor->visit->arena, 2, CookieSeen);
    (*list)[0] = (CookieSeen){.name = "session", .domain = "shop.test"};
    (*list)[1] = (CookieSeen){.name = "_ga", .domain = "shop.test", .is_lasting = true};
    return true;
}

typedef bool ConsentFunction(Visitor *, const char *, Clearing *, Error *);

/* Walk "open" and one more step with an engine that has eyes; its record is returned. */
static FakeVisit *walked(const char *step, ConsentFunction *consent, VisitorEngine *engine)
{
    Arena *arena = arena_create();
    FakeVisit *fake = fake_visit_json(SHOP_PLAIN, arena_printf(arena, FLOW, step));
    *engine = *fake->visitor->engine;
    engine->consent = consent;
    engine->dismiss = has_a_pop_up;
    engine->cookies = keeps_one_cookie;
    fake->visitor->engine = engine;
    fake_walk(fake);
    arena_release(arena);
    return fake;
}

void test_steps_layers__an_answered_question_is_told(void)
{
    VisitorEngine engine;
    FakeVisit *fake = walked("consent", asks_and_goes, &engine);
    const StepRecord *step = fake_step(fake, STEP_KIND_CONSENT);
    assert_int_equal(step->outcome, OUTCOME_OK);
    assert_non_null(step->match.text);
    assert_int_equal(fake->visit->left_count, 1);
    assert_true(fake_number(fake, "cookies.before_choice") == 1);
    fake_release(fake);
}

void test_steps_layers__a_question_that_stays_is_told_with_its_reason(void)
{
    VisitorEngine engine;
    FakeVisit *fake = walked("consent", asks_and_stays, &engine);
    const StepRecord *step = fake_step(fake, STEP_KIND_CONSENT);
    assert_int_equal(step->outcome, OUTCOME_NO_EFFECT);
    assert_string_equal(step->reason, "refusing costs money");
    fake_release(fake);
}

void test_steps_layers__no_question_is_no_failure(void)
{
    VisitorEngine engine;
    FakeVisit *fake = walked("consent", asks_nothing, &engine);
    assert_int_equal(fake_step(fake, STEP_KIND_CONSENT)->outcome, OUTCOME_SKIPPED);
    fake_release(fake);
}

void test_steps_layers__pop_ups_are_dismissed(void)
{
    VisitorEngine engine;
    FakeVisit *fake = walked("dismiss", asks_nothing, &engine);
    assert_int_equal(fake_step(fake, STEP_KIND_DISMISS)->outcome, OUTCOME_OK);
    fake_release(fake);
}
