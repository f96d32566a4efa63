/* league_test.c - ranks, tiers and gaps of a panel. Tests league_steps.c too, and what
 * interval.c makes for resample.h. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/clock.h"
#include "score/league.h"
#include "score/resample.h"
#include "score/score.h"
#include "unit.h"

enum { BLOCKS = 11, RULES = 40 };

/* A grid of one dimension, so that the mark is the share of rules met. */
static Grid *grid_of(Arena *arena)
{
    static const char *none[] = {NULL};
    Grid *grid = ARENA_NEW(arena, Grid);
    grid->id = grid->version = "t";
    grid->shares[DIMENSION_SPEED] = 1;
    for (int i = 0; i < IMPACT_COUNT; i++)
        grid->impact_weights[i] = grid->confidence_weights[i] = 1;
    for (int r = 0; r < RULES; r++) {
        Rule *rule = ARENA_NEW(arena, Rule);
        rule->id = arena_printf(arena, "rule-%d", r);
        rule->same_as = rule->tags = rule->questions = none;
        rule->dimension = DIMENSION_SPEED;
        ARENA_PUSH(arena, grid->rules, grid->rule_count, grid->rule_capacity, rule);
    }
    return grid;
}

static void visit_add(Audit *audit, int number, double open_ms)
{
    Visit *visit = visit_create(audit->arena);
    Page *page = visit_add_page(visit);
    visit->number = number;
    visit->scenario_id = "buy";
    visit->engine = "http";
    page->url = "https://s.example/";
    StepRecord *step = visit_add_step(visit, "open", STEP_KIND_NAVIGATE);
    step->outcome = OUTCOME_OK;
    step->page = 0;
    step->duration_us = (int64_t)(open_ms * 1000);
    ARENA_PUSH(audit->arena, audit->visits, audit->visit_count, audit->visit_capacity,
               visit);
}

/* A shop that meets so many rules, give or take one by chance in each block. */
static const Audit *shop_of(Arena *arena, const Grid *grid, int met, uint64_t seed)
{
    Audit *audit = audit_create(arena);
    Clock dice;
    clock_init_fixed(&dice, 0, seed);
    audit->grid = grid;
    audit->site = "https://s.example/";
    audit->visit_files = ARENA_ARRAY(arena, BLOCKS, const char *);
    for (int b = 0; b < BLOCKS; b++) {
        audit->visit_files[b] = "visits/x.har";
        visit_add(audit, b + 1, 100 + met);
    }
    for (int r = 0; r < RULES; r++) {
        Finding *finding = ARENA_NEW(arena, Finding);
        int passed = 0;
        *finding = (Finding){.rule = grid->rules[r], .is_counted = true};
        for (int b = 0; b < BLOCKS; b++) {
            bool is_met = r == RULES - 1 ? clock_random(&dice, 2) : r < met;
            PageResult result = {.visit = b,
                                 .page = 0,
                                 .outcome = is_met ? FINDING_PASS : FINDING_FAIL,
                                 .score = is_met};
            passed += is_met;
            ARENA_PUSH(arena, finding->results, finding->result_count,
                       finding->result_capacity, result);
        }
        finding->score = (double)passed / BLOCKS;
        finding->outcome = passed == BLOCKS ? FINDING_PASS : FINDING_FAIL;
        ARENA_PUSH(arena, audit->findings, audit->finding_count, audit->finding_capacity,
                   finding);
    }
    score_audit(audit);
    return audit;
}

static Benchmark *panel_of(Arena *arena, const int *met, size_t count)
{
    Benchmark *benchmark = ARENA_NEW(arena, Benchmark);
    Grid *grid = grid_of(arena);
    *benchmark =
        (Benchmark){.arena = arena, .grid = grid, .block_count = BLOCKS, .seed = 7};
    benchmark->shop_count = count;
    benchmark->shops = ARENA_ARRAY(arena, count, LeagueShop);
    for (size_t s = 0; s < count; s++) {
        benchmark->shops[s].name = arena_printf(arena, "shop %zu", s);
        benchmark->shops[s].folder = "shops/x";
        benchmark->shops[s].panel.url = "";
        if (met[s] >= 0)
            benchmark->shops[s].audit = shop_of(arena, grid, met[s], s + 1);
        else
            benchmark->shops[s].failure = "no visit was made";
    }
    league_compute(benchmark);
    return benchmark;
}

void test_league__shops_that_are_alike_share_one_tier(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Benchmark *league = panel_of(arena, (const int[]){30, 30, 30, 30, 30}, 5);
    for (size_t s = 0; s < 5; s++)
        assert_int_equal(league->shops[s].tier, 1);
    for (size_t i = 0; i < league->pair_count; i++)
        assert_false(league->pairs[i].is_certain);
}

void test_league__shops_that_differ_stand_in_order(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Benchmark *league = panel_of(arena, (const int[]){10, 35, 22, -1}, 4);
    assert_string_equal(league->shops[0].name, "shop 1");
    assert_string_equal(league->shops[1].name, "shop 2");
    assert_string_equal(league->shops[2].name, "shop 0");
    assert_non_null(league->shops[3].failure);
    assert_int_equal(league->shops[0].tier, 1);
    assert_int_equal(league->shops[1].tier, 2);
    assert_int_equal(league->shops[2].tier, 3);
    assert_int_equal(league->shops[3].tier, 0);
    assert_near(league->shops[2].rank_interval.low, 3, 1e-9);
    assert_true(league->friedman_p < 0.001);
    assert_int_equal(league->pair_count, 3);
    assert_true(league->pairs[0].is_certain);
    assert_true(league->shops[2].gap_count > 0);
}

void test_league__few_blocks_give_no_places(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Benchmark *league = panel_of(arena, (const int[]){10, 35}, 2);
    for (size_t s = 0; s < 2; s++)
        league->shops[s].tier = 0;
    league->block_count = 3;
    league->pair_count = league->step_count = 0;
    league->pairs = NULL;
    league->steps = NULL;
    league_compute(league);
    assert_int_equal(league->shops[0].tier, 0);
    assert_true(isnan(league->shops[0].rank_interval.low));
    assert_int_equal(league->pair_count, 0);
}

void test_league_steps__names_the_best_with_its_evidence(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Benchmark *league = panel_of(arena, (const int[]){10, 35}, 2);
    assert_int_equal(league->step_count, 1);
    const LeagueStep *step = &league->steps[0];
    assert_string_equal(league->shops[step->shop].name, "shop 0");
    assert_near(step->times_ms[step->shop], 110, 1e-6);
    assert_string_equal(step->url, "https://s.example/");
    assert_string_equal(step->file, "shops/x/visits/x.har");
    assert_near(step->median, 122.5, 1e-6);
}

void test_interval__marks_of_some_visits_are_those_of_these_visits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Grid *grid = grid_of(arena);
    const Audit *audit = shop_of(arena, grid, 20, 3);
    Resample *resample = resample_open(arena, audit);
    int times[BLOCKS] = {0};
    Marks marks;
    for (int b = 0; b < BLOCKS; b++)
        times[b] = 1;
    resample_marks(resample, times, BLOCKS, NULL, &marks);
    assert_near(marks.overall, audit->score, 1e-9);
}
