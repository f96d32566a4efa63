/* view_method.c - what patience lets through, and how it all was measured.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/view_inside.h"

enum { LOSS_SHOWN_PERCENT = 3 }; /* smaller losses are told in one row */

static void loss_row(View *view, Value *rows, const char *name, double before,
                     const CascadeStep *step)
{
    Value *row = value_add_object(rows);
    value_put_text(row, "name", name);
    value_put_text(row, "left", view_percent(view, step->remains, 1));
    value_put_text(row, "lost", view_percent(view, before - step->remains, 1));
    value_put_bool(row, "is_unseen", !step->is_seen);
    value_put_text(
        row, "label",
        view_line(view, "patience.left",
                  LOCALE_ARGS(
                      {"n", say_number(view->arena, step->remains * 100)},
                      {"lost", say_number(view->arena, (step->remains - before) * 100)})));
}

/** Losses in their order: each begins where the last ended. */
static void cascade_put(View *view, Value *section)
{
    const Customer *customer = &view->audit->customer;
    Value *rows = value_put_list(section, "rows");
    CascadeStep small = {.kept = 1, .is_seen = true};
    double shown = 1;

    for (int i = 0; i < customer->cascade_count; i++) {
        const CascadeStep *step = &customer->cascade[i];
        bool is_last = i == customer->cascade_count - 1;
        if (!is_last && (1 - step->kept) * 100 < LOSS_SHOWN_PERCENT) {
            small.kept *= step->kept;
            continue;
        }
        CascadeStep told = {step->name, step->kept, shown * step->kept, step->is_seen};
        if (is_last && small.kept < 1) {
            small.remains = shown * small.kept;
            loss_row(view, rows, locale_word(view->locale, "input.small"), shown, &small);
            shown = small.remains;
            told.remains = shown * step->kept;
        }
        const char *key = arena_printf(view->arena, "input.%s", step->name);
        loss_row(view, rows, locale_word(view->locale, key), shown, &told);
        shown = told.remains;
    }
}

/** The same shop for the hurried, the ordinary and the patient visitor. */
static void patiences_put(View *view, Value *section)
{
    const double *by = view->audit->customer.completion_by;

    if (!isfinite(by[0]) || !isfinite(by[1]) || !isfinite(by[2]))
        return;
    value_put_text(
        section, "by_patience",
        view_line(view, "patience.by",
                  LOCALE_ARGS({"hurried", say_number(view->arena, by[0] * 100)},
                              {"ordinary", say_number(view->arena, by[1] * 100)},
                              {"patient", say_number(view->arena, by[2] * 100)})));
}

void view_patience(View *view)
{
    const ModelFigure *figure = &view->audit->customer.completion;
    Value *section = NULL;

    if (!isfinite(figure->value) || !say_has_mark(view->audit))
        return;
    section = view_section(
        view, "patience",
        view_line(view, "lede.patience",
                  LOCALE_ARGS({"n", say_number(view->arena, figure->value * 100)})));
    value_put_text(section, "badge", view_badge(view, figure));
    value_put_text(section, "calibrated", view_calibrated(view, figure, 100, 0));
    value_put_text(section, "value",
                   locale_number(view->locale, view->arena, figure->value * 100, 0));
    value_put_text(section, "x", view_percent(view, figure->value, 1));
    if (isfinite(figure->interval.low))
        value_put_text(
            section, "interval",
            view_line(view, "patience.interval",
                      LOCALE_ARGS(
                          {"low", say_number(view->arena, figure->interval.low * 100)},
                          {"high", say_number(view->arena, figure->interval.high * 100)})));
    cascade_put(view, section);
    patiences_put(view, section);
    value_put_text(section, "note", view_line(view, "patience.note", NULL));
    value_put_text(section, "formula",
                   figure->formula ? locale_find(view->locale, figure->formula) : NULL);
}

static void fact_put(Value *facts, const char *term, const char *text)
{
    Value *fact = NULL;

    if (!text || !*text)
        return;
    fact = value_add_object(facts);
    value_put_text(fact, "term", term);
    value_put_text(fact, "text", text);
}

