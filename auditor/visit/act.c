/* act.c - the visitor's primitives as the steps use them: counted, timed, and with the page
 * recognised on arrival.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "base/url.h"
#include "visit/served.h"
#include "visit/steps.h"

const Page *walk_page(const Walk *walk)
{
    if (walk->page < 0 || (size_t)walk->page >= walk->visit->page_count)
        return NULL;
    return walk->visit->pages[walk->page];
}

const char *walk_language(const Walk *walk)
{
    if (walk->document && *document_language(walk->document))
        return document_language(walk->document);
    return walk->visitor->persona && walk->visitor->persona->language
               ? walk->visitor->persona->language
               : "";
}

static Page *shown_page(Walk *walk)
{
    if (walk->page < 0 || (size_t)walk->page >= walk->visit->page_count)
        return NULL;
    return walk->visit->pages[walk->page];
}

void walk_recognise(Walk *walk, PageKind expected)
{
    Page *page = shown_page(walk);
    if (!page || !walk->document)
        return;
    PageContext context = {.url = page->url,
                           .status = page->status,
                           .site = walk->home_url ? walk->home_url : walk->visit->site,
                           .expected = expected,
                           .is_platform_hinted = walk->options->use_platform_hints};
    if (page->document >= 0 && (size_t)page->document < walk->visit->exchange_count) {
        const Exchange *exchange = walk->visit->exchanges[page->document];
        context.headers = exchange->headers;
        context.header_count = exchange->header_count;
    }
    page->kind = page_recognise(walk->words, walk->document, &context, walk->arena,
                                &page->stage, &page->kind_signs);
    page->is_script_shell = page_is_shell(walk->document);
    if (!*page->title)
        page->title = arena_text(walk->arena, document_title(walk->document));
    if (!*page->language)
        page->language = arena_text(walk->arena, document_language(walk->document));
}

void walk_settle(Walk *walk, PageKind kind, const char *sign)
{
    Page *page = shown_page(walk);
    if (!page || (page->kind != PAGE_UNKNOWN && page->kind != PAGE_CONTENT))
        return;
    page->kind = kind;
    page->kind_signs = arena_printf(
        walk->arena, "%s%s%s: %s +4", page->kind_signs ? page->kind_signs : "",
        page->kind_signs && *page->kind_signs ? " / " : "", page_kind_name(kind), sign);
}

static bool look_again(Walk *walk, Error *err)
{
    walk->document = NULL;
    walk->state = NULL;
    return visitor_look(walk->visitor, &walk->document, &walk->state, err);
}

static bool is_blocked(Walk *walk, const Page *page, const char **name)
{
    *name = NULL;
    if (!walk->document)
        return false;
    PageContext context = {
        .url = page->url, .status = page->status, .site = walk->visit->site};
    if (page->document >= 0 && (size_t)page->document < walk->visit->exchange_count) {
        context.headers = walk->visit->exchanges[page->document]->headers;
        context.header_count = walk->visit->exchanges[page->document]->header_count;
    }
    return page_is_challenge(walk->document, &context, name);
}

/* A wait beyond what the person bears is noted once; the visit goes on. */
static void note_patience(Walk *walk, int64_t waited_us)
{
    const Persona *persona = walk->visitor->persona;
    if (!persona || persona->patience_us <= 0 || waited_us <= persona->patience_us ||
        visit_fact(walk->visit, "visit.would_have_left"))
        return;
    char waited[32];
    visit_fact_text(walk->visit, "visit.would_have_left", walk_record(walk)->id,
                    walk->page);
    visit_fact_evidence(walk->visit, arena_printf(walk->arena, "a wait of %s s",
                                                  number_fixed((double)waited_us / 1e6, 1,
                                                               waited, sizeof waited)));
}

/* What only scripts bring, on the first page of each kind. */
static void note_served(Walk *walk, Page *page)
{
    unsigned bit = 1U << (unsigned)page->kind;
    int count = 0;
    if (page->status >= 400 || !walk->document || (walk->served_kinds & bit))
        return;
    const char *missing =
        served_compare(walk->visit, page, walk->document, walk->words, &count);
    if (!missing)
        return;
    walk->served_kinds |= bit;
    walk->served_count += count;
    if (count > 0)
        walk->served_list = arena_printf(
            walk->arena, "%s%s%s: %s", walk->served_list ? walk->served_list : "",
            walk->served_list ? "; " : "", page_kind_name(page->kind), missing);
    visit_fact_number(walk->visit, "scripts.only", walk->served_count, page->index);
    if (walk->served_list)
        visit_fact_evidence(walk->visit, walk->served_list);
}

