/* device.c - emulation, as texts made once and sent to every session. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/device.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/units.h"

enum { TEXT_MAX = 16384, TOUCH_POINTS = 5 };

/* One message of the setup: NULL params, it is not sent. */
typedef struct Wish {
    const char *method;
    const char *params;
    bool is_for_frames; /* of other processes */
    bool is_for_workers;
} Wish;

enum { WISHES_MAX = 16 };

struct Device {
    Arena *arena;
    Cdp *cdp;
    const Persona *persona;
    const char *user_agent;
    Wish wishes[WISHES_MAX];
    size_t count;
};

/* ---- who the browser says it is ---- */

/* "156" of "Chrome/156.0.8078.79"; empty when there is none. */
static Str major_of(Str product)
{
    size_t at = str_find(product, STR("Chrome/"), 0);
    if (at == SIZE_MAX)
        return (Str){0};
    Str version = str_slice(product, at + 7, SIZE_MAX);
    size_t length = 0;
    while (length < version.length && version.data[length] >= '0' &&
           version.data[length] <= '9')
        length++;
    return str_slice(version, 0, length);
}

static Str full_version_of(const char *product)
{
    size_t at = str_find(str_of(product), STR("/"), 0);
    return at == SIZE_MAX ? (Str){0} : str_slice(str_of(product), at + 1, SIZE_MAX);
}

/* The persona's user agent with the version that is really there: a page that looks at
 * what the browser can do must not find it lying. */
static const char *agent_with_version(Arena *arena, const char *agent, Str major)
{
    Str text = str_of(agent);
    Str old = major_of(text);
    if (str_is_empty(old) || str_is_empty(major))
        return agent;
    size_t from = (size_t)(old.data - text.data);
    return arena_printf(arena, "%.*s%.*s%s", (int)from, agent, STR_ARGS(major),
                        agent + from + old.length);
}

/* Languages without weights: the browser adds its own. */
static const char *languages_of(Arena *arena, const Persona *persona)
{
    AUTO(buf_release) Buf text = {0};
    Str rest =
        str_of(persona->accept_language ? persona->accept_language : persona->language);
    Str part;
    buf_init(&text, TEXT_MAX);
    while (str_next(&rest, ',', &part)) {
        part = str_trim(str_slice(part, 0, str_find_byte(part, ';', 0)));
        if (str_is_empty(part))
            continue;
        if (text.length > 0)
            buf_add_byte(&text, ',');
        buf_add(&text, part);
    }
    return arena_text(arena, buf_text(&text));
}

static void brand_put(JsonWriter *json, Str name, Str version)
{
    json_write_object(json);
    json_put_str(json, "brand", name);
    json_put_str(json, "version", version);
    json_write_end(json);
}

/* Text between quotes; *at moves behind it. */
static Str quoted(Str text, size_t *at)
{
    size_t from = str_find_byte(text, '"', *at);
    size_t to = from == SIZE_MAX ? SIZE_MAX : str_find_byte(text, '"', from + 1);
    *at = to == SIZE_MAX ? text.length : to + 1;
    return to == SIZE_MAX ? (Str){0} : str_slice(text, from + 1, to - from - 1);
}

/* "\"Chromium\";v=\"156\", ..." as the browser wants it. Brands of the persona's Chrome
 * version get the real one; major: that of brands, NULL full: of the full list. */
static void brands_put(JsonWriter *json, const char *key, const Persona *persona, Str major,
                       Str version)
{
    Str list = str_of(persona->brands);
    Str old = major_of(str_of(persona->user_agent));
    size_t at = 0;
    json_write_key(json, key);
    json_write_array(json);
    while (at < list.length) {
        Str name = quoted(list, &at);
        Str written = quoted(list, &at);
        if (str_is_empty(name))
            break;
        if (str_equal(written, old) && !str_is_empty(major))
            brand_put(json, name, version);
        else
            brand_put(json, name, written);
    }
    json_write_end(json);
}

