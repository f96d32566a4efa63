/* audit_json_fuzz.c - any bytes as an audit.json.
 *
 * SPDX-License-Identifier: MIT */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "model/audit_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Grid *grid = ARENA_NEW(arena, Grid);
    Audit *audit = NULL;
    Error err = {0};
    int fd = memfd_create("audit", MFD_CLOEXEC);
    FUZZ_ASSERT(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    if (audit_read(arena, arena_printf(arena, "/proc/self/fd/%d", fd), grid, &audit, &err))
        FUZZ_ASSERT(audit && audit->grid);
    else
        FUZZ_ASSERT(err.what[0]);
    close(fd);
    return 0;
}
