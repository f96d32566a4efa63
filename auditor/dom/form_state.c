/* form_state.c - what the user has typed and ticked, laid over the page as it was served.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/form_parts.h"
#include "dom/index.h"
#include "dom/text.h"

/* What was done to one control or option. */
typedef struct Change {
    const Node *node;
    const char *value; /* NULL: not typed */
    bool is_ticked, has_tick;
} Change;

struct FormState {
    Arena *arena;
    const Document *document;
    Change *changes;
    size_t count, capacity;
};

FormState *form_state_create(Arena *arena, const Document *document)
{
    FormState *state = ARENA_NEW(arena, FormState);

    state->arena = arena;
    state->document = document;
    return state;
}

const Document *form_state_document(const FormState *state)
{
    return state->document;
}

static Change *change_find(const FormState *state, const Node *node)
{
    for (size_t i = 0; i < state->count; i++)
        if (state->changes[i].node == node)
            return &state->changes[i];
    return NULL;
}

static Change *change_of(FormState *state, const Node *node)
{
    Change *change = change_find(state, node);

    if (change)
        return change;
    ARENA_PUSH(state->arena, state->changes, state->count, state->capacity,
               (Change){.node = node});
    return &state->changes[state->count - 1];
}

static const Node *control_of(const Node *node)
{
    return node_is_tag(node, "option") ? node_closest(node, "select") : node;
}

void form_state_reset(FormState *state, const Node *form)
{
    size_t kept = 0;

    for (size_t i = 0; i < state->count; i++) {
        const Node *control = control_of(state->changes[i].node);
        if (!control || form_owner(state->document, control) != form)
            state->changes[kept++] = state->changes[i];
    }
    state->count = kept;
}

const char *form_state_typed(const FormState *state, const Node *control)
{
    const Change *change = change_find(state, control);

    return change ? change->value : NULL;
}

bool control_is_changed(const FormState *state, const Node *control)
{
    return change_find(state, control) != NULL;
}

bool radio_is_fellow(const Document *document, const Node *radio, const Node *other)
{
    const char *name = node_attribute(radio, "name");
    const char *other_name = node_attribute(other, "name");

    return other != radio && name && *name && other_name && strcmp(name, other_name) == 0 &&
           strcmp(control_type(other), "radio") == 0 &&
           form_owner(document, radio) == form_owner(document, other);
}

/* Of several radios of a group marked checked, the last one is. */
static bool radio_is_outdone(const Document *document, const Node *radio)
{
    const NodeList *inputs = document_by_tag(document, "input");

    for (size_t i = inputs->count; i-- > 0;) {
        const Node *other = inputs->items[i];
        if (node_order(other) <= node_order(radio))
            return false;
        if (node_has_attribute(other, "checked") && radio_is_fellow(document, radio, other))
            return true;
    }
    return false;
}

bool control_is_checked(const FormState *state, const Node *control)
{
    const Change *change = change_find(state, control);

    if (change && change->has_tick)
        return change->is_ticked;
    return control_is_initially_checked(control) &&
           (strcmp(control_type(control), "radio") != 0 ||
            !radio_is_outdone(state->document, control));
}

static const char *select_value(const FormState *state, const Node *select)
{
    NodeList options = {NULL, 0, 0};

    select_options(select, state->arena, &options);
    for (size_t i = 0; i < options.count; i++)
        if (control_is_checked(state, options.items[i]))
            return option_value(state->arena, options.items[i]);
    return "";
}

const char *control_value(const FormState *state, const Node *control)
{
    const char *type = control_type(control);
    const char *typed = form_state_typed(state, control);
    const char *value = node_attribute(control, "value");

    if (typed)
        return typed;
    if (strcmp(type, "select") == 0)
        return select_value(state, control);
    if (strcmp(type, "textarea") == 0)
        return node_text_content(state->arena, control).data;
    if (strcmp(type, "file") == 0)
        return "";
    if (strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0)
        return value ? value : "on";
    if (node_is_tag(control, "input") && strcmp(type, "submit") == 0)
        return value ? value : "Submit";
    return value_sanitised(state->arena, control, value ? value : "");
}

