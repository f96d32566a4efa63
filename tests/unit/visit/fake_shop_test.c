/* fake_shop_test.c - the pages of the shop in memory.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "unit.h"
#include "visit/fake_shop.h"

static bool is(const FakeShop *shop, int shape)
{
    return (shop->shape & shape) != 0;
}

static const char *word(const FakeShop *shop, const char *english, const char *french)
{
    return is(shop, SHOP_FRENCH) ? french : english;
}

static const char *money(const FakeShop *shop, Arena *arena, int cents)
{
    return is(shop, SHOP_FRENCH)
               ? arena_printf(arena, "%d,%02d €", cents / 100, cents % 100)
               : arena_printf(arena, "£%d.%02d", cents / 100, cents % 100);
}

enum { PRICE = 4200, DELIVERY = 490, FEE = 350 };

static const char *footer(const FakeShop *shop, Arena *arena)
{
    if (is(shop, SHOP_NO_HELP))
        return "";
    return arena_printf(arena,
                        "<a href='/help/contact'>%s</a> <a href='/help/delivery'>%s</a> "
                        "<a href='/help/returns'>%s</a> <a href='/help/terms'>%s</a> "
                        "<a href='/help/legal'>%s</a> <a href='/help/privacy'>%s</a>",
                        word(shop, "Contact us", "Nous contacter"),
                        word(shop, "Delivery", "Livraison"),
                        word(shop, "Returns", "Retours"),
                        word(shop, "Terms and conditions", "Conditions générales de vente"),
                        word(shop, "Legal notice", "Mentions légales"),
                        word(shop, "Privacy policy", "Politique de confidentialité"));
}

static const char *search_form(const FakeShop *shop, Arena *arena, const char *query)
{
    if (is(shop, SHOP_NO_SEARCH))
        return "";
    return arena_printf(
        arena,
        "<form role='search' action='/search'><input type='search' name='q' "
        "value='%s' aria-label='%s'><button>%s</button></form>",
        query, word(shop, "Search", "Rechercher"), word(shop, "Search", "Rechercher"));
}

static const char *frame(const FakeShop *shop, Arena *arena, const char *title,
                         const char *query, const char *main)
{
    if (is(shop, SHOP_SHELL))
        return "<!doctype html><html lang='en'><head><title>Shop</title>"
               "<script src='/bundle.js'></script></head><body><div id='root'></div>"
               "<script src='/vendor.js'></script></body></html>";
    return arena_printf(
        arena,
        "<!doctype html><html lang='%s'><head><meta charset='utf-8'><title>%s</title>%s</head>"
        "<body><header><a href='/'>Luma</a><nav><ul><li><a href='/c/lamps'>%s</a></li>"
        "<li><a href='/c/chairs'>%s</a></li><li><a href='/account'>%s</a></li></ul></nav>%s"
        "<a href='/cart'>%s (%d)</a></header><main>%s</main><footer>%s</footer></body></html>",
        word(shop, "en", "fr"), title,
        is(shop, SHOP_SCRIPTS) ? "<script src='/app.js'></script>" : "",
        word(shop, "Lamps", "Luminaires"), word(shop, "Chairs", "Chaises"),
        word(shop, "My account", "Mon compte"), search_form(shop, arena, query),
        word(shop, "Cart", "Panier"), shop->quantity, main, footer(shop, arena));
}

static const char *const NAMES[][2] = {
    {"Aurora desk lamp", "Lampe de bureau Aurore"},
    {"Meadow floor lamp", "Lampadaire Prairie"},
    {"Harbour lantern", "Lanterne du Port"},
    {"Nomad reading light", "Liseuse Nomade"},
};

static const char *name(const FakeShop *shop, int i)
{
    return word(shop, NAMES[i][0], NAMES[i][1]);
}

static const char *cards(const FakeShop *shop, Arena *arena)
{
    const char *html = "<ul class='products'>";
    for (int i = 0; i < 4; i++)
        html = arena_printf(
            arena,
            "%s<li class='card'><a href='/p/%d'><img src='/i/%d.jpg' alt=''>"
            "<h3>%s</h3></a><span class='price'>%s</span></li>",
            html, i + 1, i + 1, name(shop, i), money(shop, arena, PRICE + i * 500));
    return arena_printf(arena, "%s</ul>", html);
}

static const char *home(const FakeShop *shop, Arena *arena)
{
    const char *main = arena_printf(
        arena,
        "<h1>%s</h1><p>Lamps and chairs for quiet evenings, made in small workshops, sent to your "
        "door within three days. We answer every letter, repair what breaks, and take back what "
        "does not please within thirty days. Our workshop is open to visitors all year round.</p>%s",
        word(shop, "Light for long evenings", "De la lumière pour les soirées"),
        cards(shop, arena));
    return frame(shop, arena, "Luma", "", main);
}

static const char *category(const FakeShop *shop, Arena *arena)
{
    const char *title = word(shop, "Lamps", "Luminaires");
    return frame(shop, arena, title, "",
                 arena_printf(arena, "<h1>%s</h1><p>4 %s</p>%s", title,
                              word(shop, "products", "produits"), cards(shop, arena)));
}

/* Finds "lamp", "aurora", ... by plain comparison, as a small shop does. */
static const char *search(const FakeShop *shop, Arena *arena, const char *query)
{
    const char *html = "";
    int found = 0;
    for (int i = 0; i < 4; i++) {
        if (!*query || !str_contains_nocase(str_of(name(shop, i)), str_of(query)))
            continue;
        found++;
        html = arena_printf(
            arena,
            "%s<li class='card'><a href='/p/%d'><img src='/i/%d.jpg' alt=''>"
            "<h3>%s</h3></a><span class='price'>%s</span></li>",
            html, i + 1, i + 1, name(shop, i), money(shop, arena, PRICE + i * 500));
    }
    const char *title = word(shop, "Search results", "Résultats de recherche");
    const char *main =
        found > 0
            ? arena_printf(arena, "<h1>%s: %s</h1><p>%d %s</p><ul class='products'>%s</ul>",
                           title, query, found, word(shop, "results", "résultats"), html)
            : arena_printf(arena, "<h1>%s</h1><p>%s</p>", title,
                           word(shop, "No results were found for your search.",
                                "Aucun résultat pour votre recherche."));
    return frame(shop, arena, title, query, main);
}

