/* hars.c - where an audit's visits are kept. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/hars.h"

#include <string.h>

#include "base/out.h"
#include "model/har.h"

enum { HAR_LIMIT = 512 << 20 };

bool hars_wanted(const AuditPlan *plan)
{
    for (size_t i = 0; i < plan->formats.count; i++)
        if (strcmp(plan->formats.items[i], "har") == 0)
            return true;
    return false;
}

void hars_relate(Audit *audit, const char *folder)
{
    for (size_t v = 0; v < audit->visit_count; v++)
        audit->visit_files[v] = path_relative(audit->arena, folder, audit->visit_files[v]);
}

static bool is_taken(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* "x.har", and "x-2.har" for another of that name: by the files' own names and order, never
 * by where they lie. */
static const char *har_name(Arena *arena, const char *const *names, size_t count,
                            const char *path)
{
    Str stem = str_of(strcmp(path, "-") == 0 ? "visit" : path_name(path));
    if (str_ends_with(stem, STR(".har")))
        stem = str_slice(stem, 0, stem.length - 4);
    const char *name = arena_printf(arena, "visits/%.*s.har", STR_ARGS(stem));
    for (int i = 2; is_taken(names, count, name); i++)
        name = arena_printf(arena, "visits/%.*s-%d.har", STR_ARGS(stem), i);
    return name;
}

static bool visits_begin(Arena *arena, const char *folder, Error *err)
{
    return folder_make(path_join(arena, folder, "visits"), err);
}

bool hars_write(const AuditPlan *plan, Audit *audit, const char *folder, Error *err)
{
    const char **names = ARENA_ARRAY(audit->arena, audit->visit_count, const char *);
    if (!visits_begin(audit->arena, folder, err))
        return false;
    for (size_t v = 0; v < audit->visit_count; v++) {
        AUTO(buf_release) Buf out = {0};
        buf_init(&out, HAR_LIMIT);
        names[v] = har_name(audit->arena, names, v, audit->visit_files[v]);
        if (!har_write(audit->visits[v], plan->keep_credentials, &out, err) ||
            !file_write(path_join(audit->arena, folder, names[v]), buf_str(&out), err))
            return false;
    }
    audit->visit_files = names;
    return true;
}

static bool har_copy(const char *source, const char *target, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str bytes;
    return file_read(arena, source, HAR_LIMIT, &bytes, err) &&
           file_write(target, bytes, err);
}

bool hars_copy(const AuditPlan *plan, Audit *audit, const char *from, const char *to,
               Error *err)
{
    const char **names = ARENA_ARRAY(plan->arena, audit->visit_count, const char *);
    if (!visits_begin(plan->arena, to, err))
        return false;
    for (size_t v = 0; v < audit->visit_count; v++) {
        const char *source = path_join(plan->arena, from, audit->visit_files[v]);
        names[v] = har_name(plan->arena, names, v, audit->visit_files[v]);
        const char *target = path_join(plan->arena, to, names[v]);
        /* Rendered into its own folder: the visit is there already. */
        bool is_there = strcmp(path_relative(plan->arena, to, source), names[v]) == 0 &&
                        path_is_file(target);
        if (!is_there && !har_copy(source, target, err))
            return false;
    }
    audit->visit_files = names;
    return true;
}
