/* lexicon.c - the order lexicon and its matcher.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/lexicon.h"

#include <stdint.h>

#include "base/attr.h"
#include "dom/text.h"

/* Patterns: words separated by one space. "word" matches itself, "word~" any word that
 * begins so, "*" nothing up to three words; "^" and "$" stand for both ends of the name. */

static const char *const ORDERS[] = {
    /* English */
    "place * order",
    "place order",
    "submit * order",
    "send * order",
    "create * order",
    "confirm * order",
    "complete * order",
    "finish * order",
    "finalise * order",
    "finalize * order",
    "complete * purchase",
    "confirm * purchase",
    "finish * purchase",
    "make * purchase",
    "confirm * payment",
    "submit * payment",
    "make * payment",
    "complete * payment",
    "process * payment",
    "authorise * payment",
    "authorize * payment",
    "pay now",
    "^ pay",
    "pay securely",
    "and pay",
    "to pay $",
    "pay * order",
    "order now",
    "order and pay",
    "order with obligation",
    "buy now",
    "buy it now",
    "purchase now",
    "^ order $",
    "^ buy $",
    "^ purchase $",
    "complete checkout",
    "finish checkout",
    "complete booking",
    "book now",
    /* French */
    "payer",
    "paie",
    "paye",
    "payez",
    "regler * commande",
    "^ regler",
    "regler * achat",
    "valider * commande",
    "confirmer * commande",
    "finaliser * commande",
    "passer * commande",
    "envoyer * commande",
    "terminer * commande",
    "^ commander",
    "je commande",
    "commander et",
    "obligation de paiement",
    "acheter maintenant",
    "achat immediat",
    "confirmer * achat",
    "finaliser * achat",
    "valider * achat",
    "valider * paiement",
    "confirmer * paiement",
    "effectuer * paiement",
    "finaliser * paiement",
    "commandez",
    /* German */
    "zahlungspflichtig~",
    "kostenpflichtig~",
    "verbindlich~",
    "jetzt kaufen",
    "^ kaufen $",
    "jetzt bestellen",
    "^ bestellen $",
    "bestellung * abschliessen",
    "bestellung * absenden",
    "bestellung * abschicken",
    "bestellung * aufgeben",
    "bestellung * bestatigen",
    "bestellung * bestaetigen",
    "bezahlen",
    "kauf * abschliessen",
    "kauf * bestatigen",
    "zahlung * bestatigen",
    "zahlung * abschliessen",
    "jetzt zahlen",
    "und zahlen",
    "zahlen $",
    "buy * bestellen",
    /* Spanish and Portuguese */
    "realizar * pedido",
    "confirmar * pedido",
    "finalizar * pedido",
    "finalizar * compra",
    "confirmar * compra",
    "completar * pedido",
    "completar * compra",
    "terminar * compra",
    "tramitar * pedido",
    "hacer * pedido",
    "enviar * pedido",
    "comprar ahora",
    "comprar agora",
    "comprar ya",
    "^ comprar $",
    "pagar",
    "confirmar * pago",
    "realizar * pago",
    "obligacion de pago",
    "fazer * pedido",
    "concluir * pedido",
    "concluir * compra",
    "finalizar * encomenda",
    "confirmar * encomenda",
    "confirmar * pagamento",
    "efetuar * pagamento",
    /* Italian */
    "conferma * ordine",
    "confermare * ordine",
    "effettua * ordine",
    "invia * ordine",
    "completa * ordine",
    "concludi * ordine",
    "inoltra * ordine",
    "inoltrare * ordine",
    "termina * ordine",
    "acquista ora",
    "acquista subito",
    "compra ora",
    "^ acquista $",
    "^ ordina",
    "paga",
    "completa * acquisto",
    "conferma * acquisto",
    "concludi * acquisto",
    "conferma * pagamento",
    "effettua * pagamento",
    "completa * pagamento",
    "obbligo di pagamento",
    "obbligo di pagare",
    /* Dutch, Polish, Scandinavian, Czech */
    "bestelling * plaatsen",
    "plaats * bestelling",
    "bestelling * afronden",
    "betalen",
    "nu kopen",
    "nu bestellen",
    "bevestig * bestelling",
    "zamawiam~",
    "kupuje~",
    "zaplac~",
    "potwierdzam * zakup",
    "zloz * zamowienie",
    "betala",
    "betal",
    "slutfor~",
    "lagg * bestallning",
    "gennemfor~",
    "bekraft * kop",
    "bekreft * kjop",
    "fullfor * kjop",
    "zaplatit~",
    "objednat~",
    "zavazne~",
};

