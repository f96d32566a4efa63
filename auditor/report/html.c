/* html.c - the report as one page: the templates of reports/html on the view.
 *
 * The page's own style sheet and script are named by their hashes in its content security
 * policy, so that nothing else runs. Layer: report. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/out.h"
#include "report/digest.h"
#include "report/template.h"
#include "report/view.h"
#include "report/writers.h"

enum { TEMPLATE_LIMIT = 2 << 20 };

/* Where partials come from. */
typedef struct Shelf {
    Arena *arena;
    const char *const *folders;
    Error *err;
} Shelf;

/* The last folder that has the file wins; NULL when none has it. */
static const char *file_find(const Shelf *shelf, const char *name)
{
    const char *found = NULL;

    for (const char *const *folder = shelf->folders; folder && *folder; folder++) {
        const char *path = arena_printf(shelf->arena, "%s/html/%s", *folder, name);
        if (path_is_file(path))
            found = path;
    }
    return found;
}

static bool file_load(const Shelf *shelf, const char *name, Str *text, Error *err)
{
    const char *path = file_find(shelf, name);

    if (path)
        return file_read(shelf->arena, path, TEMPLATE_LIMIT, text, err);
    error_set(err, ERROR_INPUT, NULL, "cannot find the template 'html/%s'", name);
    return error_hint(err, "set MYSTERY_DATA to the folder that holds 'reports'");
}

static bool partial_load(void *context, const char *name, Str *text)
{
    const Shelf *shelf = context;

    return file_load(shelf, arena_printf(shelf->arena, "%s.mustache", name), text, NULL);
}

/* Read a style sheet or script into the view, with its hash beside it. */
static bool asset_put(const Shelf *shelf, const char *file, const char *name, Value *root,
                      Error *err)
{
    AUTO(buf_release) Buf out = {0};
    TemplateOptions options = {.escape = escape_html_attribute};
    Str text = {0};

    if (!file_load(shelf, file, &text, err))
        return false;
    buf_init(&out, TEMPLATE_LIMIT);
    if (!template_render(file, text, root, &options, &out, err) ||
        !buf_check(&out, file, err))
        return false;
    if (str_contains_nocase(buf_str(&out), STR("</s")))
        return error_set(err, ERROR_INPUT, file_find(shelf, file),
                         "'</s' would end the page's own element");
    value_put_markup(root, name, arena_text(shelf->arena, buf_text(&out)));
    value_put_text(root, arena_printf(shelf->arena, "%s_hash", name),
                   digest_source(shelf->arena, buf_str(&out)));
    return true;
}

bool html_write(const Audit *audit, const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Shelf shelf = {.arena = arena, .folders = options->folders};
    TemplateOptions rendering = {escape_html_attribute, partial_load, &shelf};
    Locale *locale = NULL;
    Value *root = NULL;
    Str page = {0};

    if (!locale_load(arena, options->folders, options->language, &locale, err) ||
        !file_load(&shelf, "report.mustache", &page, err))
        return false;
    root = view_build(arena, audit, locale);
    return asset_put(&shelf, "report.css", "css", root, err) &&
           asset_put(&shelf, "report.js", "script", root, err) &&
           template_render("report.mustache", page, root, &rendering, out, err) &&
           buf_check(out, "the report", err);
}
