/* device_test.c - promises of visit/chromium/device with a real browser.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "browser.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/device.h"

#define AGENT                                                                              \
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "           \
    "Chrome/99.0.0.0 Mobile Safari/537.36"

static const Persona PHONE = {
    .is_phone = true,
    .width = 412,
    .height = 823,
    .pixel_ratio = 1.75,
    .has_touch = true,
    .user_agent = AGENT,
    .platform = "Android",
    .brands = "\"Chromium\";v=\"99\", \"Not_A Brand\";v=\"24\"",
    .language = "fr",
    .accept_language = "fr-FR,fr;q=0.9,en;q=0.5",
    .timezone = "Pacific/Auckland",
    .network = "none",
    .cpu_rate = 1,
    .text_scale = 1,
    .reduced_motion = true,
};

static bool echo_answers(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/") == 0)
        return server_page(socket, "200 OK", "text/html", "",
                           "<!doctype html><meta name=viewport "
                           "content=width=device-width><title>me</title>");
    return server_page(socket, "200 OK", "text/plain", "", request->head);
}

typedef struct Stage {
    TestBrowser test;
    Server server;
    Device *device;
} Stage;

static void setup_device(void *context, Target *target)
{
    Stage *stage = context;
    cdp_send(stage->test.cdp, target->session, "Network.enable", NULL);
    device_setup(stage->device, target);
}

static void stage_open(Stage *stage, DeviceOptions options)
{
    if (!test_browser_exists())
        skip();
    server_start(&stage->server, echo_answers);
    test_browser_launch(&stage->test);
    options.product = "Chrome/156.0.8078.79";
    stage->device = device_open(stage->test.arena, stage->test.cdp, &options);
    test_browser_page(&stage->test, setup_device, stage);
    test_browser_go(&stage->test, stage->server.url);
}

static void stage_close(Stage *stage)
{
    test_browser_close(&stage->test);
    server_stop(&stage->server);
}

static void assert_eval(Stage *stage, const char *expression, const char *expected)
{
    assert_string_equal(test_browser_eval(&stage->test, expression), expected);
}

void test_device__the_screen_is_the_personas(void)
{
    Stage stage;
    stage_open(&stage, (DeviceOptions){.persona = &PHONE});
    assert_eval(&stage, "innerWidth + 'x' + innerHeight", "412x823");
    assert_eval(&stage, "'' + devicePixelRatio", "1.75");
    assert_eval(&stage, "'' + navigator.maxTouchPoints", "5");
    assert_eval(&stage, "'' + matchMedia('(pointer: coarse)').matches", "true");
    assert_eval(&stage, "'' + matchMedia('(prefers-reduced-motion: reduce)').matches",
                "true");
    stage_close(&stage);
}

void test_device__it_says_one_thing_in_all_places(void)
{
    Stage stage;
    stage_open(&stage, (DeviceOptions){.persona = &PHONE});
    const char *agent = device_user_agent(stage.device);
    assert_non_null(strstr(agent, "Chrome/156.0.0.0 Mobile"));
    assert_null(strstr(agent, "Headless"));
    assert_eval(&stage, "navigator.userAgent", agent);
    const char *head =
        test_browser_eval(&stage.test, "fetch('/echo').then(answer => answer.text())");
    assert_non_null(strstr(head, agent));
    assert_non_null(strstr(head, "\"Chromium\";v=\"156\", \"Not_A Brand\";v=\"24\""));
    assert_non_null(strstr(head, "sec-ch-ua-mobile: ?1"));
    assert_non_null(strstr(head, "sec-ch-ua-platform: \"Android\""));
    assert_non_null(strstr(head, "fr-FR,fr;q=0.9,en;q=0.8"));
    assert_eval(&stage, "navigator.languages.join()", "fr-FR,fr,en");
    assert_eval(&stage,
                "navigator.userAgentData.getHighEntropyValues(['fullVersionList'])"
                ".then(v => v.fullVersionList[0].version)",
                "156.0.8078.79");
    stage_close(&stage);
}

void test_device__a_worker_says_the_same(void)
{
    Stage stage;
    stage_open(&stage, (DeviceOptions){.persona = &PHONE});
    assert_eval(
        &stage,
        "new Promise(done => { const w = new Worker(URL.createObjectURL(new Blob("
        "['postMessage(navigator.userAgent)']))); w.onmessage = e => done(e.data) })",
        device_user_agent(stage.device));
    stage_close(&stage);
}

void test_device__place_and_language_are_the_personas(void)
{
    Stage stage;
    stage_open(&stage, (DeviceOptions){.persona = &PHONE});
    assert_eval(&stage, "Intl.DateTimeFormat().resolvedOptions().timeZone",
                "Pacific/Auckland");
    assert_eval(&stage, "(1234.5).toLocaleString()", "1\u202f234,5");
    stage_close(&stage);
}

void test_device__the_network_is_as_slow_as_asked(void)
{
    static const Network slow = {.id = "test",
                                 .down_bytes_per_s = 1000000,
                                 .up_bytes_per_s = 1000000,
                                 .latency_us = 300000};
    Stage stage;
    stage_open(&stage, (DeviceOptions){.persona = &PHONE, .network = &slow});
    const char *spent = test_browser_eval(
        &stage.test, "(async () => { const t = performance.now(); await fetch('/echo');"
                     "return performance.now() - t >= 290 ? 'slow' : 'fast' })()");
    assert_string_equal(spent, "slow");
    stage_close(&stage);
}

void test_device__the_users_own_agent_replaces_the_personas(void)
{
    Stage stage;
    stage_open(&stage, (DeviceOptions){.persona = &PHONE, .user_agent = "Mine/1"});
    assert_eval(&stage, "navigator.userAgent", "Mine/1");
    stage_close(&stage);
}

void test_device__declared_it_names_the_program(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Clock clock;
    clock_init(&clock);
    DeviceOptions options = {
        .persona = &PHONE, .is_declared = true, .product = "Chrome/7.0.1.2"};
    const Device *device = device_open(arena, cdp_open(arena, -1, -1, &clock), &options);
    assert_string_equal(
        device_user_agent(device),
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
        "Gecko) Chrome/7.0.0.0 Mobile Safari/537.36 Mystery/" MYSTERY_VERSION);
}
