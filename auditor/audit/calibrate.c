/* calibrate.c - real figures against the model's. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/calibrate.h"

#include <math.h>
#include <string.h>

#include "base/out.h"
#include "base/table.h"
#include "model/audit_json.h"
#include "report/locale.h"

enum { ALIASES_MAX = 3, RESPONDENTS_MAX = 100000000 };

/* A number of a row, by the names that people give its column. */
typedef struct Column {
    const char *names[ALIASES_MAX];
    double low, high;
    size_t offset; /* into CalibrationPoint */
} Column;

#define POINT(member) offsetof(CalibrationPoint, member)

static const Column columns[] = {
    {{"experience", "e", NULL}, 0, 100, POINT(experience)},
    {{"satisfaction", "real_satisfaction", "csat"}, 0, 10, POINT(real[MARK_SATISFACTION])},
    {{"recommendation", "real_nps", "nps"}, -100, 100, POINT(real[MARK_RECOMMENDATION])},
    {{"effort", "real_effort", "ces"}, 1, 7, POINT(real[MARK_EFFORT])},
    {{"completion", "real_completion", NULL}, 0, 1, POINT(real[MARK_COMPLETION])},
    {{"effort_model", NULL, NULL}, 1, 7, POINT(model[MARK_EFFORT])},
    {{"completion_model", NULL, NULL}, 0, 1, POINT(model[MARK_COMPLETION])},
};
static const char *const others[] = {"site", "date", "audit", "respondents", "n"};

static void point_set(CalibrationPoint *point, size_t offset, double value)
{
    memcpy((char *)point + offset, &value, sizeof value);
}

static bool columns_check(const Table *table, Error *err)
{
    const char *known[COUNT_OF(columns) * ALIASES_MAX + COUNT_OF(others)];
    int count = 0;
    for (size_t c = 0; c < COUNT_OF(columns); c++)
        for (int a = 0; a < ALIASES_MAX && columns[c].names[a]; a++)
            known[count++] = columns[c].names[a];
    for (size_t i = 0; i < COUNT_OF(others); i++)
        known[count++] = others[i];
    return table_only_columns(table, known, count, err);
}

/* What the model says alone, also of an audit that was calibrated before. */
static double modelled(const ModelFigure *figure)
{
    return figure->calibrated ? figure->calibrated->modelled : figure->value;
}

/* A table on its way into points. */
typedef struct Figures {
    const AuditPlan *plan;
    const Grid *grid;
    const Table *table;
} Figures;

/* The model's side of a point from an audit that was kept. */
static bool audit_take(const Figures *figures, size_t row, CalibrationPoint *point,
                       char *day, Error *err)
{
    const AuditPlan *plan = figures->plan;
    const Table *table = figures->table;
    const char *name = table_cell(table, row, "audit");
    const char *slash = strrchr(table->path, '/');
    Audit *audit = NULL;
    if (!name[0])
        return true;
    const char *path = name;
    if (slash && name[0] != '/')
        path =
            path_join(plan->arena,
                      arena_str_text(plan->arena,
                                     str_from(table->path, (size_t)(slash - table->path))),
                      name);
    if (path_is_folder(path))
        path = path_join(plan->arena, path, "audit.json");
    if (!path_is_file(path))
        return table_error(table, row, err, "there is no audit '%s'", name);
    if (!audit_read(plan->arena, path, figures->grid, &audit, err))
        return false;
    point->experience = audit->customer.experience;
    point->model[MARK_EFFORT] = modelled(&audit->customer.effort);
    point->model[MARK_COMPLETION] = modelled(&audit->customer.completion);
    clock_iso8601(audit->started_us, day, 25);
    day[10] = '\0';
    return true;
}

