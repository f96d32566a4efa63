/* html_fuzz.c - any bytes as a page: first line the Content-Type, the rest the page. The
 * tree, its texts, names, forms and structured data must hold what their headers promise.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/css.h"
#include "dom/forms.h"
#include "dom/html.h"
#include "dom/name.h"
#include "dom/structured.h"
#include "dom/text.h"
#include "dom/xpath.h"
#include "fuzz.h"

enum { LOOKED_AT = 60 };

static void assert_text(Str text)
{
    FUZZ_ASSERT(str_is_utf8(text));
    FUZZ_ASSERT(text.data[text.length] == '\0');
}

static void assert_tree(const Document *document)
{
    size_t count = document_element_count(document);

    for (size_t i = 0; i < count; i++) {
        const Node *node = document_element(document, i);
        const Node *parent = node_parent(node);
        FUZZ_ASSERT(node_order(node) == i);
        FUZZ_ASSERT(node_order_end(node) > i && node_order_end(node) <= count);
        FUZZ_ASSERT(node_depth(node) >= 1 && node_depth(node) <= 512);
        FUZZ_ASSERT(!parent || node_contains(parent, node));
        FUZZ_ASSERT(!parent || node_depth(node) == node_depth(parent) + 1);
    }
    FUZZ_ASSERT(document_root(document) && document_head(document));
}

static void assert_node(Arena *arena, const Document *document, const Node *node)
{
    const Node *element = NULL;
    const char *evidence = NULL;
    const char *path = node_css_path(arena, node);

    assert_text(str_of(node_name(arena, document, node, NULL)));
    assert_text(str_of(node_snippet(arena, node, 40)));
    FUZZ_ASSERT(strlen(node_snippet(arena, node, 40)) <= 40);
    assert_text(text_fold(arena, node_visible_text(arena, node)));
    assert_text(text_fold_accents(arena, node_text_content(arena, node)));
    (void)node_role(node);
    (void)node_visibility(node);
    (void)node_activation(document, node, &element, &evidence);
    FUZZ_ASSERT(element != NULL);
    if (!node_is_inert(node))
        FUZZ_ASSERT(select_first(document, NULL, path) == node);
}

static void try_control(Arena *arena, FormState *state, const Node *control)
{
    static const char *const values[] = {"1", "a@b.c", "2024-01-01", "\xC3\xA9"};
    Error err = {0};

    for (size_t i = 0; i < COUNT_OF(values); i++)
        if (control_set(state, control, values[i], &err))
            assert_text(str_of(control_value(state, control)));
    (void)arena;
}

static void try_form(Arena *arena, const Document *document, const Node *form)
{
    FormState *state = form_state_create(arena, document);
    Submission submission = {.form = form};
    FormRequest request = {0};
    FormFault fault = {0};
    NodeList controls = {0};
    bool can_submit = false;

    form_controls(document, form, arena, &controls);
    for (size_t i = 0; i < controls.count; i++) {
        FUZZ_ASSERT(form_owner(document, controls.items[i]) == form);
        try_control(arena, state, controls.items[i]);
    }
    submission.submitter = form_default_button(document, form, &can_submit);
    if (form_submit(state, &submission, arena, &request, NULL) == SUBMIT_REQUEST)
        FUZZ_ASSERT(strncmp(request.url, "http", 4) == 0);
    submission.validate = true;
    (void)form_submit(state, &submission, arena, &request, &fault);
    form_state_reset(state, form);
}

static void try_page(Arena *arena, const Document *document)
{
    size_t count = document_element_count(document);
    const NodeList *forms = document_forms(document);
    NodeList found = {0};

    assert_tree(document);
    assert_text(document_visible_text(document));
    assert_text(str_of(document_title(document)));
    for (size_t i = 0; i < count && i < LOOKED_AT; i++)
        assert_node(arena, document, document_element(document, i));
    for (size_t i = 0; i < forms->count && i < LOOKED_AT; i++)
        try_form(arena, document, forms->items[i]);
    (void)item_text(structured_first(structured_read(arena, document), "Product"),
                    "offers.price");
    FUZZ_ASSERT(xpath_all(document, STR("//*"), arena, &found, NULL));
    select_all(document, NULL, "*", arena, &found);
    FUZZ_ASSERT(found.count % 2 == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str rest = str_from((const char *)data, size);
    Str first = {0};
    Document *document = NULL;
    HtmlLimits limits = {.bytes = 1 << 18, .memory = 1 << 28, .duration_us = 5000000};

    if (!str_next(&rest, '\n', &first))
        return 0;
    if (html_parse(arena, rest, arena_str_text(arena, first), "http://shop.test/a/b?c",
                   &limits, &document, NULL))
        try_page(arena, document);
    return 0;
}