static void metadata_put(JsonWriter *json, const DeviceOptions *options)
{
    const Persona *persona = options->persona;
    Str major = major_of(str_of(options->product));
    Str full = full_version_of(options->product);
    bool is_phone = persona->is_phone;
    const char *platform = persona->platform ? persona->platform : "";
    json_write_key(json, "userAgentMetadata");
    json_write_object(json);
    brands_put(json, "brands", persona, major, major);
    brands_put(json, "fullVersionList", persona, major, full);
    json_put_text(json, "platform", platform);
    /* Windows 11 says 15 and more; a phone says its release. */
    json_put_text(json, "platformVersion",
                  strcmp(platform, "Windows") == 0 ? "15.0.0"
                  : is_phone                       ? "10.0.0"
                                                   : "");
    json_put_text(json, "architecture", is_phone ? "" : "x86");
    json_put_text(json, "bitness", is_phone ? "" : "64");
    json_put_bool(json, "wow64", false);
    json_put_text(json, "model", is_phone ? "K" : "");
    json_put_bool(json, "mobile", is_phone);
    json_write_end(json);
}

static const char *navigator_platform(const Persona *persona)
{
    const char *platform = persona->platform ? persona->platform : "";
    if (strcmp(platform, "Windows") == 0)
        return "Win32";
    if (strcmp(platform, "macOS") == 0)
        return "MacIntel";
    return strcmp(platform, "Android") == 0 ? "Linux armv81" : "Linux x86_64";
}

static const char *agent_make(Arena *arena, const DeviceOptions *options)
{
    const Persona *persona = options->persona;
    if (options->user_agent)
        return options->user_agent;
    const char *agent =
        agent_with_version(arena, persona->user_agent ? persona->user_agent : "",
                           major_of(str_of(options->product)));
    return options->is_declared ? arena_printf(arena, "%s%sMystery/" MYSTERY_VERSION, agent,
                                               *agent ? " " : "")
                                : agent;
}

static const char *agent_params(Arena *arena, const DeviceOptions *options,
                                const char *agent)
{
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    buf_init(&text, TEXT_MAX);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_text(&json, "userAgent", agent);
    json_put_text(&json, "acceptLanguage", languages_of(arena, options->persona));
    json_put_text(&json, "platform", navigator_platform(options->persona));
    /* Hints that contradict the user's own -A would give it away at once. */
    if (!options->user_agent && options->persona->brands)
        metadata_put(&json, options);
    json_write_end(&json);
    return arena_text(arena, buf_text(&text));
}

/* ---- what it is ---- */

static const char *metrics_params(Arena *arena, const Persona *persona)
{
    char number[32];
    bool is_upright = persona->height >= persona->width;
    double ratio = persona->pixel_ratio > 0 ? persona->pixel_ratio : 1;
    return arena_printf(
        arena,
        "{\"width\":%d,\"height\":%d,\"screenWidth\":%d,\"screenHeight\":%d,"
        "\"deviceScaleFactor\":%s,\"mobile\":%s,\"screenOrientation\":{\"type\":\"%s\","
        "\"angle\":0}}",
        persona->width, persona->height, persona->width, persona->height,
        number_text(ratio, number, sizeof number), persona->is_phone ? "true" : "false",
        is_upright ? "portraitPrimary" : "landscapePrimary");
}

static const char *network_params(Arena *arena, const Network *network)
{
    char number[32];
    if (!network || (network->latency_us == 0 && network->down_bytes_per_s == 0))
        return NULL;
    return arena_printf(
        arena,
        "{\"offline\":false,\"latency\":%s,\"downloadThroughput\":%lld,"
        "\"uploadThroughput\":%lld}",
        number_text((double)network->latency_us / 1000, number, sizeof number),
        network->down_bytes_per_s > 0 ? (long long)network->down_bytes_per_s : -1,
        network->up_bytes_per_s > 0 ? (long long)network->up_bytes_per_s : -1);
}

static const char *text_params(Arena *arena, const char *key, const char *value)
{
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    if (!value || !*value)
        return NULL;
    buf_init(&text, TEXT_MAX);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_text(&json, key, value);
    json_write_end(&json);
    return arena_text(arena, buf_text(&text));
}

