/* recognise_product_test.c - product pages as shops build them. Tests recognise_buy.c.
 *
 * SPDX-License-Identifier: MIT */
#include "shop.h"

typedef struct Case {
    const char *what;
    const char *html;
    const char *name;
    int64_t milli;
    int available;
    const char *button; /* id; "" none */
    size_t options;
} Case;

#define BUY "<form action=/cart/add method=post><input type=hidden name=product_id value=4>"
#define OTHERS                                                                               \
    "<section class=related><h2>Others bought</h2><ul><li><a href=/p/2><img src=2.jpg></a>"  \
    "<h3>Pot</h3>9 €<button>Add to cart</button></li><li><a href=/p/3><img src=3.jpg></a>" \
    "<h3>Pan</h3>8 €<button>Add to cart</button></li></ul></section>"

static const Case CASES[] = {
    {"plain",
     "<main><h1>Cup</h1><p class=price>12,50 €</p>" BUY
     "<input type=number name=quantity value=1><button id=b>Ajouter au panier</button></form>"
     "<p>En stock</p></main>",
     "Cup", 12500, 1, "b", 0},
    {"other products have buttons too",
     "<main><h1>Cup</h1><p class=price>12,50 €</p>" BUY
     "<button id=b>Add to bag</button></form>" OTHERS "</main>",
     "Cup", 12500, -1, "b", 0},
    {"no form around button and quantity",
     "<main><div><h1>Cup</h1><span class=price>$12.50</span><div id=product><input name=quantity>"
     "<button type=button id=b>Add to Cart</button></div></div></main>",
     "Cup", 12500, -1, "b", 0},
    {"buy now beside add to cart",
     "<main><h1>Cup</h1><p class=price>£12.50</p>" BUY "<button id=now name=now>Buy it now"
     "</button><button id=b>Add to basket</button></form></main>",
     "Cup", 12500, -1, "b", 0},
    {"only buy now",
     "<main><h1>Cup</h1><p class=price>£12.50</p>" BUY
     "<button id=now>Buy now</button></form></main>",
     "Cup", 12500, -1, "now", 0},
    {"a wallet's button is never taken",
     "<main><h1>Cup</h1><p class=price>£12.50</p>" BUY
     "<button id=w>Buy now with PayPal</button>"
     "<button id=b>Add to cart</button></form></main>",
     "Cup", 12500, -1, "b", 0},
    {"only a wallet",
     "<main><h1>Cup</h1><p class=price>£12.50</p><button id=w>Buy with Apple Pay"
     "</button></main>",
     "Cup", 12500, -1, "", 0},
    {"what delivery costs is not what the article costs",
     "<main><h1>Cup</h1>" BUY
     "<button id=b>Add to cart</button></form><ul><li>Delivery €4.90, "
     "<b>free from €80</b>.</li><li>Livraison : <i>3 €</i></li></ul></main>",
     "Cup", -1, -1, "b", 0},
    {"a price that names what comes on top",
     "<html lang=de><main><h1>Kreisel</h1><p>12,90 € inkl. MwSt., zzgl. Versand</p><p>Lieferzeit 3 "
     "Tage</p>" BUY "<button id=b>In den Warenkorb</button></form></main>",
     "Kreisel", 12900, -1, "b", 0},
    {"a price beside its footnote",
     "<html lang=de><main><h1>Kreisel</h1><div><b>19,99 €</b> <small>* inkl. MwSt. zzgl. "
     "<a href=/versand>Versandkosten</a></small></div>" BUY
     "<button id=b>In den Warenkorb</button></form></main>",
     "Kreisel", 19990, -1, "b", 0},
    {"a price without its delivery",
     "<html lang=fr><main><h1>Toupie</h1><p>15 € TTC, livraison en sus</p>" BUY
     "<button id=b>Ajouter au panier</button></form></main>",
     "Toupie", 15000, -1, "b", 0},
    {"wishlist and comparison are no purchase",
     "<main><h1>Cup</h1><p class=price>£12.50</p><button id=x>Add to wishlist</button><button "
     "id=y>Compare</button></main>",
     "Cup", 12500, -1, "", 0},
    {"an icon without words",
     "<main><h1>Cup</h1><p class=price>£12.50</p>" BUY
     "<button id=b class=add-to-cart><svg></svg></button></form></main>",
     "Cup", 12500, -1, "b", 0},
    {"a former and a present price, each in a line of its own",
     "<main><h1>Cup</h1><ul><li><span class=price-old>$15.00</span></li><li><h2><span "
     "class=price-new>$12.50</span></h2></li></ul>" BUY
     "<button id=b>Add to cart</button></form></main>",
     "Cup", 12500, -1, "b", 0},
    {"words that no list has, in a form with product and number",
     "<html lang=et><main><h1>Tass</h1><p class=price>12,50 €</p>" BUY
     "<input type=number name=quantity value=1><button id=b>Lisa ostukorvi</button></form></main>",
     "Tass", 12500, -1, "b", 0},
    {"options must be chosen",
     "<main><h1>Shirt</h1><p class=price>20 €</p>" BUY
     "<select name=size><option value=''>Choose a size</option><option>S</option><option>M"
     "</option></select><label><input type=radio name=colour value=r>Red</label><label><input "
     "type=radio name=colour value=b>Blue</label><select name=quantity><option>1<option>2"
     "</select><button id=b disabled>Add to cart</button></form></main>",
     "Shirt", 20000, -1, "b", 2},
    {"a button that waits for a choice, and a price without a mark",
     "<html lang=it><main><h1>Felpa</h1><div><p>Taglia</p><button>S</button><button>M</button>"
     "</div><span>49,00 €</span><button id=b disabled>Seleziona una variante</button></main>",
     "Felpa", 49000, -1, "b", 0},
    {"a page of old, built like a card",
     "<html lang=de><table><tr><td><h3>Okarina</h3><img src=/o.png width=200 height=200>Preis "
     "<b>24,50 EUR</b> <a id=b href='cart.php?add=1'><img src=/b.png alt='In den Warenkorb'></a>"
     "</td></tr></table>",
     "Okarina", 24500, -1, "b", 0},
    {"options chosen already ask nothing",
     "<main><h1>Shirt</h1><p class=price>20 €</p>" BUY
     "<select name=size><option value=1>S</option><option value=2>M</option></select><input "
     "type=radio name=c value=1 checked><input type=radio name=c value=2><button id=b>Add to cart"
     "</button></form></main>",
     "Shirt", 20000, -1, "b", 0},
    {"two prices, one without tax",
     "<main><h1>Drill</h1><ul class=price><li>Excl. VAT £100.00</li><li>£120.00 incl. VAT</li>"
     "</ul>" BUY "<button id=b>Add to cart</button></form></main>",
     "Drill", 120000, -1, "b", 0},
    {"struck price first and a percentage between",
     "<main><h1>Drill</h1><div class=product-prices><span class=regular-price>52,50 €</span><span "
     "class=discount>-20 %</span><span class=current-price>42,00 €</span></div>" BUY
     "<button id=b>Add to cart</button></form></main>",
     "Drill", 42000, -1, "b", 0},
    {"the price inside the heading",
     "<main><h1>Drill</h1>" BUY
     "<h2>$122.00</h2><button id=b>Add to Cart</button></form></main>",
     "Drill", 122000, -1, "b", 0},
    {"a currency nobody knows",
     "<main><h1>Drill</h1><p class=price>¤ 12.50</p>" BUY
     "<button id=b>Add to cart</button>"
     "</form></main>",
     "Drill", 12500, -1, "b", 0},
    {"several headings of the first level, one only a logo, one hidden",
     "<header><h1><a href=/><img src=logo.png alt=Shop></a></h1></header><main><h1 hidden>Slide"
     "</h1><h1>Drill</h1><p class=price>10 €</p>" BUY
     "<button id=b>Add to cart</button></form>"
     "</main>",
     "Drill", 10000, -1, "b", 0},
    {"sold out",
     "<main><h1>Cup</h1><p class=price>10 €</p>" BUY
     "<p>Currently out of stock</p><button id=b disabled>Add to cart</button></form></main>",
     "Cup", 10000, 0, "b", 0},
    {"sold out, in words of another product",
     "<main><h1>Cup</h1><p class=price>10 €</p>" BUY
     "<p>In stock</p><button id=b>Add to cart"
     "</button></form><section class=related><ul><li><a href=/p/2><img src=2.jpg></a><h3>Pot</h3>"
     "9 € <b>Sold out</b></li></ul></section></main>",
     "Cup", 10000, 1, "b", 0},
    {"no page of a product", "<main><h1>About us</h1><p>We sell cups.</p></main>",
     "About us", -1, -1, "", 0},
};

