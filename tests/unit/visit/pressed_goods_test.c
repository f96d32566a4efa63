/* pressed_goods_test.c - a shop on one page, in a browser: goods that only the pointer
 * shows to be pressable, a cart in a drawer, nothing kept when the page is loaded again.
 * Tests cart.c, steps_cart.c and in_page/snapshot.js.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "scenario/load.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/browser.h"
#include "visit/chromium/chromium.h"
#include "visit/walk.h"

#define GOODS(name, price)                                                                 \
    "<li><h4>" name "<br><small>" price "</small></h4><div class=pot "                     \
    "onclick=\"add('" name "','" price "')\"><div class=lid>lid</div></div></li>"

/* The hand shows only under the pointer; the drawer is drawn by the script. */
static const char SHOP[] =
    "<!DOCTYPE html><html lang=en><title>Pots</title><style>.pot{width:90px;height:60px;"
    "background:#a63}.pot:hover{cursor:pointer}#drawer{position:fixed;right:0;top:0;"
    "width:300px;background:#fff}</style><header><a href=/>Pots</a> <button id=open "
    "aria-label='Open cart' onclick='draw()'>0</button></header><main><h1>Pots from the "
    "river</h1><p>Every pot of ours was made by hand in a small house by the river, where "
    "the clay comes from, and is sent to your door within three days.</p><ul>" GOODS(
        "Blue pot", "$10.00") GOODS("Red jug", "$8.00")
        GOODS(
            "Green bowl",
            "$18.00") "</ul></main>"
                      "<div id=drawer role=dialog aria-label=Cart hidden></div><script>let line=null;"
                      "const opener=document.getElementById('open');"
                      "function add(name,price){line={name,price};opener.textContent='1'}"
                      "function drop(){line=null;opener.textContent='0';draw()}"
                      "function draw(){drawer.hidden=false;drawer.innerHTML=line?'<h2>Your cart</h2><ul><li>"
                      "<a href=/#pot>'+line.name+'</a> <span>'+line.price+'</span> <input type=number "
                      "value=1 aria-label=Quantity> <button onclick=drop()>Remove</button></li></ul><p>Total "
                      "'+line.price+'</p><a href=/checkout>Checkout</a>':'<h2>Your cart</h2><p>Your cart is "
                      "empty</p>'}</script>";

static const char CHECKOUT[] =
    "<!DOCTYPE html><html lang=en><title>Checkout</title><h1>Checkout</h1><form method=post "
    "action=/place-order><p><label>Name <input name=name autocomplete=name></label></p><p>"
    "<label>Card number <input name=card autocomplete=cc-number></label></p><button>Pay now"
    "</button></form>";

static bool answer(int socket, const ServerRequest *request)
{
    static const char TYPE[] = "text/html; charset=utf-8";
    if (strcmp(request->path, "/") == 0)
        return server_page(socket, "200 OK", TYPE, "", SHOP);
    if (strcmp(request->path, "/checkout") == 0)
        return server_page(socket, "200 OK", TYPE, "", CHECKOUT);
    return server_page(socket, "404 Not Found", "text/html", "", "none");
}

static bool shop_visit(const char *site, Visit *visit, Error *err)
{
    static const char *const WORDS[] = {"scenarios/words", NULL};
    static const char *const FOLDERS[] = {"scenarios", NULL};
    Arena *arena = visit->arena;
    Clock clock;
    Persona persona;
    Scenario scenario;
    Words *words = NULL;
    Visitor *visitor = NULL;
    Network none = {.id = "none"};
    clock_init(&clock);
    visit->site = site;
    if (!persona_find(arena, FOLDERS, "desktop", &persona, err) ||
        !words_load(arena, WORDS, &words, err) ||
        !scenario_find(arena, FOLDERS, "buy", &scenario, err))
        return false;
    VisitorOptions options = {.visit = visit,
                              .persona = &persona,
                              .clock = &clock,
                              .safety = SAFETY_TOUCH,
                              .network = &none,
                              .site = site,
                              .is_recording = true};
    WalkOptions walk = {.scenario = &scenario, .words = words};
    if (!chromium_visitor_open(&options, &visitor, err))
        return false;
    bool is_walked = walk_scenario(visitor, &walk, err);
    visitor_close(&visitor);
    return is_walked;
}

static StepOutcome outcome_of(const Visit *visit, StepKind kind)
{
    for (size_t i = 0; i < visit->step_count; i++)
        if (visit->steps[i].kind == kind)
            return visit->steps[i].outcome;
    return STEP_OUTCOME_COUNT;
}

void test_cart__is_bought_where_the_pointer_alone_shows_what_sells(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Server server;
    Error err = {0};
    Visit *visit = visit_create(arena);
    if (!test_browser_exists())
        skip();
    server_start(&server, answer);
    bool is_walked = shop_visit(arena_printf(arena, "%s/", server.url), visit, &err);
    server_stop(&server);
    if (!is_walked)
        fail_msg("%s: %s", err.where, err.what);
    if (visit->outcome != VISIT_STOPPED_BEFORE_PAYMENT)
        fail_msg("%s", visit->reason);
    assert_string_equal(visit->door, "payment");
    assert_string_equal(visit_fact(visit, "product.name")->text, "Blue pot");
    assert_true(visit_fact(visit, "cart.add_worked")->truth);
    assert_false(visit_fact(visit, "cart.survives_reload")->truth);
    assert_true(step_is_ok(outcome_of(visit, STEP_KIND_OPEN_CART)));
    assert_true(step_is_ok(outcome_of(visit, STEP_KIND_EMPTY_CART)));
}
