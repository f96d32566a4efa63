/* resources.c - what the markup names: sheets, scripts, images, frames, the icon.
 *
 * As a browser with scripts does, what stands in noscript and template is left out. Not
 * fetched: mixed content, media files (a browser decides how much of them), prefetch and
 * preconnect, and everything that scripts would add. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/http/resources.h"

#include <string.h>

#include "base/url.h"
#include "dom/text.h"
#include "visit/http/media.h"
#include "visit/http/srcset.h"

enum {
    PRIORITY_STYLE = 0,
    PRIORITY_FIRST_SCRIPT = 1,
    PRIORITY_SCRIPT = 2,
    PRIORITY_FRAME = 2,
    PRIORITY_IMAGE = 3,
    PRIORITY_LAST = 4,
    SELECTORS_MAX = 2000, /**< matched for one page */
    RUNES_BYTES = 0x10000 / 8,
};

static void runes_mark(ResourceList *list)
{
    list->runes = arena_alloc(list->arena, RUNES_BYTES);
    Str text = document_visible_text(list->shown->document);
    size_t offset = 0;
    while (offset < text.length) {
        unsigned rune = str_next_rune(text, &offset);
        if (rune < 0x10000)
            list->runes[rune / 8] |= (unsigned char)(1U << (rune % 8));
    }
}

ResourceList *resources_create(const HttpVisitor *visitor, const Shown *shown)
{
    ResourceList *list = ARENA_NEW(visitor->arena, ResourceList);
    list->arena = visitor->arena;
    list->visitor = visitor;
    list->shown = shown;
    list->selectors_left = SELECTORS_MAX;
    runes_mark(list);
    return list;
}

static Resource *resource_known(const ResourceList *list, const char *url,
                                unsigned long long hash)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->hash == hash && strcmp(list->items[i]->url, url) == 0)
            return list->items[i];
    return NULL;
}

/** What a browser makes of an http address on an https page: images it asks by https, all
 * else it blocks (NULL). Loopback counts as safe. */
static const char *unmixed(const ResourceList *list, const char *url, ResourceType type)
{
    Url parsed;
    if (strncmp(list->shown->url, "https://", 8) != 0 || strncmp(url, "http://", 7) != 0)
        return url;
    if (!url_parse(list->arena, str_of(url), NULL, &parsed, NULL))
        return NULL;
    if (url_is_loopback(&parsed))
        return url;
    return type == RESOURCE_IMAGE ? arena_printf(list->arena, "https://%s", url + 7) : NULL;
}

Resource *resource_add(ResourceList *list, Str href, const char *base, ResourceType type)
{
    href = str_trim(href);
    if (href.length == 0 || str_starts_with_nocase(href, STR("data:")) ||
        list->count >= HTTP_RESOURCES_MAX)
        return NULL;
    const char *url = url_resolve(list->arena, href, base);
    if (!url || (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0))
        return NULL;
    url = unmixed(list, url_without_fragment(list->arena, url), type);
    if (!url)
        return NULL;
    unsigned long long hash = str_hash(str_of(url));
    if (resource_known(list, url, hash))
        return NULL;
    Resource *resource = ARENA_NEW(list->arena, Resource);
    resource->url = url;
    resource->hop_url = url;
    resource->hash = hash;
    resource->type = type;
    resource->priority = PRIORITY_IMAGE;
    resource->referrer = list->shown->url;
    resource->policy = list->shown->policy;
    ARENA_PUSH(list->arena, list->items, list->count, list->capacity, resource);
    return resource;
}

/** Add what an element's attribute names, with what its other attributes ask for. */
static Resource *element_add(ResourceList *list, const Node *node, Str href,
                             ResourceType type)
{
    Resource *resource =
        resource_add(list, href, document_base(list->shown->document), type);
    if (!resource)
        return NULL;
    const char *policy = node_attribute(node, "referrerpolicy");
    if (policy && referrer_policy_of(policy) != REFERRER_DEFAULT)
        resource->policy = referrer_policy_of(policy);
    resource->is_cors = node_has_attribute(node, "crossorigin");
    return resource;
}

static bool attribute_is(const Node *node, const char *name, const char *value)
{
    const char *has = node_attribute(node, name);
    return has && str_equal_nocase(str_trim(str_of(has)), str_of(value));
}

