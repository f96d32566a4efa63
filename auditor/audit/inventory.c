/* inventory.c - lists and explanations. Layer: audit. SPDX-License-Identifier: MIT */
#include "audit/inventory.h"

#include <math.h>
#include <string.h>

#include "audit/render.h"
#include "base/json.h"
#include "base/out.h"
#include "report/grid_page.h"
#include "report/locale.h"
#include "report/report.h"
#include "scenario/load.h"

enum { WORDS_LIMIT = 32 << 20 };

/* One row of a list: parallel names and values, the first is the id, the last the title. */
typedef struct Listing {
    LangText title;   /* of the row being written, in all languages */
    const Rule *rule; /* of the row, for lists of rules */
    const AuditPlan *plan;
    const Catalogue *catalogue;
    JsonWriter *json; /* NULL: text */
    Buf *out;
} Listing;

static void texts_write(JsonWriter *json, const char *key, const char *const *texts)
{
    json_write_key(json, key);
    json_write_array(json);
    for (; texts && *texts; texts++)
        json_write_text(json, *texts);
    json_write_end(json);
}

static void rule_fields_write(JsonWriter *json, const Rule *rule)
{
    json_write_key(json, "pages");
    json_write_array(json);
    if (rule->pages == UINT32_MAX)
        json_write_text(json, "all");
    for (int kind = 0; rule->pages != UINT32_MAX && kind < PAGE_KIND_COUNT; kind++)
        if (rule->pages & (1U << kind))
            json_write_text(json, page_kind_name((PageKind)kind));
    json_write_end(json);
    texts_write(json, "engines", rule->engines);
    texts_write(json, "countries", rule->countries);
    json_put_text(json, "source", rule->source);
}

/* The title of a row of a table that knows English and French. */
static void title_set(Listing *listing, const char *en, const char *fr)
{
    listing->title = (LangText){2, {"en", "fr"}, {en, fr}};
}

static void row_write(Listing *listing, const char *const *names, const char *const *values,
                      int count)
{
    if (!listing->json) {
        for (int i = 0; i < count; i++)
            buf_printf(listing->out,
                       i == 0          ? "%-30s"
                       : i < count - 1 ? " %-14s"
                                       : " %s",
                       values[i] ? values[i] : "-");
        buf_add_byte(listing->out, '\n');
        return;
    }
    json_write_object(listing->json);
    for (int i = 0; i < count - 1; i++)
        json_put_text(listing->json, names[i], values[i]);
    if (count == 1)
        json_put_text(listing->json, names[0], values[0]);
    json_write_key(listing->json, "title");
    json_write_object(listing->json);
    for (int i = 0; i < listing->title.count; i++)
        json_put_text(listing->json, listing->title.languages[i], listing->title.texts[i]);
    json_write_end(listing->json);
    if (listing->rule)
        rule_fields_write(listing->json, listing->rule);
    json_write_end(listing->json);
}

static bool rules_list(Listing *listing, Error *err)
{
    static const char *const names[] = {"id",         "dimension", "impact",
                                        "confidence", "check",     "title"};
    Catalogue catalogue;
    const AuditPlan *plan = listing->plan;
    if (!catalogue_open(plan, &catalogue, err))
        return false;
    for (size_t i = 0; i < catalogue.grid->rule_count; i++) {
        const Rule *rule = catalogue.grid->rules[i];
        listing->rule = rule;
        listing->title = rule->criterion;
        const char *values[] = {rule->id,
                                dimension_name(rule->dimension),
                                impact_name(rule->impact),
                                confidence_name(rule->confidence),
                                check_kind_name(rule->check_kind),
                                lang_text(&rule->criterion, plan->language)};
        row_write(listing, names, values, 6);
    }
    return true;
}

static bool scenarios_list(Listing *listing, Error *err)
{
    static const char *const names[] = {"id", "purpose", "title"};
    const AuditPlan *plan = listing->plan;
    const char **ids = NULL;
    if (!scenario_ids(plan->arena, listing->catalogue->scenario_folders, &ids, err))
        return false;
    for (; *ids; ids++) {
        Scenario scenario;
        if (!scenario_find(plan->arena, listing->catalogue->scenario_folders, *ids,
                           &scenario, err))
            return false;
        listing->title = scenario.title;
        const char *title = lang_text(&scenario.title, plan->language);
        const char *purpose = lang_text(&scenario.purpose, plan->language);
        const char *values[] = {scenario.id, listing->json ? purpose : title,
                                listing->json ? title : purpose};
        row_write(listing, names, values, 3);
    }
    return true;
}

