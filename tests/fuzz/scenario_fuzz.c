/* scenario_fuzz.c - any bytes as a scenario file, and what loading one promises.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "fuzz.h"
#include "scenario/load.h"
#include "scenario/normal.h"

static void warning_check(void *context, const Error *warning)
{
    (void)context;
    FUZZ_ASSERT(warning->code == ERROR_INPUT && warning->what[0] != '\0');
}

static void steps_check(const Scenario *scenario)
{
    for (int i = 0; i < scenario->step_count; i++) {
        const ScenarioStep *step = &scenario->steps[i];
        FUZZ_ASSERT(step->kind < STEP_KIND_COUNT && step->id && step->id[0]);
        FUZZ_ASSERT(step->timeout_us >= 0 && step->target && step->json);
        for (int j = 0; i < 50 && j < i; j++)
            FUZZ_ASSERT(strcmp(step->id, scenario->steps[j].id) != 0);
    }
}

/* What the canonical form says, the strict reader accepts again. */
static void normal_check(Arena *arena, const Scenario *scenario)
{
    AUTO(buf_release) Buf buf = {0};
    JsonWriter writer;
    JsonFile file;
    Error err = {0};
    buf_init(&buf, SIZE_MAX);
    json_writer_init(&writer, &buf, false);
    scenario_normal_write(scenario, &writer);
    FUZZ_ASSERT(json_parse(arena, "normal", buf_str(&buf), &file, &err));
    FUZZ_ASSERT(json_count(json_get(file.root, "steps")) == scenario->step_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    int file = memfd_create("scenario", 0);
    FUZZ_ASSERT(file >= 0 && write(file, data, size) == (ssize_t)size);
    const char *path = arena_printf(arena, "/proc/self/fd/%d", file);
    for (int strict = 0; strict < 2; strict++) {
        Scenario scenario;
        Error err = {0};
        if (scenario_load(arena, path, strict, warning_check, NULL, &scenario, &err)) {
            FUZZ_ASSERT(err.code == ERROR_NONE);
            steps_check(&scenario);
            if (strict)
                normal_check(arena, &scenario);
        } else {
            FUZZ_ASSERT(err.code == ERROR_INPUT || err.code == ERROR_LIMIT);
            FUZZ_ASSERT(err.what[0] != '\0');
        }
    }
    (void)close(file);
    return 0;
}
