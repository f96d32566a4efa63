/* gate.h - are the asked-for bars met? The status of an audit and its reason.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_GATE_H
#define AUDIT_GATE_H

#include "model/audit.h"

/** Fill status and bar_text: interface.md "Exit codes" and `status`. A bar that needs what
 * could not be seen is inconclusive, never missed. */
void gate_decide(Audit *audit);

#endif
