/* keyboard_test.c - a visitor without a mouse: everything is done with keys. Tests keys.c,
 * act.c, fill.c and obstacles.c for the persona whose input is the keyboard.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/text.h"
#include "unit.h"
#include "visit.h"
#include "visit/chromium/chromium.h"

/* Says in a cookie when any pointer was used. */
#define WATCH                                                                              \
    "<script>for(const kind of ['pointerdown','mousedown','mousemove','touchstart'])"      \
    "addEventListener(kind,()=>{document.cookie='pointer=used'},true)</script>"

static const char FORM_PAGE[] =
    "<!DOCTYPE html><html lang=en><title>Delivery</title>" WATCH
    "<p id=said>nothing</p><a href=/one>One</a> <a href=/two>Two</a>"
    "<form action=/next><label>Town <input id=town name=town></label>"
    "<label>Country <select id=country name=country><option value=fr>France"
    "<option value=de>Germany</select></label>"
    "<label><input type=radio name=way value=post id=post checked> Post</label>"
    "<label><input type=radio name=way value=shop id=shop> Shop</label>"
    "<label><input type=radio name=way value=van id=van> Van</label>"
    "<label><input type=checkbox id=gift name=gift> Gift</label>"
    "<div id=plain onclick=\"said.textContent='plain'\">No key reaches this</div>"
    "<button id=go>Continue</button></form>"
    "<div id=ask class=cookie style='position:fixed;left:0;right:0;bottom:0;background:#fff;"
    "padding:20px'><p>We use cookies. Do you accept cookies?</p>"
    "<button onclick=\"ask.remove()\">Accept all</button> <button onclick="
    "\"document.cookie='choice=refuse';ask.remove()\">Reject all</button></div>";

/* A list of the kind that keeps the focus on itself and names its active option, and a menu
 * whose entries take the focus one after the other; then options that no key leads to. */
static const char LISTS_PAGE[] =
    "<!DOCTYPE html><html lang=en><title>Lists</title>" WATCH "<p id=said>nothing</p>"
    "<button id=size aria-haspopup=listbox aria-expanded=false>Size</button>"
    "<ul id=sizes role=listbox tabindex=-1 hidden><li id=s role=option>Small"
    "<li id=m role=option>Medium<li id=l role=option>Large</ul>"
    "<div role=menu><a id=first role=menuitem tabindex=0 href=#a>A</a>"
    "<a id=last role=menuitem tabindex=-1 href=/next>B</a></div>"
    "<ul role=listbox><li id=mute role=option>Mute</ul>"
    "<script>const list=[...sizes.children];let at=-1;"
    "size.onclick=()=>{sizes.hidden=false;size.ariaExpanded=true;sizes.focus()};"
    "sizes.onkeydown=e=>{if(e.key==='ArrowDown'){at=Math.min(at+1,2);"
    "sizes.setAttribute('aria-activedescendant',list[at].id)}"
    "if(e.key==='Enter'){said.textContent=list[at].id;sizes.hidden=true;size.focus()}};"
    "first.onkeydown=e=>{if(e.key==='ArrowRight')last.focus()}</script>";

static bool answer_pages(int socket, const ServerRequest *request)
{
    bool is_next = strncmp(request->path, "/next", 5) == 0;
    return server_page(socket, "200 OK", "text/html; charset=utf-8", "",
                       is_next ? "<!DOCTYPE html><title>Next</title>" WATCH
                                 "<p id=next>Next"
                       : strcmp(request->path, "/lists") == 0 ? LISTS_PAGE
                                                              : FORM_PAGE);
}

static void keyboard_open(TestVisit *test)
{
    test_visit_open(test, answer_pages);
    chromium_of(test->visitor)->persona.input = "keyboard";
    test_visit_go(test, "/");
}

static const Node *by_id(TestVisit *test, const char *id)
{
    test_visit_look(test);
    const Node *node = document_by_id(test->document, id);
    if (!node)
        fail_msg("no element '%s'", id);
    return node;
}

static void chooses(TestVisit *test, const char *id, const char *value)
{
    Error err = {0};
    assert_true(visitor_choose(test->visitor, by_id(test, id), value, &test->move, &err));
    if (test->move.result != MOVE_STATE)
        fail_msg("%s: %d, %s", id, test->move.result,
                 test->move.reason ? test->move.reason : "");
}

void test_keyboard__answers_fills_chooses_and_sends_with_keys_alone(void)
{
    TestVisit test;
    Error err = {0};
    Clearing clearing;
    keyboard_open(&test);
    assert_true(test.visitor->engine->consent(test.visitor, "refuse", &clearing, &err));
    if (clearing.cleared != 1)
        fail_msg("%s", clearing.why);
    assert_string_equal(test_visit_cookie(&test, "choice"), "refuse");
    assert_true(
        visitor_fill(test.visitor, by_id(&test, "town"), "Brest", &test.move, &err));
    assert_int_equal(test.move.result, MOVE_STATE);
    chooses(&test, "country", "Germany");
    chooses(&test, "van", "on");
    chooses(&test, "gift", "on");
    assert_true(control_is_checked(test.state, by_id(&test, "gift")));
    assert_true(control_is_checked(test.state, by_id(&test, "van")));
    test_visit_press(&test, "go");
    assert_int_equal(test.move.result, MOVE_PAGE);
    const char *url = visitor_page(test.visitor)->url;
    assert_non_null(strstr(url, "town=Brest&country=de&way=van&gift=on"));
    assert_string_equal(test_visit_cookie(&test, "pointer"), "");
    test_visit_close(&test);
}

void test_keyboard__says_what_no_key_reaches(void)
{
    TestVisit test;
    keyboard_open(&test);
    test_visit_press(&test, "plain");
    assert_int_equal(test.move.result, MOVE_COVERED);
    assert_non_null(strstr(test.move.reason, "keyboard does not reach it"));
    assert_string_equal(test_visit_cookie(&test, "pointer"), "");
    test_visit_close(&test);
}

void test_keyboard__arrows_lead_through_lists_that_scripts_build(void)
{
    TestVisit test;
    keyboard_open(&test);
    test_visit_go(&test, "/lists");
    test_visit_press(&test, "size");
    assert_int_equal(test.move.result, MOVE_STATE);
    test_visit_press(&test, "l");
    assert_int_equal(test.move.result, MOVE_STATE);
    assert_string_equal(
        arena_str_text(test.arena, node_text_content(test.arena, by_id(&test, "said"))),
        "l");
    test_visit_press(&test, "mute");
    assert_int_equal(test.move.result, MOVE_COVERED);
    test_visit_press(&test, "last");
    assert_int_equal(test.move.result, MOVE_PAGE);
    assert_string_equal(test_visit_cookie(&test, "pointer"), "");
    test_visit_close(&test);
}
