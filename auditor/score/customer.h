/* customer.h - the marks that owners know, modelled: satisfaction, recommendation, effort,
 * completion (scoring.md 3.6). Each carries its inputs; none is a survey's result.
 *
 * Private to score/. Layer: score. SPDX-License-Identifier: MIT */
#ifndef SCORE_CUSTOMER_H
#define SCORE_CUSTOMER_H

#include "model/audit.h"

/** Fill audit->customer from its marks, findings and visits. */
void customer_fill(Audit *audit);
/** NPS-like figure of a SUS-like index: LTR = 0.52 + 0.09 U (Sauro 2010), answers normal
 * around it with the given spread. Returns -100 to 100. */
double customer_recommendation(double index, double spread);
/** CES-like mark 1-7 of a burden B (1 is the usual checkout, 5.3). */
double customer_effort_mark(double burden);
/** Share of people whose patience outlasts a wait of t seconds, given that it outlasts 1 s;
 * patience log-normal with that median (seconds) and sigma. 1 for waits up to 1 s. */
double customer_patience(double wait_s, double median_s, double sigma);
/** Stars and face of the satisfaction that stands there. */
void customer_face(Customer *customer);
/** index-th rule that the losses of the completion are read from; NULL behind the last. For
 * the test that each is in the grid. */
const char *customer_loss_rule(size_t index);

#endif