void test_recognise_product__reads_what_the_page_shows(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const Case *one = &CASES[i];
        Product product;
        product_read(words, shop_page(arena, "/p/1", one->html), NULL, arena, &product);
        if (strcmp(product.name, one->name) != 0 || product.price.milli != one->milli ||
            product.available != one->available || product.options.count != one->options ||
            strcmp(shop_id(product.add_button), one->button) != 0)
            fail_msg("%s: '%s' %lld available %d options %zu button '%s'", one->what,
                     product.name, (long long)product.price.milli, product.available,
                     product.options.count, shop_id(product.add_button));
    }
}

void test_recognise_product__says_why_and_what_came_second(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Product product;
    const char *html =
        "<main><h1>Cup</h1><p class=price>£12.50</p>" BUY
        "<input name=quantity value=1><button id=now>Buy now</button><button "
        "id=b>Add to cart</button></form></main>";
    product_read(shop_words(arena), shop_page(arena, "/p/1", html), NULL, arena, &product);
    assert_non_null(strstr(product.add_why, "add to cart"));
    assert_string_equal(shop_id(product.add_runner_up), "now");
    assert_true(product.add_score > product.add_runner_up_score);
    assert_non_null(product.quantity);
    assert_non_null(product.buy_form);
    assert_non_null(product.heading);
}

void test_recognise_product__reads_structured_data_apart(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Product product;
    const char *html =
        "<script type=application/ld+json>{\"@type\": \"Product\", \"name\": \"Cup\", \"sku\": "
        "\"C-1\", \"offers\": {\"@type\": \"Offer\", \"price\": \"12.00\", \"priceCurrency\": "
        "\"EUR\", \"availability\": \"https://schema.org/OutOfStock\"}}</script><main><h1>Cup"
        "</h1><p class=price>12,50</p>" BUY "<button>Add to cart</button></form></main>";
    product_read(shop_words(arena), shop_page(arena, "/p/1", html), NULL, arena, &product);
    assert_int_equal(product.schema_price.milli, 12000);
    assert_int_equal(product.price.milli, 12500);
    assert_string_equal(product.price.currency, "EUR");
    assert_string_equal(product.sku, "C-1");
    assert_int_equal(product.available, 0);
}

void test_recognise_product__reads_price_tags_of_the_head(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Product product;
    const char *html =
        "<meta property='product:price:amount' content='12.5'><meta "
        "property='product:price:currency' content='GBP'><main><h1>Cup</h1></main>";
    product_read(shop_words(arena), shop_page(arena, "/p/1", html), NULL, arena, &product);
    assert_int_equal(product.schema_price.milli, 12500);
    assert_string_equal(product.schema_price.currency, "GBP");
}
