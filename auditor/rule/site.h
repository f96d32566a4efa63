/* site.h - what site-wide rules need of every page, kept when the page itself is let go.
 *
 * Layer: rule. Built by judge.c, read by check_site.c. SPDX-License-Identifier: MIT */
#ifndef RULE_SITE_H
#define RULE_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "rule/view.h"

/** One page of one visit. */
typedef struct PageDigest {
    int visit; /**< index into Audit.visits */
    const Page *page;
    const char *url; /**< without fragment */
    const char *title, *h1, *description;
    const char *canonical; /**< resolved; "" none */
    const char **links;    /**< of header and footer, resolved, in order */
    size_t link_count;
    const char *lang;           /**< of <html lang>, as written; "" */
    double countdown;           /**< seconds that a timer says remain; 0: none is shown */
    const char *countdown_text; /**< its digits */
} PageDigest;

typedef struct Site {
    PageDigest *pages;
    size_t count, capacity;
} Site;

/** Remember a page. Owns: arena. */
void site_add(Site *site, Arena *arena, int visit, const Page *page, View *view);
/** Remember that a page of another visit is the same as pages[index]. */
void site_repeat(Site *site, Arena *arena, size_t index, int visit, const Page *page);

#endif
