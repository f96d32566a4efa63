/* changing_test.c - links that a crawl must not follow. SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "crawl/changing.h"
#include "dom/html.h"
#include "unit.h"

static Changing opened(Arena *arena, Words *words)
{
    Changing changing;
    assert_true(changing_open(arena, words, &changing, NULL));
    return changing;
}

static Words *words_of(Arena *arena)
{
    const char *folders[] = {"scenarios/words", NULL};
    Words *words = NULL;
    Error error = {0};
    assert_true(words_load(arena, folders, &words, &error));
    return words;
}

void test_changing__knows_the_links_of_shop_software(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Changing changing = opened(arena, NULL);
    static const char *const urls[] = {
        "https://s.example/?add-to-cart=15",
        "https://s.example/shop/?remove_item=3&_wpnonce=1",
        "https://s.example/index.php?route=account/logout",
        "https://s.example/index.php?route=common/currency/currency&code=EUR",
        "https://s.example/index.php?mylogout=",
        "https://s.example/checkout/cart/add/uenc/1/product/4/",
        "https://s.example/cart/add?id=3",
        "https://s.example/cart/clear",
        "https://s.example/account/log-out",
        "https://s.example/panier?action=vider",
        "https://s.example/wishlist/add/12",
        "https://s.example/?___store=fr",
        "https://s.example/item/7/delete",
        "https://s.example/orders/12/payment",
        "https://s.example/account/reorder?id=4",
    };
    for (size_t i = 0; i < COUNT_OF(urls); i++)
        if (!changing_address(&changing, urls[i]))
            fail_msg("%s", urls[i]);
}

void test_changing__lets_pages_be_pages(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Changing changing = opened(arena, NULL);
    static const char *const urls[] = {
        "https://delete.example/",
        "https://s.example/blog/logouts-and-sessions",
        "https://s.example/additives/e100",
        "https://s.example/cart",
        "https://s.example/checkout",
        "https://s.example/c/lamps?page=2&color=red",
        "https://s.example/comparison-of-lamps",
        "https://s.example/index.php?route=product/product&product_id=43",
        "https://s.example/action-figures",
        "https://s.example/orders",
        "https://s.example/help/payment",
    };
    for (size_t i = 0; i < COUNT_OF(urls); i++)
        if (changing_address(&changing, urls[i]))
            fail_msg("%s", urls[i]);
}

void test_changing__reads_the_words_of_a_link(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Changing changing = opened(arena, words_of(arena));
    Document *document = NULL;
    static const char html[] = "<html lang=fr><a href=/x1>Ajouter au panier</a>"
                               "<a href=/x2>Se déconnecter</a><a href=/x3>Nos lampes</a>"
                               "<a href=/x4 data-method=delete>x</a>";
    assert_true(
        html_parse(arena, STR(html), NULL, "https://s.example/", NULL, &document, NULL));
    const NodeList *links = document_by_tag(document, "a");
    assert_true(changing_link(&changing, arena, document, links->items[0]));
    assert_true(changing_link(&changing, arena, document, links->items[1]));
    assert_false(changing_link(&changing, arena, document, links->items[2]));
    assert_true(changing_link(&changing, arena, document, links->items[3]));
}
