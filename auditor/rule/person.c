/* person.c - kind person: no page says it, a person does.
 *
 *     {"kind": "person"}
 *
 * Judged from facts alone it cannot tell; the answers come from a file. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include "rule/person.h"

#include <math.h>
#include <string.h>

#include "rule/check.h"
#include "rule/finding_build.h"

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    (void)source;
    (void)json;
    (void)err;
    *data = NULL;
    return true;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    (void)data;
    (void)subject;
    answer_set(answer, FINDING_CANNOT_TELL, "only a person can answer, and nobody has");
}

const CheckType check_person = {
    .kind = CHECK_PERSON, .scope = SCOPE_SITE, .compile = compile, .run = run};

bool person_is_asked(const Grid *grid)
{
    for (size_t i = 0; i < grid->rule_count; i++)
        if (grid->rules[i]->check_kind == CHECK_PERSON)
            return true;
    return false;
}

bool person_check(const Grid *grid, const PersonAnswers *answers, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    for (size_t i = 0; i < answers->count; i++) {
        const PersonAnswer *answer = &answers->items[i];
        if (grid_rule(grid, answer->rule))
            continue;
        const char **ids = ARENA_ARRAY(arena, grid->rule_count, const char *);
        for (size_t r = 0; r < grid->rule_count; r++)
            ids[r] = grid->rules[r]->id;
        error_set(err, ERROR_INPUT,
                  arena_printf(arena, "%s:%d", answers->path, answer->line),
                  "there is no rule '%s'", answer->rule);
        const char *near = error_did_you_mean(answer->rule, ids, (int)grid->rule_count);
        return near ? error_hint(err, "did you mean '%s'?", near)
                    : error_hint(err, "'mystery list rules' names them");
    }
    return true;
}

static void result_add(Audit *audit, Finding *finding, const PersonAnswer *answer)
{
    bool applies = !isnan(answer->score);
    PageResult result = {.page = -1,
                         .outcome = !applies             ? FINDING_NOT_APPLICABLE
                                    : answer->score >= 1 ? FINDING_PASS
                                                         : FINDING_FAIL,
                         .score = answer->score,
                         .value = NAN,
                         .count = -1,
                         .total = -1,
                         .reason = applies ? NULL : "a person says that it does not apply",
                         .person = arena_text(audit->arena, answer->profile),
                         .date = arena_text(audit->arena, answer->date)};
    if (answer->remark[0])
        result.text = arena_text(audit->arena, answer->remark);
    ARENA_PUSH(audit->arena, finding->results, finding->result_count,
               finding->result_capacity, result);
}

size_t person_apply(Audit *audit, const PersonAnswers *answers)
{
    size_t used = 0;
    for (size_t f = 0; f < audit->finding_count && audit->visit_count; f++) {
        Finding *finding = audit->findings[f];
        bool is_filled = false;
        if (finding->outcome != FINDING_CANNOT_TELL)
            continue;
        for (size_t i = 0; i < answers->count; i++) {
            if (strcmp(answers->items[i].rule, finding->rule->id) != 0)
                continue;
            if (!is_filled) {
                finding->results = NULL;
                finding->result_count = finding->result_capacity = 0;
                finding->unit = NULL;
                finding->threshold = NAN;
            }
            result_add(audit, finding, &answers->items[i]);
            is_filled = true;
            used++;
        }
        if (is_filled)
            finding_close(finding, audit);
    }
    findings_group(audit->findings, audit->finding_count, audit->grid);
    return answers->count - used;
}
