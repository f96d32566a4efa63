/* settings.c - the user's options in the browser's words. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/settings.h"

#include <string.h>

#include "base/json.h"
#include "base/url.h"
#include "net/cookie_file.h"

enum { RULES_MAX = 65536, COOKIES_MAX = 4 << 20, CALL_TIME_US = 10000000, PARTS_MAX = 4 };

/* ---- names and addresses ---- */

/* Parts between ':'; brackets hold an IPv6 address together. Returns how many; the last
 * part takes the rest. */
static size_t parts_split(Str text, Str parts[PARTS_MAX], size_t most)
{
    size_t count = 0;
    size_t from = 0;
    bool is_inside = false;
    for (size_t i = 0; i <= text.length; i++) {
        bool is_end = i == text.length;
        if (!is_end && (text.data[i] == '[' || text.data[i] == ']'))
            is_inside = text.data[i] == '[';
        if (!is_end && (text.data[i] != ':' || is_inside || count + 1 == most))
            continue;
        parts[count++] = str_slice(text, from, i - from);
        from = i + 1;
    }
    return count;
}

/* What stands in a rule must not end it. */
static bool is_name(Str part)
{
    for (size_t i = 0; i < part.length; i++)
        if (strchr(", \t\r\n\"'", part.data[i]))
            return false;
    return true;
}

static Str bracketed(Arena *arena, Str address)
{
    bool is_bare = str_find_byte(address, ':', 0) != SIZE_MAX && address.data[0] != '[';
    return is_bare ? str_of(arena_printf(arena, "[%.*s]", STR_ARGS(address))) : address;
}

/* HOST:PORT:ADDRESS[,ADDRESS]: the first address is taken. */
static bool resolve_add(Arena *arena, const char *text, Buf *rules, Error *err)
{
    Str parts[PARTS_MAX];
    Str line = str_of(text);
    if (str_starts_with(line, STR("+")))
        line = str_slice(line, 1, SIZE_MAX);
    if (parts_split(line, parts, 3) != 3)
        return error_set(err, ERROR_INPUT, "--resolve", "'%s' is not HOST:PORT:ADDRESS",
                         text);
    Str address = str_slice(parts[2], 0, str_find_byte(parts[2], ',', 0));
    if (!is_name(parts[0]) || !is_name(parts[1]) || !is_name(address) ||
        str_is_empty(address))
        return error_set(err, ERROR_INPUT, "--resolve", "'%s' is not HOST:PORT:ADDRESS",
                         text);
    address = bracketed(arena, address);
    buf_printf(rules, "%sMAP %.*s:%.*s %.*s:%.*s", rules->length ? "," : "",
               STR_ARGS(parts[0]), STR_ARGS(parts[1]), STR_ARGS(address),
               STR_ARGS(parts[1]));
    return true;
}

/* HOST1:PORT1:HOST2:PORT2; an empty part stays as it is. */
static bool connect_add(const char *text, Buf *rules, Error *err)
{
    Str p[PARTS_MAX];
    bool is_fine = parts_split(str_of(text), p, 4) == 4;
    for (size_t i = 0; i < 4 && is_fine; i++)
        is_fine = is_name(p[i]);
    if (!is_fine || str_is_empty(p[2]))
        return error_set(err, ERROR_INPUT, "--connect-to",
                         "'%s' is not HOST1:PORT1:HOST2:PORT2", text);
    buf_printf(rules, "%sMAP %.*s%s%.*s %.*s%s%.*s", rules->length ? "," : "",
               str_is_empty(p[0]) ? 1 : (int)p[0].length,
               str_is_empty(p[0]) ? "*" : p[0].data, str_is_empty(p[1]) ? "" : ":",
               STR_ARGS(p[1]), STR_ARGS(p[2]), str_is_empty(p[3]) ? "" : ":",
               STR_ARGS(p[3]));
    return true;
}

static bool rules_make(Arena *arena, const NetOptions *net, const char **rules, Error *err)
{
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, RULES_MAX);
    for (const char **line = net->connect_to; line && *line; line++)
        if (!connect_add(*line, &text, err))
            return false;
    for (const char **line = net->resolve; line && *line; line++)
        if (!resolve_add(arena, *line, &text, err))
            return false;
    *rules = text.length ? arena_text(arena, buf_text(&text)) : NULL;
    return buf_check(&text, "names and addresses", err);
}

