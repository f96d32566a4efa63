/* srcset.c - see srcset.h. The HTML Standard leaves the choice to the browser; this is
 * Chromium's: the first density that suffices, or the one below when it is nearer by the
 * geometric mean. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/http/srcset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "visit/http/media.h"

enum { CANDIDATES_MAX = 64 };

typedef struct Candidate {
    Str url;
    double density;
    int order;
} Candidate;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/** Width in px that the sizes attribute gives; the whole viewport when it says nothing that
 * can be told without layout. */
static double sizes_px(const Persona *persona, const char *sizes)
{
    Str rest = str_of(sizes);
    Str part;
    while (sizes && str_next(&rest, ',', &part)) {
        part = str_trim(part);
        size_t space = part.length;
        while (space > 0 && !is_blank(part.data[space - 1]) && part.data[space - 1] != ')')
            space--;
        double px = 0;
        bool is_length =
            css_length_px(persona, str_slice(part, space, part.length), &px) && px > 0;
        if (media_holds(persona, str_slice(part, 0, space)))
            return is_length ? px : persona->width;
    }
    return persona->width;
}

/** "2x", "640w" to a density; 0 when it is neither. */
static double density_of(Str descriptor, double slot_px)
{
    descriptor = str_trim(descriptor);
    if (descriptor.length == 0)
        return 1;
    char unit = descriptor.data[descriptor.length - 1];
    double number = 0;
    if (!str_to_double(str_slice(descriptor, 0, descriptor.length - 1), &number) ||
        number <= 0)
        return 0;
    if (unit == 'w')
        return number / (slot_px > 0 ? slot_px : 1);
    return unit == 'x' ? number : 0;
}

/** Take one candidate off the front: a URL without blanks, then a descriptor up to a comma.
 */
static bool candidate_next(Str *rest, Str *url, Str *descriptor)
{
    size_t i = 0;
    while (i < rest->length && (is_blank(rest->data[i]) || rest->data[i] == ','))
        i++;
    size_t start = i;
    while (i < rest->length && !is_blank(rest->data[i]))
        i++;
    if (i == start)
        return false;
    *url = str_slice(*rest, start, i - start);
    *descriptor = STR("");
    if (str_ends_with(*url, STR(","))) {
        *url = str_slice(*url, 0, url->length - 1);
    } else {
        size_t end = str_find_byte(*rest, ',', i);
        *descriptor = str_slice(*rest, i, end == SIZE_MAX ? rest->length : end - i);
        i = end == SIZE_MAX ? rest->length : end + 1;
    }
    *rest = str_slice(*rest, i, rest->length);
    return true;
}

static int candidate_compare(const void *left, const void *right)
{
    const Candidate *a = left;
    const Candidate *b = right;
    if (a->density != b->density)
        return a->density < b->density ? -1 : 1;
    return a->order - b->order;
}

static const Candidate *candidate_choose(const Candidate *candidates, size_t count,
                                         double ratio)
{
    for (size_t i = 0; i + 1 < count; i++) {
        double next = candidates[i + 1].density;
        double here = candidates[i].density;
        if (next < ratio)
            continue;
        bool takes_next = (ratio <= 1 && ratio > here) || ratio >= sqrt(here * next);
        return takes_next ? &candidates[i + 1] : &candidates[i];
    }
    return &candidates[count - 1];
}

const char *srcset_choose(Arena *arena, const Persona *persona, const char *srcset,
                          const char *sizes, const char *fallback)
{
    Candidate candidates[CANDIDATES_MAX];
    size_t count = 0;
    double slot_px = sizes_px(persona, sizes);
    Str rest = str_of(srcset);
    Str url;
    Str descriptor;
    bool has_plain = false; /* a candidate that stands in for src */
    while (count < CANDIDATES_MAX - 1 && candidate_next(&rest, &url, &descriptor)) {
        double density = density_of(descriptor, slot_px);
        has_plain =
            has_plain || density == 1 || str_ends_with(str_trim(descriptor), STR("w"));
        if (density > 0 && url.length > 0) {
            candidates[count] = (Candidate){url, density, (int)count};
            count++;
        }
    }
    if (fallback && *fallback && !has_plain) {
        candidates[count] = (Candidate){str_of(fallback), 1, (int)count};
        count++;
    }
    if (count == 0)
        return fallback && *fallback ? fallback : NULL;
    qsort(candidates, count, sizeof *candidates, candidate_compare);
    double ratio = persona->pixel_ratio > 0 ? persona->pixel_ratio : 1;
    return arena_str_text(arena, candidate_choose(candidates, count, ratio)->url);
}

static bool type_is_supported(const char *type)
{
    static const char *const known[] = {"image/avif", "image/webp",   "image/png",
                                        "image/jpeg", "image/gif",    "image/svg+xml",
                                        "image/bmp",  "image/x-icon", "image/apng",
                                        "image/jpg",  "image/x-png"};
    if (!type || !*type)
        return true;
    Str name = str_trim(str_slice(str_of(type), 0, strcspn(type, ";")));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_equal_nocase(name, str_of(known[i])))
            return true;
    return false;
}

static const char *picture_source(Arena *arena, const Persona *persona, const Node *img)
{
    const Node *picture = node_parent(img);
    if (!picture || !node_is_tag(picture, "picture"))
        return NULL;
    for (const Node *node = node_first_child(picture); node && node != img;
         node = node_next(node)) {
        const char *srcset = node_attribute(node, "srcset");
        if (!node_is_tag(node, "source") || !srcset || !*srcset ||
            !type_is_supported(node_attribute(node, "type")) ||
            !media_holds(persona, str_of(node_attribute(node, "media"))))
            continue;
        const char *url =
            srcset_choose(arena, persona, srcset, node_attribute(node, "sizes"), NULL);
        if (url)
            return url;
    }
    return NULL;
}

const char *image_source(Arena *arena, const Persona *persona, const Node *img)
{
    const char *url = picture_source(arena, persona, img);
    const char *source = node_attribute(img, "src");
    const char *srcset = node_attribute(img, "srcset");
    if (url)
        return url;
    if (srcset && *srcset)
        return srcset_choose(arena, persona, srcset, node_attribute(img, "sizes"), source);
    return source && *source ? source : NULL;
}
