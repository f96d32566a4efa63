/* reader.h - what the readers of scenario and persona files share: the file being read, how
 * strict they are, and how they complain.
 *
 * Private to scenario/. Layer: scenario. SPDX-License-Identifier: MIT */
#ifndef SCENARIO_READER_H
#define SCENARIO_READER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "base/json.h"
#include "model/scenario.h"

/** A file being read. */
typedef struct Reader {
    Arena *arena;
    const JsonFile *file;
    bool is_strict; /**< the reference parser's verdicts and nothing else */
    void (*warn)(void *context, const Error *warning); /**< NULL: nobody listens */
    void *context;
    double timeout_ms; /**< of the flow; 0: none given */
    bool has_journey;  /**< the file has templating */
} Reader;

/** Tell that value is accepted although something is odd. hint: may be NULL. */
void reader_warn(const Reader *reader, const Json *value, const char *hint,
                 const char *format, ...) PRINTF_LIKE(4, 5);
/** What our own rules (not the reference parser's) say against value: an error, or in
 * strict mode a warning. problem: what is wrong, without a place. Returns whether to go on.
 */
bool reader_object(const Reader *reader, const Json *value, const Error *problem,
                   Error *err) MUST_USE;
/** Read {"en": ..., "fr": ...}, or one text for English. Errors: ERROR_INPUT. */
bool reader_lang(const Reader *reader, const Json *value, LangText *text,
                 Error *err) MUST_USE;
/** Check the keys of an object that only our own rules know. Returns whether to go on. */
bool reader_keys(const Reader *reader, const Json *object, const char *const *known,
                 int count, Error *err) MUST_USE;

/** Read one step by the reference parser's rules (recorder.c): all but parameters.
 * index: in the file, from 0. Errors: ERROR_INPUT. */
bool recorder_step(const Reader *reader, const Json *json, int index, ScenarioStep *step,
                   Error *err) MUST_USE;
/** Read the flow's own fields; fills reader->timeout_ms. Errors: ERROR_INPUT. */
bool recorder_flow(Reader *reader, const Json *root, Error *err) MUST_USE;
/** Check the parameters of a mystery step (parameters.c). Errors: ERROR_INPUT. */
bool parameters_check(const Reader *reader, const ScenarioStep *step, Error *err) MUST_USE;
/** Read mystery/journey into the scenario (journey.c). Errors: ERROR_INPUT. */
bool journey_read(const Reader *reader, const ScenarioStep *step, Scenario *scenario,
                  Error *err) MUST_USE;

#endif
