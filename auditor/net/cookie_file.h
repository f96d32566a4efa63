/* cookie_file.h - the -b option: cookies in a line, or a file as curl and old Netscape
 * write it.
 *
 * Layer: net. SPDX-License-Identifier: MIT */
#ifndef NET_COOKIE_FILE_H
#define NET_COOKIE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "net/cookies.h"

/** Put the cookies of -b into the jar. With a '=' in it option is "a=b; c=d", for url's
 * host alone; else it names a file of tab-separated lines (domain, subdomains, path,
 * secure, expires, name, value), "#HttpOnly_" before the domain allowed. arena: for what is
 * needed meanwhile. now_us: wall clock. Errors: ERROR_INPUT (no such file, no such format).
 */
bool cookie_option_take(CookieJar *jar, Arena *arena, const char *option, const char *url,
                        int64_t now_us, Error *err) MUST_USE;

#endif
