/* measure_test.c - what is measured on real pages in a real browser. Tests measure.c,
 * console.c, probe.c, axe.c, diagnose.c, diagnose_keys.c, diagnose_pointer.c,
 * diagnose_change.c and coverage.c.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/out.h"
#include "browser.h"
#include "dom/text.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/chromium.h"

#define FILES "build/browser"

/** A visit of a small site. */
typedef struct Stay {
    Arena *arena;
    Clock clock;
    Persona persona;
    Server server;
    Visit *visit;
    Visitor *visitor;
    Error err;
} Stay;

static void stay_open(Stay *stay, ServerAnswer *answer)
{
    *stay = (Stay){.arena = arena_create()};
    if (!test_browser_exists() || !path_is_folder(FILES)) {
        arena_release(stay->arena);
        skip();
    }
    clock_init(&stay->clock);
    server_start(&stay->server, answer);
    stay->visit = visit_create(stay->arena);
    stay->visit->number = 1;
    stay->persona = (Persona){.id = "test",
                              .width = 1200,
                              .height = 800,
                              .pixel_ratio = 1,
                              .input = "mouse",
                              .language = "en",
                              .accept_language = "en",
                              .timezone = "Europe/Paris",
                              .network = "none",
                              .patience_us = 3000000,
                              .cpu_rate = 1,
                              .text_scale = 1};
    VisitorOptions options = {.visit = stay->visit,
                              .persona = &stay->persona,
                              .clock = &stay->clock,
                              .safety = SAFETY_TOUCH,
                              .site = stay->server.url,
                              .is_recording = true,
                              .browser_files = FILES,
                              .diagnosed_kinds = ~0u};
    if (chromium_visitor_open(&options, &stay->visitor, &stay->err))
        return;
    print_message("%s\n", stay->err.what);
    server_stop(&stay->server);
    arena_release(stay->arena);
    skip();
}

/* Observations are complete when the visitor is closed. */
static void stay_end(Stay *stay)
{
    visitor_close(&stay->visitor);
}

static void stay_close(Stay *stay)
{
    stay_end(stay);
    server_stop(&stay->server);
    arena_release(stay->arena);
}

static Page *go_to(Stay *stay, const char *path)
{
    Move move;
    if (!visitor_open(stay->visitor, path, &move, &stay->err))
        fail_msg("%s", stay->err.what);
    assert_true(stay->visit->page_count > 0);
    return stay->visit->pages[stay->visit->page_count - 1];
}

static void press(Stay *stay, const char *id)
{
    const Document *document;
    const FormState *state;
    Move move;
    assert_true(visitor_look(stay->visitor, &document, &state, &stay->err));
    assert_non_null(document_by_id(document, id));
    if (!visitor_press(stay->visitor, document_by_id(document, id), &move, &stay->err))
        fail_msg("%s", stay->err.what);
    assert_true(stay->visitor->engine->wait(stay->visitor, 1000000, &stay->err));
}

static const char *words_of(Stay *stay, const char *id)
{
    const Document *document;
    const FormState *state;
    assert_true(visitor_look(stay->visitor, &document, &state, &stay->err));
    const Node *node = document_by_id(document, id);
    return node ? node_visible_text(stay->arena, node).data : "";
}

static const Observation *seen(const Page *page, const char *name)
{
    const Observation *found = observation_first(&page->observations, name);
    const Observation *first = observation_first(&page->observations, "probe.tab-stops");
    if (!found)
        fail_msg("nothing of '%s' (%s)", name,
                 first && first->absent ? first->absent : "no reason");
    return found;
}

static void assert_fault(const Page *page, const char *name, const char *text)
{
    const Observation *found = seen(page, name);
    if (found->absent || !(found->value > 0))
        fail_msg("'%s' was not found: %s", name, found->absent ? found->absent : "0");
    if (text && (!found->text || !strstr(found->text, text)))
        fail_msg("'%s' says '%s', not '%s'", name, found->text, text);
}

static void assert_clean(const Page *page, const char *name)
{
    const Observation *found = seen(page, name);
    if (found->absent || found->value > 0)
        fail_msg("'%s': %g %s", name, found->value,
                 found->absent ? found->absent : found->text);
}

/* ---- web-vitals' own values ---- */

/* The page measures itself with web-vitals and writes down what it gets, in the same load
 * that the visit measures. */
