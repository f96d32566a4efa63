/* commands_test.c - what the commands promise, on the demo shop, in this process: so that
 * coverage and the sanitizers see the whole program at work. Tests apply.c, config.c,
 * options.c, outcome.c, print.c, cmd_audit.c, cmd_compare.c, cmd_demo.c, cmd_doctor.c,
 * cmd_history.c, cmd_judge.c, cmd_list.c, cmd_selftest.c.
 *
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/out.h"
#include "base/proc.h"
#include "cli/cli.h"
#include "demo/demo.h"
#include "unit.h"

enum { ARGUMENTS_MOST = 40, OUT_MOST = 16 << 20, PORT_WAIT_US = 60000000 };

/** A run of the program: its exit code and what it printed. */
typedef struct Run {
    int code;
    const char *out;
    Error err;
} Run;

/** A demo shop in a child and a folder for what is written. */
typedef struct Stage {
    Arena *arena;
    char folder[32];
    int stop;
    Proc slot[1];
    ProcPool pool;
    const char *site;
} Stage;

/* ---- the program ---- */

static const Command *command_named(const char *name)
{
    const Command *command = commands_all();
    while (command->name && strcmp(command->name, name) != 0)
        command++;
    assert_non_null(command->name);
    return command;
}

static int command_run(Arena *arena, int argc, char **argv, Error *err)
{
    static const char *const data[] = {".", NULL};
    Clock clock;
    clock_init(&clock);
    Cli cli = {.arena = arena, .clock = &clock, .port = 8080};
    plan_init(&cli.plan, arena, &clock);
    cli.plan.language = "en";
    cli.plan.data_folders = (const char **)(uintptr_t)data;
    cli.plan.store = "none";
    cli.plan.progress = progress_print;
    cli.plan.progress_context = &cli;
    cli.command = command_named(argv[0]);
    if (cli.command->letter && !options_read(&cli, argc, argv, err))
        return -1;
    return cli.command->run(&cli, err);
}

/* Both streams go to a file meanwhile. */
static Run run_list(Arena *arena, int argc, char **argv)
{
    Run run = {0};
    char path[] = "/tmp/mystery-unit-XXXXXX";
    Str text = {0};
    int fd = mkstemp(path);
    int out = dup(1);
    int err = dup(2);
    assert_true(fd >= 0 && out >= 0 && err >= 0);
    fflush(NULL);
    dup2(fd, 1);
    dup2(fd, 2);
    run.code = command_run(arena, argc, argv, &run.err);
    fflush(NULL);
    dup2(out, 1);
    dup2(err, 2);
    close(fd);
    close(out);
    close(err);
    assert_true(file_read(arena, path, OUT_MOST, &text, NULL));
    unlink(path);
    run.out = arena_str_text(arena, text);
    return run;
}

/** Run words parted by blanks; "%" stands for the folder, "@" for the shop. */
static Run run_line(const Stage *stage, const char *line)
{
    char *argv[ARGUMENTS_MOST] = {0};
    int argc = 0;
    Str rest = str_of(line);
    Str word = {0};
    while (str_next_word(&rest, &word)) {
        const char *text = arena_str_text(stage->arena, word);
        assert_true(argc < ARGUMENTS_MOST - 1);
        if (text[0] == '%')
            text = arena_printf(stage->arena, "%s%s", stage->folder, text + 1);
        else if (strcmp(text, "@") == 0)
            text = stage->site;
        argv[argc++] = arena_text(stage->arena, text);
    }
    return run_list(stage->arena, argc, argv);
}

static Run run_fine(const Stage *stage, const char *line)
{
    Run run = run_line(stage, line);
    if (run.code != 0)
        fail_msg("'%s' ended %d: %s %s\n%s", line, run.code, run.err.where, run.err.what,
                 run.out);
    return run;
}

/* ---- the stage ---- */

typedef struct Opening {
    int told[2];
    int stop[2];
    const char *flaws;
} Opening;

static void port_tell(void *context, int port)
{
    const Opening *opening = context;
    if (write(opening->told[1], &port, sizeof port) != sizeof port)
        _exit(9);
}

static int shop_serve(void *context)
{
    Opening *opening = context;
    DemoOptions options;
    Clock clock;
    Error err = {0};
    clock_init(&clock);
    demo_options_init(&options);
    options.ready = port_tell;
    options.ready_context = opening;
    options.stop_fd = opening->stop[0];
    close(opening->stop[1]);
    return demo_flaws_parse(opening->flaws, &options, &err) &&
                   demo_serve(&options, &clock, &err)
               ? 0
               : 1;
}

static void stage_prepare(Stage *stage)
{
    *stage = (Stage){.arena = arena_create(), .folder = "/tmp/mystery-unit-XXXXXX"};
    assert_non_null(mkdtemp(stage->folder));
}

