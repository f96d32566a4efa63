/* say.c - phrases shared by the writers.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/say.h"

#include <math.h>
#include <string.h>

#include "base/units.h"

static const char *const standing_names[STANDING_COUNT] = {
    [STANDING_MET] = "met",       [STANDING_PART] = "part", [STANDING_MISSED] = "missed",
    [STANDING_UNSEEN] = "unseen", [STANDING_NA] = "na",
};

static const char *const standing_signs[STANDING_COUNT] = {
    [STANDING_MET] = "✓",    [STANDING_PART] = "◐", [STANDING_MISSED] = "✗",
    [STANDING_UNSEEN] = "?", [STANDING_NA] = "–",
};

static const char *const moment_names[MOMENT_COUNT] = {
    [MOMENT_UNSEEN] = "unseen",
    [MOMENT_MET] = "met",
    [MOMENT_PART] = "part",
    [MOMENT_MISSED] = "missed",
};

static const char *const moment_signs[MOMENT_COUNT] = {
    [MOMENT_UNSEEN] = "?",
    [MOMENT_MET] = "✓",
    [MOMENT_PART] = "◐",
    [MOMENT_MISSED] = "✗",
};

Standing standing_of(const Finding *finding)
{
    switch (finding->outcome) {
    case FINDING_PASS: return STANDING_MET;
    case FINDING_FAIL: return finding->score > 0 ? STANDING_PART : STANDING_MISSED;
    case FINDING_CANNOT_TELL: return STANDING_UNSEEN;
    case FINDING_NOT_APPLICABLE:
    case FINDING_OUTCOME_COUNT: break;
    }
    return STANDING_NA;
}

const char *standing_name(Standing standing)
{
    return standing_names[standing];
}

const char *standing_sign(Standing standing)
{
    return standing_signs[standing];
}

const char *moment_name(Moment moment)
{
    return moment_names[moment];
}

const char *moment_sign(Moment moment)
{
    return moment_signs[moment];
}

void standing_count(const Audit *audit, int *counts)
{
    for (int i = 0; i < STANDING_COUNT; i++)
        counts[i] = 0;
    for (size_t i = 0; i < audit->finding_count; i++)
        counts[standing_of(audit->findings[i])]++;
}

const char *say_int(Arena *arena, int64_t number)
{
    return arena_printf(arena, "%lld", (long long)number);
}

const char *say_number(Arena *arena, double number)
{
    char text[64];

    return arena_text(arena, number_text(number, text, sizeof text));
}

/* The failing result that shows most: most elements at fault, the first of equals. */
static const PageResult *result_worst(const Finding *finding)
{
    const PageResult *worst = NULL;

    for (size_t i = 0; i < finding->result_count; i++) {
        const PageResult *result = &finding->results[i];
        if (result->outcome == FINDING_FAIL && (!worst || result->count > worst->count))
            worst = result;
    }
    return worst;
}

double say_value(const Finding *finding)
{
    const PageResult *worst = result_worst(finding);
    bool is_count = worst && worst->count >= 0 && (double)worst->count == worst->value;

    return is_count && (!finding->unit || !*finding->unit) ? worst->value : finding->value;
}

/* Is there a value for every place of a sentence? */
static bool is_fillable(const char *sentence, const LocaleArg *args)
{
    for (const char *at = sentence; (at = strchr(at, '{')); at++) {
        size_t length = strcspn(at + 1, "|:}");
        bool is_known = false;
        for (const LocaleArg *arg = args; arg->name && !is_known; arg++)
            is_known =
                strlen(arg->name) == length && strncmp(arg->name, at + 1, length) == 0;
        if (!is_known)
            return false;
    }
    return true;
}

const char *say_criterion(const Locale *locale, Arena *arena, const Rule *rule)
{
    const char *text = locale_text(locale, arena, &rule->criterion);

    return *text ? text : rule->id;
}

