/* world.c - our functions in the page: put into every document, in a world of their own
 * that the page's scripts cannot see, and asked from here. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <string.h>

#include "visit/chromium/chromium.h"
#include "visit/chromium/in_page.h"

enum {
    PARAMS_LIMIT = 1 << 20,
    TIMEOUTS_MOST = 3, /* unanswered calls in a row after which a page is said to hang */
};

#define WORLD_NAME "mystery"

void world_setup(ChromiumVisitor *visitor, const Target *target)
{
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    if (target->kind != TARGET_PAGE && target->kind != TARGET_FRAME)
        return;
    buf_init(&params, PARAMS_LIMIT);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "source", in_page_source);
    json_put_text(&json, "worldName", WORLD_NAME);
    json_write_end(&json);
    cdp_send(visitor->cdp, target->session, "Page.addScriptToEvaluateOnNewDocument",
             buf_text(&params));
}

/* ---- the world of the document shown ---- */

/* In a document that was there before our script could be put into it (the first empty
 * one), the functions are missing. */
static bool world_fill(ChromiumVisitor *visitor, Error *err)
{
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    buf_init(&params, PARAMS_LIMIT);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "expression", in_page_source);
    json_put_integer(&json, "contextId", visitor->world);
    json_write_end(&json);
    return cdp_call(visitor->cdp, visitor->page->session, "Runtime.evaluate",
                    buf_text(&params), CALL_US, NULL, NULL, err);
}

static bool world_make(ChromiumVisitor *visitor, Error *err)
{
    const Json *answer = NULL;
    const char *params = arena_printf(
        visitor->scratch, "{\"frameId\":\"%s\",\"worldName\":\"" WORLD_NAME "\"}",
        visitor->navigating.frame_id);
    if (visitor->world)
        return true;
    if (!cdp_call(visitor->cdp, visitor->page->session, "Page.createIsolatedWorld", params,
                  CALL_US, visitor->scratch, &answer, err))
        return false;
    visitor->world = (int)json_integer(json_get(answer, "executionContextId"), 0);
    if (!visitor->world)
        return error_set(err, ERROR_FAILED, "Page.createIsolatedWorld",
                         "the browser made no world");
    return world_fill(visitor, err);
}

static bool answer_take(const Json *answer, const Json **result, Error *err)
{
    const Json *trouble = json_get(answer, "exceptionDetails");
    if (trouble) {
        const char *said = json_text(json_at(trouble, "exception.description"),
                                     json_text(json_get(trouble, "text"), "exception"));
        return error_set(err, ERROR_FAILED, "in the page", "%.300s", said);
    }
    if (result)
        *result = json_at(answer, "result.value");
    return true;
}

/* One call; by_value false: the answer is a handle. */
static bool function_call(ChromiumVisitor *visitor, const char *function,
                          const char *arguments, bool by_value, const Json **answer,
                          Error *err)
{
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    if (!world_make(visitor, err))
        return false;
    buf_init(&params, PARAMS_LIMIT);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "functionDeclaration", function);
    json_put_integer(&json, "executionContextId", visitor->world);
    json_put_bool(&json, "returnByValue", by_value);
    json_put_bool(&json, "awaitPromise", true);
    json_put_bool(&json, "userGesture", false);
    json_write_end(&json);
    if (arguments) {
        /* Already JSON: put in front of the closing brace. */
        buf_truncate(&params, params.length - 1);
        buf_printf(&params, ",\"arguments\":%s}", arguments);
    }
    if (!buf_check(&params, "a call into the page", err))
        return false;
    return cdp_call(visitor->cdp, visitor->page->session, "Runtime.callFunctionOn",
                    buf_text(&params), visitor->timeouts ? SHORT_CALL_US : CALL_US,
                    visitor->scratch, answer, err);
}

/* The document was replaced between two calls: the world is made anew once. */
static bool world_is_lost(const Error *err)
{
    return strstr(err->what, "context") != NULL || strstr(err->what, "navigated") != NULL;
}

static bool call_again(ChromiumVisitor *visitor, const char *function,
                       const char *arguments, bool by_value, const Json **answer,
                       Error *err)
{
    Error trouble = {0};
    int64_t begun_us = clock_now_us(visitor->base.clock);
    for (int i = 0; i < 2; i++) {
        error_clear(&trouble);
        if (function_call(visitor, function, arguments, by_value, answer, &trouble)) {
            visitor->timeouts = 0;
            return true;
        }
        if (cdp_is_gone(visitor->cdp) || !world_is_lost(&trouble))
            break;
        visitor->world = 0;
    }
    if (clock_now_us(visitor->base.clock) - begun_us >= SHORT_CALL_US)
        visitor->timeouts++;
    return error_set(err, trouble.code, trouble.where, "%s", trouble.what);
}

bool page_call(ChromiumVisitor *visitor, const char *function, const char *arguments,
               const Json **result, Error *err)
{
    const Json *answer = NULL;
    return call_again(visitor, function, arguments, true, &answer, err) &&
           answer_take(answer, result, err);
}

const Json *page_ask(ChromiumVisitor *visitor, const char *name, const char *arguments)
{
    const Json *result = NULL;
    const char *function = arena_printf(visitor->scratch,
                                        "function(...given) { mystery.number(%d); return "
                                        "mystery.%s(...given); }",
                                        visitor->mark_most, name);
    return page_call(visitor, function, arguments, &result, NULL) ? result : NULL;
}

const char *page_arguments(ChromiumVisitor *visitor, const char *kinds, ...)
{
    AUTO(buf_release) Buf out = {0};
    JsonWriter json;
    va_list values;
    buf_init(&out, PARAMS_LIMIT);
    json_writer_init(&json, &out, false);
    json_write_array(&json);
    va_start(values, kinds);
    for (; *kinds; kinds++) {
        json_write_object(&json);
        if (*kinds == 'i')
            json_put_integer(&json, "value", va_arg(values, int));
        else
            json_put_text(&json, "value", va_arg(values, const char *));
        json_write_end(&json);
    }
    va_end(values);
    json_write_end(&json);
    return arena_str_text(visitor->scratch, buf_str(&out));
}

bool page_is_alive(ChromiumVisitor *visitor, Error *err)
{
    const char *url = visitor->navigating.url;
    if (cdp_is_gone(visitor->cdp))
        return error_set(err, ERROR_FAILED, url, "the browser ended unexpectedly");
    if (visitor->page->is_crashed)
        return error_set(err, ERROR_FAILED, url, "the page crashed the browser's process");
    if (visitor->page->is_gone)
        return error_set(err, ERROR_FAILED, url, "the page closed its own window");
    if (visitor->timeouts >= TIMEOUTS_MOST)
        return error_set(err, ERROR_INCONCLUSIVE, url,
                         "the page hangs: it answers no more");
    return true;
}
