/* examples_test.c - every rule of the grid on its own examples in tests/rules.
 *
 * Tests check_css.c, check_xpath.c, check_regex.c, check_header.c, check_resource.c,
 * check_metric.c, check_journey.c, check_structured.c, check_site.c, check_absent.c,
 * check_layout.c, check_interact.c, language.c,
 * example.c, example_check.c, elements.c, element.c, part.c, predicate.c, reading.c,
 * measure.c, exchange.c, view.c and site.c by what rules say: pass*, fail*, na* and
 * unclear* files of tests/rules/<id> must give pass, fail, not-applicable and cannot-tell.
 * SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "fixture.h"
#include "rule/example.h"
#include "unit.h"

void test_examples__every_rule_of_the_grid_is_complete(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    const Grid *grid = words ? fixture_grid(arena, words) : NULL;
    int broken = 0;
    if (!grid) {
        fail_msg("the grid cannot be loaded");
        return;
    }
    for (size_t i = 0; i < grid->rule_count; i++) {
        Error error = {0};
        if (rule_is_complete(grid->rules[i], words, &error))
            continue;
        print_error("%s: %s\n", error.where, error.what);
        broken++;
    }
    assert_int_equal(broken, 0);
}
