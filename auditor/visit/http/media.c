/* media.c - see media.h. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/http/media.h"

#include <string.h>

#include "base/attr.h"

enum { FONT_PX = 16, NESTING_MAX = 16 };

static bool is_number_byte(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
}

bool css_length_px(const Persona *persona, Str text, double *px)
{
    static const struct {
        const char *name;
        double px; /* negative: percent of width (-1) or height (-2) */
    } units[] = {{"px", 1},  {"em", FONT_PX},   {"rem", FONT_PX}, {"vw", -1},
                 {"vh", -2}, {"pt", 96.0 / 72}, {"in", 96},       {"cm", 96 / 2.54}};

    text = str_trim(text);
    size_t length = 0;
    while (length < text.length && is_number_byte(text.data[length]))
        length++;
    double number = 0;
    Str digits = str_slice(text, 0, length);
    if (str_starts_with(digits, STR("+")))
        digits = str_slice(digits, 1, length);
    char padded[32] = "0";
    if (str_starts_with(digits, STR(".")) && digits.length < sizeof padded - 2) {
        memcpy(padded + 1, digits.data, digits.length);
        digits = (Str){padded, digits.length + 1};
    }
    if (!str_to_double(digits, &number))
        return false;
    Str unit = str_slice(text, length, text.length);
    *px = number;
    if (unit.length == 0)
        return number == 0;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (!str_equal_nocase(unit, str_of(units[i].name)))
            continue;
        double factor = units[i].px;
        if (factor < 0)
            factor = (factor > -2 ? persona->width : persona->height) / 100.0;
        *px = number * factor;
        return true;
    }
    return false;
}

/** "2dppx", "2x", "192dpi" or a bare number (-webkit-device-pixel-ratio). */
static bool resolution_of(Str text, double *ratio)
{
    double divisor = 1;
    if (str_ends_with(text, STR("dppx")))
        text = str_slice(text, 0, text.length - 4);
    else if (str_ends_with(text, STR("dpi"))) {
        text = str_slice(text, 0, text.length - 3);
        divisor = 96;
    } else if (str_ends_with(text, STR("x")))
        text = str_slice(text, 0, text.length - 1);
    if (!str_to_double(str_trim(text), ratio))
        return false;
    *ratio /= divisor;
    return true;
}

/** A feature with one word for value. */
static bool word_holds(const Persona *persona, Str name, Str value, bool *is_known)
{
    const struct {
        const char *name;
        const char *value;
    } facts[] = {
        {"orientation", persona->width > persona->height ? "landscape" : "portrait"},
        {"hover", persona->has_touch ? "none" : "hover"},
        {"any-hover", persona->has_touch ? "none" : "hover"},
        {"pointer", persona->has_touch ? "coarse" : "fine"},
        {"any-pointer", persona->has_touch ? "coarse" : "fine"},
        {"prefers-reduced-motion", persona->reduced_motion ? "reduce" : "no-preference"},
        {"prefers-color-scheme", "light"},
        {"prefers-contrast", "no-preference"},
        {"forced-colors", "none"},
        {"prefers-reduced-data", "no-preference"},
        {"scripting", "enabled"},
        {"display-mode", "browser"},
        {"update", "fast"},
    };

    for (size_t i = 0; i < COUNT_OF(facts); i++) {
        if (!str_equal_nocase(name, str_of(facts[i].name)))
            continue;
        *is_known = true;
        if (value.length == 0)
            return strcmp(facts[i].value, "none") != 0 &&
                   strcmp(facts[i].value, "no-preference") != 0;
        return str_equal_nocase(value, str_of(facts[i].value));
    }
    *is_known = false;
    return false;
}

/** The screen's value of a feature that has a size; false: no such feature. */
static bool size_of(const Persona *persona, Str name, double *size, bool *is_ratio)
{
    *is_ratio = false;
    if (str_equal_nocase(name, STR("width")) || str_equal_nocase(name, STR("device-width")))
        *size = persona->width;
    else if (str_equal_nocase(name, STR("height")) ||
             str_equal_nocase(name, STR("device-height")))
        *size = persona->height;
    else if (str_equal_nocase(name, STR("resolution")) ||
             str_equal_nocase(name, STR("-webkit-device-pixel-ratio"))) {
        *size = persona->pixel_ratio > 0 ? persona->pixel_ratio : 1;
        *is_ratio = true;
    } else
        return false;
    return true;
}

/** sign: '<' or '>' (with '=' allowed to be equal), '=' exactly. */
static bool compare(double left, char sign, bool or_equal, double right)
{
    double gap = left - right;
    if (gap > -1e-9 && gap < 1e-9)
        return sign == '=' || or_equal;
    return sign == '<' ? gap < 0 : sign == '>' && gap > 0;
}

static bool value_of(const Persona *persona, Str text, bool is_ratio, double *value)
{
    text = str_trim(text);
    return is_ratio ? resolution_of(text, value) : css_length_px(persona, text, value);
}

