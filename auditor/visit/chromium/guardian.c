/* guardian.c - the process that starts a program, outlives us and tidies up.
 *
 * Protocol on the socket: guardian to us, one Report; us to guardian, one int64 of µs
 * (grace), or just the end of the stream, which means at once. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "visit/chromium/profile.h"
#include "visit/chromium/warden.h"

enum {
    TERM_US = 1000000,   /* between TERM and KILL */
    KILL_US = 5000000,   /* for the kernel to end what was killed */
    START_US = 10000000, /* from fork to exec, on a busy machine */
    REAP_US = 50000,     /* between two looks for stray children */
    LIFT_FD = 10,        /* above the numbers the program wants */
};

static const rlim_t DATA_MOST = (rlim_t)4 << 30; /* bytes */

/* What became of starting the program: pid, or what failed. */
typedef struct Report {
    pid_t program;
    int code; /* errno */
    char what[24];
    bool is_watched; /* where it connects */
} Report;

static int64_t now_us(void)
{
    const Clock real = {.is_fixed = false};
    return clock_now_us(&real);
}

static void fd_drop(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool read_whole(int fd, void *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t got = read(fd, (char *)bytes + done, size - done);
        if (got <= 0 && (got == 0 || errno != EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* ---- in the program's process, before exec ---- */

static NO_RETURN void give_up(int report_fd, const char *what)
{
    Report report = {.code = errno};
    snprintf(report.what, sizeof report.what, "%s", what);
    if (write(report_fd, &report, sizeof report) < 0)
        _exit(126);
    _exit(127);
}

static bool become(uid_t uid)
{
    return uid == (uid_t)-1 ||
           (setgroups(0, NULL) == 0 && setgid((gid_t)uid) == 0 && setuid(uid) == 0);
}

static void signals_reset(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGPIPE};
    sigset_t none;
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        signal(signals[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static NO_RETURN void program_run(const GuardianPlan *plan, int report_fd, pid_t parent)
{
    setpgid(0, 0);
    if (!become(plan->uid)) {
        int code = errno;
        (void)warden_send(report_fd, -1); /* what is waited for first */
        errno = code;
        give_up(report_fd, "change its user");
    }
    /* Only now: setuid clears it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    if (plan->gains_nothing)
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    /* A core file would hold what the visitor typed. */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    /* Of each of its processes: a page that eats memory ends its own tab, not the machine.
     */
    setrlimit(RLIMIT_DATA, &(struct rlimit){DATA_MOST, DATA_MOST});
    signals_reset();
    int warden = plan->stays_public && plan->gains_nothing ? warden_install() : -1;
    if (!warden_send(report_fd, warden))
        give_up(report_fd, "hand over its warden");
    int input = fcntl(plan->input_fd, F_DUPFD_CLOEXEC, LIFT_FD);
    int output = fcntl(plan->output_fd, F_DUPFD_CLOEXEC, LIFT_FD);
    int report = fcntl(report_fd, F_DUPFD_CLOEXEC, LIFT_FD);
    if (input < 0 || output < 0 || report < 0 || dup2(input, 3) < 0 || dup2(output, 4) < 0)
        give_up(report_fd, "pass its pipe");
    if (plan->folder && chdir(plan->folder) != 0)
        give_up(report, "enter its folder");
    execve(plan->binary, plan->argv, plan->variables);
    give_up(report, "run");
}

/* ---- in the guardian ---- */

/* Close all but what the guardian needs: another's pipe kept open here would hide its end.
 */
static void fds_keep(int *keep, size_t count)
{
    unsigned from = 3;
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && keep[j - 1] > keep[j]; j--) {
            int larger = keep[j - 1];
            keep[j - 1] = keep[j];
            keep[j] = larger;
        }
    for (size_t i = 0; i < count; i++) {
        if (keep[i] < (int)from)
            continue;
        if (keep[i] > (int)from)
            close_range(from, (unsigned)keep[i] - 1, 0);
        from = (unsigned)keep[i] + 1;
    }
    close_range(from, ~0U, 0);
}

static void standard_fds(const char *log)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int errors =
        log ? open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(errors >= 0 ? errors : nothing, STDERR_FILENO);
}

static pid_t program_start(const GuardianPlan *plan, Report *report, int *warden_fd)
{
    int pipe_fds[2] = {-1, -1};
    pid_t self = getpid();
    bool has_pair = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pipe_fds) == 0;
    pid_t pid = has_pair ? fork() : -1;
    if (pid == 0) {
        close(pipe_fds[0]);
        program_run(plan, pipe_fds[1], self);
    }
    *report = (Report){.program = pid, .code = pid < 0 ? errno : 0, .what = "start"};
    fd_drop(&pipe_fds[1]);
    if (pid > 0)
        setpgid(pid, pid); /* whoever of the two comes first */
    Report failure;
    *warden_fd = pid > 0 ? warden_receive(pipe_fds[0]) : -1;
    report->is_watched = *warden_fd >= 0;
    if (pid > 0 && read_whole(pipe_fds[0], &failure, sizeof failure))
        *report = failure;
    fd_drop(&pipe_fds[0]);
    return pid;
}

/* Reap what has ended. *leader becomes 0 when it is the program itself; its group is killed
 * while its number is still its own. False: no child is left. */
static bool children_reap(pid_t *leader)
{
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 && errno != EINTR)
            return false;
        if (info.si_pid == 0)
            return true;
        if (info.si_pid == *leader) {
            kill(-*leader, SIGKILL);
            *leader = 0;
        }
        waitpid(info.si_pid, NULL, 0);
    }
}

/* Those that left the group: the kernel lists our children by number. */
static void strays_kill(void)
{
    char text[4096];
    int fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, text, sizeof text) : -1;
    fd_drop(&fd);
    Str rest = str_from(text, length > 0 ? (size_t)length : 0);
    Str word;
    long long pid;
    while (str_next_word(&rest, &word))
        if (str_to_int(word, &pid) && pid > 1)
            kill((pid_t)pid, SIGKILL);
}

