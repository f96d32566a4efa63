/* terminal_test.c - the summary fits a terminal and obeys its limits.
 *
 * Tests say.c too, whose phrases it prints.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fixture.h"
#include "report/say.h"
#include "unit.h"

static const char *const folders[] = {"reports", NULL};

static const char *summary(Arena *arena, const Audit *audit, ReportOptions options)
{
    AUTO(buf_release) Buf out = {0};
    Error err = {0};

    options.folders = folders;
    buf_init(&out, 1 << 20);
    if (!report_summary(audit, &options, &out, &err))
        fail_msg("%s", err.what);
    return arena_text(arena, buf_text(&out));
}

static void lines_check(const char *text, size_t columns)
{
    Str rest = str_of(text), line = {0};

    while (str_next(&rest, '\n', &line)) {
        if (str_rune_count(line) > columns)
            fail_msg("%zu columns: %.*s", str_rune_count(line), STR_ARGS(line));
    }
}

void test_terminal__keeps_to_eighty_columns(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audits[] = {fixture_audit(arena), fixture_scripts(arena),
                       fixture_unreachable(arena), fixture_pages(arena)};

    for (size_t i = 0; i < COUNT_OF(audits); i++) {
        lines_check(summary(arena, audits[i], (ReportOptions){.language = "en"}), 80);
        lines_check(summary(arena, audits[i], (ReportOptions){.language = "fr"}), 80);
    }
}

void test_terminal__uses_no_escape_without_colour(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = fixture_hostile(arena, "\x1b]0;owned\x07\x1b[31m");

    assert_null(strchr(summary(arena, audit, (ReportOptions){.language = "en"}), '\x1b'));
}

void test_terminal__colours_with_four_styles_only(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *text = summary(arena, fixture_audit(arena),
                               (ReportOptions){.language = "fr", .has_colour = true});
    static const char *const allowed[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m",
                                          "\x1b[32m"};

    assert_non_null(strchr(text, '\x1b'));
    for (const char *at = text; (at = strchr(at, '\x1b')); at++) {
        bool is_allowed = false;
        for (size_t i = 0; i < COUNT_OF(allowed); i++)
            is_allowed = is_allowed || strncmp(at, allowed[i], strlen(allowed[i])) == 0;
        assert_true(is_allowed);
    }
}

void test_terminal__is_plain_ascii_where_asked(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *text = summary(arena, fixture_audit(arena),
                               (ReportOptions){.language = "fr", .is_ascii = true});

    for (const char *at = text; *at; at++)
        assert_true((unsigned char)*at < 0x80);
}

void test_terminal__gives_no_mark_when_inconclusive(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *text =
        summary(arena, fixture_unreachable(arena), (ReportOptions){.language = "en"});

    assert_null(strstr(text, "/ 100"));
    assert_non_null(strstr(text, "Inconclusive"));
}

/* A gain and the mark then may differ only where the reason stands beside them. */
void test_say__a_mark_that_a_cap_holds_says_so(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Audit *audit = fixture_audit(arena);
    Opportunity *repair = audit->opportunities;

    assert_true(audit->opportunity_count > 0);
    audit->opportunity_count = 1;
    *repair = (Opportunity){.finding = repair->finding,
                            .gain = 3,
                            .mark_after = audit->score,
                            .held_by = DIMENSION_SPEED};
    assert_non_null(strstr(summary(arena, audit, (ReportOptions){.language = "en"}),
                           "The mark stays capped by speed until that is repaired."));
    assert_non_null(strstr(fixture_write(arena, audit, "html", "fr"),
                           "La note reste plafonnée par la rapidité"));
    repair->held_rule = repair->finding->rule;
    assert_non_null(strstr(fixture_write(arena, audit, "html", "en"),
                           "The mark stays capped by speed until this is repaired: "));
    repair->mark_after = audit->score + 3;
    assert_null(strstr(fixture_write(arena, audit, "html", "en"), "stays capped by"));
}

void test_say__a_scale_shows_the_number_that_the_sentence_names(void)
{
    PageResult results[] = {
        {.outcome = FINDING_FAIL, .value = 2, .count = 2, .total = 19},
        {.outcome = FINDING_FAIL, .value = 10, .count = 10, .total = 19},
        {.outcome = FINDING_FAIL, .value = 4, .count = 4, .total = 30},
    };
    Finding finding = {.outcome = FINDING_FAIL,
                       .value = 4,
                       .results = results,
                       .result_count = COUNT_OF(results)};
    assert_float_equal(say_value(&finding), 10, 0);
    finding.unit = "ms"; /* a measure is told by its median */
    assert_float_equal(say_value(&finding), 4, 0);
}
