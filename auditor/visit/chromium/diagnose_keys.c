/* diagnose_keys.c - a page by keyboard alone: Tab from the first element to the last, and
 * at each whether one sees where one is. Layer: visit. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "visit/chromium/diagnosis.h"

enum {
    PRESSES_MAX = 220,
    STUCK = 6,     /* presses on one element that make a trap */
    RING_MAX = 10, /* a ring of so few, with more outside, is one too */
    MISSED_LEAST = 3,
    SUSPECTS_MAX = 40,
    PICTURED_MAX = 4, /* suspects of which pictures are taken */
    PICTURE_US = 4000000,
    STYLE_US = 300000, /* until a transition of the focus style is over */
};

/** The walk so far. */
typedef struct KeyWalk {
    Diagnosis *diagnosis;
    int *marks; /* distinct, in order */
    size_t count, capacity;
    const Json **suspects; /* look the same with and without focus */
    size_t suspect_count, suspect_capacity;
    const Json **covered;
    size_t covered_count, covered_capacity;
    int presses;
    const Json *trap; /* NULL: none */
    bool is_round;    /* came back to the beginning */
} KeyWalk;

static bool is_known(const KeyWalk *walk, int mark)
{
    for (size_t i = 0; i < walk->count; i++)
        if (walk->marks[i] == mark)
            return true;
    return false;
}

static const Json *step_take(KeyWalk *walk)
{
    key_strike(&walk->diagnosis->tab, "Tab");
    walk->presses++;
    const Json *step = diagnosis_ask(walk->diagnosis, "probe.walkStep");
    return step && !json_is_null(step) ? step : NULL;
}

static void step_keep(KeyWalk *walk, const Json *step, int mark)
{
    Arena *arena = walk->diagnosis->tab.scratch;
    ARENA_PUSH(arena, walk->marks, walk->count, walk->capacity, mark);
    if (json_number(json_get(step, "value"), 0) > 0 && walk->suspect_count < SUSPECTS_MAX)
        ARENA_PUSH(arena, walk->suspects, walk->suspect_count, walk->suspect_capacity,
                   step);
    if (json_bool(json_get(step, "isCovered"), false) && walk->covered_count < SUSPECTS_MAX)
        ARENA_PUSH(arena, walk->covered, walk->covered_count, walk->covered_capacity, step);
}

/* Visible stops that the walk has not come to. */
static int missed_count(KeyWalk *walk)
{
    AUTO(buf_release) Buf marks = {0};
    buf_init(&marks, 1 << 16);
    for (size_t i = 0; i < walk->count; i++)
        buf_printf(&marks, "%s%d", i ? " " : "", walk->marks[i]);
    ChromiumVisitor *tab = &walk->diagnosis->tab;
    return (int)json_integer(
        page_ask(tab, "probe.missed", page_arguments(tab, "s", buf_text(&marks))), 0);
}

/* Escape must let go: then it was a dialog. */
static bool escape_frees(KeyWalk *walk)
{
    key_strike(&walk->diagnosis->tab, "Escape");
    const Json *step = step_take(walk);
    int mark = (int)json_integer(json_get(step, "mark"), 0);
    if (step && is_known(walk, mark))
        return false;
    if (step)
        step_keep(walk, step, mark);
    return true;
}

/* In one place for STUCK presses, or round and round in a small ring. Returns whether the
 * walk is over. */
static bool trap_check(KeyWalk *walk, const Json *step, int stays)
{
    bool is_frame = json_bool(json_get(step, "isFrame"), false);
    bool is_stuck = stays >= STUCK && !is_frame;
    if (!is_stuck && !walk->is_round)
        return stays >= STUCK * 4; /* a frame that keeps the focus among its own */
    if (!is_stuck &&
        (walk->count > RING_MAX || json_bool(json_get(step, "isInDialog"), false)))
        return true;
    if (missed_count(walk) < MISSED_LEAST)
        return true;
    if (escape_frees(walk)) {
        walk->is_round = false;
        return false;
    }
    walk->trap = step;
    return true;
}

