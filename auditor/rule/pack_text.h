/* pack_text.h - texts of rules by language, and the sentences with places in them.
 *
 * Layer: rule. Called by pack.c. SPDX-License-Identifier: MIT */
#ifndef RULE_PACK_TEXT_H
#define RULE_PACK_TEXT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/error.h"
#include "model/rule.h"

/** Read {"en": "…", "fr": "…"}; English is needed and comes first. Errors: ERROR_INPUT. */
bool lang_text_read(const JsonFile *file, const Json *object, LangText *text,
                    Error *err) MUST_USE;
/** Fill criterion, why, fix, found and limits from the rule file's "text". limits and found
 * may be missing. Errors: ERROR_INPUT. */
bool rule_texts_read(Rule *rule, Error *err) MUST_USE;
/** Is a sentence's use of places right: {count} {total} {value} {text} {threshold}, and
 * {count|one|many} with two forms? false: what receives why not. */
bool sentence_is_valid(const char *sentence, const char **what);

#endif
