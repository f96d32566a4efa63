/* resources.h - what a page makes a browser fetch, found in its markup and its sheets.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_HTTP_RESOURCES_H
#define VISIT_HTTP_RESOURCES_H

#include "visit/http/http.h"

/** One thing to fetch. */
typedef struct Resource {
    const char *url; /**< absolute, without fragment */
    unsigned long long hash;
    const char *referrer; /**< page or sheet that names it */
    ReferrerPolicy policy;
    ResourceType type;
    int priority; /**< as NetRequest has it */
    int depth;    /**< of a sheet: 0 linked, 1 imported by it, ... */
    bool is_blocking;
    bool is_late; /**< a browser's load does not wait for it: lazy images, the icon */
    bool is_cors;
    bool is_frame;
    bool is_icon;
    bool is_started;
    /* While it is being fetched: */
    const char *hop_url; /**< of the redirect followed last, else url */
    int hops;
    SiteRelation farthest;
    Exchange *exchange;
    CacheEntry *entry;
} Resource;

/** A file of a @font-face rule. */
typedef struct FontFace {
    Str family; /**< without quotes */
    const char *url;
    const char *sheet;
    double weight_from, weight_to;
    bool is_italic;
    bool covers_text; /**< its unicode-range meets the page's text */
} FontFace;

/** What has been found on a page so far. */
typedef struct ResourceList {
    Arena *arena;
    const HttpVisitor *visitor;
    const Shown *shown;
    Resource **items;
    size_t count, capacity;
    FontFace *faces;
    size_t face_count, face_capacity;
    Str *stacks; /**< values of font-family that some element has */
    size_t stack_count, stack_capacity;
    unsigned char *runes; /**< one bit for each BMP character of the visible text */
    int selectors_left;   /**< budget of matching */
} ResourceList;

/** Start a list for the page shown. Owns: the visit's arena. */
ResourceList *resources_create(const HttpVisitor *visitor, const Shown *shown);
/** Everything that the markup names, inline styles included. */
void resources_find(ResourceList *list);
/** Add what href names, resolved against base; NULL when it is no http, known already, or
 * beyond the limit of a page. */
Resource *resource_add(ResourceList *list, Str href, const char *base, ResourceType type);

/* sheet.c */

/** Find what a style sheet makes a browser fetch: imports whose media hold, images of rules
 * that match an element, fonts (collected only). css: cut where a limit cut it.
 * base: URL of the sheet. depth: as in Resource. */
void sheet_scan(ResourceList *list, Str css, const char *base, int depth);
/** Images of a style attribute. */
void style_scan(ResourceList *list, Str declarations);
/** Add the fonts that the page's text needs: of each family used the faces for regular and,
 * where there are headings or strong text, bold, not italic, whose range meets the text. */
void fonts_choose(ResourceList *list);

#endif
