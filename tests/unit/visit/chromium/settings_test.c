/* settings_test.c - promises of visit/chromium/settings.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "browser.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/settings.h"

static const Persona DESKTOP = {.width = 1280, .height = 800, .language = "de"};

static bool launch_of(Arena *arena, const NetOptions *net, LaunchOptions *launch,
                      Error *err)
{
    VisitorOptions options = {.persona = &DESKTOP, .net = net, .site = "http://shop.test/"};
    return settings_launch(arena, &options, launch, err);
}

void test_settings__the_window_is_the_personas(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    LaunchOptions launch;
    assert_true(launch_of(arena, NULL, &launch, NULL));
    assert_int_equal(launch.width, 1280);
    assert_string_equal(launch.language, "de");
    assert_null(launch.proxy);
    assert_null(launch.resolver_rules);
}

void test_settings__names_are_resolved_as_with_curl(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    LaunchOptions launch;
    const char *resolve[] = {"shop.test:443:127.0.0.1", "+v6.test:80:::1,10.0.0.1", NULL};
    const char *connect_to[] = {"a.test:80:b.test:8080", "::c.test:", NULL};
    NetOptions net = {.resolve = resolve, .connect_to = connect_to};
    assert_true(launch_of(arena, &net, &launch, NULL));
    assert_string_equal(launch.resolver_rules,
                        "MAP a.test:80 b.test:8080,MAP * c.test,"
                        "MAP shop.test:443 127.0.0.1:443,MAP v6.test:80 [::1]:80");
}

void test_settings__what_cannot_be_read_is_an_error(void)
{
    static const char *const broken[] = {"shop.test", "shop.test:80", "a b:80:1.2.3.4",
                                         "a:80:1.2.3.4\tMAP"};
    AUTO(arena_auto) Arena *arena = arena_create();
    LaunchOptions launch;
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        Error err = {0};
        const char *resolve[] = {broken[i], NULL};
        NetOptions net = {.resolve = resolve};
        assert_false(launch_of(arena, &net, &launch, &err));
        assert_int_equal(err.code, ERROR_INPUT);
    }
}

void test_settings__a_proxys_password_stays_off_the_command_line(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    LaunchOptions launch;
    NetOptions net = {.proxy = "http://me:secret@proxy.test:3128"};
    assert_true(launch_of(arena, &net, &launch, NULL));
    assert_string_equal(launch.proxy, "http://proxy.test:3128");
    net.proxy = "socks5h://proxy.test";
    assert_true(launch_of(arena, &net, &launch, NULL));
    assert_string_equal(launch.proxy, "socks5://proxy.test:1080");
    net.proxy = "proxy.test";
    assert_true(launch_of(arena, &net, &launch, NULL));
    assert_string_equal(launch.proxy, "http://proxy.test:1080");
}

void test_settings__what_a_browser_cannot_follow_is_refused(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    LaunchOptions launch;
    NetOptions net = {.ca_file = "ca.pem"};
    Error err = {0};
    assert_false(launch_of(arena, &net, &launch, &err));
    assert_string_equal(err.where, "--cacert");
    error_clear(&err);
    net = (NetOptions){.ip_version = 6};
    assert_false(launch_of(arena, &net, &launch, &err));
    assert_string_equal(err.where, "--ipv6");
}

static bool cookie_answers(int socket, const ServerRequest *request)
{
    return server_page(socket, "200 OK", "text/plain", "", request->head);
}

void test_settings__a_name_is_resolved_and_cookies_begin_with_the_visit(void)
{
    TestBrowser test;
    Server server;
    LaunchOptions launch;
    Error err = {0};
    AUTO(arena_auto) Arena *arena = arena_create();
    if (!test_browser_exists())
        skip();
    server_start(&server, cookie_answers);
    const char *resolve[] = {arena_printf(arena, "shop.test:%d:127.0.0.1", server.port),
                             NULL};
    NetOptions net = {.resolve = resolve, .cookie = "one=1; two=2"};
    Clock clock;
    clock_init(&clock);
    VisitorOptions options = {
        .persona = &DESKTOP,
        .net = &net,
        .clock = &clock,
        .site = arena_printf(arena, "http://shop.test:%d/", server.port),
    };
    assert_true(settings_launch(arena, &options, &launch, NULL));
    test_browser_launch_with(&test, &launch);
    test_browser_page(&test, NULL, NULL);
    assert_true(settings_cookies(test.cdp, targets_context(test.targets), &options, &err));
    test_browser_go(&test, options.site);
    const char *head = test_browser_eval(&test, "document.body.innerText");
    assert_non_null(strstr(head, "Host: shop.test"));
    assert_non_null(strstr(head, "one=1; two=2"));
    test_browser_close(&test);
    server_stop(&server);
}
