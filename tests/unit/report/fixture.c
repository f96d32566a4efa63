/* fixture.c - building audits for the tests of reports.
 *
 * SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "score/score.h"
#include "unit.h"

/* 2026-11-19T09:32:00Z */
#define FIXTURE_START (INT64_C(1795080720) * 1000000)

typedef struct RuleRow {
    const char *id;
    Dimension dimension;
    Impact impact;
    Confidence confidence;
    RepairEffort effort;
    const char *question;
    const char *fact;
    int fail_percent; /* -1: cannot tell, -2: not applicable */
    const char *en, *fr, *found_en, *found_fr, *fix_en, *fix_fr;
} RuleRow;

static const RuleRow rows[] = {
#define FIXTURE_RULE(id, dimension, impact, confidence, effort, question, fact, percent,   \
                     en, fr, found_en, found_fr, fix_en, fix_fr)                           \
    {id,                                                                                   \
     dimension,                                                                            \
     IMPACT_##impact,                                                                      \
     CONFIDENCE_##confidence,                                                              \
     EFFORT_##effort,                                                                      \
     question,                                                                             \
     fact,                                                                                 \
     percent,                                                                              \
     en,                                                                                   \
     fr,                                                                                   \
     found_en,                                                                             \
     found_fr,                                                                             \
     fix_en,                                                                               \
     fix_fr},
#include "fixture_rules.h"
#undef FIXTURE_RULE
};

/* What distinguishes the fixtures. */
typedef struct Making {
    Arena *arena;
    Audit *audit;
    const char *hostile; /* NULL: a well-meaning shop */
    bool needs_scripts;
} Making;

static const char *site_text(const Making *making, const char *text)
{
    return making->hostile ? making->hostile : text;
}

static LangText both(const char *english, const char *french)
{
    return (LangText){
        .count = *english ? 2 : 0, .languages = {"en", "fr"}, .texts = {english, french}};
}

static const char **one(Arena *arena, const char *item)
{
    const char **list = ARENA_ARRAY(arena, 2, const char *);
    list[0] = *item ? item : NULL;
    return list;
}

static Rule *rule_make(Arena *arena, const RuleRow *row)
{
    Rule *rule = ARENA_NEW(arena, Rule);
    Error err = {0};

    rule->id = row->id;
    rule->dimension = row->dimension;
    rule->impact = row->impact;
    rule->confidence = row->confidence;
    rule->effort = row->effort;
    rule->pages = ~0U;
    rule->questions = one(arena, row->question);
    rule->tags = one(arena, "");
    rule->engines = one(arena, "http");
    rule->countries = one(arena, "");
    rule->same_as = one(arena, "");
    rule->source = "Baymard 2024; Directive 2011/83/EU, art. 6";
    rule->is_legal = row->dimension == DIMENSION_TRUST_LEGAL;
    rule->criterion = both(row->en, row->fr);
    rule->why = both("Buyers leave when this is missing.",
                     "Les acheteurs partent quand cela manque.");
    rule->fix = both(row->fix_en, row->fix_fr);
    rule->found = both(row->found_en, row->found_fr);
    rule->check_kind = *row->fact ? CHECK_JOURNEY : CHECK_CSS;
    if (*row->fact) {
        const char *check =
            arena_printf(arena, "{\"kind\":\"journey\",\"fact\":\"%s\"}", row->fact);
        assert_true(json_parse(arena, "check", str_of(check), &rule->file, &err));
        rule->check = rule->file.root;
    }
    return rule;
}

