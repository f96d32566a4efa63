/* target.c - attaching to whatever the browser opens. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/target.h"

#include <string.h>

#include "base/clock.h"

enum { CREATE_US = 20000000, TURN_US = 50000, NAME_MAX_BYTES = 128 };

struct Targets {
    Arena *arena;
    Cdp *cdp;
    TargetSetup *setup;
    void *context;
    Target **items;
    size_t count, capacity;
    const char *browser_context;
};

#define AUTO_ATTACH "{\"autoAttach\":true,\"waitForDebuggerOnStart\":true,\"flatten\":true}"

static TargetKind kind_of(const char *type)
{
    static const char *const workers[] = {"worker", "shared_worker", "service_worker"};
    if (strcmp(type, "page") == 0)
        return TARGET_PAGE;
    if (strcmp(type, "iframe") == 0)
        return TARGET_FRAME;
    for (size_t i = 0; i < COUNT_OF(workers); i++)
        if (strcmp(type, workers[i]) == 0)
            return TARGET_WORKER;
    return TARGET_OTHER; /* browser_ui, tab, browser ... */
}

/* Ids are hexadecimal numbers; they are put into messages as they are. */
static bool is_id(const char *id)
{
    size_t length = strlen(id);
    return length > 0 && length <= NAME_MAX_BYTES &&
           strspn(id, "0123456789abcdefABCDEF-") == length;
}

static Target *target_by_id(const Targets *targets, const char *id)
{
    for (size_t i = targets->count; i > 0; i--)
        if (strcmp(targets->items[i - 1]->id, id) == 0 && !targets->items[i - 1]->is_gone)
            return targets->items[i - 1];
    return NULL;
}

/* Whatever else happens, a target that waits for us is let go: its opener would hang. */
static void target_prepare(Targets *targets, Target *target)
{
    if (target->kind != TARGET_OTHER) {
        cdp_send(targets->cdp, target->session, "Target.setAutoAttach", AUTO_ATTACH);
        targets->setup(targets->context, target);
    }
    cdp_send(targets->cdp, target->session, "Runtime.runIfWaitingForDebugger", NULL);
}

static void on_attached(Targets *targets, const CdpEvent *event)
{
    Arena *arena = targets->arena;
    const Json *info = json_get(event->params, "targetInfo");
    const char *session = json_text(json_get(event->params, "sessionId"), "");
    const char *id = json_text(json_get(info, "targetId"), "");
    const char *opener = json_text(json_get(info, "openerId"), NULL);
    if (!is_id(session))
        return;
    Target *target = ARENA_NEW(arena, Target);
    target->kind = kind_of(json_text(json_get(info, "type"), ""));
    /* A worker can be reported by the browser and by its page: one session is enough. */
    if (target_by_id(targets, id))
        target->kind = TARGET_OTHER;
    target->id = arena_text(arena, id);
    target->session = arena_text(arena, session);
    target->parent = arena_text(arena, event->session);
    target->url = arena_text(arena, json_text(json_get(info, "url"), ""));
    target->opener = arena_text(arena, opener);
    target->is_popup = target->kind == TARGET_PAGE && opener;
    ARENA_PUSH(arena, targets->items, targets->count, targets->capacity, target);
    target_prepare(targets, target);
}

static void on_detached(Targets *targets, const CdpEvent *event)
{
    const char *session = json_text(json_get(event->params, "sessionId"), "");
    Target *target = targets_by_session(targets, session);
    if (target)
        target->is_gone = true;
}

static void on_changed(Targets *targets, const CdpEvent *event)
{
    const Json *info = json_get(event->params, "targetInfo");
    const char *url = json_text(json_get(info, "url"), "");
    Target *target = target_by_id(targets, json_text(json_get(info, "targetId"), ""));
    if (target && strcmp(target->url, url) != 0)
        target->url = arena_text(targets->arena, url);
}

