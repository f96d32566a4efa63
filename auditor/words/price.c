/* price.c - prices in text: which numbers are money, ranges, and comparing amounts.
 *
 * Choosing among the prices of an element is price_in.c. Layer: words.
 * SPDX-License-Identifier: MIT */
#include "words/price.h"

#include <string.h>

#include "words/price_scan.h"

enum { GAP_MAX = 2 }; /* spaces between a sign and its number */

/** What stands before the place being read. */
typedef struct Before {
    unsigned rune;     /* 0 at the start */
    unsigned older;    /* the rune before that */
    bool has_currency; /* with at most GAP_MAX spaces since */
    bool is_minus;     /* a sign that belongs to what follows */
    Currency currency;
} Before;

static void price_clear(Price *price)
{
    memset(price, 0, sizeof *price);
    price->milli = -1;
}

/* Currencies with thousandths: there "12.500" is twelve and a half. */
static bool currency_has_thousandths(const char *code)
{
    return strcmp(code, "TND") == 0 || strcmp(code, "KWD") == 0 || strcmp(code, "BHD") == 0;
}

/* "12€90": two digits behind the sign, and neither more of them nor another sign. */
static bool cents_read(Str text, size_t at, Amount *amount, size_t *end)
{
    Amount cents;
    Currency next;
    if (amount->has_decimals || !amount_read(text, at, &cents) || cents.end != at + 2 ||
        currency_read(text, cents.end, 0, &next))
        return false;
    amount->milli += cents.milli / 100;
    amount->has_decimals = true;
    *end = cents.end;
    return true;
}

/* "12€15€": the next number has a sign of its own behind it, so the one between is ours. */
static bool next_is_signed(Str text, size_t at)
{
    Amount next;
    Currency sign;
    return amount_read(text, at, &next) && currency_read(text, next.end, 0, &sign) &&
           !scan_is_digit(scan_at(text, sign.end));
}

/* "A & J 2016 $ 919": dollars and pounds stand in front, so a sign with room on both sides
 * is the next number's, unless that one has its own. */
static bool is_sign_of_next(Str text, const Currency *sign)
{
    unsigned rune = scan_at(text, sign->start);
    size_t next = scan_spaces(text, sign->end, GAP_MAX);
    if ((rune != '$' && rune != 0xa3) || next == sign->end ||
        !scan_is_digit(scan_at(text, next)))
        return false;
    Amount amount;
    Currency own;
    if (!amount_read(text, next, &amount))
        return false;
    size_t behind = scan_spaces(text, amount.end, GAP_MAX);
    return !currency_read(text, behind, ' ', &own);
}

/* The currency behind a number: "12 €", "12€90", "12,- EUR". A sign that touches the next
 * number is that number's: "3 €12", "3€12.00". */
static bool currency_behind(Str text, Amount *amount, Currency *currency)
{
    size_t at = scan_spaces(text, amount->end, GAP_MAX);
    if (!currency_read(text, at, at > amount->end ? ' ' : 0, currency))
        return false;
    if (scan_is_digit(scan_at(text, currency->end)) && !currency->is_word) {
        bool is_apart = at > amount->end;
        bool is_ours =
            !is_apart && (next_is_signed(text, currency->end) ||
                          cents_read(text, currency->end, amount, &currency->end));
        if (!is_ours)
            return false;
    }
    if (at > amount->end && is_sign_of_next(text, currency))
        return false;
    amount->end = currency->end;
    return true;
}

/* "$48.00 USD": the code says which dollars. */
static void code_behind(Str text, Amount *amount, Price *price)
{
    Currency currency;
    size_t at = scan_spaces(text, amount->end, 1);
    if (price->currency[0] || !currency_read(text, at, ' ', &currency) ||
        !currency.is_word || !currency.code[0] ||
        scan_is_digit(scan_at(text, scan_spaces(text, currency.end, GAP_MAX))))
        return;
    memcpy(price->currency, currency.code, sizeof price->currency);
    amount->end = currency.end;
}

/* Text between the ends of a range; false: none. needs_signs: a word, not a dash. */
static bool range_mark_skip(Str text, size_t *at, bool *needs_signs)
{
    static const char *const WORDS[] = {"to ", "à ", "bis ", "a ", "até "};
    size_t next = scan_spaces(text, *at, GAP_MAX);
    unsigned rune = scan_at(text, next);
    *needs_signs = false;
    if (scan_is_dash(rune) || rune == '~') {
        *at = scan_spaces(text, scan_after(text, next), GAP_MAX);
        return true;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        Str word = str_of(WORDS[i]);
        if (next > *at && str_equal_nocase(str_slice(text, next, word.length), word)) {
            *at = next + word.length;
            *needs_signs = true;
            return true;
        }
    }
    return false;
}

/* The upper end of a range that begins with price; *end moves behind it. */
static void range_read(Str text, bool has_currency, size_t *end, Price *price)
{
    bool needs_signs = false;
    size_t at = *end;
    Currency currency = {0};
    Amount upper;
    if (!range_mark_skip(text, &at, &needs_signs))
        return;
    bool is_marked = currency_read(text, at, ' ', &currency);
    if (is_marked)
        at = scan_spaces(text, currency.end, GAP_MAX);
    if (!scan_is_digit(scan_at(text, at)) || !amount_read(text, at, &upper))
        return;
    if (!is_marked)
        is_marked = currency_behind(text, &upper, &currency);
    bool is_sure = is_marked && (has_currency || !needs_signs);
    if (!is_sure || upper.milli <= price->milli)
        return;
    price->is_range = true;
    price->upper_milli = upper.milli;
    if (!price->currency[0])
        memcpy(price->currency, currency.code, sizeof price->currency);
    *end = upper.end;
}

