/* compare.c - the view of a comparison, and the formats made of it. Layer: report.
 *
 * SPDX-License-Identifier: MIT */
#include "report/compare.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/compare_inside.h"
#include "report/html.h"
#include "report/say.h"

const char *say_page(const Locale *locale, Arena *arena, const char *name)
{
    Str rest = str_of(name), kind, stage;
    if (!str_next_word(&rest, &kind))
        return "";
    const char *page = locale_page(locale, page_kind_of(arena_str_text(arena, kind)));
    if (!str_next_word(&rest, &stage))
        return page;
    const char *key = arena_printf(arena, "stage.%.*s", STR_ARGS(stage));
    return arena_printf(arena, "%s (%s)", page, locale_word(locale, key));
}

const char *compare_word(const CompareView *view, const char *key)
{
    return locale_word(view->locale, arena_printf(view->arena, "compare.%s", key));
}

const char *compare_value(const CompareView *view, Metric metric, double value)
{
    return locale_value(view->locale, view->arena, value, metric_info(metric)->unit);
}

/* Ratios with two decimals, differences in their unit. */
static const char *estimate_said(const CompareView *view, const Change *change,
                                 double value)
{
    if (isnan(value))
        return "?";
    if (change->is_ratio)
        return locale_number(view->locale, view->arena, value, 2);
    return arena_printf(view->arena, "%s%s", value < 0 ? "−" : "+",
                        compare_value(view, change->metric, fabs(value)));
}

const char *compare_interval(const CompareView *view, const Change *change)
{
    if (isnan(change->low))
        return "?";
    return arena_printf(view->arena, "%s – %s", estimate_said(view, change, change->low),
                        estimate_said(view, change, change->high));
}

static const char *p_said(const CompareView *view, double p)
{
    if (isnan(p))
        return "?";
    if (p < 0.0001)
        return arena_printf(view->arena, "< %s",
                            locale_number(view->locale, view->arena, 0.0001, 4));
    return locale_number(view->locale, view->arena, p, 4);
}

const char *compare_open_note(const CompareView *view, const Change *change)
{
    if (change->word != CHANGE_INCONCLUSIVE)
        return NULL;
    return locale_line(
        view->locale, view->arena, change->is_too_few ? "compare.too-few" : "compare.more",
        LOCALE_ARGS({"n", say_int(view->arena, (int64_t)change->visits)},
                    {"needed", say_int(view->arena, (int64_t)change->needed)}));
}

const char *compare_step(const CompareView *view, const char *step)
{
    StepKind kind = step_kind_of(step);
    return kind < STEP_KIND_COUNT ? locale_step(view->locale, kind) : step;
}

/* Places on a scale from a quarter to four times as long, equal ratios equal distances. */
static const char *x_of(const CompareView *view, double ratio)
{
    char text[64];
    double share = fmin(1, fmax(0, 0.5 + log2(ratio) / 4));
    return arena_printf(view->arena, "%s%%",
                        number_fixed(100 * share, 2, text, sizeof text));
}

static const char *width_of(const CompareView *view, double low, double high)
{
    char text[64];
    double a = fmin(1, fmax(0, 0.5 + log2(low) / 4));
    double b = fmin(1, fmax(0, 0.5 + log2(high) / 4));
    return arena_printf(view->arena, "%s%%",
                        number_fixed(100 * (b - a), 2, text, sizeof text));
}

static void bar_put(const CompareView *view, const Change *change, Value *row)
{
    bool has_bar = change->is_ratio && !isnan(change->estimate);
    value_put_bool(row, "has_bar", has_bar);
    if (!has_bar)
        return;
    value_put_text(row, "band_x", x_of(view, 1 / change->limit));
    value_put_text(row, "band_width", width_of(view, 1 / change->limit, change->limit));
    value_put_text(row, "at", x_of(view, change->estimate));
    value_put_bool(row, "has_interval", !isnan(change->low));
    if (isnan(change->low))
        return;
    value_put_text(row, "from", x_of(view, change->low));
    value_put_text(row, "to", x_of(view, change->high));
}

