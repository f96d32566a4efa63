/* har_layout.c - layout facts as rows of numbers (a page has thousands), observations as
 * objects.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include "model/har_layout.h"

#include <math.h>

/* A row's numbers, in this order; named in the file too, so that readers need no source. */
static const char *const columns[] = {
    "element", "x",          "y",        "width",  "height", "flags",     "fontSize",
    "color",   "background", "contrast", "zIndex", "family", "coveredBy", "characters"};

enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

/** Tenths are enough for px, hundredths for ratios; more digits would differ between runs.
 */
static double rounded(double value, double steps)
{
    return round(value * steps) / steps;
}

static void put_row(JsonWriter *json, const LayoutNode *node)
{
    json_write_array(json);
    json_write_integer(json, node->element);
    json_write_number(json, rounded((double)node->x, 10));
    json_write_number(json, rounded((double)node->y, 10));
    json_write_number(json, rounded((double)node->width, 10));
    json_write_number(json, rounded((double)node->height, 10));
    json_write_integer(json, node->flags);
    json_write_number(json, rounded((double)node->font_size, 10));
    json_write_integer(json, node->color);
    json_write_integer(json, node->background);
    json_write_number(json, rounded((double)node->contrast, 100));
    json_write_integer(json, node->z_index);
    json_write_integer(json, node->family);
    json_write_integer(json, node->covered_by);
    json_write_integer(json, node->characters);
    json_write_end(json);
}

static void put_layout(JsonWriter *json, const Layout *layout)
{
    json_write_key(json, "layout");
    json_write_object(json);
    json_put_integer(json, "viewportWidth", layout->viewport_width);
    json_put_integer(json, "viewportHeight", layout->viewport_height);
    json_put_number(json, "documentWidth", rounded(layout->document_width, 10));
    json_put_number(json, "documentHeight", rounded(layout->document_height, 10));
    json_write_key(json, "families");
    json_write_array(json);
    for (size_t i = 0; i < layout->family_count; i++)
        json_write_text(json, layout->families[i]);
    json_write_end(json);
    json_write_key(json, "columns");
    json_write_array(json);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        json_write_text(json, columns[i]);
    json_write_end(json);
    json_write_key(json, "nodes");
    json_write_array(json);
    for (size_t i = 0; i < layout->count; i++)
        put_row(json, &layout->nodes[i]);
    json_write_end(json);
    json_write_end(json);
}

static void put_observation(JsonWriter *json, const Observation *observation)
{
    json_write_object(json);
    json_put_text(json, "name", observation->name);
    if (!isnan(observation->value))
        json_put_number(json, "value", observation->value);
    if (observation->text)
        json_put_text(json, "text", observation->text);
    if (observation->element >= 0)
        json_put_integer(json, "element", observation->element);
    if (observation->absent)
        json_put_text(json, "absent", observation->absent);
    json_write_end(json);
}

void har_layout_put(JsonWriter *json, const Page *page)
{
    if (page->layout)
        put_layout(json, page->layout);
    if (!page->observations.count)
        return;
    json_write_key(json, "observations");
    json_write_array(json);
    for (size_t i = 0; i < page->observations.count; i++)
        put_observation(json, &page->observations.items[i]);
    json_write_end(json);
}

/** Numbers of a file are anybody's: kept inside what an int holds. */
static int whole(double number, int otherwise)
{
    return number >= -2147483647.0 && number <= 2147483647.0 ? (int)number : otherwise;
}

static uint32_t word(double number)
{
    return number >= 0 && number <= 4294967295.0 ? (uint32_t)number : 0;
}

static bool row_read(const Json *row, LayoutNode *node)
{
    double numbers[COLUMN_COUNT] = {0};
    size_t n = 0;
    for (const Json *one = json_first(row); one && n < COLUMN_COUNT; one = json_next(one))
        numbers[n++] = json_number(one, 0);
    if (n < COLUMN_COUNT || numbers[0] < 0)
        return false;
    *node = (LayoutNode){.element = whole(numbers[0], 0),
                         .x = (float)numbers[1],
                         .y = (float)numbers[2],
                         .width = (float)numbers[3],
                         .height = (float)numbers[4],
                         .flags = word(numbers[5]),
                         .font_size = (float)numbers[6],
                         .color = word(numbers[7]),
                         .background = word(numbers[8]),
                         .contrast = (float)numbers[9],
                         .z_index = whole(numbers[10], 0),
                         .family = whole(numbers[11], -1),
                         .covered_by = whole(numbers[12], -1),
                         .characters = whole(numbers[13], 0)};
    return true;
}

static Layout *layout_read(Arena *arena, const Json *json)
{
    Layout *layout = ARENA_NEW(arena, Layout);
    layout->viewport_width = whole(json_number(json_get(json, "viewportWidth"), 0), 0);
    layout->viewport_height = whole(json_number(json_get(json, "viewportHeight"), 0), 0);
    layout->document_width = json_number(json_get(json, "documentWidth"), 0);
    layout->document_height = json_number(json_get(json, "documentHeight"), 0);
    const Json *families = json_get(json, "families");
    layout->families = ARENA_ARRAY(arena, (size_t)json_count(families), const char *);
    for (const Json *one = json_first(families); one; one = json_next(one))
        layout->families[layout->family_count++] = arena_text(arena, json_text(one, ""));
    LayoutNode node;
    int last = -1;
    for (const Json *row = json_first(json_get(json, "nodes"));
         row && layout->count < HAR_LAYOUT_NODES_MAX; row = json_next(row)) {
        /* layout_at halves: what is out of order cannot be found, so it is not kept. */
        if (!row_read(row, &node) || node.element <= last)
            continue;
        if (node.family >= (int)layout->family_count)
            node.family = -1;
        last = node.element;
        ARENA_PUSH(arena, layout->nodes, layout->count, layout->capacity, node);
    }
    return layout;
}

static void observations_read(Arena *arena, const Json *list, Observations *observations)
{
    for (const Json *one = json_first(list);
         one && observations->count < HAR_OBSERVATIONS_MAX; one = json_next(one)) {
        const char *name = json_text(json_get(one, "name"), "");
        if (!*name)
            continue;
        Observation *made = observation_add(
            arena, observations, name, json_number(json_get(one, "value"), NAN),
            json_text(json_get(one, "text"), NULL),
            whole(json_number(json_get(one, "element"), -1), -1));
        const char *absent = json_text(json_get(one, "absent"), NULL);
        made->absent = absent ? arena_text(arena, absent) : NULL;
    }
}

void har_layout_read(Arena *arena, const Json *own, Page *page)
{
    const Json *layout = json_get(own, "layout");
    if (layout && json_type(layout) == JSON_OBJECT)
        page->layout = layout_read(arena, layout);
    observations_read(arena, json_get(own, "observations"), &page->observations);
}
