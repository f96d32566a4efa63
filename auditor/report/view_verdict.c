/* view_verdict.c - the cover and the first section: the mark, its dimensions and
 * uncertainties, and what a customer would say.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

static LocaleArg number_arg(const View *view, const char *name, double number)
{
    return (LocaleArg){name, say_number(view->arena, number)};
}

/* The sentence of a key with low and high of an interval. */
static const char *between(const View *view, const char *key, const Interval *interval)
{
    return view_line(view, key,
                     LOCALE_ARGS(number_arg(view, "low", interval->low),
                                 number_arg(view, "high", interval->high)));
}

static bool is_spread(const Interval *interval)
{
    return isfinite(interval->low) && isfinite(interval->high);
}

/* Does it differ once it is rounded? */
static bool is_wide(const Interval *interval)
{
    return is_spread(interval) && interval->high - interval->low >= 0.5;
}

static void mark_put(const View *view)
{
    const Audit *audit = view->audit;
    const char *letter = say_letter(view->locale, view->arena, audit);
    Value *mark = NULL;

    if (!say_has_mark(audit)) {
        value_put_text(view->root, "no_mark", view_line(view, "mark.none", NULL));
        return;
    }
    mark = value_put_object(view->root, "mark");
    value_put_text(mark, "score",
                   locale_number(view->locale, view->arena, audit->score, 0));
    value_put_text(mark, "unit",
                   is_spread(&audit->interval)
                       ? between(view, "mark.interval", &audit->interval)
                   : is_wide(&audit->range) ? between(view, "mark.range", &audit->range)
                                            : view_line(view, "mark.out-of", NULL));
    if (letter)
        value_put_text(mark, "letter",
                       view_line(view, "mark.letter", LOCALE_ARGS({"letter", letter})));
}

/* One more sentence of a paragraph. */
static void say_add(const View *view, const char **says, const char *text)
{
    if (text && *text)
        *says = arena_printf(view->arena, "%s%s%s", *says, **says ? " " : "", text);
}

/* "Serious faults cap ergonomics at 65 and trust at 50." */
static const char *caps_say(const View *view, int *count)
{
    const char *parts[DIMENSION_COUNT];

    *count = 0;
    for (int d = 0; d < DIMENSION_COUNT; d++) {
        const DimensionScore *score = &view->audit->dimensions[d];
        if (score->cap_rule && isfinite(score->score))
            parts[(*count)++] =
                view_line(view, "verdict.cap",
                          LOCALE_ARGS({"dimension",
                                       say_dimension_the(view->locale, view->arena,
                                                         view->audit->grid, (Dimension)d)},
                                      number_arg(view, "mark", score->score)));
    }
    if (*count == 0)
        return NULL;
    return view_line(
        view, "verdict.caps",
        LOCALE_ARGS({"count", say_int(view->arena, *count)},
                    {"list", locale_list(view->locale, view->arena, parts, *count)}));
}

/* What those serious faults are, each once, in its own sentence. */
static void faults_say(const View *view, const char **says)
{
    const Audit *audit = view->audit;

    for (size_t f = 0; f < audit->finding_count; f++) {
        const Finding *finding = audit->findings[f];
        bool is_cap = false;
        for (int d = 0; d < DIMENSION_COUNT; d++)
            is_cap = is_cap || (audit->dimensions[d].cap_rule == finding->rule &&
                                isfinite(audit->dimensions[d].score));
        if (is_cap)
            say_add(view, says, say_found(view->locale, view->arena, audit, finding));
    }
}

/* The sentence of an outcome; where all visits stopped at one door, that door's. */
static const char *outcome_key(const View *view, VisitOutcome outcome)
{
    const char *key =
        arena_printf(view->arena, "verdict.outcome.%s", visit_outcome_name(outcome));
    const char *door = NULL;

    for (int v = 0; v < view->visit_count; v++) {
        const char *own = view->visits[v]->door ? view->visits[v]->door : "";
        if (view->visits[v]->outcome != outcome)
            continue;
        if (door && strcmp(door, own) != 0)
            return key;
        door = own;
    }
    return door && locale_find(view->locale, arena_printf(view->arena, "%s.%s", key, door))
               ? arena_printf(view->arena, "%s.%s", key, door)
               : key;
}

