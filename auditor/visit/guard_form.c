/* guard_form.c - what controls and forms ask for: card data, payment, terms, a message.
 *
 * Knows no word lists of users: the guard must not depend on them. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/guard_form.h"

#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"

enum { FOLDED_LEVELS = 3 /* unseen boxes, one in the other, that make a folded part */ };

static bool has_any(Str text, const char *const *needles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_contains(text, str_of(needles[i])))
            return true;
    return false;
}

/* Folded id, name, class, placeholder, autocomplete and labels of a control. */
static Str control_words(const Document *document, const Node *control)
{
    Arena *arena = document_arena(document);
    static const char *const NAMES[] = {"name",        "id",         "autocomplete",
                                        "placeholder", "aria-label", "value"};
    const char *text = node_name(arena, document, control, NULL);
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *value = node_attribute(control, NAMES[i]);
        if (value && (i < 5 || node_is_tag(control, "input")))
            text = arena_printf(arena, "%s %s", text, value);
    }
    return text_fold_accents(arena, str_of(text));
}

static bool has_any_nocase(Str text, const char *const *needles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_contains_nocase(text, str_of(needles[i])))
            return true;
    return false;
}

/* "cc-name" and the like, one token among several. */
static bool has_card_token(Str autocomplete)
{
    Str word;
    while (str_next_word(&autocomplete, &word))
        if (str_starts_with_nocase(word, STR("cc-")))
            return true;
    return false;
}

bool guard_is_card_field(const Node *control)
{
    static const char *const MARKS[] = {
        "cardnumber",   "card-number",    "card_number",
        "cardnum",      "ccnum",          "cc-num",
        "cc_num",       "ccnumber",       "creditcard",
        "credit-card",  "credit_card",    "cvv",
        "cvc",          "card-exp",       "card_exp",
        "cardexp",      "cardholder",     "card-holder",
        "card_holder",  "security-code",  "security_code",
        "securitycode", "kartennummer",   "numerocarte",
        "numero-carte", "numero_carte",   "numcarte",
        "cryptogramme", "pruefnummer",    "iban",
        "cardcode",     "card_code",      "tarjeta",
        "cardpan",      "cc-exp",         "cc_exp",
        "ccexp",        "cc-csc",         "ccverif",
        "card number",  "carte bancaire", "numero de carte",
        "numero carta",
    };
    static const char *const NAMES[] = {
        "autocomplete",        "name",         "id",
        "placeholder",         "aria-label",   "data-stripe",
        "data-braintree-name", "data-checkout"};
    bool is_control = node_is_tag(control, "input") || node_is_tag(control, "select") ||
                      node_is_tag(control, "textarea");
    const char *type = node_attribute(control, "type");
    if (!is_control ||
        (type && (strcmp(type, "radio") == 0 || strcmp(type, "hidden") == 0 ||
                  strcmp(type, "submit") == 0 || strcmp(type, "checkbox") == 0)))
        return false;
    if (node_has_attribute(control, "data-stripe") ||
        node_has_attribute(control, "data-braintree-name"))
        return true;
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        Str value = str_of(node_attribute(control, NAMES[i]));
        if (i == 0 ? has_card_token(value) : has_any_nocase(value, MARKS, COUNT_OF(MARKS)))
            return true;
    }
    return false;
}

/* Does the name under which the control is sent speak of payment? Not "payment_address". */
static bool is_sent_as_payment(const Document *document, const Node *control)
{
    static const char *const MARKS[] = {"payment",  "paiement", "zahlung", "zahlart",
                                        "pagament", "betaal",   "platnos", "formapago",
                                        "forma_pa", "paymethod"};
    Str words = text_fold_accents(document_arena(document),
                                  str_of(node_attribute(control, "name")));
    return has_any(words, MARKS, COUNT_OF(MARKS)) && !str_contains(words, STR("address"));
}