static void stage_open(Stage *stage, const char *flaws)
{
    Opening opening = {.flaws = flaws};
    int port = 0;
    stage_prepare(stage);
    assert_int_equal(pipe2(opening.told, O_CLOEXEC), 0);
    assert_int_equal(pipe2(opening.stop, O_CLOEXEC), 0);
    stage->pool = (ProcPool){stage->slot, 1};
    assert_true(proc_start(&stage->pool, 0, shop_serve, &opening, 0 /* no limit */, NULL));
    close(opening.stop[0]);
    close(opening.told[1]);
    assert_int_equal(read(opening.told[0], &port, sizeof port), sizeof port);
    close(opening.told[0]);
    stage->stop = opening.stop[1];
    stage->site = arena_printf(stage->arena, "http://127.0.0.1:%d/", port);
}

static void folder_drop(Arena *arena, const char *path)
{
    const char **names = NULL;
    size_t count = 0;
    assert_true(folder_list(arena, path, "", &names, &count, NULL));
    for (size_t i = 0; i < count; i++) {
        const char *entry = path_join(arena, path, names[i]);
        if (unlink(entry) != 0)
            folder_drop(arena, entry);
    }
    rmdir(path);
}

static void stage_close(Stage *stage)
{
    ProcEnd end;
    if (stage->site) {
        close(stage->stop);
        assert_true(proc_wait(&stage->pool, PORT_WAIT_US, &end));
        assert_int_equal(end.exit_code, 0);
    }
    folder_drop(stage->arena, stage->folder);
    arena_release(stage->arena);
}

static bool stage_has(const Stage *stage, const char *name)
{
    return path_is_file(path_join(stage->arena, stage->folder, name));
}

static const Json *stage_json(const Stage *stage, const char *name)
{
    JsonFile file;
    Error err = {0};
    const char *path = path_join(stage->arena, stage->folder, name);
    if (!json_load(stage->arena, path, OUT_MOST, &file, &err))
        fail_msg("%s: %s", err.where, err.what);
    return file.root;
}

/* One quick visit, as the commands below begin. */
#define QUICK                                                                              \
    " --engine http -n 1 --scenario buy --persona desktop --throttle none --crawl 2 "

/* ---- what there is ---- */

void test_commands__list_prints_rows_and_json(void)
{
    static const char *const lists[] = {"rules",   "scenarios", "personas", "steps",
                                        "metrics", "formats",   "languages"};
    Stage stage;
    stage_prepare(&stage);
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        JsonFile file;
        Run text = run_fine(&stage, arena_printf(stage.arena, "list %s", lists[i]));
        Run json =
            run_fine(&stage, arena_printf(stage.arena, "list %s --format json", lists[i]));
        assert_true(json_parse(stage.arena, lists[i], str_of(json.out), &file, NULL));
        int rows = json_count(file.root);
        int lines = 0;
        for (const char *at = text.out; *at; at++)
            lines += *at == '\n';
        assert_true(rows > 1);
        assert_int_equal(lines, rows);
    }
    assert_int_equal(run_line(&stage, "list sheep").code, -1);
    stage_close(&stage);
}

void test_commands__explain_a_rule_and_help_with_its_name(void)
{
    Stage stage;
    stage_prepare(&stage);
    Run known = run_fine(&stage, "explain tech-https --lang fr");
    assert_non_null(strstr(known.out, "tech-https"));
    Run wrong = run_line(&stage, "explain tech-htps");
    assert_int_equal(wrong.code, -1);
    assert_int_equal(wrong.err.code, ERROR_INPUT);
    assert_non_null(strstr(wrong.err.hint, "tech-https"));
    stage_close(&stage);
}

void test_commands__check_finds_the_line(void)
{
    Stage stage;
    stage_prepare(&stage);
    const char *path = path_join(stage.arena, stage.folder, "x.json");
    run_fine(&stage, "check scenarios rules/speed");
    assert_true(
        file_write(path, STR("{\"title\": \"x\",\n \"steps\": [{\"type\": 1}]}"), NULL));
    Run wrong = run_line(&stage, "check %/x.json");
    assert_int_equal(wrong.code, 3);
    assert_non_null(strstr(wrong.out, "x.json:2:"));
    Run json = run_line(&stage, "check --strict --format json %/x.json");
    assert_int_equal(json.code, 3);
    assert_non_null(strstr(json.out, "\"ok\""));
    stage_close(&stage);
}

void test_commands__doctor_and_the_flaws_are_told(void)
{
    Stage stage;
    stage_prepare(&stage);
    assert_non_null(strstr(run_fine(&stage, "doctor").out, "transport"));
    assert_non_null(strstr(run_fine(&stage, "demo --list-flaws").out, "missing-price"));
    Run json = run_fine(&stage, "demo --list-flaws --format json");
    assert_int_equal(json.out[0], '[');
    assert_int_equal(run_line(&stage, "demo --flaws misssing-price").code, -1);
    stage_close(&stage);
}