static const char *const AT_ONCE[] = {
    "buy now",           "buy it now",         "purchase now",   "order now",
    "^ buy $",           "acheter maintenant", "achat immediat", "achat express",
    "acheter en 1 clic", "jetzt kaufen",       "sofort kaufen",  "comprar ahora",
    "comprar ya",        "comprar agora",      "acquista ora",   "acquista subito",
    "compra ora",        "nu kopen",           "kup teraz",      "one click~",
    "1 click~",          "en un clic",         "1 klick~",       "mit einem klick",
    "un solo clic",      "buy instantly",      "instant buy",
};

static const char *const WALLETS[] = {
    "paypal~",
    "pay pal",
    "apple pay",
    "applepay~",
    "google pay",
    "googlepay~",
    "gpay~",
    "g pay",
    "amazon pay~",
    "amazonpay~",
    "shop pay",
    "shoppay~",
    "shopify payment",
    "klarna~",
    "paylib~",
    "alipay~",
    "wechat pay",
    "venmo~",
    "cash app",
    "afterpay~",
    "clearpay~",
    "payconiq~",
    "bancontact~",
    "satispay~",
    "mobilepay~",
    "vipps~",
    "revolut pay",
    "samsung pay",
    "pay with link",
    "express checkout",
    "checkout express",
    "paiement express",
    "express kaufen",
    "pago expres~",
    "scalapay~",
    "meta pay",
    "sofortuberweisung~",
    "giropay~",
    "przelewy24",
};

/* A name is "finish" when every word is here or in FILLERS. */
static const char *const FINISH[] = {
    "submit",       "ok",       "okay",       "confirm",     "validate",  "finish",
    "done",         "complete", "send",       "go",          "accept",    "agree",
    "apply",        "yes",      "finalise",   "finalize",    "process",   "valider",
    "confirmer",    "terminer", "finaliser",  "envoyer",     "accepter",  "validez",
    "soumettre",    "oui",      "bestatigen", "bestaetigen", "absenden",  "abschicken",
    "abschliessen", "senden",   "fertig",     "ja",          "zustimmen", "confirmar",
    "finalizar",    "enviar",   "terminar",   "aceptar",     "completar", "si",
    "aceitar",      "concluir", "conferma",   "confermare",  "termina",   "invia",
    "completa",     "accetta",  "concludi",   "bevestigen",  "verzenden", "afronden",
    "potwierdz",    "wyslij",   "bekrafta",   "bekraeft",    "bekreft",   "skicka",
    "envia",        "valida",   "verstuur",
};

static const char *const CONTINUE[] = {
    "continue",   "next",      "proceed",    "forward",     "save",     "continuer",
    "suivant",    "suivante",  "poursuivre", "enregistrer", "etape",    "weiter",
    "fortfahren", "speichern", "nachster",   "naechster",   "schritt",  "continuar",
    "siguiente",  "guardar",   "paso",       "seguinte",    "proximo",  "continua",
    "avanti",     "prosegui",  "salva",      "procedi",     "step",     "verder",
    "volgende",   "opslaan",   "dalej",      "nastepny",    "fortsatt", "naesta",
    "nasta",      "videre",    "naeste",     "pokracovat",  "avancar",  "passo",
};

static const char *const FILLERS[] = {
    "and", "to",  "the", "my",  "your",  "a",    "now",   "et",   "la",  "le",
    "les", "l",   "au",  "a",   "mon",   "ma",   "votre", "je",   "und", "zum",
    "zur", "den", "die", "das", "jetzt", "y",    "e",     "el",   "al",  "mi",
    "il",  "en",  "i",   "och", "og",    "here", "ici",   "hier",
};

static const char *const EARLY[] = {
    "delivery",    "shipping",     "address",      "guest",         "checkout",
    "check out",   "login",        "cart",         "basket",        "bag",
    "information", "details",      "livraison",    "adresse",       "invite",
    "expedition",  "caisse",       "panier",       "coordonnees",   "sans compte",
    "sans creer",  "versand~",     "lieferung~",   "lieferadresse", "gast~",
    "kasse",       "warenkorb",    "ohne",         "envio",         "direccion",
    "invitado",    "cesta",        "carrito",      "entrega",       "spedizione",
    "consegna",    "indirizzo",    "ospite",       "cassa",         "carrello",
    "verzending",  "bezorging",    "adres",        "account",       "compte",
    "konto",       "cuenta",       "au paiement",  "to payment",    "zur zahlung",
    "al pago",     "al pagamento", "zum bezahlen", "review",
};

