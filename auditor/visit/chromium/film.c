/* film.c - pictures of a page while it comes into being. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/film.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/out.h"
#include "visit/chromium/measure.h"
#include "visit/chromium/movie.h"

enum {
    FRAMES_KEPT = 150,      /* of one page's coming */
    FRAMES_FREE = 40,       /* after so many a page that goes on moving is slowed */
    PACE_US = 150000,       /* to a picture in this time */
    FRAME_BYTES = 64 << 10, /* base64 of one picture; larger ones are left out */
    ASKED_BYTES = 900000,   /* of all pictures in one question */
};

#define SCREENCAST                                                                         \
    "{\"format\":\"jpeg\",\"quality\":45,\"maxWidth\":280,\"maxHeight\":420,"              \
    "\"everyNthFrame\":1}"
/* For people to look at. */
#define SCREENCAST_LARGE                                                                   \
    "{\"format\":\"jpeg\",\"quality\":60,\"maxWidth\":640,\"maxHeight\":640,"              \
    "\"everyNthFrame\":1}"

typedef struct FilmFrame {
    double at_s; /* since 1970 */
    Str picture; /* base64 */
} FilmFrame;

typedef struct Film {
    ChromiumVisitor *visitor;
    Arena *arena; /* of the frames */
    FilmFrame *frames;
    size_t count, capacity;
    const char *session; /* filmed now; NULL: none */
    int owed;            /* picture that the browser waits to hear about, 0 none */
    int64_t acked_us;
} Film;

/* ---- pictures come ---- */

static void ack(Film *film)
{
    char params[40];
    int64_t now_us = clock_now_us(film->visitor->base.clock);
    if (!film->owed || !film->session || film->count >= FRAMES_KEPT ||
        (film->count > FRAMES_FREE && now_us - film->acked_us < PACE_US))
        return;
    snprintf(params, sizeof params, "{\"sessionId\":%d}", film->owed);
    cdp_send(film->visitor->cdp, film->session, "Page.screencastFrameAck", params);
    film->owed = 0;
    film->acked_us = now_us;
}

static void on_frame(void *context, const CdpEvent *event)
{
    Film *film = context;
    if (!film->session || strcmp(event->session, film->session) != 0)
        return;
    Str picture = json_str(json_get(event->params, "data"));
    if (film->count < FRAMES_KEPT && picture.length <= FRAME_BYTES) {
        FilmFrame frame = {.picture = arena_str(film->arena, picture)};
        frame.at_s = json_number(json_at(event->params, "metadata.timestamp"), 0);
        ARENA_PUSH(film->arena, film->frames, film->count, film->capacity, frame);
    }
    film->owed = (int)json_integer(json_get(event->params, "sessionId"), 0);
    ack(film);
}

void film_open(ChromiumVisitor *visitor)
{
    if (!measure_has_vitals(visitor))
        return;
    Film *film = ARENA_NEW(visitor->arena, Film);
    film->visitor = visitor;
    visitor->film = film;
    cdp_listen(visitor->cdp, "Page.screencastFrame", on_frame, film);
}

void film_end(ChromiumVisitor *visitor)
{
    Film *film = visitor->film;
    if (!film || !film->session)
        return;
    cdp_send(visitor->cdp, film->session, "Page.stopScreencast", NULL);
    film->session = NULL;
}

static void frames_forget(Film *film)
{
    arena_release(film->arena);
    film->arena = NULL;
    film->frames = NULL;
    film->count = film->capacity = 0;
    film->owed = 0;
}

void film_begin(ChromiumVisitor *visitor)
{
    Film *film = visitor->film;
    if (!film)
        return;
    film_end(visitor);
    frames_forget(film);
    film->arena = arena_create();
    film->session = visitor->page->session;
    cdp_send(visitor->cdp, film->session, "Page.startScreencast",
             visitor->options.video ? SCREENCAST_LARGE : SCREENCAST);
}

void film_turn(ChromiumVisitor *visitor)
{
    if (visitor->film)
        ack(visitor->film);
}

