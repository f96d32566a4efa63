/* pack_test.c - strict reading of rules and grids. Tests check.c too.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "fixture.h"
#include "rule/check.h"
#include "rule/element.h"
#include "rule/pack.h"
#include "unit.h"

static const char check_css_text[] =
    "{\"kind\": \"css\", \"select\": \"img\", \"none\": true}";

/** A rule with one check and one of its other members replaced. */
static const char *rule_text(Arena *arena, const char *check, const char *extra)
{
    return arena_printf(
        arena,
        "{\"id\": \"x-rule\", \"dimension\": \"seo\", \"impact\": \"minor\",\n"
        " \"confidence\": \"high\", \"effort\": \"wording\", \"pages\": [\"all\"],\n"
        " \"source\": \"own\", \"text\": {\"en\": {\"criterion\": \"a\", \"why\": \"b\", "
        "\"fix\": \"c\"}},\n%s \"check\": %s}",
        extra, check);
}

/** Write a rule into a folder of its own and load it. */
static bool load(Arena *arena, const char *text, Rule *rule, Error *err)
{
    char folder[] = "/tmp/mystery-pack-XXXXXX";
    const char *path;
    bool is_loaded;
    assert_non_null(mkdtemp(folder));
    path = path_join(arena, folder, "x-rule.json");
    assert_true(file_write(path, str_of(text), err));
    is_loaded = rule_load(arena, path, fixture_words(arena), rule, err);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    return is_loaded;
}

static void assert_refused(const char *check, const char *extra, const char *what,
                           const char *place)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Rule rule;
    Error error = {0};
    assert_false(load(arena, rule_text(arena, check, extra), &rule, &error));
    if (!strstr(error.what, what) && !strstr(error.hint, what))
        fail_msg("'%s' (hint '%s') does not say '%s'", error.what, error.hint, what);
    if (!strstr(error.where, place))
        fail_msg("the place is '%s' instead of '%s'", error.where, place);
}

void test_pack__a_good_rule_is_read_whole(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Rule rule;
    Error error = {0};
    assert_true(
        load(arena,
             rule_text(arena, check_css_text, "\"countries\": [\"FR\"], \"legal\": true,"),
             &rule, &error));
    assert_string_equal(rule.id, "x-rule");
    assert_int_equal(rule.dimension, DIMENSION_SEO);
    assert_int_equal(rule.impact, IMPACT_MINOR);
    assert_int_equal(rule.pages, ~0U);
    assert_string_equal(rule.countries[0], "FR");
    assert_true(rule.is_legal);
    assert_int_equal(rule.check_kind, CHECK_CSS);
    assert_string_equal(rule.engines[0], "http");
    assert_string_equal(lang_text(&rule.why, "fr"), "b");
}

void test_pack__an_unknown_key_is_named_with_its_place_and_a_suggestion(void)
{
    assert_refused(check_css_text, "\"tag\": [],", "tags", "x-rule.json:4:");
}

void test_pack__an_unknown_word_is_named_with_a_suggestion(void)
{
    assert_refused(check_css_text, "\"engines\": [\"htpp\"],", "http", "x-rule.json:4:");
}

void test_pack__an_id_must_be_its_file_s_name(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Rule rule;
    Error error = {0};
    char *text = arena_text(arena, rule_text(arena, check_css_text, ""));
    char *id = strstr(text, "x-rule");
    id[0] = 'y';
    assert_false(load(arena, text, &rule, &error));
    assert_non_null(strstr(error.what, "not the name of its file"));
}

void test_check__an_unknown_kind_gets_a_suggestion(void)
{
    assert_refused("{\"kind\": \"ccs\", \"select\": \"a\", \"none\": true}", "", "css",
                   "x-rule.json:4:");
}

void test_check__a_wrong_selector_is_refused_at_its_place(void)
{
    assert_refused("{\"kind\": \"css\", \"select\": \"a[\", \"none\": true}", "", "",
                   "x-rule.json:4:");
}

void test_check__a_check_of_elements_asks_one_question(void)
{
    assert_refused("{\"kind\": \"css\", \"select\": \"a\"}", "", "one of 'none'",
                   "x-rule.json");
    assert_refused("{\"kind\": \"css\", \"select\": \"a\", \"none\": true, \"min\": 1}", "",
                   "one of 'none'", "x-rule.json");
}

void test_check__unknown_wording_facts_metrics_and_predicates_are_refused(void)
{
    assert_refused("{\"kind\": \"regex\", \"pattern\": \"@no_such\"}", "", "wording list",
                   "x-rule.json");
    assert_refused("{\"kind\": \"journey\", \"fact\": \"cart.lins\", \"max\": 1}", "",
                   "cart.lines", "x-rule.json");
    assert_refused("{\"kind\": \"metric\", \"metric\": \"ttfb\"}", "", "no metric",
                   "x-rule.json");
    assert_refused("{\"kind\": \"css\", \"select\": \"a\", \"each\": {\"is\": \"visble\"}}",
                   "", "visible", "x-rule.json");
    assert_refused("{\"kind\": \"css\", \"select\": \"@cart\", \"none\": true}", "", "part",
                   "x-rule.json");
}

