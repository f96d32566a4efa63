/* recognise_cart_test.c - carts as shops build them. Tests recognise_lines.c.
 *
 * SPDX-License-Identifier: MIT */
#include "shop.h"

typedef struct Case {
    const char *what;
    const char *html;
    size_t count;
    const char *name;
    int quantity;
    int64_t unit, sum, subtotal, delivery, total;
    const char *checkout; /* id */
} Case;

static const Case CASES[] = {
    {"a table with a field for the quantity",
     "<main><h1>Panier</h1><form action=/panier><table><thead><tr><th>Produit</th><th>Prix</th>"
     "<th>Quantité</th><th>Total</th></tr></thead><tr><td><a href=/p/1>Tasse</a></td><td>12,50 €"
     "</td><td><input name=qty[1] type=number value=2></td><td>25,00 €</td><td><a href=/panier?"
     "remove=1>×</a></td></tr></table></form><table><tr><th>Sous-total</th><td>25,00 €</td></tr>"
     "<tr><th>Livraison</th><td>4,90 €</td></tr><tr><th>Total TTC</th><td>29,90 €</td></tr>"
     "</table><a id=go href=/commande>Passer la commande</a></main>",
     1, "Tasse", 2, 12500, 25000, 25000, 4900, 29900, "go"},
    {"two lines in blocks, quantity as text",
     "<main><h1>Basket</h1><div class=items><div class=line><a href=/p/1>Cup</a><span class=qty>3"
     "</span><span class=price>£2.00</span><span>£6.00</span><button>Remove</button></div><div "
     "class=line><a href=/p/2>Pot</a><span class=qty>1</span><span class=price>£9.00</span><span>"
     "£9.00</span><button>Remove</button></div></div><dl><dt>Total</dt><dd>£15.00</dd></dl><button "
     "id=go onclick=\"location='/checkout'\">Proceed to checkout</button></main>",
     2, "Cup", 3, 2000, 6000, -1, -1, 15000, "go"},
    {"words that are never 'cart'",
     "<main><h1>Your trolley</h1><ul><li><a href=/p/1>Cup</a> <input name=quantity value=1> £2.00 "
     "<button>Remove</button></li></ul><p>Order total: £2.00</p><p>Delivery: free</p><a id=go "
     "href=/pay>Go to checkout</a></main>",
     1, "Cup", 1, 2000, 2000, -1, 0, 2000, "go"},
    {"an express wallet is not the way on",
     "<main><h1>Cart</h1><table><tr><td><a href=/p/1>Cup</a></td><td><select name=quantity><option>"
     "1<option selected>2</select></td><td>$4.00</td><td>$8.00</td></tr></table><p>Total $8.00</p>"
     "<a id=pp href=/paypal>Checkout with PayPal</a><a id=go href=/checkout>Checkout</a></main>",
     1, "Cup", 2, 4000, 8000, -1, -1, 8000, "go"},
    {"the way on in the menu counts less",
     "<header><a id=top href=/checkout>Checkout</a></header><main><h1>Cart</h1><table><tr><td><a "
     "href=/p/1>Cup</a></td><td><input name=quantity value=1></td><td>$4.00</td></tr></table><p>"
     "Total $4.00</p><form action=/checkout><button id=go>Checkout</button></form></main>",
     1, "Cup", 1, 4000, 4000, -1, -1, 4000, "go"},
    {"sums in a side column",
     "<main><h1>Cart</h1><div class=row><div><a href=/p/1>Cup</a><input name=quantity value=1><span>"
     "$4.00</span><a href=/cart/remove/1>Remove</a></div></div><aside><div>Subtotal <span>$4.00"
     "</span></div><div>Shipping <span>$2.00</span></div><div>Grand total <span>$6.00</span></div>"
     "<a id=go href=/checkout>Checkout</a></aside></main>",
     1, "Cup", 1, 4000, 4000, 4000, 2000, 6000, "go"},
    {"sums in paragraphs, in bold",
     "<main><h1>Cart</h1><ul><li><a href=/p/1>Cup</a><input name=quantity value=1> £2.00</li></ul><p>"
     "Delivery: £4.90</p><p><strong>Total: £6.90</strong></p><a id=go href=/checkout>Checkout</a></main>",
     1, "Cup", 1, 2000, 2000, -1, 4900, 6900, "go"},
    {"a bin without words, a form that deletes, a picture called '...'",
     "<main><h1>Cart</h1><table><tr><td><img src=/1.jpg alt='...'><span>Rubber cup</span></td><td>"
     "$ 880</td><td><span>1</span></td><td><form action='/item/34?_method=DELETE' method=post>"
     "<button><i class='fas fa-trash'></i></button></form></td></tr></table><p>Total $ 880</p>"
     "<a id=go href=/checkout>Checkout</a></main>",
     1, "Rubber cup", 1, 880000, 880000, -1, -1, 880000, "go"},
    {"a product page is no cart",
     "<main><h1>Cup</h1><p>$4.00</p><form action=/cart/add><input type=hidden name=id value=1><input "
     "name=quantity value=1><button>Add to cart</button></form></main>",
     0, "", -1, -1, -1, -1, -1, -1, ""},
    {"a list with quantities is no cart",
     "<main><ul><li><a href=/p/1>Cup</a> $4 <form action=/cart/add><input type=hidden name=id value=1>"
     "<input name=quantity value=1><button>Add to cart</button></form></li><li><a href=/p/2>Pot</a> $5 "
     "<form action=/cart/add><input type=hidden name=id value=2><input name=quantity value=1><button>"
     "Add to cart</button></form></li></ul></main>",
     0, "", -1, -1, -1, -1, -1, -1, ""},
};

