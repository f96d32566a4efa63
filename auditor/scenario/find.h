/* find.h - data files by their name in the folders given: what scenarios and personas
 * share.
 *
 * Private to scenario/. Layer: scenario. SPDX-License-Identifier: MIT */
#ifndef SCENARIO_FIND_H
#define SCENARIO_FIND_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"

/** Path of name: a file (it contains '/' or ends in .json), else NAME.json in one of the
 * folders, the last that has it. sub: folder inside each folder, NULL: the folder itself;
 * a folder without it is searched itself. Returns NULL with ERROR_INPUT and a
 * did-you-mean when there is none. */
const char *data_find(Arena *arena, const char *const *folders, const char *sub,
                      const char *name, Error *err) MUST_USE;
/** Names of all .json files there, without the ending, sorted, without doubles, NULL-ended.
 */
bool data_ids(Arena *arena, const char *const *folders, const char *sub, const char ***ids,
              Error *err) MUST_USE;

#endif
