/* calibration_test.c - promises of the calibration file. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "model/calibration.h"
#include "unit.h"

static bool read_back(Arena *arena, Str text, Calibration *calibration, Error *err)
{
    char path[] = "/tmp/mystery-calibration-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, text, NULL));
    bool is_read = calibration_load(arena, path, calibration, err);
    unlink(path);
    return is_read;
}

void test_calibration__what_is_written_is_read(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    Calibration made = {.date = "2026-10-03", .respondents = 40}, read;
    Error err = {0};
    made.fits[MARK_COMPLETION] = (Fit){.points = 12,
                                       .on_own = true,
                                       .intercept = -0.5,
                                       .slope = 1.25,
                                       .residual = 0.03,
                                       .r_squared = 0.7,
                                       .mean = 0.4,
                                       .spread = 0.2,
                                       .low = 0.1,
                                       .high = 0.6};
    buf_init(&out, 1 << 16);
    assert_true(calibration_write(&made, &out, &err));
    assert_true(read_back(arena, buf_str(&out), &read, &err));
    assert_string_equal(read.date, "2026-10-03");
    assert_int_equal(read.respondents, 40);
    assert_int_equal(read.fits[MARK_SATISFACTION].points, 0);
    assert_memory_equal(&read.fits[MARK_COMPLETION].intercept,
                        &made.fits[MARK_COMPLETION].intercept,
                        sizeof(Fit) - offsetof(Fit, intercept));
    assert_true(read.fits[MARK_COMPLETION].on_own);
}

void test_calibration__another_file_is_refused_with_a_hint(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *const bad[] = {
        "{}",
        "{\"schema\": \"mystery-calibration/1\", \"date\": \"soon\", \"fits\": {}}",
        "{\"schema\": \"mystery-calibration/1\", \"date\": \"2026-10-03\"}",
        "{\"schema\": \"mystery-calibration/1\", \"date\": \"2026-10-03\","
        " \"fits\": {\"effort\": {\"on\": \"luck\", \"points\": 12}}}",
        "{\"schema\": \"mystery-calibration/1\", \"date\": \"2026-10-03\","
        " \"fits\": {\"effrot\": null}}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        Calibration read;
        Error err = {0};
        assert_false(read_back(arena, str_of(bad[i]), &read, &err));
        assert_int_equal(err.code, ERROR_INPUT);
    }
}
