/* recognise_fields_test.c - what a field asks for, and whether it must be filled.
 *
 * SPDX-License-Identifier: MIT */
#include "dom/css.h"
#include "shop.h"

typedef struct Case {
    const char *html; /* the control has id f */
    FieldKind kind;
} Case;

static const Case CASES[] = {
    /* autocomplete first */
    {"<input id=f autocomplete='shipping postal-code' name=x>", FIELD_POSTAL_CODE},
    {"<input id=f autocomplete=given-name>", FIELD_FIRST_NAME},
    {"<input id=f autocomplete=address-level2>", FIELD_CITY},
    {"<input id=f autocomplete=cc-number>", FIELD_CARD},
    {"<input id=f autocomplete=tel type=tel>", FIELD_PHONE},
    {"<input id=f autocomplete=off name=email><input name=y>", FIELD_EMAIL},
    /* then the type */
    {"<input id=f type=email name=x><input name=y>", FIELD_EMAIL},
    {"<input id=f type=password>", FIELD_PASSWORD},
    {"<input id=f type=tel>", FIELD_PHONE},
    {"<input id=f type=search>", FIELD_SEARCH},
    {"<textarea id=f></textarea>", FIELD_MESSAGE},
    {"<input id=f type=radio name=kind value=gast> Als Gast", FIELD_GUEST},
    /* then the label */
    {"<label for=f>Prénom</label><input id=f name=a1>", FIELD_FIRST_NAME},
    {"<label for=f>Nom</label><input id=f name=a2>", FIELD_LAST_NAME},
    {"<label for=f>Nom *</label><input id=f>", FIELD_LAST_NAME},
    {"<label for=f>Nom complet</label><input id=f>", FIELD_FULL_NAME},
    {"<label>Code postal <input id=f></label>", FIELD_POSTAL_CODE},
    {"<label for=f>Adresse</label><input id=f>", FIELD_STREET},
    {"<label for=f>Complément d'adresse</label><input id=f>", FIELD_STREET2},
    {"<label for=f>Adresse e-mail</label><input id=f><input>", FIELD_EMAIL},
    {"<label for=f>Ville</label><input id=f>", FIELD_CITY},
    {"<label for=f>Pays</label><select id=f><option>France</select>", FIELD_COUNTRY},
    {"<label for=f>State / Province</label><select id=f><option>Kent</select>",
     FIELD_REGION},
    {"<label for=f>Street address</label><input id=f>", FIELD_STREET},
    {"<label for=f>Address line 2 (optional)</label><input id=f>", FIELD_STREET2},
    {"<label for=f>Mobile phone</label><input id=f>", FIELD_PHONE},
    {"<label for=f>Company name</label><input id=f>", FIELD_COMPANY},
    {"<label for=f>Straße und Hausnummer</label><input id=f>", FIELD_STREET},
    {"<label for=f>PLZ</label><input id=f>", FIELD_POSTAL_CODE},
    {"<label for=f>Nombre</label><input id=f>", FIELD_FIRST_NAME},
    {"<label for=f>Apellidos</label><input id=f>", FIELD_LAST_NAME},
    {"<label for=f>Cognome</label><input id=f>", FIELD_LAST_NAME},
    {"<label for=f>Date de naissance</label><input id=f>", FIELD_BIRTHDAY},
    {"<label for=f>Promo code</label><input id=f>", FIELD_COUPON},
    {"<input id=f placeholder='First name'>", FIELD_FIRST_NAME},
    {"<input id=f aria-label='Card number'>", FIELD_CARD},
    {"<label for=f>Qty</label><input id=f type=number>", FIELD_QUANTITY},
    /* words in front without a label */
    {"<table><tr><td>Town:</td><td><input id=f></td></tr></table>", FIELD_CITY},
    /* then the name */
    {"<input id=f name=billing_first_name>", FIELD_FIRST_NAME},
    {"<input id=f name='customer[lastName]'>", FIELD_LAST_NAME},
    {"<input id=f name=shippingPostcode>", FIELD_POSTAL_CODE},
    {"<input id=f name=address_1>", FIELD_STREET},
    {"<input id=f name=address_2>", FIELD_STREET2},
    {"<input id=f name=zip>", FIELD_POSTAL_CODE},
    {"<select id=f name=zone_id><option>A</select>", FIELD_REGION},
    {"<input id=f name=cvv>", FIELD_CARD},
    {"<input id=f name=qty type=number>", FIELD_QUANTITY},
    {"<input id=f name=coupon_code>", FIELD_COUPON},
    /* choices */
    {"<label><input id=f type=checkbox name=agree> I agree to the terms</label>",
     FIELD_TERMS},
    {"<label><input id=f type=checkbox> J'accepte les conditions générales de vente</label>",
     FIELD_TERMS},
    {"<label><input id=f type=checkbox> Send me offers by e-mail</label>",
     FIELD_NEWSLETTER},
    {"<label><input id=f type=radio name=account value=guest> Continue as guest</label>",
     FIELD_GUEST},
    {"<label><input id=f type=radio name=shipping_method> Standard 4,90 €</label>",
     FIELD_DELIVERY},
    {"<fieldset><legend>Mode de livraison</legend><label><input id=f type=radio name=m1> Colissimo"
     "</label></fieldset>",
     FIELD_DELIVERY},
    {"<label><input id=f type=radio name=payment_method> Bank transfer</label>",
     FIELD_PAYMENT},
    {"<fieldset><legend>Moyen de paiement</legend><label><input id=f type=radio name=m2> Carte "
     "bancaire</label></fieldset>",
     FIELD_PAYMENT},
    {"<label><input id=f type=radio name=x> PayPal</label>", FIELD_PAYMENT},
    {"<label><input id=f type=radio name=civ> Madame</label>", FIELD_UNKNOWN},
    {"<label><input id=f type=radio name=gender value=f> Ms</label>", FIELD_TITLE},
    {"<label><input id=f type=radio name=size value=s> Small</label>", FIELD_UNKNOWN},
    /* a field alone to subscribe */
    {"<p>Newsletter</p><input id=f type=email name=email><button>OK</button>",
     FIELD_NEWSLETTER},
    /* fields that must stay empty */
    {"<div style='position:absolute;left:-9999px'><input id=f name=website></div>",
     FIELD_HONEYPOT},
    {"<label for=f>Leave this field empty</label><input id=f name=email2>", FIELD_HONEYPOT},
    {"<label for=f>Ne pas remplir ce champ</label><input id=f>", FIELD_HONEYPOT},
    {"<input id=f name=url tabindex=-1 aria-hidden=true autocomplete=off>", FIELD_HONEYPOT},
    {"<div class=honeypot><input id=f name=email></div>", FIELD_HONEYPOT},
    /* nothing to fill in */
    {"<input id=f type=hidden name=email>", FIELD_UNKNOWN},
    {"<button id=f name=email>Send</button>", FIELD_UNKNOWN},
    {"<input id=f name=xk3f9>", FIELD_UNKNOWN},
};

