/* units.c - numbers to text and back.
 *
 * snprintf and strtod use '.' because the locale is never set. Layer: base.
 * SPDX-License-Identifier: MIT */
#include "base/units.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 17, DECIMALS_MOST = 15 };

/* The shortest digits d1 d2 ... that read back as |number|, and the exponent of d1. */
typedef struct Digits {
    char digits[DIGITS_MOST + 8];
    int count;
    int exponent;
} Digits;

static void digits_of(double number, Digits *out)
{
    char text[64];
    int count = 0;
    /* 15 digits always survive, closing zeros are dropped below; subnormals hold fewer. */
    int first = fabs(number) < DBL_MIN ? 0 : 14;

    for (int precision = first; precision < DIGITS_MOST; precision++) {
        snprintf(text, sizeof(text), "%.*e", precision, fabs(number));
        if (strtod(text, NULL) >= fabs(number) && strtod(text, NULL) <= fabs(number))
            break;
    }
    for (const char *c = text; *c != 'e' && *c != '\0'; c++)
        if (*c != '.')
            out->digits[count++] = *c;
    while (count > 1 && out->digits[count - 1] == '0')
        count--;
    out->digits[count] = '\0';
    out->count = count;
    out->exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
}

const char *number_text(double number, char *text, size_t size)
{
    Digits shortest;

    if (!isfinite(number)) {
        snprintf(text, size, "null");
        return text;
    }
    if (fabs(number) < 1e15 && floor(number) >= number) {
        snprintf(text, size, "%" PRId64, (int64_t)number);
        return text;
    }
    digits_of(number, &shortest);
    if (shortest.exponent >= -5 && shortest.exponent < 21) {
        int decimals = shortest.count - 1 - shortest.exponent;
        snprintf(text, size, "%.*f", decimals > 0 ? decimals : 0, number);
        return text;
    }
    snprintf(text, size, "%s%c%s%se%+d", signbit(number) ? "-" : "", shortest.digits[0],
             shortest.count > 1 ? "." : "", shortest.digits + 1, shortest.exponent);
    return text;
}

/* Round the digits at place `kept` (may be below 1), half away from zero. */
static void digits_round(Digits *number, int kept)
{
    bool is_up = kept >= 0 && kept < number->count && number->digits[kept] >= '5';

    if (kept >= number->count)
        return;
    if (kept < 0)
        kept = 0;
    number->count = kept;
    for (int i = kept - 1; is_up && i >= 0; i--) {
        is_up = number->digits[i] == '9';
        number->digits[i] = is_up ? '0' : (char)(number->digits[i] + 1);
    }
    if (is_up) {
        for (int i = number->count; i > 0; i--)
            number->digits[i] = number->digits[i - 1];
        number->digits[0] = '1';
        number->count++;
        number->exponent++;
    }
}

static char digit_at(const Digits *number, int place)
{
    return place >= 0 && place < number->count ? number->digits[place] : '0';
}

static bool digits_are_zero(const Digits *number)
{
    for (int i = 0; i < number->count; i++)
        if (number->digits[i] != '0')
            return false;
    return true;
}

static void char_add(char *text, size_t size, size_t *used, char c)
{
    if (*used + 1 < size)
        text[(*used)++] = c;
}

const char *number_fixed(double number, int decimals, char *text, size_t size)
{
    Digits value;
    size_t used = 0;

    if (size == 0)
        return text;
    if (!isfinite(number) || fabs(number) >= 1e15)
        return number_text(number, text, size);
    decimals = decimals < 0 ? 0 : decimals;
    decimals = decimals > DECIMALS_MOST ? DECIMALS_MOST : decimals;
    digits_of(number, &value);
    digits_round(&value, value.exponent + 1 + decimals);
    if (signbit(number) && !digits_are_zero(&value))
        char_add(text, size, &used, '-');
    for (int place = value.exponent > 0 ? value.exponent : 0; place >= -decimals; place--) {
        if (place == -1)
            char_add(text, size, &used, '.');
        char_add(text, size, &used, digit_at(&value, value.exponent - place));
    }
    text[used] = '\0';
    return text;
}

bool duration_parse(const char *text, int64_t *duration_us, Error *err)
{
    static const struct {
        const char *name;
        double us;
    } units[] = {{"ms", 1e3}, {"s", 1e6}, {"m", 60e6}, {"h", 3600e6}};

    Str whole = str_of(text);
    size_t digits = 0;
    double number = 0;

    while (digits < whole.length && strchr("0123456789.", whole.data[digits]))
        digits++;
    if (!str_to_double(str_slice(whole, 0, digits), &number)) {
        error_set(err, ERROR_INPUT, NULL, "'%s' is not a duration", text);
        return error_hint(err, "write a number and ms, s, m or h, as in 30s");
    }
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (!str_equal_text(str_slice(whole, digits, SIZE_MAX), units[i].name))
            continue;
        if (number * units[i].us > 9e15)
            return error_set(err, ERROR_INPUT, NULL, "duration '%s' is too long", text);
        *duration_us = llround(number * units[i].us);
        return true;
    }
    error_set(err, ERROR_INPUT, NULL, "duration '%s' has no unit that is known", text);
    if (digits == whole.length)
        return error_hint(err, "did you mean '%ss'?", text);
    return error_hint(err, "the units are ms, s, m and h");
}

bool integer_parse(const char *text, int64_t low, int64_t high, int64_t *value, Error *err)
{
    long long number = 0;
    if (!str_to_int(str_of(text), &number) || number < low || number > high)
        return error_set(err, ERROR_INPUT, NULL,
                         "'%s' is not a whole number from %" PRId64 " to %" PRId64, text,
                         low, high);
    *value = number;
    return true;
}

bool number_parse(const char *text, double low, double high, double *value, Error *err)
{
    double number = 0;
    char low_text[32];
    char high_text[32];
    if (!str_to_double(str_of(text), &number) || number < low || number > high)
        return error_set(err, ERROR_INPUT, NULL, "'%s' is not a number from %s to %s", text,
                         number_text(low, low_text, sizeof(low_text)),
                         number_text(high, high_text, sizeof(high_text)));
    *value = number;
    return true;
}

bool size_add(size_t a, size_t b, size_t *sum)
{
    return !__builtin_add_overflow(a, b, sum);
}

bool size_multiply(size_t a, size_t b, size_t *product)
{
    return !__builtin_mul_overflow(a, b, product);
}
