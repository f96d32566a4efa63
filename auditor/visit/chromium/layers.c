/* layers.c - layers read, and told apart by the words of shops. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/layers.h"

#include <string.h>

#include "visit/lexicon.h"

enum {
    LAYERS_MOST = 24,
    CONTROLS_MOST = 60,
};

/* A layer that covers less of the screen stands in nobody's way. */
#define SHARE_LEAST 0.02
/* An element taken out of the flow that covers so much is a dialog, whatever it says. */
#define DIALOG_SHARE 0.25

/* ---- reading ---- */

static void control_read(const Json *json, LayerControl *control)
{
    control->mark = (int)json_integer(json_get(json, "mark"), 0);
    control->words = json_text(json_get(json, "words"), "");
    control->width = json_number(json_get(json, "width"), 0);
    control->height = json_number(json_get(json, "height"), 0);
    control->font = json_number(json_get(json, "font"), 0);
    control->contrast = json_number(json_get(json, "contrast"), 0);
    control->stands = json_number(json_get(json, "stands"), 0);
    control->leads = json_text(json_get(json, "leads"), "");
    control->is_closing = json_bool(json_get(json, "isClosing"), false);
    control->is_reached = json_bool(json_get(json, "isReached"), false);
}

static void ticked_read(Arena *arena, const Json *json, Layer *layer)
{
    int count = json_count(json);
    layer->ticked_count = count < CONTROLS_MOST ? count : CONTROLS_MOST;
    int *marks = ARENA_ARRAY(arena, (size_t)layer->ticked_count, int);
    const Json *mark = json_first(json);
    for (int i = 0; i < layer->ticked_count; i++, mark = json_next(mark))
        marks[i] = (int)json_integer(mark, 0);
    layer->ticked = marks;
}

static void layer_read(Arena *arena, const Json *json, Layer *layer)
{
    const Json *fields = json_get(json, "fields");
    layer->mark = (int)json_integer(json_get(json, "mark"), 0);
    layer->words = json_text(json_get(json, "words"), "");
    layer->names = json_text(json_get(json, "names"), "");
    layer->share = json_number(json_get(json, "share"), 0);
    layer->is_dialog = json_bool(json_get(json, "isDialog"), false);
    layer->is_header = json_bool(json_get(json, "isHeader"), false);
    layer->is_lifted = json_bool(json_get(json, "isLifted"), false);
    layer->is_cookie = json_bool(json_get(json, "isCookie"), false);
    layer->is_on_middle = json_bool(json_get(json, "isOnMiddle"), false);
    layer->mail_fields = (int)json_integer(json_get(fields, "mail"), 0);
    layer->text_fields = (int)json_integer(json_get(fields, "text"), 0);
    layer->card_fields = (int)json_integer(json_get(fields, "card"), 0);
    layer->frames = (int)json_integer(json_get(fields, "frame"), 0);
    ticked_read(arena, json_get(json, "ticked"), layer);
    const Json *controls = json_get(json, "controls");
    size_t count = (size_t)json_count(controls);
    layer->count = count < CONTROLS_MOST ? count : CONTROLS_MOST;
    layer->controls = ARENA_ARRAY(arena, layer->count, LayerControl);
    const Json *control = json_first(controls);
    for (size_t i = 0; i < layer->count; i++, control = json_next(control))
        control_read(control, &layer->controls[i]);
}

/* ---- controls ---- */

/* Nothing that orders, pays or leads away is an answer to a layer. */
static bool is_harmless(Arena *arena, const Layer *layer, const LayerControl *control)
{
    ButtonWords words;
    button_words(arena, control->words, &words);
    return !name_orders(&words) && !name_is_wallet(&words) && !*control->leads &&
           layer->card_fields == 0;
}

const LayerControl *layer_control(const Layer *layer, const Words *words,
                                  const char *intent, const char *avoid,
                                  const char *language)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; words && i < layer->count; i++) {
        const LayerControl *control = &layer->controls[i];
        Str text = str_of(control->words);
        if (text.length > 0 && words_match(words, intent, language, text, NULL) &&
            !(avoid && words_match(words, avoid, language, text, NULL)) &&
            is_harmless(arena, layer, control))
            return control;
    }
    return NULL;
}

const LayerControl *layer_choice(const Layer *layer, bool may_lead)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; layer->mail_fields + layer->text_fields == 0 && i < layer->count;
         i++) {
        LayerControl asked = layer->controls[i];
        if (may_lead)
            asked.leads = "";
        if (*asked.words && is_harmless(arena, layer, &asked))
            return &layer->controls[i];
    }
    return NULL;
}

static bool has_control(const Layer *layer, const Words *words, const char *intent,
                        const char *language)
{
    for (size_t i = 0; i < layer->count; i++)
        if (words_match(words, intent, language, str_of(layer->controls[i].words), NULL))
            return true;
    return false;
}

/* ---- what it is ---- */

static bool says(const Layer *layer, const Words *words, const char *intent,
                 const char *language)
{
    return words_match(words, intent, language, str_of(layer->words), NULL);
}

static bool is_question(const Layer *layer, const Words *words, const char *language)
{
    if (layer->is_cookie && layer->count > 0)
        return layer->is_lifted || has_control(layer, words, "accept_cookies", language) ||
               has_control(layer, words, "refuse_cookies", language);
    return says(layer, words, "consent_words", language) &&
           (has_control(layer, words, "accept_cookies", language) ||
            has_control(layer, words, "refuse_cookies", language) ||
            has_control(layer, words, "cookie_settings", language) ||
            has_control(layer, words, "save_choices", language));
}

