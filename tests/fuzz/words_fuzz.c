/* words_fuzz.c - any bytes as a page, read by every recogniser.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/html.h"
#include "fuzz.h"
#include "words/recognise.h"

/* Loaded once a process, for loading takes longer than reading a page. */
static Words *loaded;

static const Words *words_once(void)
{
    static const char *const FOLDERS[] = {"scenarios", NULL};
    Error err = {0};
    if (!loaded)
        FUZZ_ASSERT(words_load(arena_create(), FOLDERS, &loaded, &err));
    return loaded;
}

static void page_read(const Words *words, Arena *arena, Document *document)
{
    PageContext context = {.url = document_url(document),
                           .site = "http://shop.example/",
                           .status = 200,
                           .is_platform_hinted = true};
    CheckoutStage stage = STAGE_NONE;
    const char *signs = NULL;
    CardList cards;
    Product product;
    Cart cart;
    Checkout checkout;
    PageKind kind = page_recognise(words, document, &context, arena, &stage, &signs);
    FUZZ_ASSERT(kind < PAGE_KIND_COUNT && signs);
    cards_find(words, document, arena, &cards);
    for (size_t i = 0; i < cards.count; i++)
        FUZZ_ASSERT(cards.items[i].node && cards.items[i].url && cards.items[i].name);
    product_read(words, document, NULL, arena, &product);
    FUZZ_ASSERT(product.name && product.sku && product.price.milli >= -1);
    cart_read(words, document, arena, &cart);
    FUZZ_ASSERT(!(cart.is_empty_said && cart.count > 0));
    for (size_t i = 0; i < cart.count; i++)
        FUZZ_ASSERT(cart.lines[i].name && cart.lines[i].quantity >= -1);
    checkout_read(words, document, form_state_create(arena, document), arena, &checkout);
    FUZZ_ASSERT((size_t)checkout.required_count <= checkout.fields.count);
    (void)search_find(words, document, NULL);
    (void)page_error_text(words, document, arena);
    (void)page_is_shell(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    Error err = {0};
    if (html_parse(arena, str_from((const char *)data, size), NULL,
                   "http://shop.example/p/1", NULL, &document, &err))
        page_read(words_once(), arena, document);
    return 0;
}
