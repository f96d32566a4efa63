/* axe.c - axe-core, as its makers publish it, looks at a page; what it finds becomes
 * observations "axe.RULE". Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/url.h"
#include "visit/chromium/watch.h"

enum { SOURCE_LIMIT = 8 << 20, PAGES_MAX = 40, AXE_US = 30000000 };

/* Elements come back as the numbers that the look gave them. */
static const char RUN[] =
    "async function() {"
    "  if (!globalThis.axe) return null;"
    "  const found = await axe.run(document, {"
    "    elementRef: true, iframes: false, resultTypes: ['violations', 'incomplete'],"
    "    rules: { 'target-size': { enabled: true } },"
    "  });"
    "  const place = node => ({"
    "    mark: node.element && node.element.isConnected ? mystery.markOf(node.element) : 0,"
    "    text: String(node.failureSummary || '').split('\\n').slice(1).join(' ').trim()"
    "      .replace(/\\s+/g, ' ').slice(0, 300),"
    "    value: 1,"
    "  });"
    "  const part = (list, most) => list.map(rule => ({"
    "    id: rule.id, help: rule.help, nodes: rule.nodes.slice(0, most).map(place),"
    "  }));"
    "  return {"
    "    violations: part(found.violations, 20), incomplete: part(found.incomplete, 1),"
    "    passes: found.passes.map(rule => rule.id),"
    "  };"
    "}";

static bool axe_put(Measure *measure)
{
    ChromiumVisitor *visitor = measure->visitor;
    AUTO(buf_release) Buf params = {0};
    JsonWriter json;
    buf_init(&params, SOURCE_LIMIT);
    json_writer_init(&json, &params, false);
    json_write_object(&json);
    json_put_text(&json, "expression", measure->axe);
    json_put_integer(&json, "contextId", visitor->world);
    json_write_end(&json);
    return visitor->world != 0 &&
           cdp_call(visitor->cdp, visitor->page->session, "Runtime.evaluate",
                    buf_text(&params), CALL_US, visitor->scratch, NULL, NULL);
}

/* Once an address: the same page again tells nothing new. */
static bool is_new(Measure *measure, const char *url)
{
    const char *plain = url_without_fragment(measure->arena, url);
    for (size_t i = 0; i < measure->checked_count; i++)
        if (strcmp(measure->checked[i], plain) == 0)
            return false;
    ARENA_PUSH(measure->arena, measure->checked, measure->checked_count,
               measure->checked_capacity, plain);
    return measure->checked_count <= PAGES_MAX;
}

static const char *rule_name(const Measure *measure, const char *id)
{
    return arena_printf(measure->visitor->arena, "axe.%.60s", id);
}

static void found_write(Measure *measure, const Watch *watch, Page *page, const Json *found)
{
    const Json *list = json_get(found, "violations");
    int rules = 0;
    for (const Json *rule = json_first(list); rule; rule = json_next(rule), rules++)
        faults_write(measure, watch, page,
                     rule_name(measure, json_text(json_get(rule, "id"), "")),
                     json_get(rule, "nodes"));
    list = json_get(found, "incomplete");
    for (const Json *rule = json_first(list); rule; rule = json_next(rule), rules++) {
        const char *name = rule_name(measure, json_text(json_get(rule, "id"), ""));
        const Json *node = json_first(json_get(rule, "nodes"));
        /* Some places fail for certain, others may: then it fails. */
        if (!observation_first(&page->observations, name))
            absent_write(measure, page, name,
                         json_text(json_get(node, "text"),
                                   json_text(json_get(rule, "help"), "incomplete")));
    }
    list = json_get(found, "passes");
    for (const Json *id = json_first(list); id; id = json_next(id), rules++) {
        const char *name = rule_name(measure, json_text(id, ""));
        if (!observation_first(&page->observations, name))
            nothing_write(measure, page, name);
    }
    observation_add(measure->visitor->arena, &page->observations, "axe.ran", rules, NULL,
                    -1);
}

void axe_page(Measure *measure, const Watch *watch, Page *page)
{
    ChromiumVisitor *visitor = measure->visitor;
    const Json *found = NULL;
    if (visitor->base.visit->number > 1 || !visitor->options.is_recording ||
        !is_new(measure, page->url))
        return;
    if (!measure->axe) {
        absent_write(measure, page, "axe.ran", measure->why_no_axe);
        return;
    }
    if (!axe_put(measure) || !page_call(visitor, RUN, NULL, &found, NULL) ||
        json_is_null(found)) {
        absent_write(measure, page, "axe.ran", "axe-core could not finish on this page");
        return;
    }
    found_write(measure, watch, page, found);
}
