/* element.c - which elements a check examines and what must hold of each.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/element.h"

#include <string.h>

#include "dom/text.h"
#include "dom/xpath.h"

struct Query {
    Selector *selector;
    PartFind *part;
    Str xpath;
};

/** Condition on one attribute. */
typedef struct AttributeTest {
    const char *name;
    Condition *condition;
} AttributeTest;

struct Test {
    Selector *matches, *inside, *has;
    Condition *name, *text, *content;
    AttributeTest *attributes;
    int attribute_count;
    FieldKind *fields;
    int field_count;
    Predicate **predicates;
    int predicate_count;
    Test **any, **all;
    int any_count, all_count;
    Test * not ;
};

static const char *const test_keys[] = {
    "matches", "inside", "has", "name", "text", "attribute",
    "content", "field",  "is",  "any",  "all",  "not",
};

bool name_unknown(CheckSource *source, const Json *value, const char *what,
                  const char *const *names, Error *err)
{
    int count = 0;
    const char *near, *name = json_text(value, "");
    while (names[count])
        count++;
    json_error(source->file, value, err, "there is no %s called '%s'", what, name);
    near = error_did_you_mean(name, names, count);
    return near ? error_hint(err, "did you mean '%s'?", near) : false;
}

static bool selector_read(CheckSource *source, const Json *value, Selector **selector,
                          Error *err)
{
    Error inner = {0};
    if (json_type(value) != JSON_STRING)
        return json_error(source->file, value, err, "a selector must be a text");
    if (selector_compile(source->arena, json_str(value), NULL, selector, &inner))
        return true;
    return json_error(source->file, value, err, "%s", inner.what);
}

bool query_compile(CheckSource *source, const Json *value, Query **out, Error *err)
{
    Query *query = ARENA_NEW(source->arena, Query);
    const char *text = json_text(value, "");
    *out = query;
    if (text[0] != '@')
        return selector_read(source, value, &query->selector, err);
    source->uses_words = true;
    query->part = part_of(text + 1);
    return query->part || name_unknown(source, value, "part of a page", part_names(), err);
}

bool query_compile_xpath(CheckSource *source, const Json *value, Query **out, Error *err)
{
    Query *query = ARENA_NEW(source->arena, Query);
    Error inner = {0};
    *out = query;
    if (json_type(value) != JSON_STRING)
        return json_error(source->file, value, err, "an expression must be a text");
    query->xpath = json_str(value);
    return xpath_check(query->xpath, NULL, &inner) ||
           json_error(source->file, value, err, "%s", inner.what);
}

bool query_run(const Query *query, const Subject *subject, const Node *scope,
               NodeList *list)
{
    const Document *document = view_document(subject->view);
    Arena *arena = view_arena(subject->view);
    NodeList all = {0};
    if (query->selector) {
        selector_all(query->selector, document, scope, arena, list);
        return true;
    }
    if (query->part)
        query->part(subject, &all);
    else if (!xpath_all(document, query->xpath, arena, &all, NULL))
        return false;
    for (size_t i = 0; i < all.count; i++)
        if (!scope || node_contains(scope, all.items[i]))
            node_list_add(arena, list, all.items[i]);
    return true;
}

static bool attributes_compile(CheckSource *source, const Json *value, Test *test,
                               Error *err)
{
    const Json *item = json_first(value);
    if (json_type(value) != JSON_OBJECT)
        return json_error(source->file, value, err, "'attribute' must be an object");
    test->attribute_count = json_count(value);
    test->attributes =
        ARENA_ARRAY(source->arena, (size_t)test->attribute_count, AttributeTest);
    for (int i = 0; i < test->attribute_count; i++, item = json_next(item)) {
        test->attributes[i].name = json_key(item);
        if (!condition_compile(source, item, &test->attributes[i].condition, err))
            return false;
    }
    return true;
}

/** Names of a list (or one name) under key. */
static const Json *names_first(const Json *value, int *count)
{
    *count = json_type(value) == JSON_ARRAY ? json_count(value) : 1;
    return json_type(value) == JSON_ARRAY ? json_first(value) : value;
}

/** Names of field kinds in rules; NULL-ended. */
static const char *const field_names[] = {
    [FIELD_UNKNOWN] = "unknown",
    [FIELD_EMAIL] = "email",
    [FIELD_FIRST_NAME] = "first-name",
    [FIELD_LAST_NAME] = "last-name",
    [FIELD_FULL_NAME] = "full-name",
    [FIELD_COMPANY] = "company",
    [FIELD_STREET] = "street",
    [FIELD_STREET2] = "street2",
    [FIELD_POSTAL_CODE] = "postal-code",
    [FIELD_CITY] = "city",
    [FIELD_REGION] = "region",
    [FIELD_COUNTRY] = "country",
    [FIELD_PHONE] = "phone",
    [FIELD_PASSWORD] = "password",
    [FIELD_SEARCH] = "search",
    [FIELD_QUANTITY] = "quantity",
    [FIELD_COUPON] = "coupon",
    [FIELD_NEWSLETTER] = "newsletter",
    [FIELD_TERMS] = "terms",
    [FIELD_GUEST] = "guest",
    [FIELD_DELIVERY] = "delivery",
    [FIELD_PAYMENT] = "payment",
    [FIELD_CARD] = "card",
    [FIELD_BIRTHDAY] = "birthday",
    [FIELD_TITLE] = "title",
    [FIELD_MESSAGE] = "message",
    [FIELD_HONEYPOT] = "honeypot",
    [FIELD_HONEYPOT + 1] = NULL,
};

