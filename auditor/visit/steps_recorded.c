/* steps_recorded.c - the Recorder's own steps on the static tree (scenarios.md 2.1-2.4).
 *
 * What HTML does natively is done exactly; what needs a script is said, never imitated.
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum { THINK_LIMIT_US = 30 * 1000000 };

/* --- addresses --- */

static const char *recorded_origin(const Walk *walk)
{
    if (walk->scenario->recorded_origin)
        return walk->scenario->recorded_origin;
    /* A plain recording was made on the site of its first page. */
    for (int i = 0; i < walk->scenario->step_count; i++) {
        const ScenarioStep *step = &walk->scenario->steps[i];
        Url url;
        if (step->kind == STEP_KIND_NAVIGATE &&
            url_parse(walk->arena, str_of(step->url), NULL, &url, NULL) &&
            url_is_http(&url))
            return url_origin(walk->arena, &url);
    }
    return NULL;
}

const char *origin_rewrite(const Walk *walk, const char *url)
{
    const char *origin = recorded_origin(walk);
    Url recorded;
    Url site;
    Url given;
    if (!origin || !url_parse(walk->arena, str_of(origin), NULL, &recorded, NULL) ||
        !url_parse(walk->arena, str_of(walk->visit->site), NULL, &site, NULL) ||
        !url_parse(walk->arena, str_of(url), NULL, &given, NULL) ||
        !url_same_origin(&recorded, &given))
        return url;
    return arena_printf(walk->arena, "%s%s%s%s%s%s", url_origin(walk->arena, &site),
                        given.path, given.query ? "?" : "", given.query ? given.query : "",
                        given.fragment ? "#" : "", given.fragment ? given.fragment : "");
}

/* Parameters that differ from visit to visit. */
static bool is_volatile(Str pair)
{
    static const char *const NAMES[] = {"sid",  "ei",      "gclid",     "fbclid", "_ga",
                                        "utm_", "session", "phpsessid", "msclkid"};
    size_t equals = str_find_byte(pair, '=', 0);
    Str name = equals == SIZE_MAX ? pair : str_slice(pair, 0, equals);
    for (size_t i = 0; i < COUNT_OF(NAMES); i++)
        if (str_starts_with_nocase(name, str_of(NAMES[i])))
            return true;
    return equals != SIZE_MAX && pair.length - equals - 1 >= 20;
}

static bool query_holds(Str query, Str pair)
{
    Str rest = query;
    Str own;
    while (str_next(&rest, '&', &own))
        if (str_equal(own, pair))
            return true;
    return false;
}

/* All lasting parameters of one are in the other. */
static bool query_within(Str inner, Str outer)
{
    Str rest = inner;
    Str pair;
    while (str_next(&rest, '&', &pair))
        if (pair.length > 0 && !is_volatile(pair) && !query_holds(outer, pair))
            return false;
    return true;
}

static bool is_asserted_url(const Walk *walk, const char *asserted, const char *shown)
{
    Url a;
    Url b;
    if (!url_parse(walk->arena, str_of(origin_rewrite(walk, asserted)), NULL, &a, NULL) ||
        !url_parse(walk->arena, str_of(shown), NULL, &b, NULL))
        return false;
    Str left = str_of(a.query);
    Str right = str_of(b.query);
    return url_same_origin(&a, &b) && strcmp(a.path, b.path) == 0 &&
           query_within(left, right) && query_within(right, left);
}

/* Check what the recording says came next; only an address that differs is a failure. */
static bool check_events(Walk *walk, const Move *move)
{
    for (int i = 0; i < walk->step->event_count; i++) {
        const AssertedEvent *event = &walk->step->events[i];
        const Page *page = walk_page(walk);
        if (move->result != MOVE_PAGE || !page) {
            if (walk->scripts)
                return step_result(walk, OUTCOME_NEEDS_BROWSER,
                                   "the recording went to another page here, and %s",
                                   walk->scripts);
            return step_result(walk, OUTCOME_FAILED,
                               "the recording went to another page here");
        }
        if (event->url && *event->url && !is_asserted_url(walk, event->url, page->url))
            return step_result(walk, OUTCOME_FAILED, "expected '%s', came to '%s'",
                               origin_rewrite(walk, event->url), page->url);
        if (event->title && *event->title &&
            !str_equal(text_fold(walk->arena, str_of(event->title)),
                       text_fold(walk->arena, str_of(page->title))))
            return step_result(walk, OUTCOME_OK, "the title is '%s', was '%s'", page->title,
                               event->title);
    }
    return true;
}

