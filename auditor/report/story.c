/* story.c - lays visits side by side.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/story.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"

enum { STUMBLES_MOST = 4 };

/* How an outcome counts: the shop's success, the shop's failure, or nothing seen. */
typedef enum Sight { SIGHT_NONE, SIGHT_WORKED, SIGHT_FAILED, SIGHT_HIDDEN } Sight;

static Sight sight_of(StepOutcome outcome)
{
    switch (outcome) {
    case OUTCOME_OK:
    case OUTCOME_OK_HEALED:
    case OUTCOME_OK_WITHOUT_SCRIPT: return SIGHT_WORKED;
    case OUTCOME_SKIPPED: return SIGHT_NONE;
    case OUTCOME_NEEDS_BROWSER:
    case OUTCOME_REFUSED:
    case OUTCOME_UNSURE: return SIGHT_HIDDEN;
    case OUTCOME_NO_EFFECT:
    case OUTCOME_ERROR_SHOWN:
    case OUTCOME_BLOCKED_BY:
    case OUTCOME_NOT_FOUND:
    case OUTCOME_TIMED_OUT:
    case OUTCOME_FAILED: return SIGHT_FAILED;
    case STEP_OUTCOME_COUNT: break;
    }
    return SIGHT_NONE;
}

static const StepRecord *record_find(const Visit *visit, const char *id)
{
    for (size_t i = 0; i < visit->step_count; i++) {
        if (strcmp(visit->steps[i].id, id) == 0)
            return &visit->steps[i];
    }
    return NULL;
}

static bool is_setting(StepKind kind)
{
    return (step_info(kind)->flags & STEP_SETTING) || kind == STEP_KIND_NOTE;
}

static void step_collect(Arena *arena, const StepRecord *record, Story *story)
{
    if (is_setting(record->kind))
        return;
    for (size_t s = 0; s < story->step_count; s++) {
        if (strcmp(story->steps[s].id, record->id) == 0)
            return;
    }
    ARENA_PUSH(arena, story->steps, story->step_count, story->step_capacity,
               ((StoryStep){.id = record->id, .kind = record->kind}));
}

static void steps_collect(Arena *arena, const Audit *audit, Story *story)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        const Journey *journey = story->journeys[j];
        for (size_t v = 0; v < journey->visit_count; v++) {
            const Visit *visit = audit->visits[journey->visits[v]];
            for (size_t s = 0; s < visit->step_count; s++)
                step_collect(arena, &visit->steps[s], story);
        }
    }
}

static double median_of(double *values, int count)
{
    stats_sort(values, (size_t)count);
    return stats_median(values, (size_t)count);
}

/* Median of an effort count over the visits that know it, -1 when none does. */
typedef int EffortPart(const Effort *effort);

static int effort_pages(const Effort *effort)
{
    return effort->pages;
}

static int effort_clicks(const Effort *effort)
{
    return effort->clicks;
}

static int effort_fields(const Effort *effort)
{
    if (effort->fields_required < 0 || effort->fields_optional < 0)
        return effort->fields_required;
    return effort->fields_required + effort->fields_optional;
}

/* The visits of a journey that tried a step. */
typedef struct Tries {
    const StepRecord **records;
    const Visit **visits;
    int count;
} Tries;

static int tries_median(Arena *arena, const Tries *tries, EffortPart *part)
{
    double *values = ARENA_ARRAY(arena, (size_t)tries->count + 1, double);
    int count = 0;

    for (int i = 0; i < tries->count; i++) {
        int value = part(&tries->records[i]->effort);
        if (value >= 0)
            values[count++] = value;
    }
    return count > 0 ? (int)(median_of(values, count) + 0.5) : -1;
}

static void times_fill(Arena *arena, const Tries *tries, double patience, StoryCell *cell)
{
    double *sorted = ARENA_ARRAY(arena, (size_t)tries->count + 1, double);
    double *human = ARENA_ARRAY(arena, (size_t)tries->count + 1, double);
    int humans = 0;

    cell->waits = ARENA_ARRAY(arena, (size_t)tries->count + 1, double);
    for (int i = 0; i < tries->count; i++) {
        const Effort *effort = &tries->records[i]->effort;
        double wait = (double)effort->machine_us / 1000;
        if (effort->human_us >= 0)
            human[humans++] = (double)effort->human_us / 1000;
        if (effort->machine_us < 0)
            continue;
        sorted[cell->wait_count] = cell->waits[cell->wait_count] = wait;
        cell->wait_count++;
        cell->beyond_patience += patience > 0 && wait > patience;
        cell->beyond_ten += wait > 10000;
    }
    cell->human = median_of(human, humans);
    cell->wait = median_of(sorted, cell->wait_count);
    cell->wait_low = cell->wait_count > 0 ? sorted[0] : (double)NAN;
    cell->wait_high = cell->wait_count > 0 ? sorted[cell->wait_count - 1] : (double)NAN;
}

