/* benchmark.c - a league of shops as a page and for a terminal. Layer: report.
 *
 * SPDX-License-Identifier: MIT */
#include "report/benchmark.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "report/benchmark_inside.h"
#include "report/escape.h"
#include "report/html.h"
#include "report/say.h"

enum { PAIRS_SHOWN = 60, LEADERS_NAMED = 3 };

/* Smaller ones are told as smaller, not as 0. */
static const double P_SHOWN_LEAST = 0.001;

const char *league_word(const LeagueTelling *t, const char *key)
{
    return locale_word(t->locale, arena_printf(t->arena, "benchmark.%s", key));
}

static const char *number(const LeagueTelling *t, double value, int decimals)
{
    return isnan(value) ? "?" : locale_number(t->locale, t->arena, value, decimals);
}

static const char *with_range(const LeagueTelling *t, double value, const Interval *range)
{
    const char *said = number(t, value, 0);
    if (isnan(range->low) || isnan(value))
        return said;
    return arena_printf(t->arena, "%s (%s)", said,
                        locale_range(t->locale, t->arena, range->low, range->high, 0));
}

const char *league_rank(const LeagueTelling *t, const LeagueShop *shop)
{
    /* No place is told where chance was not looked at. */
    return shop->tier ? with_range(t, shop->rank, &shop->rank_interval) : "?";
}

const char *league_score(const LeagueTelling *t, const LeagueShop *shop)
{
    return with_range(t, shop->score, &shop->interval);
}

static int tiers_of(const Benchmark *benchmark)
{
    int tiers = 0;
    for (size_t s = 0; s < benchmark->shop_count; s++)
        tiers = benchmark->shops[s].tier > tiers ? benchmark->shops[s].tier : tiers;
    return tiers;
}

/* Who leads, by name while they are few, and by how much: NULL when nobody is ahead. */
static const char *lead_say(const LeagueTelling *t)
{
    const Benchmark *benchmark = t->benchmark;
    const char *names[LEADERS_NAMED];
    int count = 0;
    const LeagueShop *next = NULL;
    for (size_t s = 0; s < benchmark->shop_count && !next; s++) {
        const LeagueShop *shop = &benchmark->shops[s];
        if (shop->tier > 1)
            next = shop;
        else if (shop->tier == 1 && count < LEADERS_NAMED)
            names[count++] = shop->name;
        else
            return NULL;
    }
    if (!next || isnan(benchmark->shops[0].score) || isnan(next->score))
        return NULL;
    double ahead = benchmark->shops[count - 1].score - next->score;
    return locale_line(
        t->locale, t->arena, "benchmark.lead",
        LOCALE_ARGS({"n", say_int(t->arena, count)},
                    {"names", locale_list(t->locale, t->arena, names, count)},
                    {"next", next->name}, {"points", number(t, ahead, 0)}));
}

static const char *tiers_say(const LeagueTelling *t)
{
    int tiers = tiers_of(t->benchmark);
    return locale_line(
        t->locale, t->arena, tiers == 1 ? "benchmark.one-tier" : "benchmark.tiers",
        LOCALE_ARGS({"n", say_int(t->arena, tiers)},
                    {"blocks", say_int(t->arena, (int64_t)t->benchmark->block_count)}));
}

static const char *p_say(const LeagueTelling *t, double p)
{
    return p < P_SHOWN_LEAST ? arena_printf(t->arena, "< %s", number(t, P_SHOWN_LEAST, 3))
                             : arena_printf(t->arena, "= %s", number(t, p, 3));
}

const char *league_lede(const LeagueTelling *t)
{
    const Benchmark *benchmark = t->benchmark;
    int tiers = tiers_of(benchmark);
    const char *lead = lead_say(t);
    if (lead)
        return lead;
    if (!tiers)
        return locale_line(
            t->locale, t->arena, "benchmark.few",
            LOCALE_ARGS({"n", say_int(t->arena, (int64_t)benchmark->block_count)}));
    return tiers_say(t);
}

/* ---- the page ---- */

static const char *tags_of(const LeagueTelling *t, const PanelShop *panel)
{
    int count = 0;
    while (panel->tags && panel->tags[count])
        count++;
    return count ? locale_list(t->locale, t->arena, panel->tags, count) : NULL;
}

static const char *failure_of(const LeagueTelling *t, const LeagueShop *shop)
{
    return shop->failure ? locale_reason(t->locale, t->arena, shop->failure) : NULL;
}

