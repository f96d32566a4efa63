/* view_way.c - the process as walked: one lane a visitor, one row a step, with choices,
 * detours over further pages, steps passed by, and how each lane ends; and the same as a
 * sentence.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/view_inside.h"

enum {
    LANE_FIRST = 13, /* px: middle of the first lane */
    LANE_STEP = 30,  /* px between two lanes */
    GLYPH_Y = 17,    /* px: middle of a glyph in its row */
    CHOICE_RUNES = 60,
};

/* What happened to one visitor's lane at one step. */
typedef struct Halt {
    const StoryCell *cell;
    bool is_walked; /**< the visitor tried the step */
    bool is_before; /**< the lane comes from above */
    bool is_after;  /**< and goes on below */
    bool is_choice;
    int detours; /**< pages beyond the one that a step takes */
} Halt;

/* Steps at which a visitor decides between several things. */
static bool is_choice(StepKind kind)
{
    return kind == STEP_KIND_CONSENT || kind == STEP_KIND_OPEN_CATEGORY ||
           kind == STEP_KIND_OPEN_PRODUCT || kind == STEP_KIND_CHOOSE_OPTIONS ||
           kind == STEP_KIND_CHOOSE_SHIPPING;
}

static bool is_walked(const StoryStep *step, size_t journey)
{
    return step->cells[journey].walked > 0;
}

/* Does the journey walk any step from begin (inclusive) to end? */
static bool walks_any(const Story *story, size_t journey, size_t begin, size_t end)
{
    for (size_t s = begin; s < end; s++)
        if (is_walked(&story->steps[s], journey))
            return true;
    return false;
}

static Halt halt_of(const Story *story, size_t at, size_t journey)
{
    const StoryStep *step = &story->steps[at];
    const StoryCell *cell = &step->cells[journey];

    return (Halt){.cell = cell,
                  .is_walked = is_walked(step, journey),
                  .is_before = walks_any(story, journey, 0, at),
                  .is_after = walks_any(story, journey, at + 1, story->step_count),
                  .is_choice = is_choice(step->kind),
                  .detours = cell->pages > 1 ? cell->pages - 1 : 0};
}

static const char *number_put(const View *view, double value)
{
    char text[64];

    return arena_text(view->arena, number_fixed(value, 1, text, sizeof text));
}

static void lane_put(const View *view, const Story *story, size_t at, size_t journey,
                     Value *lanes)
{
    Halt halt = halt_of(story, at, journey);
    Value *lane = NULL, *glyph = NULL;
    double x = LANE_FIRST + LANE_STEP * (double)journey;
    Moment moment = halt.cell->moment;
    bool is_last = halt.is_walked && !halt.is_after;

    if (!halt.is_before && !halt.is_walked)
        return;
    lane = value_add_object(lanes);
    value_put_text(lane, "device", view_device(story->journeys[journey]));
    value_put_text(lane, "x", number_put(view, x));
    value_put_bool(lane, "is_before", halt.is_before);
    value_put_bool(lane, "is_after", halt.is_after);
    value_put_bool(lane, "is_passed", !halt.is_walked && halt.is_after);
    if (!halt.is_walked)
        return;
    glyph = value_put_object(lane, "glyph");
    value_put_text(glyph, "x", number_put(view, x));
    value_put_text(glyph, "left", number_put(view, x - 6.5));
    value_put_text(glyph, "right", number_put(view, x + 6.5));
    value_put_bool(glyph, "is_missed", moment == MOMENT_MISSED);
    value_put_bool(glyph, "is_unseen", moment == MOMENT_UNSEEN);
    value_put_bool(glyph, "is_choice",
                   halt.is_choice && moment != MOMENT_MISSED && moment != MOMENT_UNSEEN);
    value_put_bool(glyph, "is_stop",
                   !halt.is_choice && moment != MOMENT_MISSED && moment != MOMENT_UNSEEN);
    value_put_bool(glyph, "is_last", is_last && moment != MOMENT_MISSED);
    if (halt.detours > 0)
        value_put_text(
            lane, "detour",
            arena_printf(view->arena, "M%s 24c14 1 14 13 0 14", number_put(view, x)));
}

