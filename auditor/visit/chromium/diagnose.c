/* diagnose.c - the pass that takes time or moves things: at the end of a visit the first
 * page of each kind is opened once more in a tab of its own, where keys, pointer and
 * emulation disturb neither the visit nor its times; and the page of entry in a context of
 * its own, as a new visitor would see it for ten seconds.
 *
 * Nothing of it is recorded as exchange, nothing is submitted. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "dom/css.h"
#include "dom/html.h"
#include "visit/chromium/diagnosis.h"

enum {
    ALL_US = 100000000, /* the whole pass */
    PAGE_US = 25000000, /* one page */
    LOAD_US = 8000000,  /* until it rests */
    TAB_US = 5000000,   /* until a tab is there */
    TURN_US = 50000,
    QUIET_MS = 500,
    ENTRY_US = 10300000,
    PAGES_MAX = 9,
    ENTRIES_MAX = 2,
};

/** A page of entry being watched. */
typedef struct Entering {
    Page *page;
    Target *target;
    int64_t begun_us;
} Entering;

static int64_t now_us(const Measure *measure)
{
    return clock_now_us(measure->visitor->base.clock);
}

/* ---- tools of the probes ---- */

void diagnosis_pause(Diagnosis *diagnosis, int64_t us)
{
    cdp_pump(diagnosis->tab.cdp, now_us(diagnosis->measure) + us, NULL);
}

bool diagnosis_has_time(const Diagnosis *diagnosis)
{
    return now_us(diagnosis->measure) < diagnosis->until_us &&
           !cdp_is_gone(diagnosis->tab.cdp) && !diagnosis->tab.page->is_gone &&
           !diagnosis->tab.page->is_crashed;
}

void diagnosis_nothing(Diagnosis *diagnosis, const char *name)
{
    if (diagnosis_has_time(diagnosis))
        nothing_write(diagnosis->measure, diagnosis->page, name);
    else
        diagnosis_absent(diagnosis, name, "there was no time to look to the end");
}

const Json *diagnosis_ask(Diagnosis *diagnosis, const char *name)
{
    return page_ask(&diagnosis->tab, name, NULL);
}

/* The element of that path in the tree of the page as it was visited. */
static int place_order(const Diagnosis *diagnosis, const Json *place)
{
    const char *path = json_text(json_get(place, "path"), "");
    Selector *selector = NULL;
    if (!*path || !diagnosis->document ||
        !selector_compile(diagnosis->tab.scratch, str_of(path), "path", &selector, NULL))
        return -1;
    const Node *node = selector_first(selector, diagnosis->document, NULL);
    return node ? (int)node_order(node) : -1;
}

void diagnosis_write(Diagnosis *diagnosis, const char *name, double value,
                     const Json *place)
{
    const char *words = json_text(json_get(place, "words"), "");
    const char *text = *words ? words : json_text(json_get(place, "text"), NULL);
    observation_add(diagnosis->measure->visitor->arena, &diagnosis->page->observations,
                    name, value, text, place_order(diagnosis, place));
}

void diagnosis_faults(Diagnosis *diagnosis, const char *name, const Json *places)
{
    bool has_any = false;
    if (!places) {
        diagnosis_absent(diagnosis, name, "the page did not answer");
        return;
    }
    for (const Json *one = json_first(places); one; one = json_next(one)) {
        double value = json_number(json_get(one, "value"), 0);
        if (!(value > 0))
            continue;
        diagnosis_write(diagnosis, name, value, one);
        has_any = true;
    }
    if (!has_any)
        nothing_write(diagnosis->measure, diagnosis->page, name);
}

void diagnosis_number(Diagnosis *diagnosis, const char *name, double value)
{
    observation_add(diagnosis->measure->visitor->arena, &diagnosis->page->observations,
                    name, value, NULL, -1);
}

void diagnosis_absent(Diagnosis *diagnosis, const char *name, const char *why)
{
    absent_write(diagnosis->measure, diagnosis->page, name, why);
}