static const char *const REMOVES[] = {
    "remove~", "delete",   "supprimer",  "retirer", "enlever", "entfernen",
    "loschen", "loeschen", "eliminar",   "quitar",  "borrar",  "rimuovi",
    "elimina", "togli",    "verwijder~", "usun",    "^ x $",
};

static bool word_matches(Str word, Str token)
{
    if (token.length > 1 && token.data[token.length - 1] == '~')
        return str_starts_with(word, str_slice(token, 0, token.length - 1));
    return str_equal(word, token);
}

/* Does the rest of the pattern match from word i on? Recursion depth is the number of
 * tokens of a pattern of ours. */
static bool matches_from(const ButtonWords *words, int i, Str rest)
{
    Str token;
    if (!str_next_word(&rest, &token))
        return true;
    if (str_equal(token, STR("$")))
        return i == words->count && !words->is_cut;
    if (str_equal(token, STR("*"))) {
        for (int skip = 0; skip <= 3 && i + skip <= words->count; skip++)
            if (matches_from(words, i + skip, rest))
                return true;
        return false;
    }
    return i < words->count && word_matches(words->items[i], token) &&
           matches_from(words, i + 1, rest);
}

static bool pattern_matches(const ButtonWords *words, const char *pattern)
{
    Str rest = str_of(pattern);
    if (str_starts_with(rest, STR("^ ")))
        return matches_from(words, 0, str_slice(rest, 2, rest.length));
    for (int i = 0; i < words->count; i++)
        if (matches_from(words, i, rest))
            return true;
    return false;
}

static bool any_matches(const ButtonWords *words, const char *const *patterns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pattern_matches(words, patterns[i]))
            return true;
    return false;
}

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
           (byte & 0x80) != 0;
}

void button_words(Arena *arena, const char *text, ButtonWords *words)
{
    *words = (ButtonWords){0};
    Str folded = text_fold_accents(arena, str_of(text));
    size_t i = 0;
    while (i < folded.length) {
        while (i < folded.length && !is_word_byte(folded.data[i]))
            i++;
        size_t start = i;
        while (i < folded.length && is_word_byte(folded.data[i]))
            i++;
        if (i == start)
            break;
        if (words->count == (int)COUNT_OF(words->items)) {
            words->is_cut = true;
            return;
        }
        words->items[words->count++] = str_slice(folded, start, i - start);
    }
}

bool name_orders(const ButtonWords *words)
{
    return any_matches(words, ORDERS, COUNT_OF(ORDERS));
}

bool name_orders_surely(const ButtonWords *words)
{
    static const char *const PAYS[] = {"pay",  "payer",   "bezahlen", "zahlen", "pagar",
                                       "paga", "betalen", "regler",   "betala", "zaplac~"};
    return name_orders(words) && !name_buys_at_once(words) &&
           (words->count >= 2 || any_matches(words, PAYS, COUNT_OF(PAYS)));
}

bool name_is_checkout(const ButtonWords *words)
{
    static const char *const WORDS[] = {"checkout", "check out", "kasse",    "caisse",
                                        "cassa",    "caja",      "afrekenen"};
    return any_matches(words, WORDS, COUNT_OF(WORDS));
}

bool name_is_wallet(const ButtonWords *words)
{
    return any_matches(words, WALLETS, COUNT_OF(WALLETS));
}

bool name_buys_at_once(const ButtonWords *words)
{
    return any_matches(words, AT_ONCE, COUNT_OF(AT_ONCE));
}

static bool is_in(Str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal_text(word, list[i]))
            return true;
    return false;
}

/* Every word is in the list or a filler, and at least one is in the list. */
static bool is_only(const ButtonWords *words, const char *const *list, size_t count)
{
    bool has_one = false;
    for (int i = 0; i < words->count; i++) {
        if (is_in(words->items[i], list, count))
            has_one = true;
        else if (!is_in(words->items[i], FILLERS, COUNT_OF(FILLERS)))
            return false;
    }
    return has_one && !words->is_cut;
}

