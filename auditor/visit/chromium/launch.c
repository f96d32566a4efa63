/* launch.c - the browser's command line, its user, its pipe. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/out.h"
#include "visit/chromium/guardian.h"
#include "visit/chromium/profile.h"

enum {
    PIPE_BYTES = 1 << 20,
    SHARED_MEMORY_MIN = 256 << 20, /* Docker's default of 64 MB makes tabs crash */
    FLAGS_MAX = 64,
    WORDS_MAX = 4096,
};

/* What a visitor must not notice and what would talk to others than the shop. What would
 * change a page (pop-up blocking, site isolation, automation marks) is left as it is. */
static const char *const FLAGS[] = {
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-hang-monitor",
    /* A second window is looked at like the first: neither is put to sleep. */
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
    "--disable-prompt-on-repost",
    "--disable-search-engine-choice-screen",
    "--disable-client-side-phishing-detection",
    "--metrics-recording-only",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    "--force-color-profile=srgb",
    "--disable-features=Translate,MediaRouter,OptimizationHints",
};

typedef struct Words {
    Arena *arena;
    const char *items[FLAGS_MAX + 1];
    size_t count;
} Words;

static void word_add(Words *words, const char *word)
{
    if (words->count < FLAGS_MAX)
        words->items[words->count++] = word;
}

/* A number that is nobody's, different for browsers that run at once. */
static uid_t free_uid(void)
{
    for (unsigned i = 0; i < PROFILE_UID_COUNT; i++) {
        unsigned step = ((unsigned)getpid() + i) % PROFILE_UID_COUNT;
        uid_t uid = (uid_t)(PROFILE_UID_FIRST + step);
        if (!getpwuid(uid))
            return uid;
    }
    return (uid_t)-1;
}

/* The setuid helper that some distributions put beside the binary. */
static bool has_helper(Arena *arena, const char *binary)
{
    const char *slash = strrchr(binary, '/');
    struct stat status;
    if (!slash)
        return false;
    const char *helper =
        arena_printf(arena, "%.*s/chrome-sandbox", (int)(slash - binary), binary);
    return stat(helper, &status) == 0 && status.st_uid == 0 && (status.st_mode & S_ISUID);
}

static const char *note_of(Arena *arena, const BrowserUser *user, Confinement found)
{
    if (found == CONFINEMENT_NONE)
        return "this process may not change its user";
    if (!user->is_sandboxed)
        return "the kernel lets no unprivileged process make namespaces";
    const char *how = user->is_by_helper ? "its setuid helper" : "user namespaces";
    return user->uid == (uid_t)-1
               ? arena_printf(arena, "sandboxed by %s", how)
               : arena_printf(arena, "sandboxed by %s, as user %u of its own", how,
                              (unsigned)user->uid);
}

bool browser_confinement(Arena *arena, const char *binary, BrowserUser *user)
{
    *user = (BrowserUser){.uid = geteuid() == 0 ? free_uid() : (uid_t)-1};
    Confinement found = geteuid() == 0 && user->uid == (uid_t)-1
                            ? CONFINEMENT_NONE
                            : guardian_confinement(user->uid);
    user->is_by_helper = found == CONFINEMENT_USER && has_helper(arena, binary);
    user->is_sandboxed = found == CONFINEMENT_NAMESPACES || user->is_by_helper;
    user->note = note_of(arena, user, found);
    if (found == CONFINEMENT_NONE)
        user->uid = (uid_t)-1;
    return user->is_sandboxed;
}

static bool confine(Arena *arena, const LaunchOptions *options, const char *binary,
                    BrowserUser *user, Error *err)
{
    if (browser_confinement(arena, binary, user))
        return true;
    if (options->is_sandbox_waived) {
        user->note = "NOT sandboxed (--unsafe-no-sandbox)";
        return true;
    }
    error_set(err, ERROR_FAILED, binary, "the browser's sandbox is not possible here: %s",
              user->note);
    return error_hint(
        err, "allow user namespaces (sysctl user.max_user_namespaces, "
             "kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_"
             "userns=0; in a container its seccomp profile), or --unsafe-no-sandbox");
}

static bool is_shared_memory_small(void)
{
    struct statvfs status;
    return statvfs("/dev/shm", &status) != 0 ||
           (unsigned long long)status.f_bavail * status.f_frsize < SHARED_MEMORY_MIN;
}