/* Is the number at text[at] a price? Then *end is behind it. */
static bool number_is_price(Str text, size_t at, const Before *before, size_t *end,
                            Price *price)
{
    Amount amount;
    Currency behind = {0};
    price_clear(price);
    if (!amount_read(text, at, &amount)) {
        *end = at + 1;
        while (scan_is_digit(scan_at(text, *end)))
            *end += 1;
        return false;
    }
    bool has_currency = before->has_currency;
    if (has_currency) {
        memcpy(price->currency, before->currency.code, sizeof price->currency);
        code_behind(text, &amount, price);
    } else if (currency_behind(text, &amount, &behind)) {
        has_currency = true;
        memcpy(price->currency, behind.code, sizeof price->currency);
    }
    if (amount.is_three && currency_has_thousandths(price->currency))
        amount.milli = amount.as_decimals;
    price->milli = amount.milli;
    *end = amount.end;
    range_read(text, has_currency, end, price);
    bool touches_number = !has_currency && scan_is_digit(scan_at(text, *end));
    if ((has_currency || price->is_range) && !touches_number && !before->is_minus)
        return true;
    price_clear(price);
    return false;
}

/* "-5 €" is a reduction; "Shirt - 5 €" and "4-5 €" are not. */
static bool minus_is(Str text, size_t at, const Before *before)
{
    unsigned rune = scan_at(text, at);
    unsigned next = scan_at(text, scan_after(text, at));
    bool is_loose = before->rune == 0 || before->rune == '(' || scan_is_space(before->rune);
    return scan_is_dash(rune) && is_loose && !scan_is_space(next);
}

static void before_move(Str text, size_t from, size_t to, Before *before)
{
    for (size_t at = from; at < to; at = scan_after(text, at)) {
        before->older = before->rune;
        before->rune = scan_at(text, at);
    }
}

static bool is_letter(unsigned rune)
{
    return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z');
}

bool price_next(Str text, size_t *offset, Price *price)
{
    Before before = {0};
    size_t at = *offset;
    while (at < text.length) {
        if (is_letter(before.rune) && is_letter((unsigned char)text.data[at])) {
            /* nothing begins inside a word, and most text is words */
            size_t end = at + 1;
            while (end < text.length && is_letter((unsigned char)text.data[end]))
                end++;
            before = (Before){.rune = (unsigned char)text.data[end - 1],
                              .older = end - at > 1 ? (unsigned char)text.data[end - 2]
                                                    : before.rune};
            at = end;
            continue;
        }
        unsigned rune = scan_at(text, at);
        size_t end = scan_after(text, at);
        Currency currency;
        /* Digits behind ".", "," or a digit belong to a number that was not ours. */
        bool is_inside =
            scan_is_digit(before.rune) ||
            ((before.rune == '.' || before.rune == ',') && scan_is_digit(before.older));
        if (scan_is_digit(rune) && !is_inside) {
            if (number_is_price(text, at, &before, &end, price)) {
                *offset = end;
                return true;
            }
            before.has_currency = false;
            before.is_minus = false;
        } else if (currency_read(text, at, before.rune, &currency)) {
            before.has_currency = !currency.is_behind_only;
            before.currency = currency;
            end = scan_spaces(text, currency.end, GAP_MAX);
        } else if (minus_is(text, at, &before)) {
            before.is_minus = true;
        } else {
            before.has_currency = false;
            before.is_minus = false;
        }
        before_move(text, at, end, &before);
        at = end;
    }
    *offset = text.length;
    price_clear(price);
    return false;
}

/* A point alone is the decimal mark, however many digits follow: "12.500000". */
static bool machine_number(Str text, int64_t *milli)
{
    double value = 0;
    if (!str_to_double(text, &value) || value < 0 || value > 1e12)
        return false;
    *milli = (int64_t)(value * 1000 + 0.5);
    return true;
}

bool price_of_number(Str text, Price *price)
{
    Amount amount;
    size_t at = scan_spaces(text, 0, 64);
    price_clear(price);
    text = str_slice(text, at, text.length);
    while (text.length > 0 && scan_is_space((unsigned char)text.data[text.length - 1]))
        text.length--;
    if (machine_number(text, &price->milli))
        return true;
    if (scan_is_digit(scan_at(text, 0)) && amount_read(text, 0, &amount) &&
        amount.end == text.length) {
        price->milli = amount.milli;
        return true;
    }
    at = 0;
    return price_next(text, &at, price);
}

static bool milli_is_near(int64_t a, int64_t b, int64_t tolerance)
{
    return (a > b ? a - b : b - a) <= tolerance;
}

static bool range_holds(const Price *range, const Price *price, int64_t tolerance)
{
    return range->is_range && price->milli >= range->milli - tolerance &&
           price->milli <= range->upper_milli + tolerance;
}

bool price_equal(const Price *a, const Price *b, int64_t tolerance_milli)
{
    if (a->milli < 0 || b->milli < 0)
        return false;
    if (a->currency[0] && b->currency[0] && strcmp(a->currency, b->currency) != 0)
        return false;
    return milli_is_near(a->milli, b->milli, tolerance_milli) ||
           range_holds(a, b, tolerance_milli) || range_holds(b, a, tolerance_milli);
}

double price_number(const Price *price)
{
    return (double)price->milli / 1000.0;
}
