/* markdown.c - a summary in GitHub-flavoured Markdown, for pull requests and CI pages.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/render.h"
#include "report/writers.h"

/* `code` stays code; inside it nothing needs or knows escaping. */
static void rich_markdown(Buf *out, Str text)
{
    Str rest = text, part = {0};

    for (bool is_code = false; str_next(&rest, '`', &part); is_code = !is_code) {
        if (is_code && part.length > 0 && rest.data &&
            str_find_byte(part, '|', 0) == SIZE_MAX) {
            buf_add_byte(out, '`');
            escape_terminal(out, part);
            buf_add_byte(out, '`');
        } else {
            escape_markdown(out, part);
        }
    }
}

bool markdown_write(const Audit *audit, const ReportOptions *options, Buf *out, Error *err)
{
    static const RenderTarget target = {"markdown", "summary.mustache", escape_markdown,
                                        rich_markdown};

    return render_audit(&target, audit, options, out, err);
}
