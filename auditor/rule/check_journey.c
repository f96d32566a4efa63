/* check_journey.c - kind journey: a fact that the visit observed (fact.def), or a measure
 * of its steps.
 *
 *     {"kind": "journey", "fact": "cart.add_worked", "is": true}
 *     {"kind": "journey", "fact": "search.typo_results", "min": {"fact": "search.results",
 *      "times": 0.5}}
 *
 *     {"kind": "journey", "steps": ["mystery/fillAddress", "mystery/reachPayment"],
 *      "broken": "@technical_error"}
 *
 * A fact that is absent is cannot-tell with its reason; one that the visit never looked for
 * is not-applicable to that visit. Layer: rule. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "rule/curve.h"
#include "rule/pattern.h"

/** A bound: a number, or another fact times a factor. */
typedef struct Bound {
    double number; /**< NAN: not asked */
    const char *fact;
    double times, plus;
} Bound;

typedef struct JourneyCheck {
    const char *fact;
    char type; /**< b, n or t of fact.def */
    bool has_is, is;
    Bound min, max;
    Condition *matches;
    bool has_curve;
    Curve curve;
    const char *unit;
    StepKind *steps; /**< instead of a fact: steps that must not break down */
    int step_count;
    Condition *broken; /**< words of the shop that own up to a fault of its own */
} JourneyCheck;

static const char *const keys[] = {"fact", "is",   "min",  "max",   "matches", "curve",
                                   "good", "poor", "unit", "steps", "broken"};

static bool fact_unknown(CheckSource *source, const Json *value, Error *err)
{
    const char *const *names = fact_names();
    const char *near;
    int count = 0;
    while (names[count])
        count++;
    json_error(source->file, value, err, "there is no fact called '%s'",
               json_text(value, ""));
    near = error_did_you_mean(json_text(value, ""), names, count);
    return near ? error_hint(err, "did you mean '%s'?", near) : false;
}

static bool bound_read(CheckSource *source, const Json *value, Bound *bound, Error *err)
{
    static const char *const bound_keys[] = {"fact", "times", "plus"};
    char type = 0;
    bound->number = json_number(value, NAN);
    if (!value || json_type(value) == JSON_NUMBER)
        return true;
    if (json_type(value) != JSON_OBJECT)
        return json_error(source->file, value, err, "a bound is a number or a fact");
    if (!json_only_keys(source->file, value, bound_keys, 3, err) ||
        !json_need_text(source->file, value, "fact", &bound->fact, err))
        return false;
    if (!fact_is_known(bound->fact, &type) || type != 'n')
        return fact_unknown(source, json_get(value, "fact"), err);
    bound->times = json_number(json_get(value, "times"), 1);
    bound->plus = json_number(json_get(value, "plus"), 0);
    return true;
}

static bool subject_read(CheckSource *source, const Json *json, JourneyCheck *check,
                         Error *err)
{
    return json_need_text(source->file, json, "fact", &check->fact, err) &&
           (fact_is_known(check->fact, &check->type) ||
            fact_unknown(source, json_get(json, "fact"), err));
}

/** The question must fit the fact's type. */
static bool question_check(CheckSource *source, const Json *json, const JourneyCheck *check,
                           Error *err)
{
    bool has_number = json_get(json, "min") || json_get(json, "max") || check->has_curve;
    char asked = check->has_is ? 'b' : check->matches ? 't' : has_number ? 'n' : 0;
    if (!asked)
        return json_error(source->file, json, err,
                          "needs 'is', 'min', 'max', 'good' or 'matches'");
    return asked == check->type ||
           json_error(source->file, json, err, "the question does not fit the fact's type");
}

static bool steps_compile(CheckSource *source, const Json *json, JourneyCheck *check,
                          Error *err)
{
    const Json *steps = json_get(json, "steps"), *broken = json_get(json, "broken");
    if (json_type(steps) != JSON_ARRAY || !broken || json_get(json, "fact"))
        return json_error(source->file, steps, err,
                          "'steps' is a list, beside 'broken' and without 'fact'");
    check->steps = ARENA_ARRAY(source->arena, (size_t)json_count(steps) + 1, StepKind);
    for (const Json *item = json_first(steps); item; item = json_next(item)) {
        StepKind kind = step_kind_of(json_text(item, ""));
        if (kind == STEP_KIND_COUNT)
            return json_error(source->file, item, err, "there is no step '%s'",
                              json_text(item, ""));
        check->steps[check->step_count++] = kind;
    }
    return condition_compile(source, broken, &check->broken, err);
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    JourneyCheck *check = ARENA_NEW(source->arena, JourneyCheck);
    const Json *matches = json_get(json, "matches");
    *data = check;
    check->unit = "";
    if (json_get(json, "steps"))
        return steps_compile(source, json, check, err);
    if (!subject_read(source, json, check, err) ||
        !bound_read(source, json_get(json, "min"), &check->min, err) ||
        !bound_read(source, json_get(json, "max"), &check->max, err) ||
        (matches && !condition_compile(source, matches, &check->matches, err)))
        return false;
    check->unit = json_text(json_get(json, "unit"), check->unit);
    check->has_is = json_get(json, "is") != NULL;
    check->is = json_bool(json_get(json, "is"), true);
    check->has_curve = json_get(json, "good") != NULL;
    check->curve = (Curve){CURVE_LINEAR, NAN, NAN};
    if (check->has_curve && !curve_read(source->file, json, &check->curve, err))
        return false;
    return question_check(source, json, check, err);
}

