/* budget_inside.h - what reading and judging of budgets share; private to score/budget*.c.
 *
 * Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_BUDGET_INSIDE_H
#define SCORE_BUDGET_INSIDE_H

#include "base/json.h"
#include "score/budget.h"

/** Where the readers read. */
typedef struct BudgetIn {
    Arena *arena;
    const JsonFile *file;
    Budget *budget;
} BudgetIn;

void budget_row_add(BudgetIn *in, const BudgetRow *row);
/** Files of other tools. Errors: ERROR_INPUT. */
bool budget_read_lighthouse(BudgetIn *in, Error *err) MUST_USE;
bool budget_read_sitespeed(BudgetIn *in, const Json *budget, Error *err) MUST_USE;

#endif
