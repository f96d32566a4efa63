/* pack.c - the grid from files: strict reading of rules and of grid.json.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/out.h"
#include "rule/check.h"
#include "rule/pack_text.h"

enum { RULE_FILE_BYTES = 256 * 1024, RULES_MAX = 5000 };

static const char *const rule_keys[] = {
    "id",   "dimension", "impact",  "confidence", "effort", "pages", "engines", "countries",
    "tags", "questions", "same_as", "source",     "legal",  "text",  "check",   "$schema",
};
static const char *const grid_keys[] = {
    "id",         "version", "shares",  "impact", "confidence", "false_alarm",
    "dimensions", "off",     "$schema", "weigh",  "rules",
};

/** A word of a closed list, by a function of model/. */
typedef bool WordOf(const char *name, int *value);

/** Adapters of model's x_of functions, and the names to suggest. */
static bool dimension_word(const char *name, int *value)
{
    Dimension dimension = DIMENSION_COUNT;
    bool is_known = dimension_of(name, &dimension);
    *value = (int)dimension;
    return is_known;
}

static bool impact_word(const char *name, int *value)
{
    Impact impact = IMPACT_COUNT;
    bool is_known = impact_of(name, &impact);
    *value = (int)impact;
    return is_known;
}

static bool confidence_word(const char *name, int *value)
{
    Confidence confidence = CONFIDENCE_COUNT;
    bool is_known = confidence_of(name, &confidence);
    *value = (int)confidence;
    return is_known;
}

static bool effort_word(const char *name, int *value)
{
    RepairEffort effort = EFFORT_COUNT;
    bool is_known = effort_of(name, &effort);
    *value = (int)effort;
    return is_known;
}

static const char *const dimension_words[] = {
    "speed",         "ergonomics",  "attractiveness",
    "interactivity", "trust-legal", "accessibility",
    "seo",           "technical",   "eco"};
static const char *const impact_words[] = {"minor", "major", "blocker"};
static const char *const confidence_words[] = {"low", "medium", "high"};
static const char *const effort_words[] = {"wording", "template", "architecture"};
static const char *const question_words[] = {"unfinished-sales", "early-leavers",
                                             "unsold-product", "no-return"};
static const char *const engine_words[] = {"http", "chromium"};

/** Say that a word is not one of a list, with the nearest that is. Returns false. */
static bool word_unknown(const JsonFile *file, const Json *value, const char *key,
                         const char *const *words, int count, Error *err)
{
    const char *near = error_did_you_mean(json_text(value, ""), words, count);
    json_error(file, value, err, "'%s' is no %s", json_text(value, ""), key);
    return near ? error_hint(err, "did you mean '%s'?", near) : false;
}

typedef struct WordKey {
    const char *key;
    WordOf *of;
    const char *const *words;
    int count;
} WordKey;

static bool word_read(const JsonFile *file, const WordKey *word, int *value, Error *err)
{
    const char *name = NULL;
    if (!json_need_text(file, file->root, word->key, &name, err))
        return false;
    return word->of(name, value) || word_unknown(file, json_get(file->root, word->key),
                                                 word->key, word->words, word->count, err);
}

static bool words_read(Rule *rule, Error *err)
{
    int dimension = 0, impact = 0, confidence = 0, effort = 0;
    const WordKey keys[] = {
        {"dimension", dimension_word, dimension_words, (int)COUNT_OF(dimension_words)},
        {"impact", impact_word, impact_words, (int)COUNT_OF(impact_words)},
        {"confidence", confidence_word, confidence_words, (int)COUNT_OF(confidence_words)},
        {"effort", effort_word, effort_words, (int)COUNT_OF(effort_words)},
    };
    if (!word_read(&rule->file, &keys[0], &dimension, err) ||
        !word_read(&rule->file, &keys[1], &impact, err) ||
        !word_read(&rule->file, &keys[2], &confidence, err) ||
        !word_read(&rule->file, &keys[3], &effort, err))
        return false;
    rule->dimension = (Dimension)dimension;
    rule->impact = (Impact)impact;
    rule->confidence = (Confidence)confidence;
    rule->effort = (RepairEffort)effort;
    return true;
}

/** A list of words under key, NULL-ended, empty when missing; of words (NULL: any). */
static bool list_read(Arena *arena, const JsonFile *file, const char *key,
                      const char *const *words, const char ***list, Error *err)
{
    const Json *value = json_get(file->root, key), *item = json_first(value);
    int count = json_count(value), known = 0;
    while (words && words[known])
        known++;
    *list = ARENA_ARRAY(arena, (size_t)count + 1, const char *);
    if (value && json_type(value) != JSON_ARRAY)
        return json_error(file, value, err, "'%s' must be a list", key);
    for (int i = 0; i < count; i++, item = json_next(item)) {
        int k = 0;
        (*list)[i] = json_text(item, NULL);
        if (!(*list)[i])
            return json_error(file, item, err, "a text was expected");
        while (k < known && strcmp(words[k], (*list)[i]) != 0)
            k++;
        if (words && k == known)
            return word_unknown(file, item, key, words, known, err);
    }
    return true;
}

