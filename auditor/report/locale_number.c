/* locale_number.c - numbers, durations, sizes, money and dates as a language writes them.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/units.h"
#include "report/locale.h"
#include "report/locale_inside.h"

enum { QUOTE_RUNES = 120 };

/* Machine form to the language's: sign, groups of three, decimal mark. */
static const char *digits_dress(const Tongue *tongue, Arena *arena, const char *machine)
{
    AUTO(buf_release) Buf out = {0};
    bool is_negative = machine[0] == '-';
    const char *digits = machine + (is_negative ? 1 : 0);
    const char *point = strchr(digits, '.');
    size_t whole = point ? (size_t)(point - digits) : strlen(digits);

    buf_init(&out, 512);
    if (is_negative)
        buf_add_text(&out, tongue->minus);
    for (size_t i = 0; i < whole; i++) {
        /* Four digits stay together: 1999 reads better than 1,999 beside years and ids. */
        if (i > 0 && (whole - i) % 3 == 0 && whole > 4)
            buf_add_text(&out, tongue->group);
        buf_add_byte(&out, digits[i]);
    }
    if (point) {
        buf_add_text(&out, tongue->decimal);
        buf_add_text(&out, point + 1);
    }
    return arena_text(arena, buf_text(&out));
}

/* As many decimals as needed, at most two. */
static void zeros_drop(char *text)
{
    size_t length = strlen(text);

    if (!strchr(text, '.'))
        return;
    while (length > 0 && text[length - 1] == '0')
        text[--length] = '\0';
    if (length > 0 && text[length - 1] == '.')
        text[length - 1] = '\0';
}

const char *locale_number(const Locale *locale, Arena *arena, double number, int decimals)
{
    char text[400];

    if (!isfinite(number))
        return locale_word(locale, "number.none");
    number_fixed(number, decimals < 0 ? 2 : decimals, text, sizeof text);
    if (decimals < 0)
        zeros_drop(text);
    return digits_dress(&locale->own, arena, text);
}

const char *locale_signed(const Locale *locale, Arena *arena, double number, int decimals)
{
    const char *text = locale_number(locale, arena, number, decimals);

    return number > 0 && isfinite(number) ? arena_printf(arena, "+%s", text) : text;
}

const char *locale_range(const Locale *locale, Arena *arena, double low, double high,
                         int decimals)
{
    const char *from = locale_number(locale, arena, low, decimals);
    const char *to = locale_number(locale, arena, high, decimals);

    if (strcmp(from, to) == 0)
        return from;
    /* A dash between signed numbers would read as a minus. */
    return locale_line(locale, arena, low < 0 || high < 0 ? "range.signed" : "range",
                       LOCALE_ARGS({"low", from}, {"high", to}));
}

/* One number in a unit: word "unit.<unit>" with {n}. */
static const char *unit_say(const Locale *locale, Arena *arena, const char *unit,
                            const char *number)
{
    return locale_line(locale, arena, arena_printf(arena, "unit.%s", unit),
                       LOCALE_ARGS({"n", number}));
}

/* Two parts: "2 min 39 s". */
static const char *parts_say(const Locale *locale, Arena *arena, const char *unit,
                             long long large, long long small)
{
    return locale_line(locale, arena, arena_printf(arena, "unit.%s", unit),
                       LOCALE_ARGS({"n", arena_printf(arena, "%lld", large)},
                                   {"m", arena_printf(arena, "%lld", small)}));
}

const char *locale_duration(const Locale *locale, Arena *arena, double ms)
{
    long long seconds = 0;

    if (!isfinite(ms))
        return locale_word(locale, "number.none");
    if (ms >= 0 && ms < 0.0005)
        return unit_say(locale, arena, "s", locale_number(locale, arena, 0, 0));
    if (ms < 999.5)
        return unit_say(locale, arena, "ms",
                        locale_number(locale, arena, ms, ms < 9.95 ? -1 : 0));
    if (ms < 99950)
        /* Whole seconds are limits people set ("9 s"), measurements hardly ever are. */
        return unit_say(
            locale, arena, "s",
            locale_number(locale, arena, ms / 1000, fmod(ms, 1000) > 0 ? 1 : 0));
    seconds = (long long)(ms / 1000 + 0.5);
    if (seconds < 3600)
        return parts_say(locale, arena, "min-s", seconds / 60, seconds % 60);
    return parts_say(locale, arena, "h-min", (seconds + 30) / 3600,
                     (seconds + 30) / 60 % 60);
}

const char *locale_seconds(const Locale *locale, Arena *arena, double ms)
{
    double seconds = ms / 1000;

    if (ms >= 0 && ms < 0.0005)
        return locale_number(locale, arena, 0, 0);
    return locale_number(locale, arena, seconds,
                         seconds < 0.00995 ? 3
                         : seconds < 0.995 ? 2
                                           : 1);
}