static Grid *grid_make(Arena *arena)
{
    Grid *grid = ARENA_NEW(arena, Grid);
    const double shares[DIMENSION_COUNT] = {[DIMENSION_SPEED] = 20,
                                            [DIMENSION_ERGONOMICS] = 25,
                                            [DIMENSION_ATTRACTIVENESS] = 15,
                                            [DIMENSION_INTERACTIVITY] = 10,
                                            [DIMENSION_TRUST_LEGAL] = 12,
                                            [DIMENSION_ACCESSIBILITY] = 8,
                                            [DIMENSION_SEO] = 3,
                                            [DIMENSION_TECHNICAL] = 5,
                                            [DIMENSION_ECO] = 2};

    grid->id = "mystery";
    grid->version = "2026.11";
    memcpy(grid->shares, shares, sizeof shares);
    grid->impact_weights[IMPACT_MINOR] = 1;
    grid->impact_weights[IMPACT_MAJOR] = 3;
    grid->impact_weights[IMPACT_BLOCKER] = 9;
    grid->confidence_weights[CONFIDENCE_LOW] = 0.4;
    grid->confidence_weights[CONFIDENCE_MEDIUM] = 0.7;
    grid->confidence_weights[CONFIDENCE_HIGH] = 1;
    grid->false_alarm[CONFIDENCE_LOW] = 0.30;
    grid->false_alarm[CONFIDENCE_MEDIUM] = 0.10;
    grid->false_alarm[CONFIDENCE_HIGH] = 0.02;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        ARENA_PUSH(arena, grid->rules, grid->rule_count, grid->rule_capacity,
                   rule_make(arena, &rows[i]));
    return grid;
}

typedef struct StepRow {
    StepKind kind;
    PageKind page;
    const char *path, *title, *matched;
    double wait, human; /* seconds, on the phone */
    int clicks, fields;
} StepRow;

static const StepRow buy_steps[] = {
    {STEP_KIND_OPEN, PAGE_HOME, "/", "Atelier Lumen", "", 1.6, 2.4, 1, 0},
    {STEP_KIND_CONSENT, PAGE_HOME, "/", "Atelier Lumen", "Refuser", 0.1, 1.8, 1, 0},
    {STEP_KIND_DISMISS, PAGE_UNKNOWN, "", "", "", 0, 0, 0, 0},
    {STEP_KIND_SEARCH, PAGE_SEARCH, "/recherche?q=lampe", "Recherche : lampe", "Rechercher",
     0.9, 7.6, 2, 1},
    {STEP_KIND_OPEN_PRODUCT, PAGE_PRODUCT, "/lampe-orsay-laiton", "Lampe Orsay, laiton",
     "Lampe Orsay, laiton", 1.4, 9.2, 1, 0},
    {STEP_KIND_ADD_TO_CART, PAGE_PRODUCT, "/lampe-orsay-laiton?added=1",
     "Lampe Orsay, laiton", "Ajouter au panier", 0.6, 3.1, 1, 0},
    {STEP_KIND_OPEN_CART, PAGE_CART, "/panier", "Votre panier", "Panier", 0.7, 4.0, 1, 0},
    {STEP_KIND_GO_TO_CHECKOUT, PAGE_CHECKOUT, "/commande", "Commande",
     "Commander sans compte", 1.1, 4.4, 1, 0},
    {STEP_KIND_FILL_ADDRESS, PAGE_CHECKOUT, "/commande/livraison", "Livraison", "Continuer",
     3.6, 54.0, 3, 14},
    {STEP_KIND_CHOOSE_SHIPPING, PAGE_CHECKOUT, "/commande/paiement", "Paiement",
     "Continuer", 9.6, 6.2, 2, 0},
    {STEP_KIND_REACH_PAYMENT, PAGE_CHECKOUT, "/commande/paiement", "Paiement",
     "Commander et payer", 0.2, 4.4, 1, 0},
};

static const StepRow help_steps[] = {
    {STEP_KIND_OPEN, PAGE_HOME, "/", "Atelier Lumen", "", 1.5, 2.4, 1, 0},
    {STEP_KIND_FIND_CONTACT, PAGE_CONTACT, "/aide", "Aide et contact", "Aide", 0.5, 5.0, 1,
     0},
    {STEP_KIND_FIND_RETURNS, PAGE_LEGAL, "/retours", "Retours", "Retours", 0.4, 6.0, 1, 0},
};

