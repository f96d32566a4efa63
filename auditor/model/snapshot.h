/* snapshot.h - what one audit leaves for later ones: marks, findings visit by visit, raw
 * values of every page, prices seen. Small where audit.json is large.
 *
 * Kept by store/, compared by score/, rendered by report/. Layer: model.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_SNAPSHOT_H
#define MODEL_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/json.h"
#include "model/audit.h"

/** One visit. Numbers that were not measured are NAN. */
typedef struct SnapVisit {
    const char *scenario;
    const char *persona;
    const char *engine;
    int number; /**< 1, 2 ... among the visits of its journey */
    VisitOutcome outcome;
    int64_t started_us;
    int64_t duration_us;
    bool is_first; /**< the first of all: shown, not compared */
    double pages, clicks, fields, human_ms, machine_ms; /**< sums over its steps */
} SnapVisit;

/** One page of one visit: the raw values. */
typedef struct SnapPage {
    size_t visit; /**< index into Snapshot.visits */
    PageKind kind;
    CheckoutStage stage;
    const char *step; /**< kind of the step that led here: "mystery/openProduct"; "" none */
    const char *path; /**< path and query of its address */
    double metrics[METRIC_COUNT];
} SnapPage;

/** One rule's answer. */
typedef struct SnapFinding {
    const char *rule;
    const char *revision; /**< of the check, 8 hex digits; "" unknown */
    const char *fingerprint;
    Dimension dimension;
    Impact impact;
    FindingOutcome outcome;
    double value;
    int pages_failed, pages_seen;
    const char *page;   /**< kind of the first page that fails; "" none */
    const char *rounds; /**< a letter a round of visits: p pass, f fail, ? cannot tell,
                           - not applicable; first to last */
} SnapFinding;

/** A price seen, as it stood. */
typedef struct SnapPrice {
    const char *path; /**< of the product page */
    const char *name;
    const char *currency;
    double price;
    double former; /**< price crossed out beside it; NAN: none seen */
    int64_t seen_us;
} SnapPrice;

/** The whole. */
typedef struct Snapshot {
    const char *name; /**< 16 hex digits of site and start: one audit, one name */
    const char *site;
    const char *host;
    const char *tool_version;
    const char *grid; /**< "id version" */
    const char *place;
    const char *engines; /**< "http" or "chromium,http" */
    const char *command; /**< "" unknown */
    int64_t started_us;
    int64_t duration_us;
    int64_t calibration_us; /**< a fixed piece of work on this machine; 0 not measured */
    AuditStatus status;
    bool is_partial;
    double score, confidence;
    double satisfaction, recommendation, effort, completion;
    double dimensions[DIMENSION_COUNT];
    SnapVisit *visits;
    size_t visit_count, visit_capacity;
    SnapPage *pages;
    size_t page_count, page_capacity;
    SnapFinding *findings;
    size_t finding_count, finding_capacity;
    SnapPrice *prices;
    size_t price_count, price_capacity;
} Snapshot;

/** Take what an audit leaves. Prices: those of the facts; audit/ adds former ones. Texts
 * are copied. Owns: arena. */
void snapshot_take(Arena *arena, const Audit *audit, Snapshot *snapshot);
/** 16 hex digits of a site and the millisecond an audit began. Owns: arena. */
const char *snapshot_name(Arena *arena, const char *site, int64_t started_us);
/** Revision of a rule: hash of what decides (check, impact, confidence, pages). 8 hex
 * digits; "" for a rule known by name alone. Owns: arena. */
const char *rule_revision(Arena *arena, const Rule *rule);

/** Schema "mystery-history/1", one object on one line when not pretty. */
void snapshot_write(const Snapshot *snapshot, bool is_pretty, Buf *out);
/** Back from a parsed file. Errors: ERROR_INPUT with file:line:column. Owns: arena. */
bool snapshot_read(Arena *arena, const JsonFile *file, Snapshot *snapshot,
                   Error *err) MUST_USE;

/** Median of one metric over the visits for each page kind and stage. */
typedef struct SnapMedian {
    PageKind kind;
    CheckoutStage stage;
    const char *engine;
    Metric metric;
    double median;
    size_t visits; /**< that measured it */
} SnapMedian;

/** The metric that speaks for an engine: ttfb_ms of http and HARs, lcp_ms of a browser. */
Metric snapshot_primary(const char *engine);
/** Medians of the primary metric, in order of page kind. Visits first of all, failed and
 * blocked ones are left out. Returns how many; list in arena. */
size_t snapshot_medians(Arena *arena, const Snapshot *snapshot, SnapMedian **list);
/** May the visit's times be compared? Not the first of all, not failed, not blocked. */
bool snap_visit_counts(const SnapVisit *visit);
/** "product", "checkout address": a page kind with its stage. Owns: arena. */
const char *snap_page_name(Arena *arena, PageKind kind, CheckoutStage stage);

#endif
