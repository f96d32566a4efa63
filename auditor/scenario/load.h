/* load.h - scenario files: the Recorder's format read as its own parser does, plus mystery
 * steps.
 *
 * scenarios.md 1 and 6. Layer: scenario. Called by audit/ and cli check, list.
 * SPDX-License-Identifier: MIT */
#ifndef SCENARIO_LOAD_H
#define SCENARIO_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "model/persona.h"
#include "model/scenario.h"

/** Load one file. is_strict: exactly the reference parser's verdicts. warn (may be NULL) is
 * called for what is accepted with a warning. Errors: ERROR_INPUT with file:line:column and
 * a hint. */
bool scenario_load(Arena *arena, const char *path, bool is_strict,
                   void (*warn)(void *context, const Error *warning), void *context,
                   Scenario *scenario, Error *err) MUST_USE;
/** Find NAME (in folders, later wins) or FILE (contains '/' or ends in .json) and load it.
 * folders: NULL-ended. Errors: ERROR_INPUT with a did-you-mean. */
bool scenario_find(Arena *arena, const char *const *folders, const char *name,
                   Scenario *scenario, Error *err) MUST_USE;
/** Ids of all scenarios of the folders, sorted, NULL-ended. */
bool scenario_ids(Arena *arena, const char *const *folders, const char ***ids,
                  Error *err) MUST_USE;
/** The same for personas (scenarios/personas). */
bool persona_load(Arena *arena, const char *path, Persona *persona, Error *err) MUST_USE;
bool persona_find(Arena *arena, const char *const *folders, const char *name,
                  Persona *persona, Error *err) MUST_USE;
bool persona_ids(Arena *arena, const char *const *folders, const char ***ids,
                 Error *err) MUST_USE;

#endif
