/* url.h - URLs as browsers read them (WHATWG URL Standard, https://url.spec.whatwg.org/).
 *
 * Knows no network. Known deviations: hosts of symbols and emoji are refused (libidn2
 * follows IDNA 2008), queries are encoded as UTF-8 whatever the document's encoding. Layer:
 * base. SPDX-License-Identifier: MIT */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

enum { URL_LIMIT = 4 << 20 /**< bytes of input; more is an error */ };

/** A parsed URL; every part NUL-ended and owned by the arena given to url_parse. No part
 * holds a NUL, a control character or a byte above 0x7E.
 * For schemes such as mailto: and data: only scheme, path, query, fragment are set. */
typedef struct Url {
    const char *href;     /**< serialised, with fragment */
    const char *scheme;   /**< lower case, without ':' */
    const char *username; /**< "" when absent */
    const char *password;
    const char *host; /**< lower case, IDN as punycode, IPv6 in brackets; "" when absent */
    int port;         /**< 0 when absent or the scheme's default */
    bool has_host;    /**< is there an authority (maybe an empty one, as in file:///)? */
    bool is_opaque; /**< mailto:x, data:x: path is not a hierarchy, nothing resolves against
                       it */
    const char *path;     /**< begins with '/' for http(s) */
    const char *query;    /**< without '?'; NULL when absent, "" when empty */
    const char *fragment; /**< without '#'; NULL when absent */
} Url;

/** Parse, against base when it is relative. base: may be NULL.
 * input: bytes as found in a document (trimmed, tab and line ends removed as the standard
 * says; invalid UTF-8 is read as U+FFFD). url: all of it is set, also on failure.
 * Errors: ERROR_INPUT. Owns: arena. */
bool url_parse(Arena *arena, Str input, const Url *base, Url *url, Error *err) MUST_USE;
/** Resolve to a serialised URL, or NULL when it cannot be parsed. */
const char *url_resolve(Arena *arena, Str input, const char *base_href);
/** What a user types on the command line: adds https:// (http:// for loopback hosts) when
 * the scheme is missing; only http and https are accepted. Errors: ERROR_INPUT with a hint.
 */
bool url_from_user(Arena *arena, const char *text, Url *url, Error *err) MUST_USE;
/** http or https? */
bool url_is_http(const Url *url);
/** scheme://host[:port]; "null" for a URL without host. */
const char *url_origin(Arena *arena, const Url *url);
/** Port in force: the scheme's (80, 443, ...) when absent; 0 when that has none. */
int url_port(const Url *url);
/** href without fragment: what a request is identified by. */
const char *url_without_fragment(Arena *arena, const char *href);
/** Same scheme, host and port? Never for URLs without host. */
bool url_same_origin(const Url *a, const Url *b);
/** Registrable domain ("shop.co.uk" of "www.shop.co.uk"); the whole host when it has none.
 */
const char *url_site(Arena *arena, const Url *url);
/** Same registrable domain (eTLD+1 by libpsl's list through host suffixes; IP addresses and
 * localhost compare whole)? Party test. */
bool url_same_site(const Url *a, const Url *b);
/** Is the host loopback (127.0.0.0/8, ::1, localhost, *.localhost)? */
bool url_is_loopback(const Url *url);
/** Value of a query parameter, percent- and plus-decoded; NULL when absent. */
const char *url_query_value(Arena *arena, const Url *url, const char *name);
/** Percent-decode (not '+'). */
Str url_decode(Arena *arena, Str s);
/** Percent-encode everything but A-Z a-z 0-9 - _ . ~ (for query values we build). */
const char *url_encode(Arena *arena, Str s);

#endif
