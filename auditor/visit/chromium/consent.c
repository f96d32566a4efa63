/* consent.c - the question about cookies: how it is asked, and the visitor's answer.
 *
 * First the question's own buttons, pressed as a person would; then the rules for known
 * consent tools (consent_rules.c); then the second page of the layer. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/consent.h"

#include <math.h>
#include <string.h>

#include "base/url.h"
#include "dom/text.h"
#include "visit/chromium/obstacles.h"
#include "visit/trackers.h"

enum {
    APPEAR_US = 2500000, /* until a question has appeared after the page's rest */
    TURN_US = 250000,
    SECOND_US = 700000, /* until the second page of a layer is there */
    TICKS_MOST = 20,
    WORDS_BYTES = 200,
};

/** The question as it stands. */
typedef struct Question {
    Layers layers;
    const Layer *layer; /**< NULL: none is asked */
    const LayerControl *accept, *refuse, *settings;
    bool asks_payment; /**< refusing costs money */
} Question;

/* ---- finding it ---- */

static void controls_find(const Words *words, Question *question)
{
    const Layer *layer = question->layer;
    const char *language = question->layers.language;
    question->accept = layer_control(layer, words, "accept_cookies", NULL, language);
    question->refuse =
        layer_control(layer, words, "refuse_cookies", "pay_to_refuse", language);
    question->settings = layer_control(layer, words, "cookie_settings", NULL, language);
    const LayerControl *paid =
        layer_control(layer, words, "pay_to_refuse", "accept_cookies", language);
    question->asks_payment = paid && !question->refuse;
}

static void question_look(ChromiumVisitor *visitor, Question *question)
{
    const Words *words = obstacles_words(visitor);
    *question = (Question){0};
    layers_look(visitor, words, true, &question->layers);
    question->layer = layers_first(&question->layers, OBSTACLE_CONSENT);
    if (question->layer && words)
        controls_find(words, question);
}

/* Consent tools load late: the page is given time to ask. */
static void question_await(ChromiumVisitor *visitor, bool waits, Question *question)
{
    const Clock *clock = visitor->base.clock;
    int64_t end_us = clock_now_us(clock) + (waits ? APPEAR_US : 0);
    question_look(visitor, question);
    while (!question->layer && clock_now_us(clock) < end_us &&
           cdp_pump(visitor->cdp, clock_now_us(clock) + TURN_US, NULL))
        question_look(visitor, question);
}

/* ---- how it is asked ---- */

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

static void fact_number(ChromiumVisitor *visitor, const char *fact, const char *observation,
                        double value, const char *text)
{
    const Page *page = visitor->base.page;
    if (isnan(value) || value <= 0)
        return;
    visit_fact_number(visitor->base.visit, fact, value, page ? page->index : -1);
    if (text)
        visit_fact_evidence(visitor->base.visit, arena_text(visitor->arena, text));
    obstacle_observe(visitor, observation, value, text);
}

/* Is refusing as easy to see as accepting? Sizes are those of the controls' boxes. */
static void compare_controls(ChromiumVisitor *visitor, const Question *question)
{
    const LayerControl *yes = question->accept;
    const LayerControl *no = question->refuse;
    fact_number(visitor, "consent.refuse_contrast", "consent.refuse-contrast", no->contrast,
                no->words);
    if (!yes)
        return;
    const char *text =
        arena_printf(visitor->scratch, "%.80s / %.80s", no->words, yes->words);
    fact_number(visitor, "consent.refuse_size", "consent.refuse-size",
                ratio(no->width * no->height, yes->width * yes->height), text);
    fact_number(visitor, "consent.refuse_font", "consent.refuse-font",
                ratio(no->font, yes->font), text);
    if (yes->stands > 0)
        fact_number(visitor, "consent.refuse_stands", "consent.refuse-stands",
                    ratio(no->stands, yes->stands), text);
}

static void trackers_note(ChromiumVisitor *visitor)
{
    Visit *visit = visitor->base.visit;
    const Page *page = visitor->base.page;
    const char *example = NULL;
    int count = trackers_count(visit, 0, visit->exchange_count, &example);
    visit_fact_number(visit, "trackers.before_choice", count, page ? page->index : -1);
    if (example)
        visit_fact_evidence(visit, example);
}

/* What the browser keeps before anything was answered. */
static void cookies_note(ChromiumVisitor *visitor)
{
    Visit *visit = visitor->base.visit;
    const Page *page = visitor->base.page;
    CookieSeen *list = NULL;
    size_t count = 0;
    int wanted = 0;
    const char *example = NULL;
    if (!chromium_cookies(&visitor->base, &list, &count, NULL))
        return;
    for (size_t i = 0; i < count; i++) {
        bool counts = list[i].is_lasting || list[i].is_foreign;
        example = counts && !example ? list[i].name : example;
        wanted += counts;
    }
    visit_fact_number(visit, "cookies.before_choice", wanted, page ? page->index : -1);
    if (example)
        visit_fact_evidence(visit, example);
}

