/* har_fuzz.c - any bytes as a HAR; what can be read is written, and that can be read again.
 *
 * SPDX-License-Identifier: MIT */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "model/har.h"

/* A reader wants a path: a file in memory has one. */
static bool read_bytes(Arena *arena, Str bytes, Visit **visit)
{
    Error err = {0};
    int fd = memfd_create("har", MFD_CLOEXEC);
    FUZZ_ASSERT(fd >= 0 && write(fd, bytes.data, bytes.length) == (ssize_t)bytes.length);
    bool is_read =
        har_read(arena, arena_printf(arena, "/proc/self/fd/%d", fd), visit, &err);
    FUZZ_ASSERT(is_read || err.what[0]);
    close(fd);
    return is_read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf first = {0};
    AUTO(buf_release) Buf second = {0};
    Visit *visit = NULL;
    Visit *again = NULL;
    buf_init(&first, (size_t)64 << 20);
    buf_init(&second, (size_t)64 << 20);
    if (!read_bytes(arena, str_from((const char *)data, size), &visit))
        return 0;
    FUZZ_ASSERT(har_write(visit, false, &first, NULL));
    FUZZ_ASSERT(read_bytes(arena, buf_str(&first), &again));
    FUZZ_ASSERT(again->page_count == visit->page_count);
    FUZZ_ASSERT(har_write(again, false, &second, NULL));
    return 0;
}
