/* recognise_cards_test.c - product cards in the markups that shops use. Tests
 * recognise_cards.c and card_name.c.
 *
 * SPDX-License-Identifier: MIT */
#include "shop.h"

typedef struct Case {
    const char *what;
    const char *html;
    size_t count;
    const char *first_url; /* NULL: no link */
    const char *first_name;
    int64_t first_milli; /* -1: none */
} Case;

#define CARD(n, price)                                                                     \
    "<li class=product><a href=/p/" n "><img src=/" n ".jpg alt=''></a><h3><a href=/p/" n  \
    ">Lamp " n "</a></h3><p class=price>" price "</p><button>Add to cart</button></li>"

#define CARDS4                                                                             \
    CARD("1", "€10.00") CARD("2", "€20.00") CARD("3", "€30.00") CARD("4", "€40.00")

static const Case CASES[] = {
    {"a list of four", "<main><h1>Lamps</h1><ul>" CARDS4 "</ul></main>", 4,
     "http://shop.example/p/1", "Lamp 1", 10000},
    {"one result of a search",
     "<main><h1>Search: lamp</h1><ul>" CARD("7", "7 €") "</ul></main>", 1,
     "http://shop.example/p/7", "Lamp 7", 7000},
    {"every address carries the language",
     "<nav><a href=/?language=en-gb>Home</a></nav><main><div class=grid><div class=tile><a "
     "href='/i?language=en-gb&amp;p=1'><img src=a.jpg></a><h4><a "
     "href='/i?language=en-gb&amp;p=1'>Cup</a></h4><p>5 €</p></div><div class=tile><a "
     "href='/i?language=en-gb&amp;p=2'><img src=b.jpg></a><h4><a "
     "href='/i?language=en-gb&amp;p=2'>Pot</a></h4><p>9 €</p></div></div></main>",
     2, "http://shop.example/i?language=en-gb&p=1", "Cup", 5000},
    {"the link is the whole card",
     "<main><div class=grid><a class=tile href=/a><img src=a.jpg><span class=name>Cup</span>"
     "<span>5 €</span></a><a class=tile href=/b><img src=b.jpg><span class=name>Pot</span>"
     "<span>9 €</span></a></div></main>",
     2, "http://shop.example/a", "Cup", 5000},
    {"picture and heading beside the link",
     "<main><div class=row><div class=card><img src=a.jpg><h5>Cup</h5><p>5 €</p><a href=/c/1>"
     "View</a></div><div class=card><img src=b.jpg><h5>Pot</h5><p>9 €</p><a href=/c/2>View"
     "</a></div></div></main>",
     2, "http://shop.example/c/1", "Cup", 5000},
    {"products without a page of their own",
     "<h1>Market</h1><div class=item><h3>Figs</h3><p>3 €</p><form action=/put><input "
     "type=hidden name=product_id value=1><input type=number name=quantity value=1><button>"
     "Add to basket</button></form></div><div class=item><h3>Nuts</h3><p>4 €</p><form "
     "action=/put><input type=hidden name=product_id value=2><input type=number name=quantity "
     "value=1><button>Add to basket</button></form></div>",
     2, NULL, "Figs", 3000},
    {"a copy for phones is hidden",
     "<main><ul hidden>" CARDS4 "</ul><ul>" CARDS4 "</ul></main>", 4,
     "http://shop.example/p/1", "Lamp 1", 10000},
    {"the same product twice is one", "<main><ul>" CARDS4 CARDS4 "</ul></main>", 4,
     "http://shop.example/p/1", "Lamp 1", 10000},
    {"former price beside the present one",
     "<main><ul>" CARD("1", "<del>20 €</del> <ins>15 €</ins>")
         CARD("2", "9 €") "</ul></main>",
     2, "http://shop.example/p/1", "Lamp 1", 15000},
    {"a price without a sign in one of five is no hindrance",
     "<main><ul>" CARDS4 CARD("5", "on request") "</ul></main>", 5,
     "http://shop.example/p/1", "Lamp 1", 10000},
    {"category tiles are no products",
     "<main><ul><li class=product><a href=/c/1><img src=1.jpg><h3>Chairs</h3></a></li><li "
     "class=product><a href=/c/2><img src=2.jpg><h3>Tables</h3></a></li><li class=product><a "
     "href=/c/3><img src=3.jpg><h3>Beds</h3></a></li><li class=product><a href=/c/4><img "
     "src=4.jpg><h3>Sofas</h3></a></li></ul></main>",
     0, "", "", -1},
    {"the menu and the small cart are no list",
     "<header><ul>" CARDS4 "</ul><div class=mini-cart><ul>" CARDS4
     "</ul></div></header><main>"
     "<h1>About us</h1><p>Since 1950.</p></main>",
     0, "", "", -1},
    {"lines of a cart are no cards",
     "<main><h1>Cart</h1><ul><li class=line><a href=/p/1><img src=1.jpg>Lamp</a> 10 € <button>"
     "Remove</button></li><li class=line><a href=/p/2><img src=2.jpg>Cup</a> 5 € <button>"
     "Remove</button></li></ul></main>",
     0, "", "", -1},
    {"pictures enlarged, wishes and comparisons are no products",
     "<main><h1>Lamp</h1><p>10 €</p><a href=/big.jpg><img src=s.jpg></a><a href=/wishlist/add/1>"
     "<img src=h.svg></a></main>",
     0, "", "", -1},
    {"links to other sites are no products",
     "<main><ul><li><a href=http://other.example/1><img src=1.jpg><h3>Ad</h3></a> 5 €</li>"
     "</ul></main>",
     0, "", "", -1},
};