static void time_put(const CompareView *view, const ComparedTime *time, Value *list)
{
    const Change *change = &time->change;
    Value *row = value_add_object(list);
    const char *word = change_word_name(change->word);
    value_put_text(row, "page",
                   say_page(view->locale, view->arena,
                            snap_page_name(view->arena, time->kind, time->stage)));
    value_put_text(row, "step", compare_step(view, time->step));
    value_put_text(row, "engine", time->engine);
    value_put_text(row, "metric", locale_metric(view->locale, change->metric));
    value_put_text(row, "metric_id", metric_info(change->metric)->name);
    value_put_text(row, "before", compare_value(view, change->metric, change->before));
    value_put_text(row, "after", compare_value(view, change->metric, change->after));
    value_put_text(row, "estimate", estimate_said(view, change, change->estimate));
    value_put_text(row, "interval", compare_interval(view, change));
    value_put_text(row, "limit", estimate_said(view, change, change->limit));
    value_put_text(row, "p", p_said(view, change->p_adjusted));
    value_put_text(row, "visits", say_int(view->arena, (int64_t)change->visits));
    value_put_text(row, "class", word);
    value_put_text(row, "word",
                   compare_word(view, arena_printf(view->arena, "word.%s", word)));
    value_put_text(row, "note", compare_open_note(view, change));
    value_put_text(row, "line", compare_time_line(view->arena, time));
    value_put_bool(row, "is_worse", change->word == CHANGE_WORSE);
    value_put_bool(row, "is_open", change->word == CHANGE_INCONCLUSIVE);
    if (!isnan(change->detectable))
        value_put_text(row, "detectable",
                       locale_percent(view->locale, view->arena, change->detectable, 0));
    bar_put(view, change, row);
}

static void times_put(const CompareView *view, Value *root)
{
    const Comparison *c = view->telling->comparison;
    Value *times = value_put_list(root, "times");
    Value *leads = value_put_list(root, "leads");
    for (size_t i = 0; i < c->time_count; i++)
        time_put(view, &c->times[i], c->times[i].is_primary ? times : leads);
    value_put_bool(root, "has_times", times->count > 0);
    value_put_bool(root, "has_leads", leads->count > 0);
}

const char *compare_criterion(const CompareView *view, const ComparedFinding *finding)
{
    const SnapFinding *known = finding->after ? finding->after : finding->before;
    const Rule *rule =
        view->telling->grid ? grid_rule(view->telling->grid, known->rule) : NULL;
    return rule ? locale_text(view->locale, view->arena, &rule->criterion) : known->rule;
}

static void finding_put(const CompareView *view, const ComparedFinding *finding,
                        Value *list)
{
    const SnapFinding *known = finding->after ? finding->after : finding->before;
    const char *state = finding_change_name(finding->state);
    Value *row = value_add_object(list);
    value_put_text(row, "rule", known->rule);
    value_put_rich(row, "criterion", compare_criterion(view, finding));
    value_put_text(row, "impact_id", impact_name(known->impact));
    value_put_text(row, "impact",
                   locale_word(view->locale, arena_printf(view->arena, "impact.%s",
                                                          impact_name(known->impact))));
    value_put_text(row, "page",
                   known->page[0] ? say_page(view->locale, view->arena, known->page) : "");
    value_put_text(row, "before", finding->before ? finding->before->rounds : "");
    value_put_text(row, "after", finding->after ? finding->after->rounds : "");
    value_put_text(row, "class", state);
    value_put_text(row, "state",
                   compare_word(view, arena_printf(view->arena, "state.%s", state)));
    value_put_bool(row, "is_new", finding->state == FINDING_NEW);
    value_put_bool(row, "is_kept", finding->state == FINDING_STILL);
}

static void findings_put(const CompareView *view, Value *root)
{
    const Comparison *c = view->telling->comparison;
    Value *list = value_put_list(root, "findings");
    Value *counts = value_put_list(root, "counts");
    for (size_t i = 0; i < c->finding_count; i++)
        finding_put(view, &c->findings[i], list);
    for (int s = 0; s < FINDING_CHANGE_COUNT; s++) {
        Value *one = value_add_object(counts);
        const char *state = finding_change_name((FindingChange)s);
        value_put_text(one, "state",
                       compare_word(view, arena_printf(view->arena, "state.%s", state)));
        value_put_text(one, "class", state);
        value_put_text(one, "count", say_int(view->arena, c->counts[s]));
    }
    value_put_bool(root, "has_findings", c->finding_count > 0);
}

static const char *count_pair(const CompareView *view, double before, double after)
{
    return arena_printf(view->arena, "%s → %s",
                        locale_number(view->locale, view->arena, before, -1),
                        locale_number(view->locale, view->arena, after, -1));
}

