/* movie.c - the pictures of all pages on one line of time. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/movie.h"

#include <math.h>
#include <string.h>

#include "base/base64.h"
#include "base/out.h"
#include "visit/chromium/webm.h"

enum {
    LONGER_SIDE = 640,      /* pixels */
    PAUSE_MS = 800,         /* a picture is shown for no longer while a page comes */
    REST_MS = 1200,         /* the last of each page */
    LEAST_MS = 40,          /* any */
    MOVIE_BYTES = 24 << 20, /* of the file */
};

struct Movie {
    WebmFrame *frames;
    size_t count, capacity, bytes;
    int64_t end_ms;
};

/* Both sides are even, as players like them. */
static void sides(const Persona *persona, int *width, int *height)
{
    int longer = persona->width > persona->height ? persona->width : persona->height;
    double scale = longer > LONGER_SIDE ? (double)LONGER_SIDE / longer : 1;
    *width = (int)(persona->width * scale / 2) * 2;
    *height = (int)(persona->height * scale / 2) * 2;
}

const char *movie_size(ChromiumVisitor *visitor)
{
    int width = 0;
    int height = 0;
    sides(visitor->options.persona, &width, &height);
    return visitor->options.video && width > 0 && height > 0
               ? arena_printf(visitor->scratch, "[%d,%d]", width, height)
               : "null";
}

/* The page is hostile: what it gives back is a picture of the right size, or nothing. */
static bool frame_read(ChromiumVisitor *visitor, const Json *text, Str *vp8)
{
    Str webp;
    int wanted[2];
    int width = 0;
    int height = 0;
    sides(visitor->options.persona, &wanted[0], &wanted[1]);
    if (!base64_decode(visitor->arena, json_str(text), &webp))
        return false;
    *vp8 = webp_frame(webp);
    return vp8_size(*vp8, &width, &height) && width == wanted[0] && height == wanted[1];
}

void movie_add(ChromiumVisitor *visitor, const Json *pictures)
{
    if (!visitor->options.video || json_count(pictures) == 0)
        return;
    if (!visitor->movie)
        visitor->movie = ARENA_NEW(visitor->arena, struct Movie);
    struct Movie *movie = visitor->movie;
    double before_ms = 0;
    int64_t at_ms = movie->end_ms;
    for (const Json *one = json_first(pictures); one; one = json_next(one)) {
        double page_ms = json_number(json_first(one), 0);
        double gap_ms = fmin(fmax(page_ms - before_ms, LEAST_MS), PAUSE_MS);
        Str vp8;
        if (!frame_read(visitor, json_next(json_first(one)), &vp8) ||
            movie->bytes + vp8.length > MOVIE_BYTES)
            continue;
        at_ms += movie->count ? (int64_t)gap_ms : 0;
        before_ms = page_ms;
        movie->bytes += vp8.length;
        WebmFrame frame = {.at_ms = at_ms, .vp8 = vp8};
        ARENA_PUSH(visitor->arena, movie->frames, movie->count, movie->capacity, frame);
        movie->end_ms = at_ms + REST_MS;
    }
}

void movie_write(ChromiumVisitor *visitor)
{
    AUTO(buf_release) Buf out = {0};
    const struct Movie *movie = visitor->movie;
    const Visit *visit = visitor->base.visit;
    const char *path = visitor->options.video;
    if (!movie || !movie->count || visit->page_count == 0)
        return;
    buf_init(&out, MOVIE_BYTES + (1 << 20));
    webm_write(&out, movie->frames, movie->count, movie->end_ms);
    /* A film less is no reason to end a visit. */
    if (!buf_check(&out, "the film", NULL) || !file_write(path, buf_str(&out), NULL))
        return;
    const char *name = strrchr(path, '/');
    observation_add(visitor->arena, &visit->pages[0]->observations, "film.video",
                    (double)movie->end_ms / 1000,
                    arena_printf(visitor->scratch, "%s%s",
                                 visitor->options.screenshots_from_har,
                                 name ? name + 1 : path),
                    -1);
}
