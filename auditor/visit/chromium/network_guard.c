/* network_guard.c - the last guard: what the browser holds back until we have judged it.
 *
 * One handler on the browser's own session sees pages, frames of other processes and
 * workers (browser.md 5.6). Held back are the requests of scripts, which are how modern
 * shops order, documents (a form's target says nothing: only its method does), and whatever
 * has a word of ordering in its address; images and styles go untouched, so that their
 * times stay true. Layer: visit. Called by network.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/base64.h"
#include "visit/chromium/network_parts.h"
#include "visit/guard.h"
#include "visit/lexicon.h"

/* What orders by a plain GET may be asked for by an image or a script as well. Wildcards
 * know no case, so words are written without their first letter; a superset of the GETs
 * that guard_request.c refuses. */
static const char *const WORDS[] = {
    "*heckout*",   "*HECKOUT*",    "*rder*",       "*RDER*",        "*ayment*",
    "*AYMENT*",    "*onfirm*",     "*ONFIRM*",     "*ubmit*",       "*UBMIT*",
    "*ommande*",   "*place*",      "*Place*",      "*PLACE*",       "*arts/*",
    "*ompletion*", "*wc/store/*",  "*%*",          "*api.stripe.*", "*paypal.*",
    "*adyen*",     "*braintree*",  "*mollie.*",    "*klarna*",      "*squareup.*",
    "*worldpay*",  "*authorize.*", "*payplug*",    "*payzen*",      "*systempay*",
    "*paybox*",    "*redsys*",     "*sogenactif*", "*monetico*",
};

/* Analytics and advertising, by what stands in the address. */
static const char *const TRACKERS[] = {
    "google-analytics.com",
    "analytics.google.com",
    "googletagmanager.com/gtag",
    "googleadservices.com",
    "googlesyndication.com",
    "doubleclick.net",
    "google.com/pagead",
    "google.com/ccm",
    "facebook.com/tr",
    "connect.facebook.net",
    "hotjar.com",
    "hotjar.io",
    "clarity.ms",
    "bat.bing.com",
    "criteo.com",
    "criteo.net",
    "analytics.tiktok.com",
    "ct.pinterest.com",
    "s.pinimg.com/ct",
    "tr.snapchat.com",
    "px.ads.linkedin.com",
    "snap.licdn.com",
    "ads-twitter.com",
    "analytics.twitter.com",
    "segment.io",
    "segment.com",
    "mixpanel.com",
    "amplitude.com",
    "heapanalytics.com",
    "fullstory.com",
    "mouseflow.com",
    "contentsquare.net",
    "quantserve.com",
    "scorecardresearch.com",
    "taboola.com",
    "outbrain.com",
    "adnxs.com",
    "amazon-adsystem.com",
    "adsrvr.org",
    "rubiconproject.com",
    "xiti.com",
    "at-o.net",
    "plausible.io/api",
    "cloudflareinsights.com",
    "klaviyo.com/onsite",
    "static.klaviyo.com",
    "matomo.cloud",
    "/matomo.php",
    "/piwik.php",
    "yandex.ru/metrika",
    "mc.yandex.ru",
};

/* ---- what is held back ---- */

static void pattern_put(JsonWriter *json, const char *pattern, const char *type)
{
    json_write_object(json);
    json_put_text(json, "urlPattern", pattern);
    if (type)
        json_put_text(json, "resourceType", type);
    json_write_end(json);
}

static bool needs_own_headers(const Traffic *traffic)
{
    const NetOptions *net = traffic->options.net;
    return traffic->has_site && net && ((net->headers && net->headers[0]) || net->user);
}

static bool has_proxy_password(const Traffic *traffic)
{
    const NetOptions *net = traffic->options.net;
    return net && net->proxy && strchr(net->proxy, '@');
}

static void patterns_put(const Traffic *traffic, JsonWriter *json)
{
    json_write_key(json, "patterns");
    json_write_array(json);
    if (has_proxy_password(traffic))
        pattern_put(json, "*", NULL);
    pattern_put(json, "*", "XHR");
    pattern_put(json, "*", "Fetch");
    pattern_put(json, "*", "Ping");
    pattern_put(json, "*", "Document");
    for (size_t i = 0; i < COUNT_OF(WORDS); i++)
        pattern_put(json, WORDS[i], NULL);
    /* Its own headers and password go to the shop alone, so all to the shop is seen. */
    if (needs_own_headers(traffic)) {
        AUTO(arena_auto) Arena *arena = arena_create();
        pattern_put(json, arena_printf(arena, "*%s*", url_site(arena, &traffic->site)),
                    NULL);
    }
    json_write_end(json);
}

static void guard_enable(Traffic *traffic)
{
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    const NetOptions *net = traffic->options.net;
    buf_init(&text, 65536);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_bool(&json, "handleAuthRequests",
                  (net && net->user) || has_proxy_password(traffic));
    patterns_put(traffic, &json);
    json_write_end(&json);
    cdp_send(traffic->cdp, "", "Fetch.enable", buf_text(&text));
}

