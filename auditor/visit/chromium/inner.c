/* inner.c - frames as part of the page around them: chosen, read, put into its markup,
 * asked by the marks of their elements. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/chromium/inner.h"

#include <string.h>

#include "base/url.h"

enum { MARKUP_LIMIT = 16 << 20 };

struct Inner {
    InnerFrame items[FRAMES_MOST];
    size_t count;
};

static struct Inner *inner_all(ChromiumVisitor *visitor)
{
    if (!visitor->inner)
        visitor->inner = ARENA_NEW(visitor->arena, struct Inner);
    return visitor->inner;
}

size_t inner_count(const ChromiumVisitor *visitor)
{
    return visitor->inner ? visitor->inner->count : 0;
}

const InnerFrame *inner_at(const ChromiumVisitor *visitor, size_t i)
{
    return &visitor->inner->items[i];
}

const InnerFrame *inner_of(const ChromiumVisitor *visitor, int mark)
{
    int slot = mark / FRAME_MARK;
    for (size_t i = 0; slot > 0 && i < inner_count(visitor); i++)
        if (inner_at(visitor, i)->frame.slot == slot)
            return inner_at(visitor, i);
    return NULL;
}

/* ---- asking ---- */

const Json *inner_ask(ChromiumVisitor *visitor, const InnerFrame *inner, const char *name,
                      const char *arguments)
{
    /* JSON is JavaScript, too: the arguments are taken out of their wrapping there. */
    return frame_ask_marked(visitor, &inner->frame,
                            arena_printf(visitor->scratch,
                                         "mystery.%s(...(%s).map(one => one.value))", name,
                                         arguments ? arguments : "[]"));
}

const Json *mark_ask(ChromiumVisitor *visitor, int mark, const char *name,
                     const char *arguments)
{
    const InnerFrame *inner = inner_of(visitor, mark);
    return inner ? inner_ask(visitor, inner, name, arguments)
                 : page_ask(visitor, name, arguments);
}

int64_t mark_version(const ChromiumVisitor *visitor, int mark)
{
    const InnerFrame *inner = inner_of(visitor, mark);
    return inner ? inner->version : visitor->look.version;
}

int64_t mark_clicks(const ChromiumVisitor *visitor, int mark)
{
    const InnerFrame *inner = inner_of(visitor, mark);
    return inner ? inner->clicks : visitor->navigating.clicks;
}

/* ---- which ---- */

static bool is_own(ChromiumVisitor *visitor, const char *url)
{
    Url page;
    Url frame;
    if (strncmp(url, "about:", 6) == 0 || strncmp(url, "blob:", 5) == 0)
        return true;
    return url_parse(visitor->scratch, str_of(visitor->navigating.url), NULL, &page,
                     NULL) &&
           url_parse(visitor->scratch, str_of(url), NULL, &frame, NULL) &&
           url_same_site(&page, &frame);
}

/* The shop's own frames are read whole; of others only those that want something typed:
 * what else they show (advertising, films, maps) is no part of the shop's page. */
static bool is_wanted(ChromiumVisitor *visitor, const Json *offer)
{
    return json_bool(json_get(offer, "isTree"), false) &&
           (json_integer(json_get(offer, "fields"), 0) > 0 ||
            is_own(visitor, json_text(json_get(offer, "url"), "")));
}

static void inner_find(ChromiumVisitor *visitor, int64_t frames, struct Inner *found)
{
    PageFrames list;
    found->count = 0;
    if (frames <= 0)
        return;
    frames_list(visitor, &list);
    for (size_t i = 0; i < list.count; i++) {
        const PageFrame *frame = &list.items[i];
        const Json *offer =
            frame->is_top ? NULL : frame_ask_marked(visitor, frame, "mystery.offer()");
        if (!offer || !is_wanted(visitor, offer))
            continue;
        found->items[found->count++] =
            (InnerFrame){.frame = *frame,
                         .url = json_text(json_get(offer, "url"), ""),
                         .version = json_integer(json_get(offer, "version"), 0)};
    }
}

bool inner_is_unchanged(ChromiumVisitor *visitor, int64_t frames)
{
    struct Inner now;
    inner_find(visitor, frames, &now);
    if (now.count != inner_count(visitor))
        return false;
    for (size_t i = 0; i < now.count; i++) {
        const InnerFrame *a = &now.items[i];
        const InnerFrame *b = inner_at(visitor, i);
        if (strcmp(a->frame.id, b->frame.id) != 0 || a->frame.world != b->frame.world ||
            a->version != b->version)
            return false;
    }
    return true;
}

