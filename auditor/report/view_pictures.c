/* view_pictures.c - what the visitors had before their eyes, step by step.
 *
 * The pictures of the first story's phone come first, so that one whole journey stands
 * inside the page before the limit of its size is met. Layer: report.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

/* Of a crop: pixels a side at least, pixels around the element; of an element that fills
 * most of the picture a crop shows nothing. */
#define CROP_SIDE       220.0
#define CROP_MARGIN     28.0
#define CROP_SHARE_MOST 0.7

static const Page *step_page(const StoryCell *cell)
{
    if (!cell->record || !cell->visit || cell->record->page < 0 ||
        (size_t)cell->record->page >= cell->visit->page_count)
        return NULL;
    return cell->visit->pages[cell->record->page];
}

const Picture *view_step_picture(const View *view, const Story *story, size_t at,
                                 size_t journey)
{
    const StoryCell *cell = &story->steps[at].cells[journey];
    const Page *page = step_page(cell);

    if (!view->album || !page)
        return NULL;
    for (size_t s = at; s-- > 0;) {
        const StoryCell *before = &story->steps[s].cells[journey];
        if (story->steps[s].number > 0 && step_page(before))
            return step_page(before) == page
                       ? NULL
                       : album_picture(view->album, cell->visit, page);
    }
    return album_picture(view->album, cell->visit, page);
}

static void journey_gather(const View *view, const Story *story, size_t journey)
{
    for (size_t s = 0; s < story->step_count; s++) {
        if (story->steps[s].number > 0)
            view_step_picture(view, story, s, journey);
    }
}

/* A story's pictures: those of phones first, or those of the others. */
static void story_gather(const View *view, const Story *story, bool is_phone)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        if (story->journeys[j]->is_phone == is_phone)
            journey_gather(view, story, j);
    }
}

static const Page *result_page(const View *view, const PageResult *result)
{
    if (result->visit < 0 || (size_t)result->visit >= view->audit->visit_count)
        return NULL;
    const Visit *visit = view->audit->visits[result->visit];
    return result->page >= 0 && (size_t)result->page < visit->page_count
               ? visit->pages[result->page]
               : NULL;
}

/* The picture that the first place of a missed criterion stands on. */
static void finding_gather(const View *view, const Finding *finding)
{
    for (size_t r = 0; r < finding->result_count; r++) {
        const PageResult *result = &finding->results[r];
        const Page *page = result_page(view, result);
        bool is_placed = false;
        for (int e = 0; e < result->evidence_count; e++)
            is_placed |= result->evidence[e].box[2] > 0;
        if (!page || !is_placed || result->outcome != FINDING_FAIL)
            continue;
        album_picture(view->album, view->audit->visits[result->visit], page);
        return;
    }
}

/* A crop of at least CROP_SIDE pixels a side, with a margin, kept inside the picture. */
static void span_crop(double from, double length, double whole, double *cut)
{
    double wanted = fmin(whole, fmax(CROP_SIDE, length + 2 * CROP_MARGIN));
    double start = from + length / 2 - wanted / 2;

    cut[0] = round(fmax(0, fmin(start, whole - wanted)));
    cut[1] = round(wanted);
}

void view_put_crop(const View *view, const PageResult *result, const Evidence *evidence,
                   Value *item)
{
    const Page *page = result_page(view, result);
    const double *box = evidence->box;
    const Picture *picture = NULL;
    double across[2], down[2];

    if (!view->album || !page || !(box[2] > 0) || box[2] * box[3] > CROP_SHARE_MOST)
        return;
    picture = album_picture(view->album, view->audit->visits[result->visit], page);
    if (!picture || !picture->id)
        return;
    span_crop(box[0] * picture->width, box[2] * picture->width, picture->width, across);
    span_crop(box[1] * picture->height, box[3] * picture->height, picture->height, down);
    Value *crop = value_put_object(item, "crop");
    value_put_text(crop, "ref", arena_printf(view->arena, "#%s", picture->id));
    value_put_text(crop, "view",
                   arena_printf(view->arena, "%.0f %.0f %.0f %.0f", across[0], down[0],
                                across[1], down[1]));
    value_put_text(crop, "width", arena_printf(view->arena, "%.0f", across[1]));
    value_put_text(crop, "x", arena_printf(view->arena, "%.0f", box[0] * picture->width));
    value_put_text(crop, "y", arena_printf(view->arena, "%.0f", box[1] * picture->height));
    value_put_text(crop, "w", arena_printf(view->arena, "%.0f", box[2] * picture->width));
    value_put_text(crop, "h", arena_printf(view->arena, "%.0f", box[3] * picture->height));
    value_put_text(crop, "alt",
                   view_line(view, "picture.crop",
                             LOCALE_ARGS({"page", locale_page(view->locale, page->kind)})));
}

void view_gather_pictures(const View *view, Value *section)
{
    Value *pictures = NULL;

    if (!view->album)
        return;
    for (size_t i = 0; i < view->story_count; i++) {
        story_gather(view, &view->stories[i], true);
        story_gather(view, &view->stories[i], false);
    }
    for (size_t i = 0; i < view->missed_count && i < VIEW_CARDS_MOST; i++)
        finding_gather(view, view->missed[i]);
    pictures = value_put_list(section, "pictures");
    for (size_t i = 0; album_at(view->album, i); i++) {
        const Picture *picture = album_at(view->album, i);
        Value *shown = NULL;
        if (!picture->id)
            continue;
        shown = value_add_object(pictures);
        value_put_text(shown, "id", picture->id);
        value_put_text(shown, "data", picture->data);
        value_put_text(shown, "width", say_int(view->arena, picture->width));
        value_put_text(shown, "height", say_int(view->arena, picture->height));
    }
    value_put_bool(section, "has_pictures", pictures->count > 0);
}

/* What the picture shows, for those who do not see it. */
static const char *alt_say(const View *view, const Story *story, size_t at, size_t journey)
{
    const StoryStep *step = &story->steps[at];
    const Page *page = step_page(&step->cells[journey]);
    const char *title = page ? page->title : NULL;

    return view_line(
        view, title && *title ? "picture.alt" : "picture.alt.bare",
        LOCALE_ARGS({"persona", say_persona(view->locale, view->arena, story, journey)},
                    {"step", say_story_step(view->locale, view->arena, step)},
                    {"title", title}));
}

void view_put_pictures(const View *view, const Story *story, size_t at, Value *step)
{
    Value *list = value_put_list(step, "pictures");

    for (size_t j = 0; j < story->journey_count; j++) {
        const Picture *picture = view_step_picture(view, story, at, j);
        Value *shown = NULL;
        if (!picture)
            continue;
        shown = value_add_object(list);
        value_put_text(shown, "device", view_device(story->journeys[j]));
        value_put_text(shown, "persona", say_persona(view->locale, view->arena, story, j));
        value_put_text(shown, "alt", alt_say(view, story, at, j));
        value_put_text(shown, "file", picture->file);
        value_put_text(shown, "ref",
                       picture->id ? arena_printf(view->arena, "#%s", picture->id) : NULL);
        value_put_text(shown, "link",
                       locale_word(view->locale,
                                   picture->id ? "ui.picture-full" : "ui.picture-beside"));
        value_put_text(shown, "width", say_int(view->arena, picture->width));
        value_put_text(shown, "height", say_int(view->arena, picture->height));
    }
    value_put_bool(step, "has_pictures", list->count > 0);
}
