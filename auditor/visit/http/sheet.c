/* sheet.c - what a style sheet makes a browser fetch.
 *
 * No cascade: a rule counts when its media hold and its selector matches an element,
 * whatever overrides it; rules for hover and the like do not count. Nesting inside rules is
 * passed over. Layer: visit. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "dom/css.h"
#include "visit/http/media.h"
#include "visit/http/resources.h"

enum {
    NESTING_MAX = 16,
    FACES_MAX = 400,
    STACKS_MAX = 400,
    REGULAR = 400,
    BOLD = 700,
    PRIORITY_IMPORT = 0,
    PRIORITY_FONT = 1,
};

/** Where the scanner is: sheet's base and how deep. */
typedef struct Scan {
    ResourceList *list;
    Arena *scratch;
    const char *base;
    int depth;
} Scan;

/** Is c one of the bytes in set? NUL is never one. */
static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* ---- moving over CSS ---- */

static size_t string_end(Str css, size_t i)
{
    char quote = css.data[i++];
    while (i < css.length && css.data[i] != quote)
        i += css.data[i] == '\\' ? 2 : 1;
    return i + 1;
}

static size_t comment_end(Str css, size_t i)
{
    size_t end = str_find(css, STR("*/"), i + 2);
    return end == SIZE_MAX ? css.length : end + 2;
}

/** First of the bytes in stops at or behind i, outside strings, comments and brackets;
 * css.length when there is none. */
static size_t find_stop(Str css, size_t i, const char *stops)
{
    int depth = 0;
    while (i < css.length) {
        char c = css.data[i];
        if (c == '"' || c == '\'')
            i = string_end(css, i);
        else if (c == '/' && i + 1 < css.length && css.data[i + 1] == '*')
            i = comment_end(css, i);
        else if (c == '\\')
            i += 2;
        else if (depth == 0 && is_one_of(c, stops))
            return i;
        else {
            depth += c == '(' || c == '[';
            depth -= (c == ')' || c == ']') && depth > 0;
            i++;
        }
    }
    return css.length;
}

/** Behind the block that begins with the '{' at i. */
static size_t block_end(Str css, size_t i)
{
    int depth = 0;
    while (i < css.length) {
        i = find_stop(css, i, "{}");
        if (i >= css.length)
            return css.length;
        depth += css.data[i] == '{' ? 1 : -1;
        i++;
        if (depth == 0)
            return i;
    }
    return css.length;
}

static size_t skip_space(Str css, size_t i)
{
    while (i < css.length) {
        if (css.data[i] == '/' && i + 1 < css.length && css.data[i + 1] == '*')
            i = comment_end(css, i);
        else if (is_one_of(css.data[i], " \t\n\r\f"))
            i++;
        else
            break;
    }
    return i;
}

/** Take "name: value" off the front of *rest, nested rules left out. */
static bool declaration_next(Str *rest, Str *name, Str *value)
{
    while (rest->length > 0) {
        size_t start = skip_space(*rest, 0);
        size_t end = find_stop(*rest, start, ";{}");
        Str text = str_slice(*rest, start, end - start);
        bool is_nested = end < rest->length && rest->data[end] == '{';
        size_t next = is_nested ? block_end(*rest, end) : end + 1;
        *rest = str_slice(*rest, next, rest->length);
        size_t colon = str_find_byte(text, ':', 0);
        if (is_nested || colon == SIZE_MAX)
            continue;
        *name = str_trim(str_slice(text, 0, colon));
        *value = str_trim(str_slice(text, colon + 1, text.length));
        return true;
    }
    return false;
}

/** Next url(...) at or behind *from; moves *from behind it. */
static bool url_next(Str value, size_t *from, Str *url)
{
    size_t at = str_find_nocase(value, STR("url("), *from);
    if (at == SIZE_MAX)
        return false;
    size_t i = skip_space(value, at + 4);
    if (i < value.length && (value.data[i] == '"' || value.data[i] == '\'')) {
        size_t end = string_end(value, i);
        end = end > value.length ? value.length + 1 : end;
        *url = str_slice(value, i + 1, end - i - 2);
        *from = end > value.length ? value.length : end;
        return true;
    }
    size_t end = str_find_byte(value, ')', i);
    end = end == SIZE_MAX ? value.length : end;
    *url = str_trim(str_slice(value, i, end - i));
    *from = end;
    return true;
}