static void outcome_fill(const Tries *tries, StoryCell *cell)
{
    int counts[STEP_OUTCOME_COUNT] = {0};

    for (int i = 0; i < tries->count; i++)
        counts[tries->records[i]->outcome]++;
    for (int o = 0; o < STEP_OUTCOME_COUNT; o++) {
        if (counts[o] > 0 && counts[o] >= counts[cell->outcome])
            cell->outcome = (StepOutcome)o;
    }
    for (int i = 0; i < tries->count && !cell->record; i++) {
        if (tries->records[i]->outcome == cell->outcome) {
            cell->record = tries->records[i];
            cell->visit = tries->visits[i];
        }
    }
}

static void cell_fill(Arena *arena, const Audit *audit, const Journey *journey,
                      const char *id, StoryCell *cell)
{
    Tries tries = {.records =
                       ARENA_ARRAY(arena, journey->visit_count + 1, const StepRecord *),
                   .visits = ARENA_ARRAY(arena, journey->visit_count + 1, const Visit *)};

    for (size_t v = 0; v < journey->visit_count; v++) {
        const Visit *visit = audit->visits[journey->visits[v]];
        const StepRecord *record = record_find(visit, id);
        Sight sight = record ? sight_of(record->outcome) : SIGHT_NONE;
        if (sight == SIGHT_NONE)
            continue;
        cell->worked += sight == SIGHT_WORKED;
        cell->failed += sight == SIGHT_FAILED;
        cell->hidden += sight == SIGHT_HIDDEN;
        tries.visits[tries.count] = visit;
        tries.records[tries.count++] = record;
    }
    cell->walked = tries.count;
    cell->outcome = OUTCOME_OK;
    times_fill(arena, &tries, (double)journey->patience_us / 1000, cell);
    cell->pages = tries_median(arena, &tries, effort_pages);
    cell->clicks = tries_median(arena, &tries, effort_clicks);
    cell->fields = tries_median(arena, &tries, effort_fields);
    outcome_fill(&tries, cell);
    cell->moment = cell->walked == 0                        ? MOMENT_UNSEEN
                   : cell->failed == 0 && cell->worked == 0 ? MOMENT_UNSEEN
                   : cell->worked == 0                      ? MOMENT_MISSED
                   : cell->failed > 0                       ? MOMENT_PART
                                                            : MOMENT_MET;
}

/* The last of "search: vases; search: vaes": what the step was about. */
static const char *term_of(const StoryStep *step, size_t journeys)
{
    for (size_t j = 0; j < journeys; j++) {
        const StepRecord *record = step->cells[j].record;
        const char *typed = record ? record->typed : NULL;
        const char *last = NULL;
        for (const char *at = typed; at && (at = strstr(at, ": ")); at += 2)
            last = at + 2;
        if (last && *last)
            return last;
    }
    return NULL;
}

static void cells_fill(Arena *arena, const Audit *audit, Story *story)
{
    int number = 0;

    for (size_t s = 0; s < story->step_count; s++) {
        StoryStep *step = &story->steps[s];
        bool is_walked = false;

        step->cells = ARENA_ARRAY(arena, story->journey_count, StoryCell);
        for (size_t j = 0; j < story->journey_count; j++) {
            StoryCell *cell = &step->cells[j];
            cell_fill(arena, audit, story->journeys[j], step->id, cell);
            is_walked = is_walked || cell->walked > 0;
            if (cell->wait_high > story->longest)
                story->longest = cell->wait_high;
        }
        step->number = is_walked ? ++number : 0;
        if (step->kind == STEP_KIND_SEARCH || step->kind == STEP_KIND_SEARCH_PROBE)
            step->term = term_of(step, story->journey_count);
    }
}

/* Does the journey own the visit of an index? */
static bool journey_has(const Journey *journey, int visit)
{
    for (size_t v = 0; v < journey->visit_count; v++) {
        if ((int)journey->visits[v] == visit)
            return true;
    }
    return false;
}

/* The step at which a failing result was met: where its page was loaded, where its fact
 * was looked at, or the step that ended on such a page. step_count when nowhere. */
static size_t result_step(const Audit *audit, const Story *story, const Finding *finding,
                          const PageResult *result)
{
    const Visit *visit = audit->visits[result->visit];
    const char *fact = story_rule_fact(finding->rule);
    size_t at_fact = story->step_count;
    int at = -1;

    if (fact)
        at_fact = story_fact_step(audit, story, fact);
    if (at_fact < story->step_count)
        return at_fact;
    if (result->page >= 0 && (size_t)result->page < visit->page_count)
        at = visit->pages[result->page]->step;
    for (size_t s = 0; at < 0 && result->page < 0 && s < visit->step_count; s++) {
        int page = visit->steps[s].page;
        if (page >= 0 && (size_t)page < visit->page_count && ~finding->rule->pages != 0 &&
            (finding->rule->pages >> visit->pages[page]->kind & 1))
            at = (int)s;
    }
    for (size_t s = 0; at >= 0 && (size_t)at < visit->step_count && s < story->step_count;
         s++) {
        if (strcmp(story->steps[s].id, visit->steps[at].id) == 0)
            return s;
    }
    return story->step_count;
}

