/* panel.h - many shops to be audited alike: what `benchmark` compares and `submit` puts on
 * a queue.
 *
 * JSON {"panel", "title", "options", "seed", "shops"} (reports/schema/panel.schema.json),
 * or text with one shop a line:
 *
 *     # groups in brackets; an address or a saved audit, #tags, and after ' ;' a note
 *     [big ones]
 *     https://shop.example/ #books #fr ; the leader
 *     audits/2026-11-01/
 *
 * Layer: model. Called by audit/.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_PANEL_H
#define MODEL_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    const char *url;   /**< as a browser writes it, without fragment; "": a saved audit */
    const char *audit; /**< the audit.json of another day; NULL: to be visited */
    const char *name;  /**< for people; NULL when the file gives none */
    const char *group; /**< NULL none */
    const char **tags; /**< NULL-ended; NULL none */
    const char *note;  /**< NULL none */
    PanelOption *options; /**< the panel's, then its own */
    size_t option_count, option_capacity;
} PanelShop;

/** A panel. One address may stand in it several times (how alike are visits of one shop?).
 */
typedef struct Panel {
    const char *id;    /**< kebab-case; "" when the file names none */
    const char *title; /**< for people; id when the file gives none */
    int64_t seed;      /**< of the order in which shops are walked; -1: none given */
    size_t
        shared_count; /**< how many options of each shop are the panel's, its first ones */
    PanelShop *shops;
    size_t shop_count, shop_capacity;
} Panel;

/** Read a panel file ("-": standard input). Lists give an option several times; true is a
 * flag, false leaves it out. What exists beside the panel file under a shop's name is a
 * saved audit, else it is an address. Errors: ERROR_INPUT with file:line:column and a hint
 * (also for options no shop of a panel may have: panel_option_check). Owns: arena. */
bool panel_load(Arena *arena, const char *path, Panel *panel, Error *err) MUST_USE;
/** Is each shop to be visited, and no address there twice (it would be one shop counted
 * twice)? Errors: ERROR_INPUT with path. */
bool panel_check_distinct(Arena *arena, const char *path, const Panel *panel,
                          Error *err) MUST_USE;
/** May a panel give this option? Those that choose what is looked at and how: no secrets,
 * no files of the machine that visits, no outputs. Errors: ERROR_INPUT with a
 * did-you-mean. */
bool panel_option_check(const PanelOption *option, Error *err) MUST_USE;

#endif
