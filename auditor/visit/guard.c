/* guard.c - the click guard: what an activation would do, judged before it is done.
 *
 * The network guard is in guard_request.c. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/guard.h"

#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard_form.h"
#include "visit/lexicon.h"

enum { STEP_NAME_LIMIT = 60 /* bytes of the name of a step */ };

/** Everything known about one activation. */
typedef struct Press {
    const Document *document;
    Arena *arena;
    const Node *element; /**< activated */
    const Node *form;    /**< NULL: none */
    const char *name;
    ButtonWords words;
    FormTraits traits;
    bool is_post;
    bool shows_payment;
    bool is_checkout_like;
    Safety safety;
    const char **why;
} Press;

static GuardVerdict refuse(const Press *press, GuardVerdict verdict, const char *reason)
{
    if (press->why)
        *press->why = reason;
    return verdict;
}

/* Text of the last heading or legend before element, within its form or the page. */
static const char *section_heading(const Document *document, const Node *element)
{
    static const char *const TAGS[] = {"h1", "h2", "h3", "h4", "legend"};
    const Node *best = NULL;
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *heading = list->items[i];
            if (node_order(heading) < node_order(element) &&
                (!best || node_order(heading) > node_order(best)))
                best = heading;
        }
    }
    return best ? node_text_cut(document_arena(document), best, 200) : "";
}

static bool is_cart_address(const char *url)
{
    return str_contains_nocase(str_of(url), STR("checkout/cart"));
}

/* Signs that the page belongs to a checkout: its address, its first heading, payment, or
 * terms to accept. */
static bool page_is_checkout_like(const Document *document, bool shows_payment)
{
    if (shows_payment)
        return true;
    Arena *arena = document_arena(document);
    Url url;
    if (url_parse(arena, str_of(document_url(document)), NULL, &url, NULL)) {
        const char *path =
            url.query ? arena_printf(arena, "%s?%s", url.path, url.query) : url.path;
        if (text_speaks_of_checkout(arena, path))
            return true;
        if (is_cart_address(path))
            return false;
    }
    const NodeList *headings = document_by_tag(document, "h1");
    for (size_t i = 0; i < headings->count; i++) {
        const char *text = node_text_cut(arena, headings->items[i], 200);
        if (text_speaks_of_checkout(arena, text) || text_speaks_of_payment(arena, text))
            return true;
    }
    const NodeList *inputs = document_by_tag(document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(control_type(inputs->items[i]), "checkbox") == 0 &&
            control_accepts_terms(document, inputs->items[i]) &&
            form_owner(document, inputs->items[i]))
            return true;
    return false;
}

/* Do the element's own marks, its form's or its section's heading speak of payment or
 * (also) of an order? */
static bool context_speaks(const Press *press, bool of_order)
{
    static const char *const MARKS[] = {"id", "class", "name", "value", "formaction"};
    const char *text = section_heading(press->document, press->element);
    for (size_t i = 0; i < COUNT_OF(MARKS); i++) {
        const char *value = node_attribute(press->element, MARKS[i]);
        if (value)
            text = arena_printf(press->arena, "%s %s", text, value);
    }
    if (press->form) {
        static const char *const FORM[] = {"id", "class", "name", "action"};
        for (size_t i = 0; i < COUNT_OF(FORM); i++) {
            const char *value = node_attribute(press->form, FORM[i]);
            if (value)
                text = arena_printf(press->arena, "%s %s", text, value);
        }
    }
    return text_speaks_of_payment(press->arena, text) ||
           (of_order && text_speaks_of_order(press->arena, text));
}

static bool element_speaks_of_payment(const Press *press)
{
    static const char *const MARKS[] = {"id", "class", "name", "value", "formaction"};
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (text_speaks_of_payment(press->arena, node_attribute(press->element, MARKS[i])))
            return true;
    return false;
}

/* Is the form one of identity, address or delivery, with something to fill in, and no terms
 * beside an address (which would make it the whole order)? */
static bool is_early_form(const Press *press)
{
    const FormTraits *traits = &press->traits;
    bool asks = traits->mail + traits->names + traits->address + traits->delivery > 0;
    bool closes = traits->terms > 0 && (traits->address > 0 || traits->delivery > 0);
    return press->form && asks && !closes && !press->shows_payment;
}