void test_recognise_cards__finds_the_products_of_a_list(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const Case *one = &CASES[i];
        CardList cards;
        cards_find(words, shop_page(arena, "/list", one->html), arena, &cards);
        if (cards.count != one->count)
            fail_msg("%s: %zu cards", one->what, cards.count);
        if (one->count == 0)
            continue;
        if (strcmp(cards.items[0].url, one->first_url ? one->first_url : "") != 0 ||
            strcmp(cards.items[0].name, one->first_name) != 0 ||
            cards.items[0].price.milli != one->first_milli ||
            (cards.items[0].link != NULL) != (one->first_url != NULL))
            fail_msg("%s: '%s' '%s' %lld", one->what, cards.items[0].url,
                     cards.items[0].name, (long long)cards.items[0].price.milli);
    }
}

void test_recognise_cards__says_what_a_card_shows(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CardList cards;
    const char *html = "<main><ul>" CARD("1", "€10.00 <b>Sold out</b>")
        CARD("2", "42.00 – 45.00 €") "</ul></main>";
    cards_find(shop_words(arena), shop_page(arena, "/list", html), arena, &cards);
    assert_int_equal(cards.count, 2);
    assert_true(cards.items[0].is_sold_out);
    assert_false(cards.items[1].is_sold_out);
    assert_true(cards.items[0].has_image);
    assert_true(cards.items[0].has_add_button);
    assert_string_equal(node_tag(cards.items[0].add_button), "button");
    assert_true(cards.items[1].price.is_range);
    assert_int_equal(cards.items[1].price.upper_milli, 45000);
}

void test_recognise_cards__tells_suggestions_from_results(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CardList cards;
    const char *html =
        "<main><h1>Search</h1><p>No products were found.</p><h2>You may like</h2>"
        "<ul>" CARDS4 "</ul></main>";
    cards_find(shop_words(arena), shop_page(arena, "/search?q=x", html), arena, &cards);
    assert_true(cards.is_suggestion);
    html = "<main><p>120 results</p><ul>" CARDS4 "</ul></main>";
    cards_find(shop_words(arena), shop_page(arena, "/search?q=x", html), arena, &cards);
    assert_false(cards.is_suggestion);
}

void test_recognise_cards__prefers_the_list_to_the_side(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CardList cards;
    const char *html =
        "<aside><ul class=best>" CARDS4
        "</ul></aside><main><h1>Pots</h1><ul>" CARD("8", "8 €") "</ul></main>";
    cards_find(shop_words(arena), shop_page(arena, "/list", html), arena, &cards);
    assert_int_equal(cards.count, 1);
    assert_string_equal(cards.items[0].name, "Lamp 8");
    assert_false(cards.is_secondary);
}

/* A sorted list hands its order on to its products. */
void test_recognise_cards__finds_the_products_of_a_sorted_list(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    CardList cards;
    const char *html =
        "<main><a href='/list?sort=name&amp;order=asc'>by name</a><ul><li><a "
        "href='/p?id=1&amp;sort=price&amp;order=asc'><img src=1.jpg></a><h4><a "
        "href='/p?id=1&amp;sort=price&amp;order=asc'>Cup</a></h4>5 €</li><li><a "
        "href='/p?id=2&amp;sort=price&amp;order=asc'><img src=2.jpg></a><h4><a "
        "href='/p?id=2&amp;sort=price&amp;order=asc'>Pot</a></h4>9 €</li></ul></main>";
    cards_find(shop_words(arena), shop_page(arena, "/list?sort=price&order=asc", html),
               arena, &cards);
    assert_int_equal(cards.count, 2);
    assert_string_equal(cards.items[0].name, "Cup");
    assert_string_equal(cards.items[1].url,
                        "http://shop.example/p?id=2&sort=price&order=asc");
}

#define CUP(n, name, price)                                                                \
    "<li m=\"1\"><h4 m=\"1\">" name " <br m=\"1\"><small m=\"1\">" price                   \
    "</small></h4><div m=\"1\"><div m=\"1\" class=\"cup\"><div m=\"" n                     \
    "hp\" aria-label=\"" name "\"></div></div></div></li>"

/* Nothing but the pointer says that these can be pressed. */
void test_recognise_cards__takes_what_the_pointer_shows_as_pressable(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    CardList cards;
    const char *html =
        "<body m=\"1\"><div m=\"1\"><ul m=\"1\">" CUP("7", "Espresso", "$10.00")
            CUP("8", "Mocha", "$8.00") CUP("9", "Flat White", "$18.00") "</ul></div>";
    assert_true(html_parse_marked(arena, str_of(html), "m", "http://shop.example/",
                                  &document, NULL));
    cards_find(shop_words(arena), document, arena, &cards);
    assert_int_equal(cards.count, 3);
    assert_string_equal(cards.items[0].name, "Espresso");
    assert_string_equal(cards.items[2].name, "Flat White");
    assert_int_equal(cards.items[1].price.milli, 8000);
    assert_null(cards.items[0].link);
    assert_int_equal(node_mark(cards.items[0].add_button), 7);
}