/* The step a missed criterion is first met at in the journeys' visits, or step_count. hits:
 * true for the journeys that meet it at the step only (only < step_count); NULL. */
static size_t finding_step(const Audit *audit, const Story *story, const Finding *finding,
                           size_t only, bool *hits)
{
    size_t first = story->step_count;

    for (size_t r = 0; r < finding->result_count; r++) {
        const PageResult *result = &finding->results[r];
        for (size_t j = 0; j < story->journey_count; j++) {
            size_t at = story->step_count;
            if (result->outcome == FINDING_FAIL &&
                journey_has(story->journeys[j], result->visit))
                at = result_step(audit, story, finding, result);
            if (at < first)
                first = at;
            if (hits && at == only && at < story->step_count)
                hits[j] = true;
        }
    }
    return first;
}

/* Tell a missed criterion at its first step, and lower that moment for those who met it. */
static void stumble_place(Arena *arena, const Audit *audit, Story *story,
                          const Finding *finding)
{
    bool *hits = ARENA_ARRAY(arena, story->journey_count, bool);
    bool is_grave = finding->rule->impact == IMPACT_BLOCKER && finding->score <= 0 &&
                    finding->rule->confidence != CONFIDENCE_LOW;
    size_t first = finding_step(audit, story, finding, story->step_count, NULL);
    StoryStep *step = NULL;

    if (first == story->step_count)
        return;
    step = &story->steps[first];
    if (step->number == 0 || step->stumble_count == STUMBLES_MOST)
        return;
    ARENA_PUSH(arena, step->stumbles, step->stumble_count, step->stumble_capacity, finding);
    finding_step(audit, story, finding, first, hits);
    for (size_t j = 0; j < story->journey_count; j++) {
        Moment *moment = &step->cells[j].moment;
        if (!hits[j] || *moment == MOMENT_UNSEEN)
            continue;
        if (is_grave)
            *moment = MOMENT_MISSED;
        else if (*moment == MOMENT_MET)
            *moment = MOMENT_PART;
    }
}

/* Missed criteria of weight that help to answer a question, blockers first. */
static void stumbles_fill(Arena *arena, const Audit *audit, Story *story)
{
    for (int impact = IMPACT_BLOCKER; impact >= IMPACT_MAJOR; impact--) {
        for (size_t i = 0; i < audit->finding_count; i++) {
            const Finding *finding = audit->findings[i];
            const Rule *rule = finding->rule;
            if (finding->outcome == FINDING_FAIL && (int)rule->impact == impact &&
                rule->questions && rule->questions[0])
                stumble_place(arena, audit, story, finding);
        }
    }
}

static bool story_takes(const Story *story, const Journey *journey)
{
    return strcmp(story->journeys[0]->scenario_id, journey->scenario_id) == 0 &&
           strcmp(story->journeys[0]->engine, journey->engine) == 0;
}

size_t story_build(Arena *arena, const Audit *audit, Story **stories)
{
    size_t count = 0, capacity = 0;

    *stories = NULL;
    for (size_t j = 0; j < audit->journey_count; j++) {
        const Journey *journey = &audit->journeys[j];
        size_t at = 0;
        while (at < count && !story_takes(&(*stories)[at], journey))
            at++;
        if (at == count)
            ARENA_PUSH(arena, *stories, count, capacity, ((Story){0}));
        Story *story = &(*stories)[at];
        ARENA_PUSH(arena, story->journeys, story->journey_count, story->journey_capacity,
                   journey);
    }
    for (size_t i = 0; i < count; i++) {
        steps_collect(arena, audit, &(*stories)[i]);
        cells_fill(arena, audit, &(*stories)[i]);
        stumbles_fill(arena, audit, &(*stories)[i]);
    }
    return count;
}

double story_wait(const Story *story, size_t journey)
{
    double sum = 0;
    bool is_known = false;

    for (size_t s = 0; s < story->step_count; s++) {
        double wait = story->steps[s].cells[journey].wait;
        if (isnan(wait))
            continue;
        sum += wait;
        is_known = true;
    }
    return is_known ? sum : (double)NAN;
}

double story_human(const Story *story, size_t journey)
{
    double sum = 0;
    bool is_known = false;

    for (size_t s = 0; s < story->step_count; s++) {
        double human = story->steps[s].cells[journey].human;
        if (isnan(human))
            continue;
        sum += human;
        is_known = true;
    }
    return is_known ? sum : (double)NAN;
}

size_t story_visits(const Story *story)
{
    size_t most = 0;

    for (size_t j = 0; j < story->journey_count; j++) {
        if (story->journeys[j]->visit_count > most)
            most = story->journeys[j]->visit_count;
    }
    return most;
}
