/* known.h - known issues: what may fail for now, why, and until when.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_KNOWN_H
#define AUDIT_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "model/audit.h"

/** One known issue. */
typedef struct KnownIssue {
    const char *subject; /**< rule, fingerprint or metric */
    const char *page;    /**< kind of page; "" any */
    const char *reason;
    const char *until; /**< "2027-01-31": the last day it holds */
    int64_t until_us;  /**< its end, UTC */
} KnownIssue;

typedef struct KnownIssues {
    KnownIssue *items;
    size_t count, capacity;
} KnownIssues;

/** Read {"issues": [{"rule" or "metric": …, "page": …, "until": "2027-01-31", "reason":
 * …}]}. Errors: ERROR_INPUT with file:line:column; 'until' and 'reason' are not optional:
 * an issue nobody can explain or that lasts for ever is no known issue. Owns: arena. */
bool known_load(Arena *arena, const char *path, KnownIssues *known, Error *err) MUST_USE;
/** The issue that covers a bar, expired or not; NULL. */
const KnownIssue *known_find(const KnownIssues *known, const Bar *bar);

#endif
