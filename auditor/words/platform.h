/* platform.h - which shop software a page comes from, by the signs of
 * scenarios/words/platforms.json (recognition.md 2.3).
 *
 * Only additional points: everything works without. Layer: words. Used by recognise_kind.c
 * and, for the report, by visit/. SPDX-License-Identifier: MIT */
#ifndef WORDS_PLATFORM_H
#define WORDS_PLATFORM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "dom/document.h"
#include "model/page.h"
#include "words/recognise.h"
#include "words/words.h"

typedef struct Platforms Platforms;

/** Read a file of signs. Errors: ERROR_INPUT with its place. Owns: arena. */
bool platforms_load(Arena *arena, const char *path, Platforms **platforms,
                    Error *err) MUST_USE;
/** Compile every pattern. Errors: ERROR_INPUT. For check and the tests. */
bool platforms_check(const Platforms *platforms, Error *err) MUST_USE;
/** Name of the platform whose signs weigh most, NULL when none is sure (a certain sign, or
 * two strong ones). */
const char *platform_of(const Words *words, const Document *document,
                        const PageContext *context);
/** Points (+4, +2, +0.7) that this platform's signs give to each page kind; points has
 * PAGE_KIND_COUNT places and is not cleared. */
void platform_points(const Words *words, const char *platform, const Document *document,
                     const PageContext *context, double *points);

#endif
