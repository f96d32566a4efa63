/* finding_build.c - answers gathered into findings.
 *
 * Answers about one URL (in several visits) are one subject; a journey is one subject
 * whatever the number of its visits. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/finding_build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/stats.h"

Finding *finding_create(Arena *arena, const Rule *rule)
{
    Finding *finding = ARENA_NEW(arena, Finding);
    finding->rule = rule;
    finding->outcome = FINDING_NOT_APPLICABLE;
    finding->score = finding->value = finding->threshold = NAN;
    finding->is_counted = true;
    return finding;
}

static bool is_conclusive(FindingOutcome outcome)
{
    return outcome == FINDING_PASS || outcome == FINDING_FAIL;
}

void finding_add(Finding *finding, Arena *arena, int visit, int page, const Answer *answer)
{
    PageResult result = {
        .visit = visit,
        .page = page,
        .outcome = answer->outcome,
        .score = answer->score,
        .value = answer->value,
        .text = answer->text,
        .count = answer->count,
        .total = answer->total,
        .reason = answer->reason,
        .evidence_count = answer->evidence_count,
    };
    if (answer->outcome == FINDING_NOT_APPLICABLE) {
        if (!finding->reason)
            finding->reason = answer->reason;
        if (finding->result_count > 0)
            return;
    }
    if (answer->evidence_count > 0) {
        result.evidence = ARENA_ARRAY(arena, (size_t)answer->evidence_count, Evidence);
        memcpy(result.evidence, answer->evidence,
               (size_t)answer->evidence_count * sizeof *answer->evidence);
    }
    if (answer->unit)
        finding->unit = answer->unit;
    if (!isnan(answer->threshold) &&
        (isnan(finding->threshold) || answer->outcome == FINDING_FAIL))
        finding->threshold = answer->threshold;
    ARENA_PUSH(arena, finding->results, finding->result_count, finding->result_capacity,
               result);
}

/** What an answer is about: the page's URL without fragment, or the visit's journey. */
static Str subject_key(const Audit *audit, const PageResult *result)
{
    const Visit *visit = audit->visits[result->visit];
    Str url;
    if (result->page < 0)
        return str_of(visit->scenario_id);
    url = str_of(visit->pages[result->page]->url);
    return str_slice(url, 0, str_find_byte(url, '#', 0));
}

/** Answers of a rule, ordered by subject, then by value. */
typedef struct KeyedResult {
    Str key;
    const PageResult *result;
} KeyedResult;

static int keyed_compare(const void *a, const void *b)
{
    const KeyedResult *left = a, *right = b;
    int order = str_compare(left->key, right->key);
    if (order)
        return order;
    if (left->result->value < right->result->value)
        return -1;
    if (left->result->value > right->result->value)
        return 1;
    return left->result < right->result ? -1 : left->result > right->result;
}

/** One subject's outcome from its answers [from, to). A measure is decided by its median
 * visit; everything else fails when any answer fails. */
static FindingOutcome subject_outcome(const Finding *finding, const KeyedResult *results,
                                      size_t from, size_t to, double *score)
{
    double sum = 0;
    size_t conclusive = 0, last = from;
    bool has_fail = false, has_cannot = false, has_pass = false;
    *score = NAN;
    for (size_t i = from; i < to; i++) {
        FindingOutcome outcome = results[i].result->outcome;
        has_fail |= outcome == FINDING_FAIL;
        has_pass |= outcome == FINDING_PASS;
        has_cannot |= outcome == FINDING_CANNOT_TELL;
        if (!is_conclusive(outcome))
            continue;
        sum += results[i].result->score;
        conclusive++;
        last = i;
    }
    if (conclusive > 0)
        *score = sum / (double)conclusive;
    if (finding->rule->check_kind == CHECK_METRIC && conclusive > 0) {
        size_t middle = (conclusive - 1) / 2, seen = 0;
        for (size_t i = from; i <= last; i++)
            if (is_conclusive(results[i].result->outcome) && seen++ == middle) {
                *score = results[i].result->score;
                return results[i].result->outcome;
            }
    }
    return has_fail     ? FINDING_FAIL
           : has_pass   ? FINDING_PASS
           : has_cannot ? FINDING_CANNOT_TELL
                        : FINDING_NOT_APPLICABLE;
}

/** Median value over the results of an outcome; NAN: none has a value. */
static double value_median(const Finding *finding, FindingOutcome outcome, double *scratch)
{
    size_t count = 0;
    for (size_t i = 0; i < finding->result_count; i++)
        if (finding->results[i].outcome == outcome && !isnan(finding->results[i].value))
            scratch[count++] = finding->results[i].value;
    stats_sort(scratch, count);
    return stats_median(scratch, count);
}

/** 16 hex digits of the rule and the kinds of pages it was conclusive on. */
static const char *fingerprint_of(const Finding *finding, const Audit *audit)
{
    bool kinds[PAGE_KIND_COUNT] = {false};
    char text[512];
    size_t at = 0;
    for (size_t i = 0; i < finding->result_count; i++) {
        const PageResult *result = &finding->results[i];
        if (result->page >= 0 && is_conclusive(result->outcome))
            kinds[audit->visits[result->visit]->pages[result->page]->kind] = true;
    }
    for (const char *c = finding->rule->id; *c && at < sizeof text - 1; c++)
        text[at++] = *c;
    for (int k = 0; k < PAGE_KIND_COUNT; k++) {
        if (!kinds[k])
            continue;
        text[at < sizeof text - 1 ? at++ : at] = '/';
        for (const char *c = page_kind_name((PageKind)k); *c && at < sizeof text - 1; c++)
            text[at++] = *c;
    }
    return arena_printf(audit->arena, "%016llx", str_hash(str_from(text, at)));
}

