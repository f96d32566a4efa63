/* view_advice.c - the four questions, strengths and weaknesses, and what to mend first.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

enum { TICKS_MOST = 24, TICKS_BESIDE = 5 };

static void tick_add(const View *view, Value *ticks, const Finding *finding)
{
    Value *tick = value_add_object(ticks);

    view_put_standing(view, tick, standing_of(finding));
    value_put_rich(tick, "text",
                   finding->outcome == FINDING_FAIL
                       ? say_title(view->locale, view->arena, view->audit, finding)
                       : say_bare(view->arena,
                                  say_criterion(view->locale, view->arena, finding->rule)));
    if (finding->outcome == FINDING_FAIL)
        view_put_link(view, tick, finding);
}

static bool helps_answer(const Rule *rule, const char *id)
{
    for (const char **question = rule->questions; question && *question; question++) {
        if (strcmp(*question, id) == 0)
            return true;
    }
    return false;
}

/* Ticks of one outcome, heaviest impact first, as long as there are fewer than most. */
static void ticks_add(const View *view, const Question *question, FindingOutcome outcome,
                      size_t most, Value *ticks)
{
    size_t count = view->audit->finding_count;

    for (size_t i = 0; i < IMPACT_COUNT * count && ticks->count < most; i++) {
        const Finding *finding = view->audit->findings[i % count];
        int impact = IMPACT_BLOCKER - (int)(i / count);
        if (finding->outcome == outcome && (int)finding->rule->impact == impact &&
            helps_answer(finding->rule, question->id))
            tick_add(view, ticks, finding);
    }
}

/* Criteria that help to answer: all missed ones, then met and unseen ones; a few of those
 * for the questions that ask for brakes, all for the one that asks for reasons to return.
 */
static void ticks_put(const View *view, const Question *question, Value *ticks)
{
    bool is_return = strcmp(question->id, "no-return") == 0;
    size_t most = TICKS_MOST;

    ticks_add(view, question, FINDING_FAIL, most, ticks);
    most = is_return ? most : ticks->count + TICKS_BESIDE;
    ticks_add(view, question, FINDING_PASS, most, ticks);
    ticks_add(view, question, FINDING_CANNOT_TELL, most, ticks);
}

/* Missed criteria that answer any of the questions, each once. */
static int brakes_count(const Audit *audit)
{
    int count = 0;

    for (size_t i = 0; i < audit->finding_count; i++) {
        bool is_asked = false;
        for (int q = 0; q < audit->question_count; q++)
            is_asked =
                is_asked || helps_answer(audit->findings[i]->rule, audit->questions[q].id);
        count += is_asked && audit->findings[i]->outcome == FINDING_FAIL;
    }
    return count;
}

void view_questions(View *view)
{
    const Audit *audit = view->audit;
    Value *section = NULL, *questions = NULL;
    int brakes = brakes_count(audit);

    if (audit->question_count == 0)
        return;
    section = view_section(
        view, "questions",
        brakes > 0 ? view_line(view, "lede.questions.some",
                               LOCALE_ARGS({"count", say_int(view->arena, brakes)}))
                   : view_line(view, "lede.questions.none", NULL));
    questions = value_put_list(section, "questions");
    for (int i = 0; i < audit->question_count; i++) {
        const Question *question = &audit->questions[i];
        const char *key = arena_printf(view->arena, "question.%s", question->id);
        const char *published = arena_printf(view->arena, "%s.published", key);
        Value *shown = value_add_object(questions);
        value_put_text(shown, "title", locale_word(view->locale, key));
        value_put_text(shown, "answer",
                       locale_say(view->locale, view->arena, &question->answer));
        value_put_text(shown, "published", locale_find(view->locale, published));
        ticks_put(view, question, value_put_list(shown, "ticks"));
    }
}

static const char *confirmed_say(const View *view, const Finding *finding)
{
    int failed = 0, seen = 0;
    bool is_pages = say_extent(finding, &failed, &seen);

    return seen == 0 ? NULL
                     : view_line(view, is_pages ? "strength.pages" : "strength.visits",
                                 LOCALE_ARGS({"n", say_int(view->arena, seen)}));
}

