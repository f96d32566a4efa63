/* site.h - what is no page for people: robots.txt, sitemap, state, and what flaws serve.
 *
 * Layer: demo (shop). Called by shop.c. SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_SITE_H
#define DEMO_SHOP_SITE_H

#include <stdbool.h>

#include "demo/shop/view.h"

/** Answer a path that has no language. false: there is nothing of that path. */
bool site_answer(View *view, const char *path);

#endif
