/* snapshots.c - see snapshots.h. SPDX-License-Identifier: MIT */
#include "snapshots.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "score/compare.h"

double sample_normal(Clock *dice)
{
    double u = ((double)clock_random(dice, 1000000007) + 1) / 1000000009.0;
    double v = (double)clock_random(dice, 1000000007) / 1000000007.0;
    return sqrt(-2 * log(u)) * cos(2 * 3.14159265358979323846 * v);
}

static void page_add(Arena *arena, Snapshot *s, PageKind kind, double ttfb_ms,
                     const SampleNoise *noise)
{
    static const char *const steps[PAGE_KIND_COUNT] = {
        [PAGE_HOME] = "mystery/open",
        [PAGE_SEARCH] = "mystery/search",
        [PAGE_PRODUCT] = "mystery/openProduct",
        [PAGE_CART] = "mystery/openCart",
    };
    SnapPage page = {.visit = s->visit_count - 1, .kind = kind, .step = steps[kind]};
    page.path = arena_printf(arena, "/%s", page_kind_name(kind));
    for (int m = 0; m < METRIC_COUNT; m++)
        page.metrics[m] = NAN;
    double factor = 0;
    if (noise)
        factor = noise->session + noise->sigma * sample_normal(noise->dice) +
                 (kind == noise->slow ? noise->slow_log : 0);
    page.metrics[METRIC_TTFB] = ttfb_ms * exp(factor);
    page.metrics[METRIC_TRANSFER] = 500000;
    ARENA_PUSH(arena, s->pages, s->page_count, s->page_capacity, page);
}

static void visit_add(Arena *arena, Snapshot *s, const char *persona, int number,
                      const SampleNoise *noise)
{
    SnapVisit visit = {.scenario = "buy", .persona = persona, .engine = "http"};
    visit.number = number;
    visit.outcome = VISIT_STOPPED_BEFORE_PAYMENT;
    visit.is_first = s->visit_count == 0;
    visit.started_us = s->started_us + (int64_t)s->visit_count * 1000000;
    visit.duration_us = 900000;
    visit.pages = 4;
    visit.clicks = 6;
    visit.fields = visit.human_ms = NAN;
    visit.machine_ms = 1800;
    ARENA_PUSH(arena, s->visits, s->visit_count, s->visit_capacity, visit);
    page_add(arena, s, PAGE_HOME, 1200, noise);
    page_add(arena, s, PAGE_SEARCH, 1500, noise);
    page_add(arena, s, PAGE_PRODUCT, 1800, noise);
    page_add(arena, s, PAGE_CART, 1000, noise);
}

static void finding_add(Arena *arena, Snapshot *s, const char *rule, Impact impact,
                        char letter)
{
    SnapFinding finding = {.rule = rule, .revision = "00000001", .impact = impact};
    finding.fingerprint = rule;
    finding.value = NAN;
    finding.page = letter == 'f' ? "product" : "";
    finding.outcome = letter == 'f' ? FINDING_FAIL : FINDING_PASS;
    int rounds = s->visits[s->visit_count - 1].number;
    char *text = arena_alloc(arena, (size_t)rounds + 1);
    memset(text, letter, (size_t)rounds);
    finding.rounds = text;
    ARENA_PUSH(arena, s->findings, s->finding_count, s->finding_capacity, finding);
}

