/* benchmark_inside.h - what the tellers of a league share; private to report/benchmark*.c.
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_BENCHMARK_INSIDE_H
#define REPORT_BENCHMARK_INSIDE_H

#include "report/benchmark.h"
#include "report/locale.h"

typedef struct LeagueTelling {
    Arena *arena;
    const Locale *locale;
    const Benchmark *benchmark;
} LeagueTelling;

/** Word of "benchmark.<key>". */
const char *league_word(const LeagueTelling *t, const char *key);
/** "2 (1–3)"; "2" without an interval; "?" without a mark. */
const char *league_rank(const LeagueTelling *t, const LeagueShop *shop);
/** "71 (68–73)". */
const char *league_score(const LeagueTelling *t, const LeagueShop *shop);
/** How sure it is, in a sentence or two. */
const char *league_lede(const LeagueTelling *t);

bool benchmark_json(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                    Error *err);
bool benchmark_csv(const Benchmark *benchmark, const ReportOptions *options, Buf *out,
                   Error *err);

#endif
