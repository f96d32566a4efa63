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

/* Radius of the outline at a height, by straight lines between the profile's points. */
static double radius_at(const Card *card, double y)
{
    double place = (y - card->top) / (card->foot - card->top) * (PROFILE_POINTS - 1);
    int point = (int)place;
    if (point >= PROFILE_POINTS - 1)
        return card->profile->radii[PROFILE_POINTS - 1] * card->radius / 100;
    double between = place - point;
    between = between * between * (3 - 2 * between);
    return (card->profile->radii[point] * (1 - between) +
            card->profile->radii[point + 1] * between) *
           card->radius / 100;
}

/* side: -1 left edge to 1 right edge. */
static Rgb shaded(const Card *card, double side)
{
    double light = 1 - fabs(side + 0.35) / 1.35;
    Rgb colour = light > 0.55 ? mix(card->body, card->light, (light - 0.55) / 0.4)
                              : mix(card->shade, card->body, light / 0.55);
    return colour;
}

static Rgb pixel(const Card *card, double x, double y)
{
    Rgb back = wall(card, x, y);
    if (card->profile->is_flat) {
        double dx = (x - card->centre) / card->radius;
        double dy = (y - card->foot + card->radius * 0.3) / (card->radius * 0.46);
        double distance = sqrt(dx * dx + dy * dy);
        if (distance > 1)
            return back;
        double ring = distance > 0.68 ? 0.25 : distance > 0.64 ? 0.9 : 0.1;
        return mix(shaded(card, dx * 0.8), card->shade, ring * 0.35);
    }
    double rim = card->profile->radii[0] * card->radius / 100;
    double ex = (x - card->centre) / rim, ey = (y - card->top) / (rim * 0.16);
    if (ex * ex + ey * ey < 1)
        return mix(card->shade, card->body, 0.25 + 0.3 * ey);
    double half = y < card->top ? 0 : radius_at(card, y);
    double bottom =
        card->foot + half * 0.1 *
                         sqrt(fmax(0, 1 - (x - card->centre) * (x - card->centre) /
                                              (half * half + 0.001)));
    if (y < card->top || y > bottom || fabs(x - card->centre) > half)
        return back;
    return shaded(card, (x - card->centre) / half);
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

/* Sixty levels a channel are enough for the eye and pack far better. */
static unsigned char level(double value)
{
    return (unsigned char)(((int)value / 4) * 4 + 2);
}

/* Rows of the picture, each with the filter byte 0 before it. */
static Str card_rows(Arena *arena, const Card *card)
{
    size_t row = (size_t)card->width * 3 + 1;
    unsigned char *bytes = arena_array(arena, (size_t)card->height, row);
    for (int y = 0; y < card->height; y++) {
        unsigned char *at = bytes + (size_t)y * row + 1;
        for (int x = 0; x < card->width; x++) {
            Rgb colour = pixel(card, x, y);
            *at++ = level(colour.red);
            *at++ = level(colour.green);
            *at++ = level(colour.blue);
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
    double scale = fmin(height * 0.7 / product->height_mm, width * 0.5 / product->width_mm);
    if (card.profile->is_flat)
        scale = width * 0.5 / product->width_mm;
    card.radius = product->width_mm * scale / 2;
    card.top = card.foot - product->height_mm * scale;
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf head = {0};
    buf_init(&head, 64);
    add_u32(&head, (uint32_t)width);
    add_u32(&head, (uint32_t)height);
    buf_add(&head, str_from("\x08\x02\x00\x00\x00", 5)); /* 8 bits, RGB, no interlace */
    Str packed = pack_zlib(arena, card_rows(arena, &card), is_compressed ? 9 : 0);
    buf_add(out, str_from("\x89PNG\r\n\x1a\n", 8));
    add_chunk(out, "IHDR", buf_str(&head));
    add_chunk(out, "IDAT", packed);
    add_chunk(out, "IEND", STR(""));
}
