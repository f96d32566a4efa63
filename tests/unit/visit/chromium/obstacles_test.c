/* obstacles_test.c - what lies over a page, seen and cleared away in a real browser. Tests
 * obstacles.c, layers.c, frames.c, consent.c, consent_rules.c.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "unit.h"
#include "visit.h"
#include "visit/chromium/chromium.h"

enum { LATE_US = 1000000 /* until the pages' late layers are there */ };

static Clearing answer(TestVisit *test, const char *choice)
{
    Clearing clearing;
    Error err = {0};
    if (!test->visitor->engine->consent(test->visitor, choice, &clearing, &err))
        fail_msg("%s", err.what);
    return clearing;
}

static Clearing dismiss(TestVisit *test)
{
    Clearing clearing;
    Error err = {0};
    if (!test->visitor->engine->dismiss(test->visitor, &clearing, &err))
        fail_msg("%s", err.what);
    return clearing;
}

static double number(const TestVisit *test, const char *name)
{
    const Fact *fact = visit_fact(test->visit, name);
    return fact && fact->state == FACT_NUMBER ? fact->number : (double)NAN;
}

static bool truth(const TestVisit *test, const char *name)
{
    const Fact *fact = visit_fact(test->visit, name);
    assert_non_null(fact);
    assert_int_equal(fact->state, FACT_TRUTH);
    return fact->truth;
}

void test_obstacles__a_question_is_refused_by_its_button(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, "/obstacles/consent-dialog.html");
    Clearing clearing = answer(&test, "refuse");
    assert_int_equal(clearing.cleared, 1);
    assert_int_equal(clearing.clicks, 1);
    assert_string_equal(clearing.words, "Reject all");
    assert_string_equal(test_visit_cookie(&test, "choice"), "refuse");
    assert_true(truth(&test, "consent.asked"));
    assert_true(truth(&test, "consent.gone"));
    assert_true(number(&test, "consent.refuse_clicks") == 1);
    assert_true(number(&test, "consent.refuse_size") > 0.8);
    assert_true(test_visit_saw(&test, "obstacle.consent") > 0.3);
    assert_true(test_visit_saw(&test, "consent.cleared") == 1);
    test_visit_close(&test);
}

void test_obstacles__a_refusal_harder_to_see_is_measured(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, "/obstacles/consent-bar.html");
    assert_int_equal(answer(&test, "refuse").cleared, 1);
    assert_string_equal(test_visit_cookie(&test, "choice"), "refuse");
    assert_true(number(&test, "consent.refuse_size") < 0.2);
    assert_true(number(&test, "consent.refuse_contrast") < 2.5);
    assert_true(number(&test, "consent.refuse_font") < 0.6);
    test_visit_close(&test);
}

/* Each page asks in its own way; the visitor has forgotten the one before. */
void test_obstacles__questions_are_answered_wherever_they_stand(void)
{
    static const struct {
        const char *page;
        const char *choice;
        int clicks;
    } CASES[] = {
        {"/obstacles/consent-dialog.html", "accept", 1},
        {"/obstacles/consent-shadow.html", "refuse", 1},
        {"/obstacles/consent-frame.html", "refuse", 1},
        {"/obstacles/consent-frame.html?host=http://localhost:%d", "refuse", 1},
        {"/obstacles/consent-two-layers.html", "refuse", 2},
    };

    TestVisit test;
    test_visit_open(&test, NULL);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const char *page = CASES[i].page;
        if (strstr(page, "%d"))
            page = arena_printf(test.arena, "%.*s%d", (int)strcspn(page, "%"), page,
                                test.server.port);
        chromium_of(test.visitor)->obstacles = NULL;
        test_visit_go(&test, page);
        Clearing clearing = answer(&test, CASES[i].choice);
        if (clearing.cleared != 1 || clearing.clicks != CASES[i].clicks ||
            strcmp(test_visit_cookie(&test, "choice"), CASES[i].choice) != 0)
            fail_msg("%s: cleared %d in %d, '%s', %s", page, clearing.cleared,
                     clearing.clicks, test_visit_cookie(&test, "choice"),
                     clearing.why ? clearing.why : "");
    }
    assert_true(number(&test, "consent.refuse_clicks") == 2);
    assert_true(number(&test, "consent.accept_clicks") == 1);
    test_visit_close(&test);
}

