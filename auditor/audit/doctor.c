/* doctor.c - looking at the machine. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/doctor.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/json.h"
#include "base/out.h"
#include "net/transfer.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/launch.h"
#include "visit/chromium/warden.h"

enum {
    FONT_DEPTH = 6,
    PACKAGE_LIMIT = 1 << 20,
    BROWSER_START_US = 20000000,
    BROWSER_END_US = 3000000,
};

static void row_add(const AuditPlan *plan, DoctorList *list, DoctorRow row)
{
    ARENA_PUSH(plan->arena, list->items, list->count, list->capacity, row);
}

static void data_look(const AuditPlan *plan, DoctorList *list)
{
    Catalogue catalogue;
    Error err = {0};
    if (!catalogue_load(plan->arena, plan->data_folders, &catalogue, &err)) {
        row_add(plan, list,
                (DoctorRow){DOCTOR_BROKEN, "data",
                            arena_printf(plan->arena, "%s %s", err.where, err.what),
                            arena_text(plan->arena, err.hint)});
        return;
    }
    row_add(plan, list,
            (DoctorRow){DOCTOR_FINE, "data",
                        arena_printf(plan->arena, "%zu rules, grid %s %s",
                                     catalogue.grid->rule_count, catalogue.grid->id,
                                     catalogue.grid->version),
                        NULL});
}

static void network_look(const AuditPlan *plan, DoctorList *list)
{
    Net *net = NULL;
    Error err = {0};
    bool is_open = net_open(plan->arena, &plan->net, 0, 0, plan->clock, &net, &err);
    net_close(&net);
    row_add(
        plan, list,
        (DoctorRow){is_open ? DOCTOR_FINE : DOCTOR_BROKEN, "transport",
                    is_open ? net_version(plan->arena) : arena_text(plan->arena, err.what),
                    NULL});
}

/* Fonts that a browser could draw with: files of any kind of outline. */
static int fonts_count(Arena *arena, const char *folder, int depth)
{
    static const char *const suffixes[] = {".ttf", ".otf", ".ttc", ".pfb"};
    const char **names = NULL;
    size_t count = 0;
    int fonts = 0;
    if (depth > FONT_DEPTH || !folder_list(arena, folder, "", &names, &count, NULL))
        return 0;
    for (size_t i = 0; i < count; i++) {
        const char *path = path_join(arena, folder, names[i]);
        for (size_t k = 0; k < COUNT_OF(suffixes); k++)
            fonts += str_ends_with(str_of(names[i]), str_of(suffixes[k]));
        if (path_is_folder(path))
            fonts += fonts_count(arena, path, depth + 1);
    }
    return fonts;
}

static void fonts_look(const AuditPlan *plan, DoctorList *list)
{
    const char *home = getenv("HOME");
    int fonts = fonts_count(plan->arena, "/usr/share/fonts", 0) +
                fonts_count(plan->arena, "/usr/local/share/fonts", 0);
    /* As root the browser is another user, who does not see our own fonts. */
    if (home && geteuid() != 0)
        fonts += fonts_count(plan->arena, path_join(plan->arena, home, ".fonts"), 0);
    row_add(
        plan, list,
        fonts > 0
            ? (DoctorRow){DOCTOR_FINE, "fonts",
                          arena_printf(plan->arena, "%d fonts to draw with", fonts), NULL}
            : (DoctorRow){DOCTOR_WARNING, "fonts", "no fonts: text would be empty boxes",
                          "apt install fonts-liberation"});
}

/* The version that a package of npm says of itself. */
static const char *package_version(Arena *arena, const char *folder, const char *name)
{
    JsonFile file;
    const char *path = arena_printf(arena, "%s/%s/package.json", folder, name);
    if (!json_load(arena, path, PACKAGE_LIMIT, &file, NULL))
        return "missing";
    return json_text(json_get(file.root, "version"), "unknown");
}

static void scripts_look(const AuditPlan *plan, DoctorList *list)
{
    Catalogue catalogue;
    Arena *arena = plan->arena;
    catalogue_folders(arena, plan->data_folders, &catalogue);
    const char *folder = catalogue.browser_files;
    if (!folder) {
        row_add(plan, list,
                (DoctorRow){DOCTOR_WARNING, "page scripts", "not installed",
                            "make deps && make: without them vitals, accessibility and "
                            "known consent windows are not measured in the browser"});
        return;
    }
    row_add(plan, list,
            (DoctorRow){DOCTOR_FINE, "page scripts",
                        arena_printf(arena, "web-vitals %s, axe-core %s, autoconsent %s",
                                     package_version(arena, folder, "web-vitals"),
                                     package_version(arena, folder, "axe-core"),
                                     package_version(arena, folder, "autoconsent")),
                        NULL});
}

/* Start it in earnest: only an answer shows that libraries, sandbox and rights are there.
 */