static void network_words(Words *words, const LaunchOptions *options)
{
    Arena *arena = words->arena;
    if (options->proxy) {
        word_add(words, arena_printf(arena, "--proxy-server=%s", options->proxy));
        /* Loopback too, as curl does it. */
        word_add(words, "--proxy-bypass-list=<-loopback>");
    } else {
        word_add(words, "--no-proxy-server");
    }
    if (options->resolver_rules)
        word_add(words,
                 arena_printf(arena, "--host-resolver-rules=%s", options->resolver_rules));
    if (options->ignores_certificates)
        word_add(words, "--ignore-certificate-errors");
    if (options->is_http1)
        word_add(words, "--disable-http2");
}

static char *const *command(Arena *arena, const LaunchOptions *options,
                            const Browser *browser, const BrowserUser *user)
{
    Words *words = ARENA_NEW(arena, Words);
    words->arena = arena;
    word_add(words, browser->binary);
    for (size_t i = 0; i < COUNT_OF(FLAGS); i++)
        word_add(words, FLAGS[i]);
    word_add(words, arena_printf(arena, "--user-data-dir=%s/profile", browser->profile));
    word_add(words, arena_printf(arena, "--window-size=%d,%d",
                                 options->width > 0 ? options->width : 1280,
                                 options->height > 0 ? options->height : 800));
    word_add(words, arena_printf(arena, "--lang=%s",
                                 options->language ? options->language : "en"));
    if (is_shared_memory_small())
        word_add(words, "--disable-dev-shm-usage");
    if (!user->is_sandboxed)
        word_add(words, "--no-sandbox");
    network_words(words, options);
    char **argv = ARENA_ARRAY(arena, words->count + 1, char *);
    for (size_t i = 0; i < words->count; i++)
        argv[i] = arena_text(arena, words->items[i]);
    return argv;
}

/* Nothing of ours but what a program needs: secrets in our environment are not the
 * browser's business. */
static char *const *variables(Arena *arena, const char *folder)
{
    const char *path = getenv("PATH");
    const char *library = getenv("LD_LIBRARY_PATH");
    const char *fonts = getenv("FONTCONFIG_FILE");
    char **made = ARENA_ARRAY(arena, 12, char *);
    size_t count = 0;
    made[count++] = arena_printf(arena, "PATH=%s", path ? path : "/usr/bin:/bin");
    made[count++] = arena_printf(arena, "HOME=%s", folder);
    made[count++] = arena_printf(arena, "TMPDIR=%s/tmp", folder);
    made[count++] = arena_printf(arena, "XDG_CONFIG_HOME=%s/config", folder);
    made[count++] = arena_printf(arena, "XDG_CACHE_HOME=%s/cache", folder);
    made[count++] = arena_printf(arena, "XDG_RUNTIME_DIR=%s/tmp", folder);
    made[count++] = arena_text(arena, "LANG=C.UTF-8");
    /* Else it would start a session bus, which would outlive it. */
    made[count++] = arena_text(arena, "DBUS_SESSION_BUS_ADDRESS=disabled:");
    if (library)
        made[count++] = arena_printf(arena, "LD_LIBRARY_PATH=%s", library);
    if (fonts)
        made[count++] = arena_printf(arena, "FONTCONFIG_FILE=%s", fonts);
    return made;
}

static bool folder_prepare(Arena *arena, const BrowserUser *user, Browser *browser,
                           int *lock_fd, Error *err)
{
    if (!profile_make(arena, user->uid, &browser->profile, lock_fd, err))
        return false;
    if (mkdirat(*lock_fd, "tmp", 0700) == 0 &&
        (user->uid == (uid_t)-1 ||
         fchownat(*lock_fd, "tmp", user->uid, (gid_t)user->uid, AT_SYMLINK_NOFOLLOW) == 0))
        return true;
    error_set(err, ERROR_FAILED, browser->profile,
              "cannot prepare the browser's folder: %s", strerror(errno));
    profile_remove(browser->profile);
    close(*lock_fd);
    *lock_fd = -1;
    return false;
}

static void fd_drop(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Our ends are non-blocking; large pipes save turns with screenshots. */
static bool pipes_make(int to[2], int from[2], Error *err)
{
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0 ||
        fcntl(to[1], F_SETFL, O_NONBLOCK) != 0 || fcntl(from[0], F_SETFL, O_NONBLOCK) != 0)
        return error_set(err, ERROR_FAILED, NULL, "cannot make a pipe: %s",
                         strerror(errno));
    fcntl(to[1], F_SETPIPE_SZ, PIPE_BYTES);
    fcntl(from[0], F_SETPIPE_SZ, PIPE_BYTES);
    return true;
}

