/* benchmark_write.c - a league of shops as JSON and CSV. Layer: report.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/units.h"
#include "report/benchmark_inside.h"
#include "report/escape.h"

/* 0 is none. */
static double whole(int number)
{
    return number ? (double)number : (double)NAN;
}

static void interval_json(JsonWriter *json, const char *key, const Interval *interval)
{
    json_write_key(json, key);
    if (isnan(interval->low)) {
        json_write_null(json);
        return;
    }
    json_write_array(json);
    json_write_number(json, interval->low);
    json_write_number(json, interval->high);
    json_write_end(json);
}

static void tags_json(JsonWriter *json, const char **tags)
{
    json_write_key(json, "tags");
    json_write_array(json);
    for (; tags && *tags; tags++)
        json_write_text(json, *tags);
    json_write_end(json);
}

static void weights_json(JsonWriter *json, const LeagueShop *shop)
{
    static const char *const names[WEIGHTING_COUNT] = {"grid", "equal", "speed"};
    json_write_key(json, "weightings");
    json_write_object(json);
    for (int w = 0; w < WEIGHTING_COUNT; w++) {
        json_write_key(json, names[w]);
        json_write_object(json);
        json_put_number(json, "score", shop->weighted[w]);
        json_put_number(json, "rank", whole(shop->weighted_rank[w]));
        json_write_end(json);
    }
    json_write_end(json);
}

static void shop_json(JsonWriter *json, const Benchmark *benchmark, const LeagueShop *shop)
{
    json_write_object(json);
    json_put_text(json, "url", shop->panel.url);
    json_put_text(json, "name", shop->name);
    json_put_text(json, "group", shop->panel.group);
    tags_json(json, shop->panel.tags);
    json_put_text(json, "note", shop->panel.note);
    json_put_text(json, "audit", shop->panel.audit ? shop->panel.audit : shop->folder);
    json_put_text(json, "failure", shop->failure);
    json_put_number(json, "rank", shop->tier ? shop->rank : NAN);
    interval_json(json, "rank_interval", &shop->rank_interval);
    json_put_number(json, "tier", whole(shop->tier));
    json_put_number(json, "score", shop->score);
    interval_json(json, "interval", &shop->interval);
    json_write_key(json, "blocks");
    json_write_array(json);
    for (size_t b = 0; b < benchmark->block_count; b++)
        json_write_number(json, shop->blocks[b]);
    json_write_end(json);
    json_write_key(json, "dimensions");
    json_write_object(json);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        json_put_number(json, dimension_name((Dimension)d), shop->dimensions[d]);
    json_write_end(json);
    weights_json(json, shop);
    json_write_key(json, "gaps");
    json_write_array(json);
    for (size_t i = 0; i < shop->gap_count; i++)
        json_write_text(json, shop->gaps[i]->rule->id);
    json_write_end(json);
    json_write_end(json);
}

static void step_json(JsonWriter *json, const Benchmark *benchmark, const LeagueStep *step)
{
    json_write_object(json);
    json_put_text(json, "kind", step_info(step->kind)->name);
    json_put_text(json, "best", benchmark->shops[step->shop].name);
    json_put_text(json, "url", *step->url ? step->url : NULL);
    json_put_text(json, "visit", *step->file ? step->file : NULL);
    json_put_number(json, "p10_ms", step->p10);
    json_put_number(json, "median_ms", step->median);
    json_write_key(json, "shops");
    json_write_array(json);
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        json_write_object(json);
        json_put_number(json, "median_ms", step->times_ms[s]);
        json_put_number(json, "done", step->done[s]);
        json_write_end(json);
    }
    json_write_end(json);
    json_write_end(json);
}

static void pair_json(JsonWriter *json, const Benchmark *benchmark, const LeaguePair *pair)
{
    json_write_object(json);
    json_put_text(json, "a", benchmark->shops[pair->a].name);
    json_put_text(json, "b", benchmark->shops[pair->b].name);
    json_put_number(json, "difference", pair->shift);
    interval_json(json, "interval", &pair->range);
    json_put_number(json, "p", pair->p);
    json_put_bool(json, "certain", pair->is_certain);
    json_write_end(json);
}

static void head_json(JsonWriter *json, const Benchmark *benchmark)
{
    char when[32];
    clock_iso8601(benchmark->started_us, when, sizeof when);
    json_put_text(json, "schema", "mystery-benchmark/1");
    json_put_text(json, "name", benchmark->name);
    json_put_text(json, "tool", benchmark->tool_version);
    json_put_text(json, "grid", benchmark->grid->version);
    json_put_text(json, "started", when);
    json_put_integer(json, "planned", (int64_t)benchmark->planned);
    json_put_integer(json, "blocks", (int64_t)benchmark->block_count);
    json_put_bool(json, "partial", benchmark->is_partial);
    json_put_bool(json, "saved", benchmark->is_saved);
    json_put_number(json, "friedman", benchmark->friedman);
    json_put_number(json, "friedman_p", benchmark->friedman_p);
    json_put_bool(json, "weighting_changes_rank", benchmark->is_weight_bound);
}

bool benchmark_json(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                    Error *err)
{
    JsonWriter json;
    (void)options;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    head_json(&json, benchmark);
    json_write_key(&json, "shops");
    json_write_array(&json);
    for (size_t s = 0; s < benchmark->shop_count; s++)
        shop_json(&json, benchmark, &benchmark->shops[s]);
    json_write_end(&json);
    json_write_key(&json, "steps");
    json_write_array(&json);
    for (size_t i = 0; i < benchmark->step_count; i++)
        step_json(&json, benchmark, &benchmark->steps[i]);
    json_write_end(&json);
    json_write_key(&json, "pairs");
    json_write_array(&json);
    for (size_t i = 0; i < benchmark->pair_count; i++)
        pair_json(&json, benchmark, &benchmark->pairs[i]);
    json_write_end(&json);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the league", err);
}

static void number_csv(Buf *out, double number)
{
    char text[32];
    buf_add_byte(out, ',');
    if (!isnan(number))
        buf_add_text(out, number_text(number, text, sizeof text));
}

static void text_csv(Buf *out, const char *text)
{
    buf_add_byte(out, ',');
    escape_csv(out, str_of(text));
}

bool benchmark_csv(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                   Error *err)
{
    (void)options;
    buf_add_text(out, "shop,url,group,tier,rank,rank_low,rank_high,score,score_low,"
                      "score_high");
    for (int d = 0; d < DIMENSION_COUNT; d++)
        buf_printf(out, ",%s", dimension_name((Dimension)d));
    buf_add_text(out, ",score_equal,score_speed,failure\r\n");
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        const LeagueShop *shop = &benchmark->shops[s];
        const double numbers[] = {whole(shop->tier),
                                  shop->tier ? shop->rank : NAN,
                                  shop->rank_interval.low,
                                  shop->rank_interval.high,
                                  shop->score,
                                  shop->interval.low,
                                  shop->interval.high};
        escape_csv(out, str_of(shop->name));
        text_csv(out, shop->panel.url);
        text_csv(out, shop->panel.group);
        for (size_t i = 0; i < COUNT_OF(numbers); i++)
            number_csv(out, numbers[i]);
        for (int d = 0; d < DIMENSION_COUNT; d++)
            number_csv(out, shop->dimensions[d]);
        number_csv(out, shop->weighted[1]);
        number_csv(out, shop->weighted[2]);
        text_csv(out, shop->failure);
        buf_add_text(out, "\r\n");
    }
    return buf_check(out, "the league", err);
}
