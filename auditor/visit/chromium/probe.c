/* probe.c - what a page shows to one who only looks: its width, its targets, its pictures,
 * layers that came unasked. Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "visit/chromium/watch.h"

enum { ENTRY_MS = 10000, SPLASH_MS = 1000 };

/* ---- pictures ---- */

static const Exchange *picture_exchange(const Measure *measure, const char *url)
{
    const Visit *visit = measure->visitor->base.visit;
    Str wanted = str_of(url);
    size_t fragment = str_find_byte(wanted, '#', 0);
    if (fragment != SIZE_MAX)
        wanted = str_slice(wanted, 0, fragment);
    for (size_t i = visit->exchange_count; i-- > 0;)
        if (visit->exchanges[i]->type == RESOURCE_IMAGE &&
            str_equal_text(wanted, visit->exchanges[i]->url))
            return visit->exchanges[i];
    return NULL;
}

/* Drawings have no size of their own: enlarging them costs nothing. */
static bool is_drawing(const char *url, const Exchange *exchange)
{
    if (exchange && *exchange->mime)
        return strcmp(exchange->mime, "image/svg+xml") == 0;
    Str text = str_of(url);
    return str_starts_with(text, STR("data:image/svg")) ||
           str_contains_nocase(text, STR(".svg"));
}

static double number_of(const Json *object, const char *key)
{
    return json_number(json_get(object, key), 0);
}

/* Bytes sent for pixels that the screen does not show (Lighthouse's image-size-responsive
 * reckons alike): bytes × (1 - shown pixels / sent pixels). */
static double bytes_wasted(const Json *picture, const Exchange *exchange, double width,
                           double height)
{
    double dpr = number_of(picture, "dpr");
    double shown = number_of(picture, "width") * number_of(picture, "height") * dpr * dpr;
    double sent = width * height;
    if (!exchange || exchange->body_bytes <= 0 || sent <= 0)
        return (double)NAN;
    return shown >= sent ? 0 : (double)exchange->body_bytes * (1 - shown / sent);
}

/** A picture being written down. */
typedef struct Picture {
    Measure *measure;
    const Watch *watch;
    Page *page;
    const Json *facts; /**< as probe.js tells them */
} Picture;

static void picture_add(const Picture *picture, const char *name, double value)
{
    Note note = {.name = name,
                 .value = value,
                 .text = json_text(json_get(picture->facts, "url"), NULL),
                 .mark = (int)json_integer(json_get(picture->facts, "mark"), 0)};
    if (!isnan(value))
        note_down(picture->measure, picture->watch, picture->page, &note);
}

static void picture_write(const Picture *picture)
{
    const Json *facts = picture->facts;
    const char *url = json_text(json_get(facts, "url"), "");
    const Exchange *exchange = picture_exchange(picture->measure, url);
    double natural_width = number_of(facts, "naturalWidth");
    double natural_height = number_of(facts, "naturalHeight");
    double width = number_of(facts, "width");
    double height = number_of(facts, "height");
    double dpr = number_of(facts, "dpr");
    if (natural_height <= 0 || dpr <= 0)
        return;
    if (!json_bool(json_get(facts, "isFitted"), false))
        picture_add(picture, "image.ratio",
                    (width / height) / (natural_width / natural_height));
    if (is_drawing(url, exchange))
        return;
    /* What srcset chose has another size than the page is told. */
    bool is_chosen = json_bool(json_get(facts, "isChosen"), false);
    bool is_known = exchange && exchange->image_width > 0 && exchange->image_height > 0;
    if (is_chosen && !is_known)
        return;
    double sent_width = is_known ? exchange->image_width : natural_width;
    double sent_height = is_known ? exchange->image_height : natural_height;
    picture_add(picture, "image.scale", sent_width / (width * dpr));
    picture_add(picture, "image.waste",
                bytes_wasted(facts, exchange, sent_width, sent_height));
}

/* ---- looking ---- */

static void sideways_write(Measure *measure, const Watch *watch, Page *page,
                           const Json *found)
{
    Note note = {.name = "probe.sideways-scroll",
                 .value = number_of(found, "value"),
                 .text = json_text(json_get(found, "text"), NULL),
                 .mark = (int)json_integer(json_get(found, "mark"), 0)};
    note_down(measure, watch, page, &note);
}

void probe_still(Measure *measure, const Watch *watch, Page *page)
{
    static const char *const names[] = {"probe.sideways-scroll", "probe.target-size",
                                        "probe.unreachable", "probe.faint-field"};
    const Json *seen = page_ask(measure->visitor, "probe.still", NULL);
    if (!seen) {
        for (size_t i = 0; i < COUNT_OF(names); i++)
            absent_write(measure, page, names[i], "the page did not answer");
        return;
    }
    sideways_write(measure, watch, page, json_get(seen, "sideways"));
    faults_write(measure, watch, page, "probe.target-size", json_get(seen, "targets"));
    faults_write(measure, watch, page, "probe.unreachable", json_get(seen, "unreachable"));
    faults_write(measure, watch, page, "probe.faint-field", json_get(seen, "faint"));
    const Json *pictures = json_get(seen, "pictures");
    for (const Json *one = json_first(pictures); one; one = json_next(one)) {
        const Picture picture = {measure, watch, page, one};
        picture_write(&picture);
    }
}

/* ---- layers ---- */

static bool layers_has(Measure *measure, const Watch *watch, Page *page, const char *name,
                       double least)
{
    bool has_any = false;
    for (size_t i = 0; i < watch->layers.count; i++) {
        const Note *note = &watch->layers.items[i];
        if (strcmp(note->name, name) != 0 || note->value < least)
            continue;
        note_down(measure, watch, page, note);
        has_any = true;
    }
    return has_any;
}

/* A page that was left earlier has not shown that nothing would have come; where it was
 * watched for long enough by diagnose.c, that says so. */
void probe_layers(Measure *measure, const Watch *watch, Page *page)
{
    bool has_popup = layers_has(measure, watch, page, "probe.entry-popup", 0);
    if (!has_popup && watch->age_ms >= ENTRY_MS)
        nothing_write(measure, page, "probe.entry-popup");
    if (!layers_has(measure, watch, page, "probe.splash", SPLASH_MS) && watch->is_watched)
        nothing_write(measure, page, "probe.splash");
}