static const char *variants(const FakeShop *shop)
{
    if (!is(shop, SHOP_VARIANTS))
        return "";
    return "<label for='size'>Size</label><select id='size' name='size' required>"
           "<option value=''>Choose a size</option><option value='s' disabled>Small</option>"
           "<option value='m'>Medium</option><option value='l'>Large</option></select>";
}

static const char *buy_buttons(const FakeShop *shop, Arena *arena)
{
    const char *now = is(shop, SHOP_BUY_NOW)
                          ? "<button type='submit' formaction='/buy-now'>Buy now</button>"
                          : "";
    return arena_printf(arena, "%s<button type='submit'>%s</button>", now,
                        word(shop, "Add to cart", "Ajouter au panier"));
}

static const char *product(const FakeShop *shop, Arena *arena, int i, const char *message)
{
    const char *inner = arena_printf(
        arena,
        "<input type='hidden' name='id' value='%d'>%s<label>%s <input type='number' "
        "name='quantity' value='1' min='1'></label>",
        i + 1, variants(shop), word(shop, "Quantity", "Quantité"));
    const char *form =
        is(shop, SHOP_LOOSE_BUTTON)
            ? arena_printf(arena,
                           "<div class='buy'><button type='button'>%s</button></div>",
                           word(shop, "Add to cart", "Ajouter au panier"))
            : arena_printf(arena, "<form %s>%s%s</form>",
                           is(shop, SHOP_GET_TRAP) ? ""
                                                   : "method='post' action='/cart/add'",
                           inner, buy_buttons(shop, arena));
    const char *main = arena_printf(
        arena,
        "%s<h1>%s</h1><img src='/i/%d.jpg' alt='%s'><p class='price'>%s</p><p>%s</p>%s"
        "<p>%s</p><script type='application/ld+json'>{\"@context\":\"https://schema.org\","
        "\"@type\":\"Product\",\"name\":\"%s\",\"sku\":\"L-%d\",\"offers\":{\"@type\":\"Offer\","
        "\"price\":\"%d.%02d\",\"priceCurrency\":\"%s\",\"availability\":"
        "\"https://schema.org/InStock\"}}</script>",
        message, name(shop, i), i + 1, name(shop, i), money(shop, arena, PRICE + i * 500),
        word(shop, "In stock", "En stock"), form,
        word(shop, "A lamp of oak and linen for the desk.",
             "Une lampe de chêne et de lin."),
        name(shop, i), i + 1, (PRICE + i * 500) / 100, (PRICE + i * 500) % 100,
        is(shop, SHOP_FRENCH) ? "EUR" : "GBP");
    return frame(shop, arena, name(shop, i), "", main);
}

