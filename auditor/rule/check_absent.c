/* check_absent.c - the kind history: its facts are not in one audit, so it answers
 * cannot-tell and says what is missing.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/check.h"

static const char *const keys[] = {"fact",    "is",   "min",  "max",
                                   "matches", "good", "poor", "curve"};

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    const char *name = NULL;
    *data = NULL;
    return json_need_text(source->file, json, "fact", &name, err);
}

static void history_run(const void *data, const Subject *subject, Answer *answer)
{
    (void)data;
    (void)subject;
    answer_set(answer, FINDING_CANNOT_TELL, "earlier audits of the shop are needed");
}

const CheckType check_history = {CHECK_HISTORY,       SCOPE_SITE, keys,
                                 (int)COUNT_OF(keys), compile,    history_run};
