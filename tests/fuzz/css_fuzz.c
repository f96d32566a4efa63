/* css_fuzz.c - any bytes as a selector, on a fixed page. What the index finds must be what
 * asking every element one by one finds.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/css.h"
#include "dom/html.h"
#include "dom/xpath.h"
#include "fuzz.h"

static const char page[] =
    "<!doctype html><html lang=fr><head><title>t</title><base href=/b/></head><body class='p "
    "q'><ul id=u><li class='x y'>1<li class=x id=b>2<li>3<li class=Y>4</ul><p>t</p><div "
    "class=a><p id=q><b title='a b'>t</b></p><div class=a><i></i><p lang=en></p></div></div>"
    "<form><input type=TEXT required><input type=checkbox checked disabled><select><option>1"
    "<option selected value=v>2</select><a href=/x#y rel='nofollow me'>l</a></form><svg "
    "viewBox='0 0 1 1'><linearGradient id=g /></svg><template><p class=x></p></template>";

static void compare(const Document *document, const Selector *selector, Arena *arena)
{
    NodeList list = {0};
    size_t at = 0;

    selector_all(selector, document, NULL, arena, &list);
    for (size_t i = 0; i < document_element_count(document); i++) {
        const Node *node = document_element(document, i);
        bool is_listed = at < list.count && list.items[at] == node;
        if (!node_is_inert(node))
            FUZZ_ASSERT(selector_matches(selector, document, node) == is_listed);
        at += is_listed;
    }
    FUZZ_ASSERT(at == list.count);
    FUZZ_ASSERT(selector_first(selector, document, NULL) ==
                (list.count ? list.items[0] : NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    Selector *selector = NULL;
    NodeList list = {0};
    Str text = str_from((const char *)data, size);
    Error err = {0};

    if (size > 512)
        return 0;
    FUZZ_ASSERT(
        html_parse(arena, STR(page), NULL, "http://a.test/", NULL, &document, NULL));
    if (selector_compile(arena, text, NULL, &selector, &err))
        compare(document, selector, arena);
    else
        FUZZ_ASSERT(err.code == ERROR_INPUT && err.what[0]);
    if (!xpath_all(document, text, arena, &list, NULL))
        FUZZ_ASSERT(list.count == 0);
    return 0;
}