static int unit_cents(const FakeShop *shop)
{
    return is(shop, SHOP_PRICE_RISES) ? PRICE + 300 : PRICE;
}

/* What a shop that checks gives back after a refusal. */
static const char *kept(const FakeShop *shop, const char *value)
{
    return is(shop, SHOP_CHECKS) && shop->refusals > 0 ? value : "";
}

static const char *address_form(const FakeShop *shop, Arena *arena, const char *action)
{
    return arena_printf(
        arena,
        "<form method='post' action='%s'>"
        "<p><label for='m'>%s *</label><input id='m' name='email' type='email' required "
        "value='%s' autocomplete='email'></p>"
        "<p><label for='f'>%s *</label><input id='f' name='firstname' required "
        "value='%s' autocomplete='given-name'></p>"
        "<p><label for='l'>%s *</label><input id='l' name='lastname' required "
        "value='%s' autocomplete='family-name'></p>"
        "<p><label for='a'>%s *</label><input id='a' name='address1' required "
        "value='%s' autocomplete='address-line1'></p>"
        "<p><label for='z'>%s *</label><input id='z' name='postcode' required "
        "autocomplete='postal-code'></p>"
        "<p><label for='c'>%s *</label><input id='c' name='city' required "
        "value='%s' autocomplete='address-level2'></p>"
        "<p><label for='k'>%s *</label><select id='k' name='country' autocomplete='country' "
        "required><option value=''>-</option><option value='DE'>Germany</option><option "
        "value='FR'>France</option><option value='GB'>United Kingdom</option></select></p>"
        "<p><label for='t'>%s</label><input id='t' name='phone' type='tel' "
        "autocomplete='tel'></p>"
        "<div style='display:none'><input name='website'></div>"
        "<button type='submit'>%s</button></form>",
        action, word(shop, "E-mail", "Adresse e-mail"),
        kept(shop, "alex.example@example.com"), word(shop, "First name", "Prénom"),
        kept(shop, "Alex"), word(shop, "Last name", "Nom"), kept(shop, "Example"),
        word(shop, "Address", "Adresse"), kept(shop, "1 Example Street"),
        word(shop, "Postal code", "Code postal"), word(shop, "City", "Ville"),
        kept(shop, "London"), word(shop, "Country", "Pays"),
        word(shop, "Phone", "Téléphone"),
        is(shop, SHOP_BARE_ORDER) ? "Submit" : word(shop, "Continue", "Continuer"));
}

static const char *payment_part(const FakeShop *shop, Arena *arena)
{
    return arena_printf(
        arena,
        "<fieldset><legend>%s</legend><label><input type='radio' name='payment' value='card'> "
        "%s</label><label><input type='radio' name='payment' value='transfer'> %s</label>"
        "</fieldset><p>%s: %s</p><p><strong>%s: %s</strong></p>"
        "<p><a href='/help/terms'>%s</a></p><button type='submit'>%s</button>",
        word(shop, "Payment method", "Mode de paiement"),
        word(shop, "Credit card", "Carte bancaire"),
        word(shop, "Bank transfer", "Virement"), word(shop, "Delivery", "Livraison"),
        money(shop, arena, DELIVERY), word(shop, "Total", "Total"),
        money(shop, arena, unit_cents(shop) + DELIVERY + (is(shop, SHOP_FEE) ? FEE : 0)),
        word(shop, "Terms and conditions", "Conditions générales de vente"),
        is(shop, SHOP_WEAK_CONTINUE)
            ? word(shop, "Continue", "Continuer")
            : word(shop, "Order and pay", "Commander avec obligation de paiement"));
}

