/* url_escape.h - percent-encode sets of the URL standard.
 *
 * Used by the url files alone. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_URL_ESCAPE_H
#define BASE_URL_ESCAPE_H

#include "base/buf.h"
#include "base/str.h"

/** https://url.spec.whatwg.org/#percent-encoded-bytes; each holds the ones above it. */
typedef enum UrlSet {
    URL_SET_CONTROL, /**< C0 controls and everything above '~' */
    URL_SET_FRAGMENT,
    URL_SET_QUERY,
    URL_SET_SPECIAL_QUERY,
    URL_SET_PATH, /**< holds the query set, not the special query set */
    URL_SET_USERINFO,
} UrlSet;

/** Append s with the bytes of set as %XX. */
void url_escape(Buf *out, Str s, UrlSet set);

#endif
