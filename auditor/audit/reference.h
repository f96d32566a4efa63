/* reference.h - what a visit without scripts tells of a shop that was visited in a browser.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_REFERENCE_H
#define AUDIT_REFERENCE_H

#include "model/audit.h"

/** Give what only a visit without scripts can know (fact cart.add_needs_browser) to the
 * browser's visits of the same scenario. */
void references_apply(Audit *audit, Visit *const *references, size_t count);

#endif