void test_check__a_visit_s_check_cannot_hold_a_page_s(void)
{
    assert_refused(
        "{\"kind\": \"journey\", \"fact\": \"cart.lines\", \"max\": 1, \"when\": "
        "{\"kind\": \"css\", \"select\": \"a\", \"none\": true}}",
        "", "cannot hold", "x-rule.json");
}

void test_pack__a_sentence_with_a_wrong_place_is_refused(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Rule rule;
    Error error = {0};
    const char *text =
        "{\"id\": \"x-rule\", \"dimension\": \"seo\", \"impact\": \"minor\", "
        "\"confidence\": \"high\", \"effort\": \"wording\", \"pages\": [\"all\"], "
        "\"source\": \"own\", \"text\": {\"en\": {\"criterion\": \"a\", \"why\": "
        "\"b\", \"fix\": \"c\", \"found\": \"{number} links\"}}, \"check\": "
        "{\"kind\": \"css\", \"select\": \"a\", \"none\": true}}";
    assert_false(load(arena, text, &rule, &error));
    assert_non_null(strstr(error.what, "{count}"));
}

void test_pack__the_grid_s_version_tells_a_changed_rule(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Grid *grid = fixture_grid(arena, fixture_words(arena));
    if (!grid) {
        fail_msg("the grid cannot be loaded");
        return;
    }
    assert_string_equal(grid->id, "mystery");
    assert_non_null(strchr(grid->version, '+'));
    assert_true(grid->shares[DIMENSION_ERGONOMICS] > grid->shares[DIMENSION_SPEED]);
    for (size_t i = 1; i < grid->rule_count; i++)
        assert_true(strcmp(grid->rules[i - 1]->id, grid->rules[i]->id) < 0);
}

void test_pack__the_schema_knows_every_part_and_predicate(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str schema;
    Error error = {0};
    assert_true(
        file_read(arena, "reports/schema/rule.schema.json", 1 << 20, &schema, &error));
    for (const char *const *name = part_names(); *name; name++)
        assert_true(str_contains(schema, str_of(arena_printf(arena, "@%s", *name))));
    for (const char *const *name = predicate_names(); *name; name++)
        assert_true(str_contains(schema, str_of(arena_printf(arena, "\"%s\"", *name))));
    for (const char *const *name = fact_names(); *name; name++)
        assert_true(str_contains(schema, str_of(arena_printf(arena, "\"%s\"", *name))));
}

void test_pack__a_user_s_folder_adds_replaces_and_switches_off(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    char folder[] = "/tmp/mystery-pack-XXXXXX";
    const char *folders[] = {"rules", NULL, NULL}, *rule_path, *grid_path;
    Grid *plain = NULL, *changed = NULL;
    Error error = {0};
    assert_true(grid_load(arena, folders, words, &plain, &error));
    assert_non_null(mkdtemp(folder));
    rule_path = path_join(arena, folder, "x-rule.json");
    grid_path = path_join(arena, folder, "grid.json");
    assert_true(
        file_write(rule_path, str_of(rule_text(arena, check_css_text, "")), &error));
    assert_true(
        file_write(grid_path,
                   STR("{\"id\": \"mine\", \"version\": \"2\", \"shares\": {\"seo\": 50}, "
                       "\"off\": [\"a11y-title\"]}"),
                   &error));
    folders[1] = folder;
    assert_true(grid_load(arena, folders, words, &changed, &error));
    assert_int_equal(unlink(rule_path), 0);
    assert_int_equal(unlink(grid_path), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(changed->rule_count, plain->rule_count);
    assert_non_null(grid_rule(changed, "x-rule"));
    assert_null(grid_rule(changed, "a11y-title"));
    assert_string_equal(changed->id, "mine");
    assert_true(changed->shares[DIMENSION_SEO] > 49);
    assert_true(changed->shares[DIMENSION_SPEED] > 19);
}

void test_pack__an_own_grid_lies_over_ours(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Words *words = fixture_words(arena);
    Grid *grid = words ? fixture_grid(arena, words) : NULL;
    char folder[] = "/tmp/grid-XXXXXX";
    Error error = {0};
    if (!grid || !mkdtemp(folder)) {
        fail_msg("the grid cannot be loaded");
        return;
    }
    const char *path = path_join(arena, folder, "mine.json");
    size_t count = grid->rule_count;
    const char *version = grid->version;
    Str text = STR("{\"id\": \"mine\", \"version\": \"2\", \"shares\": {\"seo\": 40}, "
                   "\"weigh\": {\"a11y-title\": \"blocker\"}, \"off\": [\"eco-fonts\"]}");
    assert_true(file_write(path, text, &error));
    assert_true(grid_merge(arena, path, words, grid, &error));
    assert_int_equal(grid->rule_count, count - 1);
    assert_null(grid_rule(grid, "eco-fonts"));
    const Rule *title = grid_rule(grid, "a11y-title");
    assert_true(title && title->impact == IMPACT_BLOCKER);
    assert_true(grid->shares[DIMENSION_SEO] > 39.9 && grid->shares[DIMENSION_SEO] < 40.1);
    assert_non_null(strstr(grid->version, version));
    assert_true(file_write(
        path, STR("{\"id\": \"m\", \"version\": \"2\", \"off\": [\"no-such\"]}"), &error));
    assert_false(grid_merge(arena, path, words, grid, &error));
    assert_non_null(strstr(error.what, "no-such"));
    (void)unlink(path);
    (void)rmdir(folder);
}
