/* sarif.c - SARIF 2.1.0 (OASIS): the missed criteria as results, for code scanning tools.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html . Layer: report.
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "report/escape.h"
#include "report/say.h"
#include "report/writers.h"

enum { LOCATIONS_MOST = 20 };

typedef struct Sarif {
    Arena *arena;
    const Locale *locale;
    const Audit *audit;
    JsonWriter json;
} Sarif;

static void put_text(Sarif *sarif, const char *key, const char *text)
{
    json_put_text(&sarif->json, key, escape_defuse(sarif->arena, text));
}

/* "key": {"text": …}, left out when there is nothing to say. */
static void put_message(Sarif *sarif, const char *key, const char *text)
{
    if (!text || !*text)
        return;
    json_write_key(&sarif->json, key);
    json_write_object(&sarif->json);
    put_text(sarif, "text", text);
    json_write_end(&sarif->json);
}

static const char *level_of(Impact impact)
{
    return impact == IMPACT_BLOCKER ? "error" : impact == IMPACT_MAJOR ? "warning" : "note";
}

static void write_rule(Sarif *sarif, const Rule *rule)
{
    JsonWriter *json = &sarif->json;

    json_write_object(json);
    put_text(sarif, "id", rule->id);
    put_message(sarif, "shortDescription",
                say_criterion(sarif->locale, sarif->arena, rule));
    put_message(sarif, "fullDescription",
                locale_text(sarif->locale, sarif->arena, &rule->why));
    put_message(sarif, "help", locale_text(sarif->locale, sarif->arena, &rule->fix));
    json_write_key(json, "defaultConfiguration");
    json_write_object(json);
    json_put_text(json, "level", level_of(rule->impact));
    json_write_end(json);
    json_write_key(json, "properties");
    json_write_object(json);
    json_put_text(json, "dimension", dimension_name(rule->dimension));
    json_put_text(json, "impact", impact_name(rule->impact));
    json_put_text(json, "precision", confidence_name(rule->confidence));
    put_text(sarif, "source", rule->source);
    json_write_end(json);
    json_write_end(json);
}

/* A web address as a URI may hold it: everything else percent-encoded (RFC 3986). */
static const char *uri_of(Arena *arena, const char *url)
{
    AUTO(buf_release) Buf out = {0};

    buf_init(&out, strlen(url) * 3 + 1);
    for (const char *at = url; *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || strchr("-._~:/?#@!$&'()*+,;=", c);
        bool is_escape = c == '%' && strspn(at + 1, "0123456789abcdefABCDEF") >= 2;
        if (is_plain || is_escape)
            buf_add_byte(&out, *at);
        else
            buf_printf(&out, "%%%02X", c);
    }
    return arena_text(arena, buf_text(&out));
}

static const char *result_url(const Sarif *sarif, const PageResult *result)
{
    const Visit *visit = NULL;
    const char *site = sarif->audit->site ? sarif->audit->site : "";

    if (result->visit < 0 || (size_t)result->visit >= sarif->audit->visit_count)
        return site;
    visit = sarif->audit->visits[result->visit];
    return result->page >= 0 && (size_t)result->page < visit->page_count
               ? visit->pages[result->page]->url
               : site;
}

static void write_location(Sarif *sarif, const PageResult *result)
{
    JsonWriter *json = &sarif->json;
    const char *selector = result->evidence_count > 0 ? result->evidence[0].selector : NULL;

    json_write_object(json);
    json_write_key(json, "physicalLocation");
    json_write_object(json);
    json_write_key(json, "artifactLocation");
    json_write_object(json);
    put_text(sarif, "uri", uri_of(sarif->arena, result_url(sarif, result)));
    json_write_end(json);
    json_write_end(json);
    if (selector && *selector) {
        json_write_key(json, "logicalLocations");
        json_write_array(json);
        json_write_object(json);
        put_text(sarif, "fullyQualifiedName", selector);
        json_put_text(json, "kind", "element");
        json_write_end(json);
        json_write_end(json);
    }
    json_write_end(json);
}

