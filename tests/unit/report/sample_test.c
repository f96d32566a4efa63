/* sample_test.c - writes the fixture's reports to build/report-sample/, to be looked at.
 *
 * SPDX-License-Identifier: MIT */
#include "base/out.h"
#include "fixture.h"
#include "unit.h"

static void sample_write(Arena *arena, const Audit *audit, const char *name)
{
    static const char *const languages[] = {"en", "fr"};
    Error err = {0};

    assert_true(folder_make("build/report-sample", &err));
    for (size_t l = 0; l < COUNT_OF(languages); l++) {
        const char *path = NULL;
        path = arena_printf(arena, "build/report-sample/%s.%s.txt", name, languages[l]);
        assert_true(file_write(
            path, str_of(fixture_write(arena, audit, NULL, languages[l])), &err));
        for (const ReportFormat *format = report_formats(); format->name; format++) {
            if (!format->write)
                continue;
            path = arena_printf(arena, "build/report-sample/%s.%s.%s", name, languages[l],
                                format->file);
            assert_true(file_write(
                path, str_of(fixture_write(arena, audit, format->name, languages[l])),
                &err));
        }
    }
}

void test_sample__is_written_in_every_format_and_language(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    sample_write(arena, fixture_audit(arena), "shop");
    sample_write(arena, fixture_scripts(arena), "scripts");
    sample_write(arena, fixture_unreachable(arena), "unreachable");
    sample_write(arena, fixture_pages(arena), "pages");
    sample_write(arena,
                 fixture_hostile(arena,
                                 "\"><script>alert(1)</script>\x1b[31m"
                                 "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
                                 "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"),
                 "hostile");
}
