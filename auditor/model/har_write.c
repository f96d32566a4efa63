/* har_write.c - a visit as HAR 1.2. Everything of ours stands in _mystery members, so that
 * any HAR viewer opens the file. Layer: model. SPDX-License-Identifier: MIT */
#include <math.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/url.h"
#include "model/har.h"
#include "model/har_layout.h"
#include "model/har_mask.h"

/** What every part of the writing needs. */
typedef struct HarOut {
    const Visit *visit;
    JsonWriter *json;
    Arena *arena;
    bool keep_credentials;
} HarOut;

static void put_time(JsonWriter *json, const char *key, int64_t wall_us)
{
    char text[32];
    clock_iso8601(wall_us, text, sizeof text);
    json_put_text(json, key, text);
}

/* Milliseconds with the µs behind the mark; -1 stays -1 ("does not apply" in HAR). */
static void put_ms(JsonWriter *json, const char *key, int64_t duration_us)
{
    json_put_number(json, key, duration_us < 0 ? -1.0 : (double)duration_us / 1000.0);
}

static void put_headers(HarOut *out, const char *key, const Header *headers, int count)
{
    json_write_key(out->json, key);
    json_write_array(out->json);
    for (int i = 0; i < count; i++) {
        const char *value = headers[i].value;
        if (!out->keep_credentials)
            value = har_mask_header(out->arena, headers[i].name, value);
        json_write_object(out->json);
        json_put_text(out->json, "name", headers[i].name);
        json_put_text(out->json, "value", value);
        json_write_end(out->json);
    }
    json_write_end(out->json);
}

static void put_empty_array(JsonWriter *json, const char *key)
{
    json_write_key(json, key);
    json_write_array(json);
    json_write_end(json);
}

/* A body as text when its bytes are UTF-8, else base64. */
static void put_body_text(HarOut *out, Str body)
{
    if (str_is_utf8(body) && !str_contains(body, str_from("\0", 1))) {
        json_put_str(out->json, "text", body);
        return;
    }
    json_put_str(out->json, "text", base64_encode(out->arena, body));
    json_put_text(out->json, "encoding", "base64");
}

static void put_query(HarOut *out, const char *href)
{
    JsonWriter *json = out->json;
    Url url;
    json_write_key(json, "queryString");
    json_write_array(json);
    if (url_parse(out->arena, str_of(href), NULL, &url, NULL) && url.query) {
        Str rest = str_of(url.query);
        Str pair;
        while (str_next(&rest, '&', &pair)) {
            size_t equals = str_find_byte(pair, '=', 0);
            json_write_object(json);
            json_put_str(json, "name", str_slice(pair, 0, equals));
            json_put_str(json, "value",
                         equals == SIZE_MAX ? STR("")
                                            : str_slice(pair, equals + 1, SIZE_MAX));
            json_write_end(json);
        }
    }
    json_write_end(json);
}

static void put_request(HarOut *out, const Exchange *exchange)
{
    JsonWriter *json = out->json;
    json_write_key(json, "request");
    json_write_object(json);
    json_put_text(json, "method", exchange->method);
    json_put_text(json, "url", exchange->url);
    json_put_text(json, "httpVersion", exchange->http_version);
    put_empty_array(json, "cookies");
    put_headers(out, "headers", exchange->request_headers, exchange->request_header_count);
    put_query(out, exchange->url);
    if (exchange->request_body.length || exchange->request_type) {
        Str body = exchange->request_body;
        if (!out->keep_credentials)
            body = har_mask_body(out->arena, exchange->request_type, body);
        json_write_key(json, "postData");
        json_write_object(json);
        json_put_text(json, "mimeType",
                      exchange->request_type ? exchange->request_type : "");
        json_put_str(json, "text", body);
        json_write_end(json);
    }
    json_put_integer(json, "headersSize", -1);
    json_put_integer(json, "bodySize", (int64_t)exchange->request_body.length);
    json_write_end(json);
}

static void put_response(HarOut *out, const Exchange *exchange)
{
    JsonWriter *json = out->json;
    json_write_key(json, "response");
    json_write_object(json);
    json_put_integer(json, "status", exchange->status);
    json_put_text(json, "statusText", "");
    json_put_text(json, "httpVersion", exchange->http_version);
    put_empty_array(json, "cookies");
    put_headers(out, "headers", exchange->headers, exchange->header_count);
    json_write_key(json, "content");
    json_write_object(json);
    json_put_integer(json, "size", exchange->body_bytes < 0 ? 0 : exchange->body_bytes);
    json_put_text(json, "mimeType", exchange->mime);
    if (exchange->has_body)
        put_body_text(out, exchange->body);
    json_write_end(json);
    json_put_text(json, "redirectURL",
                  exchange->redirect_url ? exchange->redirect_url : "");
    json_put_integer(json, "headersSize", -1);
    json_put_integer(json, "bodySize", exchange->is_from_cache ? 0 : -1);
    json_write_end(json);
}

static int64_t at_least_zero(int64_t value)
{
    return value < 0 ? 0 : value;
}

