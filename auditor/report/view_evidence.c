/* view_evidence.c - every missed criterion with its page, its measurement and how to see it
 * oneself; and the whole grid.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report/view_inside.h"

enum { PLACES_MOST = 6, EVIDENCE_MOST = 5, CROPS_MOST = 2, TAGS_MOST = 6 };

static const char *word_of(const View *view, const char *group, const char *name)
{
    return locale_word(view->locale, arena_printf(view->arena, "%s.%s", group, name));
}

/* Answers of people in a finding: how many, and how many of them were not a plain yes. */
static int people_count(const Finding *finding, int *missed)
{
    int count = 0;

    *missed = 0;
    for (size_t r = 0; r < finding->result_count; r++) {
        count += finding->results[r].person != NULL;
        *missed +=
            finding->results[r].person && finding->results[r].outcome == FINDING_FAIL;
    }
    return count;
}

/* "answered by a person: retired, 12 November 2026"; NULL: the program told. */
static const char *person_say(const View *view, const Finding *finding)
{
    int missed = 0;
    int people = people_count(finding, &missed);
    size_t r = 0;

    if (!people)
        return NULL;
    while (!finding->results[r].person)
        r++;
    return view_line(view, people > 1 ? "person.many" : "person.by",
                     LOCALE_ARGS({"n", say_int(view->arena, people)},
                                 {"profile", finding->results[r].person},
                                 {"date", view_day(view, finding->results[r].date)}));
}

/* Each answer of the card: who, when, what they said, in their own words. */
static void people_put(const View *view, const Finding *finding, Value *card)
{
    Value *people = value_put_list(card, "people");

    for (size_t r = 0; r < finding->result_count; r++) {
        const PageResult *result = &finding->results[r];
        if (!result->person)
            continue;
        Value *one = value_add_object(people);
        const char *grade = result->outcome == FINDING_PASS   ? "person.yes"
                            : result->outcome != FINDING_FAIL ? "person.none"
                            : result->score > 0               ? "person.partly"
                                                              : "person.no";
        value_put_text(
            one, "text",
            view_line(view, "person.answer",
                      LOCALE_ARGS({"profile", result->person},
                                  {"date", view_day(view, result->date)},
                                  {"answer", locale_word(view->locale, grade)})));
        value_put_text(one, "remark",
                       result->text ? locale_quote(view->locale, view->arena, result->text)
                                    : NULL);
    }
    value_put_bool(card, "has_people", people->count > 0);
}

static const char *pages_say(const View *view, const Finding *finding)
{
    int failed = 0, seen = 0, missed = 0;
    int people = people_count(finding, &missed);

    if (people)
        return view_line(view, "person.missed",
                         LOCALE_ARGS({"failed", say_int(view->arena, missed)},
                                     {"seen", say_int(view->arena, people)}));
    bool is_pages = say_extent(finding, &failed, &seen);

    return seen == 0 ? NULL
                     : view_line(view, is_pages ? "finding.pages" : "finding.visits",
                                 LOCALE_ARGS({"failed", say_int(view->arena, failed)},
                                             {"seen", say_int(view->arena, seen)}));
}

/* Value against threshold on one axis from 0. */
static void bullet_put(const View *view, const Finding *finding, Value *card)
{
    double number = say_value(finding);
    double most = fmax(number, finding->threshold) * 1.2;
    Value *bullet = NULL;

    if (!isfinite(number))
        return;
    value_put_text(
        card, "value",
        say_measure(view->locale, view->arena, view->audit, number, finding->unit));
    if (!isfinite(finding->threshold))
        return;
    value_put_text(card, "threshold",
                   say_measure(view->locale, view->arena, view->audit, finding->threshold,
                               finding->unit));
    value_put_text(
        card, "measured",
        view_line(
            view, "finding.measured",
            LOCALE_ARGS({"value", say_measure(view->locale, view->arena, view->audit,
                                              number, finding->unit)},
                        {"threshold", say_measure(view->locale, view->arena, view->audit,
                                                  finding->threshold, finding->unit)})));
    if (!(most > 0) || number < 0 || finding->threshold < 0)
        return;
    bullet = value_put_object(card, "bullet");
    value_put_text(bullet, "x", view_percent(view, number, most));
    value_put_text(bullet, "limit", view_percent(view, finding->threshold, most));
    value_put_bool(bullet, "is_late", number > most * 0.6);
    value_put_bool(bullet, "limit_is_late", finding->threshold > most * 0.6);
}

