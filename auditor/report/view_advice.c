/* view_advice.c - the four questions, strengths and weaknesses, and what to mend first.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

enum { TICKS_MOST = 14 };

static void tick_add(const View *view, Value *ticks, const Finding *finding)
{
    Value *tick = value_add_object(ticks);

    view_put_standing(view, tick, standing_of(finding));
    value_put_rich(tick, "text",
                   finding->outcome == FINDING_FAIL
                       ? say_title(view->locale, view->arena, view->audit, finding)
                       : say_bare(view->arena,
                                  say_criterion(view->locale, view->arena, finding->rule)));
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

/* All criteria that help to answer, missed first. */
static void ticks_put(const View *view, const Question *question, Value *ticks)
{
    static const FindingOutcome order[] = {FINDING_FAIL, FINDING_PASS, FINDING_CANNOT_TELL};

    for (size_t o = 0; o < COUNT_OF(order); o++) {
        for (size_t i = 0; i < view->audit->finding_count; i++) {
            const Finding *finding = view->audit->findings[i];
            if (finding->outcome == order[o] && ticks->count < TICKS_MOST &&
                helps_answer(finding->rule, question->id))
                tick_add(view, ticks, finding);
        }
    }
}

void view_questions(View *view)
{
    const Audit *audit = view->audit;
    Value *section = NULL, *questions = NULL;
    int brakes = 0;

    for (int i = 0; i < audit->question_count; i++)
        brakes += audit->questions[i].evidence_count;
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
    bool is_pages = finding->result_count > 0 && finding->results[0].page >= 0;

    if (finding->pages_seen <= 0)
        return NULL;
    return view_line(view, is_pages ? "strength.pages" : "strength.visits",
                     LOCALE_ARGS({"n", say_int(view->arena, finding->pages_seen)}));
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

static void repair_put(const View *view, size_t rank, Value *list)
{
    const Audit *audit = view->audit;
    const Opportunity *repair = &audit->opportunities[rank];
    const Rule *rule = repair->finding->rule;
    const char *fix = locale_text(view->locale, view->arena, &rule->fix);
    double before = rank > 0 ? audit->opportunities[rank - 1].mark_after : audit->score;
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
    value_put_text(item, "before", view_percent(view, before, 100));
    value_put_text(item, "after", view_percent(view, repair->mark_after, 100));
    value_put_text(item, "width", view_percent(view, repair->mark_after - before, 100));
}

void view_advice(View *view)
{
    const Audit *audit = view->audit;
    Value *section = NULL, *list = NULL;
    double gain = 0;

    for (size_t i = 0; i < audit->opportunity_count; i++)
        gain += audit->opportunities[i].gain;
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
    for (size_t i = 0; i < audit->opportunity_count; i++)
        repair_put(view, i, list);
}
