/* har_read.c - HAR 1.2 to a visit: ours with all its facts, others' as far as they go.
 *
 * Layer: model. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/base64.h"
#include "base/clock.h"
#include "base/json.h"
#include "model/har.h"
#include "model/har_foreign.h"
#include "model/har_layout.h"

enum { HAR_LIMIT = 512 << 20 };

/** What every part of the reading needs. */
typedef struct HarIn {
    const JsonFile *file;
    Visit *visit;
    const char **page_ids;
    bool is_ours;
} HarIn;

static int64_t us_of_ms(const Json *value)
{
    double ms = json_number(value, -1);
    if (!(ms >= 0) || ms > 1e12)
        return -1;
    return llround(ms * 1000.0);
}

static int64_t time_of(const Json *value)
{
    int64_t wall_us = 0;
    const char *text = json_text(value, NULL);
    return text && clock_parse_iso8601(text, &wall_us) ? wall_us : 0;
}

static const char *text_of(HarIn *in, const Json *value, const char *otherwise)
{
    return arena_text(in->visit->arena, json_text(value, otherwise));
}

static int small_of(const Json *value, int otherwise)
{
    int64_t number = json_integer(value, otherwise);
    return number > -2 && number < 1000000000 ? (int)number : otherwise;
}

static Header *headers_of(HarIn *in, const Json *array, int *count)
{
    Header *headers = ARENA_ARRAY(in->visit->arena, (size_t)json_count(array), Header);
    *count = 0;
    for (const Json *item = json_first(array); item; item = json_next(item)) {
        Header *header = &headers[(*count)++];
        header->name = text_of(in, json_get(item, "name"), "");
        header->value = text_of(in, json_get(item, "value"), "");
    }
    return headers;
}

