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

/** Month of a name in English, French, German, Spanish or Italian; 0: none. */
static int month_of(Str word)
{
    static const struct {
        const char *start;
        int month;
    } months[] = {{"juin", 6}, {"juil", 7}, {"jun", 6},  {"jul", 7},  {"giu", 6},
                  {"lug", 7},  {"mar", 3},  {"mär", 3},  {"mag", 5},  {"mai", 5},
                  {"may", 5},  {"abr", 4},  {"avr", 4},  {"apr", 4},  {"jan", 1},
                  {"ene", 1},  {"gen", 1},  {"feb", 2},  {"fév", 2},  {"fev", 2},
                  {"aug", 8},  {"aoû", 8},  {"aou", 8},  {"ago", 8},  {"sep", 9},
                  {"set", 9},  {"oct", 10}, {"okt", 10}, {"ott", 10}, {"nov", 11},
                  {"dec", 12}, {"déc", 12}, {"dez", 12}, {"dic", 12}};

    for (size_t i = 0; i < COUNT_OF(months); i++)
        if (str_starts_with_nocase(word, str_of(months[i].start)))
            return months[i].month;
    return 0;
}

/** A date in words or figures: its numbers in order, and its month when it is named. */
typedef struct WrittenDate {
    int numbers[3];
    int count, month;
} WrittenDate;

static WrittenDate date_read(Str text)
{
    WrittenDate date = {0};
    for (size_t at = 0; at < text.length;) {
        char byte = text.data[at];
        size_t start = at;
        if (byte >= '0' && byte <= '9') {
            int number = 0;
            while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9' &&
                   at - start < 4)
                number = number * 10 + (text.data[at++] - '0');
            if (date.count < 3)
                date.numbers[date.count++] = number;
            continue;
        }
        at++;
        bool is_start = start == 0 || strchr(" ,.-/", text.data[start - 1]);
        if (is_start && date.month == 0)
            date.month = month_of(str_slice(text, start, text.length));
    }
    return date;
}

/** A number that grows with the date; -1: no date. */
static int day_number(int year, int month, int day)
{
    return year > 1999 && month >= 1 && month <= 12 && day >= 1 && day <= 31
               ? (year * 12 + month) * 31 + day
               : -1;
}

/** A date with its year, in words or figures, that has not passed; by the clock of the
 * visit, with a day's grace for time zones. 3/4/2026 counts as the later of what it may
 * mean. What cannot be read is no fault. */
static bool is_date_ahead(const Subject *subject, Str text)
{
    int64_t now = subject->page && subject->page->started_us ? subject->page->started_us
                                                             : subject->audit->started_us;
    WrittenDate date = date_read(str_trim(text));
    const int *n = date.numbers;
    CivilTime civil;
    int end = -1, other = -1;
    if (now <= 0)
        return true;
    if (date.month)
        end = date.count == 2 ? day_number(n[1], date.month, n[0]) : -1;
    else if (date.count == 3 && n[0] > 1999)
        end = day_number(n[0], n[1], n[2]);
    else if (date.count == 3) {
        end = day_number(n[2], n[1], n[0]);
        other = day_number(n[2], n[0], n[1]);
    }
    clock_civil(now, &civil);
    end = end > other ? end : other;
    return end < 0 || end + 1 >= day_number(civil.year, civil.month, civil.day);
}

static const char *const names[] = {"luhn",        "french-vat", "recent-year",
                                    "future-date", "date-ahead", NULL};
static Verifier *const verifiers[] = {is_luhn, is_french_vat, is_recent_year,
                                      is_future_date, is_date_ahead};

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
