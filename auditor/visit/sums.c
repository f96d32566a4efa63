/* sums.c - adding up. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/sums.h"

#include <math.h>

#include "base/url.h"

static void metric_add(Page *page, Metric metric, int64_t value)
{
    if (isnan(page->metrics[metric]))
        page->metrics[metric] = 0;
    if (value > 0)
        page->metrics[metric] += (double)value;
}

static void exchange_add(Page *page, const Exchange *exchange)
{
    metric_add(page, METRIC_REQUESTS, 1);
    metric_add(page, METRIC_TRANSFER, exchange->transfer_bytes);
    if (exchange->type == RESOURCE_SCRIPT)
        metric_add(page, METRIC_SCRIPT_BYTES, exchange->transfer_bytes);
    if (exchange->type == RESOURCE_IMAGE)
        metric_add(page, METRIC_IMAGE_BYTES, exchange->transfer_bytes);
}

void page_sum(const Visit *visit, Page *page, size_t first)
{
    static const Metric sums[] = {METRIC_REQUESTS, METRIC_TRANSFER, METRIC_SCRIPT_BYTES,
                                  METRIC_IMAGE_BYTES, METRIC_THIRD_PARTY};
    Url home;
    bool has_home = url_parse(visit->arena, str_of(page->url), NULL, &home, NULL);
    for (size_t i = 0; i < COUNT_OF(sums); i++)
        metric_add(page, sums[i], 0);
    for (size_t i = first; i < visit->exchange_count; i++) {
        const Exchange *exchange = visit->exchanges[i];
        Url url;
        if (exchange->page != page->index || exchange->is_from_cache)
            continue;
        exchange_add(page, exchange);
        if (has_home && url_parse(visit->arena, str_of(exchange->url), NULL, &url, NULL) &&
            !url_same_site(&home, &url))
            metric_add(page, METRIC_THIRD_PARTY, 1);
    }
}
