/* guest.c - see guest.h. SPDX-License-Identifier: MIT */
#include "guest.h"

#include <string.h>

enum { NOON_21_NOVEMBER_2026_S = 1795262400 };

void guest_restart(Guest *guest, const char *flaws)
{
    Error err = {0};
    guest->cookie_count = 0;
    memset(guest->options.flaws, 0, sizeof guest->options.flaws);
    assert_true(demo_flaws_parse(flaws, &guest->options, &err));
}

void guest_open(Guest *guest, const char *flaws)
{
    *guest = (Guest){.arena = arena_create(), .language = "fr"};
    demo_options_init(&guest->options);
    guest_restart(guest, flaws);
    clock_init_fixed(&guest->clock, (int64_t)NOON_21_NOVEMBER_2026_S * 1000000, 7);
    guest->shop = shop_create(guest->arena, &guest->options, &guest->clock);
    buf_init(&guest->reply.body, REPLY_BODY_LIMIT);
}

void guest_close(Guest *guest)
{
    buf_release(&guest->reply.body);
    arena_release(guest->arena);
}

static void cookie_keep(Guest *guest, const char *line)
{
    Str pair = str_of(line);
    pair = str_slice(pair, 0, str_find_byte(pair, ';', 0));
    size_t equals = str_find_byte(pair, '=', 0);
    Str name = str_slice(pair, 0, equals), value = str_slice(pair, equals + 1, pair.length);
    assert_true(name.length < 32 && value.length < 96);
    int at = 0;
    while (at < guest->cookie_count && !str_equal_text(name, guest->cookies[at].name))
        at++;
    assert_true(at < GUEST_COOKIES);
    if (at == guest->cookie_count)
        guest->cookie_count++;
    memset(&guest->cookies[at], 0, sizeof guest->cookies[at]);
    memcpy(guest->cookies[at].name, name.data, name.length);
    memcpy(guest->cookies[at].value, value.data, value.length);
}

static const char *cookies_text(const Guest *guest, Arena *arena)
{
    const char *text = "";
    for (int i = 0; i < guest->cookie_count; i++)
        text = arena_printf(arena, "%s%s%s=%s", text, i ? "; " : "", guest->cookies[i].name,
                            guest->cookies[i].value);
    return text;
}

static void guest_ask(Guest *guest, const char *target, const char *form)
{
    Arena *arena = guest->arena;
    Request request = {.arena = arena,
                       .is_post = form != NULL,
                       .origin = "http://shop.test",
                       .cookie = cookies_text(guest, arena),
                       .accept_language = guest->language,
                       .if_none_match = "",
                       .takes_gzip = true};
    request_target(&request, target);
    if (form)
        fields_parse(arena, str_of(form), &request.form);
    Buf body = guest->reply.body;
    buf_clear(&body);
    guest->reply = (Reply){.body = body};
    shop_answer(guest->shop, &request, &guest->reply);
    const Reply *reply = &guest->reply;
    guest->body = reply->kept.length ? arena_str_text(arena, reply->kept)
                                     : arena_str_text(arena, buf_str(&reply->body));
    guest->set_cookie = NULL;
    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcmp(reply->headers[i].name, "Set-Cookie") != 0)
            continue;
        cookie_keep(guest, reply->headers[i].value);
        if (!guest->set_cookie)
            guest->set_cookie = reply->headers[i].value;
    }
}

const char *guest_get(Guest *guest, const char *target)
{
    guest_ask(guest, target, NULL);
    return guest->body;
}

int guest_post(Guest *guest, const char *path, const char *form)
{
    guest_ask(guest, path, form);
    return guest->reply.status;
}

const char *guest_header(const Guest *guest, const char *name)
{
    for (size_t i = 0; i < guest->reply.header_count; i++)
        if (!strcmp(guest->reply.headers[i].name, name))
            return guest->reply.headers[i].value;
    return NULL;
}

int guest_count(const Guest *guest, const char *text)
{
    int count = 0;
    for (const char *at = guest->body; (at = strstr(at, text)); at++)
        count++;
    return count;
}

void assert_shows(const Guest *guest, const char *text)
{
    if (!strstr(guest->body, text))
        fail_msg("the page does not show '%s'", text);
}

void assert_hides(const Guest *guest, const char *text)
{
    if (strstr(guest->body, text))
        fail_msg("the page shows '%s'", text);
}

void guest_to_payment(Guest *guest)
{
    guest_post(guest, "/fr/panier/ajouter", "sku=GR-TA-01&quantity=1");
    guest_post(guest, "/fr/commande",
               "email=a%40example.com&name=Anne+Test&street=1+rue+X&postcode=29100&"
               "city=Douarnenez&country=FR&phone=&billing_same=yes");
    guest_post(guest, "/fr/commande/livraison", "delivery=home");
}
