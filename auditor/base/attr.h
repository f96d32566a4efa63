/* attr.h - the compiler attributes the project uses, and no others.
 *
 * Not a portability layer. Layer: base. Included by nearly every header.
 * SPDX-License-Identifier: MIT */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

/** The caller must look at the result. */
#define MUST_USE __attribute__((warn_unused_result))
/** Checked like printf: format is parameter f, the first argument is parameter a. */
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
/** Never returns. */
#define NO_RETURN __attribute__((noreturn))
/** Run the clean-up function on the variable's address when it leaves its scope. */
#define AUTO(cleanup_function) __attribute__((cleanup(cleanup_function)))
/** Number of elements of an array (not of a pointer). */
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
