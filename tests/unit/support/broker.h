/* broker.h - the tests' own NATS server, and a fresh queue on it for each test.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_BROKER_H
#define TESTS_SUPPORT_BROKER_H

#include "fleet/queue.h"

/** Place of an empty queue, or NULL: no server is installed, or the program is
 * built without its client. The server starts when first asked for and ends with the tests.
 */
const char *broker_fresh(Arena *arena);
/** It, opened; its lease when it is new. */
Queue *broker_queue(Arena *arena, const char *servers, int64_t lease_ms);

#endif
