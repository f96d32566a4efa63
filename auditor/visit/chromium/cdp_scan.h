/* cdp_scan.h - the head of a protocol message, read without parsing what it carries.
 *
 * Layer: visit. Called by cdp.c; fuzzed (tests/fuzz/cdp_fuzz.c).
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_CDP_SCAN_H
#define VISIT_CHROMIUM_CDP_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/** Parts of one message; all Str point into it. */
typedef struct CdpHead {
    int64_t id;  /**< of an answer; -1: none */
    Str method;  /**< of an event, as written (no escapes occur in names); empty: none */
    Str session; /**< empty: the browser's */
    Str params;  /**< JSON text; empty: none */
    Str result;
    Str error;
} CdpHead;

/** Find the parts of a message at its top level, in one pass.
 *
 * Strings and brackets are followed, values are not checked: that is the parser's part.
 * Returns false when it is no object, or ends too early. Later duplicates win. */
bool cdp_scan(Str message, CdpHead *head);
/** The id of a message of which only the beginning is known; -1: none to be seen. */
int64_t cdp_scan_id(Str beginning);

#endif
