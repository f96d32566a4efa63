/* digest_read.c - a page read for its digest. Layer: crawl. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "crawl/address.h"
#include "crawl/digest.h"
#include "dom/css.h"
#include "dom/text.h"
#include "words/recognise.h"

enum { TITLE_MOST = 300, TEXT_MOST = 500, CONTENT_WORDS_LEAST = 20, MENU_MOST = 300 };

static const char *attribute_of(const DigestSource *source, const Document *document,
                                const char *selector, const char *name)
{
    const Node *node = select_first(document, NULL, selector);
    Str value = str_trim(str_of(node ? node_attribute(node, name) : NULL));
    return text_cut(source->arena, value, TEXT_MOST);
}

static const char *normal_of(const DigestSource *source, const Document *document,
                             const Node *node)
{
    const Url *url = node ? node_target(document, node) : NULL;
    const char *normal = url ? address_normal(source->arena, url) : NULL;
    return normal ? normal : "";
}

/* ---- robots ---- */

static void robots_take(Digest *digest, const char *text)
{
    Str words = str_of(text);
    bool is_none = str_contains_nocase(words, STR("none"));
    digest->is_noindex |= is_none || str_contains_nocase(words, STR("noindex"));
    digest->is_nofollow |= is_none || str_contains_nocase(words, STR("nofollow"));
}

static void head_read(const DigestSource *source, Digest *digest)
{
    const char *value;
    for (int n = 0; (value = exchange_header_at(source->exchange, "X-Robots-Tag", n)); n++)
        robots_take(digest, value);
    for (int n = 0; (value = exchange_header_at(source->exchange, "Set-Cookie", n)); n++)
        digest->is_session |= str_contains_nocase(str_of(value), STR("sess"));
}

static void meta_read(const Document *document, Digest *digest)
{
    const NodeList *metas = document_by_tag(document, "meta");
    for (size_t i = 0; i < metas->count; i++) {
        const char *name = node_attribute(metas->items[i], "name");
        const char *content = node_attribute(metas->items[i], "content");
        if (name && content && str_equal_nocase(str_of(name), STR("robots")))
            robots_take(digest, content);
    }
}

/* ---- links ---- */

static bool is_menu(const Node *node)
{
    return node_closest(node, "nav") || node_closest(node, "header") ||
           node_closest(node, "footer");
}

/* Is the link's fragment a place to go? Not where a script shows something instead (tabs,
 * accordions), nor where base makes '#part' point to another page while the part stands in
 * this one: a visitor's script finds it here. */
static bool leads_to_part(const DigestSource *source, const Document *document,
                          const Node *node)
{
    const char *href = node_attribute(node, "href");
    const char *role = node_attribute(node, "role");
    Str raw = str_trim(str_of(href));
    if ((role && (strcmp(role, "tab") == 0 || strcmp(role, "button") == 0)) ||
        node_has_attribute(node, "data-toggle") ||
        node_has_attribute(node, "data-bs-toggle") ||
        node_has_attribute(node, "aria-controls"))
        return false;
    return !str_starts_with(raw, STR("#")) || raw.length < 2 ||
           !document_by_id(document,
                           arena_str_text(source->arena, str_slice(raw, 1, SIZE_MAX)));
}

static void link_add(const DigestSource *source, const Document *document, const Node *node,
                     Digest *digest)
{
    const Url *url = node_target(document, node);
    const char *normal = url ? address_normal(source->arena, url) : NULL;
    const char *rel = node_attribute(node, "rel");
    if (!normal)
        return;
    if (digest->link_count == DIGEST_LINKS_MOST) {
        digest->is_cut = true;
        return;
    }
    DigestLink link = {.url = normal, .fragment = ""};
    if (url->fragment && leads_to_part(source, document, node))
        link.fragment = url->fragment;
    if (rel && str_contains_nocase(str_of(rel), STR("nofollow")))
        link.flags |= LINK_NOFOLLOW;
    if (node_has_attribute(node, "download"))
        link.flags |= LINK_DOWNLOAD;
    if (is_menu(node))
        link.flags |= LINK_MENU;
    if (changing_address(source->changing, normal) ||
        changing_link(source->changing, source->arena, document, node))
        link.flags |= LINK_CHANGES;
    ARENA_PUSH(source->arena, digest->links, digest->link_count, digest->link_capacity,
               link);
}

