/* guard.h - never a real order by accident: the click and network guards of
 * scenarios.md 6.8.
 *
 * Asked by every engine before it presses, enters or sends. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_GUARD_H
#define VISIT_GUARD_H

#include <stdbool.h>

#include "dom/document.h"
#include "dom/forms.h"
#include "model/scenario.h"

/** May element be pressed? safety: level in force. why receives a reason (owned by the
 * document) when not. Conservative: in doubt no. */
bool guard_allows_press(const Document *document, const FormState *state,
                        const Node *element, Safety safety, const char **why);
/** May this request be sent? Refuses mutating calls to order and payment endpoints,
 * whatever asked for them; initiator_host: the site's. */
bool guard_allows_request(const char *method, const char *url, const char *content_type,
                          const char **why);
/** Is it a field for card data (never typed into)? */
bool guard_is_card_field(const Node *control);

#endif
