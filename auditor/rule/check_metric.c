/* check_metric.c - kind metric: a measured value of a page against a curve.
 *
 *     {"kind": "metric", "metric": "ttfb_ms", "curve": "log-linear",
 *      "good": 800, "poor": 1800}
 *
 *     {"kind": "metric", "measure": "slowest-page-ms", "good": 10000, "poor": 20000}
 *     {"kind": "metric", "timing": "warm_wait_ms", "good": 600, "poor": 1800}
 *
 * A measure (measure.c) is of the whole visit, a metric or a timing of a page. It passes up
 * to "limit" ("good" when not given), or while the observation that "least" {observe,
 * value} names stays below its value; the score follows the curve. What judge.c decides of
 * a URL is the median of its visits. Layer: rule. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "model/metric.h"
#include "rule/check.h"
#include "rule/curve.h"
#include "rule/measure.h"

typedef struct Measure {
    Metric metric;         /**< METRIC_COUNT: the wait on an open connection, or measure */
    VisitMeasure *measure; /**< NULL: none */
    const char *unit;
    Curve curve;
    double limit;
    const char *least_of; /**< observation that must reach least to fail; NULL: none */
    double least;
} Measure;

static const char *const keys[] = {"metric", "timing", "measure", "curve",
                                   "good",   "poor",   "limit",   "least"};

static bool curve_finish(CheckSource *source, const Json *json, Measure *measure,
                         Error *err)
{
    if (!curve_read(source->file, json, &measure->curve, err))
        return false;
    const Json *least = json_get(json, "least");
    measure->limit = json_number(json_get(json, "limit"), measure->curve.good);
    if (!least)
        return true;
    measure->least = json_number(json_get(least, "value"), 0);
    return json_need_text(source->file, least, "observe", &measure->least_of, err);
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    Measure *measure = ARENA_NEW(source->arena, Measure);
    const char *name = NULL, *timing = json_text(json_get(json, "timing"), NULL);
    const Json *whole = json_get(json, "measure");
    *data = measure;
    measure->unit = "ms";
    if (whole) {
        measure->metric = METRIC_COUNT;
        measure->curve = (Curve){CURVE_LINEAR, NAN, NAN};
        measure->measure = visit_measure_of(json_text(whole, ""), &measure->unit);
        source->scope = SCOPE_VISIT;
        if (!measure->measure)
            return json_error(source->file, whole, err,
                              "there is no measure of a visit called '%s'",
                              json_text(whole, ""));
        return curve_finish(source, json, measure, err);
    }
    if (timing) {
        measure->metric = METRIC_COUNT;
        measure->curve = (Curve){CURVE_LINEAR, NAN, NAN};
        if (strcmp(timing, "warm_wait_ms") != 0)
            return json_error(source->file, json_get(json, "timing"), err,
                              "'timing' can only be 'warm_wait_ms'");
        return curve_finish(source, json, measure, err);
    }
    if (!json_need_text(source->file, json, "metric", &name, err))
        return false;
    measure->metric = metric_of(name);
    if (measure->metric == METRIC_COUNT) {
        const char *names[METRIC_COUNT], *near;
        for (int i = 0; i < METRIC_COUNT; i++)
            names[i] = metric_info((Metric)i)->name;
        near = error_did_you_mean(name, names, METRIC_COUNT);
        json_error(source->file, json_get(json, "metric"), err,
                   "there is no metric called '%s'", name);
        return near ? error_hint(err, "did you mean '%s'?", near) : false;
    }
    measure->unit = metric_info(measure->metric)->unit;
    measure->curve = (Curve){CURVE_LINEAR, metric_info(measure->metric)->good,
                             metric_info(measure->metric)->poor};
    return curve_finish(source, json, measure, err);
}

/** Milliseconds from request to first byte when the connection was there already; NAN. */
static double warm_wait_ms(const Subject *subject)
{
    const Exchange *exchange;
    if (subject->page->document < 0)
        return NAN;
    exchange = subject->visit->exchanges[subject->page->document];
    if (!exchange->is_connection_reused || exchange->timings.wait_us < 0)
        return NAN;
    return (double)exchange->timings.wait_us / 1000;
}

/** The value asked for, or why there is none: then outcome is what to answer. */
static const char *value_read(const Measure *measure, const Subject *subject, double *value,
                              Answer *answer, FindingOutcome *outcome)
{
    *outcome = FINDING_CANNOT_TELL;
    if (measure->measure)
        return measure->measure(subject, value, answer);
    if (measure->metric != METRIC_COUNT) {
        *value = subject->page->metrics[measure->metric];
        return isnan(*value) ? "it was not measured on this page" : NULL;
    }
    *value = warm_wait_ms(subject);
    *outcome = FINDING_NOT_APPLICABLE;
    return isnan(*value) ? "the page came over a fresh connection" : NULL;
}

/* A share of something small is no failure: is the amount seen to be below the least? */
static bool is_trifle(const Measure *measure, const Subject *subject)
{
    const Observation *seen =
        measure->least_of && subject->page
            ? observation_first(&subject->page->observations, measure->least_of)
            : NULL;
    return seen && seen->value < measure->least;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const Measure *measure = data;
    FindingOutcome outcome;
    double value = NAN;
    const char *reason = value_read(measure, subject, &value, answer, &outcome);
    if (reason) {
        answer_set(answer, outcome, reason);
        return;
    }
    bool is_fine = value <= measure->limit || is_trifle(measure, subject);
    answer_verdict(answer, is_fine);
    answer->score =
        is_fine && value > measure->limit ? 1 : curve_score(&measure->curve, value);
    answer->value = value;
    answer->threshold = measure->limit;
    answer->unit = measure->unit;
}

const CheckType check_metric = {.kind = CHECK_METRIC,
                                .scope = SCOPE_PAGE,
                                .keys = keys,
                                .key_count = (int)COUNT_OF(keys),
                                .compile = compile,
                                .run = run};
