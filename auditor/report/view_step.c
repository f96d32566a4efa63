/* view_step.c - a step of the story: what was done, seen and stumbled on, how long it took.
 *
 * The tick decides the sentence: a fact whose criterion is missed is never told as seen.
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

/* A sentence in the list of one of the three paragraphs; with a link when it rests on a
 * finding. */
static void sentence_add(const View *view, Value *list, const char *text,
                         const Finding *finding)
{
    Value *sentence = NULL;

    if (!text || !*text)
        return;
    sentence = value_add_object(list);
    value_put_rich(sentence, "text", say_stopped(view->arena, text));
    if (finding)
        view_put_link(view, sentence, finding);
}

static const char *goal_say(const View *view, const StoryStep *step)
{
    const char *goal = locale_find(
        view->locale, arena_printf(view->arena, "goal.%s", step_info(step->kind)->name));

    return goal ? goal : locale_word(view->locale, "goal.other");
}

/* The sentence of a step with what it was done to: "did.<step>.<variant>". */
static const char *did_named(const View *view, const char *key, const char *variant,
                             const char *text)
{
    const char *full = arena_printf(view->arena, "%s.%s", key, variant);

    return text && *text && locale_find(view->locale, full)
               ? view_line(view, full, LOCALE_ARGS({"text", text}))
               : NULL;
}

/* What the step dealt with: what was searched, bought, pressed. */
static const char *object_of(const View *view, const Story *story, const StoryStep *step,
                             const StoryCell *cell)
{
    StoryFact fact;

    if (step->term)
        return step->term;
    if (step->kind == STEP_KIND_OPEN)
        return cell->visit->site;
    if (step->kind != STEP_KIND_OPEN_PRODUCT)
        return cell->record->match.text;
    /* A card's link often holds picture, name and price in one. */
    story_fact(view->arena, view->audit, story, "product.name", &fact);
    return fact.text ? fact.text : cell->record->match.text;
}

/* What was done where it worked. */
static const char *did_say(const View *view, const Story *story, const StoryStep *step,
                           const StoryCell *cell)
{
    const char *key = arena_printf(view->arena, "did.%s", step_info(step->kind)->name);
    const char *text = object_of(view, story, step, cell);
    const char *answer = strstr(cell->record->typed ? cell->record->typed : "", ": ");
    const char *sentence = NULL;

    if (step->kind == STEP_KIND_CONSENT && answer)
        sentence = did_named(view, key, answer + 2, text);
    if (!sentence)
        sentence = did_named(view, key, "named", text);
    if (sentence)
        return sentence;
    if (!locale_find(view->locale, key))
        return view_line(view, "did.other",
                         LOCALE_ARGS({"title", locale_step(view->locale, step->kind)}));
    if (text && *text && (step_info(step->kind)->flags & STEP_NEEDS_TARGET))
        return arena_printf(view->arena, "%s %s", locale_word(view->locale, key),
                            view_line(view, "story.pressed", LOCALE_ARGS({"text", text})));
    return locale_word(view->locale, key);
}

/* What was tried where it did not. */
static const char *attempt_say(const View *view, const StoryStep *step,
                               const StoryCell *cell)
{
    const StepRecord *record = cell->record;
    const char *key =
        arena_printf(view->arena, "attempt.%s", step_outcome_name(cell->outcome));
    const char *goal = goal_say(view, step);
    const char *sentence = NULL;

    /* What a browser could not do is not for want of scripts. */
    if (cell->outcome == OUTCOME_NEEDS_BROWSER && strcmp(cell->visit->engine, "http") != 0)
        key = "attempt.unsure";
    if (cell->outcome == OUTCOME_ERROR_SHOWN && record->shop_text && *record->shop_text)
        sentence = view_line(view, "attempt.error-shown.said",
                             LOCALE_ARGS({"goal", goal}, {"text", record->shop_text}));
    else
        sentence = view_line(view, key, LOCALE_ARGS({"goal", goal}));
    if (record->reason && *record->reason)
        sentence = arena_printf(
            view->arena, "%s %s", sentence,
            view_line(view, "story.reason",
                      LOCALE_ARGS({"reason", locale_reason(view->locale, view->arena,
                                                           record->reason)})));
    return sentence;
}

static const char *cell_say(const View *view, const Story *story, const StoryStep *step,
                            const StoryCell *cell)
{
    return step_is_ok(cell->outcome) ? did_say(view, story, step, cell)
                                     : attempt_say(view, step, cell);
}

