/* inject.c - a library put before the C library: it makes the nth call of a kind fail.
 *
 * The program under test is the product as it is built: nothing in it knows of this. What
 * the variables of the environment say is read once, when the library is loaded:
 *
 *   INJECT_KIND   which calls are counted (kinds, below)
 *   INJECT_AT     the call that fails, from 1; 0: none
 *   INJECT_ON     set: all calls behind it fail too (a full disk stays full)
 *   INJECT_LOG    the number of an open file descriptor; told: what failed, and where
 *   INJECT_TRACE  set: at the end, each way by which the program came to a call, by its
 * first and last number: "kind first last"; every way is then tried, not every call
 *
 *   INJECT_STACK  set: the log tells the way to the call that failed, for addr2line
 *
 * One count for the process and all it forks. Allocations are counted when our own code
 * asks for them: what a foreign library makes of an exhausted machine is its own affair.
 * SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef enum Kind {
    KIND_OPEN,
    KIND_READ,
    KIND_SHORT_READ, /* a byte of what was asked for */
    KIND_WRITE,
    KIND_SHORT_WRITE,
    KIND_INTERRUPT, /* EINTR: to be tried again */
    KIND_SYNC,
    KIND_RENAME,
    KIND_FOLDER, /* mkdir, symlink */
    KIND_UNLINK,
    KIND_FORK,
    KIND_CONNECT,
    KIND_RECEIVE,
    KIND_SEND,
    KIND_ALLOC,
    KIND_COUNT,
} Kind;

static const char *const kinds[KIND_COUNT] = {
    "open",      "read",    "short-read", "write",  "short-write",
    "interrupt", "sync",    "rename",     "folder", "unlink",
    "fork",      "connect", "receive",    "send",   "alloc"};

enum {
    WAYS_MOST = 1 << 15,
    DEPTH_MOST = 24,
    ERROR_SEEN = 0x20 /* what ferror looks at; no function sets it */
};

/* A way to a call: the return addresses, hashed. */
typedef struct Way {
    uint64_t hash;
    unsigned kind;
    unsigned first;
    unsigned last;
} Way;

/* Shared with the processes that are forked. */
typedef struct Shared {
    atomic_uint counts[KIND_COUNT];
    atomic_flag is_locked;
    Way ways[WAYS_MOST];
} Shared;

static Shared *shared;
static Kind wanted = KIND_COUNT;
static unsigned wanted_at;
static bool stays;
static bool traces;
static int log_fd = -1;
static pid_t root;
static uintptr_t own_start, own_end; /* the program's own code */
static __thread bool is_inside;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static int own_find(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    (void)data;
    /* The first is the program. */
    for (int i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
            own_start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            own_end = own_start + info->dlpi_phdr[i].p_memsz;
        }
    return 1;
}

/* Run when the library is loaded, by the linker's -init; inject_end by its -fini. */
void inject_begin(void)
{
    const char *kind = getenv("INJECT_KIND");
    const char *at = getenv("INJECT_AT");
    const char *log = getenv("INJECT_LOG");
    void *frames[2];
    backtrace(frames, 2); /* the first call loads a library */
    dl_iterate_phdr(own_find, NULL);
    wanted_at = at ? (unsigned)strtoul(at, NULL, 10) : 0;
    stays = getenv("INJECT_ON") != NULL;
    traces = getenv("INJECT_TRACE") != NULL;
    log_fd = log ? (int)strtol(log, NULL, 10) : -1;
    for (unsigned i = 0; kind && i < KIND_COUNT; i++)
        if (strcmp(kinds[i], kind) == 0)
            wanted = (Kind)i;
    /* What this program starts is not under test. */
    unsetenv("LD_PRELOAD");
    root = getpid();
    shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                  -1, 0);
    if (shared == MAP_FAILED)
        shared = NULL;
}

static void tell(const char *format, ...)
{
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (log_fd >= 0 && length > 0)
        syscall(SYS_write, log_fd, line, (size_t)length);
}

void inject_end(void)
{
    if (!shared || getpid() != root || !traces)
        return;
    for (size_t i = 0; i < WAYS_MOST; i++)
        if (shared->ways[i].first)
            tell("%s %u %u\n", kinds[shared->ways[i].kind], shared->ways[i].first,
                 shared->ways[i].last);
}

/* Where in the program: for addr2line. */
static void stack_tell(void)
{
    void *frames[DEPTH_MOST];
    if (log_fd >= 0 && getenv("INJECT_STACK"))
        backtrace_symbols_fd(frames, backtrace(frames, DEPTH_MOST), log_fd);
}

