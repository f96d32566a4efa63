/* frames.c - finding the frames of a page and asking them. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/frames.h"

#include <string.h>

enum {
    ANSWER_US = 3000000,
    PARAMS_LIMIT = 4 << 20,
    AREA_LEAST = 2000, /* CSS px squared: smaller ones hold no question */
};

/* A call whose failure only means that there is nothing to see. */
static const Json *try_call(ChromiumVisitor *visitor, const char *session,
                            const char *method, const char *params)
{
    Error trouble = {0};
    const Json *answer = NULL;
    bool is_fine = cdp_call(visitor->cdp, session, method, params, ANSWER_US,
                            visitor->scratch, &answer, &trouble);
    error_clear(&trouble);
    return is_fine ? answer : NULL;
}

static bool world_make(ChromiumVisitor *visitor, PageFrame *frame)
{
    const char *params = arena_printf(
        visitor->scratch, "{\"frameId\":\"%s\",\"worldName\":\"mystery\"}", frame->id);
    const Json *answer =
        try_call(visitor, frame->session, "Page.createIsolatedWorld", params);
    frame->world = (int)json_integer(json_get(answer, "executionContextId"), 0);
    return frame->world != 0;
}

/* Where the frame stands in the page, by the element that holds it. */
static bool box_read(ChromiumVisitor *visitor, PageFrame *frame)
{
    const char *session = visitor->page->session;
    const Json *owner =
        try_call(visitor, session, "DOM.getFrameOwner",
                 arena_printf(visitor->scratch, "{\"frameId\":\"%s\"}", frame->id));
    int node = (int)json_integer(json_get(owner, "backendNodeId"), 0);
    if (!node)
        return false;
    frame->owner = node;
    const Json *box =
        try_call(visitor, session, "DOM.getBoxModel",
                 arena_printf(visitor->scratch, "{\"backendNodeId\":%d}", node));
    double corners[8] = {0};
    const Json *corner = json_first(json_at(box, "model.content"));
    for (int i = 0; corner && i < 8; i++, corner = json_next(corner))
        corners[i] = json_number(corner, 0);
    frame->x = corners[0];
    frame->y = corners[1];
    frame->width = corners[2] - corners[0];
    frame->height = corners[5] - corners[1];
    return frame->width * frame->height >= AREA_LEAST;
}

/* Ids are put into messages as they are. */
static bool is_id(const char *id)
{
    size_t length = strlen(id);
    return length > 0 && length <= 128 && strcspn(id, "\"\\\n") == length;
}

/* The frame's marks go on where those of its slot ended. The slot that was not used for the
 * longest time is given to a frame that has none. */
static void slot_take(ChromiumVisitor *visitor, PageFrame *frame)
{
    FrameSlot *slots = visitor->frame_slots;
    int chosen = 0;
    for (int i = 0; i < FRAMES_MOST; i++) {
        bool is_own = slots[i].id && strcmp(slots[i].id, frame->id) == 0;
        if (is_own || slots[i].used < slots[chosen].used)
            chosen = i;
        if (is_own)
            break;
    }
    if (!slots[chosen].id || strcmp(slots[chosen].id, frame->id) != 0)
        slots[chosen].id = arena_text(visitor->arena, frame->id);
    slots[chosen].used = ++visitor->frames_seen;
    frame->slot = chosen + 1;
    frame->id = slots[chosen].id;
}

static void frame_add(ChromiumVisitor *visitor, PageFrames *frames, PageFrame frame)
{
    if (frames->count == FRAMES_MOST || !is_id(frame.id))
        return;
    for (size_t i = 0; i < frames->count; i++)
        if (strcmp(frames->items[i].id, frame.id) == 0)
            return;
    if (!(frame.is_top || box_read(visitor, &frame)) || !world_make(visitor, &frame))
        return;
    if (!frame.is_top)
        slot_take(visitor, &frame);
    frames->items[frames->count++] = frame;
}

void frames_list(ChromiumVisitor *visitor, PageFrames *frames)
{
    const char *session = visitor->page->session;
    *frames = (PageFrames){0};
    /* Owners of frames are only known once the tree was asked for. */
    try_call(visitor, session, "DOM.getDocument", "{\"depth\":0}");
    const Json *tree =
        json_get(try_call(visitor, session, "Page.getFrameTree", NULL), "frameTree");
    frame_add(visitor, frames,
              (PageFrame){.session = session,
                          .id = json_text(json_at(tree, "frame.id"), ""),
                          .is_top = true,
                          .is_apart = true});
    for (size_t i = 0; i < targets_count(visitor->targets); i++) {
        const Target *target = targets_at(visitor->targets, i);
        if (target->kind == TARGET_FRAME && !target->is_gone &&
            strcmp(target->parent, session) == 0)
            frame_add(visitor, frames,
                      (PageFrame){
                          .session = target->session, .id = target->id, .is_apart = true});
    }
    const Json *child = json_first(json_get(tree, "childFrames"));
    for (; child && frames->count < FRAMES_MOST; child = json_next(child))
        frame_add(visitor, frames,
                  (PageFrame){.session = session,
                              .id = json_text(json_at(child, "frame.id"), "")});
}

static const Json *evaluate(ChromiumVisitor *visitor, const PageFrame *frame,
                            const char *expression, int world)
{
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    buf_init(&params, PARAMS_LIMIT);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "expression", expression);
    if (world)
        json_put_integer(&json, "contextId", world);
    json_put_bool(&json, "returnByValue", true);
    json_put_bool(&json, "awaitPromise", true);
    json_put_bool(&json, "silent", true);
    json_write_end(&json);
    const Json *answer =
        try_call(visitor, frame->session, "Runtime.evaluate", buf_text(&params));
    return json_get(answer, "exceptionDetails") ? NULL : json_at(answer, "result.value");
}

const Json *frame_ask(ChromiumVisitor *visitor, const PageFrame *frame,
                      const char *expression)
{
    return evaluate(visitor, frame, expression, frame->world);
}

const Json *frame_ask_page(ChromiumVisitor *visitor, const PageFrame *frame,
                           const char *expression)
{
    return frame->is_apart ? evaluate(visitor, frame, expression, 0) : NULL;
}

const Json *frame_ask_marked(ChromiumVisitor *visitor, const PageFrame *frame,
                             const char *expression)
{
    int from = frame->slot
                   ? frame->slot * FRAME_MARK + visitor->frame_slots[frame->slot - 1].most
                   : visitor->mark_most;
    return frame_ask(
        visitor, frame,
        arena_printf(visitor->scratch, "mystery.number(%d), (%s)", from, expression));
}

int frame_owner(ChromiumVisitor *visitor, const PageFrame *frame)
{
    const char *session = visitor->page->session;
    const Json *answer = try_call(
        visitor, session, "DOM.resolveNode",
        arena_printf(visitor->scratch, "{\"backendNodeId\":%d,\"executionContextId\":%d}",
                     frame->owner, visitor->world));
    const char *object = json_text(json_at(answer, "object.objectId"), "");
    if (!is_id(object))
        return 0;
    answer =
        try_call(visitor, session, "Runtime.callFunctionOn",
                 arena_printf(visitor->scratch,
                              "{\"objectId\":\"%s\",\"returnByValue\":true,"
                              "\"functionDeclaration\":\"function() { mystery.number(%d); "
                              "return mystery.markOf(this); }\"}",
                              object, visitor->mark_most));
    return (int)json_integer(json_at(answer, "result.value"), 0);
}