static const char *percent_of(const LeagueTelling *t, double mark)
{
    return arena_printf(t->arena, "%s%%", say_number(t->arena, mark));
}

/* The mark on a line from 0 to 100, with its interval. */
static void range_put(const LeagueTelling *t, const LeagueShop *shop, Value *one)
{
    bool has_range = !isnan(shop->interval.low);
    if (isnan(shop->score))
        return;
    Value *line = value_put_object(one, "line");
    value_put_text(line, "at", percent_of(t, shop->score));
    value_put_text(line, "from",
                   percent_of(t, has_range ? shop->interval.low : shop->score));
    value_put_text(line, "to",
                   percent_of(t, has_range ? shop->interval.high : shop->score));
}

static void shop_put(const LeagueTelling *t, const LeagueShop *shop, Value *list)
{
    Value *one = value_add_object(list);
    value_put_text(one, "name", shop->name);
    value_put_text(one, "url", shop->panel.url);
    value_put_text(one, "group", shop->panel.group);
    value_put_text(one, "tags", tags_of(t, &shop->panel));
    value_put_text(one, "note", shop->panel.note);
    value_put_text(one, "rank", league_rank(t, shop));
    value_put_text(one, "tier", shop->tier ? say_int(t->arena, shop->tier) : "?");
    value_put_text(one, "score", league_score(t, shop));
    value_put_text(one, "failure", failure_of(t, shop));
    range_put(t, shop, one);
    if (shop->audit && shop->folder)
        value_put_text(one, "report",
                       arena_printf(t->arena, "%s/report.html", shop->folder));
    Value *dimensions = value_put_list(one, "dimensions");
    for (int d = 0; d < DIMENSION_COUNT; d++)
        value_add_text(dimensions, number(t, shop->dimensions[d], 0));
    Value *weights = value_put_list(one, "weights");
    for (int w = 0; w < WEIGHTING_COUNT; w++)
        value_add_text(weights,
                       isnan(shop->weighted[w])
                           ? "?"
                           : arena_printf(t->arena, "%d. (%s)", shop->weighted_rank[w],
                                          number(t, shop->weighted[w], 0)));
    Value *gaps = value_put_list(one, "gaps");
    for (size_t i = 0; i < shop->gap_count; i++) {
        Value *gap = value_add_object(gaps);
        value_put_text(gap, "criterion",
                       say_found(t->locale, t->arena, shop->audit, shop->gaps[i]));
        value_put_text(gap, "dimension",
                       say_dimension(t->locale, t->arena, t->benchmark->grid,
                                     shop->gaps[i]->rule->dimension));
    }
    value_put_bool(one, "has_gaps", shop->gap_count > 0);
}

static void steps_put(const LeagueTelling *t, Value *root)
{
    const Benchmark *benchmark = t->benchmark;
    Value *list = value_put_list(root, "steps");
    for (size_t i = 0; i < benchmark->step_count; i++) {
        const LeagueStep *step = &benchmark->steps[i];
        Value *one = value_add_object(list);
        value_put_text(one, "name", locale_step(t->locale, step->kind));
        value_put_text(one, "best", benchmark->shops[step->shop].name);
        value_put_text(one, "time",
                       locale_duration(t->locale, t->arena, step->times_ms[step->shop]));
        value_put_text(one, "done",
                       locale_percent(t->locale, t->arena, step->done[step->shop], 0));
        value_put_text(one, "p10", locale_duration(t->locale, t->arena, step->p10));
        value_put_text(one, "median", locale_duration(t->locale, t->arena, step->median));
        value_put_text(one, "url", step->url);
        const LeagueShop *best = &benchmark->shops[step->shop];
        if (best->audit && best->folder)
            value_put_text(one, "report",
                           arena_printf(t->arena, "%s/report.html", best->folder));
        Value *cells = value_put_list(one, "cells");
        for (size_t s = 0; s < benchmark->shop_count; s++)
            value_add_text(cells,
                           isnan(step->done[s]) ? "?"
                           : isnan(step->times_ms[s])
                               ? "✗"
                               : locale_duration(t->locale, t->arena, step->times_ms[s]));
    }
    value_put_bool(root, "has_steps", benchmark->step_count > 0);
}