void test_commands__what_is_not_built_says_so(void)
{
    Stage stage;
    stage_prepare(&stage);
    for (const Command *command = commands_all(); command->name; command++) {
        if (command->letter)
            continue;
        Run run = run_line(&stage, command->name);
        assert_int_equal(run.code, -1);
        assert_int_equal(run.err.code, ERROR_FAILED);
    }
    stage_close(&stage);
}

/* ---- options ---- */

void test_options__wrong_ones_are_input_errors_with_a_hint(void)
{
    static const char *const wrong[][2] = {
        {"audit --scenarios buy http://127.0.0.1:9/", "scenario"},
        {"audit -n 0 http://127.0.0.1:9/", ""},
        {"audit --min-score 101 http://127.0.0.1:9/", ""},
        {"audit --time-limit 90 http://127.0.0.1:9/", ""},
        {"audit --safety bold http://127.0.0.1:9/", ""},
        {"audit --engine htp http://127.0.0.1:9/", "http"},
        {"audit --format htlm http://127.0.0.1:9/", "html"},
        {"audit --scenario byu http://127.0.0.1:9/", "buy"},
        {"audit --persona fone http://127.0.0.1:9/", "list"},
        {"audit --fail-on anger http://127.0.0.1:9/", ""},
        {"audit --throttle snail http://127.0.0.1:9/", ""},
        {"audit --format json,html -o - http://127.0.0.1:9/", ""},
        {"audit --rules tech-htps http://127.0.0.1:9/", "tech-https"},
        {"audit ftp://shop.example/", ""},
        {"audit", ""},
        {"report nowhere.json", ""},
        {"judge nowhere.har", ""},
        {"compare nowhere", ""},
        {"compare nowhere nowhere", ""},
        {"history --store none", ""},
        {"history prune --store %/none.db", ""},
    };
    Stage stage;
    stage_prepare(&stage);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        Run run = run_line(&stage, wrong[i][0]);
        if (run.code != -1 || run.err.code != ERROR_INPUT)
            fail_msg("'%s' ended %d: %s", wrong[i][0], run.code, run.err.what);
        if (!strstr(run.err.hint, wrong[i][1]))
            fail_msg("'%s' hints '%s'", wrong[i][0], run.err.hint);
    }
    stage_close(&stage);
}

void test_config__says_where_it_is_wrong_and_is_applied(void)
{
    Stage stage;
    stage_prepare(&stage);
    const char *path = path_join(stage.arena, stage.folder, "c.json");
    assert_true(file_write(path, STR("{\n \"lnag\": \"fr\"}"), NULL));
    Run wrong = run_line(&stage, "list metrics --config %/c.json");
    assert_int_equal(wrong.code, -1);
    assert_non_null(strstr(wrong.err.where, "c.json:2:"));
    assert_true(file_write(path, STR("{\"lang\": \"fr\"}"), NULL));
    Run right = run_fine(&stage, "list metrics --config %/c.json");
    assert_non_null(strstr(right.out, "serveur"));
    stage_close(&stage);
}

/* ---- the main job ---- */

void test_cmd_audit__leaves_every_format_and_judge_makes_the_same_of_its_hars(void)
{
    static const char *const names[] = {"a/report.html",  "a/audit.json",
                                        "a/junit.xml",    "a/results.sarif",
                                        "a/findings.csv", "a/summary.md"};
    Stage stage;
    stage_open(&stage, "");
    run_fine(&stage,
             "audit @" QUICK "--format html,json,junit,sarif,csv,markdown,har -o %/a "
             "--secret password=canary -v");
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (!stage_has(&stage, names[i]))
            fail_msg("there is no %s", names[i]);
    run_fine(&stage, "judge %/a/visits/buy-desktop-http-1.har -o %/j");
    assert_true(stage_has(&stage, "j/report.html"));
    const Json *visited = json_at(stage_json(&stage, "a/audit.json"), "journeys");
    const Json *judged = json_at(stage_json(&stage, "j/audit.json"), "journeys");
    assert_int_equal(json_count(visited), 1);
    assert_int_equal(json_count(judged), 1);
    run_fine(&stage, "report %/a --lang fr --format html,junit,sarif,csv,markdown -o %/r");
    assert_true(stage_has(&stage, "r/report.html"));
    assert_non_null(strstr(run_fine(&stage, "report %/a --format csv -o -").out, "tech-"));
    assert_int_equal(run_fine(&stage, "report %/a --format json -o -").out[0], '{');
    stage_close(&stage);
}

