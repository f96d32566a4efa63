/* view_sheet.c - the sheet of one product: its page as seen, what is met and missed on
 * it.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

/* Is it the page that was asked about: its address, or a title with the name in it? */
static bool is_asked(const Page *page, const char *asked)
{
    size_t length = strcspn(page->url, "#");

    if (page->kind != PAGE_PRODUCT)
        return false;
    if (strstr(asked, "://"))
        return strlen(asked) == length && strncmp(asked, page->url, length) == 0;
    return str_contains_nocase(str_of(page->title ? page->title : ""), str_of(asked)) ||
           str_contains_nocase(str_of(page->url), str_of(asked));
}

static bool result_is_asked(const View *view, const PageResult *result, const char *asked)
{
    const Visit *visit = NULL;

    if (result->page < 0 || result->visit < 0 ||
        (size_t)result->visit >= view->audit->visit_count)
        return false;
    visit = view->audit->visits[result->visit];
    return (size_t)result->page < visit->page_count &&
           is_asked(visit->pages[result->page], asked);
}

/* What the results on that product's pages say: missed if any is. */
static FindingOutcome outcome_there(const View *view, const Finding *finding)
{
    FindingOutcome outcome = FINDING_NOT_APPLICABLE;

    for (size_t r = 0; r < finding->result_count; r++) {
        const PageResult *result = &finding->results[r];
        if (!result_is_asked(view, result, view->options->product))
            continue;
        if (result->outcome == FINDING_FAIL)
            return FINDING_FAIL;
        if (result->outcome == FINDING_PASS)
            outcome = FINDING_PASS;
    }
    return outcome;
}

static void tick_put(const View *view, const Finding *finding, FindingOutcome outcome,
                     Value *ticks)
{
    Value *tick = value_add_object(ticks);
    bool is_met = outcome == FINDING_PASS;

    view_put_moment(view, tick, is_met ? MOMENT_MET : MOMENT_MISSED);
    value_put_rich(tick, "text",
                   is_met
                       ? locale_text(view->locale, view->arena, &finding->rule->criterion)
                       : say_found(view->locale, view->arena, view->audit, finding));
    if (!is_met)
        view_put_link(view, tick, finding);
}

/* Criteria of any page are told where they are missed; praise is for the product's own. */
static void finding_put(const View *view, const Finding *finding, FindingOutcome wanted,
                        Value *ticks)
{
    bool is_own = finding->rule->pages == 1u << PAGE_PRODUCT;
    bool is_missed = finding->outcome == FINDING_FAIL;
    bool is_told = wanted == FINDING_FAIL ? is_missed : is_own;

    if (is_told && outcome_there(view, finding) == wanted)
        tick_put(view, finding, wanted, ticks);
}

/* Missed before met, heavy before light. */
static void ticks_put(const View *view, Value *section)
{
    static const FindingOutcome order[] = {FINDING_FAIL, FINDING_PASS};
    Value *ticks = value_put_list(section, "ticks");

    for (int pass = 0; pass < 2 * (IMPACT_BLOCKER + 1); pass++) {
        int impact = IMPACT_BLOCKER - pass % (IMPACT_BLOCKER + 1);
        FindingOutcome wanted = order[pass / (IMPACT_BLOCKER + 1)];
        for (size_t i = 0; i < view->audit->finding_count; i++) {
            if ((int)view->audit->findings[i]->rule->impact == impact)
                finding_put(view, view->audit->findings[i], wanted, ticks);
        }
    }
}

static void picture_put(const View *view, const Visit *visit, const Page *page,
                        Value *section)
{
    const Picture *picture = view->album ? album_picture(view->album, visit, page) : NULL;
    Value *shown = NULL;

    if (!picture)
        return;
    shown = value_put_object(section, "picture");
    value_put_text(shown, "file", picture->file);
    value_put_text(shown, "width", say_int(view->arena, picture->width));
    value_put_text(shown, "height", say_int(view->arena, picture->height));
    value_put_text(shown, "ref",
                   picture->id ? arena_printf(view->arena, "#%s", picture->id) : NULL);
}

static const Page *page_find(const View *view, const Visit **visit)
{
    for (int v = 0; v < view->visit_count; v++) {
        for (size_t p = 0; p < view->visits[v]->page_count; p++) {
            if (!is_asked(view->visits[v]->pages[p], view->options->product))
                continue;
            *visit = view->visits[v];
            return view->visits[v]->pages[p];
        }
    }
    return NULL;
}

void view_sheet(View *view)
{
    const char *asked = view->options->product;
    const Visit *visit = NULL;
    const Page *page = asked && *asked ? page_find(view, &visit) : NULL;
    Value *section = NULL;

    if (!asked || !*asked)
        return;
    section = view_section(
        view, "product",
        page ? view_line(view, "lede.product", LOCALE_ARGS({"title", page->title}))
             : view_line(view, "lede.product.none", LOCALE_ARGS({"text", asked})));
    if (!page)
        return;
    value_put_text(section, "url", page->url);
    picture_put(view, visit, page, section);
    ticks_put(view, section);
}