static bool lists_read(Arena *arena, Rule *rule, Error *err)
{
    const char *engines[3] = {engine_words[0], engine_words[1], NULL};
    const char *questions[5] = {question_words[0], question_words[1], question_words[2],
                                question_words[3], NULL};
    const JsonFile *file = &rule->file;
    if (!list_read(arena, file, "engines", engines, &rule->engines, err) ||
        !list_read(arena, file, "countries", NULL, &rule->countries, err) ||
        !list_read(arena, file, "tags", NULL, &rule->tags, err) ||
        !list_read(arena, file, "questions", questions, &rule->questions, err) ||
        !list_read(arena, file, "same_as", NULL, &rule->same_as, err))
        return false;
    if (!rule->engines[0]) {
        rule->engines = ARENA_ARRAY(arena, 3, const char *);
        rule->engines[0] = engine_words[0];
        rule->engines[1] = engine_words[1];
    }
    return true;
}

static bool pages_read(Rule *rule, Error *err)
{
    const Json *pages = json_get(rule->file.root, "pages"), *item = json_first(pages);
    const char *names[PAGE_KIND_COUNT + 1];
    for (int i = 0; i < PAGE_KIND_COUNT; i++)
        names[i] = page_kind_name((PageKind)i);
    names[PAGE_KIND_COUNT] = "all";
    if (json_type(pages) != JSON_ARRAY || json_count(pages) == 0)
        return json_error(&rule->file, pages ? pages : rule->file.root, err,
                          "'pages' must be a list of page kinds, or [\"all\"]");
    for (rule->pages = 0; item; item = json_next(item)) {
        const char *name = json_text(item, "");
        if (!strcmp(name, "all"))
            rule->pages = ~0U;
        else if (page_kind_of(name) != PAGE_UNKNOWN || !strcmp(name, "unknown"))
            rule->pages |= 1U << page_kind_of(name);
        else
            return word_unknown(&rule->file, item, "page kind", names, PAGE_KIND_COUNT + 1,
                                err);
    }
    return true;
}

/** The id must be the file's name and the dimension its folder's, so that both find it. */
static bool name_check(const Rule *rule, Error *err)
{
    const char *slash = strrchr(rule->path, '/');
    Str name = str_of(slash ? slash + 1 : rule->path), folder;
    if (str_ends_with(name, STR(".json")))
        name.length -= 5;
    if (!str_equal_text(name, rule->id))
        return json_error(&rule->file, json_get(rule->file.root, "id"), err,
                          "the id '%s' is not the name of its file", rule->id);
    if (!slash)
        return true;
    folder = str_from(rule->path, (size_t)(slash - rule->path));
    for (size_t i = folder.length; i > 0; i--)
        if (folder.data[i - 1] == '/') {
            folder = str_slice(folder, i, folder.length);
            break;
        }
    for (int i = 0; i < DIMENSION_COUNT; i++)
        if (str_equal_text(folder, dimension_words[i]) && i != (int)rule->dimension)
            return json_error(&rule->file, json_get(rule->file.root, "dimension"), err,
                              "the dimension '%s' is not that of its folder",
                              dimension_name(rule->dimension));
    return true;
}

static bool check_read(Arena *arena, const Words *words, Rule *rule, Error *err)
{
    CheckSource source = {.arena = arena, .file = &rule->file, .words = words};
    Check *check = NULL;
    rule->check = json_get(rule->file.root, "check");
    if (!rule->check)
        return json_error(&rule->file, rule->file.root, err, "needs 'check'");
    if (!check_compile(&source, rule->check, &check, err))
        return false;
    rule->check_kind = check->type->kind;
    rule->compiled = check;
    return true;
}

bool rule_load(Arena *arena, const char *path, const Words *words, Rule *rule, Error *err)
{
    JsonFile *file = &rule->file;
    memset(rule, 0, sizeof *rule);
    rule->path = arena_text(arena, path);
    if (!json_load(arena, rule->path, RULE_FILE_BYTES, file, err))
        return false;
    if (json_type(file->root) != JSON_OBJECT)
        return json_error(file, file->root, err, "a rule must be an object");
    if (!json_only_keys(file, file->root, rule_keys, (int)COUNT_OF(rule_keys), err) ||
        !json_need_text(file, file->root, "id", &rule->id, err) ||
        !json_need_text(file, file->root, "source", &rule->source, err))
        return false;
    rule->is_legal = json_bool(json_get(file->root, "legal"), false);
    return words_read(rule, err) && name_check(rule, err) && pages_read(rule, err) &&
           lists_read(arena, rule, err) && rule_texts_read(rule, err) &&
           check_read(arena, words, rule, err);
}

