/* picture.c - see picture.h. All lengths are in a drawing of 1200 by 1200.
 * Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/picture.h"

#include <stdint.h>

#include "demo/markup.h"

enum {
    SIDE = 1200,
    HORIZON = 820,
    BASE = 960, /**< where feet stand */
    HALF = SIDE / 2,
};

/** A picture being drawn. */
typedef struct Drawing {
    Buf *out;
    const Product *product;
    const Profile *profile;
    const GlazeColours *colours;
    PictureView view;
    int grain;  /**< number of specks */
    int top;    /**< y of the rim */
    int foot;   /**< y of the foot */
    int centre; /**< x of the axis */
    int radius; /**< widest */
    uint32_t random;
} Drawing;

static const Profile PROFILES[SHAPE_COUNT] = {
    [SHAPE_TALL] = {.radii = {56, 50, 60, 88, 100, 96, 84, 70, 62}, .holds_stems = true},
    [SHAPE_ROUND] = {.radii = {42, 34, 62, 92, 100, 98, 86, 66, 46}, .holds_stems = true},
    [SHAPE_BUD] = {.radii = {30, 24, 26, 34, 58, 88, 100, 92, 66}, .holds_stems = true},
    [SHAPE_BOTTLE] = {.radii = {34, 28, 28, 32, 66, 94, 100, 96, 84}, .holds_stems = true},
    [SHAPE_LOW] = {.radii = {88, 94, 98, 100, 98, 92, 82, 66, 46}, .holds_stems = true},
    [SHAPE_AMPHORA] = {.radii = {44, 34, 40, 74, 98, 100, 84, 58, 40},
                       .handles = 2,
                       .holds_stems = true},
    [SHAPE_MUG] = {.is_hot = true,
                   .radii = {94, 95, 97, 98, 100, 100, 99, 96, 84},
                   .handles = 1},
    [SHAPE_ESPRESSO] = {.is_hot = true,
                        .radii = {100, 99, 98, 96, 93, 88, 82, 74, 60},
                        .handles = 1},
    [SHAPE_BOWL] = {.is_hot = true, .radii = {100, 99, 96, 92, 85, 75, 61, 46, 42}},
    [SHAPE_TUMBLER] = {.radii = {100, 97, 93, 90, 89, 90, 92, 91, 78}},
    [SHAPE_TEACUP] = {.is_hot = true,
                      .radii = {100, 95, 89, 82, 74, 64, 52, 42, 40},
                      .handles = 1},
    [SHAPE_LATTE] = {.is_hot = true,
                     .radii = {100, 99, 97, 93, 86, 76, 63, 50, 46},
                     .handles = 1},
    [SHAPE_DINNER] = {.is_flat = true},
    [SHAPE_DESSERT] = {.is_flat = true},
    [SHAPE_SOUP] = {.is_flat = true},
    [SHAPE_PLATTER] = {.is_flat = true},
    [SHAPE_SALAD] = {.radii = {96, 100, 99, 96, 90, 81, 68, 52, 44}},
    [SHAPE_PEBBLE] = {.is_flat = true},
    [SHAPE_TEAPOT] = {.is_hot = true,
                      .radii = {40, 64, 84, 96, 100, 98, 90, 76, 60},
                      .handles = 1,
                      .spout = 't',
                      .has_lid = true},
    [SHAPE_TEAPOTSMALL] = {.is_hot = true,
                           .radii = {44, 70, 88, 98, 100, 96, 88, 74, 58},
                           .handles = 1,
                           .spout = 't',
                           .has_lid = true},
    [SHAPE_JUG] = {.radii = {70, 62, 60, 68, 84, 97, 100, 92, 74},
                   .handles = 1,
                   .spout = 'j'},
    [SHAPE_CARAFE] = {.radii = {60, 46, 44, 50, 66, 86, 98, 100, 90}, .spout = 'j'},
    [SHAPE_CREAMER] = {.radii = {78, 70, 72, 82, 94, 100, 98, 88, 70},
                       .handles = 1,
                       .spout = 'j'},
    [SHAPE_SUGAR] = {.radii = {74, 88, 96, 100, 100, 98, 94, 84, 66}, .has_lid = true},
};

