/* shops_test.c - pages built like those of the shop software that most shops run on: what
 * all recognisers together read there. Tests recognise_kind.c and its helpers.
 *
 * SPDX-License-Identifier: MIT */
#include "base/out.h"
#include "shop.h"

typedef struct ShopPage {
    const char *file;
    const char *path;
    PageKind kind;
    /* A list: cards, name and price of the first. A product: name, price, options. */
    size_t cards;
    const char *name;
    int64_t milli;
    size_t options;
    int available;
    /* A cart or checkout: lines, first quantity, sums, way on. */
    size_t lines;
    int quantity;
    int64_t delivery, total;
    const char *way; /* id of the buy button, the way to the checkout or the final button */
} ShopPage;

static const ShopPage PAGES[] = {
    {"woo-product", "/produit/bougie-cedre/", PAGE_PRODUCT, 2, "Bougie cèdre", 18000, 1, 1,
     0, -1, -1, -1, ""},
    {"woo-category", "/categorie-produit/bougies/", PAGE_CATEGORY, 5, "Bougie pin", 19000,
     0, -1, 0, -1, -1, -1, ""},
    {"woo-cart", "/panier/", PAGE_CART, 0, "Bougie pin", 19000, 0, -1, 2, 2, 4900, 63900,
     "go"},
    {"woo-checkout", "/commande/", PAGE_CHECKOUT, 0, "", -1, 0, -1, 0, -1, 4900, 42900,
     "place_order"},
    {"presta-product", "/accessories/6-mug.html", PAGE_PRODUCT, 2, "Mug Aurora", 14280, 0,
     1, 0, -1, -1, -1, "b"},
    {"presta-cart", "/cart", PAGE_CART, 0, "Mug Aurora", 14280, 0, -1, 1, 2, 0, 28560,
     "go"},
    {"presta-checkout", "/order", PAGE_CHECKOUT, 0, "", -1, 0, -1, 0, -1, -1, 28560, ""},
    {"dawn-product", "/products/canvas-tote", PAGE_PRODUCT, 0, "Canvas Tote", 48000, 0, -1,
     0, -1, -1, -1, "b"},
    {"dawn-collection", "/collections/bags", PAGE_CATEGORY, 4, "Tote", 48000, 0, -1, 0, -1,
     -1, -1, ""},
    {"dawn-cart", "/cart", PAGE_CART, 0, "Canvas Tote", 48000, 0, -1, 1, 2, -1, 96000,
     "go"},
    {"magento-product", "/rucksack.html", PAGE_PRODUCT, 0, "Rucksack Fjell", 89000, 1, 1, 0,
     -1, -1, -1, "product-addtocart-button"},
    {"magento-cart", "/checkout/cart/", PAGE_CART, 0, "Rucksack Fjell", 89000, 0, -1, 1, 1,
     -1, -1, "go"},
    {"shopware-listing", "/Kueche/Tassen/", PAGE_CATEGORY, 3, "Tasse A", 9990, 0, -1, 0, -1,
     -1, -1, ""},
    {"shopware-confirm", "/checkout/confirm", PAGE_CHECKOUT, 0, "", -1, 0, -1, 0, -1, 4900,
     14890, "o"},
};

static Document *page_load(Arena *arena, const ShopPage *page)
{
    const char *path = arena_printf(arena, "tests/unit/words/pages/%s.html", page->file);
    Str html;
    Error err = {0};
    if (!file_read(arena, path, 1 << 20, &html, &err))
        fail_msg("%s", err.what);
    return shop_page(arena, page->path, html.data);
}

void test_shops__have_pages_of_these_kinds(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Document *document = page_load(arena, &PAGES[i]);
        PageContext context = {
            .url = document_url(document), .status = 200, .site = "http://shop.example/"};
        const char *signs = NULL;
        PageKind kind = page_recognise(words, document, &context, arena, NULL, &signs);
        if (kind != PAGES[i].kind)
            fail_msg("%s: %s (%s)", PAGES[i].file, page_kind_name(kind), signs);
    }
}

void test_shops__have_these_cards(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const ShopPage *page = &PAGES[i];
        CardList cards;
        cards_find(words, page_load(arena, page), arena, &cards);
        bool is_list = page->kind == PAGE_CATEGORY;
        if (cards.count != page->cards ||
            (is_list && (strcmp(cards.items[0].name, page->name) != 0 ||
                         cards.items[0].price.milli != page->milli)))
            fail_msg("%s: %zu cards", page->file, cards.count);
    }
}

void test_shops__have_these_products(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const ShopPage *page = &PAGES[i];
        Product product;
        if (page->kind != PAGE_PRODUCT)
            continue;
        product_read(words, page_load(arena, page), NULL, arena, &product);
        if (strcmp(product.name, page->name) != 0 || product.price.milli != page->milli ||
            product.options.count != page->options ||
            product.available != page->available ||
            strcmp(shop_id(product.add_button), page->way) != 0 || !product.quantity)
            fail_msg("%s: '%s' %lld options %zu available %d button '%s'", page->file,
                     product.name, (long long)product.price.milli, product.options.count,
                     product.available, shop_id(product.add_button));
    }
}

void test_shops__have_these_carts(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const ShopPage *page = &PAGES[i];
        Cart cart;
        cart_read(words, page_load(arena, page), arena, &cart);
        if (cart.count != page->lines)
            fail_msg("%s: %zu lines", page->file, cart.count);
        if (page->kind != PAGE_CART)
            continue;
        const CartLine *line = &cart.lines[0];
        if (strcmp(line->name, page->name) != 0 || line->quantity != page->quantity ||
            line->unit.milli != page->milli || cart.delivery.milli != page->delivery ||
            cart.total.milli != page->total ||
            strcmp(shop_id(cart.checkout), page->way) != 0 || !line->remove)
            fail_msg("%s: '%s' x%d %lld delivery %lld total %lld way '%s'", page->file,
                     line->name, line->quantity, (long long)line->unit.milli,
                     (long long)cart.delivery.milli, (long long)cart.total.milli,
                     shop_id(cart.checkout));
    }
}

void test_shops__have_these_checkouts(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const ShopPage *page = &PAGES[i];
        Checkout checkout;
        if (page->kind != PAGE_CHECKOUT)
            continue;
        Document *document = page_load(arena, page);
        checkout_read(words, document, form_state_create(arena, document), arena,
                      &checkout);
        if (checkout.delivery.milli != page->delivery ||
            checkout.total.milli != page->total ||
            strcmp(shop_id(checkout.order_button), page->way) != 0)
            fail_msg("%s: delivery %lld total %lld button '%s'", page->file,
                     (long long)checkout.delivery.milli, (long long)checkout.total.milli,
                     shop_id(checkout.order_button));
    }
}
