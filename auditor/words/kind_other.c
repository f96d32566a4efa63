/* kind_other.c - signs of the pages around the shop: account, contact, legal, content, page
 * not found, closed (recognition.md 2.2).
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom/text.h"
#include "words/kind.h"

enum { TEXT_WORDS = 100, LONG_WORDS = 300, LIST_MIN = 4 };

static bool has_type(const Evidence *evidence, const char *type)
{
    return structured_first(evidence->structured, type) != NULL;
}

static bool is_selling(const Evidence *evidence)
{
    return has_type(evidence, "Product") ||
           (evidence->cards.count >= LIST_MIN && !evidence->cards.is_secondary) ||
           (evidence->product.buy_form && evidence->product.quantity);
}

static void account_signs(Evidence *evidence)
{
    const int *of = evidence->fields.of;
    if (of[FIELD_PASSWORD] > 0)
        evidence_add(evidence, PAGE_ACCOUNT, POINTS_STRONG, "password field");
    if (evidence_is_titled(evidence, "login_title"))
        evidence_add(evidence, PAGE_ACCOUNT, POINTS_STRONG, "title or heading");
    if (look_means(evidence->look, "url_account", evidence->url))
        evidence_add(evidence, PAGE_ACCOUNT, POINTS_HINT, "address");
    if (evidence->points[PAGE_ACCOUNT] <= 0)
        return;
    if (words_find(evidence->look->words, "forgot_password", evidence->look->document,
                   evidence->look->main))
        evidence_add(evidence, PAGE_ACCOUNT, POINTS_HINT, "forgotten password");
    if (evidence->points[PAGE_CHECKOUT] >= POINTS_STRONG &&
        look_means(evidence->look, "url_checkout", evidence->url))
        evidence_add(evidence, PAGE_ACCOUNT, POINTS_CONTRARY, "part of the checkout");
}

/* A form to write to somebody: message and address for the answer, and no review. */
static bool has_message_form(const Evidence *evidence)
{
    const FieldCount *fields = &evidence->fields;
    for (size_t i = 0; i < fields->count; i++) {
        const PageField *message = &fields->items[i];
        if (!node_is_tag(message->node, "textarea") || !message->form ||
            node_has_part_of(message->node, "comment review avis rating") ||
            node_has_part_of(message->form, "comment review avis rating"))
            continue;
        for (size_t j = 0; j < fields->count; j++) {
            if (fields->items[j].form == message->form &&
                fields->items[j].kind == FIELD_EMAIL)
                return true;
        }
    }
    return false;
}

/* Ways to reach somebody in the main part. */
static int contact_means(const Evidence *evidence)
{
    const Look *look = evidence->look;
    const NodeList *links = document_by_tag(look->document, "a");
    bool has_phone = false;
    bool has_mail = false;
    for (size_t i = 0; i < links->count; i++) {
        Str href = str_of(node_attribute(links->items[i], "href"));
        if (!look_is_main(look, links->items[i]))
            continue;
        has_phone = has_phone || str_starts_with_nocase(href, STR("tel:"));
        has_mail = has_mail || str_starts_with_nocase(href, STR("mailto:"));
    }
    bool has_address = document_by_tag(look->document, "address")->count > 0;
    return has_phone + has_mail + has_address;
}

static void contact_signs(Evidence *evidence)
{
    bool is_titled = evidence_is_titled(evidence, "contact");
    if (has_type(evidence, "ContactPage"))
        evidence_add(evidence, PAGE_CONTACT, POINTS_CERTAIN, "structured data of contact");
    if (has_message_form(evidence))
        evidence_add(evidence, PAGE_CONTACT, POINTS_CERTAIN, "form for a message");
    if (is_titled)
        evidence_add(evidence, PAGE_CONTACT, POINTS_STRONG, "title or heading");
    if (contact_means(evidence) >= 2)
        evidence_add(evidence, PAGE_CONTACT, is_titled ? POINTS_STRONG : POINTS_HINT,
                     "telephone, e-mail or address");
    if (look_means(evidence->look, "url_contact", evidence->url))
        evidence_add(evidence, PAGE_CONTACT, POINTS_HINT, "address of the page");
    if (evidence->points[PAGE_CONTACT] <= 0)
        return;
    if (look_means(evidence->look, "opening_hours", look_main_text(evidence->look)))
        evidence_add(evidence, PAGE_CONTACT, POINTS_HINT, "opening hours");
    if (evidence->fields.of[FIELD_PASSWORD] > 0 || is_selling(evidence))
        evidence_add(evidence, PAGE_CONTACT, POINTS_CONTRARY,
                     "sells or asks for a password");
}