/* "6 visits of 8 reached …", one sentence an outcome. */
static void outcomes_say(const View *view, const char **says)
{
    int counts[VISIT_OUTCOME_COUNT] = {0};
    bool is_journey = view->audit->journey_count > 0;

    for (int v = 0; v < view->visit_count; v++)
        counts[view->visits[v]->outcome]++;
    for (int o = 0; is_journey && o < VISIT_OUTCOME_COUNT; o++) {
        const char *key = outcome_key(view, (VisitOutcome)o);
        if (counts[o] > 0)
            say_add(
                view, says,
                view_line(view, key,
                          LOCALE_ARGS({"count", say_int(view->arena, counts[o])},
                                      {"total", say_int(view->arena, view->visit_count)})));
    }
}

static const char *thin_say(const View *view)
{
    const char *names[DIMENSION_COUNT];
    int count = 0;

    for (int d = 0; d < DIMENSION_COUNT; d++) {
        const DimensionScore *score = &view->audit->dimensions[d];
        if (isnan(score->score) && isfinite(score->coverage))
            names[count++] = say_dimension_the(view->locale, view->arena, view->audit->grid,
                                               (Dimension)d);
    }
    if (count == 0 || count == DIMENSION_COUNT)
        return NULL;
    return view_line(
        view, "verdict.low-evidence",
        LOCALE_ARGS({"count", say_int(view->arena, count)},
                    {"list", locale_list(view->locale, view->arena, names, count)}));
}

static const char *inconclusive_say(const View *view)
{
    const char *reason = view->audit->bar_text;

    return reason ? locale_reason(view->locale, view->arena, reason)
                  : locale_word(view->locale, "mark.none");
}

static void says_put(const View *view)
{
    const Audit *audit = view->audit;
    Value *list = value_put_list(view->root, "says");
    const char *mark = "", *visits = "";
    int caps = 0;

    if (audit->status == AUDIT_INCONCLUSIVE)
        say_add(view, &mark,
                view_line(view, "verdict.inconclusive",
                          LOCALE_ARGS({"reason", inconclusive_say(view)})));
    else if (audit->bar_text)
        say_add(view, &mark,
                view_line(view, "verdict.bar",
                          LOCALE_ARGS({"bar", locale_reason(view->locale, view->arena,
                                                            audit->bar_text)})));
    if (say_has_mark(audit)) {
        say_add(view, &mark, caps_say(view, &caps));
        faults_say(view, &mark);
        /* A limit that takes no whole point is not worth a sentence. */
        if (audit->cap_dimension < DIMENSION_COUNT &&
            audit->uncapped_score - audit->score >= 0.5)
            say_add(view, &mark,
                    view_line(view, "verdict.cap-overall",
                              LOCALE_ARGS(
                                  {"dimension", say_dimension_the(view->locale, view->arena,
                                                                  view->audit->grid,
                                                                  audit->cap_dimension)},
                                  number_arg(view, "mark", audit->score),
                                  number_arg(view, "uncapped", audit->uncapped_score))));
        if (audit->opportunity_count > 0)
            say_add(
                view, &mark,
                view_line(
                    view, "verdict.after",
                    LOCALE_ARGS(
                        {"count", say_int(view->arena, (int64_t)audit->opportunity_count)},
                        number_arg(view, "mark",
                                   audit->opportunities[audit->opportunity_count - 1]
                                       .mark_after))));
        say_add(view, &mark, thin_say(view));
    }
    outcomes_say(view, &visits);
    if (view_has_engine(view, "http") && !view_has_engine(view, "chromium"))
        say_add(view, &visits, view_line(view, "verdict.http", NULL));
    if (audit->is_partial)
        say_add(view, &visits, view_line(view, "verdict.partial", NULL));
    if (*mark)
        value_add_text(list, mark);
    if (*visits)
        value_add_text(list, visits);
}

static void fact_put(Value *facts, const char *term, const char *text)
{
    Value *fact = NULL;

    if (!text || !*text)
        return;
    fact = value_add_object(facts);
    value_put_text(fact, "term", term);
    value_put_text(fact, "text", text);
}

static const char *when_say(const View *view)
{
    const Audit *audit = view->audit;
    const char *date = locale_date(view->locale, view->arena, audit->started_us);
    const char *from = locale_time(view->locale, view->arena, audit->started_us);

    if (audit->duration_us < 60000000)
        return view_line(
            view, "method.duration",
            LOCALE_ARGS({"date", date}, {"from", from},
                        number_arg(view, "duration", (double)audit->duration_us / 1000)));
    return view_line(
        view, "method.when",
        LOCALE_ARGS({"date", date}, {"from", from},
                    {"to", locale_time(view->locale, view->arena,
                                       audit->started_us + audit->duration_us)}));
}