/* "Cash on delivery" and its like, where the name does not say what is chosen. */
static bool is_paid_to_carrier(Str words)
{
    static const char *const MARKS[] = {
        "cash on",       "pay on",         "upon delivery", "a la livraison",
        "contre rembou", "bei lieferung",  "nachnahme",     "alla consegna",
        "contrassegno",  "contra entrega", "contraentrega", "contrareembolso",
        "contra reembo", "reembolso",      "bij levering",  "rembours",
        "pobranie",      "dobirk",         "efterkrav"};
    return has_any(words, MARKS, COUNT_OF(MARKS));
}

static bool is_payment_choice(const Document *document, const Node *control)
{
    static const char *const MARKS[] = {
        "payment",
        "paymethod",
        "paiement",
        "zahlung",
        "zahlart",
        "pagament",
        "paypal",
        "mastercard",
        "visa",
        "klarna",
        "creditcard",
        "credit card",
        "credit_card",
        "bank transfer",
        "banktransfer",
        "bank_transfer",
        "virement",
        "cheque",
        "carte bancaire",
        "kreditkarte",
        "vorkasse",
        "nachnahme",
        "uberweisung",
        "lastschrift",
        "rechnung",
        "bonifico",
        "contrassegno",
        "transferencia",
        "contrareembolso",
        "tarjeta",
        "cash on delivery",
        "cod]",
        "pay_",
        "betaal",
    };
    Str words = control_words(document, control);
    return has_any(words, MARKS, COUNT_OF(MARKS)) || is_paid_to_carrier(words);
}

static bool is_delivery_choice(const Document *document, const Node *control)
{
    static const char *const MARKS[] = {"shipping",  "delivery",   "carrier",   "livraison",
                                        "versand",   "liefer",     "envio",     "entrega",
                                        "spedizion", "consegna",   "transport", "colissimo",
                                        "relais",    "chronopost", "bezorg",    "verzend"};
    Str name = text_fold_accents(document_arena(document),
                                 str_of(node_attribute(control, "name")));
    if (is_sent_as_payment(document, control))
        return false;
    if (has_any(name, MARKS, COUNT_OF(MARKS)))
        return true;
    Str words = control_words(document, control);
    return !is_paid_to_carrier(words) && has_any(words, MARKS, COUNT_OF(MARKS));
}

bool control_accepts_terms(const Document *document, const Node *control)
{
    static const char *const MARKS[] = {"terms",        "cgv",         "conditions",
                                        "agb",          "condiciones", "condizioni",
                                        "geschaftsbed", "voorwaarden", "termini",
                                        "terminos",     "agree"};
    return has_any(control_words(document, control), MARKS, COUNT_OF(MARKS));
}

static bool is_provider_frame(const Node *frame)
{
    static const char *const HOSTS[] = {
        "js.stripe.com", "adyen.com",  "checkout.com", "payplug.com",  "mollie.com",
        "braintree",     "paypal.com", "klarna.com",   "worldpay.com", "payzen.eu",
        "sogecommerce",  "systempay",  "paybox.com",   "squareup.com", "authorize.net",
        "hipay",         "datatrans",  "saferpay.com", "wirecard",     "unzer.com",
        "payone",        "redsys",     "nexi.it",      "cybersource",  "dibspayment",
    };
    const char *source = node_attribute(frame, "src");
    return source && has_any(str_of(source), HOSTS, COUNT_OF(HOSTS));
}

static bool is_own_site(const Document *document, const char *url)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url a;
    Url b;
    return strncmp(url, "about:", 6) == 0 ||
           (url_parse(arena, str_of(document_url(document)), NULL, &a, NULL) &&
            url_parse(arena, str_of(url), NULL, &b, NULL) && url_same_site(&a, &b));
}

