/* error_test.c - promises of base/error.
 *
 * SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "unit.h"

void test_error__first_cause_wins(void)
{
    Error err = {0};
    assert_false(error_set(&err, ERROR_INPUT, "f:1:2", "bad %s", "thing"));
    assert_false(error_set(&err, ERROR_FAILED, "g", "other"));
    error_hint(&err, "do %d", 1);
    error_hint(&err, "do 2");
    error_at(&err, "elsewhere");
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(err.where, "f:1:2");
    assert_string_equal(err.what, "bad thing");
    assert_string_equal(err.hint, "do 1");
    assert_false(error_set(NULL, ERROR_INPUT, NULL, "nobody cares"));
    error_clear(&err);
    assert_int_equal(err.code, ERROR_NONE);
}

void test_error__at_fills_only_an_empty_place(void)
{
    Error err = {0};
    error_set(&err, ERROR_INPUT, NULL, "x");
    error_at(&err, "here");
    assert_string_equal(err.where, "here");
}

void test_error__long_texts_are_cut_at_a_character(void)
{
    Error err = {0};
    char text[2000];
    for (size_t shift = 0; shift < 3; shift++) {
        memset(text, 'x', sizeof(text));
        for (size_t i = shift; i + 3 < sizeof(text); i += 3)
            memcpy(text + i, "\xE2\x82\xAC", 4);
        error_clear(&err);
        error_set(&err, ERROR_INPUT, text, "%s", text);
        error_hint(&err, "%s", text);
        assert_true(str_is_utf8(str_of(err.where)));
        assert_true(str_is_utf8(str_of(err.what)));
        assert_true(str_is_utf8(str_of(err.hint)));
        assert_true(strlen(err.what) > 500);
    }
}

void test_error__codes_have_the_exit_codes_of_the_interface(void)
{
    assert_int_equal(error_exit_code(ERROR_NONE), 0);
    assert_int_equal(error_exit_code(ERROR_FAILED), 1);
    assert_int_equal(error_exit_code(ERROR_BAR), 2);
    assert_int_equal(error_exit_code(ERROR_INPUT), 3);
    assert_int_equal(error_exit_code(ERROR_INCONCLUSIVE), 4);
    assert_int_equal(error_exit_code(ERROR_INTERRUPTED), 130);
    assert_int_equal(error_exit_code(ERROR_LIMIT), 1);
}

void test_error__did_you_mean_finds_near_words_only(void)
{
    const char *const words[] = {"scenario", "persona", "format", "engine"};
    assert_string_equal(error_did_you_mean("scenarios", words, 4), "scenario");
    assert_string_equal(error_did_you_mean("fromat", words, 4), "format");
    assert_string_equal(error_did_you_mean("enigne", words, 4), "engine");
    assert_null(error_did_you_mean("xyz", words, 4));
    assert_null(error_did_you_mean("", words, 4));
    assert_null(error_did_you_mean("fo", words, 4));
    assert_null(error_did_you_mean("format", words, 0));
}

void test_error__blames_the_name_or_the_machine(void)
{
    assert_int_equal(error_code_of_errno(ENOENT), ERROR_INPUT);
    assert_int_equal(error_code_of_errno(EISDIR), ERROR_INPUT);
    assert_int_equal(error_code_of_errno(EIO), ERROR_FAILED);
    assert_int_equal(error_code_of_errno(EMFILE), ERROR_FAILED);
}

void test_error__is_handed_on_unless_there_is_a_first_cause(void)
{
    Error inner = {0}, outer = {0};
    error_set(&inner, ERROR_FAILED, "disk", "is full");
    assert_false(error_pass(&outer, &inner));
    assert_string_equal(outer.what, "is full");
    error_clear(&inner);
    error_set(&inner, ERROR_INPUT, "file", "is empty");
    assert_false(error_pass(&outer, &inner));
    assert_string_equal(outer.what, "is full");
}
