/* predicate.c - named questions about an element that selectors cannot ask.
 *
 * A row each; docs/rules.md lists them for authors of rules. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>

#include "base/url.h"
#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "rule/element.h"
#include "rule/exchange.h"
#include "rule/reading.h"
#include "rule/tokens.h"

static bool is_visible(const Subject *subject, const Node *node)
{
    (void)subject;
    return node_visibility(node) != VISIBILITY_HIDDEN;
}

static bool is_exposed(const Subject *subject, const Node *node)
{
    (void)subject;
    return !node_is_name_hidden(node);
}

static bool is_enabled(const Subject *subject, const Node *node)
{
    (void)subject;
    return !control_is_disabled(node);
}

static bool is_required(const Subject *subject, const Node *node)
{
    return field_is_required(subject->words, view_document(subject->view), node);
}

/** Text of the elements that aria-labelledby names. */
static bool has_labelling_text(const Subject *subject, const Node *node)
{
    Str rest = str_of(node_attribute(node, "aria-labelledby")), id;
    while (str_next_word(&rest, &id)) {
        const Node *label = document_by_id(view_document(subject->view),
                                           arena_str_text(view_arena(subject->view), id));
        if (label && !str_is_empty(node_visible_text(view_arena(subject->view), label)))
            return true;
    }
    return false;
}

/** Does a label stand around it, though its "for" names nothing? Seen, if not heard. */
static bool is_inside_label(const Subject *subject, const Node *node)
{
    const Node *label = node_closest(node, "label");
    return label &&
           !str_is_empty(str_trim(node_visible_text(view_arena(subject->view), label)));
}

/** Has it a label of text that stays while one types (label element, aria-labelledby)? */
static bool is_labelled(const Subject *subject, const Node *node)
{
    NodeList labels = {0};
    Arena *arena = view_arena(subject->view);
    node_labels(arena, view_document(subject->view), node, &labels);
    for (size_t i = 0; i < labels.count; i++)
        if (!str_is_empty(str_trim(node_visible_text(arena, labels.items[i]))))
            return true;
    return has_labelling_text(subject, node) || is_inside_label(subject, node);
}

static bool shows_price(const Subject *subject, const Node *node)
{
    Price price;
    return price_in(view_document(subject->view), node, &price);
}

static bool shows_image(const Subject *subject, const Node *node)
{
    static const char *const tags[] = {"img", "picture", "svg"};
    for (size_t t = 0; t < COUNT_OF(tags); t++) {
        const NodeList *images = document_by_tag(view_document(subject->view), tags[t]);
        for (size_t i = 0; i < images->count; i++)
            if (node_contains(node, images->items[i]))
                return true;
    }
    return false;
}

/* The sign over the door: a link in something called logo or brand. */
static bool is_brand(const Node *node)
{
    enum { LEVELS = 3 };

    for (int level = 0; node && level <= LEVELS; level++, node = node_parent(node)) {
        const char *names[] = {node_attribute(node, "id"), node_attribute(node, "class")};
        for (size_t i = 0; i < COUNT_OF(names); i++)
            if (names[i] && (str_contains_nocase(str_of(names[i]), STR("logo")) ||
                             str_contains_nocase(str_of(names[i]), STR("brand"))))
                return true;
    }
    return false;
}

static bool leads_home(const Subject *subject, const Node *node)
{
    const Url *target = view_target(subject->view, node),
              *site = view_site_url(subject->view);
    Arena *arena = view_arena(subject->view);
    Str path;
    if (!target || !site)
        return false;
    path = str_of(target->path);
    if (target->query && *target->query && is_brand(node) && shows_image(subject, node))
        return url_same_site(target, site);
    if (target->query && *target->query)
        return !strcmp(url_without_fragment(arena, target->href),
                       url_without_fragment(arena, site->href));
    return (path.length <= 1 || str_equal_text(path, site->path) || path_is_home(path)) &&
           url_same_site(target, site);
}

static bool leads_inside(const Subject *subject, const Node *node)
{
    const Url *target = view_target(subject->view, node),
              *site = view_site_url(subject->view);
    return target && site && url_is_http(target) && url_same_site(target, site);
}

static bool leads_outside(const Subject *subject, const Node *node)
{
    const Url *target = view_target(subject->view, node),
              *site = view_site_url(subject->view);
    return target && site && url_is_http(target) && !url_same_site(target, site);
}

/** "#", "" or javascript: */
static bool leads_nowhere(const Subject *subject, const Node *node)
{
    Str href = str_trim(str_of(node_attribute(node, "href")));
    (void)subject;
    return str_is_empty(href) || str_equal(href, STR("#")) ||
           str_starts_with_nocase(href, STR("javascript:"));
}

static bool is_plain_http(const Subject *subject, const Node *node)
{
    const Url *target = view_target(subject->view, node);
    return target && !strcmp(target->scheme, "http");
}

