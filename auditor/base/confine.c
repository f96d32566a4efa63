/* confine.c - see confine.h. Layer: base. SPDX-License-Identifier: MIT */
#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/attr.h"

#if defined(__x86_64__)
#    define CONFINE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#    define CONFINE_ARCH AUDIT_ARCH_AARCH64
#else
#    define CONFINE_ARCH 0
#endif

/* Tools that look into the process need what the walls forbid. */
#if defined(__SANITIZE_ADDRESS__) || defined(COVERAGE)
#    define CONFINE_IS_WATCHED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define CONFINE_IS_WATCHED 1
#    endif
#endif
#ifndef CONFINE_IS_WATCHED
#    define CONFINE_IS_WATCHED 0
#endif

enum {
    X32_BIT = 0x40000000,
    FILTER_HEAD = 6,
    FILTER_MOST = 64,
    /* Of a visit: a bound against a runaway, far above what one needs. */
    MEMORY_MOST_GIB = 8,
    FILE_MOST_GIB = 2,
};

/* What a visit over HTTP never calls, and what would serve who took it over. */
static const int forbidden[] = {
    SYS_execve,
    SYS_execveat,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_kexec_load,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_userfaultfd,
    SYS_personality,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_acct,
    SYS_quotactl,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
};

static long landlock_version(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

void confine_probe(Walls *walls)
{
    uint32_t action = SECCOMP_RET_ERRNO;
    long version = landlock_version();
    *walls = (Walls){.has_no_new_privileges = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) >= 0,
                     .has_system_calls =
                         CONFINE_ARCH &&
                         syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0,
                     .landlock = version > 0 ? (int)version : 0};
}

void confine_core(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

/* Lower a limit, never raise it. */
static void limit(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0 ||
        (now.rlim_cur != RLIM_INFINITY && now.rlim_cur <= most))
        return;
    now.rlim_cur = most;
    if (now.rlim_max == RLIM_INFINITY || now.rlim_max > most)
        now.rlim_max = most;
    setrlimit(what, &now);
}

/* ---- system calls ---- */

static bool calls_forbid(void)
{
    struct sock_filter code[FILTER_MOST] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CONFINE_ARCH, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    size_t count = FILTER_HEAD;
    const size_t names = COUNT_OF(forbidden);
    for (size_t i = 0; i < names; i++)
        code[count++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)forbidden[i], (uint8_t)(names - i), 0);
    code[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[count++] =
        (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    struct sock_fprog program = {.len = (unsigned short)count, .filter = code};
    return CONFINE_ARCH && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

/* ---- files ---- */

static const char *const system_folders[] = {"/etc",     "/usr", "/lib", "/lib64",
                                             "/dev",     "/run", "/sys", "/proc",
                                             "/var/lib", "/opt", "/nix", NULL};

enum { READS = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR };

/* All that the first version knows; later rights stay as they are. */
enum { RIGHTS = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };

static void path_allow(int ruleset, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    /* A file has no rights of a folder: once more with those of a file. */
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) !=
        0) {
        rule.allowed_access =
            rights & (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(fd);
}

static bool files_forbid(const char *const *writable, const char *const *readable)
{
    struct landlock_ruleset_attr attributes = {.handled_access_fs = RIGHTS};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes,
                               sizeof attributes.handled_access_fs, 0);
    if (ruleset < 0)
        return false;
    for (const char *const *path = system_folders; *path; path++)
        path_allow(ruleset, *path, READS);
    path_allow(ruleset, "/dev/null", READS | LANDLOCK_ACCESS_FS_WRITE_FILE);
    for (; readable && *readable; readable++)
        path_allow(ruleset, *readable, READS);
    for (; writable && *writable; writable++)
        path_allow(ruleset, *writable, RIGHTS & ~LANDLOCK_ACCESS_FS_EXECUTE);
    bool is_closed = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return is_closed;
}

void confine_self(const char *const *writable, const char *const *readable, Walls *walls)
{
    const rlim_t gib = (rlim_t)1 << 30;
    *walls = (Walls){.landlock = 0};
    confine_core();
    if (CONFINE_IS_WATCHED)
        return;
    limit(RLIMIT_AS, MEMORY_MOST_GIB * gib);
    limit(RLIMIT_FSIZE, FILE_MOST_GIB * gib);
    walls->has_no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    if (!walls->has_no_new_privileges)
        return;
    long version = landlock_version();
    if (version > 0 && files_forbid(writable, readable))
        walls->landlock = (int)version;
    walls->has_system_calls = calls_forbid();
}

const char *walls_text(Arena *arena, const Walls *walls)
{
    const char *landlock = walls->landlock
                               ? arena_printf(arena, "files (Landlock %d)", walls->landlock)
                               : NULL;
    const char *parts[] = {walls->has_no_new_privileges ? "no new privileges" : NULL,
                           walls->has_system_calls ? "system calls (seccomp)" : NULL,
                           landlock};
    const char *text = NULL;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i])
            text = text ? arena_printf(arena, "%s, %s", text, parts[i]) : parts[i];
    return text ? text : "none";
}
