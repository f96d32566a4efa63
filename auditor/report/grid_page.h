/* grid_page.h - the grid as a document: every criterion on one page, and the questions for
 * people as a questionnaire to print.
 *
 * Layer: report. Called by audit/inventory.c (`mystery list rules --format html`).
 * SPDX-License-Identifier: MIT */
#ifndef REPORT_GRID_PAGE_H
#define REPORT_GRID_PAGE_H

#include "report/report.h"

/** Render reports/html/gridpage.mustache. Errors: those of templates and words. */
bool grid_page(const Grid *grid, const ReportOptions *options, Buf *out,
               Error *err) MUST_USE;

#endif
