/* launch_test.c - promises of visit/chromium/launch. Tests find.c, guardian.c and
 * profile.c.
 *
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/out.h"
#include "browser.h"
#include "unit.h"
#include "visit/chromium/guardian.h"
#include "visit/chromium/launch.h"
#include "visit/chromium/profile.h"

enum { WAIT_US = 20000000, NAP_US = 10000 };

static int64_t now_us(void)
{
    const Clock real = {.is_fixed = false};
    return clock_now_us(&real);
}

static bool group_ends(pid_t group, int64_t timeout_us)
{
    const Clock real = {.is_fixed = false};
    int64_t until_us = now_us() + timeout_us;
    while (test_group_size(group) > 0 && now_us() < until_us)
        clock_sleep_us(&real, NAP_US);
    return test_group_size(group) == 0;
}

static bool folder_goes(const char *folder, int64_t timeout_us)
{
    const Clock real = {.is_fixed = false};
    int64_t until_us = now_us() + timeout_us;
    while (path_is_folder(folder) && now_us() < until_us)
        clock_sleep_us(&real, NAP_US);
    return !path_is_folder(folder);
}

/* A program of our own instead of a browser: a shell script. */
static const char *script_make(Arena *arena, const char *text)
{
    char *path = arena_text(arena, "/tmp/mystery-test-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(fchmod(fd, 0755), 0);
    close(fd);
    return path;
}

static bool script_launch(Arena *arena, const char *script, Browser *browser, Error *err)
{
    LaunchOptions options = {.binary = script, .is_sandbox_waived = true};
    return browser_launch(arena, &options, browser, err);
}

void test_launch__talks_by_descriptors_three_and_four(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Browser browser;
    Error err = {0};
    char answer[6] = "";
    const char *script =
        script_make(arena, "#!/bin/sh\nread line <&3\necho \"$line\" >&4\n");
    assert_true(script_launch(arena, script, &browser, &err));
    assert_int_equal(write(browser.write_fd, "hello\n", 6), 6);
    struct pollfd fd = {.fd = browser.read_fd, .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 10000), 1);
    assert_int_equal(read(browser.read_fd, answer, 5), 5);
    assert_string_equal(answer, "hello");
    browser_end(&browser, 1000000);
    browser_end(&browser, 1000000);
    unlink(script);
}

void test_launch__ends_a_program_that_ignores_term(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Browser browser;
    Error err = {0};
    const char *script = script_make(
        arena, "#!/bin/sh\ntrap '' TERM\necho ready >&4\nwhile :; do sleep 1; done\n");
    assert_true(script_launch(arena, script, &browser, &err));
    pid_t group = browser.pid;
    struct pollfd fd = {.fd = browser.read_fd, .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 10000), 1);
    assert_true(path_is_folder(browser.profile));
    browser_end(&browser, 10000);
    assert_int_equal(test_group_size(group), 0);
    assert_false(path_is_folder(browser.profile));
    unlink(script);
}

void test_launch__ends_children_that_left_the_group(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Browser browser;
    Error err = {0};
    char text[32] = "";
    long long stray = 0;
    const char *script = script_make(
        arena, "#!/bin/sh\nsetsid sh -c 'echo $$ >&4; exec 4>&- ; sleep 60' &\nwait\n");
    assert_true(script_launch(arena, script, &browser, &err));
    struct pollfd fd = {.fd = browser.read_fd, .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 10000), 1);
    assert_true(read(browser.read_fd, text, sizeof text - 1) > 0);
    assert_true(str_to_int(str_trim(str_of(text)), &stray));
    assert_int_equal(kill((pid_t)stray, 0), 0);
    browser_end(&browser, 0);
    assert_int_equal(kill((pid_t)stray, 0), -1);
    assert_int_equal(errno, ESRCH);
    unlink(script);
}

void test_launch__gives_the_program_none_of_our_secrets(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Browser browser;
    Error err = {0};
    char text[4096] = "";
    size_t length = 0;
    ssize_t got = 0;
    const char *script = script_make(arena, "#!/bin/sh\nenv >&4\n");
    setenv("MYSTERY_TEST_SECRET", "hunter2", 1);
    assert_true(script_launch(arena, script, &browser, &err));
    unsetenv("MYSTERY_TEST_SECRET");
    struct pollfd fd = {.fd = browser.read_fd, .events = POLLIN};
    while (poll(&fd, 1, 10000) == 1 &&
           (got = read(browser.read_fd, text + length, sizeof text - 1 - length)) > 0)
        length += (size_t)got;
    assert_null(strstr(text, "hunter2"));
    assert_non_null(strstr(text, arena_printf(arena, "HOME=%s\n", browser.profile)));
    browser_end(&browser, 0);
    unlink(script);
}