/* ---- into the page ---- */

/* Where the page's body ends. */
static size_t body_end(Str html)
{
    static const char end[] = "</body>";
    size_t length = sizeof end - 1;
    for (size_t at = html.length; at-- > 0;)
        if (html.length - at >= length && memcmp(html.data + at, end, length) == 0)
            return at;
    return SIZE_MAX;
}

static void attribute_put(Buf *out, const char *text)
{
    for (; *text; text++)
        if (*text == '"')
            buf_add_text(out, "&quot;");
        else if (*text == '&')
            buf_add_text(out, "&amp;");
        else
            buf_add_byte(out, *text);
}

/* The first frame keeps its ids where the page has others; those of more frames may be each
 * other's. */
static bool inner_put(ChromiumVisitor *visitor, InnerFrame *inner, size_t index,
                      const Json *taken, Buf *out)
{
    const char *prefix = arena_printf(visitor->scratch, "frame%zu-", index + 1);
    const char *arguments = page_arguments(visitor, "sss", visitor->mark_name, prefix,
                                           index == 0 ? json_text(taken, "*") : "*");
    const Json *answer = inner_ask(visitor, inner, "contents", arguments);
    inner->owner = frame_owner(visitor, &inner->frame);
    if (!answer || !inner->owner)
        return false;
    int64_t most =
        json_integer(json_get(answer, "most"), 0) - inner->frame.slot * FRAME_MARK;
    FrameSlot *slot = &visitor->frame_slots[inner->frame.slot - 1];
    if (most > slot->most && most < FRAME_MARK)
        slot->most = (int)most;
    inner->states = json_get(answer, "states");
    inner->url = arena_text(visitor->arena, inner->url);
    buf_printf(out, "<shown-frame %s=\"0\" src=\"", visitor->mark_name);
    attribute_put(out, inner->url);
    buf_add_text(out, "\">");
    buf_add(out, json_str(json_get(answer, "html")));
    buf_add_text(out, "</shown-frame>");
    return true;
}

Str inner_graft(ChromiumVisitor *visitor, Str html, int64_t frames)
{
    AUTO(buf_release) Buf out = {0};
    struct Inner found;
    struct Inner *all = inner_all(visitor);
    size_t end = frames > 0 ? body_end(html) : SIZE_MAX;
    all->count = 0;
    inner_find(visitor, end == SIZE_MAX ? 0 : frames, &found);
    if (found.count == 0)
        return arena_str(visitor->arena, html);
    const Json *taken = page_ask(visitor, "ids", NULL);
    buf_init(&out, MARKUP_LIMIT);
    buf_add(&out, str_slice(html, 0, end));
    for (size_t i = 0; i < found.count; i++)
        if (inner_put(visitor, &found.items[i], i, taken, &out))
            all->items[all->count++] = found.items[i];
    buf_add(&out, str_slice(html, end, html.length - end));
    if (!buf_check(&out, "the frames of a page", NULL)) {
        all->count = 0;
        return arena_str(visitor->arena, html);
    }
    return arena_str(visitor->arena, buf_str(&out));
}

/* ---- what an action changes ---- */

void inner_begin(ChromiumVisitor *visitor)
{
    for (size_t i = 0; i < inner_count(visitor); i++) {
        InnerFrame *inner = &visitor->inner->items[i];
        const Json *sight = inner_ask(visitor, inner, "sight", NULL);
        inner->sight = json_integer(json_get(sight, "hash"), 0);
        inner->effects = json_integer(json_get(sight, "effects"), -1);
        inner->clicks = json_integer(json_get(sight, "clicks"), -1);
    }
}

/* A frame that does not answer any more has another document. */
bool inner_has_changed(ChromiumVisitor *visitor)
{
    for (size_t i = 0; i < inner_count(visitor); i++) {
        const InnerFrame *inner = inner_at(visitor, i);
        const Json *sight = inner_ask(visitor, inner, "sight", NULL);
        if (json_integer(json_get(sight, "hash"), 0) != inner->sight ||
            json_integer(json_get(sight, "effects"), -1) != inner->effects)
            return true;
    }
    return false;
}

bool inner_is_still(ChromiumVisitor *visitor, double quiet_ms)
{
    for (size_t i = 0; i < inner_count(visitor); i++) {
        const Json *rest = inner_ask(visitor, inner_at(visitor, i), "rest", NULL);
        if (rest && (json_number(json_get(rest, "still"), 0) < quiet_ms ||
                     json_number(json_get(rest, "idle"), 0) < quiet_ms))
            return false;
    }
    return true;
}
