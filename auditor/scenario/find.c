/* find.c - looks for data files; a later folder wins, so that a user's file replaces ours.
 *
 * Layer: scenario. SPDX-License-Identifier: MIT */
#include "scenario/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/out.h"
#include "base/str.h"

static const char SUFFIX[] = ".json";

static const char *folder_inside(Arena *arena, const char *folder, const char *sub)
{
    const char *inside = sub ? path_join(arena, folder, sub) : folder;
    return path_is_folder(inside) ? inside : folder;
}

static int name_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool data_ids(Arena *arena, const char *const *folders, const char *sub, const char ***ids,
              Error *err)
{
    const char **names = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (; folders && *folders; folders++) {
        const char **found = NULL;
        size_t found_count = 0;
        const char *folder = folder_inside(arena, *folders, sub);
        if (!path_is_folder(folder))
            continue;
        if (!folder_list(arena, folder, SUFFIX, &found, &found_count, err))
            return false;
        for (size_t i = 0; i < found_count; i++) {
            Str name = str_slice(str_of(found[i]), 0, strlen(found[i]) - strlen(SUFFIX));
            ARENA_PUSH(arena, names, count, capacity, arena_str_text(arena, name));
        }
    }
    if (count > 0)
        qsort(names, count, sizeof *names, name_compare);
    const char **list = ARENA_ARRAY(arena, count + 1, const char *);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || strcmp(list[kept - 1], names[i]) != 0)
            list[kept++] = names[i];
    }
    *ids = list;
    return true;
}

const char *data_find(Arena *arena, const char *const *folders, const char *sub,
                      const char *name, Error *err)
{
    const char *path = NULL;
    if (strchr(name, '/') || str_ends_with(str_of(name), STR(".json")))
        return arena_text(arena, name);
    const char *file = arena_printf(arena, "%s%s", name, SUFFIX);
    for (const char *const *folder = folders; folder && *folder; folder++) {
        const char *candidate = path_join(arena, folder_inside(arena, *folder, sub), file);
        if (path_is_file(candidate))
            path = candidate;
    }
    if (path)
        return path;
    const char **ids = NULL;
    if (!data_ids(arena, folders, sub, &ids, err))
        return NULL;
    int count = 0;
    while (ids[count])
        count++;
    (void)error_set(err, ERROR_INPUT, NULL, "there is no %s '%s'",
                    sub ? "persona" : "scenario", name);
    const char *near = error_did_you_mean(name, ids, count);
    if (near)
        (void)error_hint(err, "did you mean '%s'?", near);
    else
        (void)error_hint(err, "mystery list names them; a file needs '/' or '.json'");
    return NULL;
}
