/* html_scan.c - tags, quotes, comments and raw text in one pass over the bytes.
 *
 * Why: the tree builder checks each attribute against all before it and walks the stack of
 * open elements for many tags, so 100,000 attributes on one tag or 100,000 nested elements
 * cost it tens of seconds (quadratic). Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/html_scan.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"

enum { SEARCH_MOST = 64 }; /* levels an end tag looks down for its start tag */

typedef struct Scanner {
    Arena *arena;
    Str html;
    char *copy; /* of html, once something had to change */
    size_t at;
    uint32_t *open; /* hashed names of open elements */
    size_t open_count, open_capacity;
    HtmlScan *scan;
} Scanner;

typedef struct Tag {
    size_t start, end; /* from '<' to behind '>' */
    Str name;          /* as written */
    size_t surplus;    /* where the attributes beyond the bound begin; 0: none */
} Tag;

/* Elements whose content is text up to their end tag. */
static const Str raw_tags[] = {{"script", 6},  {"style", 5},   {"textarea", 8},
                               {"title", 5},   {"xmp", 3},     {"iframe", 6},
                               {"noembed", 7}, {"noframes", 8}};
/* Elements that never hold others, or that others close without an end tag: they do not
 * pile up. */
static const Str flat_tags[] = {
    {"area", 4},  {"base", 4},     {"br", 2},      {"col", 3},     {"embed", 5},
    {"hr", 2},    {"img", 3},      {"input", 5},   {"link", 4},    {"meta", 4},
    {"param", 5}, {"source", 6},   {"track", 5},   {"wbr", 3},     {"p", 1},
    {"li", 2},    {"dd", 2},       {"dt", 2},      {"option", 6},  {"optgroup", 8},
    {"tr", 2},    {"td", 2},       {"th", 2},      {"tbody", 5},   {"thead", 5},
    {"tfoot", 5}, {"colgroup", 8}, {"caption", 7}, {"rb", 2},      {"rt", 2},
    {"rp", 2},    {"rtc", 3},      {"html", 4},    {"head", 4},    {"body", 4},
    {"frame", 5}, {"keygen", 6},   {"image", 5},   {"isindex", 7}, {"plaintext", 9}};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool is_name_end(char c)
{
    return is_blank(c) || c == '/' || c == '>';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_among(Str name, const Str *tags, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tags[i].length == name.length && str_equal_nocase(name, tags[i]))
            return true;
    return false;
}

static uint32_t name_hash(Str name)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (unsigned char)(name.data[i] | 0x20)) * 16777619u;
    return hash;
}

static char *scanner_copy(Scanner *scanner)
{
    if (!scanner->copy) {
        scanner->copy = arena_alloc(scanner->arena, scanner->html.length + 1);
        memcpy(scanner->copy, scanner->html.data, scanner->html.length);
    }
    scanner->scan->is_cut = true;
    return scanner->copy;
}

/* "<!      >": a comment the tree builder reads in one step. */
static void tag_blank(Scanner *scanner, const Tag *tag)
{
    char *copy = scanner_copy(scanner);

    if (tag->end - tag->start < 3 || scanner->html.data[tag->end - 1] != '>')
        return;
    copy[tag->start + 1] = '!';
    for (size_t i = tag->start + 2; i + 1 < tag->end; i++)
        if (copy[i] != '\n')
            copy[i] = ' ';
}

static size_t blanks_skip(Str html, size_t at)
{
    while (at < html.length && (is_blank(html.data[at]) || html.data[at] == '/'))
        at++;
    return at;
}

/* Behind an attribute that begins at at. */
static size_t attribute_skip(Str html, size_t at)
{
    size_t end = 0;

    at++; /* a '=' here belongs to the name */
    while (at < html.length && !is_name_end(html.data[at]) && html.data[at] != '=')
        at++;
    end = at;
    while (at < html.length && is_blank(html.data[at]))
        at++;
    if (at >= html.length || html.data[at] != '=')
        return end;
    at++;
    while (at < html.length && is_blank(html.data[at]))
        at++;
    if (at < html.length && (html.data[at] == '"' || html.data[at] == '\'')) {
        size_t quote = str_find_byte(html, html.data[at], at + 1);
        return quote == SIZE_MAX ? html.length : quote + 1;
    }
    while (at < html.length && !is_blank(html.data[at]) && html.data[at] != '>')
        at++;
    return at;
}

/* Read the tag whose name begins at name; false when it does not end. */
static bool tag_read(const Scanner *scanner, size_t start, size_t name, Tag *tag)
{
    Str html = scanner->html;
    size_t at = name;
    size_t count = 0;

    while (at < html.length && !is_name_end(html.data[at]))
        at++;
    *tag = (Tag){.start = start, .name = str_slice(html, name, at - name)};
    for (at = blanks_skip(html, at); at < html.length && html.data[at] != '>';
         at = blanks_skip(html, at)) {
        if (count++ == HTML_ATTRIBUTES_MOST)
            tag->surplus = at;
        at = attribute_skip(html, at);
    }
    tag->end = at + 1;
    return at < html.length;
}

