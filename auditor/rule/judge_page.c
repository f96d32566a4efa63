/* judge_page.c - one page judged alone. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/judge_page.h"

#include <string.h>

#include "rule/country.h"

bool judge_is_any_page(const Rule *rule)
{
    const Check *check = rule->compiled;
    return check->is_any_page;
}

bool judge_is_of_pages(const Rule *rule)
{
    CheckScope scope = check_scope(rule->compiled);
    return scope == SCOPE_DOCUMENT || scope == SCOPE_PAGE;
}

static bool is_chosen(const JudgeOptions *options, const Rule *rule)
{
    if (!options || !options->only)
        return true;
    for (const char **name = options->only; *name; name++)
        if (!strcmp(*name, rule->id) || !strcmp(*name, dimension_name(rule->dimension)))
            return true;
    return false;
}

static bool is_for_http(const Rule *rule)
{
    for (const char **name = rule->engines; *name; name++)
        if (!strcmp(*name, "http"))
            return true;
    return false;
}

static bool looks_at(const Rule *rule, const Page *page)
{
    return judge_is_of_pages(rule) && (rule->pages >> page->kind & 1U) &&
           (page->kind == PAGE_ERROR404 ||
            check_accepts_status(rule->compiled, page->status));
}

static void rule_ask(const PageJudge *judge, Subject *subject, size_t index)
{
    const Rule *rule = judge->grid->rules[index];
    Answer answer;
    answer_init(&answer);
    if (subject->page->is_script_shell && check_scope(rule->compiled) == SCOPE_DOCUMENT)
        answer_set(&answer, FINDING_CANNOT_TELL,
                   "the page is an empty shell that scripts fill");
    else
        check_run(rule->compiled, subject, &answer);
    judge->told(judge->context, index, &answer);
}

static const char *const *countries_of(Arena *arena, const PageJudge *judge, View *view,
                                       const Audit *audit)
{
    CountrySigns signs = {.host = audit->host};
    if (judge->countries)
        return judge->countries;
    country_signs_add(&signs, document_language(view_document(view)),
                      view_text(view, VIEW_TEXT));
    return countries_guess(arena, &signs);
}

bool judge_page(Arena *arena, const PageJudge *judge, const Visit *visit, Page *page,
                Error *err)
{
    Audit *audit = audit_create(arena);
    View *view = NULL;
    const Url *site;
    if (!view_open(arena, judge->words, visit, page, &view, err))
        return false;
    judge->look(judge->context, view_document(view), page);
    if (page->kind == PAGE_CHALLENGE || page->status == 0)
        return true;
    site = view_site_url(view);
    audit->grid = judge->grid;
    audit->site = visit->site;
    audit->host = site ? site->host : "";
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity,
               arena_alloc(arena, sizeof *visit));
    *audit->visits[0] = *visit;
    const char *const *countries = countries_of(arena, judge, view, audit);
    Subject subject = {.audit = audit,
                       .visit = visit,
                       .page = page,
                       .view = view,
                       .words = judge->words,
                       .options = judge->options,
                       .arena = arena};
    for (size_t i = 0; i < judge->grid->rule_count; i++) {
        const Rule *rule = judge->grid->rules[i];
        if (is_chosen(judge->options, rule) && is_for_http(rule) && looks_at(rule, page) &&
            country_applies(rule->countries, countries))
            rule_ask(judge, &subject, i);
    }
    return true;
}