/* --- targets --- */

/* Does the engine act as a person does, with gestures? */
static bool is_live(const Walk *walk)
{
    return walk->visitor->engine->gesture != NULL;
}

static bool is_elsewhere(Walk *walk)
{
    const Json *frame = json_get(walk->step->json, "frame");
    /* What frames show is part of the tree where an engine reads them. */
    if (frame && json_count(frame) > 0 &&
        !(walk->document && document_by_tag(walk->document, "shown-frame")->count > 0))
        return !step_result(walk, OUTCOME_NEEDS_BROWSER, "it happens inside a frame");
    if (walk->step->target && strcmp(walk->step->target, "main") != 0)
        return !step_result(walk, OUTCOME_NEEDS_BROWSER, "it happens in another window");
    return true;
}

/* Find the step's element; false: the outcome is set. */
static bool reach(Walk *walk, Target *target)
{
    if (!is_elsewhere(walk))
        return false;
    if (!walk->document) {
        step_result(walk, OUTCOME_FAILED, "no page is open");
        return false;
    }
    selectors_resolve(walk, walk->step, target);
    if (target->node) {
        const SelectorChain *chain = &walk->step->selectors[target->alternative];
        const char *why = arena_printf(walk->arena, "alternative %d of %d: %s%s%s",
                                       target->alternative + 1, walk->step->selector_count,
                                       chain->count > 0 ? chain->parts[0] : "",
                                       target->is_drifting ? "; selector drift" : "",
                                       target->is_fuzzy ? "; only alike" : "");
        match_element(walk, target->node, why, target->count == 1 ? 2 : 1);
        return true;
    }
    if (target->needs_browser)
        step_result(walk, OUTCOME_NEEDS_BROWSER, "the element was not found: %s",
                    target->needs_browser);
    else
        step_not_found(walk, "the recorded element (the recording may be stale)");
    return false;
}

static bool is_done(Walk *walk, const Move *move, const Target *target)
{
    if (move->is_without_script)
        step_result(walk, OUTCOME_OK_WITHOUT_SCRIPT, "%s",
                    move->reason ? move->reason : "a script would have stepped in");
    else if (target->is_drifting)
        step_result(walk, OUTCOME_OK,
                    "selector drift: the alternatives name different elements");
    else if (target->count > 1)
        step_result(walk, OUTCOME_OK, "%zu elements match; the first was taken",
                    target->count);
    else
        step_result(walk, OUTCOME_OK, NULL);
    return check_events(walk, move);
}

/* --- steps --- */

static bool do_navigate(Walk *walk, Error *err)
{
    const char *url = fill_in(walk, walk->step->url);
    const Page *page = walk_page(walk);
    url = origin_rewrite(
        walk, url_resolve(walk->arena, str_of(url), page ? page->url : walk->visit->site));
    if (!url)
        return step_result(walk, OUTCOME_FAILED, "the address cannot be read");
    if (!is_own_site(walk, url))
        return step_result(walk, OUTCOME_SKIPPED, "another site is not visited");
    Move move;
    if (!act_open(walk, url, PAGE_UNKNOWN, &move, err))
        return false;
    if (step_failed(walk, &move, "the address"))
        return true;
    page = walk_page(walk);
    if (!walk->home_url && page) {
        walk->home_url = page->url;
        walk->clicks = 0;
        walk_recognise(walk, PAGE_UNKNOWN);
    }
    if (page && page->status >= 400)
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the page answers with status %d",
                           page->status);
    step_result(walk, OUTCOME_OK, NULL);
    return check_events(walk, &move);
}

