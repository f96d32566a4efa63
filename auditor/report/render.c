/* render.c - finds the templates of a format and renders them.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/render.h"

#include "base/out.h"
#include "report/view.h"

enum { TEMPLATE_LIMIT = 2 << 20 };

bool render_file(const RenderShelf *shelf, const char *name, Str *text, Error *err)
{
    const char *found = NULL;

    for (const char *const *folder = shelf->folders; folder && *folder; folder++) {
        const char *path =
            arena_printf(shelf->arena, "%s/%s/%s", *folder, shelf->folder, name);
        if (path_is_file(path))
            found = path;
    }
    if (found)
        return file_read(shelf->arena, found, TEMPLATE_LIMIT, text, err);
    error_set(err, ERROR_INPUT, NULL, "cannot find the template '%s/%s'", shelf->folder,
              name);
    return error_hint(err, "set MYSTERY_DATA to the folder that holds 'reports'");
}

static bool partial_load(void *context, const char *name, Str *text, Error *err)
{
    const RenderShelf *shelf = context;

    if (render_file(shelf, arena_printf(shelf->arena, "%s.mustache", name), text, err))
        return true;
    /* Mustache: what is not there is empty. What is there and cannot be read is not. */
    if (err->code == ERROR_INPUT)
        error_clear(err);
    return false;
}

bool render_view(const RenderShelf *shelf, const RenderTarget *target, const Value *view,
                 Buf *out, Error *err)
{
    RenderShelf own = *shelf;
    TemplateOptions options = {target->escape, target->rich, partial_load, &own};
    Str text = {0};

    return render_file(shelf, target->file, &text, err) &&
           template_render(target->file, text, view, &options, out, err) &&
           buf_check(out, "the report", err);
}

bool render_audit(const RenderTarget *target, const Audit *audit,
                  const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RenderShelf shelf = {arena, options->folders, target->folder};
    Locale *locale = NULL;

    return locale_load(arena, options->folders, options->language, &locale, err) &&
           render_view(&shelf, target, view_build(arena, audit, locale, NULL), out, err);
}