/* What the guardian listens to. */
typedef struct Ears {
    int signal_fd;
    int warden_fd; /* where the program connects; -1: nobody asks */
} Ears;

/* The program must not wait for an answer, not even while it ends. */
static void warden_hear(Ears *ears, short events)
{
    if (events & POLLIN)
        warden_answer(ears->warden_fd);
    else if (events)
        fd_drop(&ears->warden_fd); /* nobody is left who could ask */
}

static void wait_some(Ears *ears, int64_t until_us)
{
    struct signalfd_siginfo info;
    struct pollfd fds[2] = {{.fd = ears->signal_fd, .events = POLLIN},
                            {.fd = ears->warden_fd, .events = POLLIN}};
    int64_t left_us = until_us - now_us();
    if (left_us > REAP_US)
        left_us = REAP_US;
    if (left_us <= 0 || poll(fds, 2, (int)(left_us / 1000) + 1) <= 0)
        return;
    warden_hear(ears, fds[1].revents);
    if (fds[0].revents && read(ears->signal_fd, &info, sizeof info) < 0)
        return;
}

/* Reap for duration_us, or until nothing is left (is_all) or the leader is gone. */
static bool reap_until(pid_t *leader, Ears *ears, int64_t duration_us, bool is_all)
{
    int64_t until_us = now_us() + duration_us;
    for (;;) {
        if (!children_reap(leader) || (!is_all && *leader == 0))
            return true;
        if (now_us() >= until_us)
            return false;
        wait_some(ears, until_us);
    }
}

static void program_end(pid_t leader, Ears *ears, int64_t grace_us)
{
    if (grace_us > 0 && !reap_until(&leader, ears, grace_us, false)) {
        kill(-leader, SIGTERM);
        reap_until(&leader, ears, TERM_US, false);
    }
    int64_t until_us = now_us() + KILL_US;
    while (now_us() < until_us) {
        if (leader)
            kill(-leader, SIGKILL);
        strays_kill();
        if (reap_until(&leader, ears, REAP_US, true))
            return;
    }
}

/* Wait for the word to end (or for our maker's death), reaping meanwhile. */
static int64_t word_wait(int socket_fd, Ears *ears, pid_t *leader)
{
    for (;;) {
        struct signalfd_siginfo info;
        struct pollfd fds[3] = {{.fd = socket_fd, .events = POLLIN},
                                {.fd = ears->signal_fd, .events = POLLIN},
                                {.fd = ears->warden_fd, .events = POLLIN}};
        int64_t grace_us = 0;
        int ready = poll(fds, 3, -1);
        if (ready > 0)
            warden_hear(ears, fds[2].revents);
        if (ready > 0 && fds[1].revents && read(ears->signal_fd, &info, sizeof info) > 0)
            children_reap(leader);
        if (ready > 0 && fds[0].revents)
            return read_whole(socket_fd, &grace_us, sizeof grace_us) ? grace_us : 0;
    }
}

