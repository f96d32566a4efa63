/* store.c - one history, whatever keeps it: picks the driver by the place, hands on.
 *
 * Layer: store. SPDX-License-Identifier: MIT */
#include "store/store.h"

#include "store/driver.h"
#include "store/squeeze.h"

enum { BODY_LIMIT = 256 << 20 };

static bool is_server(Str place)
{
    return str_starts_with(place, STR("postgres://")) ||
           str_starts_with(place, STR("postgresql://"));
}

/* Where the password of "scheme://user:password@..." stands; length 0: there is none. */
static Str password_in(Str place)
{
    size_t from = str_find(place, STR("://"), 0);
    if (from == SIZE_MAX)
        return (Str){0};
    Str rest = str_slice(place, from + 3, SIZE_MAX);
    Str user = str_slice(rest, 0, str_find_byte(rest, '/', 0));
    size_t colon = str_find_byte(user, ':', 0);
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < user.length; i++)
        if (user.data[i] == '@')
            at = i;
    if (at == SIZE_MAX || colon > at)
        return (Str){0};
    return str_slice(user, colon + 1, at - colon - 1);
}

const char *store_place_shown(Arena *arena, const char *place)
{
    Str whole = str_of(place);
    if (!is_server(whole))
        return arena_text(arena, place);
    /* Parameters may hold a password as well. */
    Str shown = str_slice(whole, 0, str_find_byte(whole, '?', 0));
    Str password = password_in(shown);
    if (!password.data)
        return arena_str_text(arena, shown);
    size_t before = (size_t)(password.data - shown.data);
    return arena_printf(arena, "%.*s***%.*s", STR_ARGS(str_slice(shown, 0, before)),
                        STR_ARGS(str_slice(shown, before + password.length, SIZE_MAX)));
}

bool store_open(Arena *arena, const char *place, Store **store, Error *err)
{
    Store *made = ARENA_NEW(arena, Store);
    *made = (Store){.driver = is_server(str_of(place)) ? &postgres_driver : &sqlite_driver,
                    .arena = arena,
                    .path = store_place_shown(arena, place)};
    *store = made;
    if (made->driver->open(made, place, err))
        return true;
    store_close(store);
    return false;
}

void store_close(Store **store)
{
    if (*store)
        (*store)->driver->close(*store);
    *store = NULL;
}

const char *store_place(const Store *store)
{
    return store->path;
}

bool store_save(Store *store, const Snapshot *snapshot, Error *err)
{
    bool is_new = false;
    return store->driver->save(store, snapshot, NULL, &is_new, err);
}

bool store_save_job(Store *store, const Snapshot *snapshot, const char *job, bool *is_new,
                    Error *err)
{
    return store->driver->save(store, snapshot, job, is_new, err);
}

bool store_has_job(Store *store, const char *host, const char *job, bool *has, Error *err)
{
    return store->driver->has_job(store, host, job, has, err);
}

bool store_list(Store *store, Arena *arena, const StoreQuery *query, HistoryRow **rows,
                size_t *count, Error *err)
{
    return store->driver->list(store, arena, query, rows, count, err);
}

bool store_load(Store *store, Arena *arena, const StoreQuery *query, Snapshot *snapshot,
                Error *err)
{
    return store->driver->load(store, arena, query, snapshot, err);
}

bool store_medians(Store *store, Arena *arena, const StoreQuery *query,
                   HistoryMedian **list, size_t *count, Error *err)
{
    return store->driver->medians(store, arena, query, list, count, err);
}

bool store_prices(Store *store, Arena *arena, const char *host, SnapPrice **list,
                  size_t *count, Error *err)
{
    return store->driver->prices(store, arena, host, list, count, err);
}

bool store_prune(Store *store, const StoreKeep *keep, size_t *gone, Error *err)
{
    return store->driver->prune(store, keep, gone, err);
}

bool store_check(Store *store, size_t *audits, Error *err)
{
    return store->driver->check(store, audits, err);
}

bool body_squeeze(Arena *arena, const Snapshot *snapshot, Str *body, size_t *length,
                  Error *err)
{
    AUTO(buf_release) Buf text = {0};
    buf_init(&text, BODY_LIMIT);
    snapshot_write(snapshot, false, &text);
    if (!buf_check(&text, "an audit of the history", err))
        return false;
    *length = text.length;
    *body = squeeze(arena, buf_str(&text));
    return true;
}

bool body_unsqueeze(Arena *arena, const Store *store, const char *name, Str bytes,
                    int64_t length, Snapshot *snapshot, Error *err)
{
    JsonFile file;
    Str text;
    if (length >= 0 && unsqueeze(arena, bytes, (size_t)length, &text, err) &&
        json_parse(arena, name, text, &file, err) &&
        snapshot_read(arena, &file, snapshot, err))
        return true;
    return error_set(err, ERROR_FAILED, store->path, "the audit '%s' does not read back",
                     name);
}

AuditStatus status_of_number(int64_t number)
{
    return number >= 0 && number <= AUDIT_INCONCLUSIVE ? (AuditStatus)number
                                                       : AUDIT_INCONCLUSIVE;
}