static bool holds_card_field(const Document *document, const Node *frame)
{
    const NodeList *inputs = document_by_tag(document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (node_contains(frame, inputs->items[i]) && guard_is_card_field(inputs->items[i]))
            return true;
    return false;
}

bool guard_is_payment_frame(const Document *document, const Node *node)
{
    const Node *frame = node;
    while (frame && !node_is_tag(frame, "shown-frame"))
        frame = node_parent(frame);
    if (!frame)
        return false;
    const char *source = node_attribute(frame, "src");
    return is_provider_frame(frame) ||
           (source && !is_own_site(document, source) && holds_card_field(document, frame));
}

/* Does the node stand in a part that is folded up? A choice may be drawn in place of its
 * radio, which nobody sees then: its labels and the boxes around it tell. Unknown is no. */
static bool is_folded(const Document *document, const Node *node)
{
    NodeList labels = {0};
    const Node *up = node;
    for (int level = 0; level < FOLDED_LEVELS; level++, up = node_parent(up))
        if (!up || node_is_seen(up) != 0)
            return false;
    node_labels(document_arena(document), document, node, &labels);
    for (size_t i = 0; i < labels.count; i++)
        if (node_is_seen(labels.items[i]) != 0)
            return false;
    return true;
}

static bool asks_for_payment(const Document *document, const Node *control)
{
    if (guard_is_card_field(control))
        return true;
    if (node_is_tag(control, "input"))
        return strcmp(control_type(control), "radio") == 0 &&
               is_payment_choice(document, control) &&
               !is_delivery_choice(document, control);
    return is_sent_as_payment(document, control);
}

/* The choice made beforehand: a hidden field that names a way of payment or a saved card.
 */
static bool brings_payment(const Document *document, const Node *control)
{
    const char *value = node_attribute(control, "value");
    return strcmp(control_type(control), "hidden") == 0 && value && *value &&
           is_sent_as_payment(document, control);
}

/* A choice of payment that scripts draw: role=radio and its group. */
static bool page_draws_payment(const Document *document, bool is_folded_too)
{
    const NodeList *list = document_by_attribute(document, "role");
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = list->items[i];
        Str role = str_of(node_attribute(node, "role"));
        if ((str_equal_text(role, "radio") || str_equal_text(role, "radiogroup")) &&
            is_payment_choice(document, node) && !is_delivery_choice(document, node) &&
            (is_folded_too || !is_folded(document, node)))
            return true;
    }
    return false;
}

/* With what is folded up, or without. */
static bool page_asks_for_payment(const Document *document, bool is_folded_too)
{
    static const char *const TAGS[] = {"input", "select"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++)
            if (asks_for_payment(document, list->items[i]) &&
                (is_folded_too || !is_folded(document, list->items[i])))
                return true;
    }
    const NodeList *frames = document_by_tag(document, "iframe");
    for (size_t i = 0; i < frames->count; i++)
        if (is_provider_frame(frames->items[i]) &&
            (is_folded_too || !is_folded(document, frames->items[i])))
            return true;
    return page_draws_payment(document, is_folded_too);
}

bool guard_page_shows_payment(const Document *document)
{
    return page_asks_for_payment(document, false);
}

bool page_holds_payment(const Document *document)
{
    return page_asks_for_payment(document, true);
}

bool form_holds_payment(const Document *document, const Node *form)
{
    NodeList controls = {0};
    form_controls(document, form, document_arena(document), &controls);
    for (size_t i = 0; i < controls.count; i++)
        if (asks_for_payment(document, controls.items[i]) ||
            brings_payment(document, controls.items[i]))
            return true;
    return false;
}

static bool is_text_like(const char *type)
{
    static const char *const TYPES[] = {"text", "email",  "tel",      "url",    "number",
                                        "date", "search", "password", "select", "textarea"};
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        if (strcmp(type, TYPES[i]) == 0)
            return true;
    return false;
}

static void password_note(const FormState *state, const Node *control, FormTraits *traits)
{
    traits->password++;
    const char *typed = state ? control_value(state, control) : "";
    if (typed && *typed)
        traits->filled_password++;
    if (node_has_attribute(control, "required") ||
        str_equal_text(str_of(node_attribute(control, "aria-required")), "true"))
        traits->required_password++;
}