static bool is_chat(const Layer *layer, const Words *words, const char *language)
{
    static const char *const MARKS[] = {"chat",   "intercom", "zendesk",  "zopim",
                                        "crisp",  "tawk",     "tidio",    "hubspot",
                                        "drift-", "livechat", "messenger"};
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (str_contains_nocase(str_of(layer->names), str_of(MARKS[i])))
            return true;
    return layer->share < 0.6 && says(layer, words, "chat_words", language);
}

/* Kinds by words, most particular first. */
static ObstacleKind kind_by_words(const Layer *layer, const Words *words,
                                  const char *language)
{
    bool is_apart = layer->is_dialog || layer->is_lifted;
    if (is_question(layer, words, language))
        return OBSTACLE_CONSENT;
    if (!is_apart)
        return OBSTACLE_NONE;
    if (has_control(layer, words, "checkout", language) ||
        has_control(layer, words, "view_cart", language))
        return OBSTACLE_RESULT;
    if (says(layer, words, "age_gate", language))
        return OBSTACLE_AGE;
    if (layer->mail_fields > 0 && says(layer, words, "newsletter", language))
        return OBSTACLE_NEWSLETTER;
    if (says(layer, words, "country_chooser", language))
        return OBSTACLE_COUNTRY;
    if (is_chat(layer, words, language))
        return OBSTACLE_CHAT;
    if (layer->share < 0.5 && says(layer, words, "app_banner", language))
        return OBSTACLE_APP;
    if (layer->mail_fields > 0)
        return OBSTACLE_NEWSLETTER;
    return OBSTACLE_NONE;
}

static ObstacleKind kind_of(const Layer *layer, const Words *words, const char *language)
{
    if (layer->share < SHARE_LEAST || (layer->is_header && !layer->is_cookie))
        return OBSTACLE_NONE;
    bool is_mute = !*layer->words && layer->count == 0 && layer->frames == 0;
    if (is_mute)
        return layer->share > 0.5 && layer->is_lifted ? OBSTACLE_SHADE : OBSTACLE_NONE;
    ObstacleKind kind = words              ? kind_by_words(layer, words, language)
                        : layer->is_cookie ? OBSTACLE_CONSENT
                                           : OBSTACLE_NONE;
    if (kind != OBSTACLE_NONE)
        return kind;
    return layer->is_lifted && (layer->is_dialog || layer->share >= DIALOG_SHARE)
               ? OBSTACLE_DIALOG
               : OBSTACLE_NONE;
}

const char *obstacle_name(ObstacleKind kind)
{
    switch (kind) {
    case OBSTACLE_NONE: return "none";
    case OBSTACLE_RESULT: return "result";
    case OBSTACLE_CONSENT: return "consent";
    case OBSTACLE_NEWSLETTER: return "newsletter";
    case OBSTACLE_AGE: return "age";
    case OBSTACLE_COUNTRY: return "country";
    case OBSTACLE_CHAT: return "chat";
    case OBSTACLE_APP: return "app";
    case OBSTACLE_DIALOG: return "dialog";
    case OBSTACLE_SHADE: return "shade";
    }
    return "none";
}

/* ---- the look ---- */

/* A frame's body is as large as the frame; only a question is looked for in it, because
 * what else frames hold is the page's own business. */
static void frame_look(ChromiumVisitor *visitor, const Words *words, const PageFrame *frame,
                       Layers *layers)
{
    double screen = layers->width * layers->height;
    const Json *body = json_first(
        json_get(frame_ask_marked(visitor, frame, "mystery.layers(true)"), "layers"));
    if (!body || layers->count == LAYERS_MOST || screen <= 0)
        return;
    Layer layer = {.frame = frame};
    layer_read(visitor->scratch, body, &layer);
    layer.loader_id = visitor->navigating.loader_id;
    layer.share = frame->width * frame->height / screen;
    layer.is_lifted = true;
    layer.kind = kind_of(&layer, words, layers->language);
    if (layer.kind == OBSTACLE_CONSENT)
        ARENA_PUSH(visitor->scratch, layers->items, layers->count, layers->capacity, layer);
}

void layers_look(ChromiumVisitor *visitor, const Words *words, bool has_frames,
                 Layers *layers)
{
    *layers = (Layers){.language = ""};
    const Json *told = page_ask(visitor, "layers", NULL);
    const Json *item = json_first(json_get(told, "layers"));
    layers->at_ms = json_number(json_get(told, "at"), 0);
    layers->width = json_number(json_get(told, "width"), 0);
    layers->height = json_number(json_get(told, "height"), 0);
    Str language = str_of(json_text(json_get(told, "language"), ""));
    layers->language = language.length >= 2
                           ? arena_str_text(visitor->scratch, str_slice(language, 0, 2))
                           : "";
    for (; item && layers->count < LAYERS_MOST; item = json_next(item)) {
        Layer layer = {0};
        layer_read(visitor->scratch, item, &layer);
        layer.loader_id = visitor->navigating.loader_id;
        layer.kind = kind_of(&layer, words, layers->language);
        ARENA_PUSH(visitor->scratch, layers->items, layers->count, layers->capacity, layer);
    }
    if (!has_frames)
        return;
    frames_list(visitor, &layers->frames);
    for (size_t i = 0; i < layers->frames.count; i++)
        if (!layers->frames.items[i].is_top)
            frame_look(visitor, words, &layers->frames.items[i], layers);
}

const Layer *layers_first(const Layers *layers, ObstacleKind kind)
{
    for (size_t i = 0; i < layers->count; i++)
        if (layers->items[i].kind == kind)
            return &layers->items[i];
    return NULL;
}