/* The page of a failing result, or NULL. */
static const Page *result_page(const View *view, const PageResult *result)
{
    const Visit *visit = NULL;

    if (result->outcome != FINDING_FAIL || result->page < 0 ||
        (size_t)result->visit >= view->audit->visit_count)
        return NULL;
    visit = view->audit->visits[result->visit];
    return (size_t)result->page < visit->page_count ? visit->pages[result->page] : NULL;
}

/* Distinct addresses at which a criterion is missed. */
static void places_put(const View *view, const Finding *finding, Value *card)
{
    const char **seen = ARENA_ARRAY(view->arena, finding->result_count + 1, const char *);
    int count = 0;
    Value *places = value_put_list(card, "places");

    for (size_t r = 0; r < finding->result_count; r++) {
        const Page *page = result_page(view, &finding->results[r]);
        int known = 0;
        while (page && known < count && strcmp(seen[known], page->url) != 0)
            known++;
        if (!page || known < count)
            continue;
        seen[count++] = page->url;
        if (count > PLACES_MOST)
            continue;
        Value *place = value_add_object(places);
        value_put_text(place, "kind", locale_page(view->locale, page->kind));
        value_put_text(place, "url", view_path(view, page->url));
    }
    value_put_bool(card, "has_places", places->count > 0);
    value_put_text(
        card, "more",
        count > PLACES_MOST
            ? view_line(view, "finding.more",
                        LOCALE_ARGS({"n", say_int(view->arena, count - PLACES_MOST)}))
            : NULL);
}

static bool is_shown(Value *list, const Evidence *evidence)
{
    for (size_t i = 0; i < list->count; i++) {
        const Value *item = list->members[i].value;
        const Value *selector = value_get(item, STR("selector"));
        const Value *snippet = value_get(item, STR("snippet"));
        if (str_equal_text(selector ? selector->text : (Str){0}, evidence->selector) &&
            str_equal_text(snippet ? snippet->text : (Str){0}, evidence->snippet))
            return true;
    }
    return false;
}

static void evidence_put(const View *view, const Finding *finding, Value *card)
{
    int crops = 0;
    Value *list = value_put_list(card, "evidence");

    for (size_t r = 0; r < finding->result_count; r++) {
        const PageResult *result = &finding->results[r];
        for (int e = 0; result->outcome == FINDING_FAIL && e < result->evidence_count;
             e++) {
            const Evidence *evidence = &result->evidence[e];
            Value *item = NULL;
            if (list->count >= EVIDENCE_MOST || is_shown(list, evidence))
                continue;
            item = value_add_object(list);
            value_put_text(item, "selector", evidence->selector);
            value_put_text(item, "snippet", evidence->snippet);
            value_put_text(item, "note", evidence->note);
            if (crops < CROPS_MOST)
                view_put_crop(view, result, evidence, item);
            crops += value_get(item, STR("crop")) != NULL;
        }
    }
}

/* First failing page's address, else the shop's. */
static const char *first_url(const View *view, const Finding *finding)
{
    for (size_t r = 0; r < finding->result_count; r++) {
        const PageResult *result = &finding->results[r];
        if (result->outcome == FINDING_FAIL && result->page >= 0 &&
            (size_t)result->visit < view->audit->visit_count &&
            (size_t)result->page < view->audit->visits[result->visit]->page_count)
            return view->audit->visits[result->visit]->pages[result->page]->url;
    }
    return view->audit->site ? view->audit->site : "";
}

