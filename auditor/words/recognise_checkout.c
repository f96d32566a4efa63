/* recognise_checkout.c - reads a page of the checkout: its form, the way on, and the door
 * (recognition.md 2.2 and 2.4, "Stop rule").
 *
 * Says what is there; whether something may be pressed is decided elsewhere. Layer: words.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "words/buy.h"
#include "words/cards.h"
#include "words/cart_lines.h"
#include "words/checkout.h"

enum { LABEL_MAX = 160, HEADING_MAX = 60, KINDS_MAX = FIELD_HONEYPOT + 1 };

static bool is_shown(const Look *look, const Node *node)
{
    Region region = look_region(look, node);
    return (region == REGION_MAIN || region == REGION_ASIDE) && !look_is_hidden(look, node);
}

static bool type_is_typed(const char *type)
{
    static const char *const OTHERS[] = {"hidden", "submit", "button",
                                         "reset",  "image",  ""};
    for (size_t i = 0; i < COUNT_OF(OTHERS); i++) {
        if (strcmp(type, OTHERS[i]) == 0)
            return false;
    }
    return true;
}

bool control_is_typed(const Node *control)
{
    return type_is_typed(control_type(control));
}

/* All visible fields of the main part with their kinds. */
static void fields_read(Look *look, FieldCount *fields)
{
    memset(fields, 0, sizeof *fields);
    for (size_t i = 0; i < document_element_count(look->document); i++) {
        const Node *node = document_element(look->document, i);
        if (!node_is_control(node) || !control_is_typed(node) || !is_shown(look, node))
            continue;
        FieldKind kind = look_field(look, node);
        PageField *field = ARENA_NEW(look->arena, PageField);
        *field = (PageField){
            .node = node, .kind = kind, .form = form_owner(look->document, node)};
        ARENA_PUSH(look->arena, fields->items, fields->count, fields->capacity, *field);
        fields->of[kind]++;
    }
}

static bool kind_is_address(FieldKind kind)
{
    return kind == FIELD_STREET || kind == FIELD_POSTAL_CODE || kind == FIELD_CITY ||
           kind == FIELD_COUNTRY || kind == FIELD_REGION || kind == FIELD_STREET2;
}

static bool kind_is_personal(FieldKind kind)
{
    return kind_is_address(kind) || kind == FIELD_EMAIL || kind == FIELD_FIRST_NAME ||
           kind == FIELD_LAST_NAME || kind == FIELD_FULL_NAME || kind == FIELD_PHONE;
}

/* Points for how much a form is the checkout's. */
static int form_weight(const FieldCount *fields, const Node *form)
{
    int weight = 0;
    for (size_t i = 0; i < fields->count; i++) {
        FieldKind kind = fields->items[i].kind;
        if (fields->items[i].form != form)
            continue;
        if (kind_is_personal(kind))
            weight += 2;
        else if (kind == FIELD_DELIVERY || kind == FIELD_PAYMENT || kind == FIELD_GUEST ||
                 kind == FIELD_TERMS || kind == FIELD_CARD)
            weight += 2;
        else if (kind == FIELD_SEARCH || kind == FIELD_NEWSLETTER || kind == FIELD_COUPON)
            weight -= 2;
    }
    return weight;
}

/* A form with the visitor's own password and nothing of an address is a door for customers.
 */
static bool form_is_login(const FieldCount *fields, const Node *form)
{
    bool has_password = false;
    for (size_t i = 0; i < fields->count; i++) {
        const PageField *field = &fields->items[i];
        if (field->form != form)
            continue;
        has_password = has_password || field->kind == FIELD_PASSWORD;
        if (kind_is_address(field->kind) || field->kind == FIELD_FIRST_NAME)
            return false;
    }
    return has_password;
}

static const Node *form_choose(const Look *look, const FieldCount *fields)
{
    const NodeList *forms = document_forms(look->document);
    const Node *best = NULL;
    int best_weight = 0;
    for (size_t i = 0; i < forms->count; i++) {
        int weight = form_weight(fields, forms->items[i]);
        if (weight > best_weight && !form_is_login(fields, forms->items[i])) {
            best_weight = weight;
            best = forms->items[i];
        }
    }
    return best;
}

static const Node *guest_find(Look *look, const FieldCount *fields)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < fields->count; i++) {
        if (fields->items[i].kind == FIELD_GUEST)
            return fields->items[i].node;
    }
    for (size_t i = 0; i < actions->count; i++) {
        if (is_shown(look, actions->items[i].node) &&
            look_means(look, "guest_checkout", actions->items[i].words))
            return actions->items[i].node;
    }
    return NULL;
}

