/* site.c - names and tallies of a crawled site. Layer: model. SPDX-License-Identifier: MIT
 */
#include "model/site.h"

const char *site_topic_name(SiteTopic topic)
{
    static const char *const names[TOPIC_COUNT] = {
        [TOPIC_LINKS_OWN] = "links-internal",
        [TOPIC_LINKS_FOREIGN] = "links-external",
        [TOPIC_ANCHORS] = "anchors",
        [TOPIC_REDIRECTS] = "redirect-chains",
        [TOPIC_SERVER_ERRORS] = "server-errors",
        [TOPIC_ORPHANS] = "orphans",
        [TOPIC_DEPTH] = "depth",
        [TOPIC_TITLES] = "duplicate-titles",
        [TOPIC_DESCRIPTIONS] = "duplicate-descriptions",
        [TOPIC_CONTENTS] = "duplicate-contents",
        [TOPIC_HREFLANG] = "hreflang",
        [TOPIC_CANONICAL] = "canonical",
        [TOPIC_SITEMAP] = "sitemap-agreement",
        [TOPIC_SITEMAP_MISSING] = "sitemap-missing",
        [TOPIC_EMPTY_LISTS] = "empty-categories",
        [TOPIC_MIXED] = "mixed-content",
        [TOPIC_MENU] = "navigation",
        [TOPIC_BLOCKED] = "links-blocked",
    };
    return names[topic];
}

Impact site_topic_impact(SiteTopic topic)
{
    switch (topic) {
    case TOPIC_LINKS_OWN:
    case TOPIC_SERVER_ERRORS:
    case TOPIC_CANONICAL:
    case TOPIC_HREFLANG:
    case TOPIC_SITEMAP:
    case TOPIC_TITLES:
    case TOPIC_CONTENTS:
    case TOPIC_EMPTY_LISTS:
    case TOPIC_MIXED: return IMPACT_MAJOR;
    case TOPIC_LINKS_FOREIGN:
    case TOPIC_ANCHORS:
    case TOPIC_REDIRECTS:
    case TOPIC_ORPHANS:
    case TOPIC_DEPTH:
    case TOPIC_DESCRIPTIONS:
    case TOPIC_SITEMAP_MISSING:
    case TOPIC_MENU:
    case TOPIC_BLOCKED:
    case TOPIC_COUNT: break;
    }
    return IMPACT_MINOR;
}

size_t site_template(const SiteReport *report, PageKind kind, int64_t shape)
{
    for (size_t i = 0; i < report->template_count; i++)
        if (report->templates[i].kind == kind && report->templates[i].shape_id == shape)
            return i;
    return SIZE_MAX;
}

void site_tally(SiteReport *report, SiteQuestion *question, size_t index, int64_t count)
{
    size_t at = 0;
    if (index == SIZE_MAX)
        return;
    while (at < question->tally_count && question->tallies[at].template_index != index)
        at++;
    if (at == question->tally_count)
        ARENA_PUSH(report->arena, question->tallies, question->tally_count,
                   question->tally_capacity, ((SiteTally){index, 0}));
    question->tallies[at].count += count;
    for (; at && question->tallies[at].count > question->tallies[at - 1].count; at--) {
        SiteTally moved = question->tallies[at];
        question->tallies[at] = question->tallies[at - 1];
        question->tallies[at - 1] = moved;
    }
}
