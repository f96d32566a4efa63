/* check_header.c - kind header: the head lines of answers, and the cookies they set.
 *
 *     {"kind": "header", "name": "x-content-type-options", "value": "nosniff"}
 *     {"kind": "header", "of": ["style", "script"], "where": {"bytes_over": 1400},
 *      "name": "content-encoding", "value": "gzip|br|zstd"}
 *     {"kind": "header", "cookies": {"name": "sess|sid"}, "value": ";\\s*httponly"}
 *
 * "of" is the page's own document unless said otherwise; of several answers each must meet
 * the condition. A cookie's condition sees its whole Set-Cookie line. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "rule/exchange.h"
#include "rule/http_date.h"

typedef struct HeaderCheck {
    uint32_t types;
    bool is_document; /**< only the page's final document */
    const char *name;
    Condition *value;
    ExchangeTest *where;
    bool has_cookies;
    Condition *cookie_name; /**< NULL: every cookie */
    bool is_none;           /**< no such cookie may be set */
    double max_days;        /**< a cookie's longest life; NAN: not asked */
    double tolerate_share;
} HeaderCheck;

static const char *const keys[] = {"of",    "name",    "value",
                                   "where", "cookies", "tolerate_share"};

static bool cookies_read(CheckSource *source, const Json *cookies, HeaderCheck *check,
                         Error *err)
{
    static const char *const cookie_keys[] = {"name", "none", "max_days"};
    const Json *name = json_get(cookies, "name");
    check->has_cookies = cookies != NULL;
    check->is_none = json_bool(json_get(cookies, "none"), false);
    check->max_days = json_number(json_get(cookies, "max_days"), NAN);
    if (!cookies)
        return true;
    if (json_type(cookies) != JSON_OBJECT)
        return json_error(source->file, cookies, err, "'cookies' must be an object");
    return json_only_keys(source->file, cookies, cookie_keys, 3, err) &&
           (!name || condition_compile(source, name, &check->cookie_name, err));
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    HeaderCheck *check = ARENA_NEW(source->arena, HeaderCheck);
    const Json *of = json_get(json, "of"), *where = json_get(json, "where"),
               *value = json_get(json, "value");
    *data = check;
    check->is_document = of == NULL;
    check->types = 1U << RESOURCE_DOCUMENT;
    check->name = json_text(json_get(json, "name"), NULL);
    check->tolerate_share = json_number(json_get(json, "tolerate_share"), 0);
    if (!cookies_read(source, json_get(json, "cookies"), check, err))
        return false;
    if (!value && !check->is_none && isnan(check->max_days))
        return json_error(source->file, json, err, "needs 'value'");
    if ((check->name != NULL) == (json_get(json, "cookies") != NULL))
        return json_error(source->file, json, err, "needs one of 'name' and 'cookies'");
    return (!value || condition_compile(source, value, &check->value, err)) &&
           (!of || exchange_types_read(source, of, &check->types, err)) &&
           (!where || exchange_test_compile(source, where, &check->where, err));
}

static bool is_asked(const HeaderCheck *check, const Subject *subject, size_t index)
{
    const Exchange *exchange = subject->visit->exchanges[index];
    if (check->is_document && !check->has_cookies)
        return (int)index == subject->page->document;
    if (exchange->page != subject->page->index)
        return false;
    if (!check->has_cookies || !check->is_document)
        if (!(check->types >> exchange->type & 1U))
            return false;
    return exchange->status != 0 &&
           (!check->where || exchange_test_holds(check->where, subject, exchange));
}

/** What is seen of one answer. */
typedef struct HeaderTally {
    int bad, total;
} HeaderTally;

static void name_tally(const HeaderCheck *check, const Subject *subject,
                       const Exchange *exchange, HeaderTally *tally, Answer *answer)
{
    const char *value = exchange_header(exchange, check->name);
    tally->total++;
    if (condition_holds(check->value, subject, value, NULL)) {
        if (value && !answer->text)
            answer->text = arena_text(subject->arena, value);
        return;
    }
    tally->bad++;
    answer_evidence(answer, NULL,
                    value ? arena_printf(subject->arena, "%s: %.200s", check->name, value)
                          : arena_printf(subject->arena, "no %s", check->name),
                    arena_text(subject->arena, exchange->url));
}

