/* cookies.c - the jar: who may set a cookie, who gets it back, what is thrown out when it
 * is full.
 *
 * Rules: draft-ietf-httpbis-rfc6265bis (storage 5.7, retrieval 5.8), schemeful same-site as
 * browsers have it, and Chromium's two minutes in which a cookie without SameSite still
 * goes with a cross-site POST. Layer: net. SPDX-License-Identifier: MIT */
#include "net/cookies.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/url.h"
#include "net/cookie_parse.h"

enum {
    JAR_COOKIES_MAX = 3000,
    JAR_HOST_COOKIES_MAX = 180,
    SLOT_BYTES_MAX = 16 << 10, /**< texts of one cookie: pair, domain and path */
    HEADER_BYTES_MAX = 128 << 10,
    LAX_POST_US = 120000000,
};

/** A place of the jar; its texts live in a buffer of its own that is used again. */
typedef struct Slot {
    Cookie cookie;
    Buf text;
    int64_t created_us;
    int64_t order; /**< of creation, kept when a cookie is replaced */
} Slot;

struct CookieJar {
    Arena *arena;
    Slot **slots; /**< the first count are in use, by order of creation */
    size_t count, capacity;
    int64_t next_order;
};

static void jar_release(void *object)
{
    CookieJar *jar = object;
    for (size_t i = 0; i < jar->capacity; i++)
        if (jar->slots[i])
            buf_release(&jar->slots[i]->text);
}

CookieJar *cookie_jar_create(Arena *arena)
{
    CookieJar *jar = ARENA_NEW(arena, CookieJar);
    jar->arena = arena;
    arena_on_release(arena, jar_release, jar);
    return jar;
}

/* ---- places ---- */

static void slot_remove(CookieJar *jar, size_t index)
{
    Slot *slot = jar->slots[index];
    memmove(&jar->slots[index], &jar->slots[index + 1],
            (jar->count - index - 1) * sizeof(Slot *));
    jar->count--;
    jar->slots[jar->count] = slot; /* behind those in use, to be used again */
}

static Slot *slot_add(CookieJar *jar)
{
    if (jar->count < jar->capacity && jar->slots[jar->count])
        return jar->slots[jar->count++];
    Slot *slot = ARENA_NEW(jar->arena, Slot);
    buf_init(&slot->text, SLOT_BYTES_MAX);
    ARENA_PUSH(jar->arena, jar->slots, jar->count, jar->capacity, slot);
    return slot;
}

static bool slot_is_expired(const Slot *slot, int64_t now_us)
{
    return slot->cookie.expires_us != 0 && slot->cookie.expires_us <= now_us;
}

static void jar_expire(CookieJar *jar, int64_t now_us)
{
    for (size_t i = jar->count; i-- > 0;)
        if (slot_is_expired(jar->slots[i], now_us))
            slot_remove(jar, i);
}

/** Make room: of the host's cookies (all when domain is NULL) the oldest that is not
 * Secure, else the oldest (6265bis, 5.7). */
static void jar_evict(CookieJar *jar, const char *domain)
{
    size_t victim = jar->count;
    for (size_t i = 0; i < jar->count; i++) {
        const Cookie *cookie = &jar->slots[i]->cookie;
        if (domain && strcmp(cookie->domain, domain) != 0)
            continue;
        if (victim == jar->count ||
            (jar->slots[victim]->cookie.is_secure && !cookie->is_secure))
            victim = i;
    }
    if (victim < jar->count)
        slot_remove(jar, victim);
}

static void jar_make_room(CookieJar *jar, const char *domain, int64_t now_us)
{
    size_t of_host = 0;
    for (size_t i = 0; i < jar->count; i++)
        of_host += strcmp(jar->slots[i]->cookie.domain, domain) == 0;
    if (of_host < JAR_HOST_COOKIES_MAX && jar->count < JAR_COOKIES_MAX)
        return;
    jar_expire(jar, now_us);
    if (of_host >= JAR_HOST_COOKIES_MAX)
        jar_evict(jar, domain);
    if (jar->count >= JAR_COOKIES_MAX)
        jar_evict(jar, NULL);
}