static void way_note(Kind kind, unsigned number)
{
    void *frames[DEPTH_MOST];
    int depth = backtrace(frames, DEPTH_MOST);
    uint64_t hash = 1469598103934665603U + (uint64_t)kind; /* FNV-1a, by word */
    for (int i = 0; i < depth; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)frames[i]) * 1099511628211U;
    while (atomic_flag_test_and_set(&shared->is_locked))
        continue;
    for (size_t i = 0; i < WAYS_MOST; i++) {
        Way *way = &shared->ways[(hash + i) % WAYS_MOST];
        if (way->first && way->hash != hash)
            continue;
        if (!way->first)
            *way = (Way){.hash = hash, .kind = kind, .first = number};
        way->last = number;
        break;
    }
    atomic_flag_clear(&shared->is_locked);
}

/* Count a call; must it fail? */
static bool fails(Kind kind, int error)
{
    bool is_hit = false;
    if (!shared || is_inside || (!traces && kind != wanted))
        return false;
    is_inside = true;
    unsigned number = atomic_fetch_add(&shared->counts[kind], 1) + 1;
    if (traces)
        way_note(kind, number);
    if (kind == wanted && wanted_at)
        is_hit = number == wanted_at || (stays && number > wanted_at);
    if (is_hit && number == wanted_at)
        tell("hit %s %u %s\n", kinds[kind], number, getpid() == root ? "main" : "child");
    if (is_hit && number == wanted_at)
        stack_tell();
    is_inside = false;
    if (is_hit)
        errno = error;
    return is_hit;
}

/* ---- files ---- */

static bool is_device(const char *path)
{
    return path && strncmp(path, "/dev/", 5) == 0;
}