static void journeys_put(const CompareView *view, Value *root)
{
    const Comparison *c = view->telling->comparison;
    Value *list = value_put_list(root, "journeys");
    for (size_t i = 0; i < c->journey_count; i++) {
        const ComparedJourney *journey = &c->journeys[i];
        Value *row = value_add_object(list);
        value_put_text(row, "name",
                       arena_printf(view->arena, "%s, %s, %s", journey->scenario,
                                    journey->persona, journey->engine));
        value_put_text(row, "done",
                       arena_printf(view->arena, "%zu/%zu → %zu/%zu", journey->before_done,
                                    journey->before_count, journey->after_done,
                                    journey->after_count));
        value_put_text(row, "p", p_said(view, journey->p));
        value_put_text(row, "pages",
                       count_pair(view, journey->before_pages, journey->after_pages));
        value_put_text(row, "clicks",
                       count_pair(view, journey->before_clicks, journey->after_clicks));
        value_put_text(row, "fields",
                       count_pair(view, journey->before_fields, journey->after_fields));
    }
}

static void prices_put(const CompareView *view, Value *root)
{
    const Comparison *c = view->telling->comparison;
    Value *list = value_put_list(root, "prices");
    for (size_t i = 0; i < c->price_count; i++) {
        const SnapPrice *pair[] = {c->prices[i].before, c->prices[i].after};
        Value *row = value_add_object(list);
        value_put_text(row, "name", pair[1]->name);
        value_put_text(row, "path", pair[1]->path);
        for (int side = 0; side < 2; side++)
            value_put_text(
                row, side ? "after" : "before",
                locale_money(view->locale, view->arena,
                             arena_printf(view->arena, "%s %s", pair[side]->currency,
                                          say_number(view->arena, pair[side]->price))));
    }
    value_put_bool(root, "has_prices", c->price_count > 0);
}

const char *compare_design_note(const CompareView *view)
{
    const CompareDesign *design = &view->telling->comparison->design;
    if (design->is_interleaved)
        return compare_word(view, "interleaved");
    if (design->sessions < 5 || isnan(design->session_sd))
        return locale_line(
            view->locale, view->arena, "compare.doubled",
            LOCALE_ARGS({"n", say_int(view->arena, (int64_t)design->sessions)}));
    return locale_line(
        view->locale, view->arena, "compare.widened",
        LOCALE_ARGS({"n", say_int(view->arena, (int64_t)design->sessions)},
                    {"spread", say_number(view->arena, expm1(design->session_sd))}));
}

static void side_put(const CompareView *view, Value *root, const char *key,
                     const Snapshot *s)
{
    Value *side = value_put_object(root, key);
    value_put_text(side, "site", s->site);
    value_put_text(side, "when",
                   arena_printf(view->arena, "%s %s",
                                locale_date(view->locale, view->arena, s->started_us),
                                locale_time(view->locale, view->arena, s->started_us)));
    value_put_text(side, "mark", locale_number(view->locale, view->arena, s->score, 0));
    value_put_text(side, "grid", s->grid);
    value_put_text(side, "visits", say_int(view->arena, (int64_t)s->visit_count));
}

Value *compare_view(CompareView *view)
{
    const Comparison *c = view->telling->comparison;
    Value *root = html_root(view->arena, view->locale, "compare.");
    const char *word = change_word_name(c->word);
    value_put_text(root, "class", word);
    value_put_text(root, "headline",
                   compare_word(view, arena_printf(view->arena, "headline.%s", word)));
    value_put_text(root, "reason", view->telling->reason);
    value_put_text(root, "design", compare_design_note(view));
    side_put(view, root, "before", c->before);
    side_put(view, root, "after", c->after);
    value_put_bool(root, "is_same_place", strcmp(c->before->place, c->after->place) == 0);
    times_put(view, root);
    findings_put(view, root);
    journeys_put(view, root);
    prices_put(view, root);
    size_t primary = 0, worse = 0, open = 0;
    for (size_t i = 0; i < c->time_count; i++) {
        primary += c->times[i].is_primary;
        worse += c->times[i].is_primary && c->times[i].change.word == CHANGE_WORSE;
        open += c->times[i].is_primary && c->times[i].change.word == CHANGE_INCONCLUSIVE;
    }
    value_put_text(root, "tests", say_int(view->arena, (int64_t)primary));
    value_put_text(root, "failures", say_int(view->arena, (int64_t)worse));
    value_put_text(root, "skipped", say_int(view->arena, (int64_t)open));
    value_put_text(root, "finding_tests", say_int(view->arena, (int64_t)c->finding_count));
    value_put_text(root, "finding_failures", say_int(view->arena, c->counts[FINDING_NEW]));
    value_put_text(root, "all_tests",
                   say_int(view->arena, (int64_t)(primary + c->finding_count)));
    value_put_text(root, "all_failures",
                   say_int(view->arena, (int64_t)worse + c->counts[FINDING_NEW]));
    return root;
}
