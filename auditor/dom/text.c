/* text.c - visibility by markup, and the text of nodes.
 *
 * Folding is in fold.c. Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/text.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "dom/html_tree.h"
#include "dom/index.h"

enum { TEXT_MOST = 64 << 20 };

/* What stands between two pieces of text; the stronger one wins. */
typedef enum Gap { GAP_NONE, GAP_SPACE, GAP_LINE } Gap;

typedef struct TextOut {
    Buf buf;
    Gap gap;
    const Node *select, *option; /* the last select met, and what it shows */
    TextSpan *spans;             /* filled when the body is read; else NULL */
} TextOut;

static bool is_among(const char *tag, const char *const *tags)
{
    for (size_t i = 0; tags[i]; i++)
        if (strcmp(tag, tags[i]) == 0)
            return true;
    return false;
}

/* Tags that are asked for by themselves. */
static int tag_named(const char *tag)
{
    static const struct {
        const char *tag;
        int kind;
    } named[] = {{"input", TAG_INPUT},     {"dialog", TAG_DIALOG},
                 {"details", TAG_DETAILS}, {"option", TAG_OPTION | TAG_CHOICE},
                 {"select", TAG_CHOICE},   {"optgroup", TAG_CHOICE}};

    for (size_t i = 0; i < COUNT_OF(named); i++)
        if (strcmp(tag, named[i].tag) == 0)
            return named[i].kind;
    return 0;
}

unsigned char tag_kind(const char *tag)
{
    static const char *const blocks[] = {
        "div",      "p",        "li",         "ul",        "ol",         "h1",
        "h2",       "h3",       "h4",         "h5",        "h6",         "section",
        "article",  "header",   "footer",     "nav",       "main",       "aside",
        "table",    "tr",       "tbody",      "thead",     "tfoot",      "form",
        "fieldset", "legend",   "dl",         "dt",        "dd",         "option",
        "body",     "html",     "blockquote", "figure",    "figcaption", "details",
        "summary",  "dialog",   "address",    "center",    "pre",        "hr",
        "br",       "optgroup", "menu",       "dir",       "caption",    "hgroup",
        "search",   "listing",  "xmp",        "plaintext", "frameset",   NULL};
    static const char *const separate[] = {
        "td",     "th",     "button", "select", "textarea", "img",   "input",
        "iframe", "object", "video",  "canvas", "audio",    "embed", NULL};
    static const char *const unseen[] = {
        "script", "style",   "template", "head",   "title",    "meta",  "link",
        "base",   "noembed", "noframes", "param",  "datalist", "area",  "rp",
        "iframe", "video",   "audio",    "canvas", "source",   "track", NULL};

    return (unsigned char)((is_among(tag, blocks) ? TAG_BLOCK : 0) |
                           (is_among(tag, separate) ? TAG_SEPARATE : 0) |
                           (is_among(tag, unseen) ? TAG_UNSEEN : 0) | tag_named(tag));
}

bool node_is_block(const Node *node)
{
    return node_data(node)->kind & TAG_BLOCK;
}

/* Boxes of their own within a line. */
static bool is_separate(const Node *node)
{
    return (node_data(node)->kind & TAG_SEPARATE) || node_is_tag(node, "svg");
}

static bool has(const Node *node, unsigned char what)
{
    return node_data(node)->has & what;
}

Str node_style(const Node *node, const char *property)
{
    Str rest = str_of(node_attribute(node, "style"));
    Str declaration;
    Str found = {NULL, 0};

    while (str_next(&rest, ';', &declaration)) {
        size_t colon = str_find_byte(declaration, ':', 0);
        size_t bang = 0;
        if (colon == SIZE_MAX ||
            !str_equal_nocase(str_trim(str_slice(declaration, 0, colon)), str_of(property)))
            continue;
        found = str_slice(declaration, colon + 1, declaration.length);
        bang = str_find_byte(found, '!', 0);
        found = str_trim(str_slice(found, 0, bang));
    }
    return found;
}

static bool is_closed_details(const Node *node)
{
    return (node_data(node)->kind & TAG_DETAILS) && !node_has_attribute(node, "open");
}