static bool start(Arena *arena, const LaunchOptions *options, const BrowserUser *user,
                  Browser *browser, Error *err)
{
    int lock_fd = -1;
    int to[2] = {-1, -1};
    int from[2] = {-1, -1};
    Guardian guardian = {.fd = -1};
    if (!folder_prepare(arena, user, browser, &lock_fd, err))
        return false;
    bool is_started = pipes_make(to, from, err);
    if (is_started) {
        GuardianPlan plan = {
            .binary = browser->binary,
            .argv = command(arena, options, browser, user),
            .variables = variables(arena, browser->profile),
            .input_fd = to[0],
            .output_fd = from[1],
            .folder = browser->profile,
            .lock_fd = lock_fd,
            .log = arena_printf(arena, "%s/browser.log", browser->profile),
            .uid = user->uid,
            .gains_nothing = !user->is_by_helper,
            .stays_public = options->stays_public,
        };
        is_started = guardian_start(&plan, &guardian, err);
    }
    fd_drop(&lock_fd); /* the guardian holds it */
    fd_drop(&to[0]);
    fd_drop(&from[1]);
    if (!is_started) {
        fd_drop(&to[1]);
        fd_drop(&from[0]);
        profile_remove(browser->profile);
        return false;
    }
    browser->pid = guardian.program;
    browser->guardian = guardian.pid;
    browser->is_watched = guardian.is_watched;
    browser->guardian_fd = guardian.fd;
    browser->write_fd = to[1];
    browser->read_fd = from[0];
    return true;
}

static bool not_found(const LaunchOptions *options, Error *err)
{
    const char *named = getenv("CHROME_PATH");
    const char *package = options->wants_shell ? "chromium-headless-shell" : "chromium";
    if (named && *named && !options->wants_shell) {
        error_set(err, ERROR_FAILED, "CHROME_PATH", "'%s' is no program", named);
        return error_hint(err, "unset it, or name the browser's binary");
    }
    error_set(err, ERROR_FAILED, NULL, "no %s found", package);
    return error_hint(err, "apt install %s, or set CHROME_PATH to the binary", package);
}

bool browser_launch(Arena *arena, const LaunchOptions *options, Browser *browser,
                    Error *err)
{
    BrowserUser user;
    *browser = (Browser){.write_fd = -1, .read_fd = -1, .guardian_fd = -1};
    browser->binary =
        options->binary ? options->binary : browser_find(arena, options->wants_shell);
    if (!browser->binary)
        return not_found(options, err);
    if (!confine(arena, options, browser->binary, &user, err))
        return false;
    browser->uid = user.uid;
    browser->is_sandboxed = user.is_sandboxed;
    browser->sandbox_note = user.note;
    profile_sweep(arena);
    if (start(arena, options, &user, browser, err))
        return true;
    if (user.uid != (uid_t)-1)
        error_hint(err, "as root the browser runs as user %u, who must be able to read %s",
                   (unsigned)user.uid, browser->binary);
    return false;
}

void browser_end(Browser *browser, int64_t grace_us)
{
    Guardian guardian = {
        .pid = browser->guardian, .program = browser->pid, .fd = browser->guardian_fd};
    /* The end of its pipe ends the browser too. */
    fd_drop(&browser->write_fd);
    guardian_end(&guardian, grace_us);
    fd_drop(&browser->read_fd);
    browser->guardian_fd = -1;
    browser->guardian = 0;
    browser->pid = 0;
}

const char *browser_last_words(Arena *arena, const Browser *browser)
{
    char bytes[WORDS_MAX];
    Str last = {0};
    Str line;
    if (!browser->profile)
        return NULL;
    /* The folder is the browser's: what it put there must not lead us elsewhere. */
    const char *log = arena_printf(arena, "%s/browser.log", browser->profile);
    int fd = open(log, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    off_t size = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;
    off_t from = size > WORDS_MAX ? size - WORDS_MAX : 0;
    ssize_t length = fd >= 0 ? pread(fd, bytes, sizeof bytes, from) : 0;
    fd_drop(&fd);
    Str text = str_from(bytes, length > 0 ? (size_t)length : 0);
    while (str_next(&text, '\n', &line))
        if (!str_is_empty(str_trim(line)))
            last = str_trim(line);
    return str_is_empty(last) ? NULL : arena_str_text(arena, last);
}
