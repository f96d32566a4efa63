/* plural.c - CLDR plural rules, read and answered in one pass.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/plural.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/str.h"

/* The operands of UTS 35: absolute value, integer part, number of visible fraction digits,
 * those digits, and the same without trailing zeros. */
typedef struct Operands {
    double n, i, v, f, t;
} Operands;

typedef struct Reader {
    const char *at;
    Operands operands;
    bool is_valid;
} Reader;

static Operands operands_of(const char *number)
{
    Operands operands = {0};
    Str digits = str_of(number), fraction = {0};
    size_t point = 0;

    if (digits.length > 0 && (digits.data[0] == '-' || digits.data[0] == '+'))
        digits = str_slice(digits, 1, digits.length);
    if (!str_to_double(digits, &operands.n))
        return operands;
    operands.i = floor(operands.n);
    point = str_find_byte(digits, '.', 0);
    if (point == SIZE_MAX)
        return operands;
    fraction = str_slice(digits, point + 1, digits.length);
    operands.v = (double)fraction.length;
    str_to_double(fraction, &operands.f);
    while (fraction.length > 0 && fraction.data[fraction.length - 1] == '0')
        fraction.length--;
    str_to_double(fraction, &operands.t);
    return operands;
}

static void blanks_skip(Reader *reader)
{
    while (*reader->at == ' ')
        reader->at++;
}

/* Take a word or sign if it stands here. */
static bool sign_take(Reader *reader, const char *sign)
{
    size_t length = strlen(sign);

    blanks_skip(reader);
    if (strncmp(reader->at, sign, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static double number_take(Reader *reader)
{
    double number = 0;
    bool has_digit = false;

    blanks_skip(reader);
    for (; *reader->at >= '0' && *reader->at <= '9'; reader->at++) {
        number = number * 10 + (*reader->at - '0');
        has_digit = true;
    }
    reader->is_valid = reader->is_valid && has_digit;
    return number;
}

static double operand_take(Reader *reader)
{
    double value = 0;

    blanks_skip(reader);
    switch (*reader->at) {
    case 'n': value = reader->operands.n; break;
    case 'i': value = reader->operands.i; break;
    case 'v': value = reader->operands.v; break;
    case 'f': value = reader->operands.f; break;
    case 't': value = reader->operands.t; break;
    default: reader->is_valid = false; return 0;
    }
    reader->at++;
    if (sign_take(reader, "%")) {
        double modulus = number_take(reader);
        value = modulus > 0 ? fmod(value, modulus) : 0;
    }
    return value;
}

/* "n % 10 = 2..4,7" */
static bool relation_take(Reader *reader)
{
    double value = operand_take(reader);
    bool is_negated = sign_take(reader, "!=");
    bool is_in = false;

    if (!is_negated && !sign_take(reader, "="))
        reader->is_valid = false;
    do {
        double low = number_take(reader);
        double high = sign_take(reader, "..") ? number_take(reader) : low;
        bool is_whole = value >= floor(value) && value <= floor(value);

        is_in = is_in || (is_whole && value >= low && value <= high);
    } while (reader->is_valid && sign_take(reader, ","));
    return is_in != is_negated;
}

static bool conjunction_take(Reader *reader)
{
    bool is_true = relation_take(reader);

    while (reader->is_valid && sign_take(reader, "and"))
        is_true = relation_take(reader) && is_true;
    return is_true;
}

bool plural_matches(const char *rule, const char *number, bool *is_valid)
{
    Reader reader = {.at = rule, .operands = operands_of(number), .is_valid = true};
    bool is_true = false;

    blanks_skip(&reader);
    if (*reader.at == '\0') {
        is_true = true;
    } else {
        do
            is_true = conjunction_take(&reader) || is_true;
        while (reader.is_valid && sign_take(&reader, "or"));
        blanks_skip(&reader);
        reader.is_valid = reader.is_valid && *reader.at == '\0';
    }
    if (is_valid)
        *is_valid = reader.is_valid;
    return is_true && reader.is_valid;
}