static bool browser_try(const AuditPlan *plan, const char *binary, const char **says,
                        Error *err)
{
    Arena *arena = plan->arena;
    Browser browser;
    const Json *version = NULL;
    LaunchOptions options = {.binary = binary};
    int64_t begun_us = clock_now_us(plan->clock);
    if (!browser_launch(arena, &options, &browser, err))
        return false;
    Cdp *cdp = cdp_open(arena, browser.write_fd, browser.read_fd, plan->clock);
    bool is_fine = cdp_call(cdp, "", "Browser.getVersion", NULL, BROWSER_START_US, arena,
                            &version, err);
    int64_t spent_ms = (clock_now_us(plan->clock) - begun_us) / 1000;
    const char *words = is_fine ? NULL : browser_last_words(arena, &browser);
    if (words)
        error_hint(err, "it says: %s", words);
    *says = arena_printf(arena, "%s, answers after %lld ms (%s)",
                         json_text(json_get(version, "product"), "it"), (long long)spent_ms,
                         binary);
    cdp_send(cdp, "", "Browser.close", NULL);
    browser_end(&browser, BROWSER_END_US);
    return is_fine;
}

/* What a visit gives away, and what watches over where it connects. */
static void walls_look(const AuditPlan *plan, DoctorList *list)
{
    Walls walls;
    confine_probe(&walls);
    bool is_whole = walls.has_no_new_privileges && walls.has_system_calls && walls.landlock;
    row_add(plan, list,
            (DoctorRow){is_whole ? DOCTOR_FINE : DOCTOR_WARNING, "confinement",
                        arena_printf(plan->arena,
                                     "http visits, judging, reports: %s; no core files",
                                     walls_text(plan->arena, &walls)),
                        is_whole ? NULL
                                 : "a kernel of 5.13 or newer with Landlock and seccomp"});
    bool is_watched = warden_is_possible();
    row_add(plan, list,
            (DoctorRow){is_watched ? DOCTOR_FINE : DOCTOR_WARNING, "addresses",
                        is_watched ? "a public shop leads no visitor to private addresses"
                                   : "in the browser, private addresses are not refused",
                        is_watched ? NULL : "a kernel of 5.5 or newer with seccomp"});
}

static void browser_look(const AuditPlan *plan, DoctorList *list)
{
    Arena *arena = plan->arena;
    BrowserUser user;
    Error err = {0};
    const char *says = NULL;
    const char *binary = browser_find(arena, false);
    const char *named = getenv("CHROME_PATH");
    if (!binary && !(named && *named))
        binary = browser_find(arena, true);
    if (!binary) {
        row_add(plan, list,
                (DoctorRow){DOCTOR_WARNING, "browser", "no Chromium found",
                            named && *named
                                ? "CHROME_PATH names no program"
                                : "apt install chromium (or set CHROME_PATH): without it "
                                  "what needs scripts is not seen"});
        return;
    }
    bool is_confined = browser_confinement(arena, binary, &user);
    row_add(plan, list,
            (DoctorRow){is_confined ? DOCTOR_FINE : DOCTOR_WARNING, "sandbox", user.note,
                        is_confined ? NULL
                                    : "allow user namespaces, or give --unsafe-no-sandbox "
                                      "(the report says so then)"});
    if (!is_confined)
        row_add(plan, list, (DoctorRow){DOCTOR_WARNING, "browser", binary, NULL});
    else if (browser_try(plan, binary, &says, &err))
        row_add(plan, list, (DoctorRow){DOCTOR_FINE, "browser", says, NULL});
    else
        row_add(plan, list,
                (DoctorRow){DOCTOR_WARNING, "browser",
                            arena_printf(arena, "does not run: %s %s", err.where, err.what),
                            err.hint[0] ? arena_text(arena, err.hint) : NULL});
    fonts_look(plan, list);
    scripts_look(plan, list);
}

static void clock_look(const AuditPlan *plan, DoctorList *list)
{
    int64_t earliest_us = 0;
    clock_parse_iso8601("2026-01-01T00:00:00Z", &earliest_us);
    bool is_late = clock_wall_us(plan->clock) >= earliest_us;
    row_add(
        plan, list,
        (DoctorRow){is_late ? DOCTOR_FINE : DOCTOR_WARNING, "clock",
                    is_late ? "plausible" : "stands before 2026",
                    is_late ? NULL : "set the clock: certificates and dates depend on it"});
}

static void folder_look(const AuditPlan *plan, DoctorList *list)
{
    bool is_open = access(".", W_OK) == 0;
    row_add(plan, list,
            (DoctorRow){is_open ? DOCTOR_FINE : DOCTOR_WARNING, "folder",
                        is_open ? "reports can be written here" : "cannot write here",
                        is_open ? NULL : "change the folder, or give --output DIR"});
}

void doctor_look(const AuditPlan *plan, DoctorList *list)
{
    data_look(plan, list);
    network_look(plan, list);
    walls_look(plan, list);
    browser_look(plan, list);
    clock_look(plan, list);
    folder_look(plan, list);
}
