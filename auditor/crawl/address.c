/* address.c - one form, shape and traps of addresses. Layer: crawl.
 * SPDX-License-Identifier: MIT */
#include "crawl/address.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"

enum {
    ADDRESS_MOST = 2000,
    PARTS_MOST = 20,
    PARTS_LOOKED_AT = 32,
    REPEATS_MOST = 3,
    PARAMETERS_MOST = 12,
    LITERAL_MOST = 20, /* longer parts of a path are names of things */
    VALUE_MOST = 40,
};

/* Who sent the visitor, and which visitor it is: never which page. */
static const char *const dropped[] = {
    "gclid",  "gclsrc",    "dclid",     "fbclid", "msclkid", "yclid",  "twclid",
    "ttclid", "igshid",    "mc_cid",    "mc_eid", "_ga",     "_gl",    "mkt_tok",
    "sid",    "phpsessid", "sessionid", "zenid",  "oscsid",  "wbraid", "gbraid",
    "cfid",   "cftoken",   "_hsenc",    "_hsmi",  "sessid",  "xtor",   "jsessionid"};

/* Parameters whose value says which page it is. */
static const char *const routing[] = {"route",  "controller", "module", "view",
                                      "option", "task",       "fc",     "main_page",
                                      "id_cms", "post_type",  "cpath",  "language"};

static const char *const paging[] = {"page", "p",     "pg",     "paged",  "start",
                                     "from", "seite", "pagina", "offset", "pagenum"};

/* Parameters that choose from a list or order it; "filter_x" and "f[x]" too. */
static const char *const facets[] = {
    "sort",    "order",        "orderby",   "dir",       "direction",
    "sort_by", "sortby",       "limit",     "view",      "mode",
    "display", "per_page",     "perpage",   "facet",     "filter",
    "color",   "colour",       "couleur",   "farbe",     "size",
    "taille",  "groesse",      "price",     "prix",      "min",
    "max",     "brand",        "marque",    "rating",    "q",
    "s",       "search",       "query",     "in_stock",  "material",
    "stock",   "availability", "min_price", "max_price", "sortorder"};

static bool is_one_of(Str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal_nocase(name, str_of(names[i])))
            return true;
    return false;
}

static bool is_dropped(Str name)
{
    return str_starts_with_nocase(name, STR("utm_")) ||
           str_starts_with_nocase(name, STR("pk_")) ||
           str_starts_with_nocase(name, STR("mtm_")) ||
           is_one_of(name, dropped, COUNT_OF(dropped));
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_unreserved(int c)
{
    return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/* RFC 3986 6.2.2.1 and 6.2.2.2. */
static void codes_add(Buf *out, Str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.length; i++) {
        int high = -1, low = -1;
        if (text.data[i] == '%' && i + 2 < text.length) {
            high = hex_digit(text.data[i + 1]);
            low = hex_digit(text.data[i + 2]);
        }
        if (high < 0 || low < 0) {
            buf_add_byte(out, text.data[i]);
            continue;
        }
        int value = high * 16 + low;
        if (is_unreserved(value)) {
            buf_add_byte(out, (char)value);
        } else {
            buf_add_byte(out, '%');
            buf_add_byte(out, hex[high]);
            buf_add_byte(out, hex[low]);
        }
        i += 2;
    }
}

static Str parameter_name(Str parameter)
{
    return str_slice(parameter, 0, str_find_byte(parameter, '=', 0));
}

static Str parameter_value(Str parameter)
{
    size_t equals = str_find_byte(parameter, '=', 0);
    return equals == SIZE_MAX ? STR("") : str_slice(parameter, equals + 1, SIZE_MAX);
}

static bool is_in(Str name, const Str *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, names[i]))
            return true;
    return false;
}

/* The query but for the parameters named. */
static void query_add(Buf *out, const char *query, const Str *without, size_t count)
{
    Str rest = str_of(query), parameter;
    char mark = '?';
    while (query && str_next(&rest, '&', &parameter)) {
        Str name = parameter_name(parameter);
        if (str_is_empty(parameter) || is_dropped(name) || is_in(name, without, count))
            continue;
        buf_add_byte(out, mark);
        codes_add(out, parameter);
        mark = '&';
    }
}

/* "/a;jsessionid=12AB" without what follows the semicolon. */
static Str path_plain(const char *path)
{
    Str text = str_of(path);
    return str_slice(text, 0, str_find_nocase(text, STR(";jsessionid="), 0));
}

static const char *written(Arena *arena, const Url *url, const Str *without, size_t count)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, ADDRESS_MOST);
    buf_printf(&out, "%s://%s", url->scheme, url->host);
    if (url->port)
        buf_printf(&out, ":%d", url->port);
    codes_add(&out, path_plain(url->path));
    query_add(&out, url->query, without, count);
    return out.is_over ? NULL : arena_text(arena, buf_text(&out));
}

const char *address_normal(Arena *arena, const Url *url)
{
    return url_is_http(url) && *url->host ? written(arena, url, NULL, 0) : NULL;
}

static bool is_facet(Str name)
{
    return is_one_of(name, facets, COUNT_OF(facets)) ||
           str_starts_with_nocase(name, STR("filter")) ||
           str_starts_with_nocase(name, STR("facet")) ||
           str_starts_with_nocase(name, STR("f["));
}

