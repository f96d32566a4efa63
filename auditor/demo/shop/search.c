/* search.c - finds products by words: without accents or capitals, forgiving one wrong
 * letter, a plural and a category's name. Layer: demo (shop).
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"

enum {
    WORD_LIMIT = 8,   /**< words of a query that are looked at */
    WORD_LENGTH = 32, /**< letters of a word; longer ones are cut */
    POINTS_PHRASE = 200,
    POINTS_NAME = 20,
    POINTS_PREFIX = 12,
    POINTS_CATEGORY = 8,
    POINTS_TYPO = 6,
    POINTS_TEXT = 2,
};

/** A text taken apart: folded words. */
typedef struct WordList {
    char words[WORD_LIMIT * 32][WORD_LENGTH];
    int count;
} WordList;

/* Letters with accents that French and English shops meet, in the order of FOLDED. */
static const char ACCENTS[] = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿœæ";
static const char *const FOLDED[] = {"a", "a", "a", "a", "a", "a", "c", "e",  "e", "e",
                                     "e", "i", "i", "i", "i", "n", "o", "o",  "o", "o",
                                     "o", "u", "u", "u", "u", "y", "y", "oe", "ae"};

/* Small letter without accent; runes from 0xC0 to 0xDE are the capitals of those 32 higher.
 */
static const char *rune_fold(const View *view, unsigned rune, char ascii[2])
{
    if (rune < 128) {
        ascii[0] = (char)(rune >= 'A' && rune <= 'Z' ? rune + 32 : rune);
        return ascii;
    }
    if (rune >= 0xC0 && rune <= 0xDE)
        rune += 32;
    if (rune == 0x152)
        rune = 0x153;
    Str accents = STR(ACCENTS);
    size_t offset = 0;
    for (size_t i = 0; i < COUNT_OF(FOLDED) && offset < accents.length; i++)
        if (str_next_rune(accents, &offset) == rune)
            /* two letters, so that forgiving one does not make up for it */
            return view_has(view, FLAW_SEARCH_ACCENTS_FAIL) ? "~~" : FOLDED[i];
    return NULL;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '~';
}

static void words_split(const View *view, const char *text, int limit, WordList *list)
{
    Str all = str_of(text);
    int length = 0;
    list->count = 0;
    for (size_t offset = 0; offset < all.length && list->count < limit;) {
        char ascii[2] = "";
        const char *folded = rune_fold(view, str_next_rune(all, &offset), ascii);
        bool is_word = folded && is_word_byte(folded[0]);
        for (; is_word && *folded && length < WORD_LENGTH - 1; folded++)
            list->words[list->count][length++] = *folded;
        if (length && (!is_word || offset == all.length)) {
            list->words[list->count++][length] = '\0';
            length = 0;
        }
    }
}

static bool is_small_word(const char *word)
{
    static const char *const small[] = {
        "a", "de", "des", "du", "la", "le",  "les", "un",   "une", "et", "en", "pour",
        "l", "d",  "the", "an", "of", "for", "and", "with", "in",  "sa", "au", "its"};
    for (size_t i = 0; i < COUNT_OF(small); i++)
        if (!strcmp(word, small[i]))
            return true;
    return false;
}

/* Does one insertion, deletion, substitution or swap of neighbours turn a into b? */
static bool is_one_apart(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    if (la > lb + 1 || lb > la + 1)
        return false;
    size_t i = 0;
    while (a[i] && a[i] == b[i])
        i++;
    if (la == lb)
        return !strcmp(a + i + (a[i] != 0), b + i + (b[i] != 0)) ||
               (a[i] && a[i + 1] && a[i] == b[i + 1] && a[i + 1] == b[i] &&
                !strcmp(a + i + 2, b + i + 2));
    return la > lb ? !strcmp(a + i + 1, b + i) : !strcmp(a + i, b + i + 1);
}

/* Points for one word of the query against one word of the product's. */
static int word_points(const View *view, const char *wanted, const char *present,
                       int points)
{
    size_t length = strlen(wanted);
    if (!strcmp(wanted, present))
        return points;
    if (length >= 3 && !strncmp(wanted, present, length))
        return points * POINTS_PREFIX / POINTS_NAME;
    size_t known = strlen(present);
    bool is_plural =
        length == known + 1 && wanted[known] == 's' && !strncmp(wanted, present, known);
    if (is_plural)
        return points * POINTS_PREFIX / POINTS_NAME;
    if (length >= 4 && !view_has(view, FLAW_SEARCH_TYPO_FAILS) &&
        is_one_apart(wanted, present))
        return points * POINTS_TYPO / POINTS_NAME;
    return 0;
}

