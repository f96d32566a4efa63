/* engine_test.c - a visitor in a real browser: what it presses, types, sees, and says when
 * it cannot. Tests act.c, action.c, arrive.c, fill.c, gesture.c, keys.c, navigate.c,
 * pointer.c, screenshot.c, settle.c and world.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "browser.h"
#include "dom/text.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/chromium.h"

/** A visitor of a small site. */
typedef struct Tour {
    Arena *arena;
    Clock clock;
    Persona persona;
    Server server;
    Visit *visit;
    Visitor *visitor;
    const Document *document;
    const FormState *state;
    Move move;
    Error err;
} Tour;

static void tour_open(Tour *tour, ServerAnswer *answer, bool has_touch)
{
    *tour = (Tour){.arena = arena_create()};
    if (!test_browser_exists()) {
        arena_release(tour->arena);
        skip();
    }
    clock_init(&tour->clock);
    server_start(&tour->server, answer);
    tour->visit = visit_create(tour->arena);
    tour->persona = (Persona){.id = "test",
                              .width = has_touch ? 400 : 1200,
                              .height = 800,
                              .pixel_ratio = 1,
                              .is_phone = has_touch,
                              .has_touch = has_touch,
                              .input = has_touch ? "touch" : "mouse",
                              .language = "en",
                              .accept_language = "en",
                              .timezone = "Europe/Paris",
                              .network = "none",
                              .patience_us = 3000000,
                              .cpu_rate = 1,
                              .text_scale = 1};
    VisitorOptions options = {.visit = tour->visit,
                              .persona = &tour->persona,
                              .clock = &tour->clock,
                              .safety = SAFETY_TOUCH,
                              .site = tour->server.url,
                              .is_recording = true};
    if (chromium_visitor_open(&options, &tour->visitor, &tour->err))
        return;
    print_message("%s\n", tour->err.what);
    server_stop(&tour->server);
    arena_release(tour->arena);
    skip();
}

static void tour_close(Tour *tour)
{
    visitor_close(&tour->visitor);
    server_stop(&tour->server);
    arena_release(tour->arena);
}

static void look(Tour *tour)
{
    assert_true(visitor_look(tour->visitor, &tour->document, &tour->state, &tour->err));
}

static void go_to(Tour *tour, const char *path)
{
    assert_true(visitor_open(tour->visitor, path, &tour->move, &tour->err));
    look(tour);
}

static const Node *by_id(const Tour *tour, const char *id)
{
    const Node *node = document_by_id(tour->document, id);
    if (!node)
        fail_msg("no element '%s'", id);
    return node;
}

static void press(Tour *tour, const char *id)
{
    if (!visitor_press(tour->visitor, by_id(tour, id), &tour->move, &tour->err))
        fail_msg("%s", tour->err.what);
    look(tour);
}

static const char *words_of(const Tour *tour, const char *id)
{
    return node_visible_text(tour->arena, by_id(tour, id)).data;
}

/* ---- pressing ---- */

static const char SHOP[] =
    "<!DOCTYPE html><html lang=en><title>Shop</title><style>.gone{display:none}"
    "#bar{position:fixed;left:0;right:0;bottom:0;top:0;background:#fff}"
    "#menu ul{display:none}#menu:hover ul{display:block}</style>"
    "<p id=said>nothing</p>"
    "<a id=link href=/two>Two</a> <a id=call href='tel:123'>Call</a>"
    "<a id=soft href=/soft onclick=\"history.pushState({},'','/soft');"
    "said.textContent='soft';return false\">Soft</a>"
    "<a id=window href=/two target=_blank>Window</a>"
    "<button id=works onclick=\"said.textContent='pressed'\">Works</button>"
    "<button id=dead>Dead</button><button id=off disabled>Off</button>"
    "<button id=late onclick=\"setTimeout(()=>fetch('/data').then(r=>r.text())"
    ".then(t=>said.textContent=t),50)\">Late</button>"
    "<nav id=menu>Menu<ul><li><a id=inner href=/two>Inner</a></ul></nav>"
    "<p id=hidden class=gone>never</p>"
    "<button id=cover onclick=\"bar.hidden=false\">Cover</button>"
    "<button id=told onclick=\"alert('hello');said.textContent='told'\">Tell</button>"
    "<form id=form action=/two><input id=name name=name required>"
    "<button id=send>Send</button></form>"
    "<div id=bar hidden>Accept our cookies</div>";

