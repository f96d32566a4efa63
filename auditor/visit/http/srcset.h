/* srcset.h - which of an image's files a browser takes on the persona's screen.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_HTTP_SRCSET_H
#define VISIT_HTTP_SRCSET_H

#include "base/arena.h"
#include "dom/document.h"
#include "model/persona.h"

/** URL text (not resolved) that img loads: of the first source of its picture that fits,
 * else of srcset, else src; NULL: none. Owns: arena or the document. */
const char *image_source(Arena *arena, const Persona *persona, const Node *img);
/** Choice among the candidates of a srcset; fallback (may be NULL) is src, as 1x. */
const char *srcset_choose(Arena *arena, const Persona *persona, const char *srcset,
                          const char *sizes, const char *fallback);

#endif