static const char *how_key(CheckKind kind)
{
    switch (kind) {
    case CHECK_XPATH:
    case CHECK_CSS:
    case CHECK_LAYOUT: return "how.inspect";
    case CHECK_REGEX: return "how.source";
    case CHECK_HEADER: return "how.headers";
    case CHECK_RESOURCE: return "how.network";
    case CHECK_METRIC: return "how.time";
    case CHECK_STRUCTURED_DATA: return "how.structured";
    case CHECK_JOURNEY:
    case CHECK_INTERACT: return "how.walk";
    case CHECK_PERSON: return "how.person";
    case CHECK_SITE:
    case CHECK_HISTORY:
    case CHECK_KIND_COUNT: break;
    }
    return NULL;
}

static void how_add(Value *how, const char *text)
{
    value_put_rich(value_add_object(how), "text", text);
}

/* Is there a selector or a snippet to search for? */
static bool has_place(const Value *card)
{
    const Value *list = value_get(card, STR("evidence"));

    for (size_t i = 0; list && i < list->count; i++) {
        const Value *item = list->members[i].value;
        const Value *selector = value_get(item, STR("selector"));
        if (selector && selector->text.length > 0)
            return true;
    }
    return false;
}

static void how_put(const View *view, const Finding *finding, Value *card)
{
    Value *how = value_put_list(card, "how");
    const char *key = how_key(finding->rule->check_kind);
    const LangText *title =
        view->story_count > 0 ? &view->stories[0].journeys[0]->scenario_title : NULL;

    /* What is not there has no selector to search for. */
    if (key && strcmp(key, "how.inspect") == 0 && !has_place(card))
        key = "how.absent";
    if (key && strcmp(key, "how.walk") == 0) {
        if (title)
            how_add(how,
                    view_line(view, key,
                              LOCALE_ARGS({"journey", locale_text(view->locale, view->arena,
                                                                  title)})));
    } else {
        how_add(how, view_line(view, "how.open",
                               LOCALE_ARGS({"url", first_url(view, finding)})));
        if (key)
            how_add(how, view_line(view, key, NULL));
    }
    how_add(how, view_line(view, "how.explain", LOCALE_ARGS({"rule", finding->rule->id})));
}

static const char *source_say(const View *view, const Rule *rule)
{
    const char *source = rule->source ? rule->source : "";

    if (!rule->is_legal)
        return source;
    return arena_printf(view->arena, "%s%s%s", source,
                        !*source                            ? ""
                        : source[strlen(source) - 1] == '.' ? " "
                                                            : ". ",
                        view_line(view, "finding.legal", NULL));
}

/* Rank among the repairs, from 1; 0: not listed. */
static int repair_rank(const View *view, const Finding *finding)
{
    for (size_t i = 0; i < view->audit->opportunity_count; i++) {
        if (view->audit->opportunities[i].finding == finding)
            return (int)i + 1;
    }
    return 0;
}

static void card_put(const View *view, const Finding *finding, int number, Value *cards)
{
    const Rule *rule = finding->rule;
    Value *card = value_add_object(cards);
    int rank = repair_rank(view, finding);

    value_put_text(card, "no", say_int(view->arena, number));
    view_put_standing(view, card, standing_of(finding));
    value_put_rich(card, "title",
                   say_title(view->locale, view->arena, view->audit, finding));
    value_put_text(card, "impact", word_of(view, "impact", impact_name(rule->impact)));
    value_put_text(card, "confidence",
                   word_of(view, "confidence", confidence_name(rule->confidence)));
    value_put_text(
        card, "dimension",
        say_dimension(view->locale, view->arena, view->audit->grid, rule->dimension));
    if (rank > 0)
        value_put_text(card, "rank",
                       view_line(view, "finding.priority",
                                 LOCALE_ARGS({"n", say_int(view->arena, rank)})));
    value_put_rich(card, "criterion", say_criterion(view->locale, view->arena, rule));
    value_put_text(card, "rule", rule->id);
    value_put_rich(card, "why", locale_text(view->locale, view->arena, &rule->why));
    value_put_rich(card, "fix", locale_text(view->locale, view->arena, &rule->fix));
    value_put_rich(card, "limits", locale_text(view->locale, view->arena, &rule->limits));
    value_put_text(card, "source", source_say(view, rule));
    value_put_text(card, "pages", pages_say(view, finding));
    bullet_put(view, finding, card);
    places_put(view, finding, card);
    evidence_put(view, finding, card);
    people_put(view, finding, card);
    how_put(view, finding, card);
    value_put_bool(card, "is_open", number == 1);
}

