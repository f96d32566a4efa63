/* journey_bench.c - a six-step journey by our http engine against the same six requests by
 * one curl, by six curls, and by newman.
 *
 *   journey-bench compare ROUNDS NEWMAN   all of them, in turns, and a table ("" no newman)
 *   journey-bench serve                   the site alone: prints its URL, ends with a
 * signal journey-bench walk URL                our engine alone, on the site at URL
 *
 * The site is a small shop of the tests' own server. Our engine reads each page, finds the
 * element by its id and presses it; the others know the addresses beforehand. Recording and
 * judging are off, nothing is fetched but documents. SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server.h"
#include "visit/visitor.h"

enum {
    CONTENDERS = 4,
    ROUNDS_MAX = 200,
    STEPS = 6,
    NEWMAN_SHARE = 4, /**< newman takes part in every fourth round: it is slow */
    PATH_BYTES = 64,
};

/* ---- the site ---- */

static bool answer_shop(int socket, const ServerRequest *request)
{
    static char body[65536];
    const char *head = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>"
                       "<title>Tea shop</title><link rel=stylesheet href=/shop.css></head>"
                       "<body><header><a href=/>Tea shop</a><nav><ul>";
    size_t at = (size_t)snprintf(body, sizeof body, "%s", head);
    for (int i = 0; i < 12; i++)
        at += (size_t)snprintf(body + at, sizeof body - at,
                               "<li><a class='nav item' href=/category/%d>Category %d</a>",
                               i, i);
    at += (size_t)snprintf(
        body + at, sizeof body - at,
        "</ul></nav></header><main><h1>%.40s</h1>"
        "<a id=category href=/category>All teas</a> "
        "<a id=product href=/product/7>Green tea</a> "
        "<a id=delivery href=/delivery>Delivery</a>"
        "<form method=post action=/cart><input type=hidden name=id value=7>"
        "<input name=quantity value=1><button id=add>Add</button></form>"
        "<form method=post action=/delivery><input name=city value=Lyon>"
        "<button id=next>Continue</button></form><ul class=products>",
        request->path);
    for (int i = 0; i < 12; i++)
        at += (size_t)snprintf(
            body + at, sizeof body - at,
            "<li class=product><a href=/product/%d><img src=/i/%d.jpg alt='Tea %d' width=200 "
            "height=200><h2>Tea number %d</h2></a><p class=price>%d.50 &euro;</p><p>A tea from "
            "far away, picked by hand and dried in the sun.</p></li>",
            i, i, i, i, i);
    snprintf(body + at, sizeof body - at, "</ul></main></body></html>");
    return server_page(socket, "200 OK", "text/html; charset=utf-8",
                       "Set-Cookie: session=abc; Path=/; HttpOnly\r\n", body);
}

static int serve(void)
{
    Server server;
    server_start(&server, answer_shop);
    printf("%s/\n", server.url);
    fflush(stdout);
    pause();
    return 0;
}

/* ---- our engine ---- */

static bool press(Visitor *visitor, const char *id, Move *move, Error *err)
{
    const Document *document = NULL;
    const FormState *state = NULL;
    if (!visitor_look(visitor, &document, &state, err))
        return false;
    const Node *node = document ? document_by_id(document, id) : NULL;
    return node && visitor_press(visitor, node, move, err) && move->result == MOVE_PAGE;
}

static int walk(const char *url)
{
    static const Persona persona = {.width = 1280,
                                    .height = 800,
                                    .user_agent = "Mozilla/5.0",
                                    .accept_language = "en",
                                    .network = "none"};
    static const char *const ids[STEPS - 1] = {"category", "product", "add", "delivery",
                                               "next"};
    Error err = {0};
    Move move = {.page = -1};
    Clock clock;
    clock_init(&clock);
    Arena *arena AUTO(arena_auto) = arena_create();
    VisitorOptions options = {.visit = visit_create(arena), .persona = &persona};
    options.clock = &clock;
    options.safety = SAFETY_TOUCH;
    options.site = url;
    Visitor *visitor = NULL;
    bool is_fine = http_visitor_open(&options, &visitor, &err) &&
                   visitor_open(visitor, url, &move, &err) && move.result == MOVE_PAGE;
    for (int i = 0; is_fine && i < STEPS - 1; i++)
        is_fine = press(visitor, ids[i], &move, &err);
    if (!is_fine)
        fprintf(stderr, "%s%s\n", err.what, move.reason ? move.reason : "");
    visitor_close(&visitor);
    return is_fine ? 0 : 1;
}

