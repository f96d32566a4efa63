/* parameters.c - what each mystery step may be told: a table, and the check against it.
 *
 * Unknown keys are errors, so that a typing mistake never passes in silence (scenarios.md
 * 6.1 rule 2, 6.5). A text with ${...} is allowed wherever a single value is.
 * Layer: scenario. Called by load.c. SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/metric.h"
#include "scenario/placeholder.h"
#include "scenario/reader.h"

typedef enum ValueRule {
    VALUE_TEXT,
    VALUE_BOOL,
    VALUE_NUMBER, /* not negative */
    VALUE_COUNT,  /* a whole number, not negative */
    VALUE_OBJECT,
    VALUE_CHOICE,  /* one of values */
    VALUE_CHOICES, /* array of values */
    VALUE_INTENTS, /* array of intent names, without "mystery/" */
    VALUE_INTENT,
    VALUE_EXPECT,  /* object of expectations */
    VALUE_ADDRESS, /* preset name, or an object of texts */
    VALUE_ANY,
} ValueRule;

typedef struct Parameter {
    StepKind kind; /* STEP_KIND_COUNT: all intents */
    const char *key;
    ValueRule rule;
    const char *values; /* separated by spaces */
} Parameter;

static const Parameter PARAMETERS[] = {
    {STEP_KIND_COUNT, "as", VALUE_TEXT, NULL},
    {STEP_KIND_COUNT, "required", VALUE_BOOL, NULL},
    {STEP_KIND_COUNT, "withinMs", VALUE_NUMBER, NULL},
    {STEP_KIND_COUNT, "expect", VALUE_EXPECT, NULL},
    {STEP_KIND_COUNT, "fallback", VALUE_INTENTS, NULL},
    {STEP_KIND_COUNT, "engine", VALUE_CHOICE, "http chromium"},
    {STEP_KIND_OPEN, "url", VALUE_TEXT, NULL},
    {STEP_KIND_CONSENT, "choice", VALUE_CHOICE, "accept refuse reject ignore"},
    {STEP_KIND_CONSENT, "via", VALUE_TEXT, NULL},
    {STEP_KIND_DISMISS, "kinds", VALUE_CHOICES, "newsletter app country age chat"},
    {STEP_KIND_SEARCH, "query", VALUE_TEXT, NULL},
    {STEP_KIND_OPEN_CATEGORY, "name", VALUE_TEXT, NULL},
    {STEP_KIND_OPEN_CATEGORY, "index", VALUE_COUNT, NULL},
    {STEP_KIND_OPEN_PRODUCT, "from", VALUE_CHOICE, "listing category home url"},
    {STEP_KIND_OPEN_PRODUCT, "pick", VALUE_CHOICE, "first cheapest nth random name"},
    {STEP_KIND_OPEN_PRODUCT, "name", VALUE_TEXT, NULL},
    {STEP_KIND_OPEN_PRODUCT, "nth", VALUE_COUNT, NULL},
    {STEP_KIND_OPEN_PRODUCT, "url", VALUE_TEXT, NULL},
    {STEP_KIND_OPEN_PRODUCT, "inStock", VALUE_BOOL, NULL},
    {STEP_KIND_CHOOSE_OPTIONS, "policy", VALUE_ANY, NULL},
    {STEP_KIND_ADD_TO_CART, "quantity", VALUE_COUNT, NULL},
    {STEP_KIND_ADD_TO_CART, "verify", VALUE_CHOICE, "network message cart"},
    {STEP_KIND_GO_TO_CHECKOUT, "as", VALUE_CHOICE, "guest customer"},
    {STEP_KIND_FILL_ADDRESS, "data", VALUE_ADDRESS, NULL},
    {STEP_KIND_FILL_ADDRESS, "submit", VALUE_BOOL, NULL},
    {STEP_KIND_CHOOSE_SHIPPING, "pick", VALUE_CHOICE, "cheapest first"},
    {STEP_KIND_EMPTY_CART, "line", VALUE_COUNT, NULL},
    {STEP_KIND_ERROR_PAGE, "path", VALUE_TEXT, NULL},
    {STEP_KIND_SEARCH_PROBE, "probe", VALUE_CHOICE,
     "nonsense typo accents exact category special empty"},
    {STEP_KIND_SEARCH_PROBE, "query", VALUE_TEXT, NULL},
    {STEP_KIND_SORT, "by", VALUE_CHOICE, "price"},
    {STEP_KIND_COMPARE, "count", VALUE_COUNT, NULL},
    {STEP_KIND_CHANGE_QUANTITY, "to", VALUE_CHOICE, "2 0 999 -1"},
    {STEP_KIND_APPLY_COUPON, "code", VALUE_TEXT, NULL},
    {STEP_KIND_CHANGE_LANGUAGE, "to", VALUE_TEXT, NULL},
    {STEP_KIND_ADDRESS_MISTAKE, "mistake", VALUE_CHOICE, "postal-code email"},
    {STEP_KIND_READ, "ms", VALUE_NUMBER, NULL},
    {STEP_KIND_NOTE, "text", VALUE_TEXT, NULL},
    {STEP_KIND_BEGIN, "label", VALUE_TEXT, NULL},
    {STEP_KIND_BEGIN, "intent", VALUE_INTENT, NULL},
    {STEP_KIND_BEGIN, "heal", VALUE_CHOICE, "never report always"},
};