static void tick(FormState *state, const Node *node, bool is_ticked)
{
    Change *change = change_of(state, node);

    change->has_tick = true;
    change->is_ticked = is_ticked;
}

static void radios_release(FormState *state, const Node *radio)
{
    const NodeList *inputs = document_by_tag(state->document, "input");

    for (size_t i = 0; i < inputs->count; i++)
        if (radio_is_fellow(state->document, radio, inputs->items[i]))
            tick(state, inputs->items[i], false);
}

void control_check(FormState *state, const Node *control, bool is_checked)
{
    const Node *select = NULL;
    NodeList options = {NULL, 0, 0};

    if (strcmp(control_type(control), "radio") == 0 && is_checked)
        radios_release(state, control);
    if (node_is_tag(control, "option") && is_checked)
        select = node_closest(control, "select");
    if (select && !node_has_attribute(select, "multiple"))
        select_options(select, state->arena, &options);
    for (size_t i = 0; i < options.count; i++)
        tick(state, options.items[i], false);
    tick(state, control, is_checked);
}

static Str option_label(Arena *arena, const Node *option)
{
    return text_fold(arena, node_text_content(arena, option));
}

static const Node *option_find(FormState *state, const NodeList *options, const char *value)
{
    Str label = text_fold(state->arena, str_of(value));

    for (size_t i = 0; i < options->count; i++)
        if (strcmp(option_value(state->arena, options->items[i]), value) == 0)
            return options->items[i];
    for (size_t i = 0; i < options->count; i++)
        if (str_equal(option_label(state->arena, options->items[i]), label))
            return options->items[i];
    return NULL;
}

static bool select_set(FormState *state, const Node *select, const char *value, Error *err)
{
    NodeList options = {NULL, 0, 0};
    const Node *chosen = NULL;

    select_options(select, state->arena, &options);
    chosen = option_find(state, &options, value);
    if (!chosen)
        return error_set(err, ERROR_INPUT, NULL, "the list has no option '%s'", value);
    if (control_is_disabled(chosen))
        return error_set(err, ERROR_INPUT, NULL, "option '%s' cannot be chosen", value);
    for (size_t i = 0; i < options.count; i++)
        tick(state, options.items[i], false);
    tick(state, chosen, true);
    return true;
}

void control_note(FormState *state, const Node *control, const char *value)
{
    change_of(state, control)->value = arena_text(state->arena, value);
}

static bool is_typed_into(const char *type)
{
    static const char *const not_typed[] = {"",      "hidden", "submit", "image",
                                            "reset", "button", "file"};

    for (size_t i = 0; i < COUNT_OF(not_typed); i++)
        if (strcmp(type, not_typed[i]) == 0)
            return false;
    return true;
}

bool control_set(FormState *state, const Node *control, const char *value, Error *err)
{
    const char *type = control_type(control);

    if (!is_typed_into(type))
        return error_set(err, ERROR_INPUT, NULL, "'%s' cannot be filled in",
                         node_css_path(state->arena, control));
    if (control_is_disabled(control))
        return error_set(err, ERROR_INPUT, NULL, "'%s' is disabled",
                         node_css_path(state->arena, control));
    if (strcmp(type, "select") == 0)
        return select_set(state, control, value, err);
    if (strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0) {
        control_check(state, control, *value != '\0');
        return true;
    }
    if (node_has_attribute(control, "readonly"))
        return error_set(err, ERROR_INPUT, NULL, "'%s' is read-only",
                         node_css_path(state->arena, control));
    change_of(state, control)->value = strcmp(type, "textarea") == 0
                                           ? arena_text(state->arena, value)
                                           : value_sanitised(state->arena, control, value);
    return true;
}
