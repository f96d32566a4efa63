/* html.c - the report as one page: the templates of reports/html on the view.
 *
 * The page's own style sheet and script are named by their hashes in its content security
 * policy, so that nothing else runs. Layer: report. SPDX-License-Identifier: MIT */
#include "report/html.h"

#include "report/digest.h"
#include "report/render.h"
#include "report/view.h"
#include "report/writers.h"

enum { ASSET_LIMIT = 1 << 20 };

/* Text whose `code` becomes an element. */
static void rich_html(Buf *out, Str text)
{
    Str rest = text, part = {0};

    for (bool is_code = false; str_next(&rest, '`', &part); is_code = !is_code) {
        bool is_marked = is_code && part.length > 0 && rest.data;
        buf_add(out, is_marked ? STR("<code>") : STR(""));
        escape_html_text(out, part);
        buf_add(out, is_marked ? STR("</code>") : STR(""));
    }
}

/* Read a style sheet or script into the view, with its hash beside it. */
static bool asset_put(const RenderShelf *shelf, const char *file, const char *name,
                      Value *root, Error *err)
{
    AUTO(buf_release) Buf out = {0};
    TemplateOptions options = {.escape = escape_html_attribute};
    Str text = {0};

    if (!render_file(shelf, file, &text, err))
        return false;
    buf_init(&out, ASSET_LIMIT);
    if (!template_render(file, text, root, &options, &out, err) ||
        !buf_check(&out, file, err))
        return false;
    if (str_contains_nocase(buf_str(&out), STR("</s")))
        return error_set(err, ERROR_INPUT, file, "'</s' would end the page's own element");
    value_put_markup(root, name, arena_text(shelf->arena, buf_text(&out)));
    value_put_text(root, arena_printf(shelf->arena, "%s_hash", name),
                   digest_source(shelf->arena, buf_str(&out)));
    return true;
}

static void word_take(void *context, const char *rest, const char *text)
{
    value_put_text(context, rest, text);
}

Value *html_root(Arena *arena, const Locale *locale, const char *prefix)
{
    Value *root = value_object(arena);
    value_put_text(root, "lang", locale_language(locale));
    locale_each(locale, prefix, word_take, value_put_object(root, "w"));
    return root;
}

bool html_page(const RenderShelf *shelf, const char *file, Value *root, Buf *out,
               Error *err)
{
    const RenderTarget target = {"html", file, escape_html_attribute, rich_html};

    return asset_put(shelf, "report.css", "css", root, err) &&
           asset_put(shelf, "report.js", "script", root, err) &&
           asset_put(shelf, "pages.css", "extra", root, err) &&
           render_view(shelf, &target, root, out, err);
}

bool html_write(const Audit *audit, const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RenderShelf shelf = {arena, options->folders, "html"};
    Locale *locale = NULL;

    return locale_load(arena, options->folders, options->language, &locale, err) &&
           html_page(&shelf, "report.mustache", view_build(arena, audit, locale, options),
                     out, err);
}
