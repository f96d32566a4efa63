/* complete.h - from visits to an audit that can be judged: kinds of pages that a foreign
 * file does not name, journeys, countries addressed.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_COMPLETE_H
#define AUDIT_COMPLETE_H

#include "audit/plan.h"
#include "audit/visits.h"

/** Recognise pages of a foreign HAR: kind, title, language, size. Ours say so themselves.
 */
void visit_complete(Visit *visit, const Words *words);
/** Group visits by scenario, persona and engine in order of appearance; titles from the
 * scenarios and personas that are found, else their ids. Errors: ERROR_FAILED (they are
 * there and cannot be read). */
bool journeys_make(const AuditPlan *plan, const Catalogue *catalogue, Audit *audit,
                   Error *err) MUST_USE;
/** Countries for legal rules: those asked for; without any, rule/ finds them in the pages.
 */
void countries_find(const AuditPlan *plan, Audit *audit);

#endif
