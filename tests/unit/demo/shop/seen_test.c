/* seen_test.c - flaws that only a browser sees: their files are there, and only with them.
 * Tests shop/seen.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "../guest.h"

static size_t browser_flaws(void)
{
    size_t count, own = 0;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    for (size_t i = 0; i < count; i++)
        own += strcmp(flaws[i].engine, "chromium") == 0;
    return own;
}

/* Every style, script and picture that the page asks for below /seen/ is answered. */
static size_t files_answered(Guest *guest, const char *target)
{
    static const char prefix[] = "\"/seen/";
    char *page = arena_text(guest->arena, guest_get(guest, target));
    size_t files = 0;
    for (char *at = page; (at = strstr(at, prefix)); at++) {
        char *end = strchr(at + 1, '"');
        assert_non_null(end);
        guest_get(guest,
                  arena_str_text(guest->arena, str_from(at + 1, (size_t)(end - at - 1))));
        assert_int_equal(guest->reply.status, 200);
        assert_true(guest->reply.body.length > 0);
        files++;
    }
    return files;
}

void test_seen__there_are_at_least_25_such_flaws(void)
{
    assert_true(browser_flaws() >= 25);
}

void test_seen__their_files_are_served(void)
{
    static const char *const pages[] = {"/en/", "/en/c/all", "/fr/p/theiere-brume",
                                        "/en/contact"};
    Guest guest;
    size_t count, files = 0;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    guest_open(&guest, "");
    for (size_t i = 0; i < count; i++) {
        if (strcmp(flaws[i].engine, "chromium") != 0)
            continue;
        guest_restart(&guest, flaws[i].id);
        for (size_t k = 0; k < sizeof pages / sizeof pages[0]; k++)
            files += files_answered(&guest, pages[k]);
    }
    assert_true(files >= browser_flaws());
    guest_close(&guest);
}

void test_seen__a_flawless_shop_has_none_of_them(void)
{
    Guest guest;
    guest_open(&guest, "");
    assert_int_equal(files_answered(&guest, "/en/"), 0);
    guest_get(&guest, "/seen/entry-popup.js");
    assert_int_equal(guest.reply.status, 404);
    guest_get(&guest, "/seen/120.png");
    assert_int_equal(guest.reply.status, 404);
    guest_close(&guest);
}
