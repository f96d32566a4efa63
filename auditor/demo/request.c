/* request.c - see request.h. Layer: demo. SPDX-License-Identifier: MIT */
#include "demo/request.h"

#include <assert.h>
#include <string.h>

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

/* Decoded bytes are made valid UTF-8 here, once, so that no page needs to ask again. */
static const char *value_decode(Arena *arena, Str text, bool plus_is_blank)
{
    char *bytes = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == '%' && i + 2 < text.length && hex_value(text.data[i + 1]) >= 0 &&
            hex_value(text.data[i + 2]) >= 0) {
            byte = (char)(hex_value(text.data[i + 1]) * 16 + hex_value(text.data[i + 2]));
            i += 2;
        } else if (byte == '+' && plus_is_blank) {
            byte = ' ';
        }
        bytes[length++] = byte;
    }
    Str decoded = str_from(bytes, length);
    AUTO(buf_release) Buf clean = {0};
    buf_init(&clean, REQUEST_VALUE_LIMIT);
    for (size_t offset = 0; offset < decoded.length && !clean.is_over;) {
        unsigned rune = str_next_rune(decoded, &offset);
        if (rune >= 0x20 ? rune != 0x7f : rune == '\n')
            buf_add_rune(&clean, rune);
    }
    return arena_str_text(arena, buf_str(&clean));
}

void fields_parse(Arena *arena, Str text, Fields *fields)
{
    Str part;
    while (fields->count < REQUEST_FIELD_LIMIT && str_next(&text, '&', &part)) {
        if (str_is_empty(part))
            continue;
        size_t equals = str_find_byte(part, '=', 0);
        Str name = equals == SIZE_MAX ? part : str_slice(part, 0, equals);
        Str value = equals == SIZE_MAX ? STR("") : str_slice(part, equals + 1, part.length);
        fields->items[fields->count++] =
            (Field){value_decode(arena, name, true), value_decode(arena, value, true)};
    }
}

const char *fields_value(const Fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (!strcmp(fields->items[i].name, name))
            return fields->items[i].value;
    return NULL;
}

const char *request_query(const Request *request, const char *name)
{
    const char *value = fields_value(&request->query, name);
    return value ? value : "";
}

const char *request_form(const Request *request, const char *name)
{
    const char *value = fields_value(&request->form, name);
    return value ? value : "";
}

const char *request_cookie(const Request *request, const char *name)
{
    Str rest = str_of(request->cookie);
    Str part;
    while (str_next(&rest, ';', &part)) {
        part = str_trim(part);
        size_t equals = str_find_byte(part, '=', 0);
        if (equals != SIZE_MAX && str_equal_text(str_slice(part, 0, equals), name))
            return arena_str_text(request->arena, str_slice(part, equals + 1, part.length));
    }
    return NULL;
}

void request_target(Request *request, const char *target)
{
    Str whole = str_of(target);
    size_t question = str_find_byte(whole, '?', 0);
    Str path = question == SIZE_MAX ? whole : str_slice(whole, 0, question);
    request->target = arena_str_text(request->arena, whole);
    request->path = value_decode(request->arena, path, false);
    if (request->path[0] != '/')
        request->path = "/";
    if (question != SIZE_MAX)
        fields_parse(request->arena, str_slice(whole, question + 1, whole.length),
                     &request->query);
}

void reply_header(Reply *reply, const char *name, const char *value)
{
    assert(reply->header_count < REPLY_HEADER_LIMIT);
    reply->headers[reply->header_count++] = (Field){name, value};
}

bool path_is_local(const char *path)
{
    if (path[0] != '/' || path[1] == '/' || strlen(path) > 1024)
        return false;
    for (const char *byte = path; *byte; byte++)
        if (*byte <= ' ' || *byte > '~' || *byte == '\\')
            return false;
    return true;
}

void reply_redirect(Reply *reply, int status, const char *location)
{
    reply->status = status;
    reply->type = "text/plain; charset=utf-8";
    buf_clear(&reply->body);
    reply_header(reply, "Location", path_is_local(location) ? location : "/");
}
