/* store.h - the history: audits kept, looked up, counted and thrown away.
 *
 * Keeps snapshots (model/snapshot) and knows nothing of shops. One place: an SQLite file,
 * or a PostgreSQL server that many machines share. Every change is one transaction: an
 * audit is there as a whole or not at all, whatever kills the program. Layer: store. Called
 * by audit/. SPDX-License-Identifier: MIT */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "model/history.h"

typedef struct Store Store;

/** Which audits. Zero means no restriction. */
typedef struct StoreQuery {
    const char *name;    /**< just this one; NULL */
    const char *except;  /**< any but this one; NULL */
    const char *host;    /**< NULL: all */
    const char *place;   /**< made from this place; NULL: any */
    const char *engines; /**< with just these engines; NULL: any */
    size_t newest;       /**< only so many of the newest; 0: all */
    bool passed;         /**< only whole ones that met their bars */
} StoreQuery;

/** Open or make the history at place: a file, or postgres://USER@HOST/DATABASE (a libpq
 * address; its environment and password file hold too).
 *
 * Brings an older schema forward, each step in a transaction of its own; refuses those of a
 * newer program and files that are no history. Errors: ERROR_FAILED (cannot open, damaged,
 * newer, built without libpq), ERROR_INPUT (no history). Owns: the caller, who calls
 * store_close; arena. */
bool store_open(Arena *arena, const char *place, Store **store, Error *err) MUST_USE;
/** Close; *store becomes NULL. */
void store_close(Store **store);
/** The place, for messages: without password and parameters. */
const char *store_place(const Store *store);
/** The same of a place that is not open. Owns: arena. */
const char *store_place_shown(Arena *arena, const char *place);

/** Keep an audit; one of the same name is replaced. Errors: ERROR_FAILED (disk full, locked
 * for more than 10 s). */
bool store_save(Store *store, const Snapshot *snapshot, Error *err) MUST_USE;
/** Keep the audit that a job of the queue asked for, once: when the job's audit is there
 * already, however it came, nothing is changed and *is_new is false. */
bool store_save_job(Store *store, const Snapshot *snapshot, const char *job, bool *is_new,
                    Error *err) MUST_USE;
/** Is the audit of this job of this host kept? */
bool store_has_job(Store *store, const char *host, const char *job, bool *has,
                   Error *err) MUST_USE;
/** Rows, oldest first. Owns: arena. */
bool store_list(Store *store, Arena *arena, const StoreQuery *query, HistoryRow **rows,
                size_t *count, Error *err) MUST_USE;
/** The whole of the newest audit that a query chooses; its name is NULL when there is none.
 * Owns: arena. */
bool store_load(Store *store, Arena *arena, const StoreQuery *query, Snapshot *snapshot,
                Error *err) MUST_USE;
/** Medians of the audits a query chooses, oldest first, in order of page and engine inside
 * an audit. Owns: arena. */
bool store_medians(Store *store, Arena *arena, const StoreQuery *query,
                   HistoryMedian **list, size_t *count, Error *err) MUST_USE;
/** Prices seen at a shop, by path and time. Owns: arena. */
bool store_prices(Store *store, Arena *arena, const char *host, SnapPrice **list,
                  size_t *count, Error *err) MUST_USE;

/** What to keep when old audits are thrown away. */
typedef struct StoreKeep {
    const char *host; /**< NULL: of all shops */
    size_t newest;    /**< so many a shop; 0: any number */
    int64_t since_us; /**< begun at or after; 0: any age */
} StoreKeep;

/** Throw away what is beyond; prices stay (what a price was is asked for long after). gone:
 * how many. */
bool store_prune(Store *store, const StoreKeep *keep, size_t *gone, Error *err) MUST_USE;
/** Is the file sound, and does every audit read back? Errors: ERROR_FAILED naming what is
 * not. audits: how many were read. */
bool store_check(Store *store, size_t *audits, Error *err) MUST_USE;

#endif
