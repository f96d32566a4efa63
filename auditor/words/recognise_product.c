/* recognise_product.c - reads a product page: name, price, stock, and what has to be
 * chosen.
 *
 * The buy button is found in recognise_buy.c. Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "words/buy.h"
#include "words/cards.h"

enum {
    NAME_MAX = 300,
    REGION_TEXT_MAX = 20000,
    PRICE_TEXT_MAX = 200,
    PRICE_FORMER_FAR = 30, /* elements: how much farther a former price counts */
    HEADING_LEVELS = 2,    /* levels around a name without a button */
    STOCK_ELEMENTS = 4,
    STOCK_TEXT_MAX = 80
};

bool node_is_in_cards(const CardList *cards, const Node *node)
{
    for (size_t i = 0; i < cards->count; i++) {
        if (node_contains(cards->items[i].node, node))
            return true;
    }
    return false;
}

/* Several h1, hidden ones, logos: take the one that has words, stands in the main part, and
 * says what the structured data say. */
static const Node *heading_find(const Look *look, const char *schema_name,
                                const CardList *cards)
{
    const Node *best = NULL;
    int best_score = 0;
    static const char *const TAGS[] = {"h1", "h2", "h3"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(look->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *node = list->items[i];
            Str text = look_text(look, node, NAME_MAX);
            if (text.length == 0 || look_is_hidden(look, node) ||
                !look_is_main(look, node) || node_is_in_cards(cards, node))
                continue;
            Str wanted = text_fold(look->arena, str_of(schema_name));
            bool is_name = wanted.length > 0 &&
                           (str_equal(text, wanted) || str_contains(text, wanted));
            int score = (t == 0 ? 3 : 1) + (is_name ? 4 : 0) +
                        (node_attribute(node, "itemprop") != NULL) +
                        node_has_part_of(node, "product name title");
            if (t > 0 && !is_name && best)
                continue;
            if (score > best_score) {
                best_score = score;
                best = node;
            }
        }
    }
    return best;
}

/* JSON-LD says Product several times on some lists: then it is none of them. */
static const Item *schema_find(const ItemList *structured)
{
    const Item *item = structured_first(structured, "Product");
    size_t count = structured_count(structured, "Product");
    if (count <= 1 || !item)
        return item;
    for (size_t i = 0; i < structured->count; i++) {
        const Item *one = structured->items[i];
        if (strcmp(one->type, "Product") == 0 && item_item(one, "offers"))
            return one;
    }
    return item;
}

static bool schema_price(const Item *item, Price *price)
{
    static const char *const PATHS[] = {"offers.price", "offers.lowPrice",
                                        "offers.priceSpecification.price",
                                        "hasVariant.offers.price", "price"};
    static const char *const MONEY[] = {"offers.priceCurrency",
                                        "offers.priceSpecification.priceCurrency",
                                        "hasVariant.offers.priceCurrency", "priceCurrency"};
    for (size_t i = 0; i < COUNT_OF(PATHS); i++) {
        const char *text = item_text(item, PATHS[i]);
        if (!text || !price_of_number(str_of(text), price))
            continue;
        for (size_t j = 0; j < COUNT_OF(MONEY) && !price->currency[0]; j++) {
            const char *money = item_text(item, MONEY[j]);
            if (money && strlen(money) == 3)
                memcpy(price->currency, money, 4);
        }
        const char *high = item_text(item, "offers.highPrice");
        Price upper;
        if (i == 1 && high && price_of_number(str_of(high), &upper) &&
            upper.milli > price->milli) {
            price->is_range = true;
            price->upper_milli = upper.milli;
        }
        return true;
    }
    return false;
}