static Page *page_make(const Making *making, Visit *visit, const StepRow *row,
                       double factor)
{
    Page *page = visit_add_page(visit);
    Exchange *exchange = visit_add_exchange(visit);

    page->index = (int)visit->page_count - 1;
    page->step = (int)visit->step_count - 1;
    page->url =
        making->hostile
            ? making->hostile
            : arena_printf(making->arena, "https://atelier-lumen.example%s", row->path);
    page->requested = page->url;
    page->title = site_text(making, row->title);
    page->language = "fr";
    page->status = 200;
    page->kind = row->page;
    page->document = (int)visit->exchange_count - 1;
    page->started_us = visit->started_us + page->index * 4000000;
    page->metrics[METRIC_TTFB] = row->wait * 420 * factor;
    page->metrics[METRIC_HTML] = row->wait * 520 * factor;
    page->metrics[METRIC_NETWORK_LOAD] = row->wait * 1000 * factor;
    page->metrics[METRIC_REQUESTS] = 40 + page->index;
    page->metrics[METRIC_TRANSFER] = 1.1e6 + page->index * 210000.0;
    page->metrics[METRIC_DOM_NODES] = 900 + page->index * 70;
    exchange->url = page->url;
    exchange->method = "GET";
    exchange->status = 200;
    exchange->page = page->index;
    exchange->transfer_bytes = 38000;
    return page;
}

static void step_make(const Making *making, Visit *visit, const StepRow *row, double factor)
{
    StepRecord *step = visit_add_step(visit, step_info(row->kind)->name + 8, row->kind);

    if (row->page == PAGE_UNKNOWN) {
        step->outcome = OUTCOME_SKIPPED;
        return;
    }
    step->outcome = OUTCOME_OK;
    step->evidence = "SD";
    step->match.text = *row->matched ? site_text(making, row->matched) : NULL;
    step->match.selector = "main > form > button";
    step->match.score = 90;
    step->effort = (Effort){.pages = 1,
                            .clicks = row->clicks,
                            .fields_required = row->fields,
                            .keystrokes = row->fields * 12,
                            .human_us = (int64_t)(row->human * 1e6 * factor),
                            .machine_us = (int64_t)(row->wait * 1e6 * factor)};
    step->duration_us = step->effort.machine_us + 20000;
    step->page = step->first_page = page_make(making, visit, row, factor)->index;
    if (row->kind == STEP_KIND_SEARCH)
        step->typed = site_text(making, "search: lampe");
    if (row->kind == STEP_KIND_FILL_ADDRESS)
        step->typed = "name: Camille Martin; e-mail: camille@example.com";
    if (row->kind == STEP_KIND_ADD_TO_CART)
        step->shop_text = site_text(making, "Le produit a été ajouté au panier");
}

static void facts_make(const Making *making, Visit *visit)
{
    visit_fact_number(visit, "home.category_links", 4, 0);
    visit_fact_number(visit, "cookies.before_choice", 3, 0);
    visit_fact_text(visit, "search.query", site_text(making, "lampe"), 2);
    visit_fact_number(visit, "search.results", 18, 2);
    visit_fact_truth(visit, "search.keeps_query", true, 2);
    visit_fact_number(visit, "search.typo_results", 6, 2);
    visit_fact_text(visit, "product.name", site_text(making, "Lampe Orsay, laiton"), 3);
    visit_fact_number(visit, "product.price", 129, 3);
    visit_fact_text(visit, "product.currency", making->hostile ? making->hostile : "EUR",
                    3);
    visit_fact_truth(visit, "product.available", true, 3);
    visit_fact_number(visit, "product.clicks_from_home", 2, 3);
    visit_fact_truth(visit, "product.delivery_cost_shown", false, 3);
    visit_fact_truth(visit, "cart.add_worked", true, 4);
    visit_fact_truth(visit, "cart.add_confirmed", true, 4);
    visit_fact_truth(visit, "cart.price_matches", true, 5);
    visit_fact_number(visit, "cart.total", 129, 5);
    visit_fact_truth(visit, "cart.delivery_cost_shown", false, 5);
    visit_fact_truth(visit, "checkout.guest", true, 6);
    visit_fact_number(visit, "checkout.fields", 14, 7);
    visit_fact_number(visit, "checkout.steps", 3, 7);
    visit_fact_number(visit, "checkout.delivery_cost", 6.90, 8);
    visit_fact_number(visit, "checkout.surprise_cost", 6.90, 9);
    visit_fact_number(visit, "checkout.total", 135.90, 9);
    visit_fact_truth(visit, "payment.total_shown", true, 9);
    visit_fact_text(visit, "payment.order_label", site_text(making, "Commander et payer"),
                    9);
    visit_fact_truth(visit, "payment.order_label_clear", true, 9);
    visit_fact_absent(visit, "checkout.error_kept_data", "not seen on the way");
}

