/* css.c - matching: candidates from the index by the rarest key of the rightmost compound,
 * then conditions, then leftwards.
 *
 * A failed step leftwards says how far the failure reaches (this element, all its siblings,
 * everything), so that chains of descendant combinators stay linear in the depth.
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/css.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dom/css_tree.h"
#include "dom/forms.h"
#include "dom/index.h"

enum { SWEEP_FROM = 64 }; /* matches; fewer are sorted */

/* What one run of a selector stands on. */
typedef struct Context {
    const Document *document;
    const Node *scope;  /* NULL: the document */
    const Node *anchor; /* of the innermost :has, NULL outside */
} Context;

typedef enum Outcome {
    MATCHED,
    FAILED_HERE,     /* another element further on may do */
    FAILED_SIBLINGS, /* no sibling further back can do, an ancestor may */
    FAILED,          /* nothing further on can do */
} Outcome;

/* Elements that may match, in document order, and the part of them to look at. */
typedef struct Candidates {
    const Node *const *items;
    size_t from, to;
} Candidates;

static Outcome complex_match(const Context *context, const Complex *complex, size_t last,
                             const Node *node);

/* The anchor of a :has is not theirs, even when they stand inside one. */
static bool list_match(const Context *context, const Selector *list, const Node *node)
{
    Context inner = {context->document, context->scope, NULL};

    for (size_t i = 0; i < list->count; i++) {
        const Complex *complex = &list->complexes[i];
        if (complex_match(&inner, complex, complex->count - 1, node) == MATCHED)
            return true;
    }
    return false;
}