static Str unquoted(Str text)
{
    text = str_trim(text);
    bool is_quoted = text.length >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
                     text.data[text.length - 1] == text.data[0];
    return is_quoted ? str_slice(text, 1, text.length - 2) : text;
}

/* ---- does a rule apply? ---- */

/** The selector without pseudo-elements; empty when it waits for something that the visitor
 * does (hover, focus). */
static Str selector_static(Arena *arena, Str selector)
{
    static const char *const waits[] = {":hover",  ":focus",      ":active",  ":visited",
                                        ":target", "::selection", ":checked~"};
    static const char *const parts[] = {"::before",      "::after",  ":before",
                                        ":after",        "::marker", "::first-line",
                                        "::first-letter"};
    for (size_t i = 0; i < COUNT_OF(waits); i++)
        if (str_contains_nocase(selector, str_of(waits[i])))
            return STR("");
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        size_t at = str_find_nocase(selector, str_of(parts[i]), 0);
        if (at == SIZE_MAX || at + strlen(parts[i]) != selector.length)
            continue;
        Str rest = str_trim(str_slice(selector, 0, at));
        bool is_bare = rest.length == 0 || is_one_of(rest.data[rest.length - 1], ">+~ ");
        return is_bare ? str_of(arena_printf(arena, "%.*s *", STR_ARGS(rest))) : rest;
    }
    return selector;
}

static bool selector_applies(const Scan *scan, Str selector)
{
    ResourceList *list = scan->list;
    selector = selector_static(scan->scratch, str_trim(selector));
    if (selector.length == 0 || list->selectors_left <= 0)
        return false;
    list->selectors_left--;
    Selector *compiled = NULL;
    Error trouble = {0};
    if (!selector_compile(scan->scratch, selector, NULL, &compiled, &trouble))
        return false;
    return selector_first(compiled, list->shown->document, NULL) != NULL;
}

static bool rule_applies(const Scan *scan, Str selectors)
{
    size_t start = 0;
    while (start < selectors.length) {
        size_t end = find_stop(selectors, start, ",");
        if (selector_applies(scan, str_slice(selectors, start, end - start)))
            return true;
        start = end + 1;
    }
    return false;
}

/* ---- declarations ---- */

static bool property_paints(Str name)
{
    static const char *const names[] = {
        "background",   "background-image",  "content",
        "list-style",   "list-style-image",  "border-image",
        "mask",         "mask-image",        "border-image-source",
        "-webkit-mask", "-webkit-mask-image"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal_nocase(name, str_of(names[i])))
            return true;
    return false;
}

/** Families of font-family, or of what follows the size in font. */
static Str stack_of(Str name, Str value)
{
    if (str_equal_nocase(name, STR("font-family")))
        return value;
    if (!str_equal_nocase(name, STR("font")))
        return STR("");
    size_t digit = 0;
    while (digit < value.length && !is_one_of(value.data[digit], "0123456789"))
        digit++;
    size_t space = str_find_byte(value, ' ', digit);
    return space == SIZE_MAX ? STR("") : str_slice(value, space, value.length);
}

static void stack_add(ResourceList *list, Str stack)
{
    for (size_t i = 0; i < list->stack_count; i++)
        if (str_equal(list->stacks[i], stack))
            return;
    if (list->stack_count < STACKS_MAX)
        ARENA_PUSH(list->arena, list->stacks, list->stack_count, list->stack_capacity,
                   arena_str(list->arena, stack));
}

static void image_found(const Scan *scan, Str url)
{
    Resource *resource = resource_add(scan->list, url, scan->base, RESOURCE_IMAGE);
    if (resource)
        resource->referrer = scan->base;
}

static void urls_found(const Scan *scan, Str value)
{
    size_t from = 0;
    Str url;
    while (url_next(value, &from, &url))
        image_found(scan, url);
}

