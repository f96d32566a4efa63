/* inventory.h - what there is (`list`), one rule in words (`explain`), and whether a file
 * is valid (`check`).
 *
 * Layer: audit. Called by cli. SPDX-License-Identifier: MIT */
#ifndef AUDIT_INVENTORY_H
#define AUDIT_INVENTORY_H

#include "audit/plan.h"
#include "base/buf.h"

/** List rules, scenarios, personas, steps, metrics, formats or languages, as text or JSON,
 * in plan's language. Errors: ERROR_INPUT (unknown word, invalid data). */
bool inventory_list(const AuditPlan *plan, const char *what, bool is_json, Buf *out,
                    Error *err) MUST_USE;
/** The grid as an HTML page with its questionnaire (report/grid_page.h), in plan's
 * language. */
bool inventory_grid_page(const AuditPlan *plan, Buf *out, Error *err) MUST_USE;
/** One rule in words. Errors: ERROR_INPUT with a did-you-mean. */
bool inventory_explain(const AuditPlan *plan, const char *id, Buf *out,
                       Error *err) MUST_USE;

/** How a file is checked. */
typedef struct InventoryCheck {
    bool is_strict; /**< scenarios: just what Chrome's Recorder accepts */
    void (*warn)(void *context, const Error *warning);
    void *context;
} InventoryCheck;

/** Validate a scenario, persona, rule, words or grid file (told apart by content), or all
 * .json files of a folder. kind receives what it was. Errors: ERROR_INPUT with
 * file:line:column. */
bool inventory_check(const AuditPlan *plan, const char *path, const InventoryCheck *check,
                     const char **kind, Error *err) MUST_USE;

/** The same for one file as a JSON object: ok, errors [line, column, path, what, hint]
 * and, for a scenario that is valid, normalized. is_valid receives the answer. Errors:
 * ERROR_LIMIT. */
bool inventory_check_json(const AuditPlan *plan, const char *path, bool is_strict, Buf *out,
                          bool *is_valid, Error *err) MUST_USE;

#endif
