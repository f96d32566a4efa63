/* rules_bench.c - what judging costs: all rules on a list page of about 325 KB, four and
 * sixteen times that.
 *
 *   rules-bench            a table: size, elements, parse, rules; and per rule the dearest
 *   rules-bench quick      the first line of the table, for comparing two builds
 *   rules-bench loop N ID  judges the first page N times (by one rule), for a profiler
 *
 * The page is made up here: a shop's list with a menu, filters and cards of the usual
 * markup, in a size that real lists have. CPU time of this process, the best of several
 * runs; parsing is reported apart. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "rule/judge.h"
#include "rule/pack.h"

enum {
    PAGE_BYTES = 325000,
    PAGE_MOST = 64 << 20,
    ROUNDS = 9,
    DEAREST = 12,
    RULES_MAX = 2000,
};

/** What is loaded once. */
typedef struct Bench {
    Arena *arena;
    Words *words;
    Grid *grid;
} Bench;

static double cpu_ms(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

static void add_card(Arena *arena, Buf *page, int i)
{
    (void)buf_add_text(
        page,
        arena_printf(
            arena,
            "<li class=\"product-grid-item col-6 col-md-4 product-%d\"><article "
            "class=\"product-card js-card\" data-id=\"%d\" data-track='{\"id\":%d,\"list\":"
            "\"category\",\"position\":%d}'>\n<a href=\"/p/lamp-%d?ref=list\" "
            "class=\"product-card__media\"><picture><source type=\"image/webp\" "
            "srcset=\"/i/%d-400.webp 400w, /i/%d-800.webp 800w\"><img loading=\"lazy\" "
            "src=\"/i/%d-400.jpg\" width=\"400\" height=\"400\" alt=\"Desk lamp number %d in "
            "oak\"></picture><span class=\"badge badge--sale\">-20%%</span></a>\n",
            i, i, i, i, i, i, i, i, i));
    (void)buf_add_text(
        page,
        arena_printf(
            arena,
            "<div class=\"product-card__body\"><h3 class=\"product-card__title\"><a "
            "href=\"/p/lamp-%d\">Desk lamp number %d in oak and brass</a></h3><div "
            "class=\"rating\" role=\"img\" aria-label=\"4.5 of 5 stars\"><svg "
            "viewBox=\"0 0 80 16\" width=\"80\"><path d=\"M8 0l2 5h6l-5 4 2 6-5-4-5 4 "
            "2-6-5-4h6z\"/><path d=\"M24 0l2 5h6l-5 4 2 6-5-4-5 4 2-6-5-4h6z\"/></svg>"
            "<span class=\"rating__count\">(%d)</span></div><p class=\"product-card__text\">"
            "A lamp that stands where it is put, with a switch in its cable and a shade of "
            "linen that is washed by hand.</p>\n<div class=\"price-box\"><span class="
            "\"price price--old\">&euro;%d.90</span> <span class=\"price price--now\">"
            "&euro;%d.90</span><small class=\"unit\">incl. VAT, plus <a href=\"/delivery\">"
            "delivery</a></small></div><ul class=\"swatches\"><li><button type=\"button\" "
            "class=\"swatch\" aria-label=\"Oak\"></button></li><li><button type=\"button\" "
            "class=\"swatch\" aria-label=\"Walnut\"></button></li></ul>",
            i, i, i % 90 + 2, i % 70 + 30, i % 70 + 24));
    (void)buf_add_text(
        page,
        arena_printf(
            arena,
            "<form method=\"post\" action=\"/cart/add\" class=\"product-card__form\"><input "
            "type=\"hidden\" name=\"product_id\" value=\"%d\"><input type=\"hidden\" "
            "name=\"token\" value=\"8d3f%d\"><button type=\"submit\" class=\"btn "
            "btn--primary\"><svg class=\"icon\" aria-hidden=\"true\"><use "
            "href=\"#cart\"/></svg><span>Add to cart</span></button></form><button "
            "type=\"button\" class=\"wish\" aria-label=\"Add lamp %d to the wish list\"><svg "
            "aria-hidden=\"true\" class=\"icon\"><use href=\"#heart\"/></svg></button><p "
            "class=\"stock\">In stock, delivered in 2 to 4 days</p></div></article></li>\n",
            i, i, i));
}

static void add_links(Arena *arena, Buf *page, const char *what, int count)
{
    (void)buf_add_text(page, "<ul class=\"menu\">");
    for (int i = 0; i < count; i++)
        (void)buf_add_text(page,
                           arena_printf(arena,
                                        "<li class=\"menu__item level-%d\"><a "
                                        "class=\"menu__link\" href=\"/%s/%d\">%s number "
                                        "%d</a></li>\n",
                                        i % 3, what, i, what, i));
    (void)buf_add_text(page, "</ul>");
}

/* A list page of at least so many bytes. Menus and filters grow with it, as they do. */
static Str page_make(Arena *arena, size_t bytes)
{
    Buf page;
    int links = (int)(bytes / 4000);
    buf_init(&page, PAGE_MOST);
    (void)buf_add_text(
        &page,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Desk lamps - "
        "Lamp shop</title><meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"><meta name=\"description\" content=\"Desk lamps of oak, walnut and "
        "brass, in stock, delivered in two days.\"><link rel=\"canonical\" "
        "href=\"https://shop.example/lamps\"><link rel=\"stylesheet\" href=\"/shop.css\"><script "
        "src=\"/shop.js\" defer></script></head><body class=\"category\"><a class=\"skip\" "
        "href=\"#main\">Skip to content</a><header class=\"site-header\"><a href=\"/\">Lamp "
        "shop</a><form role=\"search\" action=\"/search\"><input type=\"search\" name=\"q\" "
        "aria-label=\"Search\"><button>Search</button></form><nav aria-label=\"Main\">");
    add_links(arena, &page, "Category", links);
    (void)buf_add_text(
        &page, "</nav><a href=\"/cart\">Cart (0)</a></header><main id=\"main\"><nav "
               "aria-label=\"Breadcrumb\"><ol><li><a href=\"/\">Home</a></li><li>Desk "
               "lamps</li></ol></nav><h1>Desk lamps</h1><p>200 products</p><aside "
               "class=\"filters\">");
    add_links(arena, &page, "Filter", links);
    (void)buf_add_text(&page, "</aside><ul class=\"product-grid\">");
    for (int i = 0; page.length + 9000 < bytes; i++)
        add_card(arena, &page, i);
    (void)buf_add_text(&page, "</ul></main><footer class=\"site-footer\">");
    add_links(arena, &page, "Service", 40);
    (void)buf_add_text(&page,
                       "<p>Lamp shop Ltd, 1 Mill Lane, London</p></footer></body></html>");
    Str text = arena_str(arena, buf_str(&page));
    buf_release(&page);
    return text;
}

static Audit *audit_of(const Bench *bench, Arena *arena, Str html)
{
    static const char url[] = "https://shop.example/lamps";
    Audit *audit = audit_create(arena);
    Visit *visit = visit_create(arena);
    Page *page = visit_add_page(visit);
    Exchange *document = visit_add_exchange(visit);
    audit->site = visit->site = "https://shop.example/";
    audit->host = "shop.example";
    audit->grid = bench->grid;
    visit->engine = "http";
    visit->scenario_id = "buy";
    visit->persona_id = "phone";
    visit->number = 1;
    page->kind = PAGE_CATEGORY;
    page->url = page->requested = url;
    page->status = document->status = 200;
    page->title = page->language = "";
    page->document = 0;
    document->type = RESOURCE_DOCUMENT;
    document->method = "GET";
    document->url = url;
    document->mime = "text/html";
    document->http_version = "HTTP/2";
    document->body = html;
    document->has_body = true;
    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    return audit;
}

/* CPU ms of judging by the chosen rules (NULL: all): the best of several runs. */
static double judge_ms(const Bench *bench, Str html, const char **only, int rounds)
{
    double best = 1e9;
    for (int i = 0; i < rounds; i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        JudgeOptions options = {.only = only};
        Error error = {0};
        Audit *audit = audit_of(bench, arena, html);
        double start = cpu_ms();
        if (!judge_audit(audit, bench->words, &options, &error))
            fprintf(stderr, "%s\n", error.what);
        double spent = cpu_ms() - start;
        best = spent < best ? spent : best;
    }
    return best;
}

typedef struct Cost {
    const char *id;
    double ms;
} Cost;

static int cost_compare(const void *a, const void *b)
{
    double left = ((const Cost *)a)->ms, right = ((const Cost *)b)->ms;
    return (left < right) - (left > right);
}

/* The dearest rules, each judged alone: what several share is counted in each. */
static void dearest_print(const Bench *bench, Str html, double parse)
{
    static Cost costs[RULES_MAX];
    size_t count =
        bench->grid->rule_count < RULES_MAX ? bench->grid->rule_count : RULES_MAX;
    for (size_t i = 0; i < count; i++) {
        const char *only[] = {bench->grid->rules[i]->id, NULL};
        costs[i] = (Cost){only[0], judge_ms(bench, html, only, 2) - parse};
    }
    qsort(costs, count, sizeof *costs, cost_compare);
    printf("\ndearest alone (what rules share is counted in each):\n");
    for (size_t i = 0; i < count && i < DEAREST; i++)
        printf("  %6.2f ms  %s\n", costs[i].ms, costs[i].id);
}

static void table_print(const Bench *bench, size_t lines)
{
    static const char *none[] = {"-", NULL};
    static const size_t times[] = {1, 4, 16};
    printf("%zu rules on a list page, CPU ms\n%10s %10s %10s %12s\n",
           bench->grid->rule_count, "KB", "parse", "rules", "rules per MB");
    for (size_t i = 0; i < lines; i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Str html = page_make(arena, PAGE_BYTES * times[i]);
        int rounds = times[i] > 4 ? 2 : ROUNDS;
        double parse = judge_ms(bench, html, none, rounds);
        double all = judge_ms(bench, html, NULL, rounds);
        printf("%10zu %10.1f %10.1f %12.1f\n", html.length / 1000, parse, all - parse,
               (all - parse) / (double)html.length * 1e6);
    }
}

int main(int count, char **arguments)
{
    static const char *const words[] = {"scenarios/words", NULL}, *const rules[] = {"rules",
                                                                                    NULL};
    AUTO(arena_auto) Arena *arena = arena_create();
    Bench bench = {.arena = arena};
    Error error = {0};
    if (!words_load(arena, words, &bench.words, &error) ||
        !grid_load(arena, rules, bench.words, &bench.grid, &error)) {
        fprintf(stderr, "%s: %s\n", error.where, error.what);
        return 1;
    }
    Str html = page_make(arena, PAGE_BYTES);
    if (count == 2) { /* the first line of the table alone */
        table_print(&bench, 1);
        return 0;
    }
    if (count > 2) {
        const char *only[] = {count > 3 ? arguments[3] : NULL, NULL};
        (void)judge_ms(&bench, html, only[0] ? only : NULL,
                       (int)strtol(arguments[2], NULL, 10));
        return 0;
    }
    static const char *none[] = {"-", NULL};
    (void)judge_ms(&bench, html, NULL, 1); /* patterns are compiled when first asked for */
    table_print(&bench, 3);
    dearest_print(&bench, html, judge_ms(&bench, html, none, ROUNDS));
    return 0;
}
