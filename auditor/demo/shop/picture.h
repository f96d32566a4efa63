/* picture.h - draws the shop's articles: stoneware as SVG, from an outline and a glaze.
 *
 * The articles are solids of revolution, so a profile and a horizontal gradient give a
 * picture; the same numbers always give the same bytes. Layer: demo (shop). Called by
 * assets.c. SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_PICTURE_H
#define DEMO_SHOP_PICTURE_H

#include <stdbool.h>

#include "base/buf.h"
#include "demo/shop/catalogue.h"

/** Views of an article. */
typedef enum PictureView {
    PICTURE_STUDIO,  /**< alone, before a plain wall */
    PICTURE_SETTING, /**< in use: branches, steam, cutlery */
    PICTURE_SIZES,   /**< with its dimensions */
    PICTURE_VIEWS,
} PictureView;

enum { PROFILE_POINTS = 9 };

/** Outline of a shape: radii from the rim to the foot, in percent of the widest. */
typedef struct Profile {
    int radii[PROFILE_POINTS];
    bool is_flat; /**< a plate: seen from above, the radii are not used */
    int handles;  /**< 0, 1 (right) or 2 */
    char spout;   /**< 't' teapot, 'j' jug, ' ' none */
    bool has_lid;
    bool holds_stems; /**< a vase */
    bool is_hot;      /**< steams when in use */
} Profile;

/** Colours of a glaze, "#rrggbb": where light falls, body, shade, inside. */
typedef struct GlazeColours {
    const char *light, *body, *shade, *inside;
} GlazeColours;

const Profile *picture_profile(Shape shape);
const GlazeColours *picture_colours(Glaze glaze);
/** Append the SVG of a product. width_px: its natural width and height; larger pictures
 * show more grain. */
void picture_draw(Buf *out, const Product *product, PictureView view, int width_px);

#endif
