/* languages_test.c - a shop in five languages is walked by words alone: no telling address,
 * no class, no known software. Tests walk.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"

/** What the shop says. */
typedef struct Labels {
    const char *language, *search, *cart, *add, *empty, *remove, *checkout, *total;
    const char *mail, *name, *street, *code, *city, *go_on, *payment, *card, *order;
} Labels;

static const Labels LABELS[] = {
    {"en", "Search", "Basket", "Add to basket", "Your basket is empty.", "Remove",
     "Proceed to checkout", "Total", "E-mail", "Full name", "Address", "Postcode", "City",
     "Continue", "Payment method", "Credit card", "Pay now"},
    {"fr", "Rechercher", "Panier", "Ajouter au panier", "Votre panier est vide.",
     "Supprimer", "Passer la commande", "Total", "Adresse e-mail", "Nom complet", "Adresse",
     "Code postal", "Ville", "Continuer", "Mode de paiement", "Carte bancaire", "Payer"},
    {"de", "Suchen", "Warenkorb", "In den Warenkorb", "Ihr Warenkorb ist leer.",
     "Entfernen", "Zur Kasse", "Gesamtsumme", "E-Mail", "Vollständiger Name", "Straße",
     "Postleitzahl", "Ort", "Weiter", "Zahlungsart", "Kreditkarte",
     "Zahlungspflichtig bestellen"},
    {"es", "Buscar", "Carrito", "Añadir al carrito", "Tu carrito está vacío.", "Eliminar",
     "Finalizar compra", "Total", "Correo electrónico", "Nombre y apellidos", "Dirección",
     "Código postal", "Ciudad", "Continuar", "Método de pago", "Tarjeta de crédito",
     "Pagar"},
    {"it", "Cerca", "Carrello", "Aggiungi al carrello", "Il carrello è vuoto.", "Rimuovi",
     "Procedi al checkout", "Totale", "E-mail", "Nome e cognome", "Indirizzo", "CAP",
     "Città", "Continua", "Metodo di pagamento", "Carta di credito", "Paga ora"},
};

static FakeAnswer page(Arena *arena, const Labels *labels, const char *main)
{
    return fake_page(arena_printf(
        arena,
        "<!doctype html><html lang='%s'><head><meta charset='utf-8'><title>Aurora</title>"
        "</head><body><header><a href='/'>Aurora</a><form action='/1'><input name='w' "
        "aria-label='%s'><button>%s</button></form><a href='/4'>%s</a></header><main>%s"
        "</main></body></html>",
        labels->language, labels->search, labels->search, labels->cart, main));
}

static FakeAnswer list(Arena *arena, const Labels *labels)
{
    const char *html = "<h1>Aurora</h1>";
    for (int i = 0; i < 4; i++)
        html = arena_printf(arena,
                            "%s<div><a href='/3?i=%d'><img src='/%d.jpg' alt=''></a><h3><a "
                            "href='/3?i=%d'>Lampada Nova %d</a></h3><p>%d,00 €</p></div>",
                            html, i, i, i, i, 42 + i);
    return page(arena, labels, html);
}

static FakeAnswer cart(Arena *arena, const Labels *labels, int quantity)
{
    if (quantity == 0)
        return page(
            arena, labels,
            arena_printf(arena, "<h1>%s</h1><p>%s</p>", labels->cart, labels->empty));
    return page(
        arena, labels,
        arena_printf(arena,
                     "<h1>%s</h1><table><tr><td><a href='/3?i=0'>Lampada Nova 0</a>"
                     "</td><td>1</td><td>42,00 €</td><td><form method='post' "
                     "action='/6'><button>%s</button></form></td></tr></table><p>%s: "
                     "42,00 €</p><a href='/7'>%s</a>",
                     labels->cart, labels->remove, labels->total, labels->checkout));
}

static FakeAnswer address(Arena *arena, const Labels *labels)
{
    return page(
        arena, labels,
        arena_printf(
            arena,
            "<form method='post' action='/8'><p><label for='a'>%s</label><input "
            "id='a' name='a' type='email' required></p><p><label for='b'>%s</label>"
            "<input id='b' name='b' required></p><p><label for='c'>%s</label><input "
            "id='c' name='c' required></p><p><label for='d'>%s</label><input id='d' "
            "name='d' required></p><p><label for='e'>%s</label><input id='e' "
            "name='e' required></p><button>%s</button></form>",
            labels->mail, labels->name, labels->street, labels->code, labels->city,
            labels->go_on));
}

static FakeAnswer payment(Arena *arena, const Labels *labels)
{
    return page(
        arena, labels,
        arena_printf(arena,
                     "<form method='post' action='/checkout/done'><fieldset><legend>"
                     "%s</legend><label><input type='radio' name='p' value='1'> %s"
                     "</label></fieldset><p>%s: 42,00 €</p><button>%s</button>"
                     "</form>",
                     labels->payment, labels->card, labels->total, labels->order));
}

static FakeAnswer polyglot(FakeShop *shop, Arena *arena, const char *method,
                           const char *path, const char *body)
{
    const Labels *labels = &LABELS[shop->count];
    (void)method;
    if (strcmp(path, "/5") == 0 || strcmp(path, "/6") == 0) {
        shop->quantity = strcmp(path, "/5") == 0;
        return fake_redirect("/4");
    }
    if (strcmp(path, "/8") == 0) {
        /* Nothing is asked in vain: every field holds something. */
        shop->has_address = !strstr(body, "=&") && body[strlen(body) - 1] != '=';
        return fake_redirect("/9");
    }
    if (strcmp(path, "/9") == 0)
        return payment(arena, labels);
    if (strcmp(path, "/7") == 0)
        return address(arena, labels);
    if (strcmp(path, "/4") == 0)
        return cart(arena, labels, shop->quantity);
    if (strncmp(path, "/3", 2) == 0)
        return page(
            arena, labels,
            arena_printf(arena,
                         "<h1>Lampada Nova 0</h1><img src='/0.jpg' alt=''><p>42,00 €"
                         "</p><form method='post' action='/5'><button>%s</button>"
                         "</form>",
                         labels->add));
    if (strcmp(path, "/") == 0 || strncmp(path, "/1", 2) == 0)
        return list(arena, labels);
    return (FakeAnswer){.status = 404, .html = "<html><body>404</body></html>"};
}

void test_walk__buys_in_five_languages_by_words_alone(void)
{
    for (int i = 0; i < (int)COUNT_OF(LABELS); i++) {
        FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
        fake->shop.hook = polyglot;
        fake->shop.count = i;
        fake->options.use_platform_hints = false;
        fake_walk(fake);
        if (fake->visit->outcome != VISIT_STOPPED_BEFORE_PAYMENT)
            fail_msg("%s: %s", LABELS[i].language, fake->visit->reason);
        assert_true(fake_truth(fake, "cart.add_worked"));
        assert_true(fake_truth(fake, "cart.price_matches"));
        assert_true(fake_truth(fake, "cart.emptied"));
        assert_true(fake->shop.has_address);
        assert_string_equal(fake->visit->door, "payment");
        fake_release(fake);
    }
}
