/* check_resource.c - kind resource: the requests that a page makes.
 *
 *     {"kind": "resource", "types": ["image"], "none": {"failed": true}}
 *     {"kind": "resource", "types": ["font"], "each": {"mime": "woff2"}}
 *     {"kind": "resource", "sum": "transfer_bytes", "types": ["script"], "good": 500000}
 *     {"kind": "resource", "distinct": "sites", "where": {"party": "other"}, "good": 10}
 *
 * A page whose resources nobody fetched is cannot-tell. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/url.h"
#include "rule/curve.h"
#include "rule/exchange.h"

typedef enum ResourceQuestion {
    ASK_NONE,
    ASK_EACH,
    ASK_SUM,
    ASK_COUNT,
    ASK_DISTINCT
} ResourceQuestion;

/** What a number is made of. */
typedef enum ResourceSum { SUM_TRANSFER, SUM_BODY, SUM_LARGEST } ResourceSum;

typedef struct ResourceCheck {
    uint32_t types;
    ExchangeTest *where, *test;
    ResourceQuestion question;
    ResourceSum sum;
    Curve curve;
    double limit; /**< up to which it passes */
    double share; /**< of the failing ones that is tolerated */
    bool is_share;
    FindingOutcome missing; /**< answer when the page asks for none */
} ResourceCheck;

static const char *const keys[] = {
    "types", "where", "none", "each",           "sum",          "count", "distinct",
    "curve", "good",  "poor", "tolerate_share", "share_of_all", "limit", "missing",
};

static bool question_read(CheckSource *source, const Json *json, ResourceCheck *check,
                          Error *err)
{
    static const char *const names[] = {"none", "each", "sum", "count", "distinct"};
    const Json *value = NULL;
    int asked = 0;
    const char *sum;
    for (int i = 0; i < (int)COUNT_OF(names); i++)
        if (json_get(json, names[i])) {
            asked++;
            check->question = (ResourceQuestion)i;
            value = json_get(json, names[i]);
        }
    if (asked != 1)
        return json_error(source->file, json, err,
                          "needs one of 'none', 'each', 'sum', 'count' and 'distinct'");
    if (check->question == ASK_NONE || check->question == ASK_EACH)
        return exchange_test_compile(source, value, &check->test, err);
    sum = json_text(value, "transfer_bytes");
    check->sum = !strcmp(sum, "largest")      ? SUM_LARGEST
                 : !strcmp(sum, "body_bytes") ? SUM_BODY
                                              : SUM_TRANSFER;
    check->curve = (Curve){CURVE_STEP, NAN, NAN};
    if (json_get(json, "poor"))
        check->curve.kind = CURVE_LINEAR;
    if (!curve_read(source->file, json, &check->curve, err))
        return false;
    check->limit = json_number(json_get(json, "limit"), check->curve.good);
    return true;
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    ResourceCheck *check = ARENA_NEW(source->arena, ResourceCheck);
    const Json *types = json_get(json, "types"), *where = json_get(json, "where");
    const char *missing = json_text(json_get(json, "missing"), "not-applicable");
    *data = check;
    check->types = ~0U;
    check->share = json_number(json_get(json, "tolerate_share"), 0);
    check->is_share = json_bool(json_get(json, "share_of_all"), false);
    if (!finding_outcome_of(missing, &check->missing))
        return json_error(source->file, json_get(json, "missing"), err,
                          "'missing' must be an outcome, such as 'cannot-tell'");
    return (!types || exchange_types_read(source, types, &check->types, err)) &&
           (!where || exchange_test_compile(source, where, &check->where, err)) &&
           question_read(source, json, check, err);
}

static bool is_asked(const ResourceCheck *check, const Subject *subject,
                     const Exchange *exchange)
{
    return exchange->page == subject->page->index &&
           (check->types >> exchange->type & 1U) &&
           (!exchange->redirect_url || exchange_test_asks_redirect(check->where)) &&
           (!check->where || exchange_test_holds(check->where, subject, exchange));
}

/** Were the page's resources fetched at all? A page without any is told from one whose
 * resources nobody asked for by its markup. */
static bool resources_were_fetched(const Subject *subject)
{
    const Visit *visit = subject->visit;
    static const char *const tags[] = {"img", "script", "link"};
    for (size_t i = 0; i < visit->exchange_count; i++)
        if (visit->exchanges[i]->page == subject->page->index &&
            visit->exchanges[i]->type != RESOURCE_DOCUMENT)
            return true;
    if (!subject->view)
        return false;
    for (size_t t = 0; t < COUNT_OF(tags); t++)
        if (document_by_tag(view_document(subject->view), tags[t])->count > 0)
            return false;
    return true;
}

