/* words_test.c - the lists of words against the sample strings, and how they are asked.
 * Tests lexicon.c and actions.c.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/out.h"
#include "dom/html.h"
#include "unit.h"
#include "words/words.h"

static const char *const FOLDERS[] = {"scenarios/words", NULL};

static Words *words_open(Arena *arena)
{
    Words *words = NULL;
    Error err = {0};
    if (!words_load(arena, FOLDERS, &words, &err))
        fail_msg("%s: %s", err.where, err.what);
    return words;
}

void test_words__compile_in_every_language(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    Error err = {0};
    if (!words_check(words, &err))
        fail_msg("%s: %s", err.where, err.what);
}

void test_words__put_english_first(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *const *languages = words_languages(words_open(arena));
    static const char *const EXPECTED[] = {"en", "de", "es", "fr", "it"};
    for (size_t i = 0; i < COUNT_OF(EXPECTED); i++)
        assert_string_equal(languages[i], EXPECTED[i]);
    assert_null(languages[5]);
}

void test_words__know_which_intents_there_are(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    assert_true(words_has(words, "add_to_cart"));
    assert_false(words_has(words, "add_to_card"));
}

/* "intent language +|- text", made outside the project. */
static void sample_check(Arena *arena, const Words *words, Str line)
{
    Str text = line;
    Str parts[3];
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        assert_true(str_next(&text, ' ', &parts[i]));
    bool is_wanted = str_equal(parts[2], STR("+"));
    bool is_met = words_match_only(words, arena_str_text(arena, parts[0]),
                                   arena_str_text(arena, parts[1]), text);
    if (is_met != is_wanted)
        fail_msg("%.*s", STR_ARGS(line));
}

void test_words__agree_with_the_samples(void)
{
    static const char PATH[] = SHARED_DATA "/wording-samples.txt";
    if (!path_is_file(PATH))
        skip();
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    Str text;
    Str line;
    Error err = {0};
    int count = 0;
    assert_true(file_read(arena, PATH, 1 << 20, &text, &err));
    while (str_next(&text, '\n', &line)) {
        if (!str_is_empty(line)) {
            sample_check(arena, words, line);
            count++;
        }
    }
    assert_int_equal(count, 347);
}

void test_words__fold_what_they_read(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    assert_true(
        words_match(words, "add_to_cart", "fr", STR("  AJOUTER\u00a0au  Panier "), NULL));
    assert_true(words_match(words, "accept_cookies", "fr", STR("J’ACCEPTE"), NULL));
}

void test_words__try_other_languages_after_the_pages_own(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    RegexMatch match;
    assert_true(words_match(words, "add_to_cart", "en", STR("In den Warenkorb"), &match));
    assert_true(str_equal(match.groups[0], STR("in den warenkorb")));
    assert_true(words_match(words, "add_to_cart", "", STR("Ajouter au panier"), NULL));
    assert_true(words_match(words, "add_to_cart", "nl", STR("Add to cart"), NULL));
    assert_string_equal(words_language_of(words, "add_to_cart", STR("Ajouter au panier")),
                        "fr");
    assert_null(words_language_of(words, "add_to_cart", STR("En savoir plus")));
}

void test_words__a_message_may_name_what_was_added(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    assert_true(words_match(words, "added_feedback", "en",
                            STR("Success: You have added MacBook to your shopping cart!"),
                            NULL));
    assert_false(words_match(words, "added_feedback", "en", STR("Add to cart"), NULL));
}

void test_words__do_not_match_empty_text(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    assert_false(words_match(words, "accept_cookies", "fr", STR(" \t"), NULL));
}

static const Node *found(const Words *words, Arena *arena, const char *intent,
                         const char *html, const Document **document)
{
    Document *parsed = NULL;
    Error err = {0};
    assert_true(html_parse(arena, str_of(html), "text/html; charset=utf-8",
                           "http://shop.example/", NULL, &parsed, &err));
    *document = parsed;
    return words_find(words, intent, parsed, NULL);
}

void test_words__find_the_element_that_says_it(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    const Document *document = NULL;
    const Node *node =
        found(words, arena, "add_to_cart",
              "<p>Add to cart</p><a href=/help>Help</a><form><input type=submit id=yes "
              "value='Add to cart'><button>Add to cart</button></form>",
              &document);
    assert_non_null(node);
    assert_string_equal(node_attribute(node, "id"), "yes");
}

void test_words__find_by_the_accessible_name(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = words_open(arena);
    const Document *document = NULL;
    const Node *node =
        found(words, arena, "view_cart",
              "<a href=/x><i></i></a><a href=/c aria-label='Panier (2)'><svg>"
              "</svg></a>",
              &document);
    assert_non_null(node);
    assert_string_equal(node_attribute(node, "href"), "/c");
}

/* A folder with one file of words. */
static bool folder_load(Arena *arena, const char *text, Words **words, Error *err)
{
    char folder[] = "/tmp/mystery-words-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(arena, folder, "own.json");
    const char *const folders[] = {"scenarios/words", folder, NULL};
    assert_true(file_write(path, str_of(text), err));
    bool is_fine = words_load(arena, folders, words, err);
    (void)unlink(path);
    (void)rmdir(folder);
    return is_fine;
}

