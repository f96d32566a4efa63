/* exchange.c - questions about requests and their answers.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/exchange.h"

#include <math.h>
#include <string.h>

#include "base/url.h"

/** Condition on one header of the answer. */
typedef struct HeaderTest {
    const char *name;
    Condition *condition;
} HeaderTest;

typedef enum Party { PARTY_ANY, PARTY_OWN, PARTY_OTHER } Party;

struct ExchangeTest {
    double status_min, status_max, bytes_over, bytes_under; /**< NAN: not asked */
    double width_min, certificate_days_under;
    int failed, cached, redirect; /**< -1: not asked */
    Party party;
    Condition *url, *mime, *body, *http_version, *tls;
    HeaderTest *headers;
    int header_count;
    bool needs_body;
};

static const char *const keys[] = {
    "status_min",
    "status_max",
    "failed",
    "bytes_over",
    "bytes_under",
    "party",
    "url",
    "mime",
    "body",
    "header",
    "cached",
    "http_version",
    "needs_body",
    "redirect",
    "width_min",
    "tls",
    "certificate_days_under",
};

Arena *exchange_arena(const Subject *subject)
{
    return subject->view ? view_arena(subject->view) : subject->arena;
}

static bool headers_compile(CheckSource *source, const Json *value, ExchangeTest *test,
                            Error *err)
{
    const Json *item = json_first(value);
    if (json_type(value) != JSON_OBJECT)
        return json_error(source->file, value, err, "'header' must be an object");
    test->header_count = json_count(value);
    test->headers = ARENA_ARRAY(source->arena, (size_t)test->header_count, HeaderTest);
    for (int i = 0; i < test->header_count; i++, item = json_next(item)) {
        test->headers[i].name = json_key(item);
        if (!condition_compile(source, item, &test->headers[i].condition, err))
            return false;
    }
    return true;
}

static bool conditions_compile(CheckSource *source, const Json *value, ExchangeTest *test,
                               Error *err)
{
    const Json *url = json_get(value, "url"), *mime = json_get(value, "mime"),
               *body = json_get(value, "body"), *version = json_get(value, "http_version"),
               *header = json_get(value, "header"), *tls = json_get(value, "tls");
    return (!url || condition_compile(source, url, &test->url, err)) &&
           (!mime || condition_compile(source, mime, &test->mime, err)) &&
           (!body || condition_compile(source, body, &test->body, err)) &&
           (!version || condition_compile(source, version, &test->http_version, err)) &&
           (!tls || condition_compile(source, tls, &test->tls, err)) &&
           (!header || headers_compile(source, header, test, err));
}

bool exchange_test_compile(CheckSource *source, const Json *value, ExchangeTest **out,
                           Error *err)
{
    ExchangeTest *test = ARENA_NEW(source->arena, ExchangeTest);
    const char *party = json_text(json_get(value, "party"), "");
    const Json *failed = json_get(value, "failed"), *cached = json_get(value, "cached"),
               *redirect = json_get(value, "redirect");
    *out = test;
    if (json_type(value) != JSON_OBJECT || json_count(value) == 0)
        return json_error(source->file, value, err, "a test must be an object");
    if (!json_only_keys(source->file, value, keys, (int)COUNT_OF(keys), err))
        return false;
    test->status_min = json_number(json_get(value, "status_min"), NAN);
    test->status_max = json_number(json_get(value, "status_max"), NAN);
    test->bytes_over = json_number(json_get(value, "bytes_over"), NAN);
    test->bytes_under = json_number(json_get(value, "bytes_under"), NAN);
    test->failed = failed ? json_bool(failed, true) : -1;
    test->cached = cached ? json_bool(cached, true) : -1;
    test->redirect = redirect ? json_bool(redirect, true) : -1;
    test->width_min = json_number(json_get(value, "width_min"), NAN);
    test->certificate_days_under =
        json_number(json_get(value, "certificate_days_under"), NAN);
    test->needs_body = json_bool(json_get(value, "needs_body"), false);
    test->party = !strcmp(party, "own") ? PARTY_OWN : *party ? PARTY_OTHER : PARTY_ANY;
    if (*party && strcmp(party, "own") != 0 && strcmp(party, "other") != 0)
        return json_error(source->file, json_get(value, "party"), err,
                          "'party' must be 'own' or 'other'");
    return conditions_compile(source, value, test, err);
}