static bool personas_list(Listing *listing, Error *err)
{
    static const char *const names[] = {"id", "device", "network", "title"};
    const AuditPlan *plan = listing->plan;
    const char **ids = NULL;
    if (!persona_ids(plan->arena, listing->catalogue->persona_folders, &ids, err))
        return false;
    for (; *ids; ids++) {
        Persona persona;
        if (!persona_find(plan->arena, listing->catalogue->persona_folders, *ids, &persona,
                          err))
            return false;
        listing->title = persona.title;
        const char *values[] = {persona.id, persona.is_phone ? "phone" : "desktop",
                                persona.network, lang_text(&persona.title, plan->language)};
        row_write(listing, names, values, 4);
    }
    return true;
}

static bool is_french(const Listing *listing)
{
    return strcmp(listing->plan->language, "fr") == 0;
}

static bool steps_list(Listing *listing, Error *err)
{
    static const char *const names[] = {"id", "title"};
    (void)err;
    for (int i = 0; i < STEP_KIND_COUNT; i++) {
        const StepInfo *info = step_info((StepKind)i);
        title_set(listing, info->en, info->fr);
        const char *values[] = {info->name, is_french(listing) ? info->fr : info->en};
        row_write(listing, names, values, 2);
    }
    return true;
}

static bool metrics_list(Listing *listing, Error *err)
{
    static const char *const names[] = {"id", "unit", "engines", "title"};
    (void)err;
    for (int i = 0; i < METRIC_COUNT; i++) {
        const MetricInfo *info = metric_info((Metric)i);
        const char *engines = strcmp(info->engines, "hc") == 0 ? "http,chromium"
                              : info->engines[0] == 'h'        ? "http"
                                                               : "chromium";
        title_set(listing, info->en, info->fr);
        const char *values[] = {info->name, info->unit, engines,
                                is_french(listing) ? info->fr : info->en};
        row_write(listing, names, values, 4);
    }
    return true;
}

static bool formats_list(Listing *listing, Error *err)
{
    static const char *const names[] = {"id", "file", "title"};
    (void)err;
    for (const FormatRow *format = render_rows(listing->plan->arena); format->name;
         format++) {
        title_set(listing, format->en, format->fr);
        const char *values[] = {format->name, format->file,
                                is_french(listing) ? format->fr : format->en};
        row_write(listing, names, values, 3);
    }
    return true;
}

/* What a language calls itself, in its file of words. */
static const char *language_name(const Listing *listing, const char *language)
{
    const AuditPlan *plan = listing->plan;
    const char *name = language;
    for (const char **folder = listing->catalogue->report_folders; *folder; folder++) {
        JsonFile file;
        Error ignored = {0};
        const char *path = path_join(plan->arena, *folder,
                                     arena_printf(plan->arena, "words/%s.json", language));
        if (path_is_file(path) &&
            json_load(plan->arena, path, WORDS_LIMIT, &file, &ignored))
            name = arena_text(plan->arena, json_text(json_get(file.root, "name"), name));
    }
    return name;
}

static bool languages_list(Listing *listing, Error *err)
{
    static const char *const names[] = {"id", "title"};
    const char **languages = NULL;
    if (!report_languages(listing->plan->arena, listing->catalogue->report_folders,
                          &languages, err))
        return false;
    for (; *languages; languages++) {
        const char *values[] = {*languages, language_name(listing, *languages)};
        title_set(listing, values[1], values[1]);
        row_write(listing, names, values, 2);
    }
    return true;
}

