/* report.h - reports only render: one writer a format, all from the same const Audit.
 *
 * Layer: report. Called by audit/ and cli report. SPDX-License-Identifier: MIT */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "model/audit.h"
#include "model/scenario.h"

/** Whose report it is: an agency's, in its own colours. NULL: ours. */
typedef struct Brand {
    const char *name;  /**< in the head, on the cover and in the foot */
    Str logo;          /**< bytes of a JPEG or PNG; empty: none */
    const char *color; /**< "#1a4f8b": of links and of the phone's marks */
    const char *text;  /**< a paragraph of the cover */
} Brand;

/** Where words and templates come from, and how to write. */
typedef struct ReportOptions {
    const char *language;       /**< "en", "fr", or any reports/words/<l>.json */
    const char *const *folders; /**< NULL-ended data folders ("…/reports"); later wins */
    bool has_colour;            /**< terminal */
    bool is_ascii;              /**< terminal without Unicode (locale C) */
    int width;                  /**< terminal columns; 0: 80 */
    const char *report_path;    /**< printed at the end of the summary; NULL */
    /** Where the report goes; pictures are looked for beside it. NULL: none are shown. */
    const char *folder;
    Brand brand;
    const char *product; /**< address or name of the one product asked about; NULL */
} ReportOptions;

/** Formats in the order of `list formats`: name, file name, description. csv is two files:
 * whoever writes csv writes the row csv-pages too. */
typedef struct ReportFormat {
    const char *name; /**< "html" */
    const char *file; /**< "report.html" */
    const char *en;
    const char *fr;
    /** NULL for json (audit_write), har (the visits) and pdf (html through a browser):
     * audit/ writes those itself. */
    bool (*write)(const Audit *audit, const ReportOptions *options, Buf *out, Error *err);
} ReportFormat;

/** All formats, ended by a row whose name is NULL. */
const ReportFormat *report_formats(void);
/** Format of a name, or NULL. */
const ReportFormat *report_format(const char *name);
/** The terminal summary. */
bool report_summary(const Audit *audit, const ReportOptions *options, Buf *out,
                    Error *err) MUST_USE;
/** Languages available in the folders, NULL-ended. */
bool report_languages(Arena *arena, const char *const *folders, const char ***languages,
                      Error *err) MUST_USE;

#endif
