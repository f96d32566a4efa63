/* selftest.h - the tool compared with itself: one shop visited as A and as B in turns,
 * split at random again and again. What is called a change there is a false alarm.
 *
 * Layer: audit. Called by cli selftest. SPDX-License-Identifier: MIT */
#ifndef AUDIT_SELFTEST_H
#define AUDIT_SELFTEST_H

#include "audit/plan.h"
#include "base/buf.h"

enum { SELFTEST_VISITS = 11, SELFTEST_SPLITS = 200, SELFTEST_PAGES = 24 };

/** One kind of page. */
typedef struct SelftestPage {
    const char *page, *metric;
    double median;     /**< in the metric's unit */
    double noise;      /**< of the logarithm */
    double detectable; /**< smallest slow-down found 80 times in 100, as a share; NAN */
    double limit;      /**< what is called a change at all, as a share */
    int significant;   /**< splits with p under 0.05 */
    int worse;         /**< splits called worse, before the other pages are thought of */
} SelftestPage;

typedef struct SelftestResult {
    SelftestPage pages[SELFTEST_PAGES];
    size_t count;
    int splits;
    int alarms;  /**< splits with any page called worse: what a gate would have failed */
    double rate; /**< of significant ones, over pages and splits */
    int64_t calibration_us;
    size_t visits; /**< on each side */
    AuditStatus status;
    const char *reason;
} SelftestResult;

/** Visit site (NULL: the demo shop, served for it) plan->visits times as A and as B, then
 * split SELFTEST_SPLITS times. failed when the rate of significant splits is above 8 %, or
 * a gate would have failed more than 5 times in 100; inconclusive under four visits. */
bool selftest_run(const AuditPlan *plan, const char *site, SelftestResult *result,
                  Error *err) MUST_USE;
bool selftest_tell(const AuditPlan *plan, const SelftestResult *result, bool is_json,
                   Buf *out, Error *err) MUST_USE;

#endif
