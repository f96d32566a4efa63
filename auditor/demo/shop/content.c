/* content.c - see content.h. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/content.h"

#include "demo/shop/page.h"

#define FLAW_NONE FLAW_COUNT

static const Block BLOCKS[] = {
#define BLOCK(page_, kind_, en, fr)                                                        \
    {.page = ROUTE_##page_,                                                                \
     .kind = BLOCK_##kind_,                                                                \
     .hidden_by = FLAW_NONE,                                                               \
     .shown_by = FLAW_NONE,                                                                \
     .text = {{[LANG_EN] = (en), [LANG_FR] = (fr)}}},
#define BLOCK_UNLESS(flaw, page_, kind_, en, fr)                                           \
    {.page = ROUTE_##page_,                                                                \
     .kind = BLOCK_##kind_,                                                                \
     .hidden_by = FLAW_##flaw,                                                             \
     .shown_by = FLAW_NONE,                                                                \
     .text = {{[LANG_EN] = (en), [LANG_FR] = (fr)}}},
#define BLOCK_WITH(flaw, page_, kind_, en, fr)                                             \
    {.page = ROUTE_##page_,                                                                \
     .kind = BLOCK_##kind_,                                                                \
     .hidden_by = FLAW_NONE,                                                               \
     .shown_by = FLAW_##flaw,                                                              \
     .text = {{[LANG_EN] = (en), [LANG_FR] = (fr)}}},
#include "demo/shop/content_help.def"
#include "demo/shop/content_law.def"
#undef BLOCK
#undef BLOCK_UNLESS
#undef BLOCK_WITH
};

const Block *content_blocks(size_t *count)
{
    *count = COUNT_OF(BLOCKS);
    return BLOCKS;
}

/** Elements that are open around the next block. */
typedef struct Open {
    const char *list; /**< closing tag of a list or table; "" */
    bool is_fold;
} Open;

static bool is_shown(const View *view, const Block *block)
{
    if (block->page != view->route)
        return false;
    if (block->hidden_by != FLAW_NONE && view_has(view, block->hidden_by))
        return false;
    return block->shown_by == FLAW_NONE || view_has(view, block->shown_by);
}

static const char *block_text(const View *view, RouteId page, BlockKind kind)
{
    for (size_t i = 0; i < COUNT_OF(BLOCKS); i++)
        if (BLOCKS[i].page == page && BLOCKS[i].kind == kind)
            return words_in(&BLOCKS[i].text, view->lang);
    return "";
}

static void close_list(View *view, Open *open)
{
    buf_add_text(view->out, open->list);
    open->list = "";
}

static void close_fold(View *view, Open *open)
{
    close_list(view, open);
    if (open->is_fold)
        buf_add_text(view->out, "</details>\n");
    open->is_fold = false;
}

static void in_list(View *view, Open *open, const char *begin, const char *end)
{
    if (str_equal_text(str_of(open->list), end))
        return;
    close_list(view, open);
    buf_add_text(view->out, begin);
    open->list = end;
}

static void cells_write(View *view, const char *text, bool is_head)
{
    Str rest = str_of(text), cell;
    bool is_first = true;
    buf_add_text(view->out, "<tr>");
    while (str_next(&rest, '|', &cell)) {
        const char *begin = is_head    ? "<th scope=\"col\">"
                            : is_first ? "<th scope=\"row\">"
                                       : "<td>";
        buf_add_text(view->out, begin);
        rich_write(view, arena_str_text(view->arena, cell));
        buf_add_text(view->out, is_head || is_first ? "</th>" : "</td>");
        is_first = false;
    }
    buf_add_text(view->out, "</tr>\n");
}

static void wrapped(View *view, const char *begin, const char *text, const char *end)
{
    buf_add_text(view->out, begin);
    rich_write(view, text);
    buf_add_text(view->out, end);
}

static void block_write(View *view, const Block *block, Open *open)
{
    const char *text = words_in(&block->text, view->lang);
    switch (block->kind) {
    case BLOCK_TITLE:
    case BLOCK_DESCRIPTION: break;
    case BLOCK_H2:
        close_fold(view, open);
        wrapped(view, "<h2>", text, "</h2>\n");
        break;
    case BLOCK_P:
        close_list(view, open);
        wrapped(view, "<p>", text, "</p>\n");
        break;
    case BLOCK_LI:
        in_list(view, open, "<ul>\n", "</ul>\n");
        wrapped(view, "<li>", text, "</li>\n");
        break;
    case BLOCK_QUESTION:
        close_fold(view, open);
        wrapped(view, "<details><summary>", text, "</summary>\n");
        open->is_fold = true;
        break;
    case BLOCK_HEAD:
    case BLOCK_ROW:
        in_list(view, open, "<div class=\"scroll\"><table><tbody>\n",
                "</tbody></table></div>\n");
        cells_write(view, text, block->kind == BLOCK_HEAD);
        break;
    }
}

void page_content(View *view)
{
    const char *title = block_text(view, view->route, BLOCK_TITLE);
    PageHead head = {.title = arena_printf(view->arena, "%s – Grésil", title),
                     .description = block_text(view, view->route, BLOCK_DESCRIPTION)};
    head_crumb(&head, say(view, TEXT_HOME), path_to(view, ROUTE_HOME));
    head_crumb(&head, title, NULL);
    layout_open(view, &head);
    markup_print(view->out, "<h1>%s</h1>\n", title);
    Open open = {.list = ""};
    for (size_t i = 0; i < COUNT_OF(BLOCKS); i++)
        if (is_shown(view, &BLOCKS[i]))
            block_write(view, &BLOCKS[i], &open);
    close_fold(view, &open);
    if (view->route == ROUTE_COOKIES)
        consent_form(view, true);
    layout_close(view);
}