/* The proxy without its password, which is given when it asks. */
static bool proxy_make(Arena *arena, const char *option, const char **proxy, Error *err)
{
    Url url;
    const char *text =
        strstr(option, "://") ? option : arena_printf(arena, "http://%s", option);
    if (!url_parse(arena, str_of(text), NULL, &url, NULL) || !url.has_host || !*url.host)
        return error_set(err, ERROR_INPUT, "-x", "'%s' is no proxy address", option);
    const char *scheme = strcmp(url.scheme, "socks5h") == 0   ? "socks5"
                         : strcmp(url.scheme, "socks4a") == 0 ? "socks4"
                                                              : url.scheme;
    int port = url.port ? url.port : strcmp(url.scheme, "https") == 0 ? 443 : 1080;
    *proxy = arena_printf(arena, "%s://%s:%d", scheme, url.host, port);
    return true;
}

static bool refuse(Error *err, const char *option)
{
    error_set(err, ERROR_INPUT, option, "the browser engine cannot do this");
    return error_hint(err, "use --engine http, or for a certificate of your own -k");
}

bool settings_launch(Arena *arena, const VisitorOptions *options, LaunchOptions *launch,
                     Error *err)
{
    static const NetOptions none = {0};
    const NetOptions *net = options->net ? options->net : &none;
    const Persona *persona = options->persona;
    *launch = (LaunchOptions){.binary = options->browser,
                              .wants_shell = options->wants_shell,
                              .is_sandbox_waived = options->is_sandbox_waived,
                              .ignores_certificates = net->is_insecure,
                              .is_http1 = net->http_version == 1,
                              .stays_public = net_stays_public(net),
                              .width = persona->width,
                              .height = persona->height,
                              .language = persona->language};
    if (net->ca_file && *net->ca_file)
        return refuse(err, "--cacert");
    if (net->ip_version)
        return refuse(err, net->ip_version == 4 ? "--ipv4" : "--ipv6");
    return (!net->proxy || proxy_make(arena, net->proxy, &launch->proxy, err)) &&
           rules_make(arena, net, &launch->resolver_rules, err);
}

/* ---- cookies ---- */

static const char *same_site_word(const char *same_site)
{
    if (strcmp(same_site, "strict") == 0)
        return "Strict";
    return strcmp(same_site, "none") == 0  ? "None"
           : strcmp(same_site, "lax") == 0 ? "Lax"
                                           : NULL;
}

static void cookie_put(Arena *arena, JsonWriter *json, const Cookie *cookie)
{
    const char *same_site = same_site_word(cookie->same_site ? cookie->same_site : "");
    json_write_object(json);
    json_put_text(json, "name", cookie->name);
    json_put_text(json, "value", cookie->value);
    json_put_text(json, "path", cookie->path);
    if (cookie->is_host_only)
        json_put_text(json, "url",
                      arena_printf(arena, "%s://%s%s", cookie->is_secure ? "https" : "http",
                                   cookie->domain, cookie->path));
    else
        json_put_text(json, "domain", arena_printf(arena, ".%s", cookie->domain));
    json_put_bool(json, "secure", cookie->is_secure);
    json_put_bool(json, "httpOnly", cookie->is_http_only);
    if (same_site)
        json_put_text(json, "sameSite", same_site);
    if (cookie->expires_us > 0)
        json_put_number(json, "expires", (double)cookie->expires_us / 1e6);
    json_write_end(json);
}

bool settings_cookies(Cdp *cdp, const char *browser_context, const VisitorOptions *options,
                      Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    const char *option = options->net ? options->net->cookie : NULL;
    CookieJar *jar = cookie_jar_create(arena);
    if (!option || !*option)
        return true;
    if (!cookie_option_take(jar, arena, option, options->site,
                            clock_wall_us(options->clock), err))
        return false;
    buf_init(&text, COOKIES_MAX);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_write_key(&json, "cookies");
    json_write_array(&json);
    for (size_t i = 0; i < cookie_jar_count(jar); i++)
        cookie_put(arena, &json, cookie_jar_at(jar, i));
    json_write_end(&json);
    if (*browser_context)
        json_put_text(&json, "browserContextId", browser_context);
    json_write_end(&json);
    return buf_check(&text, "cookies", err) &&
           cdp_call(cdp, "", "Storage.setCookies", buf_text(&text), CALL_TIME_US, NULL,
                    NULL, err);
}
