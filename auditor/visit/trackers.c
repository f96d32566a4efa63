/* trackers.c - the list. Source: the tools' own public documentation of their addresses and
 * cookies. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/trackers.h"

#include <string.h>

#include "base/attr.h"
#include "base/url.h"

/** path: beginning of the path, "" any. */
typedef struct Tracker {
    const char *domain;
    const char *path;
} Tracker;

static const Tracker TRACKERS[] = {
    {"google-analytics.com", "/"},
    {"analytics.google.com", "/"},
    {"doubleclick.net", ""},
    {"googleadservices.com", ""},
    {"googlesyndication.com", ""},
    {"google.com", "/ads/"},
    {"google.com", "/pagead/"},
    {"connect.facebook.net", ""},
    {"facebook.com", "/tr"},
    {"bat.bing.com", ""},
    {"clarity.ms", ""},
    {"hotjar.com", ""},
    {"analytics.tiktok.com", ""},
    {"ads-twitter.com", ""},
    {"analytics.twitter.com", ""},
    {"snap.licdn.com", ""},
    {"px.ads.linkedin.com", ""},
    {"ct.pinterest.com", ""},
    {"sc-static.net", "/scevent"},
    {"tr.snapchat.com", ""},
    {"criteo.net", ""},
    {"criteo.com", ""},
    {"taboola.com", ""},
    {"outbrain.com", ""},
    {"adnxs.com", ""},
    {"rubiconproject.com", ""},
    {"pubmatic.com", ""},
    {"adsrvr.org", ""},
    {"rtbhouse.com", ""},
    {"amazon-adsystem.com", ""},
    {"mouseflow.com", ""},
    {"fullstory.com", ""},
    {"contentsquare.net", ""},
    {"quantserve.com", ""},
    {"scorecardresearch.com", ""},
    {"bluekai.com", ""},
    {"demdex.net", ""},
    {"omtrdc.net", ""},
    {"mc.yandex.ru", ""},
    {"static.ads-twitter.com", ""},
};

static const char *const COOKIES[] = {
    "_ga",
    "_gid",
    "_gat",
    "_gcl_",
    "_fbp",
    "_fbc",
    "IDE",
    "test_cookie",
    "_uet",
    "_pin_unauth",
    "_pinterest_",
    "_scid",
    "_ttp",
    "_tt_",
    "_hj",
    "_clck",
    "_clsk",
    "cto_",
    "MUID",
    "NID",
    "personalization_id",
    "li_sugr",
    "bcookie",
    "UserMatchHistory",
    "AnalyticsSyncHistory",
    "_mkto_trk",
    "__utm",
    "_cs_",
    "s_vi",
    "demdex",
    "AMCV_",
    "_ym_",
    "__qca",
    "uuid2",
};

static bool is_host(const char *host, const char *domain)
{
    Str whole = str_of(host);
    Str end = str_of(domain);
    return str_ends_with(whole, end) &&
           (whole.length == end.length || whole.data[whole.length - end.length - 1] == '.');
}

bool tracker_is_address(const char *url)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url parsed;
    if (!url_parse(arena, str_of(url), NULL, &parsed, NULL) || !parsed.host)
        return false;
    for (size_t i = 0; i < COUNT_OF(TRACKERS); i++)
        if (is_host(parsed.host, TRACKERS[i].domain) &&
            str_starts_with(str_of(parsed.path), str_of(TRACKERS[i].path)))
            return true;
    return false;
}

/* Names that end in a letter are whole or go on with "_" or a capital's number ("_ga_X1").
 */
bool tracker_is_cookie(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(COOKIES); i++) {
        size_t length = strlen(COOKIES[i]);
        if (strncmp(name, COOKIES[i], length) != 0)
            continue;
        char next = name[length];
        if (!next || next == '_' || COOKIES[i][0] == '_')
            return true;
    }
    return false;
}

int trackers_count(const Visit *visit, size_t first, size_t end, const char **example)
{
    int count = 0;
    if (example)
        *example = NULL;
    for (size_t i = first; i < end && i < visit->exchange_count; i++) {
        if (!tracker_is_address(visit->exchanges[i]->url))
            continue;
        if (example && !count)
            *example = visit->exchanges[i]->url;
        count++;
    }
    return count;
}
