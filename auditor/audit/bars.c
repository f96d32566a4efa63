/* bars.c - bars found, forgiven and repeated. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/bars.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/compare.h"

static const char *const words[] = {"new-blocker", "new-major", "new-minor", "regression",
                                    "budget"};

bool bars_count(const AuditPlan *plan, const char *word)
{
    if (!plan->fail_on.count)
        return strcmp(word, "new-minor") != 0;
    for (size_t i = 0; i < plan->fail_on.count; i++) {
        const char *asked = plan->fail_on.items[i];
        if (strcmp(asked, word) == 0)
            return true;
        /* Who minds a minor one minds a major one too. */
        if (strncmp(word, "new-", 4) == 0 && strcmp(asked, "new-minor") == 0)
            return true;
        if (strcmp(word, "new-blocker") == 0 && strcmp(asked, "new-major") == 0)
            return true;
    }
    return false;
}

bool bars_check(const AuditPlan *plan, Error *err)
{
    for (size_t i = 0; i < plan->fail_on.count; i++) {
        bool is_known = false;
        for (size_t w = 0; w < COUNT_OF(words); w++)
            is_known |= strcmp(words[w], plan->fail_on.items[i]) == 0;
        if (is_known)
            continue;
        error_set(err, ERROR_INPUT, "--fail-on", "no such bar: '%s'",
                  plan->fail_on.items[i]);
        const char *near =
            error_did_you_mean(plan->fail_on.items[i], words, (int)COUNT_OF(words));
        return near ? error_hint(err, "did you mean '%s'?", near)
                    : error_hint(err,
                                 "new-blocker, new-major, new-minor, regression, budget");
    }
    return true;
}

static void bar_add(const AuditPlan *plan, BarList *bars, Bar bar)
{
    ARENA_PUSH(plan->arena, bars->items, bars->count, bars->capacity, bar);
}

static const char *bare_step(const char *step)
{
    Str name = str_of(step);
    return str_starts_with(name, STR("mystery/")) ? step + strlen("mystery/") : step;
}

static const char *open_text(const AuditPlan *plan, const ComparedTime *time)
{
    const Change *change = &time->change;
    const char *page = snap_page_name(plan->arena, time->kind, time->stage);
    if (change->is_too_few)
        return arena_printf(plan->arena,
                            "regression: %s page: %zu visits claim nothing, %zu are needed "
                            "(-n %zu)",
                            page, change->visits, change->needed, change->needed);
    return arena_printf(plan->arena,
                        "regression: %s page: too noisy to tell, %zu visits would decide "
                        "(-n %zu)",
                        page, change->needed, change->needed);
}

static void time_bar(const AuditPlan *plan, const ComparedTime *time, const char *tail,
                     BarList *bars)
{
    const Change *change = &time->change;
    bool is_worse = change->word == CHANGE_WORSE;
    if (!time->is_primary || (!is_worse && change->word != CHANGE_INCONCLUSIVE))
        return;
    Bar bar = {.kind = "regression", .state = is_worse ? "missed" : "unclear"};
    bar.page = snap_page_name(plan->arena, time->kind, time->stage);
    bar.step = bare_step(time->step);
    bar.subject = metric_info(change->metric)->name;
    bar.text = is_worse ? arena_printf(plan->arena, "regression: %s%s",
                                       compare_time_line(plan->arena, time), tail)
                        : open_text(plan, time);
    bar_add(plan, bars, bar);
}

static void finding_bar(const AuditPlan *plan, const ComparedFinding *finding,
                        BarList *bars)
{
    const SnapFinding *now = finding->after;
    if (finding->state != FINDING_NEW || !now)
        return;
    const char *impact = impact_name(now->impact);
    if (!bars_count(plan, arena_printf(plan->arena, "new-%s", impact)))
        return;
    Bar bar = {.kind = "new-finding", .state = "missed", .page = now->page, .step = ""};
    bar.subject = now->rule;
    bar.text =
        arena_printf(plan->arena, "new finding: %s (%s)%s%s%s", now->rule, impact,
                     now->page[0] ? ", " : "", now->page, now->page[0] ? " page" : "");
    bar_add(plan, bars, bar);
}