bool guard_blocks(const Traffic *traffic, const char *url)
{
    if (!traffic->options.leaves_no_trace)
        return false;
    for (size_t i = 0; i < COUNT_OF(TRACKERS); i++)
        if (strstr(url, TRACKERS[i]))
            return true;
    return false;
}

void guard_setup(Traffic *traffic, const Target *target)
{
    AUTO(buf_release) Buf text = {0};
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonWriter json;
    if (!traffic->options.leaves_no_trace)
        return;
    buf_init(&text, 65536);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_write_key(&json, "urls");
    json_write_array(&json);
    for (size_t i = 0; i < COUNT_OF(TRACKERS); i++)
        json_write_text(&json, arena_printf(arena, "*%s*", TRACKERS[i]));
    json_write_end(&json);
    json_write_end(&json);
    cdp_send(traffic->cdp, target->session, "Network.setBlockedURLs", buf_text(&text));
}

/* ---- judging what is held back ---- */

void traffic_act(Traffic *traffic)
{
    traffic->is_acting = true;
}

void traffic_rest(Traffic *traffic, const char *url)
{
    traffic->is_acting = false;
    traffic->shown = url;
}

const char *guard_refusal(const Traffic *traffic, const char *id)
{
    for (size_t i = traffic->refusal_count; i > 0; i--)
        if (strcmp(traffic->refusals[i - 1].id, id) == 0)
            return traffic->refusals[i - 1].why;
    return NULL;
}

/* Could it be a query language whose body says what it does? */
static bool is_query(const char *url, Str body)
{
    Str address = str_of(url);
    return str_contains_nocase(address, STR("graphql")) ||
           str_contains_nocase(address, STR("gql")) ||
           str_contains(body, STR("mutation")) || str_contains(body, STR("\"query\"")) ||
           str_contains(body, STR("\"operationName\""));
}

/* A form that nobody sent, from a page of the checkout: its address may say anything. */
static bool is_unasked(const Traffic *traffic, Arena *arena, const Json *params)
{
    const Json *request = json_get(params, "request");
    Url from;
    Url to;
    const char *referrer = json_text(json_at(request, "headers.Referer"), traffic->shown);
    if (traffic->is_acting || !referrer ||
        strcmp(json_text(json_get(params, "resourceType"), ""), "Document") != 0 ||
        strcmp(json_text(json_get(request, "method"), "GET"), "POST") != 0 ||
        !url_parse(arena, str_of(referrer), NULL, &from, NULL) ||
        !url_parse(arena, str_of(json_text(json_get(request, "url"), "")), NULL, &to, NULL))
        return false;
    const char *shown = traffic->shown ? traffic->shown : referrer;
    return text_speaks_of_checkout(arena, from.path) ||
           (url_parse(arena, str_of(shown), NULL, &from, NULL) &&
            text_speaks_of_checkout(arena, from.path));
}

static bool is_allowed(Arena *arena, const Json *request, const char **why)
{
    const char *method = json_text(json_get(request, "method"), "GET");
    const char *url = json_text(json_get(request, "url"), "");
    const char *type = json_text(json_at(request, "headers.Content-Type"), NULL);
    if (!read_is_web(url))
        return true;
    if (!guard_allows_request(method, url, type, why))
        return false;
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
        return true;
    Str body = read_post_data(arena, request);
    return !is_query(url, body) || guard_allows_body(body, why);
}

static void refusal_note(Traffic *traffic, const char *id, const char *why)
{
    Refusal refusal = {arena_text(traffic->arena, id), why};
    if (traffic->refusal_count < REFUSED_MAX)
        ARENA_PUSH(traffic->arena, traffic->refusals, traffic->refusal_count,
                   traffic->refusal_capacity, refusal);
}

static void header_put(JsonWriter *json, const char *name, Str value)
{
    json_write_object(json);
    json_put_text(json, "name", name);
    json_put_str(json, "value", value);
    json_write_end(json);
}

/* Is the user's -H line about this header? */
static bool line_names(const char *line, const char *name)
{
    size_t length = strcspn(line, ":;");
    return str_equal_nocase(str_from(line, length), str_of(name));
}

static bool is_replaced(const NetOptions *net, const char *name)
{
    for (const char **line = net->headers; line && *line; line++)
        if (line_names(*line, name))
            return true;
    return false;
}

/* The request's headers with the user's -H lines put in, for the shop's own hosts. */
static void headers_put(Arena *arena, const NetOptions *net, const Json *request,
                        JsonWriter *json)
{
    json_write_key(json, "headers");
    json_write_array(json);
    for (const Json *item = json_first(json_get(request, "headers")); item;
         item = json_next(item))
        if (!is_replaced(net, json_key(item)))
            header_put(json, json_key(item), json_str(item));
    for (const char **line = net->headers; line && *line; line++) {
        Str all = str_of(*line);
        size_t length = strcspn(*line, ":;");
        Str value = str_trim(str_slice(all, length + 1, SIZE_MAX));
        /* "Name:" takes the header away, as with curl. */
        if (length < all.length && ((*line)[length] == ';' || !str_is_empty(value)))
            header_put(json, arena_str_text(arena, str_slice(all, 0, length)), value);
    }
    json_write_end(json);
}

