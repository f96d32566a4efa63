/* recognise.h - what a page is, and what is on it: kind, product, cards of a list, lines of
 * a cart, fields of a checkout (recognition.md 2). Facts with their signs, three-valued.
 *
 * Layer: words. Used by visit/ (to act) and rule/ (to judge foreign HARs and read facts).
 * SPDX-License-Identifier: MIT */
#ifndef WORDS_RECOGNISE_H
#define WORDS_RECOGNISE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "dom/document.h"
#include "dom/forms.h"
#include "dom/structured.h"
#include "model/page.h"
#include "words/price.h"
#include "words/words.h"

/** What a page kind decision may look at besides the document. */
typedef struct PageContext {
    const char *url;
    int status;
    const Header *headers;
    int header_count;
    const char *site;        /**< URL of the shop's first page */
    PageKind expected;       /**< from the journey: a sign too; PAGE_UNKNOWN none */
    bool is_platform_hinted; /**< use platforms.tsv signatures */
} PageContext;

/** Decide a page's kind. stage and signs may be NULL; signs: "path / +4; ..." in arena. */
PageKind page_recognise(const Words *words, const Document *document,
                        const PageContext *context, Arena *arena, CheckoutStage *stage,
                        const char **signs);
/** Is it an empty shell that scripts fill (empty root element, large scripts, little text)?
 */
bool page_is_shell(const Document *document);
/** Is it a robot wall (challenge)? name receives whose, e.g. "cloudflare", when known. */
bool page_is_challenge(const Document *document, const PageContext *context,
                       const char **name);

/** Where a product's card leads and what it shows. */
typedef struct Card {
    const Node *node; /**< the card */
    const Node *link; /**< link to the product; NULL: it can only be bought from here */
    const char *url;  /**< "" without a link */
    const char *name; /**< "" unknown */
    Price price;
    bool has_image;
    bool is_sold_out;
    bool has_add_button;
    const Node *add_button; /**< puts it into the cart from here; NULL: none */
} Card;

typedef struct CardList {
    Card *items;
    size_t count, capacity;
    bool is_secondary;  /**< all stand in a side column or a block of related products */
    bool is_suggestion; /**< the page says that nothing was found: these are no results */
} CardList;

/** Product cards of a list page, document order, doubles (phone/desktop copies) removed. */
void cards_find(const Words *words, const Document *document, Arena *arena,
                CardList *cards);

/** A product page read. */
typedef struct Product {
    const char *name; /**< "" unknown */
    const char *sku;
    Price price;            /**< visible, current */
    Price schema_price;     /**< structured data */
    int available;          /**< 1 yes, 0 no, -1 cannot tell */
    const Node *buy_form;   /**< NULL: none */
    const Node *add_button; /**< best candidate; NULL: none */
    const char *add_why;
    double add_score;
    const Node *add_runner_up;
    double add_runner_up_score;
    const Node *quantity; /**< NULL: none */
    NodeList options;     /**< selects and radio groups (first radio) that must be chosen */
    const Node *heading;  /**< NULL: none */
} Product;

/** Read a product page. structured may be NULL (read here). */
void product_read(const Words *words, const Document *document, const ItemList *structured,
                  Arena *arena, Product *product);

/** A line of a cart. */
typedef struct CartLine {
    const Node *node;
    const char *name;
    const char *url;
    int quantity; /**< -1 unknown */
    Price unit;   /**< milli -1 unknown */
    Price sum;
    const Node *remove; /**< NULL: none */
} CartLine;

/** A cart page read. */
typedef struct Cart {
    CartLine *lines;
    size_t count, capacity;
    bool is_empty_said; /**< the page says that the cart is empty */
    bool is_readable; /**< false: neither lines nor emptiness could be read: cannot tell */
    Price subtotal, delivery, total; /**< milli -1 unknown */
    bool is_delivery_named;          /**< cost, or how it is worked out, or free */
    const Node *checkout;            /**< best way on; NULL: none */
    const char *checkout_why;
} Cart;

void cart_read(const Words *words, const Document *document, Arena *arena, Cart *cart);

/** What a form field asks for. */
typedef enum FieldKind {
    FIELD_UNKNOWN,
    FIELD_EMAIL,
    FIELD_FIRST_NAME,
    FIELD_LAST_NAME,
    FIELD_FULL_NAME,
    FIELD_COMPANY,
    FIELD_STREET,
    FIELD_STREET2,
    FIELD_POSTAL_CODE,
    FIELD_CITY,
    FIELD_REGION,
    FIELD_COUNTRY,
    FIELD_PHONE,
    FIELD_PASSWORD,
    FIELD_SEARCH,
    FIELD_QUANTITY,
    FIELD_COUPON,
    FIELD_NEWSLETTER,
    FIELD_TERMS,
    FIELD_GUEST,    /**< radio or box that chooses ordering without account */
    FIELD_DELIVERY, /**< radio of a delivery method */
    FIELD_PAYMENT,  /**< radio of a payment method */
    FIELD_CARD,     /**< card data: never typed into */
    FIELD_BIRTHDAY,
    FIELD_TITLE, /**< Mr, Mrs */
    FIELD_MESSAGE,
    FIELD_HONEYPOT, /**< must stay empty */
} FieldKind;

/** What a control asks for: autocomplete token, then type, then label words, then name/id.
 */
FieldKind field_recognise(const Words *words, const Document *document,
                          const Node *control);
bool field_is_required(const Words *words, const Document *document, const Node *control);
const char *field_kind_name(FieldKind kind);

/** The checkout page's facts. */
typedef struct Checkout {
    CheckoutStage stage;
    const Node *form; /**< the form to fill; NULL: none */
    NodeList fields;  /**< visible controls to fill, in order */
    int required_count;
    bool asks_account; /**< password or login is the only way on */
    const Node *guest; /**< control or link that chooses ordering as a guest; NULL */
    const Node *next;  /**< button or link to the next step; NULL */
    const char *next_why;
    bool has_payment_choice; /**< payment methods or card fields are there: the door */
    int payment_methods;
    const Node *order_button; /**< final button; NULL */
    bool is_order_label_clear;
    bool has_terms_link;
    Price delivery, total; /**< milli -1 unknown */
    bool is_delivery_named;
} Checkout;

void checkout_read(const Words *words, const Document *document, const FormState *state,
                   Arena *arena, Checkout *checkout);

/** Search box of a page: the text control; NULL: none. button receives its submit or NULL.
 */
const Node *search_find(const Words *words, const Document *document, const Node **button);
/** Error texts near fields or in alerts (role=alert, aria-invalid, class error): first, or
 * NULL. */
const char *page_error_text(const Words *words, const Document *document, Arena *arena);

#endif