static void field_note(const Document *document, const FormState *state,
                       const Node *control, FormTraits *traits)
{
    static const char *const MAIL[] = {"mail", "courriel", "correo"};
    static const char *const NAME[] = {
        "firstname", "first_name", "first-name",  "lastname",  "last_name",
        "last-name", "given-name", "family-name", "prenom",    "nachname",
        "vorname",   "apellido",   "nombre",      "cognome",   "fullname",
        "full name", "first name", "last name",   "your name", "nom"};
    static const char *const ADDRESS[] = {
        "address", "adresse", "street", "strasse",     "rue",       "postcode",
        "postal",  "zip",     "plz",    "code_postal", "city",      "ville",
        "stadt",   "ciudad",  "citta",  "indirizzo",   "direccion", "cap"};
    static const char *const PHONE[] = {"phone",  "telefon", "telefoon", "telephone",
                                        "mobile", "handy",   "телефон"};
    const char *type = control_type(control);
    Str words = control_words(document, control);
    traits->text_fields++;
    if (strcmp(type, "search") == 0)
        traits->is_search = true;
    if (strcmp(type, "password") == 0)
        password_note(state, control, traits);
    else if (strcmp(type, "textarea") == 0)
        traits->message++;
    else if (strcmp(type, "email") == 0 || has_any(words, MAIL, COUNT_OF(MAIL)))
        traits->mail++;
    else if (has_any(words, ADDRESS, COUNT_OF(ADDRESS)))
        traits->address++;
    else if (has_any(words, NAME, COUNT_OF(NAME)))
        traits->names++;
    else if (node_is_tag(control, "input") &&
             (has_any(words, PHONE, COUNT_OF(PHONE)) ||
              str_equal_text(str_of(node_attribute(control, "name")), "tel")))
        traits->phone++;
}

/* Does it ask for anything that a search does not? */
static bool asks_more_than_search(const FormTraits *traits)
{
    return traits->mail + traits->names + traits->phone + traits->address +
               traits->password + traits->payment + traits->delivery + traits->terms +
               traits->card >
           0;
}

/* Fields of one form, NULL: those outside of all. */
static bool asks_person(const Document *document, const Node *form)
{
    FormTraits traits = {0};
    const NodeList *inputs = document_by_tag(document, "input");
    for (size_t i = 0; i < inputs->count; i++) {
        const Node *input = inputs->items[i];
        if (form_owner(document, input) == form && is_text_like(control_type(input)) &&
            node_is_seen(input) != 0 && node_visibility(input) != VISIBILITY_HIDDEN)
            field_note(document, NULL, input, &traits);
    }
    return traits.phone > 0 || (traits.names + traits.mail > 0 && traits.address > 0);
}

bool page_asks_person(const Document *document)
{
    const NodeList *forms = document_by_tag(document, "form");
    for (size_t i = 0; i < forms->count; i++)
        if (asks_person(document, forms->items[i]))
            return true;
    return asks_person(document, NULL);
}

void form_traits(const Document *document, const FormState *state, const Node *form,
                 FormTraits *traits)
{
    *traits = (FormTraits){0};
    NodeList controls = {0};
    form_controls(document, form, document_arena(document), &controls);
    for (size_t i = 0; i < controls.count; i++) {
        const Node *control = controls.items[i];
        const char *type = control_type(control);
        if (strcmp(type, "hidden") == 0 || node_visibility(control) == VISIBILITY_HIDDEN)
            continue;
        if (guard_is_card_field(control))
            traits->card++;
        if (strcmp(type, "radio") == 0 && is_delivery_choice(document, control))
            traits->delivery++;
        else if (strcmp(type, "radio") == 0 && is_payment_choice(document, control))
            traits->payment++;
        else if (strcmp(type, "checkbox") == 0 && control_accepts_terms(document, control))
            traits->terms++;
        else if (is_text_like(type))
            field_note(document, state, control, traits);
    }
    /* Pages that are one form as a whole: the search in their head is not all of it. */
    traits->is_search = (traits->is_search && !asks_more_than_search(traits)) ||
                        str_equal_text(str_of(node_attribute(form, "role")), "search");
    if (traits->text_fields == 1 && traits->mail == 0 && traits->password == 0) {
        const char *action = node_attribute(form, "action");
        traits->is_search = traits->is_search ||
                            str_contains_nocase(str_of(action), STR("search")) ||
                            str_contains_nocase(str_of(action), STR("recherche"));
    }
}
