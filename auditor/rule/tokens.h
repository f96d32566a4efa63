/* tokens.h - which tokens standards know: languages, ARIA roles and attributes,
 * autocomplete.
 *
 * BCP 47 with the ISO 639-1 codes, WAI-ARIA 1.2 (with 1.3's additions in use), DPUB and
 * graphics roles, the HTML Standard's autofill field names. Layer: rule. Called by
 * predicate.c. SPDX-License-Identifier: MIT */
#ifndef RULE_TOKENS_H
#define RULE_TOKENS_H

#include <stdbool.h>

#include "base/str.h"

/** A language tag of right form whose primary subtag is an ISO 639-1 code, or any of three
 * letters. */
bool language_tag_is_valid(Str tag);
bool role_is_known(Str role);
/** An autocomplete attribute: "on", "off", or section- hint, shipping/billing, contact kind
 * and a field name in that order. "" is valid (nothing asked). */
bool autocomplete_is_valid(Str value);
/** A known aria-* attribute whose value, where the attribute is a truth value or a fixed
 * word, is one it allows ("" counts as not given). */
bool aria_attribute_is_valid(const char *name, Str value);
/** Is a path a usual address of a first page: "/en/", "/fr-FR", "/index.php", "/home"? */
bool path_is_home(Str path);

#endif