/* ---- tabs ---- */

static Target *tab_await(Measure *measure, const char *id)
{
    Targets *targets = measure->visitor->targets;
    int64_t until_us = now_us(measure) + TAB_US;
    for (;;) {
        for (size_t i = targets_count(targets); i-- > 0;)
            if (strcmp(targets_at(targets, i)->id, id) == 0 &&
                targets_at(targets, i)->kind == TARGET_PAGE)
                return targets_at(targets, i);
        if (now_us(measure) >= until_us ||
            !cdp_pump(measure->visitor->cdp, now_us(measure) + TURN_US, NULL))
            return NULL;
    }
}

/* A tab of the visitor's own context: same cookies, same cart. */
static Target *tab_make(Measure *measure, const char *context)
{
    ChromiumVisitor *visitor = measure->visitor;
    const Json *answer = NULL;
    const char *params = arena_printf(visitor->scratch,
                                      "{\"url\":\"about:blank\",\"browserContextId\":"
                                      "\"%s\",\"newWindow\":true}",
                                      context);
    if (!cdp_call(visitor->cdp, "", "Target.createTarget", params, TAB_US, visitor->scratch,
                  &answer, NULL))
        return NULL;
    return tab_await(measure, json_text(json_get(answer, "targetId"), ""));
}

static void tab_close(Measure *measure, const Target *target)
{
    ChromiumVisitor *visitor = measure->visitor;
    Error ignored = {0};
    if (!cdp_call(visitor->cdp, "", "Target.closeTarget",
                  arena_printf(visitor->scratch, "{\"targetId\":\"%s\"}", target->id),
                  TAB_US, NULL, NULL, &ignored))
        error_clear(&ignored);
}

static void tab_use(Diagnosis *diagnosis, Measure *measure, Target *target)
{
    diagnosis->measure = measure;
    diagnosis->tab = *measure->visitor;
    diagnosis->tab.page = target;
    diagnosis->tab.world = 0;
    diagnosis->tab.timeouts = 0;
    diagnosis->tab.pointer_x = diagnosis->tab.pointer_y = 0;
    diagnosis->tab.look = (Look){0};
    diagnosis->tab.inner = NULL;
    diagnosis->tab.navigating = (Navigating){.frame_id = target->id, .loader_id = ""};
    diagnosis->tab.measure = NULL;
    diagnosis->tab.film = NULL;
    cdp_send(diagnosis->tab.cdp, target->session, "Emulation.setFocusEmulationEnabled",
             "{\"enabled\":true}");
}

/* Its process may still be starting: what was sent before would come after the page. */
static void tab_ready(Diagnosis *diagnosis)
{
    Error ignored = {0};
    if (!cdp_call(diagnosis->tab.cdp, diagnosis->tab.page->session, "Runtime.evaluate",
                  "{\"expression\":\"1\"}", TAB_US, NULL, NULL, &ignored))
        error_clear(&ignored);
}

/* why: receives the reason when it does not load. */
static bool tab_load(Diagnosis *diagnosis, const char *url, const char **why)
{
    Error trouble = {0};
    tab_ready(diagnosis);
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    const Json *answer = NULL;
    buf_init(&params, 1 << 16);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "url", url);
    json_write_end(&json);
    bool is_asked =
        cdp_call(diagnosis->tab.cdp, diagnosis->tab.page->session, "Page.navigate",
                 buf_text(&params), LOAD_US, diagnosis->tab.scratch, &answer, &trouble);
    const char *said = json_text(json_get(answer, "errorText"), NULL);
    *why = is_asked ? said : arena_text(diagnosis->tab.scratch, trouble.what);
    return is_asked && !said;
}

