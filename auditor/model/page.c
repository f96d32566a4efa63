/* page.c - names of page kinds, stages and resource types, and headers by name.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include "model/page.h"

#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "model/names.h"

static const char *const kind_names[PAGE_KIND_COUNT] = {
    [PAGE_UNKNOWN] = "unknown",     [PAGE_HOME] = "home",
    [PAGE_CATEGORY] = "category",   [PAGE_SEARCH] = "search",
    [PAGE_PRODUCT] = "product",     [PAGE_CART] = "cart",
    [PAGE_CHECKOUT] = "checkout",   [PAGE_ACCOUNT] = "account",
    [PAGE_CONTACT] = "contact",     [PAGE_LEGAL] = "legal",
    [PAGE_CONTENT] = "content",     [PAGE_ERROR404] = "error404",
    [PAGE_CHALLENGE] = "challenge", [PAGE_CLOSED] = "closed",
};

static const char *const stage_names[] = {
    [STAGE_NONE] = "none",       [STAGE_IDENTITY] = "identity",
    [STAGE_ADDRESS] = "address", [STAGE_DELIVERY] = "delivery",
    [STAGE_PAYMENT] = "payment", [STAGE_REVIEW] = "review",
};

static const char *const type_names[] = {
    [RESOURCE_DOCUMENT] = "document", [RESOURCE_STYLE] = "stylesheet",
    [RESOURCE_SCRIPT] = "script",     [RESOURCE_IMAGE] = "image",
    [RESOURCE_FONT] = "font",         [RESOURCE_MEDIA] = "media",
    [RESOURCE_DATA] = "fetch",        [RESOURCE_OTHER] = "other",
};

const char *page_kind_name(PageKind kind)
{
    return kind_names[kind];
}

PageKind page_kind_of(const char *name)
{
    size_t i = name_index(kind_names, COUNT_OF(kind_names), name);
    return i < COUNT_OF(kind_names) ? (PageKind)i : PAGE_UNKNOWN;
}

const char *checkout_stage_name(CheckoutStage stage)
{
    return stage_names[stage];
}

CheckoutStage checkout_stage_of(const char *name)
{
    size_t i = name_index(stage_names, COUNT_OF(stage_names), name);
    return i < COUNT_OF(stage_names) ? (CheckoutStage)i : STAGE_NONE;
}

const char *resource_type_name(ResourceType type)
{
    return type_names[type];
}

ResourceType resource_type_of(const char *name)
{
    size_t i = name_index(type_names, COUNT_OF(type_names), name);
    if (i < COUNT_OF(type_names))
        return (ResourceType)i;
    return name && strcmp(name, "xhr") == 0 ? RESOURCE_DATA : RESOURCE_OTHER;
}

ResourceType resource_type_of_mime(const char *mime)
{
    if (!mime)
        return RESOURCE_OTHER;
    if (strcmp(mime, "text/html") == 0 || strcmp(mime, "application/xhtml+xml") == 0)
        return RESOURCE_DOCUMENT;
    if (strcmp(mime, "text/css") == 0)
        return RESOURCE_STYLE;
    if (strstr(mime, "javascript") || strstr(mime, "ecmascript"))
        return RESOURCE_SCRIPT;
    if (strncmp(mime, "image/", 6) == 0)
        return RESOURCE_IMAGE;
    if (strncmp(mime, "font/", 5) == 0 || strstr(mime, "font-woff"))
        return RESOURCE_FONT;
    if (strncmp(mime, "video/", 6) == 0 || strncmp(mime, "audio/", 6) == 0)
        return RESOURCE_MEDIA;
    if (strstr(mime, "json"))
        return RESOURCE_DATA;
    return RESOURCE_OTHER;
}

const char *exchange_header(const Exchange *exchange, const char *name)
{
    return exchange_header_at(exchange, name, 0);
}

const char *exchange_header_at(const Exchange *exchange, const char *name, int n)
{
    for (int i = 0; i < exchange->header_count; i++)
        if (strcasecmp(exchange->headers[i].name, name) == 0 && n-- == 0)
            return exchange->headers[i].value;
    return NULL;
}
