/* xpath.c - libxml2's XPath with its operation limit, quiet and side-effect free.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/xpath.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dom/index.h"

enum { OPERATIONS_MOST = 5000000, TEXT_MOST = 1 << 14, NESTING_MOST = 64 };

/* An evaluation and what it holds. */
typedef struct Run {
    xmlXPathContext *context;
    xmlXPathCompExpr *compiled;
    xmlXPathObject *result;
    char text[TEXT_MOST + 1];
} Run;

static void run_release(Run *run)
{
    xmlXPathFreeObject(run->result);
    xmlXPathFreeCompExpr(run->compiled);
    xmlXPathFreeContext(run->context);
}

/* libxml2 would print; what went wrong is read from the context afterwards. */
static void error_ignore(void *user, xmlErrorPtr error)
{
    (void)user;
    (void)error;
}

/* id("a b"): through our index, because the tree has no document type to know ids by. */
static void function_id(xmlXPathParserContextPtr parser, int count)
{
    const Document *document = parser->context->doc ? parser->context->doc->_private : NULL;
    xmlXPathObject *result = NULL;
    xmlChar *text = NULL;
    Str rest;
    Str id;

    if (count != 1) {
        xmlXPathErr(parser, XPATH_INVALID_ARITY);
        return;
    }
    text = xmlXPathPopString(parser);
    result = xmlXPathNewNodeSet(NULL);
    rest = str_of((const char *)text);
    while (document && result && str_next_word(&rest, &id)) {
        const NodeList *found = index_find(document, &document->ids, id);
        xmlNode *node = NULL;
        if (!found)
            continue;
        memcpy(&node, &found->items[0], sizeof(node)); /* the set wants no const */
        xmlXPathNodeSetAdd(result->nodesetval, node);
    }
    xmlFree(text);
    valuePush(parser, result);
}

static bool is_nested_too_deep(Str expression)
{
    int depth = 0;

    for (size_t i = 0; i < expression.length; i++) {
        char c = expression.data[i];
        depth += (c == '(' || c == '[') - (c == ')' || c == ']');
        if (depth > NESTING_MOST)
            return true;
    }
    return false;
}

static bool compile(Run *run, const Document *document, Str expression, const char *where,
                    Error *err)
{
    if (expression.length > TEXT_MOST || is_nested_too_deep(expression))
        return error_set(err, ERROR_INPUT, where, "the XPath is too long or too nested");
    memcpy(run->text, expression.data ? expression.data : "", expression.length);
    run->context = xmlXPathNewContext(document ? document->tree : NULL);
    if (!run->context)
        return error_set(err, ERROR_FAILED, where, "out of memory");
    run->context->error = error_ignore;
    run->context->opLimit = OPERATIONS_MOST;
    /* a name that is taken must be given up first */
    xmlXPathRegisterFunc(run->context, (const xmlChar *)"id", NULL);
    xmlXPathRegisterFunc(run->context, (const xmlChar *)"id", function_id);
    xmlXPathRegisterNs(run->context, (const xmlChar *)"svg",
                       (const xmlChar *)"http://www.w3.org/2000/svg");
    xmlXPathRegisterNs(run->context, (const xmlChar *)"math",
                       (const xmlChar *)"http://www.w3.org/1998/Math/MathML");
    if (!memchr(run->text, '\0', expression.length))
        run->compiled = xmlXPathCtxtCompile(run->context, (const xmlChar *)run->text);
    if (run->compiled)
        return true;
    error_set(err, ERROR_INPUT, where, "bad XPath '%.*s'%s%s",
              STR_ARGS(str_slice(expression, 0, 200)),
              run->context->lastError.message ? ": " : "",
              run->context->lastError.message ? run->context->lastError.message : "");
    return error_hint(err, "XPath 1.0 is understood; element names are lower case");
}

bool xpath_check(Str expression, const char *where, Error *err)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    Run *run = ARENA_NEW(scratch, Run);
    bool is_good = compile(run, NULL, expression, where, err);

    run_release(run);
    return is_good;
}

/* The element that a node of a result stands for. */
static const xmlNode *element_of(const xmlNode *node)
{
    if (node->type == XML_NAMESPACE_DECL)
        return NULL;
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->type == XML_DOCUMENT_NODE ? NULL : node->parent;
    return node;
}

static int order_compare(const void *a, const void *b)
{
    size_t left = node_order(*(const Node *const *)a);
    size_t right = node_order(*(const Node *const *)b);

    return left < right ? -1 : left > right;
}

static void nodes_take(const xmlNodeSet *set, Arena *arena, NodeList *list)
{
    size_t from = list->count, to = list->count;

    for (int i = 0; set && i < set->nodeNr; i++) {
        const xmlNode *element = element_of(set->nodeTab[i]);
        if (element)
            node_list_add(arena, list, node_of(element));
    }
    if (list->count == from)
        return;
    qsort(list->items + from, list->count - from, sizeof(list->items[0]), order_compare);
    for (size_t i = from; i < list->count; i++)
        if (i == from || list->items[i] != list->items[to - 1])
            list->items[to++] = list->items[i];
    list->count = to;
}

static bool is_true(const xmlXPathObject *result)
{
    if (result->type == XPATH_BOOLEAN)
        return result->boolval;
    if (result->type == XPATH_NUMBER)
        return fpclassify(result->floatval) != FP_ZERO && !isnan(result->floatval);
    return result->type == XPATH_STRING && result->stringval && *result->stringval;
}

static bool evaluate(Run *run, const Document *document, Arena *arena, NodeList *list,
                     Error *err)
{
    run->result = xmlXPathCompiledEval(run->compiled, run->context);
    if (!run->result) {
        bool is_limit = run->context->lastError.code ==
                        XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED;
        return error_set(err, is_limit ? ERROR_LIMIT : ERROR_INPUT, NULL,
                         is_limit ? "the XPath '%.200s' takes too many steps on this page"
                                  : "the XPath '%.200s' cannot be evaluated",
                         run->text);
    }
    if (run->result->type == XPATH_NODESET)
        nodes_take(run->result->nodesetval, arena, list);
    else if (is_true(run->result))
        node_list_add(arena, list, document_root(document));
    return true;
}

/* What hangs below a template while it is out of the tree. */
typedef struct Contents {
    xmlNode *first, *last;
} Contents;

/* Contents of templates are no part of the document for XPath: they hang beside the tree
 * while it is evaluated. Swapping twice restores them. */
static void templates_swap(const Document *document, Contents *contents)
{
    const NodeList *templates = document_by_tag(document, "template");

    for (size_t i = 0; i < templates->count; i++) {
        xmlNode *template = NULL;
        Contents other = contents[i];
        if (node_has_attribute(templates->items[i], "shadowrootmode") ||
            !node_is_html(templates->items[i]))
            continue;
        memcpy(&template, &templates->items[i], sizeof(template));
        contents[i] = (Contents){template->children, template->last};
        template->children = other.first;
        template->last = other.last;
    }
}

bool xpath_all(const Document *document, Str expression, Arena *arena, NodeList *list,
               Error *err)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    Run *run = ARENA_NEW(scratch, Run);
    size_t count = document_by_tag(document, "template")->count;
    Contents *contents = ARENA_ARRAY(scratch, count, Contents);
    bool is_good = compile(run, document, expression, NULL, err);

    if (is_good) {
        templates_swap(document, contents);
        is_good = evaluate(run, document, arena, list, err);
        templates_swap(document, contents);
    }
    run_release(run);
    return is_good;
}
