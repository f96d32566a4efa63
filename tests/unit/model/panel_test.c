/* panel_test.c - promises of panel files. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "model/panel.h"
#include "unit.h"

static bool read_back(Arena *arena, const char *text, Panel *panel, Error *err)
{
    char path[] = "/tmp/mystery-panel-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, str_of(text), NULL));
    bool is_read = panel_load(arena, path, panel, err);
    unlink(path);
    return is_read;
}

void test_panel__shops_take_the_options_of_all_then_their_own(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Panel panel;
    Error err = {0};
    const char *text =
        "{\"panel\": \"p\", \"options\": {\"visits\": 2, \"scenario\":"
        " [\"buy\", \"get-help\"], \"own-site\": false}, \"shops\":"
        " [\"a.example\", {\"url\": \"http://b.example/#x\", \"name\": \"B\","
        " \"options\": {\"leave-no-trace\": true}}]}";
    assert_true(read_back(arena, text, &panel, &err));
    assert_int_equal(panel.shop_count, 2);
    assert_string_equal(panel.title, "p");
    assert_string_equal(panel.shops[0].url, "https://a.example/");
    assert_null(panel.shops[0].name);
    assert_int_equal(panel.shared_count, 3);
    assert_int_equal(panel.shops[0].option_count, 3);
    assert_string_equal(panel.shops[0].options[0].value, "2");
    assert_string_equal(panel.shops[0].options[2].value, "get-help");
    assert_string_equal(panel.shops[1].url, "http://b.example/");
    assert_int_equal(panel.shops[1].option_count, 4);
    assert_null(panel.shops[1].options[3].value);
}

void test_panel__text_gives_one_address_a_line(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Panel panel;
    Error err = {0};
    assert_true(read_back(arena, "# shops\n\n a.example\r\nhttp://127.0.0.1:8080/\n",
                          &panel, &err));
    assert_int_equal(panel.shop_count, 2);
    assert_string_equal(panel.shops[1].url, "http://127.0.0.1:8080/");
    assert_false(read_back(arena, "a.example\nftp://b.example/\n", &panel, &err));
    assert_non_null(strstr(err.where, ":2:1"));
}

void test_panel__what_no_shop_may_ask_for_is_refused(void)
{
    static const char *const wrong[] = {
        "{\"shops\": []}",
        "{\"shop\": [\"a.example\"]}",
        "{\"shops\": [{\"url\": \"a.example\", \"tags\": \"fr\"}]}",
        "{\"shops\": [{\"url\": \"a.example\", \"options\": {\"secret\": \"k=v\"}}]}",
        "{\"options\": {\"output\": \"/etc\"}, \"shops\": [\"a.example\"]}",
        "{\"options\": {\"scenario\": \"/etc/passwd\"}, \"shops\": [\"a.example\"]}",
        "{\"options\": {\"visits\": {}}, \"shops\": [\"a.example\"]}",
        "{\"options\": [], \"shops\": [\"a.example\"]}",
        "",
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Panel panel;
        Error err = {0};
        if (read_back(arena, wrong[i], &panel, &err))
            fail_msg("%s", wrong[i]);
        assert_int_equal(err.code, ERROR_INPUT);
        assert_true(err.where[0] && err.what[0]);
    }
}

void test_panel__groups_tags_and_notes_are_the_same_in_both_forms(void)
{
    static const char *const forms[] = {
        "# lamps\n[ours]\nhttps://a.example/ #fr #lamps # a remark\n"
        "[theirs]\nb.example ; the leader\n",
        "{\"shops\": [{\"url\": \"https://a.example/\", \"group\": \"ours\","
        " \"tags\": [\"fr\", \"lamps\"]},"
        " {\"url\": \"b.example\", \"group\": \"theirs\", \"note\": \"the leader\"}]}"};
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Panel panel;
        Error err = {0};
        assert_true(read_back(arena, forms[i], &panel, &err));
        assert_int_equal(panel.shop_count, 2);
        assert_string_equal(panel.shops[0].group, "ours");
        assert_string_equal(panel.shops[0].tags[1], "lamps");
        assert_null(panel.shops[0].tags[2]);
        assert_string_equal(panel.shops[1].note, "the leader");
        assert_null(panel.shops[1].tags[0]);
    }
}

void test_panel__one_shop_twice_is_for_a_benchmark_not_for_a_queue(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Panel panel;
    Error err = {0};
    assert_true(read_back(arena, "{\"shops\": [\"a.example\", \"https://a.example/#top\"]}",
                          &panel, &err));
    assert_false(panel_check_distinct(arena, "panel.json", &panel, &err));
    assert_non_null(strstr(err.what, "twice"));
    assert_true(read_back(arena, "/tmp\na.example\n", &panel, &err));
    assert_string_equal(panel.shops[0].audit, "/tmp/audit.json");
    err = (Error){0};
    assert_false(panel_check_distinct(arena, "panel.txt", &panel, &err));
    assert_non_null(strstr(err.what, "saved audit"));
}
