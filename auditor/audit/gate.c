/* gate.c - the bars. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/gate.h"

#include <math.h>

#include "base/units.h"

static bool has_page(const Visit *visit)
{
    for (size_t p = 0; p < visit->page_count; p++)
        if (visit->pages[p]->status < 400)
            return true;
    return false;
}

/* Did any visit see the shop at all? A page that only says what went wrong is none. */
static bool is_seen(const Audit *audit)
{
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Visit *visit = audit->visits[v];
        bool is_walled = visit->outcome == VISIT_ERROR || visit->outcome == VISIT_BLOCKED;
        if (has_page(visit) && !is_walled)
            return true;
    }
    return false;
}

static void status_set(Audit *audit, AuditStatus status, const char *text)
{
    audit->status = status;
    audit->bar_text = text;
}

void gate_decide(Audit *audit)
{
    char bar[32];
    char mark[32];
    status_set(audit, AUDIT_PASSED, NULL);
    if (!is_seen(audit)) {
        status_set(audit, AUDIT_INCONCLUSIVE, "the shop could not be visited");
        return;
    }
    if (isnan(audit->min_score))
        return;
    number_fixed(audit->min_score, 0, bar, sizeof bar);
    number_fixed(audit->score, 0, mark, sizeof mark);
    if (isnan(audit->score))
        status_set(
            audit, AUDIT_INCONCLUSIVE,
            arena_printf(audit->arena,
                         "score: not enough evidence for a mark, --min-score asks for %s",
                         bar));
    else if (audit->score < audit->min_score)
        status_set(audit, AUDIT_FAILED,
                   arena_printf(audit->arena,
                                "score: the mark is %s, --min-score asks for %s", mark,
                                bar));
}