static void strengths_put(const View *view, Value *section)
{
    Value *list = value_put_list(section, "strengths");

    for (size_t i = 0; i < view->audit->strength_count; i++) {
        const Finding *finding = view->audit->strengths[i];
        Value *item = NULL;
        /* Whatever the audit says, only a met criterion is praised. */
        if (finding->outcome != FINDING_PASS)
            continue;
        item = value_add_object(list);
        value_put_rich(
            item, "text",
            say_bare(view->arena, say_criterion(view->locale, view->arena, finding->rule)));
        value_put_text(item, "detail", confirmed_say(view, finding));
        view_put_link(view, item, finding);
    }
    if (list->count == 0)
        value_put_text(section, "no_strengths", view_line(view, "strengths.none", NULL));
}

static void weaknesses_put(const View *view, Value *section)
{
    Value *list = value_put_list(section, "weaknesses");

    for (size_t i = 0; i < view->audit->weakness_count && i < 8; i++) {
        const Finding *finding = view->audit->weaknesses[i];
        Value *item = NULL;
        if (finding->outcome != FINDING_FAIL)
            continue;
        item = value_add_object(list);
        view_put_standing(view, item, standing_of(finding));
        value_put_rich(item, "text",
                       say_title(view->locale, view->arena, view->audit, finding));
        value_put_text(item, "why",
                       locale_text(view->locale, view->arena, &finding->rule->why));
        view_put_link(view, item, finding);
    }
    if (list->count == 0)
        value_put_text(section, "no_weaknesses", view_line(view, "weaknesses.none", NULL));
}

/* The ten below the mark: where the scale of the repairs begins. */
static double scale_low(const Audit *audit)
{
    double low = floor(audit->score / 10) * 10;

    return low > 90 ? 90 : low > 0 ? low : 0;
}

static void repair_put(const View *view, size_t rank, Value *list)
{
    const Audit *audit = view->audit;
    const Opportunity *repair = &audit->opportunities[rank];
    const Rule *rule = repair->finding->rule;
    const char *fix = locale_text(view->locale, view->arena, &rule->fix);
    double before = rank > 0 ? audit->opportunities[rank - 1].mark_after : audit->score;
    double low = scale_low(audit);
    Value *item = value_add_object(list);

    value_put_text(item, "rank", say_int(view->arena, (int64_t)rank + 1));
    value_put_rich(
        item, "fix",
        say_bare(view->arena, *fix ? fix : say_criterion(view->locale, view->arena, rule)));
    value_put_rich(item, "found",
                   say_title(view->locale, view->arena, view->audit, repair->finding));
    view_put_link(view, item, repair->finding);
    value_put_text(item, "gain", locale_signed(view->locale, view->arena, repair->gain, 1));
    value_put_text(
        item, "confidence",
        locale_word(view->locale, arena_printf(view->arena, "confidence.%s",
                                               confidence_name(rule->confidence))));
    value_put_text(item, "effort",
                   locale_word(view->locale, arena_printf(view->arena, "effort.%s",
                                                          effort_name(rule->effort))));
    value_put_text(item, "mark",
                   locale_number(view->locale, view->arena, repair->mark_after, 1));
    value_put_text(item, "held", say_hold(view->locale, view->arena, audit, rank));
    value_put_text(item, "before", view_percent(view, before - low, 100 - low));
    value_put_text(item, "after", view_percent(view, repair->mark_after - low, 100 - low));
    value_put_text(item, "width",
                   view_percent(view, repair->mark_after - before, 100 - low));
}

void view_advice(View *view)
{
    const Audit *audit = view->audit;
    Value *section = NULL, *list = NULL;
    double gain = 0;

    /* What the column "mark then" comes to, caps and all: never the sum of the gains. */
    if (audit->opportunity_count > 0)
        gain = audit->opportunities[audit->opportunity_count - 1].mark_after - audit->score;
    section = view_section(
        view, "priorities",
        audit->opportunity_count > 0
            ? view_line(view, "lede.priorities",
                        LOCALE_ARGS({"count", say_int(view->arena,
                                                      (int64_t)audit->opportunity_count)},
                                    {"gain", say_number(view->arena, gain)}))
            : view_line(view, "lede.priorities.none", NULL));
    strengths_put(view, section);
    weaknesses_put(view, section);
    list = value_put_list(section, "repairs");
    value_put_bool(section, "has_repairs", audit->opportunity_count > 0);
    value_put_text(section, "scale_low",
                   locale_number(view->locale, view->arena, scale_low(audit), 0));
    for (size_t i = 0; i < audit->opportunity_count; i++)
        repair_put(view, i, list);
}
