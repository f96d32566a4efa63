/* cdp_scan.c - top level of a protocol message. Layer: visit. SPDX-License-Identifier: MIT
 */
#include "visit/chromium/cdp_scan.h"

#include <stddef.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static size_t skip_blank(Str s, size_t at)
{
    while (at < s.length && is_blank(s.data[at]))
        at++;
    return at;
}

/* at: on the opening quote. Returns the offset behind the closing one; SIZE_MAX: none. */
static size_t string_end(Str s, size_t at)
{
    for (at++; at < s.length; at++) {
        const char *quote = memchr(s.data + at, '"', s.length - at);
        if (!quote)
            return SIZE_MAX;
        const char *slash = memchr(s.data + at, '\\', (size_t)(quote - (s.data + at)));
        if (!slash)
            return (size_t)(quote - s.data) + 1;
        at = (size_t)(slash - s.data) + 1; /* the escaped byte is stepped over */
    }
    return SIZE_MAX;
}

/* at: on an opening bracket. Returns the offset behind its closing one; SIZE_MAX: none. */
static size_t bracket_end(Str s, size_t at)
{
    size_t depth = 0;
    while (at < s.length) {
        char c = s.data[at];
        if (c == '"') {
            at = string_end(s, at);
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at + 1;
        at++;
    }
    return SIZE_MAX;
}

static size_t value_end(Str s, size_t at)
{
    if (at >= s.length)
        return SIZE_MAX;
    if (s.data[at] == '"')
        return string_end(s, at);
    if (s.data[at] == '{' || s.data[at] == '[')
        return bracket_end(s, at);
    size_t from = at;
    while (at < s.length && !is_blank(s.data[at]) && s.data[at] != ',' && s.data[at] != '}')
        at++;
    return at > from ? at : SIZE_MAX;
}

static Str unquoted(Str value)
{
    if (value.length < 2 || value.data[0] != '"')
        return (Str){0};
    return str_slice(value, 1, value.length - 2);
}

static void part_take(CdpHead *head, Str key, Str value)
{
    long long id;
    if (str_equal_text(key, "id"))
        head->id = str_to_int(value, &id) && id >= 0 ? (int64_t)id : -1;
    else if (str_equal_text(key, "method"))
        head->method = unquoted(value);
    else if (str_equal_text(key, "sessionId"))
        head->session = unquoted(value);
    else if (str_equal_text(key, "params"))
        head->params = value;
    else if (str_equal_text(key, "result"))
        head->result = value;
    else if (str_equal_text(key, "error"))
        head->error = value;
}

/* One "key": value. Returns the offset behind it; SIZE_MAX: broken. */
static size_t member_take(Str s, size_t at, CdpHead *head)
{
    if (at >= s.length || s.data[at] != '"')
        return SIZE_MAX;
    size_t end = string_end(s, at);
    if (end == SIZE_MAX)
        return SIZE_MAX;
    Str key = str_slice(s, at + 1, end - at - 2);
    at = skip_blank(s, end);
    if (at >= s.length || s.data[at] != ':')
        return SIZE_MAX;
    at = skip_blank(s, at + 1);
    end = value_end(s, at);
    if (end != SIZE_MAX)
        part_take(head, key, str_slice(s, at, end - at));
    return end;
}

bool cdp_scan(Str message, CdpHead *head)
{
    size_t at = skip_blank(message, 0);
    *head = (CdpHead){.id = -1};
    if (at >= message.length || message.data[at] != '{')
        return false;
    at = skip_blank(message, at + 1);
    if (at < message.length && message.data[at] == '}')
        return true;
    for (;;) {
        at = member_take(message, at, head);
        if (at == SIZE_MAX)
            return false;
        at = skip_blank(message, at);
        if (at >= message.length)
            return false;
        if (message.data[at] == '}')
            return true;
        if (message.data[at] != ',')
            return false;
        at = skip_blank(message, at + 1);
    }
}

int64_t cdp_scan_id(Str beginning)
{
    CdpHead head;
    /* A broken message still leaves what was found before the break. */
    (void)cdp_scan(beginning, &head);
    return head.id;
}
