/* act.c - pressing, typing and choosing as a browser without scripts does it.
 *
 * Every act is first put to the guard. What only a script could do is said so in a
 * sentence, never guessed (scenarios.md 2.4-2.6). Layer: visit. SPDX-License-Identifier:
 * MIT */
#include <string.h>

#include "base/url.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/http/http.h"

enum { NAME_BYTES = 60 };

static HttpVisitor *http_of(Visitor *visitor)
{
    /* base is the first member, so both have one address. */
    return (HttpVisitor *)(void *)visitor;
}

static void move_begin(const HttpVisitor *visitor, Move *move)
{
    *move = (Move){.result = MOVE_NOTHING};
    move->page = visitor->base.page ? visitor->base.page->index : -1;
}

/** What a person would call the element: its text, else what its attributes say. */
static const char *element_words(Arena *arena, const Node *element)
{
    static const char *const names[] = {"aria-label", "value",       "title",
                                        "alt",        "placeholder", "name"};
    const char *text = node_text_cut(arena, element, NAME_BYTES);
    for (size_t i = 0; i < COUNT_OF(names) && !*text; i++) {
        const char *value = node_attribute(element, names[i]);
        text = value ? value : text;
    }
    return *text ? text : node_tag(element);
}

static void move_needs_browser(const HttpVisitor *visitor, const Node *element,
                               const char *evidence, Move *move)
{
    const char *words = element_words(visitor->arena, element);
    move_set(
        move, MOVE_NEEDS_BROWSER,
        evidence
            ? arena_printf(visitor->arena, "'%s' does nothing without scripts (%s)", words,
                           evidence)
            : arena_printf(visitor->arena, "'%s' does nothing without scripts", words));
}

static bool is_refused(const HttpVisitor *visitor, const Shown *shown, const Node *element,
                       Move *move)
{
    const char *why = NULL;
    if (guard_allows_press(shown->document, shown->state, element, visitor->base.safety,
                           &why))
        return false;
    move_set(move, MOVE_REFUSED, arena_text(visitor->arena, why));
    return true;
}

static bool request_go(HttpVisitor *visitor, const FormRequest *request,
                       ReferrerPolicy policy, const char *evidence, Move *move, Error *err)
{
    Navigation navigation = {.method = request->method, .url = request->url};
    navigation.body = request->body;
    navigation.content_type = request->content_type;
    navigation.from = http_shown(visitor);
    navigation.policy = policy;
    navigation.is_user = true;
    if (!http_navigate(visitor, &navigation, move, err))
        return false;
    move->is_without_script = evidence != NULL;
    return true;
}

/* ---- links ---- */

static bool rel_has(const Node *node, const char *token)
{
    Str rest = str_of(node_attribute(node, "rel"));
    Str word;
    while (str_next_word(&rest, &word))
        if (str_equal_nocase(word, str_of(token)))
            return true;
    return false;
}

static bool link_follow(HttpVisitor *visitor, const Node *link, const Node *clicked,
                        const char *evidence, Move *move, Error *err)
{
    const Shown *shown = http_shown(visitor);
    FormRequest request = {0};
    if (link_is_fragment(shown->document, link)) {
        /* With script evidence the fragment is only a dress for a script's button. */
        if (evidence)
            move_needs_browser(visitor, link, evidence, move);
        else
            move_set(move, MOVE_STATE, "the link stays on this page");
        return true;
    }
    LinkClick click = {.link = link, .hit = clicked};
    if (!link_request(shown->document, &click, visitor->arena, &request)) {
        move_needs_browser(visitor, link, evidence, move);
        return true;
    }
    if (node_has_attribute(link, "download")) {
        move_set(move, MOVE_NOTHING, "the link is a download, no new page");
        return true;
    }
    const char *said = node_attribute(link, "referrerpolicy");
    ReferrerPolicy policy =
        rel_has(link, "noreferrer") ? REFERRER_NONE : referrer_policy_of(said);
    return request_go(visitor, &request, policy, evidence, move, err);
}

/* ---- forms ---- */

static bool form_go(HttpVisitor *visitor, const Node *form, const Node *submitter,
                    const char *evidence, Move *move, Error *err)
{
    const Shown *shown = http_shown(visitor);
    const char *reason = form_browser_reason(shown->document, form);
    if (reason) {
        move_set(move, MOVE_NEEDS_BROWSER, arena_text(visitor->arena, reason));
        return true;
    }
    FormRequest request = {0};
    Submission submission = {.form = form, .submitter = submitter, .validate = true};
    switch (
        form_submit(shown->state, &submission, visitor->arena, &request, &move->fault)) {
    case SUBMIT_REQUEST:
        return request_go(visitor, &request,
                          rel_has(form, "noreferrer") ? REFERRER_NONE : REFERRER_DEFAULT,
                          evidence, move, err);
    case SUBMIT_INVALID:
        move_set(move, MOVE_INVALID,
                 arena_printf(
                     visitor->arena, "the browser keeps the form: '%s' breaks '%s'",
                     element_words(visitor->arena, move->fault.control), move->fault.rule));
        return true;
    case SUBMIT_NOTHING:
        move_set(move, MOVE_STATE, "the form only closes its dialog");
        return true;
    case SUBMIT_NEEDS_BROWSER:
        move_set(move, MOVE_NEEDS_BROWSER, "the form is sent by a script");
        return true;
    case SUBMIT_REFUSED:
        move_set(move, MOVE_REFUSED, "the form is not sent to a web address");
        return true;
    }
    return true;
}

