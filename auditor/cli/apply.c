/* apply.c - what each option does to the plan. Layer: cli. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/out.h"
#include "base/units.h"
#include "cli/cli.h"

enum { LOGO_LIMIT = 200 * 1024 };

static bool one_of(OptionId id, const char *value, const char *const *words, int count,
                   Error *err)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], value) == 0)
            return true;
    error_set(err, ERROR_INPUT, NULL, "'--%s %s': no such value", option_info(id)->name,
              value);
    const char *near = error_did_you_mean(value, words, count);
    if (near)
        return error_hint(err, "did you mean '%s'?", near);
    return error_hint(err, "%s: %s", option_info(id)->argument, option_info(id)->help);
}

static bool small_take(OptionId id, const char *value, int low, int *number, Error *err)
{
    int64_t parsed = 0;
    if (!integer_parse(value, low, 100000, &parsed, err)) {
        return error_at(err, option_info(id)->name);
    }
    *number = (int)parsed;
    return true;
}

static bool duration_take(OptionId id, const char *value, int64_t *duration_us, Error *err)
{
    if (duration_parse(value, duration_us, err))
        return true;
    return error_at(err, option_info(id)->name);
}

/* "a,b,c" into a list. */
static void words_take(Cli *cli, TextList *list, const char *value)
{
    Str rest = str_of(value);
    Str part;
    while (str_next(&rest, ',', &part))
        if (!str_is_empty(str_trim(part)))
            text_list_add(cli->arena, list, arena_str_text(cli->arena, str_trim(part)));
}

static bool pair_take(Cli *cli, OptionId id, TextList *list, const char *value, Error *err)
{
    if (!strchr(value, '=') || value[0] == '=')
        return error_set(err, ERROR_INPUT, NULL, "'--%s' wants K=V", option_info(id)->name);
    text_list_add(cli->arena, list, value);
    return true;
}

/* A NULL-ended list that lives in NetOptions. */
static void line_take(Cli *cli, const char ***lines, const char *value)
{
    TextList list = {0};
    for (const char **line = *lines; line && *line; line++)
        text_list_add(cli->arena, &list, *line);
    text_list_add(cli->arena, &list, value);
    *lines = list.items;
}

/* curl's own options. Returns false when id is none of them. */
static bool net_apply(Cli *cli, OptionId id, const char *value)
{
    NetOptions *net = &cli->plan.net;

    const struct {
        OptionId id;
        const char **text;
    } texts[] = {{OPTION_USER_AGENT, &net->user_agent},
                 {OPTION_USER, &net->user},
                 {OPTION_COOKIE, &net->cookie},
                 {OPTION_PROXY, &net->proxy},
                 {OPTION_CACERT, &net->ca_file}};

    const struct {
        OptionId id;
        const char ***lines;
    } lists[] = {{OPTION_HEADER, &net->headers},
                 {OPTION_RESOLVE, &net->resolve},
                 {OPTION_CONNECT_TO, &net->connect_to}};

    const struct {
        OptionId id;
        int *number;
        int value;
    } numbers[] = {{OPTION_HTTP1, &net->http_version, 1},
                   {OPTION_HTTP2, &net->http_version, 2},
                   {OPTION_IPV4, &net->ip_version, 4},
                   {OPTION_IPV6, &net->ip_version, 6}};

    net->is_insecure |= id == OPTION_INSECURE;
    net->allow_private |= id == OPTION_ALLOW_PRIVATE;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (texts[i].id == id)
            *texts[i].text = value;
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (lists[i].id == id)
            line_take(cli, lists[i].lines, value);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (numbers[i].id == id)
            *numbers[i].number = numbers[i].value;
    return id >= OPTION_HEADER && id <= OPTION_ALLOW_PRIVATE;
}

static bool engine_take(AuditPlan *plan, const char *value, Error *err)
{
    static const char *const engines[] = {"auto", "http", "chromium", "http,chromium"};
    plan->engine = value;
    return one_of(OPTION_ENGINE, value, engines, 4, err);
}

static bool safety_take(AuditPlan *plan, const char *value, Error *err)
{
    static const char *const levels[] = {"look", "touch", "act"};
    return one_of(OPTION_SAFETY, value, levels, 3, err) && safety_of(value, &plan->safety);
}

static bool identity_take(AuditPlan *plan, const char *value, Error *err)
{
    static const char *const kinds[] = {"visitor", "declared"};
    plan->is_declared = strcmp(value, "declared") == 0;
    return one_of(OPTION_IDENTITY, value, kinds, 2, err);
}