static const char PAYMENT[] =
    "<!DOCTYPE html><title>Payment</title><form action=/pay><h2>Payment</h2>"
    "<input id=card autocomplete=cc-number><button id=pay>Pay now</button></form>";

static bool answer_shop(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/data") == 0)
        return server_page(socket, "200 OK", "text/plain", "", "from afar");
    if (strncmp(request->path, "/two", 4) == 0)
        return server_page(socket, "200 OK", "text/html", "",
                           "<!DOCTYPE html><title>Two</title><h1 id=two>Two</h1>");
    if (strcmp(request->path, "/payment") == 0)
        return server_page(socket, "200 OK", "text/html", "", PAYMENT);
    if (strcmp(request->path, "/") == 0)
        return server_page(socket, "200 OK", "text/html", "", SHOP);
    return server_page(socket, "404 Not Found", "text/html", "", "<p>none");
}

static void presses(Tour *tour, const char *id, MoveResult result)
{
    press(tour, id);
    if (tour->move.result != result)
        fail_msg("%s: %d (%s), not %d", id, tour->move.result,
                 tour->move.reason ? tour->move.reason : "", result);
}

void test_engine__tells_what_a_press_led_to(void)
{
    Tour tour;
    tour_open(&tour, answer_shop, false);
    go_to(&tour, "/");
    assert_int_equal(tour.move.result, MOVE_PAGE);
    assert_string_equal(document_title(tour.document), "Shop");
    assert_int_equal(node_is_seen(by_id(&tour, "hidden")), 0);
    presses(&tour, "works", MOVE_STATE);
    assert_string_equal(words_of(&tour, "said"), "pressed");
    presses(&tour, "dead", MOVE_NOTHING);
    presses(&tour, "off", MOVE_NOTHING);
    presses(&tour, "call", MOVE_NOTHING);
    presses(&tour, "late", MOVE_STATE);
    assert_string_equal(words_of(&tour, "said"), "from afar");
    presses(&tour, "told", MOVE_STATE);
    presses(&tour, "send", MOVE_INVALID);
    assert_string_equal(tour.move.fault.rule, "required");
    presses(&tour, "soft", MOVE_PAGE);
    assert_non_null(strstr(visitor_page(tour.visitor)->url, "/soft"));
    assert_int_equal(visitor_page(tour.visitor)->status, 200);
    presses(&tour, "cover", MOVE_STATE);
    presses(&tour, "works", MOVE_COVERED);
    assert_non_null(strstr(tour.move.reason, "Accept our cookies"));
    tour_close(&tour);
}

/* A menu that opens under the passing pointer moves what lies below it, and closes when the
 * pointer follows; one button stays where it is pointed at, one never does. */
static const char MOVING[] =
    "<!DOCTYPE html><html lang=en><title>Moving</title><style>body{margin:0}"
    "nav{height:20px;background:#eee}nav:hover{height:160px}"
    "#flees{position:absolute;left:600px;top:500px}</style>"
    "<p id=said>nothing</p><button id=above onclick=\"said.textContent='above'\">Above"
    "</button><nav>Menu</nav><button id=below onclick=\"said.textContent='below'\">Below"
    "</button><a id=wrong href=/two>Wrong</a>"
    "<button id=flees onmouseover=\"this.style.left=(this.offsetLeft+90)%900+'px'\" "
    "onclick=\"said.textContent='caught'\">Flees</button>"
    "<style>.card{position:absolute;left:10px;top:600px;width:200px;height:100px}"
    ".card a{display:block;height:100px}.card div{display:none;position:absolute;inset:0;"
    "background:#ddd}.card:hover div{display:block}</style>"
    "<div class=card><a id=shy href=/two>Vase</a><div onclick=\"said.textContent='quick'\">"
    "Quick view</div></div>";

static bool answer_moving(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "200 OK", "text/html", "", MOVING);
}

