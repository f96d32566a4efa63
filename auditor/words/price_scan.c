/* price_scan.c - reads numbers and currencies in the spellings met on shops.
 *
 * recognition.md 2.2, traps.md 15. Layer: words. SPDX-License-Identifier: MIT */
#include "words/price_scan.h"

#include <string.h>

#include "base/attr.h"

enum { DIGITS_MAX = 12 };

/** One spelling of a currency. */
typedef struct CurrencyRow {
    const char *text;
    const char *code; /* "": several countries use it */
    bool is_any_case;
} CurrencyRow;

/* By first letter, whatever its case; longer spellings stand before their beginnings. */
static const CurrencyRow CURRENCIES[] = {
    {"AUD$", "AUD", true}, {"AU$", "AUD", false},  {"A$", "AUD", false},
    {"AUD", "AUD", true},  {"AED", "AED", false},  {"ARS", "ARS", false},
    {"BGN", "BGN", false}, {"BRL", "BRL", false},  {"BDT", "BDT", false},
    {"CAD$", "CAD", true}, {"CA$", "CAD", false},  {"C$", "CAD", false},
    {"CHF", "CHF", true},  {"CAD", "CAD", true},   {"CZK", "CZK", true},
    {"CNY", "CNY", false}, {"COP", "COP", false},  {"CLP", "CLP", false},
    {"DKK", "DKK", true},  {"euros", "EUR", true}, {"euro", "EUR", true},
    {"EUR", "EUR", true},  {"EGP", "EGP", false},  {"Fr.", "CHF", false},
    {"Ft", "HUF", false},  {"GBP", "GBP", true},   {"GHS", "GHS", false},
    {"HKD$", "HKD", true}, {"HK$", "HKD", false},  {"HUF", "HUF", true},
    {"HKD", "HKD", false}, {"INR", "INR", false},  {"ILS", "ILS", false},
    {"IDR", "IDR", false}, {"JPY", "JPY", false},  {"KRW", "KRW", false},
    {"Kč", "CZK", true},   {"KES", "KES", false},  {"KSh", "KES", true},
    {"kr.", "", true},     {"kr", "", true},       {"LKR", "LKR", false},
    {"lei", "RON", true},  {"MX$", "MXN", false},  {"MXN", "MXN", false},
    {"MAD", "MAD", false}, {"MYR", "MYR", false},  {"NZD$", "NZD", true},
    {"NT$", "TWD", false}, {"NZ$", "NZD", false},  {"NZD", "NZD", false},
    {"NOK", "NOK", true},  {"NPR", "NPR", false},  {"NGN", "NGN", false},
    {"PLN", "PLN", true},  {"PKR", "PKR", false},  {"PEN", "PEN", false},
    {"R$", "BRL", false},  {"RON", "RON", false},  {"RUB", "RUB", false},
    {"Rp", "IDR", false},  {"RM", "MYR", false},   {"Rs.", "INR", false},
    {"Rs", "", false},     {"SGD$", "SGD", true},  {"S$", "SGD", false},
    {"SFr.", "CHF", true}, {"SEK", "SEK", true},   {"SGD", "SGD", false},
    {"SAR", "SAR", false}, {"TRY", "TRY", false},  {"TND", "TND", false},
    {"THB", "THB", false}, {"Tk", "BDT", false},   {"USD$", "USD", true},
    {"US$", "USD", false}, {"USD", "USD", true},   {"UAH", "UAH", false},
    {"VND", "VND", false}, {"XOF", "XOF", false},  {"XPF", "XPF", false},
    {"ZAR", "ZAR", false}, {"zł", "PLN", true},
};

bool scan_is_space(unsigned rune)
{
    return rune == ' ' || rune == '\n' || rune == '\t' || rune == 0xa0 || rune == 0x202f ||
           rune == 0x2009 || rune == 0x2007 || rune == 0x200a;
}

bool scan_is_digit(unsigned rune)
{
    return rune >= '0' && rune <= '9';
}

bool scan_is_dash(unsigned rune)
{
    return rune == '-' || (rune >= 0x2010 && rune <= 0x2015) || rune == 0x2212;
}

bool text_has_digit(Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (scan_is_digit((unsigned char)text.data[i]))
            return true;
    }
    return false;
}

