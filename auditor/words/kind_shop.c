/* kind_shop.c - signs of the pages one buys on: home, category, search, product, cart,
 * checkout (recognition.md 2.2).
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "dom/forms.h"
#include "dom/text.h"
#include "words/kind.h"

enum { LIST_MIN = 4 };

static bool has_type(const Evidence *evidence, const char *type)
{
    return structured_first(evidence->structured, type) != NULL;
}

static const char *meta_of(const Evidence *evidence, const char *property)
{
    const NodeList *metas = document_by_tag(evidence->look->document, "meta");
    for (size_t i = 0; i < metas->count; i++) {
        const char *name = node_attribute(metas->items[i], "property");
        if (!name)
            name = node_attribute(metas->items[i], "name");
        if (name && strcmp(name, property) == 0)
            return node_attribute(metas->items[i], "content");
    }
    return NULL;
}

static bool has_breadcrumb(const Evidence *evidence)
{
    const Document *document = evidence->look->document;
    if (has_type(evidence, "BreadcrumbList"))
        return true;
    static const char *const CLASSES[] = {"breadcrumb", "breadcrumbs",
                                          "woocommerce-breadcrumb"};
    for (size_t i = 0; i < COUNT_OF(CLASSES); i++) {
        const NodeList *list = document_by_class(document, CLASSES[i]);
        if (list->count > 0 &&
            node_order_end(list->items[0]) - node_order(list->items[0]) > 2)
            return true;
    }
    return false;
}

/* Does a logo or "home" link of the header lead to this very page? */
static bool logo_leads_here(const Evidence *evidence)
{
    const Look *look = evidence->look;
    const char *here =
        evidence->context->url ? evidence->context->url : document_url(look->document);
    const NodeList *links = document_by_tag(look->document, "a");
    here = url_without_fragment(look->arena, here);
    for (size_t i = 0; i < links->count; i++) {
        const Node *node = links->items[i];
        Region region = look_region(look, node);
        if (region != REGION_HEADER && region != REGION_NAV)
            continue;
        const char *rel = node_attribute(node, "rel");
        bool is_logo =
            (rel && strcmp(rel, "home") == 0) || node_has_part_of(node, "logo brand") ||
            (node_first_child(node) && node_is_tag(node_first_child(node), "img"));
        const char *url =
            is_logo ? node_url(look->arena, look->document, node, "href") : NULL;
        if (url && strcmp(url_without_fragment(look->arena, url), here) == 0)
            return true;
    }
    return false;
}

static void home_signs(Evidence *evidence)
{
    const char *og = meta_of(evidence, "og:type");
    if (evidence->is_root)
        evidence_add(evidence, PAGE_HOME, POINTS_CERTAIN, "the shop's first address");
    else if (logo_leads_here(evidence))
        evidence_add(evidence, PAGE_HOME, POINTS_STRONG, "the logo leads here");
    else
        return;
    if (has_type(evidence, "WebSite") || has_type(evidence, "OnlineStore"))
        evidence_add(evidence, PAGE_HOME, POINTS_HINT, "structured data of a site");
    if (og && strcmp(og, "website") == 0)
        evidence_add(evidence, PAGE_HOME, POINTS_HINT, "og:type website");
    if (has_breadcrumb(evidence))
        evidence_add(evidence, PAGE_HOME, POINTS_CONTRARY, "breadcrumb");
    if (evidence->product.buy_form && evidence->cards.count < 2)
        evidence_add(evidence, PAGE_HOME, POINTS_CONTRARY, "buy form");
}

static bool has_sort(const Evidence *evidence)
{
    const Look *look = evidence->look;
    const NodeList *selects = document_by_tag(look->document, "select");
    for (size_t i = 0; i < selects->count; i++) {
        Str text = look_text(look, selects->items[i], 400);
        if (look_means(look, "sort", text))
            return true;
    }
    return false;
}

static bool has_pages(const Evidence *evidence)
{
    const NodeList *rels = document_by_attribute(evidence->look->document, "rel");
    for (size_t i = 0; i < rels->count; i++) {
        if (strcmp(node_attribute(rels->items[i], "rel"), "next") == 0)
            return true;
    }
    return document_by_class(evidence->look->document, "pagination")->count > 0;
}

/* Is there one product here that all the page is about? */
static bool is_about_one(const Evidence *evidence)
{
    const Product *product = &evidence->product;
    return product->heading && product->add_button && product->price.milli >= 0 &&
           node_is_tag(product->heading, "h1") &&
           !node_is_in_cards(&evidence->cards, product->add_button);
}

