/* panel.h - many shops to be audited alike: what `benchmark` compares and `submit` puts on
 * a queue.
 *
 * JSON {"panel", "title", "options", "shops"} (reports/schema/panel.schema.json), or text
 * with one address a line. Layer: model. Called by audit/.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_PANEL_H
#define MODEL_PANEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"

/** One option of `mystery audit`, by its long name. value NULL: a flag. */
typedef struct PanelOption {
    const char *name;
    const char *value;
} PanelOption;

/** One shop. */
typedef struct PanelShop {
    const char *url;      /**< as a browser writes it, without fragment */
    const char *name;     /**< for people; the host when the file gives none */
    PanelOption *options; /**< the panel's, then its own */
    size_t option_count, option_capacity;
} PanelShop;

/** A panel. No two shops have one address. */
typedef struct Panel {
    const char *id;    /**< kebab-case; "" when the file names none */
    const char *title; /**< for people; id when the file gives none */
    PanelShop *shops;
    size_t shop_count, shop_capacity;
} Panel;

/** Read a panel file ("-": standard input). Lists give an option several times; true is a
 * flag, false leaves it out. Errors: ERROR_INPUT with file:line:column and a hint (also for
 * options no shop of a panel may have: panel_option_check). Owns: arena. */
bool panel_load(Arena *arena, const char *path, Panel *panel, Error *err) MUST_USE;
/** May a panel give this option? Those that choose what is looked at and how: no secrets,
 * no files of the machine that visits, no outputs. Errors: ERROR_INPUT with a
 * did-you-mean. */
bool panel_option_check(const PanelOption *option, Error *err) MUST_USE;

#endif
