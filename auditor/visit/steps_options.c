/* steps_options.c - options of a product that must be chosen before it can be bought.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/name.h"
#include "dom/text.h"
#include "visit/steps.h"

enum { TEXTS_MOST = 6 /* fields of a product filled with words */ };

static bool is_placeholder(const Walk *walk, const Node *option, Str text)
{
    const char *value = node_attribute(option, "value");
    if ((value && (*value == '\0' || strcmp(value, "0") == 0)) || text.length == 0)
        return true;
    return text.data[0] == '-' ||
           words_match(walk->words, "choose_variant", walk_language(walk), text, NULL);
}

static bool is_usable(const Walk *walk, const Node *option)
{
    Str text = str_trim(node_text_content(walk->arena, option));
    return !node_has_attribute(option, "disabled") && !is_placeholder(walk, option, text) &&
           !words_match(walk->words, "out_of_stock", walk_language(walk), text, NULL);
}

/* "+ 5.00" in an option's words changes the price. */
static void note_extra(Walk *walk, Str text)
{
    Price price;
    size_t at = 0;
    if (!price_next(text, &at, &price))
        return;
    if (str_find_byte(text, '+', 0) != SIZE_MAX)
        walk->goods.option_extra_milli += price.milli;
    else
        walk->goods.is_price_by_option = true;
}

static const char *choice_value(const Walk *walk, const Node *option)
{
    const char *value = node_attribute(option, "value");
    return value ? value
                 : arena_str_text(walk->arena,
                                  str_trim(node_text_content(walk->arena, option)));
}

/* Usable options of a select, in order. */
static void usable_options(const Walk *walk, const Node *select, NodeList *list)
{
    for (const Node *child = node_first_child(select); child; child = node_next(child)) {
        if (node_is_tag(child, "optgroup") && !node_has_attribute(child, "disabled"))
            usable_options(walk, child, list);
        else if (node_is_tag(child, "option") && is_usable(walk, child))
            node_list_add(walk->arena, list, child);
    }
}

/* The value that the policy names for this control ({"Size": "M"}), or NULL. */
static const char *policy_value(const Walk *walk, const char *label)
{
    const Json *policy = step_json(walk, "policy");
    if (walk->step->kind != STEP_KIND_CHOOSE_OPTIONS || !policy ||
        json_type(policy) != JSON_OBJECT)
        return NULL;
    const Json *named = json_get(policy, "named") ? json_get(policy, "named") : policy;
    for (const Json *entry = json_first(named); entry; entry = json_next(entry))
        if (str_contains_nocase(str_of(label), str_of(json_key(entry))))
            return json_text(entry, NULL);
    return NULL;
}

static bool choose_in_select(Walk *walk, const Node *select, bool again, Error *err)
{
    NodeList options = {0};
    usable_options(walk, select, &options);
    const char *label = node_name(walk->arena, walk->document, select, NULL);
    const char *wanted = policy_value(walk, label);
    const char *current = control_value(walk->state, select);
    size_t chosen = 0;
    bool is_set = false;
    for (size_t i = 0; i < options.count && !is_set; i++) {
        is_set = current && strcmp(choice_value(walk, options.items[i]), current) == 0;
        if (is_set)
            chosen = i;
    }
    if (options.count == 0 || (is_set && !again && !wanted))
        return true;
    if (is_set && again)
        chosen = (chosen + 1) % options.count;
    for (size_t i = 0; wanted && i < options.count; i++)
        if (str_equal_nocase(str_trim(node_text_content(walk->arena, options.items[i])),
                             str_of(wanted)))
            chosen = i;
    Str text = str_of(node_text_cut(walk->arena, options.items[chosen], 120));
    note_extra(walk, text);
    walk->goods.is_price_by_option |= scripts_matter(walk) != NULL;
    step_typed(walk, *label ? label : "option", arena_str_text(walk->arena, text));
    Move move;
    return act_choose(walk, select, choice_value(walk, options.items[chosen]), &move, err);
}

