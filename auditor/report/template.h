/* template.h - Mustache: logic-less templates rendered on a Value tree.
 *
 * https://mustache.github.io/mustache.5.html, all of the specification's core modules
 * (comments, delimiters, interpolation, inverted, partials, sections); no lambdas, no
 * inheritance. Knows no audit and no file. Layer: report.
 * SPDX-License-Identifier: MIT */
#ifndef REPORT_TEMPLATE_H
#define REPORT_TEMPLATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "report/escape.h"
#include "report/value.h"

/** Gives the text of a partial; false when there is none of that name (no error: nothing
 * stands there then) or when it cannot be read (err: the rendering fails). */
typedef bool TemplateLoad(void *context, const char *name, Str *text, Error *err);

/** What a rendering needs beside the template. */
typedef struct TemplateOptions {
    Escape *escape;     /**< of the target; {{{name}}} and markup values go round it */
    Escape *rich;       /**< for rich values; NULL: escape */
    TemplateLoad *load; /**< NULL: no partials */
    void *context;      /**< of load */
} TemplateOptions;

/** Render text on value.
 *
 * name: the template's name in messages. Partials are looked up and parsed once each.
 * Errors: ERROR_INPUT with name:line:column (unclosed or crossed tags, a bad delimiter);
 * ERROR_LIMIT when partials or sections nest deeper than 64. A full out is left marked. */
bool template_render(const char *name, Str text, const Value *value,
                     const TemplateOptions *options, Buf *out, Error *err) MUST_USE;

#endif