/** "min-width" to "width" and its sign. "-webkit-min-device-pixel-ratio" too. */
static Str prefix_cut(Str name, char *sign, char *buffer, size_t size)
{
    static const struct {
        const char *prefix, *rest;
        char sign;
    } prefixes[] = {{"min-", "", '>'},
                    {"max-", "", '<'},
                    {"-webkit-min-", "-webkit-", '>'},
                    {"-webkit-max-", "-webkit-", '<'}};

    *sign = '=';
    for (size_t i = 0; i < COUNT_OF(prefixes); i++) {
        Str prefix = str_of(prefixes[i].prefix);
        size_t kept = strlen(prefixes[i].rest);
        if (!str_starts_with_nocase(name, prefix) || name.length + kept >= size)
            continue;
        *sign = prefixes[i].sign;
        memcpy(buffer, prefixes[i].rest, kept);
        memcpy(buffer + kept, name.data + prefix.length, name.length - prefix.length);
        return (Str){buffer, kept + name.length - prefix.length};
    }
    return name;
}

/** Is c one of the bytes in set? NUL is never one. */
static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/** "width >= 600px", "600px <= width": one comparison. */
static bool range_holds(const Persona *persona, Str text)
{
    size_t at = 0;
    while (at < text.length && !is_one_of(text.data[at], "<>="))
        at++;
    char sign = at < text.length ? text.data[at] : '=';
    bool or_equal = at + 1 < text.length && text.data[at + 1] == '=';
    Str left = str_trim(str_slice(text, 0, at));
    Str right = str_trim(str_slice(text, at + (or_equal ? 2 : 1), text.length));
    double size = 0;
    double value = 0;
    bool is_ratio = false;
    if (size_of(persona, left, &size, &is_ratio))
        return value_of(persona, right, is_ratio, &value) &&
               compare(size, sign, or_equal, value);
    /* "400px <= width <= 700px": the second half begins with the name. */
    size_t second = 0;
    while (second < right.length && !is_one_of(right.data[second], "<>="))
        second++;
    Str name = str_trim(str_slice(right, 0, second));
    if (!size_of(persona, name, &size, &is_ratio) ||
        !value_of(persona, left, is_ratio, &value) || !compare(value, sign, or_equal, size))
        return false;
    return second == right.length || range_holds(persona, right);
}

static bool feature_holds(const Persona *persona, Str text)
{
    text = str_trim(text);
    size_t colon = str_find_byte(text, ':', 0);
    if (colon == SIZE_MAX && (str_find_byte(text, '<', 0) != SIZE_MAX ||
                              str_find_byte(text, '>', 0) != SIZE_MAX ||
                              str_find_byte(text, '=', 0) != SIZE_MAX))
        return range_holds(persona, text);
    Str name = str_trim(str_slice(text, 0, colon));
    Str value =
        colon == SIZE_MAX ? STR("") : str_trim(str_slice(text, colon + 1, text.length));
    bool is_known = false;
    bool holds = word_holds(persona, name, value, &is_known);
    if (is_known)
        return holds;
    char buffer[64];
    char sign;
    name = prefix_cut(name, &sign, buffer, sizeof buffer);
    double size = 0;
    double wanted = 0;
    bool is_ratio = false;
    if (!size_of(persona, name, &size, &is_ratio))
        return false;
    if (colon == SIZE_MAX)
        return true;
    return value_of(persona, value, is_ratio, &wanted) &&
           compare(size, sign, sign != '=', wanted);
}

/** Take a word, or what stands in the next brackets, off the front of *rest. */
static bool term_next(Str *rest, Str *term, bool *is_feature)
{
    *rest = str_trim(*rest);
    *is_feature = str_starts_with(*rest, STR("("));
    if (rest->length == 0)
        return false;
    size_t end = 0;
    int depth = 0;
    for (; end < rest->length; end++) {
        char c = rest->data[end];
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (*is_feature ? depth == 0 : is_one_of(c, " \t\n\r\f\v("))
            break;
    }
    *term = *is_feature ? str_slice(*rest, 1, end - 1) : str_slice(*rest, 0, end);
    *rest = str_slice(*rest, *is_feature ? end + 1 : end, rest->length);
    return true;
}

static bool query_holds(const Persona *persona, Str query, int nesting)
{
    bool is_negated = false;
    bool holds = true;
    bool any = false; /* with "or" one suffices */
    bool has_or = false;
    Str term;
    bool is_feature;
    while (term_next(&query, &term, &is_feature)) {
        bool this_holds = true;
        if (is_feature)
            this_holds =
                str_starts_with(str_trim(term), STR("("))
                    ? nesting < NESTING_MAX && query_holds(persona, term, nesting + 1)
                    : feature_holds(persona, term);
        else if (str_equal_nocase(term, STR("not")))
            is_negated = true;
        else if (str_equal_nocase(term, STR("or")))
            has_or = true;
        else if (!str_equal_nocase(term, STR("and")) &&
                 !str_equal_nocase(term, STR("only")))
            this_holds =
                str_equal_nocase(term, STR("all")) || str_equal_nocase(term, STR("screen"));
        holds = holds && this_holds;
        any = any || (is_feature && this_holds);
    }
    return (has_or ? any : holds) != is_negated;
}

bool media_holds(const Persona *persona, Str query)
{
    if (str_trim(query).length == 0)
        return true;
    Str rest = query;
    Str part;
    while (str_next(&rest, ',', &part))
        if (query_holds(persona, part, 0))
            return true;
    return false;
}
