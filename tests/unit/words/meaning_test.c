/* meaning_test.c - promises of words/meaning. Tests filter.c.
 *
 * SPDX-License-Identifier: MIT */
#include "dom/html.h"
#include "dom/text.h"
#include "unit.h"
#include "words/meaning.h"

typedef struct Asked {
    Words *words;
    Document *document;
    Meanings *meanings;
} Asked;

static Asked asked(Arena *arena)
{
    static const char *const FOLDERS[] = {"scenarios/words", NULL};
    Asked all = {NULL, NULL, NULL};
    Error err = {0};
    assert_true(words_load(arena, FOLDERS, &all.words, &err));
    assert_true(html_parse(arena, STR("<html lang=en><p>x"), "text/html",
                           "https://shop.example/", NULL, &all.document, &err));
    all.meanings = meanings_of_page(all.words, all.document);
    return all;
}

void test_meaning__the_same_text_is_asked_once(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Asked all = asked(arena);
    char text[] = "add to cart";
    Meaning *one = meaning_of(all.meanings, str_of(text));
    assert_ptr_equal(one, meaning_of(all.meanings, STR("add to cart")));
    text[0] = 'x'; /* the text was copied */
    assert_true(str_equal(meaning_text(one), STR("add to cart")));
    assert_ptr_not_equal(one, meaning_of(all.meanings, STR("checkout")));
    assert_ptr_equal(all.meanings, meanings_of_page(all.words, all.document));
}

void test_meaning__says_what_the_lists_say(void)
{
    static const char *const TEXTS[] = {
        "add to cart",
        "ajouter au panier",
        "in den warenkorb",
        "aggiungi al carrello",
        "x",
        "12 products",
        "contact us",
        "mentions legales",
        "ok",
        "agb",
        "20 % de remise",
        "non, merci",
        "mon compte",
        "a\xC3\xB1"
        "adir al carrito",
        "search",
        "en rupture de stock",
        "nothing of the kind",
    };
    static const char *const INTENTS[] = {
        "add_to_cart",  "checkout",     "close",          "result_count", "contact",
        "legal_notice", "terms",        "discount",       "login",        "search_box",
        "no_results",   "out_of_stock", "accept_cookies",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    Asked all = asked(arena);
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        Str folded = text_fold(arena, str_of(TEXTS[i]));
        Meaning *meaning = meaning_of(all.meanings, folded);
        for (size_t j = 0; j < COUNT_OF(INTENTS); j++) {
            bool want = words_match_folded(all.words, INTENTS[j], "en", folded, NULL);
            int intent = words_intent(all.words, INTENTS[j]);
            for (int turn = 0; turn < 2; turn++)
                if (meaning_is(all.meanings, meaning, intent) != want)
                    fail_msg("'%s' and %s: turn %d", TEXTS[i], INTENTS[j], turn);
        }
    }
}

void test_meaning__a_match_points_into_its_text(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Asked all = asked(arena);
    Meaning *meaning = meaning_of(all.meanings, STR("now: add to cart"));
    RegexMatch match;
    int intent = words_intent(all.words, "out_of_stock");
    assert_false(meaning_find(all.meanings, meaning, intent, &match));
    meaning = meaning_of(all.meanings, STR("sorry, out of stock today"));
    assert_true(meaning_is(all.meanings, meaning, intent));
    assert_true(meaning_find(all.meanings, meaning, intent, &match));
    assert_true(match.groups[0].data >= meaning_text(meaning).data &&
                match.groups[0].data < meaning_text(meaning).data + 30);
}

void test_meaning__what_is_no_intent_is_never_meant(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Asked all = asked(arena);
    assert_int_equal(words_intent(all.words, "add_to_card"), -1);
    assert_false(
        meaning_is(all.meanings, meaning_of(all.meanings, STR("add to cart")), -1));
    assert_false(meaning_is(all.meanings, meaning_of(all.meanings, STR("")),
                            words_intent(all.words, "add_to_cart")));
}
