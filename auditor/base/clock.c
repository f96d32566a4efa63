/* clock.c - real and fixed time, random numbers, ISO 8601.
 *
 * Dates by the era arithmetic of the proleptic Gregorian calendar (400 years = 146097
 * days). Layer: base. SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/str.h"

enum { SECOND_US = 1000000 };

static int64_t time_of(clockid_t id)
{
    struct timespec now = {0};
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

void clock_init(Clock *clock)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    long long seconds = 0;

    *clock = (Clock){.is_fixed = false};
    if (getrandom(&clock->random_state, sizeof(clock->random_state), 0) < 0)
        clock->random_state = (uint64_t)time_of(CLOCK_REALTIME);
    if (epoch && str_to_int(str_of(epoch), &seconds) && seconds >= 0 &&
        seconds <= 253402300799LL) {
        clock->is_wall_fixed = true;
        clock->fixed_wall_us = seconds * SECOND_US;
    }
}

void clock_init_fixed(Clock *clock, int64_t wall_us, uint64_t seed)
{
    *clock = (Clock){.is_fixed = true,
                     .is_wall_fixed = true,
                     .fixed_wall_us = wall_us,
                     .random_state = seed};
}

int64_t clock_wall_us(const Clock *clock)
{
    if (clock->is_fixed || clock->is_wall_fixed)
        return clock->fixed_wall_us;
    return time_of(CLOCK_REALTIME);
}

int64_t clock_now_us(const Clock *clock)
{
    return clock->is_fixed ? clock->fixed_wall_us : time_of(CLOCK_MONOTONIC);
}

void clock_sleep_us(const Clock *clock, int64_t duration_us)
{
    struct timespec left = {0};
    if (clock->is_fixed || duration_us <= 0)
        return;
    left.tv_sec = duration_us / SECOND_US;
    left.tv_nsec = duration_us % SECOND_US * 1000;
    while (nanosleep(&left, &left) < 0 && errno == EINTR)
        continue;
}

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
    return z ^ z >> 31;
}

uint64_t clock_random(Clock *clock, uint64_t below)
{
    /* Draws above the last whole multiple of below would favour small numbers. */
    uint64_t reject = (UINT64_MAX - below + 1) % below;
    uint64_t draw = 0;
    do
        draw = splitmix64(&clock->random_state);
    while (draw > UINT64_MAX - reject);
    return draw % below;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = floor_divide(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void clock_civil(int64_t wall_us, CivilTime *civil)
{
    int64_t seconds = floor_divide(wall_us, SECOND_US);
    int64_t days = floor_divide(seconds, 86400);
    int64_t rest = seconds - days * 86400;
    int64_t shifted = days + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_shifted = (5 * day_of_year + 2) / 153;

    civil->day = (int)(day_of_year - (153 * month_shifted + 2) / 5 + 1);
    civil->month = (int)(month_shifted < 10 ? month_shifted + 3 : month_shifted - 9);
    civil->year = (int)(year_of_era + era * 400 + (civil->month <= 2));
    civil->weekday = (int)(((days + 4) % 7 + 7) % 7);
    civil->hour = (int)(rest / 3600);
    civil->minute = (int)(rest / 60 % 60);
    civil->second = (int)(rest % 60);
}

void clock_iso8601(int64_t wall_us, char *text, size_t size)
{
    CivilTime civil = {0};
    int64_t part = wall_us - floor_divide(wall_us, SECOND_US) * SECOND_US;
    clock_civil(wall_us, &civil);
    snprintf(text, size, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", civil.year, civil.month,
             civil.day, civil.hour, civil.minute, civil.second, (int)(part / 1000));
}

/* Exactly count digits at *text, moved on. */
static bool digits_take(const char **text, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        char c = **text;
        if (c < '0' || c > '9')
            return false;
        *value = *value * 10 + (c - '0');
        (*text)++;
    }
    return true;
}

static bool char_take(const char **text, char c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

static bool date_take(const char **text, CivilTime *civil)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = false;

    if (!digits_take(text, 4, &civil->year) || !char_take(text, '-') ||
        !digits_take(text, 2, &civil->month) || !char_take(text, '-') ||
        !digits_take(text, 2, &civil->day))
        return false;
    if (civil->month < 1 || civil->month > 12 || civil->day < 1 ||
        civil->day > lengths[civil->month - 1])
        return false;
    is_leap = civil->year % 4 == 0 && (civil->year % 100 != 0 || civil->year % 400 == 0);
    return civil->month != 2 || civil->day < 29 || is_leap;
}

static bool time_take(const char **text, CivilTime *civil, int *fraction_us)
{
    int scale = SECOND_US / 10;

    if (!digits_take(text, 2, &civil->hour) || !char_take(text, ':') ||
        !digits_take(text, 2, &civil->minute) || !char_take(text, ':') ||
        !digits_take(text, 2, &civil->second))
        return false;
    if (civil->hour > 23 || civil->minute > 59 || civil->second > 60)
        return false;
    *fraction_us = 0;
    if (!char_take(text, '.'))
        return true;
    if (**text < '0' || **text > '9')
        return false;
    for (; **text >= '0' && **text <= '9'; (*text)++, scale /= 10)
        *fraction_us += (**text - '0') * scale;
    return true;
}

static bool zone_take(const char **text, int64_t *offset_us)
{
    int sign = 0;
    int hours = 0;
    int minutes = 0;

    *offset_us = 0;
    if (char_take(text, 'Z'))
        return true;
    sign = char_take(text, '+') ? 1 : char_take(text, '-') ? -1 : 0;
    if (sign == 0 || !digits_take(text, 2, &hours))
        return false;
    (void)char_take(text, ':');
    if (!digits_take(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *offset_us = (int64_t)sign * (hours * 60 + minutes) * 60 * SECOND_US;
    return true;
}

bool clock_parse_iso8601(const char *text, int64_t *wall_us)
{
    CivilTime civil = {0};
    int fraction_us = 0;
    int64_t offset_us = 0;
    int64_t seconds = 0;

    if (!text || !date_take(&text, &civil) || !char_take(&text, 'T') ||
        !time_take(&text, &civil, &fraction_us) || !zone_take(&text, &offset_us) ||
        *text != '\0')
        return false;
    seconds = days_from_civil(civil.year, civil.month, civil.day) * 86400 +
              INT64_C(3600) * civil.hour + INT64_C(60) * civil.minute + civil.second;
    *wall_us = seconds * SECOND_US + fraction_us - offset_us;
    return true;
}