/* A frame or field of a payment service. */
static bool has_payment_frame(const Look *look)
{
    static const char *const HOSTS[] = {
        "js.stripe.com", "adyen.com",  "checkout.com",
        "payplug.com",   "mollie.com", "braintreegateway.com",
        "paypal.com",    "klarna.com", "squareup.com",
        "worldpay.com",  "monetico",   "paygreen.io"};
    const NodeList *frames = document_by_tag(look->document, "iframe");
    for (size_t i = 0; i < frames->count; i++) {
        Str src = str_of(node_attribute(frames->items[i], "src"));
        for (size_t j = 0; j < COUNT_OF(HOSTS); j++) {
            if (str_contains_nocase(src, str_of(HOSTS[j])))
                return true;
        }
    }
    return false;
}

static int payment_count(const FieldCount *fields)
{
    int count = 0;
    for (size_t i = 0; i < fields->count; i++)
        count += fields->items[i].kind == FIELD_PAYMENT;
    return count;
}

/* Rank what goes on: words, place, and being the submit of the form. */
static void next_rank(const Look *look, const Checkout *checkout, const Action *action,
                      Ranking *ranking)
{
    Arena *arena = look->arena;
    const Node *node = action->node;
    Ranked candidate = {.node = node};
    const Node *form = form_owner(look->document, node);
    bool is_own = checkout->form && form == checkout->form &&
                  (node_is_tag(node, "button") || node_is_tag(node, "input")) &&
                  control_is_submit(node);
    bool says_on = look_means(look, "continue_step", action->words) ||
                   look_means(look, "checkout", action->words) ||
                   look_means(look, "order_weak", action->words);
    if (!is_own && !says_on)
        return;
    if (look_means(look, "express_wallet", action->words) ||
        look_means(look, "continue_shopping", action->words) ||
        look_means(look, "login", action->words) ||
        look_means(look, "promo_code", action->words) ||
        look_means(look, "load_more", action->words))
        return;
    if (says_on)
        ranked_add(arena, &candidate, 3,
                   arena_printf(arena, "words '%.*s'",
                                STR_ARGS(str_slice(action->words, 0, LABEL_MAX))));
    if (is_own)
        ranked_add(arena, &candidate, 3, "submits the form");
    if (node_is_tag(node, "a"))
        ranked_add(arena, &candidate, -1, "link");
    if (control_is_disabled(node))
        ranked_add(arena, &candidate, -1, "disabled");
    if (checkout->form && !node_contains(checkout->form, node) && form != checkout->form)
        ranked_add(arena, &candidate, -1, "outside the form");
    if (candidate.score > 0)
        ranking_take(ranking, &candidate);
}

/* Does a part of the page, not a step of its list of steps, bear the name of the choice of
 * payment? Some shops show the choice only when its button is pressed. */
static bool names_payment(const Look *look)
{
    static const char *const TAGS[] = {"legend", "h2", "h3", "h4", "label"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(look->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *node = list->items[i];
            if (is_shown(look, node) && !node_closest(node, "ol") &&
                !node_closest(node, "ul") &&
                look_means(look, "payment_method", look_text(look, node, HEADING_MAX)))
                return true;
        }
    }
    return false;
}

/* The final button: its words oblige, or it ends a page where payment is chosen. */
static const Node *order_button_find(Look *look, const Checkout *checkout, bool *is_clear)
{
    const ActionList *actions = look_actions(look);
    const Node *weak = NULL;
    const Node *named = NULL; /* "Confirm order", not "Continue" */
    *is_clear = false;
    for (size_t i = 0; i < actions->count; i++) {
        const Action *action = &actions->items[i];
        if (!is_shown(look, action->node) || node_is_tag(action->node, "a") ||
            look_means(look, "add_to_cart", action->words))
            continue;
        if (look_means(look, "order_obligation", action->words)) {
            *is_clear = true;
            return action->node;
        }
        bool is_weak = look_means(look, "order_weak", action->words) ||
                       look_means(look, "checkout", action->words);
        if (is_weak && (checkout->has_payment_choice ||
                        form_owner(look->document, action->node) == checkout->form))
            weak = action->node;
        if (look_means(look, "order_weak", action->words) &&
            !look_means(look, "continue_step", action->words))
            named = action->node;
    }
    if (checkout->has_payment_choice)
        return weak;
    return named && names_payment(look) ? named : NULL;
}

static CheckoutStage stage_of(const FieldCount *fields, const Checkout *checkout)
{
    bool has_address = fields->of[FIELD_STREET] > 0 || fields->of[FIELD_POSTAL_CODE] > 0;
    if (checkout->has_payment_choice)
        return STAGE_PAYMENT;
    if (has_address)
        return STAGE_ADDRESS;
    if (fields->of[FIELD_DELIVERY] > 0)
        return STAGE_DELIVERY;
    if (fields->of[FIELD_EMAIL] > 0 || fields->of[FIELD_PASSWORD] > 0 || checkout->guest)
        return STAGE_IDENTITY;
    if (checkout->order_button)
        return STAGE_REVIEW;
    return STAGE_NONE;
}