static void pairs_put(const LeagueTelling *t, Value *root)
{
    const Benchmark *benchmark = t->benchmark;
    Value *list = value_put_list(root, "pairs");
    for (size_t i = 0; i < benchmark->pair_count && i < PAIRS_SHOWN; i++) {
        const LeaguePair *pair = &benchmark->pairs[i];
        Value *one = value_add_object(list);
        value_put_text(one, "a", benchmark->shops[pair->a].name);
        value_put_text(one, "b", benchmark->shops[pair->b].name);
        value_put_text(one, "shift", locale_signed(t->locale, t->arena, pair->shift, 1));
        value_put_text(one, "p", p_say(t, pair->p));
        value_put_text(one, "word", league_word(t, pair->is_certain ? "differs" : "open"));
        value_put_text(one, "class", pair->is_certain ? "met" : "unseen");
    }
    value_put_bool(root, "has_pairs", benchmark->pair_count > 0);
}

static void heads_put(const LeagueTelling *t, Value *root)
{
    Value *dimensions = value_put_list(root, "dimension_names");
    for (int d = 0; d < DIMENSION_COUNT; d++)
        value_add_text(dimensions, say_dimension(t->locale, t->arena, t->benchmark->grid,
                                                 (Dimension)d));
    Value *names = value_put_list(root, "shop_names");
    for (size_t s = 0; s < t->benchmark->shop_count; s++)
        value_add_text(names, t->benchmark->shops[s].name);
}

static bool html(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                 Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RenderShelf shelf = {arena, options->folders, "html"};
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    LeagueTelling t = {arena, locale, benchmark};
    Value *root = html_root(arena, locale, "benchmark.");
    value_put_text(root, "brand_name",
                   options->brand.name ? options->brand.name : "Mystery");
    value_put_text(root, "title",
                   benchmark->name ? benchmark->name : league_word(&t, "title"));
    value_put_text(root, "when", locale_date(locale, arena, benchmark->started_us));
    value_put_text(root, "lede", league_lede(&t));
    if (lead_say(&t))
        value_put_text(root, "sure", tiers_say(&t));
    value_put_text(root, "saved", benchmark->is_saved ? league_word(&t, "saved") : NULL);
    value_put_text(root, "partial",
                   benchmark->is_partial ? league_word(&t, "partial") : NULL);
    value_put_text(
        root, "weight_note",
        league_word(&t, benchmark->is_weight_bound ? "weights-matter" : "weights-same"));
    if (!isnan(benchmark->friedman_p))
        value_put_text(root, "friedman",
                       locale_line(locale, arena, "benchmark.friedman",
                                   LOCALE_ARGS({"p", p_say(&t, benchmark->friedman_p)})));
    heads_put(&t, root);
    Value *shops = value_put_list(root, "shops");
    for (size_t s = 0; s < benchmark->shop_count; s++)
        shop_put(&t, &benchmark->shops[s], shops);
    steps_put(&t, root);
    pairs_put(&t, root);
    return html_page(&shelf, "benchmark.mustache", root, out, err);
}

const BenchmarkFormat *benchmark_format(const char *name)
{
    static const BenchmarkFormat formats[] = {{"html", "benchmark.html", html},
                                              {"json", "benchmark.json", benchmark_json},
                                              {"csv", "benchmark.csv", benchmark_csv}};
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

/* ---- terminal ---- */

static void cell(Buf *out, const char *text, size_t width)
{
    size_t size = str_rune_count(str_of(text));
    escape_terminal(out, str_of(text));
    for (; size < width; size++)
        buf_add_byte(out, ' ');
    buf_add_text(out, "  ");
}

bool benchmark_text(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                    Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    LeagueTelling t = {arena, locale, benchmark};
    escape_terminal(out, str_of(league_lede(&t)));
    buf_add_text(out, "\n\n");
    cell(out, league_word(&t, "tier"), 6);
    cell(out, league_word(&t, "rank"), 9);
    cell(out, league_word(&t, "score"), 12);
    buf_printf(out, "%s\n", league_word(&t, "shop"));
    for (size_t s = 0; s < benchmark->shop_count; s++) {
        const LeagueShop *shop = &benchmark->shops[s];
        cell(out, shop->tier ? say_int(arena, shop->tier) : "?", 6);
        cell(out, league_rank(&t, shop), 9);
        cell(out, league_score(&t, shop), 12);
        escape_terminal(out, str_of(shop->name));
        if (shop->failure) {
            buf_add_text(out, ": ");
            escape_terminal(out, str_of(failure_of(&t, shop)));
        }
        buf_add_byte(out, '\n');
    }
    return buf_check(out, "the league", err);
}
