/* steps_live_test.c - recordings of Chrome's Recorder in a real browser: every step, and
 * two that others made, on pages built like those they were made on. Tests steps_live.c.
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

/** A recording played. */
typedef struct Play {
    Arena *arena;
    Clock clock;
    Scenario scenario;
    Persona persona;
    Words *words;
    Server server;
    Visit *visit;
    int orders;
} Play;

static void play_file(Play *play, const char *path, ServerAnswer *answer)
{
    static const char *const WORDS[] = {"scenarios/words", NULL};
    static const char *const PERSONAS[] = {"scenarios", NULL};
    Error err = {0};
    Visitor *visitor = NULL;
    if (!test_browser_exists() || !path_is_file(path)) {
        arena_release(play->arena);
        skip();
    }
    clock_init(&play->clock);
    assert_true(persona_find(play->arena, PERSONAS, "desktop", &play->persona, &err));
    assert_true(words_load(play->arena, WORDS, &play->words, &err));
    if (!scenario_load(play->arena, path, false, NULL, NULL, &play->scenario, &err))
        fail_msg("%s: %s", err.where, err.what);
    server_start(&play->server, answer);
    play->visit = visit_create(play->arena);
    play->visit->site = arena_printf(play->arena, "%s/", play->server.url);
    Network none = {.id = "none"};
    VisitorOptions options = {.visit = play->visit,
                              .persona = &play->persona,
                              .clock = &play->clock,
                              .safety = SAFETY_TOUCH,
                              .network = &none,
                              .site = play->visit->site,
                              .is_recording = true};
    if (!chromium_visitor_open(&options, &visitor, &err)) {
        server_stop(&play->server);
        arena_release(play->arena);
        skip();
    }
    WalkOptions walk = {.scenario = &play->scenario, .words = play->words};
    bool is_walked = walk_scenario(visitor, &walk, &err);
    visitor_close(&visitor);
    play->orders = server_count(&play->server, "POST /order");
    server_stop(&play->server);
    if (!is_walked)
        fail_msg("%s: %s", err.where, err.what);
}

static void play_text(Play *play, const char *text, ServerAnswer *answer)
{
    char path[] = "/tmp/mystery-unit-XXXXXX.json";
    Error err = {0};
    *play = (Play){.arena = arena_create()};
    if (!test_browser_exists()) {
        arena_release(play->arena);
        skip();
    }
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, str_of(text), &err));
    play_file(play, path, answer);
    unlink(path);
}

static void all_are_fine(const Play *play, size_t count)
{
    assert_int_equal(play->visit->step_count, play->scenario.step_count);
    for (size_t i = 0; i < count; i++) {
        const StepRecord *record = &play->visit->steps[i];
        if (!step_is_ok(record->outcome))
            fail_msg("%s: %s: %s", record->id, step_outcome_name(record->outcome),
                     record->reason);
    }
}

/* ---- every step ---- */

static const char EVERYTHING[] =
    "<!DOCTYPE html><html lang=en><title>Everything</title><style>#tip{display:none}"
    "#over:hover+#tip{display:block}#far{margin-top:3000px}</style>"
    "<button id=one style='width:200px;height:60px'>One</button>"
    "<button id=two>Two</button><span id=over>Point here</span><span id=tip>seen</span>"
    "<form action=/sent><input id=text value=old><input type=checkbox id=box>"
    "<select id=list><option value=a>A<option value=b>B</select>"
    "<input type=range id=range><p id=rich contenteditable>old words</p></form>"
    "<form action=/sent><input id=last name=last></form>"
    "<div id=host></div><p id=far>far</p><script>"
    "one.onclick=e=>one.title=e.offsetX+','+e.offsetY;"
    "one.oncontextmenu=e=>{one.dataset.menu=1;e.preventDefault()};"
    "two.ondblclick=()=>two.textContent='twice';"
    "onkeydown=e=>document.body.dataset.key=e.key;"
    "host.attachShadow({mode:'open'}).innerHTML='<button>Inside</button>';"
    "host.shadowRoot.firstChild.onclick=()=>host.title='deep';"
    "setTimeout(()=>{let p=document.createElement('p');p.className='late';"
    "document.body.append(p)},1500)</script>";

static bool answer_everything(int socket, const ServerRequest *request)
{
    const char *html = strncmp(request->path, "/sent", 5) == 0
                           ? "<!DOCTYPE html><title>Sent</title><p>Sent"
                           : EVERYTHING;
    return server_page(socket, "200 OK", "text/html", "", html);
}

