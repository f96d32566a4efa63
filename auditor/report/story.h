/* story.h - the visits of a scenario laid side by side, step by step: what was done, how
 * long it took, whether it worked, what was stumbled on.
 *
 * Gathers facts and findings; words come from view. Layer: report.
 * SPDX-License-Identifier: MIT */
#ifndef REPORT_STORY_H
#define REPORT_STORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "model/audit.h"

/** How a moment of truth went. */
typedef enum Moment {
    MOMENT_UNSEEN, /**< not walked, or this engine could not see it */
    MOMENT_MET,
    MOMENT_PART,   /**< worked with a major reproach, or in some visits only */
    MOMENT_MISSED, /**< did not work, or with a blocker that nothing softens */
    MOMENT_COUNT,
} Moment;

/** One step for one persona (journey). Times are in ms, NAN: not measured. */
typedef struct StoryCell {
    int walked;                 /**< visits that tried the step */
    int worked, failed, hidden; /**< of them; hidden: this engine cannot tell */
    double *waits;              /**< of the visits that measured it, in order of visits */
    int wait_count;
    double wait, wait_low, wait_high; /**< median, least, most */
    double human;                     /**< median of the keystroke-level estimate */
    int pages, clicks, fields;        /**< medians, -1: not measured */
    int beyond_patience;      /**< visits that waited longer than the persona's patience */
    int beyond_ten;           /**< visits that waited longer than 10 s */
    StepOutcome outcome;      /**< the most frequent; the worse of equals */
    const Visit *visit;       /**< first visit with that outcome: the one told; NULL */
    const StepRecord *record; /**< in it; NULL */
    Moment moment;
} StoryCell;

/** One step of a scenario. */
typedef struct StoryStep {
    const char *id;
    StepKind kind;
    const char *term; /**< what a search looked for; NULL */
    int number;       /**< 1, 2, ... among the steps that were walked; 0: never walked */
    StoryCell *cells; /**< one a journey */
    const Finding **stumbles; /**< missed criteria met first here, heaviest first */
    size_t stumble_count, stumble_capacity;
} StoryStep;

/** A scenario as walked with one engine by one or more personas. */
typedef struct Story {
    const Journey **journeys;
    size_t journey_count, journey_capacity;
    StoryStep *steps;
    size_t step_count, step_capacity;
    double longest; /**< longest wait of all, ms; 0 */
} Story;

/** What all visits of a story say about one fact. */
typedef struct StoryFact {
    const char *name;
    FactState state;      /**< FACT_ABSENT when no visit observed it */
    int yes, no;          /**< of truths */
    double number;        /**< median */
    const char *text;     /**< of the first visit that has it */
    const char *currency; /**< product.currency of that visit; NULL */
} StoryFact;

/** Stories of an audit in order of its journeys. Owns: arena. */
size_t story_build(Arena *arena, const Audit *audit, Story **stories);
/** Most visits of one of its journeys. */
size_t story_visits(const Story *story);
/** Sum of the median waits of a journey's steps, ms; NAN when none was measured. */
double story_wait(const Story *story, size_t journey);
/** Sum of the median gestures, ms; NAN when none was estimated. */
double story_human(const Story *story, size_t journey);
/** The step a fact is told at: index into steps, or step_count when it is told nowhere. */
size_t story_fact_step(const Audit *audit, const Story *story, const char *fact);
/** Gather a fact over all visits of the story. */
void story_fact(Arena *arena, const Audit *audit, const Story *story, const char *name,
                StoryFact *fact);
/** The fact a criterion reads, from the journey or, for well-known ones, from the page;
 * NULL.
 */
const char *story_rule_fact(const Rule *rule);
/** The missed criterion that rests on a fact, or NULL. */
const Finding *story_fact_finding(const Audit *audit, const char *fact);

#endif