static bool pace_take(AuditPlan *plan, const char *value, Error *err)
{
    static const char *const kinds[] = {"human", "brisk"};
    plan->is_human_pace = strcmp(value, "human") == 0;
    return one_of(OPTION_PACE, value, kinds, 2, err);
}

static bool store_take(AuditPlan *plan, const char *value)
{
    plan->store = value;
    plan->is_store_default = false;
    return true;
}

static bool throttle_take(AuditPlan *plan, const char *value, Error *err)
{
    static const char *const networks[] = {"none", "4g", "slow-4g", "3g", "cable", "fibre"};
    plan->throttle = value;
    return one_of(OPTION_THROTTLE, value, networks, 6, err);
}

static bool browser_take(AuditPlan *plan, const char *value, Error *err)
{
    static const char *const kinds[] = {"chromium", "shell"};
    plan->wants_shell = strcmp(value, "shell") == 0;
    return one_of(OPTION_BROWSER, value, kinds, 2, err);
}

/* Options that only switch something on. Returns false when id is none of them. */
static bool flag_apply(Cli *cli, OptionId id)
{
    AuditPlan *plan = &cli->plan;

    const struct {
        OptionId id;
        bool *flag;
    } flags[] = {{OPTION_LEAVE_NO_TRACE, &plan->leaves_no_trace},
                 {OPTION_VIDEO, &plan->wants_video},
                 {OPTION_NO_SANDBOX, &plan->is_sandbox_waived},
                 {OPTION_OWN_SITE, &plan->is_own_site},
                 {OPTION_FRESH, &plan->is_fresh},
                 {OPTION_ASSUME_PUBLIC, &plan->assume_public},
                 {OPTION_KEEP_CREDENTIALS, &plan->keep_credentials},
                 {OPTION_QUIET, &cli->is_quiet},
                 {OPTION_VERBOSE, &cli->is_verbose},
                 {OPTION_STRICT, &cli->is_strict},
                 {OPTION_UNTIL_EMPTY, &cli->fleet.ends_when_empty},
                 {OPTION_LIST_FLAWS, &cli->lists_flaws}};

    for (size_t i = 0; i < COUNT_OF(flags); i++)
        *flags[i].flag |= flags[i].id == id;
    if (id == OPTION_NO_PLATFORM_HINTS)
        plan->use_platform_hints = false;
    if (id == OPTION_NO_COLOR)
        cli->has_colour = false;
    /* For the rest (help, version) is_given is enough. */
    return !option_info(id)->argument;
}

/* Texts and lists of texts. Returns false when id is none of them. */
static bool text_apply(Cli *cli, OptionId id, const char *value)
{
    AuditPlan *plan = &cli->plan;

    const struct {
        OptionId id;
        const char **text;
    } texts[] = {{OPTION_LANG, &plan->language},
                 {OPTION_OUTPUT, &plan->output},
                 {OPTION_FLAWS, &cli->flaws},
                 {OPTION_BRAND_NAME, &plan->brand.name},
                 {OPTION_BRAND_TEXT, &plan->brand.text},
                 {OPTION_TEMPLATE, &plan->template_folder},
                 {OPTION_PRODUCT, &plan->product},
                 {OPTION_CONFIG, &cli->config},
                 {OPTION_BUDGET, &plan->budget},
                 {OPTION_BASELINE, &plan->baseline},
                 {OPTION_KNOWN_ISSUES, &plan->known_issues},
                 {OPTION_GRID, &plan->grid},
                 {OPTION_ANSWERS, &plan->answers},
                 {OPTION_CALIBRATION, &plan->calibration},
                 {OPTION_KEEP, &cli->keep},
                 {OPTION_QUEUE, &cli->fleet.queue.servers},
                 {OPTION_QUEUE_CREDS, &cli->fleet.queue.credentials},
                 {OPTION_QUEUE_CA, &cli->fleet.queue.ca},
                 {OPTION_QUEUE_CERT, &cli->fleet.queue.certificate},
                 {OPTION_QUEUE_KEY, &cli->fleet.queue.key},
                 {OPTION_BATCH, &cli->fleet.batch},
                 {OPTION_ONLY, &cli->fleet.only},
                 {OPTION_METRICS, &cli->fleet.metrics},
                 {OPTION_JOB, &plan->job}};

    const struct {
        OptionId id;
        TextList *list;
        bool is_split;
    } lists[] = {{OPTION_SCENARIO, &plan->scenarios, false},
                 {OPTION_PERSONA, &plan->personas, false},
                 {OPTION_DATA, &cli->user_data, false},
                 {OPTION_FORMAT, &plan->formats, true},
                 {OPTION_COUNTRY, &plan->countries, true},
                 {OPTION_RULES, &plan->only, true},
                 {OPTION_FAIL_ON, &plan->fail_on, true},
                 {OPTION_INCLUDE, &plan->include, false},
                 {OPTION_EXCLUDE, &plan->exclude, false}};

    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (texts[i].id != id)
            continue;
        *texts[i].text = value;
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        if (lists[i].id != id)
            continue;
        if (lists[i].is_split)
            words_take(cli, lists[i].list, value);
        else
            text_list_add(cli->arena, lists[i].list, value);
        return true;
    }
    return false;
}

