/* sample.h - a small grid and audit for the tests of score/. SPDX-License-Identifier: MIT
 */
#ifndef TESTS_SCORE_SAMPLE_H
#define TESTS_SCORE_SAMPLE_H

#include "model/audit.h"

/** An audit with an empty grid of equal shares 1, weights 1 3 9 and confidences 0.4 0.7 1.
 */
Audit *sample_audit(Arena *arena);
/** Add a rule with a finding; score NAN gives cannot-tell, below 1 gives fail. */
Finding *sample_finding(Audit *audit, const char *id, Dimension dimension, Impact impact,
                        double score);
/** Add a visit of journey 0 (made when missing). */
Visit *sample_visit_add(Audit *audit);
/** Add a result of a visit's whole (page -1). */
void sample_result(Audit *audit, Finding *finding, int visit, double score);

#endif
