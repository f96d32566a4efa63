/* former.c - crossed-out prices of product pages. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/former.h"

#include <math.h>
#include <string.h>

#include "dom/css.h"
#include "dom/html.h"
#include "dom/text.h"
#include "words/price.h"

/* How far up the block of a price may reach. */
enum { BLOCK_LEVELS = 4 };

/* Does a block around the struck price show the present one? */
static bool stands_beside(const Document *document, const Node *struck, double present)
{
    const Node *block = node_parent(struck);
    for (int level = 0; block && level < BLOCK_LEVELS; level++) {
        Price price;
        if (price_in(document, block, &price))
            return fabs(price_number(&price) - present) < 0.005;
        block = node_parent(block);
    }
    return false;
}

static double former_in(Arena *arena, const Document *document, double present)
{
    NodeList struck = {0};
    select_all(document, NULL, "del, s, strike", arena, &struck);
    for (size_t i = 0; i < struck.count; i++) {
        size_t offset = 0;
        Price price;
        Str text = node_text_content(arena, struck.items[i]);
        if (price_next(text, &offset, &price) && price_number(&price) > present &&
            stands_beside(document, struck.items[i], present))
            return price_number(&price);
    }
    return NAN;
}

static void page_look(const Visit *visit, const Page *page, SnapPrice *price)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Exchange *exchange =
        page->document >= 0 ? visit->exchanges[page->document] : NULL;
    Document *document = NULL;
    Error ignored = {0};
    if (!exchange || !exchange->has_body)
        return;
    Str body = page->dom.length ? page->dom : exchange->body;
    if (html_parse(arena, body, exchange_header(exchange, "content-type"), page->url, NULL,
                   &document, &ignored))
        price->former = former_in(arena, document, price->price);
}

void former_prices_find(const Audit *audit, Snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->price_count; i++) {
        SnapPrice *price = &snapshot->prices[i];
        for (size_t v = 0; v < audit->visit_count && isnan(price->former); v++) {
            const Visit *visit = audit->visits[v];
            const Fact *fact = visit_fact(visit, "product.price");
            if (!fact || fact->state != FACT_NUMBER || fact->page < 0 ||
                (size_t)fact->page >= visit->page_count)
                continue;
            const Page *page = visit->pages[fact->page];
            if (page->url && str_ends_with(str_of(page->url), str_of(price->path)))
                page_look(visit, page, price);
        }
    }
}
