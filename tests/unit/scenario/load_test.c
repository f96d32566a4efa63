/* load_test.c - scenario files: the reference parser's verdicts, our own steps, ids.
 *
 * Tests load.c, find.c, journey.c, normal.c, parameters.c, reader.c, recorder.c and
 * shape.c. SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/out.h"
#include "scenario/load.h"
#include "scenario/normal.h"
#include "unit.h"

static const char *const FOLDERS[] = {"scenarios", NULL};

typedef struct Warnings {
    int count;
} Warnings;

static void warning_count(void *context, const Error *warning)
{
    Warnings *warnings = context;
    warnings->count += warning->what[0] != '\0';
}

/* A scenario file from text, loaded. */
static bool text_load(Arena *arena, Str text, bool is_strict, Warnings *warnings,
                      Scenario *scenario, Error *err)
{
    char path[] = "/tmp/mystery-scenario-XXXXXX.json";
    int file = mkstemps(path, 5);
    assert_true(file >= 0);
    assert_true(write(file, text.data, text.length) == (ssize_t)text.length);
    (void)close(file);
    bool is_fine = scenario_load(arena, path, is_strict, warnings ? warning_count : NULL,
                                 warnings, scenario, err);
    (void)unlink(path);
    return is_fine;
}

static bool load(Arena *arena, const char *steps, Scenario *scenario, Error *err)
{
    const char *text = arena_printf(arena, "{\"title\": \"t\", \"steps\": [%s]}", steps);
    return text_load(arena, str_of(text), false, NULL, scenario, err);
}

static const char JOURNEY[] = "{\"type\": \"customStep\", \"name\": \"mystery/journey\", "
                              "\"parameters\": {\"schema\": 1}},";

static bool load_journey(Arena *arena, const char *steps, Scenario *scenario, Error *err)
{
    return load(arena, arena_printf(arena, "%s%s", JOURNEY, steps), scenario, err);
}

static const char *json_canonical(Arena *arena, const Json *value);

/* Members sorted by key, so that two objects compare as text. */
static const char *object_canonical(Arena *arena, const Json *value)
{
    const char *keys[64];
    int count = 0;
    const char *text = "{";
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        int at = count++;
        assert_true(count <= 64);
        for (; at > 0 && strcmp(keys[at - 1], json_key(child)) > 0; at--)
            keys[at] = keys[at - 1];
        keys[at] = json_key(child);
    }
    for (int i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s:%s,", text, keys[i],
                            json_canonical(arena, json_get(value, keys[i])));
    return arena_printf(arena, "%s}", text);
}

static const char *json_canonical(Arena *arena, const Json *value)
{
    if (json_type(value) == JSON_OBJECT)
        return object_canonical(arena, value);
    if (json_type(value) == JSON_ARRAY) {
        const char *text = "[";
        for (const Json *child = json_first(value); child; child = json_next(child))
            text = arena_printf(arena, "%s%s,", text, json_canonical(arena, child));
        return arena_printf(arena, "%s]", text);
    }
    AUTO(buf_release) Buf buf = {0};
    JsonWriter writer;
    buf_init(&buf, 1 << 20);
    json_writer_init(&writer, &buf, false);
    json_write_value(&writer, value);
    return arena_text(arena, buf_text(&buf));
}

static void case_check(Arena *arena, const Json *one)
{
    AUTO(buf_release) Buf buf = {0};
    JsonWriter writer;
    Scenario scenario;
    Error err = {0};
    const char *name = json_text(json_get(one, "name"), "?");
    buf_init(&buf, 1 << 20);
    json_writer_init(&writer, &buf, true);
    json_write_value(&writer, json_get(one, "input"));
    bool is_fine = text_load(arena, buf_str(&buf), true, NULL, &scenario, &err);
    if (is_fine != json_bool(json_get(one, "ok"), false))
        fail_msg("'%s': %s %s", name, err.where, err.what);
    if (!is_fine)
        return;
    buf_clear(&buf);
    json_writer_init(&writer, &buf, false);
    scenario_normal_write(&scenario, &writer);
    JsonFile normal;
    assert_true(json_parse(arena, "normal", buf_str(&buf), &normal, &err));
    assert_string_equal(json_canonical(arena, normal.root),
                        json_canonical(arena, json_get(one, "normalized")));
}