static const char *payment_page(const FakeShop *shop, Arena *arena)
{
    const char *title = word(shop, "Payment", "Paiement");
    return frame(shop, arena, title, "",
                 arena_printf(arena,
                              "<h1>%s</h1><form method='post' action='/checkout/done'>%s"
                              "</form>",
                              title, payment_part(shop, arena)));
}

static const char *cart(const FakeShop *shop, Arena *arena)
{
    const char *title = word(shop, "Your cart", "Votre panier");
    if (is(shop, SHOP_SCRIPT_CART))
        return frame(shop, arena, title, "",
                     "<h1>Your cart</h1><div id='cart-root' data-props='{}'></div>"
                     "<script>fetch('/api/cart').then(r=>r.text()).then(t=>{"
                     "document.getElementById('cart-root').innerHTML=t})</script>");
    if (shop->quantity == 0)
        return frame(
            shop, arena, title, "",
            arena_printf(arena, "<h1>%s</h1><p>%s</p>", title,
                         word(shop, "Your cart is empty.", "Votre panier est vide.")));
    int total = unit_cents(shop) * shop->quantity;
    const char *ending =
        is(shop, SHOP_BARE_ORDER) ? address_form(shop, arena, "/orders")
        : is(shop, SHOP_ONE_PAGE)
            ? arena_printf(arena, "%s<form method='post' action='/checkout/done'>%s</form>",
                           address_form(shop, arena, "/checkout/address"),
                           payment_part(shop, arena))
            : arena_printf(arena, "<a class='button' href='/checkout'>%s</a>",
                           word(shop, "Proceed to checkout", "Passer la commande"));
    const char *delivery =
        is(shop, SHOP_HIDDEN_COST)
            ? ""
            : arena_printf(arena, "<tr><td>%s</td><td>%s</td></tr>",
                           word(shop, "Delivery cost", "Frais de livraison"),
                           money(shop, arena, DELIVERY));
    return frame(
        shop, arena, title, "",
        arena_printf(
            arena,
            "<h1>%s</h1><table class='cart'><thead><tr><th>%s</th><th>%s</th><th>%s</th><th>%s"
            "</th><th></th></tr></thead><tbody><tr class='cart-item'><td><a href='/p/1'>%s</a>"
            "</td><td>%s</td><td><form method='post' action='/cart/update'><input type='number' "
            "name='quantity' value='%d' aria-label='%s'><button>%s</button></form></td><td>%s</td>"
            "<td><form method='post' action='/cart/remove'><input type='hidden' name='id' "
            "value='1'><button>%s</button></form></td></tr></tbody></table><table class='totals'>"
            "%s<tr><th>%s</th><td>%s</td></tr></table>%s",
            title, word(shop, "Product", "Produit"), word(shop, "Price", "Prix"),
            word(shop, "Quantity", "Quantité"), word(shop, "Sum", "Somme"), name(shop, 0),
            money(shop, arena, unit_cents(shop)), shop->quantity,
            word(shop, "Quantity", "Quantité"), word(shop, "Update", "Actualiser"),
            money(shop, arena, total), word(shop, "Remove", "Supprimer"), delivery,
            word(shop, "Total", "Total"),
            money(shop, arena, total + (*delivery ? DELIVERY : 0)), ending));
}

static FakeAnswer page(const char *html)
{
    return (FakeAnswer){.status = 200, .html = html};
}

static FakeAnswer redirect(const char *location)
{
    return (FakeAnswer){.status = 303, .html = "", .location = location};
}

static FakeAnswer add(FakeShop *shop, Arena *arena, const char *body)
{
    if (is(shop, SHOP_SAYS_ERROR))
        return page(
            product(shop, arena, 0,
                    "<div role='alert' class='error'>This article cannot be ordered at "
                    "the moment.</div>"));
    if (is(shop, SHOP_VARIANTS) && !strstr(body, "size=m") && !strstr(body, "size=l"))
        return page(product(shop, arena, 0,
                            "<div role='alert' class='error'>Please choose a size.</div>"));
    if (is(shop, SHOP_MEMBERS))
        return redirect("/account");
    if (is(shop, SHOP_LIES))
        return page(
            product(shop, arena, 0,
                    "<div role='status'>The product was added to your cart.</div>"));
    shop->quantity++;
    return redirect("/cart");
}

