/* card.h - the picture for sharing, as PNG: a product shaded pixel by pixel.
 *
 * Social networks want no SVG. Layer: demo (shop). SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_CARD_H
#define DEMO_SHOP_CARD_H

#include <stdbool.h>

#include "base/buf.h"
#include "demo/shop/catalogue.h"

/** Append a PNG of the product. width, height: px. is_compressed false stores the pixels as
 * they are (flaw heavy-images). Nothing is added when it does not fit or zlib fails. */
void card_png(Buf *out, const Product *product, int width, int height, bool is_compressed);

#endif