unsigned scan_at(Str text, size_t at)
{
    if (at < text.length && (unsigned char)text.data[at] < 0x80)
        return (unsigned char)text.data[at];
    return at < text.length ? str_next_rune(text, &at) : 0;
}

size_t scan_after(Str text, size_t at)
{
    if (at < text.length && (unsigned char)text.data[at] < 0x80)
        return at + 1;
    if (at < text.length)
        (void)str_next_rune(text, &at);
    return at;
}

size_t scan_spaces(Str text, size_t at, int most)
{
    for (; most > 0 && scan_is_space(scan_at(text, at)); most--)
        at = scan_after(text, at);
    return at;
}

/* Digits from at; their number. */
static int digits_count(Str text, size_t at)
{
    int count = 0;
    while (at + (size_t)count < text.length &&
           scan_is_digit((unsigned char)text.data[at + (size_t)count]))
        count++;
    return count;
}

static int64_t digits_value(Str text, size_t at, int count)
{
    int64_t value = 0;
    for (int i = 0; i < count; i++)
        value = value * 10 + (text.data[at + (size_t)i] - '0');
    return value;
}

static bool rune_is_group_mark(unsigned rune)
{
    return rune == '.' || rune == ',' || rune == '\'' || rune == 0x2019 || rune == ' ' ||
           rune == 0xa0 || rune == 0x202f || rune == 0x2009;
}

/* Thousands in groups of three, one mark throughout: "1 234 567". Returns how many groups
 * followed; *at moves behind them. */
static int groups_read(Str text, size_t *at, int64_t *value, int *digits, unsigned *mark)
{
    int groups = 0;
    *mark = 0;
    for (;;) {
        unsigned rune = scan_at(text, *at);
        size_t next = scan_after(text, *at);
        if (!rune_is_group_mark(rune) || (*mark && rune != *mark))
            return groups;
        if (digits_count(text, next) != 3 || *digits + 3 > DIGITS_MAX)
            return groups;
        *value = *value * 1000 + digits_value(text, next, 3);
        *digits += 3;
        *mark = rune;
        *at = next + 3;
        groups++;
    }
}

/* Indian grouping, "1,23,456": pairs, then three at the end. */
static bool pairs_read(Str text, size_t at, int64_t *value, size_t *end)
{
    int64_t sum = digits_value(text, at, digits_count(text, at));
    int pairs = 0;
    at += (size_t)digits_count(text, at);
    while (scan_at(text, at) == ',' && digits_count(text, at + 1) == 2 && pairs < 3) {
        sum = sum * 100 + digits_value(text, at + 1, 2);
        at += 3;
        pairs++;
    }
    if (pairs == 0 || scan_at(text, at) != ',' || digits_count(text, at + 1) != 3)
        return false;
    *value = sum * 1000 + digits_value(text, at + 1, 3);
    *end = at + 4;
    return true;
}

/* ",50", ".5", ".-", ",--", ".—" behind the whole part; mark: the group mark used. */
static void decimals_read(Str text, unsigned mark, Amount *amount)
{
    unsigned rune = scan_at(text, amount->end);
    size_t next = amount->end + 1;
    if ((rune != '.' && rune != ',') || rune == mark)
        return;
    int count = digits_count(text, next);
    if (count == 1 || count == 2) {
        amount->milli += digits_value(text, next, count) * (count == 1 ? 100 : 10);
        amount->end = next + (size_t)count;
        amount->has_decimals = true;
        return;
    }
    if (count == 0 && scan_is_dash(scan_at(text, next))) {
        size_t end = scan_after(text, next);
        if (scan_is_dash(scan_at(text, end)))
            end = scan_after(text, end);
        amount->end = end;
        amount->has_decimals = true;
    }
}