void bars_of_comparison(const AuditPlan *plan, const Comparison *c, BarList *bars)
{
    const char *tail = c->design.is_interleaved ? "" : "; not interleaved";
    for (size_t i = 0; i < c->finding_count; i++)
        finding_bar(plan, &c->findings[i], bars);
    for (size_t i = 0; i < c->time_count && bars_count(plan, "regression"); i++)
        time_bar(plan, &c->times[i], tail, bars);
}

static const char *amount(const AuditPlan *plan, double value)
{
    char text[64];
    int decimals = fabs(value) < 10 && fabs(value - round(value)) > 1e-9 ? 2 : 0;
    return arena_text(plan->arena, number_fixed(value, decimals, text, sizeof text));
}

void bars_of_budget(const AuditPlan *plan, const Budget *budget, const Snapshot *now,
                    BarList *bars)
{
    for (size_t i = 0; i < budget->count && bars_count(plan, "budget"); i++) {
        const BudgetRow *row = &budget->rows[i];
        BudgetResult result = budget_judge(row, now);
        bool is_unclear = isnan(result.value);
        Bar bar = {.kind = "budget", .state = is_unclear ? "unclear" : "missed"};
        if (!is_unclear && result.value <= row->most)
            continue;
        bar.page = result.page < PAGE_KIND_COUNT
                       ? snap_page_name(plan->arena, result.page, result.stage)
                       : "";
        bar.step = bare_step(result.step);
        bar.subject = row->name;
        const char *where = bar.page[0]
                                ? arena_printf(plan->arena, "%s page%s%s: ", bar.page,
                                               bar.step[0] ? ", step " : "", bar.step)
                            : result.journey && result.journey[0]
                                ? arena_printf(plan->arena, "journey %s: ", result.journey)
                                : "";
        bar.text = is_unclear ? arena_printf(plan->arena, "budget: %s%s was not measured",
                                             where, row->name)
                              : arena_printf(plan->arena, "budget: %s%s is %s, allowed %s",
                                             where, row->name, amount(plan, result.value),
                                             amount(plan, row->most));
        /* What another tool's file asks of it is told, and holds nothing up. */
        if (row->is_foreign)
            bar.state = "known";
        bar_add(plan, bars, bar);
    }
}

void bars_forgive(const AuditPlan *plan, const KnownIssues *known, BarList *bars)
{
    int64_t now_us = clock_wall_us(plan->clock);
    for (size_t i = 0; i < bars->count; i++) {
        Bar *bar = &bars->items[i];
        const KnownIssue *issue = known_find(known, bar);
        if (!issue || strcmp(bar->state, "missed") != 0)
            continue;
        if (now_us < issue->until_us) {
            bar->state = "known";
            bar->text = arena_printf(plan->arena, "%s; known until %s: %s", bar->text,
                                     issue->until, issue->reason);
        } else {
            bar->text = arena_printf(plan->arena, "%s; a known issue that expired on %s",
                                     bar->text, issue->until);
        }
    }
}

static bool is_missed_in(const BarList *bars, const Bar *wanted)
{
    for (size_t i = 0; i < bars->count; i++) {
        const Bar *bar = &bars->items[i];
        bool is_same_page = strcmp(bar->page, wanted->page) == 0 ||
                            strcmp(wanted->kind, "new-finding") == 0;
        if (strcmp(bar->state, "missed") == 0 && strcmp(bar->kind, wanted->kind) == 0 &&
            strcmp(bar->subject, wanted->subject) == 0 && is_same_page)
            return true;
    }
    return false;
}

void bars_repeat(BarList *bars, const BarList *again)
{
    for (size_t i = 0; i < bars->count; i++) {
        Bar *bar = &bars->items[i];
        if (strcmp(bar->state, "missed") == 0 && !is_missed_in(again, bar))
            bar->state = "once";
    }
}

const Bar *bars_first(const BarList *bars, const char *state, size_t *count)
{
    const Bar *first = NULL;
    *count = 0;
    for (size_t i = 0; i < bars->count; i++) {
        if (strcmp(bars->items[i].state, state) != 0)
            continue;
        first = first ? first : &bars->items[i];
        (*count)++;
    }
    return first;
}

const char *bars_reason(const AuditPlan *plan, const BarList *bars, const char *state)
{
    size_t count = 0;
    const Bar *first = bars_first(bars, state, &count);
    if (!first)
        return NULL;
    if (count == 1)
        return first->text;
    return arena_printf(plan->arena, "%s (and %zu more)", first->text, count - 1);
}
