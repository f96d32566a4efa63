/* countdown.c - reads remaining times: 02:14:59, 1:02:14:59, "02 h 14 min 59 s".
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/countdown.h"

#include <string.h>

#include "base/attr.h"

enum {
    NEAR_BYTES = 100, /**< words of urgency stand so near */
    PARTS_MAX = 4,    /**< days, hours, minutes, seconds */
    UNIT_BYTES = 12
};

/** Words beside a timer that claims that something ends. */
static const char *const urgent[] = {
    "ends in",    "ending in", "ends soon", "expire", "left",        "remaining",
    "hurry",      "offer",     "deal",      "sale",   "reserved",    "discount",
    "se termine", "reste",     "plus que",  "offre",  "vente flash", "promo",
    "dépêchez",   "endet",     "noch",      "angebo", "reserviert",  "termina",
    "quedan",     "oferta",    "scade",     "offert", "prenotat",    "riman",
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80;
}

/** A number of one to three digits at *at, moved behind it. */
static bool number_read(Str text, size_t *at, double *number)
{
    size_t start = *at;
    *number = 0;
    while (*at < text.length && is_digit(text.data[*at]) && *at - start < 4)
        *number = *number * 10 + (text.data[(*at)++] - '0');
    return *at > start && *at - start < 4;
}

/** Behind a number: ':' or a unit's word. Returns its letter, ':' or 0. */
static char unit_read(Str text, size_t *at)
{
    size_t place = *at, start;
    char letter;
    if (place < text.length && text.data[place] == ':') {
        *at = place + 1;
        return ':';
    }
    while (place < text.length && text.data[place] == ' ')
        place++;
    start = place;
    while (place < text.length && is_letter(text.data[place]) && place - start < UNIT_BYTES)
        place++;
    letter = place > start ? text.data[start] : 0;
    if (!letter || !strchr("djhms", letter))
        return 0;
    while (place < text.length && strchr(" :,.", text.data[place]))
        place++;
    *at = place;
    return letter;
}

/** Seconds of parts, the last of which is seconds. */
static double parts_sum(const double *parts, int count)
{
    static const double seconds[PARTS_MAX] = {1, 60, 3600, 86400};
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += parts[count - 1 - i] * seconds[i];
    return sum;
}

/** Read a time at `at`: at least hours, minutes and seconds with colons, or minutes and
 * seconds with their words. Returns its end, 0 when there is none. */
static size_t time_read(Str text, size_t at, double *seconds)
{
    double parts[PARTS_MAX];
    char units[PARTS_MAX + 1] = "";
    int count = 0;
    size_t end = at;
    while (count < PARTS_MAX && number_read(text, &at, &parts[count])) {
        end = at;
        units[count] = unit_read(text, &at);
        count++;
        if (!units[count - 1] || units[count - 1] == 's')
            break;
    }
    if (count == 0 || (count == PARTS_MAX && units[count - 1] == ':'))
        return 0;
    *seconds = parts_sum(parts, count);
    if (units[count - 1] == 's')
        return count >= 2 && units[count - 2] == 'm' ? at : 0;
    for (int i = 0; i < count - 1; i++)
        if (units[i] != ':')
            return 0;
    return count >= 3 && parts[count - 1] < 60 && parts[count - 2] < 60 ? end : 0;
}

static bool is_urgent(Str folded, size_t start, size_t end)
{
    size_t from = start > NEAR_BYTES ? start - NEAR_BYTES : 0;
    size_t to = end + NEAR_BYTES < folded.length ? end + NEAR_BYTES : folded.length;
    Str near = str_slice(folded, from, to);
    for (size_t i = 0; i < COUNT_OF(urgent); i++)
        if (str_contains(near, str_of(urgent[i])))
            return true;
    return false;
}

bool countdown_read(Str folded, double *seconds, Str *quote)
{
    for (size_t at = 0; at < folded.length; at++) {
        size_t end;
        if (!is_digit(folded.data[at]) ||
            (at > 0 &&
             (is_digit(folded.data[at - 1]) || strchr(":.,-/", folded.data[at - 1]))))
            continue;
        end = time_read(folded, at, seconds);
        if (!end || *seconds <= 0 || !is_urgent(folded, at, end))
            continue;
        *quote = str_slice(folded, at, end);
        return true;
    }
    return false;
}
