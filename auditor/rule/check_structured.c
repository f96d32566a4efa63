/* check_structured.c - kind structured-data: JSON-LD, microdata and RDFa items of a page.
 *
 *     {"kind": "structured-data", "type": "Product", "need": ["name", "image",
 *      "offers.price|offers.lowPrice"], "values": {"offers.priceCurrency": "^[A-Z]{3}$"}}
 *     {"kind": "structured-data", "type": "Product", "agrees": "price",
 *      "missing": "not-applicable"}
 *     {"kind": "structured-data", "errors": "none"}
 *
 * Alternatives of a type or a path are parted by '|'. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "rule/element.h"
#include "rule/pattern.h"

typedef struct PathValue {
    const char *path;
    Condition *condition;
} PathValue;

typedef struct DataCheck {
    const char *type; /**< NULL: only errors are asked */
    const char **need;
    int need_count;
    PathValue *values;
    int value_count;
    FindingOutcome missing;
    bool needs_price_agreement;
    const char *count_path; /**< NULL: not asked */
    int count_min;
} DataCheck;

static const char *const keys[] = {"type",   "need",    "values", "agrees",
                                   "errors", "missing", "count"};

static bool need_read(CheckSource *source, const Json *need, DataCheck *check, Error *err)
{
    const Json *item = json_first(need);
    if (!need)
        return true;
    if (json_type(need) != JSON_ARRAY)
        return json_error(source->file, need, err, "'need' must be a list of paths");
    check->need_count = json_count(need);
    check->need = ARENA_ARRAY(source->arena, (size_t)check->need_count, const char *);
    for (int i = 0; i < check->need_count; i++, item = json_next(item)) {
        check->need[i] = json_text(item, NULL);
        if (!check->need[i])
            return json_error(source->file, item, err, "a path must be a text");
    }
    return true;
}

static bool values_read(CheckSource *source, const Json *values, DataCheck *check,
                        Error *err)
{
    const Json *item = json_first(values);
    check->value_count = json_count(values);
    check->values = ARENA_ARRAY(source->arena, (size_t)check->value_count, PathValue);
    for (int i = 0; i < check->value_count; i++, item = json_next(item)) {
        check->values[i].path = json_key(item);
        if (!condition_compile(source, item, &check->values[i].condition, err))
            return false;
    }
    return true;
}

static bool count_read(CheckSource *source, const Json *count, DataCheck *check, Error *err)
{
    static const char *const count_keys[] = {"path", "min"};
    if (!count)
        return true;
    check->count_min = (int)json_integer(json_get(count, "min"), 1);
    return json_only_keys(source->file, count, count_keys, 2, err) &&
           json_need_text(source->file, count, "path", &check->count_path, err);
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    DataCheck *check = ARENA_NEW(source->arena, DataCheck);
    const char *missing = json_text(json_get(json, "missing"), "fail");
    const Json *agrees = json_get(json, "agrees");
    *data = check;
    check->type = json_text(json_get(json, "type"), NULL);
    check->needs_price_agreement = agrees != NULL;
    if (agrees && strcmp(json_text(agrees, ""), "price") != 0)
        return json_error(source->file, agrees, err, "'agrees' can only be 'price'");
    if (!check->type && !json_get(json, "errors"))
        return json_error(source->file, json, err, "needs 'type' or 'errors'");
    if (!finding_outcome_of(missing, &check->missing))
        return json_error(source->file, json_get(json, "missing"), err,
                          "'missing' must be an outcome, such as 'not-applicable'");
    return need_read(source, json_get(json, "need"), check, err) &&
           values_read(source, json_get(json, "values"), check, err) &&
           count_read(source, json_get(json, "count"), check, err);
}

/** First item of any of the types "A|B". */
static const Item *item_of(const Subject *subject, const ItemList *list, const char *types)
{
    Str rest = str_of(types), type;
    while (str_next(&rest, '|', &type)) {
        const Item *item =
            structured_first(list, arena_str_text(view_arena(subject->view), type));
        if (item)
            return item;
    }
    return NULL;
}

