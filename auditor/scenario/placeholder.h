/* placeholder.h - the syntax of ${...} in scenario files (scenarios.md 6.1, rule 4).
 *
 * Only whether a text is well formed; values are filled in by visit/ later. Layer:
 * scenario. Called by parameters.c and recorder.c. SPDX-License-Identifier: MIT */
#ifndef SCENARIO_PLACEHOLDER_H
#define SCENARIO_PLACEHOLDER_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

/** Is every ${...} of text one of ${env:NAME}, ${env:NAME:-default}, ${secret:name},
 * ${data.x}, ${site.x}, ${persona.x}, ${item.x}? "$${" stands for a literal "${".
 *
 * Errors: ERROR_INPUT without a place, with a hint; the caller knows the place. */
bool placeholder_check(Str text, Error *err) MUST_USE;
/** Has text any ${...} that is not escaped? */
bool placeholder_is(Str text);

#endif