static bool submit_press(HttpVisitor *visitor, const Node *button, const char *evidence,
                         Move *move, Error *err)
{
    const Node *form = form_owner(http_shown(visitor)->document, button);
    if (!form) {
        move_needs_browser(visitor, button, "the button belongs to no form", move);
        return true;
    }
    return form_go(visitor, form, button, evidence, move, err);
}

/* ---- what changes on the page ---- */

static void option_press(const Shown *shown, const Node *option, Move *move)
{
    const Node *select = node_closest(option, "select");
    Error trouble = {0};
    bool is_set =
        select &&
        control_set(shown->state, select,
                    option_value(document_arena(shown->document), option), &trouble);
    move_set(move, is_set ? MOVE_STATE : MOVE_NOTHING, NULL);
}

static void check_press(const Shown *shown, const Node *box, Move *move)
{
    bool is_radio = strcmp(control_type(box), "radio") == 0;
    control_check(shown->state, box, is_radio || !control_is_checked(shown->state, box));
    move_set(move, MOVE_STATE, NULL);
}

static void reset_press(const Shown *shown, const Node *button, Move *move)
{
    const Node *form = form_owner(shown->document, button);
    if (form)
        form_state_reset(shown->state, form);
    move_set(move, form ? MOVE_STATE : MOVE_NOTHING, NULL);
}

bool http_press(Visitor *base, const Node *element, Move *move, Error *err)
{
    HttpVisitor *visitor = http_of(base);
    const Shown *shown = http_shown(visitor);
    move_begin(visitor, move);
    if (!shown || !shown->document || is_refused(visitor, shown, element, move))
        return true;
    const Node *active = element;
    const char *evidence = NULL;
    switch (node_activation(shown->document, element, &active, &evidence)) {
    case ACTIVATE_LINK: return link_follow(visitor, active, element, evidence, move, err);
    case ACTIVATE_SUBMIT: return submit_press(visitor, active, evidence, move, err);
    case ACTIVATE_RESET: reset_press(shown, active, move); return true;
    case ACTIVATE_CHECK: check_press(shown, active, move); return true;
    case ACTIVATE_OPTION: option_press(shown, active, move); return true;
    case ACTIVATE_DETAILS:
    case ACTIVATE_FOCUS: move_set(move, MOVE_STATE, NULL); return true;
    case ACTIVATE_EXTERNAL:
        move_set(move, MOVE_NOTHING,
                 "the link leaves the web (mail, telephone or the like)");
        return true;
    case ACTIVATE_NOTHING:
        move_set(move, MOVE_NOTHING, "the element is disabled or belongs to no form");
        return true;
    case ACTIVATE_NEEDS_BROWSER:
        move_needs_browser(visitor, element, evidence, move);
        return true;
    }
    return true;
}

bool http_enter(Visitor *base, const Node *control, Move *move, Error *err)
{
    HttpVisitor *visitor = http_of(base);
    const Shown *shown = http_shown(visitor);
    move_begin(visitor, move);
    if (!shown || !shown->document)
        return true;
    bool can_submit = false;
    const Node *button = control_enter(shown->document, control, &can_submit);
    const Node *form = form_owner(shown->document, control);
    if (is_refused(visitor, shown, button ? button : control, move))
        return true;
    const Node *active = NULL;
    const char *evidence = NULL;
    node_activation(shown->document, button ? button : control, &active, &evidence);
    if (!form || !can_submit) {
        move_needs_browser(visitor, control,
                           form ? "its form has no button to send it by"
                                : "the field belongs to no form",
                           move);
        return true;
    }
    return form_go(visitor, form, button, evidence, move, err);
}

bool http_fill(Visitor *base, const Node *control, const char *text, Move *move, Error *err)
{
    HttpVisitor *visitor = http_of(base);
    const Shown *shown = http_shown(visitor);
    (void)err;
    move_begin(visitor, move);
    if (!shown || !shown->document)
        return true;
    if (guard_is_card_field(control)) {
        move_set(move, MOVE_REFUSED, "card data are never typed");
        return true;
    }
    if (!node_is_control(control)) {
        move_needs_browser(visitor, control, "no form control", move);
        return true;
    }
    Error trouble = {0};
    if (control_set(shown->state, control, text, &trouble))
        move_set(move, MOVE_STATE, NULL);
    else
        move_set(move, MOVE_NOTHING, arena_text(visitor->arena, trouble.what));
    return true;
}

bool http_choose(Visitor *base, const Node *control, const char *value, Move *move,
                 Error *err)
{
    HttpVisitor *visitor = http_of(base);
    const Shown *shown = http_shown(visitor);
    const char *type = control_type(control);
    bool is_box = strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0;
    if (!is_box)
        return http_fill(base, control, value, move, err);
    move_begin(visitor, move);
    if (!shown || !shown->document)
        return true;
    if (control_is_disabled(control)) {
        move_set(move, MOVE_NOTHING, "the control is disabled");
        return true;
    }
    control_check(shown->state, control, value && *value);
    move_set(move, MOVE_STATE, NULL);
    return true;
}
