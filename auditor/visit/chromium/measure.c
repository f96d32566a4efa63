/* measure.c - web-vitals' values and long tasks, from the document's own clock to the page
 * they belong to.
 *
 * Every document tells "start" through a binding before its first script runs, and each new
 * value as it comes; the values at rest are asked for. Causes (which element, which
 * interaction) are written down when the visit is over, because later ones replace them.
 * Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/chromium/measure.h"

#include <math.h>
#include <string.h>

#include "base/out.h"
#include "visit/chromium/film.h"
#include "visit/chromium/watch.h"

enum {
    FILE_LIMIT = 4 << 20,
    MESSAGE_LIMIT = 1 << 20,
    VIEWS_MAX = 200,
    WATCHES_MAX = 2000,
};

#define BINDING "mysteryTell"
#define WORLD   "mystery"

/* ---- notes ---- */

/* At most limit bytes, no rune cut in two. */
static Str text_cut(Str text, size_t limit)
{
    if (text.length <= limit)
        return text;
    while (limit > 0 && ((unsigned char)text.data[limit] & 0xc0) == 0x80)
        limit--;
    return str_slice(text, 0, limit);
}

void note_add(Measure *measure, Notes *notes, Note note)
{
    if (notes->count >= NOTES_MAX)
        return;
    for (size_t i = 0; !note.mark && i < notes->count; i++)
        if (strcmp(notes->items[i].name, note.name) == 0 && notes->items[i].text &&
            note.text && strcmp(notes->items[i].text, note.text) == 0)
            return; /* the same complaint again */
    Str cut = text_cut(str_of(note.text ? note.text : ""), NOTE_TEXT_MAX);
    note.text = cut.length ? arena_str_text(measure->arena, cut) : NULL;
    ARENA_PUSH(measure->arena, notes->items, notes->count, notes->capacity, note);
}

int mark_order(const Watch *watch, int64_t mark)
{
    return watch && mark > 0 && (size_t)mark < watch->order_count ? watch->orders[mark]
                                                                  : -1;
}

void note_down(Measure *measure, const Watch *watch, Page *page, const Note *note)
{
    observation_add(measure->visitor->arena, &page->observations, note->name, note->value,
                    note->text, mark_order(watch, note->mark));
}

void absent_write(Measure *measure, Page *page, const char *name, const char *why)
{
    Arena *arena = measure->visitor->arena;
    Observation *made =
        observation_add(arena, &page->observations, name, (double)NAN, NULL, -1);
    made->absent = arena_text(arena, why);
}

void nothing_write(Measure *measure, Page *page, const char *name)
{
    observation_add(measure->visitor->arena, &page->observations, name, 0, NULL, -1);
}

void faults_write(Measure *measure, const Watch *watch, Page *page, const char *name,
                  const Json *faults)
{
    Notes notes = {0};
    for (const Json *one = json_first(faults); one; one = json_next(one))
        if (json_number(json_get(one, "value"), 0) > 0)
            note_add(measure, &notes,
                     (Note){.name = name,
                            .value = json_number(json_get(one, "value"), 0),
                            .text = json_text(json_get(one, "text"), NULL),
                            .mark = (int)json_integer(json_get(one, "mark"), 0)});
    for (size_t i = 0; i < notes.count; i++)
        note_down(measure, watch, page, &notes.items[i]);
    if (!notes.count)
        nothing_write(measure, page, name);
}

/* ---- documents and their navigations ---- */

static Watch *watch_of(const Measure *measure, const char *key)
{
    for (size_t i = measure->watch_count; i-- > 0;)
        if (strcmp(measure->watches[i]->key, key) == 0)
            return measure->watches[i];
    return NULL;
}

static View *view_add(Measure *measure, Watch *watch, int64_t id, bool is_soft)
{
    View *view = ARENA_NEW(measure->arena, View);
    *view = (View){.id = id, .is_soft = is_soft, .url = ""};
    view->fcp = view->lcp = view->cls = view->inp = view->ttfb = (double)NAN;
    ARENA_PUSH(measure->arena, watch->views, watch->view_count, watch->view_capacity, view);
    return view;
}

