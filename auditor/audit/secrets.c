/* secrets.c - see secrets.h. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/secrets.h"

#include <string.h>

#include "base/base64.h"
#include "base/json.h"
#include "base/url.h"

enum {
    LEAST = 4,       /* bytes of a secret that can be told from other text */
    LEAST_GUESS = 6, /* of what may be one */
    WRITTEN_LIMIT = 1 << 20,
};

/* ---- as others write it ---- */

static bool is_plain(unsigned char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || strchr("-._", byte) != NULL;
}

/* As forms and scripts put it into addresses; blank: how a blank is written. */
static const char *in_url(Arena *arena, const char *text, const char *blank)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, WRITTEN_LIMIT);
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == ' ')
            buf_add_text(&out, blank);
        else if (byte && is_plain(byte))
            buf_add_byte(&out, *text);
        else
            buf_printf(&out, "%%%02X", byte);
    }
    return arena_text(arena, buf_text(&out));
}

/* As our own files have it, without the quotes. */
static const char *in_json(Arena *arena, const char *text)
{
    AUTO(buf_release) Buf out = {0};
    JsonWriter json;
    buf_init(&out, WRITTEN_LIMIT);
    json_writer_init(&json, &out, false);
    json_write_text(&json, text);
    return arena_str_text(arena, str_slice(buf_str(&out), 1, out.length - 2));
}

static const char *in_html(Arena *arena, const char *text)
{
    static const struct {
        char byte;
        const char *name;
    } names[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};

    AUTO(buf_release) Buf out = {0};
    buf_init(&out, WRITTEN_LIMIT);
    for (; *text; text++) {
        const char *name = NULL;
        for (size_t i = 0; i < COUNT_OF(names); i++)
            if (names[i].byte == *text)
                name = names[i].name;
        if (name)
            buf_add_text(&out, name);
        else
            buf_add_byte(&out, *text);
    }
    return arena_text(arena, buf_text(&out));
}

static void add_once(Arena *arena, TextList *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return;
    text_list_add(arena, list, text);
}

static void secret_add(Arena *arena, TextList *list, Str secret, size_t least)
{
    if (secret.length < least)
        return;
    const char *text = arena_str_text(arena, secret);
    add_once(arena, list, text);
    add_once(arena, list, in_json(arena, text));
    add_once(arena, list, in_html(arena, text));
    add_once(arena, list, in_json(arena, in_html(arena, text)));
    add_once(arena, list, in_url(arena, text, "+"));
    add_once(arena, list, in_url(arena, text, "%20"));
}

/* ---- where they stand in the plan ---- */

static Str behind(Str text, char separator)
{
    size_t at = str_find_byte(text, separator, 0);
    return at == SIZE_MAX ? STR("") : str_slice(text, at + 1, SIZE_MAX);
}

static void userinfo_add(Arena *arena, TextList *list, const char *address)
{
    Url url;
    const char *text =
        strstr(address, "://") ? address : arena_printf(arena, "http://%s", address);
    if (url_parse(arena, str_of(text), NULL, &url, NULL) && url.password && *url.password) {
        secret_add(arena, list, url_decode(arena, str_of(url.password)), LEAST);
        secret_add(arena, list, str_of(url.password), LEAST);
    }
}

static bool speaks_of_credentials(Str name)
{
    static const char *const words[] = {"auth",   "token", "key",     "secret",
                                        "cookie", "pass",  "session", "sid"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_contains_nocase(name, str_of(words[i])))
            return true;
    return false;
}

/* "Authorization: Bearer abc": the whole value and its last word. */
static void header_add(Arena *arena, TextList *list, const char *line)
{
    Str all = str_of(line);
    Str value = str_trim(behind(all, ':'));
    Str word;
    if (!speaks_of_credentials(str_slice(all, 0, str_find_byte(all, ':', 0))))
        return;
    secret_add(arena, list, value, LEAST_GUESS);
    while (str_next_word(&value, &word))
        secret_add(arena, list, word, LEAST_GUESS);
}

/* "a=b; c=d"; a file of cookies is told by having no '='. */
static void cookies_add(Arena *arena, TextList *list, const char *option)
{
    Str rest = str_of(option);
    Str pair;
    while (str_next(&rest, ';', &pair))
        secret_add(arena, list, str_trim(behind(pair, '=')), LEAST_GUESS);
}

TextList secrets_collect(Arena *arena, const AuditPlan *plan)
{
    TextList list = {0};
    const NetOptions *net = &plan->net;
    for (size_t i = 0; i < plan->secrets.count; i++)
        secret_add(arena, &list, behind(str_of(plan->secrets.items[i]), '='), LEAST);
    if (plan->keep_credentials)
        return list;
    if (net->user) {
        secret_add(arena, &list, behind(str_of(net->user), ':'), LEAST);
        secret_add(arena, &list, base64_encode(arena, str_of(net->user)), LEAST);
    }
    for (const char **line = net->headers; line && *line; line++)
        header_add(arena, &list, *line);
    if (net->cookie)
        cookies_add(arena, &list, net->cookie);
    if (net->proxy)
        userinfo_add(arena, &list, net->proxy);
    if (plan->site)
        userinfo_add(arena, &list, plan->site);
    return list;
}

/* ---- out with them ---- */

static void one_scrub(Str secret, Buf *text)
{
    Str rest = buf_str(text);
    const char *found = memmem(rest.data, rest.length, secret.data, secret.length);
    if (!found)
        return;
    AUTO(buf_release) Buf clean = {0};
    buf_init(&clean, text->limit);
    while (found) {
        size_t before = (size_t)(found - rest.data);
        buf_add(&clean, str_slice(rest, 0, before));
        buf_add_text(&clean, "***");
        rest = str_slice(rest, before + secret.length, SIZE_MAX);
        found = memmem(rest.data, rest.length, secret.data, secret.length);
    }
    buf_add(&clean, rest);
    buf_clear(text);
    buf_add(text, buf_str(&clean));
}

void secrets_scrub(const TextList *secrets, Buf *text)
{
    for (size_t i = 0; i < secrets->count; i++)
        one_scrub(str_of(secrets->items[i]), text);
}
