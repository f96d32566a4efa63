/* locale_test.c - both languages write numbers, plurals and sentences as people do.
 *
 * Tests locale.c, locale_number.c, plural.c and tongue.c.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/out.h"
#include "report/locale.h"
#include "report/plural.h"
#include "report/report.h"
#include "unit.h"

#define NB         "\xC2\xA0"     /* no-break space */
#define NNB        "\xE2\x80\xAF" /* narrow no-break space */
#define APOSTROPHE "\xE2\x80\x99"

static const char *const folders[] = {"reports", NULL};

static Locale *load(Arena *arena, const char *language)
{
    Locale *locale = NULL;
    Error err = {0};

    if (!locale_load(arena, folders, language, &locale, &err))
        fail_msg("%s: %s", err.where, err.what);
    return locale;
}

void test_locale__writes_french_numbers(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *fr = load(arena, "fr");

    assert_string_equal(locale_number(fr, arena, 205873, 0), "205" NNB "873");
    assert_string_equal(locale_number(fr, arena, -18.25, 1), "\xE2\x88\x92"
                                                             "18,3");
    assert_string_equal(locale_number(fr, arena, NAN, 1), "non mesuré");
    assert_string_equal(locale_duration(fr, arena, 9600), "9,6" NB "s");
    assert_string_equal(locale_bytes(fr, arena, 2680000), "2,68" NB "Mo");
    assert_string_equal(locale_percent(fr, arena, 0.97, 0), "97" NB "%");
    assert_string_equal(locale_money(fr, arena, "EUR 6.9"), "6,90" NB "€");
    assert_string_equal(locale_signed(fr, arena, 6.6, 1), "+6,6");
    assert_string_equal(locale_range(fr, arena, 67, 69, 0), "67–69");
    assert_string_equal(locale_range(fr, arena, 67.1, 67.2, 0), "67");
}

void test_locale__writes_english_numbers(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *en = load(arena, "en");

    assert_string_equal(locale_number(en, arena, 205873, 0), "205,873");
    assert_string_equal(locale_duration(en, arena, 643.2), "643" NB "ms");
    assert_string_equal(locale_duration(en, arena, 159000), "2" NB "min" NB "39" NB "s");
    assert_string_equal(locale_duration(en, arena, 5520000), "1" NB "h" NB "32" NB "min");
    assert_string_equal(locale_bytes(en, arena, 760400), "760" NB "kB");
    assert_string_equal(locale_percent(en, arena, 0.97, 0), "97%");
    assert_string_equal(locale_money(en, arena, "EUR 6.9"), "€6.90");
    assert_string_equal(locale_money(en, arena, "XTS 6.9"), "XTS" NB "6.90");
    assert_string_equal(locale_range(en, arena, -43, 9, 0), "\xE2\x88\x92"
                                                            "43 to 9");
}

void test_locale__writes_dates(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    /* 2026-11-19T09:32:00Z */
    int64_t when = INT64_C(1795080720) * 1000000;

    assert_string_equal(locale_date(load(arena, "fr"), arena, when),
                        "jeudi 19 novembre 2026");
    assert_string_equal(locale_time(load(arena, "fr"), arena, when), "9" NB "h" NB "32");
    assert_string_equal(locale_date(load(arena, "en"), arena, when),
                        "Thursday 19 November 2026");
    assert_string_equal(locale_time(load(arena, "en"), arena, when), "09:32");
}

void test_locale__chooses_plural_forms(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *fr = load(arena, "fr");
    Locale *en = load(arena, "en");
    const char *sentence = "{n:n} {n|a|b}";

    assert_string_equal(locale_fill(fr, arena, sentence, LOCALE_ARGS({"n", "0"})), "0 a");
    assert_string_equal(locale_fill(fr, arena, sentence, LOCALE_ARGS({"n", "1.5"})),
                        "1,5 a");
    assert_string_equal(locale_fill(fr, arena, sentence, LOCALE_ARGS({"n", "2"})), "2 b");
    assert_string_equal(locale_fill(en, arena, sentence, LOCALE_ARGS({"n", "0"})), "0 b");
    assert_string_equal(locale_fill(en, arena, sentence, LOCALE_ARGS({"n", "1"})), "1 a");
    assert_string_equal(locale_fill(en, arena, sentence, LOCALE_ARGS({"n", "1.5"})),
                        "1.5 b");
}

void test_locale__reads_plural_rules_of_other_languages(void)
{
    /* Polish "few" and Czech "many", as CLDR has them. */
    const char *few = "v = 0 and i % 10 = 2..4 and i % 100 != 12..14";

    assert_true(plural_matches(few, "23", NULL));
    assert_false(plural_matches(few, "12", NULL));
    assert_false(plural_matches(few, "5", NULL));
    assert_true(plural_matches("v != 0", "1.5", NULL));
    assert_true(plural_matches("n = 0,1 or n = 5", "5", NULL));
    assert_true(plural_matches("", "7", NULL));
}

void test_locale__says_when_a_plural_rule_cannot_be_read(void)
{
    const char *bad[] = {"x = 1", "n =", "n 1", "n = 1 and", "n = 1 maybe"};

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        bool is_valid = true;
        assert_false(plural_matches(bad[i], "1", &is_valid));
        assert_false(is_valid);
    }
}

