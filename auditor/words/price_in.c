/* price_in.c - the price that an element shows now: struck-out, former, per-kilo, untaxed
 * and instalment amounts are put aside.
 *
 * The handful of words here only rank amounts that stand side by side; what a page says is
 * decided by the lists of words.h. Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/text.h"
#include "words/price.h"
#include "words/price_scan.h"

enum { CONTEXT_MAX = 48, CANDIDATES_MAX = 64 };

#define WORD(literal)                                                                      \
    {                                                                                      \
        (literal), sizeof(literal) - 1                                                     \
    }

/* In front of an amount that is not what one pays. */
static const Str WORDS_BEFORE[] = {
    WORD("was"),
    WORD("before"),
    WORD("original"),
    WORD("previous"),
    WORD("instead of"),
    WORD("rrp"),
    WORD("msrp"),
    WORD("list price"),
    WORD("au lieu de"),
    WORD("prix cons"),
    WORD("ancien prix"),
    WORD("prix barr"),
    WORD("statt"),
    WORD("uvp"),
    WORD("vorher"),
    WORD("antes"),
    WORD("invece di"),
    WORD("prima"),
    WORD("save"),
    WORD("saving"),
    WORD("conomis"),
    WORD("spare"),
    WORD("ahorr"),
    WORD("risparmi"),
    WORD("discount"),
    WORD("remise"),
    WORD("prix initial"),
    WORD("était"),
    WORD("precio original"),
    WORD("ursprünglich"),
    WORD("prezzo originale"),
    WORD("ex tax"),
    WORD("excl"),
    WORD("ex vat"),
    WORD("hors tax"),
    WORD("ht:"),
    WORD("netto"),
    WORD("sin iva"),
    WORD("iva escl"),
    WORD("livraison"),
    WORD("delivery"),
    WORD("shipping"),
    WORD("versand"),
    WORD("spedizione"),
    WORD("frais de"),
    WORD("payments of"),
    WORD("fois"),
    WORD("rate da"),
    WORD("monatlich"),
    WORD("mensual"),
    WORD("cuotas"),
    WORD("points"),
    WORD("deposit"),
};

/* Behind an amount that is not what one pays. */
static const Str WORDS_AFTER[] = {
    WORD("/kg"),     WORD("/ kg"),         WORD("/100"),      WORD("/ 100"),
    WORD("/ 1 "),    WORD("/l"),           WORD("/ l"),       WORD("/m"),
    WORD("/ m"),     WORD("per kg"),       WORD("per 100"),   WORD("per lit"),
    WORD("le kg"),   WORD("le litre"),     WORD("pro kg"),    WORD("pro 100"),
    WORD("al kg"),   WORD("el kg"),        WORD("per month"), WORD("par mois"),
    WORD("a month"), WORD("monatlich"),    WORD("al mese"),   WORD("al mes"),
    WORD("ht"),      WORD("excl"),         WORD("ex vat"),    WORD("ex. vat"),
    WORD("+ vat"),   WORD("hors tax"),     WORD("netto"),     WORD("zzgl. mwst"),
    WORD("sin iva"), WORD("iva escl"),     WORD("off"),       WORD("de remise"),
    WORD("rabatt"),  WORD("de descuento"), WORD("di sconto"),
};

/* Parts of class names of a former price. */
static const Str CLASS_PARTS[] = {
    WORD("old"),      WORD("was"),      WORD("regular"),       WORD("compare"),
    WORD("strike"),   WORD("striked"),  WORD("strikethrough"), WORD("before"),
    WORD("barre"),    WORD("crossed"),  WORD("msrp"),          WORD("rrp"),
    WORD("original"), WORD("previous"), WORD("ancien"),        WORD("listprice"),
    WORD("oldprice"), WORD("retail"),   WORD("normal"),        WORD("unit"),
    WORD("tax"),
};

/** Amounts seen, in order. */
typedef struct Candidate {
    Price price;
    bool is_aside; /* something beside it says that it is not what one pays */
} Candidate;

static bool part_is_former(Str part)
{
    for (size_t i = 0; i < COUNT_OF(CLASS_PARTS); i++) {
        if (part.length == CLASS_PARTS[i].length && str_equal_nocase(part, CLASS_PARTS[i]))
            return true;
    }
    return false;
}

