/* render.c - writers called, files put where they belong. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/render.h"

#include <string.h>

#include "audit/run.h"
#include "base/out.h"
#include "model/audit_json.h"
#include "report/locale.h"
#include "report/report.h"
#include "visit/chromium/print.h"

enum { OUTPUT_LIMIT = 256 << 20 };

/* Phrases about rules are said with the rule's own texts, the others with the report's
 * words. */
typedef struct Saying {
    const Audit *audit;
    Locale *locale;
} Saying;

static const char *say(void *context, Arena *arena, const Phrase *phrase)
{
    const Saying *saying = context;
    bool is_rule = strncmp(phrase->key, "finding.", 8) == 0 && phrase->count > 0;
    const Rule *rule = NULL;
    for (size_t i = 0; is_rule && i < saying->audit->finding_count; i++)
        if (strcmp(saying->audit->findings[i]->rule->id, phrase->values[0]) == 0)
            rule = saying->audit->findings[i]->rule;
    if (!rule)
        return locale_say(saying->locale, arena, phrase);
    bool is_repair = strcmp(phrase->key, "finding.repair") == 0;
    return locale_text(saying->locale, arena, is_repair ? &rule->fix : &rule->criterion);
}

bool render_json(const AuditPlan *plan, const Catalogue *catalogue, const Audit *audit,
                 Str *json, Error *err)
{
    Saying saying = {.audit = audit};
    if (!locale_load(plan->arena, catalogue->report_folders, plan->language, &saying.locale,
                     err))
        return false;
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, OUTPUT_LIMIT);
    if (!audit_write(audit, say, &saying, &out, err))
        return false;
    *json = arena_str(plan->arena, buf_str(&out));
    return true;
}

const FormatRow *render_rows(Arena *arena)
{
    static const FormatRow own[] = {
        {"json", "audit.json", "everything as data", "toutes les données"},
        {"har", "visits/*.har", "the visits, for any HAR viewer",
         "les visites, pour tout lecteur de HAR"}};
    size_t count = COUNT_OF(own);
    for (const ReportFormat *format = report_formats(); format->name; format++)
        count++;
    FormatRow *rows = ARENA_ARRAY(arena, count + 1, FormatRow);
    size_t n = 0;
    for (const ReportFormat *format = report_formats(); format->name; format++)
        if (strcmp(format->name, own[0].name) != 0 &&
            strcmp(format->name, own[1].name) != 0)
            rows[n++] = (FormatRow){format->name, format->file, format->en, format->fr};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        rows[n++] = own[i];
    return rows;
}

static bool format_check(const AuditPlan *plan, const char *name, Error *err)
{
    const FormatRow *rows = render_rows(plan->arena);
    const char *names[32] = {NULL};
    int count = 0;
    for (; count < (int)COUNT_OF(names) && rows[count].name; count++) {
        names[count] = rows[count].name;
        if (strcmp(names[count], name) == 0)
            return true;
    }
    error_set(err, ERROR_INPUT, NULL, "unknown format '%s'", name);
    const char *near = error_did_you_mean(name, names, count);
    if (near)
        return error_hint(err, "did you mean '%s'?", near);
    return error_hint(err, "'mystery list formats' names them");
}

bool render_check(const AuditPlan *plan, Error *err)
{
    if (plan->template_folder && !path_is_folder(plan->template_folder)) {
        error_set(err, ERROR_INPUT, plan->template_folder, "is no folder of templates");
        return error_hint(err, "it holds html/cover.mustache, html/report.css ...");
    }
    for (size_t i = 0; i < plan->formats.count; i++) {
        if (!format_check(plan, plan->formats.items[i], err))
            return false;
        if (strcmp(plan->formats.items[i], "pdf") == 0 &&
            !print_can(plan->wants_shell, err))
            return false;
    }
    return true;
}

/* Where a file stands; on standard output, which stands nowhere, pictures stay away. */
static const char *folder_of(Arena *arena, const char *path)
{
    const char *name = path_name(path);
    if (strcmp(path, "-") == 0)
        return NULL;
    return name == path ? "."
                        : arena_str_text(arena, str_from(path, (size_t)(name - path)));
}

/* The folders of words and templates; one's own template folder wins over all. */
static const char *const *folders_for(const AuditPlan *plan, const Catalogue *catalogue)
{
    TextList folders = {0};
    for (const char **folder = catalogue->report_folders; *folder; folder++)
        text_list_add(plan->arena, &folders, *folder);
    if (plan->template_folder)
        text_list_add(plan->arena, &folders, plan->template_folder);
    return folders.items ? folders.items : catalogue->report_folders;
}

