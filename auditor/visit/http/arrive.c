/* arrive.c - a page of an answer: what it is, its tree, its numbers.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/url.h"
#include "dom/html.h"
#include "visit/http/http.h"
#include "visit/sums.h"
#include "words/recognise.h"

/* ---- what the answer is ---- */

/** The first byte of content decides when the server did not say what it sends. */
static bool body_looks_like_markup(Str body)
{
    if (str_starts_with(body, STR("\xef\xbb\xbf")))
        body = str_slice(body, 3, body.length);
    return str_starts_with(str_trim(str_slice(body, 0, 512)), STR("<"));
}

static bool answer_is_html(const Exchange *exchange)
{
    if (exchange->mime[0] == '\0')
        return body_looks_like_markup(exchange->body);
    return strcmp(exchange->mime, "text/html") == 0 ||
           strcmp(exchange->mime, "application/xhtml+xml") == 0;
}

/** What a browser shows in its window when it is not HTML. */
static bool answer_is_shown(const Exchange *exchange)
{
    static const char *const kinds[] = {"text/", "image/", "audio/", "video/"};
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strncmp(exchange->mime, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return exchange->mime[0] == '\0' || strstr(exchange->mime, "json") ||
           strstr(exchange->mime, "xml") || strcmp(exchange->mime, "application/pdf") == 0;
}

bool answer_keeps_page(Arena *arena, const Exchange *exchange, const char **reason)
{
    if (exchange->status == 0)
        return false;
    if (exchange->status == 204 || exchange->status == 205) {
        *reason =
            arena_printf(arena, "the server answered %d, no new page", exchange->status);
        return true;
    }
    const char *disposition = exchange_header(exchange, "Content-Disposition");
    bool is_attachment =
        disposition &&
        str_starts_with_nocase(str_trim(str_of(disposition)), STR("attachment"));
    if (!is_attachment && (answer_is_html(exchange) || answer_is_shown(exchange)))
        return false;
    *reason = arena_printf(arena, "a file to download (%s), no new page",
                           exchange->mime[0] ? exchange->mime : "type not said");
    return true;
}

/* ---- the tree ---- */

static bool document_make(HttpVisitor *visitor, Exchange *exchange, Shown *shown,
                          Error *err)
{
    if (exchange->status == 0 || !answer_is_html(exchange))
        return true;
    Error trouble = {0};
    if (html_parse(visitor->arena, exchange->body,
                   exchange_header(exchange, "Content-Type"), shown->url, NULL,
                   &shown->document, &trouble))
        return true;
    shown->document = NULL;
    /* Beyond our limits: a page without a tree, on which nothing can be told. */
    if (trouble.code == ERROR_LIMIT) {
        if (!exchange->error) {
            exchange->error_kind = "limit";
            exchange->error = arena_text(visitor->arena, trouble.what);
        }
        return true;
    }
    return error_set(err, trouble.code, trouble.where, "%s", trouble.what);
}

static ReferrerPolicy policy_of(const Document *document, const Exchange *exchange)
{
    ReferrerPolicy policy =
        referrer_policy_of(exchange_header(exchange, "Referrer-Policy"));
    const NodeList *metas = document ? document_by_tag(document, "meta") : NULL;
    for (size_t i = 0; metas && i < metas->count; i++) {
        const char *name = node_attribute(metas->items[i], "name");
        const char *content = node_attribute(metas->items[i], "content");
        if (!name || !content || !str_equal_nocase(str_of(name), STR("referrer")))
            continue;
        ReferrerPolicy said = referrer_policy_of(content);
        policy = said != REFERRER_DEFAULT ? said : policy;
    }
    return policy;
}

/* ---- the history ---- */

/** The new page becomes the one shown; what lay ahead of the old one is gone. */
static Shown *history_put(HttpVisitor *visitor, const Shown *shown, bool replaces)
{
    if (visitor->history_count)
        visitor->history_count = visitor->position + (replaces ? 0 : 1);
    ARENA_PUSH(visitor->arena, visitor->history, visitor->history_count,
               visitor->history_capacity, *shown);
    visitor->position = visitor->history_count - 1;
    visitor->base.page = shown->page;
    return &visitor->history[visitor->position];
}

/* ---- the numbers ---- */

static double milliseconds(int64_t from_us, int64_t to_us)
{
    return (double)(to_us - from_us) / 1000.0;
}

static void metrics_fill(const HttpVisitor *visitor, const Shown *shown,
                         const Journey *journey, int64_t loaded_us)
{
    Page *page = shown->page;
    if (page->status == 0)
        return;
    page->metrics[METRIC_TTFB] = milliseconds(journey->begun_us, journey->first_byte_us);
    page->metrics[METRIC_HTML] = milliseconds(journey->begun_us, journey->received_us);
    if (shown->document) {
        page->metrics[METRIC_DOM_NODES] = (double)document_element_count(shown->document);
        if (shown->exchange->body_bytes >= 0)
            page->metrics[METRIC_HTML_BYTES] = (double)shown->exchange->body_bytes;
    }
    if (loaded_us == 0)
        return;
    page->metrics[METRIC_NETWORK_LOAD] = milliseconds(journey->begun_us, loaded_us);
    if (visitor->options.is_recording)
        page_sum(visitor->base.visit, page, journey->first_exchange);
}

/* ---- scripts that bring more ---- */

static bool script_inserts(Str text)
{
    static const char *const marks[] = {
        "createElement(", "document.write", "insertAdjacentHTML", "innerHTML", "new Image",
        "import(",        "fetch(",         "XMLHttpRequest"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_contains(text, str_of(marks[i])))
            return true;
    return false;
}

/** May scripts load more than the markup names? Looks at the page's own text and at every
 * script that was fetched. */
static bool page_has_inserting_scripts(const HttpVisitor *visitor, const Shown *shown,
                                       size_t first)
{
    const Visit *visit = visitor->base.visit;
    const NodeList *scripts = document_by_tag(shown->document, "script");
    if (scripts->count == 0)
        return false;
    if (script_inserts(shown->exchange->body))
        return true;
    for (size_t i = first; i < visit->exchange_count; i++) {
        const Exchange *exchange = visit->exchanges[i];
        if (exchange->page == shown->page->index && exchange->type == RESOURCE_SCRIPT &&
            script_inserts(exchange->body))
            return true;
    }
    return false;
}

/* ---- arriving ---- */

static Page *page_make(HttpVisitor *visitor, const Navigation *navigation,
                       const Exchange *exchange, const Journey *journey)
{
    Visit *visit = visitor->base.visit;
    Page *page = visit_add_page(visit);
    page->step = visitor->base.step;
    page->url = journey->url;
    page->requested = navigation->url;
    page->status = exchange->status;
    page->title = "";
    page->language = "";
    page->document = -1;
    page->started_us = exchange->started_us;
    for (size_t i = journey->first_exchange; i < visit->exchange_count; i++) {
        visit->exchanges[i]->page = page->index;
        if (i == journey->first_exchange)
            page->started_us = visit->exchanges[i]->started_us;
        if (visit->exchanges[i] == exchange)
            page->document = (int)i;
    }
    return page;
}

static void page_describe(HttpVisitor *visitor, const Shown *shown, size_t first)
{
    Page *page = shown->page;
    page->title = document_title(shown->document);
    page->language = document_language(shown->document);
    page->is_script_shell = visitor->options.is_recording && page_is_shell(shown->document);
    page->has_inserting_scripts = page_has_inserting_scripts(visitor, shown, first);
}

bool http_arrive(HttpVisitor *visitor, const Navigation *navigation, Exchange *exchange,
                 const Journey *journey, Error *err)
{
    Shown made = {.url = journey->url, .exchange = exchange};
    made.was_post = strcmp(exchange->method, "POST") == 0;
    made.page = page_make(visitor, navigation, exchange, journey);
    if (!document_make(visitor, exchange, &made, err))
        return false;
    made.policy = policy_of(made.document, exchange);
    if (made.document)
        made.state = form_state_create(visitor->arena, made.document);
    Shown *shown = history_put(visitor, &made, navigation->replaces);
    int64_t loaded_us = journey->received_us;
    if (visitor->options.loads_resources && shown->document &&
        !http_fetch_resources(visitor, shown, &loaded_us, err))
        return false;
    if (shown->document)
        page_describe(visitor, shown, journey->first_exchange);
    metrics_fill(visitor, shown, journey, visitor->options.loads_resources ? loaded_us : 0);
    shown->rested_us = clock_now_us(visitor->base.clock);
    return true;
}
