/* demo.h - the built-in demo shop: a small ceramics shop on loopback, with named flaws.
 *
 * Serves facts to visit and nothing else: it judges nothing, sells nothing and keeps
 * nothing when it ends. The only folder that includes libmicrohttpd. One process, no
 * threads: slow answers wait in a queue, so they do not hold up the others. Layer: demo.
 * Called by cli/cmd_demo and by tests. SPDX-License-Identifier: MIT */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/error.h"

/** A defect that can be switched on; FLAW_COUNT is how many there are (flaw.def). */
typedef enum DemoFlaw {

#define FLAW(constant, id, rules, pages, en, fr) FLAW_##constant,
#include "demo/flaw.def"
#undef FLAW
    FLAW_COUNT,
} DemoFlaw;

/** One row of flaw.def. */
typedef struct DemoFlawInfo {
    const char *id;    /**< kebab-case, as in --flaws */
    const char *rules; /**< ids of the rules it must trip, separated by one blank */
    const char *pages; /**< page kinds it touches (model/page.h), "journey" for the way from
                          home to the payment, "site" for robots.txt and the like */
    const char *engine; /**< engines that can see it, separated by one blank */
    const char *en;     /**< what a customer meets */
    const char *fr;
} DemoFlawInfo;

/** How to serve. All zero but stop_fd is a flawless shop on a free port. */
typedef struct DemoOptions {
    int port;                               /**< 0: any free one */
    bool flaws[FLAW_COUNT];                 /**< by DemoFlaw */
    int64_t delay_us;                       /**< added to every answer */
    int stop_fd;                            /**< readable or closed: end; -1: none */
    void (*ready)(void *context, int port); /**< called once when it listens; may be NULL */
    void *ready_context;
} DemoOptions;

/** Fill with the defaults (no flaw, any port, no delay, stop_fd -1). */
void demo_options_init(DemoOptions *options);
/** Serve on 127.0.0.1 until SIGTERM, SIGINT or stop_fd. Dates on pages and session ids come
 * from clock; waiting is real time. Signals are taken through a signalfd and the mask is
 * restored on return.
 * Errors: ERROR_FAILED (port in use, no descriptors). */
bool demo_serve(const DemoOptions *options, Clock *clock, Error *err) MUST_USE;
/** The table, in the order of flaw.def. */
const DemoFlawInfo *demo_flaws(size_t *count);
/** Flaw of an id, FLAW_COUNT when there is none. */
DemoFlaw demo_flaw_of(const char *id);
/** Switch on the flaws of a comma-separated list ("" is none, "all" is every one).
 * Errors: ERROR_INPUT with a did-you-mean. */
bool demo_flaws_parse(const char *list, DemoOptions *options, Error *err) MUST_USE;

#endif
