/* fonts.c - which font files a browser would fetch for the page's text.
 *
 * Without a cascade it cannot be told which weights appear; taken are the regular face of
 * each family used, the bold one where the page has headings or strong text, never italic
 * unless there is nothing else. Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <stddef.h>

#include "visit/http/resources.h"

enum { REGULAR = 400, BOLD = 700, FONTS_MAX = 20, PRIORITY_FONT = 1 };

static bool family_has_face(const ResourceList *list, Str family)
{
    for (size_t i = 0; i < list->face_count; i++)
        if (str_equal_nocase(list->faces[i].family, family))
            return true;
    return false;
}

/** The first family of a stack that a sheet brings along; empty: none. */
static Str stack_family(const ResourceList *list, Str stack)
{
    Str part;
    while (str_next(&stack, ',', &part)) {
        Str name = str_trim(part);
        if (name.length >= 2 && (name.data[0] == '"' || name.data[0] == '\''))
            name = str_slice(name, 1, name.length - 2);
        if (family_has_face(list, name))
            return name;
    }
    return STR("");
}

static double weight_gap(const FontFace *face, double weight)
{
    if (weight < face->weight_from)
        return face->weight_from - weight;
    return weight > face->weight_to ? weight - face->weight_to : 0;
}

/** How far the family's nearest upright face is from a weight; INFINITY: none covers the
 * text. */
static double nearest_gap(const ResourceList *list, Str family, double weight, bool italic)
{
    double nearest = INFINITY;
    for (size_t i = 0; i < list->face_count; i++) {
        const FontFace *face = &list->faces[i];
        if (str_equal_nocase(face->family, family) && face->covers_text &&
            face->is_italic == italic)
            nearest = fmin(nearest, weight_gap(face, weight));
    }
    return nearest;
}

static void weight_add(ResourceList *list, Str family, double weight, int *left)
{
    bool italic = isinf(nearest_gap(list, family, weight, false));
    double gap = nearest_gap(list, family, weight, italic);
    for (size_t i = 0; i<list->face_count && * left> 0; i++) {
        const FontFace *face = &list->faces[i];
        if (!str_equal_nocase(face->family, family) || !face->covers_text ||
            face->is_italic != italic || weight_gap(face, weight) > gap)
            continue;
        Resource *resource =
            resource_add(list, str_of(face->url), face->sheet, RESOURCE_FONT);
        if (!resource)
            continue;
        resource->referrer = face->sheet;
        resource->is_cors = true;
        resource->priority = PRIORITY_FONT;
        --*left;
    }
}

static bool page_has_bold(const Document *document)
{
    static const char *const tags[] = {"h1", "h2", "h3", "strong", "b", "th"};
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (document_by_tag(document, tags[i])->count > 0)
            return true;
    return false;
}

void fonts_choose(ResourceList *list)
{
    bool has_bold = page_has_bold(list->shown->document);
    int left = FONTS_MAX;
    for (size_t i = 0; i < list->stack_count; i++) {
        Str family = stack_family(list, list->stacks[i]);
        if (family.length == 0)
            continue;
        weight_add(list, family, REGULAR, &left);
        if (has_bold)
            weight_add(list, family, BOLD, &left);
    }
}
