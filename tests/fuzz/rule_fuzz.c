/* rule_fuzz.c - any bytes as a rule's check; what compiles is run on a fixed page and must
 * answer within its promises.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>

#include "fuzz.h"
#include "rule/check.h"

static const char html[] =
    "<!doctype html><html lang=en><head><title>Brass lamp - Shop</title>"
    "<meta name=description content='Lamps of brass'></head><body><header><nav>"
    "<a href=/lamps>Lamps</a><a href='/cart'>Cart (0)</a></nav></header><main><h1>Brass lamp"
    "</h1><img src=/1.jpg alt=Lamp><p>&euro;49.00 <del>&euro;60.00</del> -18 %</p>"
    "<form action=/cart method=post><label for=q>Quantity</label><input id=q name=q value=1>"
    "<input type=checkbox checked name=news><button>Add to basket</button></form>"
    "<ul><li><a href='/p/1'><img src=/2.jpg alt=''>Chair &euro;20</a></ul></main>"
    "<footer>&copy; 2026 <a href=/terms>Terms</a></footer></body></html>";

/* A visit of one page with two answers. */
static Visit *visit_make(Arena *arena)
{
    Visit *visit = visit_create(arena);
    Page *page = visit_add_page(visit);
    Exchange *document = visit_add_exchange(visit), *style;
    visit->site = "https://shop.example/";
    visit->engine = "http";
    visit->scenario_id = "buy";
    page->url = page->requested = document->url = "https://shop.example/lamp";
    page->kind = PAGE_PRODUCT;
    page->status = document->status = 200;
    page->document = 0;
    page->metrics[METRIC_TTFB] = 120;
    document->page = 0;
    document->type = RESOURCE_DOCUMENT;
    document->mime = "text/html";
    document->body = STR(html);
    document->has_body = true;
    style = visit_add_exchange(visit);
    style->page = 0;
    style->type = RESOURCE_STYLE;
    style->url = "https://cdn.example/a.css";
    style->mime = "text/css";
    style->status = 404;
    visit_fact_number(visit, "cart.lines", 1, 0);
    return visit;
}

static void answer_check(const Answer *answer)
{
    bool is_conclusive = answer->outcome == FINDING_PASS || answer->outcome == FINDING_FAIL;
    FUZZ_ASSERT(answer->outcome < FINDING_OUTCOME_COUNT);
    FUZZ_ASSERT(answer->evidence_count >= 0 &&
                answer->evidence_count <= CHECK_EVIDENCE_MAX);
    if (is_conclusive)
        FUZZ_ASSERT(answer->score >= 0 && answer->score <= 1);
    else
        FUZZ_ASSERT(isnan(answer->score) && answer->reason);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *const folders[] = {NULL};
    Words *words = NULL;
    JsonFile file = {0};
    Error err = {0};
    CheckSource source = {.arena = arena, .file = &file};
    Check *check = NULL;
    Site site = {0};
    Answer answer;
    Audit *audit = audit_create(arena);
    Subject subject = {.audit = audit, .arena = arena, .site = &site};

    if (!words_load(arena, folders, &words, &err) ||
        !json_parse(arena, "f", str_from((const char *)data, size), &file, &err))
        return 0;
    source.words = subject.words = words;
    if (!check_compile(&source, file.root, &check, &err)) {
        FUZZ_ASSERT(err.code == ERROR_INPUT && err.where[0] == 'f');
        return 0;
    }
    subject.visit = visit_make(arena);
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity,
               visit_make(arena));
    audit->site = subject.visit->site;
    if (check_scope(check) == SCOPE_DOCUMENT || check_scope(check) == SCOPE_PAGE) {
        subject.page = subject.visit->pages[0];
        FUZZ_ASSERT(
            view_open(arena, words, subject.visit, subject.page, &subject.view, &err));
    }
    check_run(check, &subject, &answer);
    answer_check(&answer);
    return 0;
}
