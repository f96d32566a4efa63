/* view_seen.c - what only a browser sees: layers over the page, what painted last and what
 * moved; and, by comparison, what only exists with scripts.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

enum { CAUSES_MOST = 24, SHIFTS_MOST = 3, PARTS_MOST = 4 };

/* Clicks it took to clear a layer of that kind away on the page; NAN: not known. */
static double clicks_of(const Page *page, const char *kind)
{
    const Observation *seen = observation_first(&page->observations, "obstacle.clicks");

    while (seen && (!seen->text || strcmp(seen->text, kind) != 0))
        seen = observation_next(&page->observations, seen);
    return seen ? seen->value : (double)NAN;
}

static void obstacle_put(const View *view, const char *where, const Page *page,
                         const Observation *seen, Value *sentences)
{
    const char *kind = seen->name + strlen("obstacle.");
    const char *thing = locale_find(view->locale, seen->name);
    double clicks = clicks_of(page, kind);
    Value *sentence = NULL;

    if (!thing || !(seen->value > 0) || seen->value > 1)
        return;
    sentence = value_add_object(sentences);
    value_put_rich(sentence, "text",
                   view_line(view,
                             isfinite(clicks) && clicks > 0 ? "story.obstacle.cleared"
                                                            : "story.obstacle",
                             LOCALE_ARGS({"where", where}, {"thing", thing},
                                         {"share", say_number(view->arena, seen->value)},
                                         {"clicks", say_number(view->arena, clicks)})));
}

static void page_obstacles(const View *view, const char *where, const Page *page,
                           Value *sentences)
{
    for (size_t o = 0; o < page->observations.count; o++) {
        const Observation *seen = &page->observations.items[o];
        if (strncmp(seen->name, "obstacle.", 9) == 0)
            obstacle_put(view, where, page, seen, sentences);
    }
}

void view_put_obstacles(const View *view, const Story *story, size_t at, Value *sentences)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        const StoryCell *cell = &story->steps[at].cells[j];
        const char *where = say_persona(view->locale, view->arena, story, j);
        int first = cell->record ? cell->record->first_page : -1;
        int last = cell->record ? cell->record->page : -1;
        if (first >= 0 && last >= 0 && (size_t)last < cell->visit->page_count)
            for (int p = first; p <= last; p++)
                page_obstacles(view, where, cell->visit->pages[p], sentences);
    }
}

static const char *ms_line(const View *view, const char *key, const Observation *seen)
{
    return view_line(view, key,
                     LOCALE_ARGS({"ms", say_number(view->arena, seen->value)},
                                 {"text", seen->text ? seen->text : ""}));
}

static const char *joined(const View *view, const char *text, const char *more)
{
    return *text ? arena_printf(view->arena, "%s %s", text, more) : more;
}

/* The parts of the largest content's time. */
static const char *parts_say(const View *view, const Page *page)
{
    static const char *const names[] = {"lcp.first-byte", "lcp.load-delay", "lcp.load-time",
                                        "lcp.render-delay"};
    const char *parts[PARTS_MOST];
    int count = 0;

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const Observation *seen = observation_first(&page->observations, names[i]);
        if (seen && isfinite(seen->value))
            parts[count++] =
                ms_line(view, arena_printf(view->arena, "cause.part.%s", names[i]), seen);
    }
    return count < 2 ? NULL
                     : view_line(view, "cause.parts",
                                 LOCALE_ARGS({"list", locale_list(view->locale, view->arena,
                                                                  parts, count)}));
}

static const char *shifts_say(const View *view, const Page *page)
{
    const char *parts[SHIFTS_MOST];
    int count = 0;

    for (const Observation *seen = observation_first(&page->observations, "cls.source");
         seen && count < SHIFTS_MOST; seen = observation_next(&page->observations, seen)) {
        if (!(seen->value > 0) || !seen->text)
            continue;
        parts[count++] =
            arena_printf(view->arena, "%s (%s)", seen->text,
                         locale_number(view->locale, view->arena, seen->value, 2));
    }
    return count == 0
               ? NULL
               : view_line(view, "cause.cls",
                           LOCALE_ARGS({"list", locale_list(view->locale, view->arena,
                                                            parts, count)}));
}

