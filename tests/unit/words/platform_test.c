/* platform_test.c - which software a shop runs on, by its signs.
 *
 * SPDX-License-Identifier: MIT */
#include "shop.h"
#include "words/platform.h"

void test_platform__patterns_compile(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Platforms *platforms = NULL;
    Error err = {0};
    if (!platforms_load(arena, "scenarios/words/platforms.json", &platforms, &err) ||
        !platforms_check(platforms, &err))
        fail_msg("%s: %s", err.where, err.what);
}

void test_platform__is_told_by_headers_cookies_addresses_and_elements(void)
{
    static Header shopify[] = {{"X-ShopId", "1"}};
    static Header cookie[] = {{"Set-Cookie", "PrestaShop-1f=abc; path=/"}};

    static const struct {
        const char *html;
        Header *headers;
        const char *name; /* NULL: none */
    } PAGES[] = {
        {"<p>x</p>", shopify, "Shopify"},
        {"<p>x</p>", cookie, "PrestaShop"},
        {"<link rel=stylesheet href=/wp-content/plugins/woocommerce/a.css>", NULL,
         "WooCommerce"},
        {"<a href='index.php?route=product/category&path=1'>x</a>", NULL, "OpenCart"},
        {"<meta name=application-name content=Shopware>", NULL, "Shopware 6"},
        {"<p>index.php?route=product/category in a text</p>", NULL, NULL},
        {"<p>x</p>", NULL, NULL},
    };

    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        PageContext context = {.status = 200,
                               .headers = PAGES[i].headers,
                               .header_count = PAGES[i].headers ? 1 : 0};
        const char *name =
            platform_of(words, shop_page(arena, "/", PAGES[i].html), &context);
        if (strcmp(name ? name : "none", PAGES[i].name ? PAGES[i].name : "none") != 0)
            fail_msg("%s: %s", PAGES[i].html, name ? name : "none");
    }
}

void test_platform__adds_points_only_where_it_is_hinted(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = shop_words(arena);
    const char *html =
        "<body id=product><script>var prestashop = {}; </script><a href='/modules/ps_x/a'>a"
        "</a><script src='/modules/ps_menu/a.js'></script><meta name=generator "
        "content=PrestaShop><main><p>x</p></main>";
    Document *document = shop_page(arena, "/x", html);
    PageContext plain = {.status = 200, .url = "http://shop.example/x"};
    PageContext hinted = {
        .status = 200, .url = "http://shop.example/x", .is_platform_hinted = true};
    const char *signs = NULL;
    assert_int_equal(page_recognise(words, document, &plain, arena, NULL, NULL),
                     PAGE_UNKNOWN);
    assert_int_equal(page_recognise(words, document, &hinted, arena, NULL, &signs),
                     PAGE_PRODUCT);
    assert_non_null(strstr(signs, "PrestaShop"));
}

void test_platform__says_where_its_file_is_wrong(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Platforms *platforms = NULL;
    Error err = {0};
    assert_false(platforms_load(arena, "scenarios/buy.json", &platforms, &err));
    assert_int_equal(err.code, ERROR_INPUT);
}
