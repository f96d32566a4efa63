/* stores.c - the tests' PostgreSQL: started once, when first asked for, on a socket in a
 * folder of its own. SPDX-License-Identifier: MIT */
#include "stores.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/proc.h"
#include "unit.h"
#ifdef HAS_LIBPQ
#    include <libpq-fe.h>
#endif

typedef struct TestServer {
    pid_t pid;
    bool is_tried, is_there;
    int schemas;
    char folder[64];
} TestServer;

static TestServer server;

static void folder_remove(const char *folder)
{
    AUTO(buf_release) Buf out = {0};
    const char *const argv[] = {"rm", "-rf", folder, NULL};
    int code = 0;
    buf_init(&out, 1024);
    assert_true(proc_run(argv, &out, 0, &code, NULL));
}

#ifdef HAS_LIBPQ
static void server_stop(void)
{
    if (server.pid <= 0)
        return;
    kill(server.pid, SIGQUIT);
    waitpid(server.pid, NULL, 0);
    folder_remove(server.folder);
    server.pid = 0;
}

static PGconn *connected(void)
{
    char address[128];
    snprintf(address, sizeof address, "host=%s user=mystery dbname=postgres",
             server.folder);
    return PQconnectdb(address);
}

/* Made and started from nothing on a busy machine takes its time. */
static bool server_wait(void)
{
    const Clock real = {.is_fixed = false};
    int64_t until_us = clock_now_us(&real) + 60 * 1000000LL;
    while (clock_now_us(&real) < until_us) {
        PGconn *connection = connected();
        bool is_there = PQstatus(connection) == CONNECTION_OK;
        PQfinish(connection);
        if (is_there)
            return true;
        if (waitpid(server.pid, NULL, WNOHANG) == server.pid) {
            server.pid = 0;
            return false;
        }
        clock_sleep_us(&real, 50000);
    }
    return false;
}

static bool server_start(void)
{
    if (server.is_tried)
        return server.is_there;
    server.is_tried = true;
    snprintf(server.folder, sizeof server.folder, "/tmp/mystery-pg-XXXXXX");
    assert_non_null(mkdtemp(server.folder));
    pid_t parent = getpid();
    server.pid = fork();
    if (server.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() == parent)
            execl("tests/servers/postgres.sh", "postgres.sh", server.folder, (char *)NULL);
        _exit(77);
    }
    server.is_there = server_wait();
    if (server.is_there)
        atexit(server_stop);
    else
        folder_remove(server.folder);
    return server.is_there;
}

void postgres_raw(Arena *arena, const char *place, const char *sql)
{
    const char *schema = strrchr(place, 'D') + 1;
    PGconn *connection = connected();
    PGresult *result =
        PQexec(connection, arena_printf(arena, "SET search_path = %s; %s", schema, sql));
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fail_msg("%s", PQerrorMessage(connection));
    PQclear(result);
    PQfinish(connection);
}

const char *postgres_fresh(Arena *arena)
{
    if (!server_start())
        return NULL;
    const char *place = arena_printf(
        arena, "postgres://mystery@/postgres?host=%s&options=-csearch_path%%3Dtest%d",
        server.folder, ++server.schemas);
    postgres_raw(arena, place, arena_printf(arena, "CREATE SCHEMA test%d", server.schemas));
    return place;
}
#else
void postgres_raw(Arena *arena, const char *place, const char *sql)
{
    (void)arena;
    fail_msg("no PostgreSQL at %s for '%s'", place, sql);
}

const char *postgres_fresh(Arena *arena)
{
    (void)arena;
    server.is_tried = true;
    return NULL;
}
#endif

void on_every_store(StorePromise *promise)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    char folder[] = "/tmp/mystery-store-XXXXXX";
    assert_non_null(mkdtemp(folder));
    promise(arena, arena_printf(arena, "%s/deep/history.db", folder));
    folder_remove(folder);
    const char *remote = postgres_fresh(arena);
    if (remote)
        promise(arena, remote);
}
