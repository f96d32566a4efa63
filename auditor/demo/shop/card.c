/* card.c - see card.h. A solid of revolution lit from the left: the shade of a pixel
 * follows from how far it lies from the axis. Layer: demo (shop). SPDX-License-Identifier:
 * MIT */
#include "demo/shop/card.h"

#include <math.h>
#include <stdint.h>

#include "base/arena.h"
#include "demo/pack.h"
#include "demo/shop/picture.h"

/** A colour, 0 to 255 each. */
typedef struct Rgb {
    double red, green, blue;
} Rgb;

/** The picture being shaded. */
typedef struct Card {
    const Product *product;
    const Profile *profile;
    Rgb light, body, shade;
    int width, height;
    double centre, top, foot, radius; /**< px */
} Card;

static int hex_digit(char digit)
{
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

static Rgb rgb_of(const char *text)
{
    double parts[3];
    for (int i = 0; i < 3; i++)
        parts[i] = hex_digit(text[1 + 2 * i]) * 16 + hex_digit(text[2 + 2 * i]);
    return (Rgb){parts[0], parts[1], parts[2]};
}

static Rgb mix(Rgb a, Rgb b, double share)
{
    double t = share < 0 ? 0 : share > 1 ? 1 : share;
    return (Rgb){a.red + (b.red - a.red) * t, a.green + (b.green - a.green) * t,
                 a.blue + (b.blue - a.blue) * t};
}

static Rgb wall(const Card *card, double x, double y)
{
    double horizon = card->height * 0.72;
    Rgb colour = y < horizon ? mix((Rgb){238, 231, 219}, (Rgb){222, 213, 199}, y / horizon)
                             : mix((Rgb){206, 188, 166}, (Rgb){188, 166, 142},
                                   (y - horizon) / (card->height - horizon));
    double dx = (x - card->centre - card->radius * 0.2) / (card->radius * 1.35);
    double dy = (y - card->foot) / (card->radius * 0.22);
    double distance = sqrt(dx * dx + dy * dy);
    return mix((Rgb){90, 74, 60}, colour, distance * 0.9);
}

static double profile_at(const Card *card, int point)
{
    int last = PROFILE_POINTS - 1;
    return card->profile->radii[point < 0      ? 0
                                : point > last ? last
                                               : point] *
           card->radius / 100;
}

/* Radius of the outline at a height: the same curve through the points as in picture.c
 * (Catmull-Rom). */
static double radius_at(const Card *card, double y)
{
    double place = (y - card->top) / (card->foot - card->top) * (PROFILE_POINTS - 1);
    int point = place < 0                     ? 0
                : place >= PROFILE_POINTS - 1 ? PROFILE_POINTS - 2
                                              : (int)place;
    double t = fmin(place - point, 1);
    double p0 = profile_at(card, point - 1), p1 = profile_at(card, point);
    double p2 = profile_at(card, point + 1), p3 = profile_at(card, point + 2);
    return p1 + 0.5 * t *
                    (p2 - p0 +
                     t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
}

/* side: -1 left edge to 1 right edge. */
static Rgb shaded(const Card *card, double side)
{
    double light = 1 - fabs(side + 0.35) / 1.35;
    return light > 0.55 ? mix(card->body, card->light, (light - 0.55) / 0.4)
                        : mix(card->shade, card->body, light / 0.55);
}

/* How far from the middle line of a bow that stands out on a side, in px. */
static double handle_distance(const Card *card, double x, double y, int side)
{
    bool is_pair = card->profile->handles == 2;
    double height = card->foot - card->top;
    double dx = (x - card->centre) * side - card->radius * (is_pair ? 0.45 : 0.85);
    double dy = y - card->top - height * (is_pair ? 0.26 : 0.48);
    double rx = card->radius * (is_pair ? 0.42 : 0.55),
           ry = height * (is_pair ? 0.16 : 0.27);
    return fabs(sqrt(dx * dx / (rx * rx) + dy * dy / (ry * ry)) - 1) * fmin(rx, ry);
}

static Rgb with_handles(const Card *card, Rgb back, double x, double y)
{
    double thick = 6 + card->radius / 14;
    for (int i = 0; i < card->profile->handles; i++) {
        double distance = handle_distance(card, x, y, i ? -1 : 1);
        back = mix(back, mix(card->body, card->shade, distance / thick),
                   thick - distance + 0.5);
    }
    return back;
}

/* A spout of a teapot: a line from belly to tip, thick at the belly. */
static Rgb with_spout(const Card *card, Rgb back, double x, double y)
{
    if (card->profile->spout != 't')
        return back;
    double height = card->foot - card->top;
    double x1 = card->centre - card->radius * 0.8, y1 = card->top + height * 0.62;
    double dx = -card->radius * 0.75, dy = -height * 0.5;
    double along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy);
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    double away = hypot(x - x1 - along * dx, y - y1 - along * dy);
    double thick = card->radius * (0.24 - 0.15 * along);
    return mix(back, shaded(card, away / thick * 0.8 - 0.2), thick - away + 0.5);
}

static Rgb with_body(const Card *card, Rgb back, double x, double y)
{
    double off = x - card->centre;
    double half = radius_at(card, fmin(fmax(y, card->top), card->foot));
    double round = half * 0.14 * sqrt(fmax(0, 1 - off * off / (half * half)));
    if (y < card->top || y > card->foot + round + 1)
        return back;
    double covered = fmin(half - fabs(off), card->foot + round - y) + 0.5;
    bool is_raw = y > card->foot - (card->foot - card->top) * 0.09;
    Rgb colour = shaded(card, off / half);
    if (is_raw) /* the unglazed foot */
        colour =
            mix((Rgb){221, 191, 163}, (Rgb){122, 91, 69}, fabs(off / half + 0.35) / 1.35);
    return mix(back, colour, covered);
}

static Rgb with_rim(const Card *card, Rgb back, double x, double y)
{
    double rim = profile_at(card, 0);
    double ex = (x - card->centre) / rim, ey = (y - card->top) / (rim * 0.16);
    double inside = (1 - sqrt(ex * ex + ey * ey)) * rim * 0.16;
    if (!card->profile->has_lid)
        return mix(back, mix(card->shade, card->body, 0.25 + 0.3 * ey), inside + 0.5);
    double lx = (x - card->centre) / (rim * 1.08);
    double rise = y < card->top ? rim * 0.5 : rim * 0.18;
    double cap = 1 - sqrt(lx * lx + (y - card->top) * (y - card->top) / (rise * rise));
    back = mix(back, shaded(card, lx), cap * rise + 0.5);
    double knob = 8 + rim / 8;
    double away = hypot(x - card->centre, y - card->top + rim * 0.5 + knob * 0.6);
    return mix(back, shaded(card, (x - card->centre) / knob), knob - away + 0.5);
}

static Rgb plate(const Card *card, Rgb back, double x, double y)
{
    double dx = (x - card->centre) / card->radius;
    double dy = (y - card->foot + card->radius * 0.3) / (card->radius * 0.46);
    double distance = sqrt(dx * dx + dy * dy);
    double ring = distance > 0.68 ? 0.25 : distance > 0.64 ? 0.9 : 0.1;
    Rgb colour = mix(shaded(card, dx * 0.8), card->shade, ring * 0.35);
    return mix(back, colour, (1 - distance) * card->radius * 0.46 + 0.5);
}

static Rgb pixel(const Card *card, double x, double y)
{
    Rgb colour = wall(card, x, y);
    if (card->profile->is_flat)
        return plate(card, colour, x, y);
    colour = with_handles(card, colour, x, y);
    colour = with_spout(card, colour, x, y);
    colour = with_body(card, colour, x, y);
    return with_rim(card, colour, x, y);
}

static void add_u32(Buf *out, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_add_byte(out, (char)(number >> shift & 0xff));
}

static void add_chunk(Buf *out, const char *name, Str content)
{
    add_u32(out, (uint32_t)content.length);
    size_t start = out->length;
    buf_add_text(out, name);
    buf_add(out, content);
    add_u32(out, pack_crc(str_slice(buf_str(out), start, out->length - start)));
}

/* Rows of the picture. PNG filter 1: each byte is the difference to the pixel before it,
 * which packs gradients well (PNG specification, 9.2). */
static Str card_rows(Arena *arena, const Card *card, bool is_filtered)
{
    size_t row = (size_t)card->width * 3 + 1;
    unsigned char *bytes = arena_array(arena, (size_t)card->height, row);
    for (int y = 0; y < card->height; y++) {
        unsigned char *at = bytes + (size_t)y * row, before[3] = {0};
        *at++ = is_filtered ? 1 : 0;
        for (int x = 0; x < card->width; x++) {
            Rgb colour = pixel(card, x, y);
            unsigned char now[3] = {(unsigned char)colour.red, (unsigned char)colour.green,
                                    (unsigned char)colour.blue};
            for (int i = 0; i < 3; i++) {
                *at++ = (unsigned char)(is_filtered ? now[i] - before[i] : now[i]);
                before[i] = now[i];
            }
        }
    }
    return str_from((const char *)bytes, (size_t)card->height * row);
}

void card_png(Buf *out, const Product *product, int width, int height, bool is_compressed)
{
    const GlazeColours *colours = picture_colours(product->glaze);
    Card card = {.product = product,
                 .profile = picture_profile(product->shape),
                 .light = rgb_of(colours->light),
                 .body = rgb_of(colours->body),
                 .shade = rgb_of(colours->shade),
                 .width = width,
                 .height = height,
                 .centre = width / 2.0,
                 .foot = height * 0.86};
    double body_mm = product->width_mm;
    if (card.profile->spout == 't')
        body_mm *= 0.7; /* spout and handle are part of the width sold */
    double scale = fmin(height * 0.62 / product->height_mm, width * 0.34 / body_mm);
    if (card.profile->is_flat)
        scale = width * 0.5 / product->width_mm;
    card.radius = body_mm * scale / 2;
    card.top = card.foot - product->height_mm * scale;
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf head = {0};
    buf_init(&head, 64);
    add_u32(&head, (uint32_t)width);
    add_u32(&head, (uint32_t)height);
    buf_add(&head, str_from("\x08\x02\x00\x00\x00", 5)); /* 8 bits, RGB, no interlace */
    Str packed =
        pack_zlib(arena, card_rows(arena, &card, is_compressed), is_compressed ? 6 : 0);
    buf_add(out, str_from("\x89PNG\r\n\x1a\n", 8));
    add_chunk(out, "IHDR", buf_str(&head));
    add_chunk(out, "IDAT", packed);
    add_chunk(out, "IEND", STR(""));
}
