/* csv.c - findings.csv and pages.csv, for spreadsheets: RFC 4180, UTF-8 with its mark, ';'
 * and decimal comma where the language's spreadsheets want them.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/escape.h"
#include "report/say.h"
#include "report/writers.h"

typedef struct Sheet {
    Arena *arena;
    const Locale *locale;
    const Audit *audit;
    Buf *out;
    char separator;
    char decimal;
    bool is_first; /* cell of the line */
} Sheet;

static void cell(Sheet *sheet, const char *text)
{
    if (!sheet->is_first)
        buf_add_byte(sheet->out, sheet->separator);
    sheet->is_first = false;
    if (text && *text)
        escape_csv(sheet->out, str_of(text));
}

/* Not measured is an empty cell, never 0. */
static void cell_number(Sheet *sheet, double number)
{
    char text[64];

    if (!isfinite(number)) {
        cell(sheet, "");
        return;
    }
    number_text(number, text, sizeof text);
    for (char *at = text; *at; at++)
        *at = *at == '.' ? sheet->decimal : *at;
    cell(sheet, arena_text(sheet->arena, text));
}

static void line_end(Sheet *sheet)
{
    buf_add(sheet->out, STR("\r\n"));
    sheet->is_first = true;
}

static void heads(Sheet *sheet, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cell(sheet,
             locale_word(sheet->locale, arena_printf(sheet->arena, "csv.%s", keys[i])));
}

static bool sheet_open(Sheet *sheet, const ReportOptions *options, Error *err)
{
    Locale *locale = NULL;

    if (!locale_load(sheet->arena, options->folders, options->language, &locale, err))
        return false;
    sheet->locale = locale;
    sheet->separator = *locale_word(locale, "csv.separator");
    sheet->decimal = *locale_word(locale, "csv.decimal");
    sheet->is_first = true;
    /* Without the mark, spreadsheets read UTF-8 as the machine's old encoding. */
    buf_add(sheet->out, STR("\xEF\xBB\xBF"));
    return true;
}

/* First failing result's page and evidence. */
static const PageResult *result_first(const Finding *finding)
{
    for (size_t i = 0; i < finding->result_count; i++) {
        if (finding->results[i].outcome == finding->outcome)
            return &finding->results[i];
    }
    return NULL;
}

static const char *result_url(const Sheet *sheet, const PageResult *result)
{
    const Visit *visit = NULL;

    if (!result || result->page < 0 || (size_t)result->visit >= sheet->audit->visit_count)
        return "";
    visit = sheet->audit->visits[result->visit];
    return (size_t)result->page < visit->page_count ? visit->pages[result->page]->url : "";
}

static void finding_line(Sheet *sheet, const Finding *finding)
{
    const Rule *rule = finding->rule;
    const PageResult *result = result_first(finding);
    bool is_missed = finding->outcome == FINDING_FAIL;

    cell(sheet, rule->id);
    cell(sheet, dimension_name(rule->dimension));
    cell(sheet, impact_name(rule->impact));
    cell(sheet, confidence_name(rule->confidence));
    cell(sheet, finding_outcome_name(finding->outcome));
    cell_number(sheet, finding->value);
    cell(sheet, isfinite(finding->value) ? finding->unit : "");
    cell_number(sheet, finding->threshold);
    cell_number(sheet, finding->pages_failed);
    cell_number(sheet, finding->pages_seen);
    cell(sheet, say_criterion(sheet->locale, sheet->arena, rule));
    cell(sheet,
         is_missed ? say_found(sheet->locale, sheet->arena, sheet->audit, finding) : "");
    cell(sheet, is_missed ? locale_text(sheet->locale, sheet->arena, &rule->fix) : "");
    cell(sheet, is_missed ? result_url(sheet, result) : "");
    cell(sheet, is_missed && result && result->evidence_count > 0
                    ? result->evidence[0].selector
                    : "");
    cell(sheet, locale_reason(sheet->locale, sheet->arena, finding->reason));
    cell(sheet, finding->fingerprint);
    line_end(sheet);
}

bool csv_findings_write(const Audit *audit, const ReportOptions *options, Buf *out,
                        Error *err)
{
    static const char *const keys[] = {
        "rule", "dimension", "impact",   "confidence", "outcome",    "value",
        "unit", "threshold", "failed",   "seen",       "statement",  "found",
        "fix",  "url",       "selector", "reason",     "fingerprint"};
    AUTO(arena_auto) Arena *arena = arena_create();
    Sheet sheet = {.arena = arena, .audit = audit, .out = out};

    if (!sheet_open(&sheet, options, err))
        return false;
    heads(&sheet, keys, COUNT_OF(keys));
    line_end(&sheet);
    for (size_t i = 0; i < audit->finding_count; i++)
        finding_line(&sheet, audit->findings[i]);
    return buf_check(out, "findings.csv", err);
}

static void page_line(Sheet *sheet, const Visit *visit, const Page *page)
{
    const StepRecord *step = page->step >= 0 && (size_t)page->step < visit->step_count
                                 ? &visit->steps[page->step]
                                 : NULL;

    cell(sheet, visit->scenario_id);
    cell(sheet, visit->persona_id);
    cell(sheet, visit->engine);
    cell_number(sheet, visit->number);
    cell(sheet, step ? step->id : "");
    cell(sheet, page_kind_name(page->kind));
    cell(sheet, page->url);
    cell(sheet, page->title);
    cell_number(sheet, page->status);
    for (int m = 0; m < METRIC_COUNT; m++)
        cell_number(sheet, page->metrics[m]);
    line_end(sheet);
}

bool csv_pages_write(const Audit *audit, const ReportOptions *options, Buf *out, Error *err)
{
    static const char *const keys[] = {"scenario", "persona", "engine", "number", "step",
                                       "page",     "url",     "title",  "status"};
    AUTO(arena_auto) Arena *arena = arena_create();
    Sheet sheet = {.arena = arena, .audit = audit, .out = out};

    if (!sheet_open(&sheet, options, err))
        return false;
    heads(&sheet, keys, COUNT_OF(keys));
    for (int m = 0; m < METRIC_COUNT; m++)
        cell(&sheet, metric_info((Metric)m)->name);
    line_end(&sheet);
    for (size_t v = 0; v < audit->visit_count; v++) {
        for (size_t p = 0; p < audit->visits[v]->page_count; p++)
            page_line(&sheet, audit->visits[v], audit->visits[v]->pages[p]);
    }
    return buf_check(out, "pages.csv", err);
}
