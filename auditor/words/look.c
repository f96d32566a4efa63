/* look.c - regions, texts and small questions about elements.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/look.h"

#include <string.h>

#include "base/buf.h"
#include "base/url.h"
#include "dom/text.h"
#include "words/carried.h"

enum {
    MEANING_MAX = 400, /* bytes of a text that may come again */
    MAIN_TEXT_MAX = 1 << 20,
    CONSENT_DEPTH_MAX = 8,
    DEPTH_MAX = 256,
    LARGE_ELEMENTS = 60
};

/* Ids and class tokens that name a region when no element does; those with '#' only as ids.
 * Whole tokens: a "page-header" is no region. */
static const struct {
    const char *token;
    Region region;
} TOKENS[] = {
    {"header", REGION_HEADER},
    {"site-header", REGION_HEADER},
    {"main-header", REGION_HEADER},
    {"top-header", REGION_HEADER},
    {"masthead", REGION_HEADER},
    {"topbar", REGION_HEADER},
    {"top-bar", REGION_HEADER},
    {"navbar", REGION_HEADER},
    {"header-wrapper", REGION_HEADER},
    {"header_section", REGION_HEADER},
    {"#header-top", REGION_HEADER},
    {"footer", REGION_FOOTER},
    {"site-footer", REGION_FOOTER},
    {"main-footer", REGION_FOOTER},
    {"page-footer", REGION_FOOTER},
    {"footer-wrapper", REGION_FOOTER},
    {"sidebar", REGION_ASIDE},
    {"widget-area", REGION_ASIDE},
    {"#secondary", REGION_ASIDE},
    {"side-bar", REGION_ASIDE},
    {"#column-left", REGION_ASIDE},
    {"#column-right", REGION_ASIDE},
    {"#left-column", REGION_ASIDE},
    {"#right-column", REGION_ASIDE},
    {"#left_column", REGION_ASIDE},
    {"#right_column", REGION_ASIDE},
    {"#menu", REGION_NAV},
    {"main-menu", REGION_NAV},
    {"mega-menu", REGION_NAV},
    {"megamenu", REGION_NAV},
    {"mobile-menu", REGION_NAV},
    {"#nav", REGION_NAV},
    {"minicart", REGION_MINICART},
    {"mini-cart", REGION_MINICART},
    {"mini_cart", REGION_MINICART},
    {"cart-dropdown", REGION_MINICART},
    {"cart-drawer", REGION_MINICART},
    {"header-cart", REGION_MINICART},
    {"cart-preview", REGION_MINICART},
    {"widget_shopping_cart", REGION_MINICART},
    {"cart-sidebar", REGION_MINICART},
    {"blockcart", REGION_MINICART},
};

static const struct {
    const char *role;
    Region region;
} ROLES[] = {
    {"banner", REGION_HEADER},      {"navigation", REGION_NAV},
    {"contentinfo", REGION_FOOTER}, {"complementary", REGION_ASIDE},
    {"#menu", REGION_NAV},          {"menubar", REGION_NAV},
};

static bool char_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool char_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Next part of a name: runs of letters and digits, cut before a capital that follows a
 * small letter. false at the end. */
static bool part_next(const char *names, size_t *at, Str *part)
{
    while (names[*at] && !char_is_word(names[*at]))
        ++*at;
    size_t start = *at;
    while (char_is_word(names[*at])) {
        bool is_edge =
            *at > start && char_is_upper(names[*at]) && !char_is_upper(names[*at - 1]);
        if (is_edge)
            break;
        ++*at;
    }
    *part = str_from(names + start, *at - start);
    return part->length > 0;
}

static bool names_have_part(const char *names, Str wanted, bool is_whole)
{
    size_t at = 0;
    Str part;
    while (names && part_next(names, &at, &part)) {
        if (is_whole ? str_equal_nocase(part, wanted)
                     : str_starts_with_nocase(part, wanted))
            return true;
    }
    return false;
}

bool node_has_part(const Node *node, const char *part)
{
    Str wanted = str_of(part);
    return names_have_part(node_attribute(node, "class"), wanted, true) ||
           names_have_part(node_attribute(node, "id"), wanted, true);
}

