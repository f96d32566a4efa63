/* inventory_check.c - is a file of the user's valid? Layer: audit. SPDX-License-Identifier:
 * MIT */
#include <string.h>

#include "audit/inventory.h"
#include "audit/known.h"
#include "base/json.h"
#include "base/out.h"
#include "model/answers.h"
#include "model/calibration.h"
#include "model/panel.h"
#include "rule/example.h"
#include "rule/pack.h"
#include "scenario/load.h"
#include "scenario/normal.h"
#include "score/budget.h"

enum { FILE_LIMIT = 32 << 20, FOLDER_DEPTH = 8 };

/* What a file is, by the key that only its kind has. */
static const char *kind_of(const Json *root)
{
    static const struct {
        const char *key;
        const char *kind;
    } kinds[] = {
        {"check", "rule"},          {"steps", "scenario"},   {"shares", "grid"},
        {"intents", "words"},       {"platforms", "words"},  {"user_agent", "persona"},
        {"device", "persona"},      {"patience", "persona"}, {"budget", "budget"},
        {"issues", "known issues"}, {"shops", "panel"},      {"fits", "calibration"},
        {"answers", "answers"}};

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (json_get(root, kinds[i].key))
            return kinds[i].kind;
    /* Lighthouse's budget.json is an array. */
    const Json *first = json_type(root) == JSON_ARRAY ? json_first(root) : NULL;
    bool is_budget = json_get(first, "resourceSizes") || json_get(first, "timings") ||
                     json_get(first, "resourceCounts");
    return is_budget ? "budget" : NULL;
}

/* One run over files and folders. */
typedef struct Checker {
    const AuditPlan *plan;
    const InventoryCheck *check;
    Words *words;   /* of the project's data; NULL: not needed yet */
    bool is_folder; /* rules of a folder are a grid: each must be complete */
} Checker;

static bool words_of(Checker *checker, Error *err)
{
    const AuditPlan *plan = checker->plan;
    Catalogue catalogue;
    if (checker->words)
        return true;
    if (!catalogue_load(plan->arena, plan->data_folders, &catalogue, err))
        return false;
    checker->words = catalogue.words;
    return true;
}

/* A rule alone may be a sketch: without examples it is valid, with a warning. */
static bool rule_check(Checker *checker, const char *path, Error *err)
{
    Error warning = {0};
    Rule rule;
    if (!words_of(checker, err) ||
        !rule_load(checker->plan->arena, path, checker->words, &rule, err))
        return false;
    if (checker->is_folder || examples_folder(checker->plan->arena, &rule))
        return rule_is_complete(&rule, checker->words, err);
    if (!rule_is_complete(&rule, checker->words, &warning) && checker->check->warn)
        checker->check->warn(checker->check->context, &warning);
    return true;
}

/* A grid or words file is checked in its folder, where it is used. */
static bool folder_of_file_check(const AuditPlan *plan, const char *path, bool is_grid,
                                 Error *err)
{
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash ? arena_str_text(plan->arena, str_from(path, (size_t)(slash - path))) : ".";
    const char *folders[] = {folder, NULL};
    Words *words = NULL;
    Catalogue catalogue;
    Grid *grid = NULL;
    if (!is_grid)
        return words_load(plan->arena, folders, &words, err);
    return catalogue_load(plan->arena, plan->data_folders, &catalogue, err) &&
           grid_load(plan->arena, folders, catalogue.words, &grid, err);
}

/* Files that need no catalogue. Returns false, and no error, when it is none of them. */
static bool plain_file_check(const AuditPlan *plan, const char *path, const char *kind,
                             bool *is_valid, Error *err)
{
    Budget budget;
    Calibration calibration;
    PersonAnswers answers;
    KnownIssues known;
    Panel panel;
    if (strcmp(kind, "panel") == 0)
        *is_valid = panel_load(plan->arena, path, &panel, err);
    else if (strcmp(kind, "budget") == 0)
        *is_valid = budget_load(plan->arena, path, &budget, err);
    else if (strcmp(kind, "known issues") == 0)
        *is_valid = known_load(plan->arena, path, &known, err);
    else if (strcmp(kind, "answers") == 0)
        *is_valid = answers_load(plan->arena, path, &answers, err);
    else if (strcmp(kind, "calibration") == 0)
        *is_valid = calibration_load(plan->arena, path, &calibration, err);
    else
        return false;
    return true;
}

