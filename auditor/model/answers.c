/* answers.c - files of human answers. Layer: model. SPDX-License-Identifier: MIT */
#include "model/answers.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/table.h"

enum { PROFILE_MOST = 200, REMARK_MOST = 2000 };

/* The scale, in the words of the questionnaire's languages. */
typedef struct Grade {
    const char *words[8];
    double score;
} Grade;

static bool score_of(const char *word, double *score)
{
    const Grade grades[] = {
        {{"yes", "oui", "y", "o", "1", "true"}, 1},
        {{"partly", "en partie", "partially", "0.5", "0,5"}, 0.5},
        {{"no", "non", "n", "0", "false"}, 0},
        {{"not concerned", "sans objet", "n/a", "na", "not applicable", "-"}, NAN},
    };
    for (size_t g = 0; g < COUNT_OF(grades); g++)
        for (size_t w = 0; w < COUNT_OF(grades[g].words) && grades[g].words[w]; w++)
            if (str_equal_nocase(str_of(word), str_of(grades[g].words[w]))) {
                *score = grades[g].score;
                return true;
            }
    return false;
}

static bool answer_read(Arena *arena, const Table *table, size_t row, PersonAnswer *answer,
                        Error *err)
{
    const char *word = table_cell(table, row, "answer");
    int64_t moment = 0;
    *answer = (PersonAnswer){.rule = table_cell(table, row, "rule"),
                             .remark = table_cell(table, row, "remark"),
                             .date = table_cell(table, row, "date"),
                             .profile = table_cell(table, row, "profile"),
                             .line = table->rows[row].line};
    if (!score_of(word, &answer->score)) {
        table_error(table, row, err, "'%s' is no answer", word);
        return error_hint(err, "yes, partly, no or not concerned; empty: not asked");
    }
    if (!answer->rule[0])
        return table_error(table, row, err, "an answer without 'rule'");
    if (strlen(answer->date) != 10 ||
        !clock_parse_iso8601(arena_printf(arena, "%sT00:00:00Z", answer->date), &moment)) {
        table_error(table, row, err, "'date' wants the day of the visit");
        return error_hint(err, "2026-11-12");
    }
    if (!answer->profile[0]) {
        table_error(table, row, err, "'profile' is empty: who answered?");
        return error_hint(err, "a few words, no name: retired, first visit, on a phone");
    }
    if (str_rune_count(str_of(answer->profile)) > PROFILE_MOST ||
        str_rune_count(str_of(answer->remark)) > REMARK_MOST)
        return table_error(table, row, err, "longer than %d (profile) or %d (remark)",
                           PROFILE_MOST, REMARK_MOST);
    return true;
}

bool answers_load(Arena *arena, const char *path, PersonAnswers *answers, Error *err)
{
    static const char *const columns[] = {"rule", "answer",  "remark",
                                          "date", "profile", "question"};
    Table table;
    *answers = (PersonAnswers){.path = path};
    if (!table_load(arena, path, "answers", &table, err) ||
        !table_only_columns(&table, columns, COUNT_OF(columns), err))
        return false;
    for (size_t row = 0; row < table.row_count; row++) {
        PersonAnswer answer;
        if (!table_cell(&table, row, "answer")[0])
            continue;
        if (!answer_read(arena, &table, row, &answer, err))
            return false;
        ARENA_PUSH(arena, answers->items, answers->count, answers->capacity, answer);
    }
    if (answers->count)
        return true;
    error_set(err, ERROR_INPUT, path, "holds no answer");
    return error_hint(err, "columns: rule, answer, remark, date, profile");
}
