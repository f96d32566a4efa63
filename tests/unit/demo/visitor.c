/* visitor.c - see visitor.h. SPDX-License-Identifier: MIT */
#include "visitor.h"

#include <string.h>

enum { NOON_21_NOVEMBER_2026_S = 1795262400 };

void visitor_restart(Visitor *visitor, const char *flaws)
{
    Error err = {0};
    visitor->cookie_count = 0;
    memset(visitor->options.flaws, 0, sizeof visitor->options.flaws);
    assert_true(demo_flaws_parse(flaws, &visitor->options, &err));
}

void visitor_open(Visitor *visitor, const char *flaws)
{
    *visitor = (Visitor){.arena = arena_create(), .language = "fr"};
    demo_options_init(&visitor->options);
    visitor_restart(visitor, flaws);
    clock_init_fixed(&visitor->clock, (int64_t)NOON_21_NOVEMBER_2026_S * 1000000, 7);
    visitor->shop = shop_create(visitor->arena, &visitor->options, &visitor->clock);
    buf_init(&visitor->reply.body, REPLY_BODY_LIMIT);
}

void visitor_close(Visitor *visitor)
{
    buf_release(&visitor->reply.body);
    arena_release(visitor->arena);
}

static void cookie_keep(Visitor *visitor, const char *line)
{
    Str pair = str_of(line);
    pair = str_slice(pair, 0, str_find_byte(pair, ';', 0));
    size_t equals = str_find_byte(pair, '=', 0);
    Str name = str_slice(pair, 0, equals), value = str_slice(pair, equals + 1, pair.length);
    assert_true(name.length < 32 && value.length < 96);
    int at = 0;
    while (at < visitor->cookie_count && !str_equal_text(name, visitor->cookies[at].name))
        at++;
    assert_true(at < VISITOR_COOKIES);
    if (at == visitor->cookie_count)
        visitor->cookie_count++;
    memset(&visitor->cookies[at], 0, sizeof visitor->cookies[at]);
    memcpy(visitor->cookies[at].name, name.data, name.length);
    memcpy(visitor->cookies[at].value, value.data, value.length);
}

static const char *cookies_text(const Visitor *visitor, Arena *arena)
{
    const char *text = "";
    for (int i = 0; i < visitor->cookie_count; i++)
        text = arena_printf(arena, "%s%s%s=%s", text, i ? "; " : "",
                            visitor->cookies[i].name, visitor->cookies[i].value);
    return text;
}

static void visitor_ask(Visitor *visitor, const char *target, const char *form)
{
    Arena *arena = visitor->arena;
    Request request = {.arena = arena,
                       .is_post = form != NULL,
                       .origin = "http://shop.test",
                       .cookie = cookies_text(visitor, arena),
                       .accept_language = visitor->language,
                       .if_none_match = "",
                       .takes_gzip = true};
    request_target(&request, target);
    if (form)
        fields_parse(arena, str_of(form), &request.form);
    Buf body = visitor->reply.body;
    buf_clear(&body);
    visitor->reply = (Reply){.body = body};
    shop_answer(visitor->shop, &request, &visitor->reply);
    const Reply *reply = &visitor->reply;
    visitor->body = reply->kept.length ? arena_str_text(arena, reply->kept)
                                       : arena_str_text(arena, buf_str(&reply->body));
    visitor->set_cookie = NULL;
    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcmp(reply->headers[i].name, "Set-Cookie") != 0)
            continue;
        cookie_keep(visitor, reply->headers[i].value);
        if (!visitor->set_cookie)
            visitor->set_cookie = reply->headers[i].value;
    }
}

const char *visitor_get(Visitor *visitor, const char *target)
{
    visitor_ask(visitor, target, NULL);
    return visitor->body;
}

int visitor_post(Visitor *visitor, const char *path, const char *form)
{
    visitor_ask(visitor, path, form);
    return visitor->reply.status;
}

const char *visitor_header(const Visitor *visitor, const char *name)
{
    for (size_t i = 0; i < visitor->reply.header_count; i++)
        if (!strcmp(visitor->reply.headers[i].name, name))
            return visitor->reply.headers[i].value;
    return NULL;
}

int visitor_count(const Visitor *visitor, const char *text)
{
    int count = 0;
    for (const char *at = visitor->body; (at = strstr(at, text)); at++)
        count++;
    return count;
}

void assert_shows(const Visitor *visitor, const char *text)
{
    if (!strstr(visitor->body, text))
        fail_msg("the page does not show '%s'", text);
}

void assert_hides(const Visitor *visitor, const char *text)
{
    if (strstr(visitor->body, text))
        fail_msg("the page shows '%s'", text);
}

void visitor_to_payment(Visitor *visitor)
{
    visitor_post(visitor, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    visitor_post(visitor, "/fr/commande",
                 "email=a%40example.com&name=Anne+Test&street=1+rue+X&postcode=29100&"
                 "city=Douarnenez&country=FR&phone=&billing_same=yes");
    visitor_post(visitor, "/fr/commande/livraison", "delivery=home");
}
