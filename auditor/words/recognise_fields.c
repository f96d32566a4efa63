/* recognise_fields.c - what a form field asks for: autocomplete token, type, label, name,
 * in that order (scenarios.md 6.5 fillAddress, traps.md 16).
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "words/look.h"
#include "words/recognise.h"

enum { LABEL_MAX = 300, NEAR_MAX = 60 };

/** autocomplete tokens, https://html.spec.whatwg.org/multipage/#autofill-field */
static const struct {
    const char *token;
    FieldKind kind;
} TOKENS[] = {
    {"email", FIELD_EMAIL},
    {"given-name", FIELD_FIRST_NAME},
    {"family-name", FIELD_LAST_NAME},
    {"name", FIELD_FULL_NAME},
    {"organization", FIELD_COMPANY},
    {"street-address", FIELD_STREET},
    {"address-line1", FIELD_STREET},
    {"address-line2", FIELD_STREET2},
    {"address-line3", FIELD_STREET2},
    {"postal-code", FIELD_POSTAL_CODE},
    {"address-level2", FIELD_CITY},
    {"address-level1", FIELD_REGION},
    {"country", FIELD_COUNTRY},
    {"country-name", FIELD_COUNTRY},
    {"tel", FIELD_PHONE},
    {"tel-national", FIELD_PHONE},
    {"current-password", FIELD_PASSWORD},
    {"new-password", FIELD_PASSWORD},
    {"bday", FIELD_BIRTHDAY},
    {"bday-day", FIELD_BIRTHDAY},
    {"bday-month", FIELD_BIRTHDAY},
    {"bday-year", FIELD_BIRTHDAY},
    {"honorific-prefix", FIELD_TITLE},
    {"sex", FIELD_TITLE},
};

/** Lists of words in the order in which they are tried: the narrow before the wide. */
static const struct {
    const char *intent;
    FieldKind kind;
} LISTS[] = {
    {"field_card", FIELD_CARD},
    {"field_email", FIELD_EMAIL},
    {"field_password", FIELD_PASSWORD},
    {"promo_code", FIELD_COUPON},
    {"field_birthday", FIELD_BIRTHDAY},
    {"field_quantity", FIELD_QUANTITY},
    {"field_company", FIELD_COMPANY},
    {"field_full_name", FIELD_FULL_NAME},
    {"field_first_name", FIELD_FIRST_NAME},
    {"field_last_name", FIELD_LAST_NAME},
    {"field_postal_code", FIELD_POSTAL_CODE},
    {"field_street2", FIELD_STREET2},
    {"field_street", FIELD_STREET},
    {"field_city", FIELD_CITY},
    {"field_country", FIELD_COUNTRY},
    {"field_region", FIELD_REGION},
    {"field_phone", FIELD_PHONE},
    {"field_company", FIELD_COMPANY},
    {"field_title", FIELD_TITLE},
    {"search_box", FIELD_SEARCH},
    {"field_message", FIELD_MESSAGE},
};

static const char *const NAMES[] = {
    [FIELD_UNKNOWN] = "unknown",
    [FIELD_EMAIL] = "e-mail",
    [FIELD_FIRST_NAME] = "first name",
    [FIELD_LAST_NAME] = "last name",
    [FIELD_FULL_NAME] = "name",
    [FIELD_COMPANY] = "company",
    [FIELD_STREET] = "street",
    [FIELD_STREET2] = "second address line",
    [FIELD_POSTAL_CODE] = "postal code",
    [FIELD_CITY] = "city",
    [FIELD_REGION] = "region",
    [FIELD_COUNTRY] = "country",
    [FIELD_PHONE] = "telephone",
    [FIELD_PASSWORD] = "password",
    [FIELD_SEARCH] = "search",
    [FIELD_QUANTITY] = "quantity",
    [FIELD_COUPON] = "coupon",
    [FIELD_NEWSLETTER] = "newsletter",
    [FIELD_TERMS] = "terms",
    [FIELD_GUEST] = "guest",
    [FIELD_DELIVERY] = "delivery method",
    [FIELD_PAYMENT] = "payment method",
    [FIELD_CARD] = "card",
    [FIELD_BIRTHDAY] = "birthday",
    [FIELD_TITLE] = "title",
    [FIELD_MESSAGE] = "message",
    [FIELD_HONEYPOT] = "honeypot",
};