static bool leads_elsewhere(const Walk *walk, const Node *node)
{
    const Node *active = NULL;
    if (node_activation(walk->document, node, &active, NULL) != ACTIVATE_LINK)
        return false;
    const char *url = node_url(walk->arena, walk->document, active, "href");
    return url && !is_own_site(walk, url);
}

static bool press_target(Walk *walk, const Target *target, Error *err)
{
    Move move;
    if (leads_elsewhere(walk, target->node))
        return step_result(walk, OUTCOME_SKIPPED, "it leads to another site: not followed");
    bool is_double = walk->step->kind == STEP_KIND_DOUBLE_CLICK;
    bool is_fine = is_live(walk)
                       ? live_click(walk, target->node, is_double ? 2 : 1, &move, err)
                       : act_press(walk, target->node, PAGE_UNKNOWN, &move, err);
    if (!is_fine)
        return false;
    if (move.result == MOVE_NOTHING && walk->step->event_count == 0) {
        /* A click on plain text is no promise. */
        walk->focus = target->node;
        return step_result(walk, OUTCOME_OK,
                           is_live(walk) ? "nothing happens"
                                         : "nothing happens without scripts");
    }
    if (step_failed(walk, &move, "the element"))
        return true;
    if (move.result == MOVE_STATE)
        walk->focus = target->node;
    return is_done(walk, &move, target);
}

static bool do_click(Walk *walk, Error *err)
{
    Target target;
    return !reach(walk, &target) || press_target(walk, &target, err);
}

static bool do_double_click(Walk *walk, Error *err)
{
    Target target;
    if (!reach(walk, &target))
        return true;
    const Node *element = NULL;
    Activation activation = node_activation(walk->document, target.node, &element, NULL);
    if (is_live(walk))
        return press_target(walk, &target, err);
    if (activation == ACTIVATE_CHECK)
        return step_result(walk, OUTCOME_OK, "ticked and unticked: nothing changes");
    if (activation == ACTIVATE_NEEDS_BROWSER)
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "a double click works by a script only");
    return press_target(walk, &target, err);
}

/* A secret is typed only on the visited site, over https or on loopback. */
static bool may_type_secret(const Walk *walk, const Node *control)
{
    const Node *form = form_owner(walk->document, control);
    const char *action =
        form ? node_url(walk->arena, walk->document, form, "action") : NULL;
    const char *urls[2] = {document_url(walk->document), action};
    for (int i = 0; i < 2; i++) {
        Url url;
        if (!urls[i])
            continue;
        if (!is_own_site(walk, urls[i]) ||
            !url_parse(walk->arena, str_of(urls[i]), NULL, &url, NULL) ||
            (strcmp(url.scheme, "https") != 0 && !url_is_loopback(&url)))
            return false;
    }
    return true;
}

static bool change_tick(Walk *walk, const Target *target, const char *value, Error *err)
{
    Move move;
    if (!act_choose(walk, target->node, *value ? "on" : "", &move, err))
        return false;
    return step_failed(walk, &move, "the box") || is_done(walk, &move, target);
}

static bool do_change(Walk *walk, Error *err)
{
    Target target;
    if (!reach(walk, &target))
        return true;
    const Node *control = target.node;
    const char *value = fill_in(walk, walk->step->value ? walk->step->value : "");
    bool is_secret = walk->scenario->has_journey && walk->step->value &&
                     strstr(walk->step->value, "${secret:");
    if (guard_is_card_field(control))
        return step_result(walk, OUTCOME_REFUSED, "card data are never typed");
    if (is_secret && !may_type_secret(walk, control))
        return step_result(walk, OUTCOME_REFUSED, "a secret is typed on the own site only");
    bool is_control = node_is_tag(control, "input") || node_is_tag(control, "select") ||
                      node_is_tag(control, "textarea");
    if (!is_control && !is_live(walk))
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "it is no field of a form");
    const char *type = control_type(control);
    if (strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0)
        return change_tick(walk, &target, value, err);
    Move move;
    bool is_masked = is_secret || strcmp(type, "password") == 0;
    step_typed(walk,
               node_attribute(control, "name") ? node_attribute(control, "name") : "field",
               is_masked ? "***" : value);
    bool is_fine = strcmp(type, "select") == 0
                       ? act_choose(walk, control, value, &move, err)
                       : act_fill(walk, control, value, &move, err);
    if (!is_fine)
        return false;
    if (move.result == MOVE_NOTHING)
        return step_result(walk, OUTCOME_FAILED, "the field does not take '%s'",
                           is_masked ? "***" : value);
    return step_failed(walk, &move, "the field") || is_done(walk, &move, &target);
}

