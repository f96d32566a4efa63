/* compare_bench.c - false alarms and power of the comparison by simulation, printed.
 *
 * The promises stand in docs/ci.md; the unit tests run fewer rounds of the same.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>

#include "base/attr.h"
#include "base/stats_power.h"
#include "snapshots.h"

/* A question, how often it may be (or must be) answered with "worse". */
typedef struct Promise {
    const char *text;
    Simulation simulation;
    double most, least;
} Promise;

int main(void)
{
    static const double slower = 0.22314355131420976; /* ln 1.25 */
    const Promise promises[] = {
        {"A/A, interleaved, noise 10 %", {2000, 11, 0.10, 0, 0, 0, 1}, 0.02, 0},
        {"A/A, interleaved, noise 20 %", {2000, 11, 0.20, 0, 0, 0, 2}, 0.02, 0},
        {"A/A, saved baseline, sessions 5 %, 8 known",
         {2000, 11, 0.10, 0.05, 0, 8, 3},
         0.05,
         0},
        {"A/A, saved baseline, sessions 5 %, 2 known",
         {2000, 11, 0.10, 0.05, 0, 2, 4},
         0.05,
         0},
        {"+25 %, interleaved, noise 10 %", {2000, 11, 0.10, 0, slower, 0, 5}, 1, 0.90},
        {"+25 %, interleaved, noise 5 %", {2000, 11, 0.05, 0, slower, 0, 6}, 1, 0.90},
    };
    int broken = 0;
    puts("comparison of four kinds of page, 11 visits a side, share called worse:");
    for (size_t i = 0; i < COUNT_OF(promises); i++) {
        Simulated sum = simulate(&promises[i].simulation);
        bool is_power = promises[i].least > 0;
        /* Power: the slowed page must be named, and no other. */
        double share = (double)(is_power ? sum.named : sum.worse) / sum.runs;
        bool is_kept = share <= promises[i].most && share >= promises[i].least;
        broken += !is_kept;
        printf("  %-46s %5.2f %%  (%s %.0f %%) %s\n", promises[i].text, 100 * share,
               is_power ? "at least" : "at most",
               100 * (is_power ? promises[i].least : promises[i].most),
               is_kept ? "kept" : "BROKEN");
    }
    return broken > 0;
}