void test_engine__follows_what_moves_away_and_presses_nothing_else(void)
{
    Tour tour;
    tour_open(&tour, answer_moving, false);
    go_to(&tour, "/");
    for (int i = 0; i < 3; i++) {
        presses(&tour, "above", MOVE_STATE);
        assert_string_equal(words_of(&tour, "said"), "above");
        presses(&tour, "below", MOVE_STATE);
        assert_string_equal(words_of(&tour, "said"), "below");
    }
    presses(&tour, "flees", MOVE_COVERED);
    assert_string_equal(words_of(&tour, "said"), "below");
    presses(&tour, "shy", MOVE_PAGE);
    assert_non_null(strstr(tour.move.reason, "taken by keyboard"));
    assert_non_null(strstr(visitor_page(tour.visitor)->url, "/two"));
    tour_close(&tour);
}

void test_engine__goes_to_pages_and_back(void)
{
    Tour tour;
    tour_open(&tour, answer_shop, false);
    go_to(&tour, "/");
    presses(&tour, "inner", MOVE_PAGE);
    assert_non_null(strstr(tour.move.reason, "pointed at"));
    assert_string_equal(words_of(&tour, "two"), "Two");
    assert_true(visitor_go(tour.visitor, HISTORY_BACK, &tour.move, &tour.err));
    look(&tour);
    assert_int_equal(tour.move.result, MOVE_PAGE);
    assert_string_equal(document_title(tour.document), "Shop");
    presses(&tour, "window", MOVE_PAGE);
    assert_string_equal(words_of(&tour, "two"), "Two");
    assert_true(visitor_go(tour.visitor, HISTORY_RELOAD, &tour.move, &tour.err));
    assert_int_equal(tour.move.result, MOVE_PAGE);
    go_to(&tour, "/none");
    assert_int_equal(visitor_page(tour.visitor)->status, 404);
    go_to(&tour, "http://127.0.0.1:1/");
    assert_int_equal(tour.move.result, MOVE_UNREACHABLE);
    assert_int_equal(visitor_page(tour.visitor)->status, 0);
    tour_close(&tour);
}

void test_engine__keeps_its_hands_off_payments(void)
{
    Tour tour;
    tour_open(&tour, answer_shop, false);
    go_to(&tour, "/payment");
    presses(&tour, "pay", MOVE_REFUSED);
    assert_true(
        visitor_fill(tour.visitor, by_id(&tour, "card"), "4111", &tour.move, &tour.err));
    assert_int_equal(tour.move.result, MOVE_REFUSED);
    assert_int_equal(server_count(&tour.server, "/pay?"), 0);
    tour_close(&tour);
}

/* ---- typing ---- */

static const char FORM[] =
    "<!DOCTYPE html><title>Form</title><form action=/two>"
    "<input id=text value=old><input id=number type=number><input id=date type=date>"
    "<textarea id=area></textarea>"
    "<select id=list><option value=a>Ash</option><option value=b>Beech</option></select>"
    "<style>#box{position:absolute;opacity:0;width:0;height:0}</style>"
    "<input type=checkbox id=box><label for=box id=label>I agree</label>"
    "<input type=radio name=r id=one checked><input type=radio name=r id=other>"
    "<p id=said></p></form><form role=search action=/two><input id=q name=q></form><script>text.oninput=()=>said.textContent=text.value.length;"
    "list.onchange=()=>said.textContent=list.value</script>";

static bool answer_form(int socket, const ServerRequest *request)
{
    const char *html = strncmp(request->path, "/two", 4) == 0 ? "<p id=two>Two" : FORM;
    return server_page(socket, "200 OK", "text/html; charset=utf-8", "", html);
}

static void fills(Tour *tour, const char *id, const char *text, const char *shown)
{
    assert_true(
        visitor_fill(tour->visitor, by_id(tour, id), text, &tour->move, &tour->err));
    assert_int_equal(tour->move.result, MOVE_STATE);
    look(tour);
    assert_string_equal(control_value(tour->state, by_id(tour, id)), shown);
}

static void chooses(Tour *tour, const char *id, const char *value)
{
    assert_true(
        visitor_choose(tour->visitor, by_id(tour, id), value, &tour->move, &tour->err));
    assert_int_equal(tour->move.result, MOVE_STATE);
    look(tour);
}

