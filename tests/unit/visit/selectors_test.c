/* selectors_test.c - recorded selectors on a static page.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"
#include "visit/steps.h"

static const char PAGE[] =
    "<html><body><h1>Lamp</h1><button id=add class=big><span>Add to Cart</span></button>"
    "<a id=help href=/help aria-label='Get help'>?</a><ul><li id=one>One</li><li id=two>Two</li>"
    "</ul><div id=box><button id=inner>Inside</button></div><button id=twin1 class=twin>Twin"
    "</button><button id=twin2 class=twin>Twin</button><p id=gone hidden>Hidden text</p>"
    "<img id=pic alt='A lamp' src=/x.jpg></body></html>";

/* Resolve alternatives, each one string, on PAGE; the id found, "" none. */
static void resolve(const char *const *alternatives, int count, char *id, Target *target)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    Walk walk = {.visitor = fake->visitor,
                 .visit = fake->visit,
                 .arena = fake->arena,
                 .words = fake->words,
                 .scenario = &fake->scenario};
    SelectorChain chains[4];
    const char *parts[4][1];
    for (int i = 0; i < count; i++) {
        parts[i][0] = alternatives[i];
        chains[i] = (SelectorChain){.parts = parts[i], .count = 1};
    }
    ScenarioStep step = {.selectors = chains, .selector_count = count};
    walk.step = &step;
    walk.document = fake_document(fake->arena, "http://shop.test/", PAGE);
    walk.state = form_state_create(fake->arena, walk.document);
    selectors_resolve(&walk, &step, target);
    const char *found = target->node ? node_attribute(target->node, "id") : "";
    strcpy(id, found ? found : "?");
    fake_release(fake);
}

static void check(const char *selector, const char *expected)
{
    char id[32];
    Target target;
    resolve(&selector, 1, id, &target);
    if (strcmp(id, expected) != 0)
        fail_msg("'%s' found '%s', not '%s'", selector, id, expected);
}

void test_selectors__reads_all_kinds(void)
{
    check("#add", "add");
    check("ul > li:nth-of-type(2)", "two");
    check("aria/Add to Cart", "add");
    check("aria/Get help", "help");
    check("aria/Get help[role=\"link\"]", "help");
    check("aria/[role=\"link\"]", "help");
    check("text/Inside", "inner");
    check("xpath///*[@id=\"two\"]", "two");
    check("pierce/#inner", "inner");
    check("css/#one", "one");
}

void test_selectors__knows_renamed_roles(void)
{
    check("aria/A lamp[role=\"img\"]", "pic");
    check("aria/A lamp[role=\"image\"]", "pic");
}

void test_selectors__forgives_upper_case_made_by_a_style_sheet(void)
{
    check("aria/ADD TO CART", "add");
}

void test_selectors__leaves_out_what_is_hidden(void)
{
    check("#gone", "");
}

void test_selectors__prefers_an_alternative_that_is_unique(void)
{
    static const char *const ALTERNATIVES[] = {".twin", "#twin2"};
    char id[32];
    Target target;
    resolve(ALTERNATIVES, 2, id, &target);
    assert_string_equal(id, "twin2");
    assert_int_equal(target.alternative, 1);
}

void test_selectors__takes_the_first_of_several_when_none_is_unique(void)
{
    static const char *const ALTERNATIVES[] = {".nothing", ".twin"};
    char id[32];
    Target target;
    resolve(ALTERNATIVES, 2, id, &target);
    assert_string_equal(id, "twin1");
    assert_int_equal(target.count, 2);
}

void test_selectors__notices_drift(void)
{
    static const char *const ALTERNATIVES[] = {"#one", "#two"};
    char id[32];
    Target target;
    resolve(ALTERNATIVES, 2, id, &target);
    assert_string_equal(id, "one");
    assert_true(target.is_drifting);
}

void test_selectors__does_not_call_a_selector_it_cannot_read_missing(void)
{
    static const char *const ALTERNATIVES[] = {"a:::b"};
    char id[32];
    Target target;
    resolve(ALTERNATIVES, 1, id, &target);
    assert_null(target.node);
    assert_non_null(target.needs_browser);
}
