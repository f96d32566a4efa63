/* render.h - a template folder as a format: reports/<folder>/ rendered on the view.
 *
 * Layer: report. Called by the writers. SPDX-License-Identifier: MIT */
#ifndef REPORT_RENDER_H
#define REPORT_RENDER_H

#include "report/report.h"
#include "report/template.h"
#include "report/value.h"

/** What a folder of templates is written for. */
typedef struct RenderTarget {
    const char *folder; /**< "html": reports/html/ */
    const char *file;   /**< "report.mustache"; partials are <name>.mustache beside it */
    Escape *escape;
    Escape *rich; /**< for texts with `code`; NULL: escape */
} RenderTarget;

/** Where the files of a target are looked up; the last data folder that has one wins. */
typedef struct RenderShelf {
    Arena *arena;
    const char *const *folders; /**< NULL-ended "…/reports" */
    const char *folder;
} RenderShelf;

/** Read a file of the target. Errors: ERROR_INPUT when no folder has it. Owns: arena. */
bool render_file(const RenderShelf *shelf, const char *name, Str *text,
                 Error *err) MUST_USE;
/** Render a target on a view. Errors: those of templates, ERROR_LIMIT when out is full. */
bool render_view(const RenderShelf *shelf, const RenderTarget *target, const Value *view,
                 Buf *out, Error *err) MUST_USE;
/** The whole of a format that is a template folder and nothing else. */
bool render_audit(const RenderTarget *target, const Audit *audit,
                  const ReportOptions *options, Buf *out, Error *err) MUST_USE;

#endif