bool name_is_finish(const ButtonWords *words)
{
    if (words->count == 0)
        return true;
    if (is_only(words, FINISH, COUNT_OF(FINISH)))
        return true;
    /* "confirm and continue" finishes as well. */
    bool has_finish = false;
    for (int i = 0; i < words->count; i++) {
        Str word = words->items[i];
        bool finishes = is_in(word, FINISH, COUNT_OF(FINISH));
        has_finish = has_finish || finishes;
        if (!finishes && !is_in(word, CONTINUE, COUNT_OF(CONTINUE)) &&
            !is_in(word, FILLERS, COUNT_OF(FILLERS)))
            return false;
    }
    return has_finish;
}

bool name_is_continue(const ButtonWords *words)
{
    return is_only(words, CONTINUE, COUNT_OF(CONTINUE));
}

bool name_is_early_step(const ButtonWords *words)
{
    return any_matches(words, EARLY, COUNT_OF(EARLY));
}

bool name_removes(const ButtonWords *words)
{
    return any_matches(words, REMOVES, COUNT_OF(REMOVES));
}

static bool text_has_any(Arena *arena, const char *text, const char *const *needles,
                         size_t count)
{
    if (!text || !*text)
        return false;
    Str folded = text_fold_accents(arena, str_of(text));
    for (size_t i = 0; i < count; i++) {
        size_t at = str_find(folded, str_of(needles[i]), 0);
        /* "recommande" recommends, it does not order. */
        while (at != SIZE_MAX && at >= 2 &&
               str_equal(str_slice(folded, at - 2, 2), STR("re")))
            at = str_find(folded, str_of(needles[i]), at + 1);
        if (at != SIZE_MAX)
            return true;
    }
    return false;
}

bool text_speaks_of_payment(Arena *arena, const char *text)
{
    static const char *const NEEDLES[] = {"payment",   "paiement", "payer",    "zahlung",
                                          "bezahl",    "zahlart",  "pagament", "betaling",
                                          "paymethod", "platnosc", "betalning"};
    if (text_has_any(arena, text, NEEDLES, COUNT_OF(NEEDLES)))
        return true;
    ButtonWords words;
    button_words(arena, text, &words);
    static const char *const WORDS[] = {"pay", "pago", "pagos", "pagar", "paga", "cc"};
    return any_matches(&words, WORDS, COUNT_OF(WORDS));
}

bool text_speaks_of_order(Arena *arena, const char *text)
{
    static const char *const NEEDLES[] = {
        "placeorder", "orderform", "orderbutton", "submitorder", "commande",
        "bestell",    "pedido",    "ordine",      "zamowien",    "encomenda"};
    if (text_has_any(arena, text, NEEDLES, COUNT_OF(NEEDLES)))
        return true;
    ButtonWords words;
    button_words(arena, text, &words);
    static const char *const WORDS[] = {"order", "orders", "ordering", "purchase", "achat",
                                        "kauf",  "kaufen", "compra",   "acquisto"};
    return any_matches(&words, WORDS, COUNT_OF(WORDS));
}

bool text_fills_cart(Arena *arena, const char *text)
{
    static const char *const CARTS[] = {
        "cart",     "basket",   "panier",      "warenkorb",  "cesta",
        "carrito",  "carrello", "winkelwagen", "trolley",    "caddie",
        "carrinho", "koszyk",   "addtobag",    "add-to-bag", "add_to_bag"};
    static const char *const LEADS_ON[] = {"checkout", "onepage", "direct",
                                           "express",  "/order",  "commande"};
    return text_has_any(arena, text, CARTS, COUNT_OF(CARTS)) &&
           !text_has_any(arena, text, LEADS_ON, COUNT_OF(LEADS_ON));
}

bool text_speaks_of_checkout(Arena *arena, const char *text)
{
    static const char *const CARTS[] = {"checkout/cart", "order/cart", "commande/panier",
                                        "checkout%2fcart"};
    static const char *const NEEDLES[] = {
        "checkout", "onepage",  "paiement", "payment",   "kasse",     "commande",
        "caisse",   "tunnel",   "bestell",  "pedido",    "/order",    "ordine",
        "/pago",    "pagament", "zahlung",  "afrekenen", "check-out", "check out"};
    return !text_has_any(arena, text, CARTS, COUNT_OF(CARTS)) &&
           text_has_any(arena, text, NEEDLES, COUNT_OF(NEEDLES));
}
