/* grid_page.c - the grid as a document. Layer: report. SPDX-License-Identifier: MIT */
#include "report/grid_page.h"

#include "report/html.h"
#include "report/say.h"

/* What the parts of the page share. */
typedef struct GridTelling {
    Arena *arena;
    const Locale *locale;
    const Grid *grid;
} GridTelling;

static const char *word_of(const GridTelling *t, const char *group, const char *name)
{
    return locale_word(t->locale, arena_printf(t->arena, "%s.%s", group, name));
}

static const char *text_of(const GridTelling *t, const LangText *text)
{
    return locale_text(t->locale, t->arena, text);
}

/* "FR, EU" of a rule that only applies there; NULL: everywhere. */
static const char *countries_of(const GridTelling *t, const Rule *rule)
{
    int count = 0;
    while (rule->countries[count])
        count++;
    return count ? locale_list(t->locale, t->arena, rule->countries, count) : NULL;
}

static void rule_put(const GridTelling *t, const Rule *rule, Value *list)
{
    Value *item = value_add_object(list);
    value_put_text(item, "rule", rule->id);
    value_put_rich(item, "text", text_of(t, &rule->criterion));
    value_put_text(item, "impact", word_of(t, "impact", impact_name(rule->impact)));
    value_put_bool(item, "is_blocker", rule->impact == IMPACT_BLOCKER);
    value_put_text(item, "confidence",
                   word_of(t, "confidence", confidence_name(rule->confidence)));
    value_put_text(item, "repair", word_of(t, "effort", effort_name(rule->effort)));
    value_put_text(item, "check", word_of(t, "check", check_kind_name(rule->check_kind)));
    value_put_text(item, "countries", countries_of(t, rule));
    value_put_rich(item, "why", text_of(t, &rule->why));
    value_put_rich(item, "fix", text_of(t, &rule->fix));
    value_put_rich(item, "limits", text_of(t, &rule->limits));
    value_put_text(item, "source", rule->source);
    if (rule->is_legal)
        value_put_text(item, "legal", locale_word(t->locale, "finding.legal"));
}

static void dimension_put(const GridTelling *t, Dimension dimension, double shares,
                          Value *list)
{
    const Grid *grid = t->grid;
    int count = 0;
    for (size_t i = 0; i < grid->rule_count; i++)
        count += grid->rules[i]->dimension == dimension;
    if (!count)
        return;
    Value *shown = value_add_object(list);
    double share = shares > 0 ? grid->shares[dimension] / shares : 0;
    value_put_text(shown, "id", dimension_name(dimension));
    value_put_text(shown, "title", say_dimension(t->locale, t->arena, grid, dimension));
    value_put_text(shown, "sum",
                   locale_line(t->locale, t->arena, "gridpage.sum",
                               LOCALE_ARGS({"n", say_int(t->arena, count)},
                                           {"share", say_number(t->arena, share)})));
    Value *rules = value_put_list(shown, "rules");
    static const Impact order[] = {IMPACT_BLOCKER, IMPACT_MAJOR, IMPACT_MINOR};
    for (size_t o = 0; o < COUNT_OF(order); o++)
        for (size_t i = 0; i < grid->rule_count; i++)
            if (grid->rules[i]->dimension == dimension &&
                grid->rules[i]->impact == order[o])
                rule_put(t, grid->rules[i], rules);
}

/* The questions for people, in the order of the dimensions. */
static int questions_put(const GridTelling *t, const Dimension *order, Value *root)
{
    Value *list = value_put_list(root, "questions");
    int count = 0;
    for (int d = 0; d < DIMENSION_COUNT; d++)
        for (size_t i = 0; i < t->grid->rule_count; i++) {
            const Rule *rule = t->grid->rules[i];
            if (rule->dimension != order[d] || rule->check_kind != CHECK_PERSON)
                continue;
            Value *item = value_add_object(list);
            value_put_text(item, "no", say_int(t->arena, ++count));
            value_put_text(item, "rule", rule->id);
            value_put_rich(item, "text", text_of(t, &rule->criterion));
        }
    value_put_bool(root, "has_questions", count > 0);
    return count;
}

static Value *root_of(const GridTelling *t)
{
    const Grid *grid = t->grid;
    Value *root = html_root(t->arena, t->locale, "gridpage.");
    Dimension order[DIMENSION_COUNT];
    double shares = 0;
    say_order(grid, order);
    for (int d = 0; d < DIMENSION_COUNT; d++)
        shares += grid->shares[d];
    value_put_text(
        root, "title",
        locale_line(t->locale, t->arena, "gridpage.title",
                    LOCALE_ARGS({"n", say_int(t->arena, (int64_t)grid->rule_count)})));
    value_put_text(root, "grid", grid->id);
    value_put_text(root, "version", grid->version);
    Value *list = value_put_list(root, "dimensions");
    for (int d = 0; d < DIMENSION_COUNT; d++)
        dimension_put(t, order[d], shares, list);
    int questions = questions_put(t, order, root);
    value_put_text(root, "ask_lede",
                   locale_line(t->locale, t->arena, "gridpage.ask-lede",
                               LOCALE_ARGS({"n", say_int(t->arena, questions)})));
    return root;
}

bool grid_page(const Grid *grid, const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    RenderShelf shelf = {arena, options->folders, "html"};
    Locale *locale = NULL;
    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    GridTelling telling = {arena, locale, grid};
    return html_page(&shelf, "gridpage.mustache", root_of(&telling), out, err);
}
