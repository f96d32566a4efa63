/* audit_json_test.c - audit.json reads back what it wrote.
 *
 * Tests audit_read.c, audit_read_findings.c, audit_read_visits.c, audit_write.c,
 * audit_write_findings.c and audit_write_visits.c. SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "model/audit_json.h"
#include "unit.h"

static const char *say_key(void *context, Arena *arena, const Phrase *phrase)
{
    (void)context;
    (void)arena;
    return phrase->key;
}

static Audit *sample(Arena *arena)
{
    Audit *audit = audit_create(arena);
    Grid *grid = ARENA_NEW(arena, Grid);
    grid->id = "mystery";
    grid->version = "1";
    Rule *rule = ARENA_NEW(arena, Rule);
    rule->id = "product-price-visible";
    rule->dimension = DIMENSION_ERGONOMICS;
    rule->impact = IMPACT_BLOCKER;
    rule->confidence = CONFIDENCE_HIGH;
    ARENA_PUSH(arena, grid->rules, grid->rule_count, grid->rule_capacity, rule);
    audit->grid = grid;
    audit->tool_version = "0.1.0";
    audit->site = "https://shop.example/";
    audit->host = "shop.example";
    audit->started_us = 1763590000000000;
    audit->score = 61.5;
    audit->headline.key = "headline.dead-end";
    phrase_add(&audit->headline, "step", "mystery/addToCart");
    Visit *visit = visit_create(arena);
    visit->scenario_id = "buy";
    visit->persona_id = "phone";
    visit->engine = "http";
    visit_add_page(visit)->url = "https://shop.example/p/1";
    visit_add_exchange(visit);
    visit_add_exchange(visit);
    StepRecord *step = visit_add_step(visit, "open", STEP_KIND_OPEN);
    step->page = 0;
    step->metrics[METRIC_TTFB] = 120.5;
    step->effort.clicks = 2;
    step->effort.human_us = 1500000;
    visit_fact_truth(visit, "search.offered", true, 0);
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    audit->visit_files = ARENA_ARRAY(arena, 1, const char *);
    audit->visit_files[0] = "visits/buy.har";
    Journey journey = {.scenario_id = "buy", .persona_id = "phone", .engine = "http"};
    ARENA_PUSH(arena, journey.visits, journey.visit_count, journey.visit_capacity, 0);
    ARENA_PUSH(arena, audit->journeys, audit->journey_count, audit->journey_capacity,
               journey);
    Finding *finding = ARENA_NEW(arena, Finding);
    finding->rule = rule;
    finding->outcome = FINDING_FAIL;
    finding->value = finding->threshold = NAN;
    finding->fingerprint = "00112233";
    finding->is_counted = true;
    PageResult result = {.outcome = FINDING_FAIL, .value = NAN, .count = 1, .total = 3};
    result.evidence = ARENA_NEW(arena, Evidence);
    result.evidence_count = 1;
    result.evidence[0].selector = "#price";
    ARENA_PUSH(arena, finding->results, finding->result_count, finding->result_capacity,
               result);
    ARENA_PUSH(arena, audit->findings, audit->finding_count, audit->finding_capacity,
               finding);
    ARENA_PUSH(arena, audit->weaknesses, audit->weakness_count, audit->weakness_capacity,
               finding);
    return audit;
}

static Str text_of(Arena *arena, const Audit *audit)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 1 << 20);
    Error err = {0};
    assert_true(audit_write(audit, say_key, NULL, &out, &err));
    return arena_str(arena, buf_str(&out));
}

void test_audit_json__reads_back_what_it_wrote_byte_for_byte(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = sample(arena);
    Str first = text_of(arena, audit);
    char path[] = "/tmp/mystery-audit-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    Error err = {0};
    assert_true(file_write(path, first, &err));
    Audit *back = NULL;
    assert_true(audit_read(arena, path, audit->grid, &back, &err));
    unlink(path);
    assert_true(str_equal(text_of(arena, back), first));
    assert_ptr_equal(back->findings[0]->rule, audit->grid->rules[0]);
    assert_string_equal(back->headline.values[0], "mystery/addToCart");
    assert_true(isnan(back->dimensions[DIMENSION_SEO].score));
}

void test_audit_json__writes_null_for_what_was_not_measured(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = text_of(arena, sample(arena));
    assert_true(str_contains(text, STR("\"lcp_ms\": null")));
    assert_true(str_contains(text, STR("\"keystrokes\": null")));
    assert_true(str_contains(text, STR("\"interval\": null")));
}
