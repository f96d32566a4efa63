/* served.c - the page as sent and the page as seen, asked the same questions. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/served.h"

#include <string.h>

#include "base/attr.h"
#include "dom/html.h"
#include "dom/text.h"
#include "words/recognise.h"

enum { MENU_LINKS = 3 };

static bool is_head_link(const Node *link)
{
    return (node_closest(link, "nav") || node_closest(link, "header")) &&
           !node_closest(link, "footer");
}

static int has_menu(const Document *document)
{
    const NodeList *links = document_by_tag(document, "a");
    int count = 0;
    for (size_t i = 0; i < links->count; i++) {
        const char *href = node_attribute(links->items[i], "href");
        count += href && *href && *href != '#' && is_head_link(links->items[i]);
    }
    return count >= MENU_LINKS;
}

/* By its name, or by an address that cannot mean anything else. */
static int has_cart(const Words *words, const Document *document)
{
    static const char *const PARTS[] = {"cart",    "basket",   "panier", "warenkorb",
                                        "carrito", "carrello", "cesta"};
    if (words_find(words, "view_cart", document, NULL))
        return 1;
    const NodeList *links = document_by_tag(document, "a");
    for (size_t i = 0; i < links->count; i++) {
        Str href = str_of(node_attribute(links->items[i], "href"));
        for (size_t p = 0; p < COUNT_OF(PARTS); p++)
            if (str_contains_nocase(href, str_of(PARTS[p])) &&
                !str_contains_nocase(href, STR("add")))
                return 1;
    }
    return 0;
}

static int has_search(const Words *words, const Document *document)
{
    const NodeList *inputs = document_by_tag(document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (field_recognise(words, document, inputs->items[i]) == FIELD_SEARCH)
            return 1;
    return 0;
}

static int has_heading(const Document *document)
{
    const NodeList *list = document_by_tag(document, "h1");
    for (size_t i = 0; i < list->count; i++)
        if (*node_text_cut(document_arena(document), list->items[i], 60))
            return 1;
    return 0;
}

void served_read(const Words *words, const Document *document, PageKind kind,
                 Served *served)
{
    *served = (Served){.menu = has_menu(document),
                       .cart = has_cart(words, document),
                       .search = has_search(words, document),
                       .heading = has_heading(document)};
    if (kind == PAGE_PRODUCT) {
        Product product;
        product_read(words, document, NULL, document_arena(document), &product);
        served->price = product.price.milli >= 0;
        served->buy = product.add_button != NULL;
    }
    if (kind == PAGE_HOME || kind == PAGE_CATEGORY || kind == PAGE_SEARCH) {
        CardList cards = {0};
        cards_find(words, document, document_arena(document), &cards);
        served->products = cards.count > 0 && !cards.is_suggestion;
    }
}

/** One question: its name, and the answers of both. */
typedef struct Question {
    const char *name;
    const char *said; /**< for people */
    int sent, seen;
} Question;

enum { QUESTIONS = 7 };

static void questions_fill(const Served *sent, const Served *seen, Question *list)
{
    const Question all[QUESTIONS] = {
        {"menu", "menu", sent->menu, seen->menu},
        {"cart-link", "cart link", sent->cart, seen->cart},
        {"search", "search box", sent->search, seen->search},
        {"products", "products", sent->products, seen->products},
        {"price", "price", sent->price, seen->price},
        {"buy-button", "buy button", sent->buy, seen->buy},
        {"heading", "heading", sent->heading, seen->heading},
    };
    memcpy(list, all, sizeof all);
}

const char *served_missing(Arena *arena, const Served *sent, const Served *seen, int *count,
                           int *looked)
{
    Question list[QUESTIONS];
    const char *text = "";
    questions_fill(sent, seen, list);
    *count = *looked = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        *looked += list[i].seen;
        if (!list[i].seen || list[i].sent)
            continue;
        (*count)++;
        text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", list[i].said);
    }
    return text;
}

static void observe(Visit *visit, Page *page, const Served *sent, const Served *seen)
{
    Question list[QUESTIONS];
    questions_fill(sent, seen, list);
    for (int i = 0; i < QUESTIONS; i++)
        if (list[i].seen)
            observation_add(visit->arena, &page->observations,
                            arena_printf(visit->arena, "scripts-only.%s", list[i].name),
                            !list[i].sent, NULL, -1);
}

const char *served_compare(Visit *visit, Page *page, const Document *shown,
                           const Words *words, int *count)
{
    *count = 0;
    if (page->document < 0 || !page->dom.length)
        return NULL;
    const Exchange *exchange = visit->exchanges[page->document];
    if (!exchange->has_body || exchange->is_body_cut || !exchange->body.length)
        return NULL;
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    Served sent;
    Served seen;
    int looked = 0;
    if (!html_parse(arena, exchange->body, exchange_header(exchange, "content-type"),
                    exchange->url, NULL, &document, NULL))
        return NULL;
    served_read(words, document, page->kind, &sent);
    served_read(words, shown, page->kind, &seen);
    observe(visit, page, &sent, &seen);
    return served_missing(visit->arena, &sent, &seen, count, &looked);
}
