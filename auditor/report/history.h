/* history.h - kept audits told: a list for a terminal, JSON for programs, a page of trends.
 *
 * Layer: report. Called by audit/. SPDX-License-Identifier: MIT */
#ifndef REPORT_HISTORY_H
#define REPORT_HISTORY_H

#include "model/history.h"
#include "report/report.h"

/** The shops as lines: date, mark, status, the three marks, completion. */
bool history_text(const History *shops, size_t count, const ReportOptions *options,
                  Buf *out, Error *err) MUST_USE;
/** One array, an object an audit, oldest first, shop by shop. */
bool history_json(const History *shops, size_t count, Buf *out, Error *err) MUST_USE;
/** A page in one file: a chart a series with its change points and their intervals. */
bool history_html(const History *shops, size_t count, const ReportOptions *options,
                  Buf *out, Error *err) MUST_USE;

#endif