/** Number of a bound; false: it rests on a fact that was not observed. */
static bool bound_value(const Bound *bound, const Visit *visit, double *number)
{
    const Fact *fact;
    *number = bound->number;
    if (!bound->fact)
        return true;
    fact = visit_fact(visit, bound->fact);
    if (!fact || fact->state != FACT_NUMBER)
        return false;
    *number = fact->number * bound->times + bound->plus;
    return true;
}

static void number_judge(const JourneyCheck *check, const Subject *subject, double number,
                         Answer *answer)
{
    double low = NAN, high = NAN;
    if (!bound_value(&check->min, subject->visit, &low) ||
        !bound_value(&check->max, subject->visit, &high)) {
        answer_set(answer, FINDING_CANNOT_TELL,
                   "what it is compared with was not observed");
        return;
    }
    if (check->has_curve && isnan(low) && isnan(high))
        high = check->curve.good;
    answer_verdict(answer, !(number < low) && !(number > high));
    if (check->has_curve)
        answer->score = curve_score(&check->curve, number);
    answer->value = number;
    answer->threshold = number < low || isnan(high) ? low : high;
    answer->unit = check->unit;
}

static void fact_judge(const JourneyCheck *check, const Subject *subject, const Fact *fact,
                       Answer *answer)
{
    if (fact->state == FACT_ABSENT) {
        answer_set(answer, FINDING_CANNOT_TELL,
                   fact->reason ? arena_text(subject->arena, fact->reason)
                                : "it could not be observed");
        return;
    }
    if (fact->state == FACT_TRUTH)
        answer_verdict(answer, fact->truth == check->is);
    else if (fact->state == FACT_TEXT)
        answer_verdict(answer, condition_holds(check->matches, subject, fact->text, NULL));
    else
        number_judge(check, subject, fact->number, answer);
    if (fact->state == FACT_TEXT)
        answer->text = arena_text(subject->arena, fact->text);
    else if (fact->evidence)
        answer->text = arena_text(subject->arena, fact->evidence);
    if (answer->outcome == FINDING_PASS || answer->outcome == FINDING_FAIL)
        answer_evidence(answer, NULL,
                        fact->evidence ? arena_text(subject->arena, fact->evidence) : NULL,
                        fact->page >= 0 && (size_t)fact->page < subject->visit->page_count
                            ? subject->visit->pages[fact->page]->url
                            : NULL);
}

static bool is_asked(const JourneyCheck *check, StepKind kind)
{
    for (int i = 0; i < check->step_count; i++)
        if (check->steps[i] == kind)
            return true;
    return false;
}

/** Did the shop break down: an answer of 5xx, or words that own up to a fault of its own?
 * A refusal in other words may be about our data. */
static bool is_broken(const JourneyCheck *check, const Subject *subject,
                      const StepRecord *step, const Page *page)
{
    return !step_is_ok(step->outcome) &&
           ((page && page->status >= 500) ||
            (step->shop_text &&
             condition_holds(check->broken, subject, step->shop_text, NULL)));
}

static void steps_judge(const JourneyCheck *check, const Subject *subject, Answer *answer)
{
    const Visit *visit = subject->visit;
    bool is_at_end = false;
    int total = 0;
    for (size_t i = 0; i < visit->step_count; i++) {
        const StepRecord *step = &visit->steps[i];
        const Page *page = step->page >= 0 && (size_t)step->page < visit->page_count
                               ? visit->pages[step->page]
                               : NULL;
        if (!is_asked(check, step->kind) || step->outcome == OUTCOME_SKIPPED)
            continue;
        total++;
        is_at_end =
            step->kind == check->steps[check->step_count - 1] && step_is_ok(step->outcome);
        if (!is_broken(check, subject, step, page))
            continue;
        answer_verdict(answer, false);
        answer->text = arena_text(subject->arena, step->shop_text ? step->shop_text
                                                  : step->reason  ? step->reason
                                                                  : "");
        answer_evidence(answer, NULL, answer->text, page ? page->url : NULL);
        return;
    }
    if (total == 0)
        answer_set(answer, FINDING_NOT_APPLICABLE, "this journey did not look for it");
    else if (is_at_end)
        answer_verdict(answer, true);
    else
        answer_set(answer, FINDING_CANNOT_TELL,
                   "the order was not followed to its end, for another reason");
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const JourneyCheck *check = data;
    const Fact *fact;
    if (check->steps) {
        steps_judge(check, subject, answer);
        return;
    }
    fact = visit_fact(subject->visit, check->fact);
    if (fact)
        fact_judge(check, subject, fact, answer);
    else
        answer_set(answer, FINDING_NOT_APPLICABLE, "this journey did not look for it");
}

const CheckType check_journey = {.kind = CHECK_JOURNEY,
                                 .scope = SCOPE_VISIT,
                                 .keys = keys,
                                 .key_count = (int)COUNT_OF(keys),
                                 .compile = compile,
                                 .run = run};
