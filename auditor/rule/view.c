/* view.c - a parsed page as checks look at it. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/view.h"

#include <string.h>

#include "dom/css.h"
#include "dom/forms.h"
#include "dom/html.h"
#include "dom/name.h"
#include "dom/text.h"

/** Names of one element. */
typedef struct ViewName {
    const char *name; /**< NULL: not asked for yet */
    Meaning *meaning; /**< the same */
} ViewName;

struct View {
    Arena *arena;
    const Words *words;
    const Visit *visit;
    const Page *page;
    const Document *document;
    Str source;
    const char *language;
    Str texts[VIEW_PART_COUNT];
    bool has_text[VIEW_PART_COUNT];
    Meaning *meant[VIEW_PART_COUNT]; /**< NULL: not asked for yet */
    ViewName *names;                 /**< by node_order */
    const Url **targets;             /**< by node_order; unreachable: asked for in vain */
    Meanings *meanings;
    Url nowhere, site;
    bool has_site, is_site_read;
    const ItemList *structured;
    Product *product;
    CardList *cards;
    Cart *cart;
    Checkout *checkout;
};

static const char *const part_names[VIEW_PART_COUNT + 1] = {
    [VIEW_TEXT] = "text",     [VIEW_MAIN] = "main",   [VIEW_HEADER] = "header",
    [VIEW_FOOTER] = "footer", [VIEW_TITLE] = "title", [VIEW_H1] = "h1",
    [VIEW_HTML] = "html",     [VIEW_URL] = "url",
};

ViewPart view_part_of(const char *name)
{
    int i = 0;
    while (i < VIEW_PART_COUNT && strcmp(part_names[i], name) != 0)
        i++;
    return (ViewPart)i;
}

const char *const *view_part_names(void)
{
    return part_names;
}

bool view_open(Arena *arena, const Words *words, const Visit *visit, const Page *page,
               View **out, Error *err)
{
    View *view = ARENA_NEW(arena, View);
    Document *document = NULL;
    const Exchange *exchange =
        page->document >= 0 && (size_t)page->document < visit->exchange_count
            ? visit->exchanges[page->document]
            : NULL;
    const char *content_type = exchange ? exchange_header(exchange, "content-type") : NULL;
    view->source = page->dom;
    if (str_is_empty(view->source) && exchange && exchange->has_body)
        view->source = exchange->body;
    if (str_is_empty(view->source))
        return error_set(err, ERROR_INPUT, page->url, "the page has no content");
    if (!str_is_empty(page->dom))
        content_type = "text/html; charset=utf-8";
    if (!html_parse(arena, view->source, content_type, page->url, NULL, &document, err))
        return false;
    view->arena = arena;
    view->words = words;
    view->visit = visit;
    view->page = page;
    view->document = document;
    view->language = document_language(document);
    view->meanings = meanings_of_page(words, document);
    view->targets = ARENA_ARRAY(arena, document_element_count(document) + 1, const Url *);
    view->names = ARENA_ARRAY(arena, document_element_count(document) + 1, ViewName);
    *out = view;
    return true;
}

const Document *view_document(const View *view)
{
    return view->document;
}

const Page *view_page(const View *view)
{
    return view->page;
}

const char *view_site(const View *view)
{
    return view->visit->site;
}

const char *view_language(const View *view)
{
    return view->language;
}

Arena *view_arena(const View *view)
{
    return view->arena;
}

const Node *view_zone(View *view, ViewPart part)
{
    static const char *const selectors[VIEW_PART_COUNT] = {
        [VIEW_MAIN] = "main, [role=main]",
        [VIEW_HEADER] = "body > header, body > [role=banner], [role=banner], "
                        "header:not(main header, article header, section header), #header",
        [VIEW_FOOTER] = "body > footer, [role=contentinfo], "
                        "footer:not(main footer, article footer, section footer), #footer",
    };
    if (!selectors[part])
        return part == VIEW_TEXT ? document_body(view->document) : NULL;
    return select_first(view->document, NULL, selectors[part]);
}