Snapshot *sample_snapshot(Arena *arena, const char *host, int64_t started_us, int visits,
                          const SampleNoise *noise)
{
    Snapshot *s = ARENA_NEW(arena, Snapshot);
    *s = (Snapshot){
        .host = host, .tool_version = "1", .grid = "base 1", .place = "loopback"};
    s->site = arena_printf(arena, "https://%s/", host);
    s->engines = "http";
    s->command = "mystery audit";
    s->started_us = started_us;
    s->duration_us = 60000000;
    s->calibration_us = 20000;
    s->name = snapshot_name(arena, s->site, started_us);
    s->score = 70;
    s->confidence = 0.9;
    s->satisfaction = 7.1;
    s->recommendation = -20;
    s->effort = 5.5;
    s->completion = 0.31;
    for (int d = 0; d < DIMENSION_COUNT; d++)
        s->dimensions[d] = d == DIMENSION_ECO ? NAN : 70;
    visit_add(arena, s, "phone", 1, noise);
    for (int v = 0; v < visits; v++) {
        visit_add(arena, s, "phone", v + 1, noise);
        if (!noise || !noise->is_phone_only)
            visit_add(arena, s, "desktop", v + 1, noise);
    }
    finding_add(arena, s, "cart-add-works", IMPACT_BLOCKER, 'p');
    finding_add(arena, s, "product-price-visible", IMPACT_MAJOR, 'p');
    finding_add(arena, s, "tech-csp", IMPACT_MINOR, 'f');
    SnapPrice price = {"/p/vase", "Vase", "EUR", 64, 80, started_us};
    ARENA_PUSH(arena, s->prices, s->price_count, s->price_capacity, price);
    return s;
}

/* The spread of the logarithms of the home page's medians. */
static double spread_of(const double *logs, int count)
{
    double mean = stats_mean(logs, (size_t)count), sum = 0;
    for (int i = 0; i < count; i++)
        sum += (logs[i] - mean) * (logs[i] - mean);
    return count > 1 ? sqrt(sum / (count - 1)) : NAN;
}

static CompareDesign history_make(Arena *arena, const Simulation *of, SampleNoise *noise)
{
    CompareDesign design = {.sessions = (size_t)of->sessions, .session_sd = NAN};
    double *logs = ARENA_ARRAY(arena, (size_t)of->sessions + 1, double);
    for (int i = 0; i < of->sessions; i++) {
        SnapMedian *medians = NULL;
        noise->session = of->session_sd * sample_normal(noise->dice);
        const Snapshot *s =
            sample_snapshot(arena, "shop.example", SAMPLE_TIME_US, of->visits, noise);
        snapshot_medians(arena, s, &medians);
        logs[i] = log(medians[0].median);
    }
    design.session_sd = spread_of(logs, of->sessions);
    return design;
}

static void tally(const Comparison *c, Simulated *sum)
{
    int worse = 0, slowed = 0;
    for (size_t i = 0; i < c->time_count; i++)
        if (c->times[i].is_primary && c->times[i].change.word == CHANGE_WORSE) {
            worse++;
            slowed += c->times[i].kind == PAGE_PRODUCT;
        }
    sum->runs++;
    sum->worse += worse > 0;
    sum->inconclusive += c->word == CHANGE_INCONCLUSIVE;
    sum->named += worse == 1 && slowed == 1;
}

Simulated simulate(const Simulation *of)
{
    Simulated sum = {0};
    Clock dice;
    clock_init_fixed(&dice, 0, of->seed);
    for (int run = 0; run < of->runs; run++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        SampleNoise noise = {.dice = &dice, .sigma = of->sigma, .is_phone_only = true};
        CompareDesign design = {.is_interleaved = true, .session_sd = NAN};
        if (of->sessions)
            design = history_make(arena, of, &noise);
        noise.session = of->sessions ? of->session_sd * sample_normal(&dice) : 0;
        const Snapshot *before =
            sample_snapshot(arena, "shop.example", SAMPLE_TIME_US, of->visits, &noise);
        noise.session = of->sessions ? of->session_sd * sample_normal(&dice) : 0;
        noise.slow = PAGE_PRODUCT;
        noise.slow_log = of->slow_log;
        const Snapshot *after =
            sample_snapshot(arena, "shop.example", SAMPLE_TIME_US + 1, of->visits, &noise);
        Comparison c;
        compare_snapshots(arena, before, after, &design, &c);
        tally(&c, &sum);
    }
    return sum;
}
