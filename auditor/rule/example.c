/* example.c - reads the small visits that examples of rules are written as.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/example.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/out.h"
#include "dom/css.h"
#include "dom/html.h"

enum { EXAMPLE_BYTES = 4 << 20 };

static const char default_site[] = "https://shop.example/";
static const char default_start[] = "2026-11-19T09:00:00Z";

/** What is being read. */
typedef struct Reader {
    Arena *arena;
    const JsonFile *file;
    PageKind kind; /**< of pages that do not say theirs */
} Reader;

static Visit *visit_new(Audit *audit, const char *scenario)
{
    Visit *visit = visit_create(audit->arena);
    visit->site = audit->site;
    visit->engine = "http";
    visit->scenario_id = scenario;
    visit->persona_id = "phone";
    visit->number = 1;
    visit->started_us = audit->started_us;
    ARENA_PUSH(audit->arena, audit->visits, audit->visit_count, audit->visit_capacity,
               visit);
    return visit;
}

static Audit *audit_new(Arena *arena, const char *site)
{
    Audit *audit = audit_create(arena);
    audit->site = site;
    audit->host = "shop.example";
    (void)clock_parse_iso8601(default_start, &audit->started_us);
    return audit;
}

/** A page with its document. */
static Page *page_new(Visit *visit, PageKind kind, const char *url, int status, Str html)
{
    Page *page = visit_add_page(visit);
    Exchange *document = visit_add_exchange(visit);
    page->kind = kind;
    page->url = page->requested = url;
    page->status = status;
    page->started_us = document->started_us = visit->started_us;
    page->document = (int)visit->exchange_count - 1;
    page->title = page->language = "";
    document->page = page->index;
    document->type = RESOURCE_DOCUMENT;
    document->method = "GET";
    document->url = url;
    document->status = status;
    document->mime = "text/html";
    document->http_version = "HTTP/2";
    document->body = html;
    document->has_body = true;
    document->body_bytes = (int64_t)html.length;
    document->transfer_bytes = (int64_t)html.length;
    return page;
}

static Header *headers_read(Arena *arena, const Json *json, int *count)
{
    Header *headers;
    int total = 0;
    for (const Json *item = json_first(json); item; item = json_next(item))
        total += json_type(item) == JSON_ARRAY ? json_count(item) : 1;
    headers = ARENA_ARRAY(arena, (size_t)total + 1, Header);
    *count = 0;
    for (const Json *item = json_first(json); item; item = json_next(item)) {
        const Json *value = json_type(item) == JSON_ARRAY ? json_first(item) : item;
        for (; value; value = json_type(item) == JSON_ARRAY ? json_next(value) : NULL)
            headers[(*count)++] = (Header){json_key(item), json_text(value, "")};
    }
    return headers;
}

static void exchange_read(Visit *visit, const Json *json, int page)
{
    Exchange *exchange = visit_add_exchange(visit);
    Str body = json_str(json_get(json, "body"));
    exchange->page = page;
    exchange->type = resource_type_of(json_text(json_get(json, "type"), "document"));
    exchange->method = "GET";
    exchange->url = json_text(json_get(json, "url"), default_site);
    exchange->status = (int)json_integer(json_get(json, "status"), 200);
    exchange->error_kind = json_text(json_get(json, "error_kind"), NULL);
    exchange->error = exchange->error_kind;
    exchange->mime = json_text(json_get(json, "mime"), "");
    exchange->http_version = "HTTP/2";
    exchange->body = body;
    exchange->has_body = json_get(json, "body") != NULL;
    exchange->body_bytes = json_integer(json_get(json, "bytes"),
                                        exchange->has_body ? (int64_t)body.length : 1000);
    exchange->transfer_bytes =
        json_integer(json_get(json, "transfer"), exchange->body_bytes);
    exchange->redirect_url = json_text(json_get(json, "redirect"), NULL);
    exchange->is_from_cache = json_bool(json_get(json, "cached"), false);
    exchange->image_width = (int)json_integer(json_get(json, "width"), 0);
    exchange->started_us = visit->started_us;
    exchange->headers =
        headers_read(visit->arena, json_get(json, "headers"), &exchange->header_count);
}

