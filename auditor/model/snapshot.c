/* snapshot.c - what an audit leaves, and the medians of it. Layer: model.
 *
 * SPDX-License-Identifier: MIT */
#include "model/snapshot.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"

const char *snapshot_name(Arena *arena, const char *site, int64_t started_us)
{
    /* Files keep milliseconds. */
    const char *text = arena_printf(arena, "%s %lld", site, (long long)(started_us / 1000));
    return arena_printf(arena, "%016llx", str_hash(str_of(text)));
}

const char *rule_revision(Arena *arena, const Rule *rule)
{
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    if (!rule->check)
        return "";
    buf_init(&text, 1 << 20);
    json_writer_init(&json, &text, false);
    json_write_array(&json);
    json_write_value(&json, rule->check);
    json_write_integer(&json, (int64_t)rule->pages);
    json_write_text(&json, impact_name(rule->impact));
    json_write_text(&json, confidence_name(rule->confidence));
    json_write_end(&json);
    return arena_printf(arena, "%08llx", str_hash(buf_str(&text)) & 0xffffffffULL);
}

bool snap_visit_counts(const SnapVisit *visit)
{
    return !visit->is_first && visit->outcome != VISIT_ERROR &&
           visit->outcome != VISIT_BLOCKED;
}

const char *snap_page_name(Arena *arena, PageKind kind, CheckoutStage stage)
{
    if (stage == STAGE_NONE)
        return page_kind_name(kind);
    return arena_printf(arena, "%s %s", page_kind_name(kind), checkout_stage_name(stage));
}

static void effort_add(double *sum, double value)
{
    if (value < 0)
        return;
    *sum = isnan(*sum) ? value : *sum + value;
}

static void visit_sum(const Visit *visit, SnapVisit *snap)
{
    snap->pages = snap->clicks = snap->fields = snap->human_ms = snap->machine_ms = NAN;
    for (size_t s = 0; s < visit->step_count; s++) {
        const Effort *effort = &visit->steps[s].effort;
        effort_add(&snap->pages, effort->pages);
        effort_add(&snap->clicks, effort->clicks);
        effort_add(&snap->fields, effort->fields_required);
        effort_add(&snap->fields, effort->fields_optional);
        effort_add(&snap->human_ms, (double)effort->human_us / 1000);
        effort_add(&snap->machine_ms, (double)effort->machine_us / 1000);
    }
}

/* Path and query of an absolute address. */
static const char *path_of(Arena *arena, const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *path = scheme ? strchr(scheme + 3, '/') : NULL;
    return arena_text(arena, path ? path : url);
}

static void pages_take(Arena *arena, const Visit *visit, size_t index, Snapshot *snapshot)
{
    for (size_t p = 0; p < visit->page_count; p++) {
        const Page *page = visit->pages[p];
        SnapPage snap = {.visit = index, .kind = page->kind, .stage = page->stage};
        bool is_led = page->step >= 0 && (size_t)page->step < visit->step_count;
        snap.step = is_led ? step_info(visit->steps[page->step].kind)->name : "";
        snap.path = path_of(arena, page->url ? page->url : "");
        for (int m = 0; m < METRIC_COUNT; m++)
            snap.metrics[m] = page->metrics[m];
        ARENA_PUSH(arena, snapshot->pages, snapshot->page_count, snapshot->page_capacity,
                   snap);
    }
}

static void price_take(Arena *arena, const Visit *visit, Snapshot *snapshot)
{
    const Fact *price = visit_fact(visit, "product.price");
    const Fact *name = visit_fact(visit, "product.name");
    const Fact *currency = visit_fact(visit, "product.currency");
    if (!price || price->state != FACT_NUMBER || price->page < 0 ||
        (size_t)price->page >= visit->page_count)
        return;
    SnapPrice snap = {.price = price->number, .former = NAN, .name = "", .currency = ""};
    const Page *page = visit->pages[price->page];
    snap.path = path_of(arena, page->url ? page->url : "");
    if (name && name->state == FACT_TEXT)
        snap.name = arena_text(arena, name->text);
    if (currency && currency->state == FACT_TEXT)
        snap.currency = arena_text(arena, currency->text);
    snap.seen_us = page->started_us ? page->started_us : visit->started_us;
    for (size_t i = 0; i < snapshot->price_count; i++)
        if (strcmp(snapshot->prices[i].path, snap.path) == 0 &&
            !(fabs(snapshot->prices[i].price - snap.price) > 0))
            return;
    ARENA_PUSH(arena, snapshot->prices, snapshot->price_count, snapshot->price_capacity,
               snap);
}

