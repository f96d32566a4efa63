/* walls.c - see walls.h. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/walls.h"

#include <stdlib.h>
#include <string.h>

#include "base/confine.h"
#include "base/out.h"

static void path_add(Arena *arena, TextList *list, const char *path)
{
    if (path && *path)
        text_list_add(arena, list, path);
}

/* What libcurl opens on the way. */
static void net_add(const AuditPlan *plan, Arena *arena, TextList *list)
{
    path_add(arena, list, plan->net.ca_file);
    path_add(arena, list, plan->net.cookie);
    path_add(arena, list, getenv("SSL_CERT_FILE"));
    path_add(arena, list, getenv("SSL_CERT_DIR"));
}

void walls_visit(const AuditPlan *plan, Arena *arena, const char *folder)
{
    const char *const writable[] = {folder, NULL};
    TextList readable = {0};
    Walls walls;
    net_add(plan, arena, &readable);
    confine_self(writable, readable.items, &walls);
}

/* path without its last part. */
static const char *above(Arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    while (length > 0 && path[length - 1] != '/')
        length--;
    return length ? arena_str_text(arena, str_from(path, length)) : ".";
}

/* What is made later is made in the nearest folder that is there. */
static const char *nearest_folder(Arena *arena, const char *path)
{
    while (!path_is_folder(path) && strcmp(path, ".") != 0 && strcmp(path, "/") != 0)
        path = above(arena, path);
    return path;
}

static bool starts_programs(const AuditPlan *plan)
{
    for (size_t i = 0; i < plan->formats.count; i++)
        if (strcmp(plan->formats.items[i], "pdf") == 0)
            return true;
    return false;
}

/* The history: a file with its journal beside it, or a server that libpq signs in to. */
static void store_add(const AuditPlan *plan, TextList *writable, TextList *readable)
{
    const char *home = getenv("HOME");
    if (!plan->store || strcmp(plan->store, "none") == 0)
        return;
    if (!strstr(plan->store, "://")) {
        const char *folder = above(plan->arena, plan->store);
        Error ignored = {0};
        if (folder_make(folder, &ignored))
            path_add(plan->arena, writable, folder);
        return;
    }
    if (!home || !*home)
        return;
    path_add(plan->arena, readable, path_join(plan->arena, home, ".pgpass"));
    path_add(plan->arena, readable, path_join(plan->arena, home, ".postgresql"));
}

void walls_judge(const AuditPlan *plan, const char *folder, const char *const *inputs)
{
    Arena *arena = plan->arena;
    const char *temporary = getenv("TMPDIR");
    TextList writable = {0}, readable = {0};
    Walls walls;
    if (!plan->is_confined || starts_programs(plan))
        return;
    /* SQLite sorts what is large in a temporary file. */
    path_add(arena, &writable, temporary && *temporary ? temporary : "/tmp");
    if (strcmp(folder, "-") != 0)
        path_add(arena, &writable, nearest_folder(arena, folder));
    /* The link to the newest results stands beside their folder. */
    if (!plan->output)
        path_add(arena, &writable, nearest_folder(arena, above(arena, folder)));
    if (plan->step_summary)
        path_add(arena, &writable, above(arena, plan->step_summary));
    store_add(plan, &writable, &readable);
    net_add(plan, arena, &readable);
    const char *const asked[] = {plan->template_folder, plan->baseline, plan->budget,
                                 plan->known_issues,    plan->grid,     plan->calibration};
    for (size_t i = 0; i < COUNT_OF(asked); i++)
        path_add(arena, &readable, asked[i]);
    for (const char **data = plan->data_folders; data && *data; data++)
        path_add(arena, &readable, *data);
    for (; inputs && *inputs; inputs++)
        path_add(arena, &readable, *inputs);
    confine_self(writable.items, readable.items, &walls);
}
