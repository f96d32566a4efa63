/* control_value.c - the values that types of input allow.
 *
 * https://html.spec.whatwg.org/multipage/input.html ; colour names as Chromium takes them.
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "base/url.h"
#include "dom/form_parts.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static Str without_line_ends(Arena *arena, const char *value)
{
    char *out = arena_alloc(arena, strlen(value) + 1);
    size_t length = 0;

    for (; *value; value++)
        if (*value != '\n' && *value != '\r')
            out[length++] = *value;
    return str_from(out, length);
}

static size_t digits(const char *at)
{
    size_t count = 0;

    while (is_digit(at[count]))
        count++;
    return count;
}

bool value_is_number(const char *value, double *number)
{
    const char *at = value;
    double parsed = 0;
    size_t whole = 0;

    if (*at == '-')
        at++;
    whole = digits(at);
    at += whole;
    if (*at == '.') {
        size_t part = digits(at + 1);
        if (!part)
            return false;
        at += part + 1;
    } else if (!whole) {
        return false;
    }
    if (*at == 'e' || *at == 'E') {
        at += at[1] == '-' || at[1] == '+' ? 2 : 1;
        if (!digits(at))
            return false;
        at += digits(at);
    }
    if (*at || !str_to_double(str_of(value), &parsed) || !isfinite(parsed))
        return false;
    if (number)
        *number = parsed;
    return true;
}

double control_bound(const Node *control, const char *attribute, double otherwise)
{
    const char *value = node_attribute(control, attribute);
    double number = otherwise;

    return value && value_is_number(value, &number) ? number : otherwise;
}

static const char *range_sanitised(Arena *arena, const Node *control, const char *value)
{
    double low = control_bound(control, "min", 0);
    double high = control_bound(control, "max", 100);
    double step = control_bound(control, "step", 1);
    double number = high < low ? low : low + (high - low) / 2;
    bool is_free = str_equal_nocase(str_of(node_attribute(control, "step")), STR("any"));
    char text[32];

    value_is_number(value, &number);
    if (step <= 0)
        step = 1;
    if (number > high)
        number = high;
    if (number < low)
        number = low;
    if (!is_free) {
        number = low + floor((number - low) / step + 0.5) * step;
        if (number > high)
            number -= step;
    }
    return arena_text(arena, number_text(number, text, sizeof(text)));
}

/* Number of count digits at at, or -1. */
static int fixed_number(const char *at, size_t count)
{
    int number = 0;

    for (size_t i = 0; i < count; i++) {
        if (!is_digit(at[i]))
            return -1;
        number = number * 10 + at[i] - '0';
    }
    return number;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* Behind "YYYY-MM", or NULL. */
static const char *month_skip(const char *at, int *year, int *month)
{
    *year = fixed_number(at, 4);
    if (*year < 1 || at[4] != '-')
        return NULL;
    *month = fixed_number(at + 5, 2);
    return *month >= 1 && *month <= 12 ? at + 7 : NULL;
}

static const char *date_skip(const char *at)
{
    int year = 0, month = 0, day = 0;

    at = month_skip(at, &year, &month);
    if (!at || *at != '-')
        return NULL;
    day = fixed_number(at + 1, 2);
    return day >= 1 && day <= month_days(year, month) ? at + 3 : NULL;
}

static const char *time_skip(const char *at)
{
    int hour = fixed_number(at, 2);
    int minute = hour < 0 || at[2] != ':' ? -1 : fixed_number(at + 3, 2);
    int second = 0;

    if (hour > 23 || minute < 0 || minute > 59)
        return NULL;
    at += 5;
    if (*at != ':')
        return at;
    second = fixed_number(at + 1, 2);
    if (second < 0 || second > 59)
        return NULL;
    at += 3;
    if (*at != '.')
        return at;
    if (!digits(at + 1) || digits(at + 1) > 3)
        return NULL;
    return at + 1 + digits(at + 1);
}

static bool is_week(const char *at)
{
    int year = fixed_number(at, 4);
    int week = year < 1 || at[4] != '-' || at[5] != 'W' ? -1 : fixed_number(at + 6, 2);

    return week >= 1 && week <= 53 && at[8] == '\0';
}

static const char *moment_sanitised(Arena *arena, const char *type, const char *value)
{
    const char *end = NULL;
    char *copy = NULL;
    int year = 0, month = 0;

    if (strcmp(type, "week") == 0)
        return is_week(value) ? value : "";
    if (strcmp(type, "month") == 0)
        end = month_skip(value, &year, &month);
    else if (strcmp(type, "time") == 0)
        end = time_skip(value);
    else
        end = date_skip(value);
    if (strcmp(type, "datetime-local") != 0)
        return end && !*end ? value : "";
    if (!end || (*end != 'T' && *end != ' ') || !time_skip(end + 1) || *time_skip(end + 1))
        return "";
    copy = arena_text(arena, value);
    copy[end - value] = 'T';
    return copy;
}

static bool is_hex_color(const char *value, size_t count)
{
    if (*value != '#' || strlen(value) != count + 1)
        return false;
    for (size_t i = 1; i <= count; i++)
        if (!strchr("0123456789abcdefABCDEF", value[i]))
            return false;
    return true;
}

static const char *color_named(Str name)
{
    static const char *const names[][2] = {
        {"black", "#000000"},  {"silver", "#c0c0c0"},  {"gray", "#808080"},
        {"grey", "#808080"},   {"white", "#ffffff"},   {"maroon", "#800000"},
        {"red", "#ff0000"},    {"purple", "#800080"},  {"fuchsia", "#ff00ff"},
        {"green", "#008000"},  {"lime", "#00ff00"},    {"olive", "#808000"},
        {"yellow", "#ffff00"}, {"navy", "#000080"},    {"blue", "#0000ff"},
        {"teal", "#008080"},   {"aqua", "#00ffff"},    {"orange", "#ffa500"},
        {"cyan", "#00ffff"},   {"magenta", "#ff00ff"}, {"pink", "#ffc0cb"},
        {"brown", "#a52a2a"}};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal_nocase(name, str_of(names[i][0])))
            return names[i][1];
    return "#000000";
}