void film_close(ChromiumVisitor *visitor)
{
    film_end(visitor);
    movie_write(visitor);
    if (visitor->film)
        frames_forget(visitor->film);
    visitor->film = NULL;
}

/* ---- what they show ---- */

/* The last picture, and as many others as a question holds, evenly. places: where each of
 * them is among the frames. */
static const char *pictures_write(const Film *film, size_t *places)
{
    AUTO(buf_release) Buf out = {0};
    size_t bytes = 0;
    size_t written = 0;
    for (size_t i = 0; i < film->count; i++)
        bytes += film->frames[i].picture.length + 64;
    size_t stride = bytes / ASKED_BYTES + 1;
    buf_init(&out, 2 * ASKED_BYTES);
    buf_add_text(&out, "[{\"value\":[");
    for (size_t i = (film->count - 1) % stride; i < film->count; i += stride) {
        const FilmFrame *frame = &film->frames[i];
        places[written] = i;
        buf_printf(&out, "%s[%.6f,\"", written++ ? "," : "", frame->at_s);
        buf_add(&out, frame->picture);
        buf_add_text(&out, "\"]");
    }
    buf_printf(&out, "]},{\"value\":%s}]", movie_size(film->visitor));
    return arena_str_text(film->visitor->scratch, buf_str(&out));
}

/* The base64 alphabet needs no escaping; anything else is no picture. */
static bool are_plain(const Film *film)
{
    for (size_t i = 0; i < film->count; i++)
        for (size_t k = 0; k < film->frames[i].picture.length; k++)
            if (strchr("\"\\\n", film->frames[i].picture.data[k]))
                return false;
    return film->count > 0;
}

static void frame_save(const Film *film, Page *page, size_t place, const double *told,
                       int number)
{
    ChromiumVisitor *visitor = film->visitor;
    const char *prefix = visitor->options.screenshots;
    Str picture;
    if (!base64_decode(visitor->scratch, film->frames[place].picture, &picture))
        return;
    const char *tail =
        arena_printf(visitor->scratch, "-film-%02d-%d.jpg", page->index + 1, number);
    if (!file_write(arena_printf(visitor->scratch, "%s%s", prefix, tail), picture, NULL))
        return;
    const char *name = strrchr(prefix, '/');
    const char *path =
        arena_printf(visitor->scratch, "%s%s%s", visitor->options.screenshots_from_har,
                     name ? name + 1 : prefix, tail);
    observation_add(visitor->arena, &page->observations, "film.frame", round(told[1]), path,
                    -1);
    observation_add(visitor->arena, &page->observations, "film.progress",
                    round(told[2] * 100) / 100, path, -1);
}

static void strip_save(const Film *film, Page *page, const size_t *places,
                       const Json *strip)
{
    int number = 0;
    if (!film->visitor->options.screenshots || film->visitor->base.visit->number > 1)
        return;
    for (const Json *one = json_first(strip); one; one = json_next(one)) {
        double told[3] = {0};
        const Json *part = json_first(one);
        for (int i = 0; part && i < 3; i++, part = json_next(part))
            told[i] = json_number(part, 0);
        if (told[0] >= 0 && told[0] < (double)film->count)
            frame_save(film, page, places[(size_t)told[0]], told, ++number);
    }
}

void film_page(ChromiumVisitor *visitor, Page *page)
{
    const Film *film = visitor->film;
    size_t places[FRAMES_KEPT] = {0};
    film_end(visitor);
    if (!film || visitor->navigating.is_restored || !visitor->navigating.is_committed ||
        !are_plain(film))
        return;
    const Json *told = page_ask(visitor, "film", pictures_write(film, places));
    double index = json_number(json_get(told, "index"), (double)NAN);
    if (isnan(index) || index < 0)
        return;
    page->metrics[METRIC_SPEED_INDEX] = index;
    movie_add(visitor, json_get(told, "movie"));
    strip_save(film, page, places, json_get(told, "strip"));
}