static void on_crashed(Targets *targets, const CdpEvent *event)
{
    const char *id = json_text(json_get(event->params, "targetId"), NULL);
    Target *target =
        id ? target_by_id(targets, id) : targets_by_session(targets, event->session);
    if (target)
        target->is_crashed = true;
}

static void on_event(void *context, const CdpEvent *event)
{
    static const struct {
        const char *method;
        void (*handle)(Targets *targets, const CdpEvent *event);
    } handlers[] = {
        {"Target.attachedToTarget", on_attached},
        {"Target.detachedFromTarget", on_detached},
        {"Target.targetInfoChanged", on_changed},
        {"Target.targetCrashed", on_crashed},
        {"Inspector.targetCrashed", on_crashed},
    };

    for (size_t i = 0; i < COUNT_OF(handlers); i++)
        if (strcmp(event->method, handlers[i].method) == 0)
            handlers[i].handle(context, event);
}

bool targets_open(Arena *arena, Cdp *cdp, TargetSetup *setup, void *context,
                  Targets **targets, Error *err)
{
    Targets *made = ARENA_NEW(arena, Targets);
    made->arena = arena;
    made->cdp = cdp;
    made->setup = setup;
    made->context = context;
    made->browser_context = "";
    *targets = made;
    cdp_listen(cdp, "Target.", on_event, made);
    cdp_listen(cdp, "Inspector.targetCrashed", on_event, made);
    cdp_send(cdp, "", "Target.setDiscoverTargets", "{\"discover\":true}");
    return cdp_call(cdp, "", "Target.setAutoAttach", AUTO_ATTACH, CREATE_US, NULL, NULL,
                    err);
}

/* Attaching is an event of its own, before or behind the answer. */
static Target *target_await(Targets *targets, const char *id)
{
    const Clock clock = {.is_fixed = false};
    int64_t until_us = clock_now_us(&clock) + CREATE_US;
    for (;;) {
        Target *target = target_by_id(targets, id);
        int64_t now_us = clock_now_us(&clock);
        if (target || now_us >= until_us || !cdp_pump(targets->cdp, now_us + TURN_US, NULL))
            return target;
    }
}

bool targets_new_page(Targets *targets, Target **page, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Json *answer = NULL;
    if (!cdp_call(targets->cdp, "", "Target.createBrowserContext",
                  "{\"disposeOnDetach\":true}", CREATE_US, arena, &answer, err))
        return false;
    const char *context = json_text(json_get(answer, "browserContextId"), "");
    if (!is_id(context))
        return error_set(err, ERROR_FAILED, "Target.createBrowserContext",
                         "the browser named no context");
    targets->browser_context = arena_text(targets->arena, context);
    const char *params = arena_printf(
        arena, "{\"url\":\"about:blank\",\"browserContextId\":\"%s\",\"newWindow\":true}",
        context);
    if (!cdp_call(targets->cdp, "", "Target.createTarget", params, CREATE_US, arena,
                  &answer, err))
        return false;
    *page = target_await(targets, json_text(json_get(answer, "targetId"), ""));
    if (*page)
        return true;
    return error_set(err, ERROR_FAILED, "Target.createTarget",
                     "the browser opened no page");
}

Target *targets_popup_since(Targets *targets, size_t mark)
{
    for (size_t i = targets->count; i > mark; i--)
        if (targets->items[i - 1]->is_popup && !targets->items[i - 1]->is_gone)
            return targets->items[i - 1];
    return NULL;
}

size_t targets_count(const Targets *targets)
{
    return targets->count;
}

Target *targets_at(Targets *targets, size_t i)
{
    return targets->items[i];
}

const char *targets_context(const Targets *targets)
{
    return targets->browser_context;
}

Target *targets_by_session(Targets *targets, const char *session)
{
    for (size_t i = targets->count; i > 0; i--)
        if (strcmp(targets->items[i - 1]->session, session) == 0)
            return targets->items[i - 1];
    return NULL;
}
