/* job_test.c - promises of jobs on the wire. SPDX-License-Identifier: MIT */
#include <string.h>

#include "fleet/job.h"
#include "unit.h"

static Job made(Arena *arena, const char *batch, const char *url)
{
    static PanelOption options[] = {{"visits", "2"}, {"own-site", NULL}};
    PanelShop shop = {.url = url, .options = options, .option_count = COUNT_OF(options)};
    Job job;
    Error err = {0};
    assert_true(job_make(arena, batch, &shop, &job, &err));
    return job;
}

static Str written(Arena *arena, const Job *job)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, 64 << 10);
    job_write(job, &out);
    return arena_str(arena, buf_str(&out));
}

void test_job__comes_back_from_the_wire(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Job job = made(arena, "night", "http://127.0.0.1:8080/a?b=\"c\""), back;
    Error err = {0};
    job.stage = JOB_JUDGE;
    assert_true(job_read(arena, written(arena, &job), &back, &err));
    assert_string_equal(back.id, job.id);
    assert_string_equal(back.batch, "night");
    assert_string_equal(back.url, job.url);
    assert_string_equal(back.site, "127_0_0_1_8080");
    assert_string_equal(back.host, "127.0.0.1_8080");
    assert_int_equal(back.stage, JOB_JUDGE);
    assert_int_equal(back.option_count, 2);
    assert_string_equal(back.options[0].value, "2");
    assert_null(back.options[1].value);
}

void test_job__has_one_id_in_a_batch_and_one_site_a_shop(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Job a = made(arena, "night", "https://www.shop.example/"),
        b = made(arena, "night", "https://shop.example/"),
        c = made(arena, "other", "https://www.shop.example/");
    assert_string_equal(a.id, made(arena, "night", "https://www.shop.example/").id);
    assert_string_not_equal(a.id, b.id);
    assert_string_not_equal(a.id, c.id);
    assert_true(job_id_is(a.id));
    assert_string_equal(a.site, b.site);
}

void test_job__what_is_foreign_is_refused(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Job job = made(arena, "night", "https://shop.example/"), back;
    PanelOption wrong[] = {{"output", "/etc"}};
    Error err = {0};
    job.options = wrong;
    job.option_count = 1;
    assert_false(job_read(arena, written(arena, &job), &back, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_false(
        job_read(arena, STR("{\"id\":\"../../etc\",\"url\":\"a.example\"}"), &back, NULL));
    assert_false(job_read(arena, STR("nonsense"), &back, NULL));
    assert_false(job_id_is("../../../../etc/"));
}
