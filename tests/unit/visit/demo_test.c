/* demo_test.c - the three shipped scenarios on the demo shop, over the wire. Tests walk.c
 * with the http engine.
 *
 * SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "demo/demo.h"
#include "scenario/load.h"
#include "unit.h"
#include "visit/walk.h"

/** A demo shop in a child process, and a visit of it. */
typedef struct Outing {
    Arena *arena;
    Clock clock;
    Persona persona;
    Scenario scenario;
    Words *words;
    Visit *visit;
    pid_t shop;
    int stop; /**< closing it ends the shop */
} Outing;

static void tell_port(void *context, int port)
{
    int *fd = context;
    char text[16];
    int length = snprintf(text, sizeof text, "%d\n", port);
    if (write(*fd, text, (size_t)length) != length)
        _exit(1);
}

static int shop_start(Outing *outing, const char *flaws)
{
    int ready[2];
    int stop[2];
    char text[16] = {0};
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(stop), 0);
    outing->shop = fork();
    assert_true(outing->shop >= 0);
    if (outing->shop == 0) {
        DemoOptions options;
        Clock clock;
        clock_init(&clock);
        demo_options_init(&options);
        options.ready = tell_port;
        options.ready_context = &ready[1];
        options.stop_fd = stop[0];
        close(stop[1]);
        bool is_fine =
            demo_flaws_parse(flaws, &options, NULL) && demo_serve(&options, &clock, NULL);
        _exit(is_fine ? 0 : 1);
    }
    close(ready[1]);
    close(stop[0]);
    outing->stop = stop[1];
    assert_true(read(ready[0], text, sizeof text - 1) > 0);
    close(ready[0]);
    return (int)strtol(text, NULL, 10);
}

/* Walk a shipped scenario with a shipped persona. */
static void outing_go(Outing *outing, const char *flaws, const char *scenario,
                      const char *persona)
{
    static const char *const SCENARIOS[] = {"scenarios", NULL};
    static const char *const WORDS[] = {"scenarios/words", NULL};
    Error err = {0};
    *outing = (Outing){.arena = arena_create()};
    clock_init(&outing->clock);
    int port = shop_start(outing, flaws);
    assert_true(scenario_find(outing->arena, SCENARIOS, scenario, &outing->scenario, &err));
    assert_true(persona_find(outing->arena, SCENARIOS, persona, &outing->persona, &err));
    assert_true(words_load(outing->arena, WORDS, &outing->words, &err));
    outing->visit = visit_create(outing->arena);
    outing->visit->site = arena_printf(outing->arena, "http://127.0.0.1:%d/", port);
    Network none = {.id = "none"};
    VisitorOptions options = {.visit = outing->visit,
                              .persona = &outing->persona,
                              .clock = &outing->clock,
                              .safety = SAFETY_TOUCH,
                              .network = &none,
                              .site = outing->visit->site,
                              .is_recording = true,
                              .loads_resources = true};
    Visitor *visitor = NULL;
    assert_true(http_visitor_open(&options, &visitor, &err));
    WalkOptions walk = {
        .scenario = &outing->scenario, .words = outing->words, .use_platform_hints = true};
    assert_true(walk_scenario(visitor, &walk, &err));
    visitor_close(&visitor);
}

static void outing_end(Outing *outing)
{
    int status = 0;
    close(outing->stop);
    assert_int_equal(waitpid(outing->shop, &status, 0), outing->shop);
    assert_int_equal(status, 0);
    arena_release(outing->arena);
}

static const Fact *fact(const Outing *outing, const char *name)
{
    const Fact *found = visit_fact(outing->visit, name);
    if (!found)
        fail_msg("no fact '%s'", name);
    return found;
}

static void all_steps_are_fine(const Outing *outing)
{
    for (size_t i = 0; i < outing->visit->step_count; i++) {
        const StepRecord *record = &outing->visit->steps[i];
        if (!step_is_ok(record->outcome) && record->outcome != OUTCOME_SKIPPED)
            fail_msg("%s: %s: %s", record->id, step_outcome_name(record->outcome),
                     record->reason);
    }
}

void test_walk__buys_in_the_demo_shop_up_to_the_payment(void)
{
    static const char *const PERSONAS[] = {"desktop", "phone-fr"};
    for (size_t i = 0; i < 2; i++) {
        Outing outing;
        outing_go(&outing, "", "buy", PERSONAS[i]);
        all_steps_are_fine(&outing);
        assert_int_equal(outing.visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
        assert_string_equal(outing.visit->door, "payment");
        assert_true(fact(&outing, "cart.price_matches")->truth);
        assert_true(fact(&outing, "checkout.total_matches")->truth);
        assert_true(fact(&outing, "payment.order_label_clear")->truth);
        assert_true(fact(&outing, "cart.emptied")->truth);
        outing_end(&outing);
    }
}

void test_walk__finds_help_in_the_demo_shop(void)
{
    Outing outing;
    outing_go(&outing, "", "get-help", "phone");
    all_steps_are_fine(&outing);
    assert_int_equal(outing.visit->outcome, VISIT_COMPLETED);
    assert_true(fact(&outing, "help.legal_clicks")->number == 1);
    outing_end(&outing);
}

void test_walk__looks_around_the_demo_shop(void)
{
    Outing outing;
    outing_go(&outing, "", "look-around", "desktop-fr");
    all_steps_are_fine(&outing);
    assert_true(fact(&outing, "error.status")->number == 404);
    assert_true(fact(&outing, "search.exact_found")->truth);
    assert_true(fact(&outing, "search.nonsense_message")->truth);
    outing_end(&outing);
}

void test_walk__says_that_a_cart_of_scripts_needs_a_browser(void)
{
    Outing outing;
    outing_go(&outing, "script-only-cart", "buy", "desktop");
    assert_int_equal(outing.visit->outcome, VISIT_CANNOT);
    assert_true(fact(&outing, "cart.add_needs_browser")->truth);
    outing_end(&outing);
}

void test_walk__sees_prices_and_costs_change_on_the_way(void)
{
    Outing outing;
    outing_go(&outing, "price-change-in-cart,surprise-fee", "buy", "desktop");
    assert_false(fact(&outing, "cart.price_matches")->truth);
    assert_true(fact(&outing, "checkout.surprise_cost")->number > 0);
    outing_end(&outing);
}