static Watch *watch_begin(Measure *measure, const char *key)
{
    if (measure->watch_count >= WATCHES_MAX)
        return NULL;
    Watch *watch = ARENA_NEW(measure->arena, Watch);
    watch->key = arena_text(measure->arena, key);
    watch->begun_us = clock_now_us(measure->visitor->base.clock);
    view_add(measure, watch, 0, false);
    ARENA_PUSH(measure->arena, measure->watches, measure->watch_count,
               measure->watch_capacity, watch);
    return watch;
}

static View *view_of(Measure *measure, Watch *watch, const Json *value)
{
    int64_t id = json_integer(json_get(value, "view"), 0);
    bool is_soft = json_bool(json_get(value, "isSoft"), false);
    if (!is_soft) {
        watch->views[0]->id = id;
        return watch->views[0];
    }
    for (size_t i = 0; i < watch->view_count; i++)
        if (watch->views[i]->is_soft && watch->views[i]->id == id)
            return watch->views[i];
    if (watch->view_count >= VIEWS_MAX)
        return NULL;
    View *view = view_add(measure, watch, id, true);
    view->url = arena_text(measure->arena, json_text(json_get(value, "url"), ""));
    return view;
}

/* ---- values ---- */

static const char *cause_text(const Measure *measure, const Json *value)
{
    const char *address = json_text(json_get(value, "address"), "");
    const char *words = json_text(json_get(value, "text"), "");
    return *address ? arena_printf(measure->arena, "%s %s", words, address) : words;
}

/* The address of the largest picture: does the document as sent name it? Looked up by its
 * last part, because sources may be relative. */
static void discovery_note(Measure *measure, View *view, const char *address)
{
    const Visit *visit = measure->visitor->base.visit;
    if (!*address || strncmp(address, "data:", 5) == 0 || !view->page ||
        view->page->document < 0)
        return;
    const Exchange *document = visit->exchanges[view->page->document];
    const char *name = strrchr(address, '/');
    if (!document->has_body || !name || !name[1])
        return;
    bool is_there = str_contains(document->body, str_of(name + 1));
    note_add(measure, &view->lcp_notes,
             (Note){.name = "lcp.in-html", .value = is_there, .text = address, .mark = 0});
}

static void lcp_take(Measure *measure, View *view, const Json *value)
{
    static const struct {
        const char *key, *name;
    } parts[] = {{"firstByte", "lcp.first-byte"},
                 {"loadDelay", "lcp.load-delay"},
                 {"loadTime", "lcp.load-time"},
                 {"renderDelay", "lcp.render-delay"}};

    Notes *notes = &view->lcp_notes;
    notes->count = 0;
    note_add(measure, notes,
             (Note){.name = "lcp.element",
                    .value = view->lcp,
                    .text = cause_text(measure, value),
                    .mark = (int)json_integer(json_get(value, "mark"), 0)});
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        double part = json_number(json_get(value, parts[i].key), (double)NAN);
        if (!isnan(part))
            note_add(measure, notes,
                     (Note){.name = parts[i].name, .value = part, .text = NULL, .mark = 0});
    }
    discovery_note(measure, view, json_text(json_get(value, "address"), ""));
}

static void cls_take(Measure *measure, View *view, const Json *value)
{
    view->cls_notes.count = 0;
    const Json *sources = json_get(value, "sources");
    for (const Json *one = json_first(sources); one; one = json_next(one)) {
        const char *text = arena_printf(measure->arena, "%s, %.0f ms",
                                        json_text(json_get(one, "text"), ""),
                                        json_number(json_get(one, "at"), 0));
        note_add(measure, &view->cls_notes,
                 (Note){.name = "cls.source",
                        .value = json_number(json_get(one, "value"), 0),
                        .text = text,
                        .mark = (int)json_integer(json_get(one, "mark"), 0)});
    }
}

static void inp_take(Measure *measure, View *view, const Json *value)
{
    const char *type = json_text(json_get(value, "type"), "");
    view->inp_notes.count = 0;
    const char *text =
        arena_printf(measure->arena, "%s %s", type, json_text(json_get(value, "text"), ""));
    note_add(measure, &view->inp_notes,
             (Note){.name = "inp.interaction",
                    .value = view->inp,
                    .text = text,
                    .mark = (int)json_integer(json_get(value, "mark"), 0)});
}

