/* check.h - a check as data: how it is compiled, what it looks at, what it answers.
 *
 * A check is a small tree. Its own kind answers first; "when" says what must hold for the
 * rule to have an object, "or" what also makes it pass, "and" what must hold besides,
 * "sure" what must hold for a failure to be one: elsewhere it is cannot-tell. Knows no rule
 * and no weight. Layer: rule. Called by pack.c (compile) and judge.c (run).
 * SPDX-License-Identifier: MIT */
#ifndef RULE_CHECK_H
#define RULE_CHECK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/json.h"
#include "model/audit.h"
#include "rule/judge.h"
#include "rule/site.h"
#include "rule/view.h"
#include "words/words.h"

enum {
    CHECK_EVIDENCE_MAX = 5,   /**< pieces of evidence kept of one answer */
    CHECK_DEPTH_MAX = 8,      /**< of when/or/and/sure */
    CHECK_SNIPPET_BYTES = 300 /**< of one quote */
};

/** What a check looks at: this decides how often judge.c runs it. */
typedef enum CheckScope {
    SCOPE_DOCUMENT, /**< the HTML of a page: same HTML, same answer */
    SCOPE_PAGE,     /**< a page with its exchanges and measures */
    SCOPE_VISIT,    /**< a visit as a whole */
    SCOPE_SITE,     /**< all visits together */
} CheckScope;

/** What is being judged. view is NULL for visits and the site, visit NULL for the site. */
typedef struct Subject {
    const Audit *audit;
    const Visit *visit;
    const Page *page;
    View *view;
    const Words *words;
    const JudgeOptions *options;
    const Site *site; /**< for SCOPE_SITE; NULL otherwise */
    Arena *arena;     /**< answers are kept here: as long as the audit */
} Subject;

/** A check's answer. */
typedef struct Answer {
    FindingOutcome outcome;
    double score;     /**< 0 to 1; NAN unless conclusive */
    double value;     /**< what was measured; NAN: none */
    double threshold; /**< what value is held against; NAN: none */
    const char *unit; /**< of value; NULL */
    const char *text; /**< what was read; NULL */
    int count, total; /**< "count of total fail"; -1: none */
    const char *reason;
    Evidence evidence[CHECK_EVIDENCE_MAX];
    int evidence_count;
} Answer;

typedef struct Check Check;

/** What a compile function works with. */
typedef struct CheckSource {
    Arena *arena;         /**< of the catalogue */
    const JsonFile *file; /**< for messages */
    const Words *words;   /**< for @intents */
    bool uses_words;      /**< set by pattern_compile */
    CheckScope scope;     /**< of the check being compiled: its kind's unless it says so */
} CheckSource;

/** One kind of check. */
typedef struct CheckType {
    CheckKind kind;
    CheckScope scope;
    const char *const *keys; /**< allowed beside kind, when, or, and, sure, transport,
                                any_status, any_page, unmet, stands_on */
    int key_count;
    bool (*compile)(CheckSource *source, const Json *json, void **data, Error *err);
    void (*run)(const void *data, const Subject *subject, Answer *answer);
} CheckType;

/** A compiled check. */
struct Check {
    const CheckType *type;
    void *data;
    bool is_transport;   /**< not-applicable over plain http on loopback */
    bool is_any_status;  /**< judges pages that answered 4xx or 5xx too */
    bool is_any_page;    /**< one page that passes is enough for all */
    bool is_unmet_open;  /**< what is not met is not failed: it cannot tell */
    uint32_t stands_on;  /**< bit per PageKind that must have been seen for a failure; 0 */
    CheckScope scope;    /**< of the whole tree */
    bool needs_document; /**< itself, whatever its branches widen the scope to */
    bool uses_words;     /**< an unknown language makes its failures cannot-tell */
    Check **when, **either, **both, **sure;
    int when_count, either_count, both_count, sure_count;
};

/** Compile a check and its branches. Errors: ERROR_INPUT with file:line:column. */
bool check_compile(CheckSource *source, const Json *json, Check **check,
                   Error *err) MUST_USE;
/** Scope of the whole tree: the widest of its parts, as seen from its root. */
CheckScope check_scope(const Check *check);
/** Run the tree. */
void check_run(const Check *check, const Subject *subject, Answer *answer);
/** Is the reason for passing over a page its status (4xx, 5xx) and does check mind? */
bool check_accepts_status(const Check *check, int status);

/** Fill an answer. */
void answer_init(Answer *answer);
void answer_set(Answer *answer, FindingOutcome outcome, const char *reason);
/** Conclusive: passes or fails, score 1 or 0. */
void answer_verdict(Answer *answer, bool is_met);
/** Add evidence (silently no more than CHECK_EVIDENCE_MAX). Texts are kept as they are. */
void answer_evidence(Answer *answer, const char *selector, const char *snippet,
                     const char *note);
/** Evidence about a node: its CSS path and the beginning of its markup. */
void answer_node(Answer *answer, const Subject *subject, const Node *node,
                 const char *note);

/** The kinds, in files of their own. */
extern const CheckType check_css;
extern const CheckType check_xpath;
extern const CheckType check_regex;
extern const CheckType check_header;
extern const CheckType check_resource;
extern const CheckType check_metric;
extern const CheckType check_journey;
extern const CheckType check_structured;
extern const CheckType check_site;
extern const CheckType check_layout;
extern const CheckType check_interact;
extern const CheckType check_history;
extern const CheckType check_person;

#endif