static bool has_terms_link(const Look *look, const ActionList *actions)
{
    for (size_t i = 0; i < actions->count; i++) {
        Region region = look_region(look, actions->items[i].node);
        if (node_is_tag(actions->items[i].node, "a") && region != REGION_FOOTER &&
            region != REGION_CONSENT && look_means(look, "terms", actions->items[i].words))
            return true;
    }
    return false;
}

/* An account is the only way on: a password is asked for, and there is neither a guest's
 * way nor a form that does without. */
static bool account_is_needed(const Look *look, const FieldCount *fields,
                              const Checkout *checkout)
{
    bool is_open = false;
    bool has_required = false;
    for (size_t i = 0; i < fields->count; i++) {
        const PageField *field = &fields->items[i];
        bool is_own = field->form == checkout->form;
        if (field->kind == FIELD_PASSWORD && is_own &&
            field_is_required(look->words, look->document, field->node))
            has_required = true;
        if (is_own && kind_is_personal(field->kind))
            is_open = true;
    }
    if (fields->of[FIELD_PASSWORD] == 0 || checkout->guest)
        return false;
    return !is_open || has_required;
}

/* A form that has no button of its own to send it is sent by the page's. */
static bool form_is_sent_alone(Look *look, const Node *form)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < actions->count; i++)
        if (form_owner(look->document, actions->items[i].node) == form &&
            is_shown(look, actions->items[i].node))
            return true;
    return false;
}

/* Pages that scripts bring to life ask in several forms, or in none. */
static bool field_is_beside(Look *look, const FieldCount *fields, const PageField *field)
{
    if (!kind_is_personal(field->kind) && field->kind != FIELD_DELIVERY)
        return false;
    return !field->form ||
           (!form_is_login(fields, field->form) && !form_is_sent_alone(look, field->form));
}

static void fields_choose(Look *look, const FieldCount *fields, Checkout *checkout)
{
    for (size_t i = 0; i < fields->count; i++) {
        const PageField *field = &fields->items[i];
        if (field->kind == FIELD_HONEYPOT || field->kind == FIELD_SEARCH ||
            field->kind == FIELD_COUPON || field->kind == FIELD_QUANTITY ||
            (checkout->form && field->form != checkout->form &&
             !field_is_beside(look, fields, field)))
            continue;
        node_list_add(look->arena, &checkout->fields, field->node);
        checkout->required_count +=
            field_is_required(look->words, look->document, field->node);
    }
}

void checkout_of(Look *look, FieldCount *fields, Checkout *checkout)
{
    Ranking ranking = {0};
    const ActionList *actions = look_actions(look);
    memset(checkout, 0, sizeof *checkout);
    fields_read(look, fields);
    checkout->form = form_choose(look, fields);
    checkout->payment_methods = payment_count(fields);
    checkout->has_payment_choice = checkout->payment_methods > 0 ||
                                   fields->of[FIELD_CARD] > 0 || has_payment_frame(look);
    checkout->guest = guest_find(look, fields);
    checkout->order_button =
        order_button_find(look, checkout, &checkout->is_order_label_clear);
    checkout->stage = stage_of(fields, checkout);
    checkout->has_terms_link = has_terms_link(look, actions);
    fields_choose(look, fields, checkout);
    checkout->asks_account = account_is_needed(look, fields, checkout);
    for (size_t i = 0; i < actions->count; i++) {
        if (is_shown(look, actions->items[i].node) &&
            actions->items[i].node != checkout->guest)
            next_rank(look, checkout, &actions->items[i], &ranking);
    }
    checkout->next = ranking.best.node;
    checkout->next_why = ranking.best.why;
    checkout->delivery.milli = checkout->total.milli = -1;
}

static void checkout_sums(Look *look, const FieldCount *fields, Checkout *checkout)
{
    Sums sums;
    (void)look_main_text(look);
    sums_read(look, NULL, 0, &sums);
    checkout->delivery = sums.delivery;
    checkout->total = sums.total;
    checkout->is_delivery_named = sums.is_delivery_named || fields->of[FIELD_DELIVERY] > 0;
}

void checkout_read(const Words *words, const Document *document, const FormState *state,
                   Arena *arena, Checkout *checkout)
{
    Look look;
    FieldCount fields;
    (void)state;
    look_init(&look, words, document, arena);
    checkout_of(&look, &fields, checkout);
    checkout_sums(&look, &fields, checkout);
}
