/* look.c - the page as a Document: snapshot, parse, the state of its controls, layout.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dom/html.h"
#include "visit/chromium/inner.h"

enum { FACTS = 13 /* numbers of an element in layout.js */ };

void look_spoil(ChromiumVisitor *visitor)
{
    visitor->look.is_fresh = false;
}

/* ---- marks ---- */

const Node *look_marked(const ChromiumVisitor *visitor, int mark)
{
    const Document *document = visitor->look.document;
    size_t count = document && mark ? document_element_count(document) : 0;
    for (size_t i = 0; i < count; i++)
        if (node_mark(document_element(document, i)) == mark)
            return document_element(document, i);
    return NULL;
}

const Node *look_node(const ChromiumVisitor *visitor, const Node *node)
{
    return look_marked(visitor, node_mark(node));
}

/* Length of ` name="..."` at the beginning of text, 0 when it is something else. */
static size_t mark_length(Str text, const char *name, size_t name_length)
{
    size_t at = name_length + 3;
    if (text.length < at || memcmp(text.data + 1, name, name_length) != 0 ||
        memcmp(text.data + 1 + name_length, "=\"", 2) != 0)
        return 0;
    size_t end = str_find_byte(text, '"', at);
    return end == SIZE_MAX ? 0 : end + 1;
}

Str marks_strip(Arena *arena, Str html, const char *name)
{
    char *out = arena_alloc(arena, html.length + 1);
    size_t name_length = strlen(name);
    size_t length = 0;
    for (size_t i = 0; i < html.length;) {
        size_t skip = html.data[i] == ' ' ? mark_length(str_slice(html, i, html.length - i),
                                                        name, name_length)
                                          : 0;
        if (skip)
            i += skip;
        else
            out[length++] = html.data[i++];
    }
    return str_from(out, length);
}

/* ---- the state of controls ---- */

/* Nodes by mark, for the many that have a state; those of each frame apart. */
typedef struct MarkTable {
    const Node **nodes[FRAMES_MOST + 1];
    size_t counts[FRAMES_MOST + 1];
} MarkTable;

static MarkTable table_make(Arena *arena, const Document *document)
{
    MarkTable table = {0};
    size_t count = document_element_count(document);
    for (size_t i = 0; i < count; i++) {
        int mark = node_mark(document_element(document, i));
        size_t own = (size_t)(mark % FRAME_MARK);
        if (mark / FRAME_MARK <= FRAMES_MOST && own >= table.counts[mark / FRAME_MARK])
            table.counts[mark / FRAME_MARK] = own + 1;
    }
    for (int i = 0; i <= FRAMES_MOST; i++)
        table.nodes[i] = ARENA_ARRAY(arena, table.counts[i] + 1, const Node *);
    for (size_t i = 0; i < count; i++) {
        const Node *node = document_element(document, i);
        int mark = node_mark(node);
        if (mark > 0 && mark / FRAME_MARK <= FRAMES_MOST)
            table.nodes[mark / FRAME_MARK][mark % FRAME_MARK] = node;
    }
    return table;
}

static const Node *table_at(const MarkTable *table, int64_t mark)
{
    int64_t slot = mark / FRAME_MARK;
    if (mark <= 0 || slot > FRAMES_MOST ||
        (size_t)(mark % FRAME_MARK) >= table->counts[slot])
        return NULL;
    return table->nodes[slot][mark % FRAME_MARK];
}

static void state_fill(FormState *state, const MarkTable *table, const Json *states)
{
    for (const Json *one = json_first(states); one; one = json_next(one)) {
        const Json *mark = json_first(one);
        const Json *value = json_next(mark);
        const Node *node = table_at(table, json_integer(mark, 0));
        if (!node || !value)
            continue;
        if (json_type(value) == JSON_STRING)
            control_note(state, node, json_text(value, ""));
        else if (control_is_checked(state, node) != json_bool(value, false))
            control_check(state, node, json_bool(value, false));
    }
}

/* ---- looking ---- */

static bool is_unchanged(ChromiumVisitor *visitor)
{
    if (visitor->look.is_fresh)
        return true;
    if (!visitor->look.document || !visitor->world)
        return false;
    const Json *rest = page_ask(visitor, "rest", NULL);
    return rest && json_integer(json_get(rest, "version"), -1) == visitor->look.version &&
           inner_is_unchanged(visitor, json_integer(json_get(rest, "frames"), 0));
}

/* What the page is too much for: a page without a tree. */
static bool look_parse(ChromiumVisitor *visitor, const Json *answer, Error *err)
{
    Look *look = &visitor->look;
    Document *document = NULL;
    Error trouble = {0};
    const char *url = json_text(json_get(answer, "url"), visitor->navigating.url);
    look->html = inner_graft(visitor, json_str(json_get(answer, "html")),
                             json_integer(json_get(answer, "frames"), 0));
    if (!html_parse_marked(visitor->arena, look->html, visitor->mark_name, url, &document,
                           &trouble)) {
        if (trouble.code == ERROR_LIMIT)
            return true;
        return error_set(err, trouble.code, trouble.where, "%s", trouble.what);
    }
    look->document = document;
    look->state = form_state_create(visitor->arena, document);
    MarkTable table = table_make(visitor->scratch, document);
    state_fill(look->state, &table, json_get(answer, "states"));
    for (size_t i = 0; i < inner_count(visitor); i++)
        state_fill(look->state, &table, inner_at(visitor, i)->states);
    return true;
}

