/* har_layout.h - layout facts and observations inside a page's _mystery member.
 *
 * Layer: model. Used by har_write.c and har_read.c. SPDX-License-Identifier: MIT */
#ifndef MODEL_HAR_LAYOUT_H
#define MODEL_HAR_LAYOUT_H

#include "base/json.h"
#include "model/page.h"

/** Most elements of one page that are read back, and most observations. */
enum { HAR_LAYOUT_NODES_MAX = 200000, HAR_OBSERVATIONS_MAX = 20000 };

/** Put the members "layout" and "observations" (each only when there is something). */
void har_layout_put(JsonWriter *json, const Page *page);
/** Read them; what is malformed is left out. Owns: arena. */
void har_layout_read(Arena *arena, const Json *own, Page *page);

#endif