/* "price--old", "oldPrice" and "was_price" have a part that says so; "gold" has not. */
static bool class_is_former(const char *names)
{
    static const char *const PAIRS[] = {"list-price", "list_price", "listprice"};
    bool has_list = names && strcasestr(names, "list");
    for (size_t i = 0; has_list && i < COUNT_OF(PAIRS); i++) {
        if (str_contains_nocase(str_of(names), str_of(PAIRS[i])))
            return true;
    }
    size_t start = 0;
    size_t length = names ? strlen(names) : 0;
    for (size_t i = 0; i <= length; i++) {
        char c = i < length ? names[i] : ' ';
        bool is_upper = c >= 'A' && c <= 'Z';
        bool is_word = is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_word && !is_upper)
            continue;
        if (part_is_former(str_from(names ? names + start : "", i - start)))
            return true;
        start = is_upper ? i : i + 1;
    }
    return false;
}

static bool node_is_struck(const Node *node)
{
    Str style = str_of(node_attribute(node, "style"));
    return node_is_tag(node, "del") || node_is_tag(node, "s") ||
           node_is_tag(node, "strike") || str_contains_nocase(style, STR("line-through"));
}

bool price_is_former(const Node *node)
{
    return node_is_struck(node) || class_is_former(node_attribute(node, "class"));
}

/* Replace the text of an excluded part by bars, from *cursor on. */
static void text_blank(char *text, size_t length, Str part, size_t *cursor)
{
    Str whole = str_from(text, length);
    part = str_trim(part);
    for (size_t at = *cursor; part.length > 0; at++) {
        at = str_find(whole, part, at);
        if (at == SIZE_MAX)
            return;
        if (at > 0 && scan_is_digit((unsigned char)text[at - 1]))
            continue;
        memset(text + at, '|', part.length);
        *cursor = at + part.length;
        return;
    }
}

/** What an element shows, once without struck-out parts, once also without parts whose
 * class says that they are a former price. */
typedef struct Shown {
    Str without_struck, without_former;
    bool is_same; /* nothing is called a former price: both texts are one */
} Shown;

static Shown shown_read(Arena *arena, const Document *document, const Node *scope)
{
    Str seen = node_visible_text(arena, scope);
    Shown shown = {.is_same = true};
    if (!text_has_digit(seen))
        return shown;
    char *texts[2] = {arena_str_text(arena, seen), arena_str_text(arena, seen)};
    size_t cursors[2] = {0, 0};
    size_t struck_end = 0; /* parts of a struck or former part are not looked at again */
    size_t former_end = 0;
    for (size_t i = node_order(scope) + 1; i < node_order_end(scope); i++) {
        const Node *node = document_element(document, i);
        bool is_struck = i >= struck_end && node_is_struck(node);
        bool is_former = i >= former_end && price_is_former(node);
        if (!is_struck && !is_former)
            continue;
        Str part = node_visible_text(arena, node);
        if (is_struck) {
            text_blank(texts[0], seen.length, part, &cursors[0]);
            struck_end = node_order_end(node);
        }
        if (is_former) {
            text_blank(texts[1], seen.length, part, &cursors[1]);
            former_end = node_order_end(node);
        }
        shown.is_same = shown.is_same && is_struck == is_former;
    }
    shown.without_struck = str_from(texts[0], seen.length);
    shown.without_former = str_from(texts[1], seen.length);
    return shown;
}

static bool words_are_in(Arena *arena, Str context, const Str *list, size_t count)
{
    if (str_is_empty(context))
        return false;
    Str folded = text_fold(arena, context);
    for (size_t i = 0; i < count; i++) {
        if (str_contains(folded, list[i]))
            return true;
    }
    return false;
}

/* Words directly behind an amount must follow at once. */
static bool words_follow(Arena *arena, Str context)
{
    Str folded = text_fold(arena, context);
    while (folded.length > 0 && strchr("(* ", folded.data[0]))
        folded = str_slice(folded, 1, folded.length);
    for (size_t i = 0; i < COUNT_OF(WORDS_AFTER); i++) {
        if (str_starts_with(folded, WORDS_AFTER[i]))
            return true;
    }
    return false;
}

/* "3x 12 €", "4 × 20 €": the part in front of the amount ends in a count and a cross. */
static bool is_instalment(Str before)
{
    size_t at = before.length;
    while (at > 0 && !scan_is_digit((unsigned char)before.data[at - 1]))
        at--;
    size_t next = scan_spaces(before, at, 1);
    unsigned rune = scan_at(before, next);
    if (at == 0 || (rune != 'x' && rune != 'X' && rune != 0xd7))
        return false;
    return before.length - next <= 12;
}