static void put_timings(JsonWriter *json, const Timings *timings)
{
    json_write_key(json, "timings");
    json_write_object(json);
    put_ms(json, "blocked", timings->blocked_us);
    put_ms(json, "dns", timings->dns_us);
    put_ms(json, "connect", timings->connect_us);
    put_ms(json, "ssl", timings->ssl_us);
    put_ms(json, "send", at_least_zero(timings->send_us));
    put_ms(json, "wait", at_least_zero(timings->wait_us));
    put_ms(json, "receive", at_least_zero(timings->receive_us));
    json_write_end(json);
}

static void put_exchange_own(JsonWriter *json, const Exchange *exchange)
{
    json_write_key(json, "_mystery");
    json_write_object(json);
    json_put_text(json, "type", resource_type_name(exchange->type));
    json_put_bool(json, "hasBody", exchange->has_body);
    if (exchange->is_body_cut)
        json_put_bool(json, "bodyCut", true);
    if (exchange->error) {
        json_put_text(json, "error", exchange->error);
        json_put_text(json, "errorKind", exchange->error_kind);
    }
    json_put_integer(json, "bodyBytes", exchange->body_bytes);
    json_put_integer(json, "transferBytes", exchange->transfer_bytes);
    put_ms(json, "sendMs", exchange->timings.send_us);
    put_ms(json, "waitMs", exchange->timings.wait_us);
    put_ms(json, "receiveMs", exchange->timings.receive_us);
    if (exchange->initiator)
        json_put_text(json, "initiator", exchange->initiator);
    if (exchange->tls_version)
        json_put_text(json, "tls", exchange->tls_version);
    if (exchange->certificate_until_us)
        put_time(json, "certificateUntil", exchange->certificate_until_us);
    if (exchange->is_from_cache)
        json_put_bool(json, "fromCache", true);
    if (exchange->is_connection_reused)
        json_put_bool(json, "connectionReused", true);
    if (exchange->is_render_blocking)
        json_put_bool(json, "renderBlocking", true);
    if (exchange->image_width || exchange->image_height) {
        json_put_integer(json, "imageWidth", exchange->image_width);
        json_put_integer(json, "imageHeight", exchange->image_height);
    }
    json_write_end(json);
}

static void put_exchange(HarOut *out, const Exchange *exchange)
{
    JsonWriter *json = out->json;
    json_write_object(json);
    if (exchange->page >= 0)
        json_put_text(json, "pageref",
                      arena_printf(out->arena, "page_%d", exchange->page + 1));
    put_time(json, "startedDateTime", exchange->started_us);
    put_ms(json, "time", at_least_zero(exchange->duration_us));
    put_request(out, exchange);
    put_response(out, exchange);
    json_write_key(json, "cache");
    json_write_object(json);
    json_write_end(json);
    put_timings(json, &exchange->timings);
    if (exchange->server_ip)
        json_put_text(json, "serverIPAddress", exchange->server_ip);
    put_exchange_own(json, exchange);
    json_write_end(json);
}

static void put_metrics(JsonWriter *json, const double *metrics)
{
    json_write_key(json, "metrics");
    json_write_object(json);
    for (int i = 0; i < METRIC_COUNT; i++)
        if (!isnan(metrics[i]))
            json_put_number(json, metric_info((Metric)i)->name, metrics[i]);
    json_write_end(json);
}

static void put_page(HarOut *out, const Page *page)
{
    JsonWriter *json = out->json;
    double load = page->metrics[METRIC_LOAD];
    json_write_object(json);
    put_time(json, "startedDateTime", page->started_us);
    json_put_text(json, "id", arena_printf(out->arena, "page_%d", page->index + 1));
    json_put_text(json, "title", page->title[0] ? page->title : page->url);
    json_write_key(json, "pageTimings");
    json_write_object(json);
    json_put_number(json, "onContentLoad", -1);
    json_put_number(json, "onLoad", isnan(load) ? -1 : load);
    json_write_end(json);
    json_write_key(json, "_mystery");
    json_write_object(json);
    json_put_integer(json, "step", page->step);
    json_put_text(json, "url", page->url);
    json_put_text(json, "requested", page->requested);
    json_put_text(json, "title", page->title);
    json_put_text(json, "language", page->language);
    json_put_integer(json, "status", page->status);
    json_put_text(json, "kind", page_kind_name(page->kind));
    if (page->stage != STAGE_NONE)
        json_put_text(json, "stage", checkout_stage_name(page->stage));
    json_put_optional(json, "signs", page->kind_signs);
    json_put_integer(json, "document", page->document);
    json_put_bool(json, "scriptShell", page->is_script_shell);
    json_put_bool(json, "insertingScripts", page->has_inserting_scripts);
    if (page->dom.length)
        json_put_str(json, "dom", page->dom);
    json_put_optional(json, "screenshot", page->screenshot);
    if (page->shot[2] > 0)
        json_put_four(json, "shot", page->shot);
    put_metrics(json, page->metrics);
    har_layout_put(json, page);
    json_write_end(json);
    json_write_end(json);
}

