/* normal.h - a flow as the Recorder's own parser would give it back: what survives in
 * DevTools (scenarios.md 6.1 rule 6).
 *
 * Layer: scenario. Called by cli check --strict. SPDX-License-Identifier: MIT */
#ifndef SCENARIO_NORMAL_H
#define SCENARIO_NORMAL_H

#include "base/json.h"
#include "model/scenario.h"

/** Write the flow of a loaded scenario (loaded strictly) in canonical key order: unknown
 * keys and optional fields of a wrong type are left out. */
void scenario_normal_write(const Scenario *scenario, JsonWriter *writer);

#endif
