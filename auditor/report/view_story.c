/* view_story.c - the story of the visit: how it ended, the line of moments of truth, and
 * its steps one by one (view_step.c).
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/view_inside.h"

enum {
    CHART_BASE = 140,     /* px: the line the bars stand on */
    CHART_HEIGHT = 104,   /* px of the longest bar */
    LINE_STEPS_MOST = 12, /* more do not fit side by side */
};

/* Where limits of waiting are drawn, ms: Nielsen's 1 s and the two patiences of
 * scoring.md 3.6. */
static const double wait_limits[] = {1000, 2500, 9000};

static const char *pixels(const View *view, double value)
{
    char text[64];

    return arena_text(view->arena, number_fixed(value, 1, text, sizeof text));
}

static void limits_put(const View *view, const Story *story, Value *object)
{
    Value *limits = value_put_list(object, "limits");

    for (size_t i = 0; i < COUNT_OF(wait_limits); i++) {
        Value *limit = NULL;
        if (wait_limits[i] > story->longest)
            continue;
        limit = value_add_object(limits);
        value_put_text(
            limit, "y",
            pixels(view, CHART_BASE - wait_limits[i] / story->longest * CHART_HEIGHT));
        value_put_text(limit, "x", view_percent(view, wait_limits[i], story->longest));
    }
}

/* One bar of a persona at a step, upright for wide screens and lying for narrow ones. */
static void bar_put(const View *view, const Story *story, size_t journey,
                    const StoryCell *cell, Value *bar)
{
    double width = 72 / (double)story->journey_count;
    double x = 14 + width * (double)journey;
    double height = cell->wait / story->longest * CHART_HEIGHT;
    double top = cell->wait_high / story->longest * CHART_HEIGHT;

    value_put_text(bar, "device", view_device(story->journeys[journey]));
    value_put_text(bar, "x", view_percent(view, x, 100));
    value_put_text(bar, "width", view_percent(view, width * 0.72, 100));
    value_put_text(bar, "middle", view_percent(view, x + width * 0.36, 100));
    value_put_text(bar, "y", pixels(view, CHART_BASE - height));
    value_put_text(bar, "h", pixels(view, height));
    value_put_text(bar, "y_high", pixels(view, CHART_BASE - top));
    value_put_text(bar, "y_text", pixels(view, CHART_BASE - top - 5));
    value_put_text(bar, "label",
                   cell->wait > 0 ? locale_seconds(view->locale, view->arena, cell->wait)
                                  : NULL);
    value_put_text(bar, "row", pixels(view, 2 + 13 * (double)journey));
    value_put_text(bar, "row_middle", pixels(view, 6.5 + 13 * (double)journey));
    value_put_text(bar, "to", view_percent(view, cell->wait, story->longest));
    value_put_text(bar, "to_high", view_percent(view, cell->wait_high, story->longest));
}

/* The first picture of the step, small, above its name. */
static void frame_put(const View *view, const Story *story, size_t at, Value *moment)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        const Picture *picture = view_step_picture(view, story, at, j);
        if (!picture || !picture->id || !story->journeys[j]->is_phone)
            continue;
        Value *frame = value_put_object(moment, "frame");
        value_put_text(frame, "ref", arena_printf(view->arena, "#%s", picture->id));
        value_put_text(frame, "width", say_int(view->arena, picture->width));
        value_put_text(frame, "height", say_int(view->arena, picture->height));
        return;
    }
}

static void moment_put(const View *view, const Story *story, size_t at, const char *id,
                       Value *line)
{
    const StoryStep *step = &story->steps[at];
    Value *moment = value_add_object(line);
    Value *cells = NULL, *bars = NULL;
    const char *question =
        locale_find(view->locale, arena_printf(view->arena, "moment-question.%s",
                                               step_info(step->kind)->name));

    value_put_text(moment, "no", say_int(view->arena, step->number));
    value_put_text(moment, "id", id);
    value_put_text(moment, "title", say_story_step(view->locale, view->arena, step));
    value_put_text(moment, "question", question);
    value_put_text(moment, "height",
                   say_int(view->arena, 2 + 13 * (int)story->journey_count));
    limits_put(view, story, moment);
    frame_put(view, story, at, moment);
    cells = value_put_list(moment, "cells");
    bars = value_put_list(moment, "bars");
    for (size_t j = 0; j < story->journey_count; j++) {
        const StoryCell *cell = &step->cells[j];
        Value *shown = value_add_object(cells);
        value_put_text(shown, "device", view_device(story->journeys[j]));
        value_put_text(shown, "persona", say_persona(view->locale, view->arena, story, j));
        value_put_text(shown, "wait",
                       locale_duration(view->locale, view->arena, cell->wait));
        view_put_moment(view, shown, cell->moment);
        if (isfinite(cell->wait) && story->longest > 0)
            bar_put(view, story, j, cell, value_add_object(bars));
    }
}

/* Why a step was left out: of the first visit that says so; NULL when it was the end. */
static const char *skip_reason(const View *view, const Story *story, const char *id)
{
    const Journey *journey = story->journeys[0];

    for (size_t v = 0; v < journey->visit_count; v++) {
        const Visit *visit = view->audit->visits[journey->visits[v]];
        for (size_t s = 0; s < visit->step_count; s++) {
            const StepRecord *record = &visit->steps[s];
            if (strcmp(record->id, id) == 0 && record->reason &&
                strncmp(record->reason, "the visit ended", 15) != 0)
                return locale_reason(view->locale, view->arena, record->reason);
        }
    }
    return NULL;
}

