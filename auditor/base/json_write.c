/* json_write.c - the JSON writer: one pass, no tree, into a Buf.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <math.h>

#include "base/json.h"
#include "base/units.h"

enum { IN_OBJECT = 1, NOT_FIRST = 2 };

void json_writer_init(JsonWriter *writer, Buf *out, bool is_pretty)
{
    *writer = (JsonWriter){.out = out, .is_pretty = is_pretty};
}

static void line_start(const JsonWriter *writer)
{
    if (!writer->is_pretty)
        return;
    buf_add_byte(writer->out, '\n');
    for (int i = 0; i < writer->depth; i++)
        buf_add_text(writer->out, "  ");
}

/* What stands in front of a key or of a value in an array. */
static void item_start(JsonWriter *writer)
{
    unsigned char *state = &writer->state[writer->depth];
    if (writer->depth == 0)
        return;
    if ((*state & NOT_FIRST) != 0)
        buf_add_byte(writer->out, ',');
    *state |= NOT_FIRST;
    line_start(writer);
}

static void value_start(JsonWriter *writer)
{
    bool is_member = (writer->state[writer->depth] & IN_OBJECT) != 0;
    assert(is_member == writer->has_key);
    if (!is_member)
        item_start(writer);
    writer->has_key = false;
}

static void group_start(JsonWriter *writer, char open, unsigned char state)
{
    value_start(writer);
    buf_add_byte(writer->out, open);
    assert(writer->depth + 1 < (int)sizeof(writer->state));
    writer->state[++writer->depth] = state;
}

void json_write_object(JsonWriter *writer)
{
    group_start(writer, '{', IN_OBJECT);
}

void json_write_array(JsonWriter *writer)
{
    group_start(writer, '[', 0);
}

void json_write_end(JsonWriter *writer)
{
    unsigned char state = 0;
    assert(writer->depth > 0 && !writer->has_key);
    state = writer->state[writer->depth--];
    if ((state & NOT_FIRST) != 0)
        line_start(writer);
    buf_add_byte(writer->out, (state & IN_OBJECT) != 0 ? '}' : ']');
    if (writer->depth == 0 && writer->is_pretty)
        buf_add_byte(writer->out, '\n');
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' &&
           c != '&';
}

static void rune_write(Buf *out, unsigned rune)
{
    switch (rune) {
    case '"': buf_add_text(out, "\\\""); return;
    case '\\': buf_add_text(out, "\\\\"); return;
    case '\n': buf_add_text(out, "\\n"); return;
    case '\r': buf_add_text(out, "\\r"); return;
    case '\t': buf_add_text(out, "\\t"); return;
    default: break;
    }
    if (rune < 0x20 || rune == '<' || rune == '>' || rune == '&' || rune == 0x7F ||
        rune == 0x2028 || rune == 0x2029)
        buf_printf(out, "\\u%04x", rune);
    else
        buf_add_rune(out, rune);
}

static void quoted_write(Buf *out, Str s)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < s.length;) {
        size_t run = i;
        while (run < s.length && is_plain((unsigned char)s.data[run]))
            run++;
        buf_add(out, str_slice(s, i, run - i));
        i = run;
        if (i < s.length)
            rune_write(out, str_next_rune(s, &i));
    }
    buf_add_byte(out, '"');
}

void json_write_key(JsonWriter *writer, const char *key)
{
    assert((writer->state[writer->depth] & IN_OBJECT) != 0 && !writer->has_key);
    item_start(writer);
    quoted_write(writer->out, str_of(key));
    buf_add_text(writer->out, writer->is_pretty ? ": " : ":");
    writer->has_key = true;
}

void json_write_text(JsonWriter *writer, const char *text)
{
    if (text)
        json_write_str(writer, str_of(text));
    else
        json_write_null(writer);
}

void json_write_str(JsonWriter *writer, Str s)
{
    value_start(writer);
    quoted_write(writer->out, s);
}

void json_write_number(JsonWriter *writer, double number)
{
    char text[32];
    value_start(writer);
    buf_add_text(writer->out, number_text(number, text, sizeof(text)));
}

void json_write_integer(JsonWriter *writer, int64_t number)
{
    value_start(writer);
    buf_printf(writer->out, "%" PRId64, number);
}

void json_write_bool(JsonWriter *writer, bool truth)
{
    value_start(writer);
    buf_add_text(writer->out, truth ? "true" : "false");
}

void json_write_null(JsonWriter *writer)
{
    value_start(writer);
    buf_add_text(writer->out, "null");
}

static void children_write(JsonWriter *writer, const Json *value)
{
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        if (json_key(child))
            json_write_key(writer, json_key(child));
        json_write_value(writer, child);
    }
    json_write_end(writer);
}

void json_write_value(JsonWriter *writer, const Json *value)
{
    switch (json_type(value)) {
    case JSON_NULL: json_write_null(writer); return;
    case JSON_FALSE: json_write_bool(writer, false); return;
    case JSON_TRUE: json_write_bool(writer, true); return;
    case JSON_NUMBER: json_write_number(writer, json_number(value, NAN)); return;
    case JSON_STRING: json_write_str(writer, json_str(value)); return;
    case JSON_ARRAY:
        json_write_array(writer);
        children_write(writer, value);
        return;
    case JSON_OBJECT:
        json_write_object(writer);
        children_write(writer, value);
        return;
    }
}

void json_put_text(JsonWriter *writer, const char *key, const char *text)
{
    json_write_key(writer, key);
    json_write_text(writer, text);
}

void json_put_optional(JsonWriter *writer, const char *key, const char *text)
{
    if (text)
        json_put_text(writer, key, text);
}

void json_put_str(JsonWriter *writer, const char *key, Str s)
{
    json_write_key(writer, key);
    json_write_str(writer, s);
}

void json_put_number(JsonWriter *writer, const char *key, double number)
{
    json_write_key(writer, key);
    json_write_number(writer, number);
}

void json_put_integer(JsonWriter *writer, const char *key, int64_t number)
{
    json_write_key(writer, key);
    json_write_integer(writer, number);
}

void json_put_bool(JsonWriter *writer, const char *key, bool truth)
{
    json_write_key(writer, key);
    json_write_bool(writer, truth);
}

void json_put_null(JsonWriter *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_null(writer);
}

void json_put_four(JsonWriter *writer, const char *key, const double *four)
{
    json_write_key(writer, key);
    json_write_array(writer);
    for (int i = 0; i < 4; i++)
        json_write_number(writer, round(four[i] * 1e5) / 1e5);
    json_write_end(writer);
}