/* ---- who may set it ---- */

static bool host_is_address(const char *host)
{
    return host[0] == '[' || strspn(host, "0123456789.") == strlen(host);
}

/** Is host the domain, or below it? */
static bool domain_matches(const char *host, const char *domain)
{
    size_t host_length = strlen(host);
    size_t length = strlen(domain);
    if (strcmp(host, domain) == 0)
        return true;
    return host_length > length && host[host_length - length - 1] == '.' &&
           strcmp(host + host_length - length, domain) == 0 && !host_is_address(host);
}

/** Two names below a public suffix are two sites; below any other domain they are one. */
static bool domain_is_public_suffix(Arena *arena, const char *domain)
{
    Url one = {.scheme = "https", .host = arena_printf(arena, "a.%s", domain)};
    Url other = {.scheme = "https", .host = arena_printf(arena, "b.%s", domain)};
    return !url_same_site(&one, &other);
}

/** Secure cookies are for https; browsers count loopback as safe too. */
static bool url_is_safe(const Url *url)
{
    return strcmp(url->scheme, "https") == 0 || url_is_loopback(url);
}

static const char *prefix_breach(const CookieLine *line, const char *host_path)
{
    Str subject = line->name.length ? line->name : line->value;
    bool is_host = str_starts_with_nocase(subject, STR("__Host-"));
    bool is_secure = str_starts_with_nocase(subject, STR("__Secure-"));
    if (!is_host && !is_secure)
        return NULL;
    if (line->name.length == 0)
        return "has no name, and a value that looks like a prefixed name";
    if (!line->is_secure)
        return "breaks its name's prefix: not Secure";
    if (is_host && (line->domain.data || strcmp(host_path, "/") != 0))
        return "breaks its name's prefix __Host-: has a Domain, or a Path other than /";
    return NULL;
}

/** Path up to the last '/', when the line names none (6265bis, 5.1.4). */
static const char *default_path(Arena *arena, const char *path)
{
    const char *last = strrchr(path, '/');
    if (path[0] != '/' || last == path)
        return "/";
    return arena_str_text(arena, str_from(path, (size_t)(last - path)));
}

static bool path_matches(const char *path, const char *cookie_path)
{
    size_t length = strlen(cookie_path);
    if (strncmp(path, cookie_path, length) != 0)
        return false;
    return path[length] == '\0' || path[length] == '/' || cookie_path[length - 1] == '/';
}

/** A page without TLS may not lay its cookie over one of the same name that is Secure. */
static bool covers_secure(const CookieJar *jar, const Cookie *cookie, const Url *url)
{
    if (cookie->is_secure || url_is_safe(url))
        return false;
    for (size_t i = 0; i < jar->count; i++) {
        const Cookie *other = &jar->slots[i]->cookie;
        if (other->is_secure && strcmp(other->name, cookie->name) == 0 &&
            (domain_matches(other->domain, cookie->domain) ||
             domain_matches(cookie->domain, other->domain)) &&
            path_matches(cookie->path, other->path))
            return true;
    }
    return false;
}

