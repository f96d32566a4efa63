/* out.c - reading and writing files and folders.
 *
 * A reader of the result sees the old file or the new one, never half of one. Layer: base.
 * SPDX-License-Identifier: MIT */
#include "base/out.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

void file_close(FILE **file)
{
    if (*file)
        fclose(*file);
    *file = NULL;
}

static void fd_close(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Read fd to its end into buf. */
static bool fd_read(int fd, const char *path, Buf *buf, Error *err)
{
    char chunk[65536];
    for (;;) {
        ssize_t got = read(fd, chunk, sizeof(chunk));
        if (got == 0)
            return true;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(err, error_code_of_errno(errno), path, "cannot read: %s",
                             strerror(errno));
        if (!buf_add(buf, str_from(chunk, (size_t)got)))
            return error_set(err, ERROR_INPUT, path, "is larger than %zu bytes",
                             buf->limit);
    }
}

bool file_read(Arena *arena, const char *path, size_t limit, Str *content, Error *err)
{
    AUTO(buf_release) Buf buf = {0};
    AUTO(fd_close) int fd = -1;
    int source = STDIN_FILENO;

    buf_init(&buf, limit);
    if (!is_standard(path)) {
        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return error_set(err, error_code_of_errno(errno), path, "cannot open: %s",
                             strerror(errno));
        source = fd;
    }
    if (!fd_read(source, path, &buf, err))
        return false;
    *content = arena_str(arena, buf_str(&buf));
    return true;
}

static bool fd_write(int fd, Str content)
{
    while (content.length > 0) {
        ssize_t put = write(fd, content.data, content.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        content = str_slice(content, (size_t)put, content.length);
    }
    return true;
}

/* Name of the file written aside. */
static bool aside_name(const char *path, char *aside, size_t size, Error *err)
{
    int length = snprintf(aside, size, "%s.tmp.%d", path, (int)getpid());
    if (length < 0 || (size_t)length >= size)
        return error_set(err, ERROR_FAILED, path, "path is too long");
    return true;
}

/* Create, fill and flush the file aside; errno tells why not. A file of that name is left
 * over by a dead process that had our number. */
static bool aside_fill(const char *aside, Str content)
{
    AUTO(fd_close) int fd = -1;
    unlink(aside);
    fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    return fd >= 0 && fd_write(fd, content) && (fsync(fd) == 0 || errno == EINVAL);
}

bool file_write(const char *path, Str content, Error *err)
{
    char aside[PATH_MAX];

    if (is_standard(path)) {
        if (fwrite(content.data ? content.data : "", 1, content.length, stdout) !=
                content.length ||
            fflush(stdout) != 0)
            return error_set(err, ERROR_FAILED, "standard output", "cannot write: %s",
                             strerror(errno));
        return true;
    }
    if (!aside_name(path, aside, sizeof(aside), err))
        return false;
    if (!aside_fill(aside, content) || rename(aside, path) != 0) {
        error_set(err, ERROR_FAILED, path, "cannot write: %s", strerror(errno));
        unlink(aside);
        return false;
    }
    return true;
}

bool file_append(const char *path, Str content, Error *err)
{
    AUTO(fd_close) int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

    if (fd < 0 || !fd_write(fd, content))
        return error_set(err, ERROR_FAILED, path, "cannot write: %s", strerror(errno));
    return true;
}

bool folder_make(const char *path, Error *err)
{
    char part[PATH_MAX];
    size_t length = strlen(path);

    if (length == 0 || length >= sizeof(part))
        return error_set(err, ERROR_FAILED, path, "path is empty or too long");
    memcpy(part, path, length + 1);
    for (size_t i = 1; i <= length; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        part[i] = '\0';
        if (mkdir(part, 0755) != 0 && (errno != EEXIST || !path_is_folder(part)))
            return error_set(err, ERROR_FAILED, part, "cannot make the folder: %s",
                             strerror(errno));
        if (i < length)
            part[i] = '/';
    }
    return true;
}

static int name_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void folder_close(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

static bool is_listed(const char *name, const char *suffix)
{
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
           str_ends_with(str_of(name), str_of(suffix));
}

bool folder_list(Arena *arena, const char *path, const char *suffix, const char ***names,
                 size_t *count, Error *err)
{
    AUTO(folder_close) DIR *folder = opendir(path);
    const struct dirent *entry = NULL;
    const char **list = NULL;
    size_t capacity = 0;

    *names = NULL;
    *count = 0;
    if (!folder)
        return error_set(err, error_code_of_errno(errno), path,
                         "cannot open the folder: %s", strerror(errno));
    /* The end and a failure look the same but for errno. */
    while (errno = 0, (entry = readdir(folder)))
        if (is_listed(entry->d_name, suffix))
            ARENA_PUSH(arena, list, *count, capacity, arena_text(arena, entry->d_name));
    if (errno != 0)
        return error_set(err, ERROR_FAILED, path, "cannot read the folder: %s",
                         strerror(errno));
    if (*count > 0)
        qsort(list, *count, sizeof(*list), name_compare);
    *names = list;
    return true;
}

bool path_is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool path_is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

const char *path_join(Arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    while (*name == '/' && length > 0)
        name++;
    while (length > 1 && folder[length - 1] == '/')
        length--;
    if (length == 0)
        return arena_text(arena, name);
    if (length == 1 && folder[0] == '/')
        return arena_printf(arena, "/%s", name);
    return arena_printf(arena, "%.*s/%s", (int)length, folder, name);
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* One "../" for every folder that is left on the way up. */
static const char *path_climb(Arena *arena, const char *folder, const char *target)
{
    AUTO(buf_release) Buf text = {0};
    size_t same = 0; /* length of the folders in common, with the slash behind them */

    for (size_t i = 0; folder[i] && folder[i] == target[i]; i++)
        if (folder[i] == '/')
            same = i + 1;
    buf_init(&text, 2 * PATH_MAX);
    for (const char *rest = folder + same; *rest; rest = strchr(rest, '/') + 1)
        buf_add_text(&text, "../");
    buf_add_text(&text, target + same);
    return arena_str_text(arena, buf_str(&text));
}

const char *path_relative(Arena *arena, const char *folder, const char *path)
{
    char real_folder[PATH_MAX];
    char real_path[PATH_MAX];
    const char *name = path_name(path);
    const char *parent = arena_printf(arena, "%.*s.", (int)(name - path), path);

    /* The file itself may be a link: what it is called here is its name. */
    if (!realpath(folder, real_folder) || !realpath(parent, real_path))
        return path;
    bool is_root = strcmp(real_folder, "/") == 0;
    return path_climb(arena, is_root ? "/" : arena_printf(arena, "%s/", real_folder),
                      strcmp(real_path, "/") == 0
                          ? arena_printf(arena, "/%s", name)
                          : arena_printf(arena, "%s/%s", real_path, name));
}

bool link_replace(const char *link, const char *target, Error *err)
{
    char aside[PATH_MAX];
    if (!aside_name(link, aside, sizeof(aside), err))
        return false;
    unlink(aside);
    if (symlink(target, aside) != 0 || rename(aside, link) != 0) {
        error_set(err, ERROR_FAILED, link, "cannot make the link: %s", strerror(errno));
        unlink(aside);
        return false;
    }
    return true;
}

static int entry_remove(const char *path, const struct stat *status, int kind,
                        struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    remove(path);
    return 0;
}

void folder_remove(const char *path)
{
    enum { OPEN_MOST = 16 };

    nftw(path, entry_remove, OPEN_MOST, FTW_DEPTH | FTW_PHYS);
}
