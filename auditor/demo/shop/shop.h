/* shop.h - the shop behind the server: a request goes in, an answer comes out.
 *
 * Knows no socket and no HTTP library. Layer: demo (shop). Called by server.c.
 * SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_SHOP_H
#define DEMO_SHOP_SHOP_H

#include "base/arena.h"
#include "base/clock.h"
#include "demo/demo.h"
#include "demo/request.h"

typedef struct Shop Shop;

/** Open the shop: nothing sold yet. Owns: arena. options and clock must outlive it. */
Shop *shop_create(Arena *arena, const DemoOptions *options, Clock *clock);
/** Answer one request. reply is filled whole: status, type, headers, body. */
void shop_answer(Shop *shop, const Request *request, Reply *reply);

#endif
