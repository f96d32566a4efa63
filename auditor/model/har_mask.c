/* har_mask.c - masking of credentials. Layer: model. SPDX-License-Identifier: MIT */
#include "model/har_mask.h"

#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "base/buf.h"

enum { MASK_LIMIT = 16 << 20 };

static Str buffer_copy(Arena *arena, Buf *buf)
{
    return arena_str(arena, buf_str(buf));
}

/* "a=b; c=d" with every value masked. */
static const char *cookie_mask(Arena *arena, const char *value)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, MASK_LIMIT);
    Str rest = str_of(value);
    Str part;
    while (str_next(&rest, ';', &part)) {
        size_t equals = str_find_byte(part, '=', 0);
        if (out.length)
            buf_add_byte(&out, ';');
        buf_add(&out, equals == SIZE_MAX ? STR("***") : str_slice(part, 0, equals));
        if (equals != SIZE_MAX)
            buf_add_text(&out, "=***");
    }
    return buffer_copy(arena, &out).data;
}

/* "name=value; HttpOnly; Path=/": the first pair's value is masked, attributes stay. */
static const char *set_cookie_mask(Arena *arena, const char *value)
{
    Str whole = str_of(value);
    size_t end = str_find_byte(whole, ';', 0);
    Str pair = str_slice(whole, 0, end);
    size_t equals = str_find_byte(pair, '=', 0);
    Str name = equals == SIZE_MAX ? STR("") : str_slice(pair, 0, equals);
    Str tail = end == SIZE_MAX ? STR("") : str_slice(whole, end, SIZE_MAX);
    /* An emptied value says that the cookie is deleted, which is no secret. */
    bool is_empty = equals != SIZE_MAX && equals + 1 == pair.length;
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, MASK_LIMIT);
    buf_add(&out, name);
    buf_add_text(&out, is_empty ? "=" : "=***");
    buf_add(&out, tail);
    return buffer_copy(arena, &out).data;
}

const char *har_mask_header(Arena *arena, const char *name, const char *value)
{
    if (strcasecmp(name, "Cookie") == 0)
        return cookie_mask(arena, value);
    if (strcasecmp(name, "Set-Cookie") == 0)
        return set_cookie_mask(arena, value);
    if (strcasecmp(name, "Authorization") == 0 ||
        strcasecmp(name, "Proxy-Authorization") == 0)
        return "***";
    return value;
}

static bool field_is_secret(Str name)
{
    static const char *const words[] = {"pass", "pwd", "secret", "token", "csrf",
                                        "card", "cvv", "cvc",    "iban",  "otp"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_contains_nocase(name, str_of(words[i])))
            return true;
    return false;
}

Str har_mask_body(Arena *arena, const char *type, Str body)
{
    if (!type ||
        !str_starts_with_nocase(str_of(type), STR("application/x-www-form-urlencoded")))
        return body;
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, body.length * 4 + 16);
    Str rest = body;
    Str pair;
    bool is_first = true;
    while (str_next(&rest, '&', &pair)) {
        size_t equals = str_find_byte(pair, '=', 0);
        bool is_secret = equals != SIZE_MAX && field_is_secret(str_slice(pair, 0, equals));
        if (!is_first)
            buf_add_byte(&out, '&');
        is_first = false;
        buf_add(&out, is_secret ? str_slice(pair, 0, equals + 1) : pair);
        if (is_secret)
            buf_add_text(&out, "***");
    }
    return buffer_copy(arena, &out);
}