static void question_note(ChromiumVisitor *visitor, const Question *question)
{
    Visit *visit = visitor->base.visit;
    int page = visitor->base.page ? visitor->base.page->index : -1;
    const char *words =
        text_cut(visitor->arena, str_of(question->layer->words), WORDS_BYTES);
    obstacle_note(visitor, &question->layers, question->layer);
    visit_fact_truth(visit, "consent.asked", true, page);
    visit_fact_evidence(visit, words);
    visit_fact_number(visit, "consent.covers", question->layer->share, page);
    trackers_note(visitor);
    cookies_note(visitor);
    if (question->accept)
        fact_number(visitor, "consent.accept_clicks", "consent.accept-clicks", 1,
                    question->accept->words);
    if (question->refuse) {
        fact_number(visitor, "consent.refuse_clicks", "consent.refuse-clicks", 1,
                    question->refuse->words);
        compare_controls(visitor, question);
    }
    visit_fact_truth(visit, "consent.pay_to_refuse", question->asks_payment, page);
    if (question->asks_payment)
        visit_fact_evidence(visit, words);
}

/* ---- answering it ---- */

/* A new document that still asks has not taken the answer. It is given a moment: banners
 * that know the answer hide themselves. */
static bool is_over(ChromiumVisitor *visitor, const Question *question)
{
    const Clock *clock = visitor->base.clock;
    if (!layer_is_gone(visitor, question->layer))
        return false;
    int64_t end_us = clock_now_us(clock) + SECOND_US;
    while (layer_is_left(visitor, question->layer)) {
        Question again;
        question_look(visitor, &again);
        if (!again.layer)
            return true;
        if (clock_now_us(clock) < end_us &&
            cdp_pump(visitor->cdp, clock_now_us(clock) + TURN_US, NULL))
            continue;
        obstacle_asked_again(visitor, again.layer);
        return false;
    }
    return true;
}

/* What was tried, as far as it went. */
static const char *pressed_said(ChromiumVisitor *visitor, const char *words,
                                bool is_pressed)
{
    return arena_printf(visitor->arena,
                        is_pressed ? "'%.60s' was pressed, and the question stays"
                                   : "'%.60s' could not be pressed",
                        words);
}

static bool by_button(ChromiumVisitor *visitor, const Question *question,
                      const LayerControl *control, Clearing *clearing, Error *err)
{
    bool is_pressed = false;
    if (!layer_press(visitor, question->layer, control, &is_pressed, err))
        return false;
    clearing->clicks += is_pressed;
    clearing->words = arena_text(visitor->arena, control->words);
    clearing->how = "by its own button";
    clearing->cleared = is_pressed && is_over(visitor, question);
    clearing->why =
        clearing->cleared ? NULL : pressed_said(visitor, clearing->words, is_pressed);
    return true;
}

static bool by_rules(ChromiumVisitor *visitor, const Question *question, bool accepts,
                     Clearing *clearing, Error *err)
{
    RulesRun run;
    const char *folder = visitor->options.browser_files;
    if (!folder)
        return true;
    rules_answer(visitor, folder, &question->layers.frames, accepts, &run);
    if (run.is_done) {
        clearing->clicks += run.clicks;
        clearing->how = arena_printf(visitor->arena, "by the rules for '%.60s'", run.name);
        clearing->cleared = is_over(visitor, question);
    }
    look_spoil(visitor);
    return page_settle(visitor, 3000000, NULL, err);
}

/* Boxes that are ticked beforehand are no refusal: they are unticked one by one. */
static bool boxes_untick(ChromiumVisitor *visitor, const Layer *layer, Clearing *clearing,
                         Error *err)
{
    for (int i = 0; i < layer->ticked_count && i < TICKS_MOST; i++) {
        bool is_pressed = false;
        LayerControl box = {.mark = layer->ticked[i], .words = "", .leads = ""};
        if (!layer_press(visitor, layer, &box, &is_pressed, err))
            return false;
        clearing->clicks += is_pressed;
    }
    if (layer->ticked_count > 0)
        obstacle_observe(visitor, "consent.preticked", layer->ticked_count, NULL);
    return true;
}

/* "Settings", and there "refuse" or, with nothing ticked, "save my choices". */
static bool by_settings(ChromiumVisitor *visitor, const Question *question,
                        Clearing *clearing, Error *err)
{
    bool is_pressed = false;
    Question second;
    if (!layer_press(visitor, question->layer, question->settings, &is_pressed, err))
        return false;
    clearing->clicks += is_pressed;
    cdp_pump(visitor->cdp, clock_now_us(visitor->base.clock) + SECOND_US, NULL);
    question_look(visitor, &second);
    if (!second.layer)
        return page_is_alive(visitor, err);
    const LayerControl *way = second.refuse;
    if (!way) {
        way = layer_control(second.layer, obstacles_words(visitor), "save_choices", NULL,
                            second.layers.language);
        if (way && !boxes_untick(visitor, second.layer, clearing, err))
            return false;
    }
    if (!way)
        return page_is_alive(visitor, err);
    if (!by_button(visitor, &second, way, clearing, err))
        return false;
    clearing->how = "on its second page";
    return true;
}

