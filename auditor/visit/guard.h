/* guard.h - never a real order by accident: the click and network guards of
 * scenarios.md 6.8.
 *
 * Asked by every engine before it presses, enters or sends. The lexicon is built in
 * (lexicon.h), so that no file can weaken it. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_GUARD_H
#define VISIT_GUARD_H

#include <stdbool.h>

#include "base/arena.h"
#include "dom/document.h"
#include "dom/forms.h"
#include "model/scenario.h"

/** What kind of harm a refusal avoids; the walk ends differently for each. */
typedef enum GuardVerdict {
    GUARD_ALLOWS,
    GUARD_FINAL,   /**< it would order or pay: the journey's goal is reached */
    GUARD_ACCOUNT, /**< it would create or enter an account: needs level act */
    GUARD_MESSAGE, /**< it would send a message or subscribe: needs level act */
    GUARD_LEVEL,   /**< the safety level in force forbids the change */
} GuardVerdict;

/** Judge pressing element. state: what has been typed, NULL none. why (may be NULL)
 * receives a reason in English, owned by the document. Conservative: in doubt GUARD_FINAL.
 */
GuardVerdict guard_judge(const Document *document, const FormState *state,
                         const Node *element, Safety safety, const char **why);
/** May element be pressed (or Enter be struck in it)? safety: level in force. why receives
 * a reason (owned by the document) when not. Conservative: in doubt no. */
bool guard_allows_press(const Document *document, const FormState *state,
                        const Node *element, Safety safety, const char **why);
/** May this request be sent? Refuses mutating calls to order and payment endpoints, and
 * GETs that order, whatever asked for them. */
bool guard_allows_request(const char *method, const char *url, const char *content_type,
                          const char **why);
/** May this body be sent to a GraphQL endpoint? Refuses mutations that order or pay. */
bool guard_allows_body(Str body, const char **why);
/** Is it a field for card data (never typed into)? */
bool guard_is_card_field(const Node *control);
/** Is it in a frame of a payment provider, or one of another site that holds card fields
 * (<shown-frame> in pages that a browser shows)? Nothing in there is typed into or pressed.
 */
bool guard_is_payment_frame(const Document *document, const Node *node);
/** Does the page show a choice of payment, card fields or a payment provider's frame? Parts
 * that a browser tells to be folded up are not shown. */
bool guard_page_shows_payment(const Document *document);
/** Does following the address change something (cart, session, language) or log out?
 * arena: for the parsing. */
bool guard_url_changes_state(Arena *arena, const char *url);

#endif