/* One location an address. */
static void write_locations(Sarif *sarif, const Finding *finding)
{
    const char *seen[LOCATIONS_MOST];
    int count = 0;

    json_write_key(&sarif->json, "locations");
    json_write_array(&sarif->json);
    for (size_t r = 0; r < finding->result_count && count < LOCATIONS_MOST; r++) {
        const PageResult *result = &finding->results[r];
        const char *url = result_url(sarif, result);
        int known = 0;
        while (known < count && strcmp(seen[known], url) != 0)
            known++;
        if (result->outcome != FINDING_FAIL || known < count)
            continue;
        seen[count++] = url;
        write_location(sarif, result);
    }
    json_write_end(&sarif->json);
}

static void write_result(Sarif *sarif, const Finding *finding, size_t index)
{
    JsonWriter *json = &sarif->json;

    json_write_object(json);
    put_text(sarif, "ruleId", finding->rule->id);
    json_put_integer(json, "ruleIndex", (int64_t)index);
    json_put_text(json, "kind", "fail");
    json_put_text(json, "level", level_of(finding->rule->impact));
    put_message(sarif, "message",
                say_found(sarif->locale, sarif->arena, sarif->audit, finding));
    write_locations(sarif, finding);
    if (finding->fingerprint) {
        json_write_key(json, "partialFingerprints");
        json_write_object(json);
        put_text(sarif, "mystery/v1", finding->fingerprint);
        json_write_end(json);
    }
    json_write_key(json, "properties");
    json_write_object(json);
    json_put_integer(json, "pagesFailed", finding->pages_failed);
    json_put_integer(json, "pagesSeen", finding->pages_seen);
    json_put_number(json, "value", finding->value);
    json_put_number(json, "threshold", finding->threshold);
    put_text(sarif, "unit", finding->unit);
    json_write_end(json);
    json_write_end(json);
}

static void write_driver(Sarif *sarif)
{
    JsonWriter *json = &sarif->json;
    const Audit *audit = sarif->audit;

    json_write_key(json, "tool");
    json_write_object(json);
    json_write_key(json, "driver");
    json_write_object(json);
    json_put_text(json, "name", "Mystery");
    if (audit->tool_version && *audit->tool_version)
        put_text(sarif, "version", audit->tool_version);
    json_put_text(json, "language", locale_language(sarif->locale));
    json_write_key(json, "rules");
    json_write_array(json);
    for (size_t i = 0; i < audit->finding_count; i++)
        write_rule(sarif, audit->findings[i]->rule);
    json_write_end(json);
    json_write_end(json);
    json_write_end(json);
}

static void write_run(Sarif *sarif)
{
    JsonWriter *json = &sarif->json;
    const Audit *audit = sarif->audit;

    json_write_object(json);
    write_driver(sarif);
    json_put_text(json, "language", locale_language(sarif->locale));
    json_put_text(json, "columnKind", "unicodeCodePoints");
    json_write_key(json, "results");
    json_write_array(json);
    for (size_t i = 0; i < audit->finding_count; i++) {
        if (audit->findings[i]->outcome == FINDING_FAIL)
            write_result(sarif, audit->findings[i], i);
    }
    json_write_end(json);
    json_write_key(json, "properties");
    json_write_object(json);
    put_text(sarif, "site", audit->site);
    json_put_number(json, "score", audit->score);
    json_put_text(json, "status", audit_status_name(audit->status));
    json_write_end(json);
    json_write_end(json);
}

bool sarif_write(const Audit *audit, const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Sarif sarif = {.arena = arena, .audit = audit};
    Locale *locale = NULL;

    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    sarif.locale = locale;
    json_writer_init(&sarif.json, out, true);
    json_write_object(&sarif.json);
    json_put_text(&sarif.json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_put_text(&sarif.json, "version", "2.1.0");
    json_write_key(&sarif.json, "runs");
    json_write_array(&sarif.json);
    write_run(&sarif);
    json_write_end(&sarif.json);
    json_write_end(&sarif.json);
    buf_add_byte(out, '\n');
    return buf_check(out, "the SARIF file", err);
}