static int link_compare(const void *a, const void *b)
{
    const DigestLink *left = a, *right = b;
    int order = strcmp(left->url, right->url);
    return order ? order : strcmp(left->fragment, right->fragment);
}

/* One of each address and fragment; what any of them says of nofollow holds if all say it,
 * what any says of changing holds. */
static void links_join(Digest *digest)
{
    size_t kept = 0;
    qsort(digest->links, digest->link_count, sizeof *digest->links, link_compare);
    for (size_t i = 0; i < digest->link_count; i++) {
        DigestLink *link = &digest->links[i];
        DigestLink *last = kept ? &digest->links[kept - 1] : NULL;
        if (!last || link_compare(last, link) != 0) {
            digest->links[kept++] = *link;
            continue;
        }
        unsigned weak = last->flags & link->flags & (LINK_NOFOLLOW | LINK_DOWNLOAD);
        last->flags = ((last->flags | link->flags) & (LINK_CHANGES | LINK_MENU)) | weak;
    }
    digest->link_count = kept;
}

static void links_read(const DigestSource *source, const Document *document, Digest *digest)
{
    static const char *const tags[] = {"a", "area"};
    for (size_t t = 0; t < COUNT_OF(tags); t++) {
        const NodeList *list = document_by_tag(document, tags[t]);
        for (size_t i = 0; i < list->count; i++)
            if (node_has_attribute(list->items[i], "href"))
                link_add(source, document, list->items[i], digest);
    }
    if (digest->link_count)
        links_join(digest);
}

/* ---- what stands in the head ---- */

static void alternates_read(const DigestSource *source, const Document *document,
                            Digest *digest)
{
    const NodeList *list = document_by_tag(document, "link");
    for (size_t i = 0; i < list->count && digest->alternate_count < MENU_MOST; i++) {
        const Node *node = list->items[i];
        const char *rel = node_attribute(node, "rel");
        const char *lang = node_attribute(node, "hreflang");
        const char *url = lang ? normal_of(source, document, node) : "";
        if (!rel || !*url || !str_contains_nocase(str_of(rel), STR("alternate")))
            continue;
        DigestAlternate alternate = {text_cut(source->arena, str_of(lang), 40), url};
        ARENA_PUSH(source->arena, digest->alternates, digest->alternate_count,
                   digest->alternate_capacity, alternate);
    }
}

static int id_compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static void ids_read(const DigestSource *source, const Document *document, Digest *digest)
{
    const NodeList *ids = document_by_attribute(document, "id");
    const NodeList *anchors = document_by_tag(document, "a");
    size_t most = ids->count + anchors->count;
    digest->has_all_ids = most <= DIGEST_IDS_MOST * 4;
    most = digest->has_all_ids ? most : 0;
    digest->ids = ARENA_ARRAY(source->arena, most, uint32_t);
    for (size_t i = 0; i < ids->count && most; i++)
        digest->ids[digest->id_count++] =
            digest_id(str_of(node_attribute(ids->items[i], "id")));
    for (size_t i = 0; i < anchors->count && most; i++) {
        const char *name = node_attribute(anchors->items[i], "name");
        if (name)
            digest->ids[digest->id_count++] = digest_id(str_of(name));
    }
    if (digest->id_count > DIGEST_IDS_MOST) {
        digest->has_all_ids = false;
        digest->id_count = 0;
    }
    if (digest->id_count)
        qsort(digest->ids, digest->id_count, sizeof *digest->ids, id_compare);
}

/* ---- content ---- */

/* The menu: links of the first nav, or of the header, summed so that their order is free.
 */
static uint64_t menu_of(const DigestSource *source, const Document *document)
{
    const Node *zone = select_first(document, NULL, "header nav, nav");
    NodeList links = {0};
    uint64_t sum = 0;
    if (!zone)
        zone = select_first(document, NULL, "header");
    if (!zone)
        return 0;
    select_all(document, zone, "a[href]", source->arena, &links);
    for (size_t i = 0; i < links.count && i < MENU_MOST; i++) {
        const char *url = normal_of(source, document, links.items[i]);
        Str text = str_of(url);
        /* Where one is (cart, a return address) is no difference of the menu. */
        sum += str_hash(str_slice(text, 0, str_find_byte(text, '?', 0)));
    }
    return links.count ? sum | 1 : 0;
}

