/* stores.h - every kind of store that this machine can try, fresh for each test.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_STORES_H
#define TESTS_SUPPORT_STORES_H

#include "store/store.h"

/** One promise, kept by an empty store at place. */
typedef void StorePromise(Arena *arena, const char *place);

/** Hold the promise to an SQLite file and, where a server is installed, to PostgreSQL: one
 * that belongs to the tests alone and ends with them. */
void on_every_store(StorePromise *promise);
/** An empty store in the tests' PostgreSQL, or NULL: no server, or built without libpq. */
const char *postgres_fresh(Arena *arena);
/** Run SQL in it. */
void postgres_raw(Arena *arena, const char *place, const char *sql);

#endif
