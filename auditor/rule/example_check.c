/* example_check.c - is a rule complete: its id, source and texts, and examples that hold?
 *
 * A rule that accuses wrongly is worse than no rule, so a rule shows what must pass beside
 * what must fail, and where it stays silent. Layer: rule. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/out.h"
#include "rule/example.h"
#include "rule/judge.h"

/** What the name of an example promises. */
typedef struct Promise {
    const char *prefix;
    FindingOutcome outcome;
    const char *what;
} Promise;

static const Promise promises[] = {
    {"pass", FINDING_PASS, "that must pass"},
    {"fail", FINDING_FAIL, "that must fail"},
    {"na", FINDING_NOT_APPLICABLE, "that it does not apply to"},
    {"unclear", FINDING_CANNOT_TELL, "that it cannot tell of"},
};

enum { PROMISE_COUNT = (int)COUNT_OF(promises), PROMISE_NA = 2, PROMISE_UNCLEAR = 3 };

PageKind example_kind(const Rule *rule)
{
    for (int kind = PAGE_HOME; kind < PAGE_KIND_COUNT; kind++)
        if (rule->pages != ~0U && (rule->pages >> kind & 1U))
            return (PageKind)kind;
    return PAGE_HOME;
}

const char *examples_folder(Arena *arena, const Rule *rule)
{
    static const char *const ways[] = {"examples", "../tests/rules", "../../tests/rules"};
    const char *slash = strrchr(rule->path, '/');
    const char *own =
        slash ? arena_str_text(arena, str_from(rule->path, (size_t)(slash - rule->path)))
              : ".";
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        const char *folder = path_join(arena, path_join(arena, own, ways[i]), rule->id);
        if (path_is_folder(folder))
            return folder;
    }
    return NULL;
}

/** Judge what an example shows by its rule alone. */
static bool rule_ask(const Rule *rule, const Words *words, Audit *audit,
                     const Finding **finding, Error *err)
{
    const char *only[] = {rule->id, NULL};
    JudgeOptions options = {.only = only};
    Grid *grid = ARENA_NEW(audit->arena, Grid);
    Rule *copy = ARENA_NEW(audit->arena, Rule);
    *copy = *rule;
    ARENA_PUSH(audit->arena, grid->rules, grid->rule_count, grid->rule_capacity, copy);
    audit->grid = grid;
    if ((!audit->countries || !audit->countries[0]) && rule->countries[0])
        audit->countries = rule->countries;
    if (!judge_audit(audit, words, &options, err))
        return false;
    *finding = audit->findings[0];
    return true;
}

static bool example_holds(const Rule *rule, const Words *words, const char *path,
                          const Promise *promise, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = NULL;
    const Finding *finding = NULL;
    if (!example_load(arena, path, example_kind(rule), &audit, err) ||
        !rule_ask(rule, words, audit, &finding, err))
        return false;
    if (finding->outcome == promise->outcome)
        return true;
    error_set(err, ERROR_INPUT, path, "the rule '%s' says %s here%s%s", rule->id,
              finding_outcome_name(finding->outcome), finding->reason ? ": " : "",
              finding->reason ? finding->reason : "");
    return error_hint(err, "the file's name promises one %s; mend the check or the example",
                      promise->what);
}

/** Can the rule answer so at all? Asked of a page without its object, and of one that
 * scripts would fill. */
static bool can_answer(const Rule *rule, const Words *words, int promise)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = example_blank(arena, example_kind(rule), promise == PROMISE_UNCLEAR);
    const Finding *finding = NULL;
    if (promise == PROMISE_NA && rule->countries[0])
        return true;
    return promise < PROMISE_NA || (rule_ask(rule, words, audit, &finding, NULL) &&
                                    finding->outcome == promises[promise].outcome);
}

bool examples_hold(const Rule *rule, const Words *words, const char *folder, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **names = NULL;
    size_t count = 0;
    int seen[PROMISE_COUNT] = {0};
    if (folder && !folder_list(arena, folder, "", &names, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        for (int p = 0; p < PROMISE_COUNT; p++) {
            const Promise *promise = &promises[p];
            if (!str_starts_with(str_of(names[i]), str_of(promise->prefix)))
                continue;
            seen[p]++;
            if (!example_holds(rule, words, path_join(arena, folder, names[i]), promise,
                               err))
                return false;
        }
    for (int p = 0; p < PROMISE_COUNT; p++) {
        if (seen[p] || !can_answer(rule, words, p))
            continue;
        error_set(err, ERROR_INPUT, rule->path, "the rule '%s' has no example %s", rule->id,
                  promises[p].what);
        return error_hint(err, "write %s.html or %s.json into %s%s", promises[p].prefix,
                          promises[p].prefix, folder ? folder : "examples/",
                          folder ? "" : rule->id);
    }
    return true;
}

/** Small words joined by hyphens, at least two: dimension or subject first. */
static bool is_id(const char *id)
{
    int hyphens = 0;
    for (size_t i = 0; id[i]; i++) {
        bool is_word = (id[i] >= 'a' && id[i] <= 'z') || (id[i] >= '0' && id[i] <= '9');
        if (id[i] == '-' && i > 0 && id[i - 1] != '-' && id[i + 1])
            hyphens++;
        else if (!is_word)
            return false;
    }
    return hyphens > 0;
}

static bool texts_are_whole(const Rule *rule, Error *err)
{
    static const char *const languages[] = {"en", "fr"};
    static const char *const names[] = {"criterion", "why", "fix", "found"};
    for (size_t l = 0; l < COUNT_OF(languages); l++) {
        const Json *text = json_get(json_get(rule->file.root, "text"), languages[l]);
        for (size_t t = 0; t < COUNT_OF(names); t++) {
            const char *words = json_text(json_get(text, names[t]), "");
            if (!str_is_empty(str_trim(str_of(words))))
                continue;
            json_error(&rule->file, text ? text : json_get(rule->file.root, "text"), err,
                       "the text '%s' is missing in '%s'", names[t], languages[l]);
            return error_hint(err, "a rule speaks English and French: criterion, why, fix "
                                   "and found");
        }
    }
    return true;
}

bool rule_is_complete(const Rule *rule, const Words *words, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    if (!is_id(rule->id)) {
        json_error(&rule->file, json_get(rule->file.root, "id"), err,
                   "the id '%s' is not small words joined by hyphens", rule->id);
        return error_hint(err, "such as 'product-price-visible': the subject first");
    }
    if (str_is_empty(str_trim(str_of(rule->source)))) {
        json_error(&rule->file, json_get(rule->file.root, "source"), err,
                   "the source is empty");
        return error_hint(err, "name the standard, law or study the criterion rests on");
    }
    /* What only a person can answer no example page can show. */
    return texts_are_whole(rule, err) &&
           (rule->check_kind == CHECK_PERSON ||
            examples_hold(rule, words, examples_folder(arena, rule), err));
}