static void content_read(const DigestSource *source, const Document *document,
                         Digest *digest)
{
    const Node *main = select_first(document, NULL, "main, [role=main], #content, #main");
    Str text =
        main ? node_visible_text(source->arena, main) : document_visible_text(document);
    size_t words = text_word_count(text);
    digest->words = words < INT32_MAX ? (int)words : INT32_MAX;
    digest->content = words >= CONTENT_WORDS_LEAST ? str_hash(text) : 0;
}

static bool is_loaded(const Node *node)
{
    static const char *const tags[] = {"img",   "script", "iframe", "video",
                                       "audio", "source", "embed",  "object"};
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (node_is_tag(node, tags[i]))
            return true;
    const char *rel = node_is_tag(node, "link") ? node_attribute(node, "rel") : NULL;
    return rel && (str_contains_nocase(str_of(rel), STR("stylesheet")) ||
                   str_contains_nocase(str_of(rel), STR("icon")));
}

/* What a secure page loads over plain http. */
static void mixed_read(const DigestSource *source, const Document *document, Digest *digest)
{
    static const char *const names[] = {"src", "href", "data", "poster"};
    digest->mixed_example = "";
    if (!str_starts_with(str_of(source->url), STR("https:")))
        return;
    for (size_t n = 0; n < COUNT_OF(names); n++) {
        const NodeList *list = document_by_attribute(document, names[n]);
        for (size_t i = 0; i < list->count; i++) {
            Str value = str_trim(str_of(node_attribute(list->items[i], names[n])));
            if (!str_starts_with_nocase(value, STR("http:")) || !is_loaded(list->items[i]))
                continue;
            if (!digest->mixed++)
                digest->mixed_example = text_cut(source->arena, value, TEXT_MOST);
        }
    }
}

static void kind_read(const DigestSource *source, const Document *document, Page *page,
                      Digest *digest)
{
    PageContext context = {.url = source->url,
                           .status = source->exchange->status,
                           .headers = source->exchange->headers,
                           .header_count = source->exchange->header_count,
                           .site = source->site,
                           .is_platform_hinted = true};
    page->kind = page_recognise(source->words, document, &context, source->arena,
                                &page->stage, &page->kind_signs);
    page->is_script_shell = page_is_shell(document);
    page->title = document_title(document);
    page->language = document_language(document);
    digest->kind = page->kind;
    digest->is_shell = page->is_script_shell;
    if (page->kind != PAGE_CATEGORY && page->kind != PAGE_SEARCH)
        return;
    CardList cards = {0};
    cards_find(source->words, document, source->arena, &cards);
    digest->cards = (int)(cards.count < INT32_MAX ? cards.count : 0);
    digest->is_empty_list =
        page->kind == PAGE_CATEGORY && !cards.count && !digest->is_shell;
}

void digest_bare(const DigestSource *source, Digest *digest)
{
    *digest = (Digest){.failure = "",
                       .title = "",
                       .description = "",
                       .h1 = "",
                       .lang = "",
                       .canonical = "",
                       .mixed_example = ""};
    head_read(source, digest);
}

void digest_read(const DigestSource *source, const Document *document, Page *page,
                 Digest *digest)
{
    digest_bare(source, digest);
    digest->is_html = true;
    kind_read(source, document, page, digest);
    meta_read(document, digest);
    digest->title = text_cut(source->arena, str_of(document_title(document)), TITLE_MOST);
    digest->description =
        attribute_of(source, document, "meta[name='description' i][content]", "content");
    const Node *heading = select_first(document, NULL, "h1");
    digest->h1 = heading ? node_text_cut(source->arena, heading, TITLE_MOST) : "";
    digest->lang = attribute_of(source, document, "html[lang]", "lang");
    digest->canonical = normal_of(
        source, document, select_first(document, NULL, "link[rel~=canonical i][href]"));
    links_read(source, document, digest);
    alternates_read(source, document, digest);
    ids_read(source, document, digest);
    digest->menu = menu_of(source, document);
    content_read(source, document, digest);
    mixed_read(source, document, digest);
}
