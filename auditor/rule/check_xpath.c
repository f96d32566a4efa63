/* check_xpath.c - kind xpath: as css, with an XPath 1.0 expression; for users' own rules.
 *
 * Costs a walk of the tree an expression, so rules of ours use css. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include "rule/element.h"

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    Query *query = NULL;
    Elements *elements = NULL;
    const char *text = NULL;
    if (!json_need_text(source->file, json, "select", &text, err) ||
        !query_compile_xpath(source, json_get(json, "select"), &query, err) ||
        !elements_compile(source, json, query, &elements, err))
        return false;
    *data = elements;
    return true;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    elements_run(data, subject, answer);
}

const CheckType check_xpath = {.kind = CHECK_XPATH,
                               .scope = SCOPE_DOCUMENT,
                               .keys = elements_keys,
                               .key_count = ELEMENTS_KEY_COUNT,
                               .compile = compile,
                               .run = run};