const char *locale_bytes(const Locale *locale, Arena *arena, double bytes)
{
    if (!isfinite(bytes))
        return locale_word(locale, "number.none");
    if (bytes < 999.5)
        return unit_say(locale, arena, "byte", locale_number(locale, arena, bytes, 0));
    if (bytes < 999500)
        return unit_say(locale, arena, "kb",
                        locale_number(locale, arena, bytes / 1000, bytes < 9950 ? 1 : 0));
    return unit_say(locale, arena, "mb", locale_number(locale, arena, bytes / 1e6, 2));
}

const char *locale_percent(const Locale *locale, Arena *arena, double share, int decimals)
{
    if (!isfinite(share))
        return locale_word(locale, "number.none");
    return unit_say(locale, arena, "percent",
                    locale_number(locale, arena, share * 100, decimals));
}

const char *locale_money(const Locale *locale, Arena *arena, const char *money)
{
    Str rest = str_of(money), code = {0};
    double amount = 0;
    const char *symbol = NULL;
    const char *number = NULL;

    if (str_to_double(str_trim(rest), &amount))
        return locale_number(locale, arena, amount, 2);
    if (!str_next_word(&rest, &code) || code.length != 3 ||
        !str_to_double(str_trim(rest), &amount))
        return money;
    number = locale_number(locale, arena, amount, 2);
    symbol = tongue_word(locale->own.symbols, arena_str_text(arena, code));
    if (!symbol)
        symbol = tongue_word(locale->english.symbols, arena_str_text(arena, code));
    return locale_fill(locale, arena,
                       symbol ? locale->own.money_pattern : locale->own.money_unknown,
                       LOCALE_ARGS({"number", number}, {"symbol", symbol ? symbol : ""},
                                   {"code", arena_str_text(arena, code)}));
}

const char *locale_value(const Locale *locale, Arena *arena, double value, const char *unit)
{
    if (!isfinite(value))
        return locale_word(locale, "number.none");
    if (unit && strcmp(unit, "ms") == 0)
        return locale_duration(locale, arena, value);
    if (unit && strcmp(unit, "s") == 0)
        return locale_duration(locale, arena, value * 1000);
    if (unit && strcmp(unit, "byte") == 0)
        return locale_bytes(locale, arena, value);
    if (unit && strcmp(unit, "share") == 0)
        return locale_percent(locale, arena, value, 0);
    return locale_number(locale, arena, value, -1);
}

const char *locale_date(const Locale *locale, Arena *arena, int64_t wall_us)
{
    CivilTime civil;
    const char *day = NULL;

    clock_civil(wall_us, &civil);
    if (!locale->own.days[civil.weekday] || !locale->own.months[civil.month - 1])
        return arena_printf(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    day = civil.day == 1 && *locale->own.first_day ? locale->own.first_day
                                                   : arena_printf(arena, "%d", civil.day);
    return locale_fill(locale, arena, locale->own.date_pattern,
                       LOCALE_ARGS({"weekday", locale->own.days[civil.weekday]},
                                   {"day", day},
                                   {"month", locale->own.months[civil.month - 1]},
                                   {"year", arena_printf(arena, "%d", civil.year)}));
}

const char *locale_time(const Locale *locale, Arena *arena, int64_t wall_us)
{
    CivilTime civil;

    clock_civil(wall_us, &civil);
    return locale_fill(locale, arena, locale->own.time_pattern,
                       LOCALE_ARGS({"h", arena_printf(arena, "%d", civil.hour)},
                                   {"hh", arena_printf(arena, "%02d", civil.hour)},
                                   {"mm", arena_printf(arena, "%02d", civil.minute)}));
}

const char *locale_list(const Locale *locale, Arena *arena, const char *const *items,
                        int count)
{
    AUTO(buf_release) Buf out = {0};

    buf_init(&out, 1 << 16);
    for (int i = 0; i < count; i++) {
        if (i > 0)
            buf_add_text(&out,
                         i + 1 == count ? locale->own.list_last : locale->own.list_between);
        buf_add_text(&out, items[i]);
    }
    return arena_text(arena, buf_text(&out));
}

const char *locale_quote(const Locale *locale, Arena *arena, const char *text)
{
    Str whole = str_trim(str_of(text));
    size_t offset = 0;
    const char *inside = NULL;

    for (int runes = 0; offset < whole.length && runes < QUOTE_RUNES; runes++)
        str_next_rune(whole, &offset);
    inside = arena_str_text(arena, str_slice(whole, 0, offset));
    if (offset < whole.length)
        inside = arena_printf(arena, "%s\xE2\x80\xA6", inside);
    return locale_fill(locale, arena, locale->own.quote, LOCALE_ARGS({"text", inside}));
}