/* A soft navigation has no first byte of its own. */
static void metrics_put(const View *view)
{
    const struct {
        int metric;
        double value;
    } all[] = {{METRIC_FCP, view->fcp},
               {METRIC_LCP, view->lcp},
               {METRIC_CLS, view->cls},
               {METRIC_INP, view->inp},
               {METRIC_TTFB, view->is_soft ? (double)NAN : view->ttfb}};

    if (!view->page)
        return;
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (!isnan(all[i].value))
            view->page->metrics[all[i].metric] = all[i].value;
}

static void value_take(Measure *measure, Watch *watch, const Json *value)
{
    View *view = view_of(measure, watch, value);
    const char *name = json_text(json_get(value, "name"), "");
    double number = json_number(json_get(value, "value"), (double)NAN);
    if (!view || isnan(number))
        return;
    if (strcmp(name, "TTFB") == 0) {
        view->ttfb = number;
    } else if (strcmp(name, "FCP") == 0) {
        view->fcp = number;
    } else if (strcmp(name, "LCP") == 0) {
        view->lcp = number;
        lcp_take(measure, view, value);
    } else if (strcmp(name, "CLS") == 0) {
        view->cls = number;
        cls_take(measure, view, value);
    } else if (strcmp(name, "INP") == 0) {
        view->inp = number;
        inp_take(measure, view, value);
    }
    metrics_put(view);
}

static void layers_take(Measure *measure, Watch *watch, const Json *layers)
{
    watch->layers.count = 0;
    for (const Json *one = json_first(layers); one; one = json_next(one)) {
        const char *words = json_text(json_get(one, "words"), "");
        double share = json_number(json_get(one, "share"), 0);
        double shown_ms =
            json_number(json_get(one, "to"), 0) - json_number(json_get(one, "from"), 0);
        int mark = (int)json_integer(json_get(one, "mark"), 0);
        if (json_bool(json_get(one, "isConsent"), false) ||
            json_bool(json_get(one, "isAsked"), false))
            continue;
        /* A mute curtain that goes away by itself is a splash screen, what speaks or stays
         * is a pop-up. */
        bool is_mute = strlen(words) < 20 && share > 0.9;
        if (is_mute)
            note_add(measure, &watch->layers,
                     (Note){.name = "probe.splash",
                            .value = shown_ms,
                            .text = words,
                            .mark = mark});
        else
            note_add(measure, &watch->layers,
                     (Note){.name = "probe.entry-popup",
                            .value = share,
                            .text = words,
                            .mark = mark});
    }
}

/* ---- what documents tell ---- */

static void message_take(Measure *measure, const Json *message)
{
    const char *key = json_text(json_get(message, "key"), "");
    const char *what = json_text(json_get(message, "what"), "");
    Watch *watch = watch_of(measure, key);
    if (strcmp(what, "start") == 0 && !watch) {
        Watch *begun = watch_begin(measure, key);
        measure->now = begun ? begun : measure->now;
    } else if (watch && strcmp(what, "again") == 0) {
        measure->now = watch;
    } else if (watch && strcmp(what, "value") == 0) {
        value_take(measure, watch, json_get(message, "value"));
    } else if (watch && strcmp(what, "layers") == 0) {
        layers_take(measure, watch, json_get(message, "layers"));
    }
}

static void on_binding(void *context, const CdpEvent *event)
{
    Measure *measure = context;
    const ChromiumVisitor *visitor = measure->visitor;
    JsonFile file;
    if (measure->is_diagnosing || !visitor->page ||
        strcmp(event->session, visitor->page->session) != 0 ||
        strcmp(json_text(json_get(event->params, "name"), ""), BINDING) != 0)
        return;
    Str payload = json_str(json_get(event->params, "payload"));
    AUTO(arena_auto) Arena *arena = arena_create();
    if (payload.length <= MESSAGE_LIMIT && json_parse(arena, BINDING, payload, &file, NULL))
        message_take(measure, file.root);
}

/* ---- pages ---- */