void test_obstacles__a_known_tool_is_answered_by_its_rules(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    if (!chromium_of(test.visitor)->options.browser_files) {
        test_visit_close(&test);
        skip();
    }
    test_visit_go(&test, "/obstacles/consent-known.html");
    Clearing clearing = answer(&test, "refuse");
    assert_int_equal(clearing.cleared, 1);
    assert_non_null(strstr(clearing.how, "rules for"));
    assert_string_equal(test_visit_cookie(&test, "choice"), "refuse");
    test_visit_close(&test);
}

void test_obstacles__nobody_subscribes_to_refuse(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, "/obstacles/consent-pay.html");
    Clearing clearing = answer(&test, "refuse");
    assert_int_equal(clearing.cleared, 0);
    assert_string_equal(test_visit_cookie(&test, "choice"), "");
    assert_true(truth(&test, "consent.pay_to_refuse"));
    test_visit_close(&test);
}

void test_obstacles__layers_are_cleared_as_a_person_would(void)
{
    static const struct {
        const char *page;
        const char *what;
        int clicks;
    } CASES[] = {
        {"/obstacles/newsletter.html", "newsletter", 1},
        {"/obstacles/age.html", "age", 1},
        {"/obstacles/country.html", "country", 1},
        {"/obstacles/welcome.html", "dialog", 1},
        {"/obstacles/escape.html", "dialog", 1},
    };

    TestVisit test;
    test_visit_open(&test, NULL);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        test_visit_go(&test, CASES[i].page);
        cdp_pump(chromium_of(test.visitor)->cdp, clock_now_us(&test.clock) + LATE_US, NULL);
        Clearing clearing = dismiss(&test);
        if (clearing.cleared != 1 || !clearing.what ||
            strcmp(clearing.what, CASES[i].what) != 0)
            fail_msg("%s: %d of %d cleared, %s, %s", CASES[i].page, clearing.cleared,
                     clearing.seen, clearing.what ? clearing.what : "nothing",
                     clearing.why ? clearing.why : "");
        assert_int_equal(clearing.clicks, CASES[i].clicks);
    }
    test_visit_close(&test);
}

void test_obstacles__what_has_no_way_out_stays_and_is_told(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, "/obstacles/stubborn.html");
    Clearing clearing = dismiss(&test);
    assert_int_equal(clearing.seen, 1);
    assert_int_equal(clearing.cleared, 0);
    assert_non_null(strstr(clearing.why, "no way out"));
    assert_true(isnan(test_visit_saw(&test, "obstacle.clicks")));
    test_visit_close(&test);
}

void test_obstacles__a_cart_that_slides_in_is_none_and_no_question(void)
{
    TestVisit test;
    test_visit_open(&test, NULL);
    test_visit_go(&test, "/obstacles/drawer.html");
    assert_int_equal(dismiss(&test).seen, 0);
    assert_int_equal(answer(&test, "refuse").seen, 0);
    assert_false(truth(&test, "consent.asked"));
    assert_true(number(&test, "trackers.before_choice") == 0);
    test_visit_close(&test);
}

void test_obstacles__a_covered_link_is_pressed_once_the_way_is_free(void)
{
    static const char *const PAGES[] = {"/obstacles/welcome.html",
                                        "/obstacles/consent-dialog.html",
                                        "/obstacles/drawer.html"};
    TestVisit test;
    test_visit_open(&test, NULL);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        test_visit_go(&test, PAGES[i]);
        test_visit_press(&test, "goal");
        if (test.move.result != MOVE_PAGE)
            fail_msg("%s: %s", PAGES[i], test.move.reason ? test.move.reason : "no page");
        assert_non_null(strstr(visitor_page(test.visitor)->url, "/lamps"));
    }
    test_visit_close(&test);
}

/* ---- an answer that loads the page anew ---- */

