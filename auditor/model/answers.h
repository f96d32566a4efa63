/* answers.h - what people answered to the questions that no program can.
 *
 * A table (base/table.h) with the columns rule, answer, remark, date, profile. Given to a
 * judgement by rule/person.c. Layer: model. SPDX-License-Identifier: MIT */
#ifndef MODEL_ANSWERS_H
#define MODEL_ANSWERS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"

/** One answer of one person. */
typedef struct PersonAnswer {
    const char *rule;
    double score;        /**< 1 yes, 0.5 partly, 0 no; NAN: the question does not apply */
    const char *remark;  /**< in their words; "" none */
    const char *date;    /**< the day of the visit, "2026-11-12" */
    const char *profile; /**< who answered, as told: "retired, first visit" */
    int line;            /**< of the file */
} PersonAnswer;

typedef struct PersonAnswers {
    const char *path;
    PersonAnswer *items;
    size_t count, capacity;
} PersonAnswers;

/** Read a file of answers (CSV, or JSON with a list 'answers'). A row without an answer is
 * left out: not every question is asked on every visit. Errors: ERROR_INPUT with
 * file:line. Owns: arena. */
bool answers_load(Arena *arena, const char *path, PersonAnswers *answers,
                  Error *err) MUST_USE;

#endif
