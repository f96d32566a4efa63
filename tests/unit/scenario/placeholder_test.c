/* placeholder_test.c - which ${...} are well formed.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "scenario/placeholder.h"
#include "unit.h"

void test_placeholder__accepts_the_known_kinds(void)
{
    static const char *const TEXTS[] = {
        "",
        "no placeholder at all",
        "${env:SHOP_URL}",
        "${env:SHOP_URL:-https://shop.example/x}",
        "${secret:pass-word}",
        "${data.a.b}",
        "${site.base}${site.host}${site.origin}${site.registrable}",
        "*.${site.registrable}",
        "${persona.consent}",
        "${item.price}",
        "$${anything goes",
        "costs $5 {not one}",
    };
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        Error err = {0};
        if (!placeholder_check(str_of(TEXTS[i]), &err))
            fail_msg("%s: %s", TEXTS[i], err.what);
    }
}

void test_placeholder__refuses_the_others(void)
{
    static const char *const TEXTS[] = {
        "${}",      "${env}",    "${env:}",      "${env:A B}", "${secret:a b}",
        "${data}",  "${data.}",  "${site.bass}", "${item.x}",  "${open",
        "a ${b} c", "${envs:A}", "${persona.x}", "${site}",    "${ data.x}",
    };
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        Error err = {0};
        if (placeholder_check(str_of(TEXTS[i]), &err))
            fail_msg("accepted %s", TEXTS[i]);
        assert_true(err.hint[0] != '\0');
    }
}

void test_placeholder__says_what_was_meant(void)
{
    Error err = {0};
    assert_false(placeholder_check(STR("${site.bass}"), &err));
    assert_non_null(strstr(err.hint, "site.base"));
}