/** Text at any of the paths "a.b|c"; NULL: none has any. */
static const char *text_of(const Subject *subject, const Item *item, const char *paths)
{
    Str rest = str_of(paths), path;
    while (str_next(&rest, '|', &path)) {
        const char *text = item_text(item, arena_str_text(view_arena(subject->view), path));
        if (text && !str_is_empty(str_trim(str_of(text))))
            return text;
    }
    return NULL;
}

static void errors_run(const ItemList *list, const Subject *subject, Answer *answer)
{
    bool has_blocks = list->count > 0 || list->error_count > 0;
    if (!has_blocks) {
        answer_set(answer, FINDING_NOT_APPLICABLE, "the page has no structured data");
        return;
    }
    answer_verdict(answer, list->error_count == 0);
    answer->count = (int)list->error_count;
    if (list->error_count > 0)
        answer_evidence(answer, "script[type='application/ld+json']", NULL,
                        list->first_error ? arena_text(subject->arena, list->first_error)
                                          : NULL);
}

/** Price in the data against the price that is shown: the lowest of ranges. */
static void price_run(const Subject *subject, Answer *answer)
{
    const Product *product = view_product(subject->view);
    char shown[32], data[32];
    if (product->schema_price.milli < 0 || product->price.milli < 0) {
        answer_set(answer, FINDING_CANNOT_TELL,
                   product->price.milli < 0 ? "no visible price could be read"
                                            : "the data give no price");
        return;
    }
    answer_verdict(answer, price_equal(&product->price, &product->schema_price, 10));
    answer->value = price_number(&product->schema_price);
    answer->threshold = price_number(&product->price);
    answer->unit = "price";
    answer->text = arena_printf(subject->arena, "%s / %s",
                                number_fixed(answer->value, 2, shown, sizeof shown),
                                number_fixed(answer->threshold, 2, data, sizeof data));
}

/** How many properties or nested items a path has ("itemListElement"). */
static int count_of(const Item *item, const char *name)
{
    int count = 0;
    for (size_t i = 0; i < item->count; i++)
        if (!strcmp(item->properties[i].name, name))
            count++;
    return count;
}

static void need_run(const DataCheck *check, const Subject *subject, const Item *item,
                     Answer *answer)
{
    int bad = 0;
    for (int i = 0; i < check->need_count; i++)
        if (!text_of(subject, item, check->need[i])) {
            bad++;
            answer_evidence(answer, NULL, NULL,
                            arena_printf(subject->arena, "%s: missing", check->need[i]));
        }
    for (int i = 0; i < check->value_count; i++) {
        const char *text = text_of(subject, item, check->values[i].path);
        if (condition_holds(check->values[i].condition, subject, text, NULL))
            continue;
        bad++;
        answer_evidence(answer, NULL, text ? arena_text(subject->arena, text) : NULL,
                        arena_text(subject->arena, check->values[i].path));
    }
    if (check->count_path && count_of(item, check->count_path) < check->count_min)
        bad++;
    answer_verdict(answer, bad == 0);
    answer->count = bad;
    answer->total = check->need_count + check->value_count + (check->count_path ? 1 : 0);
    answer->text = answer->evidence_count ? answer->evidence[0].note : NULL;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const DataCheck *check = data;
    const ItemList *list = view_structured(subject->view);
    const Item *item;
    if (!check->type) {
        errors_run(list, subject, answer);
        return;
    }
    item = item_of(subject, list, check->type);
    if (!item && check->missing == FINDING_FAIL) {
        answer_verdict(answer, false);
        answer_evidence(answer, NULL, NULL,
                        arena_printf(subject->arena, "no %s", check->type));
    } else if (!item) {
        answer_set(answer, check->missing, "the page has no such data");
    } else if (check->needs_price_agreement) {
        price_run(subject, answer);
    } else {
        need_run(check, subject, item, answer);
    }
}

const CheckType check_structured = {.kind = CHECK_STRUCTURED_DATA,
                                    .scope = SCOPE_DOCUMENT,
                                    .keys = keys,
                                    .key_count = (int)COUNT_OF(keys),
                                    .compile = compile,
                                    .run = run};