void test_recognise_fields__knows_what_is_asked(void)
{
    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *html =
            arena_printf(arena, "<main><form>%s</form></main>", CASES[i].html);
        Document *document = shop_page(arena, "/checkout", html);
        FieldKind kind = field_recognise(words, document, document_by_id(document, "f"));
        if (kind != CASES[i].kind)
            fail_msg("%s is %s", CASES[i].html, field_kind_name(kind));
    }
}

void test_recognise_fields__knows_what_must_be_filled(void)
{
    static const struct {
        const char *html;
        bool is_required;
    } FIELDS[] = {
        {"<input id=f required>", true},
        {"<input id=f aria-required=true>", true},
        {"<label for=f>City *</label><input id=f>", true},
        {"<label for=f>City (required)</label><input id=f>", true},
        {"<label for=f>Ville (obligatoire)</label><input id=f>", true},
        {"<label for=f class=required>City</label><input id=f>", true},
        {"<div class='form-group required'><label for=f>City</label><input id=f></div>",
         true},
        {"<input id=f placeholder='City*'>", true},
        {"<label for=f>City</label><input id=f>", false},
        {"<label for=f>Company (optional)</label><input id=f>", false},
        {"<label for=f>Société (facultatif) *</label><input id=f>", false},
    };

    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(FIELDS); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *html = arena_printf(arena, "<form>%s</form>", FIELDS[i].html);
        Document *document = shop_page(arena, "/checkout", html);
        if (field_is_required(words, document, document_by_id(document, "f")) !=
            FIELDS[i].is_required)
            fail_msg("%s", FIELDS[i].html);
    }
}

void test_recognise_fields__has_a_name_for_every_kind(void)
{
    for (int kind = FIELD_UNKNOWN; kind <= FIELD_HONEYPOT; kind++)
        assert_true(strlen(field_kind_name((FieldKind)kind)) > 0);
}