/* Steps that were not walked, by name and reason. */
static const char *unwalked_say(const View *view, const Story *story)
{
    const char **names = ARENA_ARRAY(view->arena, story->step_count + 1, const char *);
    int count = 0;

    for (size_t s = 0; s < story->step_count; s++) {
        const StoryStep *step = &story->steps[s];
        const char *name = say_step(view->locale, view->arena, step->kind);
        const char *reason = NULL;
        /* That nothing lay in the way is no step that a reader would miss. */
        if (step->number > 0 || step->kind == STEP_KIND_DISMISS)
            continue;
        reason = skip_reason(view, story, step->id);
        names[count++] = reason ? arena_printf(view->arena, "%s (%s)", name, reason) : name;
    }
    return count == 0
               ? NULL
               : view_line(view, "story.unwalked",
                           LOCALE_ARGS({"list", locale_list(view->locale, view->arena,
                                                            names, count)}));
}

/* How each persona's visits ended, and what they cost in all. */
static void ends_put(const View *view, const Story *story, Value *shown)
{
    Value *ends = value_put_list(shown, "ends");

    for (size_t j = 0; j < story->journey_count; j++) {
        const Journey *journey = story->journeys[j];
        const char *summary = locale_say(view->locale, view->arena, &journey->summary);
        const char *persona = say_persona(view->locale, view->arena, story, j);
        int clicks = 0, pages = 0, fields = 0;
        for (size_t s = 0; s < story->step_count; s++) {
            const StoryCell *cell = &story->steps[s].cells[j];
            clicks += cell->clicks > 0 ? cell->clicks : 0;
            pages += cell->pages > 0 ? cell->pages : 0;
            fields += cell->fields > 0 ? cell->fields : 0;
        }
        Value *end = value_add_object(ends);
        value_put_text(end, "device", view_device(journey));
        value_put_text(end, "persona", persona);
        value_put_text(end, "summary", summary);
        value_put_text(end, "effort",
                       view_line(view, "story.effort",
                                 LOCALE_ARGS({"clicks", say_int(view->arena, clicks)},
                                             {"pages", say_int(view->arena, pages)},
                                             {"fields", say_int(view->arena, fields)})));
    }
}

static const char *waits_say(const View *view, const Story *story)
{
    const char **parts = ARENA_ARRAY(view->arena, story->journey_count + 1, const char *);
    int count = 0;

    for (size_t j = 0; j < story->journey_count; j++) {
        double wait = story_wait(story, j);
        if (isfinite(wait))
            parts[count++] =
                view_line(view, "story.wait-part",
                          LOCALE_ARGS({"wait", say_number(view->arena, wait)},
                                      {"persona", say_persona_on(view->locale, view->arena,
                                                                 story, j)}));
    }
    return count == 0
               ? ""
               : view_line(view, "story.waits",
                           LOCALE_ARGS({"list", locale_list(view->locale, view->arena,
                                                            parts, count)}));
}

static int walked_count(const Story *story)
{
    int count = 0;

    for (size_t s = 0; s < story->step_count; s++)
        count += story->steps[s].number > 0;
    return count;
}

static void story_put(const View *view, size_t number, Value *stories)
{
    const Story *story = &view->stories[number];
    const Journey *journey = story->journeys[0];
    const char *title = locale_text(view->locale, view->arena, &journey->scenario_title);
    Value *shown = value_add_object(stories);
    Value *line = NULL, *steps = NULL;

    value_put_text(shown, "title", *title ? title : journey->scenario_id);
    value_put_text(shown, "purpose",
                   locale_text(view->locale, view->arena, &journey->scenario_purpose));
    value_put_text(shown, "waits", number > 0 ? waits_say(view, story) : "");
    value_put_text(
        shown, "legend",
        view_line(
            view, "bars.legend",
            LOCALE_ARGS({"count", say_int(view->arena, (int64_t)story_visits(story))})));
    value_put_text(shown, "unwalked", unwalked_say(view, story));
    value_put_bool(shown, "is_wide", walked_count(story) <= LINE_STEPS_MOST);
    value_put_bool(shown, "is_dense", walked_count(story) > 9);
    value_put_bool(shown, "is_first", number == 0);
    ends_put(view, story, shown);
    view_put_way(view, story, shown);
    line = value_put_list(shown, "line");
    steps = value_put_list(shown, "steps");
    for (size_t s = 0; s < story->step_count; s++) {
        const char *id = arena_printf(view->arena, "e%zu-%zu", number + 1, s + 1);
        if (story->steps[s].number == 0)
            continue;
        moment_put(view, story, s, id, line);
        view_step(view, story, s, id, steps);
    }
}

void view_story(View *view)
{
    Value *section = NULL, *stories = NULL;
    const char *lede = NULL;
    size_t pages = 0;

    for (int v = 0; v < view->visit_count; v++)
        pages += view->visits[v]->page_count;
    if (view->story_count > 0)
        lede = waits_say(view, &view->stories[0]);
    else if (pages > 0)
        lede = view_line(view, "lede.story.none",
                         LOCALE_ARGS({"count", say_int(view->arena, (int64_t)pages)}));
    else
        lede = view_line(view, "lede.story.nothing", NULL);
    section = view_section(view, "story", lede);
    view_gather_pictures(view, section);
    stories = value_put_list(section, "stories");
    for (size_t i = 0; i < view->story_count; i++) {
        if (!view_is_without_scripts(view, &view->stories[i]))
            story_put(view, i, stories);
    }
    view_put_scripts(view, section);
}
