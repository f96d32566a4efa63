/* url_site.c - whose URL it is: origin, registrable domain, loopback, what a user typed.
 *
 * The only door to libpsl. Layer: base. SPDX-License-Identifier: MIT */
#include <libpsl.h>
#include <string.h>

#include "base/url.h"
#include "base/url_host.h"

bool url_is_http(const Url *url)
{
    return strcmp(url->scheme, "http") == 0 || strcmp(url->scheme, "https") == 0;
}

const char *url_origin(Arena *arena, const Url *url)
{
    if (url->host[0] == '\0')
        return "null";
    if (url->port != 0)
        return arena_printf(arena, "%s://%s:%d", url->scheme, url->host, url->port);
    return arena_printf(arena, "%s://%s", url->scheme, url->host);
}

const char *url_without_fragment(Arena *arena, const char *href)
{
    return arena_str_text(arena, str_from(href, strcspn(href, "#")));
}

bool url_same_origin(const Url *a, const Url *b)
{
    return a->host[0] != '\0' && strcmp(a->scheme, b->scheme) == 0 &&
           strcmp(a->host, b->host) == 0 && url_port(a) == url_port(b);
}

/* Part of the host that a registrar sold; the host itself where the list knows none. */
static const char *host_site(const char *host)
{
    const psl_ctx_t *list = psl_builtin();
    const char *site = NULL;

    if (list && !url_host_is_address(host))
        site = psl_registrable_domain(list, host);
    return site ? site : host;
}

const char *url_site(Arena *arena, const Url *url)
{
    return arena_text(arena, host_site(url->host));
}

bool url_same_site(const Url *a, const Url *b)
{
    return a->host[0] != '\0' && strcmp(host_site(a->host), host_site(b->host)) == 0;
}

bool url_is_loopback(const Url *url)
{
    Str host = str_of(url->host);

    if (str_ends_with(host, STR(".")))
        host = str_slice(host, 0, host.length - 1);
    if (str_equal(host, STR("localhost")) || str_ends_with(host, STR(".localhost")) ||
        str_equal(host, STR("[::1]")))
        return true;
    return str_starts_with(host, STR("127.")) && url_host_is_address(url->host);
}

static const char *user_text(Arena *arena, Str typed, const char *scheme)
{
    return arena_printf(arena, "%s:%s%.*s", scheme,
                        str_starts_with(typed, STR("//")) ? "" : "//", STR_ARGS(typed));
}

/* "mailto:x" and the like, but not "host:8080". */
static bool has_other_scheme(Str typed)
{
    static const char *const schemes[] = {
        "mailto:", "javascript:",  "data:", "file:",   "ftp:", "tel:",
        "about:",  "view-source:", "blob:", "chrome:", "ws:",  "wss:"};
    for (size_t i = 0; i < COUNT_OF(schemes); i++)
        if (str_starts_with_nocase(typed, str_of(schemes[i])))
            return true;
    return false;
}

static bool user_refuse(Str typed, Error *err)
{
    error_set(err, ERROR_INPUT, NULL, "'%.*s' is not the address of a shop",
              STR_ARGS(str_slice(typed, 0, 200)));
    return error_hint(err, "give a URL such as https://shop.example/");
}

bool url_from_user(Arena *arena, const char *text, Url *url, Error *err)
{
    Str typed = str_trim(str_of(text));
    bool has_scheme = str_starts_with_nocase(typed, STR("http:")) ||
                      str_starts_with_nocase(typed, STR("https:"));

    *url = (Url){
        .href = "", .scheme = "", .username = "", .password = "", .host = "", .path = ""};
    if (typed.length == 0 || typed.length > URL_LIMIT / 2 || has_other_scheme(typed) ||
        (!has_scheme &&
         str_contains(str_slice(typed, 0, str_find_byte(typed, '/', 0) + 3), STR("://"))))
        return user_refuse(typed, err);
    if (!str_starts_with(typed, STR("//")) && strchr("/.?#", typed.data[0]))
        return user_refuse(typed, err);
    if (has_scheme)
        return url_parse(arena, typed, NULL, url, err) || user_refuse(typed, err);
    if (!url_parse(arena, str_of(user_text(arena, typed, "https")), NULL, url, err))
        return user_refuse(typed, err);
    if (url_is_loopback(url))
        return url_parse(arena, str_of(user_text(arena, typed, "http")), NULL, url, err);
    return true;
}
