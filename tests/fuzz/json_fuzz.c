/* json_fuzz.c - any bytes as JSON; what is accepted must survive writing and reading.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "fuzz.h"

/* Every value has a place inside the text, and its strings are UTF-8. */
static void walk(const JsonFile *file, const Json *value, int *left)
{
    int line = 0;
    int column = 0;

    if ((*left)-- <= 0)
        return;
    json_place(file, value, &line, &column);
    FUZZ_ASSERT(line >= 1 && column >= 1);
    FUZZ_ASSERT(str_is_utf8(json_str(value)));
    for (const Json *child = json_first(value); child; child = json_next(child)) {
        if (json_key(child))
            FUZZ_ASSERT(json_get(value, json_key(child)) == child);
        walk(file, child, left);
    }
}

static void write(Buf *out, const Json *value, bool is_pretty)
{
    JsonWriter writer;
    buf_init(out, SIZE_MAX);
    json_writer_init(&writer, out, is_pretty);
    json_write_value(&writer, value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf one = {0};
    AUTO(buf_release) Buf two = {0};
    JsonFile file = {0};
    JsonFile again = {0};
    Error err = {0};
    int left = 200;

    if (!json_parse(arena, "f", str_from((const char *)data, size), &file, &err)) {
        FUZZ_ASSERT(err.code == ERROR_INPUT && err.where[0] == 'f');
        return 0;
    }
    walk(&file, file.root, &left);
    write(&one, file.root, true);
    FUZZ_ASSERT(json_parse(arena, "f", buf_str(&one), &again, NULL));
    write(&two, again.root, true);
    FUZZ_ASSERT(str_equal(buf_str(&one), buf_str(&two)));
    return 0;
}
