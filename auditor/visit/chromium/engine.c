/* engine.c - the browser engine: a visitor who sees, waits and presses like a person, in a
 * Chromium of its own. Layer: visit. Called by audit/ in the visit's child.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "dom/text.h"
#include "visit/chromium/chromium.h"
#include "visit/chromium/film.h"
#include "visit/chromium/measure.h"
#include "visit/chromium/obstacles.h"

enum {
    START_US = 30000000,     /* until the browser answers */
    END_US = 3000000,        /* for the browser to end by itself */
    DOCUMENTS_MAX = 300,     /* of a visit, unless told otherwise */
    WAIT_MOST_US = 30000000, /* of one wait */
    SHORT_US = 500000,
};

void primitive_begin(ChromiumVisitor *visitor, Move *move)
{
    arena_release(visitor->scratch);
    visitor->scratch = arena_create();
    /* A window that closed itself leaves its visitor with what it was opened from. */
    if (visitor->page && visitor->page->is_gone)
        window_leave(visitor);
    *move = (Move){.result = MOVE_NOTHING};
    move->page = visitor->base.page ? visitor->base.page->index : -1;
}

/* ---- the primitives that only look ---- */

static bool chromium_wait(Visitor *base, int64_t timeout_us, Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    look_spoil(visitor);
    if (timeout_us < SHORT_US) {
        /* A short wait is a pause, in which the page goes on. */
        cdp_pump(visitor->cdp, clock_now_us(base->clock) + timeout_us, NULL);
        return page_is_alive(visitor, err);
    }
    return page_settle(visitor, timeout_us < WAIT_MOST_US ? timeout_us : WAIT_MOST_US, NULL,
                       err);
}

static bool chromium_look(Visitor *base, const Document **document, const FormState **state,
                          Error *err)
{
    ChromiumVisitor *visitor = chromium_of(base);
    Move ignored;
    primitive_begin(visitor, &ignored);
    *document = NULL;
    *state = NULL;
    if (!base->page)
        return true;
    look_spoil(visitor);
    if (!look_take(visitor, err))
        return false;
    *document = visitor->look.document;
    *state = visitor->look.state;
    return true;
}

/* A link may have no box of its own while the picture in it has. */
static int chromium_sees(const Visitor *base, const Node *element)
{
    (void)base;
    int seen = node_is_seen(element);
    if (seen != 0)
        return seen;
    if (node_visibility(element) == VISIBILITY_HIDDEN)
        return 0;
    for (const Node *child = node_first_child(element); child; child = node_next(child))
        if (chromium_sees(base, child) == 1)
            return 1;
    return 0;
}

static void chromium_close(Visitor *base)
{
    ChromiumVisitor *visitor = chromium_of(base);
    measure_finish(visitor);
    if (visitor->cdp && !cdp_is_gone(visitor->cdp))
        cdp_send(visitor->cdp, "", "Browser.close", NULL);
    browser_end(&visitor->browser, END_US);
    arena_release(visitor->scratch);
    visitor->scratch = NULL;
}

static const VisitorEngine chromium_engine = {
    .name = "chromium",
    .open = chromium_open,
    .go = chromium_go,
    .press = chromium_press,
    .enter = chromium_enter,
    .fill = chromium_fill,
    .choose = chromium_choose,
    .wait = chromium_wait,
    .look = chromium_look,
    .sees = chromium_sees,
    .gesture = chromium_gesture,
    .close = chromium_close,
    .consent = chromium_consent,
    .dismiss = chromium_dismiss,
    .cookies = chromium_cookies,
};

/* ---- opening ---- */

static void base_fill(ChromiumVisitor *visitor, const VisitorOptions *options)
{
    Visitor *base = &visitor->base;
    Url site;
    base->engine = &chromium_engine;
    base->visit = options->visit;
    visitor->persona = *options->persona;
    base->persona = &visitor->persona;
    base->clock = options->clock;
    base->safety = options->safety;
    base->step = -1;
    base->has_scripts = true;
    base->deadline_us = options->deadline_us;
    base->requests_left = options->max_requests > 0 ? options->max_requests : DOCUMENTS_MAX;
    base->site_host = url_parse(visitor->arena, str_of(options->site), NULL, &site, NULL)
                          ? site.host
                          : "";
}

/* The attribute that carries marks is named anew in each visit, so that no page can know
 * it. */
static const char *mark_name_make(Arena *arena, const Clock *clock)
{
    Clock random = *clock;
    return arena_printf(arena, "m%06x", (unsigned)clock_random(&random, 0x1000000));
}

