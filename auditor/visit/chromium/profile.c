/* profile.c - temporary folders of browsers. Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/chromium/profile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/out.h"

#define PROFILE_PREFIX "mystery-browser-"

enum {
    DEPTH_MAX = 64,
    OPEN_FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
    MAKE_TRIES = 8,
};

static void fd_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void dir_close(DIR **dir)
{
    if (*dir)
        closedir(*dir);
    *dir = NULL;
}

static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && folder[0] == '/' ? folder : "/tmp";
}

/* By descriptors, never by path: whoever owned the folder could swap a part of it. */
static void entry_remove(int parent, const char *name, int depth)
{
    if (unlinkat(parent, name, 0) == 0 || (errno != EISDIR && errno != EPERM))
        return;
    int fd = openat(parent, name, OPEN_FOLDER);
    AUTO(dir_close) DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        fd_close(&fd);
        return;
    }
    for (const struct dirent *entry; depth < DEPTH_MAX && (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            entry_remove(fd, entry->d_name, depth + 1);
    unlinkat(parent, name, AT_REMOVEDIR);
}

void profile_remove(const char *folder)
{
    entry_remove(AT_FDCWD, folder, 0);
}

/* Locked and still there? A sweep may have come between making and locking. */
static bool folder_lock(const char *folder, int *fd)
{
    struct stat opened;
    struct stat named;
    *fd = open(folder, OPEN_FOLDER);
    if (*fd >= 0 && flock(*fd, LOCK_EX | LOCK_NB) == 0 && fstat(*fd, &opened) == 0 &&
        lstat(folder, &named) == 0 && opened.st_ino == named.st_ino)
        return true;
    fd_close(fd);
    return false;
}

bool profile_make(Arena *arena, uid_t uid, const char **folder, int *lock_fd, Error *err)
{
    char *path = NULL;
    *lock_fd = -1;
    for (int i = 0; i < MAKE_TRIES && *lock_fd < 0; i++) {
        path = arena_printf(arena, "%s/" PROFILE_PREFIX "XXXXXX", temporary_folder());
        if (!mkdtemp(path)) {
            error_set(err, ERROR_FAILED, temporary_folder(),
                      "cannot make the browser's folder: %s", strerror(errno));
            return error_hint(err, "set TMPDIR to a folder that can be written");
        }
        if (!folder_lock(path, lock_fd))
            profile_remove(path);
    }
    if (*lock_fd >= 0 && (uid == (uid_t)-1 || fchown(*lock_fd, uid, (gid_t)uid) == 0)) {
        *folder = path;
        return true;
    }
    error_set(err, ERROR_FAILED, path, "cannot lock or hand over the browser's folder: %s",
              strerror(errno));
    if (*lock_fd >= 0)
        profile_remove(path);
    fd_close(lock_fd);
    return false;
}

/* Ours, or as root that of a browser's user: nobody else's folder is touched. */
static bool is_own(int fd)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return false;
    if (status.st_uid == geteuid())
        return true;
    return geteuid() == 0 && status.st_uid >= PROFILE_UID_FIRST &&
           status.st_uid < PROFILE_UID_FIRST + PROFILE_UID_COUNT;
}

int profile_sweep(Arena *arena)
{
    const char **names = NULL;
    size_t count = 0;
    int removed = 0;
    if (!folder_list(arena, temporary_folder(), "", &names, &count, NULL))
        return 0;
    for (size_t i = 0; i < count; i++) {
        if (!str_starts_with(str_of(names[i]), STR(PROFILE_PREFIX)))
            continue;
        const char *path = path_join(arena, temporary_folder(), names[i]);
        AUTO(fd_close) int fd = open(path, OPEN_FOLDER);
        if (fd < 0 || !is_own(fd) || flock(fd, LOCK_EX | LOCK_NB) != 0)
            continue;
        profile_remove(path);
        removed++;
    }
    return removed;
}
