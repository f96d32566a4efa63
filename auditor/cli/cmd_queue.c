/* cmd_queue.c - `mystery queue status|list|retry|drop`. Layer: cli.
 *
 * SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "audit/fleet.h"
#include "cli/cli.h"

#ifdef HAS_LIBNATS

enum { OUTPUT_LIMIT = 64 << 20, ITEMS_MOST = 1000 };

/* Numbers too large for the screen stay exact in JSON. */
static void number_put(JsonWriter *json, const char *key, uint64_t number)
{
    json_put_integer(json, key, (int64_t)number);
}

static void status_json(const QueueStatus *status, int64_t sites, JsonWriter *json)
{
    json_write_object(json);
    json_put_text(json, "queue", status->name);
    json_put_text(json, "server", status->server);
    number_put(json, "waiting", status->waiting[JOB_VISIT]);
    number_put(json, "running", status->running[JOB_VISIT]);
    number_put(json, "waiting_to_be_judged", status->waiting[JOB_JUDGE]);
    number_put(json, "being_judged", status->running[JOB_JUDGE]);
    number_put(json, "aside", status->aside);
    if (sites >= 0)
        json_put_integer(json, "sites", sites);
    else
        json_put_null(json, "sites");
    number_put(json, "bytes", status->bytes);
    json_put_integer(json, "replicas", status->replicas);
    json_put_integer(json, "lease_ms", status->lease_us / 1000);
    json_write_end(json);
}

static bool status_show(Cli *cli, Queue *queue, bool is_json, Buf *out, Error *err)
{
    QueueStatus s;
    JsonWriter json;
    if (!queue_status(queue, cli->arena, &s, err))
        return false;
    int64_t sites = queue_sites(queue);
    if (is_json) {
        json_writer_init(&json, out, true);
        status_json(&s, sites, &json);
        buf_add_byte(out, '\n');
        return true;
    }
    buf_printf(out,
               "queue '%s' on %s, %d %s, lease %" PRId64 " s\n"
               "  to be audited     %" PRIu64 " waiting, %" PRIu64 " taken\n"
               "  to be judged      %" PRIu64 " waiting, %" PRIu64 " taken\n"
               "  set aside         %" PRIu64 "\n",
               s.name, s.server, s.replicas, s.replicas == 1 ? "copy" : "copies",
               s.lease_us / 1000000, s.waiting[JOB_VISIT], s.running[JOB_VISIT],
               s.waiting[JOB_JUDGE], s.running[JOB_JUDGE], s.aside);
    if (sites >= 0)
        buf_printf(out, "  sites visited now %" PRId64 "\n", sites);
    return true;
}

static const char *state_of(const QueueItem *item)
{
    return item->reason ? "aside" : item->record.is_running ? "running" : "waiting";
}

static void item_json(const QueueItem *item, JsonWriter *json)
{
    char time[32];
    clock_iso8601(item->queued_us, time, sizeof time);
    json_write_object(json);
    json_put_text(json, "id", item->job.id);
    json_put_text(json, "state", state_of(item));
    json_put_text(json, "stage", job_stage_name(item->job.stage));
    json_put_text(json, "url", item->job.url);
    json_put_text(json, "site", item->job.site);
    json_put_text(json, "batch", item->job.batch);
    json_put_text(json, "queued", time);
    json_put_integer(json, "kills", item->record.kills);
    json_put_integer(json, "failures", item->record.failures);
    json_put_text(json, "worker", item->record.worker);
    json_put_text(json, "reason", item->reason);
    json_write_end(json);
}

static void item_text(const QueueItem *item, Buf *out)
{
    buf_printf(out, "%s  %-7s  %s", item->job.id, state_of(item), item->job.url);
    if (item->record.is_running)
        buf_printf(out, "  (%s)", item->record.worker);
    if (item->reason)
        buf_printf(out, "  %s", item->reason);
    buf_add_byte(out, '\n');
}

static bool list_show(Cli *cli, Queue *queue, bool is_json, Buf *out, Error *err)
{
    JsonWriter json;
    size_t shown = 0;
    json_writer_init(&json, out, true);
    if (is_json)
        json_write_array(&json);
    for (int is_aside = 1; is_aside >= 0; is_aside--) {
        QueueItem *items = NULL;
        size_t count = 0;
        if (!queue_list(cli->arena, queue, is_aside, ITEMS_MOST, &items, &count, err))
            return false;
        for (size_t i = 0; i < count; i++)
            if (is_json)
                item_json(&items[i], &json);
            else
                item_text(&items[i], out);
        shown += count;
    }
    if (is_json) {
        json_write_end(&json);
        buf_add_byte(out, '\n');
    } else if (!shown) {
        buf_add_text(out, "no jobs\n");
    }
    return true;
}

static bool change(Cli *cli, Queue *queue, const char *word, Buf *out, Error *err)
{
    bool is_retry = strcmp(word, "retry") == 0;
    const char *id = cli->operands.count > 1 ? cli->operands.items[1] : NULL;
    size_t count = 0;
    if (!id || (strcmp(id, "all") != 0 && !job_id_is(id))) {
        error_set(err, ERROR_INPUT, NULL, "'queue %s' wants the id of a job, or 'all'",
                  word);
        return error_hint(err, "'mystery queue list' names them");
    }
    if (strcmp(id, "all") == 0)
        id = NULL;
    if (is_retry ? !queue_retry(queue, id, &count, err)
                 : !queue_drop(queue, id, &count, err))
        return false;
    buf_printf(out, "%zu jobs %s\n", count,
               is_retry ? "put on the queue again" : "dropped");
    return true;
}

static bool word_run(Cli *cli, Queue *queue, const char *word, Buf *out, Error *err)
{
    bool is_json =
        cli->plan.formats.count && strcmp(cli->plan.formats.items[0], "json") == 0;
    if (strcmp(word, "status") == 0)
        return status_show(cli, queue, is_json, out, err);
    if (strcmp(word, "list") == 0)
        return list_show(cli, queue, is_json, out, err);
    return change(cli, queue, word, out, err);
}

int cmd_queue(Cli *cli, Error *err)
{
    static const char *const words[] = {"status", "list", "retry", "drop"};
    const char *word = cli->operands.count ? cli->operands.items[0] : "status";
    AUTO(buf_release) Buf out = {0};
    Queue *queue = NULL;
    bool is_known = false;
    buf_init(&out, OUTPUT_LIMIT);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        is_known |= strcmp(words[i], word) == 0;
    if (!is_known) {
        error_set(err, ERROR_INPUT, NULL, "'queue' does not know '%s'", word);
        error_hint(err, "mystery queue status | list | retry ID|all | drop ID|all");
        return -1;
    }
    if (!queue_open(cli->arena, &cli->fleet.queue, &queue, err))
        return -1;
    bool is_done = word_run(cli, queue, word, &out, err);
    queue_close(&queue);
    if (!is_done || !buf_check(&out, "the list", err))
        return -1;
    if (!cli->is_quiet)
        fwrite(out.data, 1, out.length, stdout);
    return 0;
}

#else

int cmd_queue(Cli *cli, Error *err)
{
    (void)cli;
    return fleet_check(err) ? 0 : -1;
}

#endif