/** Numbers by name: {"speed": 20, ...} into values; those not named keep what they have. */
static bool numbers_read(const JsonFile *file, const char *key, const char *const *names,
                         int count, double *values, Error *err)
{
    const Json *object = json_get(file->root, key);
    if (!object)
        return true;
    if (json_type(object) != JSON_OBJECT)
        return json_error(file, object, err, "'%s' must be an object", key);
    if (!json_only_keys(file, object, names, count, err))
        return false;
    for (int i = 0; i < count; i++) {
        const Json *value = json_get(object, names[i]);
        values[i] = json_number(value, values[i]);
        if (value && (json_type(value) != JSON_NUMBER || values[i] < 0))
            return json_error(file, value, err, "a number from 0 was expected");
    }
    return true;
}

static bool titles_read(const JsonFile *file, Grid *grid, Error *err)
{
    const Json *titles = json_get(file->root, "dimensions");
    if (!titles)
        return true;
    if (!json_only_keys(file, titles, dimension_words, DIMENSION_COUNT, err))
        return false;
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        const Json *title = json_get(titles, dimension_words[i]);
        if (title && !lang_text_read(file, title, &grid->dimension_titles[i], err))
            return false;
    }
    return true;
}

static void rule_put(Arena *arena, Grid *grid, Rule *rule)
{
    for (size_t i = 0; i < grid->rule_count; i++)
        if (!strcmp(grid->rules[i]->id, rule->id)) {
            grid->rules[i] = rule;
            return;
        }
    ARENA_PUSH(arena, grid->rules, grid->rule_count, grid->rule_capacity, rule);
}

/** Rules named in "off" leave the grid. */
static bool off_read(const JsonFile *file, Grid *grid, Error *err)
{
    for (const Json *item = json_first(json_get(file->root, "off")); item;
         item = json_next(item)) {
        size_t i = 0;
        while (i < grid->rule_count && strcmp(grid->rules[i]->id, json_text(item, "")) != 0)
            i++;
        if (i == grid->rule_count)
            return json_error(file, item, err, "there is no rule '%s'",
                              json_text(item, ""));
        memmove(&grid->rules[i], &grid->rules[i + 1],
                (grid->rule_count - i - 1) * sizeof *grid->rules);
        grid->rule_count--;
    }
    return true;
}

static bool rules_read(Arena *arena, const char *folder, const Words *words, Grid *grid,
                       Error *err)
{
    const char **names = NULL;
    size_t count = 0;
    if (!folder_list(arena, folder, ".json", &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        Rule *rule = ARENA_NEW(arena, Rule);
        if (!strcmp(names[i], "grid.json"))
            continue;
        if (grid->rule_count >= RULES_MAX)
            return error_set(err, ERROR_INPUT, folder, "holds more than %d rules",
                             RULES_MAX);
        if (!rule_load(arena, path_join(arena, folder, names[i]), words, rule, err))
            return false;
        rule_put(arena, grid, rule);
    }
    return true;
}

/** Another impact for rules of the grid. The rules are the grid's own and are not const
 * while it is loaded. */
static bool weigh_read(const JsonFile *file, Grid *grid, Error *err)
{
    for (const Json *item = json_first(json_get(file->root, "weigh")); item;
         item = json_next(item)) {
        size_t i = 0;
        while (i < grid->rule_count && strcmp(grid->rules[i]->id, json_key(item)) != 0)
            i++;
        if (i == grid->rule_count)
            return json_error(file, item, err, "there is no rule '%s'", json_key(item));
        if (!impact_of(json_text(item, ""), &grid->rules[i]->impact))
            return json_error(file, item, err,
                              "an impact is 'minor', 'major' or 'blocker'");
    }
    return true;
}

static bool grid_file_read(Arena *arena, const char *path, Grid *grid, Error *err)
{
    JsonFile file;
    if (!path_is_file(path))
        return true;
    if (!json_load(arena, arena_text(arena, path), RULE_FILE_BYTES, &file, err))
        return false;
    if (json_type(file.root) != JSON_OBJECT)
        return json_error(&file, file.root, err, "a grid must be an object");
    if (!json_only_keys(&file, file.root, grid_keys, (int)COUNT_OF(grid_keys), err) ||
        !json_need_text(&file, file.root, "id", &grid->id, err) ||
        !json_need_text(&file, file.root, "version", &grid->version, err))
        return false;
    return numbers_read(&file, "shares", dimension_words, DIMENSION_COUNT, grid->shares,
                        err) &&
           numbers_read(&file, "impact", impact_words, IMPACT_COUNT, grid->impact_weights,
                        err) &&
           numbers_read(&file, "confidence", confidence_words, CONFIDENCE_COUNT,
                        grid->confidence_weights, err) &&
           numbers_read(&file, "false_alarm", confidence_words, CONFIDENCE_COUNT,
                        grid->false_alarm, err) &&
           titles_read(&file, grid, err) && weigh_read(&file, grid, err) &&
           off_read(&file, grid, err);
}

static bool folder_read(Arena *arena, const char *folder, const Words *words, Grid *grid,
                        Error *err)
{
    if (!rules_read(arena, folder, words, grid, err))
        return false;
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        const char *inner = path_join(arena, folder, dimension_words[i]);
        if (path_is_folder(inner) && !rules_read(arena, inner, words, grid, err))
            return false;
    }
    return grid_file_read(arena, path_join(arena, folder, "grid.json"), grid, err);
}