static bool case_holds(const Case *one, const Cart *cart)
{
    if (cart->count != one->count || cart->subtotal.milli != one->subtotal ||
        cart->delivery.milli != one->delivery || cart->total.milli != one->total ||
        strcmp(shop_id(cart->checkout), one->checkout) != 0)
        return false;
    if (one->count == 0)
        return true;
    const CartLine *line = &cart->lines[0];
    return strcmp(line->name, one->name) == 0 && line->quantity == one->quantity &&
           line->unit.milli == one->unit && line->sum.milli == one->sum;
}

void test_recognise_cart__reads_lines_and_sums(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const Case *one = &CASES[i];
        Cart cart;
        cart_read(words, shop_page(arena, "/cart", one->html), arena, &cart);
        if (case_holds(one, &cart))
            continue;
        CartLine none = {.name = ""};
        const CartLine *line = cart.count > 0 ? &cart.lines[0] : &none;
        fail_msg(
            "%s: %zu lines, '%s' x%d %lld %lld, sub %lld delivery %lld total %lld, way '%s'",
            one->what, cart.count, line->name, line->quantity, (long long)line->unit.milli,
            (long long)line->sum.milli, (long long)cart.subtotal.milli,
            (long long)cart.delivery.milli, (long long)cart.total.milli,
            shop_id(cart.checkout));
    }
}

typedef struct Emptiness {
    const char *what;
    const char *html;
    bool is_said, is_readable;
} Emptiness;

static const Emptiness EMPTY[] = {
    {"said in the main part", "<main><h1>Panier</h1><p>Votre panier est vide.</p></main>",
     true, true},
    {"said by the small cart of the header only",
     "<header><div class=mini-cart><p>Your shopping cart is empty!</p></div></header><main><h1>Cup"
     "</h1><p>A cup.</p></main>",
     false, false},
    {"said in a block that a script shows",
     "<main><h1>Cart</h1><div v-if='lines.length == 0'><p>Your cart is empty.</p></div></main>",
     true, false},
    {"said by a custom element",
     "<main><h1>Cart</h1><cart-items><p>Your cart is empty.</p></cart-items></main>", true,
     false},
    {"denied by the counter of the header",
     "<header><a href=/cart>Cart (2)</a></header><main><h1>Cart</h1><p>Your cart is empty.</p></main>",
     true, false},
    {"not denied by a counter of nothing",
     "<header><a href=/cart>Cart (0)</a></header><main><h1>Cart</h1><p>Your cart is empty.</p></main>",
     true, true},
    {"neither lines nor words", "<main><h1>Cart</h1><div id=cart></div></main>", false,
     false},
};

void test_recognise_cart__believes_emptiness_only_where_it_can(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(EMPTY); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Cart cart;
        cart_read(words, shop_page(arena, "/cart", EMPTY[i].html), arena, &cart);
        if (cart.is_empty_said != EMPTY[i].is_said ||
            cart.is_readable != EMPTY[i].is_readable)
            fail_msg("%s: said %d readable %d", EMPTY[i].what, cart.is_empty_said,
                     cart.is_readable);
    }
}

void test_recognise_cart__knows_when_the_delivery_cost_is_named(void)
{
    static const struct {
        const char *text;
        bool is_named;
    } TEXTS[] = {
        {"<p>Shipping is calculated at checkout.</p>", true},
        {"<p>Livraison offerte</p>", true},
        {"<p>Frais de livraison : 4,90 €</p>", true},
        {"<p>We deliver with care.</p>", false},
    };

    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Cart cart;
        const char *html = arena_printf(
            arena,
            "<main><h1>Cart</h1><table><tr><td><a href=/p/1>Cup</a></td><td>"
            "<input name=quantity value=1></td><td>4 €</td></tr></table>%s</main>",
            TEXTS[i].text);
        cart_read(words, shop_page(arena, "/cart", html), arena, &cart);
        if (cart.is_delivery_named != TEXTS[i].is_named)
            fail_msg("%s: %d", TEXTS[i].text, cart.is_delivery_named);
    }
}