static void legal_signs(Evidence *evidence)
{
    static const char *const INTENTS[] = {"legal_notice",
                                          "terms",
                                          "privacy",
                                          "returns_link",
                                          "delivery_link",
                                          "cookie_policy",
                                          "accessibility_statement",
                                          "withdrawal"};
    const char *found = NULL;
    for (size_t i = 0; !found && i < COUNT_OF(INTENTS); i++) {
        if (evidence_is_titled(evidence, INTENTS[i]))
            found = INTENTS[i];
    }
    if (found)
        evidence_add(evidence, PAGE_LEGAL, POINTS_STRONG,
                     arena_printf(evidence->look->arena, "title or heading (%s)", found));
    if (look_means(evidence->look, "url_legal", evidence->url))
        evidence_add(evidence, PAGE_LEGAL, POINTS_HINT, "address");
    if (evidence->points[PAGE_LEGAL] <= 0)
        return;
    if (evidence->words >= LONG_WORDS && !is_selling(evidence))
        evidence_add(evidence, PAGE_LEGAL, POINTS_STRONG, "long text");
    else if (evidence->words >= TEXT_WORDS && !is_selling(evidence))
        evidence_add(evidence, PAGE_LEGAL, POINTS_HINT, "text");
    if (is_selling(evidence))
        evidence_add(evidence, PAGE_LEGAL, POINTS_CONTRARY, "product data");
    if (evidence->points[PAGE_CHECKOUT] >= POINTS_CERTAIN)
        evidence_add(evidence, PAGE_LEGAL, POINTS_CONTRARY, "a checkout");
}

static void content_signs(Evidence *evidence)
{
    static const char *const TYPES[] = {
        "Article", "BlogPosting", "NewsArticle", "FAQPage", "AboutPage", "Recipe", "HowTo"};
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        if (has_type(evidence, TYPES[i]))
            evidence_add(
                evidence, PAGE_CONTENT, POINTS_STRONG,
                arena_printf(evidence->look->arena, "structured data of %s", TYPES[i]));
    }
    if (evidence_is_titled(evidence, "about") || evidence_is_titled(evidence, "faq"))
        evidence_add(evidence, PAGE_CONTENT, POINTS_STRONG, "title or heading");
    bool is_step = look_means(evidence->look, "url_checkout", evidence->url) ||
                   look_means(evidence->look, "url_cart", evidence->url);
    bool is_plain = !is_selling(evidence) && evidence->fields.of[FIELD_PASSWORD] == 0 &&
                    evidence->cards.count == 0 && !is_step;
    if (is_plain && evidence->words >= TEXT_WORDS)
        evidence_add(evidence, PAGE_CONTENT, POINTS_HINT, "text");
    if (is_plain && evidence->words >= LONG_WORDS)
        evidence_add(evidence, PAGE_CONTENT, 2 * POINTS_HINT, "long text");
}

static void error_signs(Evidence *evidence)
{
    const PageContext *context = evidence->context;
    const Node *body = document_body(evidence->look->document);
    if (context->status == 404 || context->status == 410) {
        evidence_add(evidence, PAGE_ERROR404, POINTS_CERTAIN, "status 404");
        evidence_add(evidence, PAGE_ERROR404, POINTS_CERTAIN, "the server's word");
    }
    if (evidence_is_titled(evidence, "not_found"))
        evidence_add(evidence, PAGE_ERROR404,
                     context->expected == PAGE_ERROR404 ? POINTS_CERTAIN : POINTS_STRONG,
                     "title or heading");
    if (body && node_has_part_of(body, "error404 pagenotfound"))
        evidence_add(evidence, PAGE_ERROR404, POINTS_STRONG, "class of the page");
}

static void closed_signs(Evidence *evidence)
{
    const PageContext *context = evidence->context;
    const int *of = evidence->fields.of;
    bool is_said =
        look_means(evidence->look, "opening_soon", look_main_text(evidence->look)) &&
        evidence->words < TEXT_WORDS && !is_selling(evidence);
    if (context->status == 503)
        evidence_add(evidence, PAGE_CLOSED, POINTS_CERTAIN, "status 503");
    if (is_said) {
        evidence_add(evidence, PAGE_CLOSED, POINTS_CERTAIN, "says that it is closed");
        evidence_add(evidence, PAGE_HOME, POINTS_CONTRARY, "says that it is closed");
    }
    if (is_said && of[FIELD_PASSWORD] == 1 && of[FIELD_EMAIL] == 0)
        evidence_add(evidence, PAGE_CLOSED, POINTS_STRONG, "a password for the shop");
}

void kind_other(Evidence *evidence)
{
    account_signs(evidence);
    contact_signs(evidence);
    legal_signs(evidence);
    content_signs(evidence);
    error_signs(evidence);
    closed_signs(evidence);
}
