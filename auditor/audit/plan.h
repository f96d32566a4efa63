/* plan.h - what was asked for: sites, scenarios, personas, limits, bars, outputs.
 *
 * Filled by cli/ from options; const afterwards. Layer: audit. SPDX-License-Identifier: MIT
 */
#ifndef AUDIT_PLAN_H
#define AUDIT_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/error.h"
#include "model/audit.h"
#include "net/transfer.h"
#include "report/report.h"
#include "words/words.h"

/** A growing list of texts, always NULL-ended. */
typedef struct TextList {
    const char **items;
    size_t count, capacity;
} TextList;

/** Append; the list stays NULL-ended. */
void text_list_add(Arena *arena, TextList *list, const char *text);

typedef enum AuditEventKind {
    EVENT_VISIT_BEGINS,
    EVENT_VISIT_ENDS,
    EVENT_LINKS,
    EVENT_JUDGES,
    EVENT_REPORTS,
    EVENT_CRAWL, /**< visit: pages read so far; name: how it goes, outcome: why it waits */
    EVENT_NOTE,  /**< something the user should know; name is the sentence */
} AuditEventKind;

/** One thing that happened, for progress lines. */
typedef struct AuditEvent {
    AuditEventKind kind;
    size_t visit, visits; /**< number from 1, and how many there will be */
    const char *name;     /**< of the visit: "buy, phone, http" */
    const char *outcome;  /**< of the visit that ended */
} AuditEvent;

typedef void AuditProgress(void *context, const AuditEvent *event);

/** A plan. */
typedef struct AuditPlan {
    Arena *arena;
    Clock *clock;
    const char *site; /**< as given, one at a time */
    TextList scenarios;
    TextList personas;
    const char *engine; /**< auto http chromium http,chromium */
    bool wants_shell;   /**< --browser shell */
    bool is_sandbox_waived;
    int visits; /**< of each journey */
    int crawl;  /**< other internal pages to look at */
    Safety safety;
    const char *language;
    const char *output; /**< folder or file; NULL: mystery-report/HOST/UTC-TIME */
    TextList formats;
    double min_score;   /**< NAN: none asked */
    TextList variables; /**< "K=V" */
    TextList secrets;   /**< "K=V" */
    int jobs;
    int64_t time_limit_us; /**< 0: none */
    bool is_declared;      /**< --identity declared */
    bool is_human_pace;
    bool leaves_no_trace;
    bool wants_video; /**< --video: a film of the first visit of each journey */
    bool is_own_site; /**< --own-site: may send what validation must refuse */
    bool assume_public;
    bool keep_credentials;
    bool use_platform_hints;
    const char *throttle; /**< id of a network; NULL: the persona's */
    TextList countries;   /**< the shop addresses; empty: by its languages and domain */
    TextList only;        /**< rules or dimensions; empty: all */
    NetOptions net;
    const char *store;        /**< place of the history; NULL or "none": none kept */
    const char *job;          /**< of a queue: kept once under this id; NULL */
    bool is_store_default;    /**< nobody named it: it may fail without harm */
    const char *baseline;     /**< folder, file, name of a kept audit, or "last"; NULL */
    const char *budget;       /**< file; NULL */
    const char *known_issues; /**< file; NULL */
    const char *answers;      /**< file of human answers; NULL */
    bool asks_people;         /**< our questions for people join a grid that has none */
    const char *calibration;  /**< file of `mystery calibrate`; NULL */
    const char *grid;         /**< own grid over ours: file or folder; NULL */
    TextList fail_on;         /**< new-blocker new-major new-minor regression budget; empty:
                                 new-major, regression, budget */
    Brand brand;              /**< white label of the report */
    const char *template_folder; /**< its html/, markdown/ ... win; NULL */
    const char *product;         /**< --product: the one to be told about; NULL */
    const char **data_folders;   /**< NULL-ended; ours first, then users' */
    const char *command;         /**< as typed, secrets left out */
    TextList include, exclude;   /**< of a crawl: patterns of addresses (PCRE2) */
    int64_t pages;               /**< of a crawl: most own addresses; 0: the default */
    int foreign;   /**< of a crawl: most foreign links tried; -1: the default */
    int sample;    /**< of a crawl: most pages of one shape; 0: all */
    bool is_fresh; /**< of a crawl: begins anew */
    /** Behind the visits this process only judges and writes: it may put up walls for good.
     */
    bool is_confined;
    const char *step_summary; /**< file that is added to behind that; NULL */
    AuditProgress *progress;
    void *progress_context;
} AuditPlan;

/** Defaults of interface.md. */
void plan_init(AuditPlan *plan, Arena *arena, Clock *clock);
/** Tell the progress of one visit among those of several shops: the event, named after its
 * site, as visit number visit of visits. Nothing where nobody listens. */
void plan_tell(const AuditPlan *plan, const char *site, size_t visit, size_t visits,
               const AuditEvent *event);

/** What all audits of a run share: const after loading. */
typedef struct Catalogue {
    Words *words;
    Grid *grid;
    const char **scenario_folders; /**< all lists NULL-ended */
    const char **persona_folders;
    const char **rule_folders;
    const char **report_folders;
    const char
        *browser_files; /**< folder of web-vitals, axe-core, autoconsent; NULL: none */
} Catalogue;

/** Folder names of the data: "<data>/scenarios" and so on, those that exist. */
void catalogue_folders(Arena *arena, const char *const *data_folders, Catalogue *catalogue);
/** Load words and grid. Errors: ERROR_INPUT with file:line:column, ERROR_FAILED (no data).
 */
bool catalogue_load(Arena *arena, const char *const *data_folders, Catalogue *catalogue,
                    Error *err) MUST_USE;
/** The same with the plan's folders, and its own grid over ours. */
bool catalogue_open(const AuditPlan *plan, Catalogue *catalogue, Error *err) MUST_USE;

#endif
