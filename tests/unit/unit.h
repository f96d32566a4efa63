/* unit.h - what every unit test includes: cmocka and the paths of test data.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** Folder of the test data that the project does not own; tests that need it skip() where it
 * is not. Relative to the top of the tree, where the unit tests are run. */
#define SHARED_DATA "../shared/data"

#endif