static bool choose_in_group(Walk *walk, const Node *radio, bool again, Error *err)
{
    const char *name = node_attribute(radio, "name");
    const Node *form = form_owner(walk->document, radio);
    const NodeList *inputs = document_by_tag(walk->document, "input");
    const Node *first = NULL;
    const Node *next = NULL;
    bool has_checked = false;
    for (size_t i = 0; name && i < inputs->count; i++) {
        const Node *input = inputs->items[i];
        const char *own = node_attribute(input, "name");
        if (strcmp(control_type(input), "radio") != 0 || !own || strcmp(own, name) != 0 ||
            form_owner(walk->document, input) != form || control_is_disabled(input))
            continue;
        Str label = str_of(node_name(walk->arena, walk->document, input, NULL));
        if (words_match(walk->words, "out_of_stock", walk_language(walk), label, NULL))
            continue;
        if (!first)
            first = input;
        if (has_checked && !next)
            next = input;
        has_checked = has_checked || control_is_checked(walk->state, input);
    }
    if (!first || (has_checked && !again))
        return true;
    const Node *chosen = has_checked && next ? next : first;
    const char *label = node_name(walk->arena, walk->document, chosen, NULL);
    note_extra(walk, str_of(label));
    walk->goods.is_price_by_option |= scripts_matter(walk) != NULL;
    step_typed(walk, "option", label);
    Move move;
    return act_choose(walk, chosen, "on", &move, err);
}

/* A name to engrave, a note for the gift: a field of the buy form in words of one's own. */
static bool is_open_text(const Walk *walk, const Node *control, bool again)
{
    const char *type = control_type(control);
    const char *value = control_value(walk->state, control);
    bool is_text = strcmp(type, "text") == 0 || strcmp(type, "textarea") == 0;
    if (!is_text || control_is_disabled(control) || (value && *value) ||
        node_visibility(control) == VISIBILITY_HIDDEN || node_is_seen(control) == 0)
        return false;
    FieldKind kind = field_recognise(walk->words, walk->document, control);
    /* "Gift note" may read like a voucher, which no buy form asks for. */
    bool is_free = kind == FIELD_UNKNOWN || kind == FIELD_MESSAGE || kind == FIELD_COUPON ||
                   kind == FIELD_FIRST_NAME || kind == FIELD_FULL_NAME;
    return is_free && (again || field_is_required(walk->words, walk->document, control));
}

static const Node *open_text(const Walk *walk, bool again)
{
    Product product;
    NodeList controls = {0};
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    if (product.buy_form)
        form_controls(walk->document, product.buy_form, walk->arena, &controls);
    for (size_t i = 0; i < controls.count; i++)
        if (controls.items[i] != product.quantity &&
            is_open_text(walk, controls.items[i], again))
            return controls.items[i];
    return NULL;
}

/* again: the shop refused, so what is not marked may be needed, too. */
static bool texts_fill(Walk *walk, bool again, int *count, Error *err)
{
    Move move;
    for (int i = 0; i < TEXTS_MOST && walk->document; i++) {
        const Node *text = open_text(walk, again);
        if (!text)
            return true;
        step_typed(walk, node_name(walk->arena, walk->document, text, NULL), "Alex");
        if (!act_fill(walk, text, "Alex", &move, err))
            return false;
        (*count)++;
    }
    return true;
}

bool options_choose(Walk *walk, bool again, int *count, const char **needs_script,
                    Error *err)
{
    Product product;
    *count = 0;
    *needs_script = NULL;
    if (!walk->document)
        return true;
    product_read(walk->words, walk->document, NULL, walk->arena, &product);
    size_t total = product.options.count;
    for (size_t i = 0; i < total; i++) {
        /* Read anew: an engine that runs scripts may have changed the page. */
        product_read(walk->words, walk->document, NULL, walk->arena, &product);
        if (i >= product.options.count)
            break;
        const Node *control = product.options.items[i];
        /* Only the last option changes in another combination. */
        bool is_next = again && i + 1 == total;
        bool is_fine = node_is_tag(control, "select")
                           ? choose_in_select(walk, control, is_next, err)
                           : choose_in_group(walk, control, is_next, err);
        if (!is_fine)
            return false;
        (*count)++;
    }
    if (!swatches_choose(walk, count, err) || !texts_fill(walk, again, count, err))
        return false;
    if (total == 0 && text_says(walk, "choose_variant"))
        *needs_script = scripts_matter(walk);
    return true;
}

bool step_choose_options(Walk *walk, Error *err)
{
    int count = 0;
    const char *needs = NULL;
    if (!options_choose(walk, false, &count, &needs, err))
        return false;
    if (needs) {
        visit_fact_absent(walk->visit, "product.options",
                          "the options can only be chosen by a script");
        return step_result(walk, OUTCOME_SKIPPED,
                           "the page asks to choose, but not by fields of a form: %s",
                           needs);
    }
    visit_fact_number(walk->visit, "product.options", count, walk->page);
    if (count == 0)
        return step_result(walk, OUTCOME_SKIPPED, "no option to choose");
    step_evidence(walk, 'D');
    return step_result(walk, OUTCOME_OK, NULL);
}
