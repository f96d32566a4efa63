/* history.h - the history shown, taken out, brought in, thinned and checked.
 *
 * Layer: audit. Called by cli history. SPDX-License-Identifier: MIT */
#ifndef AUDIT_HISTORY_H
#define AUDIT_HISTORY_H

#include "audit/plan.h"
#include "base/buf.h"

/** What is asked of the history. */
typedef struct HistoryAsk {
    const char *host;   /**< of a shop; NULL: all */
    const char *format; /**< text json html */
    size_t newest;      /**< so many a shop; 0: all */
    size_t keep_newest; /**< prune: so many a shop; 0: any number */
    int64_t keep_us;    /**< prune: so old; 0: any age */
} HistoryAsk;

/** Host of a shop as audits name it, from a host or an address. Owns: plan->arena. */
const char *history_host(const AuditPlan *plan, const char *site);
/** Show rows (text, json) or the page of trends (html). Errors: those of the store. */
bool history_show(const AuditPlan *plan, const HistoryAsk *ask, Buf *out,
                  Error *err) MUST_USE;
/** Every kept audit as a line of JSON, oldest first. count: how many. */
bool history_export(const AuditPlan *plan, const HistoryAsk *ask, const char *path,
                    size_t *count, Error *err) MUST_USE;
/** Take such lines in; an audit that is there already is replaced. Errors: ERROR_INPUT with
 * file:line:column; audits before the bad line are kept. */
bool history_import(const AuditPlan *plan, const char *path, size_t *count,
                    Error *err) MUST_USE;
/** Throw away what is beyond ask->keep_*. gone: how many. */
bool history_prune(const AuditPlan *plan, const HistoryAsk *ask, size_t *gone,
                   Error *err) MUST_USE;
/** Is the file sound, does every audit read back? count: how many do. */
bool history_check(const AuditPlan *plan, size_t *count, Error *err) MUST_USE;

#endif