/* Where the scripts' shop stops. */
static void scripts_stop(Visit *visit)
{
    StepRecord *step = &visit->steps[visit->step_count - 1];

    step->outcome = OUTCOME_NEEDS_BROWSER;
    step->reason = "'Ajouter au panier': the button belongs to no form";
    visit->outcome = VISIT_CANNOT;
    visit->reason = "step 'addToCart' needs a browser";
    visit->door = NULL;
}

static Visit *visit_make(const Making *making, const char *scenario, bool is_phone,
                         int number, const StepRow *steps, size_t count)
{
    Visit *visit = visit_create(making->arena);
    double factor = (is_phone ? 1.0 : 0.52) * (1 + 0.06 * (number - 2));

    visit->site = making->audit->site;
    visit->scenario_id = scenario;
    visit->persona_id = is_phone ? "phone" : "desktop";
    visit->engine = "http";
    visit->engine_version = "libcurl/7.88.1";
    visit->tool_version = "0.1.0";
    visit->number = number;
    visit->safety = SAFETY_TOUCH;
    visit->outcome = steps == buy_steps ? VISIT_STOPPED_BEFORE_PAYMENT : VISIT_COMPLETED;
    visit->door = steps == buy_steps ? "payment" : NULL;
    visit->network = is_phone ? "4g" : "cable";
    visit->started_us = FIXTURE_START + (int64_t)making->audit->visit_count * 120000000;
    visit->duration_us = 96000000;
    for (size_t i = 0; i < count; i++) {
        step_make(making, visit, &steps[i], factor);
        if (making->needs_scripts && steps[i].kind == STEP_KIND_ADD_TO_CART) {
            scripts_stop(visit);
            break;
        }
    }
    if (steps == buy_steps && !making->needs_scripts) {
        facts_make(making, visit);
        ARENA_PUSH(
            making->arena, visit->left_behind, visit->left_count, visit->left_capacity,
            site_text(making, "1 line in the cart of an anonymous session: Lampe Orsay"));
    } else if (steps == help_steps) {
        visit_fact_number(visit, "help.contact_clicks", 1, 1);
        visit_fact_number(visit, "help.contact_means", 2, 1);
        visit_fact_truth(visit, "help.response_delay_shown", false, 1);
        visit_fact_number(visit, "help.returns_clicks", 1, 2);
    }
    return visit;
}

static void journey_make(const Making *making, const char *scenario, bool is_phone,
                         int visits, const StepRow *steps, size_t count)
{
    Audit *audit = making->audit;
    bool is_buy = steps == buy_steps;
    Journey journey = {
        .scenario_id = scenario,
        .scenario_title = is_buy ? both("Buy a product, up to the payment",
                                        "Acheter un produit, jusqu’au paiement")
                                 : both("Get help", "Trouver de l’aide"),
        .scenario_purpose =
            both("Can a newcomer do it?", "Un nouveau venu y arrive-t-il ?"),
        .persona_id = is_phone ? "phone" : "desktop",
        .persona_title =
            is_phone
                ? both("First-time buyer on a phone", "Premier achat sur téléphone")
                : both("First-time buyer on a desktop", "Premier achat sur ordinateur"),
        .engine = "http",
        .patience_us = 9000000,
        .is_phone = is_phone};

    for (int i = 1; i <= visits; i++) {
        Visit *visit = visit_make(making, scenario, is_phone, i, steps, count);
        ARENA_PUSH(making->arena, journey.visits, journey.visit_count,
                   journey.visit_capacity, audit->visit_count);
        ARENA_PUSH(making->arena, audit->visits, audit->visit_count, audit->visit_capacity,
                   visit);
    }
    ARENA_PUSH(making->arena, audit->journeys, audit->journey_count,
               audit->journey_capacity, journey);
}