bool amount_read(Str text, size_t at, Amount *amount)
{
    int digits = digits_count(text, at);
    int first = digits;
    unsigned mark = 0;
    memset(amount, 0, sizeof *amount);
    if (digits == 0 || digits > DIGITS_MAX)
        return false;
    int64_t whole = digits_value(text, at, digits);
    amount->end = at + (size_t)digits;
    if (digits <= 2 && pairs_read(text, at, &whole, &amount->end)) {
        mark = ',';
    } else if (digits <= 3 && text.data[at] != '0') {
        int groups = groups_read(text, &amount->end, &whole, &digits, &mark);
        amount->is_three = groups == 1 && (mark == '.' || mark == ',');
    } else if (digits == 1 &&
               (scan_at(text, amount->end) == '.' || scan_at(text, amount->end) == ',')) {
        int count = digits_count(text, amount->end + 1);
        if (count == 3) { /* "0.125": nothing to group */
            amount->milli = digits_value(text, amount->end + 1, 3);
            amount->end += 4;
            amount->has_decimals = true;
            return true;
        }
    }
    amount->milli = whole * 1000;
    amount->as_decimals = digits_value(text, at, first) * 1000 + whole % 1000;
    decimals_read(text, mark, amount);
    return true;
}

static bool scan_is_letter(unsigned rune)
{
    return (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') ||
           (rune >= 0xc0 && rune < 0x2000 && rune != 0xd7 && rune != 0xf7);
}

/* Signs of Unicode's category Sc: they mark money even when we do not know which. */
static bool rune_is_sign(unsigned rune)
{
    return rune == '$' || (rune >= 0xa2 && rune <= 0xa5) || rune == 0x192 ||
           rune == 0x58f || rune == 0x60b || rune == 0xe3f || rune == 0x17db ||
           (rune >= 0x20a0 && rune <= 0x20cf) || rune == 0xfdfc || rune == 0xfe69 ||
           rune == 0xff04 || (rune >= 0xffe0 && rune <= 0xffe6);
}

static const char *sign_code(unsigned rune)
{
    static const struct {
        unsigned rune;
        const char *code;
    } SIGNS[] = {
        {0x20ac, "EUR"}, {0xa3, "GBP"},   {0x20b9, "INR"}, {0x20bd, "RUB"},
        {0x20b4, "UAH"}, {0x20ba, "TRY"}, {0x20a9, "KRW"}, {0x20aa, "ILS"},
        {0x20ab, "VND"}, {0xe3f, "THB"},  {0x20b1, "PHP"}, {0x20a6, "NGN"},
    };

    for (size_t i = 0; i < COUNT_OF(SIGNS); i++) {
        if (SIGNS[i].rune == rune)
            return SIGNS[i].code;
    }
    return ""; /* $ and ¥ belong to several countries */
}

static char letter_small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool row_is_at(const CurrencyRow *row, Str text, size_t at)
{
    Str spelling = str_of(row->text);
    Str here = str_slice(text, at, spelling.length);
    if (row->is_any_case ? !str_equal_nocase(here, spelling) : !str_equal(here, spelling))
        return false;
    unsigned next = scan_at(text, at + spelling.length);
    unsigned last = (unsigned char)row->text[spelling.length - 1];
    return last == '$' || last == '.' || !scan_is_letter(next);
}

/* The row that stands at text[at]; NULL: none. */
static const CurrencyRow *row_find(Str text, size_t at)
{
    char first = letter_small(text.data[at]);
    size_t low = 0;
    size_t high = COUNT_OF(CURRENCIES);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (letter_small(CURRENCIES[middle].text[0]) < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < COUNT_OF(CURRENCIES) && letter_small(CURRENCIES[low].text[0]) == first;
         low++) {
        if (row_is_at(&CURRENCIES[low], text, at))
            return &CURRENCIES[low];
    }
    return NULL;
}

bool currency_read(Str text, size_t at, unsigned before, Currency *currency)
{
    memset(currency, 0, sizeof *currency);
    currency->start = at;
    if (at >= text.length || text.data[at] == ' ')
        return false;
    const CurrencyRow *row = scan_is_letter(before) ? NULL : row_find(text, at);
    if (row) {
        memcpy(currency->code, row->code, strlen(row->code));
        currency->end = at + strlen(row->text);
        currency->is_word = true;
        currency->is_behind_only = str_starts_with_nocase(str_of(row->text), STR("euro"));
        return true;
    }
    unsigned rune = scan_at(text, at);
    if (!rune_is_sign(rune))
        return false;
    const char *code = sign_code(rune);
    memcpy(currency->code, code, strlen(code));
    currency->end = scan_after(text, at);
    return true;
}