void test_cmd_audit__visit_leaves_facts_only(void)
{
    Stage stage;
    stage_open(&stage, "");
    run_fine(&stage, "visit @ --engine http -n 1 --scenario get-help --persona phone "
                     "--throttle none -o %/v");
    assert_false(stage_has(&stage, "v/audit.json"));
    assert_true(stage_has(&stage, "v/visits/get-help-phone-http-1.har"));
    stage_close(&stage);
}

void test_cmd_audit__a_missed_bar_ends_2_and_is_the_last_line(void)
{
    Stage stage;
    stage_open(&stage, "missing-price,no-guest-checkout");
    const char *budget = path_join(stage.arena, stage.folder, "budget.json");
    Run scored = run_line(&stage, "audit @" QUICK "--min-score 99 --format json -o %/a");
    assert_int_equal(scored.code, 2);
    assert_non_null(strstr(scored.out, "failed: "));
    assert_true(file_write(
        budget, STR("{\"budget\": [{\"metric\": \"requests\", \"max\": 1}]}"), NULL));
    Run spent = run_line(&stage, "audit @" QUICK
                                 "--budget %/budget.json --format json -o %/b --lang fr");
    assert_int_equal(spent.code, 2);
    Run few = run_line(&stage, "audit @" QUICK
                               "--budget %/budget.json --format json -o %/b --rules speed");
    assert_int_equal(few.code, 2);
    stage_close(&stage);
}

void test_cmd_audit__who_is_not_there_is_inconclusive(void)
{
    Stage stage;
    stage_prepare(&stage);
    Run run = run_line(&stage, "audit http://127.0.0.1:9/" QUICK "--format json -o %/a");
    assert_int_equal(run.code, 4);
    stage_close(&stage);
}

/* ---- afterwards ---- */

void test_cmd_history__keeps_shows_moves_and_thins_audits(void)
{
    Stage stage;
    stage_open(&stage, "");
    run_fine(&stage, "audit @" QUICK "--format json -o %/a --store %/h.db -q");
    run_fine(&stage,
             "audit @" QUICK "--format json -o %/b --store %/h.db -q --baseline last "
             "--fail-on new-major");
    assert_non_null(strstr(run_fine(&stage, "history --store %/h.db").out, "127.0.0.1"));
    Run rows = run_fine(&stage, "history @ --store %/h.db --format json");
    JsonFile file;
    assert_true(json_parse(stage.arena, "history", str_of(rows.out), &file, NULL));
    assert_int_equal(json_count(file.root), 2);
    run_fine(&stage, "history --store %/h.db --format html -o %/h.html --lang fr");
    assert_true(stage_has(&stage, "h.html"));
    run_fine(&stage, "history export %/all.jsonl --store %/h.db");
    run_fine(&stage, "history import %/all.jsonl --store %/i.db");
    run_fine(&stage, "history check --store %/i.db");
    assert_int_equal(run_fine(&stage, "history prune --keep 1 --store %/i.db").out[0], '1');
    stage_close(&stage);
}

void test_cmd_compare__says_what_changed_between_two_audits(void)
{
    Stage stage;
    Stage flawed;
    stage_open(&stage, "");
    stage_open(&flawed, "no-schema,soft-404");
    run_fine(&stage, "audit @" QUICK "-n 4 --format json -o %/a -q");
    const char *sound = stage.site;
    stage.site = flawed.site;
    Run gate =
        run_line(&stage, "audit @" QUICK "-n 4 --format html,json -o %/b --baseline %/a "
                         "--fail-on new-minor");
    assert_int_equal(gate.code, 2);
    assert_non_null(strstr(gate.out, "new finding"));
    assert_true(stage_has(&stage, "b/comparison.html"));
    Run told =
        run_line(&stage, "compare %/a %/b -o %/c --format html,json,markdown,junit,csv,"
                         "sarif --lang fr");
    assert_true(told.code == 2 || told.code == 0);
    assert_true(stage_has(&stage, "c/comparison.json"));
    int same = run_line(&stage, "compare %/a %/a").code;
    assert_true(same == 0 || same == 4);
    stage.site = sound;
    Run live =
        run_line(&stage, arena_printf(stage.arena,
                                      "compare --live @ %s -n 4 --scenario buy --engine "
                                      "http --persona desktop --throttle none -o %%/l",
                                      flawed.site));
    assert_true(live.code == 0 || live.code == 2 || live.code == 4);
    assert_true(stage_has(&stage, "l/comparison.json"));
    stage_close(&flawed);
    stage_close(&stage);
}

void test_cmd_selftest__tells_its_own_false_alarms(void)
{
    Stage stage;
    stage_prepare(&stage);
    Run run =
        run_line(&stage, "selftest --aa --engine http --persona desktop --scenario buy "
                         "--throttle none -n 8 -o %/s --format json");
    assert_true(run.code == 0 || run.code == 2 || run.code == 4);
    assert_non_null(strstr(run.out, "\"splits\""));
    stage_close(&stage);
}