static int best_points(const View *view, const char *wanted, const WordList *list,
                       int points)
{
    int best = 0;
    for (int i = 0; i < list->count; i++) {
        int one = word_points(view, wanted, list->words[i], points);
        best = one > best ? one : best;
    }
    return best;
}

static bool same_words(const WordList *a, const WordList *b)
{
    if (a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++)
        if (strcmp(a->words[i], b->words[i]) != 0)
            return false;
    return true;
}

/* 0: some word of the query is nowhere in the product. Names count in every language. */
static int product_points(const View *view, const WordList *query, ProductId id)
{
    const Product *p = &PRODUCTS[id];
    WordList name, other, category, text;
    words_split(view, words_in(&p->name, view->lang), WORD_LIMIT * 32, &name);
    words_split(view, words_in(&p->name, view->lang == LANG_EN ? LANG_FR : LANG_EN),
                WORD_LIMIT * 32, &other);
    words_split(view, words_in(&CATEGORIES[p->category].name, view->lang), WORD_LIMIT * 32,
                &category);
    words_split(view,
                arena_printf(view->arena, "%s %s %s", p->sku,
                             words_in(&p->summary, view->lang),
                             words_in(&p->description, view->lang)),
                WORD_LIMIT * 32, &text);
    int total = 0;
    if (same_words(query, &name))
        total =
            view_has(view, FLAW_SEARCH_EXACT_FAILS) ? -POINTS_PHRASE * 9 : POINTS_PHRASE;
    for (int i = 0; i < query->count; i++) {
        const char *word = query->words[i];
        int best = best_points(view, word, &name, POINTS_NAME);
        int points = best_points(view, word, &category, POINTS_CATEGORY);
        best = points > best ? points : best;
        points = best_points(view, word, &other, POINTS_CATEGORY);
        best = points > best ? points : best;
        for (int k = 0; !best && k < text.count; k++)
            best = strcmp(word, text.words[k]) == 0 ? POINTS_TEXT : 0;
        if (!best && !is_small_word(word))
            return 0;
        total += best;
    }
    return total > 0 ? total : 0;
}

int search_products(const View *view, const char *query, ProductId *found)
{
    WordList words;
    int points[PRODUCT_COUNT], count = 0;
    words_split(view, query, WORD_LIMIT, &words);
    if (!words.count)
        return 0;
    for (ProductId id = 0; id < PRODUCT_COUNT; id++) {
        int own = product_points(view, &words, id);
        if (!own)
            continue;
        int at = count++;
        for (; at > 0 && points[at - 1] < own; at--) {
            points[at] = points[at - 1];
            found[at] = found[at - 1];
        }
        points[at] = own;
        found[at] = id;
    }
    return count;
}

RouteId search_help(const View *view, const char *query)
{
    static const struct {
        const char *word;
        RouteId route;
    } helps[] = {{"livraison", ROUTE_DELIVERY},
                 {"livraisons", ROUTE_DELIVERY},
                 {"delivery", ROUTE_DELIVERY},
                 {"shipping", ROUTE_DELIVERY},
                 {"port", ROUTE_DELIVERY},
                 {"retour", ROUTE_RETURNS},
                 {"retours", ROUTE_RETURNS},
                 {"returns", ROUTE_RETURNS},
                 {"return", ROUTE_RETURNS},
                 {"remboursement", ROUTE_RETURNS},
                 {"refund", ROUTE_RETURNS},
                 {"retractation", ROUTE_RETURNS},
                 {"withdrawal", ROUTE_RETURNS},
                 {"contact", ROUTE_CONTACT},
                 {"telephone", ROUTE_CONTACT},
                 {"phone", ROUTE_CONTACT},
                 {"aide", ROUTE_FAQ},
                 {"help", ROUTE_FAQ},
                 {"faq", ROUTE_FAQ}};

    WordList words;
    words_split(view, query, WORD_LIMIT, &words);
    for (int i = 0; i < words.count; i++)
        for (size_t k = 0; k < COUNT_OF(helps); k++)
            if (!strcmp(words.words[i], helps[k].word))
                return helps[k].route;
    return ROUTE_COUNT;
}