static bool file_check(Checker *checker, const char *path, const char **kind, Error *err)
{
    const AuditPlan *plan = checker->plan;
    const InventoryCheck *check = checker->check;
    JsonFile file;
    Scenario scenario;
    Persona persona;
    bool is_valid = false;
    if (check->is_strict) {
        *kind = "scenario";
        return scenario_load(plan->arena, path, true, check->warn, check->context,
                             &scenario, err);
    }
    if (str_ends_with(str_of(path), STR(".csv"))) {
        *kind = "answers";
        (void)plain_file_check(plan, path, *kind, &is_valid, err);
        return is_valid;
    }
    if (!json_load(plan->arena, path, FILE_LIMIT, &file, err))
        return false;
    *kind = kind_of(file.root);
    if (!*kind) {
        json_error(&file, file.root, err,
                   "neither scenario, persona, rule, grid, words, panel, budget, known "
                   "issues, calibration nor answers");
        return error_hint(err, "a scenario has 'steps', a rule 'check', words 'intents'");
    }
    if (plain_file_check(plan, path, *kind, &is_valid, err))
        return is_valid;
    if (strcmp(*kind, "rule") == 0)
        return rule_check(checker, path, err);
    if (strcmp(*kind, "persona") == 0)
        return persona_load(plan->arena, path, &persona, err);
    if (strcmp(*kind, "scenario") == 0)
        return scenario_load(plan->arena, path, false, check->warn, check->context,
                             &scenario, err);
    return folder_of_file_check(plan, path, strcmp(*kind, "grid") == 0, err);
}

/* Folders of examples hold pages, not files to check. */
static bool is_examples(const char *name)
{
    return strcmp(name, "examples") == 0;
}

static bool folder_check(Checker *checker, const char *path, int depth, Error *err)
{
    Arena *arena = checker->plan->arena;
    const char **names = NULL;
    size_t count = 0;
    if (depth > FOLDER_DEPTH)
        return error_set(err, ERROR_LIMIT, path, "folders are nested too deep");
    if (!folder_list(arena, path, "", &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *inner = path_join(arena, path, names[i]);
        const char *kind = NULL;
        bool is_json = str_ends_with(str_of(names[i]), STR(".json"));
        if (path_is_folder(inner)
                ? !is_examples(names[i]) && !folder_check(checker, inner, depth + 1, err)
                : is_json && !file_check(checker, inner, &kind, err))
            return false;
    }
    return true;
}

bool inventory_check(const AuditPlan *plan, const char *path, const InventoryCheck *check,
                     const char **kind, Error *err)
{
    Checker checker = {.plan = plan, .check = check, .is_folder = path_is_folder(path)};
    if (!checker.is_folder)
        return file_check(&checker, path, kind, err);
    *kind = "folder";
    return folder_check(&checker, path, 0, err);
}

/* "file:12:5" as its three parts; numbers are 0 when there are none. */
static void fault_write(JsonWriter *json, const Error *fault)
{
    Str rest = str_of(fault->where);
    long long numbers[2] = {0, 0};
    for (int i = 1; i >= 0; i--) {
        size_t colon = rest.length;
        while (colon > 0 && rest.data[colon - 1] != ':')
            colon--;
        if (!colon || !str_to_int(str_slice(rest, colon, SIZE_MAX), &numbers[i]))
            break;
        rest = str_slice(rest, 0, colon - 1);
    }
    json_write_object(json);
    json_put_integer(json, "line", numbers[0]);
    json_put_integer(json, "column", numbers[1]);
    json_put_str(json, "path", rest);
    json_put_text(json, "what", fault->what);
    json_put_text(json, "hint", fault->hint);
    json_write_end(json);
}

bool inventory_check_json(const AuditPlan *plan, const char *path, bool is_strict, Buf *out,
                          bool *is_valid, Error *err)
{
    Scenario scenario = {0};
    Error fault = {0};
    JsonWriter json;
    InventoryCheck check = {.is_strict = is_strict};
    const char *kind = NULL;
    *is_valid = inventory_check(plan, path, &check, &kind, &fault);
    if (fault.code == ERROR_FAILED)
        return error_pass(err, &fault);
    bool is_scenario =
        *is_valid && kind && strcmp(kind, "scenario") == 0 &&
        scenario_load(plan->arena, path, is_strict, NULL, NULL, &scenario, &fault);
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_put_bool(&json, "ok", *is_valid);
    json_write_key(&json, "errors");
    json_write_array(&json);
    if (!*is_valid)
        fault_write(&json, &fault);
    json_write_end(&json);
    json_write_key(&json, "normalized");
    if (is_scenario)
        scenario_normal_write(&scenario, &json);
    else
        json_write_null(&json);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the result of the check", err);
}