static bool is_text_control(const Node *node)
{
    const char *type = node_is_tag(node, "input") ? control_type(node) : "";
    return node_is_tag(node, "textarea") ||
           (*type && strcmp(type, "checkbox") != 0 && strcmp(type, "radio") != 0 &&
            strcmp(type, "submit") != 0 && strcmp(type, "button") != 0 &&
            strcmp(type, "image") != 0);
}

static bool key_enter(Walk *walk, Error *err)
{
    Move move;
    Target target = {.node = walk->focus, .count = 1};
    if (node_is_tag(walk->focus, "textarea"))
        return step_result(walk, OUTCOME_OK, "a new line");
    bool is_field = is_text_control(walk->focus);
    bool is_fine = is_field ? act_enter(walk, walk->focus, PAGE_UNKNOWN, &move, err)
                            : act_press(walk, walk->focus, PAGE_UNKNOWN, &move, err);
    if (!is_fine)
        return false;
    return step_failed(walk, &move, "Enter") || is_done(walk, &move, &target);
}

static bool key_letter(Walk *walk, const char *key, Error *err)
{
    Move move;
    const char *old = control_value(walk->state, walk->focus);
    const char *text = arena_printf(walk->arena, "%s%s", old ? old : "", key);
    if (!act_fill(walk, walk->focus, text, &move, err))
        return false;
    return step_failed(walk, &move, "the field") || step_result(walk, OUTCOME_OK, NULL);
}

static bool do_live_key(Walk *walk, bool is_down, Error *err)
{
    Move move;
    Target target = {.node = walk->focus, .count = 1};
    const char *key = walk->step->key ? walk->step->key : "";
    if (!live_key(walk, key, is_down, &move, err))
        return false;
    return step_failed(walk, &move, key) || is_done(walk, &move, &target);
}

static bool do_key_down(Walk *walk, Error *err)
{
    const char *key = walk->step->key ? walk->step->key : "";
    if (is_live(walk))
        return do_live_key(walk, true, err);
    if (strcmp(key, "Tab") == 0) {
        walk->focus = walk->document ? tab_next(walk) : NULL;
        return step_result(walk, OUTCOME_OK, NULL);
    }
    if (!walk->focus || !walk->document)
        return step_result(walk, OUTCOME_SKIPPED, "no element has the focus");
    if (strcmp(key, "Enter") == 0)
        return key_enter(walk, err);
    bool is_letter = str_rune_count(str_of(key)) == 1;
    if (is_letter && is_text_control(walk->focus))
        return key_letter(walk, key, err);
    return step_result(walk, OUTCOME_SKIPPED, "the key has no meaning without scripts");
}

static bool do_key_up(Walk *walk, Error *err)
{
    const char *key = walk->step->key ? walk->step->key : "";
    if (is_live(walk))
        return do_live_key(walk, false, err);
    bool is_space = strcmp(key, " ") == 0 || strcmp(key, "Space") == 0;
    if (!is_space || !walk->focus || !walk->document || is_text_control(walk->focus) ||
        node_is_tag(walk->focus, "a"))
        return step_result(walk, OUTCOME_SKIPPED, "the key has no meaning without scripts");
    Target target = {.node = walk->focus, .count = 1};
    return press_target(walk, &target, err);
}

/* --- waiting --- */

