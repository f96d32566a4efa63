/* coverage.c - which share of scripts and styles a page does not use while it loads.
 *
 * Scripts: V8's precise block coverage. Ranges are nested and an inner one overrules the
 * outer one, so characters are painted in the order given (outer before inner); adding up
 * ranges would count them twice. Styles: the rules that matched something. Offsets are in
 * characters of the text, not in bytes sent. Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "visit/chromium/diagnosis.h"

enum {
    TAKE_US = 10000000,
    LENGTH_MAX = 32 << 20, /* characters of one script */
    SHEETS_MAX = 500,
    FILES_MAX = 60,
};

/** A style sheet and how much of it matched. */
typedef struct Sheet {
    const char *id;
    const char *url;
    double length, used;
} Sheet;

struct Coverage {
    Arena *arena;
    const char *session;
    Sheet *sheets;
    size_t sheet_count, sheet_capacity;
};

static void on_sheet(void *context, const CdpEvent *event)
{
    Coverage *coverage = context;
    const Json *header = json_get(event->params, "header");
    if (strcmp(event->session, coverage->session) != 0 ||
        coverage->sheet_count >= SHEETS_MAX)
        return;
    Sheet sheet = {
        .id = arena_text(coverage->arena, json_text(json_get(header, "styleSheetId"), "")),
        .url = arena_text(coverage->arena, json_text(json_get(header, "sourceURL"), "")),
        .length = json_number(json_get(header, "length"), 0)};
    ARENA_PUSH(coverage->arena, coverage->sheets, coverage->sheet_count,
               coverage->sheet_capacity, sheet);
}

Coverage *coverage_begin(Diagnosis *diagnosis)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    Coverage *coverage = ARENA_NEW(diagnosis->measure->arena, Coverage);
    coverage->arena = diagnosis->measure->arena;
    coverage->session = tab->page->session;
    cdp_listen(tab->cdp, "CSS.styleSheetAdded", on_sheet, coverage);
    cdp_send(tab->cdp, coverage->session, "Profiler.enable", NULL);
    cdp_send(tab->cdp, coverage->session, "Profiler.startPreciseCoverage",
             "{\"callCount\":false,\"detailed\":true}");
    cdp_send(tab->cdp, coverage->session, "DOM.enable", NULL);
    cdp_send(tab->cdp, coverage->session, "CSS.enable", NULL);
    cdp_send(tab->cdp, coverage->session, "CSS.startRuleUsageTracking", NULL);
    return coverage;
}

/* ---- scripts ---- */

static void range_paint(char *used, size_t length, const Json *range)
{
    double start = json_number(json_get(range, "startOffset"), 0);
    double end = json_number(json_get(range, "endOffset"), 0);
    if (!(start >= 0) || !(end > start) || start >= (double)length)
        return;
    size_t from = (size_t)start;
    size_t to = end > (double)length ? length : (size_t)end;
    memset(used + from, json_number(json_get(range, "count"), 0) > 0 ? 1 : 0, to - from);
}

static size_t script_length(const Json *functions)
{
    double most = 0;
    for (const Json *function = json_first(functions); function;
         function = json_next(function)) {
        const Json *ranges = json_get(function, "ranges");
        for (const Json *range = json_first(ranges); range; range = json_next(range))
            most = fmax(most, json_number(json_get(range, "endOffset"), 0));
    }
    return most > 0 && most <= LENGTH_MAX ? (size_t)most : 0;
}

/* Characters of a script that ran; total receives how many there are. */
static double script_used(const Json *script, double *total)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Json *functions = json_get(script, "functions");
    size_t length = script_length(functions);
    char *used = arena_alloc(arena, length + 1);
    double sum = 0;
    for (const Json *function = json_first(functions); function;
         function = json_next(function)) {
        const Json *ranges = json_get(function, "ranges");
        for (const Json *range = json_first(ranges); range; range = json_next(range))
            range_paint(used, length, range);
    }
    for (size_t i = 0; i < length; i++)
        sum += used[i];
    *total = (double)length;
    return sum;
}

static void share_write(Diagnosis *diagnosis, const char *name, double unused,
                        const char *url)
{
    observation_add(diagnosis->measure->visitor->arena, &diagnosis->page->observations,
                    name, unused, url, -1);
}

static bool is_file(const char *url)
{
    return strncmp(url, "http", 4) == 0;
}

static void scripts_write(Diagnosis *diagnosis, const Json *taken)
{
    double all = 0;
    double all_used = 0;
    int files = 0;
    const Json *scripts = json_get(taken, "result");
    for (const Json *script = json_first(scripts); script; script = json_next(script)) {
        const char *url = json_text(json_get(script, "url"), "");
        double total = 0;
        if (!is_file(url))
            continue;
        double used = script_used(script, &total);
        all += total;
        all_used += used;
        if (total > 0 && files++ < FILES_MAX)
            share_write(diagnosis, "coverage.script", 1 - used / total, url);
    }
    if (all <= 0)
        return;
    diagnosis->page->metrics[METRIC_UNUSED_JS] = 1 - all_used / all;
    share_write(diagnosis, "coverage.script-unused", all - all_used, NULL);
}

/* ---- styles ---- */

static void rule_take(Coverage *coverage, const Json *rule)
{
    const char *id = json_text(json_get(rule, "styleSheetId"), "");
    double length = json_number(json_get(rule, "endOffset"), 0) -
                    json_number(json_get(rule, "startOffset"), 0);
    if (!json_bool(json_get(rule, "used"), false) || !(length > 0))
        return;
    for (size_t i = 0; i < coverage->sheet_count; i++)
        if (strcmp(coverage->sheets[i].id, id) == 0)
            coverage->sheets[i].used += length;
}

static void styles_write(Coverage *coverage, Diagnosis *diagnosis, const Json *taken)
{
    double all = 0;
    double all_used = 0;
    const Json *rules = json_get(taken, "ruleUsage");
    for (const Json *rule = json_first(rules); rule; rule = json_next(rule))
        rule_take(coverage, rule);
    for (size_t i = 0; i < coverage->sheet_count; i++) {
        const Sheet *sheet = &coverage->sheets[i];
        if (!is_file(sheet->url) || sheet->length <= 0)
            continue;
        double used = fmin(sheet->used, sheet->length);
        all += sheet->length;
        all_used += used;
        if (i < FILES_MAX)
            share_write(diagnosis, "coverage.css", 1 - used / sheet->length, sheet->url);
    }
    if (all > 0)
        diagnosis->page->metrics[METRIC_UNUSED_CSS] = 1 - all_used / all;
}

void coverage_end(Coverage *coverage, Diagnosis *diagnosis)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    const Json *taken = NULL;
    if (cdp_call(tab->cdp, coverage->session, "Profiler.takePreciseCoverage", NULL, TAKE_US,
                 tab->scratch, &taken, NULL))
        scripts_write(diagnosis, taken);
    else
        diagnosis_absent(diagnosis, "coverage.script", "the browser gave no coverage");
    if (cdp_call(tab->cdp, coverage->session, "CSS.stopRuleUsageTracking", NULL, TAKE_US,
                 tab->scratch, &taken, NULL))
        styles_write(coverage, diagnosis, taken);
    else
        diagnosis_absent(diagnosis, "coverage.css", "the browser gave no coverage");
    cdp_send(tab->cdp, coverage->session, "Profiler.disable", NULL);
    cdp_send(tab->cdp, coverage->session, "CSS.disable", NULL);
    cdp_send(tab->cdp, coverage->session, "DOM.disable", NULL);
}
