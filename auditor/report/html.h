/* html.h - a page of reports/html with its own style sheets and script, each named by its
 * hash. Private to report/. Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/locale.h"
#include "report/render.h"

/** Render reports/html/<file> on root. Puts css, extra (pages.css), script and their hashes
 * into root. Errors: those of render_view. */
bool html_page(const RenderShelf *shelf, const char *file, Value *root, Buf *out,
               Error *err) MUST_USE;

/** What every page's view begins with: "lang", and under "w" the words of the locale whose
 * keys start with prefix ("crawl."), each under the rest of its key. Returns the view. */
Value *html_root(Arena *arena, const Locale *locale, const char *prefix);

#endif