bool inventory_list(const AuditPlan *plan, const char *what, bool is_json, Buf *out,
                    Error *err)
{
    static const struct {
        const char *name;
        bool (*list)(Listing *listing, Error *err);
    } kinds[] = {{"rules", rules_list},        {"scenarios", scenarios_list},
                 {"personas", personas_list},  {"steps", steps_list},
                 {"metrics", metrics_list},    {"formats", formats_list},
                 {"languages", languages_list}};

    const char *names[COUNT_OF(kinds)];
    Catalogue catalogue;
    JsonWriter json;
    catalogue_folders(plan->arena, plan->data_folders, &catalogue);
    json_writer_init(&json, out, true);
    Listing listing = {
        .plan = plan, .catalogue = &catalogue, .json = is_json ? &json : NULL, .out = out};
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        names[i] = kinds[i].name;
        if (strcmp(kinds[i].name, what) != 0)
            continue;
        if (is_json)
            json_write_array(&json);
        if (!kinds[i].list(&listing, err))
            return false;
        if (is_json) {
            json_write_end(&json);
            buf_add_byte(out, '\n');
        }
        return buf_check(out, "the list", err);
    }
    error_set(err, ERROR_INPUT, NULL, "there is no list of '%s'", what);
    const char *near = error_did_you_mean(what, names, (int)COUNT_OF(names));
    return near ? error_hint(err, "did you mean '%s'?", near)
                : error_hint(err,
                             "rules scenarios personas steps metrics formats languages");
}

static const Rule *rule_find(const AuditPlan *plan, const Grid *grid, const char *id,
                             Error *err)
{
    const Rule *rule = grid_rule(grid, id);
    if (rule)
        return rule;
    const char **ids = ARENA_ARRAY(plan->arena, grid->rule_count, const char *);
    for (size_t i = 0; i < grid->rule_count; i++)
        ids[i] = grid->rules[i]->id;
    error_set(err, ERROR_INPUT, NULL, "there is no rule '%s'", id);
    const char *near = error_did_you_mean(id, ids, (int)grid->rule_count);
    if (near)
        error_hint(err, "did you mean '%s'?", near);
    else
        error_hint(err, "'mystery list rules' names them");
    return NULL;
}

static void pages_write(const Rule *rule, Buf *out)
{
    if (rule->pages == UINT32_MAX) {
        buf_add_text(out, "all ");
        return;
    }
    for (int kind = 0; kind < PAGE_KIND_COUNT; kind++)
        if (rule->pages & (1U << kind))
            buf_printf(out, "%s ", page_kind_name((PageKind)kind));
}

/* What the reports say beside every criterion of law, in the same words. */
static bool legal_note_write(const AuditPlan *plan, const Catalogue *catalogue, Buf *out,
                             Error *err)
{
    Locale *locale = NULL;
    if (!locale_load(plan->arena, catalogue->report_folders, plan->language, &locale, err))
        return false;
    buf_printf(out, "\n%s\n", locale_word(locale, "finding.legal"));
    return true;
}

bool inventory_explain(const AuditPlan *plan, const char *id, Buf *out, Error *err)
{
    static const char *const labels[2][5] = {
        {"Why:", "How to fix:", "Limits:", "Checked on:", "Source:"},
        {"Pourquoi :", "Que faire :", "Limites :", "Vérifié sur :", "Source :"}};
    Catalogue catalogue;
    if (!catalogue_open(plan, &catalogue, err))
        return false;
    const Rule *rule = rule_find(plan, catalogue.grid, id, err);
    if (!rule)
        return false;
    const char *const *label = labels[strcmp(plan->language, "fr") == 0];
    const LangText *texts[] = {&rule->why, &rule->fix, &rule->limits};
    buf_printf(out, "%s  (%s, %s, %s)\n\n%s\n", rule->id, dimension_name(rule->dimension),
               impact_name(rule->impact), confidence_name(rule->confidence),
               lang_text(&rule->criterion, plan->language));
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (lang_text(texts[i], plan->language)[0])
            buf_printf(out, "\n%s %s\n", label[i], lang_text(texts[i], plan->language));
    buf_printf(out, "\n%s ", label[3]);
    pages_write(rule, out);
    buf_printf(out, "(%s)\n%s %s\n", check_kind_name(rule->check_kind), label[4],
               rule->source ? rule->source : "");
    if (rule->is_legal && !legal_note_write(plan, &catalogue, out, err))
        return false;
    return buf_check(out, "the explanation", err);
}

bool inventory_grid_page(const AuditPlan *plan, Buf *out, Error *err)
{
    Catalogue catalogue;
    if (!catalogue_open(plan, &catalogue, err))
        return false;
    ReportOptions options = {.language = plan->language,
                             .folders = catalogue.report_folders};
    return grid_page(catalogue.grid, &options, out, err);
}
