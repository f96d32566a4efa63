/* print.c - prints a page through the browser's protocol. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/print.h"

#include "base/base64.h"
#include "base/json.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/launch.h"

enum {
    CALL_US = 20000000,
    PRINT_US = 120000000,
    END_US = 3000000,
    PARAMS_LIMIT = 64 << 20,
};

/* A browser with one empty page. */
typedef struct Printer {
    Arena *arena;
    Cdp *cdp;
    const char *session;
} Printer;

bool print_can(bool wants_shell, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    if (browser_find(arena, wants_shell))
        return true;
    error_set(err, ERROR_FAILED, "pdf", "no Chromium was found to print with");
    return error_hint(err, "install chromium, or name one in CHROME_PATH");
}

static bool page_open(Printer *printer, Error *err)
{
    const Json *answer = NULL;
    const char *target = NULL;

    if (!cdp_call(printer->cdp, "", "Target.createTarget", "{\"url\":\"about:blank\"}",
                  CALL_US, printer->arena, &answer, err))
        return false;
    target = json_text(json_get(answer, "targetId"), "");
    if (!cdp_call(
            printer->cdp, "", "Target.attachToTarget",
            arena_printf(printer->arena, "{\"targetId\":\"%s\",\"flatten\":true}", target),
            CALL_US, printer->arena, &answer, err))
        return false;
    printer->session = json_text(json_get(answer, "sessionId"), "");
    return cdp_call(printer->cdp, printer->session, "Page.enable", NULL, CALL_US, NULL,
                    NULL, err);
}

static bool page_fill(Printer *printer, Str html, Error *err)
{
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    const Json *answer = NULL;

    if (!cdp_call(printer->cdp, printer->session, "Page.getFrameTree", NULL, CALL_US,
                  printer->arena, &answer, err))
        return false;
    buf_init(&params, PARAMS_LIMIT);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(
        &json, "frameId",
        json_text(json_get(json_get(json_get(answer, "frameTree"), "frame"), "id"), ""));
    json_put_str(&json, "html", html);
    json_write_end(&json);
    return buf_check(&params, "the page to print", err) &&
           cdp_call(printer->cdp, printer->session, "Page.setDocumentContent",
                    buf_text(&params), CALL_US, NULL, NULL, err);
}

static bool page_print(Printer *printer, Str *pdf, Error *err)
{
    const Json *answer = NULL;

    if (!cdp_call(printer->cdp, printer->session, "Page.printToPDF",
                  "{\"printBackground\":true,\"preferCSSPageSize\":true,"
                  "\"generateTaggedPDF\":true,\"generateDocumentOutline\":true}",
                  PRINT_US, printer->arena, &answer, err))
        return false;
    if (base64_decode(printer->arena, json_str(json_get(answer, "data")), pdf) &&
        str_starts_with(*pdf, STR("%PDF-")))
        return true;
    return error_set(err, ERROR_FAILED, "pdf", "the browser printed nothing");
}

bool print_pdf(Arena *arena, const PrintOptions *options, const Clock *clock, Str *pdf,
               Error *err)
{
    LaunchOptions launch = {.wants_shell = options->wants_shell,
                            .is_sandbox_waived = options->is_sandbox_waived,
                            .width = 1000,
                            .height = 1400};
    Printer printer = {.arena = arena};
    Browser browser;
    bool is_printed = false;

    if (!browser_launch(arena, &launch, &browser, err))
        return false;
    printer.cdp = cdp_open(arena, browser.write_fd, browser.read_fd, clock);
    is_printed = page_open(&printer, err) && page_fill(&printer, options->html, err) &&
                 page_print(&printer, pdf, err);
    if (!cdp_is_gone(printer.cdp))
        cdp_send(printer.cdp, "", "Browser.close", NULL);
    browser_end(&browser, END_US);
    return is_printed;
}