static bool rel_has(const Node *node, const char *token)
{
    Str rest = str_of(node_attribute(node, "rel"));
    Str word;
    while (str_next_word(&rest, &word))
        if (str_equal_nocase(word, str_of(token)))
            return true;
    return false;
}

static bool is_in_head(const Node *node)
{
    return node_closest(node, "head") != NULL;
}

/* ---- link ---- */

static void style_link_add(ResourceList *list, const Node *node, Str href)
{
    const char *type = node_attribute(node, "type");
    bool is_css = !type || !*type || str_equal_nocase(str_of(type), STR("text/css"));
    if (!is_css || node_has_attribute(node, "disabled"))
        return;
    Resource *resource = element_add(list, node, href, RESOURCE_STYLE);
    if (!resource)
        return;
    /* What does not hold is fetched all the same, last and without blocking. */
    bool holds =
        !rel_has(node, "alternate") &&
        media_holds(list->visitor->base.persona, str_of(node_attribute(node, "media")));
    resource->priority = holds ? PRIORITY_STYLE : PRIORITY_LAST;
    resource->is_blocking = holds;
}

static void preload_add(ResourceList *list, const Node *node, Str href)
{
    static const struct {
        const char *as;
        ResourceType type;
        int priority;
    } kinds[] = {{"style", RESOURCE_STYLE, PRIORITY_STYLE},
                 {"script", RESOURCE_SCRIPT, PRIORITY_FIRST_SCRIPT},
                 {"font", RESOURCE_FONT, PRIORITY_FIRST_SCRIPT},
                 {"image", RESOURCE_IMAGE, PRIORITY_IMAGE},
                 {"fetch", RESOURCE_DATA, PRIORITY_SCRIPT}};

    const Persona *persona = list->visitor->base.persona;
    const char *srcset = node_attribute(node, "imagesrcset");
    if (!media_holds(persona, str_of(node_attribute(node, "media"))))
        return;
    if (srcset && attribute_is(node, "as", "image"))
        href = str_of(srcset_choose(list->arena, persona, srcset,
                                    node_attribute(node, "imagesizes"),
                                    arena_str_text(list->arena, href)));
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (!attribute_is(node, "as", kinds[i].as))
            continue;
        Resource *resource = element_add(list, node, href, kinds[i].type);
        if (resource)
            resource->priority = kinds[i].priority;
        if (resource && kinds[i].type == RESOURCE_FONT)
            resource->is_cors = true;
    }
}

static void link_add(ResourceList *list, const Node *node)
{
    Str href = str_of(node_attribute(node, "href"));
    if (rel_has(node, "stylesheet")) {
        style_link_add(list, node, href);
    } else if (rel_has(node, "preload")) {
        preload_add(list, node, href);
    } else if (rel_has(node, "modulepreload")) {
        Resource *resource = element_add(list, node, href, RESOURCE_SCRIPT);
        if (resource) {
            resource->priority = PRIORITY_SCRIPT;
            resource->is_cors = true;
        }
    }
}

/** The page's icon, once a visit: the last one named, else the usual place. */
static void icon_add(ResourceList *list)
{
    const NodeList *links = document_by_tag(list->shown->document, "link");
    const Node *icon = NULL;
    for (size_t i = 0; i < links->count; i++)
        if (rel_has(links->items[i], "icon") && node_attribute(links->items[i], "href"))
            icon = links->items[i];
    const char *base = icon ? document_base(list->shown->document) : list->shown->url;
    const char *href = icon ? node_attribute(icon, "href") : "/favicon.ico";
    const char *asked = list->visitor->icon_url;
    const char *url = url_resolve(list->arena, str_of(href), base);
    if (!url || (asked && strcmp(url_without_fragment(list->arena, url), asked) == 0))
        return;
    Resource *resource = resource_add(list, str_of(url), base, RESOURCE_IMAGE);
    if (resource) {
        resource->is_icon = true;
        resource->is_late = true;
        resource->priority = PRIORITY_LAST;
    }
}

/* ---- script ---- */

static bool script_is_run(const Node *node)
{
    static const char *const types[] = {"",
                                        "text/javascript",
                                        "application/javascript",
                                        "application/x-javascript",
                                        "text/ecmascript",
                                        "application/ecmascript",
                                        "module"};
    const char *type = node_attribute(node, "type");
    if (node_has_attribute(node, "nomodule"))
        return false; /* for browsers of before 2018 */
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (!type || str_equal_nocase(str_trim(str_of(type)), str_of(types[i])))
            return true;
    return false;
}

