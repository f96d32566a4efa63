/* audit.h - the root of a run: what was asked, the visits, the findings, the scores.
 *
 * Filled by audit/, weighed by score/, rendered by report/ (which gets it const).
 * Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_AUDIT_H
#define MODEL_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/finding.h"
#include "model/persona.h"
#include "model/visit.h"

/** A sentence for people, stored as key and arguments so that any language can say it. */
typedef struct Phrase {
    const char *key; /**< of reports/words; NULL: none */
    const char *names[8];
    const char *values[8]; /**< machine forms: "9600", "EUR 6.90", a page title */
    int count;
    const char *findings[4]; /**< fingerprints it rests on */
    int finding_count;
} Phrase;

/** Low and high; NAN, NAN: none. */
typedef struct Interval {
    double low, high;
} Interval;

/** Mark of a dimension: scoring.md 3.5. */
typedef struct DimensionScore {
    double score;    /**< capped, 0-100; NAN: not enough evidence */
    double uncapped; /**< before the cap; NAN */
    double coverage; /**< K, 0-1; NAN when nothing applies */
    Interval bounds; /**< inconclusive counted as failed, as passed */
    Interval
        interval;   /**< resampled visits, 2.5th-97.5th centile; null below five visits */
    Interval range; /**< lowest and highest single visit, below five visits */
    const Rule *cap_rule; /**< the blocker that caps; NULL */
    int counts[FINDING_OUTCOME_COUNT];
} DimensionScore;

/** How a modelled figure came to stand on the owner's real ones. */
typedef struct FigureCalibration {
    const char *date; /**< day of the newest figure it stands on */
    int points;
    double residual;  /**< around the line, in the figure's unit */
    double r_squared; /**< share of the spread explained */
    double modelled;  /**< what the model alone says; NAN */
    bool is_outside;  /**< this shop lies beyond the points: the line is drawn on */
} FigureCalibration;

/** A modelled figure with its inputs (badge "model"). */
typedef struct ModelFigure {
    double value; /**< NAN: not enough evidence */
    Interval interval;
    const char *formula; /**< key of reports/words */
    const char *input_names[12];
    double input_values[12];
    int input_count;
    const FigureCalibration *calibrated; /**< NULL: the model as it is */
} ModelFigure;

/** One loss of the modelled completion, in the order they are multiplied. */
typedef struct CascadeStep {
    const char *name; /**< browsing, a friction, patience */
    double kept;      /**< share of those before it who go on, 0-1 */
    double remains;   /**< share of all carts left behind it, 0-1 */
    bool is_seen;     /**< false: not observed, the average shop's degree is taken */
} CascadeStep;

enum { CASCADE_MAX = 12, PATIENCE_COUNT = 3 };

/** The marks owners know: scoring.md 3.6. */
typedef struct Customer {
    ModelFigure satisfaction;   /**< out of 10 */
    double stars;               /**< 1-5 by halves; NAN */
    const char *smiley;         /**< very-happy happy neutral unhappy very-unhappy; NULL */
    ModelFigure recommendation; /**< NPS-like, -100..100, interval is the point of it */
    ModelFigure effort;         /**< 1-7 */
    ModelFigure completion;     /**< share 0-1, the walking persona's patience */
    CascadeStep cascade[CASCADE_MAX]; /**< how it comes about */
    int cascade_count;
    double completion_by[PATIENCE_COUNT]; /**< hurried, ordinary, patient; NAN */
    double experience;                    /**< E */
    bool is_calibrated;
} Customer;

/** One of the four questions, answered. */
typedef struct Question {
    const char *id; /**< unfinished-sales early-leavers unsold-product no-return */
    Phrase answer;
    const Finding *evidence[12];
    int evidence_count;
} Question;

/** A repair, in order of worth: scoring.md 3.6 and 3.7. */
typedef struct Opportunity {
    const Finding *finding;
    double gain;       /**< points of the overall mark, caps set aside (3.7) */
    double mark_after; /**< overall mark once this and those before it are done */
    double priority;
    Dimension held_by;     /**< whose cap holds mark_after back; DIMENSION_COUNT: none */
    const Rule *held_rule; /**< the blocker of that cap; NULL: the dimension as a whole */
} Opportunity;

typedef enum AuditStatus { AUDIT_PASSED, AUDIT_FAILED, AUDIT_INCONCLUSIVE } AuditStatus;

/** Visits of one scenario by one persona with one engine. */
typedef struct Journey {
    const char *scenario_id;
    LangText scenario_title;
    LangText scenario_purpose;
    const char *persona_id;
    LangText persona_title;
    const char *engine;
    int64_t patience_us;
    bool is_phone;
    size_t *visits; /**< indexes into Audit.visits */
    size_t visit_count, visit_capacity;
    Phrase summary;
} Journey;

/** A bar that was asked for and not simply met. */
typedef struct Bar {
    const char *kind;    /**< score, budget, regression, new-finding */
    const char *state;   /**< missed; unclear; known (issue); once (not seen again) */
    const char *page;    /**< kind of page, with its stage; "" none */
    const char *step;    /**< kind of step; "" none */
    const char *subject; /**< metric or rule */
    const char *text;    /**< in English */
} Bar;

/** An audit. */
typedef struct Audit {
    Arena *arena;
    const char *site;
    const char *host;
    const char *language; /**< of the run: texts written into audit.json */
    const char *tool_version;
    const char *place; /**< "loopback" or host name of the machine; never guessed */
    int64_t started_us;
    int64_t duration_us;
    const char *command; /**< what was asked, secrets left out; NULL: judged files */
    Safety safety;
    const Grid *grid;
    Visit **visits;
    const char **visit_files; /**< "visits/x.har", beside audit.json */
    size_t visit_count, visit_capacity;
    Journey *journeys;
    size_t journey_count, journey_capacity;
    Finding **findings; /**< in order of the grid */
    size_t finding_count, finding_capacity;
    const Finding **strengths;
    size_t strength_count, strength_capacity;
    const Finding **weaknesses;
    size_t weakness_count, weakness_capacity;
    Opportunity *opportunities; /**< best first, at most 10 */
    size_t opportunity_count, opportunity_capacity;
    DimensionScore dimensions[DIMENSION_COUNT];
    double score;          /**< overall, capped; NAN: not enough evidence */
    double uncapped_score; /**< before the overall cap */
    Dimension
        cap_dimension;  /**< the journey-critical one that caps; DIMENSION_COUNT: none */
    const char *letter; /**< A-E, both when the interval crosses ("B-C"); NULL */
    Interval interval;  /**< null below five visits */
    Interval range;     /**< below five visits */
    Interval judgement; /**< rules mistaken: [score, higher] */
    double confidence;  /**< Σ g·coverage / Σ g */
    double score_equal; /**< under equal shares */
    double score_speed; /**< under speed-heavy shares */
    Customer customer;
    Question questions[4];
    int question_count;
    Phrase headline;
    AuditStatus status;
    double min_score;     /**< bar asked for; NAN: none */
    const char *bar_text; /**< what was missed, in English; NULL */
    Bar *bars;
    size_t bar_count, bar_capacity;
    bool is_partial;
    const char *
        *countries; /**< NULL-ended: countries the shop addresses, for legal rules */
} Audit;

Audit *audit_create(Arena *arena);
const char *audit_status_name(AuditStatus status);
void phrase_add(Phrase *phrase, const char *name, const char *value);

#endif
