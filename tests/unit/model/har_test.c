/* har_test.c - HAR round trips, masking, and files of other tools. SPDX-License-Identifier:
 * MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "model/har.h"
#include "unit.h"

static Visit *sample_visit(Arena *arena)
{
    Visit *visit = visit_create(arena);
    visit->site = "http://127.0.0.1:8080/";
    visit->scenario_id = "buy";
    visit->persona_id = "phone";
    visit->engine = "http";
    visit->tool_version = "0.1.0";
    visit->outcome = VISIT_STOPPED_BEFORE_PAYMENT;
    visit->door = "payment";
    visit->started_us = 1763590000123456;
    visit->duration_us = 1500001;
    Page *page = visit_add_page(visit);
    page->url = page->requested = "http://127.0.0.1:8080/?q=a%20b";
    page->title = "L’atelier \"x\"";
    page->status = 200;
    page->kind = PAGE_HOME;
    page->step = 0;
    page->document = 0;
    page->started_us = visit->started_us;
    page->metrics[METRIC_TTFB] = 12.345;
    Exchange *exchange = visit_add_exchange(visit);
    static Header sent[] = {{"Cookie", "sid=abc; theme=dark"}};
    static Header got[] = {{"Content-Type", "text/html; charset=iso-8859-1"},
                           {"Set-Cookie", "sid=secretvalue; Path=/; HttpOnly"}};
    exchange->page = 0;
    exchange->url = page->url;
    exchange->status = 200;
    exchange->http_version = "HTTP/1.1";
    exchange->mime = "text/html";
    exchange->initiator = "http://127.0.0.1:8080/app.js";
    exchange->request_headers = sent;
    exchange->request_header_count = 1;
    exchange->headers = got;
    exchange->header_count = 2;
    exchange->has_body = true;
    exchange->body = STR("<p>caf\xe9</p>");
    exchange->body_bytes = 11;
    exchange->started_us = visit->started_us;
    exchange->duration_us = 20001;
    exchange->timings.wait_us = 12345;
    exchange->timings.receive_us = 17;
    StepRecord *step = visit_add_step(visit, "open", STEP_KIND_OPEN);
    step->page = step->first_page = 0;
    step->duration_us = 20001;
    step->started_us = visit->started_us;
    step->match.text = "Add to cart";
    visit_fact_number(visit, "cart.lines", 1, 0);
    visit_fact_absent(visit, "search.results", "no search box");
    return visit;
}

static Str har_text(Arena *arena, const Visit *visit, bool keep)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 1 << 20);
    Error err = {0};
    assert_true(har_write(visit, keep, &out, &err));
    return arena_str(arena, buf_str(&out));
}

static Visit *visit_of_text(Arena *arena, Str text, Error *err)
{
    char path[] = "/tmp/mystery-har-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, text, err));
    Visit *visit = NULL;
    bool is_read = har_read(arena, path, &visit, err);
    unlink(path);
    return is_read ? visit : NULL;
}

void test_har__reads_back_what_it_wrote_byte_for_byte(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str first = har_text(arena, sample_visit(arena), false);
    Error err = {0};
    Visit *back = visit_of_text(arena, first, &err);
    assert_non_null(back);
    Str second = har_text(arena, back, false);
    assert_true(str_equal(first, second));
    assert_true(str_equal_text(back->exchanges[0]->body, "<p>caf\xe9</p>"));
    assert_true(back->pages[0]->metrics[METRIC_TTFB] == 12.345);
    assert_true(isnan(back->pages[0]->metrics[METRIC_LCP]));
    assert_int_equal(back->exchanges[0]->timings.wait_us, 12345);
    assert_string_equal(back->exchanges[0]->initiator, "http://127.0.0.1:8080/app.js");
    assert_int_equal(visit_fact(back, "search.results")->state, FACT_ABSENT);
}

void test_har__masks_cookies_but_keeps_their_names_and_attributes(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = har_text(arena, sample_visit(arena), false);
    assert_false(str_contains(text, STR("secretvalue")));
    assert_false(str_contains(text, STR("sid=abc")));
    assert_true(str_contains(text, STR("sid=***; Path=/; HttpOnly")));
    assert_true(str_contains(text, STR("sid=***; theme=***")));
    Str kept = har_text(arena, sample_visit(arena), true);
    assert_true(str_contains(kept, STR("secretvalue")));
}

void test_har__masks_passwords_in_form_bodies(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = sample_visit(arena);
    visit->exchanges[0]->method = "POST";
    visit->exchanges[0]->request_type = "application/x-www-form-urlencoded";
    visit->exchanges[0]->request_body = STR("email=a%40example.com&user_password=hush&n=1");
    Str text = har_text(arena, visit, false);
    assert_false(str_contains(text, STR("hush")));
    assert_true(str_contains(text, STR("email=a%40example.com")));
    assert_true(str_contains(text, STR("n=1")));
}

void test_har__derives_pages_of_a_foreign_file_without_pages(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = STR(
        "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"x\",\"version\":\"1\"},\"entries\":["
        "{\"startedDateTime\":\"2026-11-01T10:00:00.000Z\",\"time\":50,\"request\":{\"method\":\"GET\","
        "\"url\":\"https://shop.example/\",\"headers\":[]},\"response\":{\"status\":200,"
        "\"httpVersion\":\"h2\",\"headers\":[{\"name\":\"content-type\",\"value\":\"text/html\"}],"
        "\"content\":{\"size\":13,\"mimeType\":\"text/html; charset=utf-8\",\"text\":\"<p>caf\u00e9</p>\"},"
        "\"redirectURL\":\"\",\"headersSize\":100,\"bodySize\":20},\"timings\":{\"send\":1,\"wait\":40,"
        "\"receive\":9}},{\"startedDateTime\":\"2026-11-01T10:00:01.000Z\",\"time\":5,\"request\":"
        "{\"method\":\"GET\",\"url\":\"https://cdn.example/a.js\",\"headers\":[]},\"response\":{\"status\":"
        "200,\"headers\":[],\"content\":{\"size\":1000,\"mimeType\":\"text/javascript\"},\"redirectURL\":"
        "\"\"},\"timings\":{\"send\":1,\"wait\":4,\"receive\":0}}]}}");
    Error err = {0};
    Visit *visit = visit_of_text(arena, text, &err);
    assert_non_null(visit);
    assert_string_equal(visit->engine, "har");
    assert_int_equal(visit->page_count, 1);
    assert_string_equal(visit->pages[0]->url, "https://shop.example/");
    assert_true(visit->pages[0]->metrics[METRIC_TTFB] == 41.0);
    assert_true(visit->pages[0]->metrics[METRIC_REQUESTS] == 2.0);
    assert_true(visit->pages[0]->metrics[METRIC_THIRD_PARTY] == 1.0);
    assert_int_equal(visit->exchanges[1]->page, 0);
}

/* Playwright writes one page for all that a tab saw. */
void test_har__splits_a_page_at_its_navigations(void)
{
    static const char *const asked[][3] = {{"https://shop.example/", "document", "200"},
                                           {"https://shop.example/frame", "iframe", "200"},
                                           {"https://shop.example/a.css", "style", "200"},
                                           {"https://shop.example/old", "document", "302"},
                                           {"https://shop.example/new", "document", "200"},
                                           {"https://shop.example/b.css", "style", "200"}};
    static const int pages[] = {0, 0, 0, 1, 1, 1};
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf text = {0};
    Error err = {0};
    buf_init(&text, 65536);
    buf_add_text(&text,
                 "{\"log\":{\"pages\":[{\"id\":\"p\",\"title\":\"New\",\"pageTimings\":"
                 "{\"onLoad\":9}}],\"entries\":[");
    for (size_t i = 0; i < COUNT_OF(asked); i++)
        buf_printf(
            &text,
            "%s{\"pageref\":\"p\",\"time\":1,\"request\":{\"url\":\"%s\",\"headers\":"
            "[{\"name\":\"Sec-Fetch-Dest\",\"value\":\"%s\"}]},\"response\":{\"status\":%s,"
            "\"redirectURL\":\"%s\",\"content\":{\"mimeType\":\"%s\"}}}",
            i ? "," : "", asked[i][0], asked[i][1], asked[i][2],
            asked[i][2][0] == '3' ? "/new" : "",
            strcmp(asked[i][1], "style") == 0 ? "text/css" : "text/html");
    buf_add_text(&text, "]}}");
    const Visit *visit = visit_of_text(arena, buf_str(&text), &err);
    assert_non_null(visit);
    assert_int_equal(visit->page_count, 2);
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        assert_int_equal(visit->exchanges[i]->page, pages[i]);
    assert_string_equal(visit->pages[0]->url, "https://shop.example/");
    assert_string_equal(visit->pages[1]->url, "https://shop.example/new");
    assert_true(isnan(visit->pages[0]->metrics[METRIC_LOAD]));
    assert_string_equal(visit->pages[0]->title, "");
}

void test_har__names_the_place_of_a_fault(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Error err = {0};
    assert_null(
        visit_of_text(arena, STR("{\"log\":{\"entries\":[\n{\"time\":1}]}}"), &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.where, ":2:1"));
    error_clear(&err);
    assert_null(visit_of_text(arena, STR("{\"a\":1}"), &err));
    assert_non_null(strstr(err.what, "not a HAR"));
}
