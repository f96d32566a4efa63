/* form.c - filling in a checkout's form with the data of nobody.
 *
 * Passwords, card data, honeypots, newsletters and coupons stay as they are.
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/person.h"
#include "visit/steps.h"

static bool is_country_option(const Walk *walk, const Node *option, const Person *person)
{
    Str value = str_of(node_attribute(option, "value"));
    if (str_equal_nocase(value, str_of(person->country)))
        return true;
    Str text =
        text_fold_accents(walk->arena, str_trim(node_text_content(walk->arena, option)));
    for (size_t i = 0; i < COUNT_OF(person->names); i++)
        if (person->names[i] && str_equal_text(text, person->names[i]))
            return true;
    return false;
}

static bool offers_country(const Walk *walk, const Node *select, const Person *person)
{
    size_t end = node_order_end(select);
    for (size_t i = node_order(select) + 1; i < end; i++) {
        const Node *option = document_element(walk->document, i);
        if (node_is_tag(option, "option") && is_country_option(walk, option, person))
            return true;
    }
    return false;
}

/* Who the visitor is, wherever the shop is. */
static const char *persona_country(const Walk *walk)
{
    const char *country = walk->visitor->persona ? walk->visitor->persona->country : NULL;
    const Json *data =
        walk->step->kind == STEP_KIND_FILL_ADDRESS ? step_json(walk, "data") : NULL;
    /* A preset is named after its country: "fr-test-1". */
    const char *preset = json_type(data) == JSON_STRING
                             ? json_text(data, NULL)
                             : json_text(json_get(data, "preset"), NULL);
    return data && preset && strlen(preset) > 2 && preset[2] == '-'
               ? arena_str_text(walk->arena, str_from(preset, 2))
               : country;
}

/* The country of a shop that asks for none: by its currency, then its language. */
static const char *shop_country(const Walk *walk)
{
    static const struct {
        const char *sign, *country;
    } KNOWN[] = {{"GBP", "GB"}, {"USD", "US"}, {"CAD", "CA"}, {"CHF", "CH"},
                 {"fr", "FR"},  {"de", "DE"},  {"es", "ES"},  {"it", "IT"}};

    const char *signs[] = {walk->goods.price.currency, walk_language(walk)};
    for (size_t s = 0; s < COUNT_OF(signs); s++)
        for (size_t i = 0; signs[s] && i < COUNT_OF(KNOWN); i++)
            if (str_starts_with_nocase(str_of(signs[s]), str_of(KNOWN[i].sign)))
                return KNOWN[i].country;
    return NULL;
}

/* The list of countries among the fields, NULL: none. */
static const Node *country_list(const Walk *walk)
{
    Checkout checkout;
    checkout_read(walk->words, walk->document, walk->state, walk->arena, &checkout);
    for (size_t i = 0; i < checkout.fields.count; i++) {
        const Node *field = checkout.fields.items[i];
        if (node_is_tag(field, "select") &&
            field_recognise(walk->words, walk->document, field) == FIELD_COUNTRY)
            return field;
    }
    return NULL;
}

/* Where the shop delivers: the visitor's own country if it is offered, else the shop's,
 * else any that is offered. A shop that asks for no country delivers in its own. */
static const Person *address_person(const Walk *walk)
{
    const Person *own = person_of(persona_country(walk));
    const char *home = shop_country(walk);
    const Node *list = country_list(walk);
    if (walk->step->kind == STEP_KIND_FILL_ADDRESS && step_json(walk, "data"))
        return own;
    if (!list)
        return home ? person_of(home) : own;
    if (offers_country(walk, list, own))
        return own;
    if (home && offers_country(walk, list, person_of(home)))
        return person_of(home);
    for (size_t i = 0; person_at(i); i++)
        if (offers_country(walk, list, person_at(i)))
            return person_at(i);
    return own;
}

/* Whose address it is, the same on every page of a checkout. */
static const Person *own_person(Walk *walk)
{
    const Person *known = walk->passage.person;
    if (!known || country_list(walk))
        walk->passage.person = known = address_person(walk);
    return known;
}

