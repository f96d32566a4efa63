/* url_host.h - the host of a URL: names, IPv4 and IPv6 in all their spellings.
 *
 * Used by the url files alone. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_URL_HOST_H
#define BASE_URL_HOST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

/** Parse and serialise a host (https://url.spec.whatwg.org/#host-parsing).
 *
 * text: valid UTF-8, without port. is_special: the scheme is one of http, https, ws, wss,
 * ftp, file; otherwise the host is kept as it is, escaped.
 * Returns the host (brackets around IPv6), or NULL with *failure set to a constant text.
 * Owns: arena. */
const char *url_host_parse(Arena *arena, Str text, bool is_special,
                           const char **failure) MUST_USE;
/** Is a parsed host an IPv4 or IPv6 address? */
bool url_host_is_address(const char *host);

#endif