static bool tab_settle(Diagnosis *diagnosis, const char **why)
{
    bool has_answered = false;
    int64_t until_us = now_us(diagnosis->measure) + LOAD_US;
    while (now_us(diagnosis->measure) < until_us) {
        diagnosis->tab.world = 0;
        const Json *rest = diagnosis_ask(diagnosis, "rest");
        has_answered = has_answered || rest;
        bool is_ready = strcmp(json_text(json_get(rest, "ready"), ""), "complete") == 0;
        if (is_ready && json_number(json_get(rest, "still"), 0) >= QUIET_MS &&
            json_number(json_get(rest, "idle"), 0) >= QUIET_MS)
            return true;
        if (!cdp_pump(diagnosis->tab.cdp, now_us(diagnosis->measure) + 2 * TURN_US, NULL))
            break;
    }
    *why = "it does not answer";
    return has_answered;
}

/* ---- a page ---- */

/* Did the address give the same page again, or a login, an empty cart, another step? */
static bool is_same_page(Diagnosis *diagnosis, const char **why)
{
    const Json *rest = diagnosis_ask(diagnosis, "rest");
    const char *url = json_text(json_get(rest, "url"), "");
    Str here = str_of(url);
    Str there = str_of(diagnosis->page->url);
    size_t end = str_find_byte(here, '#', 0);
    if (end != SIZE_MAX)
        here = str_slice(here, 0, end);
    end = str_find_byte(there, '#', 0);
    if (end != SIZE_MAX)
        there = str_slice(there, 0, end);
    *why = rest ? arena_printf(diagnosis->tab.scratch, "it leads to %s", url)
                : "it does not answer";
    return str_equal(here, there);
}

static void page_probe(Diagnosis *diagnosis)
{
    const Page *page = diagnosis->page;
    Coverage *coverage = coverage_begin(diagnosis);
    const char *why = NULL;
    bool is_there = tab_load(diagnosis, page->url, &why) && tab_settle(diagnosis, &why) &&
                    is_same_page(diagnosis, &why);
    if (!is_there) {
        const char *text = arena_printf(diagnosis->tab.scratch,
                                        "its address does not bring it again: %s", why);
        diagnosis_absent(diagnosis, "probe.tab-stops", text);
        return;
    }
    coverage_end(coverage, diagnosis);
    diagnose_keys(diagnosis);
    diagnose_pointer(diagnosis);
    diagnose_change(diagnosis);
}

static void page_diagnose(Measure *measure, Page *page, const char *context,
                          int64_t until_us)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    Target *target = tab_make(measure, context);
    Str html = page->dom;
    if (!target || !html.length)
        return;
    if (!html_parse(arena, html, "text/html; charset=utf-8", page->url, NULL, &document,
                    NULL))
        document = NULL;
    Diagnosis diagnosis = {.page = page, .document = document};
    tab_use(&diagnosis, measure, target);
    int64_t page_until_us = now_us(measure) + PAGE_US;
    diagnosis.until_us = page_until_us < until_us ? page_until_us : until_us;
    page_probe(&diagnosis);
    tab_close(measure, target);
}

/* ---- entering as a new visitor ---- */

static void entry_begin(Measure *measure, Entering *entering, Page *page)
{
    Diagnosis diagnosis = {.page = page};
    Target *target = NULL;
    const char *why = NULL;
    if (!targets_new_page(measure->visitor->targets, &target, NULL))
        return;
    tab_use(&diagnosis, measure, target);
    if (!tab_load(&diagnosis, page->url, &why)) {
        tab_close(measure, target);
        return;
    }
    *entering = (Entering){page, target, now_us(measure)};
}

static bool has_popup(const Page *page)
{
    const Observation *seen = observation_first(&page->observations, "probe.entry-popup");
    return seen && seen->value > 0;
}

/* By the page's own clock: on a busy machine it may have begun late. */
static const Json *entry_read(Diagnosis *diagnosis, int64_t until_us)
{
    for (;;) {
        const Json *read = diagnosis_ask(diagnosis, "measure.read");
        double left_ms = ENTRY_US / 1000.0 - json_number(json_get(read, "age"), 0);
        if ((read && left_ms <= 0) || now_us(diagnosis->measure) >= until_us ||
            cdp_is_gone(diagnosis->tab.cdp))
            return read;
        diagnosis_pause(diagnosis,
                        read && left_ms < 1000 ? (int64_t)(left_ms * 1000) + 1 : 1000000);
    }
}