/* Own data of the scenario come first: {"email": "...", "city": "..."}. */
static const char *given_answer(const Walk *walk, FieldKind kind)
{
    static const struct {
        FieldKind kind;
        const char *key;
    } KEYS[] = {
        {FIELD_EMAIL, "email"},
        {FIELD_FIRST_NAME, "firstName"},
        {FIELD_LAST_NAME, "lastName"},
        {FIELD_STREET, "street"},
        {FIELD_POSTAL_CODE, "postalCode"},
        {FIELD_CITY, "city"},
        {FIELD_PHONE, "phone"},
        {FIELD_COUNTRY, "country"},
        {FIELD_REGION, "region"},
        {FIELD_COMPANY, "company"},
    };

    const Json *data =
        walk->step->kind == STEP_KIND_FILL_ADDRESS ? step_json(walk, "data") : NULL;
    if (!data || json_type(data) != JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < COUNT_OF(KEYS); i++)
        if (KEYS[i].kind == kind)
            return fill_in(walk, json_text(json_get(data, KEYS[i].key), NULL));
    return NULL;
}

static const char *answer(const Walk *walk, const Person *person, FieldKind kind)
{
    const char *own = given_answer(walk, kind);
    if (own)
        return own;
    if (kind == FIELD_FULL_NAME)
        return arena_printf(walk->arena, "%s %s", person->first_name, person->last_name);
    return person_answer(person, kind);
}

static bool is_core(FieldKind kind)
{
    return kind == FIELD_EMAIL || kind == FIELD_FIRST_NAME || kind == FIELD_LAST_NAME ||
           kind == FIELD_FULL_NAME || kind == FIELD_STREET || kind == FIELD_POSTAL_CODE ||
           kind == FIELD_CITY || kind == FIELD_COUNTRY || kind == FIELD_REGION;
}

static bool is_untouchable(FieldKind kind)
{
    return kind == FIELD_PASSWORD || kind == FIELD_CARD || kind == FIELD_HONEYPOT ||
           kind == FIELD_NEWSLETTER || kind == FIELD_COUPON || kind == FIELD_SEARCH ||
           kind == FIELD_QUANTITY || kind == FIELD_PAYMENT || kind == FIELD_DELIVERY;
}

static bool is_empty_option(const Node *option, Str text)
{
    const char *value = node_attribute(option, "value");
    return (value && (*value == '\0' || strcmp(value, "0") == 0)) || text.length == 0 ||
           text.data[0] == '-' || node_has_attribute(option, "disabled");
}

/* The option to choose: the country, else the present one, else the first that says
 * something. NULL: nothing to do, or nothing to choose from. */
static const char *option_for(const Walk *walk, const Node *select, FieldKind kind,
                              const Person *person)
{
    const char *first = NULL;
    const char *country = NULL;
    size_t end = node_order_end(select);
    for (size_t i = node_order(select) + 1; i < end; i++) {
        const Node *option = document_element(walk->document, i);
        if (!node_is_tag(option, "option"))
            continue;
        Str text = str_trim(node_text_content(walk->arena, option));
        if (is_empty_option(option, text))
            continue;
        const char *value = node_attribute(option, "value");
        if (!value)
            value = arena_str_text(walk->arena, text);
        if (!first)
            first = value;
        if (kind == FIELD_COUNTRY && !country && is_country_option(walk, option, person))
            country = value;
    }
    const char *current = control_value(walk->state, select);
    if (country)
        return current && strcmp(current, country) == 0 ? NULL : country;
    bool is_set = current && *current && strcmp(current, "0") != 0;
    return is_set ? NULL : first;
}

static void remember(Walk *walk, Typed *typed, const Node *control, const char *value)
{
    const char *name = node_attribute(control, "name");
    if (!name || typed->count == (int)COUNT_OF(typed->names))
        return;
    typed->names[typed->count] = arena_text(walk->arena, name);
    typed->values[typed->count++] = arena_text(walk->arena, value);
}

static const char *without_spaces(const Walk *walk, const char *value)
{
    char *out = arena_alloc(walk->arena, strlen(value) + 1);
    size_t length = 0;
    for (const char *at = value; *at; at++)
        if (*at != ' ' && *at != '-')
            out[length++] = *at;
    return out;
}

/* As much as the field takes: a browser stops typing at maxlength. */
static const char *fitting(const Walk *walk, const Node *control, const char *value)
{
    long long most = 0;
    if (!str_to_int(str_of(node_attribute(control, "maxlength")), &most) || most <= 0 ||
        str_rune_count(str_of(value)) <= (size_t)most)
        return value;
    const char *plain = without_spaces(walk, value);
    return strlen(plain) <= (size_t)most
               ? plain
               : arena_str_text(walk->arena, str_from(plain, (size_t)most));
}

