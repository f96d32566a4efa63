/* style.h - the shop's style sheet, its only script and its icon, as text.
 *
 * Lines, because a C string literal may not be longer than 4095 bytes. Layer: demo (shop).
 * Called by assets.c. SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_STYLE_H
#define DEMO_SHOP_STYLE_H

/** NULL-ended. */
extern const char *const STYLE_LINES[];
extern const char *const SCRIPT_LINES[];
extern const char ICON_SVG[];

#endif