void view_evidence(View *view)
{
    Value *section = view_section(
        view, "evidence",
        view_line(view, view->missed_count > 0 ? "lede.evidence" : "lede.evidence.none",
                  NULL));
    Value *cards = value_put_list(section, "cards");

    for (size_t i = 0; i < view->missed_count && i < VIEW_CARDS_MOST; i++)
        card_put(view, view->missed[i], (int)i + 1, cards);
    if (view->missed_count > VIEW_CARDS_MOST)
        value_put_text(
            section, "rest",
            view_line(
                view, "evidence.rest",
                LOCALE_ARGS({"count", say_int(view->arena, (int64_t)(view->missed_count -
                                                                     VIEW_CARDS_MOST))})));
}

/* "7 of 9 · blocker": how many pages fulfil it, where that says more than the tick. */
static const char *tail_say(const View *view, const Finding *finding)
{
    const char *impact = word_of(view, "impact", impact_name(finding->rule->impact));
    const char *person = person_say(view, finding);
    int failed = 0, seen = 0;

    if (finding->outcome == FINDING_PASS)
        return person;
    if (finding->outcome != FINDING_FAIL)
        return locale_reason(view->locale, view->arena, finding->reason);
    if (person)
        return arena_printf(view->arena, "%s · %s", person, impact);
    say_extent(finding, &failed, &seen);
    if (seen < 2)
        return impact;
    return arena_printf(view->arena, "%s · %s",
                        view_line(view, "finding.met-of",
                                  LOCALE_ARGS({"met", say_int(view->arena, seen - failed)},
                                              {"seen", say_int(view->arena, seen)})),
                        impact);
}

/* For formats that programs read. */
static void machine_put(const View *view, const Finding *finding, Value *item)
{
    bool is_failed = finding->outcome == FINDING_FAIL;

    value_put_bool(item, "is_failed", is_failed);
    value_put_bool(item, "is_skipped", !is_failed && finding->outcome != FINDING_PASS);
    value_put_text(item, "impact_id", impact_name(finding->rule->impact));
    value_put_text(item, "reason",
                   locale_reason(view->locale, view->arena, finding->reason));
    if (!is_failed)
        return;
    value_put_rich(item, "found",
                   say_found(view->locale, view->arena, view->audit, finding));
    value_put_rich(item, "fix",
                   locale_text(view->locale, view->arena, &finding->rule->fix));
    value_put_text(item, "pages", pages_say(view, finding));
    places_put(view, finding, item);
}

static void criterion_put(const View *view, const Finding *finding, Value *list)
{
    Value *item = value_add_object(list);
    int card = view_card(view, finding);

    value_put_text(item, "id",
                   arena_printf(view->arena, "c%zu", view_index(view, finding) + 1));
    view_put_standing(view, item, standing_of(finding));
    value_put_rich(
        item, "text",
        say_bare(view->arena, say_criterion(view->locale, view->arena, finding->rule)));
    value_put_text(item, "rule", finding->rule->id);
    machine_put(view, finding, item);
    value_put_text(item, "tail", tail_say(view, finding));
    value_put_bool(item, "is_blocker",
                   finding->outcome == FINDING_FAIL &&
                       finding->rule->impact == IMPACT_BLOCKER);
    if (card > 0)
        value_put_text(item, "href", arena_printf(view->arena, "#f%d", card));
}