/* Offset of "</name" that ends a raw text element, or the end of the input. */
static size_t raw_end(Str html, size_t at, Str name)
{
    for (;;) {
        size_t less = str_find(html, STR("</"), at);
        if (less == SIZE_MAX)
            return html.length;
        if (str_starts_with_nocase(str_slice(html, less + 2, name.length), name) &&
            less + 2 + name.length < html.length &&
            is_name_end(html.data[less + 2 + name.length]))
            return less;
        at = less + 2;
    }
}

static size_t comment_end(Str html, size_t at)
{
    size_t end = 0;

    if (str_starts_with(str_slice(html, at, 2), STR("->")))
        return at + 2;
    if (at < html.length && html.data[at] == '>')
        return at + 1;
    for (end = str_find(html, STR("--"), at); end != SIZE_MAX;
         end = str_find(html, STR("--"), end + 1)) {
        if (str_starts_with(str_slice(html, end + 2, 1), STR(">")))
            return end + 3;
        if (str_starts_with(str_slice(html, end + 2, 2), STR("!>")))
            return end + 4;
    }
    return html.length;
}

static void start_tag(Scanner *scanner, const Tag *tag)
{
    if (tag->surplus) {
        char *copy = scanner_copy(scanner);
        for (size_t i = tag->surplus; i + 1 < tag->end; i++)
            if (copy[i] != '\n')
                copy[i] = ' ';
    }
    scanner->at = tag->end;
    if (str_equal_nocase(tag->name, STR("plaintext")))
        scanner->at = scanner->html.length;
    if (is_among(tag->name, raw_tags, COUNT_OF(raw_tags))) {
        scanner->at = raw_end(scanner->html, tag->end, tag->name);
        return;
    }
    if (is_among(tag->name, flat_tags, COUNT_OF(flat_tags)))
        return;
    if (scanner->open_count >= HTML_OPEN_MOST)
        tag_blank(scanner, tag);
    ARENA_PUSH(scanner->arena, scanner->open, scanner->open_count, scanner->open_capacity,
               name_hash(tag->name));
}

/* An end tag closes what was opened inside, too. */
static void end_tag(Scanner *scanner, const Tag *tag)
{
    uint32_t hash = name_hash(tag->name);
    size_t low = scanner->open_count > SEARCH_MOST ? scanner->open_count - SEARCH_MOST : 0;
    HtmlScan *scan = scanner->scan;

    scanner->at = tag->end;
    if (str_equal_nocase(tag->name, STR("form")))
        ARENA_PUSH(scanner->arena, scan->form_ends, scan->form_end_count,
                   scan->form_end_capacity, tag->start);
    if (tag->surplus)
        tag_blank(scanner, tag);
    for (size_t i = scanner->open_count; i-- > low;) {
        if (scanner->open[i] != hash)
            continue;
        if (i >= HTML_OPEN_MOST)
            tag_blank(scanner, tag);
        scanner->open_count = i;
        return;
    }
}

/* At a '<'. Moves on behind what it begins. */
static void scan_markup(Scanner *scanner)
{
    Str html = scanner->html;
    size_t start = scanner->at;
    char next = start + 1 < html.length ? html.data[start + 1] : '\0';
    Tag tag;

    if (is_letter(next)) {
        if (tag_read(scanner, start, start + 1, &tag))
            start_tag(scanner, &tag);
        else
            scanner->at = html.length;
    } else if (next == '/' && start + 2 < html.length && is_letter(html.data[start + 2])) {
        if (tag_read(scanner, start, start + 2, &tag))
            end_tag(scanner, &tag);
        else
            scanner->at = html.length;
    } else if (next == '!' && str_starts_with(str_slice(html, start + 2, 2), STR("--"))) {
        scanner->at = comment_end(html, start + 4);
    } else if (next == '!' || next == '?' || next == '/') {
        size_t end = str_find_byte(html, '>', start + 2);
        scanner->at = end == SIZE_MAX ? html.length : end + 1;
    } else {
        scanner->at = start + 1;
    }
}

Str html_scan(Arena *arena, Str html, HtmlScan *scan)
{
    Scanner scanner = {.arena = arena, .html = html, .scan = scan};

    *scan = (HtmlScan){.is_cut = false};
    while (scanner.at < html.length) {
        const char *less = memchr(html.data + scanner.at, '<', html.length - scanner.at);
        if (!less)
            break;
        scanner.at = (size_t)(less - html.data);
        scan_markup(&scanner);
    }
    return scanner.copy ? str_from(scanner.copy, html.length) : html;
}
