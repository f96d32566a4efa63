/* hold.c - the gate: two looks before it says no. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/hold.h"

#include <math.h>
#include <string.h>

#include "audit/bars.h"
#include "audit/compare.h"
#include "audit/keep.h"
#include "audit/run.h"
#include "base/out.h"
#include "score/compare.h"

/* Page kinds a buying journey meets: for the word before the first
 * visit, when neither is known yet. */
enum { KINDS_USUAL = 10, SECOND_US = 1000000 };

struct Hold {
    const AuditPlan *plan;
    Snapshot baseline; /* of a file; "last" is looked up when the audit is known */
    bool has_baseline;
    Budget budget;
    KnownIssues known;
    CompareDesign design;
};

static void note(const AuditPlan *plan, const char *text)
{
    AuditEvent event = {.kind = EVENT_NOTE, .name = text};
    if (plan->progress)
        plan->progress(plan->progress_context, &event);
}

static void visits_note(const AuditPlan *plan)
{
    size_t personas = plan->personas.count ? plan->personas.count : 2;
    /* One more: the first visit of all is not compared. */
    size_t least = compare_visits_least(KINDS_USUAL, personas) + 1;
    if (!bars_count(plan, "regression") || (size_t)plan->visits >= least)
        return;
    note(plan,
         arena_printf(plan->arena,
                      "%d visits of each journey cannot show a regression: at least %zu "
                      "are needed (-n %zu)",
                      plan->visits, least, least));
}

bool hold_prepare(const AuditPlan *plan, const Grid *grid, Hold **hold, Error *err)
{
    Hold *made = ARENA_NEW(plan->arena, Hold);
    *hold = NULL;
    made->plan = plan;
    if (!bars_check(plan, err) ||
        (plan->known_issues &&
         !known_load(plan->arena, plan->known_issues, &made->known, err)))
        return false;
    if (!plan->baseline && !plan->budget)
        return true;
    if (plan->budget && !budget_load(plan->arena, plan->budget, &made->budget, err))
        return false;
    if (plan->baseline)
        visits_note(plan);
    if (plan->baseline && strcmp(plan->baseline, "last") != 0) {
        if (!baseline_load(plan, grid, plan->baseline, NULL, &made->baseline, err))
            return false;
        made->has_baseline = true;
    }
    *hold = made;
    return true;
}

/* The newest audit of the shop that passed; the first of all has none. */
static bool last_find(Hold *hold, const Grid *grid, const Snapshot *now, Error *err)
{
    const AuditPlan *plan = hold->plan;
    if (!plan->baseline || hold->has_baseline)
        return true;
    if (!baseline_load(plan, grid, "last", now, &hold->baseline, err))
        return false;
    hold->has_baseline = hold->baseline.name != NULL;
    if (!hold->has_baseline)
        note(plan, arena_printf(plan->arena,
                                "no earlier audit of %s passed: nothing to compare with",
                                now->host));
    return true;
}

static void bars_find(const Hold *hold, const Snapshot *now, Comparison *comparison,
                      BarList *bars)
{
    const AuditPlan *plan = hold->plan;
    *bars = (BarList){0};
    if (hold->has_baseline) {
        compare_snapshots(plan->arena, &hold->baseline, now, &hold->design, comparison);
        bars_of_comparison(plan, comparison, bars);
    }
    bars_of_budget(plan, &hold->budget, now, bars);
    bars_forgive(plan, &hold->known, bars);
}

/* The same audit again, into folder/repeat, without bars and without a trace. */
static bool look_again(const Hold *hold, const Audit *audit, const char *folder,
                       BarList *bars, Error *err)
{
    AuditPlan plan = *hold->plan;
    AuditResult result;
    Snapshot now;
    Comparison comparison;
    BarList again;
    int64_t left_us = plan.time_limit_us - audit->duration_us;
    if (plan.time_limit_us && left_us < SECOND_US) {
        for (size_t i = 0; i < bars->count; i++)
            if (strcmp(bars->items[i].state, "missed") == 0) {
                bars->items[i].state = "unclear";
                bars->items[i].text = arena_printf(
                    plan.arena, "%s; no time was left to look again", bars->items[i].text);
            }
        return true;
    }
    note(&plan, "a bar is missed: once more with fresh visits");
    plan.time_limit_us = plan.time_limit_us ? left_us : 0;
    plan.output = path_join(plan.arena, folder, "repeat");
    plan.store = "none";
    plan.baseline = plan.budget = NULL;
    plan.min_score = NAN;
    plan.formats = (TextList){0};
    text_list_add(plan.arena, &plan.formats, "json");
    if (!audit_run(&plan, &result, err))
        return false;
    snapshot_take(plan.arena, result.audit, &now);
    bars_find(hold, &now, &comparison, &again);
    bars_repeat(bars, &again);
    return true;
}

static void verdict_set(const Hold *hold, Audit *audit, const BarList *bars)
{
    const AuditPlan *plan = hold->plan;
    const char *missed = bars_reason(plan, bars, "missed");
    const char *unclear = bars_reason(plan, bars, "unclear");
    if (audit->status == AUDIT_FAILED)
        return;
    if (missed) {
        audit->status = AUDIT_FAILED;
        audit->bar_text = missed;
    } else if (unclear && audit->status == AUDIT_PASSED) {
        audit->status = AUDIT_INCONCLUSIVE;
        audit->bar_text = unclear;
    }
}

bool hold_judge(Hold *hold, const Grid *grid, Audit *audit, const char *folder, Error *err)
{
    Snapshot *now = NULL;
    Comparison comparison;
    BarList bars;
    size_t missed = 0;
    if (!hold)
        return true;
    now = ARENA_NEW(hold->plan->arena, Snapshot);
    snapshot_take(hold->plan->arena, audit, now);
    if (audit->status == AUDIT_INCONCLUSIVE)
        return true;
    if (!last_find(hold, grid, now, err) ||
        !baseline_design(hold->plan, now, &hold->design, err))
        return false;
    bars_find(hold, now, &comparison, &bars);
    bars_first(&bars, "missed", &missed);
    if (missed && !look_again(hold, audit, folder, &bars, err))
        return false;
    for (size_t i = 0; i < bars.count; i++)
        ARENA_PUSH(audit->arena, audit->bars, audit->bar_count, audit->bar_capacity,
                   bars.items[i]);
    verdict_set(hold, audit, &bars);
    return !hold->has_baseline ||
           compare_write(hold->plan, grid, &comparison, audit->bar_text, folder, err);
}
