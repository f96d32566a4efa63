/* unit.h - what every unit test includes: cmocka and the paths of test data.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

/* cmocka.h needs the others before it. */
/* clang-format off */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/** Folder of the test data that the project does not own; tests that need it skip() where
 * it is not. Relative to the top of the tree, where the unit tests are run. */
#define SHARED_DATA "../shared/data"

/** Two doubles, at most reach apart. */
#define assert_near(value, expected, reach)                                                \
    assert_true(fabs((value) - (expected)) <= (reach))

#endif
