/* league_panel.h - a panel of shops read from a file: JSON, or text with one shop a line.
 *
 *     # text: groups in brackets, then URL or saved audit, #tags, and after ';' a note
 *     [big ones]
 *     https://shop.example/ #books #fr ; the leader
 *     audits/2026-11-01/
 *
 * Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_LEAGUE_PANEL_H
#define AUDIT_LEAGUE_PANEL_H

#include "audit/plan.h"
#include "model/benchmark.h"

/** A panel as written. What it does not say is 0 or empty. */
typedef struct LeaguePanel {
    const char *name;
    int blocks;
    TextList scenarios, personas;
    const char *engine;
    int64_t seed; /**< -1: by the names of the shops */
    LeagueEntry *shops;
    size_t count, capacity;
} LeaguePanel;

/** Read. Errors: ERROR_INPUT with file:line:column and a hint. Owns: arena. */
bool league_panel_read(Arena *arena, const char *path, LeaguePanel *panel,
                       Error *err) MUST_USE;

#endif
