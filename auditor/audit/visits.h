/* visits.h - visits in child processes: each walks one scenario once and leaves a HAR.
 *
 * Private to audit/. Layer: audit. SPDX-License-Identifier: MIT */
#ifndef AUDIT_VISITS_H
#define AUDIT_VISITS_H

#include "audit/plan.h"
#include "model/persona.h"

/** One visit to make. */
typedef struct VisitJob {
    const Scenario *scenario;
    const Persona *persona;
    const char *engine;
    int number;
    bool is_reference;        /**< walked for comparison only */
    unsigned diagnosed_kinds; /**< VisitorOptions */
    const char *path;         /**< of the HAR */
    const char *file;         /**< "visits/buy-phone-http-1.har" */
    const char *screenshots;  /**< path and beginning of the names of its pictures */
    const char *name;         /**< "buy, phone, http, 1 of 3" */
} VisitJob;

/** All visits of a plan, in the order in which they are made. */
typedef struct VisitJobs {
    VisitJob *items;
    size_t count, capacity;
    Scenario *scenarios;
    size_t scenario_count;
    Persona *personas;
    size_t persona_count;
    size_t seen;         /**< visits that saw the shop: no error, no robot wall */
    bool has_browser;    /**< some are made in a browser */
    bool is_out_of_time; /**< the time limit left visits undone */
} VisitJobs;

/** Load scenarios and personas and lay out the visits: journeys in turn, then again, so
 * that a drift of the shop or of the machine hits all alike. folder: where visits/ will
 * stand. */
bool visit_jobs_make(const AuditPlan *plan, const Catalogue *catalogue, const char *folder,
                     VisitJobs *jobs, Error *err) MUST_USE;
/** Make them. A visit that dies leaves a HAR that says so. */
bool visit_jobs_run(const AuditPlan *plan, const Catalogue *catalogue, const char *site,
                    VisitJobs *jobs, Error *err) MUST_USE;

/** Two lists of visits that pair off one by one. */
typedef struct VisitPair {
    VisitJobs *jobs[2];
    const char *sites[2];
    const char *folders[2];
} VisitPair;

/** Make them in turns: A B, B A, A B … one at a time, after one visit of the first journey
 * to each that has the number 0. plan->time_limit_us holds for all together; both lists
 * lose what is left undone. */
bool visit_jobs_run_pair(const AuditPlan *plan, const Catalogue *catalogue, VisitPair *pair,
                         Error *err) MUST_USE;

#endif
