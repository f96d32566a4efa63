/* obstacles.c - pop-ups, choosers, age gates, chats: noted and cleared away. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/obstacles.h"

#include <math.h>
#include <string.h>

#include "dom/text.h"
#include "visit/trackers.h"

enum {
    GONE_US = 1500000, /* until a layer has faded */
    BUSY_US = 8000000, /* the same while the page speaks with the shop */
    TURN_US = 100000,
    REACHES_MOST = 4, /* of a control that moves when it is pointed at */
    PRESSES_MOST = 3,
    TABS_MOST = 60,
    ROUNDS_MOST = 4, /* layers one behind the other */
    STUBBORN_MOST = 3,
    WORDS_BYTES = 200,
};

/* A cart that slid in covers what lies behind it when it takes so much of the screen. */
#define RESULT_SHARE 0.15

Obstacles *obstacles_of(ChromiumVisitor *visitor)
{
    if (!visitor->obstacles) {
        visitor->obstacles = ARENA_NEW(visitor->arena, Obstacles);
        visitor->obstacles->noted_page = -1;
    }
    return visitor->obstacles;
}

const Words *obstacles_words(const ChromiumVisitor *visitor)
{
    return visitor->options.words;
}

/* ---- records ---- */

void obstacle_observe(ChromiumVisitor *visitor, const char *name, double value,
                      const char *text)
{
    const Page *shown = visitor->base.page;
    if (!shown)
        return;
    Page *page = visitor->base.visit->pages[shown->index];
    observation_add(visitor->arena, &page->observations, name, value, text, -1);
}

static const char *layer_words(ChromiumVisitor *visitor, const Layer *layer)
{
    const char *text = *layer->words ? layer->words : layer->names;
    return text_cut(visitor->scratch, str_of(text), WORDS_BYTES);
}

static bool is_obstacle(const Layer *layer)
{
    return layer->kind >= OBSTACLE_CONSENT && layer->kind <= OBSTACLE_DIALOG;
}

/* Has the page a note of that kind already? */
static bool is_noted(const ChromiumVisitor *visitor, const Layer *layer)
{
    const Page *page = visitor->base.page;
    if (!page)
        return true;
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *name = arena_printf(arena, "obstacle.%s", obstacle_name(layer->kind));
    return observation_first(&page->observations, name) != NULL;
}

void obstacle_note(ChromiumVisitor *visitor, const Layers *layers, const Layer *layer)
{
    const char *kind = obstacle_name(layer->kind);
    if (is_noted(visitor, layer))
        return;
    obstacle_observe(visitor, arena_printf(visitor->scratch, "obstacle.%s", kind),
                     layer->share, layer_words(visitor, layer));
    obstacle_observe(visitor, "obstacle.seen-at", layers->at_ms, kind);
}

void obstacle_asked_again(ChromiumVisitor *visitor, const Layer *layer)
{
    Visit *visit = visitor->base.visit;
    int page = visitor->base.page ? visitor->base.page->index : -1;
    visit_fact_truth(visit, "consent.asked_again", true, page);
    visit_fact_evidence(visit, arena_text(visitor->arena, layer_words(visitor, layer)));
    obstacle_observe(visitor, "consent.asked-again", 1, layer_words(visitor, layer));
}

static void not_asked_again(ChromiumVisitor *visitor)
{
    Visit *visit = visitor->base.visit;
    const Fact *known = visit_fact(visit, "consent.asked_again");
    if (!known || known->state == FACT_ABSENT)
        visit_fact_truth(visit, "consent.asked_again", false, visitor->base.page->index);
}

/* What the shop still does although it was told no. Counted anew on each page. */
static void trackers_after_refusal(ChromiumVisitor *visitor)
{
    Visit *visit = visitor->base.visit;
    int page = visitor->base.page->index;
    const char *example = NULL;
    CookieSeen *cookies = NULL;
    size_t count = 0;
    int kept = 0;
    int sent = trackers_count(visit, obstacles_of(visitor)->answered_exchange,
                              visit->exchange_count, &example);
    visit_fact_number(visit, "trackers.after_refusal", sent, page);
    if (example)
        visit_fact_evidence(visit, example);
    if (!chromium_cookies(&visitor->base, &cookies, &count, NULL))
        return;
    example = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!tracker_is_cookie(cookies[i].name))
            continue;
        example = example ? example : cookies[i].name;
        kept++;
    }
    visit_fact_number(visit, "cookies.after_refusal", kept, page);
    if (example)
        visit_fact_evidence(visit, example);
}