/* "text/html; charset=utf-8" to "text/html". */
static const char *mime_of(HarIn *in, const char *type)
{
    Str whole = str_of(type);
    Str essence = str_trim(str_slice(whole, 0, str_find_byte(whole, ';', 0)));
    char *mime = arena_str_text(in->visit->arena, essence);
    for (char *c = mime; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return mime;
}

static bool content_read(HarIn *in, const Json *content, Exchange *exchange, Error *err)
{
    Arena *arena = in->visit->arena;
    exchange->mime = mime_of(in, json_text(json_get(content, "mimeType"), ""));
    exchange->body_bytes = json_integer(json_get(content, "size"), -1);
    const Json *text = json_get(content, "text");
    if (!text || json_type(text) != JSON_STRING)
        return true;
    exchange->has_body = true;
    const char *encoding = json_text(json_get(content, "encoding"), "");
    if (strcmp(encoding, "base64") == 0) {
        if (!base64_decode(arena, json_str(text), &exchange->body))
            return json_error(in->file, text, err, "the body is not base64");
        return true;
    }
    Str body = json_str(text);
    if (in->is_ours) {
        exchange->body = body;
        return true;
    }
    /* Other tools write the text already decoded, whatever the page's declared charset
     * says: a byte order mark makes that sure for every later reader. */
    bool is_text = strstr(exchange->mime, "html") || strstr(exchange->mime, "xml");
    exchange->body = arena_str(arena, body);
    if (is_text && !str_is_empty(body))
        exchange->body = str_of(arena_printf(arena, "\xEF\xBB\xBF%.*s", STR_ARGS(body)));
    return true;
}

static void timings_read(const Json *timings, const Json *own, Timings *t)
{
    t->blocked_us = us_of_ms(json_get(timings, "blocked"));
    t->dns_us = us_of_ms(json_get(timings, "dns"));
    t->connect_us = us_of_ms(json_get(timings, "connect"));
    t->ssl_us = us_of_ms(json_get(timings, "ssl"));
    const Json *send = json_get(own, "sendMs");
    const Json *wait = json_get(own, "waitMs");
    const Json *receive = json_get(own, "receiveMs");
    t->send_us = us_of_ms(send ? send : json_get(timings, "send"));
    t->wait_us = us_of_ms(wait ? wait : json_get(timings, "wait"));
    t->receive_us = us_of_ms(receive ? receive : json_get(timings, "receive"));
}

static void exchange_own_read(HarIn *in, const Json *own, Exchange *exchange)
{
    exchange->type = resource_type_of(json_text(json_get(own, "type"), ""));
    exchange->has_body = json_bool(json_get(own, "hasBody"), exchange->has_body);
    exchange->is_body_cut = json_bool(json_get(own, "bodyCut"), false);
    exchange->error = text_of(in, json_get(own, "error"), NULL);
    exchange->error_kind = text_of(in, json_get(own, "errorKind"), NULL);
    exchange->body_bytes = json_integer(json_get(own, "bodyBytes"), -1);
    exchange->transfer_bytes = json_integer(json_get(own, "transferBytes"), -1);
    exchange->initiator = text_of(in, json_get(own, "initiator"), NULL);
    exchange->tls_version = text_of(in, json_get(own, "tls"), NULL);
    exchange->certificate_until_us = time_of(json_get(own, "certificateUntil"));
    exchange->is_from_cache = json_bool(json_get(own, "fromCache"), false);
    exchange->is_connection_reused = json_bool(json_get(own, "connectionReused"), false);
    exchange->is_render_blocking = json_bool(json_get(own, "renderBlocking"), false);
    exchange->image_width = small_of(json_get(own, "imageWidth"), 0);
    exchange->image_height = small_of(json_get(own, "imageHeight"), 0);
}

static void exchange_foreign_read(const Json *entry, Exchange *exchange)
{
    const char *type = json_text(json_get(entry, "_resourceType"), NULL);
    exchange->type = type ? resource_type_of(type) : resource_type_of_mime(exchange->mime);
    exchange->transfer_bytes = json_integer(json_at(entry, "response._transferSize"), -1);
    if (exchange->transfer_bytes < 0) {
        int64_t head = json_integer(json_at(entry, "response.headersSize"), -1);
        int64_t body = json_integer(json_at(entry, "response.bodySize"), -1);
        exchange->transfer_bytes = body < 0 ? -1 : body + (head < 0 ? 0 : head);
    }
    exchange->is_from_cache = json_get(entry, "_fromCache") != NULL;
    if (exchange->status <= 0) {
        exchange->status = 0;
        exchange->error = "no answer";
        exchange->error_kind = "protocol";
    }
}

static int page_of_ref(const HarIn *in, const char *ref)
{
    for (size_t i = 0; ref && i < in->visit->page_count; i++)
        if (strcmp(in->page_ids[i], ref) == 0)
            return (int)i;
    return -1;
}

static bool exchange_read(HarIn *in, const Json *entry, Error *err)
{
    const Json *request = json_get(entry, "request");
    const Json *response = json_get(entry, "response");
    const char *url = json_text(json_get(request, "url"), NULL);
    if (!url || !response)
        return json_error(in->file, entry, err,
                          "an entry needs 'request.url' and 'response'");
    Exchange *exchange = visit_add_exchange(in->visit);
    exchange->page = page_of_ref(in, json_text(json_get(entry, "pageref"), NULL));
    exchange->url = arena_text(in->visit->arena, url);
    exchange->method = text_of(in, json_get(request, "method"), "GET");
    exchange->http_version = text_of(in, json_get(response, "httpVersion"), "");
    exchange->request_headers =
        headers_of(in, json_get(request, "headers"), &exchange->request_header_count);
    exchange->request_type = text_of(in, json_at(request, "postData.mimeType"), NULL);
    exchange->request_body = json_str(json_at(request, "postData.text"));
    exchange->status = small_of(json_get(response, "status"), 0);
    exchange->headers =
        headers_of(in, json_get(response, "headers"), &exchange->header_count);
    const char *redirect = json_text(json_get(response, "redirectURL"), "");
    exchange->redirect_url = redirect[0] ? arena_text(in->visit->arena, redirect) : NULL;
    exchange->started_us = time_of(json_get(entry, "startedDateTime"));
    int64_t duration_us = us_of_ms(json_get(entry, "time"));
    exchange->duration_us = duration_us < 0 ? 0 : duration_us;
    const char *ip = json_text(json_get(entry, "serverIPAddress"), "");
    exchange->server_ip = ip[0] ? arena_text(in->visit->arena, ip) : NULL;
    if (!content_read(in, json_get(response, "content"), exchange, err))
        return false;
    const Json *own = json_get(entry, "_mystery");
    timings_read(json_get(entry, "timings"), own, &exchange->timings);
    if (in->is_ours)
        exchange_own_read(in, own, exchange);
    else
        exchange_foreign_read(entry, exchange);
    return true;
}

static void metrics_read(const Json *object, double *metrics)
{
    for (const Json *item = json_first(object); item; item = json_next(item)) {
        Metric metric = metric_of(json_key(item));
        if (metric != METRIC_COUNT)
            metrics[metric] = json_number(item, NAN);
    }
}

static void page_read(HarIn *in, const Json *json)
{
    Page *page = visit_add_page(in->visit);
    page->started_us = time_of(json_get(json, "startedDateTime"));
    const Json *own = json_get(json, "_mystery");
    if (!in->is_ours) {
        page->title = text_of(in, json_get(json, "title"), "");
        double load = json_number(json_at(json, "pageTimings.onLoad"), -1);
        page->metrics[METRIC_LOAD] = load >= 0 ? load : NAN;
        return;
    }
    page->step = small_of(json_get(own, "step"), -1);
    page->url = text_of(in, json_get(own, "url"), "");
    page->requested = text_of(in, json_get(own, "requested"), "");
    page->title = text_of(in, json_get(own, "title"), "");
    page->language = text_of(in, json_get(own, "language"), "");
    page->status = small_of(json_get(own, "status"), 0);
    page->kind = page_kind_of(json_text(json_get(own, "kind"), ""));
    page->stage = checkout_stage_of(json_text(json_get(own, "stage"), ""));
    page->kind_signs = text_of(in, json_get(own, "signs"), NULL);
    page->document = small_of(json_get(own, "document"), -1);
    page->is_script_shell = json_bool(json_get(own, "scriptShell"), false);
    page->has_inserting_scripts = json_bool(json_get(own, "insertingScripts"), false);
    page->dom = json_str(json_get(own, "dom"));
    page->screenshot = text_of(in, json_get(own, "screenshot"), NULL);
    json_four(json_get(own, "shot"), page->shot);
    metrics_read(json_get(own, "metrics"), page->metrics);
    har_layout_read(in->visit->arena, own, page);
}

static void effort_read(const Json *json, Effort *effort)
{
    effort->pages = small_of(json_get(json, "pages"), -1);
    effort->clicks = small_of(json_get(json, "clicks"), -1);
    effort->keystrokes = small_of(json_get(json, "keystrokes"), -1);
    effort->fields_required = small_of(json_get(json, "fieldsRequired"), -1);
    effort->fields_optional = small_of(json_get(json, "fieldsOptional"), -1);
    effort->scrolls = small_of(json_get(json, "scrolls"), -1);
    effort->words = small_of(json_get(json, "words"), -1);
    effort->human_us = us_of_ms(json_get(json, "humanMs"));
    effort->machine_us = us_of_ms(json_get(json, "machineMs"));
}

static bool step_read(HarIn *in, const Json *json, Error *err)
{
    StepKind kind = step_kind_of(json_text(json_get(json, "kind"), ""));
    if (kind == STEP_KIND_COUNT)
        return json_error(in->file, json, err, "a step of unknown kind");
    StepRecord *step =
        visit_add_step(in->visit, text_of(in, json_get(json, "id"), "step"), kind);
    step->outcome = step_outcome_of(json_text(json_get(json, "outcome"), ""));
    step->reason = text_of(in, json_get(json, "reason"), NULL);
    step->shop_text = text_of(in, json_get(json, "shopText"), NULL);
    step->evidence = text_of(in, json_get(json, "evidence"), NULL);
    step->typed = text_of(in, json_get(json, "typed"), NULL);
    step->page = small_of(json_get(json, "page"), -1);
    step->first_page = small_of(json_get(json, "firstPage"), -1);
    step->started_us = time_of(json_get(json, "started"));
    step->duration_us = us_of_ms(json_get(json, "durationMs"));
    effort_read(json_get(json, "effort"), &step->effort);
    const Json *match = json_get(json, "matched");
    step->match.text = text_of(in, json_get(match, "text"), NULL);
    step->match.selector = text_of(in, json_get(match, "selector"), NULL);
    step->match.why = text_of(in, json_get(match, "why"), NULL);
    step->match.score = json_number(json_get(match, "score"), 0);
    step->match.runner_up = text_of(in, json_get(match, "runnerUp"), NULL);
    step->match.runner_up_score = json_number(json_get(match, "runnerUpScore"), 0);
    metrics_read(json_get(json, "metrics"), step->metrics);
    return true;
}

static bool fact_read(HarIn *in, const Json *json, Error *err)
{
    Visit *visit = in->visit;
    const char *name = json_text(json_get(json, "name"), "");
    const Json *value = json_get(json, "value");
    int page = small_of(json_get(json, "page"), -1);
    char type = 0;
    if (!fact_is_known(name, &type))
        return true; /* a fact of another version: rules of this one do not know it */
    JsonType is = value ? json_type(value) : JSON_NULL;
    if (type == 'b' && (is == JSON_TRUE || is == JSON_FALSE))
        visit_fact_truth(visit, name, is == JSON_TRUE, page);
    else if (type == 'n' && is == JSON_NUMBER)
        visit_fact_number(visit, name, json_number(value, NAN), page);
    else if (type == 't' && is == JSON_STRING)
        visit_fact_text(visit, name, json_text(value, ""), page);
    else if (is == JSON_NULL)
        visit_fact_absent(visit, name, json_text(json_get(json, "reason"), "not observed"));
    else
        return json_error(in->file, json, err, "fact '%s' has a value of another type",
                          name);
    const char *evidence = json_text(json_get(json, "evidence"), NULL);
    if (evidence)
        visit_fact_evidence(visit, evidence);
    visit->facts[visit->fact_count - 1].step = small_of(json_get(json, "step"), -1);
    return true;
}

static void own_head_read(HarIn *in, const Json *own)
{
    Visit *visit = in->visit;
    visit->site = text_of(in, json_get(own, "site"), "");
    visit->scenario_id = text_of(in, json_get(own, "scenario"), "");
    visit->persona_id = text_of(in, json_get(own, "persona"), "");
    visit->engine = text_of(in, json_get(own, "engine"), "http");
    visit->number = small_of(json_get(own, "number"), 1);
    visit->is_reference = json_bool(json_get(own, "reference"), false);
    if (!safety_of(json_text(json_get(own, "safety"), ""), &visit->safety))
        visit->safety = SAFETY_TOUCH;
    visit->outcome = visit_outcome_of(json_text(json_get(own, "outcome"), ""));
    visit->door = text_of(in, json_get(own, "door"), NULL);
    visit->reason = text_of(in, json_get(own, "reason"), NULL);
    visit->network = text_of(in, json_get(own, "network"), NULL);
    visit->started_us = time_of(json_get(own, "started"));
    visit->duration_us = us_of_ms(json_get(own, "durationMs"));
    visit->is_partial = json_bool(json_get(own, "partial"), false);
}

static bool own_read(HarIn *in, const Json *log, Error *err)
{
    Visit *visit = in->visit;
    const Json *own = json_get(log, "_mystery");
    own_head_read(in, own);
    for (const Json *i = json_first(json_get(own, "steps")); i; i = json_next(i))
        if (!step_read(in, i, err))
            return false;
    for (const Json *i = json_first(json_get(own, "facts")); i; i = json_next(i))
        if (!fact_read(in, i, err))
            return false;
    for (const Json *i = json_first(json_get(own, "leftBehind")); i; i = json_next(i))
        ARENA_PUSH(visit->arena, visit->left_behind, visit->left_count,
                   visit->left_capacity, text_of(in, i, ""));
    return true;
}

/* Indexes in a file may lie: whatever points outside is "none". */
static void indexes_check(Visit *visit)
{
    int pages = (int)visit->page_count;
    for (size_t i = 0; i < visit->page_count; i++) {
        Page *page = visit->pages[i];
        if (page->document >= (int)visit->exchange_count)
            page->document = -1;
        if (page->step >= (int)visit->step_count)
            page->step = -1;
    }
    for (size_t i = 0; i < visit->step_count; i++) {
        StepRecord *step = &visit->steps[i];
        if (step->page >= pages)
            step->page = -1;
        if (step->first_page >= pages)
            step->first_page = -1;
    }
    for (size_t i = 0; i < visit->fact_count; i++)
        if (visit->facts[i].page >= pages)
            visit->facts[i].page = -1;
}

static bool log_read(HarIn *in, const Json *log, Error *err)
{
    const Json *pages = json_get(log, "pages");
    in->page_ids = ARENA_ARRAY(in->visit->arena, (size_t)json_count(pages), const char *);
    size_t n = 0;
    for (const Json *page = json_first(pages); page; page = json_next(page)) {
        in->page_ids[n++] = text_of(in, json_get(page, "id"), "");
        page_read(in, page);
    }
    const Json *entries = json_get(log, "entries");
    for (const Json *entry = json_first(entries); entry; entry = json_next(entry))
        if (!exchange_read(in, entry, err))
            return false;
    if (in->is_ours && !own_read(in, log, err))
        return false;
    if (!in->is_ours)
        har_foreign_complete(in->visit);
    indexes_check(in->visit);
    return true;
}

bool har_read(Arena *arena, const char *path, Visit **visit, Error *err)
{
    JsonFile file;
    if (!json_load(arena, path, HAR_LIMIT, &file, err))
        return false;
    const Json *log = json_get(file.root, "log");
    if (!log || json_type(json_get(log, "entries")) != JSON_ARRAY) {
        json_error(&file, file.root, err, "not a HAR: 'log.entries' is missing");
        return error_hint(err,
                          "export a HAR with content from the browser's network panel");
    }
    Visit *made = visit_create(arena);
    made->scenario_id = made->persona_id = made->engine = "har";
    made->site = NULL;
    made->tool_version = arena_text(arena, json_text(json_at(log, "creator.version"), ""));
    made->engine_version =
        arena_text(arena, json_text(json_at(log, "browser.version"), ""));
    const char *schema = json_text(json_at(log, "_mystery.schema"), NULL);
    HarIn in = {&file, made, NULL, schema != NULL};
    if (schema && strcmp(schema, "mystery-visit/1") != 0)
        return json_error(&file, log, err, "a visit of another format, '%s'", schema);
    if (!log_read(&in, log, err))
        return false;
    *visit = made;
    return true;
}
