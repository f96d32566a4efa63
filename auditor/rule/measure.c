/* measure.c - measures of a whole visit. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/measure.h"

#include <math.h>
#include <string.h>

#include "base/stats.h"
#include "model/metric.h"

/** Whole-HTML times of the visit's pages, in order; NULL when there are fewer than least.
 */
static double *page_times(const Subject *subject, size_t least, size_t *count, int *slowest)
{
    const Visit *visit = subject->visit;
    double *times = ARENA_ARRAY(subject->arena, visit->page_count + 1, double);
    *count = 0;
    *slowest = -1;
    for (size_t i = 0; i < visit->page_count; i++) {
        double value = visit->pages[i]->metrics[METRIC_HTML];
        if (isnan(value) || visit->pages[i]->kind == PAGE_CHALLENGE)
            continue;
        if (*slowest < 0 || value > visit->pages[*slowest]->metrics[METRIC_HTML])
            *slowest = (int)i;
        times[(*count)++] = value;
    }
    return *count >= least ? times : NULL;
}

static const char too_few[] = "too few pages were timed";

static const char *slowest_page(const Subject *subject, double *number, Answer *answer)
{
    size_t count;
    int slowest;
    if (!page_times(subject, 1, &count, &slowest))
        return too_few;
    *number = subject->visit->pages[slowest]->metrics[METRIC_HTML];
    answer_evidence(answer, NULL, NULL, subject->visit->pages[slowest]->url);
    return NULL;
}

static const char *median_page(const Subject *subject, double *number, Answer *answer)
{
    size_t count;
    int slowest;
    double *times = page_times(subject, 3, &count, &slowest);
    (void)answer;
    if (!times)
        return too_few;
    stats_sort(times, count);
    *number = stats_median(times, count);
    return NULL;
}

static const char *slowest_to_median(const Subject *subject, double *number, Answer *answer)
{
    size_t count;
    int slowest;
    double *times = page_times(subject, 5, &count, &slowest), median;
    if (!times)
        return too_few;
    stats_sort(times, count);
    median = stats_median(times, count);
    /* Below a tenth of a second nobody feels a wait, and a ratio says more of the clock
     * than of the shop. */
    *number = times[count - 1] / (median < 100 ? 100 : median);
    answer_evidence(answer, NULL, NULL, subject->visit->pages[slowest]->url);
    return NULL;
}

/** Largest first-byte time among pages of two kinds. NAN: none. */
static double first_byte(const Visit *visit, PageKind a, PageKind b, int *page)
{
    double worst = NAN;
    for (size_t i = 0; i < visit->page_count; i++) {
        const Page *one = visit->pages[i];
        double value = one->metrics[METRIC_TTFB];
        if ((one->kind != a && one->kind != b) || isnan(value))
            continue;
        if (isnan(worst) || value > worst) {
            worst = value;
            *page = (int)i;
        }
    }
    return worst;
}

/** How much longer cart and checkout let wait than the product page: the ratio, 1 while the
 * difference keeps within half a second. */
static const char *checkout_to_product(const Subject *subject, double *number,
                                       Answer *answer)
{
    int page = -1, other = -1;
    double late = first_byte(subject->visit, PAGE_CART, PAGE_CHECKOUT, &page);
    double product = first_byte(subject->visit, PAGE_PRODUCT, PAGE_PRODUCT, &other);
    if (isnan(late) || isnan(product))
        return "cart or product page was not timed";
    *number = late - product <= 500 ? 1 : late / (product > 1 ? product : 1);
    answer_evidence(answer, NULL, NULL, subject->visit->pages[page]->url);
    return NULL;
}

/** Did the visit come as far as a cart? Reading the terms is no purchase. */
static bool is_purchase(const Visit *visit)
{
    for (size_t i = 0; i < visit->page_count; i++)
        if (visit->pages[i]->kind == PAGE_CART || visit->pages[i]->kind == PAGE_CHECKOUT)
            return true;
    return false;
}

static const char *transfer(const Subject *subject, double *number, Answer *answer)
{
    double bytes = 0;
    (void)answer;
    if (subject->visit->page_count < 3)
        return "the journey is too short";
    if (!is_purchase(subject->visit))
        return "it is no journey of a purchase";
    for (size_t i = 0; i < subject->visit->exchange_count; i++) {
        const Exchange *exchange = subject->visit->exchanges[i];
        if (exchange->page < 0 || exchange->is_from_cache)
            continue;
        if (exchange->transfer_bytes < 0)
            return "not every transfer was measured";
        bytes += (double)exchange->transfer_bytes;
    }
    *number = bytes;
    return NULL;
}

typedef struct MeasureRow {
    const char *name;
    const char *unit;
    VisitMeasure *measure;
} MeasureRow;

static const MeasureRow rows[] = {
    {"slowest-page-ms", "ms", slowest_page},
    {"median-page-ms", "ms", median_page},
    {"slowest-to-median", "", slowest_to_median},
    {"checkout-to-product", "", checkout_to_product},
    {"transfer-bytes", "byte", transfer},
};

VisitMeasure *visit_measure_of(const char *name, const char **unit)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (!strcmp(rows[i].name, name)) {
            *unit = rows[i].unit;
            return rows[i].measure;
        }
    return NULL;
}