static void layers_note(ChromiumVisitor *visitor, const Layers *layers)
{
    for (size_t i = 0; i < layers->count; i++) {
        const Layer *layer = &layers->items[i];
        if (!is_obstacle(layer) || is_noted(visitor, layer))
            continue;
        obstacle_note(visitor, layers, layer);
        if (layer->kind == OBSTACLE_CONSENT && obstacles_of(visitor)->is_answered)
            obstacle_asked_again(visitor, layer);
    }
}

void obstacles_arrive(ChromiumVisitor *visitor)
{
    Obstacles *own = obstacles_of(visitor);
    const Page *page = visitor->base.page;
    if (!page || own->noted_page == page->index || page->status == 0)
        return;
    own->noted_page = page->index;
    Layers layers;
    layers_look(visitor, obstacles_words(visitor), false, &layers);
    layers_note(visitor, &layers);
    if (own->is_answered && !layers_first(&layers, OBSTACLE_CONSENT))
        not_asked_again(visitor);
    if (own->is_refused)
        trackers_after_refusal(visitor);
}

/* ---- pressing ---- */

/* Where a control can be hit, in the page's viewport. */
static bool control_place(ChromiumVisitor *visitor, const Layer *layer,
                          const LayerControl *control, double *x, double *y)
{
    const PageFrame *frame = layer->frame;
    const Json *point =
        frame ? frame_ask(
                    visitor, frame,
                    arena_printf(visitor->scratch, "mystery.controlAt(%d)", control->mark))
              : page_ask(visitor, "controlAt", page_arguments(visitor, "i", control->mark));
    if (json_type(point) != JSON_OBJECT)
        return false;
    *x = json_number(json_get(point, "x"), 0) + (frame ? frame->x : 0);
    *y = json_number(json_get(point, "y"), 0) + (frame ? frame->y : 0);
    return true;
}

/* The hand goes there first: what opens or closes under it moves the control. */
static bool control_reach(ChromiumVisitor *visitor, const Layer *layer,
                          const LayerControl *control, double *x, double *y)
{
    for (int i = 0; i < REACHES_MOST; i++) {
        double old_x = *x;
        double old_y = *y;
        if (!control_place(visitor, layer, control, x, y))
            return false;
        if (i > 0 && fabs(*x - old_x) < 1 && fabs(*y - old_y) < 1)
            return true;
        pointer_move(visitor, *x, *y);
    }
    return true;
}

bool layer_is_left(const ChromiumVisitor *visitor, const Layer *layer)
{
    const char *now = visitor->navigating.loader_id;
    return now && layer->loader_id && strcmp(now, layer->loader_id) != 0;
}

static bool is_shown(ChromiumVisitor *visitor, const Layer *layer)
{
    const PageFrame *frame = layer->frame;
    if (layer_is_left(visitor, layer))
        return false;
    if (!frame)
        return json_bool(
            page_ask(visitor, "isLayerShown", page_arguments(visitor, "i", layer->mark)),
            false);
    /* A frame that was taken away answers nothing. */
    PageFrames frames;
    frames_list(visitor, &frames);
    for (size_t i = 0; i < frames.count; i++)
        if (strcmp(frames.items[i].id, frame->id) == 0)
            return true;
    return false;
}

/* Presses that the layer's document has felt. */
static int clicks_felt(ChromiumVisitor *visitor, const Layer *layer)
{
    const Json *answer = layer->frame
                             ? frame_ask(visitor, layer->frame, "mystery.clicks")
                             : json_get(page_ask(visitor, "sight", NULL), "clicks");
    return (int)json_integer(answer, 0);
}

/* Has the control felt the press? A document that is gone has. */
static bool is_felt(ChromiumVisitor *visitor, const Layer *layer,
                    const LayerControl *control, int before)
{
    const Json *answer =
        layer->frame ? frame_ask(visitor, layer->frame,
                                 arena_printf(visitor->scratch, "mystery.felt(%d, %d)",
                                              control->mark, before))
                     : page_ask(visitor, "felt",
                                page_arguments(visitor, "ii", control->mark, before));
    return json_bool(answer, true);
}

/* By keyboard: Tab until the control has the focus, in a frame, too. */
static bool control_focus(ChromiumVisitor *visitor, const Layer *layer,
                          const LayerControl *control)
{
    const char *expression =
        arena_printf(visitor->scratch, "mystery.hasFocus(%d)", control->mark);
    bool is_helped = false;
    if (!layer->frame)
        return keys_reach(visitor, control->mark, &is_helped);
    for (int i = 0; i < TABS_MOST; i++) {
        if (json_bool(frame_ask(visitor, layer->frame, expression), false))
            return true;
        key_strike(visitor, "Tab");
    }
    return false;
}