/* Does a part of the names begin with one of the words? */
static bool names_have_part_of(const char *names, const char *words)
{
    size_t at = 0;
    Str part;
    while (names && part_next(names, &at, &part)) {
        char first =
            (char)(char_is_upper(part.data[0]) ? part.data[0] | 0x20 : part.data[0]);
        for (const char *word = words; *word;) {
            size_t length = strcspn(word, " ");
            if (*word == first && str_starts_with_nocase(part, str_from(word, length)))
                return true;
            word += length;
            word += strspn(word, " ");
        }
    }
    return false;
}

bool node_has_part_of(const Node *node, const char *words)
{
    return names_have_part_of(node_attribute(node, "class"), words) ||
           names_have_part_of(node_attribute(node, "id"), words);
}

Str look_name_words(Arena *arena, const char *name)
{
    AUTO(buf_release) Buf buf = {0};
    size_t at = 0;
    Str part;
    buf_init(&buf, 4096);
    while (name && part_next(name, &at, &part)) {
        if (buf.length > 0)
            (void)buf_add_byte(&buf, ' ');
        (void)buf_add(&buf, part);
    }
    return text_fold(arena, buf_str(&buf));
}

Str look_parsed_words(Arena *arena, const Url *url)
{
    const char *text =
        url->query ? arena_printf(arena, "%s?%s", url->path, url->query) : url->path;
    return text_fold(arena, url_decode(arena, str_of(text)));
}

Str look_link_words(const Look *look, const Url *url)
{
    const char *text = carried_strip(look->arena, look->carried, look->own_query, url);
    return text_fold(look->arena, url_decode(look->arena, str_of(text)));
}

Str look_url_words(Arena *arena, const char *url)
{
    Url parsed;
    Error ignored = {0};
    if (!url || !url_parse(arena, str_of(url), NULL, &parsed, &ignored))
        return (Str){"", 0};
    return look_parsed_words(arena, &parsed);
}

const Node *node_common(const Node *a, const Node *b)
{
    const Node *node = a;
    while (node && !node_contains(node, b))
        node = node_parent(node);
    return node;
}

/* What the marks on elements say, before inheritance: by order, region + 1, 0 for none. */
static void own_set(unsigned char *own, const NodeList *list, Region region)
{
    for (size_t i = 0; i < list->count; i++)
        own[node_order(list->items[i])] = (unsigned char)(region + 1);
}

static void tokens_mark(const Document *document, unsigned char *own)
{
    for (size_t i = 0; i < COUNT_OF(TOKENS); i++) {
        const char *token = TOKENS[i].token;
        bool is_id = token[0] == '#';
        const Node *node = document_by_id(document, token + is_id);
        if (!is_id)
            own_set(own, document_by_class(document, token), TOKENS[i].region);
        if (node)
            own[node_order(node)] = (unsigned char)(TOKENS[i].region + 1);
    }
}

static void roles_mark(const Document *document, unsigned char *own)
{
    const NodeList *list = document_by_attribute(document, "role");
    for (size_t i = 0; i < list->count; i++) {
        const char *role = node_attribute(list->items[i], "role");
        for (size_t j = 0; j < COUNT_OF(ROLES); j++) {
            if (strcmp(role, ROLES[j].role) == 0)
                own[node_order(list->items[i])] = (unsigned char)(ROLES[j].region + 1);
        }
    }
}

static bool is_consent(const Node *node)
{
    return node_depth(node) <= CONSENT_DEPTH_MAX &&
           (node_is_tag(node, "div") || node_is_tag(node, "section") ||
            node_is_tag(node, "aside") || node_is_tag(node, "form") ||
            node_is_tag(node, "dialog")) &&
           node_has_part_of(node, "cookie consent gdpr rgpd cmp didomi onetrust axeptio "
                                  "tarteaucitron usercentrics");
}

/* header and footer make a region only outside main, article and section-like content. */
static bool is_content_mark(Region region)
{
    return region == REGION_HEADER || region == REGION_FOOTER || region == REGION_NAV;
}

static Region region_of(const Node *node, unsigned char own, Region inside, bool is_content)
{
    if (is_consent(node))
        return REGION_CONSENT;
    if (own > 0) {
        Region region = (Region)(own - 1);
        bool is_nav = region == REGION_NAV && node_is_tag(node, "nav");
        if (!is_content || !is_content_mark(region) || is_nav)
            return region;
    }
    if (inside == REGION_HEADER && node_has_part_of(node, "minicart cart basket panier") &&
        !node_is_tag(node, "a") && !node_is_tag(node, "button"))
        return REGION_MINICART;
    return inside;
}