static bool numbers_take(const Table *table, size_t row, CalibrationPoint *point,
                         Error *err)
{
    for (size_t c = 0; c < COUNT_OF(columns); c++)
        for (int a = 0; a < ALIASES_MAX && columns[c].names[a]; a++) {
            const double bounds[] = {columns[c].low, columns[c].high};
            double value = NAN;
            if (!table_number(table, row, columns[c].names[a], bounds, &value, err))
                return false;
            if (!isnan(value))
                point_set(point, columns[c].offset, value);
        }
    return true;
}

/* The newest day, and the answers behind all figures. */
static bool circumstances_take(Arena *arena, const Table *table, size_t row,
                               const char *day, Calibration *calibration, Error *err)
{
    static const double bounds[] = {0, RESPONDENTS_MAX};
    const char *date = table_cell(table, row, "date");
    int64_t moment = 0;
    double answers = NAN, n = NAN;
    if (!date[0])
        date = day;
    if (strlen(date) != 10 ||
        !clock_parse_iso8601(arena_printf(arena, "%sT00:00:00Z", date), &moment)) {
        table_error(table, row, err, "'date' wants a day");
        return error_hint(err, "2026-10-03");
    }
    if (!table_number(table, row, "respondents", bounds, &answers, err) ||
        !table_number(table, row, "n", bounds, &n, err))
        return false;
    answers = isnan(answers) ? n : answers;
    if (!isnan(answers) && calibration->respondents < RESPONDENTS_MAX)
        calibration->respondents += (int)answers;
    if (!calibration->date || strcmp(date, calibration->date) > 0)
        calibration->date = arena_text(arena, date);
    return true;
}

static bool points_read(const AuditPlan *plan, const Table *table, CalibrationPoint *points,
                        Calibration *calibration, Error *err)
{
    Catalogue catalogue = {0};
    if (!catalogue_load(plan->arena, plan->data_folders, &catalogue, err))
        return false;
    Figures figures = {plan, catalogue.grid, table};
    for (size_t row = 0; row < table->row_count; row++) {
        char day[25] = "";
        CalibrationPoint *point = &points[row];
        point->experience = NAN;
        for (int mark = 0; mark < MARK_COUNT; mark++)
            point->model[mark] = point->real[mark] = NAN;
        if (!audit_take(&figures, row, point, day, err) ||
            !numbers_take(table, row, point, err) ||
            !circumstances_take(plan->arena, table, row, day, calibration, err))
            return false;
    }
    return true;
}

/* Not one mark could be fitted: say the nearest miss. */
static bool nothing_error(const char *path, const CalibrateResult *result, Error *err)
{
    int best = -1;
    for (int mark = 0; mark < MARK_COUNT; mark++)
        if (result->faults[mark] != FIT_NOT_ASKED &&
            (best < 0 ||
             result->calibration.fits[mark].points > result->calibration.fits[best].points))
            best = mark;
    if (best < 0) {
        error_set(err, ERROR_INPUT, path, "holds no real figure");
        return error_hint(err, "columns: date, experience (or audit), satisfaction, "
                               "recommendation, effort, completion, n");
    }
    const char *name = model_mark_name((ModelMark)best);
    int points = result->calibration.fits[best].points;
    switch (result->faults[best]) {
    case FIT_FEW:
        error_set(err, ERROR_INPUT, path,
                  "too few points: '%s' has %d with both our figure and the real one, %d "
                  "are needed",
                  name, points, CALIBRATE_POINTS_MIN);
        return error_hint(err, "a line through fewer would only look exact");
    case FIT_FLAT:
        error_set(err, ERROR_INPUT, path, "our figure for '%s' is the same in all rows",
                  name);
        return error_hint(err, "calibration needs shops, or times, that differ");
    case FIT_FINE:
    case FIT_NOT_ASKED:
    case FIT_REVERSED: break;
    }
    error_set(err, ERROR_INPUT, path, "the real '%s' does not rise with ours", name);
    return error_hint(err, "look for swapped columns; else the model does not fit these "
                           "shops and stays uncalibrated");
}

