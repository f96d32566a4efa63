/* browser_bench.c - our browser engine walks five pages of the demo shop, for
 * browser-bench.mjs to measure from outside.
 *
 *   browser-bench URL plain|full [shell]
 *
 * plain: nothing is recorded, measured or looked at; full: everything of a visit but the
 * judging. Prints JSON: the wall time from before the browser starts until it is gone, and
 * how much of it was waiting for pages to rest. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "dom/css.h"
#include "visit/visitor.h"

enum {
    STEPS = 5,
    REST_US = 500000, /* quiet that ends the wait of each step (visit/chromium/settle.c) */
};

static const char *const paths[STEPS] = {NULL, ".menu a[href*='/c/']", ".card a",
                                         ".buy form button", "a[href*='/c/all']"};

static bool step_walk(Visitor *visitor, const char *url, int step, Error *err)
{
    const Document *document = NULL;
    const FormState *state = NULL;
    Move move;
    if (!paths[step])
        return visitor_open(visitor, url, &move, err);
    if (!visitor_look(visitor, &document, &state, err))
        return false;
    const Node *node = document ? select_first(document, NULL, paths[step]) : NULL;
    if (!node)
        return error_set(err, ERROR_FAILED, paths[step], "is not on the page");
    if (!visitor_press(visitor, node, &move, err))
        return false;
    if (move.result == MOVE_PAGE)
        return true;
    return error_set(err, ERROR_FAILED, paths[step], "led nowhere: %s",
                     move.reason ? move.reason : "");
}

static bool journey_walk(VisitorOptions *options, const char *url, Error *err)
{
    Visitor *visitor = NULL;
    bool is_walked = chromium_visitor_open(options, &visitor, err);
    for (int i = 0; is_walked && i < STEPS; i++)
        is_walked = step_walk(visitor, url, i, err);
    if (visitor)
        visitor_close(&visitor);
    return is_walked;
}

int main(int count, char **words)
{
    Error err = {0};
    Clock clock;
    if (count < 3) {
        fprintf(stderr, "browser-bench URL plain|full [shell]\n");
        return 3;
    }
    bool is_full = strcmp(words[2], "full") == 0;
    AUTO(arena_auto) Arena *arena = arena_create();
    clock_init(&clock);
    Visit *visit = visit_create(arena);
    visit->number = 1;
    Persona persona = {.id = "bench",
                       .width = 1280,
                       .height = 720,
                       .pixel_ratio = 1,
                       .input = "mouse",
                       .language = "en",
                       .accept_language = "en",
                       .timezone = "Europe/Paris",
                       .network = "none",
                       .patience_us = 20000000,
                       .cpu_rate = 1,
                       .text_scale = 1};
    VisitorOptions options = {.visit = visit,
                              .persona = &persona,
                              .clock = &clock,
                              .safety = SAFETY_TOUCH,
                              .site = words[1],
                              .is_recording = is_full,
                              .wants_shell = count > 3,
                              .browser_files = is_full ? "build/browser" : NULL,
                              .screenshots = is_full ? "build/bench-shot" : NULL,
                              .screenshots_from_har = ""};
    int64_t begun_us = clock_now_us(&clock);
    if (!journey_walk(&options, words[1], &err)) {
        fprintf(stderr, "browser-bench: %s: %s\n", err.where, err.what);
        return 1;
    }
    printf("{\"wall_ms\": %lld, \"rest_ms\": %d, \"pages\": %zu}\n",
           (long long)((clock_now_us(&clock) - begun_us) / 1000), STEPS * REST_US / 1000,
           visit->page_count);
    return 0;
}
