/* steps_layers.c - the question about cookies and other layers, with an engine that sees
 * what lies over a page. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/steps.h"

static void note_match(Walk *walk, const Clearing *clearing)
{
    StepRecord *record = walk_record(walk);
    record->match.text = clearing->words;
    record->match.why = clearing->how;
}

bool layers_consent(Walk *walk, bool accepts, Error *err)
{
    Clearing clearing;
    int clicks = walk->clicks;
    if (!act_answer(walk, accepts ? "accept" : "refuse", &clearing, err))
        return false;
    /* The answer leads nowhere: it is no click on the way to a product. */
    walk->clicks = clicks;
    if (!clearing.seen)
        return step_result(walk, OUTCOME_SKIPPED, "no question about cookies was asked");
    note_match(walk, &clearing);
    if (!clearing.cleared)
        return step_result(walk, OUTCOME_NO_EFFECT, "%s",
                           clearing.why ? clearing.why : "the question stays");
    walk->is_consent_given = true;
    step_typed(walk, "cookies", accepts ? "accepted" : "refused");
    step_evidence(walk, 'D');
    return step_result(walk, OUTCOME_OK, NULL);
}

bool layers_dismiss(Walk *walk, Error *err)
{
    Clearing clearing;
    int clicks = walk->clicks;
    if (!act_clear(walk, &clearing, err))
        return false;
    walk->clicks = clicks;
    if (!clearing.seen)
        return step_result(walk, OUTCOME_SKIPPED, "nothing lies over the page");
    note_match(walk, &clearing);
    if (clearing.cleared < clearing.seen)
        return step_result(walk, OUTCOME_NO_EFFECT, "%s",
                           clearing.why ? clearing.why : "it stays");
    step_evidence(walk, 'D');
    return step_result(walk, OUTCOME_OK, NULL);
}