/* ---- the others ---- */

static const char *const paths[STEPS] = {"/",     "/category", "/product/7",
                                         "/cart", "/delivery", "/delivery"};
static const char *const bodies[STEPS] = {NULL, NULL,       NULL, "id=7&quantity=1",
                                          NULL, "city=Lyon"};

static FILE *file_open(const char *path)
{
    FILE *file = fopen(path, "we");
    if (!file) {
        perror(path);
        _exit(1);
    }
    return file;
}

/** One curl that sends all six. */
static void curl_config_write(const char *path, const char *url)
{
    FILE *file = file_open(path);
    for (int i = 0; i < STEPS; i++) {
        fprintf(file, "%ssilent\ncompressed\noutput = \"/dev/null\"\ncookie = \"\"\n",
                i ? "next\n" : "");
        fprintf(file, "user-agent = \"Mozilla/5.0\"\nurl = \"%s%s\"\n", url, paths[i]);
        if (bodies[i])
            fprintf(file, "data = \"%s\"\n", bodies[i]);
    }
    fclose(file);
}

/** Six curls, one after the other, with a jar between them. */
static void curl_script_write(const char *path, const char *jar, const char *url)
{
    FILE *file = file_open(path);
    for (int i = 0; i < STEPS; i++)
        fprintf(file,
                "curl --silent --compressed --output /dev/null --user-agent Mozilla/5.0 "
                "--cookie %s --cookie-jar %s %s%s%s %s%s\n",
                jar, jar, bodies[i] ? "--data '" : "", bodies[i] ? bodies[i] : "",
                bodies[i] ? "'" : "", url, paths[i]);
    fclose(file);
}

static void collection_write(const char *path, const char *url)
{
    FILE *file = file_open(path);
    fprintf(file,
            "{\"info\":{\"name\":\"journey\",\"schema\":\"https://schema.getpostman.com/"
            "json/collection/v2.1.0/collection.json\"},\"item\":[");
    for (int i = 0; i < STEPS; i++) {
        fprintf(file, "%s{\"name\":\"%d\",\"request\":{\"method\":\"%s\",\"url\":\"%s%s\"",
                i ? "," : "", i, bodies[i] ? "POST" : "GET", url, paths[i]);
        if (bodies[i])
            fprintf(file,
                    ",\"header\":[{\"key\":\"Content-Type\",\"value\":"
                    "\"application/x-www-form-urlencoded\"}],"
                    "\"body\":{\"mode\":\"raw\",\"raw\":\"%s\"}",
                    bodies[i]);
        fprintf(file, "}}");
    }
    fprintf(file, "]}\n");
    fclose(file);
}

/* ---- measuring ---- */

/** What one run cost. */
typedef struct Cost {
    double wall_ms, cpu_ms, peak_mb;
} Cost;

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static bool run(char *const *argv, const Clock *clock, Cost *cost)
{
    extern char **environ;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    int64_t from_us = clock_now_us(clock);
    pid_t pid = 0;
    int failed = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    struct rusage usage;
    int status = 0;
    if (failed || wait4(pid, &status, 0, &usage) != pid)
        return false;
    cost->wall_ms = (double)(clock_now_us(clock) - from_us) / 1e3;
    cost->cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    cost->peak_mb = (double)usage.ru_maxrss / 1024;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int cost_compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, cost_compare);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/** One who walks the journey. */
typedef struct Contender {
    const char *name;
    char *const *argv; /**< NULL: not installed */
    int every;         /**< takes part in every n-th round */
    int runs;
    double wall_ms[ROUNDS_MAX], cpu_ms[ROUNDS_MAX], peak_mb[ROUNDS_MAX];
} Contender;

