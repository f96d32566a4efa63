/* elements.c - the body of the kinds css and xpath: select, narrow, then none, each, or a
 * number.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "rule/element.h"

/** What is asked of the elements. */
typedef enum Expectation { EXPECT_NONE, EXPECT_EACH, EXPECT_NUMBER } Expectation;

struct Elements {
    Query *query, *applies;
    Query *within; /**< NULL: the page, or zone */
    ViewPart zone; /**< VIEW_PART_COUNT: none */
    Test *where, *each;
    Expectation expectation;
    double min, max; /**< NAN: no bound */
    double tolerate_share;
    int tolerate_count;
    bool is_graded;
    size_t first;          /**< only so many of those found are looked at; 0: all */
    const char **distinct; /**< attributes whose values tell elements apart; NULL */
    int distinct_count;
    const char *attribute; /**< read for the answer's text; NULL: the element's name */
};

const char *const elements_keys[] = {
    "select", "applies",  "within", "where", "each",  "none",     "min",
    "max",    "tolerate", "graded", "quote", "first", "distinct",
};

static bool tolerate_read(CheckSource *source, const Json *json, Elements *elements,
                          Error *err)
{
    static const char *const keys[] = {"share", "count"};
    const Json *tolerate = json_get(json, "tolerate");
    if (!tolerate)
        return true;
    if (!json_only_keys(source->file, tolerate, keys, 2, err))
        return false;
    elements->tolerate_share = json_number(json_get(tolerate, "share"), 0);
    elements->tolerate_count = (int)json_integer(json_get(tolerate, "count"), 0);
    return true;
}

/** Attributes that together tell one element from a copy of it. */
static bool distinct_read(CheckSource *source, const Json *json, Elements *elements,
                          Error *err)
{
    const Json *distinct = json_get(json, "distinct"), *item = json_first(distinct);
    if (!distinct)
        return true;
    if (json_type(distinct) != JSON_ARRAY || !item)
        return json_error(source->file, distinct, err, "'distinct' lists attributes");
    elements->distinct_count = json_count(distinct);
    elements->distinct =
        ARENA_ARRAY(source->arena, (size_t)elements->distinct_count, const char *);
    for (int i = 0; i < elements->distinct_count; i++, item = json_next(item))
        elements->distinct[i] = json_text(item, "");
    return true;
}

/** "header", "main", "footer", or a selector. */
static bool within_read(CheckSource *source, const Json *json, Elements *elements,
                        Error *err)
{
    const Json *within = json_get(json, "within");
    const char *name = json_text(within, "");
    elements->zone = VIEW_PART_COUNT;
    if (!within)
        return true;
    if (!strcmp(name, "header") || !strcmp(name, "main") || !strcmp(name, "footer")) {
        elements->zone = view_part_of(name);
        return true;
    }
    return query_compile(source, within, &elements->within, err);
}

static bool expectation_read(CheckSource *source, const Json *json, Elements *elements,
                             Error *err)
{
    const Json *each = json_get(json, "each"), *none = json_get(json, "none");
    bool has_number = json_get(json, "min") || json_get(json, "max");
    elements->min = json_number(json_get(json, "min"), NAN);
    elements->max = json_number(json_get(json, "max"), NAN);
    if ((each != NULL) + (none != NULL) + has_number != 1)
        return json_error(
            source->file, json, err,
            "a check of elements needs one of 'none', 'each', 'min' and 'max'");
    elements->expectation = each ? EXPECT_EACH : none ? EXPECT_NONE : EXPECT_NUMBER;
    if (none && !json_bool(none, false))
        return json_error(source->file, none, err, "'none' can only be true");
    return !each || test_compile(source, each, &elements->each, err);
}

bool elements_compile(CheckSource *source, const Json *json, Query *query, Elements **out,
                      Error *err)
{
    Elements *elements = ARENA_NEW(source->arena, Elements);
    const Json *applies = json_get(json, "applies"), *where = json_get(json, "where");
    elements->query = query;
    elements->is_graded = json_bool(json_get(json, "graded"), false);
    elements->first = (size_t)json_integer(json_get(json, "first"), 0);
    elements->attribute = json_text(json_get(json, "quote"), NULL);
    *out = elements;
    return (!applies || query_compile(source, applies, &elements->applies, err)) &&
           (!where || test_compile(source, where, &elements->where, err)) &&
           within_read(source, json, elements, err) &&
           expectation_read(source, json, elements, err) &&
           tolerate_read(source, json, elements, err) &&
           distinct_read(source, json, elements, err);
}

/** Scope of the search. false: the page has no such zone, so nothing is found. Where no
 * main part is marked, all of the page may be it. */
static bool scope_find(const Elements *elements, const Subject *subject, const Node **scope)
{
    NodeList list = {0};
    *scope = NULL;
    if (elements->zone != VIEW_PART_COUNT) {
        *scope = view_zone(subject->view, elements->zone);
        if (!*scope && elements->zone == VIEW_MAIN)
            *scope = document_body(view_document(subject->view));
        return *scope != NULL;
    }
    if (!elements->within)
        return true;
    if (!query_run(elements->within, subject, NULL, &list) || list.count == 0)
        return false;
    *scope = list.items[0];
    return true;
}

