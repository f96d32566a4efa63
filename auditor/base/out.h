/* out.h - files: read with a limit, written aside and renamed, folders made.
 *
 * Knows no format. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/str.h"

/** For AUTO(file_close): closes *file if it is open. */
void file_close(FILE **file);
/** Read a whole file ("-": standard input) of at most limit bytes.
 * Errors: ERROR_INPUT (missing, forbidden, too large), ERROR_FAILED (the machine's own).
 * Owns: arena. */
bool file_read(Arena *arena, const char *path, size_t limit, Str *content,
               Error *err) MUST_USE;
/** Write aside (same folder), fsync, rename. mode 0644. "-" writes to standard output.
 * Errors: ERROR_FAILED; the old file, if any, is untouched then. */
bool file_write(const char *path, Str content, Error *err) MUST_USE;
/** Add to the end of a file, made when missing. Errors: ERROR_FAILED. */
bool file_append(const char *path, Str content, Error *err) MUST_USE;
/** Make a folder and its parents (0755). Errors: ERROR_FAILED. */
bool folder_make(const char *path, Error *err) MUST_USE;
/** Remove a folder with all that is in it, links not followed. What cannot be removed
 * stays. */
void folder_remove(const char *path);
/** Names (not paths) of the entries of a folder ending in suffix ("" for all), sorted by
 * bytes, without . and ... Errors: as file_read. Owns: arena. */
bool folder_list(Arena *arena, const char *path, const char *suffix, const char ***names,
                 size_t *count, Error *err) MUST_USE;
bool path_is_file(const char *path);
bool path_is_folder(const char *path);
/** Join two parts with one '/'. */
const char *path_join(Arena *arena, const char *folder, const char *name);
/** The same file as seen from inside folder ("../x.har"): no absolute path gets into what
 * is kept. Both must exist; else path as it is. Owns: arena. */
const char *path_relative(Arena *arena, const char *folder, const char *path);
/** The last part of a path. Points into path. */
const char *path_name(const char *path);
/** Point the link named link at target (relative allowed), atomically. */
bool link_replace(const char *link, const char *target, Error *err) MUST_USE;

#endif