static const char *causes_say(const View *view, const Page *page)
{
    const Observation *lcp = observation_first(&page->observations, "lcp.element");
    const Observation *inp = observation_first(&page->observations, "inp.interaction");
    const char *parts = parts_say(view, page);
    const char *shifts = shifts_say(view, page);
    const char *text = "";

    if (lcp && isfinite(lcp->value))
        text = ms_line(view, lcp->text && *lcp->text ? "cause.lcp" : "cause.lcp.bare", lcp);
    if (*text && parts)
        text = joined(view, text, parts);
    if (shifts)
        text = joined(view, text, shifts);
    if (inp && isfinite(inp->value) && inp->value > 0)
        text = joined(view, text, ms_line(view, "cause.inp", inp));
    return text;
}

void view_put_causes(const View *view, Value *section)
{
    Value *causes = value_put_list(section, "causes");

    for (size_t j = 0; j < view->audit->journey_count; j++) {
        const Journey *journey = &view->audit->journeys[j];
        const Visit *visit =
            journey->visit_count > 0 ? view->audit->visits[journey->visits[0]] : NULL;
        const char *persona =
            locale_text(view->locale, view->arena, &journey->persona_title);
        for (size_t p = 0; visit && p < visit->page_count; p++) {
            const Page *page = visit->pages[p];
            const char *text = causes_say(view, page);
            if (!*text || causes->count >= CAUSES_MOST)
                continue;
            Value *cause = value_add_object(causes);
            value_put_text(cause, "title",
                           arena_printf(view->arena, "%s, %s %s", persona,
                                        locale_page(view->locale, page->kind),
                                        view_path(view, page->url)));
            value_put_text(cause, "text", text);
        }
    }
    value_put_bool(section, "has_causes", causes->count > 0);
}

/* The same scenario told in a browser, or NULL. */
static const Story *browser_story(const View *view, const Story *story)
{
    for (size_t i = 0; i < view->story_count; i++) {
        const Story *other = &view->stories[i];
        if (strcmp(other->journeys[0]->engine, "chromium") == 0 &&
            strcmp(other->journeys[0]->scenario_id, story->journeys[0]->scenario_id) == 0)
            return other;
    }
    return NULL;
}

static size_t story_weight(const Story *story)
{
    size_t visits = 0;

    for (size_t j = 0; j < story->journey_count; j++)
        visits += story->journeys[j]->visit_count;
    return visits;
}

bool view_is_without_scripts(const View *view, const Story *story)
{
    const Story *other =
        strcmp(story->journeys[0]->engine, "http") == 0 ? browser_story(view, story) : NULL;

    return other && story_weight(story) < story_weight(other);
}

/* Did the step work for one of the personas? */
static bool is_done(const Story *story, const char *id, bool *is_there)
{
    *is_there = false;
    for (size_t s = 0; s < story->step_count; s++) {
        if (strcmp(story->steps[s].id, id) != 0)
            continue;
        for (size_t j = 0; j < story->journey_count; j++) {
            *is_there = *is_there || story->steps[s].cells[j].walked > 0;
            if (story->steps[s].cells[j].worked > 0)
                return true;
        }
    }
    return false;
}

static void story_compare(const View *view, const Story *story, const Story *browser,
                          Value *scripts)
{
    const char **names = ARENA_ARRAY(view->arena, browser->step_count + 1, const char *);
    const char *title =
        locale_text(view->locale, view->arena, &story->journeys[0]->scenario_title);
    int count = 0;

    for (size_t s = 0; s < browser->step_count; s++) {
        const StoryStep *step = &browser->steps[s];
        bool is_there = false, is_tried = false;
        if (!is_done(browser, step->id, &is_there) || is_done(story, step->id, &is_tried))
            continue;
        if (is_tried || count > 0)
            names[count++] = say_story_step(view->locale, view->arena, step);
    }
    value_add_text(scripts,
                   view_line(view, count > 0 ? "scripts.stopped" : "scripts.fine",
                             LOCALE_ARGS({"title", title},
                                         {"list", locale_list(view->locale, view->arena,
                                                              names, count)})));
}

void view_put_scripts(const View *view, Value *section)
{
    Value *scripts = value_put_list(section, "scripts");

    for (size_t i = 0; i < view->story_count; i++) {
        const Story *story = &view->stories[i];
        const Story *browser = strcmp(story->journeys[0]->engine, "http") == 0
                                   ? browser_story(view, story)
                                   : NULL;
        if (browser)
            story_compare(view, story, browser, scripts);
    }
    value_put_bool(section, "has_scripts", scripts->count > 0);
}
