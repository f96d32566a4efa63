/* blind.c - whose fault it is that no product was found. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/blind.h"

#include <string.h>

#include "dom/text.h"
#include "words/price.h"

enum { GOODS_PRICES = 3, TEXT_BYTES = 200000 };

bool page_shows_goods(const Walk *walk)
{
    if (!walk->document)
        return false;
    Str text = str_slice(document_visible_text(walk->document), 0, TEXT_BYTES);
    Price price;
    size_t at = 0;
    int found = 0;
    while (found < GOODS_PRICES && price_next(text, &at, &price))
        found++;
    return found >= GOODS_PRICES;
}

bool page_is_login_wall(const Walk *walk)
{
    if (!walk->document || page_shows_goods(walk))
        return false;
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(control_type(inputs->items[i]), "password") == 0 &&
            node_visibility(inputs->items[i]) != VISIBILITY_HIDDEN)
            return true;
    return false;
}

bool blind_end(Walk *walk)
{
    const StepRecord *record = walk_record(walk);
    bool is_about_goods = record->kind == STEP_KIND_SEARCH ||
                          record->kind == STEP_KIND_OPEN_CATEGORY ||
                          record->kind == STEP_KIND_OPEN_PRODUCT;
    if (!is_about_goods || record->outcome != OUTCOME_NOT_FOUND)
        return false;
    if (page_is_login_wall(walk)) {
        visit_fact_text(walk->visit, "checkout.door", "account", walk->page);
        walk_end(walk, VISIT_STOPPED_BEFORE_PAYMENT, "account",
                 "the shop asks for a login before it shows any goods");
        return true;
    }
    if (!page_shows_goods(walk))
        return false;
    walk_end(walk, VISIT_CANNOT, NULL,
             "goods with prices are in sight, but this visitor did not find out how they "
             "are opened; that says nothing against the shop");
    return true;
}