/* One sentence when all personas did the same, else one each. */
static void did_put(const View *view, const Story *story, const StoryStep *step, Value *did)
{
    const char *first = NULL;
    bool is_same = true;

    for (size_t j = 0; j < story->journey_count; j++) {
        const char *sentence = NULL;
        if (!step->cells[j].record)
            continue;
        sentence = cell_say(view, story, step, &step->cells[j]);
        is_same = is_same && (!first || strcmp(first, sentence) == 0);
        first = first ? first : sentence;
    }
    for (size_t j = 0; j < story->journey_count; j++) {
        const StoryCell *cell = &step->cells[j];
        if (cell->record && !is_same)
            sentence_add(
                view, did,
                view_line(view, "story.persona",
                          LOCALE_ARGS(
                              {"persona", say_persona(view->locale, view->arena, story, j)},
                              {"sentence", cell_say(view, story, step, cell)})),
                NULL);
        if (cell->worked > 0 && cell->failed > 0)
            sentence_add(
                view, did,
                view_line(view, "story.worked-in",
                          LOCALE_ARGS({"count", say_int(view->arena, cell->worked)},
                                      {"total", say_int(view->arena, cell->walked)})),
                NULL);
    }
    if (is_same)
        sentence_add(view, did, first, NULL);
}

/* "saw.<fact>.yes" or "stumbled.<fact>.yes", whichever the words have; NULL when the fact
 * is not told so. is_seen: which it is. */
static const char *fact_key(const View *view, const StoryFact *fact, const char *state,
                            bool *is_seen)
{
    const char *key = arena_printf(view->arena, "saw.%s.%s", fact->name, state);

    *is_seen = true;
    if (locale_find(view->locale, key))
        return key;
    *is_seen = false;
    key = arena_printf(view->arena, "stumbled.%s.%s", fact->name, state);
    return locale_find(view->locale, key) ? key : NULL;
}

static const char *fact_state(const StoryFact *fact)
{
    switch (fact->state) {
    case FACT_TRUTH: return fact->no > 0 ? "no" : "yes";
    case FACT_NUMBER: return fact->number > 0 ? "some" : "zero";
    case FACT_TEXT: return "text";
    case FACT_ABSENT: break;
    }
    return NULL;
}

static const char *fact_sentence(const View *view, const StoryFact *fact, const char *key)
{
    const char *exact = say_number(view->arena, fact->number);
    const char *money =
        fact->currency ? arena_printf(view->arena, "%s %s", fact->currency, exact) : exact;
    /* The median of a few visits may lie between two counts; nobody sees half a field. */
    double count = floor(fact->number + 0.5);
    const char *number = say_number(view->arena, count);
    const char *sentence = view_line(
        view, key,
        LOCALE_ARGS({"n", number},
                    {"n.said", locale_number(view->locale, view->arena, count, -1)},
                    {"money", money}, {"text", fact->text ? fact->text : ""}));

    if (fact->yes == 0 || fact->no == 0)
        return sentence;
    return view_line(view, "story.some-visits",
                     LOCALE_ARGS({"sentence", say_bare(view->arena, sentence)},
                                 {"count", say_int(view->arena, fact->no)},
                                 {"total", say_int(view->arena, fact->yes + fact->no)}));
}

static bool is_stumble(const StoryStep *step, const Finding *finding)
{
    for (size_t i = 0; i < step->stumble_count; i++) {
        if (step->stumbles[i] == finding)
            return true;
    }
    return false;
}

static void facts_put(const View *view, const Story *story, size_t at, Value *saw,
                      Value *stumbled)
{
    for (const char *const *name = fact_names(); *name; name++) {
        StoryFact fact;
        const Finding *finding = NULL;
        const char *state = NULL, *key = NULL;
        bool is_seen = false;
        if (story_fact_step(view->audit, story, *name) != at)
            continue;
        story_fact(view->arena, view->audit, story, *name, &fact);
        state = fact_state(&fact);
        key = state ? fact_key(view, &fact, state, &is_seen) : NULL;
        finding = story_fact_finding(view->audit, *name);
        /* The tick decides: a fact whose criterion is missed is not told as seen, and the
         * criterion itself may already stand among the stumbles. */
        if (!key || (finding && (is_seen || is_stumble(&story->steps[at], finding))))
            continue;
        sentence_add(view, is_seen ? saw : stumbled, fact_sentence(view, &fact, key),
                     finding);
    }
}

/* What the shop itself said, once. */
static void shop_put(const View *view, const Story *story, const StoryStep *step,
                     Value *saw)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        const StepRecord *record = step->cells[j].record;
        if (!record || !step_is_ok(record->outcome) || !record->shop_text ||
            !*record->shop_text)
            continue;
        sentence_add(
            view, saw,
            view_line(view, "story.shop-said", LOCALE_ARGS({"text", record->shop_text})),
            NULL);
        return;
    }
}

/* With nothing else to tell, the page's title. */
static void title_put(const View *view, const Story *story, const StoryStep *step,
                      Value *saw)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        const StoryCell *cell = &step->cells[j];
        const char *title = NULL;
        if (!cell->record || cell->record->page < 0 ||
            (size_t)cell->record->page >= cell->visit->page_count)
            continue;
        title = cell->visit->pages[cell->record->page]->title;
        if (!title || !*title)
            continue;
        sentence_add(view, saw,
                     view_line(view, "story.page", LOCALE_ARGS({"title", title})), NULL);
        return;
    }
}

static const char *count_text(const View *view, int count)
{
    return count < 0 ? "–" : locale_number(view->locale, view->arena, count, 0);
}

