/* assets.h - files that never change while the shop is open: styles, script, pictures.
 *
 * Made once at the start; the name of each holds a fingerprint of its content, so browsers
 * may keep it for ever. Layer: demo (shop). SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_ASSETS_H
#define DEMO_SHOP_ASSETS_H

#include "base/arena.h"
#include "base/str.h"
#include "demo/shop/catalogue.h"
#include "demo/shop/picture.h"

enum { PICTURE_WIDTHS = 3 };

/** A file. */
typedef struct Asset {
    const char *path; /**< "/assets/style-0123abcd.css" */
    const char *type;
    const char *etag; /**< with quotes */
    Str body;
    Str gzip; /**< compressed; empty when that gains nothing */
} Asset;

typedef struct Assets {
    Asset *items;
    size_t count, capacity;
    const Asset *style, *script, *icon, *manifest;
    const Asset *badges[4]; /**< means of payment */
    const Asset *pictures[PRODUCT_COUNT][PICTURE_VIEWS][PICTURE_WIDTHS];
} Assets;

/** Natural widths of the pictures, px. */
int picture_width(int index);
/** Make them all. Owns: arena. */
Assets *assets_create(Arena *arena);
/** File of a path, or NULL. */
const Asset *assets_find(const Assets *assets, const char *path);

#endif
