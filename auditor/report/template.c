/* template.c - Mustache in two passes: text to tokens, tokens on a value.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/template.h"

#include <assert.h>
#include <string.h>

enum { TEMPLATE_DEPTH = 64 };

typedef enum TokenType {
    TOKEN_TEXT,
    TOKEN_VALUE,
    TOKEN_RAW, /* unescaped */
    TOKEN_SECTION,
    TOKEN_INVERTED,
    TOKEN_END,
    TOKEN_PARTIAL,
} TokenType;

typedef struct Token {
    TokenType type;
    Str text;   /* literal, or name */
    Str indent; /* of a partial that stands alone */
    size_t end; /* of a section: index of its TOKEN_END */
} Token;

/* A parsed template or partial. */
typedef struct Template {
    const char *name;
    Str indent;
    Str text;
    Token *tokens;
    size_t count, capacity;
    struct Template *next; /* cache of partials */
} Template;

typedef struct Parser {
    Arena *arena;
    Template *template;
    Str open, close;
    size_t position;
    size_t sections[TEMPLATE_DEPTH];
    int depth;
    Error *err;
} Parser;

/* The values in sight, innermost first. */
typedef struct Frame {
    const Value *value;
    const struct Frame *outer;
} Frame;

typedef struct Renderer {
    Arena *arena;
    const TemplateOptions *options;
    Template *partials;
    Buf *out;
    int depth;
    Error *err;
} Renderer;

static bool parse_error(Parser *parser, size_t offset, const char *what, Str name)
{
    Str text = parser->template->text;
    int line = 1, column = 1;

    for (size_t i = 0; i < offset && i < text.length; i++) {
        column = text.data[i] == '\n' ? 1 : column + 1;
        line += text.data[i] == '\n';
    }
    return error_set(
        parser->err, ERROR_INPUT,
        arena_printf(parser->arena, "%s:%d:%d", parser->template->name, line, column),
        "%s '%.*s'", what, (int)(name.length > 80 ? 80 : name.length),
        name.data ? name.data : "");
}