static const GlazeColours COLOURS[GLAZE_COUNT] = {
    [GLAZE_CHALK] = {"#fffdf6", "#ece5d6", "#a99f8c", "#cfc6b3"},
    [GLAZE_CELADON] = {"#e3efe2", "#a9c6b0", "#5f8672", "#86a894"},
    [GLAZE_NIGHT] = {"#7d93bd", "#2f4878", "#131f3d", "#d9dde6"},
    [GLAZE_OCHRE] = {"#f4d08a", "#cf9440", "#7b4d17", "#b07b30"},
    [GLAZE_CHARCOAL] = {"#85858a", "#454449", "#1c1b1f", "#5b5a60"},
    [GLAZE_CLAY] = {"#f2cdb9", "#d39a7f", "#8d5640", "#b97f65"},
};

const Profile *picture_profile(Shape shape)
{
    return &PROFILES[shape];
}

const GlazeColours *picture_colours(Glaze glaze)
{
    return &COLOURS[glaze];
}

/* Our own generator: the same picture everywhere, and no clock. */
static int random_below(Drawing *d, int below)
{
    d->random = d->random * 1664525u + 1013904223u;
    return (int)((d->random >> 8) % (uint32_t)below);
}

static int radius_at(const Drawing *d, int point)
{
    return d->profile->radii[point] * d->radius / 100;
}

static int y_at(const Drawing *d, int point)
{
    return d->top + (d->foot - d->top) * point / (PROFILE_POINTS - 1);
}

static int clamp_point(int point)
{
    return point < 0 ? 0 : point >= PROFILE_POINTS ? PROFILE_POINTS - 1 : point;
}

/* One side of the outline as cubic curves through the points (Catmull-Rom with tension 1/6,
 * the usual conversion to Bézier curves). side: +1 right, -1 left; step: +1 down, -1 up. */
static void outline_side(const Drawing *d, int side, int step)
{
    int first = step > 0 ? 0 : PROFILE_POINTS - 1;
    for (int i = 0; i < PROFILE_POINTS - 1; i++) {
        int p1 = first + i * step;
        int p0 = clamp_point(p1 - step), p2 = p1 + step, p3 = clamp_point(p2 + step);
        int x1 = radius_at(d, p1) + (radius_at(d, p2) - radius_at(d, p0)) / 6;
        int x2 = radius_at(d, p2) - (radius_at(d, p3) - radius_at(d, p1)) / 6;
        int y1 = y_at(d, p1) + (y_at(d, p2) - y_at(d, p0)) / 6;
        int y2 = y_at(d, p2) - (y_at(d, p3) - y_at(d, p1)) / 6;
        markup_print(d->out, "C%d %d %d %d %d %d", d->centre + side * x1, y1,
                     d->centre + side * x2, y2, d->centre + side * radius_at(d, p2),
                     y_at(d, p2));
    }
}

static void outline(const Drawing *d)
{
    int rim = radius_at(d, 0), foot = radius_at(d, PROFILE_POINTS - 1);
    markup_print(d->out, "M%d %d", d->centre + rim, d->top);
    outline_side(d, 1, 1);
    markup_print(d->out, "A%d %d 0 0 1 %d %d", foot, foot * 14 / 100, d->centre - foot,
                 d->foot);
    outline_side(d, -1, -1);
    markup_print(d->out, "A%d %d 0 0 1 %d %dZ", rim, rim * 16 / 100, d->centre + rim,
                 d->top);
}

