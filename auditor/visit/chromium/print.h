/* print.h - a page of ours on paper: HTML into a browser, PDF out of it.
 *
 * Layer: visit. Called by audit/ for --format pdf. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_PRINT_H
#define VISIT_CHROMIUM_PRINT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/str.h"

/** What to print, and with which browser. */
typedef struct PrintOptions {
    Str html;               /**< a page that needs no other file */
    bool wants_shell;       /**< chromium-headless-shell */
    bool is_sandbox_waived; /**< --unsafe-no-sandbox */
} PrintOptions;

/** Can this machine print? Errors: ERROR_FAILED with a hint: there is no browser. */
bool print_can(bool wants_shell, Error *err) MUST_USE;
/** Print a page as its own style sheet says: paper, margins, page numbers. The browser is
 * given the page itself, never a file or an address.
 *
 * Errors: those of browser_launch; ERROR_FAILED when it prints nothing. Owns: arena. */
bool print_pdf(Arena *arena, const PrintOptions *options, const Clock *clock, Str *pdf,
               Error *err) MUST_USE;

#endif