/* Price tags of the head, when structured data have none. */
static void meta_price(const Look *look, Price *price)
{
    static const char *const AMOUNTS[] = {"product:price:amount", "og:price:amount"};
    static const char *const MONEY[] = {"product:price:currency", "og:price:currency"};
    const NodeList *metas = document_by_tag(look->document, "meta");
    for (size_t i = 0; i < metas->count; i++) {
        const char *name = node_attribute(metas->items[i], "property");
        const char *content = node_attribute(metas->items[i], "content");
        for (size_t j = 0; name && content && j < COUNT_OF(AMOUNTS); j++) {
            Price read;
            if (strcmp(name, AMOUNTS[j]) == 0 && price->milli < 0 &&
                price_of_number(str_of(content), &read)) {
                memcpy(read.currency, price->currency, sizeof read.currency);
                *price = read;
            }
            if (strcmp(name, MONEY[j]) == 0 && strlen(content) == 3)
                memcpy(price->currency, content, 4);
        }
    }
}

static size_t distance(const Node *a, const Node *b)
{
    size_t one = node_order(a);
    size_t other = node_order(b);
    return one > other ? one - other : other - one;
}

/* A block around the price that also holds the former one: "price-box", or del and ins. */
static const Node *price_block(const Look *look, const Node *node)
{
    const Node *block = node;
    for (int i = 0; i < 3; i++) {
        const Node *up = node_parent(block);
        if (!up || up == look->main || node_is_tag(up, "body") || node_is_tag(up, "form") ||
            node_visible_text(look->arena, up).length > PRICE_TEXT_MAX ||
            !node_has_part_of(up, "price prix preis precio prezzo pricing"))
            break;
        block = up;
    }
    return block;
}

static bool is_price_mark(const Node *node)
{
    const char *itemprop = node_attribute(node, "itemprop");
    return (itemprop && strcmp(itemprop, "price") == 0) ||
           node_has_attribute(node, "data-price") ||
           node_has_part_of(node, "price prix preis precio prezzo amount pricing");
}

/* The marked price nearest to the buy button or heading. */
static bool marked_price(const Look *look, const Product *product, const CardList *cards,
                         Price *price)
{
    const Node *button = product->add_button;
    const Node *heading = product->heading;
    const Node *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < document_element_count(look->document); i++) {
        const Node *node = document_element(look->document, i);
        if (!node_attribute(node, "class") && !node_attribute(node, "id") &&
            !node_attribute(node, "itemprop"))
            continue;
        if (node_is_large(node) || !is_price_mark(node) || look_is_hidden(look, node) ||
            !look_is_main(look, node) || node_is_in_cards(cards, node))
            continue;
        Str text = node_visible_text(look->arena, node);
        Price read;
        if (text.length == 0 || text.length > PRICE_TEXT_MAX ||
            !price_in(look->document, node, &read))
            continue;
        /* Where a former and a present price are marked alike, the former stands first. */
        size_t far = price_is_former(node) ? PRICE_FORMER_FAR : 0;
        far += heading ? distance(node, heading) : 0;
        far += button ? distance(node, button) : 0;
        if (far < best_distance) {
            best_distance = far;
            best = node;
        }
    }
    return best && price_in(look->document, price_block(look, best), price);
}

/* No button leads to what belongs to a name: what stands beside it and above that. */
static const Node *around_heading(const Look *look, const Node *heading)
{
    const Node *region = heading;
    for (int i = 0; i < HEADING_LEVELS; i++) {
        const Node *up = node_parent(region);
        if (!up || region == look->main || node_is_tag(up, "body"))
            break;
        region = up;
    }
    return region;
}

/* The part of the page that is about the product: around heading and button. */
static const Node *product_region(const Look *look, const Product *product)
{
    const Node *region = product->add_button ? product->add_button : product->heading;
    if (product->add_button && product->heading)
        region = node_common(product->add_button, product->heading);
    else if (product->buy_form)
        region = product->buy_form;
    else if (region)
        region = around_heading(look, region);
    if (!region)
        return look->main ? look->main : document_body(look->document);
    return region;
}

/* What an amount is said to be: "12,90 € inkl. MwSt. zzgl. Versand" is a price that names
 * what comes on top, as the law of prices asks; only the words before that tell of it. */