static bool rounds_run(Contender *contenders, int rounds, const Clock *clock)
{
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < CONTENDERS; i++) {
            Contender *one = &contenders[i];
            Cost cost;
            if (!one->argv || round % one->every != 0)
                continue;
            if (!run(one->argv, clock, &cost)) {
                fprintf(stderr, "%s failed\n", one->name);
                return false;
            }
            one->wall_ms[one->runs] = cost.wall_ms;
            one->cpu_ms[one->runs] = cost.cpu_ms;
            one->peak_mb[one->runs++] = cost.peak_mb;
        }
    }
    return true;
}

static void table_print(Contender *contenders)
{
    double base_wall = 0;
    double base_cpu = 0;
    printf("%-28s %5s %9s %9s %9s %10s %10s\n", "journey of six requests", "runs",
           "wall ms", "CPU ms", "peak MB", "wall/curl", "CPU/curl");
    for (int i = CONTENDERS - 1; i >= 0; i--) {
        Contender *one = &contenders[i];
        if (i == 1 && one->runs) {
            base_wall = median(one->wall_ms, one->runs);
            base_cpu = median(one->cpu_ms, one->runs);
        }
    }
    for (int i = 0; i < CONTENDERS; i++) {
        Contender *one = &contenders[i];
        if (!one->argv) {
            printf("%-28s not installed (npm ci --prefix tests/bench)\n", one->name);
            continue;
        }
        double wall = median(one->wall_ms, one->runs);
        double cpu = median(one->cpu_ms, one->runs);
        printf("%-28s %5d %9.1f %9.1f %9.1f %10.2f %10.2f\n", one->name, one->runs, wall,
               cpu, median(one->peak_mb, one->runs), wall / base_wall, cpu / base_cpu);
    }
}

static int compare(const char *self, int rounds, const char *newman)
{
    static Contender contenders[CONTENDERS];
    Clock clock;
    Server server;
    char config[PATH_BYTES], script[PATH_BYTES], jar[PATH_BYTES], collection[PATH_BYTES];
    char folder[] = "/tmp/mystery-bench-XXXXXX";
    clock_init(&clock);
    if (!mkdtemp(folder)) {
        perror(folder);
        return 1;
    }
    snprintf(config, sizeof config, "%s/curl.conf", folder);
    snprintf(script, sizeof script, "%s/curls.sh", folder);
    snprintf(jar, sizeof jar, "%s/jar", folder);
    snprintf(collection, sizeof collection, "%s/journey.json", folder);
    server_start(&server, answer_shop);
    curl_config_write(config, server.url);
    curl_script_write(script, jar, server.url);
    collection_write(collection, server.url);
    const char *ours[] = {self, "walk", server.url, NULL};
    const char *one[] = {"curl", "--config", config, NULL};
    const char *six[] = {"sh", script, NULL};
    const char *node[] = {newman, "run", collection, "--silent", NULL};

    const struct {
        const char *name;
        const char **argv;
        int every;
    } rows[CONTENDERS] = {{"our engine", ours, 1},
                          {"one curl --config", one, 1},
                          {"six curl processes", six, 1},
                          {"newman", *newman ? node : NULL, NEWMAN_SHARE}};

    for (int i = 0; i < CONTENDERS; i++) {
        contenders[i].name = rows[i].name;
        contenders[i].every = rows[i].every;
        contenders[i].argv = (char *const *)(uintptr_t)rows[i].argv;
    }
    bool is_fine = rounds_run(contenders, rounds, &clock);
    server_stop(&server);
    if (is_fine)
        table_print(contenders);
    const char *files[] = {config, script, jar, collection};
    for (size_t i = 0; i < COUNT_OF(files); i++)
        unlink(files[i]);
    rmdir(folder);
    return is_fine ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "walk") == 0)
        return walk(argv[2]);
    if (argc == 4 && strcmp(argv[1], "compare") == 0) {
        int rounds = (int)strtol(argv[2], NULL, 10);
        return compare(argv[0], rounds > 0 && rounds < ROUNDS_MAX ? rounds : 20, argv[3]);
    }
    if (argc == 2 && strcmp(argv[1], "serve") == 0)
        return serve();
    fprintf(stderr, "usage: journey-bench compare ROUNDS NEWMAN | serve | walk URL\n");
    return 3;
}
