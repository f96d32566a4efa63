/* swatches_test.c - a shop that works by scripts alone, in a browser: search behind a
 * button, options as buttons, a cart that a script fills. Tests swatches.c
 * and combos.c.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "scenario/load.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/browser.h"
#include "visit/chromium/chromium.h"
#include "visit/walk.h"

#define HEAD                                                                               \
    "<!DOCTYPE html><html lang=en><title>Mugs</title><style>.off{display:none}</style>"    \
    "<header><a href=/>Mugs and more</a> <button id=glass aria-label=Search "              \
    "onclick=\"document.querySelector('form').className=''\">?</button>"                   \
    "<form role=search action=/search class=off><input type=search name=q "                \
    "aria-label=Search></form> <a href=/cart>Cart</a></header><main>"

#define CARD                                                                               \
    "<ul><li><a href=/p/mug><img src=/m.png alt='Blue mug'>Blue mug</a> &euro;12.00</li>"  \
    "<li><a href=/p/cup><img src=/c.png alt='Red cup'>Red cup</a> &euro;9.00</li>"         \
    "<li><a href=/p/jug><img src=/j.png alt='Grey jug'>Grey jug</a> &euro;29.00</li></ul>"

static const char PRODUCT[] =
    HEAD "<h1>Blue mug</h1><p class=price>&euro;12.00</p><form id=buy onsubmit="
         "\"event.preventDefault();if(size.value){document.cookie='cart='+size.value+"
         "';path=/';said.textContent='Added to cart'}else{said.textContent="
         "'Please choose a size'}\"><ul class=variant-list>"
         "<li><button type=button class=sold-out disabled>S</button>"
         "<li><button type=button onclick=\"size.value='M';this.className='selected'\">M"
         "</button><li><button type=button>L</button></ul><input type=hidden id=size>"
         "<button>Add to cart</button></form><p id=said role=status></p></main>";

static const char CHECKOUT[] =
    HEAD "<h1>Checkout</h1><form onsubmit='return false'><p><label for=mail>Email *</label>"
         "<input id=mail name=email required></p><p><label for=name>Full name *</label>"
         "<input id=name name=full_name required></p><p><label for=street>Address *</label>"
         "<input id=street name=address_1 required></p><p><label for=land>Country *</label>"
         "<button type=button id=land role=combobox aria-haspopup=listbox "
         "data-placeholder onclick=\"list.hidden=false\">Country</button></p>"
         "<div id=list role=listbox hidden><p role=option>France</p><p role=option>"
         "United Kingdom</p></div><p id=next></p></form></main><script>"
         "list.onclick=e=>{land.textContent=e.target.textContent.trim();list.hidden=true;"
         "land.removeAttribute('data-placeholder')}</script>";

static bool answer(int socket, const ServerRequest *request)
{
    static const char TYPE[] = "text/html; charset=utf-8";
    if (strcmp(request->path, "/") == 0)
        return server_page(socket, "200 OK", TYPE, "",
                           HEAD "<h1>Mugs and more</h1>" CARD "</main>");
    if (strncmp(request->path, "/search", 7) == 0)
        return server_page(socket, "200 OK", TYPE, "",
                           HEAD "<h1>Results for mug</h1>" CARD "</main>");
    if (strcmp(request->path, "/p/mug") == 0)
        return server_page(socket, "200 OK", TYPE, "", PRODUCT);
    if (strcmp(request->path, "/checkout") == 0)
        return server_page(socket, "200 OK", TYPE, "", CHECKOUT);
    if (strcmp(request->path, "/cart") == 0)
        return server_page(socket, "200 OK", TYPE, "",
                           strstr(request->head, "cart=M")
                               ? HEAD "<h1>Your cart</h1><table><tr><td><a href=/p/mug>"
                                      "Blue mug</a></td><td>M</td><td>&euro;12.00</td></tr>"
                                      "</table><p>Total &euro;12.00</p>"
                                      "<a href=/checkout>Checkout</a></main>"
                               : HEAD "<h1>Your cart</h1><p>Your cart is empty</p></main>");
    return server_page(socket, "404 Not Found", "text/html", "", "none");
}

#define INTENT(name, parameters)                                                           \
    "{\"type\":\"customStep\",\"name\":\"mystery/" name "\",\"parameters\":{" parameters   \
    "}}"

static const char SCENARIO[] =
    "{\"title\":\"scripted\",\"steps\":[" INTENT("open", "") "," INTENT(
        "search", "\"query\":\"mug\"") "," INTENT("openProduct",
                                                  "") "," INTENT("chooseOptions",
                                                                 "") "," INTENT("addToCart",
                                                                                "") "]}";

static const char ADDRESS[] =
    "{\"title\":\"address\",\"steps\":[" INTENT("open", "") "," INTENT("search", "\"query\":\"mug\"") "," INTENT(
        "openProduct",
        "") "," INTENT("chooseOptions",
                       "") "," INTENT("addToCart",
                                      "") "," INTENT("goToCheckout",
                                                     "") "," INTENT("fillAddress",
                                                                    "\"data\":{\"preset\":\"gb-test-1\"}") "]}";

static void scenario_open(Arena *arena, const char *text, Scenario *scenario)
{
    char path[] = "/tmp/mystery-unit-XXXXXX.json";
    Error err = {0};
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, str_of(text), &err));
    if (!scenario_load(arena, path, false, NULL, NULL, scenario, &err))
        fail_msg("%s: %s", err.where, err.what);
    unlink(path);
}

/* Walk a scenario in a browser; the test is skipped where there is none. */
static Visit *walk_text(Arena *arena, const char *text)
{
    static const char *const WORDS[] = {"scenarios/words", NULL};
    static const char *const PERSONAS[] = {"scenarios", NULL};
    Server server;
    Clock clock;
    Error err = {0};
    Persona persona;
    Scenario scenario;
    Words *words = NULL;
    Visitor *visitor = NULL;
    if (!test_browser_exists()) {
        arena_release(arena);
        skip();
    }
    clock_init(&clock);
    scenario_open(arena, text, &scenario);
    assert_true(persona_find(arena, PERSONAS, "desktop", &persona, &err));
    assert_true(words_load(arena, WORDS, &words, &err));
    server_start(&server, answer);
    Visit *visit = visit_create(arena);
    visit->site = arena_printf(arena, "%s/", server.url);
    Network none = {.id = "none"};
    VisitorOptions options = {.visit = visit,
                              .persona = &persona,
                              .clock = &clock,
                              .safety = SAFETY_TOUCH,
                              .network = &none,
                              .site = visit->site,
                              .is_recording = true};
    if (!chromium_visitor_open(&options, &visitor, &err)) {
        server_stop(&server);
        skip();
    }
    WalkOptions walk = {.scenario = &scenario, .words = words};
    bool is_walked = walk_scenario(visitor, &walk, &err);
    visitor_close(&visitor);
    server_stop(&server);
    if (!is_walked)
        fail_msg("%s: %s", err.where, err.what);
    return visit;
}

void test_swatches__buys_where_only_scripts_sell(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = walk_text(arena, SCENARIO);
    for (size_t i = 0; i < visit->step_count; i++)
        if (!step_is_ok(visit->steps[i].outcome))
            fail_msg("%s: %s", visit->steps[i].id, visit->steps[i].reason);
    assert_true(visit_fact(visit, "cart.add_worked")->truth);
    assert_non_null(strstr(visit->steps[3].typed, "M"));
}

void test_combos__choose_the_visitors_country_in_a_drawn_list(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit *visit = walk_text(arena, ADDRESS);
    const StepRecord *filled = &visit->steps[6];
    if (!filled->typed)
        fail_msg("%s / %s", visit->steps[5].reason, filled->reason);
    assert_non_null(strstr(filled->typed, "United Kingdom"));
}
