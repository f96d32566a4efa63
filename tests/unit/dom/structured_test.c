/* structured_test.c - structured data in its four spellings. Tests structured.c, jsonld.c
 * and microdata.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/structured.h"
#include "dom_help.h"

#define LD(json) "<script type='application/ld+json'>" json "</script>"

static const ItemList *read_page(Arena *arena, const char *html)
{
    return structured_read(arena, page(arena, html));
}

/* Text of a path in the first item of a type. */
static void check(const char *html, const char *type, const char *path, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Item *item = structured_first(read_page(arena, html), type);
    const char *text = item_text(item, path);

    if (!item)
        fail_msg("no %s in %s", type, html);
    assert_string_equal(text ? text : "(none)", want);
}

void test_jsonld__objects_arrays_and_graphs(void)
{
    check(LD("{\"@type\":\"Product\",\"name\":\" Red shoe \"}"), "Product", "name",
          "Red shoe");
    check(LD("[{\"@type\":\"A\"},{\"@type\":\"Product\",\"sku\":7}]"), "Product", "sku",
          "7");
    check(LD("{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"Product\","
             "\"name\":\"x\"}]}"),
          "Product", "name", "x");
    check(LD("{\"@type\":[\"https://schema.org/Product\",\"Car\"],\"schema:name\":\"x\"}"),
          "Product", "name", "x");
}

void test_jsonld__values_are_numbers_truths_and_literals(void)
{
    check(LD("{\"@type\":\"P\",\"a\":19.9,\"b\":true,\"c\":{\"@value\":\"v\",\"@language\":"
             "\"fr\"},\"d\":null,\"e\":[\"\",\"two\"]}"),
          "P", "a", "19.9");
    check(LD("{\"@type\":\"P\",\"b\":true}"), "P", "b", "true");
    check(LD("{\"@type\":\"P\",\"c\":{\"@value\":\"v\",\"@language\":\"fr\"}}"), "P", "c",
          "v");
    check(LD("{\"@type\":\"P\",\"d\":null}"), "P", "d", "(none)");
    check(LD("{\"@type\":\"P\",\"e\":[\"\",\"two\"]}"), "P", "e", "two");
    check(LD("{\"@type\":\"P\",\"f\":{\"@list\":[\"l\"]}}"), "P", "f", "l");
}

void test_jsonld__paths_go_through_items(void)
{
    const char *html =
        LD("{\"@type\":\"Product\",\"brand\":{\"@type\":\"Brand\",\"name\":"
           "\"Acme\"},\"offers\":[{\"@type\":\"Offer\"},{\"@type\":\"Offer\","
           "\"price\":\"19.90\",\"seller\":{\"@id\":\"#s\"}}]}");
    check(html, "Product", "offers.price", "19.90");
    check(html, "Product", "brand", "Acme");
    check(html, "Product", "brand.name", "Acme");
    check(html, "Product", "offers.seller", "#s");
    check(html, "Product", "brand.name.x", "(none)");
    check(html, "Product", "nothing", "(none)");
    check(html, "Offer", "price", "(none)");
}

void test_jsonld__identifiers_lead_to_their_node(void)
{
    check(
        LD("{\"@graph\":[{\"@type\":\"Product\",\"offers\":{\"@id\":\"#o\"}},{\"@id\":\"#o\","
           "\"@type\":\"Offer\",\"price\":5,\"itemOffered\":{\"@id\":\"#o\"}}]}"),
        "Product", "offers.itemOffered.itemOffered.price", "5");
}

void test_jsonld__blocks_that_do_not_parse_are_counted(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const ItemList *list = read_page(
        arena,
        LD("{\"@type\":\"Product\",}") LD("{") LD("") LD("<!-- {\"@type\":\"A\"} -->") LD(
            "//<![CDATA[\n{\"@type\":\"B\"}\n//]]>") "<script type='application/json'>{</script>");

    assert_int_equal(list->error_count, 2);
    assert_non_null(list->first_error);
    assert_int_equal(list->count, 2);
    assert_null(structured_first(list, "Product"));
}

void test_jsonld__depth_and_number_are_bounded(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    const ItemList *list = NULL;

    buf_init(&buf, 1 << 22);
    buf_add_text(&buf, "<script type='application/ld+json'>[");
    for (int i = 0; i < 5000; i++)
        buf_add_text(&buf, "{\"@type\":\"A\",\"b\":1},");
    buf_add_text(&buf, "{}]</script><script type='application/ld+json'>");
    for (int i = 0; i < 100; i++)
        buf_add_text(&buf, "{\"a\":");
    buf_add_text(&buf, "1");
    for (int i = 0; i < 100; i++)
        buf_add_text(&buf, "}");
    list = read_page(arena, buf_text(&buf));
    assert_int_equal(list->count, 2000);
    assert_true(list->is_cut);
}

