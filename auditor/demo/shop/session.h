/* session.h - what the shop remembers of a visitor: a cart and the order being made.
 *
 * A bounded number of sessions; the one unused for longest makes room. Nothing is kept when
 * the process ends. Layer: demo (shop). SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_SESSION_H
#define DEMO_SHOP_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "demo/shop/catalogue.h"

enum {
    SESSION_LIMIT = 256,
    SESSION_ID_LENGTH = 32,
    CART_LINE_LIMIT = 24,
    CART_QUANTITY_LIMIT = 99,
    FREE_DELIVERY_CENTS = 8000,
};

/** Fields of the order's first step, in the order asked. */
typedef enum OrderField {
    ORDER_EMAIL,
    ORDER_NAME,
    ORDER_STREET,
    ORDER_POSTCODE,
    ORDER_CITY,
    ORDER_COUNTRY,
    ORDER_PHONE,
    ORDER_FIELD_COUNT,
} OrderField;

enum { ORDER_FIELD_SIZE = 160 };

/** Ways of delivery. */
typedef enum DeliveryId {
    DELIVERY_HOME,
    DELIVERY_RELAY,
    DELIVERY_EXPRESS,
    DELIVERY_COUNT,
} DeliveryId;

typedef struct CartLine {
    ProductId product;
    int values[OPTIONS_A_PRODUCT]; /**< chosen value of each option */
    int quantity;
} CartLine;

typedef struct Session {
    char id[SESSION_ID_LENGTH + 1]; /**< "" : free slot */
    int64_t used_us;
    CartLine lines[CART_LINE_LIMIT];
    int line_count;
    char fields[ORDER_FIELD_COUNT][ORDER_FIELD_SIZE];
    bool billing_differs;
    char billing[ORDER_FIELD_SIZE];
    bool is_refused_once; /**< flaw form-loses-data: it does so one time */
    bool has_address;     /**< step 1 was accepted */
    bool has_delivery;    /**< step 2 was accepted */
    DeliveryId delivery;
} Session;

typedef struct Sessions {
    Session slots[SESSION_LIMIT];
} Sessions;

/** Session of an id, or NULL. Marks it used. */
Session *session_find(Sessions *sessions, const char *id, int64_t now_us);
/** A new session with an unguessable id. */
Session *session_create(Sessions *sessions, Clock *clock);
/** Sessions with something in the cart. */
int session_carts(const Sessions *sessions);
/** Put quantity pieces into the cart (joined with an equal line).
 * false: the cart is full, or more than the stock was asked for. */
bool cart_add(Session *session, CartLine line);
/** Set a line's quantity; 0 removes it. A line that is not there is ignored. */
void cart_change(Session *session, int line, int quantity);
void cart_clear(Session *session);
/** Number of pieces. session may be NULL. */
int cart_pieces(const Session *session);
/** Cost of a way of delivery for goods worth cents. */
int delivery_cents(DeliveryId delivery, int goods_cents);

#endif