const char *field_kind_name(FieldKind kind)
{
    return NAMES[kind];
}

/** A control with its words. */
typedef struct Field {
    const Words *words;
    const Document *document;
    const Node *node;
    const char *language;
    const char *type;
    Arena *arena;
    Str label; /* folded: accessible name, else what stands in front */
    Str name;  /* words of name and id */
} Field;

static bool field_means(const Field *field, const char *intent, Str text)
{
    return words_match_folded(field->words, intent, field->language, text, NULL);
}

static FieldKind token_kind(const Node *node)
{
    Str rest = str_of(node_attribute(node, "autocomplete"));
    Str token;
    FieldKind kind = FIELD_UNKNOWN;
    while (str_next_word(&rest, &token)) {
        if (str_starts_with_nocase(token, STR("cc-")))
            return FIELD_CARD;
        for (size_t i = 0; i < COUNT_OF(TOKENS); i++) {
            if (str_equal_nocase(token, str_of(TOKENS[i].token)))
                kind = TOKENS[i].kind;
        }
    }
    return kind;
}

/* Off-screen by inline style, or invisible: people cannot fill it, only robots do. */
static bool style_is_trap(const Node *node)
{
    for (const Node *up = node; up && !node_is_tag(up, "form"); up = node_parent(up)) {
        Str left = node_style(up, "left");
        Str top = node_style(up, "top");
        Str opacity = node_style(up, "opacity");
        bool is_far = (left.length > 3 && left.data[0] == '-') ||
                      (top.length > 3 && top.data[0] == '-');
        if (is_far || str_equal(opacity, STR("0")) ||
            node_has_part_of(up, "honeypot honey hpot nospam antispam"))
            return true;
    }
    return false;
}

static bool field_is_trap(const Field *field)
{
    if (field_means(field, "keep_empty", field->label))
        return true;
    bool is_typed = strcmp(field->type, "checkbox") != 0 &&
                    strcmp(field->type, "radio") != 0 && strcmp(field->type, "select") != 0;
    if (is_typed && style_is_trap(field->node))
        return true;
    const char *hidden = node_attribute(field->node, "aria-hidden");
    const char *index = node_attribute(field->node, "tabindex");
    return is_typed && hidden && strcmp(hidden, "true") == 0 && index &&
           strcmp(index, "-1") == 0;
}

/* Words of the group around a choice: legend, heading or label in front, its name. */
static bool group_means(const Field *field, const char *intent)
{
    const Node *up = node_parent(field->node);
    for (int i = 0; up && i < 6 && !node_is_tag(up, "form"); i++, up = node_parent(up)) {
        for (const Node *child = node_first_child(up);
             child && !node_contains(child, field->node); child = node_next(child)) {
            const char *tag = node_tag(child);
            bool is_head = strcmp(tag, "legend") == 0 || strcmp(tag, "label") == 0 ||
                           strcmp(tag, "p") == 0 || strcmp(tag, "dt") == 0 ||
                           strcmp(tag, "strong") == 0 ||
                           (tag[0] == 'h' && tag[1] && !tag[2]);
            Str text = is_head ? node_visible_text(field->arena, child) : (Str){"", 0};
            if (text.length > 0 && text.length <= NEAR_MAX &&
                field_means(field, intent, text_fold(field->arena, text)))
                return true;
        }
        Str name = look_name_words(field->arena, node_attribute(up, "id"));
        if (field_means(field, intent, name) ||
            field_means(field, intent,
                        look_name_words(field->arena, node_attribute(up, "class"))))
            return true;
    }
    return field_means(field, intent, field->name);
}

static bool name_says(const Field *field, const char *words)
{
    Str rest = str_of(words);
    Str word;
    while (str_next_word(&rest, &word)) {
        if (str_contains(field->name, word))
            return true;
    }
    return false;
}

/* A choice whose label is no label's: its value tells, in the words of its makers. */
static bool value_says_guest(const Field *field)
{
    static const char *const VALUES[] = {"guest", "gast", "invite", "invitado", "ospite"};
    Str value = str_of(node_attribute(field->node, "value"));
    for (size_t i = 0; i < COUNT_OF(VALUES); i++)
        if (strcmp(field->type, "radio") == 0 && str_equal_nocase(value, str_of(VALUES[i])))
            return true;
    return false;
}