/* "Buy a product; Get help" */
static const char *journeys_say(const View *view)
{
    const char *text = "";

    for (size_t s = 0; s < view->story_count; s++) {
        const Journey *journey = view->stories[s].journeys[0];
        const char *title =
            locale_text(view->locale, view->arena, &journey->scenario_title);
        text = arena_printf(view->arena, "%s%s%s", text,
                            *text ? locale_word(view->locale, "terminal.separator") : "",
                            *title ? title : journey->scenario_id);
    }
    return text;
}

static const char *left_say(const View *view)
{
    const char *parts[16];
    int count = 0;

    for (int v = 0; v < view->visit_count; v++) {
        const Visit *visit = view->visits[v];
        for (size_t i = 0; i < visit->left_count; i++) {
            int known = 0;
            while (known < count && strcmp(parts[known], visit->left_behind[i]) != 0)
                known++;
            if (known == count && count < (int)COUNT_OF(parts))
                parts[count++] = visit->left_behind[i];
        }
    }
    for (int i = 0; i < count; i++)
        parts[i] = locale_reason(view->locale, view->arena, parts[i]);
    if (view->audit->journey_count == 0)
        return NULL;
    return count > 0 ? locale_list(view->locale, view->arena, parts, count)
                     : view_line(view, "story.left-nothing", NULL);
}

static void facts_put(const View *view)
{
    const Audit *audit = view->audit;
    Value *facts = value_put_list(view->root, "facts");
    const char *parts = say_visits(view->locale, view->arena, audit);
    const char *total = say_int(view->arena, view->visit_count);
    const char *place = audit->place && strcmp(audit->place, "loopback") == 0
                            ? view_line(view, "method.loopback", NULL)
                            : audit->place;

    fact_put(facts, locale_word(view->locale, "ui.visits"),
             parts ? view_line(view, "method.visits",
                               LOCALE_ARGS({"total", total}, {"list", parts}))
                   : view_line(view, "method.judged", LOCALE_ARGS({"n", total})));
    fact_put(facts, locale_word(view->locale, "ui.journey"), journeys_say(view));
    fact_put(facts, locale_word(view->locale, "ui.when"), when_say(view));
    fact_put(facts, locale_word(view->locale, "ui.where-from"), place);
    fact_put(facts, locale_word(view->locale, "ui.with"),
             say_engines(view->locale, view->arena, audit));
    if (isfinite(audit->confidence))
        fact_put(facts, locale_word(view->locale, "ui.coverage"),
                 view_line(view, "method.coverage",
                           LOCALE_ARGS(number_arg(view, "share", audit->confidence))));
    fact_put(facts, locale_word(view->locale, "ui.left-behind"), left_say(view));
}

static const char *detail_say(const View *view, const DimensionScore *score)
{
    const Interval *interval = &score->interval;

    if (isnan(score->score))
        return isnan(score->coverage)
                   ? view_line(view, "row.empty", NULL)
                   : view_line(view, "row.nothing",
                               LOCALE_ARGS(number_arg(view, "coverage", score->coverage)));
    if (score->cap_rule)
        return view_line(view, "row.capped",
                         LOCALE_ARGS(number_arg(view, "uncapped", score->uncapped)));
    if (is_spread(interval))
        return interval->high - interval->low < 0.5
                   ? view_line(view, "row.steady", NULL)
                   : between(view, "row.interval", interval);
    return is_wide(&score->range) ? between(view, "row.range", &score->range) : "";
}

/* Position and width of a span on the scale of 100. */
static void span_put(const View *view, Value *row, const char *name, double low,
                     double high)
{
    Value *span = value_put_object(row, name);

    value_put_text(span, "x", view_percent(view, low, 100));
    value_put_text(span, "to", view_percent(view, high, 100));
    value_put_text(span, "width", view_percent(view, high - low, 100));
}