static const char VITALS[] =
    "<!DOCTYPE html><html lang=en><title>Vitals</title><style>p{margin:0}"
    "#big{font-size:60px}</style>"
    "<p id=big>The largest words of this page are these</p>"
    "<button id=slow>Slow</button><p id=values>none</p>"
    "<script src=/web-vitals.iife.js></script>"
    "<script>const all={};const put=m=>{all[m.name]=m.value;"
    "values.textContent=Object.keys(all).sort().map(k=>k+'='+all[k]).join(' ')};"
    "for(const f of ['onTTFB','onFCP','onLCP','onCLS','onINP'])"
    "webVitals[f](put,{reportAllChanges:true,durationThreshold:16});"
    "setTimeout(()=>{const d=document.createElement('div');d.style.height='120px';"
    "document.body.prepend(d)},300);"
    "slow.onclick=()=>{const e=performance.now()+150;while(performance.now()<e);"
    "slow.textContent='done'};</script>";

static bool vitals_answer(int socket, const ServerRequest *request)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text;
    if (strcmp(request->path, "/web-vitals.iife.js") != 0)
        return server_page(socket, "200 OK", "text/html", "", VITALS);
    assert_true(file_read(arena, FILES "/web-vitals/dist/web-vitals.iife.js", 1 << 20,
                          &text, NULL));
    return server_page(socket, "200 OK", "text/javascript", "",
                       arena_str_text(arena, text));
}

/* "LCP=123.4" in what the page wrote. */
static double own_value(const char *words, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = words; (at = strstr(at, name)); at += length)
        if (at[length] == '=')
            return strtod(at + length + 1, NULL);
    fail_msg("the page has no '%s': %s", name, words);
    return 0;
}

/* web-vitals tells of an interaction when the page is idle again. */
static const char *values_await(Stay *stay)
{
    int64_t until_us = clock_now_us(&stay->clock) + 5000000;
    const char *words = words_of(stay, "values");
    while (!strstr(words, "INP=") && clock_now_us(&stay->clock) < until_us) {
        assert_true(stay->visitor->engine->wait(stay->visitor, 100000, &stay->err));
        words = words_of(stay, "values");
    }
    return words;
}

static void assert_within_1_percent(const Page *page, int metric, const char *words,
                                    const char *name)
{
    double own = own_value(words, name);
    double ours = page->metrics[metric];
    if (isnan(ours) || fabs(ours - own) > fabs(own) / 100)
        fail_msg("%s: measured %g, the page's own is %g", name, ours, own);
}

void test_measure__values_are_those_of_web_vitals_in_the_same_load(void)
{
    Stay stay;
    stay_open(&stay, vitals_answer);
    const Page *page = go_to(&stay, "/");
    press(&stay, "slow");
    const char *words = values_await(&stay);
    stay_end(&stay);
    assert_within_1_percent(page, METRIC_TTFB, words, "TTFB");
    assert_within_1_percent(page, METRIC_FCP, words, "FCP");
    assert_within_1_percent(page, METRIC_LCP, words, "LCP");
    assert_within_1_percent(page, METRIC_CLS, words, "CLS");
    assert_within_1_percent(page, METRIC_INP, words, "INP");
    assert_true(page->metrics[METRIC_CLS] > 0);
    assert_true(page->metrics[METRIC_INP] >= 150);
    stay_close(&stay);
}

void test_measure__causes_name_their_elements(void)
{
    Stay stay;
    stay_open(&stay, vitals_answer);
    const Page *page = go_to(&stay, "/");
    press(&stay, "slow");
    values_await(&stay);
    stay_end(&stay);
    assert_fault(page, "lcp.element", "p#big");
    assert_true(seen(page, "lcp.element")->element > 0);
    assert_fault(page, "cls.source", "#big");
    assert_fault(page, "inp.interaction", "button#slow");
    assert_clean(page, "console.error");
    stay_close(&stay);
}

/* ---- what goes wrong ---- */

static const char FAULTY[] =
    "<!DOCTYPE html><html lang=en><title>Faulty</title><style>"
    "#wide{width:3000px}.t a{float:left;width:12px;height:12px;font-size:9px}"
    ":focus{outline:none}@keyframes k{to{left:9px}}#sways{position:relative;"
    "animation:k .2s infinite alternate}"
    "nav ul ul{display:none}nav li:hover ul{display:block}"
    "#cut{height:20px;line-height:20px;overflow:hidden;width:150px}</style>"
    "<nav><ul><li><a href=/a>Menu</a><ul><li><a href=/b>Inner</a></ul></ul></nav>"
    "<div id=wide>wide</div><div class=t><a href=/1>1</a><a href=/2>2</a></div>"
    "<div onclick='x()' id=mute>Press me</div><button id=sways>Sways</button>"
    "<img src=/missing.png alt=''><p id=cut>Words that just fit in</p>"
    "<input id=pale aria-label=Pale style='border:1px solid #eee;background:#fff'>"
    "<input id=trap aria-label=Trap><a href=/c>c</a><a href=/d>d</a><a href=/e>e</a>"
    "<p style='height:3000px'>tall</p>"
    "<script>trap.onkeydown=e=>{if(e.key=='Tab')e.preventDefault()};"
    "console.error('went wrong');setTimeout(()=>{nowhere.call()},10);"
    "addEventListener('wheel',e=>{e.preventDefault()},{passive:false});"
    "function never(){return 'never '+'never '+'never '+'never '+'never '}"
    "setTimeout(()=>{const d=document.createElement('div');d.id='pop';"
    "d.textContent='Join our newsletter';d.style='position:fixed;inset:50px;"
    "background:#fff;z-index:9';document.body.append(d)},4000);"
    "document.documentElement.addEventListener('mouseleave',()=>{const d="
    "document.createElement('div');d.textContent='Do not leave us';"
    "d.style='position:fixed;inset:40px;background:#eee;z-index:99';"
    "document.body.append(d)});</script>";