static void put_effort(JsonWriter *json, const Effort *effort)
{
    json_write_key(json, "effort");
    json_write_object(json);
    json_put_integer(json, "pages", effort->pages);
    json_put_integer(json, "clicks", effort->clicks);
    json_put_integer(json, "keystrokes", effort->keystrokes);
    json_put_integer(json, "fieldsRequired", effort->fields_required);
    json_put_integer(json, "fieldsOptional", effort->fields_optional);
    json_put_integer(json, "scrolls", effort->scrolls);
    json_put_integer(json, "words", effort->words);
    put_ms(json, "humanMs", effort->human_us);
    put_ms(json, "machineMs", effort->machine_us);
    json_write_end(json);
}

static void put_match(JsonWriter *json, const Match *match)
{
    if (!match->text && !match->selector)
        return;
    json_write_key(json, "matched");
    json_write_object(json);
    json_put_optional(json, "text", match->text);
    json_put_optional(json, "selector", match->selector);
    json_put_optional(json, "why", match->why);
    json_put_number(json, "score", match->score);
    if (match->runner_up) {
        json_put_text(json, "runnerUp", match->runner_up);
        json_put_number(json, "runnerUpScore", match->runner_up_score);
    }
    json_write_end(json);
}

static void put_step(JsonWriter *json, const StepRecord *step)
{
    json_write_object(json);
    json_put_text(json, "id", step->id);
    json_put_text(json, "kind", step_info(step->kind)->name);
    json_put_text(json, "outcome", step_outcome_name(step->outcome));
    json_put_optional(json, "reason", step->reason);
    json_put_optional(json, "shopText", step->shop_text);
    json_put_optional(json, "evidence", step->evidence);
    json_put_optional(json, "typed", step->typed);
    json_put_integer(json, "page", step->page);
    json_put_integer(json, "firstPage", step->first_page);
    put_time(json, "started", step->started_us);
    put_ms(json, "durationMs", step->duration_us);
    put_effort(json, &step->effort);
    put_match(json, &step->match);
    put_metrics(json, step->metrics);
    json_write_end(json);
}

static void put_visit_own(HarOut *out)
{
    const Visit *visit = out->visit;
    JsonWriter *json = out->json;
    json_write_key(json, "_mystery");
    json_write_object(json);
    json_put_text(json, "schema", "mystery-visit/1");
    json_put_text(json, "site", visit->site);
    json_put_text(json, "scenario", visit->scenario_id);
    json_put_text(json, "persona", visit->persona_id);
    json_put_text(json, "engine", visit->engine);
    json_put_integer(json, "number", visit->number);
    if (visit->is_reference)
        json_put_bool(json, "reference", true);
    json_put_text(json, "safety", safety_name(visit->safety));
    json_put_text(json, "outcome", visit_outcome_name(visit->outcome));
    json_put_optional(json, "door", visit->door);
    json_put_optional(json, "reason", visit->reason);
    json_put_optional(json, "network", visit->network);
    put_time(json, "started", visit->started_us);
    put_ms(json, "durationMs", visit->duration_us);
    json_put_bool(json, "partial", visit->is_partial);
    json_write_key(json, "steps");
    json_write_array(json);
    for (size_t i = 0; i < visit->step_count; i++)
        put_step(json, &visit->steps[i]);
    json_write_end(json);
    json_write_key(json, "facts");
    json_write_array(json);
    for (size_t i = 0; i < visit->fact_count; i++)
        visit_fact_write(json, &visit->facts[i]);
    json_write_end(json);
    json_write_key(json, "leftBehind");
    json_write_array(json);
    for (size_t i = 0; i < visit->left_count; i++)
        json_write_text(json, visit->left_behind[i]);
    json_write_end(json);
    json_write_end(json);
}

static void put_program(JsonWriter *json, const char *key, const char *name,
                        const char *version)
{
    json_write_key(json, key);
    json_write_object(json);
    json_put_text(json, "name", name);
    json_put_text(json, "version", version ? version : "");
    json_write_end(json);
}

bool har_write(const Visit *visit, bool keep_credentials, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonWriter json;
    json_writer_init(&json, out, true);
    HarOut har = {visit, &json, arena, keep_credentials};
    json_write_object(&json);
    json_write_key(&json, "log");
    json_write_object(&json);
    json_put_text(&json, "version", "1.2");
    put_program(&json, "creator", "Mystery", visit->tool_version);
    put_program(&json, "browser", visit->engine ? visit->engine : "",
                visit->engine_version);
    json_write_key(&json, "pages");
    json_write_array(&json);
    for (size_t i = 0; i < visit->page_count; i++)
        put_page(&har, visit->pages[i]);
    json_write_end(&json);
    json_write_key(&json, "entries");
    json_write_array(&json);
    for (size_t i = 0; i < visit->exchange_count; i++)
        put_exchange(&har, visit->exchanges[i]);
    json_write_end(&json);
    put_visit_own(&har);
    json_write_end(&json);
    json_write_end(&json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the HAR of a visit", err);
}
