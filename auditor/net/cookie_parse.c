/* cookie_parse.c - see cookie_parse.h. Layer: net. SPDX-License-Identifier: MIT */
#include "net/cookie_parse.h"

#include <string.h>
#include <time.h>

/* ---- dates ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** Delimiters of RFC 6265, 5.1.1. */
static bool is_delimiter(char c)
{
    unsigned char u = (unsigned char)c;
    return u == 0x09 || (u >= 0x20 && u <= 0x2f) || (u >= 0x3b && u <= 0x40) ||
           (u >= 0x5b && u <= 0x60) || (u >= 0x7b && u <= 0x7e);
}

/** low to high digits at the front of s; more digits must not follow. Returns their number,
 * -1 when they are not there. length receives how many digits. */
static int digits_take(Str s, size_t low, size_t high, size_t *length)
{
    int value = 0;
    size_t count = 0;
    while (count < s.length && count < high && is_digit(s.data[count]))
        value = value * 10 + (s.data[count++] - '0');
    if (count < low || (count < s.length && is_digit(s.data[count])))
        return -1;
    *length = count;
    return value;
}

/** "09:32:05" with one or two digits each. */
static bool time_take(Str token, struct tm *date)
{
    int parts[3];
    for (int i = 0; i < 3; i++) {
        size_t length = 0;
        parts[i] = digits_take(token, 1, 2, &length);
        if (parts[i] < 0)
            return false;
        token = str_slice(token, length, token.length);
        if (i == 2)
            break;
        if (token.length == 0 || token.data[0] != ':')
            return false;
        token = str_slice(token, 1, token.length);
    }
    date->tm_hour = parts[0];
    date->tm_min = parts[1];
    date->tm_sec = parts[2];
    return true;
}

static int month_of(Str token)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    Str head = str_slice(token, 0, 3);
    for (size_t i = 0; head.length == 3 && i < 12; i++)
        if (str_equal_nocase(head, str_from(names + 3 * i, 3)))
            return (int)i;
    return -1;
}

typedef struct DateFound {
    bool time, day, month, year;
} DateFound;

static void token_take(Str token, struct tm *date, DateFound *found)
{
    size_t length = 0;
    int number;
    if (!found->time && time_take(token, date)) {
        found->time = true;
    } else if (!found->day && (number = digits_take(token, 1, 2, &length)) >= 0) {
        found->day = true;
        date->tm_mday = number;
    } else if (!found->month && (number = month_of(token)) >= 0) {
        found->month = true;
        date->tm_mon = number;
    } else if (!found->year && (number = digits_take(token, 2, 4, &length)) >= 0) {
        found->year = true;
        if (number >= 70 && number <= 99)
            number += 1900;
        else if (number <= 69)
            number += 2000;
        date->tm_year = number - 1900;
    }
}

bool cookie_date_parse(Str text, int64_t *wall_us)
{
    struct tm date = {0};
    DateFound found = {0};
    size_t start = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && !is_delimiter(text.data[i]))
            continue;
        if (i > start)
            token_take(str_slice(text, start, i - start), &date, &found);
        start = i + 1;
    }
    bool is_sane = found.time && found.day && found.month && found.year &&
                   date.tm_mday >= 1 && date.tm_mday <= 31 && date.tm_year >= 1601 - 1900 &&
                   date.tm_hour <= 23 && date.tm_min <= 59 && date.tm_sec <= 59;
    if (!is_sane)
        return false;
    int day = date.tm_mday;
    time_t seconds = timegm(&date);
    if (date.tm_mday != day)
        return false; /* 31 February */
    *wall_us = (int64_t)seconds * 1000000;
    return true;
}

/* ---- the line ---- */

