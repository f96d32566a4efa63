/* verify.c - named proofs of a piece of text. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/verify.h"

#include <string.h>

#include "base/clock.h"

/** Luhn's sum over the digits (ISO/IEC 7812-1); SIREN has 9 of them, SIRET 14. The SIRETs
 * of La Poste (SIREN 356000000) follow another rule: their digits add up to a multiple
 * of 5. */
static bool is_luhn(const Subject *subject, Str text)
{
    int digits[32], count = 0, sum = 0, plain = 0;
    (void)subject;
    for (size_t i = 0; i < text.length && count < 32; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            digits[count++] = text.data[i] - '0';
    for (int i = 0; i < count; i++) {
        int value = digits[count - 1 - i] * (i % 2 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
        plain += digits[i];
    }
    if (count == 14 &&
        !memcmp(digits, (int[]){3, 5, 6, 0, 0, 0, 0, 0, 0}, 9 * sizeof(int)) &&
        plain % 5 == 0)
        return true;
    return sum % 10 == 0;
}

/** A French VAT number: FR, a key, a SIREN; key = (12 + 3 * (SIREN mod 97)) mod 97. Keys
 * with letters are not computed. */
static bool is_french_vat(const Subject *subject, Str text)
{
    int digits[32], count = 0;
    long siren = 0;
    (void)subject;
    for (size_t i = 0; i < text.length && count < 32; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            digits[count++] = text.data[i] - '0';
    if (count != 11)
        return true;
    for (int i = 2; i < 11; i++)
        siren = siren * 10 + digits[i];
    return digits[0] * 10 + digits[1] == (12 + 3 * (siren % 97)) % 97;
}

/** A year that is this one, the one before, or to come; by the clock of the visit. */
static bool is_recent_year(const Subject *subject, Str text)
{
    long long year = 0;
    int64_t now = subject->page && subject->page->started_us ? subject->page->started_us
                                                             : subject->audit->started_us;
    CivilTime civil;
    if (!str_to_int(str_trim(text), &year) || now <= 0)
        return true;
    clock_civil(now, &civil);
    return year >= civil.year - 1;
}

/** A date (2026-05-31) that has not passed; by the clock of the visit. */
static bool is_future_date(const Subject *subject, Str text)
{
    int64_t now = subject->page && subject->page->started_us ? subject->page->started_us
                                                             : subject->audit->started_us;
    char whole[32];
    int64_t end = 0;
    Str day = str_slice(str_trim(text), 0, 10);
    if (day.length != 10 || now <= 0)
        return true;
    memcpy(whole, day.data, day.length);
    memcpy(whole + day.length, "T23:59:59Z", sizeof "T23:59:59Z");
    return !clock_parse_iso8601(whole, &end) || end >= now;
}

static const char *const names[] = {"luhn", "french-vat", "recent-year", "future-date",
                                    NULL};
static Verifier *const verifiers[] = {is_luhn, is_french_vat, is_recent_year,
                                      is_future_date};

Verifier *verifier_of(const char *name)
{
    for (size_t i = 0; names[i]; i++)
        if (!strcmp(names[i], name))
            return verifiers[i];
    return NULL;
}

const char *const *verifier_names(void)
{
    return names;
}
