/* log.c - counters and lines of a worker. Layer: fleet. SPDX-License-Identifier: MIT */
#include "fleet/log.h"

#include <math.h>

#include "base/units.h"

/* Seconds: from a page or two to the longest journey. */
static const double bounds[WORK_BUCKETS] = {1, 5, 15, 60, 180, 600, 1800, 7200};

const char *work_result_name(WorkResult result)
{
    static const char *const names[WORK_RESULT_COUNT] = {
        [WORK_DONE] = "done",           [WORK_KNOWN] = "known",   [WORK_BUSY] = "busy",
        [WORK_FAILED] = "failed",       [WORK_KILLED] = "killed", [WORK_ASIDE] = "aside",
        [WORK_HANDED_ON] = "handed-on",
    };
    return names[result];
}

void counts_done(WorkCounts *counts, int exit_code, double seconds)
{
    counts->results[WORK_DONE]++;
    if (exit_code >= 0 && exit_code < (int)COUNT_OF(counts->verdicts))
        counts->verdicts[exit_code]++;
    counts->seconds += seconds;
    for (int i = 0; i < WORK_BUCKETS; i++)
        counts->buckets[i] += seconds <= bounds[i];
}

static void family(Buf *out, const char *name, const char *type, const char *help)
{
    buf_printf(out, "# TYPE mystery_%s %s\n# HELP mystery_%s %s\n", name, type, name, help);
}

static void count_put(Buf *out, const char *name, const char *labels, uint64_t count)
{
    buf_printf(out, "mystery_%s%s %llu\n", name, labels, (unsigned long long)count);
}

static void histogram_put(const WorkCounts *counts, Buf *out)
{
    char number[32];
    family(out, "job_seconds", "histogram", "Time a done job took.");
    for (int i = 0; i < WORK_BUCKETS; i++)
        buf_printf(out, "mystery_job_seconds_bucket{le=\"%s\"} %llu\n",
                   number_fixed(bounds[i], 1, number, sizeof number),
                   (unsigned long long)counts->buckets[i]);
    count_put(out, "job_seconds_bucket", "{le=\"+Inf\"}", counts->results[WORK_DONE]);
    count_put(out, "job_seconds_count", "", counts->results[WORK_DONE]);
    buf_printf(out, "mystery_job_seconds_sum %s\n",
               number_fixed(counts->seconds, 3, number, sizeof number));
}

void counts_write(const WorkCounts *counts, Buf *out)
{
    static const struct {
        int code;
        const char *labels;
    } verdicts[] = {{0, "{verdict=\"passed\"}"},
                    {2, "{verdict=\"failed\"}"},
                    {4, "{verdict=\"inconclusive\"}"}};

    family(out, "jobs", "counter", "Turns of jobs by how they ended.");
    for (int i = 0; i < WORK_RESULT_COUNT; i++)
        buf_printf(out, "mystery_jobs_total{result=\"%s\"} %llu\n",
                   work_result_name((WorkResult)i), (unsigned long long)counts->results[i]);
    family(out, "audits", "counter", "Done audits by verdict.");
    for (size_t i = 0; i < COUNT_OF(verdicts); i++)
        count_put(out, "audits_total", verdicts[i].labels,
                  counts->verdicts[verdicts[i].code]);
    histogram_put(counts, out);
    family(out, "server_errors", "counter", "Calls that a server of ours did not answer.");
    count_put(out, "server_errors_total", "{server=\"queue\"}", counts->queue_errors);
    count_put(out, "server_errors_total", "{server=\"store\"}", counts->store_errors);
    family(out, "jobs_running", "gauge", "Jobs in work.");
    count_put(out, "jobs_running", "", (uint64_t)counts->running);
    family(out, "jobs_slots", "gauge", "Jobs that may be in work at once.");
    count_put(out, "jobs_slots", "", (uint64_t)counts->slots);
    buf_add_text(out, "# EOF\n");
}

void line_write(const WorkLine *line, const char *worker, int64_t wall_us, Buf *out)
{
    JsonWriter json;
    char time[32];
    clock_iso8601(wall_us, time, sizeof time);
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_put_text(&json, "time", time);
    json_put_text(&json, "level", line->level);
    json_put_text(&json, "event", line->event);
    json_put_text(&json, "worker", worker);
    if (line->job) {
        json_put_text(&json, "job", line->job->id);
        json_put_text(&json, "batch", line->job->batch);
        json_put_text(&json, "site", line->job->site);
        json_put_text(&json, "stage", job_stage_name(line->job->stage));
        json_put_text(&json, "url", line->job->url);
    }
    if (!isnan(line->seconds))
        json_put_number(&json, "seconds", round(line->seconds * 1000) / 1000);
    if (line->exit_code >= 0)
        json_put_integer(&json, "code", line->exit_code);
    if (line->text)
        json_put_text(&json, "text", line->text);
    json_write_end(&json);
    buf_add_byte(out, '\n');
}
