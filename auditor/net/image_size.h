/* image_size.h - natural width and height of an image, read from its first bytes.
 *
 * Decodes no pixels: a hostile image costs nothing. Layer: net.
 * SPDX-License-Identifier: MIT */
#ifndef NET_IMAGE_SIZE_H
#define NET_IMAGE_SIZE_H

#include <stdbool.h>

#include "base/str.h"

/** Read PNG, JPEG, GIF, WebP, AVIF/HEIF, BMP, ICO and SVG by what the bytes are, whatever
 * the server called them.
 *
 * bytes: the beginning of the file. width, height: px; SVG without absolute width and
 * height: of its viewBox. Returns false (and 0, 0) when the size is not there. */
bool image_size_read(Str bytes, int *width, int *height);

#endif
