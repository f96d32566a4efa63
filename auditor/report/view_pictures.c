/* view_pictures.c - what the visitors had before their eyes, step by step.
 *
 * The pictures of the first story's phone come first, so that one whole journey stands
 * inside the page before the limit of its size is met. Layer: report.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "report/view_inside.h"

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

void view_gather_pictures(const View *view, Value *section)
{
    Value *pictures = NULL;

    if (!view->album)
        return;
    for (size_t i = 0; i < view->story_count; i++) {
        story_gather(view, &view->stories[i], true);
        story_gather(view, &view->stories[i], false);
    }
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