/* Does the page name the payment as a step to come (a list of steps, a closed part)? */
static bool has_later_step(const Press *press)
{
    static const char *const TAGS[] = {"li", "h2", "h3", "h1", "span", "a", "legend"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(press->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const char *text = node_text_cut(press->arena, list->items[i], STEP_NAME_LIMIT);
            ButtonWords words;
            button_words(press->arena, text, &words);
            bool is_step = words.count > 0 && words.count <= 4 && !name_orders(&words);
            if (is_step && text_speaks_of_payment(press->arena, text) &&
                !node_closest(list->items[i], "footer"))
                return true;
        }
    }
    return false;
}

/* In a form with an address "submit" may be the order itself: shops that ask for no payment
 * have but one page. It is pressed only where the payment is announced for later. */
static GuardVerdict judge_early_form(const Press *press)
{
    if (name_is_continue(&press->words) || name_is_early_step(&press->words))
        return GUARD_ALLOWS;
    if (press->traits.address == 0 && press->traits.delivery > 0)
        return GUARD_ALLOWS;
    if (has_later_step(press) && !context_speaks(press, false))
        return GUARD_ALLOWS;
    if (name_is_finish(&press->words) && press->traits.address == 0 &&
        !context_speaks(press, true))
        return GUARD_ALLOWS;
    return refuse(press, GUARD_FINAL, "the button may send the order with the address");
}

static GuardVerdict judge_checkout(const Press *press)
{
    if (name_orders(&press->words) && !name_is_early_step(&press->words))
        return refuse(press, GUARD_FINAL, "the button orders or pays");
    if (name_orders(&press->words) && !is_early_form(press))
        return refuse(press, GUARD_FINAL, "the button may order or pay");
    bool removes = name_removes(&press->words) && press->traits.payment == 0;
    if (press->shows_payment && !removes && !(press->traits.is_search && !press->is_post))
        return refuse(press, GUARD_FINAL,
                      "the page shows the payment: no button is pressed there");
    if (removes || press->traits.is_search)
        return GUARD_ALLOWS;
    if (element_speaks_of_payment(press) && !name_is_early_step(&press->words))
        return refuse(press, GUARD_FINAL, "the button is marked as the payment's");
    if (is_early_form(press))
        return judge_early_form(press);
    if (press->traits.terms > 0)
        return refuse(press, GUARD_FINAL, "the form accepts the terms of sale");
    if (name_is_finish(&press->words))
        return refuse(press, GUARD_FINAL, "the button may confirm the order");
    if (name_is_continue(&press->words)) {
        if (context_speaks(press, true))
            return refuse(press, GUARD_FINAL,
                          "the button goes on from a part about payment or order");
        return GUARD_ALLOWS;
    }
    if (name_is_early_step(&press->words))
        return GUARD_ALLOWS;
    return refuse(press, GUARD_FINAL, "a checkout's button whose words are not known");
}

/* Forms that reach people or accounts. */
static GuardVerdict judge_act(const Press *press)
{
    const FormTraits *traits = &press->traits;
    if (press->safety == SAFETY_ACT || !press->is_post || traits->is_search)
        return GUARD_ALLOWS;
    bool is_guest_form = traits->names + traits->address > 1 && press->is_checkout_like;
    if (traits->filled_password > 0 || traits->required_password > 0 ||
        (traits->password > 0 && !is_guest_form))
        return refuse(press, GUARD_ACCOUNT, "the form signs in or creates an account");
    bool is_product = traits->mail == 0;
    if (traits->message > 0 && !press->is_checkout_like && !is_product)
        return refuse(press, GUARD_MESSAGE, "the form sends a message");
    if (traits->mail > 0 && traits->names + traits->address == 0 &&
        !press->is_checkout_like)
        return refuse(press, GUARD_MESSAGE, "the form leaves an e-mail address");
    return GUARD_ALLOWS;
}