static int rule_compare(const void *a, const void *b)
{
    const Rule *const *left = a, *const *right = b;
    return strcmp((*left)->id, (*right)->id);
}

/** Rules that name each other as reading the same fact must exist. */
static bool references_check(const Grid *grid, Error *err)
{
    for (size_t i = 0; i < grid->rule_count; i++) {
        const Rule *rule = grid->rules[i];
        for (const char **id = rule->same_as; *id; id++)
            if (!strcmp(*id, rule->id))
                return json_error(&rule->file, json_get(rule->file.root, "same_as"), err,
                                  "a rule names itself in 'same_as'");
    }
    return true;
}

/** "1.0.0+9f3c21aa": what the author wrote and what the rules say, so that a changed rule
 * is seen in every report. */
static const char *version_of(Arena *arena, const Grid *grid)
{
    unsigned long long hash = 0;
    for (size_t i = 0; i < grid->rule_count; i++)
        hash = hash * 1099511628211ULL ^ str_hash(grid->rules[i]->file.text);
    return arena_printf(arena, "%s+%08llx", grid->version,
                        (hash ^ hash >> 32) & 0xFFFFFFFF);
}

/** The folder of own rules that a grid file names, beside it; NULL: none. */
static bool own_rules_find(Arena *arena, const char *path, const char **folder, Error *err)
{
    JsonFile file;
    const char *slash = strrchr(path, '/'), *name;
    if (!json_load(arena, arena_text(arena, path), RULE_FILE_BYTES, &file, err))
        return false;
    name = json_text(json_get(file.root, "rules"), NULL);
    *folder = NULL;
    if (!name)
        return true;
    *folder = name[0] == '/' || !slash
                  ? name
                  : path_join(arena,
                              arena_str_text(arena, str_from(path, (size_t)(slash - path))),
                              name);
    return path_is_folder(*folder) || json_error(&file, json_get(file.root, "rules"), err,
                                                 "there is no folder '%s'", name);
}

bool grid_merge(Arena *arena, const char *path, const Words *words, Grid *grid, Error *err)
{
    const char *before = grid->version, *id = grid->id, *folder = NULL;
    if (path_is_folder(path)) {
        if (!folder_read(arena, path, words, grid, err))
            return false;
    } else if (!own_rules_find(arena, path, &folder, err) ||
               (folder && !folder_read(arena, folder, words, grid, err)) ||
               !grid_file_read(arena, path, grid, err)) {
        return false;
    }
    qsort(grid->rules, grid->rule_count, sizeof *grid->rules, rule_compare);
    if (strcmp(grid->version, before) != 0)
        grid->version = version_of(arena, grid);
    if (strcmp(grid->id, id) != 0)
        grid->version = arena_printf(arena, "%s on %s %s", grid->version, id, before);
    return references_check(grid, err);
}

bool grid_load(Arena *arena, const char *const *folders, const Words *words, Grid **out,
               Error *err)
{
    Grid *grid = ARENA_NEW(arena, Grid);
    for (size_t i = 0; folders[i]; i++)
        if (!folder_read(arena, folders[i], words, grid, err))
            return false;
    if (!grid->id)
        return error_set(err, ERROR_INPUT, folders[0], "there is no grid.json");
    qsort(grid->rules, grid->rule_count, sizeof *grid->rules, rule_compare);
    grid->version = version_of(arena, grid);
    *out = grid;
    return references_check(grid, err);
}
