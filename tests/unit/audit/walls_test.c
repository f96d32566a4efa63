/* walls_test.c - who judges writes to the results and the history, and nowhere else.
 *
 * Tests walls.c. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/walls.h"
#include "base/confine.h"
#include "base/out.h"
#include "unit.h"

enum { NO_WALLS = 99 };

typedef struct Place {
    Arena *arena;
    char folder[64];
    AuditPlan plan;
} Place;

static void place_open(Place *place)
{
    *place = (Place){.arena = arena_create(), .folder = "/var/tmp/mystery-walls-XXXXXX"};
    assert_non_null(mkdtemp(place->folder));
    place->plan.arena = place->arena;
    place->plan.is_confined = true;
    place->plan.output = path_join(place->arena, place->folder, "new/results");
    place->plan.store = path_join(place->arena, place->folder, "state/history.db");
}

static void place_close(Place *place)
{
    folder_remove(place->folder);
    arena_release(place->arena);
}

static int opens(const Place *place, const char *name, int flags)
{
    int fd = open(path_join(place->arena, place->folder, name), flags | O_CLOEXEC, 0600);
    int code = fd >= 0 ? 0 : errno;
    if (fd >= 0)
        close(fd);
    return code;
}

static int programs_start(const Place *place)
{
    char *const argv[] = {(char[]){"true"}, NULL};
    (void)place;
    execv("/bin/true", argv);
    return errno;
}

static int results_write(const Place *place)
{
    Error err = {0};
    const char *folder = place->plan.output;
    bool is_fine =
        folder_make(folder, &err) &&
        file_write(path_join(place->arena, folder, "audit.json"), STR("{}"), &err);
    return is_fine && opens(place, "state/history.db", O_WRONLY | O_CREAT) == 0 ? 0 : 1;
}

static int secret_read(const Place *place)
{
    return opens(place, "secret", O_RDONLY);
}

static int secret_write(const Place *place)
{
    return opens(place, "secret", O_WRONLY);
}

/* What trying comes to behind the walls, in a process of its own. */
static int behind(Place *place, int (*try)(const Place *place))
{
    Walls walls;
    int status = 0;
    confine_probe(&walls);
    if (!walls.landlock || !walls.has_system_calls)
        return NO_WALLS;
    pid_t pid = fork();
    if (pid == 0) {
        walls_judge(&place->plan, place->plan.output, NULL);
        _exit(try(place));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Tools that look into the process keep the walls away. */
static bool has_walls(Place *place)
{
    int code = behind(place, programs_start);
    return code == EPERM;
}

void test_walls__results_and_history_can_be_written(void)
{
    Place place;
    place_open(&place);
    int code = behind(&place, results_write);
    place_close(&place);
    assert_true(code == 0 || code == NO_WALLS);
}

void test_walls__what_nobody_named_cannot_be_read_or_written(void)
{
    Place place;
    Error err = {0};
    place_open(&place);
    /* Beside the folder that results are made in: it is there, and asked for. */
    assert_true(folder_make(place.plan.output, &err));
    assert_true(file_write(path_join(place.arena, place.folder, "secret"), STR("s"), &err));
    bool stand = has_walls(&place);
    int reads = behind(&place, secret_read), writes = behind(&place, secret_write);
    place_close(&place);
    if (!stand)
        skip();
    assert_int_equal(reads, EACCES);
    assert_int_equal(writes, EACCES);
}

void test_walls__stay_away_from_a_process_with_more_to_do(void)
{
    Place place;
    place_open(&place);
    place.plan.is_confined = false;
    int free = behind(&place, programs_start);
    place.plan.is_confined = true;
    text_list_add(place.arena, &place.plan.formats, "pdf");
    int prints = behind(&place, programs_start);
    place_close(&place);
    assert_true(free == 0 || free == NO_WALLS);
    assert_true(prints == 0 || prints == NO_WALLS);
}