static bool fields_compile(CheckSource *source, const Json *value, Test *test, Error *err)
{
    const Json *item = names_first(value, &test->field_count);
    source->uses_words = true;
    test->fields = ARENA_ARRAY(source->arena, (size_t)test->field_count, FieldKind);
    for (int i = 0; i < test->field_count; i++, item = json_next(item)) {
        int kind = 0;
        while (field_names[kind] && strcmp(field_names[kind], json_text(item, "")) != 0)
            kind++;
        if (!field_names[kind])
            return name_unknown(source, item, "kind of field", field_names, err);
        test->fields[i] = (FieldKind)kind;
    }
    return true;
}

static bool predicates_compile(CheckSource *source, const Json *value, Test *test,
                               Error *err)
{
    const Json *item = names_first(value, &test->predicate_count);
    test->predicates =
        ARENA_ARRAY(source->arena, (size_t)test->predicate_count, Predicate *);
    for (int i = 0; i < test->predicate_count; i++, item = json_next(item)) {
        test->predicates[i] = predicate_of(json_text(item, ""));
        if (!test->predicates[i])
            return name_unknown(source, item, "predicate", predicate_names(), err);
    }
    return true;
}

static bool tests_compile(CheckSource *source, const Json *value, Test ***tests, int *count,
                          Error *err)
{
    const Json *item = json_first(value);
    if (json_type(value) != JSON_ARRAY || json_count(value) == 0)
        return json_error(source->file, value, err, "a list of tests was expected");
    *count = json_count(value);
    *tests = ARENA_ARRAY(source->arena, (size_t)*count, Test *);
    for (int i = 0; i < *count; i++, item = json_next(item))
        if (!test_compile(source, item, &(*tests)[i], err))
            return false;
    return true;
}

/** Members that hold other tests. */
static bool branches_compile(CheckSource *source, const Json *value, Test *test, Error *err)
{
    const Json *any = json_get(value, "any"), *all = json_get(value, "all"),
               *not = json_get(value, "not");
    return (!any || tests_compile(source, any, &test->any, &test->any_count, err)) &&
           (!all || tests_compile(source, all, &test->all, &test->all_count, err)) &&
           (!not || test_compile(source, not, &test->not, err));
}

bool test_compile(CheckSource *source, const Json *value, Test **out, Error *err)
{
    Test *test = ARENA_NEW(source->arena, Test);
    const Json *matches = json_get(value, "matches"), *inside = json_get(value, "inside"),
               *has = json_get(value, "has"), *name = json_get(value, "name"),
               *text = json_get(value, "text"), *attribute = json_get(value, "attribute"),
               *field = json_get(value, "field"), *is = json_get(value, "is"),
               *content = json_get(value, "content");
    *out = test;
    if (json_type(value) != JSON_OBJECT || json_count(value) == 0)
        return json_error(source->file, value, err, "a test must be an object");
    return json_only_keys(source->file, value, test_keys, (int)COUNT_OF(test_keys), err) &&
           (!matches || selector_read(source, matches, &test->matches, err)) &&
           (!inside || selector_read(source, inside, &test->inside, err)) &&
           (!has || selector_read(source, has, &test->has, err)) &&
           (!name || condition_compile(source, name, &test->name, err)) &&
           (!text || condition_compile(source, text, &test->text, err)) &&
           (!content || condition_compile(source, content, &test->content, err)) &&
           (!attribute || attributes_compile(source, attribute, test, err)) &&
           (!field || fields_compile(source, field, test, err)) &&
           (!is || predicates_compile(source, is, test, err)) &&
           branches_compile(source, value, test, err);
}

static bool is_inside(const Selector *selector, const Document *document, const Node *node)
{
    for (node = node_parent(node); node; node = node_parent(node))
        if (selector_matches(selector, document, node))
            return true;
    return false;
}

static bool words_hold(const Test *test, const Subject *subject, const Node *node)
{
    View *view = subject->view;
    if (test->name && !condition_holds(test->name, subject, view_name(view, node),
                                       view_name_meaning(view, node)))
        return false;
    if (test->text) {
        const char *text =
            arena_str_text(view_arena(view), node_visible_text(view_arena(view), node));
        if (!condition_holds(test->text, subject, text, NULL))
            return false;
    }
    if (test->content) {
        const char *text =
            arena_str_text(view_arena(view), node_text_content(view_arena(view), node));
        if (!condition_holds(test->content, subject, text, NULL))
            return false;
    }
    for (int i = 0; i < test->attribute_count; i++)
        if (!condition_holds(test->attributes[i].condition, subject,
                             node_attribute(node, test->attributes[i].name), NULL))
            return false;
    return true;
}

static bool field_holds(const Test *test, const Subject *subject, const Node *node)
{
    FieldKind kind;
    if (test->field_count == 0)
        return true;
    kind = field_recognise(subject->words, view_document(subject->view), node);
    for (int i = 0; i < test->field_count; i++)
        if (test->fields[i] == kind)
            return true;
    return false;
}

static bool branches_hold(const Test *test, const Subject *subject, const Node *node)
{
    bool has_one = test->any_count == 0;
    for (int i = 0; i < test->all_count; i++)
        if (!test_holds(test->all[i], subject, node))
            return false;
    for (int i = 0; i < test->any_count && !has_one; i++)
        has_one = test_holds(test->any[i], subject, node);
    return has_one && (!test->not || !test_holds(test->not, subject, node));
}

bool test_holds(const Test *test, const Subject *subject, const Node *node)
{
    const Document *document = view_document(subject->view);
    if (test->matches && !selector_matches(test->matches, document, node))
        return false;
    if (test->inside && !is_inside(test->inside, document, node))
        return false;
    if (test->has && !selector_first(test->has, document, node))
        return false;
    for (int i = 0; i < test->predicate_count; i++)
        if (!test->predicates[i](subject, node))
            return false;
    return words_hold(test, subject, node) && field_holds(test, subject, node) &&
           branches_hold(test, subject, node);
}