static NO_RETURN void guardian_run(GuardianPlan plan, int socket_fd)
{
    sigset_t watched;
    setsid(); /* out of our group: what kills that must not kill the guardian */
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_NAME, "mystery-guard");
    int keep[] = {socket_fd, plan.input_fd, plan.output_fd, plan.lock_fd};
    fds_keep(keep, COUNT_OF(keep));
    standard_fds(plan.log);
    sigemptyset(&watched);
    sigaddset(&watched, SIGCHLD);
    sigprocmask(SIG_SETMASK, &watched, NULL);
    Ears ears = {signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK), -1};

    Report report;
    pid_t leader = program_start(&plan, &report, &ears.warden_fd);
    fd_drop(&plan.input_fd);
    fd_drop(&plan.output_fd);
    bool is_heard = write(socket_fd, &report, sizeof report) == (ssize_t)sizeof report;
    if (leader > 0) {
        int64_t grace_us = is_heard ? word_wait(socket_fd, &ears, &leader) : 0;
        program_end(leader, &ears, grace_us);
    }
    profile_remove(plan.folder);
    _exit(0);
}

/* ---- in our process ---- */

static bool is_readable(int fd, int64_t until_us)
{
    struct pollfd watched = {.fd = fd, .events = POLLIN};
    int ready;
    do {
        int64_t left_us = until_us - now_us();
        ready = poll(&watched, 1, left_us > 0 ? (int)(left_us / 1000) + 1 : 0);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static bool report_read(Guardian *guardian, const char *binary, Error *err)
{
    Report report = {.code = ETIMEDOUT, .what = "start"};
    if (!is_readable(guardian->fd, now_us() + START_US) ||
        !read_whole(guardian->fd, &report, sizeof report) || report.code != 0) {
        report.what[sizeof report.what - 1] = '\0';
        error_set(err, ERROR_FAILED, binary, "cannot %s the browser: %s", report.what,
                  strerror(report.code));
        guardian_end(guardian, 0);
        return false;
    }
    guardian->program = report.program;
    guardian->is_watched = report.is_watched;
    return true;
}

bool guardian_start(const GuardianPlan *plan, Guardian *guardian, Error *err)
{
    int pair[2] = {-1, -1};
    fflush(NULL); /* what stands in our buffers must not be written by both */
    pid_t pid = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0 ? fork() : -1;
    if (pid == 0) {
        close(pair[0]);
        guardian_run(*plan, pair[1]);
    }
    *guardian = (Guardian){.pid = pid, .fd = pair[0]};
    fd_drop(&pair[1]);
    if (pid > 0)
        return report_read(guardian, plan->binary, err);
    error_set(err, ERROR_FAILED, NULL, "cannot start a guardian process: %s",
              strerror(errno));
    fd_drop(&guardian->fd);
    guardian->pid = 0;
    return false;
}

void guardian_end(Guardian *guardian, int64_t grace_us)
{
    int status;
    char byte;
    if (guardian->pid <= 0)
        return;
    /* MSG_NOSIGNAL: a guardian that somebody killed must not kill us. */
    bool is_told = send(guardian->fd, &grace_us, sizeof grace_us, MSG_NOSIGNAL) > 0;
    int64_t until_us = now_us() + grace_us + TERM_US + KILL_US + KILL_US;
    /* The end of the stream is the guardian's end: it writes nothing more. */
    if (!is_told || !is_readable(guardian->fd, until_us) ||
        read(guardian->fd, &byte, 1) > 0)
        kill(guardian->pid, SIGKILL);
    fd_drop(&guardian->fd);
    while (waitpid(guardian->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    *guardian = (Guardian){.fd = -1};
}

Confinement guardian_confinement(uid_t uid)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (!become(uid))
            _exit(CONFINEMENT_NONE);
        bool has_walls =
            unshare(CLONE_NEWUSER) == 0 && unshare(CLONE_NEWPID | CLONE_NEWNET) == 0;
        _exit(has_walls ? CONFINEMENT_NAMESPACES : CONFINEMENT_USER);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return pid > 0 && WIFEXITED(status) ? (Confinement)WEXITSTATUS(status)
                                        : CONFINEMENT_NONE;
}
