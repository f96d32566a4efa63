/* har_mask.h - what a HAR must not carry: cookie values, authorization, passwords.
 *
 * Private to model/. Layer: model. Called by har_write.c. SPDX-License-Identifier: MIT */
#ifndef MODEL_HAR_MASK_H
#define MODEL_HAR_MASK_H

#include "base/arena.h"
#include "base/str.h"

/** A header's value fit for a file: names and attributes of cookies stay (rules need them),
 * their values and every credential become "***". Owns: arena. */
const char *har_mask_header(Arena *arena, const char *name, const char *value);
/** A form body fit for a file: values of fields named like a password, token or card number
 * become "***". type: its media type; other types than urlencoded are given back whole. */
Str har_mask_body(Arena *arena, const char *type, Str body);

#endif
