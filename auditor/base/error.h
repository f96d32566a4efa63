/* error.h - what failed, where, and what to do: filled by the callee, printed by cli/ only.
 *
 * Fixed arrays, nothing to free; lives on the caller's stack. First cause wins.
 * Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/attr.h"

/** Kinds of failure; each has one exit code (interface.md). */
typedef enum ErrorCode {
    ERROR_NONE = 0,
    ERROR_FAILED,       /**< the program or its surroundings: exit 1 */
    ERROR_BAR,          /**< an asked-for bar is not met: exit 2 */
    ERROR_INPUT,        /**< the user's input is wrong: exit 3 */
    ERROR_INCONCLUSIVE, /**< unreachable, blocked, too noisy, out of time: exit 4 */
    ERROR_INTERRUPTED,  /**< SIGINT or SIGTERM: exit 130 or 143 */
    ERROR_LIMIT,        /**< a limit on foreign input was exceeded; callers on the way turn
                             it into a finding, at the top it is exit 1 */
} ErrorCode;

/** An error; all zero is "no error". Texts are cut at a UTF-8 boundary when too long. */
typedef struct Error {
    ErrorCode code;
    char where[256]; /**< file:line:column, a URL or a step; may be empty */
    char what[512];  /**< lower case, no full stop, subject in single quotes */
    char hint[256];  /**< what to do, or a did-you-mean; may be empty */
} Error;

/** Fill err unless it already holds a first cause.
 *
 * err: may be NULL (the caller does not care). where: may be NULL.
 * Returns false always, so that callers write `return error_set(...)`. */
bool error_set(Error *err, ErrorCode code, const char *where, const char *format, ...)
    PRINTF_LIKE(4, 5);
/** Add a hint, unless there is one already. Returns false always. */
bool error_hint(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);
/** Put a place in front when the error has none yet. Returns false always. */
bool error_at(Error *err, const char *where);
/** Hand on an error that was caught apart. Returns false always. */
bool error_pass(Error *err, const Error *inner);
/** Forget what happened (a handled error). */
void error_clear(Error *err);
/** Process exit code of a code: interface.md "Exit codes". */
int error_exit_code(ErrorCode code);
/** Whose fault is it that a file the user named cannot be read? ERROR_INPUT where the name
 * is to blame (missing, forbidden, a folder), ERROR_FAILED where the machine is (errno). */
ErrorCode error_code_of_errno(int number);
/** Closest of count candidates by edit distance (at most 3, and less than half the word),
 * or NULL. For did-you-mean hints. */
const char *error_did_you_mean(const char *word, const char *const *candidates, int count);

#endif
