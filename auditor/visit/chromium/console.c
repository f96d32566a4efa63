/* console.c - what scripts and the browser complain about: uncaught exceptions, error
 * messages, the browser's own errors and its list of issues. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "visit/chromium/watch.h"

/** Values of console.error: whose script it is. */
enum { BY_OTHERS = 1, BY_SHOP = 2 };

static const char *const ISSUES[][2] = {
    {"DeprecationIssue", "issue.deprecation"},
    {"CookieIssue", "issue.cookie"},
    {"MixedContentIssue", "issue.mixed-content"},
    {"QuirksModeIssue", "issue.quirks-mode"},
    {"GenericIssue", "issue.form"},
    {"", "issue.other"},
};

/* While something else is diagnosed, complaints are about that. */
static Notes *notes_now(Measure *measure)
{
    if (measure->is_diagnosing)
        return measure->strays;
    return measure->now ? &measure->now->errors : NULL;
}

static bool is_about_page(const Measure *measure, const CdpEvent *event)
{
    const Target *page = measure->visitor->page;
    return page && strcmp(event->session, page->session) == 0;
}

static int owner_of(const Measure *measure, const char *url)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url script, site;
    if (!*url || !url_parse(arena, str_of(url), NULL, &script, NULL) ||
        !url_parse(arena, str_of(measure->visitor->options.site), NULL, &site, NULL))
        return BY_SHOP;
    return url_same_site(&script, &site) ? BY_SHOP : BY_OTHERS;
}

static void error_note(Measure *measure, const char *text, const char *url, int line)
{
    Notes *notes = notes_now(measure);
    if (!notes)
        return;
    if (!measure->is_diagnosing)
        measure->now->script_errors++;
    const char *whole =
        *url ? arena_printf(measure->arena, "%.300s (%s:%d)", text, url, line) : text;
    note_add(measure, notes,
             (Note){.name = "console.error",
                    .value = owner_of(measure, url),
                    .text = whole,
                    .mark = 0});
}

static void on_exception(Measure *measure, const Json *params)
{
    const Json *details = json_get(params, "exceptionDetails");
    const Json *frame = json_first(json_at(details, "stackTrace.callFrames"));
    const char *text = json_text(json_at(details, "exception.description"),
                                 json_text(json_get(details, "text"), "exception"));
    const char *url =
        json_text(json_get(details, "url"), json_text(json_get(frame, "url"), ""));
    int world = (int)json_integer(json_get(details, "executionContextId"), 0);
    if (world && world == measure->visitor->world)
        return;
    Str first = str_of(text);
    size_t end = str_find_byte(first, '\n', 0);
    if (end != SIZE_MAX)
        first = str_slice(first, 0, end);
    error_note(measure, arena_str_text(measure->arena, first), url,
               (int)json_integer(json_get(details, "lineNumber"), 0) + 1);
}

static void on_console(Measure *measure, const Json *params)
{
    AUTO(buf_release) Buf words = {0};
    const Json *frame = json_first(json_at(params, "stackTrace.callFrames"));
    if (strcmp(json_text(json_get(params, "type"), ""), "error") != 0)
        return;
    buf_init(&words, 4096);
    const Json *given = json_get(params, "args");
    for (const Json *one = json_first(given); one; one = json_next(one)) {
        const char *text = json_text(
            json_get(one, "value"),
            json_text(json_get(one, "description"), json_text(json_get(one, "type"), "")));
        buf_printf(&words, "%s%.300s", words.length ? " " : "", text);
    }
    error_note(measure, buf_text(&words), json_text(json_get(frame, "url"), ""),
               (int)json_integer(json_get(frame, "lineNumber"), 0) + 1);
}

static void on_log(Measure *measure, const Json *params)
{
    const Json *entry = json_get(params, "entry");
    Notes *notes = notes_now(measure);
    if (!notes || strcmp(json_text(json_get(entry, "level"), ""), "error") != 0)
        return;
    const char *url = json_text(json_get(entry, "url"), "");
    note_add(measure, notes,
             (Note){.name = "console.network",
                    .value = 1,
                    .text = arena_printf(measure->arena, "%.200s %s",
                                         json_text(json_get(entry, "text"), ""), url),
                    .mark = 0});
}

/* What the issue is about, in one word of the browser's. */
static const char *issue_text(const Measure *measure, const char *code, const Json *details)
{
    static const char *const keys[] = {
        "deprecationIssueDetails.type", "genericIssueDetails.errorType",
        "cookieIssueDetails.cookie.name", "mixedContentIssueDetails.insecureURL"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const char *text = json_text(json_at(details, keys[i]), NULL);
        if (text)
            return arena_printf(measure->arena, "%s: %.200s", code, text);
    }
    return code;
}

static void on_issue(Measure *measure, const Json *params)
{
    const Json *issue = json_get(params, "issue");
    const char *code = json_text(json_get(issue, "code"), "");
    Notes *notes = notes_now(measure);
    size_t i = 0;
    if (!notes)
        return;
    while (i + 1 < COUNT_OF(ISSUES) && strcmp(ISSUES[i][0], code) != 0)
        i++;
    note_add(measure, notes,
             (Note){.name = ISSUES[i][1],
                    .value = 1,
                    .text = issue_text(measure, code, json_get(issue, "details")),
                    .mark = 0});
}

static void on_event(void *context, const CdpEvent *event)
{
    static const struct {
        const char *method;
        void (*handle)(Measure *measure, const Json *params);
    } handlers[] = {
        {"Runtime.exceptionThrown", on_exception},
        {"Runtime.consoleAPICalled", on_console},
        {"Log.entryAdded", on_log},
        {"Audits.issueAdded", on_issue},
    };

    Measure *measure = context;
    if (!is_about_page(measure, event))
        return;
    for (size_t i = 0; i < COUNT_OF(handlers); i++)
        if (strcmp(event->method, handlers[i].method) == 0)
            handlers[i].handle(measure, event->params);
}

void console_listen(Measure *measure)
{
    Cdp *cdp = measure->visitor->cdp;
    cdp_listen(cdp, "Runtime.exceptionThrown", on_event, measure);
    cdp_listen(cdp, "Runtime.consoleAPICalled", on_event, measure);
    cdp_listen(cdp, "Log.entryAdded", on_event, measure);
    cdp_listen(cdp, "Audits.issueAdded", on_event, measure);
}

void console_write(Measure *measure, const Watch *watch, Page *page)
{
    static const char *const names[] = {
        "console.error",       "console.network",   "issue.deprecation", "issue.cookie",
        "issue.mixed-content", "issue.quirks-mode", "issue.form",        "issue.other"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        bool has_any = false;
        for (size_t k = 0; k < watch->errors.count; k++) {
            const Note *note = &watch->errors.items[k];
            if (strcmp(note->name, names[i]) != 0)
                continue;
            note_down(measure, watch, page, note);
            has_any = true;
        }
        if (!has_any)
            nothing_write(measure, page, names[i]);
    }
}
