/* robots.c - RFC 9309. Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/robots.h"

#include <string.h>

enum { ROBOTS_LIMIT = 500 << 10, RULES_MOST = 5000, SITEMAPS_MOST = 100 };

#define DELAY_MOST_US 30000000

typedef struct RobotsRule {
    Str pattern;
    bool is_allowed;
} RobotsRule;

/* Rules of the group that binds us; a group for our name takes the place of "*". */
struct Robots {
    RobotsRule *rules;
    size_t count, capacity;
    int64_t delay_us;
    bool is_ours; /* rules of a group named "mystery" */
    const char *sitemaps[SITEMAPS_MOST + 1];
    size_t sitemap_count;
};

/* Where the parser stands. */
typedef struct Reading {
    Robots *robots;
    Arena *arena;
    bool is_naming;  /* the last line was a user-agent line */
    bool is_binding; /* the present group counts */
} Reading;

static void agent_take(Reading *reading, Str agent)
{
    bool is_ours = str_equal_nocase(agent, STR("mystery"));
    bool is_any = str_equal_text(agent, "*");
    if (!reading->is_naming)
        reading->is_binding = false;
    reading->is_naming = true;
    if (is_ours && !reading->robots->is_ours) {
        reading->robots->is_ours = true;
        reading->robots->count = 0;
        reading->robots->delay_us = 0;
    }
    if (is_ours || (is_any && !reading->robots->is_ours))
        reading->is_binding = true;
}

static void rule_take(Reading *reading, Str pattern, bool is_allowed)
{
    Robots *robots = reading->robots;
    /* An empty disallow forbids nothing. */
    if (!reading->is_binding || str_is_empty(pattern) || robots->count >= RULES_MOST)
        return;
    RobotsRule rule = {arena_str(reading->arena, pattern), is_allowed};
    ARENA_PUSH(reading->arena, robots->rules, robots->count, robots->capacity, rule);
}

static void delay_take(Reading *reading, Str text)
{
    double seconds = 0;
    if (!reading->is_binding || !str_to_double(text, &seconds) || seconds <= 0)
        return;
    reading->robots->delay_us =
        seconds < 30 ? (int64_t)(seconds * 1000000) : (int64_t)DELAY_MOST_US;
}

/* Stands outside of all groups (sitemaps.org). */
static void sitemap_take(Reading *reading, Str text)
{
    Robots *robots = reading->robots;
    if (robots->sitemap_count < SITEMAPS_MOST && !str_is_empty(text))
        robots->sitemaps[robots->sitemap_count++] = arena_str_text(reading->arena, text);
}

static void line_take(Reading *reading, Str line)
{
    line = str_slice(line, 0, str_find_byte(line, '#', 0));
    size_t colon = str_find_byte(line, ':', 0);
    if (colon == SIZE_MAX)
        return;
    Str key = str_trim(str_slice(line, 0, colon));
    Str value = str_trim(str_slice(line, colon + 1, SIZE_MAX));
    if (str_equal_nocase(key, STR("user-agent"))) {
        agent_take(reading, value);
        return;
    }
    if (str_equal_nocase(key, STR("sitemap"))) {
        sitemap_take(reading, value);
        return;
    }
    reading->is_naming = false;
    if (str_equal_nocase(key, STR("allow")))
        rule_take(reading, value, true);
    else if (str_equal_nocase(key, STR("disallow")))
        rule_take(reading, value, false);
    else if (str_equal_nocase(key, STR("crawl-delay")))
        delay_take(reading, value);
}

Robots *robots_parse(Arena *arena, Str text)
{
    Robots *robots = ARENA_NEW(arena, Robots);
    Reading reading = {robots, arena, false, false};
    Str rest = str_slice(text, 0, ROBOTS_LIMIT);
    Str line;
    while (str_next(&rest, '\n', &line))
        line_take(&reading, str_trim(line));
    return robots;
}

/* Greedy matching of '*' with one point to go back to: linear in practice, never
 * exponential. */
static bool pattern_matches(Str pattern, const char *path)
{
    bool is_anchored = str_ends_with(pattern, STR("$"));
    size_t end = pattern.length - (is_anchored ? 1 : 0);
    size_t p = 0;
    size_t star = SIZE_MAX;
    const char *back = NULL;
    while (*path) {
        if (p == end && !is_anchored)
            return true;
        if (p < end && pattern.data[p] == '*') {
            star = p++;
            back = path;
        } else if (p < end && pattern.data[p] == *path) {
            p++;
            path++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            path = ++back;
        } else {
            return false;
        }
    }
    while (p < end && pattern.data[p] == '*')
        p++;
    return p == end;
}

bool robots_allows(const Robots *robots, const char *path)
{
    size_t longest = 0;
    bool is_allowed = true;
    for (size_t i = 0; i < robots->count; i++) {
        const RobotsRule *rule = &robots->rules[i];
        bool is_stronger = rule->pattern.length > longest ||
                           (rule->pattern.length == longest && rule->is_allowed);
        if (!is_stronger || !pattern_matches(rule->pattern, path))
            continue;
        longest = rule->pattern.length;
        is_allowed = rule->is_allowed;
    }
    return is_allowed;
}

int64_t robots_delay_us(const Robots *robots)
{
    return robots->delay_us;
}

const char *const *robots_sitemaps(const Robots *robots)
{
    return robots->sitemaps;
}
