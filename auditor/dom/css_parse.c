/* css_parse.c - selector text to a compiled selector.
 *
 * Selectors Level 4 (https://www.w3.org/TR/selectors-4/), the part named in css.h; lists
 * are not forgiving: an unknown part is an error everywhere. Layer: dom.
 * SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "dom/css_tree.h"

enum { TEXT_MOST = 1 << 16, DEPTH_MOST = 16, COMPOUNDS_MOST = 256 };

typedef struct Parser {
    Arena *arena;
    Str text;
    size_t at;
    const char *where;
    Error *err;
    int depth;
    bool is_in_has;
} Parser;

/* Pseudo-classes without arguments. */
typedef struct Pseudo {
    const char *name;
    SimpleKind kind;
    SimpleKind second; /* SIMPLE_UNIVERSAL: none */
} Pseudo;

static const Pseudo pseudos[] = {
    {"root", SIMPLE_ROOT, SIMPLE_UNIVERSAL},
    {"scope", SIMPLE_SCOPE, SIMPLE_UNIVERSAL},
    {"empty", SIMPLE_EMPTY, SIMPLE_UNIVERSAL},
    {"checked", SIMPLE_CHECKED, SIMPLE_UNIVERSAL},
    {"disabled", SIMPLE_DISABLED, SIMPLE_UNIVERSAL},
    {"enabled", SIMPLE_ENABLED, SIMPLE_UNIVERSAL},
    {"required", SIMPLE_REQUIRED, SIMPLE_UNIVERSAL},
    {"optional", SIMPLE_OPTIONAL, SIMPLE_UNIVERSAL},
    {"link", SIMPLE_LINK, SIMPLE_UNIVERSAL},
    {"any-link", SIMPLE_LINK, SIMPLE_UNIVERSAL},
    {"first-child", SIMPLE_NTH_CHILD, SIMPLE_UNIVERSAL},
    {"last-child", SIMPLE_NTH_LAST_CHILD, SIMPLE_UNIVERSAL},
    {"only-child", SIMPLE_NTH_CHILD, SIMPLE_NTH_LAST_CHILD},
    {"first-of-type", SIMPLE_NTH_OF_TYPE, SIMPLE_UNIVERSAL},
    {"last-of-type", SIMPLE_NTH_LAST_OF_TYPE, SIMPLE_UNIVERSAL},
    {"only-of-type", SIMPLE_NTH_OF_TYPE, SIMPLE_NTH_LAST_OF_TYPE},
};

/* Pseudo-classes with a list of selectors, or An+B. */
static const Pseudo functions[] = {
    {"not", SIMPLE_NOT, SIMPLE_UNIVERSAL},
    {"is", SIMPLE_IS, SIMPLE_UNIVERSAL},
    {"where", SIMPLE_IS, SIMPLE_UNIVERSAL},
    {"has", SIMPLE_HAS, SIMPLE_UNIVERSAL},
    {"nth-child", SIMPLE_NTH_CHILD, SIMPLE_UNIVERSAL},
    {"nth-last-child", SIMPLE_NTH_LAST_CHILD, SIMPLE_UNIVERSAL},
    {"nth-of-type", SIMPLE_NTH_OF_TYPE, SIMPLE_UNIVERSAL},
    {"nth-last-of-type", SIMPLE_NTH_LAST_OF_TYPE, SIMPLE_UNIVERSAL},
    {"lang", SIMPLE_LANG, SIMPLE_UNIVERSAL},
};

static bool list_parse(Parser *parser, bool is_relative, Selector **selector);

static bool fail(Parser *parser, const char *what)
{
    error_set(parser->err, ERROR_INPUT, parser->where, "selector '%.*s': %s at offset %zu",
              STR_ARGS(str_slice(parser->text, 0, 200)), what, parser->at);
    return false;
}