/* Currency of the product that was bought, or NULL. */
static const char *currency_of(const Audit *audit)
{
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Fact *fact = visit_fact(audit->visits[v], "product.currency");
        if (fact && fact->state == FACT_TEXT && fact->text && *fact->text)
            return fact->text;
    }
    return NULL;
}

const char *say_measure(const Locale *locale, Arena *arena, const Audit *audit,
                        double value, const char *unit)
{
    const char *currency = currency_of(audit);

    if (!unit || strcmp(unit, "price") != 0 || !isfinite(value))
        return locale_value(locale, arena, value, unit);
    return locale_money(
        locale, arena,
        currency ? arena_printf(arena, "%s %s", currency, say_number(arena, value))
                 : say_number(arena, value));
}

const char *say_bare(Arena *arena, const char *text)
{
    size_t length = strlen(text);

    if (length < 2 || text[length - 1] != '.' || text[length - 2] == '.')
        return text;
    return arena_printf(arena, "%.*s", (int)length - 1, text);
}

/* The values a "found" sentence may ask for. */
typedef struct FoundArgs {
    LocaleArg args[12];
    int count;
} FoundArgs;

/* A number for plurals, and as it is said. */
static void number_add(Arena *arena, FoundArgs *found, const char *name, double number,
                       const char *said)
{
    found->args[found->count++] = (LocaleArg){name, say_number(arena, number)};
    found->args[found->count++] = (LocaleArg){arena_printf(arena, "%s.said", name), said};
}

const char *say_found(const Locale *locale, Arena *arena, const Audit *audit,
                      const Finding *finding)
{
    const char *criterion = say_criterion(locale, arena, finding->rule);
    const char *sentence = locale_text(locale, arena, &finding->rule->found);
    const PageResult *worst = result_worst(finding);
    FoundArgs found = {0};

    if (finding->outcome != FINDING_FAIL)
        return criterion;
    if (worst && worst->count >= 0)
        number_add(arena, &found, "count", worst->count,
                   locale_number(locale, arena, worst->count, 0));
    if (worst && worst->total >= 0)
        number_add(arena, &found, "total", worst->total,
                   locale_number(locale, arena, worst->total, 0));
    if (isfinite(finding->value))
        number_add(arena, &found, "value", say_value(finding),
                   say_measure(locale, arena, audit, say_value(finding), finding->unit));
    if (isfinite(finding->threshold))
        number_add(arena, &found, "threshold", finding->threshold,
                   say_measure(locale, arena, audit, finding->threshold, finding->unit));
    if (worst && worst->text && *worst->text)
        found.args[found.count++] = (LocaleArg){"text", worst->text};
    if (*sentence && is_fillable(sentence, found.args))
        return locale_fill(locale, arena, sentence, found.args);
    return locale_line(locale, arena, "found.missed",
                       LOCALE_ARGS({"criterion", criterion}));
}

const char *say_title(const Locale *locale, Arena *arena, const Audit *audit,
                      const Finding *finding)
{
    return say_bare(arena, say_found(locale, arena, audit, finding));
}

const char *say_dimension(const Locale *locale, Arena *arena, const Grid *grid,
                          Dimension dimension)
{
    const char *title =
        grid ? locale_text(locale, arena, &grid->dimension_titles[dimension]) : "";
    const char *key = arena_printf(arena, "dimension.%s", dimension_name(dimension));

    return *title ? title : locale_word(locale, key);
}

const char *say_dimension_the(const Locale *locale, Arena *arena, const Grid *grid,
                              Dimension dimension)
{
    const char *title = say_dimension(locale, arena, grid, dimension);
    const char *name = dimension_name(dimension);

    if (strcmp(title, locale_word(locale, arena_printf(arena, "dimension.%s", name))) != 0)
        return locale_quote(locale, arena, title);
    return locale_word(locale, arena_printf(arena, "the.%s", name));
}

