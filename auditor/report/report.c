/* report.c - the table of formats and the list of languages.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <string.h>

#include "base/out.h"
#include "report/writers.h"

/* Insert into a sorted list unless it is there. */
static void language_add(Arena *arena, const char ***list, size_t *count, size_t *capacity,
                         const char *language)
{
    size_t at = 0;

    while (at < *count && strcmp((*list)[at], language) < 0)
        at++;
    if (at < *count && strcmp((*list)[at], language) == 0)
        return;
    ARENA_PUSH(arena, *list, *count, *capacity, language);
    for (size_t i = *count - 1; i > at; i--)
        (*list)[i] = (*list)[i - 1];
    (*list)[at] = language;
}

bool report_languages(Arena *arena, const char *const *folders, const char ***languages,
                      Error *err)
{
    const char **list = NULL;
    size_t count = 0, capacity = 0;

    for (; folders && *folders; folders++) {
        const char *folder = path_join(arena, *folders, "words");
        const char **names = NULL;
        size_t found = 0;

        if (!path_is_folder(folder))
            continue;
        if (!folder_list(arena, folder, ".json", &names, &found, err))
            return false;
        for (size_t i = 0; i < found; i++)
            language_add(arena, &list, &count, &capacity,
                         arena_str_text(arena, str_from(names[i], strlen(names[i]) - 5)));
    }
    ARENA_PUSH(arena, list, count, capacity, NULL);
    *languages = list;
    return true;
}

static const ReportFormat formats[] = {
    {"html", "report.html", "one page for people, with the evidence; opens anywhere",
     "une page pour les gens, avec les preuves ; s’ouvre partout", html_write},
    {.name = NULL},
};

const ReportFormat *report_formats(void)
{
    return formats;
}

const ReportFormat *report_format(const char *name)
{
    for (const ReportFormat *format = formats; format->name; format++) {
        if (strcmp(format->name, name) == 0)
            return format;
    }
    return NULL;
}