/* What a move led to: the page, its kind, its metrics. */
static bool arrive(Walk *walk, PageKind expected, int64_t begun_us, Move *move, Error *err)
{
    int64_t waited_us = clock_now_us(walk->visitor->clock) - begun_us;
    StepRecord *record = walk_record(walk);
    note_patience(walk, waited_us);
    if (move->result == MOVE_STATE)
        return look_again(walk, err);
    if (move->result != MOVE_PAGE && move->result != MOVE_BLOCKED) {
        record->effort.machine_us += waited_us;
        /* Where no answer came nothing is shown any more. */
        return move->result != MOVE_UNREACHABLE || look_again(walk, err);
    }
    if (move->page >= 0)
        walk->page = move->page;
    if (!look_again(walk, err))
        return false;
    Page *page = shown_page(walk);
    if (!page)
        return true;
    if (record->first_page < 0)
        record->first_page = page->index;
    record->page = page->index;
    memcpy(record->metrics, page->metrics, sizeof record->metrics);
    walk_recognise(walk, expected);
    if (walk->home_url && is_same_page(walk, page->url, walk->home_url) &&
        page->status < 400)
        walk_settle(walk, PAGE_HOME, "the address given");
    note_served(walk, page);
    effort_arrive(walk, waited_us);
    const char *wall = NULL;
    if (move->result == MOVE_PAGE && is_blocked(walk, page, &wall)) {
        move->result = MOVE_BLOCKED;
        move->reason = wall ? wall : "robot wall";
    }
    return true;
}

/* Does a pattern with '*' match the whole text? Both are short; the loop goes back to the
 * last '*' only, so it ends after at most length times length steps. */