static const char *login(const FakeShop *shop, Arena *arena)
{
    const char *guest =
        is(shop, SHOP_GUEST_CHOICE)
            ? "<h2>New here?</h2><a class='button' href='/checkout?guest=1'>"
              "Continue as guest</a>"
            : "";
    return frame(
        shop, arena, "Sign in", "",
        arena_printf(arena,
                     "<h1>Sign in</h1><form method='post' action='/login'><label>E-mail "
                     "<input type='email' name='email' required></label><label>Password "
                     "<input type='password' name='password' required "
                     "autocomplete='current-password'></label><button>Sign in</button>"
                     "</form>%s",
                     guest));
}

static FakeAnswer checkout(FakeShop *shop, Arena *arena, const char *path)
{
    const char *title = word(shop, "Checkout", "Commande");
    if (shop->quantity == 0 && is(shop, SHOP_EMPTY_REDIRECTS))
        return redirect("/cart");
    if (is(shop, SHOP_REFUSES))
        return page(
            frame(shop, arena, title, "",
                  "<h1>Checkout</h1><p class='error'>The minimum order is £100.</p>"));
    if (is(shop, SHOP_PAYMENT_FIRST))
        return page(payment_page(shop, arena));
    bool is_guest = strstr(path, "guest=1") != NULL;
    if (is(shop, SHOP_LOGIN_WALL) || (is(shop, SHOP_GUEST_CHOICE) && !is_guest))
        return page(login(shop, arena));
    return page(frame(shop, arena, title, "",
                      arena_printf(arena, "<h1>%s</h1><h2>%s</h2>%s", title,
                                   word(shop, "Your address", "Votre adresse"),
                                   address_form(shop, arena, "/checkout/address"))));
}

static FakeAnswer address(FakeShop *shop, Arena *arena, const char *body)
{
    bool is_refused = (is(shop, SHOP_LOSES_DATA) && shop->refusals == 0) ||
                      (is(shop, SHOP_CHECKS) && strstr(body, "postcode=+"));
    if (is_refused) {
        shop->refusals++;
        const char *main = arena_printf(
            arena,
            "<h1>Checkout</h1><div role='alert' class='error'>Please check your postal code."
            "</div>%s",
            address_form(shop, arena, "/checkout/address"));
        return page(frame(shop, arena, "Checkout", "", main));
    }
    shop->has_address = strstr(body, "email=") && !strstr(body, "email=&") &&
                        strstr(body, "website=&") == NULL;
    return redirect("/checkout/delivery");
}

static const char *delivery_page(const FakeShop *shop, Arena *arena)
{
    const char *title = word(shop, "Delivery", "Livraison");
    return frame(
        shop, arena, title, "",
        arena_printf(
            arena,
            "<h1>%s</h1><form method='post' action='/checkout/delivery'><fieldset>"
            "<legend>%s</legend><label><input type='radio' name='shipping_method' "
            "value='express'> %s %s</label><label><input type='radio' "
            "name='shipping_method' value='home'> %s %s</label></fieldset><button>%s"
            "</button></form>",
            title, word(shop, "Delivery method", "Mode de livraison"),
            word(shop, "Express delivery", "Livraison express"), money(shop, arena, 1290),
            word(shop, "Home delivery", "Livraison à domicile"),
            money(shop, arena, DELIVERY), word(shop, "Continue", "Continuer")));
}

static FakeAnswer help(const FakeShop *shop, Arena *arena, const char *topic)
{
    const char *text =
        "<p>We are a small workshop that sends lamps and chairs to all of the country. Whatever "
        "question you have, we like to hear from you, and we answer every letter ourselves within "
        "two days. Here you find what you need to know, in plain words, without small print.</p>";
    if (strcmp(topic, "contact") == 0)
        return page(
            frame(shop, arena, word(shop, "Contact us", "Nous contacter"), "",
                  arena_printf(arena,
                               "<h1>%s</h1>%s<p>%s</p><a href='/help/contact'>"
                               "hello@example.com</a> <a href='tel:+442079460958'>020 7946 "
                               "0958</a><form method='post' action='/message'><input "
                               "type='email' name='email'><textarea name='text'></textarea>"
                               "<button>Send</button></form>",
                               word(shop, "Contact us", "Nous contacter"), text,
                               word(shop, "We reply within 24 hours.",
                                    "Nous répondons sous 24 heures."))));
    return page(frame(shop, arena, topic, "",
                      arena_printf(arena, "<h1>%s</h1>%s%s", topic, text, text)));
}

