/* find.c - where the browser's real binary is. Layer: visit. SPDX-License-Identifier: MIT
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "base/proc.h"
#include "visit/chromium/launch.h"

/* Real binaries, in order of preference. */
static const char *const BROWSERS[] = {
    "/usr/lib/chromium/chromium",
    "/usr/lib64/chromium-browser/chromium-browser",
    "/usr/lib/chromium-browser/chromium-browser",
    "/usr/lib64/chromium/chromium",
    "/opt/google/chrome/chrome",
    "/opt/google/chrome-beta/chrome",
    "/opt/chromium.org/chromium/chromium-browser",
};
static const char *const SHELLS[] = {
    "/usr/lib/chromium/chromium-headless-shell",
    "/usr/lib64/chromium-browser/headless_shell",
    "/usr/lib/chromium-browser/headless_shell",
    "/usr/lib64/chromium/headless_shell",
};
static const char *const BROWSER_NAMES[] = {
    "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"};
static const char *const SHELL_NAMES[] = {"chromium-headless-shell",
                                          "chrome-headless-shell", "headless_shell"};

static bool is_program(const char *path)
{
    return path_is_file(path) && access(path, X_OK) == 0;
}

static bool is_binary(const char *path)
{
    char head[4] = "";
    AUTO(file_close) FILE *file = fopen(path, "rbe");
    return file && fread(head, 1, sizeof head, file) == sizeof head &&
           memcmp(head, "\177ELF", sizeof head) == 0;
}

/* A distribution's wrapper: /usr/bin/NAME starts /usr/lib/chromium/NAME; Chrome's stands
 * beside its binary. NULL: it is none that we know. */
static const char *behind_wrapper(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return NULL;
    const char *beside = arena_printf(arena, "%.*s/chrome", (int)(slash - path), path);
    const char *library = arena_printf(arena, "/usr/lib/chromium/%s", slash + 1);
    if (is_program(library) && is_binary(library))
        return library;
    return is_program(beside) && is_binary(beside) ? beside : NULL;
}

/* The binary that path stands for; path itself when it is a script of the user's own. */
static const char *unwrapped(Arena *arena, const char *path)
{
    char real[PATH_MAX];
    if (!realpath(path, real) || is_binary(real))
        return arena_text(arena, path);
    const char *binary = behind_wrapper(arena, path);
    return binary ? binary : behind_wrapper(arena, real);
}

static const char *known_place(const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_program(paths[i]))
            return paths[i];
    return NULL;
}

static const char *in_path(Arena *arena, const char *const *names, size_t count)
{
    char buffer[4096];
    for (size_t i = 0; i < count; i++) {
        const char *found = proc_which(names[i], buffer, sizeof buffer);
        const char *binary = found ? unwrapped(arena, found) : NULL;
        if (binary)
            return binary;
    }
    return NULL;
}

bool browser_is_shell(const char *binary)
{
    const char *slash = strrchr(binary, '/');
    const char *name = slash ? slash + 1 : binary;
    return strstr(name, "headless-shell") || strstr(name, "headless_shell");
}

/* What the user named, NULL: nothing that concerns this kind of browser. */
static const char *named(bool wants_shell)
{
    const char *path = getenv("CHROME_PATH");
    return path && *path && (!wants_shell || browser_is_shell(path)) ? path : NULL;
}

/* A wrapper that we know is looked behind, any other program is taken as it is. */
static const char *named_place(Arena *arena, const char *path)
{
    if (!is_program(path))
        return NULL;
    const char *binary = unwrapped(arena, path);
    return binary ? binary : arena_text(arena, path);
}

const char *browser_find(Arena *arena, bool wants_shell)
{
    const char *name = named(wants_shell);
    /* A wrong name is an error, and not another browser. */
    if (name)
        return named_place(arena, name);
    const char *found = wants_shell ? known_place(SHELLS, COUNT_OF(SHELLS))
                                    : known_place(BROWSERS, COUNT_OF(BROWSERS));
    if (!found)
        found = wants_shell ? in_path(arena, SHELL_NAMES, COUNT_OF(SHELL_NAMES))
                            : in_path(arena, BROWSER_NAMES, COUNT_OF(BROWSER_NAMES));
    return found ? arena_text(arena, found) : NULL;
}