static const char *static_property(const Walk *walk, const Node *node, const char *name)
{
    if (strcmp(name, "value") == 0)
        return control_value(walk->state, node);
    if (strcmp(name, "innerText") == 0 || strcmp(name, "textContent") == 0)
        return arena_str_text(walk->arena, str_trim(node_text_content(walk->arena, node)));
    if (strcmp(name, "className") == 0)
        name = "class";
    if (strcmp(name, "href") == 0)
        return node_url(walk->arena, walk->document, node, "href");
    if (strcmp(name, "title") == 0 || strcmp(name, "id") == 0 ||
        strcmp(name, "class") == 0) {
        const char *value = node_attribute(node, name);
        return value ? value : "";
    }
    return NULL;
}

/* 1 holds, 0 not, -1 cannot be known here. */
static int property_holds(const Walk *walk, const Node *node, const Json *wanted)
{
    const char *name = json_key(wanted);
    if (strcmp(name, "checked") == 0)
        return control_is_checked(walk->state, node) == json_bool(wanted, false);
    if (strcmp(name, "disabled") == 0)
        return node_has_attribute(node, "disabled") == json_bool(wanted, false);
    const char *value = static_property(walk, node, name);
    if (!value || json_type(wanted) != JSON_STRING)
        return -1;
    return strcmp(value, json_text(wanted, "")) == 0;
}

/* Attributes and properties on every match. */
static int all_hold(const Walk *walk, const NodeList *list)
{
    const Json *attributes = json_get(walk->step->json, "attributes");
    const Json *properties = json_get(walk->step->json, "properties");
    for (size_t i = 0; i < list->count; i++) {
        for (const Json *one = json_first(attributes); one; one = json_next(one)) {
            const char *value = node_attribute(list->items[i], json_key(one));
            if (!value || strcmp(value, json_text(one, "")) != 0)
                return 0;
        }
        for (const Json *one = json_first(properties); one; one = json_next(one)) {
            int holds = property_holds(walk, list->items[i], one);
            if (holds != 1)
                return holds;
        }
    }
    return 1;
}

static bool count_holds(size_t count, const char *operator, double wanted)
{
    double own = (double)count;
    if (strcmp(operator, "==") == 0)
        return own >= wanted && own <= wanted;
    return strcmp(operator, "<=") == 0 ? own <= wanted : own >= wanted;
}

static bool do_wait_for_element(Walk *walk)
{
    NodeList list = {0};
    if (!is_elsewhere(walk))
        return true;
    if (!walk->document)
        return step_result(walk, OUTCOME_FAILED, "no page is open");
    selectors_all(walk, walk->step, &list);
    const Json *json = walk->step->json;
    bool holds = count_holds(list.count, json_text(json_get(json, "operator"), ">="),
                             json_number(json_get(json, "count"), 1));
    int details = holds ? all_hold(walk, &list) : 0;
    bool wanted = json_bool(json_get(json, "visible"), true);
    if (details < 0)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the property is set by scripts");
    if ((holds && details == 1) == wanted)
        return step_result(walk, OUTCOME_OK, NULL);
    const char *why = scripts_matter(walk);
    if (why)
        return step_result(walk, OUTCOME_NEEDS_BROWSER,
                           "%zu elements match in the HTML, and %s", list.count, why);
    return step_result(walk, OUTCOME_FAILED, "%zu elements match", list.count);
}

/* "new Promise(r => setTimeout(r, 500))" is a pause; nothing else can be known. */
static bool do_wait_for_expression(Walk *walk)
{
    Str text = str_of(json_text(json_get(walk->step->json, "expression"), ""));
    size_t at = str_find(text, STR("setTimeout("), 0);
    size_t comma = at == SIZE_MAX ? SIZE_MAX : str_find_byte(text, ',', at);
    if (!str_contains(text, STR("new Promise")) || comma == SIZE_MAX)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "a condition in JavaScript");
    size_t end = comma + 1;
    while (end < text.length && strchr(" 0123456789", text.data[end]))
        end++;
    long long pause_ms = 0;
    if (!str_to_int(str_trim(str_slice(text, comma + 1, end - comma - 1)), &pause_ms))
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "a condition in JavaScript");
    int64_t pause_us = pause_ms > THINK_LIMIT_US / 1000 ? THINK_LIMIT_US : pause_ms * 1000;
    if (walk->options->is_human_pace)
        clock_sleep_us(walk->visitor->clock, pause_us);
    return step_result(walk, OUTCOME_OK, "a pause of %lld ms", pause_ms);
}

