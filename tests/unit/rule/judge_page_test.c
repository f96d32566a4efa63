/* judge_page_test.c - one page judged alone. SPDX-License-Identifier: MIT */
#include "fixture.h"
#include "rule/judge_page.h"
#include "unit.h"

typedef struct Told {
    const Grid *grid;
    int passes, fails;
} Told;

static void look(void *context, const Document *document, Page *page)
{
    (void)context;
    assert_string_equal(document_language(document), "en");
    page->kind = PAGE_CONTENT;
}

static void told(void *context, size_t rule, const Answer *answer)
{
    Told *all = context;
    all->passes += answer->outcome == FINDING_PASS;
    all->fails += answer->outcome == FINDING_FAIL;
    assert_true(judge_is_of_pages(all->grid->rules[rule]));
}

void test_judge_page__asks_the_rules_of_pages(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = visit_create(arena);
    Page *page = visit_add_page(visit);
    Exchange *exchange = visit_add_exchange(visit);
    Error error = {0};
    const Words *words = fixture_words(arena);
    Grid *grid = fixture_grid(arena, words);
    visit->site = "https://s.example/";
    visit->engine = "http";
    exchange->url = page->url = "https://s.example/x";
    exchange->status = page->status = 200;
    exchange->mime = "text/html";
    exchange->body = STR("<html lang=en><body><h1>X</h1><p>Words</p></body></html>");
    exchange->has_body = true;
    page->document = 0;
    Told all = {.grid = grid};
    PageJudge judge = {
        .grid = grid, .words = words, .look = look, .told = told, .context = &all};
    assert_true(judge_page(arena, &judge, visit, page, &error));
    assert_true(all.passes > 10);
    assert_true(all.fails > 0);
    exchange->body = STR("");
    assert_false(judge_page(arena, &judge, visit, page, &error));
}
