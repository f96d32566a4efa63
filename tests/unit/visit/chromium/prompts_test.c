/* prompts_test.c - promises of visit/chromium/prompts with a real browser.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "browser.h"
#include "server.h"
#include "unit.h"
#include "visit/chromium/prompts.h"

static bool shop_answers(int socket, const ServerRequest *request)
{
    if (strcmp(request->path, "/file.zip") == 0)
        return server_page(socket, "200 OK", "application/zip",
                           "Content-Disposition: attachment\r\n", "PK");
    return server_page(socket, "200 OK", "text/html", "",
                       "<!doctype html><title>x</title><input type=file id=f>");
}

typedef struct Stage {
    TestBrowser test;
    Server server;
    Prompts *prompts;
} Stage;

static void setup_prompts(void *context, Target *target)
{
    prompts_setup(((Stage *)context)->prompts, target);
}

static void stage_open(Stage *stage)
{
    if (!test_browser_exists())
        skip();
    server_start(&stage->server, shop_answers);
    test_browser_launch(&stage->test);
    stage->prompts = prompts_open(stage->test.arena, stage->test.cdp, &stage->test.clock);
    test_browser_page(&stage->test, setup_prompts, stage);
    prompts_deny(stage->prompts, targets_context(stage->test.targets));
    test_browser_go(&stage->test, stage->server.url);
}

static void stage_close(Stage *stage)
{
    test_browser_close(&stage->test);
    server_stop(&stage->server);
}

static const Prompt *prompt_await(Stage *stage, size_t index)
{
    static const Prompt none = {.kind = PROMPT_KIND_COUNT, .text = "", .url = ""};
    int64_t until_us = clock_now_us(&stage->test.clock) + 20000000;
    while (prompts_count(stage->prompts) <= index &&
           clock_now_us(&stage->test.clock) < until_us)
        cdp_pump(stage->test.cdp, clock_now_us(&stage->test.clock) + 20000, NULL);
    return prompts_count(stage->prompts) > index ? prompts_at(stage->prompts, index)
                                                 : &none;
}

void test_prompts__no_dialog_holds_up_a_page(void)
{
    Stage stage;
    stage_open(&stage);
    assert_string_equal(test_browser_eval(&stage.test,
                                          "alert('Hello'); '' + confirm('Sure?') + "
                                          "prompt('Name?')"),
                        "falsenull");
    assert_int_equal(prompts_count(stage.prompts), 3);
    assert_int_equal(prompts_at(stage.prompts, 0)->kind, PROMPT_ALERT);
    assert_string_equal(prompts_at(stage.prompts, 0)->text, "Hello");
    assert_true(prompts_at(stage.prompts, 0)->is_accepted);
    assert_int_equal(prompts_at(stage.prompts, 1)->kind, PROMPT_CONFIRM);
    assert_false(prompts_at(stage.prompts, 1)->is_accepted);
    assert_int_equal(prompts_at(stage.prompts, 2)->kind, PROMPT_QUESTION);
    stage_close(&stage);
}

void test_prompts__a_confirmation_is_given_once_when_meant(void)
{
    Stage stage;
    stage_open(&stage);
    prompts_accept_confirm(stage.prompts, true);
    assert_string_equal(
        test_browser_eval(&stage.test, "'' + confirm('one') + confirm('two')"),
        "truefalse");
    stage_close(&stage);
}

/* Who presses "remove" means it; what asks for an order is never answered yes. */
void test_prompts__a_question_about_an_order_is_answered_no(void)
{
    Stage stage;
    stage_open(&stage);
    prompts_mean_presses(stage.prompts, true);
    assert_string_equal(
        test_browser_eval(&stage.test, "'' + confirm('Remove this item?') + confirm('Place "
                                       "your order now?') + confirm('Payer maintenant ?')"),
        "truefalsefalse");
    assert_string_equal(prompts_declined(stage.prompts, 0), "Place your order now?");
    assert_null(prompts_declined(stage.prompts, 3));
    stage_close(&stage);
}

void test_prompts__a_thousand_alerts_are_answered_and_few_kept(void)
{
    Stage stage;
    stage_open(&stage);
    assert_string_equal(
        test_browser_eval(&stage.test, "for (let i = 0; i < 300; i++) alert(i); 'done'"),
        "done");
    assert_int_equal(prompts_count(stage.prompts), PROMPTS_MAX);
    stage_close(&stage);
}

void test_prompts__a_download_is_denied_and_told(void)
{
    Stage stage;
    stage_open(&stage);
    test_browser_eval(&stage.test, "location.href = '/file.zip', 1");
    const Prompt *prompt = prompt_await(&stage, 0);
    assert_int_equal(prompt->kind, PROMPT_DOWNLOAD);
    assert_string_equal(prompt->text, "file.zip");
    assert_string_equal(test_browser_eval(&stage.test, "document.title"), "x");
    stage_close(&stage);
}

void test_prompts__a_file_chooser_does_not_open(void)
{
    Stage stage;
    stage_open(&stage);
    test_browser_eval(&stage.test, "document.getElementById('f').click(), 1");
    assert_int_equal(prompt_await(&stage, 0)->kind, PROMPT_FILE);
    stage_close(&stage);
}

void test_prompts__permissions_are_denied(void)
{
    Stage stage;
    stage_open(&stage);
    assert_string_equal(
        test_browser_eval(&stage.test,
                          "Promise.all(['geolocation', 'notifications', 'camera', "
                          "'microphone'].map(name => navigator.permissions.query({name})))"
                          ".then(all => [...new Set(all.map(p => p.state))].join())"),
        "denied");
    stage_close(&stage);
}

void test_prompts__printing_holds_up_nothing(void)
{
    Stage stage;
    stage_open(&stage);
    assert_string_equal(test_browser_eval(&stage.test, "window.print(); 'on'"), "on");
    stage_close(&stage);
}