static const char *personas_say(const View *view)
{
    const Audit *audit = view->audit;
    const char **said = ARENA_ARRAY(view->arena, audit->journey_count + 1, const char *);
    int count = 0;

    for (size_t j = 0; j < audit->journey_count; j++) {
        const Journey *journey = &audit->journeys[j];
        const char *title = locale_text(view->locale, view->arena, &journey->persona_title);
        const char *one = view_line(
            view, "method.persona",
            LOCALE_ARGS({"title", *title ? title : journey->persona_id},
                        {"patience",
                         say_number(view->arena, (double)journey->patience_us / 1000)}));
        int known = 0;
        while (known < count && strcmp(said[known], one) != 0)
            known++;
        if (known == count)
            said[count++] = one;
    }
    const char *text = count > 0 ? said[0] : "";
    for (int i = 1; i < count; i++)
        text = arena_printf(view->arena, "%s%s%s", text,
                            locale_word(view->locale, "terminal.separator"), said[i]);
    return text;
}

static void visits_put(const View *view, Value *section)
{
    const Audit *audit = view->audit;
    Value *facts = value_put_list(section, "facts");

    fact_put(facts, locale_word(view->locale, "ui.personas"), personas_say(view));
    if (audit->journey_count > 0)
        fact_put(facts, locale_word(view->locale, "ui.safety"),
                 locale_word(view->locale, arena_printf(view->arena, "safety.%s",
                                                        safety_name(audit->safety))));
    fact_put(facts, locale_word(view->locale, "ui.with"),
             say_engines(view->locale, view->arena, audit));
    fact_put(facts, locale_word(view->locale, "ui.versions"),
             view_line(view, "method.versions",
                       LOCALE_ARGS({"tool", audit->tool_version ? audit->tool_version : ""},
                                   {"grid", audit->grid && audit->grid->version
                                                ? audit->grid->version
                                                : ""})));
    value_put_text(section, "command", audit->command);
}

/* A number as programs read it. */
static const char *fixed_say(const View *view, double number, int decimals)
{
    char text[64];

    return arena_text(view->arena, number_fixed(number, decimals, text, sizeof text));
}

/* What the outcomes of visits are to a program that counts tests. */
static void outcomes_count(const View *view, Value *section)
{
    Value *totals = value_put_object(view->root, "totals");
    size_t tests = view->audit->finding_count + (size_t)view->visit_count;
    int failures = 0, errors = 0, skipped = 0;

    for (int v = 0; v < view->visit_count; v++) {
        VisitOutcome outcome = view->visits[v]->outcome;
        failures += outcome == VISIT_ABANDONED;
        errors += outcome == VISIT_ERROR;
        skipped += outcome == VISIT_CANNOT || outcome == VISIT_BLOCKED;
    }
    value_put_text(section, "visit_count", say_int(view->arena, view->visit_count));
    value_put_text(section, "visit_failures", say_int(view->arena, failures));
    value_put_text(section, "visit_errors", say_int(view->arena, errors));
    value_put_text(section, "visit_skipped", say_int(view->arena, skipped));
    value_put_text(totals, "tests", say_int(view->arena, (int64_t)tests));
    value_put_text(totals, "failures",
                   say_int(view->arena, failures + (int)view->missed_count));
    value_put_text(totals, "errors", say_int(view->arena, errors));
}

/* Every visit, how it ended and why. */
static void ends_put(const View *view, Value *section)
{
    Value *list = value_put_list(section, "visits");

    value_put_bool(section, "has_visits", view->visit_count > 0);
    outcomes_count(view, section);
    for (int v = 0; v < view->visit_count; v++) {
        const Visit *visit = view->visits[v];
        Value *row = value_add_object(list);
        value_put_text(row, "scenario", visit->scenario_id);
        value_put_text(row, "persona", visit->persona_id);
        value_put_text(row, "number", say_int(view->arena, visit->number));
        value_put_text(row, "engine", visit->engine);
        value_put_text(row, "seconds",
                       fixed_say(view, (double)visit->duration_us / 1e6, 3));
        value_put_bool(row, "is_failed", visit->outcome == VISIT_ABANDONED);
        value_put_bool(row, "is_error", visit->outcome == VISIT_ERROR);
        value_put_bool(row, "is_skipped",
                       visit->outcome == VISIT_CANNOT || visit->outcome == VISIT_BLOCKED);
        value_put_text(
            row, "outcome",
            locale_word(view->locale, arena_printf(view->arena, "visit-outcome.%s",
                                                   visit_outcome_name(visit->outcome))));
        value_put_text(row, "reason",
                       locale_reason(view->locale, view->arena, visit->reason));
        value_put_text(
            row, "duration",
            locale_duration(view->locale, view->arena, (double)visit->duration_us / 1000));
        value_put_text(row, "pages", say_int(view->arena, (int64_t)visit->page_count));
    }
}

