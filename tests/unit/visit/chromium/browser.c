/* browser.c - a real browser for tests. SPDX-License-Identifier: MIT */
#include "browser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/out.h"
#include "unit.h"

enum { WAIT_US = 20000000 };

bool test_browser_exists(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    BrowserUser user;
    /* Browsers cost time: whoever tests something else may leave them out. */
    const char *wish = getenv("MYSTERY_TEST_BROWSER");
    if (wish && strcmp(wish, "none") == 0)
        return false;
    const char *binary = browser_find(arena, false);
    return binary && access(binary, X_OK) == 0 && browser_confinement(arena, binary, &user);
}

static void setup_nothing(void *context, Target *target)
{
    (void)context, (void)target;
}

void test_browser_launch_with(TestBrowser *test, const LaunchOptions *options)
{
    Error err = {0};
    if (!test_browser_exists())
        skip();
    *test = (TestBrowser){.arena = arena_create()};
    clock_init(&test->clock);
    if (!browser_launch(test->arena, options, &test->browser, &err))
        fail_msg("%s: %s (%s)", err.where, err.what, err.hint);
    test->cdp =
        cdp_open(test->arena, test->browser.write_fd, test->browser.read_fd, &test->clock);
}

void test_browser_launch(TestBrowser *test)
{
    LaunchOptions options = {.width = 800, .height = 600};
    test_browser_launch_with(test, &options);
}

void test_browser_page(TestBrowser *test, TargetSetup *setup, void *context)
{
    Error err = {0};
    if (!targets_open(test->arena, test->cdp, setup ? setup : setup_nothing, context,
                      &test->targets, &err) ||
        !targets_new_page(test->targets, &test->page, &err))
        fail_msg("%s: %s; %s", err.where, err.what,
                 browser_last_words(test->arena, &test->browser));
}

void test_browser_open(TestBrowser *test, TargetSetup *setup, void *context)
{
    test_browser_launch(test);
    test_browser_page(test, setup, context);
}

static void on_load(void *context, const CdpEvent *event)
{
    const char *name = json_text(json_get(event->params, "name"), "");
    if (strcmp(name, "load") == 0)
        *(bool *)context = true;
}

void test_browser_go(TestBrowser *test, const char *url)
{
    const char *session = test->page->session;
    bool *is_loaded = ARENA_NEW(test->arena, bool);
    const char *params = arena_printf(test->arena, "{\"url\":\"%s\"}", url);
    cdp_listen(test->cdp, "Page.lifecycleEvent", on_load, is_loaded);
    cdp_send(test->cdp, session, "Page.enable", NULL);
    assert_true(cdp_call(test->cdp, session, "Page.setLifecycleEventsEnabled",
                         "{\"enabled\":true}", WAIT_US, NULL, NULL, NULL));
    *is_loaded = false;
    assert_true(
        cdp_call(test->cdp, session, "Page.navigate", params, WAIT_US, NULL, NULL, NULL));
    test_browser_await(test, is_loaded);
}

const char *test_browser_eval(TestBrowser *test, const char *expression)
{
    AUTO(buf_release) Buf params = {0};
    JsonWriter writer;
    const Json *result = NULL;
    buf_init(&params, 1 << 20);
    json_writer_init(&writer, &params, false);
    json_write_object(&writer);
    json_put_text(&writer, "expression", expression);
    json_put_bool(&writer, "returnByValue", true);
    json_put_bool(&writer, "awaitPromise", true);
    json_put_bool(&writer, "userGesture", true);
    json_write_end(&writer);
    assert_true(cdp_call(test->cdp, test->page->session, "Runtime.evaluate",
                         buf_text(&params), WAIT_US, test->arena, &result, NULL));
    const Json *value = json_at(result, "result.value");
    return json_type(value) == JSON_STRING
               ? json_text(value, "")
               : arena_printf(test->arena, "%g", json_number(value, -1));
}

void test_browser_await(TestBrowser *test, const bool *stop)
{
    assert_true(cdp_pump(test->cdp, clock_now_us(&test->clock) + WAIT_US, stop));
    assert_true(*stop);
}

/* Field 5 of /proc/PID/stat, behind the name in brackets, is the group. */
static pid_t group_of(const char *pid)
{
    char path[64];
    char text[1024];
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "re");
    size_t length = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[length] = '\0';
    const char *behind = strrchr(text, ')');
    Str rest = str_of(behind ? behind + 1 : "");
    Str word = {0};
    long long group = 0;
    for (int i = 0; i < 3; i++)
        if (!str_next_word(&rest, &word))
            return 0;
    return str_to_int(word, &group) ? (pid_t)group : 0;
}

int test_group_size(pid_t group)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **names = NULL;
    size_t count = 0;
    int size = 0;
    assert_true(folder_list(arena, "/proc", "", &names, &count, NULL));
    for (size_t i = 0; i < count; i++)
        if (names[i][0] >= '1' && names[i][0] <= '9' && group_of(names[i]) == group)
            size++;
    return size;
}

void test_browser_close(TestBrowser *test)
{
    pid_t group = test->browser.pid;
    cdp_send(test->cdp, "", "Browser.close", NULL);
    browser_end(&test->browser, 3000000);
    assert_int_equal(test_group_size(group), 0);
    assert_false(path_is_folder(test->browser.profile));
    arena_release(test->arena);
    test->arena = NULL;
}