#define TRUE_WHEN(expression)                                                              \
    "{\"type\":\"waitForExpression\",\"timeout\":1000,\"expression\":\"" expression "\"},"

static const char
    ALL_STEPS[] = "{\"title\":\"all\",\"steps\":["
                  "{\"type\":\"setViewport\",\"width\":640,\"height\":480,\"deviceScaleFactor\":1,"
                  "\"isMobile\":false,\"hasTouch\":false,\"isLandscape\":false},"
                  "{\"type\":\"navigate\",\"url\":\"http://localhost:8907/everything.html\","
                  "\"assertedEvents\":[{\"type\":\"navigation\",\"title\":\"Everything\","
                  "\"url\":\"http://localhost:8907/everything.html\"}]}," TRUE_WHEN(
                      "innerWidth === 640") "{\"type\":\"click\",\"selectors\":[[\"aria/One\"]],\"offsetX\":20,\"offsetY\":15}," TRUE_WHEN("/^1[789],1[234]$/.test(one.title)") "{\"type\":\"click\",\"selectors\":[[\"text/One\"]],\"offsetX\":9,\"offsetY\":9,"
                                                                                                                                                                                "\"button\":\"secondary\"}," TRUE_WHEN(
                                                                                                                                                                                    "one.dataset.menu === '1'") "{\"type\":\"doubleClick\",\"selectors\":[[\"xpath///*[@id='two']\"]],\"offsetX\":5,"
                                                                                                                                                                                                                "\"offsetY\":5}," TRUE_WHEN("two.textContent === 'twice'") "{\"type\":\"hover\",\"selectors\":[\"#over\"]}," TRUE_WHEN("getComputedStyle(tip).display === 'block'") "{\"type\":\"change\",\"value\":\"new text\",\"selectors\":[\"#text\"]}," TRUE_WHEN("text.value === 'new text'") "{\"type\":\"change\",\"value\":\"b\",\"selectors\":[\"#list\"]}," TRUE_WHEN("list.value === 'b'") "{\"type\":\"change\",\"value\":\"30\",\"selectors\":[\"#range\"]}," TRUE_WHEN("range.value === '30'") "{\"type\":\"change\",\"value\":\"on\",\"selectors\":[\"#box\"]}," TRUE_WHEN("box.checked") "{\"type\":\"change\",\"value\":\"new words\",\"selectors\":[\"#rich\"]}," TRUE_WHEN("rich.innerText === 'new words'") "{\"type\":\"click\",\"selectors\":[[\"pierce/#host button\"],[\"#host\",\"button\"]],"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "\"offsetX\":3,\"offsetY\":3}," TRUE_WHEN(
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "host.title === 'deep'") "{\"type\":\"scroll\",\"x\":0,\"y\":500}," TRUE_WHEN("scrollY === 500") "{\"type\":\"keyDown\",\"key\":\"Escape\"},{\"type\":\"keyUp\",\"key\":\"Escape\"}," TRUE_WHEN("document.body.dataset.key === 'Escape'") "{\"type\":\"waitForElement\",\"selectors\":[\".late\"],\"timeout\":4000},"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "{\"type\":\"waitForElement\",\"selectors\":[\"#two\"],\"operator\":\"==\",\"count\":1,"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "\"properties\":{\"textContent\":\"twice\"},\"attributes\":{\"id\":\"two\"}},"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "{\"type\":\"waitForElement\",\"selectors\":[\"#nothing\"],\"visible\":false},"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "{\"type\":\"change\",\"value\":\"x\",\"selectors\":[\"#last\"]},"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "{\"type\":\"keyDown\",\"key\":\"Enter\",\"assertedEvents\":[{\"type\":\"navigation\","
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "\"url\":\"http://localhost:8907/sent?last=x\",\"title\":\"Sent\"}]},"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "{\"type\":\"keyUp\",\"key\":\"Enter\"}]}";

void test_steps_live__plays_every_step_of_a_recording(void)
{
    Play play;
    play_text(&play, ALL_STEPS, answer_everything);
    all_are_fine(&play, play.visit->step_count);
    assert_int_equal(play.visit->outcome, VISIT_COMPLETED);
    arena_release(play.arena);
}

static const char STALE[] =
    "{\"title\":\"stale\",\"steps\":["
    "{\"type\":\"navigate\",\"url\":\"http://localhost:8907/\"},"
    "{\"type\":\"waitForExpression\",\"timeout\":300,\"expression\":\"false\"},"
    "{\"type\":\"click\",\"selectors\":[\"#gone\"],\"timeout\":300,\"offsetX\":1,"
    "\"offsetY\":1}]}";