static void engine_note(Arena *arena, Snapshot *snapshot, const char *engine)
{
    Str rest = str_of(snapshot->engines), part;
    while (str_next(&rest, ',', &part))
        if (str_equal_text(part, engine))
            return;
    snapshot->engines = snapshot->engines[0]
                            ? arena_printf(arena, "%s,%s", snapshot->engines, engine)
                            : arena_text(arena, engine);
}

static void visit_take(Arena *arena, const Visit *visit, Snapshot *snapshot)
{
    SnapVisit snap = {.scenario = arena_text(arena, visit->scenario_id),
                      .persona = arena_text(arena, visit->persona_id),
                      .engine = arena_text(arena, visit->engine),
                      .number = visit->number,
                      .outcome = visit->outcome,
                      .started_us = visit->started_us,
                      .duration_us = visit->duration_us};
    visit_sum(visit, &snap);
    engine_note(arena, snapshot, snap.engine);
    pages_take(arena, visit, snapshot->visit_count, snapshot);
    price_take(arena, visit, snapshot);
    ARENA_PUSH(arena, snapshot->visits, snapshot->visit_count, snapshot->visit_capacity,
               snap);
}

/* Visits that walk: not the one that only tries links. */
static bool is_walked(const Visit *visit)
{
    return visit->scenario_id && visit->persona_id && visit->engine &&
           strcmp(visit->scenario_id, "links") != 0;
}

static void first_mark(Snapshot *snapshot)
{
    size_t first = 0;
    for (size_t v = 1; v < snapshot->visit_count; v++)
        if (snapshot->visits[v].started_us < snapshot->visits[first].started_us)
            first = v;
    /* With one visit a journey there would be nothing left. */
    if (snapshot->visit_count > 1)
        snapshot->visits[first].is_first = true;
}

static char outcome_letter(FindingOutcome outcome)
{
    static const char letters[FINDING_OUTCOME_COUNT] = {'p', 'f', '?', '-'};
    return letters[outcome];
}

/* A round failed when any of its visits failed; it passed when one passed and none failed.
 */
static char letter_join(char have, char more)
{
    static const char order[] = "-?pf";
    return strchr(order, more) > strchr(order, have) ? more : have;
}

static const char *rounds_of(Arena *arena, const Audit *audit, const Finding *finding)
{
    int last = 0;
    for (size_t v = 0; v < audit->visit_count; v++)
        if (is_walked(audit->visits[v]) && audit->visits[v]->number > last)
            last = audit->visits[v]->number;
    if (last < 1 || last > 10000)
        last = 1;
    char *rounds = arena_alloc(arena, (size_t)last + 1);
    memset(rounds, '-', (size_t)last);
    bool is_placed = false;
    for (size_t i = 0; i < finding->result_count; i++) {
        const PageResult *result = &finding->results[i];
        const Visit *visit = audit->visits[result->visit];
        if (!is_walked(visit) || visit->number < 1 || visit->number > last)
            continue;
        char *letter = &rounds[visit->number - 1];
        *letter = letter_join(*letter, outcome_letter(result->outcome));
        is_placed = true;
    }
    /* What was asked of the site as a whole holds for every round. */
    if (!is_placed)
        memset(rounds, outcome_letter(finding->outcome), (size_t)last);
    return rounds;
}

static const char *failing_page(const Audit *audit, const Finding *finding)
{
    for (size_t i = 0; i < finding->result_count; i++) {
        const PageResult *result = &finding->results[i];
        const Visit *visit = audit->visits[result->visit];
        if (result->outcome == FINDING_FAIL && result->page >= 0 &&
            (size_t)result->page < visit->page_count)
            return page_kind_name(visit->pages[result->page]->kind);
    }
    return "";
}

static void finding_take(Arena *arena, const Audit *audit, const Finding *finding,
                         Snapshot *snapshot)
{
    SnapFinding snap = {.rule = arena_text(arena, finding->rule->id),
                        .fingerprint = arena_text(arena, finding->fingerprint),
                        .dimension = finding->rule->dimension,
                        .impact = finding->rule->impact,
                        .outcome = finding->outcome,
                        .value = finding->value,
                        .pages_failed = finding->pages_failed,
                        .pages_seen = finding->pages_seen};
    snap.revision = finding->revision ? arena_text(arena, finding->revision)
                                      : rule_revision(arena, finding->rule);
    snap.rounds = rounds_of(arena, audit, finding);
    snap.page = failing_page(audit, finding);
    ARENA_PUSH(arena, snapshot->findings, snapshot->finding_count,
               snapshot->finding_capacity, snap);
}