/* What every page, frame and worker gets before it runs: sent, not called. */
static void target_setup(void *context, Target *target)
{
    ChromiumVisitor *visitor = context;
    if (measure_is_of_visit(visitor))
        traffic_setup(visitor->traffic, target);
    device_setup(visitor->device, target);
    /* What is tried after the visit is not timed. */
    if (!measure_is_of_visit(visitor) && target->kind == TARGET_PAGE)
        device_pace(visitor->device, target, false);
    prompts_setup(visitor->prompts, target);
    if (target->kind == TARGET_PAGE || target->kind == TARGET_FRAME) {
        cdp_send(visitor->cdp, target->session, "Page.setLifecycleEventsEnabled",
                 "{\"enabled\":true}");
        world_setup(visitor, target);
        measure_setup(visitor, target);
    }
}

static bool browser_begin(ChromiumVisitor *visitor, Error *err)
{
    const VisitorOptions *options = &visitor->options;
    LaunchOptions launch = {.binary = options->browser};
    if (!settings_launch(visitor->arena, options, &launch, err) ||
        !browser_launch(visitor->arena, &launch, &visitor->browser, err))
        return false;
    visitor->cdp = cdp_open(visitor->arena, visitor->browser.write_fd,
                            visitor->browser.read_fd, visitor->base.clock);
    return true;
}

static bool version_read(ChromiumVisitor *visitor, const char **product, Error *err)
{
    const Json *answer = NULL;
    if (!cdp_call(visitor->cdp, "", "Browser.getVersion", NULL, START_US, visitor->scratch,
                  &answer, err))
        return false;
    *product = arena_text(visitor->arena, json_text(json_get(answer, "product"), ""));
    const char *slash = strchr(*product, '/');
    visitor->base.visit->engine_version = arena_printf(
        visitor->arena, "%s %s%s",
        visitor->options.wants_shell ? "Chromium (headless shell)" : "Chromium",
        slash ? slash + 1 : *product,
        visitor->browser.is_sandboxed ? "" : ", without its sandbox");
    return true;
}

/* Everything that listens, before there is something to hear. */
static bool ears_open(ChromiumVisitor *visitor, Error *err)
{
    const VisitorOptions *options = &visitor->options;
    const Clock *clock = visitor->base.clock;
    TrafficOptions traffic = {.visit = options->visit,
                              .keeps_bodies = options->is_recording,
                              .safety = options->safety,
                              .leaves_no_trace = options->leaves_no_trace,
                              .site = options->site,
                              .net = options->net};
    DeviceOptions device = {.persona = options->persona,
                            .network = options->network,
                            .user_agent = options->net ? options->net->user_agent : NULL,
                            .is_declared = options->is_declared};
    if (!version_read(visitor, &device.product, err))
        return false;
    visitor->traffic = traffic_open(visitor->arena, visitor->cdp, &traffic, clock);
    visitor->device = device_open(visitor->arena, visitor->cdp, &device);
    visitor->prompts = prompts_open(visitor->arena, visitor->cdp, clock);
    /* Every call that waits lets events in, from the first one on. */
    visitor->navigating =
        (Navigating){.frame_id = "", .loader_id = "", .url = "about:blank"};
    navigate_listen(visitor);
    measure_open(visitor);
    film_open(visitor);
    return true;
}

static bool tab_open(ChromiumVisitor *visitor, Error *err)
{
    if (!ears_open(visitor, err) ||
        !targets_open(visitor->arena, visitor->cdp, target_setup, visitor,
                      &visitor->targets, err) ||
        !targets_new_page(visitor->targets, &visitor->page, err))
        return false;
    visitor->navigating.frame_id = visitor->page->id;
    const char *context = targets_context(visitor->targets);
    prompts_deny(visitor->prompts, context);
    prompts_mean_presses(visitor->prompts, true);
    if (!settings_cookies(visitor->cdp, context, &visitor->options, err))
        return false;
    cdp_send(visitor->cdp, visitor->page->session, "Emulation.setFocusEmulationEnabled",
             "{\"enabled\":true}");
    /* Its process may still be starting: what is sent before would come after the first
     * page's events. */
    return cdp_call(visitor->cdp, visitor->page->session, "Runtime.evaluate",
                    "{\"expression\":\"1\"}", START_US, NULL, NULL, err);
}

bool chromium_visitor_open(const VisitorOptions *options, Visitor **visitor, Error *err)
{
    Arena *arena = options->visit->arena;
    ChromiumVisitor *made = ARENA_NEW(arena, ChromiumVisitor);
    made->arena = arena;
    made->scratch = arena_create();
    made->options = *options;
    made->browser.guardian_fd = -1;
    made->mark_name = mark_name_make(arena, options->clock);
    base_fill(made, options);
    options->visit->engine = "chromium";
    const Network *network =
        options->network ? options->network : network_of(options->persona->network);
    options->visit->network = network ? network->id : "none";
    *visitor = &made->base;
    if (browser_begin(made, err) && tab_open(made, err)) {
        cdp_until(made->cdp, options->deadline_us);
        return true;
    }
    chromium_close(&made->base);
    *visitor = NULL;
    return false;
}