static Str amount_words(Str text)
{
    static const char *const ADDITIONS[] = {
        "zzgl",
        "zuz\xC3\xBCgl",
        "inkl",
        "incl",
        "excl",
        "exkl",
        "plus ",
        "hors ",
        "ttc",
        "tva",
        "taxe",
        "mwst",
        "vat",
        "iva",
        "tax ",
        "m\xC3\xA1s ",
        "+ ",
        "pi\xC3\xB9 ",
        "impuestos",
        "port en",
        "frais de port en sus",
        "escl",
        "no incluid",
        "non compres",
    };
    size_t digit = 0;
    while (digit < text.length && (text.data[digit] < '0' || text.data[digit] > '9'))
        digit++;
    size_t end = text.length;
    for (size_t i = 0; i < COUNT_OF(ADDITIONS); i++) {
        Str word = str_of(ADDITIONS[i]);
        for (size_t at = digit; at + word.length <= end; at++)
            if (str_equal_nocase(str_from(text.data + at, word.length), word))
                end = at;
    }
    return str_from(text.data, end);
}

/* "Delivery €4.90, free from €80": an amount, but not what the article costs. */
static bool is_of_delivery(const Look *look, const Node *node)
{
    static const char *const INTENTS[] = {"delivery_link", "shipping_cost",
                                          "free_shipping"};
    for (int level = 0; level < 2 && node; level++, node = node_parent(node)) {
        Str text =
            node_is_large(node) ? (Str){"", 0} : node_visible_text(look->arena, node);
        text = amount_words(text);
        for (size_t i = 0; i < COUNT_OF(INTENTS) && text.length <= PRICE_TEXT_MAX; i++)
            if (words_has(look->words, INTENTS[i]) &&
                words_match(look->words, INTENTS[i], look->language, text, NULL))
                return true;
    }
    return false;
}

static bool region_price(const Look *look, const Node *region, const CardList *cards,
                         Price *price)
{
    /* Elements in order; the first small one that shows a price. */
    for (size_t i = node_order(region); i < node_order_end(region); i++) {
        const Node *node = document_element(look->document, i);
        Str text =
            node_is_large(node) ? (Str){"", 0} : node_visible_text(look->arena, node);
        if (text.length > 0 && text.length <= PRICE_TEXT_MAX &&
            !look_is_hidden(look, node) && look_is_main(look, node) &&
            !node_is_in_cards(cards, node) && price_in(look->document, node, price) &&
            !is_of_delivery(look, node))
            return true;
    }
    return false;
}

static void price_none(Price *price)
{
    memset(price, 0, sizeof *price);
    price->milli = -1;
}

static void prices_read(const Look *look, const Item *item, const CardList *cards,
                        Product *product)
{
    price_none(&product->price);
    price_none(&product->schema_price);
    if (item)
        (void)schema_price(item, &product->schema_price);
    meta_price(look, &product->schema_price);
    if (!marked_price(look, product, cards, &product->price)) {
        const Node *region = product_region(look, product);
        if (!region || !region_price(look, region, cards, &product->price))
            price_none(&product->price);
    }
    if (product->price.milli >= 0 && !product->price.currency[0])
        memcpy(product->price.currency, product->schema_price.currency,
               sizeof product->price.currency);
}

static int schema_available(const Item *item)
{
    static const char *const PATHS[] = {"offers.availability",
                                        "hasVariant.offers.availability", "availability"};
    static const char *const NO[] = {"OutOfStock", "SoldOut", "Discontinued"};
    static const char *const YES[] = {"InStock",  "InStoreOnly",         "OnlineOnly",
                                      "PreOrder", "LimitedAvailability", "BackOrder",
                                      "PreSale",  "MadeToOrder"};
    const char *text = NULL;
    for (size_t i = 0; item && !text && i < COUNT_OF(PATHS); i++)
        text = item_text(item, PATHS[i]);
    for (size_t i = 0; text && i < COUNT_OF(NO); i++) {
        if (str_contains_nocase(str_of(text), str_of(NO[i])))
            return 0;
    }
    for (size_t i = 0; text && i < COUNT_OF(YES); i++) {
        if (str_contains_nocase(str_of(text), str_of(YES[i])))
            return 1;
    }
    return -1;
}