void test_steps_live__says_what_does_not_come_true(void)
{
    Play play;
    play_text(&play, STALE, answer_everything);
    assert_int_equal(play.visit->steps[1].outcome, OUTCOME_FAILED);
    assert_int_equal(play.visit->outcome, VISIT_ABANDONED);
    arena_release(play.arena);
}

/* ---- the coffee shop ---- */

static const char COFFEE[] =
    "<!DOCTYPE html><html lang=en><head><title>Coffee cart</title><style>"
    ".cup{width:160px;height:200px}.cup-body{height:180px}.ingredient{height:58px}"
    "ul{list-style:none}.modal{position:fixed;inset:40px;background:#fff}</style></head>"
    "<body><div id=app></div><script>"
    "const names=['Espresso','Espresso Macchiato','Cappuccino','Mocha','Flat White',"
    "'Americano'],prices=[10,12,19,8,18,7],cart={};"
    "const total=()=>Object.keys(cart).reduce((s,i)=>s+cart[i]*prices[i],0);"
    "const count=()=>Object.values(cart).reduce((a,b)=>a+b,0);"
    "function draw(){const c=location.pathname==='/cart';let h="
    "'<ul><li><a href=\"/\" onclick=\"return go(\\'/\\')\">menu</a></li><li>'+"
    "'<a href=\"/cart\" aria-label=\"cart ('+count()+')\" onclick=\"return go(\\'/cart\\')\">"
    "cart ('+count()+')</a></li></ul>';"
    "if(!c){h+='<div></div><div><ul>'+names.map((n,i)=>'<li><h4>'+n+'</h4><div><div "
    "class=cup data-test=\"'+n.replace(/ /g,'_')+'\" aria-label=\"'+n+'\" role=button "
    "onclick=\"add('+i+')\"><div class=cup-body><div class=\"ingredient espresso\"></div>"
    "<div class=\"ingredient steamed milk\"></div><div class=\"ingredient water\"></div>"
    "</div></div></div></li>').join('')+'</ul></div>';}"
    "else{h+='<div class=list><div><ul><li><b>Item</b></li>'+Object.keys(cart).map(i=>"
    "'<li><div>'+names[i]+'</div><div><div><button onclick=\"add('+i+')\" "
    "aria-label=\"Add one\">+</button><button>-</button></div></div></li>').join('')+"
    "'</ul><button aria-label=\"Total: $'+total()+'.00\" onclick=\"pay()\">Total: $'+"
    "total()+'.00</button><div id=dialog></div></div></div>';}"
    "app.innerHTML=h;}"
    "function add(i){cart[i]=(cart[i]||0)+1;draw();}"
    "function go(p){history.pushState({},'',p);draw();return false;}"
    "function pay(){dialog.innerHTML='<div class=modal><section><h1>Payment details</h1>"
    "<form aria-label=Payment onsubmit=\"fetch(\\'/order\\',{method:\\'POST\\'});return "
    "false\"><div><label for=name>Name</label><input id=name required></div><div>"
    "<label for=email>Email</label><input id=email type=email required></div><div>"
    "<input type=checkbox id=promotion><label for=promotion>I would like to receive order "
    "updates and promotional messages.</label></div><div><button id=submit-payment>Submit"
    "</button></div></form></section></div>';}"
    "draw();</script></body></html>";

static bool answer_coffee(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "200 OK", "text/html", "", COFFEE);
}

#define RECORDINGS SHARED_DATA "/recorder/recordings/"

void test_steps_live__orders_a_coffee_as_recorded(void)
{
    Play play = {.arena = arena_create()};
    play_file(&play, RECORDINGS "recorder-demo--order-a-coffee-simple.json", answer_coffee);
    all_are_fine(&play, play.visit->step_count);
    assert_int_equal(play.visit->outcome, VISIT_COMPLETED);
    arena_release(play.arena);
}

void test_steps_live__stops_a_recording_before_it_pays(void)
{
    Play play = {.arena = arena_create()};
    play_file(&play, RECORDINGS "coffee-cart--checkout-user-flow.json", answer_coffee);
    all_are_fine(&play, play.visit->step_count - 1);
    assert_int_equal(play.visit->steps[play.visit->step_count - 1].outcome,
                     OUTCOME_REFUSED);
    assert_int_equal(play.visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_int_equal(play.orders, 0);
    arena_release(play.arena);
}