/** Boxes by selector: {"viewport": [412, 823], "boxes": [{"select": "#buy", "x": ..}]}; and
 * observations [{"name", "value", "text", "select", "absent"}]. */
static const NodeList *nodes_of(Arena *arena, const Page *page, Str html,
                                const char *selector)
{
    Document *document = NULL;
    NodeList *list = ARENA_NEW(arena, NodeList);
    if (selector && html_parse(arena, html, "text/html; charset=utf-8", page->url, NULL,
                               &document, NULL))
        select_all(document, NULL, selector, arena, list);
    return list;
}

static uint32_t flags_read(const Json *names)
{
    static const char *const words[] = {"visible",    "fixed",      "sticky",  "control",
                                        "inline",     "focusable",  "covered", "has-text",
                                        "on-picture", "underlined", "clipped", "bold",
                                        "pointer",    "animated"};
    uint32_t flags = LAYOUT_VISIBLE;
    for (const Json *item = json_first(names); item; item = json_next(item))
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (!strcmp(words[i], json_text(item, "")))
                flags |= 1U << i;
    return flags;
}

static void box_read(Layout *layout, Arena *arena, const Json *box, size_t element)
{
    LayoutNode node = {.element = (int)element,
                       .x = (float)json_number(json_get(box, "x"), 0),
                       .y = (float)json_number(json_get(box, "y"), 0),
                       .width = (float)json_number(json_get(box, "width"), 100),
                       .height = (float)json_number(json_get(box, "height"), 50),
                       .font_size = (float)json_number(json_get(box, "font_size"), 0),
                       .contrast = (float)json_number(json_get(box, "contrast"), 0),
                       .characters = (int)json_integer(json_get(box, "characters"), 0),
                       .family = (int)json_integer(json_get(box, "family"), -1),
                       .covered_by = -1,
                       .flags = flags_read(json_get(box, "flags"))};
    size_t at;
    ARENA_PUSH(arena, layout->nodes, layout->count, layout->capacity, node);
    for (at = layout->count - 1; at > 0 && layout->nodes[at - 1].element > node.element;
         at--)
        layout->nodes[at] = layout->nodes[at - 1];
    layout->nodes[at] = node;
}

static void layout_read(Arena *arena, Page *page, Str html, const Json *json)
{
    static const char *const families[] = {"A", "B", "C", "D", "E"};
    Layout *layout = ARENA_NEW(arena, Layout);
    const Json *viewport = json_get(json, "viewport");
    if (!json)
        return;
    layout->viewport_width = (int)json_integer(json_first(viewport), 1280);
    layout->viewport_height =
        (int)json_integer(viewport ? json_next(json_first(viewport)) : NULL, 800);
    layout->families = ARENA_ARRAY(arena, COUNT_OF(families), const char *);
    for (; layout->family_count < COUNT_OF(families); layout->family_count++)
        layout->families[layout->family_count] = families[layout->family_count];
    for (const Json *box = json_first(json_get(json, "boxes")); box; box = json_next(box)) {
        const NodeList *nodes =
            nodes_of(arena, page, html, json_text(json_get(box, "select"), ""));
        for (size_t i = 0; i < nodes->count; i++)
            box_read(layout, arena, box, node_order(nodes->items[i]));
    }
    page->layout = layout;
}

static void observations_read(Arena *arena, Page *page, Str html, const Json *list)
{
    for (const Json *item = json_first(list); item; item = json_next(item)) {
        const NodeList *nodes =
            nodes_of(arena, page, html, json_text(json_get(item, "select"), NULL));
        Observation *seen = observation_add(
            arena, &page->observations, json_text(json_get(item, "name"), ""),
            json_number(json_get(item, "value"), NAN),
            json_text(json_get(item, "text"), NULL),
            nodes->count ? (int)node_order(nodes->items[0]) : -1);
        seen->absent = json_text(json_get(item, "absent"), NULL);
    }
}