static bool fill_text(Walk *walk, const Node *control, const char *value, Typed *typed,
                      Error *err)
{
    Move move;
    if (guard_is_card_field(control))
        return true;
    value = fitting(walk, control, value);
    const char *current = control_value(walk->state, control);
    if (current && strcmp(current, value) == 0)
        return true;
    if (!act_fill(walk, control, value, &move, err))
        return false;
    remember(walk, typed, control, value);
    step_typed(walk,
               node_attribute(control, "name") ? node_attribute(control, "name") : "field",
               value);
    return true;
}

static bool fill_unknown(Walk *walk, const Node *control, const char *type, Typed *typed,
                         Error *err)
{
    if (strcmp(type, "number") == 0)
        return fill_text(walk, control, "1", typed, err);
    if (strcmp(type, "date") == 0)
        return fill_text(walk, control, "1990-01-01", typed, err);
    return fill_text(walk, control, "Example", typed, err);
}

/* Boxes and radios: the guest's choice, titles, and terms that must be accepted to go on.
 */
static bool tick(Walk *walk, const Node *control, FieldKind kind, bool is_required,
                 Error *err)
{
    Move move;
    bool is_radio = strcmp(control_type(control), "radio") == 0;
    bool is_wanted = kind == FIELD_GUEST || is_required ||
                     (is_radio && kind == FIELD_TITLE && is_required);
    if (!is_wanted || control_is_checked(walk->state, control))
        return true;
    const char *name = node_attribute(control, "name");
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (size_t i = 0; is_radio && name && i < inputs->count; i++) {
        const char *other = node_attribute(inputs->items[i], "name");
        if (other && strcmp(other, name) == 0 && kind != FIELD_GUEST &&
            control_is_checked(walk->state, inputs->items[i]))
            return true;
    }
    step_typed(walk, name ? name : "box", "ticked");
    return act_choose(walk, control, "on", &move, err);
}

static bool fill_field(Walk *walk, const Node *control, bool everything, Typed *typed,
                       Error *err)
{
    FieldKind kind = field_recognise(walk->words, walk->document, control);
    bool is_required = field_is_required(walk->words, walk->document, control);
    const char *type = control_type(control);
    if (is_untouchable(kind) || control_is_disabled(control) ||
        strcmp(type, "password") == 0 || strcmp(type, "file") == 0)
        return true;
    if (strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0)
        return tick(walk, control, kind, is_required, err);
    if (!is_required && !is_core(kind) && !(everything && kind == FIELD_PHONE))
        return true;
    const Person *person = own_person(walk);
    if (strcmp(type, "select") == 0) {
        const char *value = option_for(walk, control, kind, person);
        Move move;
        if (!value)
            return true;
        step_typed(walk,
                   node_attribute(control, "name") ? node_attribute(control, "name")
                                                   : "list",
                   value);
        return act_choose(walk, control, value, &move, err);
    }
    const char *value = answer(walk, person, kind);
    /* The second time the number goes without spaces: many checks want digits only. */
    if (value && kind == FIELD_PHONE && walk->passage.was_refused)
        value = without_spaces(walk, value);
    if (value)
        return fill_text(walk, control, value, typed, err);
    return !is_required || fill_unknown(walk, control, type, typed, err);
}

bool form_fill(Walk *walk, bool everything, Typed *typed, Error *err)
{
    Checkout checkout;
    checkout_read(walk->words, walk->document, walk->state, walk->arena, &checkout);
    /* Where no field is marked, all may be needed (trap 16). */
    bool fills_all = everything || checkout.required_count == 0;
    for (size_t i = 0; i < checkout.fields.count; i++) {
        if (!fill_field(walk, checkout.fields.items[i], fills_all, typed, err))
            return false;
        if (!walk->visitor->has_scripts)
            continue;
        /* Scripts may have changed the form. */
        checkout_read(walk->words, walk->document, walk->state, walk->arena, &checkout);
    }
    return combos_choose(walk, own_person(walk), err);
}

const char *form_needs_script(const Walk *walk, const Checkout *checkout)
{
    if (walk->visitor->has_scripts)
        return NULL;
    for (size_t i = 0; i < checkout->fields.count; i++) {
        const Node *control = checkout->fields.items[i];
        const char *current = control_value(walk->state, control);
        if (!node_is_tag(control, "select") || (current && *current) ||
            !field_is_required(walk->words, walk->document, control))
            continue;
        const Person *person = person_of(persona_country(walk));
        if (!option_for(walk, control, FIELD_UNKNOWN, person) && scripts_matter(walk))
            return arena_printf(
                walk->arena, "the list '%s' is filled by a script",
                node_attribute(control, "name") ? node_attribute(control, "name") : "?");
    }
    return NULL;
}
