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

/* json, pdf and har are written by audit/, which alone holds what they need. */
static const ReportFormat formats[] = {
    {"html", "report.html", "one page for people, with the evidence; opens anywhere",
     "une page pour les gens, avec les preuves ; s’ouvre partout", html_write},
    {"json", "audit.json",
     "the whole audit for programs; every other format can be made of it",
     "tout l’audit pour les programmes ; tous les autres formats en découlent", NULL},
    {"junit", "junit.xml", "one test a criterion, for CI servers",
     "un test par critère, pour les serveurs d’intégration continue", junit_write},
    {"sarif", "results.sarif", "SARIF 2.1.0, for code scanning tools",
     "SARIF 2.1.0, pour les outils d’analyse de code", sarif_write},
    {"csv", "findings.csv", "findings for a spreadsheet; pages.csv stands beside it",
     "les constats pour un tableur ; pages.csv l’accompagne", csv_findings_write},
    {"csv-pages", "pages.csv", "every page with its measurements; part of csv",
     "chaque page avec ses mesures ; partie de csv", csv_pages_write},
    {"markdown", "summary.md", "a summary for pull requests and CI pages",
     "un résumé pour les demandes de fusion et les pages d’intégration", markdown_write},
    {"pdf", "report.pdf", "the page on paper, through Chromium: cover, page numbers",
     "la page sur papier, par Chromium : couverture, pages numérotées", NULL},
    {"har", "visits", "the visits themselves, one HAR file each",
     "les visites elles-mêmes, un fichier HAR chacune", NULL},
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
