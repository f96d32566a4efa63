/* session.c - see session.h. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/session.h"

#include <string.h>

Session *session_find(Sessions *sessions, const char *id, int64_t now_us)
{
    if (!id || strlen(id) != SESSION_ID_LENGTH)
        return NULL;
    for (size_t i = 0; i < SESSION_LIMIT; i++) {
        if (strcmp(sessions->slots[i].id, id) != 0)
            continue;
        sessions->slots[i].used_us = now_us;
        return &sessions->slots[i];
    }
    return NULL;
}

Session *session_create(Sessions *sessions, Clock *clock)
{
    static const char digits[] = "0123456789abcdef";
    Session *chosen = &sessions->slots[0];
    for (size_t i = 0; i < SESSION_LIMIT && chosen->id[0]; i++)
        if (!sessions->slots[i].id[0] || sessions->slots[i].used_us < chosen->used_us)
            chosen = &sessions->slots[i];
    *chosen = (Session){.used_us = clock_now_us(clock)};
    for (size_t i = 0; i < SESSION_ID_LENGTH; i++)
        chosen->id[i] = digits[clock_random(clock, 16)];
    return chosen;
}

int session_carts(const Sessions *sessions)
{
    int count = 0;
    for (size_t i = 0; i < SESSION_LIMIT; i++)
        count += sessions->slots[i].id[0] && sessions->slots[i].line_count > 0;
    return count;
}

static CartLine *line_like(Session *session, const CartLine *line)
{
    for (int i = 0; i < session->line_count; i++)
        if (session->lines[i].product == line->product &&
            !memcmp(session->lines[i].values, line->values, sizeof line->values))
            return &session->lines[i];
    return NULL;
}

bool cart_add(Session *session, CartLine line)
{
    CartLine *present = line_like(session, &line);
    int quantity = line.quantity + (present ? present->quantity : 0);
    int stock = PRODUCTS[line.product].stock;
    if (quantity > stock || quantity > CART_QUANTITY_LIMIT)
        return false;
    if (present) {
        present->quantity = quantity;
        return true;
    }
    if (session->line_count == CART_LINE_LIMIT)
        return false;
    session->lines[session->line_count++] = line;
    return true;
}

void cart_change(Session *session, int line, int quantity)
{
    if (line < 0 || line >= session->line_count || quantity < 0)
        return;
    int stock = PRODUCTS[session->lines[line].product].stock;
    session->lines[line].quantity = quantity < stock ? quantity : stock;
    if (quantity > 0)
        return;
    session->line_count--;
    memmove(&session->lines[line], &session->lines[line + 1],
            (size_t)(session->line_count - line) * sizeof session->lines[0]);
}

void cart_clear(Session *session)
{
    session->line_count = 0;
}

int cart_pieces(const Session *session)
{
    int pieces = 0;
    for (int i = 0; session && i < session->line_count; i++)
        pieces += session->lines[i].quantity;
    return pieces;
}

int delivery_cents(DeliveryId delivery, int goods_cents)
{
    static const int cents[DELIVERY_COUNT] = {
        [DELIVERY_HOME] = 490, [DELIVERY_RELAY] = 490, [DELIVERY_EXPRESS] = 1190};
    if (delivery != DELIVERY_EXPRESS && goods_cents >= FREE_DELIVERY_CENTS)
        return 0;
    return cents[delivery];
}
