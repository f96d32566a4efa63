/* measure.h - the visitor's watch: what a page's loading and reactions took, what went
 * wrong on it, what only a browser can find out by looking; into Page.metrics and
 * Page.observations (names: docs/rules.md, "Observation names").
 *
 * web-vitals and axe-core run as they are, from VisitorOptions.browser_files. Measuring
 * never ends a visit: what cannot be measured is absent. Layer: visit. Called by engine.c
 * and arrive.c. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_MEASURE_H
#define VISIT_CHROMIUM_MEASURE_H

#include "visit/chromium/chromium.h"

/** Begin: listen, read the files. Sets visitor->measure. Before any target is set up. */
void measure_open(ChromiumVisitor *visitor);
/** Is web-vitals there, are times measured? */
bool measure_has_vitals(const ChromiumVisitor *visitor);
/** What the setup of a page sends for it; behind world_setup. */
void measure_setup(ChromiumVisitor *visitor, const Target *target);
/** The page shown has come to rest and is this one, looked at just now: read its values,
 * look at it. For a soft page too. */
void measure_page(ChromiumVisitor *visitor, Page *page);
/** Another tab is shown: measure the document in it from now on. */
void measure_window(ChromiumVisitor *visitor);
/** The visit is over: write down what is known of each page, then visit the first page of
 * each kind once more for what takes time or moves things (diagnose.c). */
void measure_finish(ChromiumVisitor *visitor);
/** Does what new pages request belong to the visit? (Not while diagnosing.) */
bool measure_is_of_visit(const ChromiumVisitor *visitor);

#endif
