/* benchmark.h - a league of shops told: page, JSON, CSV, terminal.
 *
 * Layer: report. Called by audit/benchmark.c. SPDX-License-Identifier: MIT */
#ifndef REPORT_BENCHMARK_H
#define REPORT_BENCHMARK_H

#include "model/benchmark.h"
#include "report/report.h"

typedef struct BenchmarkFormat {
    const char *name; /**< html json csv */
    const char *file; /**< "benchmark.html" */
    bool (*write)(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                  Error *err);
} BenchmarkFormat;

/** Format of a name, or NULL. */
const BenchmarkFormat *benchmark_format(const char *name);
/** The league table for a terminal. */
bool benchmark_text(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                    Error *err) MUST_USE;

#endif