static const char *first_reason(const Finding *finding)
{
    for (size_t i = 0; i < finding->result_count; i++)
        if (finding->results[i].outcome == finding->outcome && finding->results[i].reason)
            return finding->results[i].reason;
    return NULL;
}

/** A rule that one page settles for all: once a page passes, the others no longer fail. */
static void any_page_settle(Finding *finding)
{
    const Check *check = finding->rule->compiled;
    bool has_pass = false;
    for (size_t i = 0; i < finding->result_count; i++)
        has_pass |= finding->results[i].outcome == FINDING_PASS;
    for (size_t i = 0; i < finding->result_count && has_pass && check->is_any_page; i++) {
        PageResult *result = &finding->results[i];
        if (result->outcome == FINDING_PASS)
            continue;
        result->outcome = FINDING_NOT_APPLICABLE;
        result->reason = "another page says it";
        result->score = result->value = NAN;
        result->evidence_count = 0;
    }
}

/** Was a page of a kind there, whole, in any visit? */
static bool kind_was_seen(const Audit *audit, PageKind kind)
{
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Visit *visit = audit->visits[v];
        for (size_t p = 0; p < visit->page_count; p++)
            if (visit->pages[p]->kind == kind && visit->pages[p]->status < 400)
                return true;
    }
    return false;
}

/** What stands on pages made for it is missing only when one of those was among the pages
 * seen: a purchase passes the contact page by. */
static void stands_on_doubt(Finding *finding, const Audit *audit)
{
    const Check *check = finding->rule->compiled;
    bool is_sure = !check->stands_on;
    for (int kind = 0; kind < PAGE_KIND_COUNT && !is_sure; kind++)
        is_sure = (check->stands_on >> kind & 1U) && kind_was_seen(audit, (PageKind)kind);
    for (size_t i = 0; i < finding->result_count && !is_sure; i++) {
        PageResult *result = &finding->results[i];
        if (result->outcome != FINDING_FAIL)
            continue;
        result->outcome = FINDING_CANNOT_TELL;
        result->reason = "the pages where it usually stands were not visited";
        result->score = result->value = NAN;
        result->evidence_count = 0;
    }
}

/** Outcome and counts over subjects. */
static void subjects_close(Finding *finding, const KeyedResult *results)
{
    double sum = 0;
    int outcomes[FINDING_OUTCOME_COUNT] = {0};
    for (size_t from = 0, to; from < finding->result_count; from = to) {
        double score;
        FindingOutcome outcome;
        for (to = from + 1;
             to < finding->result_count && str_equal(results[from].key, results[to].key);)
            to++;
        outcome = subject_outcome(finding, results, from, to, &score);
        outcomes[outcome]++;
        if (is_conclusive(outcome))
            sum += score;
    }
    finding->pages_failed = outcomes[FINDING_FAIL];
    finding->pages_seen = outcomes[FINDING_FAIL] + outcomes[FINDING_PASS];
    finding->outcome = outcomes[FINDING_FAIL]          ? FINDING_FAIL
                       : outcomes[FINDING_PASS]        ? FINDING_PASS
                       : outcomes[FINDING_CANNOT_TELL] ? FINDING_CANNOT_TELL
                                                       : FINDING_NOT_APPLICABLE;
    if (finding->pages_seen > 0)
        finding->score = sum / finding->pages_seen;
}

void finding_close(Finding *finding, const Audit *audit)
{
    KeyedResult *results =
        ARENA_ARRAY(audit->arena, finding->result_count + 1, KeyedResult);
    double *scratch = ARENA_ARRAY(audit->arena, finding->result_count + 1, double);
    any_page_settle(finding);
    stands_on_doubt(finding, audit);
    for (size_t i = 0; i < finding->result_count; i++)
        results[i] =
            (KeyedResult){subject_key(audit, &finding->results[i]), &finding->results[i]};
    qsort(results, finding->result_count, sizeof *results, keyed_compare);
    subjects_close(finding, results);
    finding->fingerprint = fingerprint_of(finding, audit);
    if (is_conclusive(finding->outcome)) {
        finding->value = value_median(finding, finding->outcome, scratch);
        finding->reason = NULL;
    } else if (first_reason(finding)) {
        finding->reason = first_reason(finding);
    }
}

static double weight_of(const Finding *finding, const Grid *grid)
{
    return grid->impact_weights[finding->rule->impact] *
           grid->confidence_weights[finding->rule->confidence];
}

static bool names_rule(const Rule *rule, const char *id)
{
    for (const char **same = rule->same_as; *same; same++)
        if (!strcmp(*same, id))
            return true;
    return false;
}

void findings_group(Finding **findings, size_t count, const Grid *grid)
{
    for (size_t i = 0; i < count; i++) {
        Finding *one = findings[i];
        for (size_t k = 0; k < count && is_conclusive(one->outcome); k++) {
            const Finding *other = findings[k];
            if (k == i || other->rule->dimension != one->rule->dimension ||
                !is_conclusive(other->outcome) ||
                (!names_rule(one->rule, other->rule->id) &&
                 !names_rule(other->rule, one->rule->id)))
                continue;
            if (weight_of(other, grid) > weight_of(one, grid) ||
                (weight_of(other, grid) >= weight_of(one, grid) && k < i))
                one->is_counted = false;
        }
    }
}