static bool matches_pattern(const char *pattern, const char *text)
{
    const char *star = NULL;
    const char *retry = text;
    while (*text) {
        if (*pattern == '*') {
            star = pattern++;
            retry = text;
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star + 1;
            text = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

static bool is_denied(const Walk *walk, const char *url, Move *move)
{
    const Json *list = walk->scenario->deny_urls;
    for (const Json *one = json_first(list); url && one; one = json_next(one)) {
        if (!matches_pattern(fill_in(walk, json_text(one, "")), url))
            continue;
        *move = (Move){.result = MOVE_REFUSED,
                       .reason = "the scenario forbids this address",
                       .page = -1};
        return true;
    }
    return false;
}

/* Where pressing an element would lead; NULL: nowhere, or not known. */
static const char *pressed_url(const Walk *walk, const Node *element)
{
    const Node *active = NULL;
    Activation activation = node_activation(walk->document, element, &active, NULL);
    if (activation == ACTIVATE_LINK)
        return node_url(walk->arena, walk->document, active, "href");
    if (activation != ACTIVATE_SUBMIT)
        return NULL;
    const Node *form = form_owner(walk->document, active);
    const char *own = node_url(walk->arena, walk->document, active, "formaction");
    return own ? own : form ? node_url(walk->arena, walk->document, form, "action") : NULL;
}

bool act_open(Walk *walk, const char *url, PageKind expected, Move *move, Error *err)
{
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    *move = (Move){.page = -1};
    if (is_denied(walk, url, move))
        return true;
    return visitor_open(walk->visitor, url, move, err) &&
           arrive(walk, expected, begun_us, move, err);
}

/* Can Tab come to the element, or to what it activates? */
static bool is_focusable(const Walk *walk, const Node *element)
{
    const Node *active = element;
    Activation activation = node_activation(walk->document, element, &active, NULL);
    if (activation != ACTIVATE_NEEDS_BROWSER && activation != ACTIVATE_NOTHING)
        return true;
    for (const Node *up = element; up && !node_is_tag(up, "body"); up = node_parent(up)) {
        const char *index = node_attribute(up, "tabindex");
        if (node_is_tag(up, "button") || (index && *index != '-') ||
            (node_is_tag(up, "a") && node_has_attribute(up, "href")))
            return true;
    }
    return false;
}

bool act_press(Walk *walk, const Node *element, PageKind expected, Move *move, Error *err)
{
    if (walk->is_keyboard && walk->document && !is_focusable(walk, element)) {
        *move = (Move){.result = MOVE_NOTHING,
                       .page = walk->page,
                       .reason = "the keyboard cannot reach it"};
        return true;
    }
    if (is_denied(walk, pressed_url(walk, element), move))
        return true;
    walk->scripts = scripts_step_in(walk, element);
    effort_press(walk, element);
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    *move = (Move){.page = -1};
    if (!visitor_press(walk->visitor, element, move, err))
        return false;
    if (move->result == MOVE_PAGE)
        walk->clicks++;
    return arrive(walk, expected, begun_us, move, err);
}

bool act_enter(Walk *walk, const Node *control, PageKind expected, Move *move, Error *err)
{
    walk->scripts = scripts_step_in(walk, control);
    walk_record(walk)->effort.keystrokes++;
    walk_record(walk)->effort.human_us += 230000;
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    *move = (Move){.page = -1};
    if (!visitor_enter(walk->visitor, control, move, err))
        return false;
    if (move->result == MOVE_PAGE)
        walk->clicks++;
    return arrive(walk, expected, begun_us, move, err);
}

bool act_fill(Walk *walk, const Node *control, const char *text, Move *move, Error *err)
{
    effort_type(walk, control, text,
                field_is_required(walk->words, walk->document, control));
    *move = (Move){.page = -1};
    return visitor_fill(walk->visitor, control, text, move, err) &&
           arrive(walk, PAGE_UNKNOWN, clock_now_us(walk->visitor->clock), move, err);
}

bool act_choose(Walk *walk, const Node *control, const char *value, Move *move, Error *err)
{
    effort_choose(walk, control, field_is_required(walk->words, walk->document, control));
    *move = (Move){.page = -1};
    return visitor_choose(walk->visitor, control, value, move, err) &&
           arrive(walk, PAGE_UNKNOWN, clock_now_us(walk->visitor->clock), move, err);
}

bool act_go(Walk *walk, History history, PageKind expected, Move *move, Error *err)
{
    effort_press(walk, NULL);
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    *move = (Move){.page = -1};
    return visitor_go(walk->visitor, history, move, err) &&
           arrive(walk, expected, begun_us, move, err);
}

/* Layers were cleared away: the page may have changed, or be another one. */
static bool layers_cleared(Walk *walk, int64_t begun_us, const Clearing *clearing,
                           Error *err)
{
    const Page *page = visitor_page(walk->visitor);
    Move move = {.result = MOVE_STATE, .page = page ? page->index : -1};
    if (move.page >= 0 && move.page != walk->page)
        move.result = MOVE_PAGE;
    for (int i = 0; i < clearing->clicks; i++)
        effort_press(walk, NULL);
    return arrive(walk, PAGE_UNKNOWN, begun_us, &move, err);
}

bool act_answer(Walk *walk, const char *choice, Clearing *clearing, Error *err)
{
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    return walk->visitor->engine->consent(walk->visitor, choice, clearing, err) &&
           layers_cleared(walk, begun_us, clearing, err);
}

bool act_clear(Walk *walk, Clearing *clearing, Error *err)
{
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    return walk->visitor->engine->dismiss(walk->visitor, clearing, err) &&
           layers_cleared(walk, begun_us, clearing, err);
}

bool act_gesture(Walk *walk, const Gesture *gesture, Move *move, Error *err)
{
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    *move = (Move){.page = -1};
    if (gesture->element && is_denied(walk, pressed_url(walk, gesture->element), move))
        return true;
    if (!walk->visitor->engine->gesture(walk->visitor, gesture, move, err))
        return false;
    if (move->result == MOVE_PAGE)
        walk->clicks++;
    return arrive(walk, PAGE_UNKNOWN, begun_us, move, err);
}

/* The link that leads to the first page: in the header as a rule. */
static const Node *home_link(const Walk *walk)
{
    if (!walk->document)
        return NULL;
    const NodeList *links = document_by_tag(walk->document, "a");
    for (size_t i = 0; i < links->count; i++) {
        const char *url = NULL;
        if (is_site_link(walk, links->items[i], &url) &&
            is_same_page(walk, url, walk->home_url))
            return links->items[i];
    }
    for (size_t i = 0; i < links->count; i++)
        if (is_home_link(walk, links->items[i]))
            return links->items[i];
    return NULL;
}

/* The logo may lead to another address of the first page: that is home as well. */
static bool is_home(const Walk *walk, const Page *page, const char *home)
{
    return page && walk->document && page->status < 400 &&
           (is_same_page(walk, page->url, home) ||
            (walk->logo_url && is_same_page(walk, page->url, walk->logo_url)));
}

bool act_home(Walk *walk, Move *move, Error *err)
{
    const Page *page = walk_page(walk);
    *move = (Move){.result = MOVE_PAGE, .page = walk->page};
    const char *home = walk->home_url ? walk->home_url : walk->visit->site;
    if (!is_home(walk, page, home)) {
        const Node *link = walk->home_url ? home_link(walk) : NULL;
        if (!(link ? act_press(walk, link, PAGE_HOME, move, err)
                   : act_open(walk, home, PAGE_HOME, move, err)))
            return false;
        page = walk_page(walk);
        if (link && page && move->result == MOVE_PAGE && page->kind == PAGE_HOME)
            walk->logo_url = page->url;
        else if (link && page && move->result == MOVE_PAGE && !is_home(walk, page, home) &&
                 !act_open(walk, home, PAGE_HOME, move, err))
            return false;
    }
    walk->clicks = 0;
    return true;
}
