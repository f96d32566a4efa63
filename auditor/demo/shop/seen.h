/* seen.h - flaws that only show where a page is painted and its scripts run.
 *
 * Each is a style sheet, a script, some markup, or all three (seen.c); the rest of the shop
 * does not know them. Layer: demo (shop). SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_SEEN_H
#define DEMO_SHOP_SEEN_H

#include <stdbool.h>

#include "demo/shop/view.h"

/** What the flaws of this page put into its head, and before its end. */
void seen_head(View *view);
void seen_body(View *view);
/** Answer a path below /seen/. false: nothing of that path is switched on. */
bool seen_answer(View *view, const char *path);

#endif
