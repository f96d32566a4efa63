/* audit_write_findings.c - audit.json: findings, strengths, weaknesses, opportunities.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "model/audit_parts.h"
#include "model/snapshot.h"

static void put_evidence(JsonWriter *json, const PageResult *result)
{
    for (int i = 0; i < result->evidence_count; i++) {
        const Evidence *evidence = &result->evidence[i];
        json_write_object(json);
        json_put_optional(json, "selector", evidence->selector);
        json_put_optional(json, "snippet", evidence->snippet);
        json_put_optional(json, "note", evidence->note);
        if (evidence->box[2] > 0)
            json_put_four(json, "box", evidence->box);
        json_write_end(json);
    }
}

static const char *result_url(const Audit *audit, const PageResult *result)
{
    return result->page < 0 ? NULL : audit->visits[result->visit]->pages[result->page]->url;
}

static void put_result(AuditOut *out, const PageResult *result)
{
    JsonWriter *json = out->json;
    json_write_object(json);
    json_put_text(json, "url", result_url(out->audit, result));
    json_put_integer(json, "visit", result->visit);
    json_put_integer(json, "page", result->page);
    json_put_text(json, "outcome", finding_outcome_name(result->outcome));
    json_put_number(json, "score", result->score);
    json_put_number(json, "value", result->value);
    json_put_optional(json, "text", result->text);
    json_put_number(json, "count", result->count < 0 ? NAN : (double)result->count);
    json_put_number(json, "total", result->total < 0 ? NAN : (double)result->total);
    json_put_optional(json, "reason", result->reason);
    json_put_optional(json, "person", result->person);
    json_put_optional(json, "date", result->date);
    json_write_key(json, "evidence");
    json_write_array(json);
    put_evidence(json, result);
    json_write_end(json);
    json_write_end(json);
}

/* Evidence of the whole finding: that of its first failing result that has some. */
static void put_first_evidence(JsonWriter *json, const Finding *finding)
{
    json_write_key(json, "evidence");
    json_write_array(json);
    for (size_t i = 0; i < finding->result_count; i++) {
        const PageResult *result = &finding->results[i];
        if (result->outcome != finding->outcome || !result->evidence_count)
            continue;
        put_evidence(json, result);
        break;
    }
    json_write_end(json);
}

static void put_finding(AuditOut *out, const Finding *finding)
{
    const Rule *rule = finding->rule;
    JsonWriter *json = out->json;
    json_write_object(json);
    json_put_text(json, "rule", rule->id);
    json_put_text(json, "dimension", dimension_name(rule->dimension));
    json_put_text(json, "impact", impact_name(rule->impact));
    json_put_text(json, "confidence", confidence_name(rule->confidence));
    json_put_text(json, "effort", effort_name(rule->effort));
    json_put_text(json, "criterion", lang_text(&rule->criterion, out->audit->language));
    json_put_text(json, "outcome", finding_outcome_name(finding->outcome));
    json_put_number(json, "score", finding->score);
    json_put_number(json, "value", finding->value);
    json_put_text(json, "unit", finding->unit);
    json_put_number(json, "threshold", finding->threshold);
    json_put_integer(json, "pages_failed", finding->pages_failed);
    json_put_integer(json, "pages_seen", finding->pages_seen);
    json_put_text(json, "reason", finding->reason);
    json_put_text(json, "fingerprint", finding->fingerprint);
    json_put_text(json, "revision",
                  finding->revision ? finding->revision : rule_revision(out->arena, rule));
    json_put_bool(json, "counted", finding->is_counted);
    put_first_evidence(json, finding);
    json_write_key(json, "pages");
    json_write_array(json);
    for (size_t i = 0; i < finding->result_count; i++)
        put_result(out, &finding->results[i]);
    json_write_end(json);
    json_write_end(json);
}

void audit_write_findings(AuditOut *out)
{
    JsonWriter *json = out->json;
    json_write_key(json, "findings");
    json_write_array(json);
    for (size_t i = 0; i < out->audit->finding_count; i++)
        put_finding(out, out->audit->findings[i]);
    json_write_end(json);
}

/* A finding as a phrase: "finding.met" or "finding.missed" with its rule. */
static Phrase phrase_of(const Finding *finding)
{
    bool is_met = finding->outcome == FINDING_PASS;
    Phrase phrase = {.key = is_met ? "finding.met" : "finding.missed"};
    phrase_add(&phrase, "rule", finding->rule->id);
    phrase.findings[phrase.finding_count++] = finding->fingerprint;
    return phrase;
}

static void put_ranked(AuditOut *out, const char *key, const Finding *const *items,
                       size_t count)
{
    json_write_key(out->json, key);
    json_write_array(out->json);
    for (size_t i = 0; i < count; i++) {
        Phrase phrase = phrase_of(items[i]);
        json_write_object(out->json);
        json_put_text(out->json, "rule", items[i]->rule->id);
        audit_put_phrase_inside(out, &phrase);
        json_write_end(out->json);
    }
    json_write_end(out->json);
}

/* Which cap holds the mark after a repair; null when none does. */
static void put_hold(JsonWriter *json, const Opportunity *opportunity)
{
    json_write_key(json, "held_by");
    if (opportunity->held_by >= DIMENSION_COUNT) {
        json_write_null(json);
        return;
    }
    json_write_object(json);
    json_put_text(json, "dimension", dimension_name(opportunity->held_by));
    json_put_text(json, "rule", opportunity->held_rule ? opportunity->held_rule->id : NULL);
    json_write_end(json);
}

void audit_write_ranked(AuditOut *out)
{
    const Audit *audit = out->audit;
    JsonWriter *json = out->json;
    put_ranked(out, "strengths", audit->strengths, audit->strength_count);
    put_ranked(out, "weaknesses", audit->weaknesses, audit->weakness_count);
    json_write_key(json, "opportunities");
    json_write_array(json);
    for (size_t i = 0; i < audit->opportunity_count; i++) {
        const Opportunity *opportunity = &audit->opportunities[i];
        Phrase phrase = {.key = "finding.repair"};
        phrase_add(&phrase, "rule", opportunity->finding->rule->id);
        phrase.findings[phrase.finding_count++] = opportunity->finding->fingerprint;
        json_write_object(json);
        json_put_text(json, "rule", opportunity->finding->rule->id);
        json_put_number(json, "gain", opportunity->gain);
        json_put_number(json, "mark_after", opportunity->mark_after);
        json_put_number(json, "priority", opportunity->priority);
        put_hold(json, opportunity);
        audit_put_phrase_inside(out, &phrase);
        json_write_end(json);
    }
    json_write_end(json);
}
