/* http_date.c - dates as cookies and caches write them. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include "rule/http_date.h"

#include "base/clock.h"
#include "base/units.h"

static int month_of(Str word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (size_t i = 0; i < 12 && word.length >= 3; i++)
        if (str_equal_nocase(str_slice(word, 0, 3), str_from(names + 3 * i, 3)))
            return (int)i + 1;
    return 0;
}

/** Parts of a date: day, month, year and time in any order, as RFC 6265 reads them. */
typedef struct DateParts {
    long long day, month, year;
    Str time;
} DateParts;

static void word_take(DateParts *parts, Str word)
{
    long long number = 0;
    if (str_contains(word, STR(":")))
        parts->time = word;
    else if (!str_to_int(word, &number))
        parts->month = parts->month ? parts->month : month_of(word);
    else if (word.length <= 2 && !parts->day)
        parts->day = number;
    else
        parts->year = number < 70 ? number + 2000 : number < 100 ? number + 1900 : number;
}

bool http_date_parse(Str text, int64_t *wall_us)
{
    DateParts parts = {0};
    char day[32], month[32], year[32], iso[96];
    size_t at = 0;
    Str pieces[3];
    for (size_t start = 0; start < text.length; start = at + 1) {
        at = start;
        while (at < text.length && text.data[at] != ' ' && text.data[at] != '-' &&
               text.data[at] != ',')
            at++;
        if (at > start)
            word_take(&parts, str_slice(text, start, at - start));
    }
    if (!parts.day || !parts.month || parts.year < 1601 || parts.time.length != 8)
        return false;
    pieces[0] = str_of(number_fixed((double)parts.year, 0, year, sizeof year));
    pieces[1] = str_of(number_fixed((double)(parts.month + 100), 0, month, sizeof month));
    pieces[2] = str_of(number_fixed((double)(parts.day + 100), 0, day, sizeof day));
    at = 0;
    for (int i = 0; i < 3; i++) {
        Str piece = i == 0 ? pieces[i] : str_slice(pieces[i], 1, 2);
        for (size_t k = 0; k < piece.length && at < 60; k++)
            iso[at++] = piece.data[k];
        iso[at++] = i < 2 ? '-' : 'T';
    }
    for (size_t k = 0; k < parts.time.length; k++)
        iso[at++] = parts.time.data[k];
    iso[at++] = 'Z';
    iso[at] = 0;
    return clock_parse_iso8601(iso, wall_us);
}