void test_launch__says_what_a_failing_program_said(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Browser browser;
    Error err = {0};
    char byte;
    const char *script =
        script_make(arena, "#!/bin/sh\necho one >&2\necho no library >&2\nexit 127\n");
    assert_true(script_launch(arena, script, &browser, &err));
    struct pollfd fd = {.fd = browser.read_fd, .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 10000), 1);
    assert_int_equal(read(browser.read_fd, &byte, 1), 0);
    assert_string_equal(browser_last_words(arena, &browser), "no library");
    browser_end(&browser, 0);
    unlink(script);
}

void test_launch__a_program_that_is_not_there_is_an_error_and_leaves_nothing(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Browser browser;
    Error err = {0};
    assert_false(script_launch(arena, "/nonexistent/chromium", &browser, &err));
    assert_int_equal(err.code, ERROR_FAILED);
    assert_non_null(strstr(err.what, "No such file"));
    assert_false(path_is_folder(browser.profile));
}

/* In a child: start the program, tell the maker its group and folder, wait to be killed. */
static void launch_and_wait(int fd, const char *script)
{
    Arena *arena = arena_create();
    Browser browser;
    Error err = {0};
    LaunchOptions options = {.binary = script, .is_sandbox_waived = script != NULL};
    if (!browser_launch(arena, &options, &browser, &err))
        _exit(1);
    char text[256] = "";
    snprintf(text, sizeof text, "%d %s", (int)browser.pid, browser.profile);
    if (write(fd, text, sizeof text) < 0)
        _exit(1);
    for (;;)
        pause();
}

static void check_killed_maker_leaves_nothing(const char *script)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    int fds[2];
    char text[256] = "";
    long long group = 0;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        launch_and_wait(fds[1], script);
    }
    close(fds[1]);
    assert_int_equal(read(fds[0], text, sizeof text), sizeof text);
    close(fds[0]);
    Str rest = str_of(text);
    Str word;
    assert_true(str_next_word(&rest, &word) && str_to_int(word, &group));
    const char *folder = arena_str_text(arena, str_trim(rest));
    assert_true(test_group_size((pid_t)group) > 0);
    assert_true(path_is_folder(folder));
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_true(group_ends((pid_t)group, WAIT_US));
    assert_true(folder_goes(folder, WAIT_US));
}

void test_guardian__tidies_up_when_we_are_killed(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *script =
        script_make(arena, "#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 1; done\n");
    check_killed_maker_leaves_nothing(script);
    unlink(script);
}

void test_guardian__tidies_up_a_real_browser_when_we_are_killed(void)
{
    if (!test_browser_exists())
        skip();
    check_killed_maker_leaves_nothing(NULL);
}

void test_guardian__killed_itself_takes_the_program_with_it(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    /* Any browser that starts elsewhere sweeps the common folder. */
    char folder[] = "/tmp/mystery-unit-XXXXXX";
    const char *before = arena_text(arena, getenv("TMPDIR"));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chmod(folder, 0711), 0);
    assert_int_equal(setenv("TMPDIR", folder, 1), 0);
    Browser browser;
    Error err = {0};
    const char *script = script_make(arena, "#!/bin/sh\necho >&4\nexec sleep 60\n");
    assert_true(script_launch(arena, script, &browser, &err));
    struct pollfd fd = {.fd = browser.read_fd, .events = POLLIN};
    assert_int_equal(poll(&fd, 1, 10000), 1);
    pid_t group = browser.pid;
    kill(browser.guardian, SIGKILL);
    /* Its orphan is adopted, and reaped or not, by who is above us; it is dead. */
    char byte;
    struct pollfd end = {.fd = browser.read_fd, .events = POLLIN};
    while (poll(&end, 1, 10000) == 1 && read(browser.read_fd, &byte, 1) > 0)
        continue;
    browser_end(&browser, 0);
    assert_true(group_ends(group, WAIT_US));
    /* Nobody is left to remove the folder but the next start. */
    assert_true(path_is_folder(browser.profile));
    assert_true(profile_sweep(arena) >= 1);
    assert_int_equal(before ? setenv("TMPDIR", before, 1) : unsetenv("TMPDIR"), 0);
    assert_int_equal(rmdir(folder), 0);
    unlink(script);
}