static void script_add(ResourceList *list, const Node *node)
{
    if (!script_is_run(node))
        return;
    Resource *resource =
        element_add(list, node, str_of(node_attribute(node, "src")), RESOURCE_SCRIPT);
    if (!resource)
        return;
    bool is_module = attribute_is(node, "type", "module");
    bool is_sync = !is_module && !node_has_attribute(node, "async") &&
                   !node_has_attribute(node, "defer");
    resource->is_blocking = is_sync && is_in_head(node);
    resource->is_cors = resource->is_cors || is_module;
    resource->priority = resource->is_blocking ? PRIORITY_FIRST_SCRIPT
                         : is_sync             ? PRIORITY_SCRIPT
                                               : PRIORITY_IMAGE;
}

/* ---- images, frames ---- */

static void image_add(ResourceList *list, const Node *node)
{
    const char *url = image_source(list->arena, list->visitor->base.persona, node);
    Resource *resource = url ? element_add(list, node, str_of(url), RESOURCE_IMAGE) : NULL;
    if (!resource)
        return;
    resource->is_late = attribute_is(node, "loading", "lazy");
    if (attribute_is(node, "fetchpriority", "high"))
        resource->priority = PRIORITY_FIRST_SCRIPT;
    else if (resource->is_late || attribute_is(node, "fetchpriority", "low"))
        resource->priority = PRIORITY_LAST;
}

static void frame_add(ResourceList *list, const Node *node)
{
    if (node_has_attribute(node, "srcdoc"))
        return;
    Resource *resource =
        element_add(list, node, str_of(node_attribute(node, "src")), RESOURCE_DOCUMENT);
    if (!resource)
        return;
    resource->is_frame = true;
    resource->is_late = attribute_is(node, "loading", "lazy");
    resource->priority = PRIORITY_FRAME;
}

/** What stands in object and embed is a picture as a rule; what it is the answer tells. */
static void object_add(ResourceList *list, const Node *node)
{
    const char *name = node_is_tag(node, "object") ? "data" : "src";
    Resource *resource =
        element_add(list, node, str_of(node_attribute(node, name)), RESOURCE_OTHER);
    if (resource)
        resource->priority = PRIORITY_LAST;
}

/** Elements that name an image in one attribute. */
static void plain_image_add(ResourceList *list, const Node *node, const char *tag)
{
    static const struct {
        const char *tag, *attribute;
    } places[] = {{"video", "poster"}, {"input", "src"},        {"body", "background"},
                  {"image", "href"},   {"image", "xlink:href"}, {"table", "background"},
                  {"td", "background"}};

    for (size_t i = 0; i < COUNT_OF(places); i++) {
        const char *value = strcmp(tag, places[i].tag) == 0
                                ? node_attribute(node, places[i].attribute)
                                : NULL;
        if (value && (strcmp(tag, "input") != 0 || attribute_is(node, "type", "image")))
            element_add(list, node, str_of(value), RESOURCE_IMAGE);
    }
}

static void element_visit(ResourceList *list, const Node *node)
{
    const char *tag = node_tag(node);
    const char *style = node_attribute(node, "style");
    if (strcmp(tag, "link") == 0)
        link_add(list, node);
    else if (strcmp(tag, "script") == 0)
        script_add(list, node);
    else if (strcmp(tag, "img") == 0)
        image_add(list, node);
    else if (strcmp(tag, "iframe") == 0 || strcmp(tag, "frame") == 0)
        frame_add(list, node);
    else if (strcmp(tag, "object") == 0 || strcmp(tag, "embed") == 0)
        object_add(list, node);
    else if (strcmp(tag, "style") == 0 &&
             media_holds(list->visitor->base.persona,
                         str_of(node_attribute(node, "media"))))
        sheet_scan(list, node_text_content(list->arena, node),
                   document_base(list->shown->document), 0);
    else
        plain_image_add(list, node, tag);
    if (style)
        style_scan(list, str_of(style));
}

void resources_find(ResourceList *list)
{
    const Document *document = list->shown->document;
    size_t skip_until = 0;
    for (size_t i = 0; i < document_element_count(document); i++) {
        const Node *node = document_element(document, i);
        if (i < skip_until)
            continue;
        if (node_is_tag(node, "noscript") || node_is_tag(node, "template")) {
            skip_until = node_order_end(node);
            continue;
        }
        element_visit(list, node);
    }
    icon_add(list);
}