/* Numbers of the browser's elements as the page's tree has them. */
static void orders_take(Measure *measure, Watch *watch)
{
    const Document *document = measure->visitor->look.document;
    size_t count = document ? document_element_count(document) : 0;
    int most = 0;
    for (size_t i = 0; i < count; i++)
        if (node_mark(document_element(document, i)) > most &&
            node_mark(document_element(document, i)) < FRAME_MARK)
            most = node_mark(document_element(document, i));
    watch->order_count = (size_t)most + 1;
    watch->orders = ARENA_ARRAY(measure->arena, watch->order_count, int);
    for (size_t i = 0; i < watch->order_count; i++)
        watch->orders[i] = -1;
    for (size_t i = 0; i < count; i++)
        if (node_mark(document_element(document, i)) <= most)
            watch->orders[node_mark(document_element(document, i))] = (int)i;
    watch->orders[0] = -1;
}

/* The navigation that a page is: the load, or the newest soft one without a page. */
static View *view_give(Watch *watch, Page *page)
{
    View *view = watch->views[0];
    if (view->page) {
        view = watch->views[watch->view_count - 1];
        if (view->page)
            return NULL;
    }
    view->page = page;
    return view;
}

static void tasks_write(Measure *measure, Page *page, const Json *read)
{
    double tbt = json_number(json_get(read, "tbt"), (double)NAN);
    double load = json_number(json_get(read, "load"), (double)NAN);
    page->metrics[METRIC_TBT] = tbt;
    page->metrics[METRIC_LONG_TASK] = json_number(json_get(read, "longest"), (double)NAN);
    if (!isnan(load))
        page->metrics[METRIC_LOAD] = load;
    const Json *tasks = json_get(read, "tasks");
    for (const Json *one = json_first(tasks); one; one = json_next(one))
        observation_add(measure->visitor->arena, &page->observations, "long-task",
                        json_number(json_get(one, "ms"), 0),
                        json_text(json_get(one, "script"), NULL), -1);
    observation_add(measure->visitor->arena, &page->observations, "blocking.third-party",
                    json_number(json_get(read, "others"), (double)NAN), NULL, -1);
}

/* What a document knows now; NULL when it is not the one shown, or does not answer. */
static const Json *values_ask(Measure *measure, Watch *watch)
{
    const Json *read = page_ask(measure->visitor, "measure.read", NULL);
    if (!read || strcmp(json_text(json_get(read, "key"), ""), watch->key) != 0)
        return NULL;
    watch->is_watched = true;
    watch->age_ms = json_number(json_get(read, "age"), 0);
    const Json *values = json_get(read, "values");
    for (const Json *one = json_first(values); one; one = json_next(one))
        value_take(measure, watch, one);
    layers_take(measure, watch, json_get(read, "layers"));
    return read;
}

void measure_page(ChromiumVisitor *visitor, Page *page)
{
    Measure *measure = visitor->measure;
    if (!measure || !page->status || !visitor->look.document)
        return;
    if (!measure->now)
        measure->now = watch_begin(measure, "");
    Watch *watch = measure->now;
    if (!watch)
        return;
    orders_take(measure, watch);
    View *view = view_give(watch, page);
    page_ask(visitor, "measure.rest", NULL);
    const Json *read = values_ask(measure, watch);
    if (read && view && !view->is_soft)
        tasks_write(measure, page, read);
    if (view)
        metrics_put(view);
    page->metrics[METRIC_JS_ERRORS] = watch->script_errors;
    page_ask(visitor, "measure.pause", NULL);
    film_page(visitor, page);
    probe_still(measure, watch, page);
    axe_page(measure, watch, page);
    page_ask(visitor, "measure.resume", NULL);
}

/* ---- the end ---- */

static void notes_write(Measure *measure, const Watch *watch, Page *page,
                        const Notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        note_down(measure, watch, page, &notes->items[i]);
}