/* Is the device enough to tell this journey from the others of its story? */
static bool is_told_by_device(const Story *story, size_t journey)
{
    for (size_t j = 0; j < story->journey_count; j++) {
        if (j != journey &&
            story->journeys[j]->is_phone == story->journeys[journey]->is_phone)
            return false;
    }
    return true;
}

const char *say_persona(const Locale *locale, Arena *arena, const Story *story,
                        size_t journey)
{
    const Journey *one = story->journeys[journey];
    const char *title = locale_text(locale, arena, &one->persona_title);

    if (is_told_by_device(story, journey))
        return locale_word(locale, one->is_phone ? "persona.phone" : "persona.desktop");
    return *title ? title : one->persona_id;
}

const char *say_persona_on(const Locale *locale, Arena *arena, const Story *story,
                           size_t journey)
{
    const Journey *one = story->journeys[journey];

    if (is_told_by_device(story, journey))
        return locale_word(locale,
                           one->is_phone ? "persona.on-phone" : "persona.on-desktop");
    return locale_line(locale, arena, "persona.for",
                       LOCALE_ARGS({"name", say_persona(locale, arena, story, journey)}));
}

const char *say_visits(const Locale *locale, Arena *arena, const Audit *audit)
{
    const char *parts[2] = {0};
    int counts[2] = {0}, count = 0;

    for (size_t j = 0; j < audit->journey_count; j++)
        counts[audit->journeys[j].is_phone ? 0 : 1] += (int)audit->journeys[j].visit_count;
    for (int i = 0; i < 2; i++) {
        if (counts[i] > 0)
            parts[count++] = locale_line(
                locale, arena, "terminal.part",
                LOCALE_ARGS({"n", say_int(arena, counts[i])},
                            {"persona", locale_word(locale, i == 0 ? "terminal.phone"
                                                                   : "terminal.desktop")}));
    }
    return count == 2 ? arena_printf(arena, "%s, %s", parts[0], parts[1]) : parts[0];
}

const Visit **say_walked(Arena *arena, const Audit *audit, int *count)
{
    const Visit **visits = ARENA_ARRAY(arena, audit->visit_count + 1, const Visit *);

    *count = 0;
    for (size_t v = 0; v < audit->visit_count; v++) {
        bool is_walked = audit->journey_count == 0;
        for (size_t j = 0; j < audit->journey_count; j++) {
            const Journey *journey = &audit->journeys[j];
            for (size_t i = 0; i < journey->visit_count; i++)
                is_walked = is_walked || journey->visits[i] == v;
        }
        if (is_walked)
            visits[(*count)++] = audit->visits[v];
    }
    return visits;
}

const char *say_host(Arena *arena, const Audit *audit)
{
    const char *site = audit->site ? audit->site : "";
    const char *scheme = strstr(site, "://");
    const char *host = scheme ? scheme + 3 : site;
    size_t length = strcspn(host, "/?#");

    if (length > 0)
        return arena_printf(arena, "%.*s", (int)length, host);
    return audit->host ? audit->host : "";
}

const char *say_engines(const Locale *locale, Arena *arena, const Audit *audit)
{
    const char *engines[8];
    const char *said[8];
    int count = 0, walked = 0;
    const Visit **visits = say_walked(arena, audit, &walked);

    for (int v = 0; v < walked; v++) {
        const Visit *visit = visits[v];
        int known = 0;
        while (known < count && strcmp(engines[known], visit->engine) != 0)
            known++;
        if (known < count || count == (int)COUNT_OF(engines))
            continue;
        const char *version = visit->engine_version ? visit->engine_version : "";
        if (strncmp(version, "Chromium ", 9) == 0)
            version += 9; /* the engine's own name says it already */
        engines[count] = visit->engine;
        said[count++] =
            locale_line(locale, arena, arena_printf(arena, "engine.%s", visit->engine),
                        LOCALE_ARGS({"version", version}));
    }
    return locale_list(locale, arena, said, count);
}