static void dimension_put(const View *view, Value *rows, Dimension dimension)
{
    const DimensionScore *score = &view->audit->dimensions[dimension];
    const Grid *grid = view->audit->grid;
    const Interval *spread = is_spread(&score->interval) ? &score->interval : &score->range;
    Value *row = value_add_object(rows);
    double shares = 0;

    for (int d = 0; grid && d < DIMENSION_COUNT; d++)
        shares += grid->shares[d];
    value_put_text(row, "name", say_dimension(view->locale, view->arena, grid, dimension));
    if (grid && shares > 0)
        value_put_text(
            row, "share",
            locale_percent(view->locale, view->arena, grid->shares[dimension] / shares, 0));
    value_put_text(row, "detail", detail_say(view, score));
    if (isnan(score->score))
        return;
    value_put_text(row, "score", locale_number(view->locale, view->arena, score->score, 0));
    value_put_text(row, "x", view_percent(view, score->score, 100));
    if (is_spread(spread) && spread->high - spread->low >= 0.1)
        span_put(view, row, "spread", spread->low, spread->high);
    if (score->cap_rule && score->uncapped > score->score)
        span_put(view, row, "cap", score->score, score->uncapped);
    if (is_spread(&score->bounds) && score->bounds.high - score->bounds.low >= 0.5)
        span_put(view, row, "bounds", score->bounds.low, score->bounds.high);
}

static const char *note_say(const View *view)
{
    const Audit *audit = view->audit;
    const Interval *spread = is_spread(&audit->interval) ? &audit->interval : &audit->range;

    if (!is_wide(&audit->judgement))
        return is_wide(&audit->interval) ? between(view, "note.again", &audit->interval)
                                         : NULL;
    if (!is_wide(spread))
        return view_line(view, "note.judgement",
                         LOCALE_ARGS(number_arg(view, "top", audit->judgement.high)));
    return view_line(view, spread == &audit->interval ? "note.two" : "note.few",
                     LOCALE_ARGS(number_arg(view, "low", spread->low),
                                 number_arg(view, "high", spread->high),
                                 number_arg(view, "top", audit->judgement.high)));
}

static void overall_put(const View *view, Value *section)
{
    const Audit *audit = view->audit;
    const Interval *spread = is_spread(&audit->interval) ? &audit->interval : &audit->range;
    Value *overall = NULL;

    if (!say_has_mark(audit))
        return;
    overall = value_put_object(section, "overall");
    value_put_text(overall, "score",
                   locale_number(view->locale, view->arena, audit->score, 0));
    value_put_text(overall, "x", view_percent(view, audit->score, 100));
    value_put_text(overall, "detail",
                   is_spread(&audit->interval) ? between(view, "row.interval", spread)
                   : is_wide(spread)           ? between(view, "row.range", spread)
                                               : "");
    if (is_spread(spread) && spread->high - spread->low >= 0.1)
        span_put(view, overall, "spread", spread->low, spread->high);
    if (is_wide(&audit->judgement)) {
        span_put(view, section, "mistaken", audit->judgement.low, audit->judgement.high);
        value_put_text(section, "mistaken_range",
                       locale_range(view->locale, view->arena, audit->judgement.low,
                                    audit->judgement.high, 0));
    }
    value_put_text(section, "note", note_say(view));
}

/* One decimal says enough of a model's input. */
static const char *input_say(const View *view, double value)
{
    return locale_number(view->locale, view->arena, value,
                         fabs(value - round(value)) < 0.05 ? 0 : 1);
}

static void inputs_put(const View *view, Value *card, const ModelFigure *figure)
{
    Value *inputs = value_put_list(card, "inputs");

    for (int i = 0; i < figure->input_count; i++) {
        Value *input = value_add_object(inputs);
        value_put_text(input, "name",
                       locale_word(view->locale, arena_printf(view->arena, "input.%s",
                                                              figure->input_names[i])));
        value_put_text(input, "value", input_say(view, figure->input_values[i]));
    }
    if (figure->formula && locale_find(view->locale, figure->formula))
        value_put_text(card, "formula", locale_word(view->locale, figure->formula));
}

static void face_put(const View *view, Value *card)
{
    const Customer *customer = &view->audit->customer;
    Value *stars = NULL;

    if (customer->smiley) {
        value_put_text(card, "smiley",
                       locale_word(view->locale, arena_printf(view->arena, "smiley.%s",
                                                              customer->smiley)));
        value_put_bool(card,
                       strstr(customer->smiley, "unhappy") ? "is_sad"
                       : strstr(customer->smiley, "happy") ? "is_glad"
                                                           : "is_even",
                       true);
    }
    if (isnan(customer->stars))
        return;
    value_put_text(card, "stars_label",
                   view_line(view, "customer.stars",
                             LOCALE_ARGS(number_arg(view, "n", customer->stars))));
    stars = value_put_list(card, "stars");
    for (int i = 0; i < 5; i++) {
        double filled = customer->stars - i;
        Value *star = value_add_object(stars);
        value_put_text(star, "x", say_int(view->arena, INT64_C(24) * i));
        value_put_bool(star, "is_full", filled >= 1);
        value_put_bool(star, "is_half", filled >= 0.5 && filled < 1);
    }
}

