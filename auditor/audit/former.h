/* former.h - prices crossed out beside the price of a product, for the history.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_FORMER_H
#define AUDIT_FORMER_H

#include "model/snapshot.h"

/** Fill former of the snapshot's prices from the pages of the audit's visits: a higher
 * price in del, s or strike whose block also shows the present one. A page whose body was
 * not kept leaves it NAN. */
void former_prices_find(const Audit *audit, Snapshot *snapshot);

#endif
