/* cookie_parse.h - a Set-Cookie line taken apart; the date that it carries.
 *
 * Knows no jar and no host. Layer: net. SPDX-License-Identifier: MIT */
#ifndef NET_COOKIE_PARSE_H
#define NET_COOKIE_PARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/** What a line says, before anybody decides whether it may. */
typedef struct CookieLine {
    Str name, value;
    Str domain; /**< without leading dot; data NULL when absent */
    Str path;   /**< data NULL when absent or not beginning with '/' */
    bool is_secure;
    bool is_http_only;
    const char *same_site; /**< "strict" "lax" "none" or "" */
    int64_t expires_us;    /**< wall clock, 0: session, -1: long ago */
} CookieLine;

enum {
    COOKIE_PAIR_BYTES_MAX = 4096,      /**< name and value together (6265bis 5.6) */
    COOKIE_ATTRIBUTE_BYTES_MAX = 1024, /**< longer attribute values are ignored */
    COOKIE_AGE_MAX_DAYS = 400,         /**< what browsers cut lifetimes to */
};

/** Take a line apart (draft-ietf-httpbis-rfc6265bis, 5.6). Views into set_cookie.
 * now_us: wall clock. Returns false and why when the line is to be ignored. */
bool cookie_line_parse(Str set_cookie, int64_t now_us, CookieLine *line,
                       const char **why_not);
/** The forgiving date of RFC 6265, 5.1.1, to wall clock µs. false: no date in it. */
bool cookie_date_parse(Str text, int64_t *wall_us);

#endif