/* Inside these a header or footer belongs to the part, not to the page. */
static bool is_section(const Node *node)
{
    static const char *const TAGS[] = {"article", "section", "form", "fieldset",
                                       "dialog",  "li",      "td"};
    for (size_t i = 0; i < COUNT_OF(TAGS); i++) {
        if (node_is_tag(node, TAGS[i]))
            return true;
    }
    return false;
}

static void regions_read(Look *look)
{
    const Document *document = look->document;
    size_t count = document_element_count(document);
    unsigned char *own = arena_alloc(look->arena, count);
    unsigned char *regions = arena_alloc(look->arena, count);
    bool *is_content = ARENA_ARRAY(look->arena, count, bool);
    tokens_mark(document, own);
    own_set(own, document_by_tag(document, "nav"), REGION_NAV);
    own_set(own, document_by_tag(document, "aside"), REGION_ASIDE);
    own_set(own, document_by_tag(document, "header"), REGION_HEADER);
    own_set(own, document_by_tag(document, "footer"), REGION_FOOTER);
    roles_mark(document, own);
    for (size_t i = 0; i < count; i++) {
        const Node *node = document_element(document, i);
        const Node *parent = node_parent(node);
        size_t up = parent ? node_order(parent) : 0;
        Region inside = parent ? (Region)regions[up] : REGION_MAIN;
        is_content[i] =
            (parent && is_content[up]) || node == look->main || is_section(node);
        bool is_top = !parent || node_is_tag(node, "body") || node == look->main;
        regions[i] = is_top ? (unsigned char)REGION_MAIN
                            : (unsigned char)region_of(node, own[i], inside, is_content[i]);
    }
    look->regions = regions;
}

Region look_region(const Look *look, const Node *node)
{
    return (Region)look->regions[node_order(node)];
}

bool look_is_main(const Look *look, const Node *node)
{
    return look_region(look, node) == REGION_MAIN;
}

bool look_is_hidden(const Look *look, const Node *node)
{
    unsigned char *known = &look->hidden[node_order(node)];
    if (*known == 0)
        *known = node_visibility(node) == VISIBILITY_HIDDEN ? 2 : 1;
    return *known == 2;
}

FieldKind look_field(const Look *look, const Node *control)
{
    unsigned char *known = &look->fields[node_order(control)];
    if (*known == 0)
        *known = (unsigned char)(field_recognise(look->words, look->document, control) + 1);
    return (FieldKind)(*known - 1);
}

/* Some themes put the page's header and footer into main: then it is only a wrapper. */
static bool is_wrapper(const Document *document, const Node *main)
{
    static const char *const TAGS[] = {"header", "footer"};
    for (size_t i = 0; i < COUNT_OF(TAGS); i++) {
        const NodeList *list = document_by_tag(document, TAGS[i]);
        for (size_t j = 0; j < list->count; j++) {
            const char *id = node_attribute(list->items[j], "id");
            if (node_parent(list->items[j]) == main && id && strcmp(id, TAGS[i]) == 0)
                return true;
        }
    }
    return false;
}

static const Node *main_find(const Document *document)
{
    const NodeList *mains = document_by_tag(document, "main");
    const NodeList *roles = document_by_attribute(document, "role");
    for (size_t i = 0; i < mains->count; i++) {
        if (node_visibility(mains->items[i]) != VISIBILITY_HIDDEN &&
            !is_wrapper(document, mains->items[i]))
            return mains->items[i];
    }
    for (size_t i = 0; i < roles->count; i++) {
        if (strcmp(node_attribute(roles->items[i], "role"), "main") == 0)
            return roles->items[i];
    }
    return NULL;
}

/* Everything that does not depend on who looks. */
static void look_read(Look *look, const Words *words, const Document *document)
{
    Arena *arena = document_arena(document);
    Url url;
    Error ignored = {0};
    memset(look, 0, sizeof *look);
    look->words = words;
    look->document = document;
    look->arena = arena;
    look->kept = ARENA_NEW(arena, LookKept);
    look->kept->meanings = meanings_of_page(words, document);
    look->language = document_language(document);
    look->host = "";
    if (url_parse(arena, str_of(document_url(document)), NULL, &url, &ignored)) {
        look->host = url.host;
        look->own_query = url.query;
    }
    size_t count = document_element_count(document);
    look->hidden = arena_alloc(arena, count);
    look->fields = arena_alloc(arena, count);
    look->buys = arena_alloc(arena, count);
    look->secondary = arena_alloc(arena, count);
    look->main = main_find(document);
    look->carried = carried_read(document);
    regions_read(look);
}

