/* html_scan.h - a first look at the markup, before the tree builder: takes the sting out of
 * input that would make it quadratic, and notes where forms end.
 *
 * Not a parser: it knows tags, quotes, comments and raw text, no tree. Layer: dom. Called
 * by html.c. SPDX-License-Identifier: MIT */
#ifndef DOM_HTML_SCAN_H
#define DOM_HTML_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

enum {
    HTML_ATTRIBUTES_MOST = 512, /**< attributes kept on one tag */
    HTML_OPEN_MOST = 1024,      /**< open elements; the tree itself keeps 512 levels */
};

/** What the scan found. */
typedef struct HtmlScan {
    size_t *form_ends; /**< offsets of </form> tags, ascending */
    size_t form_end_count, form_end_capacity;
    bool is_cut; /**< tags or attributes beyond the bounds were blanked out */
} HtmlScan;

/** Look through html (UTF-8).
 *
 * Start tags that would be nested deeper than HTML_OPEN_MOST, and their end tags, become
 * empty comments of the same length; attributes beyond HTML_ATTRIBUTES_MOST become blanks:
 * offsets and lines stay. Linear in time for any input.
 * Returns html itself when nothing had to change, else a changed copy. Owns: arena. */
Str html_scan(Arena *arena, Str html, HtmlScan *scan);

#endif
