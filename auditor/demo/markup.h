/* markup.h - writes HTML and XML with every foreign text escaped.
 *
 * The format is a literal (the compiler checks it), so markup can only come from our own
 * source; whatever %s brings is text. Layer: demo. Called by every page of the shop.
 * SPDX-License-Identifier: MIT */
#ifndef DEMO_MARKUP_H
#define DEMO_MARKUP_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/str.h"

/** Append format with its arguments escaped: %s (& < > " ' become references), %d, %ld, %zu
 * and %%; nothing else (assert). Good inside elements and inside quoted attributes. */
void markup_print(Buf *out, const char *format, ...) PRINTF_LIKE(2, 3);
/** Append text escaped. */
void markup_text(Buf *out, Str text);

#endif