static const char *seconds_text(const View *view, double ms)
{
    return isfinite(ms) ? locale_seconds(view->locale, view->arena, ms) : "–";
}

static void row_put(const View *view, const Story *story, const StoryStep *step, size_t j,
                    Value *rows)
{
    const StoryCell *cell = &step->cells[j];
    Value *row = value_add_object(rows);

    value_put_text(row, "device", view_device(story->journeys[j]));
    value_put_text(row, "persona", say_persona(view->locale, view->arena, story, j));
    value_put_text(row, "wait", seconds_text(view, cell->wait));
    value_put_text(
        row, "range",
        cell->wait_count > 1
            ? view_line(view, "range",
                        LOCALE_ARGS({"low", seconds_text(view, cell->wait_low)},
                                    {"high", seconds_text(view, cell->wait_high)}))
            : "–");
    value_put_text(row, "human", seconds_text(view, cell->human));
    value_put_text(row, "clicks", count_text(view, cell->clicks));
    value_put_text(row, "fields", count_text(view, cell->fields));
    view_put_moment(view, row, cell->moment);
}

static void alerts_put(const View *view, const Story *story, const StoryStep *step,
                       Value *alerts)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        const StoryCell *cell = &step->cells[j];
        bool is_ten = cell->beyond_ten > 0;
        if (cell->beyond_patience == 0 && !is_ten)
            continue;
        value_add_text(
            alerts,
            view_line(
                view, cell->beyond_patience > 0 ? "story.patience" : "story.ten-seconds",
                LOCALE_ARGS({"persona", say_persona(view->locale, view->arena, story, j)},
                            {"patience",
                             say_number(view->arena,
                                        (double)story->journeys[j]->patience_us / 1000)},
                            {"count", say_int(view->arena, cell->beyond_patience > 0
                                                               ? cell->beyond_patience
                                                               : cell->beyond_ten)},
                            {"total", say_int(view->arena, cell->wait_count)})));
    }
}

/* What was filled in; the searched word and the answer to the banner are told already. */
static void typed_put(const View *view, const Story *story, const StoryStep *step,
                      Value *did)
{
    const char *key = arena_printf(view->arena, "typed.%s", step_info(step->kind)->name);

    if (step->term || step->kind == STEP_KIND_CONSENT)
        return;
    for (size_t j = 0; j < story->journey_count; j++) {
        const StepRecord *record = step->cells[j].record;
        const char *value = NULL;
        if (!record || !record->typed || !*record->typed)
            continue;
        value = strstr(record->typed, ": ");
        sentence_add(view, did,
                     view_line(view, locale_find(view->locale, key) ? key : "story.typed",
                               LOCALE_ARGS({"text", record->typed},
                                           {"value", value ? value + 2 : record->typed})),
                     NULL);
        return;
    }
}

/* Did the step itself fail somewhere? Then "stumbled on nothing" would deny it. */
static bool is_failed(const StoryStep *step, size_t journeys)
{
    for (size_t j = 0; j < journeys; j++) {
        if (step->cells[j].failed > 0)
            return true;
    }
    return false;
}

static bool is_judged(const StoryStep *step, size_t journeys)
{
    for (size_t j = 0; j < journeys; j++) {
        if (step->cells[j].moment != MOMENT_UNSEEN)
            return true;
    }
    return false;
}

void view_step(const View *view, const Story *story, size_t at, const char *id,
               Value *steps)
{
    const StoryStep *step = &story->steps[at];
    Value *shown = value_add_object(steps);
    Value *did = value_put_list(shown, "did");
    Value *saw = value_put_list(shown, "saw");
    Value *stumbled = value_put_list(shown, "stumbled");
    Value *rows = value_put_list(shown, "rows");

    value_put_text(shown, "no", say_int(view->arena, step->number));
    value_put_text(shown, "id", id);
    value_put_text(shown, "title", say_story_step(view->locale, view->arena, step));
    did_put(view, story, step, did);
    typed_put(view, story, step, did);
    facts_put(view, story, at, saw, stumbled);
    view_put_obstacles(view, story, at, saw);
    shop_put(view, story, step, saw);
    if (saw->count == 0)
        title_put(view, story, step, saw);
    for (size_t i = 0; i < step->stumble_count; i++)
        sentence_add(view, stumbled,
                     say_found(view->locale, view->arena, view->audit, step->stumbles[i]),
                     step->stumbles[i]);
    bool is_calm =
        is_judged(step, story->journey_count) && !is_failed(step, story->journey_count);
    if (stumbled->count == 0 && is_calm)
        value_put_text(shown, "nothing", view_line(view, "story.nothing", NULL));
    value_put_bool(shown, "has_saw", saw->count > 0);
    value_put_bool(shown, "has_stumbled", stumbled->count > 0 || is_calm);
    for (size_t j = 0; j < story->journey_count; j++)
        row_put(view, story, step, j, rows);
    alerts_put(view, story, step, value_put_list(shown, "alerts"));
    view_put_pictures(view, story, at, shown);
}