static void quote(const Elements *elements, const Subject *subject, const Node *node,
                  Answer *answer)
{
    const char *text = elements->attribute ? node_attribute(node, elements->attribute)
                                           : view_name(subject->view, node);
    if (text && *text && !answer->text)
        answer->text =
            arena_str_text(subject->arena, str_slice(str_of(text), 0, CHECK_SNIPPET_BYTES));
}

static void evidence_of(const NodeList *list, const Elements *elements,
                        const Subject *subject, Answer *answer)
{
    for (size_t i = 0; i < list->count && i < CHECK_EVIDENCE_MAX; i++) {
        /* A question about the whole page has no place of its own. */
        if (answer->outcome == FINDING_FAIL &&
            list->items[i] != document_root(view_document(subject->view)))
            answer_node(answer, subject, list->items[i], NULL);
        if (list->items[i] != document_root(view_document(subject->view)) ||
            elements->attribute)
            quote(elements, subject, list->items[i], answer);
    }
}

/** bad of total elements fail: passes within what is tolerated. */
static void answer_share(const Elements *elements, const Subject *subject,
                         const NodeList *bad, size_t total, Answer *answer)
{
    double share = total ? (double)bad->count / (double)total : 0;
    bool is_met = bad->count == 0 || bad->count <= (size_t)elements->tolerate_count ||
                  (elements->tolerate_share > 0 && share <= elements->tolerate_share);
    answer_verdict(answer, is_met);
    answer->count = (int)bad->count;
    answer->total = (int)total;
    answer->value = (double)bad->count;
    answer->threshold = 0;
    if (elements->is_graded && !is_met)
        answer->score = 1 - share;
    if (!is_met)
        evidence_of(bad, elements, subject, answer);
}

static void answer_number(const Elements *elements, const Subject *subject,
                          const NodeList *found, size_t total, Answer *answer)
{
    double count = (double)found->count;
    bool is_met = !(count < elements->min) && !(count > elements->max);
    answer_verdict(answer, is_met);
    answer->count = (int)found->count;
    answer->total = (int)total;
    answer->value = count;
    answer->threshold =
        count < elements->min || isnan(elements->max) ? elements->min : elements->max;
    evidence_of(found, elements, subject, answer);
}

static bool is_copy(const Elements *elements, const Node *one, const Node *other)
{
    for (int i = 0; i < elements->distinct_count; i++) {
        const char *left = node_attribute(one, elements->distinct[i]),
                   *right = node_attribute(other, elements->distinct[i]);
        if (!left != !right || (left && strcmp(left, right) != 0))
            return false;
    }
    return true;
}

/** Those of all that count: in order, without copies. */
static void elements_narrow(const Elements *elements, const Subject *subject,
                            const NodeList *all, NodeList *found)
{
    size_t most = elements->first ? elements->first : SIZE_MAX;
    /* Where so many are enough, the rest need not be looked at. */
    if (elements->expectation == EXPECT_NUMBER && isnan(elements->max))
        most = (size_t)elements->min;
    for (size_t i = 0; i < all->count; i++) {
        bool has_twin = false;
        if (found->count >= most)
            return;
        if (elements->where && !test_holds(elements->where, subject, all->items[i]))
            continue;
        for (size_t k = 0; k < found->count && elements->distinct_count && !has_twin; k++)
            has_twin = is_copy(elements, all->items[i], found->items[k]);
        if (!has_twin)
            node_list_add(view_arena(subject->view), found, all->items[i]);
    }
}

void elements_run(const Elements *elements, const Subject *subject, Answer *answer)
{
    NodeList all = {0}, found = {0}, applies = {0};
    const Node *scope = NULL;
    Arena *arena = view_arena(subject->view);
    bool has_scope = scope_find(elements, subject, &scope);
    if (elements->applies) {
        (void)query_run(elements->applies, subject, NULL, &applies);
        if (applies.count == 0) {
            answer_set(answer, FINDING_NOT_APPLICABLE,
                       "the page has no object of this rule");
            return;
        }
    }
    if (has_scope && !query_run(elements->query, subject, scope, &all)) {
        answer_set(answer, FINDING_CANNOT_TELL,
                   "the expression is too costly on this page");
        return;
    }
    elements_narrow(elements, subject, &all, &found);
    if (elements->expectation == EXPECT_NUMBER) {
        answer_number(elements, subject, &found, all.count, answer);
    } else if (elements->expectation == EXPECT_NONE) {
        answer_share(elements, subject, &found, all.count, answer);
    } else if (found.count == 0) {
        answer_set(answer, FINDING_NOT_APPLICABLE, "the page has no object of this rule");
    } else {
        NodeList bad = {0};
        for (size_t i = 0; i < found.count; i++)
            if (!test_holds(elements->each, subject, found.items[i]))
                node_list_add(arena, &bad, found.items[i]);
        answer_share(elements, subject, &bad, found.count, answer);
    }
}