static void category_signs(Evidence *evidence)
{
    const CardList *cards = &evidence->cards;
    size_t count = cards->is_secondary ? 0 : cards->count;
    if (count >= LIST_MIN)
        evidence_add(evidence, PAGE_CATEGORY, POINTS_CERTAIN, "product cards");
    else if (count > 0)
        evidence_add(evidence, PAGE_CATEGORY, POINTS_STRONG, "a few product cards");
    if (has_type(evidence, "ItemList") || has_type(evidence, "CollectionPage") ||
        has_type(evidence, "OfferCatalog"))
        evidence_add(evidence, PAGE_CATEGORY, POINTS_STRONG, "structured data of a list");
    if (structured_count(evidence->structured, "Product") >= LIST_MIN)
        evidence_add(evidence, PAGE_CATEGORY, POINTS_HINT,
                     "several products in structured data");
    if (has_sort(evidence))
        evidence_add(evidence, PAGE_CATEGORY, POINTS_HINT, "sort control");
    if (has_pages(evidence))
        evidence_add(evidence, PAGE_CATEGORY, POINTS_HINT, "pages of a list");
    if (look_means(evidence->look, "url_category", evidence->url))
        evidence_add(evidence, PAGE_CATEGORY, POINTS_HINT, "address");
    if (is_about_one(evidence))
        evidence_add(evidence, PAGE_CATEGORY, POINTS_CONTRARY,
                     "one product with buy button");
    if (evidence->is_root)
        evidence_add(evidence, PAGE_CATEGORY, POINTS_CONTRARY, "the shop's first address");
}

/* Value of a search parameter of the address, or NULL. An empty one is a search only where
 * one was expected: a shop's list may carry it along. */
static const char *query_of(const Evidence *evidence)
{
    static const char *const NAMES[] = {"q",          "s",        "search",       "query",
                                        "keyword",    "keywords", "search_query", "text",
                                        "searchterm", "term"};
    const Look *look = evidence->look;
    const char *here =
        evidence->context->url ? evidence->context->url : document_url(look->document);
    Url url;
    Error ignored = {0};
    const char *empty = NULL;
    if (!url_parse(look->arena, str_of(here), NULL, &url, &ignored) || !url.query)
        return NULL;
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        const char *value = url_query_value(look->arena, &url, NAMES[i]);
        if (value && value[0])
            return value;
        if (value && evidence->context->expected == PAGE_SEARCH)
            empty = value;
    }
    return empty;
}

static bool is_echoed(const Evidence *evidence, const char *query, bool *in_input)
{
    const Look *look = evidence->look;
    const Node *box = search_find(look->words, look->document, NULL);
    const char *value = box ? node_attribute(box, "value") : NULL;
    Str wanted = text_fold(look->arena, str_of(query));
    *in_input = value && str_equal(text_fold(look->arena, str_of(value)), wanted);
    return str_contains(evidence->title, wanted) || str_contains(evidence->heading, wanted);
}

static void search_signs(Evidence *evidence)
{
    const Look *look = evidence->look;
    const char *query = query_of(evidence);
    bool in_input = false;
    bool is_titled = evidence_is_titled(evidence, "search_title");
    Str text = look_main_text(evidence->look);
    if (has_type(evidence, "SearchResultsPage"))
        evidence_add(evidence, PAGE_SEARCH, POINTS_CERTAIN, "structured data of a search");
    if (query) {
        evidence_add(evidence, PAGE_SEARCH, POINTS_STRONG, "a query in the address");
        if (query[0] && is_echoed(evidence, query, &in_input))
            evidence_add(evidence, PAGE_SEARCH, POINTS_STRONG, "query in title or heading");
        if (in_input)
            evidence_add(evidence, PAGE_SEARCH, POINTS_HINT, "query in the search box");
    }
    if (is_titled)
        evidence_add(evidence, PAGE_SEARCH, POINTS_STRONG, "title or heading");
    if (look_means(look, "url_search", evidence->url))
        evidence_add(evidence, PAGE_SEARCH, POINTS_HINT, "address");
    if (evidence->points[PAGE_SEARCH] <= 0)
        return;
    if (look_means(look, "no_results", text))
        evidence_add(evidence, PAGE_SEARCH, POINTS_STRONG, "says that nothing was found");
    else if (look_means(look, "result_count", text))
        evidence_add(evidence, PAGE_SEARCH, POINTS_HINT, "counts its results");
    if (query && evidence->cards.count > 0) /* its cards are results */
        evidence_add(evidence, PAGE_CATEGORY, POINTS_CONTRARY, "cards answer a query");
}

