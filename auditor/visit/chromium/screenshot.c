/* screenshot.c - a picture of what the visitor sees, small enough to keep. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/base64.h"
#include "base/out.h"
#include "visit/chromium/chromium.h"

enum {
    PICTURE_US = 4000000,
    PICTURE_BYTES = 200 * 1024, /* of one picture */
    WIDTH_MOST = 1280,          /* pixels */
};

/* One try: base64 of a JPEG, or NULL. */
static const Json *picture_ask(ChromiumVisitor *visitor, int quality, double scale,
                               double *shot)
{
    const Persona *persona = visitor->base.persona;
    const Json *answer = NULL;
    const Json *place = NULL;
    if (!page_call(visitor, "function() { return [scrollX, scrollY]; }", NULL, &place,
                   NULL))
        return NULL;
    double x = json_number(json_first(place), 0);
    double y = json_number(json_next(json_first(place)), 0);
    const char *params = arena_printf(
        visitor->scratch,
        "{\"format\":\"jpeg\",\"quality\":%d,\"optimizeForSpeed\":true,\"clip\":{\"x\":%.1f,"
        "\"y\":%.1f,\"width\":%d,\"height\":%d,\"scale\":%.4f}}",
        quality, x, y, persona->width, persona->height, scale);
    if (!cdp_call(visitor->cdp, visitor->page->session, "Page.captureScreenshot", params,
                  PICTURE_US, visitor->scratch, &answer, NULL))
        return NULL;
    shot[0] = x;
    shot[1] = y;
    shot[2] = persona->width;
    shot[3] = persona->height;
    return json_get(answer, "data");
}

/* Pixels of a picture per CSS px: as the device has them, but no wider than needed. */
static double picture_scale(const Persona *persona)
{
    double ratio = persona->pixel_ratio > 0 ? persona->pixel_ratio : 1;
    double wanted = ratio > 1.5 ? 1.5 : ratio;
    if (persona->width * wanted > WIDTH_MOST)
        wanted = (double)WIDTH_MOST / persona->width;
    return wanted / ratio;
}

static bool picture_take(ChromiumVisitor *visitor, Str *picture, double *shot)
{
    static const int qualities[] = {70, 45, 25};
    double scale = picture_scale(visitor->base.persona);
    for (size_t i = 0; i < COUNT_OF(qualities); i++) {
        const Json *data = picture_ask(visitor, qualities[i], scale, shot);
        if (!data || !base64_decode(visitor->scratch, json_str(data), picture))
            return false;
        if (picture->length <= PICTURE_BYTES)
            return true;
        scale *= 0.7;
    }
    return false;
}

void screenshot_take(ChromiumVisitor *visitor, Page *page)
{
    const char *prefix = visitor->options.screenshots;
    Str picture;
    double shot[4] = {0};
    if (!prefix || !picture_take(visitor, &picture, shot))
        return;
    const char *path =
        arena_printf(visitor->scratch, "%s-%02d.jpg", prefix, ++visitor->pictures);
    /* A picture less is no reason to end a visit. */
    if (!file_write(path, picture, NULL))
        return;
    const char *name = strrchr(prefix, '/');
    memcpy(page->shot, shot, sizeof shot);
    page->screenshot =
        arena_printf(visitor->arena, "%s%s-%02d.jpg", visitor->options.screenshots_from_har,
                     name ? name + 1 : prefix, visitor->pictures);
}