static void result_add(const Making *making, Finding *finding, int visit, int page,
                       FindingOutcome outcome)
{
    PageResult result = {.visit = visit,
                         .page = page,
                         .outcome = outcome,
                         .score = outcome == FINDING_PASS   ? 1
                                  : outcome == FINDING_FAIL ? 0
                                                            : NAN,
                         .value = NAN,
                         .count = -1,
                         .total = -1};

    if (outcome == FINDING_CANNOT_TELL)
        result.reason = "needs a browser";
    if (outcome == FINDING_FAIL) {
        result.count = 3;
        result.total = 12;
        result.text = site_text(making, "Total 129,00 €");
        result.evidence = ARENA_ARRAY(making->arena, 1, Evidence);
        result.evidence_count = 1;
        result.evidence[0] =
            (Evidence){.selector = site_text(making, "main > dl.totaux > dd:nth-child(2)"),
                       .snippet = site_text(
                           making, "<dl class=\"totaux\">\n  <dt>Total</dt><dd>129,00 "
                                   "€</dd>\n</dl>"),
                       .note = site_text(making, "https://atelier-lumen.example/panier")};
    }
    ARENA_PUSH(making->arena, finding->results, finding->result_count,
               finding->result_capacity, result);
}

static void finding_sum(Finding *finding)
{
    int passed = 0;

    for (size_t i = 0; i < finding->result_count; i++) {
        passed += finding->results[i].outcome == FINDING_PASS;
        finding->pages_failed += finding->results[i].outcome == FINDING_FAIL;
    }
    finding->pages_seen = passed + finding->pages_failed;
    finding->outcome = finding->pages_failed > 0   ? FINDING_FAIL
                       : passed > 0                ? FINDING_PASS
                       : finding->result_count > 0 ? FINDING_CANNOT_TELL
                                                   : FINDING_NOT_APPLICABLE;
    finding->score =
        finding->pages_seen > 0 ? (double)passed / finding->pages_seen : (double)NAN;
    if (finding->outcome == FINDING_CANNOT_TELL)
        finding->reason = finding->results[0].reason;
    if (finding->outcome == FINDING_NOT_APPLICABLE)
        finding->reason = "no such page was visited";
}

static void values_set(Finding *finding)
{
    const char *id = finding->rule->id;

    finding->value = finding->threshold = NAN;
    if (finding->outcome == FINDING_NOT_APPLICABLE ||
        finding->outcome == FINDING_CANNOT_TELL)
        return;
    if (strcmp(id, "speed-ttfb") == 0) {
        finding->value = 1240;
        finding->threshold = 800;
        finding->unit = "ms";
    } else if (strcmp(id, "eco-transfer") == 0) {
        finding->value = 2680000;
        finding->threshold = 1000000;
        finding->unit = "byte";
    } else if (strcmp(id, "legal-cookies-before") == 0) {
        finding->value = 3;
        finding->threshold = 0;
        finding->unit = "";
    } else if (strcmp(id, "checkout-no-surprise") == 0) {
        finding->value = 6.9;
        finding->threshold = 0;
        finding->unit = "";
    }
}

static void findings_make(const Making *making)
{
    Audit *audit = making->audit;

    for (size_t r = 0; r < audit->grid->rule_count; r++) {
        Finding *finding = ARENA_NEW(making->arena, Finding);
        const RuleRow *row = &rows[r];
        finding->rule = audit->grid->rules[r];
        finding->is_counted = true;
        finding->fingerprint = arena_printf(making->arena, "%016zx", r + 1);
        for (size_t v = 0; v < audit->visit_count && row->fail_percent > -2; v++) {
            const Visit *visit = audit->visits[v];
            bool is_journey = *row->fact != '\0';
            int pages = is_journey ? 1 : (int)visit->page_count;
            if (is_journey && !visit_fact(visit, row->fact))
                continue;
            for (int p = 0; p < pages; p++)
                result_add(making, finding, (int)v, is_journey ? -1 : p,
                           row->fail_percent < 0                 ? FINDING_CANNOT_TELL
                           : p * 100 < row->fail_percent * pages ? FINDING_FAIL
                                                                 : FINDING_PASS);
        }
        finding_sum(finding);
        values_set(finding);
        ARENA_PUSH(making->arena, audit->findings, audit->finding_count,
                   audit->finding_capacity, finding);
    }
}

