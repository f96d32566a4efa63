/* scripts.c - before the shop is accused: could scripts have drawn or done it?
 *
 * The http engine sees what a browser without scripts sees; what a script may add is not
 * missing but unseen (traps.md 2, 3, 5, 8). Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/steps.h"

enum {
    CODE_LIMIT = 64 * 1024, /* longer files are bundles: they may do anything */
    MARK_LETTERS = 4,       /* shorter names are found everywhere */
};

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

/* The file's name without folders, query, version and endings: "jquery-3.3.1.slim.min.js"
 * is "jquery". */
static Str file_stem(Str source)
{
    size_t end = str_find_byte(source, '?', 0);
    Str name = str_slice(source, 0, end);
    for (size_t i = name.length; i > 0; i--)
        if (name.data[i - 1] == '/') {
            name = str_slice(name, i, name.length);
            break;
        }
    size_t at = 0;
    while (at < name.length && name.data[at] != '.' &&
           !(name.data[at] == '-' && at + 1 < name.length && name.data[at + 1] >= '0' &&
             name.data[at + 1] <= '9'))
        at++;
    return str_slice(name, 0, at);
}

/* Tool boxes do nothing of themselves: they wait for a script of the shop to call them.
 * Those that listen (Bootstrap) open and close what the HTML already holds. */
static bool is_tool_box(Str source)
{
    static const char *const NAMES[] = {
        "jquery",    "jquery-migrate", "bootstrap", "popper",
        "modernizr", "respond",        "html5shiv", "lodash",
        "moment",    "underscore",     "polyfill",  "html5shiv-printshiv"};
    Str stem = file_stem(source);
    for (size_t i = 0; stem.length > 0 && i < COUNT_OF(NAMES); i++)
        if (str_equal_nocase(stem, str_of(NAMES[i])))
            return true;
    return false;
}

static bool is_data(const Node *script)
{
    const char *type = node_attribute(script, "type");
    return type && *type && !str_contains_nocase(str_of(type), STR("javascript")) &&
           !str_equal_nocase(str_of(type), STR("module")) &&
           !str_equal_nocase(str_of(type), STR("text/ecmascript"));
}

/* Marks of code that draws on the page, or of libraries that do. */
static bool draws(Str code)
{
    static const char *const MARKS[] = {
        "innerHTML",
        "outerHTML",
        "innerText",
        "textContent",
        "insertAdjacent",
        "createElement",
        "appendChild",
        ".append(",
        ".prepend(",
        "replaceWith",
        "replaceChildren",
        "document.write",
        "cloneNode",
        "hydrate",
        "createRoot",
        "customElements",
        "attachShadow",
        "jQuery",
        "$(",
        "React",
        "Vue",
        "angular",
        "Alpine",
        "htmx",
        "Turbo",
        "Stimulus",
        "import(",
        "import ",
        "import{",
        "require(",
        "eval(",
        "new Function",
        "__webpack",
        "svelte",
    };
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (str_contains(code, str_of(MARKS[i])))
            return true;
    return false;
}

/* Marks of code that steps in when forms are sent. */
static bool sends(Str code)
{
    static const char *const MARKS[] = {"'submit'",   "\"submit\"",  "`submit`",
                                        "onsubmit",   ".submit(",    "FormData(",
                                        "'formdata'", "\"formdata\""};
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (str_contains(code, str_of(MARKS[i])))
            return true;
    return false;
}

/* Code of a script element: its own text, or the file as it was fetched for the page.
 * Returns false when it is not known. */
static bool script_code(const Walk *walk, const Node *script, Str *code)
{
    if (!node_has_attribute(script, "src")) {
        *code = node_text_content(document_arena(walk->document), script);
        return true;
    }
    const char *url = node_url(walk->arena, walk->document, script, "src");
    url = url ? url_without_fragment(walk->arena, url) : NULL;
    for (size_t i = walk->visit->exchange_count; url && i-- > 0;) {
        const Exchange *exchange = walk->visit->exchanges[i];
        if (strcmp(exchange->url, url) != 0 || !exchange->has_body ||
            exchange->is_body_cut || exchange->status >= 400 ||
            exchange->body.length > CODE_LIMIT)
            continue;
        *code = exchange->body;
        return true;
    }
    return false;
}

/* Does the code name the control, or its form, by id, class or address? */
static bool names_node(Str code, const Node *node)
{
    static const char *const NAMES[] = {"id", "class", "name"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        Str rest = str_of(node_attribute(node, NAMES[i]));
        Str word;
        while (str_next_word(&rest, &word))
            if (word.length >= MARK_LETTERS && str_contains(code, word))
                return true;
    }
    return false;
}

static bool speaks_of(const Walk *walk, Str code, const Node *control)
{
    const Node *form = form_owner(walk->document, control);
    return names_node(code, control) || (form && names_node(code, form));
}

/** What is asked of the scripts of a page. */
typedef bool CodeTest(Str code);

/* Does a script of the page pass the test, or is one not known? NULL: none. */
static const char *any_script(const Walk *walk, CodeTest *test, const Node *control)
{
    const NodeList *scripts = document_by_tag(walk->document, "script");
    for (size_t i = 0; i < scripts->count; i++) {
        const Node *script = scripts->items[i];
        Str source = str_of(node_attribute(script, "src"));
        Str code = {0};
        if (is_data(script) || is_audience_script(source) || is_tool_box(source))
            continue;
        if (!script_code(walk, script, &code))
            return "the page loads scripts that were not run";
        if (test(code) && !(source.length == 0 && is_audience_script(code)))
            return source.length > 0 ? "the page loads scripts that were not run"
                                     : "the page holds a script that was not run";
        if (control && speaks_of(walk, code, control))
            return "a script of the page concerns this part of it";
    }
    return NULL;
}

const char *scripts_matter(const Walk *walk)
{
    if (walk->visitor->has_scripts || !walk->document)
        return NULL;
    if (page_is_shell(walk->document))
        return "the page's HTML is an empty shell that scripts fill";
    return any_script(walk, draws, NULL);
}

bool scripts_may_store(const Walk *walk)
{
    if (walk->visitor->has_scripts || !walk->document)
        return false;
    const NodeList *scripts = document_by_tag(walk->document, "script");
    for (size_t i = 0; i < scripts->count; i++) {
        Str code = {0};
        Str source = str_of(node_attribute(scripts->items[i], "src"));
        if (is_data(scripts->items[i]) || is_tool_box(source))
            continue;
        if (is_audience_script(source) || !script_code(walk, scripts->items[i], &code) ||
            is_audience_script(code) || str_contains(code, STR("cookie")) || draws(code))
            return true;
    }
    return false;
}

/* Marks by which Bootstrap and its like take an element over. */
static bool is_toggle(const Node *control)
{
    for (const Node *up = control; up && !node_is_tag(up, "form"); up = node_parent(up))
        if (node_has_attribute(up, "data-toggle") ||
            node_has_attribute(up, "data-bs-toggle"))
            return true;
    return false;
}

const char *scripts_step_in(const Walk *walk, const Node *control)
{
    if (walk->visitor->has_scripts || !walk->document)
        return NULL;
    const Node *element = NULL;
    const char *evidence = NULL;
    (void)node_activation(walk->document, control, &element, &evidence);
    if (evidence)
        return arena_printf(walk->arena, "a script steps in (%s)", evidence);
    if (is_toggle(control))
        return "a script steps in (data-toggle)";
    const char *why = scripts_matter(walk);
    return why ? why : any_script(walk, sends, control);
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
