/* sentences_test.c - no sentence contradicts its tick: reports of random audits are checked
 * against their findings.
 *
 * Tests view.c and story_fact.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "fixture.h"
#include "report/locale.h"
#include "report/say.h"
#include "report/view.h"
#include "unit.h"

enum { SEEDS = 40 };

typedef struct Telling {
    Arena *arena;
    const Audit *audit;
    const Locale *locale;
    const Value *view;
} Telling;

static Str text_of(const Value *object, const char *key)
{
    const Value *value = value_get(object, str_of(key));

    return value ? value->text : (Str){0};
}

/* Is a text among the sentences of a step's paragraph? */
static bool is_told(const Telling *telling, const char *paragraph, const char *sentence)
{
    const Value *stories =
        value_get(value_get(telling->view, STR("story")), STR("stories"));

    for (size_t i = 0; i < stories->count; i++) {
        const Value *steps = value_get(stories->members[i].value, STR("steps"));
        for (size_t s = 0; s < steps->count; s++) {
            const Value *told = value_get(steps->members[s].value, str_of(paragraph));
            for (size_t t = 0; t < told->count; t++) {
                if (str_equal_text(text_of(told->members[t].value, "text"), sentence))
                    return true;
            }
        }
    }
    return false;
}

static void check_story(const Telling *telling)
{
    for (size_t i = 0; i < telling->audit->finding_count; i++) {
        const Finding *finding = telling->audit->findings[i];
        const char *fact = json_text(json_get(finding->rule->check, "fact"), NULL);
        const char *praise = NULL;

        if (finding->outcome != FINDING_FAIL || !fact)
            continue;
        praise =
            locale_find(telling->locale, arena_printf(telling->arena, "saw.%s.yes", fact));
        if (praise && is_told(telling, "saw", praise))
            fail_msg("%s is missed, and the story says: %s", finding->rule->id, praise);
    }
}

static const Finding *finding_at(const Telling *telling, const char *statement)
{
    for (size_t i = 0; i < telling->audit->finding_count; i++) {
        const Finding *finding = telling->audit->findings[i];
        const char *own = say_bare(
            telling->arena, say_criterion(telling->locale, telling->arena, finding->rule));
        if (strcmp(own, statement) == 0)
            return finding;
    }
    return NULL;
}

static void check_strengths(const Telling *telling)
{
    const Value *section = value_get(telling->view, STR("priorities"));
    const Value *strengths = value_get(section, STR("strengths"));

    for (size_t i = 0; i < strengths->count; i++) {
        Str text = text_of(strengths->members[i].value, "text");
        const Finding *finding = finding_at(telling, arena_str_text(telling->arena, text));
        assert_non_null(finding);
        assert_int_equal(finding->outcome, FINDING_PASS);
    }
}

static void check_questions(const Telling *telling)
{
    const Value *questions =
        value_get(value_get(telling->view, STR("questions")), STR("questions"));

    for (size_t q = 0; q < questions->count; q++) {
        const Value *ticks = value_get(questions->members[q].value, STR("ticks"));
        for (size_t t = 0; t < ticks->count; t++) {
            const Value *tick = ticks->members[t].value;
            Str text = text_of(tick, "text");
            const Finding *finding =
                finding_at(telling, arena_str_text(telling->arena, text));
            bool is_met = str_equal(text_of(tick, "class"), STR("met"));
            /* A missed criterion is told by what was found, not by its statement. */
            if (finding)
                assert_true(finding->outcome != FINDING_FAIL &&
                            is_met == (finding->outcome == FINDING_PASS));
            else
                assert_false(is_met);
        }
    }
}

static void check_cards(const Telling *telling)
{
    const Value *cards = value_get(value_get(telling->view, STR("evidence")), STR("cards"));
    size_t missed = 0;

    for (size_t i = 0; i < telling->audit->finding_count; i++)
        missed += telling->audit->findings[i]->outcome == FINDING_FAIL;
    assert_int_equal(cards->count, missed);
    for (size_t i = 0; i < cards->count; i++)
        assert_false(str_equal(text_of(cards->members[i].value, "class"), STR("met")));
}

static void check_seed(unsigned seed, const char *language)
{
    static const char *const folders[] = {"reports", NULL};
    AUTO(arena_auto) Arena *arena = arena_create();
    Telling telling = {.arena = arena, .audit = fixture_random(arena, seed)};
    Locale *locale = NULL;
    Error err = {0};

    assert_true(locale_load(arena, folders, language, &locale, &err));
    telling.locale = locale;
    telling.view = view_build(arena, telling.audit, locale, NULL);
    check_story(&telling);
    check_strengths(&telling);
    check_questions(&telling);
    check_cards(&telling);
}

void test_sentences__never_contradict_their_ticks(void)
{
    for (unsigned seed = 1; seed <= SEEDS; seed++) {
        check_seed(seed, "en");
        check_seed(seed, "fr");
    }
}

void test_sentences__tell_a_fact_that_only_some_visits_saw_as_a_reproach(void)
{
    static const char *const folders[] = {"reports", NULL};
    AUTO(arena_auto) Arena *arena = arena_create();
    Telling telling = {.arena = arena};
    Audit *audit = fixture_audit(arena);
    Locale *locale = NULL;
    Error err = {0};

    visit_fact_truth(audit->visits[1], "cart.price_matches", false, 5);
    telling.audit = audit;
    assert_true(locale_load(arena, folders, "en", &locale, &err));
    telling.locale = locale;
    telling.view = view_build(arena, audit, locale, NULL);
    assert_false(
        is_told(&telling, "saw", locale_word(locale, "saw.cart.price_matches.yes")));
    assert_true(
        is_told(&telling, "stumbled",
                "The unit price is not the product page\xE2\x80\x99s (1 visit of 6)."));
}