#define SHOE                                                                               \
    "<div itemscope itemtype='https://schema.org/Product' itemref='more'>"                 \
    "<h1 itemprop=name>Red <b>shoe</b></h1><img itemprop=image src=/i.png>"                \
    "<div itemprop=offers itemscope itemtype='http://schema.org/Offer'>"                   \
    "<span itemprop=price content=19.90>19,90 €</span><meta itemprop=priceCurrency "     \
    "content=EUR><link itemprop='availability url' href='https://schema.org/InStock'>"     \
    "<time itemprop=validUntil datetime=2030-01-01>soon</time></div></div>"                \
    "<p id=more><i itemprop=sku>S1</i><b itemscope><i itemprop=sku>other</i></b></p>"

void test_microdata__properties_belong_to_the_item_around(void)
{
    check(SHOE, "Product", "name", "Red shoe");
    check(SHOE, "Product", "image", "http://shop.test/i.png");
    check(SHOE, "Product", "offers.price", "19.90");
    check(SHOE, "Product", "offers.availability", "https://schema.org/InStock");
    check(SHOE, "Offer", "url", "https://schema.org/InStock");
    check(SHOE, "Offer", "validUntil", "2030-01-01");
    check(SHOE, "Product", "price", "(none)");
}

void test_microdata__references_add_what_stands_elsewhere(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Item *item = NULL;
    size_t skus = 0;

    check(SHOE, "Product", "sku", "S1");
    item = structured_first(read_page(arena, SHOE), "Product");
    for (size_t i = 0; i < item->count; i++)
        skus += strcmp(item->properties[i].name, "sku") == 0;
    assert_int_equal(skus, 1);
}

void test_microdata__nested_items_are_marked_and_come_later(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const ItemList *list = read_page(arena, SHOE);

    assert_int_equal(list->count, 3);
    assert_string_equal(list->items[0]->type, "Product");
    assert_false(list->items[0]->is_nested);
    assert_string_equal(list->items[1]->type, "Offer");
    assert_true(list->items[1]->is_nested);
    assert_string_equal(list->items[1]->syntax, "microdata");
    assert_ptr_equal(item_item(list->items[0], "offers"), list->items[1]);
    assert_null(item_item(list->items[0], "name"));
}

void test_microdata__text_read_again_and_again_is_bounded(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};

    buf_init(&buf, 1 << 24);
    buf_add_text(&buf, "<div itemscope>");
    for (int i = 0; i < 400; i++)
        buf_add_text(&buf, "<div itemprop=a>");
    for (int i = 0; i < 200000; i++)
        buf_add_text(&buf, "some text ");
    assert_true(read_page(arena, buf_text(&buf))->is_cut);
}

void test_structured__rdfa_lite(void)
{
    const char *html =
        "<meta property='og:title' content=no><div vocab='https://schema.org/' "
        "typeof=Product><span property=name>Shoe</span><div property=offers "
        "typeof='schema:Offer'><meta property='schema:price' content=5></div>"
        "</div>";
    check(html, "Product", "name", "Shoe");
    check(html, "Product", "offers.price", "5");
    check(html, "Offer", "price", "5");
}

void test_structured__opengraph_products_speak_schema_org(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    check("<meta property='og:type' content=product><meta property='og:title' content=Shoe>"
          "<meta property='product:price:amount' content='19.90'>",
          "og:product", "price", "19.90");
    check("<meta property='product:price:currency' content=EUR><meta property='og:title' "
          "content=Shoe>",
          "og:product", "name", "Shoe");
    assert_int_equal(read_page(arena, "<meta property='og:title' content=x>")->count, 0);
}

void test_structured__products_and_their_groups(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const ItemList *list =
        read_page(arena, LD("[{\"@type\":\"ProductGroup\"},{\"@type\":\"Product\"}]"));

    assert_int_equal(structured_count(list, "Product"), 2);
    assert_int_equal(structured_count(list, "ProductGroup"), 1);
    assert_int_equal(structured_count(list, "Offer"), 0);
    assert_null(item_text(NULL, "name"));
}