static void gradients(const Drawing *d)
{
    const GlazeColours *c = d->colours;
    markup_print(
        d->out,
        "<linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"%s\"/><stop offset=\".14\" "
        "stop-color=\"%s\"/><stop offset=\".32\" stop-color=\"%s\"/><stop offset=\".58\" "
        "stop-color=\"%s\"/><stop offset=\".93\" stop-color=\"%s\"/><stop offset=\"1\" "
        "stop-color=\"%s\"/></linearGradient>",
        c->shade, c->body, c->light, c->body, c->shade, c->body);
    markup_print(
        d->out,
        "<linearGradient id=\"r\"><stop offset=\"0\" stop-color=\"#8a6a52\"/><stop "
        "offset=\".32\" stop-color=\"#dcbfa3\"/><stop offset=\"1\" "
        "stop-color=\"#7a5b45\"/></linearGradient>"
        "<linearGradient id=\"n\" x2=\"0\" y2=\"1\"><stop offset=\"0\" "
        "stop-color=\"%s\"/><stop offset=\"1\" stop-color=\"%s\"/></linearGradient>",
        c->shade, c->inside);
    markup_print(
        d->out,
        "<radialGradient id=\"p\" cx=\".38\" cy=\".3\" r=\".8\"><stop offset=\"0\" "
        "stop-color=\"%s\"/><stop offset=\".6\" stop-color=\"%s\"/><stop offset=\"1\" "
        "stop-color=\"%s\"/></radialGradient>"
        "<filter id=\"b\" x=\"-50%%\" y=\"-50%%\" width=\"200%%\" height=\"200%%\">"
        "<feGaussianBlur stdDeviation=\"16\"/></filter>",
        c->light, c->body, c->shade);
}

static void background(const Drawing *d)
{
    static const char *const walls[CATEGORY_COUNT] = {[CATEGORY_VASES] = "#e9e2d6",
                                                      [CATEGORY_CUPS] = "#dfe5e3",
                                                      [CATEGORY_PLATES] = "#e8dfd8",
                                                      [CATEGORY_TEAPOTS] = "#e3e2ea"};
    if (d->view == PICTURE_SIZES) {
        markup_print(d->out, "<path fill=\"#faf8f4\" d=\"M0 0H1200V1200H0z\"/>");
        return;
    }
    markup_print(d->out, "<path fill=\"%s\" d=\"M0 0H1200V1200H0z\"/>",
                 walls[d->product->category]);
    if (d->view == PICTURE_SETTING && d->profile->is_flat) {
        markup_print(d->out, "<path fill=\"#c2a083\" d=\"M0 0H1200V1200H0z\"/>");
        for (int y = 150; y < SIDE; y += 210)
            markup_print(d->out,
                         "<path fill=\"#8a6646\" opacity=\".25\" d=\"M0 %dH1200v5H0z\"/>",
                         y);
        return;
    }
    if (d->view == PICTURE_SETTING)
        markup_print(d->out, "<g fill=\"#fff\" opacity=\".35\"><path d=\"M120 0H420L760 "
                             "820H460z\"/><path d=\"M500 0H640L980 820H840z\"/></g>");
    markup_print(d->out,
                 "<path fill=\"%s\" d=\"M0 %dH1200V1200H0z\"/><path fill=\"#fff\" "
                 "opacity=\".25\" d=\"M0 %dH1200v6H0z\"/>",
                 d->view == PICTURE_SETTING ? "#c2a083" : "#d8cdbd", HORIZON, HORIZON);
}

static void shadow(const Drawing *d, int radius_x, int radius_y)
{
    markup_print(d->out,
                 "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\" fill=\"#2a1c10\" "
                 "opacity=\".38\" filter=\"url(#b)\"/>",
                 d->centre + radius_x / 6, d->foot + radius_y / 4, radius_x, radius_y);
}

/* The grain of stoneware: iron specks, clipped to the outline by the group around it. */
static void specks(Drawing *d, int left, int top, int width, int height)
{
    buf_add_text(d->out, "<g fill=\"#3b2a1c\" opacity=\".3\">");
    for (int i = 0; i < d->grain; i++) {
        int x = left + random_below(d, width), y = top + random_below(d, height);
        markup_print(d->out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\"/>", x, y,
                     1 + random_below(d, 4));
    }
    buf_add_text(d->out, "</g>");
}

static void handle(const Drawing *d, int side)
{
    int upper = d->profile->handles == 2 ? 1 : 2, lower = d->profile->handles == 2 ? 3 : 6;
    int x1 = d->centre + side * (radius_at(d, upper) - 10), y1 = y_at(d, upper);
    int x2 = d->centre + side * (radius_at(d, lower) - 14), y2 = y_at(d, lower);
    int reach =
        side * (d->profile->handles == 2 ? d->radius * 70 / 100 : d->radius * 72 / 100);
    int thick = 24 + d->radius / 14;
    for (int pass = 0; pass < 2; pass++)
        markup_print(d->out,
                     "<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\" "
                     "stroke-width=\"%d\" stroke-linecap=\"round\"/>",
                     x1, y1, x1 + reach, y1 - 20, x2 + reach, y2 + 10, x2, y2,
                     pass ? d->colours->body : d->colours->shade, pass ? thick / 2 : thick);
}

