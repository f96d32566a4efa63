/* site.h - a whole shop as a crawl saw it: templates, questions about the site as a whole,
 * rules by template, what was passed over.
 *
 * Layer: model. Filled by crawl/ and audit/, rendered by report/. SPDX-License-Identifier:
 * MIT */
#ifndef MODEL_SITE_H
#define MODEL_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/audit.h"

enum { SITE_EXAMPLES_MOST = 20, SITE_TEMPLATES_MOST = 400, SITE_RULE_EXAMPLES_MOST = 5 };

/** Pages of one kind whose addresses have one shape. */
typedef struct SiteTemplate {
    PageKind kind;
    int64_t shape_id;
    const char *shape;
    int64_t pages;
    double wait_ms; /**< median to the first byte; NAN */
    double bytes;   /**< median of the HTML; NAN */
    const char *example;
    int failed[IMPACT_COUNT]; /**< rules that fail on some page, by impact */
} SiteTemplate;

/** What a question is about, in this order. */
typedef enum SiteTopic {
    TOPIC_LINKS_OWN,
    TOPIC_LINKS_FOREIGN,
    TOPIC_ANCHORS,
    TOPIC_REDIRECTS,
    TOPIC_SERVER_ERRORS,
    TOPIC_ORPHANS,
    TOPIC_DEPTH,
    TOPIC_TITLES,
    TOPIC_DESCRIPTIONS,
    TOPIC_CONTENTS,
    TOPIC_HREFLANG,
    TOPIC_CANONICAL,
    TOPIC_SITEMAP,
    TOPIC_SITEMAP_MISSING,
    TOPIC_EMPTY_LISTS,
    TOPIC_MIXED,
    TOPIC_MENU,
    TOPIC_BLOCKED,
    TOPIC_COUNT,
} SiteTopic;

/** One thing to go and see. */
typedef struct SiteExample {
    const char *url;
    const char *source; /**< page on which it was met; "" */
    const char *detail; /**< machine form: "404", "timeout", an address, a title */
    const char *key;    /**< of reports/words "crawl.detail.<key>"; "" */
    int64_t places;     /**< pages that have it; 0 not counted */
} SiteExample;

/** How many of a template. */
typedef struct SiteTally {
    size_t template_index;
    int64_t count;
} SiteTally;

/** An answered question. */
typedef struct SiteQuestion {
    SiteTopic topic;
    FindingOutcome outcome;
    const char *reason; /**< of cannot-tell and not-applicable, in English; NULL */
    int64_t count, total;
    SiteTally *tallies; /**< most first */
    size_t tally_count, tally_capacity;
    SiteExample *examples;
    size_t example_count, example_capacity;
} SiteQuestion;

/** A rule of the grid on the pages of one template. */
typedef struct SiteRule {
    const Rule *rule;
    size_t template_index;
    int64_t failed, seen;
    SiteExample *examples; /**< detail: what was read or where */
    size_t example_count, example_capacity;
} SiteRule;

/** Addresses passed over for one reason, of one shape. */
typedef struct SitePassed {
    const char *why; /**< robots changes trap variant sampled excluded foreign download */
    const char *shape;
    int64_t count; /**< at least */
    const char *example;
} SitePassed;

/** All of it. */
typedef struct SiteReport {
    Arena *arena;
    const char *site, *host, *folder;
    const char *tool_version, *grid_id, *grid_version;
    int64_t started_us, duration_us;
    int64_t fetched, pages, foreign, unchanged, waiting, sitemap_urls, sitemaps;
    int64_t index_bytes;
    int robots_status; /**< 0 no answer */
    bool is_complete, is_limited, is_interrupted, has_rules;
    const Grid *grid;
    SiteTemplate *templates; /**< most pages first */
    size_t template_count, template_capacity;
    SiteQuestion questions[TOPIC_COUNT];
    SiteRule *rules; /**< failing ones: heaviest first */
    size_t rule_count, rule_capacity;
    SitePassed *passed;
    size_t passed_count, passed_capacity;
    int64_t status_counts[6]; /**< no answer, 1xx .. 5xx */
} SiteReport;

/** "links-internal" ... as in crawl.json and in reports/words. */
const char *site_topic_name(SiteTopic topic);
/** Is it a fault that a merchant repairs (not only told)? */
Impact site_topic_impact(SiteTopic topic);
/** Index of a template; SIZE_MAX unknown. */
size_t site_template(const SiteReport *report, PageKind kind, int64_t shape);
/** One more of a template; index SIZE_MAX: none. */
void site_tally(SiteReport *report, SiteQuestion *question, size_t index, int64_t count);

#endif
