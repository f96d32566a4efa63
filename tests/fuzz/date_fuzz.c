/* date_fuzz.c - any bytes as a date of HTTP, of a cookie, or ISO 8601.
 *
 * SPDX-License-Identifier: MIT */
#include "base/arena.h"
#include "base/clock.h"
#include "fuzz.h"
#include "net/cookie_parse.h"
#include "rule/http_date.h"

/* Within years that have four digits. */
static void is_sane(int64_t wall_us)
{
    FUZZ_ASSERT(wall_us > -70000000000LL * 1000000 && wall_us < 260000000000LL * 1000000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = str_from((const char *)data, size);
    int64_t wall_us = 0;
    if (http_date_parse(text, &wall_us))
        is_sane(wall_us);
    if (cookie_date_parse(text, &wall_us))
        is_sane(wall_us);
    if (clock_parse_iso8601(arena_str_text(arena, text), &wall_us))
        is_sane(wall_us);
    return 0;
}