#define OPEN(NAME)                                                                         \
    int NAME(const char *path, int flags, ...)                                             \
    {                                                                                      \
        int (*real)(const char *, int, ...) = next(#NAME);                                 \
        va_list arguments;                                                                 \
        va_start(arguments, flags);                                                        \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;       \
        va_end(arguments);                                                                 \
        return !is_device(path) && fails(KIND_OPEN, EMFILE) ? -1                           \
                                                            : real(path, flags, mode);     \
    }

OPEN(open)
OPEN(open64)

#define OPENAT(NAME)                                                                       \
    int NAME(int folder, const char *path, int flags, ...)                                 \
    {                                                                                      \
        int (*real)(int, const char *, int, ...) = next(#NAME);                            \
        va_list arguments;                                                                 \
        va_start(arguments, flags);                                                        \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;       \
        va_end(arguments);                                                                 \
        return fails(KIND_OPEN, EMFILE) ? -1 : real(folder, path, flags, mode);            \
    }

OPENAT(openat)
OPENAT(openat64)

#define FOPEN(NAME)                                                                        \
    FILE *NAME(const char *path, const char *mode)                                         \
    {                                                                                      \
        FILE *(*real)(const char *, const char *) = next(#NAME);                           \
        return fails(KIND_OPEN, EMFILE) ? NULL : real(path, mode);                         \
    }

FOPEN(fopen)
FOPEN(fopen64)

DIR *opendir(const char *path)
{
    DIR *(*real)(const char *) = next("opendir");
    return fails(KIND_OPEN, EMFILE) ? NULL : real(path);
}

#define READDIR(NAME, TYPE)                                                                \
    TYPE *NAME(DIR *folder)                                                                \
    {                                                                                      \
        TYPE *(*real)(DIR *) = next(#NAME);                                                \
        return fails(KIND_READ, EIO) ? NULL : real(folder);                                \
    }

READDIR(readdir, struct dirent)
READDIR(readdir64, struct dirent64)

ssize_t read(int fd, void *bytes, size_t size)
{
    ssize_t (*real)(int, void *, size_t) = next("read");
    if (fails(KIND_INTERRUPT, EINTR) || fails(KIND_READ, EIO))
        return -1;
    return real(fd, bytes, size > 1 && fails(KIND_SHORT_READ, 0) ? 1 : size);
}

#define PREAD(NAME, OFFSET)                                                                \
    ssize_t NAME(int fd, void *bytes, size_t size, OFFSET offset)                          \
    {                                                                                      \
        ssize_t (*real)(int, void *, size_t, OFFSET) = next(#NAME);                        \
        return fails(KIND_INTERRUPT, EINTR) || fails(KIND_READ, EIO)                       \
                   ? -1                                                                    \
                   : real(fd, bytes, size, offset);                                        \
    }

PREAD(pread, off_t)
PREAD(pread64, off64_t)

size_t fread(void *restrict bytes, size_t size, size_t count, FILE *restrict file)
{
    size_t (*real)(void *, size_t, size_t, FILE *) = next("fread");
    return fails(KIND_READ, EIO) ? 0 : real(bytes, size, count, file);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ssize_t (*real)(int, const void *, size_t) = next("write");
    if (fd != STDERR_FILENO && (fails(KIND_INTERRUPT, EINTR) || fails(KIND_WRITE, ENOSPC)))
        return -1;
    return real(fd, bytes, size > 1 && fails(KIND_SHORT_WRITE, 0) ? 1 : size);
}

#define PWRITE(NAME, OFFSET)                                                               \
    ssize_t NAME(int fd, const void *bytes, size_t size, OFFSET offset)                    \
    {                                                                                      \
        ssize_t (*real)(int, const void *, size_t, OFFSET) = next(#NAME);                  \
        return fails(KIND_INTERRUPT, EINTR) || fails(KIND_WRITE, ENOSPC)                   \
                   ? -1                                                                    \
                   : real(fd, bytes, size, offset);                                        \
    }

PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

size_t fwrite(const void *restrict bytes, size_t size, size_t count, FILE *restrict file)
{
    size_t (*real)(const void *, size_t, size_t, FILE *) = next("fwrite");
    if (file == stderr || !fails(KIND_WRITE, ENOSPC))
        return real(bytes, size, count, file);
    file->_flags |= ERROR_SEEN;
    return 0;
}

int fflush(FILE *file)
{
    int (*real)(FILE *) = next("fflush");
    if (file != stdout || !fails(KIND_WRITE, ENOSPC))
        return real(file);
    file->_flags |= ERROR_SEEN;
    return EOF;
}

int fsync(int fd)
{
    int (*real)(int) = next("fsync");
    return fails(KIND_SYNC, EIO) ? -1 : real(fd);
}

int fdatasync(int fd)
{
    int (*real)(int) = next("fdatasync");
    return fails(KIND_SYNC, EIO) ? -1 : real(fd);
}

int ftruncate(int fd, off_t size)
{
    int (*real)(int, off_t) = next("ftruncate");
    return fails(KIND_WRITE, ENOSPC) ? -1 : real(fd, size);
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = next("rename");
    return fails(KIND_RENAME, EIO) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t) = next("mkdir");
    return fails(KIND_FOLDER, ENOSPC) ? -1 : real(path, mode);
}

int symlink(const char *target, const char *path)
{
    int (*real)(const char *, const char *) = next("symlink");
    return fails(KIND_FOLDER, ENOSPC) ? -1 : real(target, path);
}

int unlink(const char *path)
{
    int (*real)(const char *) = next("unlink");
    return fails(KIND_UNLINK, EIO) ? -1 : real(path);
}

/* ---- processes and networks ---- */

pid_t fork(void)
{
    pid_t (*real)(void) = next("fork");
    return fails(KIND_FORK, EAGAIN) ? -1 : real();
}

int pipe(int fds[2])
{
    int (*real)(int *) = next("pipe");
    return fails(KIND_FORK, EMFILE) ? -1 : real(fds);
}

int pipe2(int fds[2], int flags)
{
    int (*real)(int *, int) = next("pipe2");
    return fails(KIND_FORK, EMFILE) ? -1 : real(fds, flags);
}

int socketpair(int domain, int type, int protocol, int fds[2])
{
    int (*real)(int, int, int, int *) = next("socketpair");
    return fails(KIND_FORK, EMFILE) ? -1 : real(domain, type, protocol, fds);
}

int pidfd_open(pid_t pid, unsigned flags)
{
    int (*real)(pid_t, unsigned) = next("pidfd_open");
    return fails(KIND_FORK, EMFILE) ? -1 : real(pid, flags);
}

int socket(int domain, int type, int protocol)
{
    int (*real)(int, int, int) = next("socket");
    return fails(KIND_CONNECT, EMFILE) ? -1 : real(domain, type, protocol);
}

int connect(int fd, const struct sockaddr *address, socklen_t size)
{
    int (*real)(int, const struct sockaddr *, socklen_t) = next("connect");
    return fails(KIND_CONNECT, ENETUNREACH) ? -1 : real(fd, address, size);
}

ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
    ssize_t (*real)(int, void *, size_t, int) = next("recv");
    return fails(KIND_RECEIVE, ECONNRESET) ? -1 : real(fd, bytes, size, flags);
}

ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    ssize_t (*real)(int, const void *, size_t, int) = next("send");
    return fails(KIND_SEND, EPIPE) ? -1 : real(fd, bytes, size, flags);
}

/* ---- memory ---- */

/* Sanitizers bring an allocator of their own. */
#ifndef INJECT_NO_ALLOC
static bool is_own(const void *caller)
{
    return (uintptr_t)caller >= own_start && (uintptr_t)caller < own_end;
}

void *malloc(size_t size)
{
    bool is_failed = is_own(__builtin_return_address(0)) && fails(KIND_ALLOC, ENOMEM);
    return is_failed ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    bool is_failed = is_own(__builtin_return_address(0)) && fails(KIND_ALLOC, ENOMEM);
    return is_failed ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    bool is_failed = is_own(__builtin_return_address(0)) && fails(KIND_ALLOC, ENOMEM);
    return is_failed ? NULL : __libc_realloc(old, size);
}
#endif
