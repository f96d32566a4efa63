/* check_css.c - kind css: elements found by a CSS selector on the index, or a part's name.
 *
 *     {"kind": "css", "select": "img", "where": {"is": "exposed"},
 *      "each": {"attribute": {"alt": "present"}}, "tolerate": {"share": 0.1}}
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/element.h"

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    Query *query = NULL;
    Elements *elements = NULL;
    const char *text = NULL;
    if (!json_need_text(source->file, json, "select", &text, err) ||
        !query_compile(source, json_get(json, "select"), &query, err) ||
        !elements_compile(source, json, query, &elements, err))
        return false;
    *data = elements;
    return true;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    elements_run(data, subject, answer);
}

const CheckType check_css = {.kind = CHECK_CSS,
                             .scope = SCOPE_DOCUMENT,
                             .keys = elements_keys,
                             .key_count = ELEMENTS_KEY_COUNT,
                             .compile = compile,
                             .run = run};