void marks_note(ChromiumVisitor *visitor, const Json *answer)
{
    int64_t most = json_integer(json_get(answer, "most"), 0);
    if (most > visitor->mark_most && most < INT32_MAX)
        visitor->mark_most = (int)most;
}

bool look_take(ChromiumVisitor *visitor, Error *err)
{
    if (is_unchanged(visitor)) {
        visitor->look.is_fresh = true;
        return true;
    }
    const char *arguments = page_arguments(visitor, "s", visitor->mark_name);
    const Json *answer = page_ask(visitor, "snapshot", arguments);
    if (!answer && page_is_alive(visitor, NULL))
        answer = page_ask(visitor, "snapshot", arguments);
    visitor->look = (Look){.is_fresh = true};
    if (!answer)
        return page_is_alive(visitor, err);
    marks_note(visitor, answer);
    visitor->look.version = json_integer(json_get(answer, "version"), 0);
    visitor->look.is_html = json_bool(json_get(answer, "isHtml"), false);
    return !visitor->look.is_html || look_parse(visitor, answer, err);
}

/* ---- layout ---- */

static void node_fill(LayoutNode *node, const MarkTable *table, const double *facts)
{
    const Node *cover = table_at(table, (int64_t)facts[11]);
    *node = (LayoutNode){.element = node->element,
                         .x = (float)facts[1],
                         .y = (float)facts[2],
                         .width = (float)facts[3],
                         .height = (float)facts[4],
                         .flags = (uint32_t)facts[5],
                         .font_size = (float)facts[6],
                         .color = (uint32_t)facts[7],
                         .background = (uint32_t)facts[8],
                         .z_index = (int)facts[9],
                         .family = (int)facts[10],
                         .covered_by = cover ? (int)node_order(cover) : -1,
                         .characters = (int)facts[12]};
    if ((node->color & 0xff) == 0xff && (node->background & 0xff) == 0xff)
        node->contrast = (float)color_contrast(node->color, node->background);
}

/* Numbers of the page's own making are held within what their types hold. */
static void facts_read(const Json *row, double *facts)
{
    const Json *one = json_first(row);
    for (int i = 0; i < FACTS; i++, one = one ? json_next(one) : NULL) {
        facts[i] = one ? json_number(one, 0) : 0;
        double most = i == 7 || i == 8 ? UINT32_MAX : INT32_MAX;
        facts[i] = fmin(fmax(facts[i], i == 7 || i == 8 || i == 5 ? 0 : -most), most);
    }
}

static int by_element(const void *a, const void *b)
{
    const LayoutNode *left = a;
    const LayoutNode *right = b;
    return (left->element > right->element) - (left->element < right->element);
}

static void nodes_fill(ChromiumVisitor *visitor, const MarkTable *table, Layout *layout,
                       const Json *rows)
{
    for (const Json *row = json_first(rows); row; row = json_next(row)) {
        double facts[FACTS];
        facts_read(row, facts);
        const Node *element = table_at(table, (int64_t)facts[0]);
        if (!element)
            continue;
        LayoutNode node = {.element = (int)node_order(element)};
        node_fill(&node, table, facts);
        if (facts[0] >= FRAME_MARK) {
            /* What stays in place in a frame scrolls with it, in its own types. */
            node.flags &= ~(uint32_t)(LAYOUT_FIXED | LAYOUT_STICKY);
            node.family = -1;
        }
        if (node.family >= (int)layout->family_count)
            node.family = -1;
        ARENA_PUSH(visitor->arena, layout->nodes, layout->count, layout->capacity, node);
    }
}

/* Frames stand where the page shows them. */
static void layout_frames(ChromiumVisitor *visitor, const MarkTable *table, Layout *layout,
                          const Json *page)
{
    double left = json_number(json_get(page, "left"), 0);
    double top = json_number(json_get(page, "top"), 0);
    for (size_t i = 0; i < inner_count(visitor); i++) {
        const InnerFrame *inner = inner_at(visitor, i);
        const Json *answer =
            inner_ask(visitor, inner, "layout",
                      arena_printf(visitor->scratch, "[{\"value\":%.1f},{\"value\":%.1f}]",
                                   left + inner->frame.x, top + inner->frame.y));
        nodes_fill(visitor, table, layout, json_get(answer, "nodes"));
    }
}

const Layout *look_layout(ChromiumVisitor *visitor)
{
    const Json *answer = visitor->look.document ? page_ask(visitor, "layout", NULL) : NULL;
    /* A page that reloads itself may have taken its document away while it was asked. */
    if (!answer || !visitor->look.document)
        return NULL;
    Layout *layout = ARENA_NEW(visitor->arena, Layout);
    const Json *families = json_get(answer, "families");
    layout->viewport_width = (int)json_integer(json_get(answer, "width"), 0);
    layout->viewport_height = (int)json_integer(json_get(answer, "height"), 0);
    layout->document_width = json_number(json_get(answer, "documentWidth"), 0);
    layout->document_height = json_number(json_get(answer, "documentHeight"), 0);
    layout->families =
        ARENA_ARRAY(visitor->arena, (size_t)json_count(families) + 1, const char *);
    for (const Json *one = json_first(families); one; one = json_next(one))
        layout->families[layout->family_count++] =
            arena_text(visitor->arena, json_text(one, ""));
    MarkTable table = table_make(visitor->scratch, visitor->look.document);
    nodes_fill(visitor, &table, layout, json_get(answer, "nodes"));
    layout_frames(visitor, &table, layout, answer);
    if (layout->count)
        qsort(layout->nodes, layout->count, sizeof *layout->nodes, by_element);
    return layout;
}
