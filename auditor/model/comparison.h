/* comparison.h - two audits held against each other: what changed, what is only noise, what
 * cannot be told yet.
 *
 * Filled by score/compare, rendered by report/compare, asked by audit/gate. Layer: model.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_COMPARISON_H
#define MODEL_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "model/snapshot.h"

/** The three words, and that of an improvement. */
typedef enum ChangeWord {
    CHANGE_INCONCLUSIVE,
    CHANGE_NONE, /**< no notable change: the whole interval lies within the limit */
    CHANGE_WORSE,
    CHANGE_BETTER,
    CHANGE_WORD_COUNT,
} ChangeWord;

/** How one metric changed. */
typedef struct Change {
    Metric metric;
    double before, after; /**< medians; NAN: not measured */
    bool is_ratio;        /**< estimate, low, high and limit are ratios (1: as before), else
                             differences in the metric's unit */
    double estimate;      /**< Hodges-Lehmann */
    double low, high;     /**< 95 %; NAN: too few visits */
    double p, p_adjusted; /**< NAN: too few */
    double delta;         /**< Cliff's; NAN for pairs */
    double limit;         /**< a change up to here does not matter */
    double sigma;         /**< noise of the logarithm; NAN */
    double detectable;    /**< smallest slow-down found 80 times in 100; NAN */
    size_t visits;        /**< on each side, of the journey that has most */
    size_t needed;        /**< visits of each journey that would decide; 0: decided */
    ChangeWord word;
    bool is_too_few; /**< under four visits: nothing is claimed */
} Change;

/** One metric of one kind of page. */
typedef struct ComparedTime {
    PageKind kind;
    CheckoutStage stage;
    const char *engine;
    const char *step; /**< the step whose pages changed most; "" none */
    size_t journeys;  /**< pooled as strata */
    bool is_primary;  /**< decides; the others are leads */
    Change change;
} ComparedTime;

typedef enum FindingChange {
    FINDING_NEW,
    FINDING_FIXED,
    FINDING_STILL,
    FINDING_FLICKERING,
    FINDING_BY_GRID, /**< the rule came, went or changed */
    FINDING_UNSEEN,  /**< could be told on one side only */
    FINDING_CHANGE_COUNT,
} FindingChange;

/** A finding that fails on one side or both. */
typedef struct ComparedFinding {
    FindingChange state;
    const SnapFinding *before, *after; /**< NULL: the rule was not there */
} ComparedFinding;

/** A journey held against itself. Medians; NAN: not measured. */
typedef struct ComparedJourney {
    const char *scenario, *persona, *engine;
    size_t before_done, before_count; /**< visits that reached their end, of how many */
    size_t after_done, after_count;
    double p; /**< Fisher's, of the shares */
    double before_fields, after_fields, before_pages, after_pages;
    double before_clicks, after_clicks;
} ComparedJourney;

/** A price that is another. */
typedef struct ComparedPrice {
    const SnapPrice *before, *after;
} ComparedPrice;

/** How the visits of the two sides were made. */
typedef struct CompareDesign {
    bool is_interleaved; /**< A B B A …, else one side after the other */
    size_t sessions;     /**< earlier audits whose medians spread is known from */
    double session_sd;   /**< of the logarithm of their medians; NAN unknown */
} CompareDesign;

typedef struct Comparison {
    const Snapshot *before, *after;
    CompareDesign design;
    ChangeWord word;     /**< of the primary metrics together */
    ComparedTime *times; /**< primary first, then leads */
    size_t time_count, time_capacity;
    ComparedFinding *findings; /**< by state, heaviest first */
    size_t finding_count, finding_capacity;
    ComparedJourney *journeys;
    size_t journey_count, journey_capacity;
    ComparedPrice *prices;
    size_t price_count, price_capacity;
    int counts[FINDING_CHANGE_COUNT];
} Comparison;

/** worse no-notable-change inconclusive better */
const char *change_word_name(ChangeWord word);
/** new fixed still flickering by-grid unseen */
const char *finding_change_name(FindingChange state);

#endif
