/* sums.h - what a page loaded, in numbers: for every engine alike. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_SUMS_H
#define VISIT_SUMS_H

#include "model/visit.h"

/** Sum up the exchanges from first on that belong to the page into its metrics: requests,
 * bytes on the wire in all, of scripts and of images, requests to other sites. What the
 * cache had costs nothing. */
void page_sum(const Visit *visit, Page *page, size_t first);

#endif