static void spout(const Drawing *d)
{
    if (d->profile->spout == 't') {
        int x = d->centre - d->radius * 80 / 100, y = y_at(d, 5);
        int tip = d->centre - d->radius * 158 / 100, tip_y = y_at(d, 1);
        markup_print(
            d->out,
            "<path fill=\"url(#g)\" d=\"M%d %dC%d %d %d %d %d %dL%d %dC%d %d %d %d %d "
            "%dz\"/>",
            x, y, tip + 70, y, tip + 90, tip_y + 60, tip, tip_y, tip + 54, tip_y - 8,
            tip + 130, tip_y + 40, x - 10, y_at(d, 3) - 40, x + 40, y_at(d, 2));
    } else if (d->profile->spout == 'j') {
        int x = d->centre - radius_at(d, 0);
        markup_print(d->out, "<path fill=\"%s\" d=\"M%d %dQ%d %d %d %dQ%d %d %d %dz\"/>",
                     d->colours->body, x + 60, d->top - 14, x - 20, d->top - 34, x - 46,
                     d->top - 22, x - 6, d->top + 40, x + 14, d->top + 96);
    }
}

static void lid(const Drawing *d)
{
    int rim = radius_at(d, 0) + 14, rise = rim * 52 / 100;
    markup_print(
        d->out,
        "<path fill=\"url(#g)\" d=\"M%d %dC%d %d %d %d %d %dA%d %d 0 0 1 %d %dz\"/>"
        "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"url(#p)\"/>",
        d->centre - rim, d->top, d->centre - rim * 2 / 3, d->top - rise,
        d->centre + rim * 2 / 3, d->top - rise, d->centre + rim, d->top, rim,
        rim * 18 / 100, d->centre - rim, d->top, d->centre, d->top - rise + 4,
        16 + rim / 9);
}

static void leaf(Drawing *d, int x, int y, int angle, const char *colour)
{
    markup_print(d->out,
                 "<ellipse cx=\"%d\" cy=\"%d\" rx=\"46\" ry=\"17\" fill=\"%s\" "
                 "transform=\"rotate(%d %d %d)\"/>",
                 x, y, colour, angle, x, y);
}

static void stems(Drawing *d)
{
    static const char *const greens[] = {"#6f8a66", "#8aa27a", "#55705a"};
    int count = d->product->shape == SHAPE_BUD ? 1 : 5;
    int height = d->top < 520 ? d->top - 60 : 440;
    for (int i = 0; i < count; i++) {
        int lean = count == 1 ? 40 : (i - 2) * 110 + random_below(d, 50);
        int tip = d->top - height + (count == 1 ? 0 : (i - 2) * (i - 2) * 26);
        const char *colour = greens[i % 3];
        markup_print(d->out,
                     "<path d=\"M%d %dQ%d %d %d %d\" fill=\"none\" stroke=\"%s\" "
                     "stroke-width=\"8\"/>",
                     d->centre + lean / 12, d->top + 8, d->centre + lean / 3,
                     (d->top + tip) / 2, d->centre + lean, tip, colour);
        for (int k = 1; k <= 5; k++) {
            int x = d->centre + lean * k * k / 25, y = d->top + (tip - d->top) * k / 5;
            leaf(d, x + 34, y + 10, -38 + lean / 12, colour);
            leaf(d, x - 34, y - 8, 214 + lean / 12, colour);
        }
    }
}

static void steam(const Drawing *d)
{
    for (int i = -1; i <= 1; i++)
        markup_print(
            d->out,
            "<path d=\"M%d %dc-50 -70 60 -110 0 -190s40 -90 10 -150\" fill=\"none\" "
            "stroke=\"#fff\" stroke-width=\"22\" stroke-linecap=\"round\" "
            "opacity=\".5\" filter=\"url(#b)\"/>",
            d->centre + i * radius_at(d, 0) / 2, d->top - 10);
}

static void rim(const Drawing *d)
{
    int radius = radius_at(d, 0);
    markup_print(d->out,
                 "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\" fill=\"url(#n)\" "
                 "stroke=\"%s\" stroke-width=\"7\"/>",
                 d->centre, d->top, radius - 3, radius * 16 / 100, d->colours->light);
}

static void body(Drawing *d)
{
    int height = d->foot - d->top, band = d->foot - height * 9 / 100;
    buf_add_text(d->out, "<clipPath id=\"c\"><path d=\"");
    outline(d);
    buf_add_text(d->out, "\"/></clipPath><g clip-path=\"url(#c)\">");
    markup_print(d->out, "<path fill=\"url(#g)\" d=\"M%d %dH%dV%dH%dz\"/>",
                 d->centre - d->radius, d->top - 80, d->centre + d->radius, d->foot + 80,
                 d->centre - d->radius);
    for (int i = 2; i < PROFILE_POINTS - 1; i += 2)
        markup_print(d->out,
                     "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\" fill=\"none\" "
                     "stroke=\"#fff\" stroke-width=\"5\" opacity=\".14\"/>",
                     d->centre, y_at(d, i) - 18, radius_at(d, i),
                     radius_at(d, i) * 15 / 100);
    specks(d, d->centre - d->radius, d->top, 2 * d->radius, height);
    /* the unglazed foot, with the uneven edge a dipped glaze leaves */
    markup_print(d->out,
                 "<path fill=\"url(#r)\" d=\"M%d %dq%d 40 %d 14t%d 10t%d -8V%dH%dz\"/>",
                 d->centre - d->radius, band, d->radius / 3, d->radius * 2 / 3,
                 d->radius * 2 / 3, d->radius * 2 / 3, d->foot + 80, d->centre - d->radius);
    markup_print(d->out,
                 "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\" fill=\"#fff\" "
                 "opacity=\".42\" filter=\"url(#b)\"/></g>",
                 d->centre - d->radius * 42 / 100, d->top + height * 40 / 100,
                 d->radius / 11, height * 30 / 100);
}

static void vessel(Drawing *d)
{
    shadow(d, radius_at(d, 7) * 130 / 100, d->radius * 20 / 100);
    for (int i = 0; i < d->profile->handles; i++)
        handle(d, i ? -1 : 1);
    if (d->profile->spout == 't')
        spout(d);
    body(d);
    if (d->profile->spout == 'j')
        spout(d);
    rim(d);
    if (d->profile->has_lid)
        lid(d);
    if (d->view != PICTURE_SETTING)
        return;
    if (d->profile->holds_stems)
        stems(d);
    else if (d->profile->is_hot)
        steam(d);
}

static void plate_ring(const Drawing *d, int share, int flat, const char *fill, int opacity)
{
    int radius = d->radius * share / 100;
    markup_print(d->out,
                 "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\" fill=\"%s\" "
                 "opacity=\"0.%d\"/>",
                 d->centre, (d->top + d->foot) / 2, radius, radius * flat / 100, fill,
                 opacity);
}

/* Plates: tilted towards the viewer, or straight from above in their setting. */
static void plate(Drawing *d)
{
    bool is_above = d->view == PICTURE_SETTING;
    int flat = is_above ? 100 : 46, y = (d->top + d->foot) / 2;
    int depth = is_above ? 0 : 10 + d->product->height_mm / 2;
    markup_print(d->out,
                 "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\" fill=\"#2a1c10\" "
                 "opacity=\".4\" filter=\"url(#b)\"/>",
                 d->centre + 26, y + depth + 34, d->radius, d->radius * flat / 100);
    markup_print(d->out, "<ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\" fill=\"%s\"/>",
                 d->centre, y + depth, d->radius * 97 / 100, d->radius * flat * 97 / 10000,
                 d->colours->shade);
    markup_print(d->out,
                 "<clipPath id=\"c\"><ellipse cx=\"%d\" cy=\"%d\" rx=\"%d\" ry=\"%d\"/>"
                 "</clipPath><g clip-path=\"url(#c)\">",
                 d->centre, y, d->radius, d->radius * flat / 100);
    plate_ring(d, 100, flat, "url(#p)", 99);
    plate_ring(d, 94, flat, d->colours->shade, 35);
    plate_ring(d, 92, flat, "url(#p)", 99);
    plate_ring(d, 70, flat, d->colours->shade, 30);
    plate_ring(d, 68, flat, "url(#p)", 99);
    for (int share = 58; share > 8; share -= 10)
        plate_ring(d, share, flat, d->colours->light, 12);
    specks(d, d->centre - d->radius, y - d->radius * flat / 100, 2 * d->radius,
           2 * d->radius * flat / 100);
    buf_add_text(d->out, "</g>");
    if (!is_above)
        return;
    for (int side = -1; side <= 1; side += 2)
        markup_print(
            d->out,
            "<g fill=\"#8d8a86\"><rect x=\"%d\" y=\"380\" width=\"22\" height=\"480\" "
            "rx=\"11\"/><rect x=\"%d\" y=\"300\" width=\"44\" height=\"170\" "
            "rx=\"22\"/></g>",
            d->centre + side * (d->radius + 80) - 11,
            d->centre + side * (d->radius + 80) - 22);
    leaf(d, d->centre - 40, y + 20, -30, "#6f8a66");
    leaf(d, d->centre + 36, y - 10, 24, "#8aa27a");
}

static void length_text(const Drawing *d, int x, int y, int mm)
{
    markup_print(d->out,
                 "<text x=\"%d\" y=\"%d\" font-family=\"sans-serif\" font-size=\"52\" "
                 "fill=\"#4a3d31\" text-anchor=\"middle\">%d mm</text>",
                 x, y, mm);
}

/* The widest point and the height, as drawn; a plate has its width only. */
static void dimensions(const Drawing *d)
{
    int left = d->centre - d->radius, right = d->centre + d->radius, y = d->foot + 110;
    markup_print(d->out,
                 "<path d=\"M%d %dH%dM%d %dv40M%d %dv40\" stroke=\"#4a3d31\" "
                 "stroke-width=\"5\" fill=\"none\"/>",
                 left, y, right, left, y - 20, right, y - 20);
    length_text(d, d->centre, y + 66, d->product->width_mm);
    if (d->profile->is_flat)
        return;
    int x = 130;
    markup_print(d->out,
                 "<path d=\"M%d %dV%dM%d %dh40M%d %dh40\" stroke=\"#4a3d31\" "
                 "stroke-width=\"5\" fill=\"none\"/>",
                 x, d->top, d->foot, x - 20, d->top, x - 20, d->foot);
    length_text(d, x + 60, d->top - 34, d->product->height_mm);
}

/* Fit the article into the picture: as large as its height and width allow. */
static void place(Drawing *d)
{
    int room = d->profile->holds_stems && d->view == PICTURE_SETTING ? 430 : 560;
    int room_wide = d->profile->handles == 1 || d->profile->spout == 't' ? 520 : 700;
    int height = d->product->height_mm, width = d->product->width_mm;
    if (d->profile->spout == 't')
        width = width * 70 / 100; /* spout and handle are part of the width sold */
    if (d->profile->is_flat)
        height = 1;
    int scale = room * 100 / height < room_wide * 100 / width ? room * 100 / height
                                                              : room_wide * 100 / width;
    d->centre = HALF;
    d->radius = width * scale / 200;
    d->foot = d->profile->is_flat ? (d->view == PICTURE_SETTING ? 860 : 900) : BASE;
    d->top = d->profile->is_flat ? d->foot - (d->view == PICTURE_SETTING ? 520 : 300)
                                 : d->foot - height * scale / 100;
}

void picture_draw(Buf *out, const Product *product, PictureView view, int width_px)
{
    Drawing d = {.out = out,
                 .product = product,
                 .profile = &PROFILES[product->shape],
                 .colours = &COLOURS[product->glaze],
                 .view = view,
                 .grain = width_px / 12,
                 .random = (uint32_t)product->cents * 7919u + (uint32_t)product->height_mm};
    place(&d);
    markup_print(out,
                 "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                 "viewBox=\"0 0 %d %d\"><defs>",
                 width_px, width_px, SIDE, SIDE);
    gradients(&d);
    buf_add_text(out, "</defs>");
    background(&d);
    if (d.profile->is_flat)
        plate(&d);
    else
        vessel(&d);
    if (view == PICTURE_SIZES)
        dimensions(&d);
    buf_add_text(out, "</svg>\n");
}