void test_engine__types_and_chooses_with_fingers(void)
{
    Tour tour;
    tour_open(&tour, answer_form, true);
    go_to(&tour, "/");
    fills(&tour, "text", "caf\xC3\xA9 7", "caf\xC3\xA9 7");
    assert_string_equal(words_of(&tour, "said"), "6");
    fills(&tour, "number", "12", "12");
    fills(&tour, "date", "2026-11-22", "2026-11-22");
    fills(&tour, "area", "a\nb", "a\nb");
    chooses(&tour, "list", "Beech");
    assert_string_equal(control_value(tour.state, by_id(&tour, "list")), "b");
    assert_string_equal(words_of(&tour, "said"), "b");
    chooses(&tour, "box", "on");
    assert_true(control_is_checked(tour.state, by_id(&tour, "box")));
    chooses(&tour, "other", "on");
    assert_false(control_is_checked(tour.state, by_id(&tour, "one")));
    assert_true(visitor_enter(tour.visitor, by_id(&tour, "q"), &tour.move, &tour.err));
    assert_int_equal(tour.move.result, MOVE_PAGE);
    tour_close(&tour);
}

/* ---- seeing ---- */

static const char SEEN[] =
    "<!DOCTYPE html><title>Seen</title><style>body{margin:0;font:16px Arial}"
    "#top{position:fixed;top:0;left:0;width:100px;height:20px;background:#000;color:#fff}"
    "</style><div id=top>White</div><p id=low style='margin:900px 0 0'>Grey "
    "<a id=in href=/x>link</a></p><div id=host></div>"
    "<script>host.attachShadow({mode:'open'}).innerHTML="
    "'<b id=deep>deep</b><slot></slot>'</script>";

static bool answer_seen(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "200 OK", "text/html", "", SEEN);
}

void test_engine__keeps_how_a_page_is_laid_out(void)
{
    Tour tour;
    tour_open(&tour, answer_seen, false);
    go_to(&tour, "/");
    const Page *page = visitor_page(tour.visitor);
    assert_non_null(page->layout);
    assert_int_equal(page->layout->viewport_width, 1200);
    const LayoutNode *top = layout_at(page->layout, node_order(by_id(&tour, "top")));
    assert_non_null(top);
    assert_true(top->flags & LAYOUT_FIXED);
    assert_near(top->width, 100, 0.1);
    assert_near(top->contrast, 21, 0.1);
    const LayoutNode *link = layout_at(page->layout, node_order(by_id(&tour, "in")));
    assert_true((link->flags & LAYOUT_CONTROL) && (link->flags & LAYOUT_INLINE));
    assert_true(link->y > 850);
    /* The shadow tree is part of what is seen; marks are no part of the page. */
    assert_string_equal(words_of(&tour, "deep"), "deep");
    assert_true(str_contains(page->dom, STR("<b id=\"deep\">deep</b>")));
    tour_close(&tour);
}

static const char BARS[] =
    "<!DOCTYPE html><title>Bars</title><style>body{margin:0}header{position:sticky;top:0;"
    "height:60px}section{height:200px}#short{position:sticky;top:0;height:40px}"
    "main{height:3000px}input{font-size:13px}</style><header id=stays>Shop</header>"
    "<section><div id=short>Lamps</div></section>"
    "<main><input id=empty aria-label=Name></main>";

static bool answer_bars(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "200 OK", "text/html", "", BARS);
}

void test_engine__keeps_bars_that_stay_and_sizes_of_empty_fields(void)
{
    Tour tour;
    tour_open(&tour, answer_bars, true);
    go_to(&tour, "/");
    const Layout *layout = visitor_page(tour.visitor)->layout;
    assert_non_null(layout);
    assert_true(layout_at(layout, node_order(by_id(&tour, "stays")))->flags & LAYOUT_FIXED);
    assert_false(layout_at(layout, node_order(by_id(&tour, "short")))->flags &
                 LAYOUT_FIXED);
    assert_near(layout_at(layout, node_order(by_id(&tour, "empty")))->font_size, 13, 0.1);
    tour_close(&tour);
}