void test_words__let_a_users_list_win_by_intent(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = NULL;
    Error err = {0};
    assert_true(folder_load(arena,
                            "{\"language\": \"fr\", \"intents\": {\"add_to_cart\": "
                            "{\"patterns\": [\"^hop$\"]}}}",
                            &words, &err));
    assert_true(words_match_only(words, "add_to_cart", "fr", STR("Hop")));
    assert_false(words_match_only(words, "add_to_cart", "fr", STR("Ajouter au panier")));
    assert_true(words_match_only(words, "view_cart", "fr", STR("Voir le panier")));
}

void test_words__learn_a_language_from_a_users_file(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Words *words = NULL;
    Error err = {0};
    assert_true(folder_load(arena,
                            "{\"language\": \"nl\", \"intents\": {\"add_to_cart\": "
                            "{\"patterns\": [\"in winkelwagen\"]}}}",
                            &words, &err));
    assert_true(words_match(words, "add_to_cart", "nl", STR("In winkelwagen"), NULL));
}

void test_words__say_where_a_users_file_is_wrong(void)
{
    static const char *const TEXTS[] = {
        "[]",
        "{\"language\": \"fr\"}",
        "{\"language\": \"French\", \"intents\": {}}",
        "{\"language\": \"fr\", \"intents\": {\"a\": []}}",
        "{\"language\": \"fr\", \"intents\": {\"a\": {\"patterns\": []}}}",
        "{\"language\": \"fr\", \"intents\": {\"a\": {\"pattern\": [\"x\"]}}}",
        "{\"language\": \"fr\", \"intents\": {\"a\": {\"patterns\": [\"x\", \"(\"]}}}",
        "{\"language\": \"fr\", \"intents\": {\"a\": {\"patterns\": [\"x)|(y\"]}}}",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        Words *words = NULL;
        Error err = {0};
        if (folder_load(arena, TEXTS[i], &words, &err))
            fail_msg("accepted %s", TEXTS[i]);
        assert_int_equal(err.code, ERROR_INPUT);
        assert_non_null(strstr(err.where, "own.json"));
    }
}

/* What a page says is found in any language only if each has words for it. */
void test_words__every_language_knows_every_intent(void)
{
    static const char *const LANGUAGES[] = {"en", "fr", "de", "es", "it"};
    AUTO(arena_auto) Arena *arena = arena_create();
    Error err = {0};
    JsonFile first;
    assert_true(json_load(arena, "scenarios/words/en.json", 1 << 20, &first, &err));
    const Json *intents = json_get(first.root, "intents");
    for (size_t i = 1; i < COUNT_OF(LANGUAGES); i++) {
        JsonFile file;
        const char *path = arena_printf(arena, "scenarios/words/%s.json", LANGUAGES[i]);
        assert_true(json_load(arena, path, 1 << 20, &file, &err));
        const Json *own = json_get(file.root, "intents");
        assert_int_equal(json_count(own), json_count(intents));
        for (const Json *entry = json_first(intents); entry; entry = json_next(entry))
            if (json_count(json_get(json_get(own, json_key(entry)), "patterns")) == 0)
                fail_msg("%s has no words for '%s'", LANGUAGES[i], json_key(entry));
    }
}

void test_words__know_the_errands_of_customers(void)
{
    static const struct {
        const char *intent, *language, *text;
        bool is_met;
    } SAMPLES[] = {
        {"sort_price", "en", "Price: Low to High", true},
        {"sort_price", "en", "Price: High to Low", false},
        {"sort_price", "fr", "Prix croissant", true},
        {"sort_price", "fr", "Prix décroissant", false},
        {"sort_price", "de", "Preis aufsteigend", true},
        {"sort_price", "de", "Preis absteigend", false},
        {"sort_price", "es", "Precio: de menor a mayor", true},
        {"sort_price", "es", "Precio: de mayor a menor", false},
        {"sort_price", "it", "Prezzo crescente", true},
        {"sort_price", "it", "Prezzo decrescente", false},
        {"thanks", "en", "Thank you for subscribing", true},
        {"thanks", "fr", "Merci, votre inscription est confirmée", true},
        {"thanks", "de", "Vielen Dank!", true},
        {"thanks", "es", "¡Gracias!", true},
        {"thanks", "it", "Grazie per l'iscrizione", true},
        {"return_days", "en", "within 30 days", true},
        {"return_days", "fr", "sous 14 jours", true},
        {"return_days", "de", "innerhalb von 14 Tagen", true},
        {"return_days", "es", "14 días naturales", true},
        {"return_days", "it", "entro 14 giorni", true},
        {"return_cost", "en", "Returns are free", true},
        {"return_cost", "fr", "Les frais de retour sont à votre charge", true},
        {"return_cost", "de", "Kostenlose Rücksendung", true},
        {"return_cost", "es", "Los gastos de devolución", true},
        {"return_cost", "it", "Il reso è gratuito", true},
        {"whole_range", "en", "Whole collection", true},
        {"whole_range", "en", "Vases", false},
        {"whole_range", "fr", "Toute la collection", true},
        {"whole_range", "fr", "Vases", false},
        {"whole_range", "de", "Alle Produkte", true},
        {"whole_range", "es", "Todos los productos", true},
        {"whole_range", "it", "Tutti i prodotti", true},
    };

    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = words_open(arena);
    for (size_t i = 0; i < COUNT_OF(SAMPLES); i++)
        if (words_match_only(words, SAMPLES[i].intent, SAMPLES[i].language,
                             str_of(SAMPLES[i].text)) != SAMPLES[i].is_met)
            fail_msg("%s %s: %s", SAMPLES[i].intent, SAMPLES[i].language, SAMPLES[i].text);
}
