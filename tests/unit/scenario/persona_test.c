/* persona_test.c - persona files and the network profiles that they name.
 *
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/persona.h"
#include "scenario/load.h"
#include "unit.h"

static const char *const FOLDERS[] = {"scenarios", NULL};

void test_persona__reads_all_that_are_shipped(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char **ids = NULL;
    Error err = {0};
    int count = 0;
    assert_true(persona_ids(arena, FOLDERS, &ids, &err));
    for (; ids[count]; count++) {
        Persona persona;
        if (!persona_find(arena, FOLDERS, ids[count], &persona, &err))
            fail_msg("%s: %s", err.where, err.what);
        assert_non_null(network_of(persona.network));
        assert_string_not_equal(lang_text(&persona.title, "fr"),
                                lang_text(&persona.title, "en"));
        assert_null(strstr(persona.user_agent, "Headless"));
    }
    assert_true(count >= 4);
}

void test_persona__tells_phone_from_desktop(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Persona phone;
    Persona desktop;
    Error err = {0};
    assert_true(persona_find(arena, FOLDERS, "phone", &phone, &err));
    assert_true(persona_find(arena, FOLDERS, "desktop", &desktop, &err));
    assert_true(phone.is_phone && phone.has_touch);
    assert_false(desktop.is_phone || desktop.has_touch);
    assert_int_equal(phone.patience_us, 9000000);
}

void test_persona__says_what_was_meant(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Persona persona;
    Error err = {0};
    assert_false(persona_find(arena, FOLDERS, "phoen", &persona, &err));
    assert_non_null(strstr(err.hint, "phone"));
}

/* The shipped phone with one part replaced. */
static bool changed_load(Arena *arena, const char *from, const char *to, Error *err)
{
    char path[] = "/tmp/mystery-persona-XXXXXX.json";
    JsonFile file;
    Persona persona;
    assert_true(json_load(arena, "scenarios/personas/phone.json", 1 << 20, &file, err));
    size_t at = str_find(file.text, str_of(from), 0);
    assert_true(at != SIZE_MAX);
    const char *text = arena_printf(arena, "%.*s%s%s", (int)at, file.text.data, to,
                                    file.text.data + at + strlen(from));
    int out = mkstemps(path, 5);
    assert_true(write(out, text, strlen(text)) == (ssize_t)strlen(text));
    (void)close(out);
    bool is_fine = persona_load(arena, path, &persona, err);
    (void)unlink(path);
    return is_fine;
}

void test_persona__refuses_what_it_does_not_know(void)
{
    static const char *const CHANGES[][2] = {
        {"\"network\": \"4g\"", "\"network\": \"5g\""},
        {"\"consent\": \"refuse\"", "\"consent\": \"maybe\""},
        {"\"patienceMs\": 9000", "\"patienceMs\": 0"},
        {"\"patienceMs\": 9000", "\"patience\": 9000"},
        {"\"width\": 412", "\"width\": \"412\""},
        {"Mozilla/5.0", "Mozilla\\r\\nX-Evil: 1"},
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < COUNT_OF(CHANGES); i++) {
        Error err = {0};
        if (changed_load(arena, CHANGES[i][0], CHANGES[i][1], &err))
            fail_msg("accepted %s", CHANGES[i][1]);
        assert_int_equal(err.code, ERROR_INPUT);
    }
}

void test_persona__networks_have_figures(void)
{
    assert_null(network_of("5g"));
    assert_int_equal(network_of("none")->latency_us, 0);
    assert_int_equal(network_of("slow-4g")->latency_us, 150000);
    for (const char *const *id = network_ids(); *id; id++)
        assert_non_null(network_of(*id));
}