/* Shares of the bar of a dimension: met, in part, missed, not observed, not applicable. */
static void shares_put(const View *view, const int *counts, int total, Value *shown)
{
    Value *parts = value_put_list(shown, "parts");
    double x = 0;

    for (int i = 0; i < STANDING_COUNT; i++) {
        Value *part = NULL;
        if (counts[i] == 0)
            continue;
        part = value_add_object(parts);
        value_put_text(part, "class", standing_name((Standing)i));
        value_put_text(part, "x", view_percent(view, x, total));
        value_put_text(part, "width", view_percent(view, counts[i], total));
        x += counts[i];
    }
}

static void grid_dimension_put(const View *view, Dimension dimension, Value *list)
{
    static const Standing order[] = {STANDING_MISSED, STANDING_PART, STANDING_UNSEEN,
                                     STANDING_MET, STANDING_NA};
    int counts[STANDING_COUNT] = {0}, total = 0;
    Value *shown = NULL, *criteria = NULL;

    for (size_t i = 0; i < view->audit->finding_count; i++) {
        const Finding *finding = view->audit->findings[i];
        if (finding->rule->dimension == dimension) {
            counts[standing_of(finding)]++;
            total++;
        }
    }
    if (total == 0)
        return;
    shown = value_add_object(list);
    value_put_text(shown, "title",
                   say_dimension(view->locale, view->arena, view->audit->grid, dimension));
    value_put_text(
        shown, "counts",
        view_line(view, "count.criteria",
                  LOCALE_ARGS({"n", say_int(view->arena, total)},
                              {"list", say_counts(view->locale, view->arena, counts)})));
    value_put_text(shown, "dimension", dimension_name(dimension));
    value_put_text(shown, "tests", say_int(view->arena, total));
    value_put_text(shown, "failures",
                   say_int(view->arena, counts[STANDING_MISSED] + counts[STANDING_PART]));
    value_put_text(shown, "skipped",
                   say_int(view->arena, counts[STANDING_UNSEEN] + counts[STANDING_NA]));
    shares_put(view, counts, total, shown);
    criteria = value_put_list(shown, "criteria");
    for (size_t o = 0; o < COUNT_OF(order); o++) {
        for (size_t i = 0; i < view->audit->finding_count; i++) {
            const Finding *finding = view->audit->findings[i];
            if (finding->rule->dimension == dimension && standing_of(finding) == order[o])
                criterion_put(view, finding, criteria);
        }
    }
}

void view_grid(View *view)
{
    int counts[STANDING_COUNT];
    Dimension order[DIMENSION_COUNT];
    Value *section = NULL, *list = NULL;
    const char *total = say_int(view->arena, (int64_t)view->audit->finding_count);

    standing_count(view->audit, counts);
    section = view_section(
        view, "grid",
        view_line(view, "lede.grid",
                  LOCALE_ARGS({"n", total},
                              {"list", say_counts(view->locale, view->arena, counts)})));
    value_put_text(section, "note", view_line(view, "grid.note", NULL));
    value_put_text(
        section, "todo",
        view_line(view, "filter.todo",
                  LOCALE_ARGS({"n", say_int(view->arena, counts[STANDING_MISSED] +
                                                             counts[STANDING_PART])})));
    value_put_text(
        section, "unseen",
        view_line(view, "filter.unseen",
                  LOCALE_ARGS({"n", say_int(view->arena, counts[STANDING_UNSEEN])})));
    value_put_text(
        section, "met",
        view_line(view, "filter.met",
                  LOCALE_ARGS({"n", say_int(view->arena, counts[STANDING_MET])})));
    value_put_text(
        section, "na",
        view_line(view, "filter.na",
                  LOCALE_ARGS({"n", say_int(view->arena, counts[STANDING_NA])})));
    value_put_text(section, "all",
                   view_line(view, "filter.all", LOCALE_ARGS({"n", total})));
    list = value_put_list(section, "dimensions");
    say_order(view->audit->grid, order);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        grid_dimension_put(view, order[d], list);
}