bool render_language_check(const AuditPlan *plan, const Catalogue *catalogue, Error *err)
{
    Locale *locale = NULL;

    return locale_load(plan->arena, folders_for(plan, catalogue), plan->language, &locale,
                       err);
}

static ReportOptions options_for(const AuditPlan *plan, const Catalogue *catalogue,
                                 const char *path)
{
    return (ReportOptions){.language = plan->language,
                           .folders = folders_for(plan, catalogue),
                           .folder = folder_of(plan->arena, path),
                           .brand = plan->brand,
                           .product = plan->product};
}

/* The page, printed; it takes its pictures from beside the report as the page does. */
static bool pdf_write(const AuditPlan *plan, const Catalogue *catalogue, const Audit *audit,
                      const char *path, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    ReportOptions options = options_for(plan, catalogue, path);
    PrintOptions print = {.wants_shell = plan->wants_shell,
                          .is_sandbox_waived = plan->is_sandbox_waived};
    AUTO(buf_release) Buf out = {0};
    Str pdf;
    buf_init(&out, OUTPUT_LIMIT);
    if (!report_format("html")->write(audit, &options, &out, err))
        return false;
    print.html = buf_str(&out);
    return print_pdf(arena, &print, plan->clock, &pdf, err) && file_write(path, pdf, err);
}

static bool format_write(const AuditPlan *plan, const Catalogue *catalogue,
                         const Audit *audit, const ReportFormat *format, const char *path,
                         Error *err)
{
    ReportOptions options = options_for(plan, catalogue, path);
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, OUTPUT_LIMIT);
    return format->write(audit, &options, &out, err) &&
           file_write(path, buf_str(&out), err);
}

/* audit.json itself, for `report --format json`: in the language asked for. */
static bool json_write(const AuditPlan *plan, const Catalogue *catalogue,
                       const Audit *audit, const char *path, Error *err)
{
    Str json;
    return render_json(plan, catalogue, audit, &json, err) && file_write(path, json, err);
}

/* One format by its name, into the folder or to standard output. */
static bool name_write(const AuditPlan *plan, const Catalogue *catalogue,
                       const Audit *audit, const char *name, const char *folder, Error *err)
{
    bool is_stdout = strcmp(folder, "-") == 0;
    const ReportFormat *format = report_format(name);
    if (!format)
        return true;
    const char *path = is_stdout ? "-" : path_join(plan->arena, folder, format->file);
    if (strcmp(name, "json") == 0)
        return json_write(plan, catalogue, audit, path, err);
    if (strcmp(name, "pdf") == 0)
        return pdf_write(plan, catalogue, audit, path, err);
    if (!format->write)
        return true; /* HARs: the visits themselves */
    if (!format_write(plan, catalogue, audit, format, path, err))
        return false;
    /* csv is two files; standard output takes the first. */
    bool is_csv = strcmp(name, "csv") == 0 && !is_stdout;
    return !is_csv || name_write(plan, catalogue, audit, "csv-pages", folder, err);
}

bool render_formats(const AuditPlan *plan, const Catalogue *catalogue, const Audit *audit,
                    const char *folder, Error *err)
{
    bool is_stdout = strcmp(folder, "-") == 0;
    if (is_stdout && plan->formats.count != 1) {
        error_set(err, ERROR_INPUT, "--output", "'-' takes one format");
        return error_hint(err, "add --format html, or another one");
    }
    if (!is_stdout && !folder_make(folder, err))
        return false;
    for (size_t i = 0; i < plan->formats.count; i++)
        if (!name_write(plan, catalogue, audit, plan->formats.items[i], folder, err))
            return false;
    return true;
}

bool audit_append(const AuditPlan *plan, const Audit *audit, const char *path, Error *err)
{
    Catalogue catalogue;
    catalogue_folders(plan->arena, plan->data_folders, &catalogue);
    ReportOptions options = {.language = plan->language,
                             .folders = catalogue.report_folders};
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, OUTPUT_LIMIT);
    return report_format("markdown")->write(audit, &options, &out, err) &&
           file_append(path, buf_str(&out), err);
}

bool audit_summary(const AuditPlan *plan, const Audit *audit, bool has_colour,
                   const char *report_path, Str *text, Error *err)
{
    Catalogue catalogue;
    catalogue_folders(plan->arena, plan->data_folders, &catalogue);
    ReportOptions options = {.language = plan->language,
                             .folders = catalogue.report_folders,
                             .has_colour = has_colour,
                             .report_path = report_path};
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, OUTPUT_LIMIT);
    if (!report_summary(audit, &options, &out, err))
        return false;
    *text = arena_str(plan->arena, buf_str(&out));
    return true;
}