/** The cookie's line without its value, which is nobody's business. */
static const char *cookie_masked(const Subject *subject, const char *line)
{
    Str whole = str_of(line);
    size_t equals = str_find_byte(whole, '=', 0), end = str_find_byte(whole, ';', 0);
    if (equals >= whole.length)
        return arena_text(subject->arena, line);
    return arena_printf(subject->arena, "%.*s=…%.200s", (int)equals, line,
                        end < whole.length ? line + end : "");
}

/** Days that a Set-Cookie line lets its cookie live; 0: the session. */
static double cookie_days(const Exchange *exchange, const char *line)
{
    Str rest = str_of(line), part;
    double days = 0, seconds = 0;
    int64_t until = 0;
    while (str_next(&rest, ';', &part)) {
        part = str_trim(part);
        if (str_starts_with_nocase(part, STR("max-age=")) &&
            str_to_double(str_slice(part, 8, part.length), &seconds))
            return seconds / 86400;
        if (str_starts_with_nocase(part, STR("expires=")) &&
            http_date_parse(str_slice(part, 8, part.length), &until) &&
            exchange->started_us > 0)
            days = (double)(until - exchange->started_us) / 86400e6;
    }
    return days;
}

static bool cookie_holds(const HeaderCheck *check, const Subject *subject,
                         const Exchange *exchange, const char *line)
{
    if (check->is_none)
        return false;
    if (!isnan(check->max_days) && cookie_days(exchange, line) > check->max_days)
        return false;
    return !check->value || condition_holds(check->value, subject, line, NULL);
}

static void cookies_tally(const HeaderCheck *check, const Subject *subject,
                          const Exchange *exchange, HeaderTally *tally, Answer *answer)
{
    const char *line;
    for (int n = 0; (line = exchange_header_at(exchange, "set-cookie", n)); n++) {
        Str name = str_slice(str_of(line), 0, str_find_byte(str_of(line), '=', 0));
        if (check->cookie_name &&
            !condition_holds(check->cookie_name, subject,
                             arena_str_text(exchange_arena(subject), str_trim(name)), NULL))
            continue;
        tally->total++;
        if (cookie_holds(check, subject, exchange, line))
            continue;
        tally->bad++;
        if (!answer->text)
            answer->text = arena_str_text(subject->arena, str_trim(name));
        answer_evidence(answer, NULL, cookie_masked(subject, line),
                        arena_text(subject->arena, exchange->url));
    }
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const HeaderCheck *check = data;
    const Visit *visit = subject->visit;
    HeaderTally tally = {0, 0};
    if (subject->page->document < 0) {
        answer_set(answer, FINDING_CANNOT_TELL, "the page's own answer was not recorded");
        return;
    }
    for (size_t i = 0; i < visit->exchange_count; i++) {
        if (!is_asked(check, subject, i))
            continue;
        if (check->has_cookies)
            cookies_tally(check, subject, visit->exchanges[i], &tally, answer);
        else
            name_tally(check, subject, visit->exchanges[i], &tally, answer);
    }
    if (tally.total == 0 && !check->is_none) {
        answer_set(answer, FINDING_NOT_APPLICABLE,
                   check->has_cookies ? "no such cookie is set"
                                      : "the page asks for no such resource");
        return;
    }
    answer_verdict(answer,
                   tally.bad == 0 || tally.bad <= check->tolerate_share * tally.total);
    answer->count = tally.bad;
    answer->total = tally.total;
}

const CheckType check_header = {.kind = CHECK_HEADER,
                                .scope = SCOPE_PAGE,
                                .keys = keys,
                                .key_count = (int)COUNT_OF(keys),
                                .compile = compile,
                                .run = run};
