/* windows.c - windows that pages open: entered as a person does, left by closing them.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "visit/chromium/measure.h"

/* A call whose failure only means that the window is gone. */
static const Json *try_call(ChromiumVisitor *visitor, const char *method,
                            const char *params)
{
    const Json *answer = NULL;
    return cdp_call(visitor->cdp, visitor->page->session, method, params, SHORT_CALL_US,
                    visitor->scratch, &answer, NULL)
               ? answer
               : NULL;
}

/* Nothing of the tab before holds for this one. */
static void tab_forget(ChromiumVisitor *visitor)
{
    visitor->world = 0;
    visitor->timeouts = 0;
    visitor->look = (Look){.version = -1};
    visitor->pointer_x = visitor->pointer_y = 0;
    cdp_send(visitor->cdp, visitor->page->session, "Emulation.setFocusEmulationEnabled",
             "{\"enabled\":true}");
    cdp_send(visitor->cdp, visitor->page->session, "Page.bringToFront", NULL);
}

/* What the window shows by now; its events until here were nobody's. */
static void document_read(ChromiumVisitor *visitor)
{
    Navigating *now = &visitor->navigating;
    const Json *frame =
        json_at(try_call(visitor, "Page.getFrameTree", NULL), "frameTree.frame");
    const char *url = json_text(json_get(frame, "url"), "");
    /* Still empty: what it was opened for is on its way. */
    if (!frame || now->is_committed || strncmp(url, "about:", 6) == 0)
        return;
    now->loader_id = arena_text(visitor->arena, json_text(json_get(frame, "loaderId"), ""));
    now->is_error_page = json_get(frame, "unreachableUrl") != NULL;
    now->url =
        now->is_error_page
            ? arena_text(visitor->arena, json_text(json_get(frame, "unreachableUrl"), ""))
            : arena_printf(visitor->arena, "%s%s", url,
                           json_text(json_get(frame, "urlFragment"), ""));
    now->is_committed = true;
    now->committed_us = clock_now_us(visitor->base.clock);
    traffic_rest(visitor->traffic, now->url);
    const Json *state =
        try_call(visitor, "Runtime.evaluate", "{\"expression\":\"document.readyState\"}");
    const char *ready = json_text(json_at(state, "result.value"), "");
    if (strcmp(ready, "loading") != 0)
        now->is_dom_ready = true;
    if (strcmp(ready, "complete") == 0 && !now->is_loaded) {
        now->is_loaded = true;
        now->loaded_us = clock_now_us(visitor->base.clock);
    }
}

bool window_enter(ChromiumVisitor *visitor, Target *popup)
{
    Navigating *now = &visitor->navigating;
    if (popup->is_gone || visitor->window_count == WINDOWS_MOST)
        return false;
    visitor->windows[visitor->window_count++] = (Window){.target = visitor->page,
                                                         .frame_id = now->frame_id,
                                                         .loader_id = now->loader_id,
                                                         .url = now->url,
                                                         .page = visitor->base.page};
    visitor->page = popup;
    now->frame_id = popup->id;
    now->loader_id = "";
    now->url = popup->url;
    now->is_started = true;
    now->started_us = now->began_us;
    now->is_committed = now->is_dom_ready = now->is_loaded = now->is_same_document = false;
    tab_forget(visitor);
    document_read(visitor);
    if (popup->is_gone) {
        window_leave(visitor);
        return false;
    }
    measure_window(visitor);
    return true;
}

bool window_leave(ChromiumVisitor *visitor)
{
    Navigating *now = &visitor->navigating;
    if (visitor->window_count == 0 ||
        visitor->windows[visitor->window_count - 1].target->is_gone)
        return false;
    if (!visitor->page->is_gone)
        cdp_send(
            visitor->cdp, "", "Target.closeTarget",
            arena_printf(visitor->scratch, "{\"targetId\":\"%s\"}", visitor->page->id));
    const Window *before = &visitor->windows[--visitor->window_count];
    visitor->page = before->target;
    visitor->base.page = before->page;
    now->frame_id = before->frame_id;
    now->loader_id = before->loader_id;
    now->url = before->url;
    now->is_started = now->is_committed = now->is_restored = true;
    now->is_dom_ready = now->is_loaded = true;
    now->is_same_document = now->is_error_page = false;
    now->error = NULL;
    tab_forget(visitor);
    if (before->page)
        traffic_page(visitor->traffic, before->page->index);
    measure_window(visitor);
    return true;
}
