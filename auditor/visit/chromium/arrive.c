/* arrive.c - a Page of what is shown: addresses, exchanges, tree, layout, numbers.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "visit/chromium/chromium.h"
#include "visit/chromium/measure.h"
#include "visit/sums.h"

/* ---- the exchanges that are the page's ---- */

static bool leads_to(const Exchange *hop, const char *url)
{
    return hop->redirect_url && hop->type == RESOURCE_DOCUMENT &&
           strcmp(hop->redirect_url, url) == 0;
}

/* First hop of the redirects that led to a document. */
static size_t first_hop(const Visit *visit, size_t document, size_t from)
{
    size_t first = document;
    for (size_t i = document; i-- > from;)
        if (leads_to(visit->exchanges[i], visit->exchanges[first]->url))
            first = i;
    return first;
}

/* The document of the page shown; -1 when it did not come over the network. */
static int document_of(const ChromiumVisitor *visitor)
{
    const Navigating *now = &visitor->navigating;
    int index = now->is_committed ? traffic_document(visitor->traffic, now->loader_id) : -1;
    if (index >= 0 || !now->is_committed)
        return index;
    /* A failed one has no document of its own: the last that was asked for. */
    const Visit *visit = visitor->base.visit;
    for (size_t i = visit->exchange_count; i-- > now->first_exchange;)
        if (visit->exchanges[i]->type == RESOURCE_DOCUMENT && !visit->exchanges[i]->status)
            return (int)i;
    return -1;
}

/* What began with the first hop belongs to the new page, what came before to the old. */
static void exchanges_give(const ChromiumVisitor *visitor, const Page *page, size_t first)
{
    const Visit *visit = visitor->base.visit;
    traffic_page(visitor->traffic, page->index);
    if (page->document >= 0) {
        traffic_claim(visitor->traffic, visitor->navigating.loader_id, page->index);
        return;
    }
    for (size_t i = first; i < visit->exchange_count; i++)
        visit->exchanges[i]->page = page->index;
}

/* ---- numbers ---- */

static int64_t phase(int64_t us)
{
    return us > 0 ? us : 0;
}

/* From the first request to the first byte of the last answer, redirects included. */
static void document_metrics(Page *page, const Exchange *first, const Exchange *document)
{
    const Timings *timings = &document->timings;
    int64_t until_us = document->started_us + phase(timings->blocked_us) +
                       phase(timings->dns_us) + phase(timings->connect_us) +
                       phase(timings->send_us) + phase(timings->wait_us);
    if (!document->status || document->is_from_cache)
        return;
    page->metrics[METRIC_TTFB] = (double)(until_us - first->started_us) / 1000.0;
    page->metrics[METRIC_HTML] =
        (double)(document->started_us + document->duration_us - first->started_us) / 1000.0;
    if (document->body_bytes >= 0)
        page->metrics[METRIC_HTML_BYTES] = (double)document->body_bytes;
}

static void page_metrics(const ChromiumVisitor *visitor, Page *page, size_t first)
{
    const Navigating *now = &visitor->navigating;
    const Visit *visit = visitor->base.visit;
    if (page->status == 0)
        return;
    if (page->document >= 0)
        document_metrics(page, visit->exchanges[first], visit->exchanges[page->document]);
    if (visitor->look.document)
        page->metrics[METRIC_DOM_NODES] =
            (double)document_element_count(visitor->look.document);
    if (now->is_committed && now->loaded_us && now->started_us && !now->is_restored)
        page->metrics[METRIC_LOAD] = (double)(now->loaded_us - now->started_us) / 1000.0;
    page_sum(visit, page, first);
}

/* ---- the page ---- */

static bool limit_take(ChromiumVisitor *visitor, Error *err)
{
    Visitor *base = &visitor->base;
    if (base->requests_left == 0)
        return error_set(err, ERROR_INCONCLUSIVE, visitor->navigating.url,
                         "the limit of documents of a visit is reached") ||
               error_hint(err, "a scenario may set a higher maxRequests");
    if (base->requests_left > 0)
        base->requests_left--;
    return true;
}

/* The page that a step back in the history shows again as it was; NULL: none. */
static Page *page_again(ChromiumVisitor *visitor)
{
    if (!visitor->navigating.is_restored)
        return NULL;
    int id = history_entry(visitor);
    for (size_t i = visitor->entry_count; i-- > 0;)
        if (visitor->entries[i].id == id)
            return visitor->base.visit->pages[visitor->entries[i].page];
    return NULL;
}

static void entry_note(ChromiumVisitor *visitor, const Page *page)
{
    Entry entry = {.id = history_entry(visitor), .page = page->index};
    ARENA_PUSH(visitor->arena, visitor->entries, visitor->entry_count,
               visitor->entry_capacity, entry);
}

/* How the page answers, and where its exchanges begin (*first). */
static void page_place(const ChromiumVisitor *visitor, Page *page, size_t *first)
{
    const Visit *visit = visitor->base.visit;
    const Navigating *now = &visitor->navigating;
    page->document = document_of(visitor);
    *first = now->first_exchange;
    if (page->document >= 0) {
        *first = first_hop(visit, (size_t)page->document, now->first_exchange);
        page->status = visit->exchanges[page->document]->status;
        page->requested = visit->exchanges[*first]->url;
        page->started_us = visit->exchanges[*first]->started_us;
        return;
    }
    /* A soft page has no answer of its own: that of the page it grew out of holds. */
    bool is_soft = !now->is_committed && visitor->base.page;
    page->status = is_soft ? visitor->base.page->status : now->is_error_page ? 0 : 200;
    page->started_us = clock_wall_us(visitor->base.clock);
    if (*first < visit->exchange_count)
        page->started_us = visit->exchanges[*first]->started_us;
}

static bool page_fill(ChromiumVisitor *visitor, Page *page, Error *err)
{
    const Navigating *now = &visitor->navigating;
    if (now->error || now->is_error_page) {
        page->status = 0;
        visitor->look = (Look){.is_fresh = true};
        return true;
    }
    if (!look_take(visitor, err))
        return false;
    if (!visitor->look.document)
        return true;
    page->dom = marks_strip(visitor->arena, visitor->look.html, visitor->mark_name);
    page->title = arena_text(visitor->arena, document_title(visitor->look.document));
    page->language = arena_text(visitor->arena, document_language(visitor->look.document));
    page->layout = look_layout(visitor);
    return true;
}

bool page_make(ChromiumVisitor *visitor, Page **out, Error *err)
{
    Visitor *base = &visitor->base;
    const Navigating *now = &visitor->navigating;
    size_t first = 0;
    Page *page = page_again(visitor);
    if (page) {
        base->page = *out = page;
        traffic_page(visitor->traffic, page->index);
        return look_take(visitor, err);
    }
    if (!limit_take(visitor, err))
        return false;
    page = visit_add_page(base->visit);
    page->step = base->step;
    page->url = now->error && now->asked ? now->asked : now->url;
    page->requested = now->asked ? now->asked : page->url;
    page->title = page->language = "";
    page_place(visitor, page, &first);
    exchanges_give(visitor, page, first);
    base->page = *out = page;
    if (visitor->options.is_recording && !traffic_collect(visitor->traffic, err))
        return false;
    if (!page_fill(visitor, page, err))
        return false;
    page_metrics(visitor, page, first);
    entry_note(visitor, page);
    measure_page(visitor, page);
    if (page->status)
        screenshot_take(visitor, page);
    return true;
}