/* The new document has an element in view for every number that the old one has. */
static const char GRID[] =
    "<!DOCTYPE html><html lang=en><title>Grid</title><style>i{float:left;width:20px;"
    "height:16px;background:#ccd}</style><h1>A shop of vases and bowls made by hand</h1>"
    "<script>for(let i=0;i<400;i++)document.body.append(document.createElement('i'))"
    "</script>";
static const char ASKING[] =
    "<form method=post action=/answer class=consent style='position:fixed;left:0;right:0;"
    "bottom:0;background:#fff;padding:20px'><p>We use cookies to measure our audience. Do "
    "you accept cookies?</p><button name=choice value=accept>Accept all</button> "
    "<button id=no name=choice value=refuse>Reject all</button></form>";

static bool answer_reload(int socket, const ServerRequest *request)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    bool is_forgetful = strstr(request->path, "forgetful") != NULL;
    bool is_told = strstr(request->head, "choice=") != NULL && !is_forgetful;
    if (strncmp(request->path, "/answer", 7) == 0) {
        bool is_lost = strstr(request->head, "/forgetful") != NULL;
        return server_page(socket, "303 See Other", "text/html",
                           is_lost ? "Location: /forgetful\r\n"
                                   : "Location: /\r\nSet-Cookie: choice=refuse; Path=/\r\n",
                           "");
    }
    return server_page(socket, "200 OK", "text/html; charset=utf-8", "",
                       arena_printf(arena, "%s%s", GRID, is_told ? "" : ASKING));
}

void test_obstacles__an_answer_may_load_the_page_anew(void)
{
    TestVisit test;
    test_visit_open(&test, answer_reload);
    test_visit_go(&test, "/");
    Clearing clearing = answer(&test, "refuse");
    if (clearing.cleared != 1)
        fail_msg("%s", clearing.why);
    assert_int_equal(clearing.clicks, 1);
    assert_string_equal(test_visit_cookie(&test, "choice"), "refuse");
    assert_true(truth(&test, "consent.gone"));
    test_visit_close(&test);
}

void test_obstacles__an_answer_that_is_not_kept_is_told(void)
{
    TestVisit test;
    test_visit_open(&test, answer_reload);
    test_visit_go(&test, "/forgetful");
    Clearing clearing = answer(&test, "refuse");
    assert_int_equal(clearing.cleared, 0);
    assert_non_null(strstr(clearing.why, "'Reject all' was pressed"));
    assert_false(truth(&test, "consent.gone"));
    assert_true(truth(&test, "consent.asked_again"));
    test_visit_close(&test);
}

/* ---- an answer that takes its time, and a press that is lost ---- */

static const char SLOW[] =
    "<!DOCTYPE html><html lang=en><title>Slow</title><h1>Bowls</h1>"
    "<div id=cookie style='position:fixed;left:0;right:0;bottom:0;background:#fff;"
    "padding:20px'><p>We use cookies. Do you accept cookies?</p><button>Accept all</button> "
    "<button id=no>Reject all</button></div><script>let lost=0;"
    "addEventListener('pointerdown',event=>{if(!lost++)cookie.style.transform="
    "'translateY(-200px)'},true);"
    "no.onclick=()=>fetch('/slow').then(()=>{document.cookie='choice=refuse';"
    "cookie.remove()})</script>";

static bool answer_slowly(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/slow") == 0) {
        server_pause_ms(2600);
        return server_page(socket, "200 OK", "text/plain", "", "thanks");
    }
    return server_page(socket, "200 OK", "text/html; charset=utf-8", "", SLOW);
}

/* The button jumps away under the first press; its answer is sent before the bar goes. */
void test_obstacles__a_refusal_may_take_its_time(void)
{
    TestVisit test;
    test_visit_open(&test, answer_slowly);
    test_visit_go(&test, "/");
    Clearing clearing = answer(&test, "refuse");
    if (clearing.cleared != 1)
        fail_msg("%s", clearing.why);
    assert_string_equal(test_visit_cookie(&test, "choice"), "refuse");
    test_visit_close(&test);
}
