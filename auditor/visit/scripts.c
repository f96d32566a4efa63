/* scripts.c - before the shop is accused: could scripts have drawn or done it?
 *
 * The http engine sees what a browser without scripts sees; what a script may add is not
 * missing but unseen (traps.md 2, 3, 5, 8). Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/steps.h"

static bool contains_any(Str text, const char *const *needles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_contains_nocase(text, str_of(needles[i])))
            return true;
    return false;
}

/* Scripts that only count visitors draw nothing and complete no form. */
static bool is_audience_script(Str source)
{
    static const char *const HOSTS[] = {
        "googletagmanager.com",
        "google-analytics.com",
        "matomo",
        "piwik",
        "plausible.io",
        "connect.facebook.net",
        "hotjar.com",
        "clarity.ms",
        "analytics",
        "doubleclick.net",
        "gtag/js",
        "bat.bing.com",
        "xiti.com",
        "at-o.net",
        "newrelic",
        "sentry",
        "cloudflareinsights",
        "googlesyndication",
        "pinimg.com/ct",
        "tiktok.com/i18n",
    };
    return contains_any(source, HOSTS, COUNT_OF(HOSTS));
}

static bool is_data(const Node *script)
{
    const char *type = node_attribute(script, "type");
    return type && *type && !str_contains_nocase(str_of(type), STR("javascript")) &&
           !str_equal_nocase(str_of(type), STR("module")) &&
           !str_equal_nocase(str_of(type), STR("text/ecmascript"));
}

/* Inline code that touches the page or the network. */
static bool acts(Str code)
{
    static const char *const CALLS[] = {
        "addEventListener", "onsubmit",       ".submit(",
        "fetch(",           "XMLHttpRequest", "$(",
        "jQuery",           "import(",        "import ",
        "createElement",    "innerHTML",      "appendChild",
        "insertAdjacent",   ".onclick",       "hydrate",
        "customElements",   "require(",       "document.write",
        ".append(",         "replaceWith",
    };
    return contains_any(code, CALLS, COUNT_OF(CALLS));
}

const char *scripts_matter(const Walk *walk)
{
    if (walk->visitor->has_scripts || !walk->document)
        return NULL;
    if (page_is_shell(walk->document))
        return "the page's HTML is an empty shell that scripts fill";
    const NodeList *scripts = document_by_tag(walk->document, "script");
    for (size_t i = 0; i < scripts->count; i++) {
        const Node *script = scripts->items[i];
        if (is_data(script))
            continue;
        Str source = str_of(node_attribute(script, "src"));
        if (source.length > 0 && !is_audience_script(source))
            return "the page loads scripts that were not run";
        if (source.length == 0) {
            Str code = node_text_content(document_arena(walk->document), script);
            if (acts(code) && !is_audience_script(code))
                return "the page holds a script that was not run";
        }
    }
    return NULL;
}

const char *scripts_needed_for(const Walk *walk, const Node *control)
{
    if (walk->visitor->has_scripts || !walk->document)
        return NULL;
    const Node *element = NULL;
    const char *evidence = NULL;
    Activation activation = node_activation(walk->document, control, &element, &evidence);
    if (activation == ACTIVATE_NOTHING && control_is_disabled(control))
        return scripts_matter(walk) ? "it is disabled, and only a script can enable it"
                                    : NULL;
    if (activation != ACTIVATE_NEEDS_BROWSER && activation != ACTIVATE_NOTHING)
        return NULL;
    if (evidence)
        return arena_printf(walk->arena, "it works by a script only (%s)", evidence);
    const char *href = node_attribute(control, "href");
    if (href)
        return arena_printf(walk->arena, "it works by a script only (href '%.40s')", href);
    if (node_is_tag(control, "button") && !form_owner(walk->document, control))
        return "it is a button without a form";
    return "it does nothing without scripts";
}

bool step_not_found(Walk *walk, const char *what)
{
    const char *why = scripts_matter(walk);
    if (why)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "%s is not in the HTML, and %s",
                           what, why);
    return step_result(walk, OUTCOME_NOT_FOUND, "%s was not found", what);
}
