/* settle.c - waiting until a page is at rest (browser.md 5.3): loaded, hardly any request
 * under way, no long task, nothing new in sight, each for half a second.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <math.h>

#include "visit/chromium/film.h"
#include "visit/chromium/inner.h"

enum {
    TURN_US = 40000,      /* between two looks at what is going on */
    TURN_LEAST_US = 4000, /* when rest is near */
    QUIET_US = 500000,    /* how long all must be quiet */
    IN_FLIGHT_MOST = 2,   /* requests that do not count: long polls and the like */
    PATIENT_US = 4000000,
    LOADED_MOST_US = 6000000, /* how long a loaded page may go on moving */
};

/** One wait. */
typedef struct Settling {
    ChromiumVisitor *visitor;
    int64_t begun_us;
    int64_t busy_us;  /* last time that too many requests were under way */
    int64_t still_us; /* when the page itself will have been still for long enough */
} Settling;

static int64_t now_us(const Settling *settling)
{
    return clock_now_us(settling->visitor->base.clock);
}

static bool network_is_quiet(Settling *settling)
{
    const Traffic *traffic = settling->visitor->traffic;
    int in_flight = traffic_in_flight(traffic);
    int64_t waited_us = now_us(settling) - settling->begun_us;
    /* The first requests of a page are all waited for; later a few that hang on are not. */
    if (in_flight > (waited_us < PATIENT_US ? 0 : IN_FLIGHT_MOST))
        settling->busy_us = now_us(settling);
    return now_us(settling) - settling->busy_us >= QUIET_US;
}

/* Does the page say of itself that it rests? It is asked again when it could. */
static bool page_is_still(Settling *settling)
{
    if (now_us(settling) < settling->still_us)
        return false;
    const Json *rest = page_ask(settling->visitor, "rest", NULL);
    double quiet_ms = QUIET_US / 1000.0;
    double still_ms = fmin(json_number(json_get(rest, "still"), 0),
                           json_number(json_get(rest, "idle"), 0));
    if (rest && still_ms >= quiet_ms && inner_is_still(settling->visitor, quiet_ms))
        return true;
    double missing_ms = fmax(quiet_ms - still_ms, TURN_LEAST_US / 1000.0);
    settling->still_us = now_us(settling) + (rest ? (int64_t)(missing_ms * 1000) : TURN_US);
    return false;
}

/* Is a document on its way? */
static bool is_awaited(const Navigating *now)
{
    return now->is_started && !now->is_committed && !now->is_stopped && !now->is_download &&
           !now->error;
}

/* When it is worth looking again. */
static int64_t next_us(const Settling *settling)
{
    const Navigating *navigating = &settling->visitor->navigating;
    int64_t now = now_us(settling);
    int64_t quiet_us = settling->busy_us + QUIET_US;
    int64_t due_us = settling->still_us > quiet_us ? settling->still_us : quiet_us;
    if (!navigating->is_loaded || is_awaited(navigating) || due_us > now + TURN_US)
        return now + TURN_US;
    return due_us > now + TURN_LEAST_US ? due_us : now + TURN_LEAST_US;
}

static bool is_over(Settling *settling, const char **ended_by)
{
    const Navigating *now = &settling->visitor->navigating;
    if (is_awaited(now))
        return false;
    bool is_quiet = network_is_quiet(settling);
    if (!now->is_loaded)
        return false;
    if (is_quiet && page_is_still(settling)) {
        *ended_by = "quiet";
        return true;
    }
    int64_t loaded_us =
        now->loaded_us > settling->begun_us ? now->loaded_us : settling->begun_us;
    if (now_us(settling) - loaded_us < LOADED_MOST_US)
        return false;
    *ended_by = "cap";
    return true;
}

bool page_settle(ChromiumVisitor *visitor, int64_t timeout_us, const char **ended_by,
                 Error *err)
{
    const char *end = "cap";
    const Navigating *now = &visitor->navigating;
    Settling settling = {.visitor = visitor};
    settling.begun_us = clock_now_us(visitor->base.clock);
    settling.busy_us = settling.begun_us - QUIET_US;
    int64_t end_us = settling.begun_us + timeout_us;
    if (visitor->base.deadline_us && visitor->base.deadline_us < end_us)
        end_us = visitor->base.deadline_us;
    device_pace(visitor->device, visitor->page, true);
    while (now_us(&settling) < end_us && !is_over(&settling, &end)) {
        int64_t turn_us = next_us(&settling);
        const bool *stop = now->is_loaded ? NULL : &now->is_loaded;
        if (!cdp_pump(visitor->cdp, turn_us < end_us ? turn_us : end_us, stop)) {
            end = "gone";
            break;
        }
        if (!page_is_alive(visitor, err))
            return false;
        film_turn(visitor);
    }
    visitor->rested_us = now_us(&settling);
    device_pace(visitor->device, visitor->page, false);
    if (ended_by)
        *ended_by = end;
    return page_is_alive(visitor, err);
}