void test_load__gives_the_reference_parsers_verdicts(void)
{
    if (!path_is_folder(SHARED_DATA))
        skip();
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file;
    Error err = {0};
    int count = 0;
    assert_true(
        json_load(arena, SHARED_DATA "/recorder/parser-cases.json", 1 << 22, &file, &err));
    for (const Json *one = json_first(json_get(file.root, "cases")); one;
         one = json_next(one)) {
        case_check(arena, one);
        count++;
    }
    assert_int_equal(count, 78);
}

/* Recordings without offsets are refused by the reference parser; we take the centre. */
static bool recording_is_good(const char *name, bool is_strict)
{
    if (strstr(name, ".INVALID-"))
        return false;
    return !is_strict ||
           (!strstr(name, "--click-test") && !strstr(name, "--dblclick-test"));
}

void test_load__reads_real_recordings(void)
{
    static const char FOLDER[] = SHARED_DATA "/recorder/recordings";
    if (!path_is_folder(FOLDER))
        skip();
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **names = NULL;
    size_t count = 0;
    Error err = {0};
    assert_true(folder_list(arena, FOLDER, ".json", &names, &count, &err));
    assert_true(count >= 20);
    for (size_t i = 0; i < 2 * count; i++) {
        const char *name = names[i / 2];
        Scenario scenario;
        Error problem = {0};
        bool is_read = scenario_load(arena, path_join(arena, FOLDER, name), i % 2, NULL,
                                     NULL, &scenario, &problem);
        if (is_read != recording_is_good(name, i % 2))
            fail_msg("%s: %s %s", name, problem.where, problem.what);
    }
}

void test_load__reads_the_worked_examples(void)
{
    static const char FOLDER[] = SHARED_DATA "/scenario-examples";
    if (!path_is_folder(FOLDER))
        skip();
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **names = NULL;
    size_t count = 0;
    Error err = {0};
    assert_true(folder_list(arena, FOLDER, ".json", &names, &count, &err));
    for (size_t i = 0; i < count; i++) {
        Scenario scenario;
        if (!scenario_load(arena, path_join(arena, FOLDER, names[i]), false, NULL, NULL,
                           &scenario, &err))
            fail_msg("%s: %s %s (%s)", names[i], err.where, err.what, err.hint);
    }
}

void test_load__reads_the_shipped_scenarios(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **ids = NULL;
    Error err = {0};
    assert_true(scenario_ids(arena, FOLDERS, &ids, &err));
    for (; *ids; ids++) {
        Scenario scenario;
        if (!scenario_find(arena, FOLDERS, *ids, &scenario, &err))
            fail_msg("%s: %s", err.where, err.what);
        assert_string_equal(scenario.id, *ids);
        assert_true(scenario.has_journey);
        assert_null(scenario.persona_id);
        assert_string_not_equal(lang_text(&scenario.title, "fr"),
                                lang_text(&scenario.title, "en"));
        assert_string_not_equal(lang_text(&scenario.purpose, "fr"), "");
    }
}

void test_load__walks_the_buy_scenario_in_order(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *const IDS[] = {"journey",        "open",
                                      "consent",        "dismiss",
                                      "search",         "open-product",
                                      "choose-options", "add-to-cart",
                                      "open-cart",      "go-to-checkout",
                                      "fill-address",   "choose-shipping",
                                      "reach-payment",  "remove-from-cart"};
    Scenario scenario;
    Error err = {0};
    assert_true(scenario_find(arena, FOLDERS, "buy", &scenario, &err));
    assert_int_equal(scenario.step_count, COUNT_OF(IDS));
    for (int i = 0; i < scenario.step_count; i++)
        assert_string_equal(scenario.steps[i].id, IDS[i]);
    assert_int_equal(scenario.safety, SAFETY_TOUCH);
    assert_int_equal(scenario.max_requests, 300);
    assert_int_equal(scenario.time_limit_us, 15LL * 60 * 1000000);
    assert_int_equal(scenario.steps[1].timeout_us, 0);
    assert_false(scenario.steps[2].is_required);
    assert_true(scenario.steps[4].is_required);
}