static FieldKind choice_kind(const Field *field)
{
    if (field_means(field, "guest_checkout", field->label) || name_says(field, "guest") ||
        value_says_guest(field))
        return FIELD_GUEST;
    bool is_box = strcmp(field->type, "checkbox") == 0;
    if (is_box && (field_means(field, "accept_terms", field->label) ||
                   field_means(field, "terms", field->label) ||
                   name_says(field, "terms agree conditions cgv agb")))
        return FIELD_TERMS;
    if (name_says(field, "newsletter subscribe optin") ||
        (is_box && field_means(field, "field_subscribe", field->label)))
        return FIELD_NEWSLETTER;
    if (!is_box && (name_says(field, "payment paiement zahlung pago pagamento") ||
                    group_means(field, "payment_method")))
        return FIELD_PAYMENT;
    if (!is_box &&
        (name_says(field, "shipping delivery carrier versand livraison transport "
                          "envio spedizione") ||
         group_means(field, "delivery_method")))
        return name_says(field, "address adresse") ? FIELD_UNKNOWN : FIELD_DELIVERY;
    if (!is_box && field_means(field, "payment_kind", field->label) &&
        !field_means(field, "delivery_cost", field->label))
        return FIELD_PAYMENT;
    if (!is_box && (field_means(field, "field_title", field->label) ||
                    field_means(field, "field_title", field->name)))
        return FIELD_TITLE;
    return FIELD_UNKNOWN;
}

/* In a sign-up form with one field of its own, an address for mails is no identity. */
static FieldKind email_kind(const Field *field)
{
    const Node *form = form_owner(field->document, field->node);
    NodeList controls = {0};
    size_t typed = 0;
    if (!form)
        return FIELD_EMAIL;
    form_controls(field->document, form, field->arena, &controls);
    for (size_t i = 0; i < controls.count; i++) {
        const char *type = control_type(controls.items[i]);
        typed += strcmp(type, "hidden") != 0 && strcmp(type, "submit") != 0 &&
                 strcmp(type, "button") != 0 && strcmp(type, "checkbox") != 0 &&
                 strcmp(type, "image") != 0;
    }
    if (typed != 1)
        return FIELD_EMAIL;
    Str text = node_visible_text(field->arena, form);
    bool is_news = field_means(field, "newsletter", text_fold(field->arena, text)) ||
                   field_means(field, "newsletter", field->label) ||
                   field_means(field, "newsletter", field->name) ||
                   node_has_part_of(form, "newsletter subscribe subscription");
    return is_news ? FIELD_NEWSLETTER : FIELD_EMAIL;
}

static FieldKind lists_kind(const Field *field, Str text)
{
    bool is_select = strcmp(field->type, "select") == 0;
    for (size_t i = 0; text.length > 0 && i < COUNT_OF(LISTS); i++) {
        if (is_select && (LISTS[i].kind == FIELD_MESSAGE || LISTS[i].kind == FIELD_SEARCH))
            continue;
        if (field_means(field, LISTS[i].intent, text))
            return LISTS[i].kind;
    }
    return FIELD_UNKNOWN;
}

static FieldKind typed_kind(const Field *field)
{
    const char *type = field->type;
    if (strcmp(type, "password") == 0)
        return field_means(field, "field_card", field->label) ? FIELD_CARD : FIELD_PASSWORD;
    if (strcmp(type, "email") == 0)
        return email_kind(field);
    if (strcmp(type, "tel") == 0 && !field_means(field, "field_card", field->label) &&
        !field_means(field, "field_card", field->name))
        return FIELD_PHONE;
    if (strcmp(type, "search") == 0)
        return FIELD_SEARCH;
    FieldKind kind = lists_kind(field, field->label);
    if (kind == FIELD_UNKNOWN)
        kind = lists_kind(field, field->name);
    if (kind == FIELD_UNKNOWN && strcmp(type, "textarea") == 0)
        return FIELD_MESSAGE;
    return kind == FIELD_EMAIL ? email_kind(field) : kind;
}