/* One press by hand or key; false: it could not be made. */
static bool control_press(ChromiumVisitor *visitor, const Layer *layer,
                          const LayerControl *control)
{
    double x = 0;
    double y = 0;
    bool is_by_key = keys_are_all(visitor);
    bool is_reached = is_by_key ? control_focus(visitor, layer, control)
                                : control_reach(visitor, layer, control, &x, &y);
    if (!is_reached)
        return false;
    action_begin(visitor);
    /* Boxes have no words of their own here. */
    if (is_by_key)
        key_strike(visitor, *control->words ? "Enter" : " ");
    else
        pointer_press(visitor, x, y, 1);
    return true;
}

bool layer_press(ChromiumVisitor *visitor, const Layer *layer, const LayerControl *control,
                 bool *is_pressed, Error *err)
{
    *is_pressed = false;
    /* A press that the browser lost is made again, as in act.c. */
    for (int i = 0; i < PRESSES_MOST && !*is_pressed; i++) {
        Move move = {.result = MOVE_NOTHING};
        int before = clicks_felt(visitor, layer);
        if (!control_press(visitor, layer, control))
            break;
        if (!action_end(visitor, (Patience){500000, 2000000}, &move, err))
            return false;
        *is_pressed = move.result != MOVE_NOTHING || !is_shown(visitor, layer) ||
                      is_felt(visitor, layer, control, before);
    }
    return page_is_alive(visitor, err);
}

/* An answer may first be sent to the shop: while the page speaks with it, the layer is
 * given more time. */
bool layer_is_gone(ChromiumVisitor *visitor, const Layer *layer)
{
    const Clock *clock = visitor->base.clock;
    int64_t begun_us = clock_now_us(clock);
    while (is_shown(visitor, layer)) {
        int64_t now_us = clock_now_us(clock);
        bool is_busy = traffic_in_flight(visitor->traffic) > 0 ||
                       now_us - traffic_last_us(visitor->traffic) < GONE_US;
        if (now_us - begun_us >= (is_busy ? BUSY_US : GONE_US) ||
            !cdp_pump(visitor->cdp, now_us + TURN_US, NULL))
            return false;
    }
    return true;
}

/* ---- ways out of a layer, as a person tries them ---- */

static const LayerControl *closing_cross(const Layer *layer)
{
    for (size_t i = 0; i < layer->count; i++)
        if (layer->controls[i].is_closing && layer->controls[i].is_reached &&
            !*layer->controls[i].leads)
            return &layer->controls[i];
    return NULL;
}

static const LayerControl *way_out(const Layer *layer, const Words *words,
                                   const char *language)
{
    const LayerControl *control = NULL;
    if (layer->kind == OBSTACLE_AGE)
        return layer_control(layer, words, "age_confirm", NULL, language);
    if (layer->kind == OBSTACLE_COUNTRY)
        control = layer_control(layer, words, "stay_here", NULL, language);
    if (!control)
        control = layer_control(layer, words, "close", NULL, language);
    if (!control)
        control = closing_cross(layer);
    return control ? control : layer_control(layer, words, "stay_here", NULL, language);
}

/* Beside the dialog, where its shade lies. */
static bool shade_press(ChromiumVisitor *visitor, const Layers *layers, Error *err)
{
    Move move = {.result = MOVE_NOTHING};
    action_begin(visitor);
    pointer_press(visitor, 3, layers->height - 3, 1);
    return action_end(visitor, (Patience){300000, 1000000}, &move, err);
}

/* A dialog that only lets those by who choose something: which region, "Enter". */
static bool choice_press(ChromiumVisitor *visitor, const Layer *layer, Clearing *clearing,
                         Error *err)
{
    bool is_pressed = false;
    bool is_asked = layer->kind == OBSTACLE_COUNTRY || layer->kind == OBSTACLE_DIALOG;
    const LayerControl *control =
        is_asked ? layer_choice(layer, layer->kind == OBSTACLE_COUNTRY) : NULL;
    if (control) {
        if (!layer_press(visitor, layer, control, &is_pressed, err))
            return false;
        clearing->clicks += is_pressed;
        clearing->words = arena_text(visitor->arena, control->words);
        clearing->how = "by the first of its choices";
        if (is_pressed && layer_is_gone(visitor, layer))
            return true;
    }
    clearing->how = NULL;
    clearing->why =
        arena_printf(visitor->arena, "'%.80s' has no way out", layer_words(visitor, layer));
    return page_is_alive(visitor, err);
}

