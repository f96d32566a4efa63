/* in_page.h - our functions that run in the page: the files of in_page/, one after the
 * other, as the Makefile puts them into the program. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_IN_PAGE_H
#define VISIT_CHROMIUM_IN_PAGE_H

/** JavaScript, NUL-ended. snapshot.js, which makes `mystery`, comes first; the others add
 * to it, in the order of their names. */
extern const char in_page_source[];

#endif
