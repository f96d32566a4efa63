/* text_fuzz.c - any bytes as UTF-8, numbers, durations, dates and words.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/units.h"
#include "fuzz.h"

/* Decoding and encoding again gives the same bytes exactly when they were valid. */
static void try_runes(Str s)
{
    AUTO(buf_release) Buf out = {0};
    size_t count = 0;

    buf_init(&out, SIZE_MAX);
    for (size_t i = 0; i < s.length; count++)
        buf_add_rune(&out, str_next_rune(s, &i));
    FUZZ_ASSERT(count == str_rune_count(s));
    FUZZ_ASSERT(str_is_utf8(buf_str(&out)));
    FUZZ_ASSERT(str_is_utf8(s) == str_equal(s, buf_str(&out)));
}

static void try_numbers(Str s)
{
    char text[64];
    double number = 0;
    double again = 0;
    long long whole = 0;

    if (str_to_double(s, &number)) {
        FUZZ_ASSERT(str_to_double(str_of(number_text(number, text, sizeof(text))), &again));
        FUZZ_ASSERT(again >= number && again <= number);
        FUZZ_ASSERT(strlen(text) < 32);
        for (int decimals = 0; decimals < 5; decimals++)
            FUZZ_ASSERT(str_to_double(
                str_of(number_fixed(number, decimals, text, sizeof(text))), &again));
    }
    if (str_to_int(s, &whole))
        FUZZ_ASSERT(str_to_double(s, &number));
}

static void try_times(const char *text)
{
    char written[64];
    int64_t us = 0;
    int64_t again = 0;

    (void)!duration_parse(text, &us, NULL);
    if (clock_parse_iso8601(text, &us)) {
        clock_iso8601(us, written, sizeof(written));
        if (us >= 0 && us < INT64_C(253402300800000000))
            FUZZ_ASSERT(clock_parse_iso8601(written, &again) && again / 1000 == us / 1000);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[] = {"scenario", "persona", "format", "caf\xC3\xA9"};
    AUTO(arena_auto) Arena *arena = arena_create();
    Str s = str_from((const char *)data, size);
    const char *text = arena_str_text(arena, s);
    Error err = {0};
    Str rest = s;
    Str part = {0};

    try_runes(s);
    try_numbers(str_trim(s));
    try_times(text);
    (void)error_did_you_mean(text, words, COUNT_OF(words));
    error_set(&err, ERROR_INPUT, text, "%s", text);
    FUZZ_ASSERT(!str_is_utf8(str_of(text)) || str_is_utf8(str_of(err.what)));
    FUZZ_ASSERT(!str_is_utf8(str_of(text)) || str_is_utf8(str_of(err.where)));
    while (str_next_word(&rest, &part))
        FUZZ_ASSERT(part.length > 0 && str_equal(str_trim(part), part));
    return 0;
}