static bool metrics_read(const Reader *reader, Page *page, const Json *metrics, Error *err)
{
    for (const Json *item = json_first(metrics); item; item = json_next(item)) {
        Metric metric = metric_of(json_key(item));
        if (metric == METRIC_COUNT)
            return json_error(reader->file, item, err, "there is no metric '%s'",
                              json_key(item));
        page->metrics[metric] = json_number(item, NAN);
    }
    return true;
}

static void document_read(Visit *visit, Exchange *document, const Json *json)
{
    const Json *wait = json_get(json, "wait_ms");
    document->http_version = json_text(json_get(json, "http_version"), "HTTP/2");
    document->tls_version = json_text(json_get(json, "tls"), NULL);
    if (json_get(json, "certificate_days"))
        document->certificate_until_us =
            visit->started_us +
            json_integer(json_get(json, "certificate_days"), 0) * 86400000000LL;
    if (str_is_empty(document->body))
        document->body = STR("<!doctype html><html lang=en><title>Shop</title><p>Text");
    document->body_bytes = (int64_t)document->body.length;
    document->headers =
        headers_read(visit->arena, json_get(json, "headers"), &document->header_count);
    if (wait) {
        document->is_connection_reused = true;
        document->timings.wait_us = (int64_t)(json_number(wait, 0) * 1000);
    }
}

static bool page_read(const Reader *reader, Visit *visit, const Json *json, Error *err)
{
    const char *name = json_text(json_get(json, "kind"), NULL);
    Page *page = page_new(visit, name ? page_kind_of(name) : reader->kind,
                          json_text(json_get(json, "url"), default_site),
                          (int)json_integer(json_get(json, "status"), 200),
                          json_str(json_get(json, "html")));
    Exchange *document = visit->exchanges[page->document];
    page->is_script_shell = json_bool(json_get(json, "shell"), false);
    document_read(visit, document, json);
    if (!metrics_read(reader, page, json_get(json, "metrics"), err))
        return false;
    for (const Json *item = json_first(json_get(json, "exchanges")); item;
         item = json_next(item))
        exchange_read(visit, item, page->index);
    layout_read(visit->arena, page, document->body, json_get(json, "layout"));
    observations_read(visit->arena, page, document->body, json_get(json, "observations"));
    if (page->layout || page->observations.count)
        visit->engine = "chromium";
    return true;
}

static bool facts_read(const Reader *reader, Visit *visit, const Json *facts, Error *err)
{
    for (const Json *item = json_first(facts); item; item = json_next(item)) {
        char type = 0;
        if (!fact_is_known(json_key(item), &type))
            return json_error(reader->file, item, err, "there is no fact '%s'",
                              json_key(item));
        if (json_type(item) == JSON_OBJECT)
            visit_fact_absent(visit, json_key(item),
                              json_text(json_get(item, "absent"), ""));
        else if (type == 'b')
            visit_fact_truth(visit, json_key(item), json_bool(item, false), -1);
        else if (type == 'n')
            visit_fact_number(visit, json_key(item), json_number(item, NAN), -1);
        else
            visit_fact_text(visit, json_key(item), json_text(item, ""), -1);
    }
    return true;
}

/** Steps: {"kind": "mystery/fillAddress", "outcome": "error-shown", "page": 0, "shop": ""}.
 */
static bool steps_read(const Reader *reader, Visit *visit, const Json *steps, Error *err)
{
    for (const Json *item = json_first(steps); item; item = json_next(item)) {
        const char *name = json_text(json_get(item, "kind"), "");
        StepKind kind = step_kind_of(name);
        StepRecord *record;
        if (kind == STEP_KIND_COUNT)
            return json_error(reader->file, item, err, "there is no step '%s'", name);
        record = visit_add_step(visit, name, kind);
        record->outcome = step_outcome_of(json_text(json_get(item, "outcome"), "ok"));
        record->shop_text = json_text(json_get(item, "shop"), NULL);
        record->page = (int)json_integer(json_get(item, "page"), -1);
    }
    return true;
}