void test_load__says_where_an_unknown_step_is_and_what_was_meant(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_false(
        load_journey(arena,
                     "\n  {\"type\": \"customStep\", \"name\": \"mystery/addToCard\", "
                     "\"parameters\": {}}",
                     &scenario, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.where, ".json:2:34"));
    assert_non_null(strstr(err.hint, "mystery/addToCart"));
}

void test_load__says_which_parameter_was_meant(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_false(load_journey(arena,
                              "{\"type\": \"customStep\", \"name\": \"mystery/addToCart\", "
                              "\"parameters\": {\"quantitiy\": 1}}",
                              &scenario, &err));
    assert_non_null(strstr(err.hint, "quantity"));
}

void test_load__refuses_values_that_a_parameter_cannot_have(void)
{
    static const char *const STEPS[] = {
        "\"consent\", \"parameters\": {\"choice\": \"perhaps\"}",
        "\"addToCart\", \"parameters\": {\"quantity\": 1.5}",
        "\"addToCart\", \"parameters\": {\"quantity\": -1}",
        "\"openProduct\", \"parameters\": {\"pick\": true}",
        "\"open\", \"parameters\": {\"required\": \"yes\"}",
        "\"search\", \"parameters\": {\"fallback\": [\"openCategorie\"]}",
        "\"search\", \"parameters\": {\"expect\": {\"result\": 1}}",
        "\"expect\", \"parameters\": {\"lcpms\": 1}",
        "\"open\", \"parameters\": []",
        "\"note\", \"parameters\": {\"withinMs\": 5}",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(STEPS); i++) {
        Scenario scenario;
        Error err = {0};
        const char *quoted = arena_printf(arena, "\"mystery/%s", STEPS[i] + 1);
        if (load_journey(
                arena,
                arena_printf(arena, "{\"type\": \"customStep\", \"name\": %s}", quoted),
                &scenario, &err))
            fail_msg("accepted: %s", STEPS[i]);
    }
}

void test_load__accepts_placeholders_in_place_of_values(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_true(load_journey(arena,
                             "{\"type\": \"customStep\", \"name\": \"mystery/addToCart\", "
                             "\"parameters\": {\"quantity\": \"${data.n}\"}}",
                             &scenario, &err));
}

void test_load__checks_placeholders_only_in_journeys(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char STEP[] =
        "{\"type\": \"change\", \"selectors\": [\"#a\"], \"value\": \"${nothing\"}";
    Scenario scenario;
    Error err = {0};
    assert_true(load(arena, STEP, &scenario, &err));
    assert_false(scenario.has_journey);
    assert_false(load_journey(arena, STEP, &scenario, &err));
}

void test_load__accepts_more_than_the_recorder_with_a_warning(void)
{
    static const char *const STEPS[] = {
        "{\"type\": \"click\", \"selectors\": [\"#a\"]}",
        "{\"type\": \"navigate\", \"url\": \"http://a/\", \"timeout\": 60000}",
        "{\"type\": \"navigate\", \"url\": \"/cart\"}",
        "{\"type\": \"navigate\", \"url\": \"http://a/\", \"note\": \"x\"}",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(STEPS); i++) {
        Warnings warnings = {0};
        Scenario scenario;
        Error err = {0};
        const char *text =
            arena_printf(arena, "{\"title\": \"t\", \"steps\": [%s]}", STEPS[i]);
        assert_true(text_load(arena, str_of(text), false, &warnings, &scenario, &err));
        assert_true(warnings.count >= 1);
    }
}