static bool layer_clear(ChromiumVisitor *visitor, const Layers *layers, const Layer *layer,
                        Clearing *clearing, Error *err)
{
    bool is_pressed = false;
    const LayerControl *control =
        way_out(layer, obstacles_words(visitor), layers->language);
    if (control) {
        if (!layer_press(visitor, layer, control, &is_pressed, err))
            return false;
        clearing->clicks += is_pressed;
        clearing->words = arena_text(visitor->arena, control->words);
        clearing->how = "by its own control";
        if (is_pressed && layer_is_gone(visitor, layer))
            return true;
    }
    key_strike(visitor, "Escape");
    clearing->clicks++;
    clearing->how = "by Escape";
    if (layer_is_gone(visitor, layer))
        return true;
    if (layers_first(layers, OBSTACLE_SHADE) && !keys_are_all(visitor)) {
        if (!shade_press(visitor, layers, err))
            return false;
        clearing->clicks++;
        clearing->how = "by pressing beside it";
        if (layer_is_gone(visitor, layer))
            return true;
    }
    return choice_press(visitor, layer, clearing, err);
}

/* ---- the whole ---- */

/* The next one to clear: not the question about cookies, which is answered, not closed. */
static const Layer *next_layer(const Layers *layers, const int *tried, int count, int cover)
{
    for (size_t i = 0; i < layers->count; i++) {
        const Layer *layer = &layers->items[i];
        bool is_tried = false;
        for (int t = 0; t < count; t++)
            is_tried = is_tried || tried[t] == layer->mark;
        bool is_wanted = is_obstacle(layer) && layer->kind != OBSTACLE_CONSENT;
        if (!is_tried && !layer->frame &&
            (is_wanted || (cover && layer->kind == OBSTACLE_RESULT &&
                           (layer->mark == cover || layer->share > RESULT_SHARE))))
            return layer;
    }
    return NULL;
}

static bool one_clear(ChromiumVisitor *visitor, const Layers *layers, const Layer *layer,
                      Clearing *clearing, Error *err)
{
    Clearing own = {0};
    clearing->seen++;
    if (!clearing->what)
        clearing->what = obstacle_name(layer->kind);
    obstacle_note(visitor, layers, layer);
    const char *kind = obstacle_name(layer->kind);
    if (!layer_clear(visitor, layers, layer, &own, err))
        return false;
    obstacle_observe(visitor, "obstacle.clicks", own.why ? (double)NAN : (double)own.clicks,
                     kind);
    clearing->clicks += own.clicks;
    clearing->words = own.words ? own.words : clearing->words;
    clearing->how = own.how ? own.how : clearing->how;
    clearing->why = own.why ? own.why : clearing->why;
    clearing->cleared += own.why == NULL;
    obstacles_of(visitor)->stubborn += own.why != NULL;
    look_spoil(visitor);
    return true;
}

static bool all_clear(ChromiumVisitor *visitor, Clearing *clearing, Error *err)
{
    int tried[ROUNDS_MOST] = {0};
    for (int round = 0; round < ROUNDS_MOST; round++) {
        Layers layers;
        layers_look(visitor, obstacles_words(visitor), false, &layers);
        const Layer *layer =
            next_layer(&layers, tried, round, obstacles_of(visitor)->is_being_cleared);
        if (!layer)
            break;
        tried[round] = layer->mark;
        if (!one_clear(visitor, &layers, layer, clearing, err))
            return false;
    }
    return true;
}

bool chromium_dismiss(Visitor *base, Clearing *clearing, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    Move move;
    *clearing = (Clearing){0};
    primitive_begin(visitor, &move);
    return all_clear(visitor, clearing, err);
}

bool obstacles_clear(ChromiumVisitor *visitor, int cover, bool *is_cleared, Error *err)
{
    Obstacles *own = obstacles_of(visitor);
    Clearing clearing = {0};
    *is_cleared = false;
    if (own->is_being_cleared || own->stubborn >= STUBBORN_MOST)
        return true;
    own->is_being_cleared = true;
    own->cover = cover;
    bool is_fine = all_clear(visitor, &clearing, err);
    *is_cleared = clearing.cleared > 0;
    /* What the visitor ignored is answered when it is in the way. */
    if (is_fine && !own->is_given_up) {
        const char *choice = visitor->base.persona->consent;
        bool accepts = choice && strcmp(choice, "accept") == 0;
        Clearing answer = {0};
        is_fine =
            consent_answer(visitor, accepts ? "accept" : "refuse", false, &answer, err);
        *is_cleared = *is_cleared || answer.cleared > 0;
    }
    own->is_being_cleared = false;
    own->cover = 0;
    return is_fine;
}