static bool answer_give(ChromiumVisitor *visitor, const Question *question, bool accepts,
                        Clearing *clearing, Error *err)
{
    const LayerControl *control = accepts ? question->accept : question->refuse;
    if (control && !by_button(visitor, question, control, clearing, err))
        return false;
    if (!clearing->cleared && !control &&
        !by_rules(visitor, question, accepts, clearing, err))
        return false;
    if (!clearing->cleared && !control && !accepts && question->settings &&
        !by_settings(visitor, question, clearing, err))
        return false;
    if (!clearing->cleared && !clearing->why)
        clearing->why = accepts || !question->asks_payment
                            ? arena_printf(visitor->arena, "no way was found to %s",
                                           accepts ? "accept" : "refuse")
                            : "refusing costs money";
    return true;
}

static void answer_note(ChromiumVisitor *visitor, bool accepts, const Clearing *clearing)
{
    Obstacles *own = obstacles_of(visitor);
    Visit *visit = visitor->base.visit;
    int page = visitor->base.page ? visitor->base.page->index : -1;
    const char *clicks = accepts ? "consent.accept_clicks" : "consent.refuse_clicks";
    bool is_free =
        clearing->cleared && json_integer(page_ask(visitor, "middle", NULL), 0) == 0;
    if (clearing->cleared || clearing->clicks > 0)
        visit_fact_truth(visit, "consent.gone", clearing->cleared > 0, page);
    else
        visit_fact_absent(visit, "consent.gone", clearing->why);
    obstacle_observe(visitor, "consent.cleared", is_free, clearing->how);
    obstacle_observe(visitor, "obstacle.clicks",
                     clearing->cleared ? (double)clearing->clicks : (double)NAN, "consent");
    if (!clearing->cleared) {
        own->is_given_up = true;
        if (!accepts)
            visit_fact_absent(visit, clicks, clearing->why);
        return;
    }
    if (clearing->clicks > 0)
        fact_number(visitor, clicks,
                    accepts ? "consent.accept-clicks" : "consent.refuse-clicks",
                    clearing->clicks, clearing->how);
    visit_fact_text(visit, "consent.answer", accepts ? "accepted" : "refused", page);
    own->is_answered = true;
    own->is_refused = !accepts;
    own->answered_exchange = visit->exchange_count;
    look_spoil(visitor);
}

bool consent_answer(ChromiumVisitor *visitor, const char *choice, bool waits,
                    Clearing *clearing, Error *err)
{
    Question question;
    bool accepts = strcmp(choice, "accept") == 0;
    question_await(visitor, waits, &question);
    if (!question.layer)
        return page_is_alive(visitor, err);
    clearing->seen = 1;
    clearing->what = "consent";
    question_note(visitor, &question);
    if (!answer_give(visitor, &question, accepts, clearing, err))
        return false;
    answer_note(visitor, accepts, clearing);
    return page_is_alive(visitor, err);
}

bool chromium_consent(Visitor *base, const char *choice, Clearing *clearing, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    Move move;
    *clearing = (Clearing){0};
    primitive_begin(visitor, &move);
    bool is_fine = consent_answer(visitor, choice, true, clearing, err);
    if (is_fine && !clearing->seen && base->page) {
        visit_fact_truth(base->visit, "consent.asked", false, base->page->index);
        trackers_note(visitor);
    }
    return is_fine;
}

/* ---- cookies ---- */

static bool is_foreign(ChromiumVisitor *visitor, const char *domain)
{
    Url site;
    Url other;
    const char *host = *domain == '.' ? domain + 1 : domain;
    return url_parse(visitor->scratch, str_of(visitor->options.site), NULL, &site, NULL) &&
           url_parse(visitor->scratch,
                     str_of(arena_printf(visitor->scratch, "%s://%s/", site.scheme, host)),
                     NULL, &other, NULL) &&
           !url_same_site(&site, &other);
}

bool chromium_cookies(Visitor *base, CookieSeen **list, size_t *count, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    const Json *answer = NULL;
    const char *params = arena_printf(visitor->scratch, "{\"browserContextId\":\"%s\"}",
                                      targets_context(visitor->targets));
    *list = NULL;
    *count = 0;
    if (!cdp_call(visitor->cdp, "", "Storage.getCookies", params, CALL_US, visitor->scratch,
                  &answer, err))
        return false;
    const Json *cookie = json_first(json_get(answer, "cookies"));
    size_t capacity = 0;
    for (; cookie; cookie = json_next(cookie)) {
        const char *domain = json_text(json_get(cookie, "domain"), "");
        CookieSeen seen = {
            .name = arena_text(visitor->arena, json_text(json_get(cookie, "name"), "")),
            .domain = arena_text(visitor->arena, domain),
            .is_lasting = !json_bool(json_get(cookie, "session"), false),
            .is_foreign = is_foreign(visitor, domain)};
        ARENA_PUSH(visitor->arena, *list, *count, capacity, seen);
    }
    return true;
}