void test_profile__is_swept_only_when_nobody_holds_it(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = NULL;
    int fd = -1;
    Error err = {0};
    assert_true(profile_make(arena, (uid_t)-1, &folder, &fd, &err));
    profile_sweep(arena);
    assert_true(path_is_folder(folder));
    close(fd);
    profile_sweep(arena);
    assert_false(path_is_folder(folder));
}

void test_profile__removes_links_without_following_them(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = NULL;
    const char *kept = NULL;
    int fd = -1;
    int kept_fd = -1;
    assert_true(profile_make(arena, (uid_t)-1, &folder, &fd, NULL));
    assert_true(profile_make(arena, (uid_t)-1, &kept, &kept_fd, NULL));
    const char *file = path_join(arena, kept, "file");
    assert_true(file_write(file, STR("x"), NULL));
    assert_true(folder_make(path_join(arena, folder, "a/b/c"), NULL));
    assert_int_equal(symlink(kept, path_join(arena, folder, "a/b/link")), 0);
    profile_remove(folder);
    assert_false(path_is_folder(folder));
    assert_true(path_is_file(file));
    profile_remove(kept);
    close(fd);
    close(kept_fd);
}

/* What is found with CHROME_PATH set to path. */
static const char *found_as(Arena *arena, const char *path)
{
    const char *before = arena_text(arena, getenv("CHROME_PATH"));
    setenv("CHROME_PATH", path, 1);
    const char *found = browser_find(arena, false);
    if (before)
        setenv("CHROME_PATH", before, 1);
    else
        unsetenv("CHROME_PATH");
    return found;
}

void test_find__looks_behind_a_distributions_wrapper(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    if (!path_is_file("/usr/lib/chromium/chromium") || !path_is_file("/usr/bin/chromium"))
        skip();
    assert_string_equal(found_as(arena, "/usr/bin/chromium"), "/usr/lib/chromium/chromium");
}

void test_find__a_wrong_name_is_not_another_browser(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    assert_null(found_as(arena, "/nonexistent/chromium"));
    const char *script = script_make(arena, "#!/bin/sh\n");
    assert_string_equal(found_as(arena, script), script);
    unlink(script);
}

void test_find__knows_a_shell_by_its_name(void)
{
    assert_true(browser_is_shell("/usr/lib/chromium/chromium-headless-shell"));
    assert_true(browser_is_shell("/opt/headless_shell"));
    assert_false(browser_is_shell("/opt/headless-shell/chromium"));
}

/* Which user and which privileges a process has. */
static const char *status_line(Arena *arena, pid_t pid, const char *name)
{
    Str text;
    Str line;
    assert_true(file_read(arena, arena_printf(arena, "/proc/%d/status", (int)pid), 1 << 20,
                          &text, NULL));
    while (str_next(&text, '\n', &line))
        if (str_starts_with(line, str_of(name)))
            return arena_str_text(arena, str_trim(str_slice(line, strlen(name), SIZE_MAX)));
    return "";
}

void test_launch__the_browser_runs_sandboxed_and_never_as_root(void)
{
    TestBrowser test;
    test_browser_open(&test, NULL, NULL);
    assert_true(test.browser.is_sandboxed);
    const char *uid = status_line(test.arena, test.browser.pid, "Uid:");
    assert_true(strncmp(uid, "0\t", 2) != 0);
    assert_string_equal(status_line(test.arena, test.browser.pid, "CapEff:"),
                        "0000000000000000");
    assert_string_equal(status_line(test.arena, test.browser.pid, "NoNewPrivs:"), "1");
    Str line;
    assert_true(file_read(
        test.arena, arena_printf(test.arena, "/proc/%d/cmdline", (int)test.browser.pid),
        1 << 20, &line, NULL));
    assert_false(str_contains(line, STR("no-sandbox")));
    test_browser_close(&test);
}
