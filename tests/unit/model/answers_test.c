/* answers_test.c - promises of files of human answers. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "model/answers.h"
#include "unit.h"

static bool read_back(Arena *arena, const char *text, PersonAnswers *answers, Error *err)
{
    char path[] = "/tmp/mystery-answers-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, str_of(text), NULL));
    bool is_read = answers_load(arena, arena_text(arena, path), answers, err);
    unlink(path);
    return is_read;
}

void test_answers__one_scale_in_two_languages(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    PersonAnswers answers;
    Error err = {0};
    assert_true(read_back(arena,
                          "rule;answer;remark;date;profile\n"
                          "a-b;Oui;;2026-11-12;x\n"
                          "a-b;en partie;;2026-11-12;x\n"
                          "a-b;No;\"so; it was\";2026-11-12;x\n"
                          "a-b;sans objet;;2026-11-12;x\n"
                          "a-b;;not asked;2026-11-12;x\n",
                          &answers, &err));
    assert_int_equal(answers.count, 4);
    assert_near(answers.items[0].score, 1, 0);
    assert_near(answers.items[1].score, 0.5, 0);
    assert_near(answers.items[2].score, 0, 0);
    assert_true(isnan(answers.items[3].score));
    assert_string_equal(answers.items[2].remark, "so; it was");
    assert_int_equal(answers.items[3].line, 5);
}

void test_answers__each_mistake_is_named_with_its_line(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char *const bad[] = {
        "rule,answer,date,profile\na-b,perhaps,2026-11-12,x\n",
        "rule,answer,date,profile\n,yes,2026-11-12,x\n",
        "rule,answer,date,profile\na-b,yes,12/11/2026,x\n",
        "rule,answer,date,profile\na-b,yes,2026-11-12,\n",
        "rule,answer,date,profiel\na-b,yes,2026-11-12,x\n",
        "rule,answer,date,profile\na-b,,2026-11-12,x\n",
        "{\"answers\": []}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        PersonAnswers answers;
        Error err = {0};
        assert_false(read_back(arena, bad[i], &answers, &err));
        assert_int_equal(err.code, ERROR_INPUT);
        assert_true(err.where[0] != '\0');
        if (i < 4)
            assert_non_null(strstr(err.where, ":2"));
    }
}