/* A child of a closed details that is not its summary. */
static bool is_folded_away(const Node *node)
{
    const Node *parent = node_parent(node);
    const Node *first = NULL;

    if (!parent || !is_closed_details(parent))
        return false;
    for (first = node_first_child(parent); first && !node_is_tag(first, "summary");)
        first = node_next(first);
    return node != first;
}

static bool is_hidden_by_attribute(const Node *node)
{
    if (has(node, HAS_HIDDEN) &&
        !str_equal_nocase(str_of(node_attribute(node, "hidden")), STR("until-found")))
        return true;
    if (has(node, HAS_POPOVER))
        return true;
    return has(node, HAS_STYLE) &&
           str_equal_nocase(node_style(node, "display"), STR("none"));
}

bool node_is_not_rendered(const Node *node)
{
    static const char *const never_svg[] = {"title",  "desc",  "metadata", "defs",
                                            "symbol", "style", "script",   NULL};
    unsigned char kind = node_data(node)->kind;

    if (node_data(node)->is_marked)
        return node_data(node)->is_boxless || (kind & TAG_UNSEEN) ||
               (!node_data(node)->is_html && is_among(node_tag(node), never_svg));
    if (!node_data(node)->is_html)
        return is_among(node_tag(node), never_svg) || is_hidden_by_attribute(node);
    if (kind & TAG_UNSEEN)
        return !node_is_tag(node, "template") ||
               !node_has_attribute(node, "shadowrootmode");
    if (is_hidden_by_attribute(node))
        return true;
    if ((kind & TAG_INPUT) &&
        str_equal_nocase(str_of(node_attribute(node, "type")), STR("hidden")))
        return true;
    if ((kind & TAG_DIALOG) && !node_has_attribute(node, "open"))
        return true;
    return is_folded_away(node);
}

/* 1 hidden, 0 shown, -1 the element does not say. */
static int style_visibility(const Node *node)
{
    Str value;

    if (node_data(node)->is_marked)
        return node_data(node)->is_invisible;
    if (!has(node, HAS_STYLE))
        return -1;
    value = node_style(node, "visibility");
    if (str_equal_nocase(value, STR("hidden")) || str_equal_nocase(value, STR("collapse")))
        return 1;
    return str_equal_nocase(value, STR("visible")) ? 0 : -1;
}

/* Pictures and players are shown although their inner markup is not. */
static bool is_shown_itself(const Node *node)
{
    static const char *const tags[] = {"iframe", "video", "audio", "canvas", NULL};

    if (node_data(node)->is_marked)
        return is_among(node_tag(node), tags) && !node_data(node)->is_boxless;
    return is_among(node_tag(node), tags) && !node_has_attribute(node, "hidden") &&
           !str_equal_nocase(node_style(node, "display"), STR("none"));
}

/* What is known of an element as a place for others: 0 not yet, else KNOWN with these. */
enum { KNOWN = 1, UNRENDERED = 2, SAID = 4, SAID_HIDDEN = 8 };

static unsigned char place_of(const Node *node, unsigned char above)
{
    unsigned char place = (unsigned char)((above & UNRENDERED) | KNOWN);
    int said = style_visibility(node);

    if (node_is_not_rendered(node))
        place |= UNRENDERED;
    if (said < 0)
        return (unsigned char)(place | (above & (SAID | SAID_HIDDEN)));
    return (unsigned char)(place | SAID | (said == 1 ? SAID_HIDDEN : 0));
}

/* Of an element and all around it; each is looked at once. */
static unsigned char place_read(const Node *node)
{
    const Document *document = node_document(node);
    DocumentCache *cache = document->cache;
    const Node *path[HTML_DEPTH_MOST + 2];
    size_t count = 0;
    unsigned char place = KNOWN;

    if (!cache->visibility)
        cache->visibility =
            ARENA_ARRAY(document->arena, document->element_count + 1, unsigned char);
    for (const Node *at = node; at && count < COUNT_OF(path); at = node_parent(at)) {
        if (cache->visibility[node_order(at)]) {
            place = cache->visibility[node_order(at)];
            break;
        }
        path[count++] = at;
    }
    while (count > 0) {
        place = place_of(path[--count], place);
        cache->visibility[node_order(path[count])] = place;
    }
    return place;
}