static bool is_needless(Arena *arena, const Url *url, Str name, AddressKnown *is_known,
                        void *context)
{
    const char *rest = is_known ? written(arena, url, &name, 1) : NULL;
    return rest && is_known(context, rest);
}

void address_query(Arena *arena, const Url *url, AddressKnown *is_known, void *context,
                   AddressQuery *query)
{
    Str rest = str_of(url->query), parameter, removed[PARAMETERS_MOST + 1];
    size_t count = 0;
    /* Names in any order are one list, so they are summed. */
    unsigned long long names = 0;
    *query = (AddressQuery){0};
    while (url->query && count < COUNT_OF(removed) && str_next(&rest, '&', &parameter)) {
        Str name = parameter_name(parameter);
        if (str_is_empty(name) || is_dropped(name) ||
            is_one_of(name, routing, COUNT_OF(routing)))
            continue;
        bool is_page = is_one_of(name, paging, COUNT_OF(paging));
        if (!is_page && !is_facet(name) &&
            !is_needless(arena, url, name, is_known, context))
            continue;
        query->is_paged |= is_page;
        query->facets += !is_page;
        names += is_page ? 0 : str_hash(name);
        removed[count++] = name;
    }
    query->base = written(arena, url, removed, count);
    query->list = (str_hash(str_of(query->base)) ^ names) * 1099511628211ULL;
}

/* A part of a path, as its shape has it. */
static void part_add(Buf *out, Str part, bool is_last, size_t number)
{
    size_t digits = 0, dot = SIZE_MAX;
    bool is_plain = part.length <= LITERAL_MOST;
    for (size_t i = 0; i < part.length; i++) {
        digits += is_digit(part.data[i]);
        if (part.data[i] == '.')
            dot = i;
        if (!is_letter(part.data[i]) && part.data[i] != '.')
            is_plain = false;
    }
    Str stem = str_slice(part, 0, dot);
    Str extension = dot == SIZE_MAX ? STR("") : str_slice(part, dot, SIZE_MAX);
    if (digits && digits == stem.length)
        buf_add(out, STR("{n}"));
    else if (is_plain && !(is_last && number > 1))
        buf_add(out, stem);
    else
        buf_add(out, STR("{s}"));
    /* ".html" belongs to the shape; "jean-paul.dupont" has none. */
    if (extension.length > 1 && extension.length <= 6)
        buf_add(out, extension);
}

static void path_add(Buf *out, const char *path)
{
    Str rest = str_slice(path_plain(path), 1, SIZE_MAX), part;
    size_t number = 0;
    while (str_next(&rest, '/', &part)) {
        buf_add_byte(out, '/');
        if (str_is_empty(part))
            continue;
        number++;
        bool is_last = str_is_empty(rest);
        part_add(out, part, is_last, number);
    }
}

/* The value of a routing parameter is kept where it is a name, not a number. */
static void parameter_add(Buf *out, Str parameter, char mark)
{
    Str name = parameter_name(parameter), value = parameter_value(parameter);
    buf_add_byte(out, mark);
    buf_add(out, name);
    if (!is_one_of(name, routing, COUNT_OF(routing)) || value.length > VALUE_MOST ||
        str_is_empty(value) || !is_letter(value.data[0]))
        return;
    buf_add_byte(out, '=');
    buf_add(out, value);
}

const char *address_shape(Arena *arena, const Url *url)
{
    AUTO(buf_release) Buf out = {0};
    Str rest = str_of(url->query), parameter;
    char mark = '?';
    buf_init(&out, ADDRESS_MOST);
    path_add(&out, url->path);
    for (int n = 0; url->query && n <= PARAMETERS_MOST && str_next(&rest, '&', &parameter);
         n++) {
        Str name = parameter_name(parameter);
        if (str_is_empty(name) || is_dropped(name))
            continue;
        parameter_add(&out, parameter, mark);
        mark = '&';
    }
    return arena_text(arena, buf_text(&out));
}

const char *address_trap(const Url *url)
{
    Str parts[PARTS_LOOKED_AT];
    Str rest = str_slice(str_of(url->path), 1, SIZE_MAX), part;
    size_t count = 0;
    while (str_next(&rest, '/', &part)) {
        if (str_is_empty(part))
            continue;
        int same = 1;
        for (size_t i = 0; i < count; i++)
            same += str_equal(parts[i], part);
        if (same >= REPEATS_MOST)
            return "repeats";
        if (count == PARTS_MOST)
            return "deep";
        parts[count++] = part;
    }
    size_t parameters = 0;
    for (const char *c = url->query; c && *c; c++)
        parameters += *c == '&';
    return parameters > PARAMETERS_MOST ? "parameters" : NULL;
}

static Str host_bare(const Url *url)
{
    Str host = str_of(url->host);
    return str_starts_with(host, STR("www.")) ? str_slice(host, 4, SIZE_MAX) : host;
}

bool address_same_shop(const Url *a, const Url *b)
{
    return url_is_http(a) && url_is_http(b) && a->port == b->port &&
           str_equal(host_bare(a), host_bare(b));
}