bool exchange_types_read(CheckSource *source, const Json *value, uint32_t *mask, Error *err)
{
    bool is_list = json_type(value) == JSON_ARRAY;
    const Json *item = is_list ? json_first(value) : value;
    *mask = 0;
    while (item) {
        const char *name = json_text(item, "");
        ResourceType type = resource_type_of(name);
        if (strcmp(resource_type_name(type), name) != 0)
            return json_error(source->file, item, err,
                              "there is no type of resource called '%s'", name);
        *mask |= 1U << type;
        item = is_list ? json_next(item) : NULL;
    }
    return true;
}

bool exchange_is_own(const Subject *subject, const Exchange *exchange)
{
    Url page, other;
    Arena *arena = exchange_arena(subject);
    const char *base = subject->page ? subject->page->url : subject->audit->site;
    return url_parse(arena, str_of(base), NULL, &page, NULL) &&
           url_parse(arena, str_of(exchange->url), NULL, &other, NULL) &&
           url_same_site(&page, &other);
}

bool exchange_is_dead(const Exchange *exchange)
{
    /* No answer at all may be the fault of this machine's network: that is no proof. */
    return exchange->status == 404 || exchange->status == 410 ||
           (exchange->status >= 500 && exchange->status < 600);
}

bool exchange_test_asks_redirect(const ExchangeTest *test)
{
    return test && test->redirect >= 0;
}

/** Days that the certificate is still valid at the time of the exchange; NAN unknown. */
static double days_left(const Exchange *exchange)
{
    const double day_us = 86400e6;
    if (exchange->certificate_until_us == 0)
        return NAN;
    return (double)(exchange->certificate_until_us - exchange->started_us) / day_us;
}

static bool numbers_hold(const ExchangeTest *test, const Exchange *exchange)
{
    double status = exchange->status, bytes = (double)exchange->body_bytes;
    if (status < test->status_min || status > test->status_max)
        return false;
    if (test->failed >= 0 && exchange_is_dead(exchange) != test->failed)
        return false;
    if (test->redirect >= 0 && (exchange->redirect_url != NULL) != test->redirect)
        return false;
    if (!isnan(test->width_min) && !(exchange->image_width >= test->width_min))
        return false;
    if (test->cached >= 0 && exchange->is_from_cache != test->cached)
        return false;
    if (!isnan(test->bytes_over) && !(bytes > test->bytes_over))
        return false;
    if (!isnan(test->bytes_under) && !(bytes >= 0 && bytes < test->bytes_under))
        return false;
    if (!isnan(test->certificate_days_under) &&
        !(days_left(exchange) < test->certificate_days_under))
        return false;
    return !test->needs_body || exchange->has_body;
}

bool exchange_test_holds(const ExchangeTest *test, const Subject *subject,
                         const Exchange *exchange)
{
    if (!numbers_hold(test, exchange))
        return false;
    if (test->party != PARTY_ANY &&
        exchange_is_own(subject, exchange) != (test->party == PARTY_OWN))
        return false;
    if ((test->url && !condition_holds(test->url, subject, exchange->url, NULL)) ||
        (test->mime && !condition_holds(test->mime, subject, exchange->mime, NULL)) ||
        (test->http_version &&
         !condition_holds(test->http_version, subject, exchange->http_version, NULL)) ||
        (test->tls && !condition_holds(test->tls, subject, exchange->tls_version, NULL)))
        return false;
    for (int i = 0; i < test->header_count; i++)
        if (!condition_holds(test->headers[i].condition, subject,
                             exchange_header(exchange, test->headers[i].name), NULL))
            return false;
    return !test->body ||
           condition_holds(test->body, subject,
                           exchange->has_body
                               ? arena_str_text(exchange_arena(subject), exchange->body)
                               : NULL,
                           NULL);
}