static FakeAnswer post(FakeShop *shop, Arena *arena, const char *path, const char *body)
{
    shop->last_body = arena_text(arena, body);
    if (strcmp(path, "/cart/add") == 0)
        return add(shop, arena, body);
    if (strcmp(path, "/cart/remove") == 0 || strcmp(path, "/cart/update") == 0) {
        shop->quantity = 0;
        return redirect("/cart");
    }
    if (strcmp(path, "/buy-now") == 0)
        return redirect("/checkout");
    if (strcmp(path, "/checkout/address") == 0)
        return address(shop, arena, body);
    if (strcmp(path, "/checkout/delivery") == 0) {
        shop->has_delivery = strstr(body, "shipping_method=") != NULL;
        return redirect(shop->has_delivery ? "/checkout/payment" : "/checkout/delivery");
    }
    if (strcmp(path, "/checkout/done") == 0 || strcmp(path, "/orders") == 0)
        shop->orders++;
    if (strcmp(path, "/message") == 0)
        shop->messages++;
    return page(frame(shop, arena, "Thank you", "", "<h1>Thank you</h1>"));
}

static FakeAnswer get(FakeShop *shop, Arena *arena, const char *path)
{
    if (strcmp(path, "/") == 0)
        return page(home(shop, arena));
    if (strncmp(path, "/c/", 3) == 0)
        return page(category(shop, arena));
    if (strncmp(path, "/search", 7) == 0)
        return page(search(shop, arena, strstr(path, "q=") ? strstr(path, "q=") + 2 : ""));
    if (strncmp(path, "/p/", 3) == 0)
        return page(product(shop, arena, path[3] - '1', ""));
    if (strcmp(path, "/cart") == 0)
        return page(cart(shop, arena));
    if (strcmp(path, "/checkout/delivery") == 0)
        return page(delivery_page(shop, arena));
    if (strcmp(path, "/checkout/payment") == 0)
        return page(payment_page(shop, arena));
    if (strncmp(path, "/checkout", 9) == 0)
        return checkout(shop, arena, path);
    if (strcmp(path, "/account") == 0)
        return page(login(shop, arena));
    if (strncmp(path, "/help/", 6) == 0)
        return help(shop, arena, path + 6);
    if (is(shop, SHOP_SOFT_404))
        return page(home(shop, arena));
    return (FakeAnswer){
        .status = 404,
        .html = frame(shop, arena, word(shop, "Page not found", "Page introuvable"), "",
                      word(shop, "<h1>Page not found</h1>", "<h1>Page introuvable</h1>"))};
}

const char *fake_frame(const FakeShop *shop, Arena *arena, const char *title,
                       const char *main)
{
    return frame(shop, arena, title, "", main);
}

FakeAnswer fake_page(const char *html)
{
    return page(html);
}

FakeAnswer fake_redirect(const char *location)
{
    return redirect(location);
}

FakeAnswer fake_shop_answer(FakeShop *shop, Arena *arena, const char *method,
                            const char *path, const char *body)
{
    shop->requests++;
    if (shop->hook) {
        FakeAnswer own = shop->hook(shop, arena, method, path, body);
        if (own.status != 0)
            return own;
    }
    if (is(shop, SHOP_WALL))
        return (FakeAnswer){
            .status = 403,
            .html = "<!doctype html><title>Just a moment...</title><body>Checking "
                    "your browser before accessing the shop. cf-challenge</body>"};
    return strcmp(method, "POST") == 0 ? post(shop, arena, path, body)
                                       : get(shop, arena, path);
}

void test_fake_shop__keeps_what_is_added(void)
{
    Arena *arena = arena_create();
    FakeShop shop = {0};
    FakeAnswer answer =
        fake_shop_answer(&shop, arena, "POST", "/cart/add", "id=1&quantity=1");
    assert_string_equal(answer.location, "/cart");
    assert_int_equal(shop.quantity, 1);
    arena_release(arena);
}
