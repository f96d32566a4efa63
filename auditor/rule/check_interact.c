/* check_interact.c - kind interact: what a browser saw or tried on a page (docs/rules.md,
 * "Observation names").
 *
 *     {"kind": "interact", "observe": "probe.keyboard-trap"}
 *     {"kind": "interact", "observe": "probe.entry-popup", "over": 0.25}
 *     {"kind": "interact", "observe": "probe.scroll", "min": 0.5, "max": 1.5}
 *
 * A fault fails with a value above "over" (0), passes only by a value that is not; what was
 * not looked for is cannot-tell. A measure is held against bounds. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "model/layout.h"
#include "rule/check.h"

typedef struct InteractCheck {
    const char *name;
    double over;     /**< a fault counts above this */
    double tolerate; /**< so many faults may be */
    double min, max; /**< of a measure; NAN: no bound */
    bool is_measure;
    const char *prefix; /**< only texts that begin so; NULL: all */
} InteractCheck;

static const char *const keys[] = {"observe", "over", "min", "max", "tolerate", "text"};

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    InteractCheck *check = ARENA_NEW(source->arena, InteractCheck);
    *data = check;
    check->over = json_number(json_get(json, "over"), 0);
    check->tolerate = json_number(json_get(json, "tolerate"), 0);
    check->min = json_number(json_get(json, "min"), NAN);
    check->max = json_number(json_get(json, "max"), NAN);
    check->is_measure = !isnan(check->min) || !isnan(check->max);
    check->prefix = json_text(json_get(json, "text"), NULL);
    return json_need_text(source->file, json, "observe", &check->name, err);
}

static const Node *node_at(const Subject *subject, int element)
{
    const Document *document = subject->view ? view_document(subject->view) : NULL;
    if (!document || element < 0 || (size_t)element >= document_element_count(document))
        return NULL;
    return document_element(document, (size_t)element);
}

static void evidence_add(const Subject *subject, const Observation *seen, Answer *answer)
{
    const Node *node = node_at(subject, seen->element);
    const char *text = seen->text ? arena_text(subject->arena, seen->text) : NULL;
    if (node)
        answer_node(answer, subject, node, text);
    else
        answer_evidence(answer, NULL, NULL, text);
    if (!answer->text)
        answer->text = text;
}

/* How many of axe-core's rules looked; one that had nothing to look at left no trace. */
static bool is_axe_done(const Subject *subject, const char *name)
{
    const Observation *ran = observation_first(&subject->page->observations, "axe.ran");
    return !strncmp(name, "axe.", 4) && ran && ran->value > 0;
}

/** What was gathered about one name. */
typedef struct Seen {
    int faults, clean;
    double worst; /**< NAN: none */
    const char *absent;
} Seen;

static bool is_fault(const InteractCheck *check, double value)
{
    if (check->is_measure)
        return value < check->min || value > check->max;
    return value > check->over;
}

static Seen seen_read(const InteractCheck *check, const Subject *subject, Answer *answer)
{
    const Observations *list = &subject->page->observations;
    Seen seen = {.worst = NAN};
    for (const Observation *one = observation_first(list, check->name); one;
         one = observation_next(list, one)) {
        if (one->absent || isnan(one->value)) {
            seen.absent = one->absent ? one->absent : "it could not be observed";
            continue;
        }
        if (check->prefix &&
            !(one->text && str_starts_with(str_of(one->text), str_of(check->prefix))))
            continue;
        if (!is_fault(check, one->value)) {
            seen.clean++;
            if (isnan(seen.worst))
                seen.worst = one->value;
            continue;
        }
        if (seen.faults++ == 0 || !(one->value < seen.worst))
            seen.worst = one->value;
        evidence_add(subject, one, answer);
    }
    return seen;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const InteractCheck *check = data;
    Seen seen = seen_read(check, subject, answer);
    if (seen.faults > check->tolerate) {
        answer_verdict(answer, false);
    } else if (seen.absent) {
        answer_set(answer, FINDING_CANNOT_TELL, arena_text(subject->arena, seen.absent));
        answer->evidence_count = 0;
        return;
    } else if (seen.clean > 0 || seen.faults > 0) {
        answer_verdict(answer, true);
        answer->evidence_count = 0;
    } else if (is_axe_done(subject, check->name)) {
        answer_set(answer, FINDING_NOT_APPLICABLE, "the page has no object of this rule");
        return;
    } else {
        answer_set(answer, FINDING_CANNOT_TELL,
                   "nothing was tried on the page by a browser");
        return;
    }
    answer->count = seen.faults;
    answer->total = seen.faults + seen.clean;
    answer->value = seen.worst;
    answer->threshold =
        check->is_measure ? (isnan(check->max) ? check->min : check->max) : check->over;
}

const CheckType check_interact = {.kind = CHECK_INTERACT,
                                  .scope = SCOPE_PAGE,
                                  .keys = keys,
                                  .key_count = (int)COUNT_OF(keys),
                                  .compile = compile,
                                  .run = run};