/** The element that a fragment link points at is there ("#" and "#top" always are). */
static bool has_target(const Subject *subject, const Node *node)
{
    Arena *arena = view_arena(subject->view);
    Str href = str_trim(str_of(node_attribute(node, "href"))), id;
    const NodeList *anchors;
    if (href.length < 2 || href.data[0] != '#')
        return true;
    id = str_slice(href, 1, href.length);
    if (str_equal_nocase(id, STR("top")) || id.data[0] == '!' || id.data[0] == '/')
        return true;
    if (document_by_id(view_document(subject->view), arena_str_text(arena, id)) ||
        document_by_id(view_document(subject->view),
                       arena_str_text(arena, url_decode(arena, id))))
        return true;
    anchors = document_by_tag(view_document(subject->view), "a");
    for (size_t i = 0; i < anchors->count; i++)
        if (str_equal_text(id, node_attribute(anchors->items[i], "name")))
            return true;
    return false;
}

/** Was where it leads asked for by the check of links, and gone or broken? */
static bool leads_dead(const Subject *subject, const Node *node)
{
    const char *href =
        node_url(view_arena(subject->view), view_document(subject->view), node, "href");
    const char *url = href ? url_without_fragment(view_arena(subject->view), href) : NULL;
    for (size_t v = 0; url && v < subject->audit->visit_count; v++) {
        const Visit *visit = subject->audit->visits[v];
        if (strcmp(visit->scenario_id, "links") != 0)
            continue;
        for (size_t i = 0; i < visit->exchange_count; i++)
            if (!strcmp(visit->exchanges[i]->url, url) &&
                exchange_is_dead(visit->exchanges[i]))
                return true;
    }
    return false;
}

/** Heading level 1-6, 0: no heading. */
static int heading_level(const Node *node)
{
    const char *tag = node_tag(node);
    return tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && !tag[2] ? tag[1] - '0' : 0;
}

/** Not more than one level below the heading before it. */
static bool is_heading_in_order(const Subject *subject, const Node *node)
{
    const Document *document = view_document(subject->view);
    int level = heading_level(node);
    for (size_t i = node_order(node); i-- > 0;) {
        const Node *before = document_element(document, i);
        int other = heading_level(before);
        if (other && !node_is_name_hidden(before))
            return level <= other + 1;
    }
    return true;
}

/** Is an id one that occurs more than once? */
static bool is_double_id(const NodeList *doubles, Str id)
{
    for (size_t i = 0; i < doubles->count; i++)
        if (str_equal_text(id, node_attribute(doubles->items[i], "id")))
            return true;
    return false;
}

static bool is_unique_id(const Subject *subject, const Node *node)
{
    const char *id = node_attribute(node, "id");
    return !id ||
           !is_double_id(document_duplicate_ids(view_document(subject->view)), str_of(id));
}

static bool has_known_language(const Subject *subject, const Node *node)
{
    (void)subject;
    return language_tag_is_valid(str_trim(str_of(node_attribute(node, "lang"))));
}

static bool has_known_roles(const Subject *subject, const Node *node)
{
    Str rest = str_of(node_attribute(node, "role")), role;
    (void)subject;
    while (str_next_word(&rest, &role))
        if (!role_is_known(role))
            return false;
    return true;
}

static bool has_known_autocomplete(const Subject *subject, const Node *node)
{
    (void)subject;
    return autocomplete_is_valid(str_of(node_attribute(node, "autocomplete")));
}

static bool has_known_aria(const Subject *subject, const Node *node)
{
    const char *name = NULL, *value = NULL;
    (void)subject;
    for (size_t i = 0; node_attribute_at(node, i, &name, &value); i++)
        if (!strncmp(name, "aria-", 5) && !aria_attribute_is_valid(name, str_of(value)))
            return false;
    return true;
}

/** The recognised card that a node is; NULL: it is none. */
static const Card *card_of(const Subject *subject, const Node *node)
{
    const CardList *cards = view_cards(subject->view);
    for (size_t i = 0; i < cards->count; i++)
        if (cards->items[i].node == node)
            return &cards->items[i];
    return NULL;
}

/** A card with picture, name and price (a sold-out article needs no price). */
static bool is_card_complete(const Subject *subject, const Node *node)
{
    const Card *card = card_of(subject, node);
    return card && card->has_image && *card->name &&
           (card->price.milli >= 0 || card->is_sold_out);
}

/** Of the page: could the product's current price be read? */
static bool is_product_priced(const Subject *subject, const Node *node)
{
    (void)node;
    return view_product(subject->view)->price.milli >= 0;
}

/** Of the page: was it recognised as a product's page? */
static bool is_product_page(const Subject *subject, const Node *node)
{
    (void)node;
    return subject->page->kind == PAGE_PRODUCT;
}

/** Of the page: does the cart name the delivery cost or how it is worked out? */
static bool is_cart_delivery_named(const Subject *subject, const Node *node)
{
    (void)node;
    return view_cart(subject->view)->is_delivery_named;
}