static const char *domain_fill(Arena *arena, const CookieLine *line, const Url *url,
                               Cookie *cookie)
{
    cookie->domain = url->host;
    cookie->is_host_only = true;
    if (!line->domain.data)
        return NULL;
    char *domain = arena_str_text(arena, line->domain);
    for (char *c = domain; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    if (strcmp(domain, url->host) == 0) {
        cookie->is_host_only =
            host_is_address(domain) || domain_is_public_suffix(arena, domain);
        return NULL;
    }
    if (!domain_matches(url->host, domain))
        return "is for another domain";
    if (domain_is_public_suffix(arena, domain))
        return "is for a public suffix";
    cookie->domain = domain;
    cookie->is_host_only = false;
    return NULL;
}

/** Fill cookie from the line as far as the rules allow; returns why not, or NULL. */
static const char *cookie_fill(Arena *arena, const CookieLine *line, const Url *url,
                               Cookie *cookie)
{
    cookie->name = arena_str_text(arena, line->name);
    cookie->value = arena_str_text(arena, line->value);
    cookie->path = line->path.data ? arena_str_text(arena, line->path)
                                   : default_path(arena, url->path);
    if (strlen(cookie->path) > COOKIE_ATTRIBUTE_BYTES_MAX)
        return "has a path of more than 1,024 bytes";
    cookie->is_secure = line->is_secure;
    cookie->is_http_only = line->is_http_only;
    cookie->same_site = line->same_site;
    cookie->expires_us = line->expires_us;
    const char *why = domain_fill(arena, line, url, cookie);
    if (why)
        return why;
    if (line->is_secure && !url_is_safe(url))
        return "is Secure, but came without TLS";
    if (strcmp(line->same_site, "none") == 0 && !line->is_secure)
        return "is SameSite=None without Secure";
    return prefix_breach(line, line->path.data ? cookie->path : "");
}

/** Append text with its end; returns where it begins. */
static size_t text_keep(Buf *buf, const char *text)
{
    size_t at = buf->length;
    buf_add(buf, str_of(text));
    buf_add_byte(buf, '\0');
    return at;
}

/** Copy the texts of from into the slot's own buffer. */
static void slot_fill(Slot *slot, const Cookie *from)
{
    buf_clear(&slot->text);
    size_t name = text_keep(&slot->text, from->name);
    size_t value = text_keep(&slot->text, from->value);
    size_t domain = text_keep(&slot->text, from->domain);
    size_t path = text_keep(&slot->text, from->path);
    slot->cookie = *from;
    slot->cookie.name = slot->text.data + name;
    slot->cookie.value = slot->text.data + value;
    slot->cookie.domain = slot->text.data + domain;
    slot->cookie.path = slot->text.data + path;
}

static size_t jar_find(const CookieJar *jar, const Cookie *cookie)
{
    for (size_t i = 0; i < jar->count; i++) {
        const Cookie *other = &jar->slots[i]->cookie;
        if (strcmp(other->name, cookie->name) == 0 &&
            strcmp(other->domain, cookie->domain) == 0 &&
            strcmp(other->path, cookie->path) == 0 &&
            other->is_host_only == cookie->is_host_only)
            return i;
    }
    return jar->count;
}

static void jar_store(CookieJar *jar, const Cookie *cookie, int64_t now_us)
{
    size_t known = jar_find(jar, cookie);
    if (cookie->expires_us < 0) {
        if (known < jar->count)
            slot_remove(jar, known);
        return;
    }
    Slot *slot = known < jar->count ? jar->slots[known] : NULL;
    if (!slot) {
        jar_make_room(jar, cookie->domain, now_us);
        slot = slot_add(jar);
        slot->created_us = now_us;
        slot->order = jar->next_order++;
    }
    slot_fill(slot, cookie);
}

bool cookie_jar_receive(CookieJar *jar, const char *url, const char *set_cookie,
                        int64_t now_us, const char **why_not)
{
    Arena *arena AUTO(arena_auto) = arena_create();
    Url parsed;
    CookieLine line;
    Cookie cookie = {0};
    if (!url_parse(arena, str_of(url), NULL, &parsed, NULL) || parsed.host[0] == '\0') {
        *why_not = "came from no host";
        return false;
    }
    if (!cookie_line_parse(str_of(set_cookie), now_us, &line, why_not))
        return false;
    *why_not = cookie_fill(arena, &line, &parsed, &cookie);
    if (!*why_not && covers_secure(jar, &cookie, &parsed))
        *why_not = "would hide a Secure cookie of the same name";
    if (*why_not)
        return false;
    jar_store(jar, &cookie, now_us);
    return true;
}

/* ---- who gets it back ---- */

/** What a request is, as far as SameSite asks. */
typedef struct RequestSite {
    Url url;
    bool is_same_site;
    bool is_top_get; /**< a navigation with a safe method */
    bool is_top_post;
} RequestSite;

static void request_site(Arena *arena, const char *initiator, bool is_navigation,
                         const char *method, RequestSite *request)
{
    Url from;
    /* Typed by the user: nobody else's idea. */
    request->is_same_site = !initiator;
    if (initiator && url_parse(arena, str_of(initiator), NULL, &from, NULL))
        request->is_same_site = url_same_site(&from, &request->url) &&
                                strcmp(from.scheme, request->url.scheme) == 0;
    bool is_safe = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    request->is_top_get = is_navigation && is_safe;
    request->is_top_post = is_navigation && !is_safe;
}

static bool same_site_allows(const Slot *slot, const RequestSite *request, int64_t now_us)
{
    const char *rule = slot->cookie.same_site;
    if (request->is_same_site || strcmp(rule, "none") == 0)
        return true;
    if (strcmp(rule, "strict") == 0)
        return false;
    if (request->is_top_get)
        return true;
    return rule[0] == '\0' && request->is_top_post &&
           now_us - slot->created_us <= LAX_POST_US;
}

static bool slot_goes(const Slot *slot, const RequestSite *request, int64_t now_us)
{
    const Cookie *cookie = &slot->cookie;
    if (slot_is_expired(slot, now_us) || !path_matches(request->url.path, cookie->path))
        return false;
    if (cookie->is_host_only ? strcmp(request->url.host, cookie->domain) != 0
                             : !domain_matches(request->url.host, cookie->domain))
        return false;
    if (cookie->is_secure && !url_is_safe(&request->url))
        return false;
    return same_site_allows(slot, request, now_us);
}

/** Longer paths first, then older ones (6265bis, 5.8.3). */
static int slot_compare(const void *left, const void *right)
{
    const Slot *a = *(const Slot *const *)left;
    const Slot *b = *(const Slot *const *)right;
    size_t a_length = strlen(a->cookie.path);
    size_t b_length = strlen(b->cookie.path);
    if (a_length != b_length)
        return a_length > b_length ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static const char *header_write(Arena *arena, const Slot **slots, size_t count)
{
    AUTO(buf_release) Buf header = {0};
    buf_init(&header, HEADER_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        const Cookie *cookie = &slots[i]->cookie;
        size_t before = header.length;
        /* Beyond the limit the rest stays at home: servers refuse such heads anyway. */
        if (!buf_printf(&header, "%s%s%s%s", i ? "; " : "", cookie->name,
                        cookie->name[0] ? "=" : "", cookie->value)) {
            buf_truncate(&header, before);
            break;
        }
    }
    return arena_text(arena, buf_text(&header));
}

const char *cookie_jar_header(CookieJar *jar, Arena *arena, const char *url,
                              const char *initiator, bool is_navigation, const char *method,
                              int64_t now_us)
{
    RequestSite request;
    if (jar->count == 0 || !url_parse(arena, str_of(url), NULL, &request.url, NULL))
        return NULL;
    request_site(arena, initiator, is_navigation, method, &request);
    const Slot **chosen = ARENA_ARRAY(arena, jar->count, const Slot *);
    size_t count = 0;
    for (size_t i = 0; i < jar->count; i++)
        if (slot_goes(jar->slots[i], &request, now_us))
            chosen[count++] = jar->slots[i];
    if (count == 0)
        return NULL;
    qsort(chosen, count, sizeof *chosen, slot_compare);
    return header_write(arena, chosen, count);
}

size_t cookie_jar_count(const CookieJar *jar)
{
    return jar->count;
}

const Cookie *cookie_jar_at(const CookieJar *jar, size_t i)
{
    return &jar->slots[i]->cookie;
}

void cookie_jar_clear(CookieJar *jar)
{
    jar->count = 0;
}
