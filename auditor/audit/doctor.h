/* doctor.h - what this machine can do: libraries, data, browser, clock; what to install.
 *
 * Layer: audit. Called by cli doctor. SPDX-License-Identifier: MIT */
#ifndef AUDIT_DOCTOR_H
#define AUDIT_DOCTOR_H

#include "audit/plan.h"

typedef enum DoctorState { DOCTOR_FINE, DOCTOR_WARNING, DOCTOR_BROKEN } DoctorState;

/** One thing looked at. */
typedef struct DoctorRow {
    DoctorState state;
    const char *name;
    const char *says;
    const char *advice; /**< NULL: none */
} DoctorRow;

typedef struct DoctorList {
    DoctorRow *items;
    size_t count, capacity;
} DoctorList;

/** Look at everything an http audit needs (broken when missing) and at what the browser
 * engine needs (a warning); the browser is started and asked. Owns: plan->arena. */
void doctor_look(const AuditPlan *plan, DoctorList *list);

#endif
