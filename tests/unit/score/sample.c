/* sample.c - see sample.h. SPDX-License-Identifier: MIT */
#include "sample.h"

#include <math.h>

Audit *sample_audit(Arena *arena)
{
    Audit *audit = audit_create(arena);
    Grid *grid = ARENA_NEW(arena, Grid);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        grid->shares[d] = 1;
    grid->impact_weights[IMPACT_MINOR] = 1;
    grid->impact_weights[IMPACT_MAJOR] = 3;
    grid->impact_weights[IMPACT_BLOCKER] = 9;
    grid->confidence_weights[CONFIDENCE_LOW] = 0.4;
    grid->confidence_weights[CONFIDENCE_MEDIUM] = 0.7;
    grid->confidence_weights[CONFIDENCE_HIGH] = 1;
    grid->false_alarm[CONFIDENCE_LOW] = 0.30;
    grid->false_alarm[CONFIDENCE_MEDIUM] = 0.10;
    grid->false_alarm[CONFIDENCE_HIGH] = 0.02;
    audit->grid = grid;
    audit->site = "https://shop.example/";
    return audit;
}

Finding *sample_finding(Audit *audit, const char *id, Dimension dimension, Impact impact,
                        double score)
{
    Rule *rule = ARENA_NEW(audit->arena, Rule);
    rule->id = id;
    rule->dimension = dimension;
    rule->impact = impact;
    rule->confidence = CONFIDENCE_HIGH;
    Finding *finding = ARENA_NEW(audit->arena, Finding);
    finding->rule = rule;
    finding->score = score;
    finding->fingerprint = id;
    finding->outcome = isnan(score)  ? FINDING_CANNOT_TELL
                       : score < 1.0 ? FINDING_FAIL
                                     : FINDING_PASS;
    ARENA_PUSH(audit->arena, audit->findings, audit->finding_count, audit->finding_capacity,
               finding);
    return finding;
}

Visit *sample_visit_add(Audit *audit)
{
    if (!audit->journey_count) {
        Journey journey = {.scenario_id = "buy", .persona_id = "phone", .engine = "http"};
        journey.patience_us = 9000000;
        ARENA_PUSH(audit->arena, audit->journeys, audit->journey_count,
                   audit->journey_capacity, journey);
    }
    Visit *visit = visit_create(audit->arena);
    visit->scenario_id = "buy";
    visit->outcome = VISIT_STOPPED_BEFORE_PAYMENT;
    visit->door = "payment";
    Journey *journey = &audit->journeys[0];
    ARENA_PUSH(audit->arena, journey->visits, journey->visit_count, journey->visit_capacity,
               audit->visit_count);
    ARENA_PUSH(audit->arena, audit->visits, audit->visit_count, audit->visit_capacity,
               visit);
    return visit;
}

void sample_result(Audit *audit, Finding *finding, int visit, double score)
{
    PageResult result = {.visit = visit, .page = -1, .score = score, .count = -1};
    result.value = NAN;
    result.outcome = score < 1 ? FINDING_FAIL : FINDING_PASS;
    ARENA_PUSH(audit->arena, finding->results, finding->result_count,
               finding->result_capacity, result);
}
