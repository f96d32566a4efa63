/* reference.c - carrying facts over. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/reference.h"

#include <string.h>

static void fact_carry(Visit *visit, const Visit *reference, const char *name)
{
    const Fact *fact = visit_fact(reference, name);
    if (!fact || fact->state != FACT_TRUTH)
        return;
    visit_fact_truth(visit, name, fact->truth, -1);
    visit_fact_evidence(visit, "in a visit without scripts");
}

void references_apply(Audit *audit, Visit *const *references, size_t count)
{
    for (size_t r = 0; r < count; r++)
        for (size_t v = 0; v < audit->visit_count; v++) {
            Visit *visit = audit->visits[v];
            if (strcmp(visit->engine, "chromium") == 0 && visit->scenario_id &&
                references[r]->scenario_id &&
                strcmp(visit->scenario_id, references[r]->scenario_id) == 0)
                fact_carry(visit, references[r], "cart.add_needs_browser");
        }
}