/* What expect may speak of, besides the metrics (scenarios.md 6.5). */
static const char *const EXPECTATIONS[] = {
    "status",  "url",    "title",    "text",         "element",    "cookie", "request",
    "header",  "price",  "console",  "jsonld",       "success",    "within", "results",
    "lines",   "total",  "contains", "unitPrice",    "https",      "terms",  "methods",
    "product", "ignore", "message",  "guestAllowed", "totalShown", "errors"};

/* Keys that a step of this kind knows; a kind's own row comes before the common one. */
static const Parameter *parameter_find(StepKind kind, const char *key)
{
    const Parameter *common = NULL;
    bool is_intent = (step_info(kind)->flags & STEP_INTENT) != 0;
    for (size_t i = 0; i < COUNT_OF(PARAMETERS); i++) {
        const Parameter *row = &PARAMETERS[i];
        if (strcmp(row->key, key) != 0)
            continue;
        if (row->kind == kind)
            return row;
        if (row->kind == STEP_KIND_COUNT && is_intent)
            common = row;
    }
    return common;
}

static const char *parameter_near(StepKind kind, const char *key)
{
    const char *known[COUNT_OF(PARAMETERS)];
    int count = 0;
    bool is_intent = (step_info(kind)->flags & STEP_INTENT) != 0;
    for (size_t i = 0; i < COUNT_OF(PARAMETERS); i++) {
        if (PARAMETERS[i].kind == kind ||
            (PARAMETERS[i].kind == STEP_KIND_COUNT && is_intent))
            known[count++] = PARAMETERS[i].key;
    }
    return error_did_you_mean(key, known, count);
}

static bool choice_is(const char *values, Str text)
{
    Str rest = str_of(values);
    Str word;
    while (str_next_word(&rest, &word)) {
        if (str_equal(word, text))
            return true;
    }
    return false;
}

static bool intent_is(const Json *value)
{
    char name[96];
    if (json_type(value) != JSON_STRING)
        return false;
    (void)snprintf(name, sizeof name, "mystery/%.80s", json_text(value, ""));
    StepKind kind = step_kind_of(name);
    return kind != STEP_KIND_COUNT && (step_info(kind)->flags & STEP_INTENT) != 0;
}

/* A bracket may name purposes that no step of ours serves yet, such as login. */
static bool purpose_is(const Json *value)
{
    return json_type(value) == JSON_STRING &&
           (intent_is(value) ||
            choice_is("login logout newsletter contact", json_str(value)));
}

static bool each_holds(const Json *array,
                       bool (*holds)(const Json *value, const char *values),
                       const char *values)
{
    if (json_type(array) != JSON_ARRAY)
        return false;
    for (const Json *child = json_first(array); child; child = json_next(child)) {
        if (!holds(child, values))
            return false;
    }
    return true;
}

static bool choice_holds(const Json *value, const char *values)
{
    return json_type(value) == JSON_STRING && choice_is(values, json_str(value));
}

static bool intent_holds(const Json *value, const char *values)
{
    (void)values;
    return intent_is(value);
}

