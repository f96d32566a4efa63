/* finding.h - a rule's answer about the pages and visits it looked at.
 *
 * One Finding per rule; one PageResult per page (or visit) looked at. Layer: model.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "model/rule.h"

typedef enum FindingOutcome {
    FINDING_PASS,
    FINDING_FAIL,
    FINDING_CANNOT_TELL,
    FINDING_NOT_APPLICABLE,
    FINDING_OUTCOME_COUNT,
} FindingOutcome;

/** Something a person can go and see. */
typedef struct Evidence {
    const char *selector; /**< CSS path of the element; NULL */
    const char *snippet;  /**< markup or text, at most about 300 bytes; NULL */
    const char *note;     /**< e.g. URL of a resource, header line; NULL */
    double box[4]; /**< x, y, width, height on the page's picture, as shares of its size;
                      width 0: not on it */
} Evidence;

/** A rule's answer about one page of one visit (or about a whole visit: page -1). */
typedef struct PageResult {
    int visit; /**< index into Audit.visits */
    int page;  /**< index into the visit's pages, -1: the visit as a whole */
    FindingOutcome outcome;
    double score;     /**< 0 to 1 when pass or fail, NAN otherwise; rules with a curve give
                         between */
    double value;     /**< what was measured; NAN: none */
    const char *text; /**< what was read; NULL */
    int count, total; /**< "count of total elements fail"; -1: none */
    const char *reason; /**< of cannot-tell or not-applicable, in English; NULL */
    Evidence *evidence;
    int evidence_count; /**< at most 5 */
    const char *person; /**< profile of who answered instead of a program; NULL */
    const char *date;   /**< the day they did, "2026-11-12"; NULL */
} PageResult;

/** All answers of one rule. */
typedef struct Finding {
    const Rule *rule;
    FindingOutcome outcome; /**< fail if any page fails; else pass if any passes; else
                               cannot-tell if any; else not-applicable */
    double score; /**< mean over conclusive pages of distinct URL (mean over visits first);
                     NAN */
    double value; /**< median over failing (else passing) results; NAN */
    int pages_failed, pages_seen; /**< distinct URLs, conclusive */
    const char *unit;             /**< of value: "ms", "byte", "" ...; NULL */
    double threshold;             /**< the bar value is held against; NAN */
    const char *reason;      /**< of cannot-tell or not-applicable: the first result's */
    const char *fingerprint; /**< 16 hex digits: rule, outcome-independent page kinds (no
                                selectors) */
    const char *revision;    /**< of the rule that judged, where a file says so; NULL */
    bool is_counted; /**< false: another of the same group counts (scoring.md 3.5.7) */
    PageResult *results;
    size_t result_count, result_capacity;
} Finding;

const char *finding_outcome_name(FindingOutcome outcome);
bool finding_outcome_of(const char *name, FindingOutcome *outcome);

#endif