static bool has_control(Str s)
{
    for (size_t i = 0; i < s.length; i++) {
        unsigned char c = (unsigned char)s.data[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return true;
    }
    return false;
}

/** What a lifetime comes to: capped, and -1 for the past. */
static int64_t expiry_of(int64_t wall_us, int64_t now_us)
{
    int64_t latest_us = now_us + (int64_t)COOKIE_AGE_MAX_DAYS * 86400 * 1000000;
    if (wall_us <= now_us)
        return -1;
    return wall_us > latest_us ? latest_us : wall_us;
}

static bool age_parse(Str value, int64_t now_us, int64_t *expires_us)
{
    if (value.length == 0 || (!is_digit(value.data[0]) && value.data[0] != '-'))
        return false;
    for (size_t i = 1; i < value.length; i++)
        if (!is_digit(value.data[i]))
            return false;
    long long age_s = 0;
    if (!str_to_int(value, &age_s)) /* digits, but beyond all bounds */
        age_s = value.data[0] == '-' ? -1 : 1000LL * 86400;
    if (age_s > 1000LL * 86400)
        age_s = 1000LL * 86400;
    *expires_us = age_s <= 0 ? -1 : expiry_of(now_us + age_s * 1000000, now_us);
    return true;
}

static const char *same_site_of(Str value)
{
    static const char *const values[] = {"strict", "lax", "none"};
    for (size_t i = 0; i < 3; i++)
        if (str_equal_nocase(value, str_of(values[i])))
            return values[i];
    return "";
}

/** Attributes until the line ends; of several with one name the last counts. */
static void attributes_parse(Str rest, int64_t now_us, CookieLine *line)
{
    bool has_age = false;
    Str part;
    while (str_next(&rest, ';', &part)) {
        size_t equals = str_find_byte(part, '=', 0);
        Str name = str_trim(str_slice(part, 0, equals));
        Str value = equals == SIZE_MAX ? STR("")
                                       : str_trim(str_slice(part, equals + 1, part.length));
        int64_t wall_us = 0;
        if (value.length > COOKIE_ATTRIBUTE_BYTES_MAX)
            continue;
        if (str_equal_nocase(name, STR("secure"))) {
            line->is_secure = true;
        } else if (str_equal_nocase(name, STR("httponly"))) {
            line->is_http_only = true;
        } else if (str_equal_nocase(name, STR("samesite"))) {
            line->same_site = same_site_of(value);
        } else if (str_equal_nocase(name, STR("path"))) {
            bool is_path = value.length && value.data[0] == '/';
            line->path = is_path ? value : (Str){NULL, 0};
        } else if (str_equal_nocase(name, STR("domain"))) {
            bool has_dot = str_starts_with(value, STR("."));
            line->domain = has_dot ? str_slice(value, 1, value.length) : value;
            if (line->domain.length == 0)
                line->domain = (Str){NULL, 0};
        } else if (str_equal_nocase(name, STR("max-age"))) {
            has_age = age_parse(value, now_us, &line->expires_us) || has_age;
        } else if (str_equal_nocase(name, STR("expires")) && !has_age &&
                   cookie_date_parse(value, &wall_us)) {
            line->expires_us = expiry_of(wall_us, now_us);
        }
    }
}

bool cookie_line_parse(Str set_cookie, int64_t now_us, CookieLine *line,
                       const char **why_not)
{
    memset(line, 0, sizeof *line);
    line->same_site = "";
    if (has_control(set_cookie)) {
        *why_not = "has a control character";
        return false;
    }
    Str rest = set_cookie;
    Str pair;
    if (!str_next(&rest, ';', &pair)) {
        *why_not = "is empty";
        return false;
    }
    size_t equals = str_find_byte(pair, '=', 0);
    line->name = equals == SIZE_MAX ? STR("") : str_trim(str_slice(pair, 0, equals));
    line->value = equals == SIZE_MAX ? str_trim(pair)
                                     : str_trim(str_slice(pair, equals + 1, pair.length));
    if (line->name.length == 0 && line->value.length == 0) {
        *why_not = "is empty";
        return false;
    }
    if (line->name.length + line->value.length > COOKIE_PAIR_BYTES_MAX) {
        *why_not = "is larger than 4,096 bytes";
        return false;
    }
    attributes_parse(rest, now_us, line);
    return true;
}