static Str text_read(View *view, ViewPart part)
{
    const Node *zone = NULL;
    switch (part) {
    case VIEW_TEXT: return document_visible_text(view->document);
    case VIEW_MAIN:
        zone = view_zone(view, VIEW_MAIN);
        return zone ? node_visible_text(view->arena, zone) : view_text(view, VIEW_TEXT);
    case VIEW_HEADER:
    case VIEW_FOOTER:
        zone = view_zone(view, part);
        return zone ? node_visible_text(view->arena, zone) : str_of("");
    case VIEW_TITLE: return str_of(document_title(view->document));
    case VIEW_H1:
        zone = select_first(view->document, NULL, "h1, [role=heading][aria-level='1']");
        return zone ? node_visible_text(view->arena, zone) : str_of("");
    case VIEW_HTML: return view->source;
    case VIEW_URL: return str_of(view->page->url);
    case VIEW_PART_COUNT: break;
    }
    return str_of("");
}

Str view_text(View *view, ViewPart part)
{
    if (!view->has_text[part]) {
        view->texts[part] = text_read(view, part);
        view->has_text[part] = true;
    }
    return view->texts[part];
}

Meaning *view_part_meaning(View *view, ViewPart part)
{
    if (!view->meant[part])
        view->meant[part] =
            view_meaning(view, text_fold(view->arena, view_text(view, part)));
    return view->meant[part];
}

Str view_folded(View *view, ViewPart part)
{
    return meaning_text(view_part_meaning(view, part));
}

const char *view_name(View *view, const Node *node)
{
    ViewName *entry = &view->names[node_order(node)];
    if (!entry->name)
        entry->name = node_name(view->arena, view->document, node, NULL);
    return entry->name;
}

Meaning *view_name_meaning(View *view, const Node *node)
{
    ViewName *entry = &view->names[node_order(node)];
    if (!entry->meaning)
        entry->meaning =
            view_meaning(view, text_fold(view->arena, str_of(view_name(view, node))));
    return entry->meaning;
}

Str view_name_folded(View *view, const Node *node)
{
    return meaning_text(view_name_meaning(view, node));
}

Meaning *view_meaning(View *view, Str folded)
{
    return meaning_of(view->meanings, folded);
}

bool view_means(View *view, Meaning *meaning, int intent)
{
    return meaning_is(view->meanings, meaning, intent);
}

bool view_finds(View *view, Meaning *meaning, int intent, RegexMatch *match)
{
    return meaning_find(view->meanings, meaning, intent, match);
}

const Url *view_target(View *view, const Node *node)
{
    const Url **entry = &view->targets[node_order(node)];
    if (node_has_attribute(node, "href"))
        return node_target(view->document, node);
    if (!*entry) {
        const char *attribute = node_has_attribute(node, "action") ? "action" : "src";
        const char *href = node_url(view->arena, view->document, node, attribute);
        Url *url = ARENA_NEW(view->arena, Url);
        *entry = href && url_parse(view->arena, str_of(href), NULL, url, NULL)
                     ? url
                     : &view->nowhere;
    }
    return *entry == &view->nowhere ? NULL : *entry;
}

const Url *view_site_url(View *view)
{
    if (!view->is_site_read)
        view->has_site =
            view->visit->site &&
            url_parse(view->arena, str_of(view->visit->site), NULL, &view->site, NULL);
    view->is_site_read = true;
    return view->has_site ? &view->site : NULL;
}

const ItemList *view_structured(View *view)
{
    if (!view->structured)
        view->structured = structured_read(view->arena, view->document);
    return view->structured;
}

const Product *view_product(View *view)
{
    if (!view->product) {
        view->product = ARENA_NEW(view->arena, Product);
        product_read(view->words, view->document, view_structured(view), view->arena,
                     view->product);
    }
    return view->product;
}

const CardList *view_cards(View *view)
{
    if (!view->cards) {
        view->cards = ARENA_NEW(view->arena, CardList);
        cards_find(view->words, view->document, view->arena, view->cards);
    }
    return view->cards;
}

const Cart *view_cart(View *view)
{
    if (!view->cart) {
        view->cart = ARENA_NEW(view->arena, Cart);
        cart_read(view->words, view->document, view->arena, view->cart);
    }
    return view->cart;
}

const Checkout *view_checkout(View *view)
{
    if (!view->checkout) {
        view->checkout = ARENA_NEW(view->arena, Checkout);
        checkout_read(view->words, view->document,
                      form_state_create(view->arena, view->document), view->arena,
                      view->checkout);
    }
    return view->checkout;
}
