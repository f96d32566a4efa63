/* check_absent.c - the kinds layout, interact and history: their facts are not in a page's
 * source, so they answer cannot-tell and say what is missing.
 *
 * What a check of these kinds holds is kept for the engines that observe it. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include "rule/check.h"

static const char *const keys[] = {"fact",    "is",   "min",  "max",
                                   "matches", "good", "poor", "curve"};

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    const char *name = NULL;
    *data = NULL;
    return json_need_text(source->file, json, "fact", &name, err);
}

static void layout_run(const void *data, const Subject *subject, Answer *answer)
{
    (void)data;
    (void)subject;
    answer_set(answer, FINDING_CANNOT_TELL, "the page was not painted by a browser");
}

static void interact_run(const void *data, const Subject *subject, Answer *answer)
{
    (void)data;
    (void)subject;
    answer_set(answer, FINDING_CANNOT_TELL, "nothing was tried on the page by a browser");
}

static void history_run(const void *data, const Subject *subject, Answer *answer)
{
    (void)data;
    (void)subject;
    answer_set(answer, FINDING_CANNOT_TELL, "earlier audits of the shop are needed");
}

const CheckType check_layout = {CHECK_LAYOUT,        SCOPE_PAGE, keys,
                                (int)COUNT_OF(keys), compile,    layout_run};
const CheckType check_interact = {CHECK_INTERACT,      SCOPE_PAGE, keys,
                                  (int)COUNT_OF(keys), compile,    interact_run};
const CheckType check_history = {CHECK_HISTORY,       SCOPE_SITE, keys,
                                 (int)COUNT_OF(keys), compile,    history_run};
