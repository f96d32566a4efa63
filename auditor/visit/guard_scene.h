/* guard_scene.h - how near to an order a page as a whole is: what the click guard asks
 * beside the button's own words.
 *
 * Knows no word lists of users: the guard must not depend on them. Layer: visit. Used by
 * guard.c. SPDX-License-Identifier: MIT */
#ifndef VISIT_GUARD_SCENE_H
#define VISIT_GUARD_SCENE_H

#include <stdbool.h>

#include "dom/document.h"

/** Text of the last heading or legend before element, and the name of the dialog it stands
 * in; "" when there is none. */
const char *scene_heading(const Document *document, const Node *element);
/** Signs that the page belongs to a checkout: its address, its first heading, payment, or
 * terms to accept. */
bool scene_is_checkout(const Document *document, bool shows_payment);
/** Is it a cart: by address, title or first heading? */
bool scene_is_cart(const Document *document);
/** Does the page name the payment as a step to come (a list of steps, a closed part)? */
bool scene_has_later_step(const Document *document);
/** Does the page show a total to pay and no payment still to come? Then any button of it
 * may be the last one, whatever its words. */
bool scene_is_last_step(const Document *document);
/** Does what stands before element, its nearest heading, name the payment? */
bool scene_is_in_payment(const Document *document, const Node *element);
/** Does it show an e-mail address outside its footer, in a field too, or a way to sign out:
 * is the visitor known there? */
bool scene_knows_visitor(const Document *document);

#endif