Visibility node_visibility(const Node *node)
{
    unsigned char place = place_read(node);
    const Node *parent = NULL;

    if (place & UNRENDERED) {
        parent = node_parent(node);
        if (!is_shown_itself(node) || (parent && (place_read(parent) & UNRENDERED)))
            return VISIBILITY_HIDDEN;
    }
    return place & SAID_HIDDEN ? VISIBILITY_HIDDEN : VISIBILITY_UNKNOWN;
}

Str node_text_content(Arena *arena, const Node *node)
{
    AUTO(buf_release) Buf buf = {0};
    const xmlNode *root = node_xml(node);

    buf_init(&buf, TEXT_MOST);
    for (const xmlNode *at = root; at;) {
        bool is_deep = at->type == XML_ELEMENT_NODE;
        if (at->type == XML_TEXT_NODE && at->content)
            buf_add_text(&buf, (const char *)at->content);
        if (is_deep && at != root && node_is_tag(node_of(at), "template") &&
            node_is_html(node_of(at)))
            is_deep = node_has_attribute(node_of(at), "shadowrootmode");
        at = tree_next(at, root, is_deep);
    }
    return arena_str(arena, buf_str(&buf));
}

static void out_gap(TextOut *out, Gap gap)
{
    if (gap > out->gap)
        out->gap = gap;
}

static void out_bytes(TextOut *out, Str bytes)
{
    if (out->gap != GAP_NONE && out->buf.length)
        buf_add_byte(&out->buf, out->gap == GAP_LINE ? '\n' : ' ');
    out->gap = GAP_NONE;
    buf_add(&out->buf, bytes);
}

static bool is_plain(unsigned char c)
{
    return c > ' ' && c < 0x80;
}

static void out_text(TextOut *out, Str text)
{
    size_t at = 0;

    while (at < text.length) {
        size_t from = at;
        unsigned rune = 0;
        while (at < text.length && is_plain((unsigned char)text.data[at]))
            at++;
        if (at > from) {
            out_bytes(out, str_slice(text, from, at - from));
            continue;
        }
        rune = str_next_rune(text, &at);
        if (rune_is_space(rune))
            out_gap(out, GAP_SPACE);
        else if (!rune_is_invisible(rune))
            out_bytes(out, str_slice(text, from, at - from));
    }
}

/* Of a closed select one option is shown: the last chosen, else the first. */
static const Node *shown_option(const Node *select)
{
    const Node *shown = NULL;
    size_t end = node_order_end(select);
    const Document *document = node_document(select);

    for (size_t i = node_order(select) + 1; i < end; i++) {
        const Node *option = document_element(document, i);
        if (!node_is_tag(option, "option"))
            continue;
        if (!shown || node_has_attribute(option, "selected"))
            shown = option;
    }
    return shown;
}

static bool is_list_box(const Node *select)
{
    long long size = 0;

    return node_has_attribute(select, "multiple") ||
           (str_to_int(str_of(node_attribute(select, "size")), &size) && size > 1);
}

static bool is_skipped(TextOut *out, const Node *node, const Node *root)
{
    const Node *select = NULL;

    if (node == root)
        return false;
    if (node_is_not_rendered(node))
        return true;
    if (!(node_data(node)->kind & TAG_OPTION))
        return false;
    select = node_closest(node, "select");
    if (!select || node_order(select) <= node_order(root) || is_list_box(select))
        return false;
    if (out->select != select)
        out->option = shown_option(select);
    out->select = select;
    return out->option != node;
}

static void element_gap(TextOut *out, const Node *node)
{
    if (node_is_block(node))
        out_gap(out, GAP_LINE);
    else if (is_separate(node))
        out_gap(out, GAP_SPACE);
}

/* Returns whether its content is to be read. */
static bool element_enter(TextOut *out, const Node *node, const Node *root)
{
    bool is_read = !is_skipped(out, node, root);

    if (is_read || (is_separate(node) && is_shown_itself(node)))
        element_gap(out, node);
    return is_read;
}

/* Where the walk is, and for each level whether visibility:hidden holds there. */
typedef struct Walk {
    TextOut *out;
    const Node *root;
    bool is_hidden[HTML_DEPTH_MOST + 2];
} Walk;

/* An element's text begins here. Alone it would read the same, but for one whose
 * invisibility it inherits, and for parts of a select. */