static bool text_equal(const Context *context, const char *a, const char *b)
{
    return context->document->is_quirks ? strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

static bool class_match(const Context *context, const char *class, const Node *node)
{
    const NodeData *data = node_data(node);

    for (uint32_t i = 0; i < data->class_count; i++)
        if (text_equal(context, data->classes[i], class))
            return true;
    return false;
}

static bool word_match(Str value, Str word, bool is_nocase)
{
    Str one;

    while (str_next_word(&value, &one))
        if (is_nocase ? str_equal_nocase(one, word) : str_equal(one, word))
            return true;
    return false;
}

bool css_value_match(const Simple *simple, Str value)
{
    bool is_nocase = simple->is_nocase;
    Str want = simple->value;
    Str part;

    switch (simple->test) {
    case ATTRIBUTE_EXISTS: return true;
    case ATTRIBUTE_EQUALS: part = value; break;
    case ATTRIBUTE_WORD: return want.length && word_match(value, want, is_nocase);
    case ATTRIBUTE_DASH:
        if (value.length > want.length && value.data[want.length] != '-')
            return false;
        part = str_slice(value, 0, want.length);
        break;
    case ATTRIBUTE_STARTS: part = str_slice(value, 0, want.length); break;
    case ATTRIBUTE_ENDS:
        part = value.length < want.length
                   ? value
                   : str_slice(value, value.length - want.length, want.length);
        break;
    case ATTRIBUTE_HOLDS:
        return want.length &&
               (is_nocase ? str_contains_nocase(value, want) : str_contains(value, want));
    }
    if (!want.length &&
        (simple->test == ATTRIBUTE_STARTS || simple->test == ATTRIBUTE_ENDS))
        return false;
    return is_nocase ? str_equal_nocase(part, want) : str_equal(part, want);
}

static bool attribute_match(const Simple *simple, const Node *node)
{
    bool is_html = node_is_html(node);
    const char *value = node_attribute(node, is_html ? simple->name : simple->exact);

    return value && css_value_match(simple, str_of(value));
}

static bool tag_match(const Simple *simple, const Node *node)
{
    return strcmp(node_tag(node), node_is_html(node) ? simple->name : simple->exact) == 0;
}

static bool nth_match(const Simple *simple, uint32_t position)
{
    long distance = (long)position - simple->offset;

    if (!simple->step)
        return distance == 0;
    return distance % simple->step == 0 && distance / simple->step >= 0;
}

static bool nth_child_match(const Context *context, const Simple *simple, const Node *node)
{
    bool is_last = simple->kind == SIMPLE_NTH_LAST_CHILD;
    uint32_t position = 1;

    if (!simple->list)
        return nth_match(simple,
                         is_last ? node_data(node)->child_last : node_data(node)->child);
    if (!list_match(context, simple->list, node))
        return false;
    for (const Node *at = is_last ? node_next(node) : node_previous(node); at;
         at = is_last ? node_next(at) : node_previous(at))
        position += list_match(context, simple->list, at);
    return nth_match(simple, position);
}

static bool is_empty(const Node *node)
{
    for (const xmlNode *child = node_xml(node)->children; child; child = child->next)
        if (child->type != XML_COMMENT_NODE)
            return false;
    return true;
}

static bool is_control(const Node *node, bool is_requirable)
{
    static const char *const tags[] = {"input",    "select", "textarea", "button",
                                       "optgroup", "option", "fieldset"};
    size_t count = is_requirable ? 3 : COUNT_OF(tags);

    for (size_t i = 0; i < count; i++)
        if (node_is_html(node) && node_is_tag(node, tags[i]))
            return true;
    return false;
}

static bool lang_match(const char *want, const Node *node)
{
    for (; node; node = node_parent(node)) {
        const char *lang = node_attribute(node, "lang");
        size_t length = strlen(want);
        if (!lang)
            continue;
        return strncasecmp(lang, want, length) == 0 &&
               (lang[length] == '\0' || lang[length] == '-');
    }
    return false;
}

/* The index of the rarest condition of a compound; every element when it has none. */
static Candidates candidates_of(const Context *context, const Compound *compound)
{
    const Document *document = context->document;
    Candidates best = {document->elements, 0, document->element_count};

    for (size_t i = 0; i < compound->count; i++) {
        const Simple *simple = &compound->simples[i];
        const NodeList *list = NULL;
        if (simple->kind == SIMPLE_CLASS)
            list = document_by_class(document, simple->name);
        else if (simple->kind == SIMPLE_ID)
            list = document_list_by_id(document, simple->name);
        else if (simple->kind == SIMPLE_TAG && strcmp(simple->name, simple->exact) == 0)
            list = document_by_tag(document, simple->name);
        else if (simple->kind == SIMPLE_ATTRIBUTE &&
                 strcmp(simple->name, simple->exact) == 0)
            list = css_by_value(document, simple);
        if (list && list->count <= best.to)
            best = (Candidates){list->items, 0, list->count};
    }
    return best;
}

/* First position whose order is at least order. */
static size_t lower_bound(const Candidates *candidates, size_t order)
{
    size_t low = 0, high = candidates->to;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (node_order(candidates->items[middle]) < order)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void candidates_limit(Candidates *candidates, size_t from, size_t to)
{
    size_t end = lower_bound(candidates, to);

    candidates->from = lower_bound(candidates, from);
    candidates->to = end;
}

static bool has_match(const Context *context, const Selector *list, const Node *anchor)
{
    Context inner = {context->document, context->scope, anchor};
    const Node *parent = node_parent(anchor);

    for (size_t i = 0; i < list->count; i++) {
        const Complex *complex = &list->complexes[i];
        Combinator first = complex->compounds[0].combinator;
        Candidates some = candidates_of(&inner, &complex->compounds[complex->count - 1]);
        if (first == COMBINATOR_DESCENDANT || first == COMBINATOR_CHILD)
            candidates_limit(&some, node_order(anchor) + 1, node_order_end(anchor));
        else if (parent)
            candidates_limit(&some, node_order_end(anchor), node_order_end(parent));
        else
            continue;
        for (size_t at = some.from; at < some.to; at++)
            if (complex_match(&inner, complex, complex->count - 1, some.items[at]) ==
                MATCHED)
                return true;
    }
    return false;
}

static bool state_match(const Simple *simple, const Node *node)
{
    switch ((int)simple->kind) {
    case SIMPLE_CHECKED: return control_is_initially_checked(node);
    case SIMPLE_DISABLED: return is_control(node, false) && control_is_disabled(node);
    case SIMPLE_ENABLED: return is_control(node, false) && !control_is_disabled(node);
    case SIMPLE_REQUIRED:
        return is_control(node, true) && node_has_attribute(node, "required");
    case SIMPLE_OPTIONAL:
        return is_control(node, true) && !node_has_attribute(node, "required");
    case SIMPLE_LINK:
        return (node_is_tag(node, "a") || node_is_tag(node, "area")) &&
               node_has_attribute(node, "href");
    case SIMPLE_LANG: return lang_match(simple->name, node);
    case SIMPLE_EMPTY: return is_empty(node);
    default: return false;
    }
}

static bool simple_match(const Context *context, const Simple *simple, const Node *node)
{
    const char *id = NULL;

    switch (simple->kind) {
    case SIMPLE_UNIVERSAL: return true;
    case SIMPLE_TAG: return tag_match(simple, node);
    case SIMPLE_ID:
        id = node_attribute(node, "id");
        return id && text_equal(context, id, simple->name);
    case SIMPLE_CLASS: return class_match(context, simple->name, node);
    case SIMPLE_ATTRIBUTE: return attribute_match(simple, node);
    case SIMPLE_NOT: return !list_match(context, simple->list, node);
    case SIMPLE_IS: return list_match(context, simple->list, node);
    case SIMPLE_HAS: return has_match(context, simple->list, node);
    case SIMPLE_NTH_CHILD:
    case SIMPLE_NTH_LAST_CHILD: return nth_child_match(context, simple, node);
    case SIMPLE_NTH_OF_TYPE: return nth_match(simple, node_data(node)->type);
    case SIMPLE_NTH_LAST_OF_TYPE: return nth_match(simple, node_data(node)->type_last);
    case SIMPLE_ROOT: return !node_parent(node);
    case SIMPLE_SCOPE: return context->scope ? node == context->scope : !node_parent(node);
    case SIMPLE_EMPTY:
    case SIMPLE_CHECKED:
    case SIMPLE_DISABLED:
    case SIMPLE_ENABLED:
    case SIMPLE_REQUIRED:
    case SIMPLE_OPTIONAL:
    case SIMPLE_LINK:
    case SIMPLE_LANG: return state_match(simple, node);
    }
    return false;
}

/* How the first compound inside :has stands to the anchor. */
static bool anchor_match(const Context *context, Combinator combinator, const Node *node)
{
    const Node *anchor = context->anchor;

    switch (combinator) {
    case COMBINATOR_DESCENDANT: return node != anchor && node_contains(anchor, node);
    case COMBINATOR_CHILD: return node_parent(node) == anchor;
    case COMBINATOR_NEXT: return node_previous(node) == anchor;
    case COMBINATOR_LATER:
        return node_parent(node) == node_parent(anchor) &&
               node_order(node) > node_order(anchor);
    }
    return false;
}

/* Try the compound before number last on the elements that combinator leads to. */
static Outcome leftwards(const Context *context, const Complex *complex, size_t last,
                         const Node *node)
{
    Outcome outcome = FAILED;

    switch (complex->compounds[last].combinator) {
    case COMBINATOR_DESCENDANT:
        while ((node = node_parent(node))) {
            outcome = complex_match(context, complex, last - 1, node);
            if (outcome == MATCHED || outcome == FAILED)
                return outcome;
        }
        return FAILED;
    case COMBINATOR_CHILD:
        node = node_parent(node);
        return node ? complex_match(context, complex, last - 1, node) : FAILED;
    case COMBINATOR_NEXT:
        node = node_previous(node);
        return node ? complex_match(context, complex, last - 1, node) : FAILED_SIBLINGS;
    case COMBINATOR_LATER:
        while ((node = node_previous(node))) {
            outcome = complex_match(context, complex, last - 1, node);
            if (outcome != FAILED_HERE)
                return outcome;
        }
        return FAILED_SIBLINGS;
    }
    return outcome;
}

static bool compound_match(const Context *context, const Compound *compound,
                           const Node *node)
{
    for (size_t i = 0; i < compound->count; i++)
        if (!simple_match(context, &compound->simples[i], node))
            return false;
    return true;
}

static Outcome complex_match(const Context *context, const Complex *complex, size_t last,
                             const Node *node)
{
    const Compound *compound = &complex->compounds[last];

    if (!compound_match(context, compound, node))
        return FAILED_HERE;
    if (last > 0)
        return leftwards(context, complex, last, node);
    if (context->anchor && !anchor_match(context, compound->combinator, node))
        return FAILED_HERE;
    return MATCHED;
}

/* Candidates of the whole: those of its last compound, none when an element that must stand
 * around or before them is not on the page at all. */
static Candidates candidates_in(const Context *context, const Complex *complex)
{
    size_t last = complex->count - 1;
    Candidates some = candidates_of(context, &complex->compounds[last]);

    for (size_t i = 0; i < last && some.to > 0; i++)
        if (candidates_of(context, &complex->compounds[i]).to == 0)
            some.to = 0;
    if (context->scope)
        candidates_limit(&some, node_order(context->scope) + 1,
                         node_order_end(context->scope));
    return some;
}

static int order_compare(const void *a, const void *b)
{
    size_t left = node_order(*(const Node *const *)a);
    size_t right = node_order(*(const Node *const *)b);

    return left < right ? -1 : left > right;
}

/* Many matches: an element a bit, then all bits in order. */
static void list_sweep(const Document *document, NodeList *list, size_t from)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    uint64_t *bits = ARENA_ARRAY(scratch, document->element_count / 64 + 1, uint64_t);
    size_t low = SIZE_MAX, high = 0;

    for (size_t i = from; i < list->count; i++) {
        size_t word = node_order(list->items[i]) / 64;
        bits[word] |= UINT64_C(1) << (node_order(list->items[i]) & 63);
        low = word < low ? word : low;
        high = word > high ? word : high;
    }
    list->count = from;
    for (size_t word = low; word <= high; word++)
        for (uint64_t rest = bits[word]; rest; rest &= rest - 1)
            list->items[list->count++] =
                document->elements[word * 64 + (size_t)__builtin_ctzll(rest)];
}

/* Several complexes: put their matches in order, drop the doubles. */
static void list_tidy(const Document *document, NodeList *list, size_t from)
{
    size_t to = from;
    bool is_tidy = true;

    for (size_t i = from + 1; i < list->count && is_tidy; i++)
        is_tidy = node_order(list->items[i - 1]) < node_order(list->items[i]);
    if (is_tidy)
        return;
    if (list->count - from > SWEEP_FROM) {
        list_sweep(document, list, from);
        return;
    }
    qsort(list->items + from, list->count - from, sizeof(list->items[0]), order_compare);
    for (size_t i = from; i < list->count; i++)
        if (i == from || list->items[i] != list->items[to - 1])
            list->items[to++] = list->items[i];
    list->count = to;
}

/* "nav a" where there are fewer navs than links: what stands inside a nav need not be asked
 * what it stands in. */
static void inside_all(const Context *context, const Complex *complex,
                       const Candidates *outer, Arena *arena, NodeList *list)
{
    size_t last = complex->count - 1;
    Candidates whole = candidates_in(context, complex);
    size_t done = 0; /* elements before it were looked at */

    for (size_t i = outer->from; i < outer->to; i++) {
        const Node *around = outer->items[i];
        Candidates some = whole;
        size_t begin = node_order(around) + 1;
        if (node_order_end(around) <= done ||
            complex_match(context, complex, last - 1, around) != MATCHED)
            continue;
        candidates_limit(&some, begin > done ? begin : done, node_order_end(around));
        some.from = some.from > whole.from ? some.from : whole.from;
        for (size_t at = some.from; at < some.to; at++) {
            const Node *node = some.items[at];
            if (!node_is_inert(node) &&
                compound_match(context, &complex->compounds[last], node))
                node_list_add(arena, list, node);
        }
        done = node_order_end(around);
    }
}

static void complex_all(const Context *context, const Complex *complex, Arena *arena,
                        NodeList *list)
{
    Candidates some = candidates_in(context, complex), outer;
    size_t last = complex->count - 1;

    if (some.from >= some.to)
        return;
    if (last > 0 && complex->compounds[last].combinator == COMBINATOR_DESCENDANT) {
        outer = candidates_of(context, &complex->compounds[last - 1]);
        if (outer.to <= some.to - some.from) {
            inside_all(context, complex, &outer, arena, list);
            return;
        }
    }
    for (size_t at = some.from; at < some.to; at++) {
        const Node *node = some.items[at];
        if (!node_is_inert(node) &&
            complex_match(context, complex, complex->count - 1, node) == MATCHED)
            node_list_add(arena, list, node);
    }
}

void selector_all(const Selector *selector, const Document *document, const Node *scope,
                  Arena *arena, NodeList *list)
{
    Context context = {document, scope, NULL};
    size_t from = list->count;

    for (size_t i = 0; i < selector->count; i++)
        complex_all(&context, &selector->complexes[i], arena, list);
    if (selector->count > 1)
        list_tidy(document, list, from);
}

const Node *selector_first(const Selector *selector, const Document *document,
                           const Node *scope)
{
    Context context = {document, scope, NULL};
    const Node *first = NULL;

    for (size_t i = 0; i < selector->count; i++) {
        const Complex *complex = &selector->complexes[i];
        Candidates some = candidates_in(&context, complex);
        for (size_t at = some.from; at < some.to; at++) {
            const Node *node = some.items[at];
            if (first && node_order(node) >= node_order(first))
                break;
            if (!node_is_inert(node) &&
                complex_match(&context, complex, complex->count - 1, node) == MATCHED)
                first = node;
        }
    }
    return first;
}

bool selector_matches(const Selector *selector, const Document *document, const Node *node)
{
    Context context = {document, NULL, NULL};

    return list_match(&context, selector, node);
}

static const Selector *literal_compile(Arena *arena, const char *literal)
{
    Selector *selector = NULL;
    bool is_good = selector_compile(arena, str_of(literal), NULL, &selector, NULL);

    assert(is_good);
    return is_good ? selector : NULL;
}

void select_all(const Document *document, const Node *scope, const char *literal,
                Arena *arena, NodeList *list)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    const Selector *selector = literal_compile(scratch, literal);

    selector_all(selector, document, scope, arena, list);
}

const Node *select_first(const Document *document, const Node *scope, const char *literal)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    const Selector *selector = literal_compile(scratch, literal);

    return selector_first(selector, document, scope);
}