void look_init(Look *look, const Words *words, const Document *document, Arena *arena)
{
    PageNote *note = page_note(words, document);
    if (!note->look) {
        note->look = ARENA_NEW(document_arena(document), Look);
        look_read(note->look, words, document);
    }
    *look = *note->look;
    look->arena = arena;
}

/* Text of the main regions below node. An element without other regions inside gives its
 * text whole. */
static void main_text_add(const Look *look, const Node *node, int depth, Buf *buf)
{
    size_t end = node_order_end(node);
    bool is_mixed = false;
    if (depth > DEPTH_MAX)
        return;
    for (size_t i = node_order(node); i < end && !is_mixed; i++)
        is_mixed = look->regions[i] != REGION_MAIN;
    if (!is_mixed) {
        (void)buf_add(buf, node_visible_text(look->arena, node));
        (void)buf_add_byte(buf, '\n');
        return;
    }
    for (const Node *child = node_first_child(node); child; child = node_next(child))
        main_text_add(look, child, depth + 1, buf);
}

Str look_main_text(const Look *look)
{
    LookKept *kept = look->kept;
    if (!kept->has_main_text) {
        AUTO(buf_release) Buf buf = {0};
        buf_init(&buf, MAIN_TEXT_MAX);
        const Node *top = look->main ? look->main : document_body(look->document);
        if (top)
            main_text_add(look, top, 0, &buf);
        kept->main_meaning =
            meaning_of(kept->meanings, text_fold(look->arena, buf_str(&buf)));
        kept->main_text = meaning_text(kept->main_meaning);
        kept->has_main_text = true;
    }
    return kept->main_text;
}

size_t actions_from(const ActionList *actions, const Node *scope)
{
    size_t low = 0;
    size_t high = actions->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (node_order(actions->items[middle].node) < node_order(scope))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool look_is_secondary(const Look *look, const Node *node)
{
    unsigned char *known = &look->secondary[node_order(node)];
    const Node *up = node_parent(node);
    if (*known != 0)
        return *known == 2;
    bool is_named = node != look->main &&
                    node_has_part_of(node, "related upsell crosssell crossselling recently "
                                           "recent viewed recommend similar suggestion "
                                           "also sidebar");
    bool is_top = node_is_tag(node, "body") || !up;
    *known = !is_top && (is_named || look_is_secondary(look, up)) ? 2 : 1;
    return *known == 2;
}

const ActionList *look_actions(const Look *look)
{
    if (!look->kept->has_actions) {
        actions_read(look->document, NULL, document_arena(look->document),
                     &look->kept->actions);
        look->kept->has_actions = true;
    }
    return &look->kept->actions;
}

bool look_means(const Look *look, const char *intent, Str folded)
{
    LookKept *kept = look->kept;
    int number = words_intent(look->words, intent);
    if (folded.data == kept->main_text.data && folded.length == kept->main_text.length &&
        kept->has_main_text)
        return meaning_is(kept->meanings, kept->main_meaning, number);
    if (folded.length <= MEANING_MAX)
        return meaning_is(kept->meanings, meaning_of(kept->meanings, folded), number);
    return words_match_folded(look->words, intent, look->language, folded, NULL);
}

bool look_says(const Look *look, const char *intent, const char *text)
{
    return text && text[0] &&
           look_means(look, intent, text_fold(look->arena, str_of(text)));
}

Str look_text(const Look *look, const Node *node, size_t limit)
{
    Str text = node_visible_text(look->arena, node);
    return text.length > limit ? (Str){"", 0} : text_fold(look->arena, text);
}

const char *look_language_of(const Look *look, const char *intent, Str folded)
{
    const char *language = words_language_of(look->words, intent, folded);
    return language ? language : "";
}

const Node *look_heading(const Look *look, const Node *scope)
{
    for (size_t i = node_order(scope); i < node_order_end(scope); i++) {
        const Node *node = document_element(look->document, i);
        const char *tag = node_tag(node);
        if (tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && !tag[2] &&
            node_visible_text(look->arena, node).length > 0)
            return node;
    }
    return NULL;
}

bool node_is_large(const Node *node)
{
    return node_order_end(node) - node_order(node) > LARGE_ELEMENTS;
}

const char *look_clean_text(const Look *look, const Node *node, size_t limit)
{
    return node_text_cut(look->arena, node, limit);
}
