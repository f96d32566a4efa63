/* writers.h - one function a format; private to report/, listed in report.c.
 *
 * All: audit and options as report.h says; the format is appended to out.
 * Errors: ERROR_INPUT in words or templates, ERROR_LIMIT when out is full.
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_WRITERS_H
#define REPORT_WRITERS_H

#include "report/report.h"

bool html_write(const Audit *audit, const ReportOptions *options, Buf *out,
                Error *err) MUST_USE;
bool junit_write(const Audit *audit, const ReportOptions *options, Buf *out,
                 Error *err) MUST_USE;
bool sarif_write(const Audit *audit, const ReportOptions *options, Buf *out,
                 Error *err) MUST_USE;
/** findings.csv and pages.csv. Cells are separated by ';' in French, ',' elsewhere. */
bool csv_findings_write(const Audit *audit, const ReportOptions *options, Buf *out,
                        Error *err) MUST_USE;
bool csv_pages_write(const Audit *audit, const ReportOptions *options, Buf *out,
                     Error *err) MUST_USE;
bool markdown_write(const Audit *audit, const ReportOptions *options, Buf *out,
                    Error *err) MUST_USE;

#endif
