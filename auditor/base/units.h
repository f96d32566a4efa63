/* units.h - numbers to text and back, independent of the locale: the only place where it
 * happens.
 *
 * Plain machine forms here; a language's own forms are in report/locale. Layer: base.
 * SPDX-License-Identifier: MIT */
#ifndef BASE_UNITS_H
#define BASE_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

/** Shortest decimal that reads back the same, '.' as mark; "null" for NAN and infinities.
 * text: at least 32 bytes. Returns text. */
const char *number_text(double number, char *text, size_t size);
/** Fixed number of decimals, '.' as mark, half away from zero; "-0" becomes "0". */
const char *number_fixed(double number, int decimals, char *text, size_t size);
/** "250ms", "30s", "5m", "1h", "1.5s" to µs; a bare number is an error with a hint.
 * Errors: ERROR_INPUT. */
bool duration_parse(const char *text, int64_t *duration_us, Error *err) MUST_USE;
/** A whole number within [low, high]. Errors: ERROR_INPUT naming the bounds. */
bool integer_parse(const char *text, int64_t low, int64_t high, int64_t *value,
                   Error *err) MUST_USE;
/** A number within [low, high]. Errors: ERROR_INPUT naming the bounds. */
bool number_parse(const char *text, double low, double high, double *value,
                  Error *err) MUST_USE;
/** a + b, a * b for sizes that come from outside; false on overflow. */
bool size_add(size_t a, size_t b, size_t *sum) MUST_USE;
bool size_multiply(size_t a, size_t b, size_t *product) MUST_USE;

#endif