/* --- healing --- */

/* The recorded element is gone: do what the bracket is for, if it allows it. */
static bool heal(Walk *walk, Error *err)
{
    StepOutcome outcome = walk_record(walk)->outcome;
    if (!walk->bracket || walk->has_ended ||
        (outcome != OUTCOME_NOT_FOUND && outcome != OUTCOME_NEEDS_BROWSER))
        return true;
    const char *mode = json_text(json_get(walk->bracket->parameters, "heal"), "never");
    const char *intent = json_text(json_get(walk->bracket->parameters, "intent"), NULL);
    StepKind kind = intent ? step_kind_of(arena_printf(walk->arena, "mystery/%s", intent))
                           : STEP_KIND_COUNT;
    if (strcmp(mode, "never") == 0 || kind == STEP_KIND_COUNT || !step_function(kind))
        return true;
    const char *reason = walk_record(walk)->reason;
    if (!step_function(kind)(walk, err))
        return false;
    if (!step_is_ok(walk_record(walk)->outcome))
        return true;
    walk->is_bracket_healed = true;
    return step_result(walk, OUTCOME_OK_HEALED, "%s; '%s' was done instead",
                       reason ? reason : "not found", intent);
}

/* What only an engine with gestures does. is_mine false: it is left to the others. */
static bool perform_live(Walk *walk, bool *is_mine, Error *err)
{
    StepKind kind = walk->step->kind;
    Target target = {0};
    *is_mine = kind != STEP_KIND_NAVIGATE && kind != STEP_KIND_CLICK &&
               kind != STEP_KIND_DOUBLE_CLICK && kind != STEP_KIND_CHANGE &&
               kind != STEP_KIND_KEY_DOWN && kind != STEP_KIND_KEY_UP;
    bool waits = walk->step->selector_count > 0 && kind != STEP_KIND_WAIT_FOR_ELEMENT;
    if (waits && is_elsewhere(walk) && !live_resolve(walk, &target, err))
        return false;
    if (!*is_mine)
        return true;
    target = (Target){0};
    if (waits && !reach(walk, &target))
        return true;
    return live_perform(walk, target.node, err);
}

static bool perform(Walk *walk, Error *err)
{
    StepKind kind = walk->step->kind;
    bool is_mine = false;
    if (is_live(walk) && !perform_live(walk, &is_mine, err))
        return false;
    if (is_mine)
        return true;
    if (kind == STEP_KIND_NAVIGATE)
        return do_navigate(walk, err);
    if (kind == STEP_KIND_CLICK)
        return do_click(walk, err);
    if (kind == STEP_KIND_DOUBLE_CLICK)
        return do_double_click(walk, err);
    if (kind == STEP_KIND_CHANGE)
        return do_change(walk, err);
    if (kind == STEP_KIND_KEY_DOWN)
        return do_key_down(walk, err);
    if (kind == STEP_KIND_KEY_UP)
        return do_key_up(walk, err);
    if (kind == STEP_KIND_WAIT_FOR_ELEMENT)
        return do_wait_for_element(walk);
    if (kind == STEP_KIND_WAIT_FOR_EXPRESSION)
        return do_wait_for_expression(walk);
    return step_result(walk, OUTCOME_SKIPPED, "%s",
                       kind == STEP_KIND_CUSTOM ? "not a step of ours"
                                                : "no meaning without a screen");
}

bool step_recorded(Walk *walk, Error *err)
{
    if (walk->is_bracket_healed)
        return step_result(walk, OUTCOME_SKIPPED, "its part was done another way");
    return perform(walk, err) && heal(walk, err);
}