static bool value_holds(const Parameter *row, const Json *value)
{
    JsonType type = json_type(value);
    double number = json_number(value, NAN);
    if (type == JSON_STRING && placeholder_is(json_str(value)) && row->rule != VALUE_OBJECT)
        return true;
    switch (row->rule) {
    case VALUE_TEXT: return type == JSON_STRING;
    case VALUE_BOOL: return type == JSON_TRUE || type == JSON_FALSE;
    case VALUE_NUMBER: return number >= 0;
    case VALUE_COUNT: return number >= 0 && floor(number) >= number;
    case VALUE_EXPECT:
    case VALUE_OBJECT: return type == JSON_OBJECT;
    case VALUE_CHOICE: return choice_holds(value, row->values);
    case VALUE_CHOICES: return each_holds(value, choice_holds, row->values);
    case VALUE_INTENTS: return each_holds(value, intent_holds, NULL);
    case VALUE_INTENT: return purpose_is(value);
    case VALUE_ADDRESS: return type == JSON_STRING || type == JSON_OBJECT;
    case VALUE_ANY: return true;
    }
    return false;
}

static void value_problem(const Parameter *row, Error *problem)
{
    static const char *const WHAT[] = {
        [VALUE_TEXT] = "a text",
        [VALUE_BOOL] = "true or false",
        [VALUE_NUMBER] = "a number from 0",
        [VALUE_COUNT] = "a whole number from 0",
        [VALUE_OBJECT] = "an object",
        [VALUE_CHOICE] = "one of the words it knows",
        [VALUE_CHOICES] = "an array of the words it knows",
        [VALUE_INTENTS] = "an array of intents",
        [VALUE_INTENT] = "an intent",
        [VALUE_EXPECT] = "an object",
        [VALUE_ADDRESS] = "a preset's name or an object",
        [VALUE_ANY] = "a value",
    };
    (void)error_set(problem, ERROR_INPUT, NULL, "'%s' is not %s", row->key,
                    WHAT[row->rule]);
    if (row->values)
        (void)error_hint(problem, "use %s", row->values);
}

/* All placeholders inside a value, however deep (bounded by the JSON reader). */
static bool templates_hold(const Reader *reader, const Json *value, Error *err)
{
    Error problem = {0};
    if (json_type(value) == JSON_STRING)
        return placeholder_check(json_str(value), &problem) ||
               reader_object(reader, value, &problem, err);
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        if (!templates_hold(reader, child, err))
            return false;
    }
    return true;
}

static bool metrics_check(const Reader *reader, const Json *object, bool has_expectations,
                          Error *err)
{
    const char *known[METRIC_COUNT + COUNT_OF(EXPECTATIONS) + 1];
    int count = 0;
    for (int i = 0; i < METRIC_COUNT; i++)
        known[count++] = metric_info((Metric)i)->name;
    if (!has_expectations)
        known[count++] = "http5xx";
    for (size_t i = 0; has_expectations && i < COUNT_OF(EXPECTATIONS); i++)
        known[count++] = EXPECTATIONS[i];
    return reader_keys(reader, object, known, count, err);
}

static bool parameter_check(const Reader *reader, const ScenarioStep *step,
                            const Json *value, Error *err)
{
    const char *key = json_key(value);
    Error problem = {0};
    const Parameter *row = parameter_find(step->kind, key);
    if (!row) {
        (void)error_set(&problem, ERROR_INPUT, NULL, "'%s' has no parameter '%s'",
                        step_info(step->kind)->name, key);
        const char *near = parameter_near(step->kind, key);
        if (near)
            (void)error_hint(&problem, "did you mean '%s'?", near);
        return reader_object(reader, value, &problem, err);
    }
    if (!value_holds(row, value)) {
        value_problem(row, &problem);
        return reader_object(reader, value, &problem, err);
    }
    return row->rule != VALUE_EXPECT || metrics_check(reader, value, true, err);
}

bool parameters_check(const Reader *reader, const ScenarioStep *step, Error *err)
{
    if (!templates_hold(reader, step->parameters, err))
        return false;
    if (step->kind == STEP_KIND_EXPECT || step->kind == STEP_KIND_BUDGET)
        return metrics_check(reader, step->parameters, step->kind == STEP_KIND_EXPECT, err);
    for (const Json *child = json_first(step->parameters); child;
         child = json_next(child)) {
        if (!parameter_check(reader, step, child, err))
            return false;
    }
    return true;
}