/** Facts, pages and steps of one visit. */
static bool visit_read(const Reader *reader, Visit *visit, const Json *json, Error *err)
{
    const Json *pages = json_get(json, "pages");
    const char *started = json_text(json_get(json, "started"), NULL);
    if (started && !clock_parse_iso8601(started, &visit->started_us))
        return json_error(reader->file, json_get(json, "started"), err,
                          "'started' is no time");
    visit->scenario_id = json_text(json_get(json, "scenario"), visit->scenario_id);
    for (const Json *item = json_first(pages); item; item = json_next(item))
        if (!page_read(reader, visit, item, err))
            return false;
    return (pages || page_read(reader, visit, json, err)) &&
           facts_read(reader, visit, json_get(json, "facts"), err) &&
           steps_read(reader, visit, json_get(json, "steps"), err);
}

static void countries_read(Audit *audit, const Json *countries)
{
    int i = 0;
    if (!countries)
        return;
    audit->countries =
        ARENA_ARRAY(audit->arena, (size_t)json_count(countries) + 1, const char *);
    for (const Json *item = json_first(countries); item; item = json_next(item))
        audit->countries[i++] = json_text(item, "");
}

static bool audit_from_json(Arena *arena, const char *path, PageKind kind, Audit **out,
                            Error *err)
{
    JsonFile file;
    Audit *audit;
    const Json *visits, *links;
    Reader reader = {arena, &file, kind};
    if (!json_load(arena, path, EXAMPLE_BYTES, &file, err))
        return false;
    audit = audit_new(arena, json_text(json_get(file.root, "site"), default_site));
    countries_read(audit, json_get(file.root, "countries"));
    visits = json_get(file.root, "visits");
    if (!visits && !visit_read(&reader, visit_new(audit, "buy"), file.root, err))
        return false;
    for (const Json *item = json_first(visits); item; item = json_next(item))
        if (!visit_read(&reader, visit_new(audit, "buy"), item, err))
            return false;
    if (audit->visit_count > 0)
        audit->started_us = audit->visits[0]->started_us;
    /* A visit that holds what the check of links and files asked for. */
    links = json_get(file.root, "links");
    for (const Json *item = json_first(links); item; item = json_next(item)) {
        if (item == json_first(links))
            (void)visit_new(audit, "links");
        exchange_read(audit->visits[audit->visit_count - 1], item, -1);
    }
    *out = audit;
    return true;
}

static bool audit_from_html(Arena *arena, const char *path, PageKind kind, Audit **out,
                            Error *err)
{
    Str html, comment, word;
    Audit *audit = audit_new(arena, default_site);
    const char *url = default_site;
    long long status = 200;
    if (!file_read(arena, path, EXAMPLE_BYTES, &html, err))
        return false;
    comment = str_slice(html, 4, str_find(html, STR("-->"), 0) - 4);
    if (!str_starts_with(html, STR("<!--")))
        comment = str_of("");
    while (str_next_word(&comment, &word)) {
        const char *text = arena_str_text(arena, word);
        if (str_starts_with(word, STR("http")))
            url = text;
        else if (!str_to_int(word, &status) && page_kind_of(text) != PAGE_UNKNOWN)
            kind = page_kind_of(text);
    }
    page_new(visit_new(audit, "buy"), kind, url, (int)status, html);
    *out = audit;
    return true;
}

Audit *example_blank(Arena *arena, PageKind kind, bool is_shell)
{
    static const char html[] = "<!doctype html><html lang=en><title>Shop</title><p>Text";
    Audit *audit = audit_new(arena, default_site);
    Page *page = page_new(visit_new(audit, "buy"), kind, default_site, 200, STR(html));
    page->is_script_shell = is_shell;
    return audit;
}

bool example_load(Arena *arena, const char *path, PageKind kind, Audit **audit, Error *err)
{
    return str_ends_with(str_of(path), STR(".json"))
               ? audit_from_json(arena, path, kind, audit, err)
               : audit_from_html(arena, path, kind, audit, err);
}
