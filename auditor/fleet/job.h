/* job.h - one audit on a queue: its address, its options, its id, as JSON on the wire.
 *
 * Layer: fleet. SPDX-License-Identifier: MIT */
#ifndef FLEET_JOB_H
#define FLEET_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "model/panel.h"

/** What is left to do of an audit. */
typedef enum JobStage {
    JOB_VISIT, /**< all of it: visit, then judge */
    JOB_JUDGE, /**< the visits are there, in files */
    JOB_STAGE_COUNT,
} JobStage;

/** A job. */
typedef struct Job {
    const char *id;    /**< 16 hex digits of batch and address */
    const char *batch; /**< named by whoever submitted it: a night, a panel */
    const char *url;
    const char *site; /**< one visitor at a time: registrable domain and port, as a name */
    const char *host; /**< as the store names it */
    JobStage stage;
    PanelOption *options; /**< of `mystery audit` */
    size_t option_count, option_capacity;
} Job;

/** The job of one shop of a panel. The same batch and address give the same id. Errors:
 * ERROR_INPUT (address). Owns: arena. */
bool job_make(Arena *arena, const char *batch, const PanelShop *shop, Job *job,
              Error *err) MUST_USE;
/** One line of JSON, schema "mystery-job/1". */
void job_write(const Job *job, Buf *out);
/** Back; bytes from a queue are foreign: options are checked as a panel's are. Errors:
 * ERROR_INPUT. Owns: arena. */
bool job_read(Arena *arena, Str text, Job *job, Error *err) MUST_USE;
/** "visit", "judge". */
const char *job_stage_name(JobStage stage);
bool job_stage_of(const char *name, JobStage *stage);
/** Is it an id? Then it is safe as a file name and on the wire. */
bool job_id_is(const char *id);

#endif
