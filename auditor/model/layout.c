/* layout.c - reading layout facts and observations. Layer: model.
 * SPDX-License-Identifier: MIT */
#include "model/layout.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"

const LayoutNode *layout_at(const Layout *layout, size_t element)
{
    size_t low = 0;
    size_t high = layout ? layout->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((size_t)layout->nodes[middle].element == element)
            return &layout->nodes[middle];
        if ((size_t)layout->nodes[middle].element < element)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/** Linear value of one 8-bit sRGB channel (WCAG 2.2, relative luminance). */
static double channel_linear(uint32_t channel)
{
    double value = (double)channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double color_luminance(uint32_t color)
{
    return 0.2126 * channel_linear(color >> 24 & 0xff) +
           0.7152 * channel_linear(color >> 16 & 0xff) +
           0.0722 * channel_linear(color >> 8 & 0xff);
}

double color_contrast(uint32_t a, uint32_t b)
{
    double first = color_luminance(a);
    double second = color_luminance(b);
    double lighter = fmax(first, second);
    double darker = fmin(first, second);
    return (lighter + 0.05) / (darker + 0.05);
}

static const Observation *observation_from(const Observations *list, size_t i,
                                           const char *name)
{
    for (; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    return NULL;
}

const Observation *observation_first(const Observations *list, const char *name)
{
    return observation_from(list, 0, name);
}

const Observation *observation_next(const Observations *list, const Observation *after)
{
    return observation_from(list, (size_t)(after - list->items) + 1, after->name);
}

Observation *observation_add(Arena *arena, Observations *list, const char *name,
                             double value, const char *text, int element)
{
    Observation made = {.name = arena_text(arena, name),
                        .value = value,
                        .text = text ? arena_text(arena, text) : NULL,
                        .element = element};
    ARENA_PUSH(arena, list->items, list->count, list->capacity, made);
    return &list->items[list->count - 1];
}

bool observation_is_told(const char *name)
{
    static const char *const prefixes[] = {"lcp.",      "cls.",     "inp.",
                                           "obstacle.", "consent.", "film."};
    for (size_t i = 0; i < COUNT_OF(prefixes); i++)
        if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return false;
}