void test_load__keeps_what_a_step_says(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_true(
        load(arena,
             "{\"type\": \"click\", \"selectors\": [[\"aria/A\", \"#b\"], \"text/C\"], "
             "\"offsetX\": 1.5, \"offsetY\": -2, \"timeout\": 700, \"assertedEvents\": "
             "[{\"type\": \"navigation\", \"url\": \"http://x/\", \"title\": \"\"}]},"
             "{\"type\": \"click\", \"selectors\": [\"#a\"]}",
             &scenario, &err));
    const ScenarioStep *step = &scenario.steps[0];
    assert_int_equal(step->selector_count, 2);
    assert_int_equal(step->selectors[0].count, 2);
    assert_string_equal(step->selectors[0].parts[1], "#b");
    assert_string_equal(step->selectors[1].parts[0], "text/C");
    assert_true(step->offset_x > 1.4 && step->offset_y < 0);
    assert_int_equal(step->timeout_us, 700000);
    assert_string_equal(step->events[0].url, "http://x/");
    assert_string_equal(step->target, "main");
    assert_true(isnan(scenario.steps[1].offset_x));
    assert_int_equal(scenario.steps[1].timeout_us, 5000000);
    assert_string_equal(scenario.steps[1].id, "click-2");
}

void test_load__gives_bracketed_steps_their_label(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_true(load_journey(
        arena,
        "{\"type\": \"customStep\", \"name\": \"mystery/begin\", \"parameters\": {\"label\": "
        "\"Add to cart\"}}, {\"type\": \"hover\", \"selectors\": [\"a\"]}, {\"type\": \"hover\", "
        "\"selectors\": [\"b\"]}, {\"type\": \"customStep\", \"name\": \"mystery/end\", "
        "\"parameters\": {}}, {\"type\": \"hover\", \"selectors\": [\"a\"]}",
        &scenario, &err));
    assert_string_equal(scenario.steps[2].id, "add-to-cart");
    assert_string_equal(scenario.steps[3].id, "add-to-cart-2");
    assert_string_equal(scenario.steps[3].label, "Add to cart");
    assert_string_equal(scenario.steps[5].id, "hover");
    assert_null(scenario.steps[5].label);
}

void test_load__refuses_brackets_that_do_not_close(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_false(load_journey(arena,
                              "{\"type\": \"customStep\", \"name\": \"mystery/begin\", "
                              "\"parameters\": {\"label\": \"x\"}}",
                              &scenario, &err));
}

void test_load__refuses_a_later_format(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_false(
        load(arena,
             "{\"type\": \"customStep\", \"name\": \"mystery/journey\", \"parameters\": "
             "{\"schema\": 2}}",
             &scenario, &err));
}

void test_load__finds_the_recorded_origin(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_true(load(arena,
                     "{\"type\": \"navigate\", \"url\": \"https://shop.example/a?b\"}",
                     &scenario, &err));
    assert_string_equal(scenario.recorded_origin, "https://shop.example");
}

void test_load__names_a_near_scenario(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Scenario scenario;
    Error err = {0};
    assert_false(scenario_find(arena, FOLDERS, "buys", &scenario, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.hint, "buy"));
}

/* The schema is for editors; it must not fall behind the program. */
void test_load__knows_the_steps_of_the_schema(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file;
    Error err = {0};
    int in_schema = 0;
    int in_program = 0;
    assert_true(
        json_load(arena, "reports/schema/scenario.schema.json", 1 << 22, &file, &err));
    const Json *names = json_get(
        json_first(json_get(
            json_get(json_get(json_at(file.root, "$defs.step"), "properties"), "name"),
            "anyOf")),
        "enum");
    for (const Json *name = json_first(names); name; name = json_next(name)) {
        if (step_kind_of(json_text(name, "")) == STEP_KIND_COUNT)
            fail_msg("no such step: %s", json_text(name, ""));
        in_schema++;
    }
    for (int i = 0; i < STEP_KIND_COUNT; i++)
        in_program += strncmp(step_info((StepKind)i)->name, "mystery/", 8) == 0;
    assert_int_equal(in_schema, in_program);
}