static Audit *audit_make(Making *making)
{
    Audit *audit = audit_create(making->arena);

    making->audit = audit;
    audit->site = "https://atelier-lumen.example/";
    audit->host = "atelier-lumen.example";
    audit->tool_version = "0.1.0";
    audit->place = "loopback";
    audit->started_us = FIXTURE_START;
    audit->duration_us = INT64_C(1080) * 1000000;
    audit->command = "mystery audit https://atelier-lumen.example/ -n 3";
    audit->safety = SAFETY_TOUCH;
    audit->grid = grid_make(making->arena);
    return audit;
}

static Audit *shop_make(Making *making)
{
    Audit *audit = audit_make(making);

    journey_make(making, "buy", true, 3, buy_steps, COUNT_OF(buy_steps));
    journey_make(making, "buy", false, 3, buy_steps, COUNT_OF(buy_steps));
    journey_make(making, "get-help", true, 1, help_steps, COUNT_OF(help_steps));
    journey_make(making, "get-help", false, 1, help_steps, COUNT_OF(help_steps));
    findings_make(making);
    score_audit(audit);
    return audit;
}

Audit *fixture_audit(Arena *arena)
{
    return shop_make(&(Making){.arena = arena});
}

Audit *fixture_hostile(Arena *arena, const char *text)
{
    return shop_make(&(Making){.arena = arena, .hostile = text});
}

Audit *fixture_scripts(Arena *arena)
{
    return shop_make(&(Making){.arena = arena, .needs_scripts = true});
}

Audit *fixture_unreachable(Arena *arena)
{
    Making making = {.arena = arena};
    Audit *audit = audit_make(&making);

    findings_make(&making);
    score_audit(audit);
    audit->status = AUDIT_INCONCLUSIVE;
    return audit;
}

Audit *fixture_pages(Arena *arena)
{
    Making making = {.arena = arena};
    Audit *audit = audit_make(&making);
    Visit *visit = visit_create(arena);

    audit->command = NULL;
    visit->site = audit->site;
    visit->scenario_id = "har";
    visit->persona_id = "har";
    visit->engine = "har";
    visit->outcome = VISIT_COMPLETED;
    visit->number = 1;
    visit->started_us = FIXTURE_START;
    page_make(&making, visit, &buy_steps[0], 1)->step = -1;
    page_make(&making, visit, &buy_steps[4], 1)->step = -1;
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    findings_make(&making);
    score_audit(audit);
    return audit;
}

Audit *fixture_random(Arena *arena, unsigned seed)
{
    Audit *audit = fixture_audit(arena);
    Clock clock;

    clock_init_fixed(&clock, FIXTURE_START, seed);
    for (size_t i = 0; i < audit->finding_count; i++) {
        Finding *finding = audit->findings[i];
        for (size_t r = 0; r < finding->result_count; r++) {
            PageResult *result = &finding->results[r];
            result->outcome = (FindingOutcome)clock_random(&clock, FINDING_OUTCOME_COUNT);
            result->score = result->outcome == FINDING_PASS   ? 1
                            : result->outcome == FINDING_FAIL ? 0
                                                              : NAN;
            if (result->outcome == FINDING_FAIL && clock_random(&clock, 2))
                result->count = result->total = -1;
        }
        finding->pages_failed = 0;
        finding->value = NAN;
        finding_sum(finding);
        values_set(finding);
    }
    score_audit(audit);
    return audit;
}

const char *fixture_write(Arena *arena, const Audit *audit, const char *format,
                          const char *language)
{
    static const char *const folders[] = {"reports", NULL};
    ReportOptions options = {.language = language, .folders = folders};
    AUTO(buf_release) Buf out = {0};
    Error err = {0};
    bool is_written = false;

    buf_init(&out, 64 << 20);
    if (!format)
        is_written = report_summary(audit, &options, &out, &err);
    else if (report_format(format) && report_format(format)->write)
        is_written = report_format(format)->write(audit, &options, &out, &err);
    if (!is_written)
        fail_msg("%s: %s: %s", format ? format : "summary", err.where, err.what);
    return arena_text(arena, buf_text(&out));
}
