/* confine_test.c - behind the walls a process does its work and nothing else.
 *
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/out.h"
#include "unit.h"

enum { NO_WALLS = 99 };

/* What a try behind the walls comes to: errno, 0 it worked, NO_WALLS. */
typedef int Try(const char *folder);

static int open_code(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    int code = fd >= 0 ? 0 : errno;
    if (fd >= 0)
        close(fd);
    return code;
}

static int behind_walls(Try *try, bool needs_landlock)
{
    char folder[] = "/tmp/mystery-confine-XXXXXX";
    int status = 0;
    assert_non_null(mkdtemp(folder));
    pid_t pid = fork();
    if (pid == 0) {
        Walls walls;
        const char *const writable[] = {folder, NULL};
        confine_self(writable, NULL, &walls);
        if (needs_landlock ? walls.landlock == 0 : !walls.has_system_calls)
            _exit(NO_WALLS);
        _exit(try(folder));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    AUTO(arena_auto) Arena *arena = arena_create();
    unlink(path_join(arena, folder, "visit.har"));
    assert_int_equal(rmdir(folder), 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int try_program(const char *folder)
{
    char *const argv[] = {(char[]){"true"}, NULL};
    (void)folder;
    execv("/bin/true", argv);
    return errno;
}

static int try_inside(const char *folder)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Error err = {0};
    const char *path = path_join(arena, folder, "visit.har");
    return file_write(path, STR("facts"), &err) ? 0 : 1;
}

static int try_outside(const char *folder)
{
    (void)folder;
    return open_code("/tmp/mystery-confine-outside", O_WRONLY | O_CREAT);
}

static int try_home(const char *folder)
{
    (void)folder;
    return open_code("Makefile", O_RDONLY);
}

static int try_system(const char *folder)
{
    (void)folder;
    return open_code("/etc/passwd", O_RDONLY);
}

static int try_core(const char *folder)
{
    struct rlimit limit = {1, 1};
    (void)folder;
    getrlimit(RLIMIT_CORE, &limit);
    return limit.rlim_max == 0 ? 0 : 1;
}

static void check(Try *try, bool needs_landlock, int wanted)
{
    int code = behind_walls(try, needs_landlock);
    if (code == NO_WALLS)
        skip(); /* not with this kernel, or watched by a sanitizer */
    assert_int_equal(code, wanted);
}

void test_confine__no_other_program_can_be_run(void)
{
    check(try_program, false, EPERM);
}

void test_confine__its_own_folder_can_be_written(void)
{
    check(try_inside, true, 0);
}

void test_confine__no_other_folder_can_be_written(void)
{
    check(try_outside, true, EACCES);
}

void test_confine__the_user_s_files_cannot_be_read(void)
{
    check(try_home, true, EACCES);
}

void test_confine__the_system_s_files_can_be_read(void)
{
    check(try_system, true, 0);
}

void test_confine__no_core_file_is_left(void)
{
    check(try_core, false, 0);
}
