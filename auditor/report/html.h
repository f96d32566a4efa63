/* html.h - a page of reports/html with its own style sheets and script, each named by its
 * hash. Private to report/. Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/render.h"

/** Render reports/html/<file> on root. Puts css, extra (pages.css), script and their hashes
 * into root. Errors: those of render_view. */
bool html_page(const RenderShelf *shelf, const char *file, Value *root, Buf *out,
               Error *err) MUST_USE;

#endif