static char peek(const Parser *parser, size_t ahead)
{
    return parser->at + ahead < parser->text.length ? parser->text.data[parser->at + ahead]
                                                    : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Skips blanks and comments; was there any? */
static bool skip_blanks(Parser *parser)
{
    size_t start = parser->at;

    for (;;) {
        if (is_blank(peek(parser, 0)) && parser->at < parser->text.length) {
            parser->at++;
        } else if (peek(parser, 0) == '/' && peek(parser, 1) == '*') {
            size_t end = str_find(parser->text, STR("*/"), parser->at + 2);
            parser->at = end == SIZE_MAX ? parser->text.length : end + 2;
        } else {
            return parser->at > start;
        }
    }
}

static bool accept(Parser *parser, char c)
{
    if (parser->at >= parser->text.length || peek(parser, 0) != c)
        return false;
    parser->at++;
    return true;
}

/* Behind a backslash. */
static void escape_read(Parser *parser, Buf *out)
{
    unsigned rune = 0;
    int digits = 0;

    while (digits < 6 && hex_value(peek(parser, 0)) >= 0) {
        rune = rune * 16 + (unsigned)hex_value(peek(parser, 0));
        parser->at++;
        digits++;
    }
    if (!digits) {
        rune = str_next_rune(parser->text, &parser->at);
        buf_add_rune(out, rune);
        return;
    }
    if (is_blank(peek(parser, 0)))
        parser->at++;
    buf_add_rune(out, rune ? rune : 0xFFFD);
}

static bool has_escape(const Parser *parser, size_t ahead)
{
    char c = peek(parser, ahead + 1);

    return peek(parser, ahead) == '\\' && parser->at + ahead + 1 < parser->text.length &&
           c != '\n' && c != '\r' && c != '\f';
}

static bool is_ident_next(const Parser *parser)
{
    size_t ahead = peek(parser, 0) == '-' ? 1 : 0;

    if (ahead && peek(parser, 1) == '-')
        return true;
    return is_name_start(peek(parser, ahead)) || has_escape(parser, ahead);
}

/* An identifier, or with is_hash what may follow '#'. NULL: none here. */
static const char *name_read(Parser *parser, bool is_hash)
{
    Buf buf;
    const char *name = NULL;

    if (!is_hash && !is_ident_next(parser))
        return NULL;
    buf_init(&buf, TEXT_MOST);
    for (;;) {
        char c = peek(parser, 0);
        if (parser->at < parser->text.length &&
            (is_name_start(c) || is_digit(c) || c == '-')) {
            buf_add_byte(&buf, c);
            parser->at++;
        } else if (has_escape(parser, 0)) {
            parser->at++;
            escape_read(parser, &buf);
        } else {
            break;
        }
    }
    name = buf.length ? arena_str_text(parser->arena, buf_str(&buf)) : NULL;
    buf_release(&buf);
    return name;
}

static const char *lower(Arena *arena, const char *name)
{
    char *copy = arena_text(arena, name);

    for (char *at = copy; *at; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + 32);
    return copy;
}

static bool string_read(Parser *parser, Str *value)
{
    char quote = peek(parser, 0);
    Buf buf;

    buf_init(&buf, TEXT_MOST);
    parser->at++;
    while (parser->at < parser->text.length && peek(parser, 0) != quote) {
        if (peek(parser, 0) == '\\' && peek(parser, 1) == '\n') {
            parser->at += 2;
        } else if (has_escape(parser, 0)) {
            parser->at++;
            escape_read(parser, &buf);
        } else {
            buf_add_byte(&buf, peek(parser, 0));
            parser->at++;
        }
    }
    *value = arena_str(parser->arena, buf_str(&buf));
    buf_release(&buf);
    return accept(parser, quote) || fail(parser, "the text is not closed");
}

/* HTML attributes whose values selectors compare without case
 * (https://html.spec.whatwg.org/multipage/semantics-other.html#case-sensitivity-of-selectors)
 */
static bool has_caseless_values(const char *name)
{
    static const char *const names[] = {
        "accept",  "accept-charset", "align",     "alink",      "axis",     "bgcolor",
        "charset", "checked",        "clear",     "codetype",   "color",    "compact",
        "declare", "defer",          "dir",       "direction",  "disabled", "enctype",
        "face",    "frame",          "hreflang",  "http-equiv", "lang",     "language",
        "link",    "media",          "method",    "multiple",   "nohref",   "noresize",
        "noshade", "nowrap",         "readonly",  "rel",        "rev",      "rules",
        "scope",   "scrolling",      "selected",  "shape",      "target",   "text",
        "type",    "valign",         "valuetype", "vlink"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool attribute_test(Parser *parser, AttributeTest *test)
{
    static const char marks[] = "~|^$*";
    static const AttributeTest tests[] = {ATTRIBUTE_WORD, ATTRIBUTE_DASH, ATTRIBUTE_STARTS,
                                          ATTRIBUTE_ENDS, ATTRIBUTE_HOLDS};
    const char *mark = NULL;

    if (accept(parser, '=')) {
        *test = ATTRIBUTE_EQUALS;
        return true;
    }
    mark = peek(parser, 0) ? strchr(marks, peek(parser, 0)) : NULL;
    if (!mark || peek(parser, 1) != '=')
        return fail(parser, "an operator or ']' is missing");
    *test = tests[mark - marks];
    parser->at += 2;
    return true;
}

/* Behind '['. */
static bool attribute_parse(Parser *parser, Simple *simple)
{
    const char *value = NULL;

    skip_blanks(parser);
    *simple = (Simple){.kind = SIMPLE_ATTRIBUTE, .exact = name_read(parser, false)};
    if (!simple->exact)
        return fail(parser, "an attribute name is missing");
    simple->name = lower(parser->arena, simple->exact);
    skip_blanks(parser);
    if (accept(parser, ']'))
        return true;
    if (!attribute_test(parser, &simple->test))
        return false;
    skip_blanks(parser);
    if (peek(parser, 0) == '"' || peek(parser, 0) == '\'') {
        if (!string_read(parser, &simple->value))
            return false;
    } else {
        value = name_read(parser, false);
        if (!value)
            return fail(parser, "a value is missing (put it in quotes)");
        simple->value = str_of(value);
    }
    skip_blanks(parser);
    simple->is_nocase = has_caseless_values(simple->name);
    if (accept(parser, 'i') || accept(parser, 'I'))
        simple->is_nocase = true;
    else if (accept(parser, 's') || accept(parser, 'S'))
        simple->is_nocase = false;
    skip_blanks(parser);
    return accept(parser, ']') || fail(parser, "']' is missing");
}

static bool number_read(Parser *parser, int *number)
{
    long long value = 0;
    size_t start = parser->at;

    while (is_digit(peek(parser, 0)))
        parser->at++;
    if (!str_to_int(str_slice(parser->text, start, parser->at - start), &value) ||
        value > INT_MAX / 4)
        return fail(parser, "a number is missing or too large");
    *number = (int)value;
    return true;
}

static bool word_accept(Parser *parser, const char *word)
{
    Str rest = str_slice(parser->text, parser->at, parser->text.length);

    if (!str_starts_with_nocase(rest, str_of(word)))
        return false;
    parser->at += strlen(word);
    return true;
}

/* An+B, odd, even. */
static bool nth_parse(Parser *parser, Simple *simple)
{
    int sign = 1;
    int number = 1;

    if (word_accept(parser, "odd") || word_accept(parser, "even")) {
        simple->step = 2;
        simple->offset = (parser->text.data[parser->at - 1] | 0x20) == 'd';
        return true;
    }
    if (accept(parser, '-'))
        sign = -1;
    else
        accept(parser, '+');
    if (is_digit(peek(parser, 0)) && !number_read(parser, &number))
        return false;
    if (!accept(parser, 'n') && !accept(parser, 'N')) {
        if (!is_digit(parser->text.data[parser->at - 1]))
            return fail(parser, "An+B, odd or even is missing");
        simple->offset = sign * number;
        return true;
    }
    simple->step = sign * number;
    skip_blanks(parser);
    if (peek(parser, 0) != '+' && peek(parser, 0) != '-')
        return true;
    sign = peek(parser, 0) == '-' ? -1 : 1;
    parser->at++;
    skip_blanks(parser);
    if (!number_read(parser, &number))
        return false;
    simple->offset = sign * number;
    return true;
}

static bool arguments_parse(Parser *parser, Simple *simple)
{
    Selector *list = NULL;

    skip_blanks(parser);
    if (simple->kind == SIMPLE_LANG) {
        simple->name = name_read(parser, false);
        if (!simple->name)
            return fail(parser, "a language is missing");
    } else if (simple->kind == SIMPLE_NOT || simple->kind == SIMPLE_IS ||
               simple->kind == SIMPLE_HAS) {
        bool was_in_has = parser->is_in_has;
        if (simple->kind == SIMPLE_HAS && was_in_has)
            return fail(parser, "':has' inside ':has'");
        parser->is_in_has = was_in_has || simple->kind == SIMPLE_HAS;
        if (!list_parse(parser, simple->kind == SIMPLE_HAS, &list))
            return false;
        parser->is_in_has = was_in_has;
    } else {
        if (!nth_parse(parser, simple))
            return false;
        if (skip_blanks(parser) && word_accept(parser, "of") &&
            !list_parse(parser, false, &list))
            return false;
        if (list && simple->kind != SIMPLE_NTH_CHILD &&
            simple->kind != SIMPLE_NTH_LAST_CHILD)
            return fail(parser, "'of' is only for nth-child and nth-last-child");
    }
    simple->list = list;
    skip_blanks(parser);
    return accept(parser, ')') || fail(parser, "')' is missing");
}

static const Pseudo *pseudo_find(const Pseudo *table, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

static void simple_add(Parser *parser, Compound *compound, Simple simple)
{
    ARENA_PUSH(parser->arena, compound->simples, compound->count, compound->capacity,
               simple);
}

/* Behind ':'. */
static bool pseudo_parse(Parser *parser, Compound *compound)
{
    const char *written = NULL;
    const char *name = NULL;
    const Pseudo *pseudo = NULL;
    Simple simple = {.offset = 1};

    if (peek(parser, 0) == ':')
        return fail(parser, "pseudo-elements are no elements");
    written = name_read(parser, false);
    if (!written)
        return fail(parser, "the name of a pseudo-class is missing");
    name = lower(parser->arena, written);
    if (accept(parser, '(')) {
        pseudo = pseudo_find(functions, COUNT_OF(functions), name);
        if (!pseudo)
            return fail(parser, "this pseudo-class is not supported");
        simple = (Simple){.kind = pseudo->kind};
        if (!arguments_parse(parser, &simple))
            return false;
        simple_add(parser, compound, simple);
        return true;
    }
    pseudo = pseudo_find(pseudos, COUNT_OF(pseudos), name);
    if (!pseudo)
        return fail(parser, "this pseudo-class is not supported");
    simple.kind = pseudo->kind;
    simple_add(parser, compound, simple);
    simple.kind = pseudo->second;
    if (simple.kind != SIMPLE_UNIVERSAL)
        simple_add(parser, compound, simple);
    return true;
}

static bool compound_parse(Parser *parser, Compound *compound)
{
    Simple simple = {.kind = SIMPLE_UNIVERSAL};
    bool is_first = true;

    for (;; is_first = false) {
        simple = (Simple){.kind = SIMPLE_UNIVERSAL};
        if (is_first && accept(parser, '*')) {
            simple_add(parser, compound, simple);
        } else if (is_first && is_ident_next(parser)) {
            simple.kind = SIMPLE_TAG;
            simple.exact = name_read(parser, false);
            simple.name = lower(parser->arena, simple.exact);
            simple_add(parser, compound, simple);
        } else if (accept(parser, '#') || accept(parser, '.')) {
            bool is_id = parser->text.data[parser->at - 1] == '#';
            simple.kind = is_id ? SIMPLE_ID : SIMPLE_CLASS;
            simple.name = name_read(parser, false);
            if (!simple.name)
                return fail(parser, is_id ? "an id is missing" : "a class is missing");
            simple_add(parser, compound, simple);
        } else if (accept(parser, '[')) {
            if (!attribute_parse(parser, &simple))
                return false;
            simple_add(parser, compound, simple);
        } else if (accept(parser, ':')) {
            if (!pseudo_parse(parser, compound))
                return false;
        } else {
            return !is_first || fail(parser, "a selector is missing");
        }
    }
}

/* The combinator at this place; false when the complex selector ends here. */
static bool combinator_read(Parser *parser, Combinator *combinator)
{
    bool has_blank = skip_blanks(parser);
    char c = peek(parser, 0);

    *combinator = COMBINATOR_DESCENDANT;
    if (c == '>' || c == '+' || c == '~') {
        *combinator = c == '>'   ? COMBINATOR_CHILD
                      : c == '+' ? COMBINATOR_NEXT
                                 : COMBINATOR_LATER;
        parser->at++;
        skip_blanks(parser);
        return true;
    }
    return has_blank && parser->at < parser->text.length && c != ',' && c != ')';
}

static bool complex_parse(Parser *parser, bool is_relative, Complex *complex)
{
    Combinator combinator = COMBINATOR_DESCENDANT;

    skip_blanks(parser);
    if (is_relative)
        combinator_read(parser, &combinator);
    do {
        Compound compound = {.combinator = combinator};
        if (complex->count == COMPOUNDS_MOST)
            return fail(parser, "too many combinators");
        if (!compound_parse(parser, &compound))
            return false;
        ARENA_PUSH(parser->arena, complex->compounds, complex->count, complex->capacity,
                   compound);
    } while (combinator_read(parser, &combinator));
    return true;
}

static bool list_parse(Parser *parser, bool is_relative, Selector **selector)
{
    *selector = ARENA_NEW(parser->arena, Selector);
    if (++parser->depth > DEPTH_MOST)
        return fail(parser, "too many levels of parentheses");
    do {
        Complex complex = {NULL, 0, 0};
        if (!complex_parse(parser, is_relative, &complex))
            return false;
        ARENA_PUSH(parser->arena, (*selector)->complexes, (*selector)->count,
                   (*selector)->capacity, complex);
    } while (accept(parser, ','));
    parser->depth--;
    return true;
}

bool selector_compile(Arena *arena, Str text, const char *where, Selector **selector,
                      Error *err)
{
    Parser parser = {.arena = arena, .text = text, .where = where, .err = err};

    if (text.length > TEXT_MOST)
        return error_set(err, ERROR_INPUT, where, "a selector is longer than %d bytes",
                         TEXT_MOST);
    if (!list_parse(&parser, false, selector))
        return false;
    if (parser.at < text.length)
        return fail(&parser, "something that is no selector");
    return true;
}