/* The words in front of a control that has no label of its own: the cell or line before. */
static Str words_before(const Field *field)
{
    const Node *up = field->node;
    for (int i = 0; up && i < 3; i++, up = node_parent(up)) {
        const Node *before = node_previous(up);
        if (!before || node_is_control(before))
            continue;
        Str text = node_visible_text(field->arena, before);
        if (text.length > 0 && text.length <= NEAR_MAX)
            return text_fold(field->arena, text);
        if (text.length > NEAR_MAX)
            break;
    }
    return (Str){"", 0};
}

/* Label without its marks: "E-mail *" is "e-mail". */
static Str label_trim(Str label)
{
    while (label.length > 0 && strchr("*:. ", label.data[label.length - 1]))
        label.length--;
    while (label.length > 0 && strchr("*: ", label.data[0]))
        label = str_slice(label, 1, label.length);
    return label;
}

static void field_init(Field *field, const Words *words, const Document *document,
                       const Node *control, Arena *arena)
{
    const char *from = "";
    const char *name = node_name(arena, document, control, &from);
    *field = (Field){.words = words,
                     .document = document,
                     .node = control,
                     .language = document_language(document),
                     .type = control_type(control),
                     .arena = arena};
    if (strlen(name) <= LABEL_MAX)
        field->label = label_trim(text_fold(arena, str_of(name)));
    if (field->label.length == 0)
        field->label = label_trim(words_before(field));
    const char *attribute = node_attribute(control, "name");
    const char *id = node_attribute(control, "id");
    const char *both =
        arena_printf(arena, "%s %s", attribute ? attribute : "", id ? id : "");
    field->name = look_name_words(arena, attribute ? attribute : both);
    if (field->name.length == 0)
        field->name = look_name_words(arena, id);
}

FieldKind field_recognise(const Words *words, const Document *document, const Node *control)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Field field;
    const char *type = control_type(control);
    if (!type[0] || strcmp(type, "hidden") == 0 || strcmp(type, "submit") == 0 ||
        strcmp(type, "button") == 0 || strcmp(type, "reset") == 0 ||
        strcmp(type, "image") == 0)
        return FIELD_UNKNOWN;
    field_init(&field, words, document, control, arena);
    if (field_is_trap(&field))
        return FIELD_HONEYPOT;
    bool is_choice = strcmp(type, "radio") == 0 || strcmp(type, "checkbox") == 0;
    FieldKind kind = is_choice ? FIELD_UNKNOWN : token_kind(control);
    if (kind == FIELD_EMAIL)
        return email_kind(&field);
    if (kind != FIELD_UNKNOWN)
        return kind;
    if (is_choice)
        return choice_kind(&field);
    if (strcmp(type, "select") == 0) {
        kind = lists_kind(&field, field.label);
        if (kind == FIELD_UNKNOWN)
            kind = lists_kind(&field, field.name);
        if (kind == FIELD_UNKNOWN || kind == FIELD_REGION) {
            FieldKind choice = choice_kind(&field);
            kind = choice == FIELD_UNKNOWN ? kind : choice;
        }
        return kind;
    }
    return typed_kind(&field);
}

/* Text beside a label that marks the field: "Name *", "Name (required)". */
static bool label_is_marked(const Field *field, Arena *arena)
{
    NodeList labels = {0};
    node_labels(arena, field->document, field->node, &labels);
    for (size_t i = 0; i < labels.count; i++) {
        Str text = text_fold(arena, node_visible_text(arena, labels.items[i]));
        if (field_means(field, "optional_hint", text))
            return false;
        if (str_contains(text, STR("*")) || field_means(field, "required_hint", text))
            return true;
        if (node_has_part_of(labels.items[i], "required mandatory obligatoire"))
            return true;
    }
    return false;
}

bool field_is_required(const Words *words, const Document *document, const Node *control)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Field field;
    const char *aria = node_attribute(control, "aria-required");
    if (node_has_attribute(control, "required") || (aria && strcmp(aria, "true") == 0))
        return true;
    field_init(&field, words, document, control, arena);
    if (label_is_marked(&field, arena))
        return true;
    const char *placeholder = node_attribute(control, "placeholder");
    if (placeholder && strchr(placeholder, '*'))
        return true;
    /* Many shops mark the row around label and field. */
    const Node *up = node_parent(control);
    for (int i = 0; up && i < 3 && !node_is_tag(up, "form"); i++, up = node_parent(up)) {
        if (node_has_class(up, "required") || node_has_class(up, "validate-required"))
            return true;
    }
    return false;
}
