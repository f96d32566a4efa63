/* example.h - small visits that examples of rules are written as (docs/rules.md,
 * "Examples"), and whether a rule is complete: texts, source, examples that hold.
 *
 * Layer: rule. Called by audit/inventory_check.c and the tests.
 * SPDX-License-Identifier: MIT */
#ifndef RULE_EXAMPLE_H
#define RULE_EXAMPLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "model/audit.h"
#include "words/words.h"

/** The audit that a file shows. HTML: one page; its first comment may say its kind, its URL
 * and its status ("<!-- product https://shop.example/p 200 -->"). JSON: {site, countries,
 * scenario, started, pages | (keys of one page), facts, steps, links, visits}. kind: of
 * pages that do not say theirs. Errors: ERROR_INPUT with file:line:column. Owns: arena. */
bool example_load(Arena *arena, const char *path, PageKind kind, Audit **audit,
                  Error *err) MUST_USE;
/** The audit of a page that holds hardly a word; is_shell: one that scripts would fill. */
Audit *example_blank(Arena *arena, PageKind kind, bool is_shell);
/** First page kind that a rule looks at: what its examples are unless they say otherwise.
 */
PageKind example_kind(const Rule *rule);
/** Do the examples of a folder hold? pass*, fail*, na* and unclear* files must make the
 * rule pass, fail, not apply and not tell; the first two are needed, the others where the
 * rule can answer so. folder: NULL, the rule has none. Errors: ERROR_INPUT. */
bool examples_hold(const Rule *rule, const Words *words, const char *folder,
                   Error *err) MUST_USE;
/** Folder of a rule's examples: examples/<id> beside its file, or tests/rules/<id> beside
 * the folder of rules; NULL: there is none. Owns: arena. */
const char *examples_folder(Arena *arena, const Rule *rule);
/** Is a rule fit for a grid that others trust: an id of small words joined by hyphens, a
 * source, its texts in English and French, and examples that hold? Errors: ERROR_INPUT. */
bool rule_is_complete(const Rule *rule, const Words *words, Error *err) MUST_USE;

#endif
