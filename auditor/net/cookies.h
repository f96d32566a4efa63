/* cookies.h - a visitor's cookie jar: RFC 6265bis with SameSite, prefixes, public suffixes.
 *
 * Layer: net. SPDX-License-Identifier: MIT */
#ifndef NET_COOKIES_H
#define NET_COOKIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct CookieJar CookieJar;

/** A stored cookie. */
typedef struct Cookie {
    const char *name;
    const char *value;
    const char *domain; /**< without leading dot */
    const char *path;
    bool is_host_only;
    bool is_secure;
    bool is_http_only;
    const char *same_site; /**< "strict" "lax" "none" or "" */
    int64_t expires_us;    /**< wall clock, 0: session */
} Cookie;

CookieJar *cookie_jar_create(Arena *arena);
/** Take a Set-Cookie line received from url. Returns false and why when it is refused.
 * Bounded: 180 cookies a host, 4 KiB each, 3,000 in all. */
bool cookie_jar_receive(CookieJar *jar, const char *url, const char *set_cookie,
                        int64_t now_us, const char **why_not);
/** Cookie header value for a request, NULL when none. initiator: page that caused it, NULL
 * typed. */
const char *cookie_jar_header(CookieJar *jar, Arena *arena, const char *url,
                              const char *initiator, bool is_navigation, const char *method,
                              int64_t now_us);
size_t cookie_jar_count(const CookieJar *jar);
const Cookie *cookie_jar_at(const CookieJar *jar, size_t i);
/** Forget all. */
void cookie_jar_clear(CookieJar *jar);

#endif
