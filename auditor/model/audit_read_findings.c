/* audit_read_findings.c - audit.json back: findings, strengths, weaknesses, opportunities.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "model/audit_parts.h"

static int count_of(const Json *value, int otherwise)
{
    double number = json_number(value, otherwise);
    return number >= -1 && number < 1e9 ? (int)number : otherwise;
}

/* A rule that this grid no longer has: what the file says of it. */
static const Rule *rule_of_file(AuditIn *in, const Json *json)
{
    Rule *rule = ARENA_NEW(in->audit->arena, Rule);
    rule->id = arena_text(in->audit->arena, json_text(json_get(json, "rule"), "unknown"));
    if (!dimension_of(json_text(json_get(json, "dimension"), ""), &rule->dimension))
        rule->dimension = DIMENSION_TECHNICAL;
    if (!impact_of(json_text(json_get(json, "impact"), ""), &rule->impact))
        rule->impact = IMPACT_MINOR;
    if (!confidence_of(json_text(json_get(json, "confidence"), ""), &rule->confidence))
        rule->confidence = CONFIDENCE_LOW;
    if (!effort_of(json_text(json_get(json, "effort"), ""), &rule->effort))
        rule->effort = EFFORT_TEMPLATE;
    rule->criterion.count = 1;
    rule->criterion.languages[0] = "en";
    rule->criterion.texts[0] =
        arena_text(in->audit->arena, json_text(json_get(json, "criterion"), rule->id));
    rule->source = "";
    return rule;
}

static void read_evidence(AuditIn *in, const Json *array, PageResult *result)
{
    result->evidence = ARENA_ARRAY(in->audit->arena, (size_t)json_count(array), Evidence);
    for (const Json *item = json_first(array); item; item = json_next(item)) {
        Evidence *evidence = &result->evidence[result->evidence_count++];
        evidence->selector = audit_text(in, json_get(item, "selector"));
        evidence->snippet = audit_text(in, json_get(item, "snippet"));
        evidence->note = audit_text(in, json_get(item, "note"));
        json_four(json_get(item, "box"), evidence->box);
    }
}

static bool read_result(AuditIn *in, const Json *json, Finding *finding, Error *err)
{
    Audit *audit = in->audit;
    PageResult result = {.visit = count_of(json_get(json, "visit"), -1),
                         .page = count_of(json_get(json, "page"), -1)};
    if (result.visit < 0 || (size_t)result.visit >= audit->visit_count)
        return json_error(in->file, json, err, "a result of no visit");
    if (result.page >= (int)audit->visits[result.visit]->page_count)
        return true; /* beyond the pages kept in the file */
    if (!finding_outcome_of(json_text(json_get(json, "outcome"), ""), &result.outcome))
        return json_error(in->file, json, err, "a result of unknown outcome");
    result.score = json_number(json_get(json, "score"), NAN);
    result.value = json_number(json_get(json, "value"), NAN);
    result.text = audit_text(in, json_get(json, "text"));
    result.count = count_of(json_get(json, "count"), -1);
    result.total = count_of(json_get(json, "total"), -1);
    result.reason = audit_text(in, json_get(json, "reason"));
    result.person = audit_text(in, json_get(json, "person"));
    result.date = audit_text(in, json_get(json, "date"));
    read_evidence(in, json_get(json, "evidence"), &result);
    ARENA_PUSH(audit->arena, finding->results, finding->result_count,
               finding->result_capacity, result);
    return true;
}

static bool read_finding(AuditIn *in, const Json *json, Error *err)
{
    Audit *audit = in->audit;
    Finding *finding = ARENA_NEW(audit->arena, Finding);
    const Rule *known = grid_rule(in->grid, json_text(json_get(json, "rule"), ""));
    finding->rule = known ? known : rule_of_file(in, json);
    if (!finding_outcome_of(json_text(json_get(json, "outcome"), ""), &finding->outcome))
        return json_error(in->file, json, err, "a finding of unknown outcome");
    finding->score = json_number(json_get(json, "score"), NAN);
    finding->value = json_number(json_get(json, "value"), NAN);
    finding->unit = audit_text(in, json_get(json, "unit"));
    finding->threshold = json_number(json_get(json, "threshold"), NAN);
    finding->pages_failed = count_of(json_get(json, "pages_failed"), 0);
    finding->pages_seen = count_of(json_get(json, "pages_seen"), 0);
    finding->reason = audit_text(in, json_get(json, "reason"));
    finding->fingerprint =
        arena_text(audit->arena, json_text(json_get(json, "fingerprint"), ""));
    finding->revision = audit_text(in, json_get(json, "revision"));
    finding->is_counted = json_bool(json_get(json, "counted"), true);
    for (const Json *i = json_first(json_get(json, "pages")); i; i = json_next(i))
        if (!read_result(in, i, finding, err))
            return false;
    ARENA_PUSH(audit->arena, audit->findings, audit->finding_count, audit->finding_capacity,
               finding);
    return true;
}

bool audit_read_findings(AuditIn *in, const Json *root, Error *err)
{
    for (const Json *i = json_first(json_get(root, "findings")); i; i = json_next(i))
        if (!read_finding(in, i, err))
            return false;
    return true;
}

static const Finding *finding_of_rule(const Audit *audit, const Json *json)
{
    const char *id = json_text(json_get(json, "rule"), "");
    for (size_t i = 0; i < audit->finding_count; i++)
        if (strcmp(audit->findings[i]->rule->id, id) == 0)
            return audit->findings[i];
    return NULL;
}

static void read_opportunity(Audit *audit, const Json *json)
{
    Opportunity opportunity = {.finding = finding_of_rule(audit, json),
                               .gain = json_number(json_get(json, "gain"), NAN),
                               .mark_after = json_number(json_get(json, "mark_after"), NAN),
                               .priority = json_number(json_get(json, "priority"), NAN)};
    const Json *hold = json_get(json, "held_by");
    const char *rule = json_text(json_get(hold, "rule"), NULL);
    if (!dimension_of(json_text(json_get(hold, "dimension"), ""), &opportunity.held_by))
        opportunity.held_by = DIMENSION_COUNT;
    opportunity.held_rule = rule && audit->grid ? grid_rule(audit->grid, rule) : NULL;
    if (opportunity.finding)
        ARENA_PUSH(audit->arena, audit->opportunities, audit->opportunity_count,
                   audit->opportunity_capacity, opportunity);
}

void audit_read_ranked(AuditIn *in, const Json *root)
{
    Audit *audit = in->audit;
    for (const Json *i = json_first(json_get(root, "strengths")); i; i = json_next(i)) {
        const Finding *finding = finding_of_rule(audit, i);
        if (finding)
            ARENA_PUSH(audit->arena, audit->strengths, audit->strength_count,
                       audit->strength_capacity, finding);
    }
    for (const Json *i = json_first(json_get(root, "weaknesses")); i; i = json_next(i)) {
        const Finding *finding = finding_of_rule(audit, i);
        if (finding)
            ARENA_PUSH(audit->arena, audit->weaknesses, audit->weakness_count,
                       audit->weakness_capacity, finding);
    }
    for (const Json *i = json_first(json_get(root, "opportunities")); i; i = json_next(i))
        read_opportunity(audit, i);
}