static void marks_take(const Audit *audit, Snapshot *snapshot)
{
    snapshot->score = audit->score;
    snapshot->confidence = audit->confidence;
    snapshot->satisfaction = audit->customer.satisfaction.value;
    snapshot->recommendation = audit->customer.recommendation.value;
    snapshot->effort = audit->customer.effort.value;
    snapshot->completion = audit->customer.completion.value;
    for (int d = 0; d < DIMENSION_COUNT; d++)
        snapshot->dimensions[d] = audit->dimensions[d].score;
}

void snapshot_take(Arena *arena, const Audit *audit, Snapshot *snapshot)
{
    const Grid *grid = audit->grid;
    *snapshot = (Snapshot){.site = arena_text(arena, audit->site),
                           .host = arena_text(arena, audit->host),
                           .tool_version = arena_text(arena, audit->tool_version),
                           .place = arena_text(arena, audit->place ? audit->place : ""),
                           .engines = "",
                           .started_us = audit->started_us,
                           .duration_us = audit->duration_us,
                           .status = audit->status,
                           .is_partial = audit->is_partial};
    snapshot->command = arena_text(arena, audit->command ? audit->command : "");
    snapshot->grid = arena_printf(arena, "%s %s", grid && grid->id ? grid->id : "",
                                  grid && grid->version ? grid->version : "");
    snapshot->name = snapshot_name(arena, snapshot->site, snapshot->started_us);
    marks_take(audit, snapshot);
    for (size_t v = 0; v < audit->visit_count; v++)
        if (is_walked(audit->visits[v]))
            visit_take(arena, audit->visits[v], snapshot);
    first_mark(snapshot);
    for (size_t f = 0; f < audit->finding_count; f++)
        finding_take(arena, audit, audit->findings[f], snapshot);
}

Metric snapshot_primary(const char *engine)
{
    return strcmp(engine, "chromium") == 0 ? METRIC_LCP : METRIC_TTFB;
}

/* Median of the visit's pages of one kind. NAN: none measured. */
static double visit_value(Arena *arena, const Snapshot *s, size_t visit,
                          const SnapMedian *of)
{
    double *values = ARENA_ARRAY(arena, s->page_count, double);
    size_t count = 0;
    for (size_t p = 0; p < s->page_count; p++) {
        const SnapPage *page = &s->pages[p];
        if (page->visit == visit && page->kind == of->kind && page->stage == of->stage &&
            !isnan(page->metrics[of->metric]))
            values[count++] = page->metrics[of->metric];
    }
    stats_sort(values, count);
    return stats_median(values, count);
}

static void median_fill(const Snapshot *s, SnapMedian *median)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    double *values = ARENA_ARRAY(scratch, s->visit_count, double);
    for (size_t v = 0; v < s->visit_count; v++) {
        const SnapVisit *visit = &s->visits[v];
        if (!snap_visit_counts(visit) || strcmp(visit->engine, median->engine) != 0)
            continue;
        double value = visit_value(scratch, s, v, median);
        if (!isnan(value))
            values[median->visits++] = value;
    }
    stats_sort(values, median->visits);
    median->median = stats_median(values, median->visits);
}

static bool median_is_known(const SnapMedian *list, size_t count, const SnapMedian *one)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].kind == one->kind && list[i].stage == one->stage &&
            strcmp(list[i].engine, one->engine) == 0)
            return true;
    return false;
}

static void medians_sort(SnapMedian *list, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        SnapMedian kept = list[i];
        size_t at = i;
        for (; at > 0 &&
               (list[at - 1].kind > kept.kind ||
                (list[at - 1].kind == kept.kind && list[at - 1].stage > kept.stage));
             at--)
            list[at] = list[at - 1];
        list[at] = kept;
    }
}

size_t snapshot_medians(Arena *arena, const Snapshot *snapshot, SnapMedian **list)
{
    SnapMedian *items = NULL;
    size_t count = 0, capacity = 0;
    for (size_t p = 0; p < snapshot->page_count; p++) {
        const SnapPage *page = &snapshot->pages[p];
        const char *engine = snapshot->visits[page->visit].engine;
        SnapMedian median = {page->kind, page->stage, engine, snapshot_primary(engine), NAN,
                             0};
        if (median_is_known(items, count, &median))
            continue;
        median_fill(snapshot, &median);
        ARENA_PUSH(arena, items, count, capacity, median);
    }
    medians_sort(items, count);
    *list = items;
    return count;
}
