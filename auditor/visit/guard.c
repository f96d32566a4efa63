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
#include "visit/guard_scene.h"
#include "visit/lexicon.h"

static const char LAST_STEP[] =
    "the page shows the total to pay and no payment to come: its button may order";

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

/* Do the element's own marks, its form's or its section's heading speak of payment or
 * (also) of an order? */
static bool context_speaks(const Press *press, bool of_order)
{
    static const char *const MARKS[] = {"id", "class", "name", "value", "formaction"};
    const char *text = scene_heading(press->document, press->element);
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

/* Do the element's own marks or its form's say that it fills the cart? */
static bool marks_fill_cart(const Press *press)
{
    static const char *const MARKS[] = {"id",    "class",      "name",
                                        "value", "formaction", "data-action"};
    static const char *const FORM[] = {"id", "class", "name", "action"};
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (text_fills_cart(press->arena, node_attribute(press->element, MARKS[i])))
            return true;
    for (size_t i = 0; press->form && i < COUNT_OF(FORM); i++)
        if (text_fills_cart(press->arena, node_attribute(press->form, FORM[i])))
            return true;
    return false;
}

/* By its name or, where that does not say what it does, by its own marks. */
static bool is_wallet(const Press *press)
{
    static const char *const MARKS[] = {"id", "class", "name"};
    if (name_is_wallet(&press->words))
        return true;
    bool is_vague = name_is_finish(&press->words) || name_is_continue(&press->words) ||
                    name_is_checkout(&press->words) || name_orders(&press->words);
    for (size_t i = 0; is_vague && i < COUNT_OF(MARKS); i++) {
        Str rest = str_of(node_attribute(press->element, MARKS[i]));
        Str mark;
        while (str_next_word(&rest, &mark)) {
            ButtonWords words;
            button_words(press->arena, arena_str_text(press->arena, mark), &words);
            if (name_is_wallet(&words))
                return true;
        }
    }
    return false;
}

/* Is somebody's name or telephone number sent from a cart, or a number from anywhere? Small
 * shops and quick orders ask for no more. */
static bool may_be_quick_order(const Press *press)
{
    const FormTraits *traits = &press->traits;
    bool is_message = traits->message > 0 && press->safety == SAFETY_ACT;
    bool is_cart = scene_is_cart(press->document);
    bool asks = traits->phone > 0 || (traits->names > 0 && is_cart);
    return press->form && (press->is_post || is_cart) && asks && !is_message &&
           traits->password == 0 && !name_removes(&press->words) &&
           !marks_fill_cart(press) && !text_fills_cart(press->arena, press->name);
}

/* Does the cart's form go anywhere else than to a checkout? Shops that ask nothing order
 * from there. */
static bool sends_order(const Press *press)
{
    const char *own = node_attribute(press->element, "formaction");
    const char *action = press->form ? node_attribute(press->form, "action") : NULL;
    return press->is_post && !text_speaks_of_checkout(press->arena, own ? own : action);
}

/* "Order" sent to an order from elsewhere than a cart, "submit" from a cart, too. */
static bool is_sent_as_order(const Press *press)
{
    const char *own = node_attribute(press->element, "formaction");
    const char *action = press->form ? node_attribute(press->form, "action") : NULL;
    bool is_cart = scene_is_cart(press->document);
    return press->is_post && text_speaks_of_order(press->arena, own ? own : action) &&
           !name_removes(&press->words) && !marks_fill_cart(press) &&
           (name_is_finish(&press->words) || (name_orders(&press->words) && !is_cart));
}

/* Outside a checkout: "buy now" that does not fill the cart, and words that surely order
 * where no cart is shown or the visitor is known already. */
static GuardVerdict judge_elsewhere(const Press *press)
{
    if (name_buys_at_once(&press->words) && !marks_fill_cart(press))
        return refuse(press, GUARD_FINAL, "the button buys at once, past the cart");
    if (may_be_quick_order(press) || is_sent_as_order(press))
        return refuse(press, GUARD_FINAL, "the form may be an order as a whole");
    if (!press->form && name_is_checkout(&press->words) && scene_is_cart(press->document) &&
        page_asks_person(press->document))
        return refuse(press, GUARD_FINAL, "the cart asks who orders, and sends it itself");
    if (!name_orders_surely(&press->words) || name_is_early_step(&press->words))
        return GUARD_ALLOWS;
    if (!scene_is_cart(press->document))
        return refuse(press, GUARD_FINAL, "the button orders or pays");
    if (scene_knows_visitor(press->document) || press->traits.terms > 0 ||
        sends_order(press))
        return refuse(press, GUARD_FINAL, "the cart's button may order");
    return GUARD_ALLOWS;
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

/* In a form with an address "submit" may be the order itself: shops that ask for no payment
 * have but one page. It is pressed only where the payment is announced for later. */
static GuardVerdict judge_early_form(const Press *press)
{
    if (scene_is_in_payment(press->document, press->element))
        return refuse(press, GUARD_FINAL, "the button stands in the part of the payment");
    if (name_is_checkout(&press->words) && press->traits.address > 0 &&
        scene_is_last_step(press->document))
        return refuse(press, GUARD_FINAL, LAST_STEP);
    if (name_is_early_step(&press->words))
        return GUARD_ALLOWS;
    if (name_is_continue(&press->words))
        return scene_is_last_step(press->document) ? refuse(press, GUARD_FINAL, LAST_STEP)
                                                   : GUARD_ALLOWS;
    if (page_holds_payment(press->document))
        return refuse(press, GUARD_FINAL,
                      "the payment is on this page: the button may send it as well");
    bool is_last = scene_is_last_step(press->document);
    if (press->traits.address == 0 && press->traits.delivery > 0 && !is_last)
        return GUARD_ALLOWS;
    if (scene_has_later_step(press->document) && !context_speaks(press, false))
        return GUARD_ALLOWS;
    if (name_is_finish(&press->words) && !is_last &&
        press->traits.address + press->traits.phone == 0 && !context_speaks(press, true))
        return GUARD_ALLOWS;
    return refuse(press, GUARD_FINAL, "the button may send the order with the address");
}

/* One more or one less of a line. */
static bool is_stepper(const char *name)
{
    static const char *const SIGNS[] = {"+", "-", "\u2212", "\u2013"};
    Str text = str_trim(str_of(name));
    for (size_t i = 0; i < COUNT_OF(SIGNS); i++)
        if (str_equal(text, str_of(SIGNS[i])))
            return true;
    return false;
}

/* Does the form go back to the cart, or nowhere else than where it stands? */
static bool stays_in_cart(const Press *press)
{
    const char *own = node_attribute(press->element, "formaction");
    const char *action = press->form ? node_attribute(press->form, "action") : NULL;
    const char *target = own ? own : action;
    return !press->is_post || !target || !*target || text_fills_cart(press->arena, target);
}

/* The terms stand in the cart, before "checkout": nobody has said yet who orders. */
static bool is_cart_of_stranger(const Press *press)
{
    const FormTraits *traits = &press->traits;
    return name_is_checkout(&press->words) && !name_orders(&press->words) &&
           scene_is_cart(press->document) && !scene_knows_visitor(press->document) &&
           stays_in_cart(press) && !page_asks_person(press->document) &&
           traits->mail + traits->names + traits->address + traits->phone +
                   traits->payment ==
               0;
}

static GuardVerdict judge_checkout(const Press *press)
{
    if (name_orders(&press->words) && !name_is_early_step(&press->words))
        return refuse(press, GUARD_FINAL, "the button orders or pays");
    if (name_orders(&press->words) && !is_early_form(press))
        return refuse(press, GUARD_FINAL, "the button may order or pay");
    bool removes = (name_removes(&press->words) || is_stepper(press->name)) &&
                   press->traits.payment == 0;
    if (press->shows_payment && !removes && !(press->traits.is_search && !press->is_post))
        return refuse(press, GUARD_FINAL,
                      "the page shows the payment: no button is pressed there");
    if (removes || press->traits.is_search)
        return GUARD_ALLOWS;
    if (element_speaks_of_payment(press) && !name_is_early_step(&press->words))
        return refuse(press, GUARD_FINAL, "the button is marked as the payment's");
    if (press->form && press->traits.phone > 0 && !name_is_early_step(&press->words) &&
        press->traits.mail + press->traits.address == 0 &&
        !scene_has_later_step(press->document))
        return refuse(press, GUARD_FINAL, "the form may be an order by telephone");
    if (is_early_form(press))
        return judge_early_form(press);
    if (is_cart_of_stranger(press))
        return GUARD_ALLOWS;
    if (press->traits.terms > 0)
        return refuse(press, GUARD_FINAL, "the form accepts the terms of sale");
    if (name_is_finish(&press->words))
        return refuse(press, GUARD_FINAL, "the button may confirm the order");
    bool is_last = scene_is_last_step(press->document);
    if (name_is_continue(&press->words)) {
        if (context_speaks(press, true))
            return refuse(press, GUARD_FINAL,
                          "the button goes on from a part about payment or order");
        return is_last ? refuse(press, GUARD_FINAL, LAST_STEP) : GUARD_ALLOWS;
    }
    if (name_is_early_step(&press->words))
        return is_last && name_is_checkout(&press->words)
                   ? refuse(press, GUARD_FINAL, LAST_STEP)
                   : GUARD_ALLOWS;
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
    if (is_wallet(press))
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
    return press->is_checkout_like ? judge_checkout(press) : judge_elsewhere(press);
}

/* The ground that controls stand on: pressing it presses nothing. What lies under the
 * pointer is judged for itself by engines that have one. */
static bool is_ground(const Node *node)
{
    static const char *const TAGS[] = {"form", "fieldset", "main", "body", "html"};
    for (size_t i = 0; i < COUNT_OF(TAGS); i++)
        if (node_is_tag(node, TAGS[i]))
            return !node_has_attribute(node, "onclick") &&
                   !node_has_attribute(node, "tabindex");
    return false;
}

/* A list drawn by scripts, or one of its options: it chooses and sends nothing. */
static bool is_choice(const Node *element)
{
    static const char *const roles[] = {"option", "combobox", "listbox", "radio"};
    const char *role = node_attribute(element, "role");
    for (size_t i = 0; role && i < COUNT_OF(roles); i++)
        if (strcmp(role, roles[i]) == 0)
            return true;
    return false;
}

static bool is_order_or_finish(const Press *press)
{
    return name_orders(&press->words) || name_buys_at_once(&press->words) ||
           (press->words.count > 0 && name_is_finish(&press->words));
}

/* A control that only scripts bring to life: no form says what it would do. */
static GuardVerdict judge_scripted(const Press *press)
{
    if (is_ground(press->element))
        return GUARD_ALLOWS;
    if (is_wallet(press))
        return refuse(press, GUARD_FINAL, "the button pays by a wallet");
    if (is_choice(press->element) && !name_orders(&press->words) &&
        !text_speaks_of_payment(press->arena, press->name))
        return GUARD_ALLOWS;
    bool leads_on = is_order_or_finish(press) || name_is_continue(&press->words);
    if (press->is_checkout_like)
        return press->safety == SAFETY_LOOK && !leads_on ? GUARD_ALLOWS
                                                         : judge_checkout(press);
    return judge_elsewhere(press);
}

/* A link that leads nowhere: a script gives it its meaning. */
static bool is_scripted_link(const Press *press)
{
    Str href = str_trim(str_of(node_attribute(press->element, "href")));
    return href.length == 0 || href.data[0] == '#' ||
           str_starts_with_nocase(href, STR("javascript:")) ||
           node_has_attribute(press->element, "onclick");
}

static GuardVerdict judge_link(const Press *press)
{
    const char *url = node_url(press->arena, press->document, press->element, "href");
    const char *why = NULL;
    if (url && !guard_allows_request("GET", url, NULL, &why))
        return refuse(press, GUARD_FINAL, why);
    if (name_is_wallet(&press->words) && press->words.count <= 6)
        return refuse(press, GUARD_FINAL, "the link pays by a wallet");
    if (is_scripted_link(press) &&
        (is_order_or_finish(press) || name_is_checkout(&press->words)))
        return judge_scripted(press);
    if (name_orders(&press->words) &&
        (press->shows_payment ||
         (press->is_checkout_like && page_holds_payment(press->document))))
        return refuse(press, GUARD_FINAL, "the link orders or pays");
    bool goes_on = name_orders(&press->words) || name_is_finish(&press->words) ||
                   name_is_continue(&press->words);
    if (press->is_checkout_like && press->words.count > 0 && goes_on &&
        (press->shows_payment || scene_is_last_step(press->document)))
        return refuse(press, GUARD_FINAL, LAST_STEP);
    if (press->safety == SAFETY_LOOK && url && guard_url_changes_state(press->arena, url))
        return refuse(press, GUARD_LEVEL, "the link changes something: needs level touch");
    return GUARD_ALLOWS;
}

/* A box ticked on the payment's page may be what a script waits for. */
static GuardVerdict judge_check(const Press *press)
{
    if (press->shows_payment && control_accepts_terms(press->document, press->element))
        return refuse(press, GUARD_FINAL, "accepting the terms beside the payment");
    return GUARD_ALLOWS;
}

static bool form_is_post(const Node *form, const Node *submitter)
{
    const char *method = submitter ? node_attribute(submitter, "formmethod") : NULL;
    if (!method && form)
        method = node_attribute(form, "method");
    return str_equal_nocase(str_of(method), STR("post"));
}

/* A form with somebody's name in a part (a dialog) about payment, on whatever page. */
static bool is_payment_part(const Press *press)
{
    const FormTraits *traits = &press->traits;
    return traits->mail + traits->names + traits->address > 0 &&
           text_speaks_of_payment(press->arena,
                                  scene_heading(press->document, press->element));
}

/* The button that Enter would press, or the control itself. */
static const Node *entered(const Document *document, const Node *control)
{
    bool can_submit = false;
    const Node *button = control_enter(document, control, &can_submit);
    return button ? button : control;
}

/* The words of the question that an inline script puts before it goes on, "" none:
 * onclick="return confirm('...')". */
static Str question_in(const Node *node, const char *handler)
{
    Str script = str_of(node ? node_attribute(node, handler) : NULL);
    size_t at = str_find_nocase(script, STR("confirm("), 0);
    if (at == SIZE_MAX)
        return STR("");
    at += 8;
    while (at < script.length && (script.data[at] == ' ' || script.data[at] == '\n'))
        at++;
    if (at >= script.length || !strchr("'\"`", script.data[at]))
        return STR("");
    size_t end = str_find_byte(script, script.data[at], at + 1);
    return end == SIZE_MAX ? STR("") : str_slice(script, at + 1, end - at - 1);
}

/* Does the page ask, in words of an order or a payment, whether the press is meant? A
 * person would have to say yes; this visitor never does, with scripts or without. */
static bool asks_for_order(const Press *press, const Node *node, const char *handler)
{
    Str question = question_in(node, handler);
    if (question.length == 0)
        return false;
    ButtonWords words;
    const char *text = arena_str_text(press->arena, question);
    button_words(press->arena, text, &words);
    bool is_order = name_orders(&words) || text_speaks_of_order(press->arena, text) ||
                    text_speaks_of_payment(press->arena, text);
    if (is_order && press->why)
        *press->why =
            arena_printf(press->arena, "the page asks '%.200s', and yes might order", text);
    return is_order;
}

/* What the form says that is sent. */
static void read_form(Press *press, const FormState *state)
{
    const Document *document = press->document;
    press->form = form_owner(document, press->element);
    press->is_post = form_is_post(press->form, press->element);
    if (press->form) {
        bool holds = form_holds_payment(document, press->form);
        form_traits(document, state, press->form, &press->traits);
        press->shows_payment = press->shows_payment || holds;
        press->is_checkout_like =
            press->is_checkout_like || (holds && press->is_post && !marks_fill_cart(press));
    }
    /* An address is asked for by checkouts, wherever they stand. */
    press->is_checkout_like = press->is_checkout_like ||
                              (press->is_post && press->traits.address > 0) ||
                              is_payment_part(press);
}

/* What the form around a scripted control says: the script may send it as a whole. */
static void read_form_around(Press *press, const FormState *state)
{
    const Node *form = form_owner(press->document, press->element);
    if (!form)
        form = node_closest(press->element, "form");
    if (!form)
        return;
    form_traits(press->document, state, form, &press->traits);
    press->traits.is_search = false;
    press->shows_payment =
        press->shows_payment || form_holds_payment(press->document, form);
}

/* A checkout that stands in a frame of the page. */
static bool is_in_checkout_frame(const Press *press)
{
    const Node *frame = node_closest(press->element, "shown-frame");
    return frame && text_speaks_of_checkout(press->arena, node_attribute(frame, "src"));
}

static GuardVerdict judge_activation(Press *press, const FormState *state,
                                     Activation activation)
{
    switch (activation) {
    case ACTIVATE_LINK: read_form_around(press, state); return judge_link(press);
    case ACTIVATE_FOCUS:
    case ACTIVATE_SUBMIT: read_form(press, state); return judge_submit(press);
    case ACTIVATE_NEEDS_BROWSER:
        read_form_around(press, state);
        return judge_scripted(press);
    case ACTIVATE_CHECK: return judge_check(press);
    case ACTIVATE_NOTHING:
    case ACTIVATE_RESET:
    case ACTIVATE_DETAILS:
    case ACTIVATE_OPTION:
    case ACTIVATE_EXTERNAL: return GUARD_ALLOWS;
    }
    return refuse(press, GUARD_FINAL, "unknown activation");
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
    press.is_checkout_like = scene_is_checkout(document, page_holds_payment(document)) ||
                             is_in_checkout_frame(&press);
    if (guard_is_payment_frame(document, activated))
        return refuse(&press, GUARD_FINAL, "it stands in a frame of a payment provider");
    if (asks_for_order(&press, activated, "onclick") ||
        (activation == ACTIVATE_SUBMIT &&
         asks_for_order(&press, form_owner(document, activated), "onsubmit")))
        return GUARD_FINAL;
    return judge_activation(&press, state, activation);
}

bool guard_allows_press(const Document *document, const FormState *state,
                        const Node *element, Safety safety, const char **why)
{
    return guard_judge(document, state, element, safety, why) == GUARD_ALLOWS;
}