static bool logo_take(Cli *cli, const char *path, Error *err)
{
    Str *logo = &cli->plan.brand.logo;
    if (!file_read(cli->arena, path, LOGO_LIMIT, logo, err))
        return false;
    if (str_starts_with(*logo, STR("\x89PNG")) ||
        str_starts_with(*logo, STR("\xff\xd8\xff")))
        return true;
    error_set(err, ERROR_INPUT, path, "is no picture a report can hold");
    return error_hint(err, "give a PNG or JPEG file");
}

static bool color_take(Cli *cli, const char *value, Error *err)
{
    cli->plan.brand.color = value;
    if (value[0] == '#' && strlen(value) == 7 &&
        strspn(value + 1, "0123456789abcdefABCDEF") == 6)
        return true;
    return error_set(err, ERROR_INPUT, "brand-color", "'%s' is no colour like '#1a4f8b'",
                     value);
}

/* Values that can be wrong. */
static bool value_apply(Cli *cli, OptionId id, const char *value, Error *err)
{
    AuditPlan *plan = &cli->plan;
    if (id == OPTION_ENGINE)
        return engine_take(plan, value, err);
    if (id == OPTION_VISITS)
        return small_take(id, value, 1, &plan->visits, err);
    if (id == OPTION_CRAWL)
        return small_take(id, value, 0, &plan->crawl, err);
    if (id == OPTION_JOBS)
        return small_take(id, value, 1, &plan->jobs, err);
    if (id == OPTION_PAGES)
        return integer_parse(value, 1, 100000000, &plan->pages, err) ||
               error_at(err, option_info(id)->name);
    if (id == OPTION_EXTERNAL)
        return small_take(id, value, 0, &plan->foreign, err);
    if (id == OPTION_SAMPLE)
        return small_take(id, value, 0, &plan->sample, err);
    if (id == OPTION_PORT)
        return small_take(id, value, 0, &cli->port, err);
    if (id == OPTION_REPLICAS)
        return small_take(id, value, 1, &cli->fleet.queue.replicas, err);
    if (id == OPTION_LEASE)
        return duration_take(id, value, &cli->fleet.queue.lease_us, err);
    if (id == OPTION_SAFETY)
        return safety_take(plan, value, err);
    if (id == OPTION_MIN_SCORE)
        return number_parse(value, 0, 100, &plan->min_score, err) ||
               error_at(err, option_info(id)->name);
    if (id == OPTION_VARIABLE)
        return pair_take(cli, id, &plan->variables, value, err);
    if (id == OPTION_SECRET)
        return pair_take(cli, id, &plan->secrets, value, err);
    if (id == OPTION_TIME_LIMIT)
        return duration_take(id, value, &plan->time_limit_us, err);
    if (id == OPTION_DELAY)
        return duration_take(id, value, &cli->delay_us, err);
    if (id == OPTION_IDENTITY)
        return identity_take(plan, value, err);
    if (id == OPTION_BRAND_LOGO)
        return logo_take(cli, value, err);
    if (id == OPTION_BRAND_COLOR)
        return color_take(cli, value, err);
    if (id == OPTION_PACE)
        return pace_take(plan, value, err);
    if (id == OPTION_BROWSER)
        return browser_take(plan, value, err);
    if (id == OPTION_THROTTLE)
        return throttle_take(plan, value, err);
    if (id == OPTION_STORE)
        return store_take(plan, value);
    return error_set(err, ERROR_INPUT, NULL, "option '--%s' is not built yet",
                     option_info(id)->name);
}

bool option_apply(Cli *cli, OptionId id, const char *value, Error *err)
{
    cli->is_given[id] = true;
    return net_apply(cli, id, value) || flag_apply(cli, id) || text_apply(cli, id, value) ||
           value_apply(cli, id, value, err);
}
