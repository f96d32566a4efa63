/* plan.c - defaults of a plan, and the data that all audits share. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/plan.h"

#include <math.h>
#include <string.h>

#include "base/out.h"
#include "rule/pack.h"
#include "rule/person.h"

void text_list_add(Arena *arena, TextList *list, const char *text)
{
    ARENA_PUSH(arena, list->items, list->count, list->capacity, text);
    /* Keep a NULL behind the last one. */
    ARENA_PUSH(arena, list->items, list->count, list->capacity, NULL);
    list->count--;
}

void plan_init(AuditPlan *plan, Arena *arena, Clock *clock)
{
    *plan = (AuditPlan){.arena = arena, .clock = clock, .engine = "auto", .visits = 3};
    plan->crawl = 25;
    plan->foreign = -1;
    plan->safety = SAFETY_TOUCH;
    plan->language = "en";
    plan->min_score = NAN;
    plan->jobs = 1;
    plan->is_human_pace = true;
    plan->use_platform_hints = true;
}

static const char **folders_of(Arena *arena, const char *const *data_folders,
                               const char *name)
{
    TextList list = {0};
    for (; *data_folders; data_folders++) {
        const char *folder = path_join(arena, *data_folders, name);
        if (path_is_folder(folder))
            text_list_add(arena, &list, folder);
    }
    return list.items ? list.items : ARENA_ARRAY(arena, 1, const char *);
}

/* Beside installed data, or where make puts it in the source tree. The user's wins. */
static const char *browser_files_of(Arena *arena, const char *const *data_folders)
{
    static const char *const places[] = {"browser", "build/browser"};
    const char *found = NULL;
    for (; *data_folders; data_folders++)
        for (size_t i = 0; i < COUNT_OF(places); i++) {
            const char *folder = path_join(arena, *data_folders, places[i]);
            if (path_is_folder(path_join(arena, folder, "web-vitals")))
                found = folder;
        }
    return found;
}

void plan_tell(const AuditPlan *plan, const char *site, size_t visit, size_t visits,
               const AuditEvent *event)
{
    AuditEvent told = *event;
    told.visit = visit;
    told.visits = visits;
    if (told.name)
        told.name = arena_printf(plan->arena, "%s %s", site, told.name);
    if (plan->progress)
        plan->progress(plan->progress_context, &told);
}

void catalogue_folders(Arena *arena, const char *const *data_folders, Catalogue *catalogue)
{
    catalogue->scenario_folders = folders_of(arena, data_folders, "scenarios");
    catalogue->persona_folders = folders_of(arena, data_folders, "scenarios/personas");
    catalogue->rule_folders = folders_of(arena, data_folders, "rules");
    catalogue->report_folders = folders_of(arena, data_folders, "reports");
    catalogue->browser_files = browser_files_of(arena, data_folders);
}

bool catalogue_load(Arena *arena, const char *const *data_folders, Catalogue *catalogue,
                    Error *err)
{
    catalogue_folders(arena, data_folders, catalogue);
    if (!catalogue->scenario_folders[0] || !catalogue->rule_folders[0]) {
        error_set(err, ERROR_FAILED, NULL, "the program's data are not found");
        return error_hint(err,
                          "set MYSTERY_DATA to the folder with scenarios, rules, reports");
    }
    const char **words = folders_of(arena, data_folders, "scenarios/words");
    return words_load(arena, words, &catalogue->words, err) &&
           grid_load(arena, catalogue->rule_folders, catalogue->words, &catalogue->grid,
                     err);
}

/* A name that is no rule's would judge nothing, after all the visits. */
static bool only_check(const AuditPlan *plan, const Grid *grid, Error *err)
{
    const char **ids = ARENA_ARRAY(plan->arena, grid->rule_count, const char *);
    for (size_t r = 0; r < grid->rule_count; r++)
        ids[r] = grid->rules[r]->id;
    for (size_t i = 0; i < plan->only.count; i++) {
        const char *name = plan->only.items[i];
        Dimension dimension;
        /* "none" alone is a walk that judges nothing (crawl.c). */
        if (dimension_of(name, &dimension) || grid_rule(grid, name) ||
            (plan->only.count == 1 && strcmp(name, "none") == 0))
            continue;
        error_set(err, ERROR_INPUT, "--rules", "there is no rule or dimension '%s'", name);
        const char *near = error_did_you_mean(name, ids, (int)grid->rule_count);
        if (near)
            return error_hint(err, "did you mean '%s'?", near);
        return error_hint(err, "'mystery list rules' names them");
    }
    return true;
}

/* Our questions for people, where they are wanted and the grid has none of its own. */
static bool questions_add(const AuditPlan *plan, Catalogue *catalogue, Error *err)
{
    const char *folder = NULL;
    if ((!plan->answers && !plan->asks_people) || person_is_asked(catalogue->grid))
        return true;
    for (const char **rules = catalogue->rule_folders; *rules; rules++) {
        const char *inner = path_join(plan->arena, *rules, "questions");
        folder = path_is_folder(inner) ? inner : folder;
    }
    return !folder ||
           grid_merge(plan->arena, folder, catalogue->words, catalogue->grid, err);
}

bool catalogue_open(const AuditPlan *plan, Catalogue *catalogue, Error *err)
{
    return catalogue_load(plan->arena, plan->data_folders, catalogue, err) &&
           (!plan->grid ||
            grid_merge(plan->arena, plan->grid, catalogue->words, catalogue->grid, err)) &&
           questions_add(plan, catalogue, err) && only_check(plan, catalogue->grid, err);
}
