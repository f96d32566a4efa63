/* hsts.c - hosts that asked for https only (RFC 6797), for the length of one session.
 *
 * Layer: net. SPDX-License-Identifier: MIT */
#include <string.h>

#include "net/session.h"

enum { HSTS_HOSTS_MAX = 500, HSTS_AGE_MAX_S = 100000000 };

static HstsHost *hsts_of(const Net *net, const char *host)
{
    for (size_t i = 0; i < net->hsts_count; i++)
        if (strcmp(net->hsts[i].host, host) == 0)
            return &net->hsts[i];
    return NULL;
}

/** Read max-age and includeSubDomains. Returns false when max-age is missing or no number.
 */
static bool hsts_parse(Str value, long long *age_s, bool *has_subdomains)
{
    bool has_age = false;
    *has_subdomains = false;
    Str part;
    while (str_next(&value, ';', &part)) {
        part = str_trim(part);
        if (str_equal_nocase(part, STR("includeSubDomains")))
            *has_subdomains = true;
        size_t equals = str_find_byte(part, '=', 0);
        if (equals == SIZE_MAX ||
            !str_equal_nocase(str_trim(str_slice(part, 0, equals)), STR("max-age")))
            continue;
        Str number = str_trim(str_slice(part, equals + 1, part.length));
        if (number.length >= 2 && number.data[0] == '"')
            number = str_slice(number, 1, number.length - 2);
        has_age = str_to_int(number, age_s) && *age_s >= 0;
    }
    return has_age;
}

static bool host_is_address(const char *host)
{
    return host[0] == '[' || strspn(host, "0123456789.") == strlen(host);
}

void net_hsts_receive(Net *net, const char *url, const char *value)
{
    Url parsed;
    long long age_s = 0;
    bool has_subdomains = false;
    if (!hsts_parse(str_of(value), &age_s, &has_subdomains) ||
        !url_parse(net->arena, str_of(url), NULL, &parsed, NULL) ||
        host_is_address(parsed.host))
        return;
    HstsHost *known = hsts_of(net, parsed.host);
    if (!known) {
        if (net->hsts_count >= HSTS_HOSTS_MAX)
            return;
        HstsHost host = {.host = parsed.host};
        ARENA_PUSH(net->arena, net->hsts, net->hsts_count, net->hsts_capacity, host);
        known = &net->hsts[net->hsts_count - 1];
    }
    if (age_s > HSTS_AGE_MAX_S)
        age_s = HSTS_AGE_MAX_S;
    known->until_us = clock_wall_us(net->clock) + age_s * 1000000;
    known->has_subdomains = has_subdomains;
}

bool net_is_hsts(const Net *net, const char *url)
{
    if (net->hsts_count == 0)
        return false;
    Arena *arena AUTO(arena_auto) = arena_create();
    Url parsed;
    if (!url_parse(arena, str_of(url), NULL, &parsed, NULL))
        return false;
    int64_t now_us = clock_wall_us(net->clock);
    const char *host = parsed.host;
    bool is_parent = false;
    while (host && *host) {
        const HstsHost *known = hsts_of(net, host);
        if (known && known->until_us > now_us && (!is_parent || known->has_subdomains))
            return true;
        const char *dot = strchr(host, '.');
        host = dot ? dot + 1 : NULL;
        is_parent = true;
    }
    return false;
}
