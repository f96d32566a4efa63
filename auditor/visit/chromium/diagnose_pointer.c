/* diagnose_pointer.c - a page by mouse: menus that only open for it, windows that open when
 * it leaves, a wheel that does not scroll. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/chromium/diagnosis.h"

enum {
    HOVER_US = 300000,
    HOVER_TRIES = 3,
    EXIT_US = 1000000,
    WHEEL_US = 500000,
    WHEEL_PX = 1000,
    ROOM_LEAST = 1100, /* px there must be to scroll */
    CORNER = 3,
};

static int number_ask(Diagnosis *diagnosis, const char *name, int given)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    return (int)json_integer(page_ask(tab, name, page_arguments(tab, "i", given)), 0);
}

/* Comes the menu to be shown, or hidden? A busy machine draws late. */
static bool menu_turns(Diagnosis *diagnosis, int menu, bool is_shown)
{
    for (int i = 0; i < HOVER_TRIES; i++) {
        diagnosis_pause(diagnosis, HOVER_US);
        if ((number_ask(diagnosis, "probe.menuShown", menu) > 0) == is_shown)
            return true;
    }
    return false;
}

/* Shown by hovering, but neither by focus nor by a click? */
static bool is_hover_only(Diagnosis *diagnosis, int menu, const Json *place)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    pointer_move(tab, json_number(json_get(place, "x"), 0),
                 json_number(json_get(place, "y"), 0));
    if (!menu_turns(diagnosis, menu, true))
        return false;
    pointer_move(tab, CORNER, CORNER);
    if (!menu_turns(diagnosis, menu, false))
        return false;
    number_ask(diagnosis, "probe.menuFocus", menu);
    if (menu_turns(diagnosis, menu, true))
        return false;
    number_ask(diagnosis, "probe.menuClick", menu);
    return !menu_turns(diagnosis, menu, true);
}

static void menus_try(Diagnosis *diagnosis)
{
    /* The walk by keyboard ended at the foot of the page. */
    diagnosis_ask(diagnosis, "probe.toTop");
    const Json *menus = diagnosis_ask(diagnosis, "probe.menuList");
    bool has_any = false;
    int menu = 0;
    for (const Json *one = json_first(menus); one; one = json_next(one), menu++) {
        if (!diagnosis_has_time(diagnosis))
            break;
        if (!is_hover_only(diagnosis, menu, one))
            continue;
        diagnosis_write(diagnosis, "probe.hover-menu",
                        json_number(json_get(one, "value"), 1), one);
        has_any = true;
    }
    diagnosis_ask(diagnosis, "probe.blur");
    if (!has_any)
        diagnosis_nothing(diagnosis, "probe.hover-menu");
}

static void exit_try(Diagnosis *diagnosis)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    double middle = tab->base.persona->width / 2.0;
    diagnosis_ask(diagnosis, "probe.toTop");
    diagnosis_ask(diagnosis, "probe.layersMark");
    pointer_move(tab, middle, tab->base.persona->height / 2.0);
    /* What opens while the pointer stays does not open because it leaves. */
    diagnosis_pause(diagnosis, EXIT_US);
    if (json_first(diagnosis_ask(diagnosis, "probe.layersNew"))) {
        diagnosis_absent(diagnosis, "probe.exit-popup", "layers open by themselves");
        return;
    }
    pointer_move(tab, middle, 0);
    diagnosis_ask(diagnosis, "probe.leaveByTop");
    diagnosis_pause(diagnosis, EXIT_US);
    diagnosis_faults(diagnosis, "probe.exit-popup",
                     diagnosis_ask(diagnosis, "probe.layersNew"));
}

static void wheel_try(Diagnosis *diagnosis)
{
    ChromiumVisitor *tab = &diagnosis->tab;
    diagnosis_ask(diagnosis, "probe.toTop");
    if (json_number(diagnosis_ask(diagnosis, "probe.scrollRoom"), 0) < ROOM_LEAST)
        return;
    cdp_send(tab->cdp, tab->page->session, "Input.dispatchMouseEvent",
             arena_printf(tab->scratch,
                          "{\"type\":\"mouseWheel\",\"x\":%d,\"y\":%d,\"deltaX\":0,"
                          "\"deltaY\":%d}",
                          tab->base.persona->width / 2, tab->base.persona->height / 2,
                          WHEEL_PX));
    diagnosis_pause(diagnosis, WHEEL_US);
    double scrolled = json_number(diagnosis_ask(diagnosis, "probe.scrolled"), -1);
    if (scrolled >= 0)
        diagnosis_number(diagnosis, "probe.scroll", scrolled / WHEEL_PX);
    diagnosis_ask(diagnosis, "probe.toTop");
}

void diagnose_pointer(Diagnosis *diagnosis)
{
    if (diagnosis->tab.base.persona->has_touch) {
        diagnosis_absent(diagnosis, "probe.hover-menu", "touch screens have no pointer");
        diagnosis_absent(diagnosis, "probe.exit-popup", "touch screens have no pointer");
        return;
    }
    PageKind kind = diagnosis->page->kind;
    if (!diagnosis_has_time(diagnosis))
        return;
    menus_try(diagnosis);
    if (kind == PAGE_HOME || kind == PAGE_PRODUCT)
        exit_try(diagnosis);
    if (kind == PAGE_HOME)
        wheel_try(diagnosis);
}