/* What is written beside the buy box wins over what only machines read. */
static int available_find(const Look *look, const Item *item, const CardList *cards,
                          const Product *product)
{
    const Node *region = product_region(look, product);
    bool has_yes = false;
    for (size_t i = region ? node_order(region) : 0; region && i < node_order_end(region);
         i++) {
        const Node *node = document_element(look->document, i);
        if (node_order_end(node) - node_order(node) > STOCK_ELEMENTS ||
            node_is_tag(node, "option") || look_is_hidden(look, node) ||
            node_is_in_cards(cards, node) || !look_is_main(look, node))
            continue;
        Str text = look_text(look, node, STOCK_TEXT_MAX);
        if (text.length == 0 || node_closest(node, "label"))
            continue;
        if (look_means(look, "out_of_stock", text))
            return 0;
        has_yes = has_yes || look_means(look, "in_stock", text);
    }
    int schema = schema_available(item);
    if (has_yes)
        return 1;
    return schema;
}

static void name_read(const Look *look, const Item *item, Product *product)
{
    const char *schema = item ? item_text(item, "name") : NULL;
    product->name =
        product->heading ? look_clean_text(look, product->heading, NAME_MAX) : "";
    if (!product->name[0])
        product->name = schema ? schema : "";
    const char *sku = item ? item_text(item, "sku") : NULL;
    if (!sku && item)
        sku = item_text(item, "productID");
    product->sku = sku ? sku : "";
}

void product_of(Look *look, const ItemList *structured, const CardList *cards,
                Product *product)
{
    const Item *item = structured ? schema_find(structured) : NULL;
    const char *schema = item ? item_text(item, "name") : NULL;
    memset(product, 0, sizeof *product);
    product->heading = heading_find(look, schema ? schema : "", cards);
    buy_find(look, cards, product);
    name_read(look, item, product);
    prices_read(look, item, cards, product);
    product->available = available_find(look, item, cards, product);
}

static bool is_linked(const Document *document, const Node *heading)
{
    for (size_t i = node_order(heading) + 1; i < node_order_end(heading); i++)
        if (node_is_tag(document_element(document, i), "a"))
            return true;
    return node_closest(heading, "a") != NULL;
}

/* The page's h1; where it has none, a heading that leads nowhere: other products' names are
 * links to them. */
static bool holds_own_heading(const Document *document, const Node *card)
{
    static const char *const TAGS[] = {"h1", "h2", "h3"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++)
            if (node_contains(card, list->items[i]) &&
                (t == 0 || !is_linked(document, list->items[i])))
                return true;
        if (t == 0 && list->count > 0)
            return false;
    }
    return false;
}

void product_read(const Words *words, const Document *document, const ItemList *structured,
                  Arena *arena, Product *product)
{
    Look look;
    CardList cards;
    look_init(&look, words, document, arena);
    cards_read(&look, &cards);
    /* The cards of a product page are other products; one that holds the page's own heading
     * is the product itself. */
    size_t kept = 0;
    size_t own = 0;
    bool has_title = document_by_tag(document, "h1")->count > 0;
    for (size_t i = 0; i < cards.count; i++)
        own += holds_own_heading(document, cards.items[i].node);
    for (size_t i = 0; i < cards.count; i++)
        if ((!has_title && own > 1) || !holds_own_heading(document, cards.items[i].node))
            cards.items[kept++] = cards.items[i];
    cards.count = kept;
    product_of(&look, structured ? structured : structured_read(arena, document), &cards,
               product);
}