static void token_push(Parser *parser, Token token)
{
    Template *template = parser->template;

    if (token.type == TOKEN_TEXT && token.text.length == 0)
        return;
    ARENA_PUSH(parser->arena, template->tokens, template->count, template->capacity, token);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Start of the line that offset is on, if only blanks stand between; SIZE_MAX if not. */
static size_t line_start(Str text, size_t offset)
{
    while (offset > 0 && is_blank(text.data[offset - 1]))
        offset--;
    return offset == 0 || text.data[offset - 1] == '\n' ? offset : SIZE_MAX;
}

/* Start of the next line, if only blanks stand between; SIZE_MAX if not. */
static size_t line_end(Str text, size_t offset)
{
    while (offset < text.length && is_blank(text.data[offset]))
        offset++;
    if (offset == text.length)
        return offset;
    if (text.data[offset] == '\n')
        return offset + 1;
    if (text.data[offset] == '\r' && offset + 1 < text.length &&
        text.data[offset + 1] == '\n')
        return offset + 2;
    return SIZE_MAX;
}

/* "=<% %>=" without its equal signs. */
static bool delimiters_set(Parser *parser, Str inside, size_t offset)
{
    Str open = {0}, close = {0}, rest = inside;

    if (!str_next_word(&rest, &open) || !str_next_word(&rest, &close) ||
        str_trim(rest).length > 0 || str_find_byte(inside, '=', 0) != SIZE_MAX)
        return parse_error(parser, offset, "bad delimiters", inside);
    parser->open = open;
    parser->close = close;
    return true;
}

static bool section_close(Parser *parser, Str name, size_t offset)
{
    Template *template = parser->template;
    size_t opened = 0;

    if (parser->depth == 0)
        return parse_error(parser, offset, "nothing to close with", name);
    opened = parser->sections[--parser->depth];
    if (!str_equal(template->tokens[opened].text, name))
        return parse_error(parser, offset, "closes another section:", name);
    template->tokens[opened].end = template->count;
    token_push(parser, (Token){.type = TOKEN_END, .text = name});
    return true;
}

static bool section_open(Parser *parser, TokenType type, Str name, size_t offset)
{
    if (parser->depth == TEMPLATE_DEPTH)
        return parse_error(parser, offset, "nested too deep:", name);
    parser->sections[parser->depth++] = parser->template->count;
    token_push(parser, (Token){.type = type, .text = name});
    return true;
}

/* Act on a tag. sigil: its first character, or 0. */
static bool tag_take(Parser *parser, char sigil, Str name, Str indent, size_t offset)
{
    if (sigil != '!' && sigil != '=' && name.length == 0)
        return parse_error(parser, offset, "empty tag", name);
    switch (sigil) {
    case '!': return true;
    case '=': return delimiters_set(parser, name, offset);
    case '#': return section_open(parser, TOKEN_SECTION, name, offset);
    case '^': return section_open(parser, TOKEN_INVERTED, name, offset);
    case '/': return section_close(parser, name, offset);
    case '>': token_push(parser, (Token){TOKEN_PARTIAL, name, indent, 0}); return true;
    case '{':
    case '&': token_push(parser, (Token){.type = TOKEN_RAW, .text = name}); return true;
    default: token_push(parser, (Token){.type = TOKEN_VALUE, .text = name}); return true;
    }
}

/* One tag at start, whose inside begins at from. */
static bool tag_parse(Parser *parser, size_t start)
{
    Str text = parser->template->text;
    size_t from = start + parser->open.length;
    char sigil = from < text.length ? text.data[from] : '\0';
    size_t stop = 0, after = 0, line = 0, next = 0;
    Str inside = {0}, before = str_slice(text, parser->position, start - parser->position);
    Str indent = {0};

    if (!strchr("!=#^/>{&", sigil))
        sigil = '\0';
    if (sigil)
        from++;
    stop = str_find(text, parser->close, from);
    if (sigil == '{' && stop != SIZE_MAX)
        stop = str_find(text, STR("}"), from);
    if (stop == SIZE_MAX)
        return parse_error(parser, start, "tag without end",
                           str_slice(text, start, parser->open.length + 20));
    after = stop + parser->close.length + (sigil == '{' ? 1 : 0);
    if (sigil == '{' &&
        !str_starts_with(str_slice(text, stop + 1, SIZE_MAX), parser->close))
        return parse_error(parser, start, "tag without end", str_slice(text, start, 20));
    inside = str_slice(text, from, stop - from);
    if (sigil == '=') {
        if (!str_ends_with(inside, STR("=")))
            return parse_error(parser, start, "bad delimiters", inside);
        inside.length--;
    }
    inside = str_trim(inside);
    line = line_start(text, start);
    next = line_end(text, after);
    if (sigil && sigil != '{' && sigil != '&' && line != SIZE_MAX && next != SIZE_MAX) {
        indent = str_slice(text, line, start - line);
        before.length -= indent.length < before.length ? indent.length : before.length;
        after = next;
    }
    token_push(parser, (Token){.type = TOKEN_TEXT, .text = before});
    parser->position = after;
    return tag_take(parser, sigil, inside, indent, start);
}

static bool template_parse(Arena *arena, Template *template, Error *err)
{
    Parser parser = {.arena = arena,
                     .template = template,
                     .open = STR("{{"),
                     .close = STR("}}"),
                     .err = err};

    for (;;) {
        size_t start = str_find(template->text, parser.open, parser.position);

        if (start == SIZE_MAX)
            break;
        if (!tag_parse(&parser, start))
            return false;
    }
    if (parser.depth > 0)
        return parse_error(&parser, template->text.length, "section never closed:",
                           template->tokens[parser.sections[parser.depth - 1]].text);
    token_push(&parser,
               (Token){.type = TOKEN_TEXT,
                       .text = str_slice(template->text, parser.position, SIZE_MAX)});
    return true;
}

/* "a.b.c": a is sought outwards, b and c only inside what was found. */
static const Value *name_resolve(const Frame *frame, Str name)
{
    Str rest = name, part = {0};
    const Value *value = NULL;

    if (str_equal(name, STR(".")))
        return frame->value;
    if (!str_next(&rest, '.', &part))
        return NULL;
    for (; frame && !value; frame = frame->outer)
        value = value_get(frame->value, part);
    while (value && str_next(&rest, '.', &part))
        value = value_get(value, part);
    return value;
}

static void value_render(const Renderer *renderer, const Value *value, bool is_raw)
{
    if (!value)
        return;
    if (value->type == VALUE_MARKUP || (is_raw && value->type == VALUE_TEXT))
        buf_add(renderer->out, value->text);
    else if (value->type == VALUE_RICH && renderer->options->rich)
        renderer->options->rich(renderer->out, value->text);
    else if (value->type == VALUE_TEXT || value->type == VALUE_RICH)
        renderer->options->escape(renderer->out, value->text);
    else if (value->type == VALUE_TRUE || value->type == VALUE_FALSE)
        buf_add_text(renderer->out, value->type == VALUE_TRUE ? "true" : "false");
}

/* The text of a partial with its indent before every line, as the specification asks. */
static Str text_indent(Arena *arena, Str text, Str indent)
{
    AUTO(buf_release) Buf out = {0};
    bool is_line_start = true;

    if (indent.length == 0)
        return text;
    buf_init(&out, text.length * (indent.length + 1) + 1);
    for (size_t i = 0; i < text.length; i++) {
        if (is_line_start)
            buf_add(&out, indent);
        buf_add_byte(&out, text.data[i]);
        is_line_start = text.data[i] == '\n';
    }
    return arena_str(arena, buf_str(&out));
}

/* Parsed partial, or NULL when there is none or (err filled) it cannot be read or parsed.
 */
static const Template *partial_find(Renderer *renderer, const Token *token)
{
    Template *partial = NULL;
    Str text = {0};

    for (partial = renderer->partials; partial; partial = partial->next) {
        if (str_equal_text(token->text, partial->name) &&
            str_equal(token->indent, partial->indent))
            return partial;
    }
    partial = ARENA_NEW(renderer->arena, Template);
    partial->name = arena_str_text(renderer->arena, token->text);
    partial->indent = token->indent;
    if (!renderer->options->load ||
        !renderer->options->load(renderer->options->context, partial->name, &text,
                                 renderer->err))
        return NULL;
    partial->text = text_indent(renderer->arena, text, token->indent);
    if (!template_parse(renderer->arena, partial, renderer->err))
        return NULL;
    partial->next = renderer->partials;
    renderer->partials = partial;
    return partial;
}

static bool tokens_render(Renderer *renderer, const Template *template, size_t from,
                          size_t to, const Frame *frame);

static bool partial_render(Renderer *renderer, const Token *token, const Frame *frame)
{
    const Template *partial = partial_find(renderer, token);

    if (!partial)
        return renderer->err->code == ERROR_NONE;
    return tokens_render(renderer, partial, 0, partial->count, frame);
}

static bool section_render(Renderer *renderer, const Template *template, size_t index,
                           const Frame *frame)
{
    const Token *token = &template->tokens[index];
    const Value *value = name_resolve(frame, token->text);
    Frame inner = {.value = value, .outer = frame};

    if (value_is_true(value) == (token->type == TOKEN_INVERTED))
        return true;
    if (token->type == TOKEN_INVERTED)
        return tokens_render(renderer, template, index + 1, token->end, frame);
    if (value->type != VALUE_LIST)
        return tokens_render(renderer, template, index + 1, token->end, &inner);
    for (size_t i = 0; i < value->count; i++) {
        inner.value = value->members[i].value;
        if (!tokens_render(renderer, template, index + 1, token->end, &inner))
            return false;
    }
    return true;
}

static bool tokens_render(Renderer *renderer, const Template *template, size_t from,
                          size_t to, const Frame *frame)
{
    bool is_fine = true;

    if (renderer->depth == TEMPLATE_DEPTH)
        return error_set(renderer->err, ERROR_LIMIT, template->name,
                         "template nests deeper than %d", TEMPLATE_DEPTH);
    renderer->depth++;
    for (size_t i = from; i < to && is_fine; i++) {
        const Token *token = &template->tokens[i];

        switch (token->type) {
        case TOKEN_TEXT: buf_add(renderer->out, token->text); break;
        case TOKEN_VALUE:
        case TOKEN_RAW:
            value_render(renderer, name_resolve(frame, token->text),
                         token->type == TOKEN_RAW);
            break;
        case TOKEN_SECTION:
        case TOKEN_INVERTED:
            is_fine = section_render(renderer, template, i, frame);
            i = token->end;
            break;
        case TOKEN_PARTIAL: is_fine = partial_render(renderer, token, frame); break;
        case TOKEN_END: break;
        }
    }
    renderer->depth--;
    return is_fine;
}

bool template_render(const char *name, Str text, const Value *value,
                     const TemplateOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Error first = {0};
    Template template = {.name = name, .text = text};
    Renderer renderer = {.arena = arena, .options = options, .out = out, .err = &first};
    Frame frame = {.value = value};

    assert(options && options->escape);
    if (template_parse(arena, &template, &first) &&
        tokens_render(&renderer, &template, 0, template.count, &frame))
        return true;
    /* The caller may pass NULL, but the renderer must know whether a partial failed. */
    return error_set(err, first.code, first.where, "%s", first.what);
}
