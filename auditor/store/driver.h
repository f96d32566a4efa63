/* driver.h - what a kind of history has to be able to do; store.c picks one by the place.
 *
 * Private to store/. Layer: store. SPDX-License-Identifier: MIT */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "store/store.h"

/** The functions of store.h, by kind. open is given a store with its arena, path and place;
 * close is called whenever open was. */
typedef struct StoreDriver {
    bool (*open)(Store *store, const char *place, Error *err);
    void (*close)(Store *store);
    /** job NULL: replace what has the name. */
    bool (*save)(Store *store, const Snapshot *snapshot, const char *job, bool *is_new,
                 Error *err);
    bool (*has_job)(Store *store, const char *host, const char *job, bool *has, Error *err);
    bool (*list)(Store *store, Arena *arena, const StoreQuery *query, HistoryRow **rows,
                 size_t *count, Error *err);
    bool (*load)(Store *store, Arena *arena, const StoreQuery *query, Snapshot *snapshot,
                 Error *err);
    bool (*medians)(Store *store, Arena *arena, const StoreQuery *query,
                    HistoryMedian **list, size_t *count, Error *err);
    bool (*prices)(Store *store, Arena *arena, const char *host, SnapPrice **list,
                   size_t *count, Error *err);
    bool (*prune)(Store *store, const StoreKeep *keep, size_t *gone, Error *err);
    bool (*check)(Store *store, size_t *audits, Error *err);
} StoreDriver;

struct Store {
    const StoreDriver *driver;
    Arena *arena;
    const char *path;           /**< for messages: a password in it is masked */
    struct sqlite3 *db;         /**< of sqlite.c */
    struct pg_conn *connection; /**< of postgres.c */
    char state[8];              /**< SQLSTATE of its last failure; "" */
};

extern const StoreDriver sqlite_driver;
extern const StoreDriver postgres_driver;

/** One kept audit made small; *length: before that. Owns: arena. Errors: ERROR_LIMIT. */
bool body_squeeze(Arena *arena, const Snapshot *snapshot, Str *body, size_t *length,
                  Error *err) MUST_USE;
/** Back. path, name: for messages. Errors: ERROR_FAILED naming the audit. */
bool body_unsqueeze(Arena *arena, const Store *store, const char *name, Str bytes,
                    int64_t length, Snapshot *snapshot, Error *err) MUST_USE;
/** A status as a number in a table, guarded against others' numbers. */
AuditStatus status_of_number(int64_t number);

#endif
