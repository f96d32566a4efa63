/* har_foreign.h - what a HAR of somebody else's does not say, derived from what it says.
 *
 * Private to model/. Layer: model. Called by har_read.c. SPDX-License-Identifier: MIT */
#ifndef MODEL_HAR_FOREIGN_H
#define MODEL_HAR_FOREIGN_H

#include "model/visit.h"

/** Give a foreign visit its pages' facts: final document, URL, status and the metrics that
 * its entries allow. A page of the file that holds several navigations becomes several.
 * Without pages in the file, every HTML document that is not a redirect and not a frame's
 * becomes a page and takes the entries that follow it. */
void har_foreign_complete(Visit *visit);

#endif