static const char *status_note(const Subject *subject, const Exchange *exchange)
{
    if (exchange->status == 0)
        return arena_printf(subject->arena, "%s",
                            exchange->error ? exchange->error : "no answer");
    return arena_printf(subject->arena, "%d, %lld bytes", exchange->status,
                        (long long)exchange->body_bytes);
}

/** Documents are always there; other resources only when somebody fetched them. */
static bool asks_documents(const ResourceCheck *check)
{
    return check->types == 1U << RESOURCE_DOCUMENT;
}

static void list_run(const ResourceCheck *check, const Subject *subject, Answer *answer)
{
    const Visit *visit = subject->visit;
    int bad = 0, total = 0;
    for (size_t i = 0; i < visit->exchange_count; i++) {
        const Exchange *exchange = visit->exchanges[i];
        if (!is_asked(check, subject, exchange))
            continue;
        total++;
        if (exchange_test_holds(check->test, subject, exchange) ==
            (check->question == ASK_EACH))
            continue;
        bad++;
        answer_evidence(answer, NULL, arena_text(subject->arena, exchange->url),
                        status_note(subject, exchange));
        if (!answer->text)
            answer->text = arena_text(subject->arena, exchange->url);
    }
    if (total == 0) {
        answer_set(answer, check->missing, "the page asks for no such resource");
        return;
    }
    answer_verdict(answer, bad == 0 || bad <= check->share * total);
    answer->count = bad;
    answer->total = total;
    answer->value = bad;
    answer->threshold = 0;
}

/** Bytes of an exchange as the question counts them; -1 unknown. */
static double bytes_of(const ResourceCheck *check, const Exchange *exchange)
{
    if (check->sum == SUM_TRANSFER)
        return exchange->is_from_cache ? 0 : (double)exchange->transfer_bytes;
    return (double)exchange->body_bytes;
}

/** Is the site of an exchange met for the first time among those before it? */
static bool is_new_site(const ResourceCheck *check, const Subject *subject, size_t index)
{
    Url url, other;
    Arena *arena = exchange_arena(subject);
    const Visit *visit = subject->visit;
    if (!url_parse(arena, str_of(visit->exchanges[index]->url), NULL, &url, NULL))
        return false;
    for (size_t i = 0; i < index; i++)
        if (is_asked(check, subject, visit->exchanges[i]) &&
            url_parse(arena, str_of(visit->exchanges[i]->url), NULL, &other, NULL) &&
            url_same_site(&url, &other))
            return false;
    return true;
}

/** The number asked for; NAN when a size is not known. */
static double number_of(const ResourceCheck *check, const Subject *subject, Answer *answer)
{
    const Visit *visit = subject->visit;
    double sum = 0, all = 0, largest = 0;
    for (size_t i = 0; i < visit->exchange_count; i++) {
        const Exchange *exchange = visit->exchanges[i];
        double bytes = bytes_of(check, exchange);
        if (exchange->page == subject->page->index)
            all += bytes > 0 ? bytes : 0;
        if (!is_asked(check, subject, exchange))
            continue;
        if (check->question == ASK_DISTINCT && !is_new_site(check, subject, i))
            continue;
        if (check->question == ASK_SUM && bytes < 0 && exchange->status)
            return NAN;
        if (check->question != ASK_SUM)
            bytes = 1;
        if (bytes > largest || check->question == ASK_DISTINCT)
            answer_evidence(answer, NULL, arena_text(subject->arena, exchange->url),
                            check->question == ASK_SUM ? status_note(subject, exchange)
                                                       : NULL);
        largest = bytes > largest ? bytes : largest;
        sum += bytes > 0 ? bytes : 0;
    }
    if (check->is_share)
        return all > 0 ? sum / all : 0;
    return check->sum == SUM_LARGEST && check->question == ASK_SUM ? largest : sum;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const ResourceCheck *check = data;
    double number;
    if (!asks_documents(check) && !resources_were_fetched(subject)) {
        answer_set(answer, FINDING_CANNOT_TELL, "the page's resources were not fetched");
        return;
    }
    if (check->question == ASK_NONE || check->question == ASK_EACH) {
        list_run(check, subject, answer);
        return;
    }
    number = number_of(check, subject, answer);
    if (isnan(number)) {
        answer_set(answer, FINDING_CANNOT_TELL, "a size was not measured");
        return;
    }
    answer_verdict(answer, number <= check->limit);
    answer->score = curve_score(&check->curve, number);
    answer->value = number;
    answer->threshold = check->limit;
    answer->unit = check->is_share ? "share" : check->question == ASK_SUM ? "byte" : "";
}

const CheckType check_resource = {.kind = CHECK_RESOURCE,
                                  .scope = SCOPE_PAGE,
                                  .keys = keys,
                                  .key_count = (int)COUNT_OF(keys),
                                  .compile = compile,
                                  .run = run};
