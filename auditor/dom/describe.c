/* describe.c - an element in words for reports: its path, and how its markup begins.
 *
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "dom/document.h"
#include "dom/index.h"
#include "dom/text.h"

enum { PATH_PARTS = 512, PATH_MOST = 1 << 16, VALUE_MOST = 120 };

/* An id that stands for one element and needs no escapes in a selector. */
static const char *plain_id(const Node *node)
{
    const char *id = node_attribute(node, "id");
    const NodeList *same = NULL;

    if (!id || !*id || node_is_inert(node))
        return NULL;
    for (const char *at = id; *at; at++) {
        bool is_letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        bool is_digit = *at >= '0' && *at <= '9';
        if (!is_letter && *at != '_' && (at == id || (!is_digit && *at != '-')))
            return NULL;
    }
    if (node_document(node)->is_quirks)
        return document_by_id(node_document(node), id) == node ? id : NULL;
    same = index_find(node_document(node), &node_document(node)->ids, str_of(id));
    return same && same->count == 1 ? id : NULL;
}

static bool is_plain_tag(const char *tag)
{
    for (; *tag; tag++)
        if (!((*tag >= 'a' && *tag <= 'z') || (*tag >= '0' && *tag <= '9') || *tag == '-'))
            return false;
    return true;
}

static void path_part(Buf *buf, const Node *node)
{
    const NodeData *data = node_data(node);
    const char *tag = node_tag(node);

    if (!is_plain_tag(tag) || !data->is_html) {
        buf_printf(buf, "*:nth-child(%u)", data->child);
        return;
    }
    buf_add_text(buf, tag);
    if (data->type != 1 || data->type_last != 1)
        buf_printf(buf, ":nth-of-type(%u)", data->type);
}

const char *node_css_path(Arena *arena, const Node *node)
{
    const Node *parts[PATH_PARTS];
    size_t count = 0;
    const char *id = NULL;
    AUTO(buf_release) Buf buf = {0};

    buf_init(&buf, PATH_MOST);
    for (const Node *at = node; at && count < PATH_PARTS; at = node_parent(at)) {
        parts[count++] = at;
        id = plain_id(at);
        if (id || node_is_tag(at, "body"))
            break;
    }
    while (count-- > 0) {
        if (id)
            buf_printf(&buf, "#%s", id);
        else
            path_part(&buf, parts[count]);
        id = NULL;
        if (count)
            buf_add_text(&buf, " > ");
    }
    return arena_str_text(arena, buf_str(&buf));
}

static void attribute_add(Buf *buf, const char *name, const char *value)
{
    const char *quote = strchr(value, '"') ? "'" : "\"";
    char *line = NULL;

    buf_printf(buf, " %s", name);
    if (!*value)
        return;
    buf_printf(buf, "=%s", quote);
    if (strlen(value) > VALUE_MOST) {
        AUTO(arena_auto) Arena *scratch = arena_create();
        buf_add_text(buf, text_cut(scratch, str_of(value), VALUE_MOST));
    } else {
        buf_add_text(buf, value);
    }
    buf_add_text(buf, quote);
    for (line = buf->data; line && *line; line++)
        if (*line == '\n' || *line == '\r' || *line == '\t')
            *line = ' ';
}

const char *node_snippet(Arena *arena, const Node *node, size_t limit)
{
    AUTO(buf_release) Buf buf = {0};
    const char *name = NULL;
    const char *value = NULL;

    buf_init(&buf, limit * 4 + PATH_MOST);
    buf_printf(&buf, "<%s", node_tag(node));
    for (size_t i = 0; node_attribute_at(node, i, &name, &value); i++) {
        if (buf.length > limit)
            break;
        attribute_add(&buf, name, value);
    }
    buf_add_byte(&buf, '>');
    if (buf.length < limit)
        buf_add_text(&buf, node_text_cut(arena, node, limit - buf.length + 3));
    return text_cut(arena, buf_str(&buf), limit);
}