bool calibrate_file(const AuditPlan *plan, const char *path, CalibrateResult *result,
                    Error *err)
{
    Table table;
    bool is_any = false;
    *result = (CalibrateResult){0};
    if (!table_load(plan->arena, path, "points", &table, err) ||
        !columns_check(&table, err))
        return false;
    CalibrationPoint *points = ARENA_ARRAY(plan->arena, table.row_count, CalibrationPoint);
    if (!points_read(plan, &table, points, &result->calibration, err))
        return false;
    result->rows = table.row_count;
    for (int mark = 0; mark < MARK_COUNT; mark++) {
        Fit *fit = &result->calibration.fits[mark];
        result->faults[mark] = calibrate_fit(points, table.row_count, (ModelMark)mark, fit);
        is_any |= result->faults[mark] == FIT_FINE;
    }
    if (!is_any)
        return nothing_error(path, result, err);
    for (int mark = 0; mark < MARK_COUNT; mark++)
        if (result->faults[mark] != FIT_FINE && result->faults[mark] != FIT_FEW)
            result->calibration.fits[mark] = (Fit){0};
    return true;
}

static const char *fit_say(Locale *locale, Arena *arena, const CalibrateResult *result,
                           ModelMark mark)
{
    static const char *const keys[] = {[FIT_FINE] = "calibrate.fit",
                                       [FIT_NOT_ASKED] = "calibrate.not-asked",
                                       [FIT_FEW] = "calibrate.few",
                                       [FIT_FLAT] = "calibrate.flat",
                                       [FIT_REVERSED] = "calibrate.reversed"};
    const Fit *fit = &result->calibration.fits[mark];
    const char *name = model_mark_name(mark);
    const char *ours = fit->on_own ? "calibrate.own" : "input.experience";
    const int decimals = mark == MARK_RECOMMENDATION ? 1 : 2;
    return locale_line(
        locale, arena, keys[result->faults[mark]],
        LOCALE_ARGS({"mark", locale_word(locale, arena_printf(arena, "ui.%s", name))},
                    {"ours", locale_word(locale, ours)},
                    {"intercept", locale_number(locale, arena, fit->intercept, decimals)},
                    {"slope", locale_number(locale, arena, fit->slope, 3)},
                    {"residual", locale_number(locale, arena, fit->residual, decimals)},
                    {"r", locale_number(locale, arena, fit->r_squared, 2)},
                    {"low", locale_number(locale, arena, fit->low, -1)},
                    {"high", locale_number(locale, arena, fit->high, -1)},
                    {"least", arena_printf(arena, "%d", CALIBRATE_POINTS_MIN)},
                    {"points", arena_printf(arena, "%d", fit->points)}));
}

bool calibrate_tell(const AuditPlan *plan, const CalibrateResult *result, Buf *out,
                    Error *err)
{
    Catalogue catalogue;
    Locale *locale = NULL;
    Arena *arena = plan->arena;
    int64_t moment = 0;
    catalogue_folders(arena, plan->data_folders, &catalogue);
    if (!locale_load(arena, catalogue.report_folders, plan->language, &locale, err))
        return false;
    const Calibration *made = &result->calibration;
    (void)clock_parse_iso8601(arena_printf(arena, "%sT00:00:00Z", made->date), &moment);
    buf_printf(
        out, "%s\n",
        locale_line(locale, arena, "calibrate.head",
                    LOCALE_ARGS({"rows", arena_printf(arena, "%zu", result->rows)},
                                {"answers", arena_printf(arena, "%d", made->respondents)},
                                {"date", locale_date(locale, arena, moment)})));
    for (int mark = 0; mark < MARK_COUNT; mark++)
        buf_printf(out, "  %s\n", fit_say(locale, arena, result, (ModelMark)mark));
    return buf_check(out, "the calibration", err);
}

bool calibration_open(const AuditPlan *plan, Calibration *calibration, Error *err)
{
    *calibration = (Calibration){0};
    return !plan->calibration ||
           calibration_load(plan->arena, plan->calibration, calibration, err);
}
