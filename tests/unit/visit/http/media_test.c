/* media_test.c - which media queries hold. SPDX-License-Identifier: MIT */
#include "base/attr.h"
#include "unit.h"
#include "visit/http/media.h"

static const Persona PHONE = {
    .is_phone = true, .width = 390, .height = 844, .pixel_ratio = 3, .has_touch = true};

void test_media__knows_what_holds_on_a_phone(void)
{
    static const struct {
        const char *query;
        bool holds;
    } cases[] = {
        {"", true},
        {"all", true},
        {"screen", true},
        {"print", false},
        {"not print", true},
        {"only screen and (max-width: 600px)", true},
        {"screen and (min-width: 600px)", false},
        {"print, (min-width:300px)", true},
        {"(min-width: 20em) and (max-width: 30rem)", true},
        {"(orientation: portrait)", true},
        {"(min-resolution: 2dppx)", true},
        {"(-webkit-min-device-pixel-ratio: 1.5)", true},
        {"(min-resolution: 384dpi)", false},
        {"(hover: hover)", false},
        {"(hover)", false},
        {"(pointer: coarse)", true},
        {"(prefers-reduced-motion: reduce)", false},
        {"(prefers-color-scheme: dark)", false},
        {"(width >= 300px)", true},
        {"(400px <= width <= 700px)", false},
        {"(300px <= width <= 700px)", true},
        {"(width < 390px)", false},
        {"(max-width: 389.98px)", false},
        {"not (min-width: 600px)", true},
        {"((min-width: 600px) or (orientation: portrait))", true},
        {"(nonsense: 1)", false},
        {"(min-width:", false},
        {"speech", false},
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (media_holds(&PHONE, str_of(cases[i].query)) != cases[i].holds)
            fail_msg("'%s'", cases[i].query);
}

void test_media__hostile_queries_end(void)
{
    static char deep[100000];
    media_holds(&PHONE, STR("a\0b\0(\0)"));
    for (size_t i = 0; i < sizeof deep; i++)
        deep[i] = '(';
    assert_false(media_holds(&PHONE, str_from(deep, sizeof deep)));
}

void test_media__reads_lengths(void)
{
    double px = -1;
    assert_true(css_length_px(&PHONE, STR(" 50vw "), &px));
    assert_true(px > 194.9 && px < 195.1);
    assert_true(css_length_px(&PHONE, STR(".5em"), &px));
    assert_true(px > 7.9 && px < 8.1);
    assert_true(css_length_px(&PHONE, STR("0"), &px));
    assert_false(css_length_px(&PHONE, STR("12"), &px));
    assert_false(css_length_px(&PHONE, STR("calc(1px)"), &px));
    assert_false(css_length_px(&PHONE, STR(""), &px));
}