/* The layer watch of measure.js has kept what came. */
static void entry_end(Measure *measure, const Entering *entering, int64_t end_us)
{
    Diagnosis diagnosis = {.page = entering->page};
    int64_t until_us = entering->begun_us + ENTRY_US;
    /* Nothing was entered: the first page never came. */
    if (!entering->target)
        return;
    bool has_any = has_popup(entering->page);
    if (until_us > end_us) { /* the visit's own time is over first */
        absent_write(measure, entering->page, "probe.entry-popup",
                     "there was no time left");
        tab_close(measure, entering->target);
        return;
    }
    cdp_pump(measure->visitor->cdp, until_us, NULL);
    tab_use(&diagnosis, measure, entering->target);
    const Json *read = entry_read(&diagnosis, until_us + ENTRY_US);
    const Json *layers = json_get(read, "layers");
    for (const Json *one = json_first(layers); one && !has_any; one = json_next(one)) {
        const char *words = json_text(json_get(one, "words"), "");
        if (json_bool(json_get(one, "isConsent"), false) || strlen(words) < 5)
            continue;
        diagnosis_write(&diagnosis, "probe.entry-popup",
                        json_number(json_get(one, "share"), 0), one);
        has_any = true;
    }
    if (!has_any && read)
        nothing_write(measure, entering->page, "probe.entry-popup");
    if (!read)
        absent_write(measure, entering->page, "probe.entry-popup",
                     "the page did not answer");
    tab_close(measure, entering->target);
}

/* ---- the pass ---- */

static bool is_diagnosed(const Measure *measure, const Page *page)
{
    const Exchange *document = page->document >= 0
                                   ? measure->visitor->base.visit->exchanges[page->document]
                                   : NULL;
    return page->status == 200 && page->kind != PAGE_UNKNOWN &&
           page->kind != PAGE_CHALLENGE &&
           (measure->visitor->options.diagnosed_kinds >> page->kind & 1) && document &&
           strcmp(document->method, "GET") == 0;
}

/* The first page of each kind that is to be diagnosed. */
static size_t pages_choose(const Measure *measure, Page **chosen)
{
    const Visit *visit = measure->visitor->base.visit;
    unsigned seen = 0;
    size_t count = 0;
    for (size_t i = 0; i < visit->page_count && count < PAGES_MAX; i++) {
        Page *page = visit->pages[i];
        if (!is_diagnosed(measure, page) || (seen >> page->kind & 1))
            continue;
        seen |= 1u << page->kind;
        chosen[count++] = page;
    }
    return count;
}

void diagnose_visit(Measure *measure)
{
    ChromiumVisitor *visitor = measure->visitor;
    Page *pages[PAGES_MAX];
    Entering entering[ENTRIES_MAX] = {0};
    size_t count = pages_choose(measure, pages);
    size_t entries = 0;
    int64_t until_us = now_us(measure) + ALL_US;
    if (visitor->base.deadline_us && visitor->base.deadline_us < until_us)
        until_us = visitor->base.deadline_us;
    const char *context = targets_context(visitor->targets);
    measure->is_diagnosing = true;
    for (size_t i = 0; i < count && entries < ENTRIES_MAX && now_us(measure) < until_us;
         i++)
        if (pages[i]->kind == PAGE_HOME || pages[i]->kind == PAGE_PRODUCT)
            entry_begin(measure, &entering[entries++], pages[i]);
    for (size_t i = 0; i < count && now_us(measure) < until_us; i++)
        if (!cdp_is_gone(visitor->cdp))
            page_diagnose(measure, pages[i], context, until_us);
    for (size_t i = 0; i < entries && !cdp_is_gone(visitor->cdp); i++)
        entry_end(measure, &entering[i], until_us);
    measure->is_diagnosing = false;
}