/* "en-GB", the first of the accepted languages, as ICU writes it: "en_GB". */
static const char *locale_of(Arena *arena, const Persona *persona)
{
    Str list = str_of(languages_of(arena, persona));
    char *locale = arena_str_text(arena, str_slice(list, 0, str_find_byte(list, ',', 0)));
    for (char *c = locale; *c; c++)
        if (*c == '-')
            *c = '_';
    return locale;
}

static void wish_add(Device *device, Wish wish)
{
    if (wish.params && device->count < WISHES_MAX)
        device->wishes[device->count++] = wish;
}

static void body_wishes(Device *device, const Persona *persona)
{
    Arena *arena = device->arena;
    char number[32];
    wish_add(device, (Wish){"Emulation.setDeviceMetricsOverride",
                            metrics_params(arena, persona), false, false});
    if (persona->has_touch)
        wish_add(device,
                 (Wish){"Emulation.setTouchEmulationEnabled",
                        arena_printf(arena, "{\"enabled\":true,\"maxTouchPoints\":%d}",
                                     TOUCH_POINTS),
                        true, false});
    if (persona->cpu_rate > 1)
        wish_add(device,
                 (Wish){"Emulation.setCPUThrottlingRate",
                        arena_printf(arena, "{\"rate\":%s}",
                                     number_text(persona->cpu_rate, number, sizeof number)),
                        true, false});
    if (persona->text_scale > 0 && fabs(persona->text_scale - 1) > 0.001)
        wish_add(device, (Wish){"Emulation.setEmulatedOSTextScale",
                                arena_printf(arena, "{\"scale\":%s}",
                                             number_text(persona->text_scale, number,
                                                         sizeof number)),
                                true, false});
    if (persona->reduced_motion)
        wish_add(device, (Wish){"Emulation.setEmulatedMedia",
                                "{\"features\":[{\"name\":\"prefers-reduced-motion\","
                                "\"value\":\"reduce\"}]}",
                                true, false});
    /* Else a second tab in front makes ours hidden: no paint, no measures. */
    wish_add(device, (Wish){"Emulation.setFocusEmulationEnabled", "{\"enabled\":true}",
                            true, false});
}

Device *device_open(Arena *arena, Cdp *cdp, const DeviceOptions *options)
{
    const Persona *persona = options->persona;
    const Network *network =
        options->network ? options->network : network_of(persona->network);
    Device *device = ARENA_NEW(arena, Device);
    device->arena = arena;
    device->cdp = cdp;
    device->persona = persona;
    device->user_agent = agent_make(arena, options);
    wish_add(device, (Wish){"Network.setUserAgentOverride",
                            agent_params(arena, options, device->user_agent), true, true});
    wish_add(device, (Wish){"Network.emulateNetworkConditions",
                            network_params(arena, network), true, true});
    wish_add(device,
             (Wish){"Emulation.setLocaleOverride",
                    text_params(arena, "locale", locale_of(arena, persona)), true, false});
    wish_add(device,
             (Wish){"Emulation.setTimezoneOverride",
                    text_params(arena, "timezoneId", persona->timezone), true, false});
    body_wishes(device, persona);
    return device;
}

static bool is_for(const Wish *wish, TargetKind kind)
{
    switch (kind) {
    case TARGET_PAGE: return true;
    case TARGET_FRAME: return wish->is_for_frames;
    case TARGET_WORKER: return wish->is_for_workers;
    case TARGET_OTHER: return false;
    }
    return false;
}

void device_setup(const Device *device, const Target *target)
{
    for (size_t i = 0; i < device->count; i++)
        if (is_for(&device->wishes[i], target->kind))
            cdp_send(device->cdp, target->session, device->wishes[i].method,
                     device->wishes[i].params);
}

void device_pace(const Device *device, const Target *page, bool is_timed)
{
    double rate = device->persona->cpu_rate;
    char number[32];
    char params[64];
    if (!(rate > 1) || !page)
        return;
    snprintf(params, sizeof params, "{\"rate\":%s}",
             is_timed ? number_text(rate, number, sizeof number) : "1");
    cdp_send(device->cdp, page->session, "Emulation.setCPUThrottlingRate", params);
}

const char *device_user_agent(const Device *device)
{
    return device->user_agent;
}
