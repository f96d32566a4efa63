/* network_body.c - bodies of answers, asked for as soon as they are whole.
 *
 * A navigation throws the bodies of the page before away, so they are not fetched later.
 * Layer: visit. Called by network.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/base64.h"
#include "net/image_size.h"
#include "visit/chromium/network_parts.h"

enum {
    BODY_MAX = 16 << 20,     /* as the http engine's default */
    IMAGE_MAX = 1 << 20,     /* a larger image is not carried over just for its size */
    IMAGE_HEAD_TEXT = 88000, /* base64 of its first 64 KB; a multiple of four */
    ALL_BODIES_MAX = 256 << 20,
};

/* Who asked for which body. */
typedef struct BodyQuestion {
    Traffic *traffic;
    Exchange *exchange;
    const char *charset;
} BodyQuestion;

static size_t body_limit(const Traffic *traffic)
{
    const NetOptions *net = traffic->options.net;
    return net && net->body_limit > 0 ? net->body_limit : BODY_MAX;
}

static bool is_read_by_rules(const Exchange *exchange)
{
    switch (exchange->type) {
    case RESOURCE_DOCUMENT:
    case RESOURCE_STYLE:
    case RESOURCE_SCRIPT:
    case RESOURCE_DATA:
    case RESOURCE_OTHER: return true;
    case RESOURCE_IMAGE:
    case RESOURCE_FONT:
    case RESOURCE_MEDIA: return false;
    }
    return false;
}

static bool is_wanted(const Traffic *traffic, const Exchange *exchange)
{
    if (!traffic->options.keeps_bodies || exchange->status == 0 || exchange->redirect_url ||
        strcmp(exchange->method, "HEAD") == 0 ||
        traffic->kept_bytes + (size_t)exchange->body_bytes > ALL_BODIES_MAX)
        return false;
    if (exchange->type == RESOURCE_IMAGE)
        return exchange->body_bytes > 0 && exchange->body_bytes <= IMAGE_MAX;
    return is_read_by_rules(exchange) &&
           (size_t)exchange->body_bytes <= body_limit(traffic);
}

static void image_take(Arena *arena, Str text, bool is_base64, Exchange *exchange)
{
    Str head = str_slice(text, 0, IMAGE_HEAD_TEXT);
    if (is_base64 && !base64_decode(arena, head, &head))
        return;
    (void)image_size_read(head, &exchange->image_width, &exchange->image_height);
}

static bool is_plain(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* Bodies come as the server sent them (durable messages). A browser that has no such
 * messages gives text decoded, whatever the declared charset says: a byte order mark makes
 * that sure for every later reader, as in foreign HARs. */
static Str marked_text(const BodyQuestion *question, Str text)
{
    Arena *arena = question->traffic->arena;
    const char *mime = question->exchange->mime;
    bool is_markup = strstr(mime, "html") || strstr(mime, "xml");
    bool is_raw = (int64_t)text.length == question->exchange->body_bytes;
    if (!is_markup || is_raw || is_plain(text) ||
        str_equal_nocase(str_of(question->charset), STR("utf-8")))
        return arena_str(arena, text);
    char *marked = arena_alloc(arena, text.length + 4);
    memcpy(marked, "\xEF\xBB\xBF", 3);
    memcpy(marked + 3, text.data, text.length);
    return str_from(marked, text.length + 3);
}

static void on_body(void *context, const Json *result)
{
    BodyQuestion *question = context;
    Traffic *traffic = question->traffic;
    Exchange *exchange = question->exchange;
    Str text = json_str(json_get(result, "body"));
    bool is_base64 = json_bool(json_get(result, "base64Encoded"), false);
    traffic->questions--;
    if (!result)
        return;
    if (exchange->type == RESOURCE_IMAGE) {
        AUTO(arena_auto) Arena *arena = arena_create();
        image_take(arena, text, is_base64, exchange);
        return;
    }
    Str body = {0};
    if (is_base64 ? !base64_decode(traffic->arena, text, &body)
                  : text.length > body_limit(traffic))
        return;
    exchange->body = is_base64 ? body : marked_text(question, text);
    exchange->has_body = true;
    traffic->kept_bytes += exchange->body.length;
}

void body_ask(Traffic *traffic, Flight *flight)
{
    Exchange *exchange = flight->exchange;
    if (!is_wanted(traffic, exchange))
        return;
    BodyQuestion *question = ARENA_NEW(traffic->arena, BodyQuestion);
    *question = (BodyQuestion){traffic, exchange, flight->charset ? flight->charset : ""};
    AUTO(arena_auto) Arena *arena = arena_create();
    CdpRequest request = {
        .session = flight->session,
        .method = "Network.getResponseBody",
        .params = arena_printf(arena, "{\"requestId\":\"%s\"}", flight->id),
    };
    traffic->questions++;
    cdp_ask(traffic->cdp, &request, on_body, question);
}