static GuardVerdict judge_submit(const Press *press)
{
    if (press->traits.card > 0)
        return refuse(press, GUARD_FINAL, "the form carries card data");
    if (name_is_wallet(&press->words))
        return refuse(press, GUARD_FINAL, "the button pays by a wallet");
    const char *action =
        press->form ? node_url(press->arena, press->document, press->form, "action") : NULL;
    const char *own = node_url(press->arena, press->document, press->element, "formaction");
    const char *why = NULL;
    if ((own && !guard_allows_request(press->is_post ? "POST" : "GET", own, NULL, &why)) ||
        (!own && action &&
         !guard_allows_request(press->is_post ? "POST" : "GET", action, NULL, &why)))
        return refuse(press, GUARD_FINAL, why);
    if (press->safety == SAFETY_LOOK && !press->traits.is_search) {
        const char *target = own ? own : action;
        if (press->is_post || (target && guard_url_changes_state(press->arena, target)))
            return refuse(press, GUARD_LEVEL,
                          "the form changes something: needs level touch");
    }
    GuardVerdict act = judge_act(press);
    if (act != GUARD_ALLOWS)
        return act;
    return press->is_checkout_like ? judge_checkout(press) : GUARD_ALLOWS;
}

static GuardVerdict judge_link(const Press *press)
{
    const char *url = node_url(press->arena, press->document, press->element, "href");
    const char *why = NULL;
    if (url && !guard_allows_request("GET", url, NULL, &why))
        return refuse(press, GUARD_FINAL, why);
    if (name_is_wallet(&press->words) && press->words.count <= 6)
        return refuse(press, GUARD_FINAL, "the link pays by a wallet");
    if (press->shows_payment && name_orders(&press->words))
        return refuse(press, GUARD_FINAL, "the link orders or pays");
    if (press->safety == SAFETY_LOOK && url && guard_url_changes_state(press->arena, url))
        return refuse(press, GUARD_LEVEL, "the link changes something: needs level touch");
    return GUARD_ALLOWS;
}

/* A control that only scripts bring to life: no form says what it would do. */
static GuardVerdict judge_scripted(const Press *press)
{
    if (name_is_wallet(&press->words))
        return refuse(press, GUARD_FINAL, "the button pays by a wallet");
    if (press->safety == SAFETY_LOOK)
        return GUARD_ALLOWS;
    return press->is_checkout_like ? judge_checkout(press) : GUARD_ALLOWS;
}

static bool form_is_post(const Node *form, const Node *submitter)
{
    const char *method = submitter ? node_attribute(submitter, "formmethod") : NULL;
    if (!method && form)
        method = node_attribute(form, "method");
    return str_equal_nocase(str_of(method), STR("post"));
}

/* The button that Enter would press, or the control itself. */
static const Node *entered(const Document *document, const Node *control)
{
    bool can_submit = false;
    const Node *button = control_enter(document, control, &can_submit);
    return button ? button : control;
}

GuardVerdict guard_judge(const Document *document, const FormState *state,
                         const Node *element, Safety safety, const char **why)
{
    const Node *activated = element;
    Activation activation = node_activation(document, element, &activated, NULL);
    if (!activated)
        activated = element;
    if (activation == ACTIVATE_FOCUS)
        activated = entered(document, activated);
    Press press = {.document = document,
                   .arena = document_arena(document),
                   .element = activated,
                   .safety = safety,
                   .why = why};
    press.name = node_name(press.arena, document, activated, NULL);
    button_words(press.arena, press.name, &press.words);
    press.shows_payment = guard_page_shows_payment(document);
    press.is_checkout_like = page_is_checkout_like(document, press.shows_payment);
    switch (activation) {
    case ACTIVATE_LINK: return judge_link(&press);
    case ACTIVATE_FOCUS:
    case ACTIVATE_SUBMIT:
        press.form = form_owner(document, activated);
        press.is_post = form_is_post(press.form, activated);
        if (press.form)
            form_traits(document, state, press.form, &press.traits);
        /* An address is asked for by checkouts, wherever they stand. */
        press.is_checkout_like =
            press.is_checkout_like || (press.is_post && press.traits.address > 0);
        return judge_submit(&press);
    case ACTIVATE_NEEDS_BROWSER: return judge_scripted(&press);
    case ACTIVATE_NOTHING:
    case ACTIVATE_RESET:
    case ACTIVATE_CHECK:
    case ACTIVATE_DETAILS:
    case ACTIVATE_OPTION:
    case ACTIVATE_EXTERNAL: return GUARD_ALLOWS;
    }
    return refuse(&press, GUARD_FINAL, "unknown activation");
}

bool guard_allows_press(const Document *document, const FormState *state,
                        const Node *element, Safety safety, const char **why)
{
    return guard_judge(document, state, element, safety, why) == GUARD_ALLOWS;
}