static void span_open(const Walk *walk, const Node *node)
{
    TextSpan *span = walk->out->spans ? &walk->out->spans[node_order(node)] : NULL;

    if (!span)
        return;
    span->start = span->end = (uint32_t)walk->out->buf.length;
    span->is_known = (node == walk->root || !walk->is_hidden[node_data(node)->depth - 1]) &&
                     !(node_data(node)->kind & TAG_CHOICE);
}

static void span_close(const TextOut *out, const Node *node)
{
    if (out->spans)
        out->spans[node_order(node)].end = (uint32_t)out->buf.length;
}

/* Deal with one node; returns whether its children come next. */
static bool walk_node(Walk *walk, const xmlNode *at)
{
    const Node *node = node_of(at);
    size_t depth = 0;
    int said = -1;

    if (at->type == XML_TEXT_NODE && at->content &&
        !walk->is_hidden[node_data(node_of(at->parent))->depth] &&
        (node_data(node_of(at->parent))->is_marked ||
         !is_closed_details(node_of(at->parent))))
        out_text(walk->out, str_of((const char *)at->content));
    if (at->type != XML_ELEMENT_NODE)
        return false;
    depth = node_data(node)->depth;
    said = style_visibility(node);
    walk->is_hidden[depth] =
        said < 0 ? node != walk->root && walk->is_hidden[depth - 1] : said == 1;
    if (!element_enter(walk->out, node, walk->root))
        return false;
    span_open(walk, node);
    if (!at->children)
        element_gap(walk->out, node);
    return at->children != NULL;
}

static void visible_walk(TextOut *out, const Node *root)
{
    Walk walk = {.out = out, .root = root};
    const xmlNode *stop = node_xml(root);
    const xmlNode *at = stop;

    while (at) {
        if (walk_node(&walk, at)) {
            at = at->children;
            continue;
        }
        while (at != stop && !at->next) {
            at = at->parent;
            element_gap(out, node_of(at));
            span_close(out, node_of(at));
        }
        at = at == stop ? NULL : at->next;
    }
}

void document_text_read(const Document *document)
{
    DocumentCache *cache = document->cache;
    TextOut out = {.gap = GAP_NONE};

    out.spans = ARENA_ARRAY(document->arena, document->element_count + 1, TextSpan);
    buf_init(&out.buf, TEXT_MOST);
    visible_walk(&out, node_of(document->body));
    cache->visible_text = arena_str(document->arena, buf_str(&out.buf));
    cache->spans = out.spans;
    buf_release(&out.buf);
}

Str node_visible_text(Arena *arena, const Node *node)
{
    const Document *document = node_document(node);
    Str whole = document_visible_text(document);
    const TextSpan *span =
        document->cache->spans ? &document->cache->spans[node_order(node)] : NULL;
    TextOut out = {.gap = GAP_NONE};
    Str text;

    if (span && span->is_known) {
        bool has_gap = span->start < span->end &&
                       (whole.data[span->start] == ' ' || whole.data[span->start] == '\n');
        text = str_slice(whole, span->start + has_gap, span->end - span->start - has_gap);
        return arena_str(arena, text);
    }
    buf_init(&out.buf, TEXT_MOST);
    visible_walk(&out, node);
    text = arena_str(arena, buf_str(&out.buf));
    buf_release(&out.buf);
    return text;
}

const char *text_cut(Arena *arena, Str text, size_t limit)
{
    size_t cut = limit >= 3 ? limit - 3 : 0;
    char *out = NULL;

    if (text.length <= limit)
        return arena_str_text(arena, text);
    while (cut && ((unsigned char)text.data[cut] & 0xC0) == 0x80)
        cut--;
    while (cut && text.data[cut - 1] == ' ')
        cut--;
    out = arena_alloc(arena, cut + 4);
    memcpy(out, text.data, cut);
    memcpy(out + cut, "…", 4);
    return out;
}

const char *node_text_cut(Arena *arena, const Node *node, size_t limit)
{
    Str text = node_visible_text(arena, node);
    char *line = arena_str_text(arena, text);

    for (char *at = line; *at; at++)
        if (*at == '\n')
            *at = ' ';
    return text_cut(arena, str_from(line, text.length), limit);
}
