/* har_foreign.c - pages and metrics of a HAR exported by a browser or another tool.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include "model/har_foreign.h"

#include <math.h>
#include <string.h>

#include "base/url.h"

static bool is_redirect(const Exchange *exchange)
{
    return exchange->status >= 300 && exchange->status < 400 && exchange->redirect_url;
}

static bool is_document(const Exchange *exchange)
{
    return exchange->type == RESOURCE_DOCUMENT && exchange->status > 0 &&
           !is_redirect(exchange) &&
           (strcmp(exchange->mime, "text/html") == 0 ||
            strcmp(exchange->mime, "application/xhtml+xml") == 0);
}

static const char *request_header(const Exchange *exchange, const char *name)
{
    for (int i = 0; i < exchange->request_header_count; i++)
        if (str_equal_nocase(str_of(exchange->request_headers[i].name), str_of(name)))
            return exchange->request_headers[i].value;
    return NULL;
}

/* What the browser said that it asked for (Fetch Metadata): a page, or a frame in one. NULL
 * when it did not say. */
static const char *destination(const Exchange *exchange)
{
    return request_header(exchange, "sec-fetch-dest");
}

static bool is_navigation(const Exchange *exchange)
{
    const char *said = destination(exchange);
    return said && strcmp(said, "document") == 0;
}

static bool is_in_frame(const Exchange *exchange)
{
    return destination(exchange) && !is_navigation(exchange);
}

/* Entries without a page: a document begins a page, what follows belongs to it. */
static void pages_from_documents(Visit *visit)
{
    for (size_t i = 0; i < visit->exchange_count; i++) {
        Exchange *exchange = visit->exchanges[i];
        if (is_document(exchange) && !is_in_frame(exchange)) {
            Page *page = visit_add_page(visit);
            page->started_us = exchange->started_us;
            exchange->page = page->index;
        } else {
            exchange->page = (int)visit->page_count - 1;
        }
    }
}

/* The final document of a page: the first HTML answer behind the redirects. */
static int document_of(const Visit *visit, int page)
{
    for (size_t i = 0; i < visit->exchange_count; i++)
        if (visit->exchanges[i]->page == page && is_document(visit->exchanges[i]) &&
            !is_in_frame(visit->exchanges[i]))
            return (int)i;
    return -1;
}

/* Some tools write one page for a tab's whole life (Playwright does): every navigation
 * behind the first document begins a page of its own, and takes the entries that follow.
 * Title and load time of the whole belong to none of them. */
static void page_split(Visit *visit, int index)
{
    const Page *whole = visit->pages[index];
    Page *current = visit->pages[index];
    int first = document_of(visit, index);

    for (size_t i = first < 0 ? visit->exchange_count : (size_t)first + 1;
         i < visit->exchange_count; i++) {
        Exchange *exchange = visit->exchanges[i];
        if (exchange->page != index)
            continue;
        bool has_arrived = current == whole || document_of(visit, current->index) >= 0;
        if (is_navigation(exchange) && has_arrived) {
            current = visit_add_page(visit);
            current->started_us = exchange->started_us;
            visit->pages[index]->metrics[METRIC_LOAD] = NAN;
            visit->pages[index]->title = "";
        }
        exchange->page = current->index;
    }
}

static double ms_of(int64_t duration_us)
{
    return (double)duration_us / 1000.0;
}

static void add_bytes(double *sum, int64_t bytes)
{
    if (bytes >= 0)
        *sum = (isnan(*sum) ? 0 : *sum) + (double)bytes;
}

static void metrics_of_document(Page *page, const Exchange *document)
{
    const Timings *t = &document->timings;
    /* HAR: time is the sum of the phases, so the answer begins "receive" before its end. */
    if (document->duration_us > 0 && t->receive_us >= 0) {
        page->metrics[METRIC_TTFB] = ms_of(document->duration_us - t->receive_us);
        page->metrics[METRIC_HTML] = ms_of(document->duration_us);
    }
    if (document->body_bytes >= 0)
        page->metrics[METRIC_HTML_BYTES] = (double)document->body_bytes;
}

static void metrics_of_entries(Visit *visit, Page *page, const Url *site)
{
    double requests = 0;
    double third_party = 0;
    for (size_t i = 0; i < visit->exchange_count; i++) {
        const Exchange *exchange = visit->exchanges[i];
        if (exchange->page != page->index)
            continue;
        requests += 1;
        Url url;
        if (site && url_parse(visit->arena, str_of(exchange->url), NULL, &url, NULL) &&
            url_is_http(&url) && !url_same_site(&url, site))
            third_party += 1;
        add_bytes(&page->metrics[METRIC_TRANSFER], exchange->transfer_bytes);
        if (exchange->type == RESOURCE_SCRIPT)
            add_bytes(&page->metrics[METRIC_SCRIPT_BYTES], exchange->body_bytes);
        if (exchange->type == RESOURCE_IMAGE)
            add_bytes(&page->metrics[METRIC_IMAGE_BYTES], exchange->body_bytes);
    }
    page->metrics[METRIC_REQUESTS] = requests;
    page->metrics[METRIC_THIRD_PARTY] = site ? third_party : NAN;
}

static void page_complete(Visit *visit, Page *page)
{
    page->document = document_of(visit, page->index);
    if (page->document < 0)
        return;
    const Exchange *document = visit->exchanges[page->document];
    Url site;
    bool has_site = url_parse(visit->arena, str_of(document->url), NULL, &site, NULL);
    page->url = document->url;
    if (!page->requested[0])
        page->requested = document->url;
    page->status = document->status;
    metrics_of_document(page, document);
    metrics_of_entries(visit, page, has_site ? &site : NULL);
}

void har_foreign_complete(Visit *visit)
{
    size_t told = visit->page_count;
    if (!told)
        pages_from_documents(visit);
    for (size_t i = 0; i < told; i++)
        page_split(visit, (int)i);
    for (size_t i = 0; i < visit->page_count; i++)
        page_complete(visit, visit->pages[i]);
    for (size_t i = 0; i < visit->page_count && !visit->site; i++)
        if (visit->pages[i]->document >= 0)
            visit->site = visit->pages[i]->url;
    visit->outcome = visit->site ? VISIT_COMPLETED : VISIT_ERROR;
}
