/* watch.h - what measuring remembers of each document, shared by measure.c, console.c,
 * probe.c, axe.c and diagnose.c. Nobody else includes it. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_WATCH_H
#define VISIT_CHROMIUM_WATCH_H

#include "visit/chromium/measure.h"

/** Something seen, kept until the page is written down. */
typedef struct Note {
    const char *name;
    const char *text;
    double value;
    int mark; /**< 0: the page */
} Note;

typedef struct Notes {
    Note *items;
    size_t count, capacity;
} Notes;

/** One navigation of a document: its load, or a soft one. */
typedef struct View {
    int64_t id; /**< web-vitals' navigation id, 0 not told yet */
    bool is_soft;
    const char *url;
    Page *page;                            /**< NULL: no page of the visit (yet) */
    double fcp, lcp, cls, inp, ttfb;       /**< NAN: not told */
    Notes lcp_notes, cls_notes, inp_notes; /**< replaced by each newer value */
} View;

/** One document. */
typedef struct Watch {
    const char *key;
    View **views; /**< the first is the load */
    size_t view_count, view_capacity;
    int *orders; /**< by mark: element order in the page's tree, -1 */
    size_t order_count;
    Notes errors;     /**< console.*, issue.* */
    Notes layers;     /**< replaced */
    int64_t begun_us; /**< monotonic */
    double age_ms;    /**< of the document when it was last asked */
    int script_errors;
    bool is_watched; /**< its own clock answered */
} Watch;

typedef struct Measure {
    ChromiumVisitor *visitor;
    Arena *arena;
    const char *vitals; /**< web-vitals' text; NULL: not there, and why */
    const char *axe;
    const char *why_no_vitals, *why_no_axe;
    Watch **watches;
    size_t watch_count, watch_capacity;
    Watch *now;           /**< of the document shown; NULL */
    const char **checked; /**< addresses that axe has seen */
    size_t checked_count, checked_capacity;
    bool is_diagnosing; /**< events belong to no page of the visit */
    Notes *strays;      /**< where errors go meanwhile; NULL nowhere */
} Measure;

/** Longest text of an observation, and most of one sort. */
enum { NOTE_TEXT_MAX = 400, NOTES_MAX = 60 };

/** Keep a note; its text is copied and cut. Nothing when there are NOTES_MAX, nor when the
 * same was noted before. */
void note_add(Measure *measure, Notes *notes, Note note);
/** Write a note down as an observation of page. */
void note_down(Measure *measure, const Watch *watch, Page *page, const Note *note);
/** An observation that could not be made, and why. */
void absent_write(Measure *measure, Page *page, const char *name, const char *why);
/** "Looked for, found nothing": an observation with value 0. */
void nothing_write(Measure *measure, Page *page, const char *name);
/** Faults from an array of {value, mark, text}: one observation each, or value 0. */
void faults_write(Measure *measure, const Watch *watch, Page *page, const char *name,
                  const Json *faults);
/** Element order of a mark in the page's tree, -1. */
int mark_order(const Watch *watch, int64_t mark);

/* console.c */

/** Listen to what scripts and the browser complain about. */
void console_listen(Measure *measure);
/** Write down the complaints of a document, zeros included. */
void console_write(Measure *measure, const Watch *watch, Page *page);

/* probe.c */

/** Look at the page shown, touching nothing. */
void probe_still(Measure *measure, const Watch *watch, Page *page);
/** What the watch on layers noticed. */
void probe_layers(Measure *measure, const Watch *watch, Page *page);

/* axe.c */

/** Let axe-core look at the page shown (once an address, first visit only). */
void axe_page(Measure *measure, const Watch *watch, Page *page);

/* diagnose.c */

/** The pass that takes time. */
void diagnose_visit(Measure *measure);

#endif