static void view_write(Measure *measure, const Watch *watch, View *view)
{
    Page *page = view->page;
    if (!page)
        return;
    notes_write(measure, watch, page, &view->lcp_notes);
    notes_write(measure, watch, page, &view->cls_notes);
    notes_write(measure, watch, page, &view->inp_notes);
    if (view->is_soft)
        observation_add(measure->visitor->arena, &page->observations, "soft-navigation",
                        view->lcp, view->url, -1);
    if (view != watch->views[0])
        return;
    page->metrics[METRIC_JS_ERRORS] = watch->script_errors;
    console_write(measure, watch, page);
    probe_layers(measure, watch, page);
}

void measure_window(ChromiumVisitor *visitor)
{
    Measure *measure = visitor->measure;
    /* A document that began before the window was ours may not be watched yet; what it has
     * seen so far is kept for late watchers. */
    if (measure)
        page_ask(visitor, "measure.vitals", NULL);
    const Json *read = measure ? page_ask(visitor, "measure.read", NULL) : NULL;
    const char *key = json_text(json_get(read, "key"), "");
    if (!*key)
        return;
    Watch *watch = watch_of(measure, key);
    if (!watch)
        watch = watch_begin(measure, key);
    if (watch)
        measure->now = watch;
}

void measure_finish(ChromiumVisitor *visitor)
{
    Measure *measure = visitor->measure;
    if (!measure)
        return;
    if (!cdp_is_gone(visitor->cdp) && visitor->page && measure->now)
        values_ask(measure, measure->now);
    for (size_t i = 0; i < measure->watch_count; i++)
        for (size_t k = 0; k < measure->watches[i]->view_count; k++)
            view_write(measure, measure->watches[i], measure->watches[i]->views[k]);
    film_close(visitor);
    if (!cdp_is_gone(visitor->cdp))
        diagnose_visit(measure);
    visitor->measure = NULL;
}

bool measure_has_vitals(const ChromiumVisitor *visitor)
{
    return visitor->measure && visitor->measure->vitals;
}

bool measure_is_of_visit(const ChromiumVisitor *visitor)
{
    return !visitor->measure || !visitor->measure->is_diagnosing;
}

/* ---- the beginning ---- */

static const char *file_text(Measure *measure, const char *name, const char **why)
{
    const char *folder = measure->visitor->options.browser_files;
    Str text;
    if (!folder) {
        *why = "web-vitals and axe-core are not installed";
        return NULL;
    }
    const char *path = arena_printf(measure->arena, "%s/%s", folder, name);
    if (!file_read(measure->arena, path, FILE_LIMIT, &text, NULL)) {
        *why = arena_printf(measure->arena, "%s is not installed", name);
        return NULL;
    }
    return arena_str_text(measure->arena, text);
}

void measure_open(ChromiumVisitor *visitor)
{
    Measure *measure = ARENA_NEW(visitor->arena, Measure);
    measure->visitor = visitor;
    measure->arena = visitor->arena;
    measure->vitals = file_text(measure, "web-vitals/dist/web-vitals.attribution.iife.js",
                                &measure->why_no_vitals);
    measure->axe = file_text(measure, "axe-core/axe.min.js", &measure->why_no_axe);
    visitor->measure = measure;
    cdp_listen(visitor->cdp, "Runtime.bindingCalled", on_binding, measure);
    console_listen(measure);
}

void measure_setup(ChromiumVisitor *visitor, const Target *target)
{
    Measure *measure = visitor->measure;
    if (!measure || target->kind != TARGET_PAGE)
        return;
    cdp_send(visitor->cdp, target->session, "Runtime.enable", NULL);
    cdp_send(visitor->cdp, target->session, "Log.enable", NULL);
    cdp_send(visitor->cdp, target->session, "Audits.enable", NULL);
    cdp_send(visitor->cdp, target->session, "Runtime.addBinding",
             "{\"name\":\"" BINDING "\",\"executionContextName\":\"" WORLD "\"}");
    if (!measure->vitals)
        return;
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    buf_init(&params, FILE_LIMIT);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "source",
                  arena_printf(visitor->scratch,
                               "%s\n;globalThis.mystery && mystery.measure && "
                               "mystery.measure.vitals();",
                               measure->vitals));
    json_put_text(&json, "worldName", WORLD);
    json_write_end(&json);
    cdp_send(visitor->cdp, target->session, "Page.addScriptToEvaluateOnNewDocument",
             buf_text(&params));
}