static void limit_put(const View *view, Value *limits, const char *key,
                      const LocaleArg *args)
{
    Value *limit = value_add_object(limits);

    value_put_text(limit, "title",
                   view_line(view, arena_printf(view->arena, "limit.%s.title", key), args));
    value_put_text(limit, "text",
                   view_line(view, arena_printf(view->arena, "limit.%s", key), args));
}

static void limits_put(const View *view, Value *section)
{
    const Audit *audit = view->audit;
    Value *limits = value_put_list(section, "limits");
    size_t fewest = SIZE_MAX;

    for (size_t j = 0; j < audit->journey_count; j++) {
        if (audit->journeys[j].visit_count < fewest)
            fewest = audit->journeys[j].visit_count;
    }
    if (view_has_engine(view, "http") && !view_has_engine(view, "chromium"))
        limit_put(view, limits, "http", NULL);
    if (view_has_engine(view, "har"))
        limit_put(view, limits, "har", NULL);
    if (audit->journey_count > 0) {
        limit_put(view, limits, "door", NULL);
        limit_put(view, limits, "place", NULL);
    }
    if (fewest < 5)
        limit_put(view, limits, "few",
                  LOCALE_ARGS({"n", say_int(view->arena, (int64_t)fewest)}));
    limit_put(view, limits, "accessibility", NULL);
    limit_put(view, limits, "law", NULL);
    if (say_has_mark(audit))
        limit_put(view, limits, "model", NULL);
}

void view_method(View *view)
{
    const Audit *audit = view->audit;
    const Grid *grid = audit->grid;
    Value *section = view_section(view, "method", view_line(view, "lede.method", NULL));

    visits_put(view, section);
    ends_put(view, section);
    limits_put(view, section);
    if (grid)
        value_put_text(
            section, "rules",
            view_line(
                view, "method.rules",
                LOCALE_ARGS(
                    {"blocker",
                     say_number(view->arena, grid->impact_weights[IMPACT_BLOCKER])},
                    {"major", say_number(view->arena, grid->impact_weights[IMPACT_MAJOR])},
                    {"minor", say_number(view->arena, grid->impact_weights[IMPACT_MINOR])},
                    {"high",
                     say_number(view->arena, grid->confidence_weights[CONFIDENCE_HIGH])},
                    {"medium",
                     say_number(view->arena, grid->confidence_weights[CONFIDENCE_MEDIUM])},
                    {"low",
                     say_number(view->arena, grid->confidence_weights[CONFIDENCE_LOW])})));
    if (isfinite(audit->score_equal) && isfinite(audit->score_speed))
        value_put_text(
            section, "shares",
            view_line(view, "method.shares",
                      LOCALE_ARGS({"equal", say_number(view->arena, audit->score_equal)},
                                  {"speed", say_number(view->arena, audit->score_speed)})));
}

/* The places of a sentence about a calibration; scale: 100 for shares. */
static const char *calibrated_say(const View *view, const char *key,
                                  const FigureCalibration *made, double scale, int decimals)
{
    return view_line(
        view, key,
        LOCALE_ARGS({"points", say_int(view->arena, made->points)},
                    {"date", view_day(view, made->date)},
                    {"residual", locale_number(view->locale, view->arena,
                                               made->residual * scale, decimals + 1)},
                    {"r", say_number(view->arena, made->r_squared)},
                    {"modelled", locale_number(view->locale, view->arena,
                                               made->modelled * scale, decimals)}));
}

const char *view_badge(const View *view, const ModelFigure *figure)
{
    bool is_share = figure == &view->audit->customer.completion;
    if (!figure->calibrated)
        return locale_word(view->locale, "badge.model");
    return calibrated_say(view, "badge.calibrated", figure->calibrated, is_share ? 100 : 1,
                          is_share || figure == &view->audit->customer.recommendation ? 0
                                                                                      : 1);
}

const char *view_calibrated(const View *view, const ModelFigure *figure, double scale,
                            int decimals)
{
    if (!figure->calibrated)
        return NULL;
    const char *on =
        calibrated_say(view, "calibrated.on", figure->calibrated, scale, decimals);
    if (!figure->calibrated->is_outside)
        return on;
    return arena_printf(view->arena, "%s %s", on,
                        view_line(view, "calibrated.outside", NULL));
}
