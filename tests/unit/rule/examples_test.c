/* examples_test.c - every rule of the grid on its own examples in tests/rules.
 *
 * Tests check_css.c, check_xpath.c, check_regex.c, check_header.c, check_resource.c,
 * check_metric.c, check_journey.c, check_structured.c, check_site.c, check_absent.c,
 * check_layout.c, check_interact.c, language.c,
 * elements.c, element.c, part.c, predicate.c, reading.c, measure.c, exchange.c, view.c and
 * site.c by what rules say: pass*, fail*, na* and unclear* files of tests/rules/<id> must
 * give pass, fail, not-applicable and cannot-tell. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/out.h"
#include "fixture.h"
#include "rule/judge.h"
#include "unit.h"

/** What a file name promises. */
typedef struct Promise {
    const char *prefix;
    FindingOutcome outcome;
    bool is_needed;
} Promise;

static const Promise promises[] = {
    {"pass", FINDING_PASS, true},
    {"fail", FINDING_FAIL, true},
    {"na", FINDING_NOT_APPLICABLE, false},
    {"unclear", FINDING_CANNOT_TELL, false},
};

/** First page kind a rule looks at: what an example is unless it says otherwise. */
static PageKind kind_of(const Rule *rule)
{
    for (int kind = PAGE_HOME; kind < PAGE_KIND_COUNT; kind++)
        if (rule->pages != ~0U && (rule->pages >> kind & 1U))
            return (PageKind)kind;
    return PAGE_HOME;
}

/** Judge one example by its rule alone. Returns whether it kept its promise. */
static bool example_holds(const Grid *grid, const Words *words, const Rule *rule,
                          const char *path, const Promise *promise)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *only[] = {rule->id, NULL};
    JudgeOptions options = {.only = only};
    Error error = {0};
    Audit *audit = rule_fixture_audit(arena, path, kind_of(rule));
    const Finding *finding;
    if (!audit)
        return false;
    audit->grid = grid;
    if ((!audit->countries || !audit->countries[0]) && rule->countries[0])
        audit->countries = rule->countries;
    if (!judge_audit(audit, words, &options, &error)) {
        print_error("%s: %s\n", path, error.what);
        return false;
    }
    assert_int_equal(audit->finding_count, 1);
    finding = audit->findings[0];
    if (finding->outcome == promise->outcome)
        return true;
    print_error("%s: %s%s%s\n", path, finding_outcome_name(finding->outcome),
                finding->reason ? ", " : "", finding->reason ? finding->reason : "");
    return false;
}

/** All examples of a rule. Returns how many broke their promise or are missing. */
static int rule_examples(Arena *arena, const Grid *grid, const Words *words,
                         const Rule *rule)
{
    const char *folder = path_join(arena, "tests/rules", rule->id), **names = NULL;
    size_t count = 0;
    int broken = 0, seen[COUNT_OF(promises)] = {0};
    if (path_is_folder(folder))
        assert_true(folder_list(arena, folder, "", &names, &count, NULL));
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < COUNT_OF(promises); p++) {
            if (strncmp(names[i], promises[p].prefix, strlen(promises[p].prefix)) != 0)
                continue;
            seen[p]++;
            if (!example_holds(grid, words, rule, path_join(arena, folder, names[i]),
                               &promises[p]))
                broken++;
        }
    for (size_t p = 0; p < COUNT_OF(promises); p++)
        if (promises[p].is_needed && !seen[p]) {
            print_error("%s: has no example that must %s\n", rule->id, promises[p].prefix);
            broken++;
        }
    return broken;
}

void test_examples__every_rule_keeps_the_promises_of_its_examples(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    const Grid *grid = words ? fixture_grid(arena, words) : NULL;
    int broken = 0;
    if (!grid) {
        fail_msg("the grid cannot be loaded");
        return;
    }
    for (size_t i = 0; i < grid->rule_count; i++)
        broken += rule_examples(arena, grid, words, grid->rules[i]);
    assert_int_equal(broken, 0);
}

void test_examples__every_rule_speaks_french(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    const Grid *grid = words ? fixture_grid(arena, words) : NULL;
    int missing = 0;
    if (!grid) {
        fail_msg("the grid cannot be loaded");
        return;
    }
    for (size_t i = 0; i < grid->rule_count; i++) {
        const Rule *rule = grid->rules[i];
        const LangText *texts[] = {&rule->criterion, &rule->why, &rule->fix, &rule->found};
        for (size_t t = 0; t < COUNT_OF(texts); t++)
            if (texts[t]->count < 2 || strcmp(texts[t]->languages[1], "fr") != 0) {
                print_error("%s: a French text is missing\n", rule->id);
                missing++;
            }
    }
    assert_int_equal(missing, 0);
}
