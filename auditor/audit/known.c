/* known.c - the file of known issues. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/known.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"

enum { FILE_LIMIT = 1 << 20 };

static const int64_t DAY_US = 86400000000LL;

static bool issue_read(Arena *arena, const JsonFile *file, const Json *json,
                       KnownIssue *issue, Error *err)
{
    static const char *const keys[] = {"rule", "metric", "page", "until", "reason"};
    if (json_type(json) != JSON_OBJECT)
        return json_error(file, json, err, "a known issue is an object");
    if (!json_only_keys(file, json, keys, COUNT_OF(keys), err) ||
        !json_need_text(file, json, "until", &issue->until, err) ||
        !json_need_text(file, json, "reason", &issue->reason, err))
        return false;
    const Json *subject = json_get(json, "rule");
    if (!subject)
        subject = json_get(json, "metric");
    issue->subject = arena_text(arena, json_text(subject, ""));
    if (!issue->subject[0])
        return json_error(file, json, err, "a known issue names a 'rule' or a 'metric'");
    if (!issue->reason[0])
        return json_error(file, json_get(json, "reason"), err, "'reason' is empty");
    issue->page = arena_text(arena, json_text(json_get(json, "page"), ""));
    issue->until = arena_text(arena, issue->until);
    issue->reason = arena_text(arena, issue->reason);
    const char *moment = arena_printf(arena, "%sT00:00:00Z", issue->until);
    if (strlen(issue->until) != 10 || !clock_parse_iso8601(moment, &issue->until_us))
        return json_error(file, json_get(json, "until"), err,
                          "'until' wants a day: 2027-01-31");
    issue->until_us += DAY_US;
    return true;
}

bool known_load(Arena *arena, const char *path, KnownIssues *known, Error *err)
{
    JsonFile file;
    *known = (KnownIssues){0};
    if (!json_load(arena, path, FILE_LIMIT, &file, err))
        return false;
    const Json *issues = json_get(file.root, "issues");
    if (!issues || json_type(issues) != JSON_ARRAY)
        return json_error(&file, file.root, err, "known issues stand in a list 'issues'");
    for (const Json *i = json_first(issues); i; i = json_next(i)) {
        KnownIssue issue = {0};
        if (!issue_read(arena, &file, i, &issue, err))
            return false;
        ARENA_PUSH(arena, known->items, known->count, known->capacity, issue);
    }
    return true;
}

const KnownIssue *known_find(const KnownIssues *known, const Bar *bar)
{
    for (size_t i = 0; i < known->count; i++) {
        const KnownIssue *issue = &known->items[i];
        bool is_page = !issue->page[0] || strcmp(issue->page, bar->page) == 0 ||
                       str_starts_with(str_of(bar->page), str_of(issue->page));
        if (strcmp(issue->subject, bar->subject) == 0 && is_page)
            return issue;
    }
    return NULL;
}