static void rule_scan(const Scan *scan, Str selectors, Str block)
{
    bool has_urls = str_contains_nocase(block, STR("url("));
    if (!has_urls && !str_contains_nocase(block, STR("font")))
        return;
    int applies = -1; /* worked out when something depends on it */
    Str name;
    Str value;
    while (declaration_next(&block, &name, &value)) {
        Str stack = stack_of(name, value);
        bool paints = has_urls && property_paints(name) &&
                      str_contains_nocase(value, STR("url(")) &&
                      !str_contains_nocase(value, STR("url(data:"));
        if (!paints && stack.length == 0)
            continue;
        if (applies < 0)
            applies = rule_applies(scan, selectors);
        if (!applies)
            return;
        if (stack.length)
            stack_add(scan->list, stack);
        if (paints)
            urls_found(scan, value);
    }
}

void style_scan(ResourceList *list, Str declarations)
{
    Scan scan = {list, list->arena, document_base(list->shown->document), 0};
    Str name;
    Str value;
    while (declaration_next(&declarations, &name, &value)) {
        Str stack = stack_of(name, value);
        if (stack.length)
            stack_add(list, stack);
        if (property_paints(name))
            urls_found(&scan, value);
    }
}

/* ---- @import and @font-face ---- */

static void import_found(const Scan *scan, Str prelude)
{
    Str url;
    size_t end = 0;
    prelude = str_trim(prelude);
    if (prelude.length && (prelude.data[0] == '"' || prelude.data[0] == '\'')) {
        end = string_end(prelude, 0);
        url = unquoted(str_slice(prelude, 0, end));
    } else if (!url_next(prelude, &end, &url)) {
        return;
    } else {
        end = find_stop(prelude, end, ")") + 1;
    }
    Str media = str_trim(str_slice(prelude, end, prelude.length));
    bool has_condition = str_contains_nocase(media, STR("layer")) ||
                         str_contains_nocase(media, STR("supports"));
    if (has_condition) {
        size_t closing = str_find_byte(media, ')', 0);
        media = closing == SIZE_MAX ? STR("") : str_slice(media, closing + 1, media.length);
    }
    if (scan->depth >= HTTP_SHEET_DEPTH_MAX ||
        !media_holds(scan->list->visitor->base.persona, media))
        return;
    Resource *resource = resource_add(scan->list, url, scan->base, RESOURCE_STYLE);
    if (resource) {
        resource->referrer = scan->base;
        resource->depth = scan->depth + 1;
        resource->priority = PRIORITY_IMPORT;
        resource->is_blocking = true;
    }
}

/** First file of src in a format that browsers of today take. */
static bool source_choose(Str src, Str *url)
{
    size_t start = 0;
    while (start < src.length) {
        size_t end = find_stop(src, start, ",");
        Str part = str_slice(src, start, end - start);
        size_t from = 0;
        bool is_old = str_contains_nocase(part, STR("embedded-opentype")) ||
                      str_contains_nocase(part, STR("format(\"svg")) ||
                      str_contains_nocase(part, STR("format('svg")) ||
                      str_contains_nocase(part, STR("format(svg"));
        if (!is_old && url_next(part, &from, url))
            return true;
        start = end + 1;
    }
    return false;
}

static unsigned hex_of(Str text, unsigned wildcard)
{
    unsigned value = 0;
    for (size_t i = 0; i < text.length && i < 8; i++) {
        char c = text.data[i];
        unsigned digit = c == '?'               ? wildcard
                         : c >= '0' && c <= '9' ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                                : 0;
        value = value * 16 + digit;
    }
    return value;
}

/** Does "U+0-FF, U+1F??" hold a character of the page's text? */
static bool range_meets_text(const ResourceList *list, Str range)
{
    Str part;
    while (str_next(&range, ',', &part)) {
        part = str_trim(part);
        if (!str_starts_with_nocase(part, STR("U+")))
            continue;
        part = str_slice(part, 2, part.length);
        size_t dash = str_find_byte(part, '-', 0);
        unsigned low = hex_of(str_slice(part, 0, dash), 0);
        unsigned high = dash == SIZE_MAX
                            ? hex_of(part, 15)
                            : hex_of(str_slice(part, dash + 1, part.length), 15);
        for (unsigned rune = low; rune <= high && rune < 0x10000; rune++)
            if (list->runes[rune / 8] & (1U << (rune % 8)))
                return true;
    }
    return false;
}