static void walk_on(KeyWalk *walk)
{
    int last = 0;
    int stays = 0;
    int nowhere = 0;
    while (walk->presses < PRESSES_MAX && diagnosis_has_time(walk->diagnosis)) {
        const Json *step = step_take(walk);
        /* Behind the last element the focus leaves the page once before it begins again. */
        if (!step) {
            if (++nowhere > 2 || walk->count > 0)
                return;
            continue;
        }
        int mark = (int)json_integer(json_get(step, "mark"), 0);
        stays = mark == last ? stays + 1 : 0;
        last = mark;
        if (!is_known(walk, mark))
            step_keep(walk, step, mark);
        else if (walk->count > 1 && mark == walk->marks[0])
            walk->is_round = true;
        else if (stays == 0 && walk->presses > 3 * (int)walk->count)
            walk->is_round = true;
        if ((stays >= STUCK || walk->is_round) && trap_check(walk, step, stays))
            return;
    }
}

/* ---- is the focus seen? ---- */

static const char *picture_take(Diagnosis *diagnosis, const Json *box)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    const Json *answer = NULL;
    const char *params = arena_printf(
        tab->scratch,
        "{\"format\":\"png\",\"optimizeForSpeed\":true,\"clip\":{\"x\":%.1f,\"y\":%.1f,"
        "\"width\":%.1f,\"height\":%.1f,\"scale\":1}}",
        json_number(json_get(box, "x"), 0), json_number(json_get(box, "y"), 0),
        json_number(json_get(box, "width"), 1), json_number(json_get(box, "height"), 1));
    if (!cdp_call(tab->cdp, tab->page->session, "Page.captureScreenshot", params,
                  PICTURE_US, tab->scratch, &answer, NULL))
        return NULL;
    return json_text(json_get(answer, "data"), NULL);
}

/* Styles can be the same and pictures not (a child, a sibling far away changes): both
 * pictures must be equal, byte for byte. */
static bool is_invisible(Diagnosis *diagnosis, const Json *suspect)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    int mark = (int)json_integer(json_get(suspect, "mark"), 0);
    const Json *box = page_ask(tab, "probe.focusOn", page_arguments(tab, "i", mark));
    if (!box || json_is_null(box))
        return false;
    diagnosis_pause(diagnosis, STYLE_US);
    const char *with = picture_take(diagnosis, box);
    diagnosis_ask(diagnosis, "probe.blur");
    diagnosis_pause(diagnosis, STYLE_US);
    const char *without = picture_take(diagnosis, box);
    return with && without && strcmp(with, without) == 0;
}

static void focus_write(KeyWalk *walk)
{
    Diagnosis *diagnosis = walk->diagnosis;
    size_t pictured = 0;
    size_t invisible = 0;
    for (size_t i = 0; i < walk->suspect_count && diagnosis_has_time(diagnosis); i++) {
        /* All that were looked at are invisible: the others share their style. */
        bool is_settled = pictured >= PICTURED_MAX;
        if (is_settled && invisible < pictured)
            break;
        if (!is_settled) {
            pictured++;
            if (!is_invisible(diagnosis, walk->suspects[i]))
                continue;
        }
        invisible++;
        diagnosis_write(diagnosis, "probe.focus-invisible", 1, walk->suspects[i]);
    }
    if (!invisible)
        diagnosis_nothing(diagnosis, "probe.focus-invisible");
}

void diagnose_keys(Diagnosis *diagnosis)
{
    KeyWalk walk = {.diagnosis = diagnosis};
    if (!diagnosis_ask(diagnosis, "probe.walkBegin")) {
        diagnosis_absent(diagnosis, "probe.tab-stops", "the page did not answer");
        return;
    }
    walk_on(&walk);
    diagnosis_number(diagnosis, "probe.tab-stops", (double)walk.count);
    if (walk.trap)
        diagnosis_write(diagnosis, "probe.keyboard-trap", walk.presses, walk.trap);
    else
        diagnosis_nothing(diagnosis, "probe.keyboard-trap");
    for (size_t i = 0; i < walk.covered_count; i++)
        diagnosis_write(diagnosis, "probe.focus-covered", 1, walk.covered[i]);
    if (!walk.covered_count)
        diagnosis_nothing(diagnosis, "probe.focus-covered");
    focus_write(&walk);
}