static Value *figure_put(const View *view, Value *customer, const char *name,
                         const ModelFigure *figure)
{
    Value *card = value_put_object(customer, name);

    value_put_text(card, "badge", view_badge(view, figure));
    if (isnan(figure->value)) {
        value_put_text(card, "none", view_line(view, "customer.none", NULL));
        return card;
    }
    inputs_put(view, card, figure);
    value_put_text(
        card, "calibrated",
        view_calibrated(view, figure, 1,
                        figure == &view->audit->customer.recommendation ? 0 : 1));
    return card;
}

static void customer_put(const View *view, Value *section)
{
    const Customer *customer = &view->audit->customer;
    Value *all = value_put_object(section, "customer");
    Value *card = figure_put(view, all, "satisfaction", &customer->satisfaction);
    if (customer->is_calibrated)
        value_put_bool(all, "is_calibrated", true);
    const ModelFigure *figure = &customer->satisfaction;

    if (isfinite(figure->value)) {
        value_put_text(card, "value",
                       locale_number(view->locale, view->arena, figure->value, 1));
        value_put_text(card, "unit",
                       is_spread(&figure->interval)
                           ? between(view, "customer.out-of-10", &figure->interval)
                           : view_line(view, "customer.out-of-10-bare", NULL));
        value_put_text(card, "x", view_percent(view, figure->value, 10));
        if (is_spread(&figure->interval))
            span_put(view, card, "spread", figure->interval.low * 10,
                     figure->interval.high * 10);
        face_put(view, card);
    }
    figure = &customer->recommendation;
    card = figure_put(view, all, "recommendation", figure);
    if (isfinite(figure->value) && is_spread(&figure->interval)) {
        value_put_text(
            card, "value",
            locale_line(view->locale, view->arena, "range.signed",
                        LOCALE_ARGS({"low", locale_signed(view->locale, view->arena,
                                                          figure->interval.low, 0)},
                                    {"high", locale_signed(view->locale, view->arena,
                                                           figure->interval.high, 0)})));
        value_put_text(card, "x", view_percent(view, figure->value + 100, 200));
        span_put(view, card, "spread", (figure->interval.low + 100) / 2,
                 (figure->interval.high + 100) / 2);
    }
    figure = &customer->effort;
    card = figure_put(view, all, "effort", figure);
    if (isfinite(figure->value)) {
        value_put_text(card, "value",
                       locale_number(view->locale, view->arena, figure->value, 1));
        value_put_text(card, "x",
                       view_percent(view, 1 + (figure->value - 1) / 6 * 98, 100));
    }
}

/* Blockers missed, whether or not a mark was high enough to be held back. */
static int blockers_missed(const Audit *audit)
{
    int count = 0;
    for (size_t i = 0; i < audit->finding_count; i++)
        count += audit->findings[i]->rule->impact == IMPACT_BLOCKER &&
                 audit->findings[i]->outcome == FINDING_FAIL;
    return count;
}

static const char *lede_say(const View *view)
{
    int counts[STANDING_COUNT];
    int caps = 0, missed = 0, serious = 0;

    standing_count(view->audit, counts);
    caps_say(view, &caps);
    serious = blockers_missed(view->audit);
    caps = caps > serious ? caps : serious;
    missed = counts[STANDING_MISSED] + counts[STANDING_PART];
    if (counts[STANDING_MET] + missed == 0)
        return view_line(view, "lede.verdict.none", NULL);
    if (caps > 0)
        return view_line(view, "lede.verdict.caps",
                         LOCALE_ARGS({"count", say_int(view->arena, caps)}));
    if (missed > 0)
        return view_line(view, "lede.verdict.failing",
                         LOCALE_ARGS({"count", say_int(view->arena, missed)}));
    return view_line(view, "lede.verdict.clean",
                     LOCALE_ARGS({"count", say_int(view->arena, counts[STANDING_MET])}));
}

void view_verdict(View *view)
{
    Value *section = NULL, *rows = NULL;
    Dimension order[DIMENSION_COUNT];

    mark_put(view);
    says_put(view);
    facts_put(view);
    section = view_section(view, "verdict", lede_say(view));
    overall_put(view, section);
    rows = value_put_list(section, "dimensions");
    say_order(view->audit->grid, order);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        dimension_put(view, rows, order[d]);
    if (say_has_mark(view->audit))
        customer_put(view, section);
}
