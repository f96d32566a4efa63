/* blind.h - is it the shop that leads nowhere, or is it us who do not see the way?
 *
 * A false accusation costs more than a missed defect: where goods are in sight, not finding
 * how to get at them says nothing about the shop. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_BLIND_H
#define VISIT_BLIND_H

#include <stdbool.h>

#include "visit/steps.h"

/** Does the page shown list goods (at least three prices), so that a visitor who finds no
 * product on it is the one to blame? false without a page. */
bool page_shows_goods(const Walk *walk);
/** Is the page shown a door that asks who one is (a password) before it shows any goods? */
bool page_is_login_wall(const Walk *walk);
/** End the visit for a step that found no goods, when the reason is one of the above.
 * Returns false when the shop is to be judged as usual. */
bool blind_end(Walk *walk);

#endif
