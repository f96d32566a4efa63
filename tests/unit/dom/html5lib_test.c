/* html5lib_test.c - the tree construction tests of html5lib against our tree.
 *
 * Document cases with scripting off; fragments are not a thing html_parse does. Skipped
 * where the data is not there. The share passed may not fall (docs/conformance.md).
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/out.h"
#include "dom/html.h"
#include "dom/index.h"
#include "unit.h"

#define FOLDER SHARED_DATA "/html5lib-tree-construction"

enum { PASSED_AT_LEAST = 1487 };

typedef struct Case {
    Str data, document;
    bool is_fragment, is_script_on;
} Case;

/* Attributes that the tree builder gives a namespace in SVG and MathML. */
static const char *adjusted(const char *name)
{
    static const char *const names[][2] = {{"xlink:actuate", "xlink actuate"},
                                           {"xlink:arcrole", "xlink arcrole"},
                                           {"xlink:href", "xlink href"},
                                           {"xlink:role", "xlink role"},
                                           {"xlink:show", "xlink show"},
                                           {"xlink:title", "xlink title"},
                                           {"xlink:type", "xlink type"},
                                           {"xml:lang", "xml lang"},
                                           {"xml:space", "xml space"},
                                           {"xmlns:xlink", "xmlns xlink"},
                                           {"xmlns", "xmlns xmlns"}};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(name, names[i][0]) == 0)
            return names[i][1];
    return name;
}

static int line_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void write_attributes(Arena *arena, Buf *out, const xmlNode *node, int depth)
{
    const char **lines = NULL;
    size_t count = 0, capacity = 0;
    bool is_html = ((const NodeData *)node->_private)->is_html;

    for (const xmlAttr *at = node->properties; at; at = at->next) {
        const char *name = (const char *)at->name;
        ARENA_PUSH(arena, lines, count, capacity,
                   arena_printf(arena, "%s=\"%s\"", is_html ? name : adjusted(name),
                                attribute_text(at)));
    }
    if (count)
        qsort(lines, count, sizeof(*lines), line_compare);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "| %*s%s\n", depth * 2, "", lines[i]);
}

static void write_doctype(Buf *out, const xmlDtd *dtd)
{
    buf_printf(out, "| <!DOCTYPE %s", dtd->name ? (const char *)dtd->name : "");
    if ((dtd->ExternalID && *dtd->ExternalID) || (dtd->SystemID && *dtd->SystemID))
        buf_printf(out, " \"%s\" \"%s\"",
                   dtd->ExternalID ? (const char *)dtd->ExternalID : "",
                   dtd->SystemID ? (const char *)dtd->SystemID : "");
    buf_add_text(out, ">\n");
}

static void write_tree(Arena *arena, Buf *out, const xmlNode *node, int depth)
{
    for (; node; node = node->next) {
        const char *space = "";
        bool is_template = false;
        if (node->type == XML_DTD_NODE)
            write_doctype(out, (const xmlDtd *)node);
        if (node->type == XML_COMMENT_NODE)
            buf_printf(out, "| %*s<!-- %s -->\n", depth * 2, "",
                       node->content ? (const char *)node->content : "");
        if (node->type == XML_TEXT_NODE)
            buf_printf(out, "| %*s\"%s\"\n", depth * 2, "", (const char *)node->content);
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (node->ns)
            space = strcmp((const char *)node->ns->prefix, "svg") == 0 ? "svg " : "math ";
        buf_printf(out, "| %*s<%s%s>\n", depth * 2, "", space, (const char *)node->name);
        write_attributes(arena, out, node, depth + 1);
        is_template = !node->ns && strcmp((const char *)node->name, "template") == 0;
        if (is_template)
            buf_printf(out, "| %*scontent\n", depth * 2 + 2, "");
        write_tree(arena, out, node->children, depth + 1 + is_template);
    }
}

/* One block of a section: the lines behind "#name" up to the next line that begins with a
 * '#' section name. */
static Str section(Str text, const char *name)
{
    size_t at = str_find(text, str_of(name), 0);
    size_t end = 0;

    if (at == SIZE_MAX)
        return (Str){NULL, 0};
    at += strlen(name);
    end = at;
    for (;;) {
        static const char *const names[] = {
            "\n#errors\n",    "\n#document\n",   "\n#document-fragment\n",
            "\n#script-on\n", "\n#script-off\n", "\n#new-errors\n"};
        size_t line = str_find_byte(text, '\n', end);
        if (line == SIZE_MAX)
            return str_slice(text, at, text.length);
        for (size_t i = 0; i < COUNT_OF(names); i++)
            if (str_starts_with(str_slice(text, line, text.length), str_of(names[i])))
                return line < at ? (Str){NULL, 0} : str_slice(text, at, line - at);
        end = line + 1;
    }
}

static bool case_passes(const Case *one)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    Document *document = NULL;
    bool is_same = false;

    buf_init(&out, 1 << 24);
    if (html_parse(arena, one->data, "text/html; charset=utf-8", "http://a.test/", NULL,
                   &document, NULL)) {
        write_tree(arena, &out, document->tree->children, 0);
        is_same = str_equal(str_trim(buf_str(&out)), str_trim(one->document));
    }
    if (!is_same && getenv("HTML5LIB_SHOW"))
        printf("--- DATA\n%.*s\n--- WANT\n%.*s\n--- GOT\n%s\n", STR_ARGS(one->data),
               STR_ARGS(one->document), buf_text(&out));
    return is_same;
}

static void run_file(Arena *arena, const char *name, size_t *passed, size_t *total)
{
    Str text;
    size_t at = 0, good = 0, all = 0;

    assert_true(file_read(arena, path_join(arena, FOLDER, name), 1 << 24, &text, NULL));
    while (at < text.length) {
        size_t next = str_find(text, STR("\n#data\n"), at + 1);
        Str block = str_slice(text, at, (next == SIZE_MAX ? text.length : next) - at + 1);
        Case one = {.data = section(block, "#data\n"),
                    .document = section(block, "\n#document\n")};
        at = next == SIZE_MAX ? text.length : next + 1;
        one.is_fragment = str_contains(block, STR("\n#document-fragment\n"));
        one.is_script_on = str_contains(block, STR("\n#script-on\n"));
        if (one.is_fragment || one.is_script_on)
            continue;
        all++;
        good += case_passes(&one);
    }
    if (getenv("HTML5LIB_SHOW"))
        printf("FILE %s %zu of %zu\n", name, good, all);
    *passed += good;
    *total += all;
}

void test_html5lib__tree_construction_stays_at_the_share_reached(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **names = NULL;
    size_t count = 0, passed = 0, total = 0;

    if (!path_is_folder(FOLDER)) {
        print_message("html5lib tree construction: skipped, no data\n");
        skip();
    }
    assert_true(folder_list(arena, FOLDER, ".dat", &names, &count, NULL));
    for (size_t i = 0; i < count; i++)
        run_file(arena, names[i], &passed, &total);
    print_message("html5lib tree construction: %zu of %zu (%.1f %%)\n", passed, total,
                  100.0 * (double)passed / (double)total);
    assert_in_range(passed, PASSED_AT_LEAST, total);
}