static void weight_read(Str value, FontFace *face)
{
    Str word;
    double number = 0;
    if (!str_next_word(&value, &word))
        return;
    if (str_equal_nocase(word, STR("bold")))
        face->weight_from = face->weight_to = BOLD;
    if (!str_to_double(word, &number))
        return;
    face->weight_from = face->weight_to = number;
    if (str_next_word(&value, &word) && str_to_double(word, &number))
        face->weight_to = number;
}

static void face_found(const Scan *scan, Str block)
{
    ResourceList *list = scan->list;
    FontFace face = {.weight_from = REGULAR, .weight_to = REGULAR, .covers_text = true};
    Str name;
    Str value;
    Str url = {NULL, 0};
    while (declaration_next(&block, &name, &value)) {
        if (str_equal_nocase(name, STR("font-family")))
            face.family = arena_str(list->arena, unquoted(value));
        else if (str_equal_nocase(name, STR("src")))
            source_choose(value, &url);
        else if (str_equal_nocase(name, STR("font-weight")))
            weight_read(value, &face);
        else if (str_equal_nocase(name, STR("font-style")))
            face.is_italic = str_contains_nocase(value, STR("italic")) ||
                             str_contains_nocase(value, STR("oblique"));
        else if (str_equal_nocase(name, STR("unicode-range")))
            face.covers_text = range_meets_text(list, value);
    }
    if (!url.data || face.family.length == 0 || list->face_count >= FACES_MAX)
        return;
    face.url = arena_str_text(list->arena, url);
    face.sheet = scan->base;
    ARENA_PUSH(list->arena, list->faces, list->face_count, list->face_capacity, face);
}

/* ---- rules ---- */

static void rules_scan(const Scan *scan, Str css, int nesting);

static bool at_is(Str prelude, const char *name, Str *rest)
{
    size_t length = strlen(name);
    bool is_word =
        prelude.length == length ||
        (prelude.length > length &&
         !is_one_of((char)(prelude.data[length] | 0x20), "abcdefghijklmnopqrstuvwxyz-"));
    if (!str_starts_with_nocase(prelude, str_of(name)) || !is_word)
        return false;
    *rest = str_trim(str_slice(prelude, length, prelude.length));
    return true;
}

/** prelude: behind the '@'. block: what its braces hold; data NULL without braces. */
static void at_rule_scan(const Scan *scan, Str prelude, Str block, int nesting)
{
    Str rest;
    if (at_is(prelude, "import", &rest)) {
        import_found(scan, rest);
        return;
    }
    if (!block.data || nesting >= NESTING_MAX)
        return;
    if (at_is(prelude, "font-face", &rest)) {
        face_found(scan, block);
        return;
    }
    bool holds =
        (at_is(prelude, "media", &rest) &&
         media_holds(scan->list->visitor->base.persona, rest)) ||
        (at_is(prelude, "supports", &rest) && !str_starts_with_nocase(rest, STR("not"))) ||
        at_is(prelude, "layer", &rest) || at_is(prelude, "container", &rest) ||
        at_is(prelude, "scope", &rest);
    if (holds)
        rules_scan(scan, block, nesting + 1);
}

static void rules_scan(const Scan *scan, Str css, int nesting)
{
    size_t i = 0;
    while ((i = skip_space(css, i)) < css.length) {
        size_t stop = find_stop(css, i, ";{}");
        Str prelude = str_trim(str_slice(css, i, stop - i));
        bool has_block = stop < css.length && css.data[stop] == '{';
        size_t end = has_block ? block_end(css, stop) : stop + 1;
        Str block = {NULL, 0};
        if (has_block)
            block = str_slice(css, stop + 1, end > stop + 2 ? end - stop - 2 : 0);
        if (str_starts_with(prelude, STR("@")))
            at_rule_scan(scan, str_slice(prelude, 1, prelude.length), block, nesting);
        else if (has_block)
            rule_scan(scan, prelude, block);
        i = end;
    }
}

void sheet_scan(ResourceList *list, Str css, const char *base, int depth)
{
    Arena *scratch AUTO(arena_auto) = arena_create();
    Scan scan = {list, scratch, base, depth};
    if (str_starts_with(css, STR("\xef\xbb\xbf")))
        css = str_slice(css, 3, css.length);
    rules_scan(&scan, css, 0);
}