/* Text between the amount before and this one, its own digits left out. */
static Str context_before(Str text, size_t from, size_t end)
{
    Str context = str_slice(text, from, end - from);
    size_t first = 0;
    /* The amount's digits are at the end: cut at the last run of text before them. */
    for (size_t i = context.length; i > 0; i--) {
        unsigned char c = (unsigned char)context.data[i - 1];
        bool is_amount = scan_is_digit(c) || c == '.' || c == ',' || c == ' ' ||
                         c >= 0x80 || c == '\'' || c == '$' || c == '-';
        if (!is_amount) {
            first = i;
            break;
        }
    }
    context.length = first;
    size_t bar = context.length;
    while (bar > 0 && context.data[bar - 1] != '|' && context.length - bar < CONTEXT_MAX)
        bar--;
    return str_slice(context, bar, context.length);
}

static size_t candidates_read(Arena *arena, Str text, Candidate *candidates)
{
    size_t count = 0;
    size_t offset = 0;
    size_t from = 0;
    while (count < CANDIDATES_MAX && price_next(text, &offset, &candidates[count].price)) {
        Str before = context_before(text, from, offset);
        Str after = str_slice(text, offset, CONTEXT_MAX);
        candidates[count].is_aside =
            words_are_in(arena, before, WORDS_BEFORE, COUNT_OF(WORDS_BEFORE)) ||
            is_instalment(before) || words_follow(arena, after);
        count++;
        from = offset;
    }
    return count;
}

/* "<b>12</b><sup>99</sup>" reads as 1299: the raised digits are cents. */
static void cents_mend(const Document *document, const Node *scope, Arena *arena,
                       Price *price)
{
    int64_t whole = price->milli / 1000;
    if (price->is_range || price->milli % 1000 != 0 || whole < 100)
        return;
    for (size_t i = node_order(scope); i < node_order_end(scope); i++) {
        const Node *node = document_element(document, i);
        const char *class = node_attribute(node, "class");
        if (!node_is_tag(node, "sup") &&
            !(class && (strstr(class, "cent") || strstr(class, "decimal") ||
                        strstr(class, "fraction"))))
            continue;
        Str text = str_trim(node_visible_text(arena, node));
        long long cents = 0;
        if (text.length == 2 && str_to_int(text, &cents) && whole % 100 == cents) {
            price->milli = whole * 10;
            return;
        }
    }
}

/* An element that holds nothing but a number with cents is a price without a sign. */
static bool bare_read(Str text, Price *price)
{
    text = str_trim(text);
    size_t length = text.length;
    bool has_cents = length >= 4 && scan_is_digit((unsigned char)text.data[length - 1]) &&
                     scan_is_digit((unsigned char)text.data[length - 2]) &&
                     (text.data[length - 3] == '.' || text.data[length - 3] == ',');
    return has_cents && length <= 16 && scan_is_digit((unsigned char)text.data[0]) &&
           price_of_number(text, price);
}

/* The first amount that one pays; any: the first of all, when none is. */
static const Price *candidate_first(const Candidate *candidates, size_t count, bool any)
{
    for (size_t i = 0; i < count; i++) {
        if (any || !candidates[i].is_aside)
            return &candidates[i].price;
    }
    return NULL;
}

static bool candidate_choose(Arena *arena, const Shown *shown, Price *price)
{
    Candidate current[CANDIDATES_MAX];
    Candidate all[CANDIDATES_MAX];
    size_t count = candidates_read(arena, shown->without_former, current);
    size_t all_count = 0;
    const Price *first = candidate_first(current, count, false);
    if (!first && !shown->is_same) {
        all_count = candidates_read(arena, shown->without_struck, all);
        first = candidate_first(all, all_count, false);
    }
    if (!first)
        first = candidate_first(current, count, true);
    if (!first)
        first = candidate_first(all, all_count, true);
    if (first)
        *price = *first;
    return first != NULL;
}

bool price_in(const Document *document, const Node *scope, Price *price)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    memset(price, 0, sizeof *price);
    price->milli = -1;
    Shown shown = shown_read(arena, document, scope);
    if (!text_has_digit(shown.without_struck))
        return false;
    if (!candidate_choose(arena, &shown, price) && !bare_read(shown.without_struck, price))
        return false;
    cents_mend(document, scope, arena, price);
    return true;
}