bool say_has_mark(const Audit *audit)
{
    return isfinite(audit->score) && audit->status != AUDIT_INCONCLUSIVE;
}

const char *say_letter(const Locale *locale, Arena *arena, const Audit *audit)
{
    if (!audit->letter || !*audit->letter)
        return NULL;
    if (strlen(audit->letter) == 3 && audit->letter[1] == '-')
        return locale_line(locale, arena, "mark.letter-or",
                           LOCALE_ARGS({"a", arena_printf(arena, "%c", audit->letter[0])},
                                       {"b", arena_printf(arena, "%c", audit->letter[2])}));
    return audit->letter;
}

const char *say_counts(const Locale *locale, Arena *arena, const int *counts)
{
    const char *parts[STANDING_COUNT] = {NULL};
    int count = 0;

    for (int i = 0; i < STANDING_COUNT; i++) {
        if (counts[i] > 0)
            parts[count++] = locale_line(locale, arena,
                                         arena_printf(arena, "count.%s", standing_names[i]),
                                         LOCALE_ARGS({"n", say_int(arena, counts[i])}));
    }
    /* A plain enumeration: "and" would make the last number look like a sum. */
    const char *list = count > 0 ? parts[0] : "";
    for (int i = 1; i < count; i++)
        list = arena_printf(arena, "%s, %s", list, parts[i]);
    return list;
}

const char *say_step(const Locale *locale, Arena *arena, StepKind kind)
{
    const char *word =
        locale_find(locale, arena_printf(arena, "moment.%s", step_info(kind)->name));

    return word ? word : locale_step(locale, kind);
}

const char *say_stopped(Arena *arena, const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || strchr(".!?", text[length - 1]) ||
        str_ends_with(str_of(text), STR("…")))
        return text;
    return arena_printf(arena, "%s.", text);
}

void say_order(const Grid *grid, Dimension *order)
{
    for (int d = 0; d < DIMENSION_COUNT; d++) {
        int at = d;
        for (; grid && at > 0 && grid->shares[order[at - 1]] < grid->shares[d]; at--)
            order[at] = order[at - 1];
        order[at] = (Dimension)d;
    }
}

const char *say_story_step(const Locale *locale, Arena *arena, const StoryStep *step)
{
    if (step->kind == STEP_KIND_SEARCH_PROBE && step->term)
        return locale_line(locale, arena, "moment.search-of",
                           LOCALE_ARGS({"term", step->term}));
    return say_step(locale, arena, step->kind);
}

bool say_extent(const Finding *finding, int *failed, int *seen)
{
    bool is_pages = finding->result_count > 0 && finding->results[0].page >= 0;

    *failed = finding->pages_failed;
    *seen = finding->pages_seen;
    if (is_pages)
        return true;
    *failed = *seen = 0;
    for (size_t i = 0; i < finding->result_count; i++) {
        FindingOutcome outcome = finding->results[i].outcome;
        *failed += outcome == FINDING_FAIL;
        *seen += outcome == FINDING_FAIL || outcome == FINDING_PASS;
    }
    return false;
}

const char *say_hold(const Locale *locale, Arena *arena, const Audit *audit, size_t rank)
{
    const Opportunity *repair = &audit->opportunities[rank];
    double before = rank > 0 ? audit->opportunities[rank - 1].mark_after : audit->score;
    const char *dimension = NULL;

    /* Half a tenth: marks and gains are shown to the tenth. */
    if (repair->held_by >= DIMENSION_COUNT ||
        !(repair->mark_after - before < repair->gain - 0.05))
        return NULL;
    dimension = say_dimension_the(locale, arena, audit->grid, repair->held_by);
    if (!repair->held_rule)
        return locale_line(locale, arena, "repair.held",
                           LOCALE_ARGS({"dimension", dimension}));
    return locale_line(
        locale, arena, "repair.held-blocker",
        LOCALE_ARGS({"dimension", dimension},
                    {"criterion", say_criterion(locale, arena, repair->held_rule)}));
}
