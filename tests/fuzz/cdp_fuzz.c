/* cdp_fuzz.c - any bytes from a browser's pipe, with everybody listening.
 *
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/cdp_scan.h"
#include "visit/chromium/network.h"
#include "visit/chromium/prompts.h"
#include "visit/chromium/target.h"

typedef struct Ears {
    Traffic *traffic;
    Prompts *prompts;
} Ears;

static void setup(void *context, Target *target)
{
    Ears *ears = context;
    traffic_setup(ears->traffic, target);
    prompts_setup(ears->prompts, target);
}

static void answer_ignore(void *context, const Json *result)
{
    (void)result;
    (*(int *)context)++;
}

static void scan_check(Str bytes)
{
    CdpHead head;
    if (!cdp_scan(bytes, &head))
        return;
    FUZZ_ASSERT(head.id >= -1);
    FUZZ_ASSERT(head.params.length <= bytes.length && head.result.length <= bytes.length);
}

static void visit_check(const Visit *visit)
{
    for (size_t i = 0; i < visit->exchange_count; i++) {
        const Exchange *exchange = visit->exchanges[i];
        FUZZ_ASSERT(exchange->url && exchange->method && exchange->mime);
        FUZZ_ASSERT(exchange->header_count == 0 || exchange->headers);
        FUZZ_ASSERT(exchange->duration_us >= 0 && exchange->transfer_bytes >= 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Clock clock;
    Ears ears;
    Targets *targets = NULL;
    Error err = {0};
    int answers = 0;
    int from = memfd_create("browser", 0);
    int to = open("/dev/null", O_WRONLY);
    FUZZ_ASSERT(from >= 0 && to >= 0 && write(from, data, size) == (ssize_t)size);
    FUZZ_ASSERT(lseek(from, 0, SEEK_SET) == 0);
    clock_init(&clock);
    Visit *visit = visit_create(arena);
    Cdp *cdp = cdp_open(arena, to, from, &clock);
    TrafficOptions options = {.visit = visit,
                              .keeps_bodies = true,
                              .safety = SAFETY_TOUCH,
                              .site = "http://shop.test/"};
    ears.traffic = traffic_open(arena, cdp, &options, &clock);
    ears.prompts = prompts_open(arena, cdp, &clock);
    cdp_ask(cdp, &(CdpRequest){.method = "Some.question"}, answer_ignore, &answers);
    /* The end of the file is the end of the browser: no wait is long. */
    if (!targets_open(arena, cdp, setup, &ears, &targets, &err))
        FUZZ_ASSERT(err.code == ERROR_FAILED && err.what[0]);
    while (cdp_pump(cdp, clock_now_us(&clock) + 1000, NULL))
        continue;
    FUZZ_ASSERT(cdp_is_gone(cdp) && answers == 1);
    traffic_claim(ears.traffic, "R1", 1);
    scan_check((Str){(const char *)data, size});
    visit_check(visit);
    close(from);
    close(to);
    return 0;
}
