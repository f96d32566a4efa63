/* complete.c - foreign pages recognised, journeys grouped, countries found. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/complete.h"

#include <string.h>

#include "dom/html.h"
#include "scenario/load.h"
#include "words/recognise.h"

static void page_complete(Visit *visit, Page *page, const Words *words)
{
    const Exchange *exchange = visit->exchanges[page->document];
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    Error ignored = {0};
    const char *type = exchange_header(exchange, "content-type");
    if (!exchange->has_body ||
        !html_parse(arena, exchange->body, type, page->url, NULL, &document, &ignored))
        return;
    PageContext context = {.url = page->url,
                           .status = page->status,
                           .headers = exchange->headers,
                           .header_count = exchange->header_count,
                           .site = visit->site,
                           .is_platform_hinted = true};
    const char *signs = NULL;
    page->kind = page_recognise(words, document, &context, arena, &page->stage, &signs);
    page->kind_signs = arena_text(visit->arena, signs);
    page->title = arena_text(visit->arena, document_title(document));
    page->language = arena_text(visit->arena, document_language(document));
    page->is_script_shell = page_is_shell(document);
    page->metrics[METRIC_DOM_NODES] = (double)document_element_count(document);
}

void visit_complete(Visit *visit, const Words *words)
{
    if (strcmp(visit->engine, "har") != 0)
        return;
    for (size_t i = 0; i < visit->page_count; i++)
        if (visit->pages[i]->document >= 0)
            page_complete(visit, visit->pages[i], words);
}

static Journey *journey_of(Audit *audit, const Visit *visit)
{
    for (size_t j = 0; j < audit->journey_count; j++) {
        Journey *journey = &audit->journeys[j];
        if (strcmp(journey->scenario_id, visit->scenario_id) == 0 &&
            strcmp(journey->persona_id, visit->persona_id) == 0 &&
            strcmp(journey->engine, visit->engine) == 0)
            return journey;
    }
    Journey made = {.scenario_id = visit->scenario_id,
                    .persona_id = visit->persona_id,
                    .engine = visit->engine};
    ARENA_PUSH(audit->arena, audit->journeys, audit->journey_count, audit->journey_capacity,
               made);
    return &audit->journeys[audit->journey_count - 1];
}

static void lang_of_id(LangText *text, const char *id)
{
    text->count = 1;
    text->languages[0] = "en";
    text->texts[0] = id;
}

/* A scenario or persona that is no longer there is called by its id. */
static bool journey_describe(const AuditPlan *plan, const Catalogue *catalogue,
                             Journey *journey, Error *err)
{
    Scenario scenario = {0};
    Persona persona = {0};
    Error found = {0};
    lang_of_id(&journey->scenario_title, journey->scenario_id);
    lang_of_id(&journey->persona_title, journey->persona_id);
    if (scenario_find(plan->arena, catalogue->scenario_folders, journey->scenario_id,
                      &scenario, &found)) {
        journey->scenario_title = scenario.title;
        journey->scenario_purpose = scenario.purpose;
    }
    if (found.code == ERROR_FAILED)
        return error_pass(err, &found);
    error_clear(&found);
    if (persona_find(plan->arena, catalogue->persona_folders, journey->persona_id, &persona,
                     &found)) {
        journey->persona_title = persona.title;
        journey->patience_us = persona.patience_us;
        journey->is_phone = persona.is_phone;
    }
    return found.code != ERROR_FAILED || error_pass(err, &found);
}

bool journeys_make(const AuditPlan *plan, const Catalogue *catalogue, Audit *audit,
                   Error *err)
{
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Visit *visit = audit->visits[v];
        if (strcmp(visit->scenario_id, "links") == 0 || strcmp(visit->engine, "har") == 0)
            continue;
        Journey *journey = journey_of(audit, visit);
        ARENA_PUSH(audit->arena, journey->visits, journey->visit_count,
                   journey->visit_capacity, v);
    }
    for (size_t j = 0; j < audit->journey_count; j++)
        if (!journey_describe(plan, catalogue, &audit->journeys[j], err))
            return false;
    return true;
}

void countries_find(const AuditPlan *plan, Audit *audit)
{
    if (plan->countries.count)
        audit->countries = plan->countries.items;
}
