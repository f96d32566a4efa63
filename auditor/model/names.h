/* names.h - tables of names for the enums of model/, and the search in them.
 *
 * Private to model/. Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_NAMES_H
#define MODEL_NAMES_H

#include <stddef.h>
#include <string.h>

/** Index of name in a table of count names, or count when it is none (NULL too). */
static inline size_t name_index(const char *const *names, size_t count, const char *name)
{
    size_t i = 0;
    while (i < count && (!name || strcmp(names[i], name) != 0))
        i++;
    return i;
}

#endif
