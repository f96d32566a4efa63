/* audit_parts.h - the parts of audit.json, written and read by one file each.
 *
 * Private to model/. Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_AUDIT_PARTS_H
#define MODEL_AUDIT_PARTS_H

#include "base/json.h"
#include "model/audit.h"
#include "model/audit_json.h"

/** What every part of the writing needs. */
typedef struct AuditOut {
    const Audit *audit;
    JsonWriter *json;
    Arena *arena; /**< scratch */
    PhraseSay *say;
    void *context;
} AuditOut;

/** What every part of the reading needs. */
typedef struct AuditIn {
    const JsonFile *file;
    const Grid *grid;
    Audit *audit;
} AuditIn;

/** Pages written at most (interface.md). */
enum { AUDIT_PAGES_MOST = 1000, AUDIT_OBSERVATIONS_MOST = 40 };

void audit_put_phrase(AuditOut *out, const char *key, const Phrase *phrase);
/** The members of a phrase, into an object that is open. */
void audit_put_phrase_inside(AuditOut *out, const Phrase *phrase);
/** [low, high] or null. */
void audit_put_interval(JsonWriter *json, const char *key, Interval interval);
void audit_put_time(JsonWriter *json, const char *key, int64_t wall_us);
/** Milliseconds with the µs behind the mark; negative is null. */
void audit_put_ms(JsonWriter *json, const char *key, int64_t duration_us);
void audit_put_lang(JsonWriter *json, const char *key, const LangText *text);
/** metric.def name → number; those not measured are null when all is true, else left out.
 */
void audit_put_metrics(JsonWriter *json, const double *metrics, bool all);

void audit_write_journeys(AuditOut *out);
void audit_write_pages(AuditOut *out);
void audit_write_findings(AuditOut *out);
void audit_write_ranked(AuditOut *out);

/** Text copied into the audit's arena, NULL when absent. */
const char *audit_text(AuditIn *in, const Json *value);
Interval audit_interval(const Json *value);
int64_t audit_us(const Json *ms);
int64_t audit_time(const Json *value);
void audit_read_lang(AuditIn *in, const Json *value, LangText *text);
void audit_read_phrase(AuditIn *in, const Json *value, Phrase *phrase);
void audit_read_metrics(const Json *object, double *metrics);
bool audit_read_journeys(AuditIn *in, const Json *root, Error *err) MUST_USE;
bool audit_read_pages(AuditIn *in, const Json *root, Error *err) MUST_USE;
bool audit_read_findings(AuditIn *in, const Json *root, Error *err) MUST_USE;
void audit_read_ranked(AuditIn *in, const Json *root);

#endif