void test_locale__says_phrases(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Phrase phrase = {.key = "headline.reached-surprise"};

    phrase_add(&phrase, "cost", "EUR 6.90");
    assert_string_equal(locale_say(load(arena, "fr"), arena, &phrase),
                        "On atteint la porte du paiement avec une surprise" NB ": 6,90" NB
                        "€ que rien n" APOSTROPHE
                        "annonçait apparaissent au moment de payer.");
}

void test_locale__survives_unknown_keys_and_missing_values(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *fr = load(arena, "fr");
    Phrase unknown = {.key = "headline.not-invented-yet"};
    Phrase empty = {.key = "headline.dead-end"};

    assert_string_equal(locale_say(fr, arena, &unknown), "headline.not-invented-yet");
    assert_non_null(strstr(locale_say(fr, arena, &empty), "{step:step}"));
    assert_string_equal(locale_say(fr, arena, &(Phrase){0}), "");
}

void test_locale__does_not_fill_places_inside_values(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(locale_fill(load(arena, "en"), arena, "{a} {b:quote}",
                                    LOCALE_ARGS({"a", "{b}"}, {"b", "{a|x|y}"})),
                        "{b} “{a|x|y}”");
}

void test_locale__sets_french_text_of_the_data(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    LangText text = {.count = 2,
                     .languages = {"en", "fr"},
                     .texts = {"the shop's price", "Prix : l'or `a ; b` !"}};

    assert_string_equal(locale_text(load(arena, "fr"), arena, &text),
                        "Prix" NB ": l" APOSTROPHE "or `a ; b`" NNB "!");
    assert_string_equal(locale_text(load(arena, "en"), arena, &text),
                        "the shop" APOSTROPHE "s price");
}

void test_locale__translates_reasons_and_their_parts(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *fr = load(arena, "fr");

    assert_string_equal(
        locale_reason(fr, arena,
                      "dead end at step 'add-to-cart': the button that adds to the cart "
                      "does nothing, and no script is to blame"),
        "impasse à l" APOSTROPHE "étape «" NB "Mettre au panier" NB "»" NB
        ": le bouton d" APOSTROPHE "ajout au panier ne fait rien, et no script is to "
        "blame");
    assert_string_equal(locale_reason(fr, arena, "the button '{x}': robot wall"),
                        "le bouton «" NB "{x}" NB "»" NB ": test anti-robot");
    assert_string_equal(locale_reason(fr, arena, "nobody foresaw this"),
                        "nobody foresaw this");
    assert_string_equal(locale_reason(load(arena, "en"), arena, "robot wall"),
                        "robot wall");
    assert_null(locale_reason(fr, arena, NULL));
}

void test_locale__offers_a_near_language(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    Error err = {0};

    assert_false(locale_load(arena, folders, "frr", &locale, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.what, "no report language 'frr'");
    assert_string_equal(err.hint, "did you mean 'fr'?");
    err = (Error){0};
    assert_false(locale_load(arena, folders, "../../etc", &locale, &err));
}

/* Every place of the English sentence, by name and format, must be in the French one. */
static void places_check(const char *key, const char *english, const char *french)
{
    for (const char *at = english; (at = strchr(at, '{')); at++) {
        size_t length = strcspn(at, "|}:") - 1;
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *name = arena_printf(arena, "{%.*s", (int)length, at + 1);

        if (!strstr(french, name))
            fail_msg("%s: no %s} in the translation", key, name);
    }
}

void test_locale__french_has_every_english_word(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile english = {0}, french = {0};
    Error err = {0};
    int count = 0;

    assert_true(json_load(arena, "reports/words/en.json", 1 << 20, &english, &err));
    assert_true(json_load(arena, "reports/words/fr.json", 1 << 20, &french, &err));
    for (const Json *word = json_first(json_get(english.root, "words")); word;
         word = json_next(word), count++) {
        const char *own =
            json_text(json_get(json_get(french.root, "words"), json_key(word)), NULL);

        if (!own)
            fail_msg("no French for %s", json_key(word));
        places_check(json_key(word), json_text(word, ""), own);
        places_check(json_key(word), own, json_text(word, ""));
    }
    assert_true(count > 300);
    assert_int_equal(count, json_count(json_get(french.root, "words")));
}

static void braces_check(void *context, const char *key, const char *sentence)
{
    int depth = 0;

    (void)context;
    for (const char *at = sentence; *at; at++) {
        depth += *at == '{' ? 1 : *at == '}' ? -1 : 0;
        if (depth < 0 || depth > 1)
            fail_msg("%s: braces within braces: %s", key, sentence);
    }
    if (depth != 0)
        fail_msg("%s: a brace stays open: %s", key, sentence);
}

void test_locale__words_have_sound_places(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    locale_each(load(arena, "en"), "", braces_check, NULL);
    locale_each(load(arena, "fr"), "", braces_check, NULL);
}

void test_locale__lists_languages(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **languages = NULL;
    Error err = {0};

    assert_true(report_languages(arena, folders, &languages, &err));
    assert_string_equal(languages[0], "en");
    assert_string_equal(languages[1], "fr");
    assert_null(languages[2]);
}