static const char *color_sanitised(Arena *arena, const char *value)
{
    Str trimmed = str_trim(str_of(value));
    char *color = arena_str_text(arena, trimmed);

    if (is_hex_color(color, 3))
        color = arena_printf(arena, "#%c%c%c%c%c%c", color[1], color[1], color[2], color[2],
                             color[3], color[3]);
    if (!is_hex_color(color, 6))
        return color_named(trimmed);
    for (char *at = color; *at; at++)
        if (*at >= 'A' && *at <= 'F')
            *at = (char)(*at + 32);
    return color;
}

static const char *email_sanitised(Arena *arena, const Node *control, const char *value)
{
    Str rest = without_line_ends(arena, value);
    Str one;
    const char *out = "";

    if (!node_has_attribute(control, "multiple"))
        return arena_str_text(arena, str_trim(rest));
    for (bool is_first = true; str_next(&rest, ',', &one); is_first = false)
        out = arena_printf(arena, "%s%s%.*s", out, is_first ? "" : ",",
                           STR_ARGS(str_trim(one)));
    return out;
}

const char *value_sanitised(Arena *arena, const Node *control, const char *value)
{
    static const char *const lines[] = {"text", "search", "tel", "password"};
    static const char *const moments[] = {"date", "month", "week", "time",
                                          "datetime-local"};
    const char *type = control_type(control);

    for (size_t i = 0; i < COUNT_OF(lines); i++)
        if (strcmp(type, lines[i]) == 0)
            return without_line_ends(arena, value).data;
    for (size_t i = 0; i < COUNT_OF(moments); i++)
        if (strcmp(type, moments[i]) == 0)
            return moment_sanitised(arena, type, value);
    if (strcmp(type, "email") == 0)
        return email_sanitised(arena, control, value);
    if (strcmp(type, "url") == 0)
        return arena_str_text(arena, str_trim(without_line_ends(arena, value)));
    if (strcmp(type, "number") == 0)
        return value_is_number(value, NULL) ? value : "";
    if (strcmp(type, "range") == 0)
        return range_sanitised(arena, control, value);
    return strcmp(type, "color") == 0 ? color_sanitised(arena, value) : value;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

const char *email_submitted(Arena *arena, const char *value)
{
    const char *at = strrchr(value, '@');
    Url url;

    if (!at || is_ascii(at) || strchr(value, ','))
        return value;
    if (!url_parse(arena, str_of(arena_printf(arena, "http://%s/", at + 1)), NULL, &url,
                   NULL))
        return value;
    return arena_printf(arena, "%.*s@%s", (int)(at - value), value, url.host);
}
