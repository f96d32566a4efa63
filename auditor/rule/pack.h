/* pack.h - the grid from files: rules/grid.json and rules/<dimension>/<id>.json.
 *
 * Layer: rule. Called by audit/ and cli list, explain, check. SPDX-License-Identifier: MIT
 */
#ifndef RULE_PACK_H
#define RULE_PACK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "model/rule.h"
#include "words/words.h"

/** Load and compile the grid of the folders (NULL-ended; later ones add or replace by id).
 * words: for @intent patterns. Errors: ERROR_INPUT with file:line:column. Owns: arena. */
bool grid_load(Arena *arena, const char *const *folders, const Words *words, Grid **grid,
               Error *err) MUST_USE;
/** Lay a user's own grid over a loaded one. path: a grid file, or a folder of rules with a
 * grid.json. It may change shares and weights, give rules another impact ("weigh"), switch
 * rules off, and add or replace rules ("rules": a folder beside it). The grid's version
 * then names both. Errors: ERROR_INPUT with file:line:column. */
bool grid_merge(Arena *arena, const char *path, const Words *words, Grid *grid,
                Error *err) MUST_USE;
/** Load and compile one rule file; for `mystery check`. */
bool rule_load(Arena *arena, const char *path, const Words *words, Rule *rule,
               Error *err) MUST_USE;

#endif
