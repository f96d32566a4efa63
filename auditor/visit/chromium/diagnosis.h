/* diagnosis.h - a page visited once more, in a tab of its own, shared by diagnose.c and its
 * probes. Nobody else includes it. Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_DIAGNOSIS_H
#define VISIT_CHROMIUM_DIAGNOSIS_H

#include "visit/chromium/watch.h"

typedef struct Diagnosis {
    Measure *measure;
    Page *page;               /**< of the visit, which observations are about */
    const Document *document; /**< of Page.dom */
    ChromiumVisitor tab;      /**< ours, on another tab: for page_ask, keys, pointer */
    int64_t until_us;         /**< monotonic: no new probe after that */
} Diagnosis;

/** Let the tab live for a while. */
void diagnosis_pause(Diagnosis *diagnosis, int64_t us);
/** An observation about an element of the tab ({value, path, text}). */
void diagnosis_write(Diagnosis *diagnosis, const char *name, double value,
                     const Json *place);
/** One observation a place whose value is above 0; one with 0 when there is none; absent
 * when places is no array. */
void diagnosis_faults(Diagnosis *diagnosis, const char *name, const Json *places);
/** A number about the page. */
void diagnosis_number(Diagnosis *diagnosis, const char *name, double value);
/** Could not be looked for. */
void diagnosis_absent(Diagnosis *diagnosis, const char *name, const char *why);
/** Looked for, found nothing: 0; but absent when there was no time to look to the end. */
void diagnosis_nothing(Diagnosis *diagnosis, const char *name);
/** Is there time for more? */
bool diagnosis_has_time(const Diagnosis *diagnosis);
/** Ask the tab with no arguments but a number or a text; NULL: no answer. */
const Json *diagnosis_ask(Diagnosis *diagnosis, const char *name);

/** diagnose_keys.c: what the keyboard reaches, and whether one sees where it is. */
void diagnose_keys(Diagnosis *diagnosis);
/** diagnose_pointer.c: menus, exit pop-ups, the wheel. */
void diagnose_pointer(Diagnosis *diagnosis);
/** diagnose_change.c: what moves, less motion, narrow screens, wider spacing. */
void diagnose_change(Diagnosis *diagnosis);

/* coverage.c */

typedef struct Coverage Coverage;

/** Begin to count in the tab, before its page is loaded. */
Coverage *coverage_begin(Diagnosis *diagnosis);
/** Write down which share of each file was not used, and stop counting. */
void coverage_end(Coverage *coverage, Diagnosis *diagnosis);

#endif
