/* benchmark.h - a panel of shops walked in blocks, judged, put into a league, told.
 *
 * Layer: audit. Called by cli benchmark. SPDX-License-Identifier: MIT */
#ifndef AUDIT_BENCHMARK_H
#define AUDIT_BENCHMARK_H

#include "audit/plan.h"
#include "base/buf.h"
#include "model/benchmark.h"

enum { BENCHMARK_BLOCKS_USUAL = 11 };

typedef struct BenchmarkResult {
    const Benchmark *benchmark;
    const char *folder;
    AuditStatus
        status; /**< inconclusive: ended early, or fewer than two shops have marks */
    const char *reason; /**< NULL when passed */
} BenchmarkResult;

/** Walk every shop of the panel once in each block, in an order drawn anew for each block
 * (from the panel's seed), one visit at a time; visits that stand in the folder already are
 * not made again. Then judge each shop and compute the league. plan->visits: blocks, 0 the
 * panel's. A shop that fails is told and the others go on. Errors: ERROR_INPUT (panel,
 * scenarios), ERROR_FAILED. */
bool benchmark_run(const AuditPlan *plan, const char *panel_path, BenchmarkResult *result,
                   Error *err) MUST_USE;
/** The summary for a terminal. */
bool benchmark_summary(const AuditPlan *plan, const BenchmarkResult *result, Buf *out,
                       Error *err) MUST_USE;

#endif