static bool faulty_answer(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/") != 0)
        return server_page(socket, "404 Not Found", "text/plain", "", "none");
    return server_page(socket, "200 OK", "text/html", "", FAULTY);
}

void test_measure__faults_of_a_page_are_observed(void)
{
    Stay stay;
    stay_open(&stay, faulty_answer);
    Page *page = go_to(&stay, "/");
    page->kind = PAGE_HOME;
    assert_int_equal(page->metrics[METRIC_JS_ERRORS], 2);
    stay_end(&stay);
    assert_fault(page, "console.error", "went wrong");
    assert_fault(page, "console.network", "404");
    assert_fault(page, "probe.sideways-scroll", "div#wide");
    assert_true(seen(page, "probe.sideways-scroll")->element > 0);
    assert_fault(page, "probe.target-size", "a");
    assert_fault(page, "probe.unreachable", "div#mute");
    assert_fault(page, "probe.faint-field", "input#pale");
    assert_fault(page, "axe.target-size", NULL);
    assert_true(seen(page, "axe.ran")->value > 10);
    assert_fault(page, "probe.keyboard-trap", "input#trap");
    assert_fault(page, "probe.focus-invisible", "a");
    assert_fault(page, "probe.hover-menu", "Menu");
    assert_fault(page, "probe.moving-control", "button#sways");
    assert_fault(page, "probe.moving", "button#sways");
    assert_fault(page, "probe.reduced-motion", "button#sways");
    assert_fault(page, "probe.exit-popup", "Do not leave us");
    assert_fault(page, "probe.entry-popup", "newsletter");
    assert_fault(page, "probe.text-spacing", "p#cut");
    assert_true(seen(page, "probe.scroll")->value < 0.1);
    assert_true(page->metrics[METRIC_UNUSED_JS] > 0.05);
    stay_close(&stay);
}

/* ---- the near-misses ---- */

static const char SOUND[] =
    "<!DOCTYPE html><html lang=en><title>Sound</title><style>"
    "nav ul ul{display:none}nav li:hover ul,nav li:focus-within ul{display:block}"
    "@media(prefers-reduced-motion:reduce){#sways{animation:none!important}}"
    "@keyframes k{to{opacity:.5}}#sways{animation:k .2s infinite alternate}"
    "#menu{position:fixed;top:0;left:0;right:0;height:60px;background:#eee}"
    "#cookies{position:fixed;inset:auto 0 0 0;height:60%;background:#fff}</style>"
    "<div id=menu>menu</div>"
    "<main style='padding-top:80px'><nav><ul><li><a href=/a>Menu</a><ul><li>"
    "<a href=/b>Inner</a></ul></ul></nav>"
    "<p>Words with <a href=/x>a</a> short link.</p>"
    "<div onclick='void 0'><button>Inside</button></div><input aria-label=Field>"
    "<div style='overflow:auto'><div style='width:3000px'>its own bar</div></div>"
    "<p id=sways>calm</p><p style='height:3000px'>tall</p></main>"
    "<div id=cookies>We use cookies <button>Accept</button><button>Reject</button></div>";

static bool sound_answer(int socket, const ServerRequest *request)
{
    (void)request;
    return server_page(socket, "200 OK", "text/html", "", SOUND);
}

void test_measure__a_sound_page_is_not_accused(void)
{
    static const char *const names[] = {
        "console.error",     "probe.sideways-scroll", "probe.target-size",
        "probe.unreachable", "probe.keyboard-trap",   "probe.focus-invisible",
        "probe.hover-menu",  "probe.moving-control",  "probe.reduced-motion",
        "probe.exit-popup",  "probe.entry-popup",     "probe.text-spacing",
        "probe.splash",      "issue.deprecation"};
    Stay stay;
    stay_open(&stay, sound_answer);
    Page *page = go_to(&stay, "/");
    page->kind = PAGE_HOME;
    stay_end(&stay);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_clean(page, names[i]);
    assert_true(seen(page, "probe.scroll")->value > 0.9);
    assert_true(seen(page, "probe.tab-stops")->value >= 5);
    stay_close(&stay);
}
