/* job.c - jobs made, written, read. Layer: fleet. SPDX-License-Identifier: MIT */
#include "fleet/job.h"

#include <string.h>

#include "base/url.h"

static const char SCHEMA[] = "mystery-job/1";

const char *job_stage_name(JobStage stage)
{
    return stage == JOB_JUDGE ? "judge" : "visit";
}

bool job_stage_of(const char *name, JobStage *stage)
{
    for (int i = 0; i < JOB_STAGE_COUNT; i++) {
        *stage = (JobStage)i;
        if (strcmp(name, job_stage_name(*stage)) == 0)
            return true;
    }
    return false;
}

bool job_id_is(const char *id)
{
    return strlen(id) == 16 && strspn(id, "0123456789abcdef") == 16;
}

/* Names on a queue hold letters, digits, '-' and '_' alone. */
static const char *name_of(Arena *arena, const char *host, int port)
{
    char *name = port ? arena_printf(arena, "%s_%d", host, port) : arena_text(arena, host);
    for (char *c = name; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *c))
            *c = '_';
    return name;
}

static bool places_find(Arena *arena, Job *job, Error *err)
{
    Url url;
    if (!url_from_user(arena, job->url, &url, err))
        return false;
    job->url = url_without_fragment(arena, url.href);
    job->site = name_of(arena, url_site(arena, &url), url.port);
    job->host = url.port ? arena_printf(arena, "%s_%d", url.host, url.port) : url.host;
    return true;
}

bool job_make(Arena *arena, const char *batch, const PanelShop *shop, Job *job, Error *err)
{
    *job = (Job){.batch = batch,
                 .url = shop->url,
                 .options = shop->options,
                 .option_count = shop->option_count};
    if (!places_find(arena, job, err))
        return false;
    job->id = arena_printf(
        arena, "%016llx", str_hash(str_of(arena_printf(arena, "%s\n%s", batch, job->url))));
    return true;
}

void job_write(const Job *job, Buf *out)
{
    JsonWriter json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_put_text(&json, "schema", SCHEMA);
    json_put_text(&json, "id", job->id);
    json_put_text(&json, "batch", job->batch);
    json_put_text(&json, "stage", job_stage_name(job->stage));
    json_put_text(&json, "url", job->url);
    json_write_key(&json, "options");
    json_write_array(&json);
    for (size_t i = 0; i < job->option_count; i++) {
        json_write_array(&json);
        json_write_text(&json, job->options[i].name);
        json_write_text(&json, job->options[i].value);
        json_write_end(&json);
    }
    json_write_end(&json);
    json_write_end(&json);
}

static bool options_read(Arena *arena, const Json *list, Job *job, Error *err)
{
    for (const Json *pair = json_first(list); pair; pair = json_next(pair)) {
        const Json *name = json_first(pair);
        PanelOption option = {json_text(name, NULL),
                              json_text(name ? json_next(name) : NULL, NULL)};
        if (!option.name)
            return error_set(err, ERROR_INPUT, job->id, "an option without a name");
        if (!panel_option_check(&option, err))
            return error_at(err, job->id);
        ARENA_PUSH(arena, job->options, job->option_count, job->option_capacity, option);
    }
    return true;
}

bool job_read(Arena *arena, Str text, Job *job, Error *err)
{
    JsonFile file;
    *job = (Job){0};
    if (!json_parse(arena, "job", text, &file, err) ||
        !json_need_text(&file, file.root, "id", &job->id, err) ||
        !json_need_text(&file, file.root, "url", &job->url, err))
        return false;
    job->batch = json_text(json_get(file.root, "batch"), "");
    const char *stage = json_text(json_get(file.root, "stage"), "");
    if (strcmp(json_text(json_get(file.root, "schema"), ""), SCHEMA) != 0 ||
        !job_id_is(job->id) || !job_stage_of(stage, &job->stage))
        return error_set(err, ERROR_INPUT, "job", "is no %s", SCHEMA);
    return places_find(arena, job, err) &&
           options_read(arena, json_get(file.root, "options"), job, err);
}