static bool is_shop(Arena *arena, const Traffic *traffic, const char *address)
{
    Url url;
    return traffic->has_site && url_parse(arena, str_of(address), NULL, &url, NULL) &&
           url_same_site(&url, &traffic->site);
}

static void let_go(Arena *arena, Traffic *traffic, const char *id, const Json *request)
{
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    const NetOptions *net = traffic->options.net;
    buf_init(&text, 1 << 20);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_text(&json, "requestId", id);
    if (net && net->headers && net->headers[0] &&
        is_shop(arena, traffic, json_text(json_get(request, "url"), "")))
        headers_put(arena, net, request, &json);
    json_write_end(&json);
    cdp_send(traffic->cdp, "", "Fetch.continueRequest", buf_text(&text));
}

static void on_paused(Traffic *traffic, const CdpEvent *event)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *id = json_text(json_get(event->params, "requestId"), "");
    const char *network_id = json_text(json_get(event->params, "networkId"), id);
    const char *type = json_text(json_get(event->params, "resourceType"), "");
    const Json *request = json_get(event->params, "request");
    const char *why = NULL;
    bool is_unsent = is_unasked(traffic, arena, event->params);
    if (is_unsent)
        why = "is a form of the checkout that nobody sent";
    if (!is_unsent && is_allowed(arena, request, &why)) {
        let_go(arena, traffic, id, request);
        return;
    }
    refusal_note(traffic, network_id, why);
    /* An aborted document leaves the page before as it is; a blocked one would put an error
     * page in its place. */
    const char *reason = strcmp(type, "Document") == 0 ? "Aborted" : "BlockedByClient";
    cdp_send(
        traffic->cdp, "", "Fetch.failRequest",
        arena_printf(arena, "{\"requestId\":\"%s\",\"errorReason\":\"%s\"}", id, reason));
}

/* ---- passwords ---- */

static bool was_challenged(Traffic *traffic, const char *id)
{
    for (size_t i = 0; i < traffic->challenged_count; i++)
        if (strcmp(traffic->challenged[i], id) == 0)
            return true;
    const char *kept = arena_text(traffic->arena, id);
    ARENA_PUSH(traffic->arena, traffic->challenged, traffic->challenged_count,
               traffic->challenged_capacity, kept);
    return false;
}

/* "user:password" for who asks: the shop's own origin, or the proxy. NULL: none. */
static const char *password_for(Arena *arena, const Traffic *traffic, const Json *params)
{
    const NetOptions *net = traffic->options.net;
    const Json *challenge = json_get(params, "authChallenge");
    Url url;
    if (strcmp(json_text(json_get(challenge, "source"), ""), "Proxy") == 0) {
        if (!has_proxy_password(traffic))
            return NULL;
        const char *proxy = strstr(net->proxy, "://")
                                ? net->proxy
                                : arena_printf(arena, "http://%s", net->proxy);
        if (!url_parse(arena, str_of(proxy), NULL, &url, NULL))
            return NULL;
        Str user = url_decode(arena, str_of(url.username));
        Str password = url_decode(arena, str_of(url.password));
        return arena_printf(arena, "%.*s:%.*s", STR_ARGS(user), STR_ARGS(password));
    }
    const char *origin = json_text(json_get(challenge, "origin"), "");
    if (!net || !net->user || !traffic->has_site ||
        !url_parse(arena, str_of(origin), NULL, &url, NULL) ||
        !url_same_origin(&url, &traffic->site))
        return NULL;
    return net->user;
}

static void on_challenge(Traffic *traffic, const CdpEvent *event)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    const char *id = json_text(json_get(event->params, "requestId"), "");
    const char *password = password_for(arena, traffic, event->params);
    /* Asked again, the password was wrong. */
    bool is_given = password && !was_challenged(traffic, id);
    size_t colon = password ? strcspn(password, ":") : 0;
    buf_init(&text, 65536);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_text(&json, "requestId", id);
    json_write_key(&json, "authChallengeResponse");
    json_write_object(&json);
    json_put_text(&json, "response", is_given ? "ProvideCredentials" : "CancelAuth");
    if (is_given) {
        json_put_str(&json, "username", str_from(password, colon));
        json_put_str(&json, "password", str_slice(str_of(password), colon + 1, SIZE_MAX));
    }
    json_write_end(&json);
    json_write_end(&json);
    cdp_send(traffic->cdp, "", "Fetch.continueWithAuth", buf_text(&text));
}

static void on_event(void *context, const CdpEvent *event)
{
    if (strcmp(event->method, "Fetch.requestPaused") == 0)
        on_paused(context, event);
    else if (strcmp(event->method, "Fetch.authRequired") == 0)
        on_challenge(context, event);
}

void guard_open(Traffic *traffic)
{
    cdp_listen(traffic->cdp, "Fetch.", on_event, traffic);
    guard_enable(traffic);
}
