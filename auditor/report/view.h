/* view.h - an audit as a tree of finished words and positions, which templates only place.
 *
 * Everything is said in the reader's language and every position is a percentage or a
 * pixel by now, so that templates and writers compare nothing (style.md, pitfall 5).
 * docs/reports.md lists the fields. Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "base/arena.h"
#include "model/audit.h"
#include "report/locale.h"
#include "report/report.h"
#include "report/value.h"

/** The whole tree. options: NULL for none; audit and locale must live as long.
 * Owns: arena. */
Value *view_build(Arena *arena, const Audit *audit, const Locale *locale,
                  const ReportOptions *options);

#endif