static void product_signs(Evidence *evidence)
{
    const Product *product = &evidence->product;
    const char *og = meta_of(evidence, "og:type");
    size_t products = structured_count(evidence->structured, "Product");
    bool is_list = evidence->cards.count >= LIST_MIN && !evidence->cards.is_secondary;
    const Item *item = structured_first(evidence->structured, "Product");
    if (products > 0 && products < LIST_MIN && item && item_item(item, "offers"))
        evidence_add(evidence, PAGE_PRODUCT, POINTS_CERTAIN,
                     "structured data of one product");
    else if (products > 0 && products < LIST_MIN)
        evidence_add(evidence, PAGE_PRODUCT, POINTS_STRONG, "structured data of a product");
    if (og && (strcmp(og, "product") == 0 || strcmp(og, "og:product") == 0))
        evidence_add(evidence, PAGE_PRODUCT, is_list ? POINTS_HINT : POINTS_STRONG,
                     "og:type product");
    if (meta_of(evidence, "product:price:amount"))
        evidence_add(evidence, PAGE_PRODUCT, POINTS_STRONG, "price in the head");
    if (product->add_button && !node_is_in_cards(&evidence->cards, product->add_button)) {
        bool is_sure = product->quantity || product->buy_form;
        evidence_add(evidence, PAGE_PRODUCT, is_sure ? POINTS_CERTAIN : POINTS_STRONG,
                     is_sure ? "buy form" : "buy button");
        if (product->price.milli >= 0 && product->heading)
            evidence_add(evidence, PAGE_PRODUCT, POINTS_HINT,
                         "price and heading beside it");
    }
    if (look_means(evidence->look, "url_product", evidence->url))
        evidence_add(evidence, PAGE_PRODUCT, POINTS_HINT, "address");
    if (is_list && !is_about_one(evidence))
        evidence_add(evidence, PAGE_PRODUCT, POINTS_CONTRARY, "several products");
    if (evidence->cart.count > 0 && products == 0)
        evidence_add(evidence, PAGE_PRODUCT, POINTS_CONTRARY, "lines of a cart");
}

static bool is_noindex(const Evidence *evidence)
{
    const char *robots = meta_of(evidence, "robots");
    return robots && strstr(robots, "noindex");
}

static bool has_address(const Evidence *evidence)
{
    return evidence->fields.of[FIELD_STREET] > 0 ||
           evidence->fields.of[FIELD_POSTAL_CODE] > 1 ||
           (evidence->fields.of[FIELD_POSTAL_CODE] > 0 &&
            evidence->fields.of[FIELD_CITY] > 0);
}

static void cart_signs(Evidence *evidence)
{
    const Look *look = evidence->look;
    const Cart *cart = &evidence->cart;
    bool has_removal = cart->count > 0 && cart->lines[0].remove;
    if (cart->count > 0 && (has_removal || cart->checkout) && !is_about_one(evidence))
        evidence_add(evidence, PAGE_CART, POINTS_CERTAIN, "lines that can be changed");
    if (cart->is_empty_said)
        evidence_add(evidence, PAGE_CART, POINTS_CERTAIN, "says that it is empty");
    if (evidence_is_titled(evidence, "cart_title"))
        evidence_add(evidence, PAGE_CART, POINTS_STRONG, "title or heading");
    if (look_means(look, "url_cart", evidence->url))
        evidence_add(evidence, PAGE_CART, POINTS_HINT, "address");
    if (evidence->points[PAGE_CART] > 0 && is_noindex(evidence))
        evidence_add(evidence, PAGE_CART, POINTS_HINT, "not for search engines");
    if (evidence->points[PAGE_CART] > 0 && has_address(evidence))
        evidence_add(evidence, PAGE_CART, POINTS_CONTRARY, "address fields");
}

static void checkout_signs(Evidence *evidence)
{
    const Look *look = evidence->look;
    const Checkout *checkout = &evidence->checkout;
    const int *of = evidence->fields.of;
    bool is_titled = evidence_is_titled(evidence, "checkout_title");
    bool is_address = look_means(look, "url_checkout", evidence->url);
    bool is_account = look_means(look, "url_account", evidence->url) ||
                      evidence_is_titled(evidence, "login_title");
    bool is_sure = has_address(evidence) && (!is_account || of[FIELD_PASSWORD] == 0);
    if (is_sure)
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_CERTAIN, "address fields");
    if (checkout->payment_methods > 0 || of[FIELD_CARD] > 0)
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_CERTAIN, "choice of payment");
    if (of[FIELD_DELIVERY] > 1)
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_STRONG, "choice of delivery");
    if (checkout->guest && (is_titled || is_address))
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_STRONG, "orders as a guest");
    if (is_titled)
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_STRONG, "title or heading");
    if (is_address)
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_HINT, "address of the page");
    if (evidence->points[PAGE_CHECKOUT] <= 0)
        return;
    if (look_means(look, "order_summary", look_main_text(evidence->look)))
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_HINT, "order summary");
    if (evidence->cards.count >= LIST_MIN && !evidence->cards.is_secondary)
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_CONTRARY, "product cards");
    if (evidence->product.buy_form && evidence->product.quantity)
        evidence_add(evidence, PAGE_CHECKOUT, POINTS_CONTRARY, "buy form");
}

void kind_shop(Evidence *evidence)
{
    home_signs(evidence);
    category_signs(evidence);
    search_signs(evidence);
    product_signs(evidence);
    cart_signs(evidence);
    checkout_signs(evidence);
}