/** Do all ids that a label or an ARIA attribute names occur once? */
static bool references_once(const Subject *subject, const Node *node)
{
    static const char *const attributes[] = {"for", "aria-labelledby", "aria-describedby",
                                             "aria-controls"};
    const NodeList *doubles = document_duplicate_ids(view_document(subject->view));
    for (size_t a = 0; a < COUNT_OF(attributes) && doubles->count > 0; a++) {
        Str rest = str_of(node_attribute(node, attributes[a])), id;
        while (str_next_word(&rest, &id))
            if (is_double_id(doubles, id))
                return false;
    }
    return true;
}

/** Are at least half of the element's words in the page's title? */
static bool is_in_title(const Subject *subject, const Node *node)
{
    Arena *arena = view_arena(subject->view);
    Str title =
        text_fold_accents(arena, str_of(document_title(view_document(subject->view))));
    Str rest = text_fold_accents(arena, node_visible_text(arena, node)), word;
    size_t found = 0, total = 0;
    while (str_next_word(&rest, &word)) {
        if (text_word_count(word) == 0)
            continue;
        total++;
        found += str_contains(title, word);
    }
    return total == 0 || found * 2 >= total;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* A sign, not a word: hidden from tools, or an icon font's letters. */
static bool is_sign(const Node *node)
{
    const char *hidden = node_attribute(node, "aria-hidden");
    const char *class = node_attribute(node, "class");
    return (hidden && !strcmp(hidden, "true")) ||
           (node_is_tag(node, "i") && class && strstr(class, "icon"));
}

/* What is seen, folded, without signs, and without what is no letter at both ends: "(0)".
 */
static Str words_seen(const Subject *subject, const Node *node)
{
    Arena *arena = view_arena(subject->view);
    const Document *document = view_document(subject->view);
    char *text = arena_str_text(arena, text_fold(arena, node_visible_text(arena, node)));
    Str seen = str_of(text);
    for (size_t i = node_order(node) + 1; i < node_order_end(node); i++) {
        const Node *inner = document_element(document, i);
        Str sign = is_sign(inner) ? text_fold(arena, node_visible_text(arena, inner))
                                  : (Str){NULL, 0};
        size_t at = sign.length ? str_find(seen, sign, 0) : SIZE_MAX;
        if (at != SIZE_MAX)
            memset(text + at, ' ', sign.length);
    }
    while (seen.length > 0 && !is_word_byte(seen.data[0]))
        seen = str_slice(seen, 1, SIZE_MAX);
    while (seen.length > 0 && !is_word_byte(seen.data[seen.length - 1]))
        seen.length--;
    return seen;
}

/** Does the accessible name hold the words that are seen (WCAG 2.5.3)? */
static bool has_label_in_name(const Subject *subject, const Node *node)
{
    Str seen = words_seen(subject, node);
    return text_word_count(seen) == 0 ||
           str_contains(view_name_folded(subject->view, node), seen);
}

/** Does a picture inside repeat in its alternative what stands beside it? */
static bool repeats_alternative(const Subject *subject, const Node *node)
{
    Arena *arena = view_arena(subject->view);
    const Document *document = view_document(subject->view);
    Str seen = text_fold(arena, node_visible_text(arena, node));
    for (size_t i = node_order(node); i < node_order_end(node) && seen.length > 0; i++) {
        const Node *image = document_element(document, i);
        const char *alt = node_is_tag(image, "img") ? node_attribute(image, "alt") : NULL;
        if (alt && str_equal(text_fold(arena, str_of(alt)), seen))
            return true;
    }
    return false;
}

static const char *const names[] = {
    "visible",         "exposed",
    "enabled",         "required",
    "labelled",        "shows-price",
    "shows-image",     "leads-home",
    "leads-inside",    "leads-outside",
    "leads-nowhere",   "plain-http",
    "target-found",    "heading-in-order",
    "unique-id",       "language-known",
    "roles-known",     "autocomplete-known",
    "aria-known",      "card-complete",
    "product-priced",  "cart-delivery-named",
    "references-once", "in-title",
    "in-capitals",     "discounted",
    "discount-true",   "has-description",
    "described",       "product-page",
    "label-in-name",   "alternative-repeats",
    "language-true",   "in-french",
    "leads-dead",      NULL,
};

static Predicate *const predicates[] = {
    is_visible,        is_exposed,
    is_enabled,        is_required,
    is_labelled,       shows_price,
    shows_image,       leads_home,
    leads_inside,      leads_outside,
    leads_nowhere,     is_plain_http,
    has_target,        is_heading_in_order,
    is_unique_id,      has_known_language,
    has_known_roles,   has_known_autocomplete,
    has_known_aria,    is_card_complete,
    is_product_priced, is_cart_delivery_named,
    references_once,   is_in_title,
    is_in_capitals,    is_discounted,
    is_discount_true,  has_description,
    is_described,      is_product_page,
    has_label_in_name, repeats_alternative,
    is_language_true,  is_in_french,
    leads_dead,
};

Predicate *predicate_of(const char *name)
{
    for (size_t i = 0; names[i]; i++)
        if (!strcmp(names[i], name))
            return predicates[i];
    return NULL;
}

const char *const *predicate_names(void)
{
    return names;
}