/* What was chosen or pressed, cut to a line; NULL: nothing, or nothing worth a word. */
static const char *choice_say(const View *view, const StoryCell *cell)
{
    const char *text = cell->record ? cell->record->match.text : NULL;
    Str whole = str_of(text ? text : "");
    size_t end = 0;

    if (!whole.length)
        return NULL;
    for (int runes = 0; end < whole.length && runes < CHOICE_RUNES; runes++)
        str_next_rune(whole, &end);
    return view_line(
        view, "way.choice",
        LOCALE_ARGS({"text", end < whole.length
                                 ? arena_printf(view->arena, "%.*s…", (int)end, whole.data)
                                 : whole.data}));
}

/* "3 pages" where a step took more than one. */
static const char *detour_say(const View *view, const StoryCell *cell)
{
    return cell->pages > 1
               ? view_line(view, "way.pages",
                           LOCALE_ARGS({"count", say_int(view->arena, cell->pages)}))
               : NULL;
}

static void stops_put(const View *view, const Story *story, size_t at, Value *row)
{
    Value *stops = value_put_list(row, "stops");

    for (size_t j = 0; j < story->journey_count; j++) {
        const StoryCell *cell = &story->steps[at].cells[j];
        Value *stop = NULL;
        if (!is_walked(&story->steps[at], j))
            continue;
        stop = value_add_object(stops);
        value_put_text(stop, "device", view_device(story->journeys[j]));
        value_put_text(stop, "persona", say_persona(view->locale, view->arena, story, j));
        view_put_moment(view, stop, cell->moment);
        if (cell->wait > 0)
            value_put_text(stop, "wait",
                           locale_duration(view->locale, view->arena, cell->wait));
        value_put_text(stop, "pages", detour_say(view, cell));
    }
}

static const Visit *told_visit(const View *view, const Journey *journey)
{
    return journey->visit_count ? view->audit->visits[journey->visits[0]] : NULL;
}

/* "Phone: Arrival (1.9 s) → Search (1.3 s) → …" */
static const char *sentence_say(const View *view, const Story *story, size_t journey)
{
    const Visit *visit = told_visit(view, story->journeys[journey]);
    const char *text = "";

    for (size_t s = 0; s < story->step_count; s++) {
        const StoryStep *step = &story->steps[s];
        const StoryCell *cell = &step->cells[journey];
        if (!is_walked(step, journey))
            continue;
        text = arena_printf(
            view->arena, "%s%s%s%s", text, *text ? " → " : "",
            say_story_step(view->locale, view->arena, step),
            cell->wait > 0
                ? arena_printf(view->arena, " (%s)",
                               locale_duration(view->locale, view->arena, cell->wait))
                : "");
        if (cell->moment == MOMENT_MISSED)
            text = arena_printf(view->arena, "%s %s", text, moment_sign(cell->moment));
    }
    /* Put together here: an argument of a sentence is cut where it becomes endless. */
    return arena_printf(
        view->arena, "%s%s%s",
        view_line(view, "way.begin",
                  LOCALE_ARGS(
                      {"persona", say_persona(view->locale, view->arena, story, journey)})),
        text,
        visit
            ? view_line(view, "way.end",
                        LOCALE_ARGS(
                            {"end", locale_word(
                                        view->locale,
                                        arena_printf(view->arena, "visit-outcome.%s",
                                                     visit_outcome_name(visit->outcome)))}))
            : ".");
}

void view_put_way(const View *view, const Story *story, Value *shown)
{
    Value *way = value_put_object(shown, "way");
    Value *rows = value_put_list(way, "rows");
    Value *sentences = value_put_list(way, "sentences");

    value_put_text(
        way, "width",
        say_int(view->arena, LANE_FIRST + LANE_STEP * (int)story->journey_count));
    for (size_t s = 0; s < story->step_count; s++) {
        const StoryStep *step = &story->steps[s];
        Value *row = NULL, *lanes = NULL;
        if (step->number == 0)
            continue;
        row = value_add_object(rows);
        value_put_text(row, "no", say_int(view->arena, step->number));
        value_put_text(row, "title", say_story_step(view->locale, view->arena, step));
        for (size_t j = 0; j < story->journey_count; j++) {
            const char *choice = choice_say(view, &step->cells[j]);
            /* A search is told by its words, not by its field. */
            if (!choice || step->kind == STEP_KIND_SEARCH)
                continue;
            value_put_text(row, "choice", choice);
            break;
        }
        lanes = value_put_list(row, "lanes");
        for (size_t j = 0; j < story->journey_count; j++)
            lane_put(view, story, s, j, lanes);
        stops_put(view, story, s, row);
    }
    for (size_t j = 0; j < story->journey_count; j++)
        value_add_text(sentences, sentence_say(view, story, j));
}
