/* recognise_page.c - small questions about a page: an empty shell, a robot wall, the search
 * box, error texts.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "words/look.h"
#include "words/recognise.h"

enum {
    SHELL_TEXT_MAX = 200, /* bytes of visible text of a shell */
    ROOT_TEXT_MAX = 40,   /* bytes of visible text inside its root */
    WALL_TEXT_MAX = 1500, /* bytes of visible text of a robot wall */
    ERROR_TEXT_MAX = 300,
    NAME_MAX = 80,
};

/* Root elements that frameworks fill. */
static bool has_empty_root(const Document *document, Arena *arena)
{
    static const char *const IDS[] = {"root", "app",      "__next", "__nuxt", "___gatsby",
                                      "main", "app-root", "svelte", "q-app",  "react-root"};
    for (size_t i = 0; i < COUNT_OF(IDS); i++) {
        const Node *node = document_by_id(document, IDS[i]);
        if (node && node_order_end(node) - node_order(node) <= 6 &&
            node_visible_text(arena, node).length < ROOT_TEXT_MAX)
            return true;
    }
    return document_by_tag(document, "app-root")->count > 0;
}

bool page_is_shell(const Document *document)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const NodeList *scripts = document_by_tag(document, "script");
    size_t sources = 0;
    Str text = document_visible_text(document);
    const NodeList *notes = document_by_tag(document, "noscript");
    size_t note_bytes = 0;
    for (size_t i = 0; i < scripts->count; i++)
        sources += node_has_attribute(scripts->items[i], "src");
    for (size_t i = 0; i < notes->count; i++)
        note_bytes += node_visible_text(arena, notes->items[i]).length;
    size_t said = text.length > note_bytes ? text.length - note_bytes : 0;
    if (sources == 0)
        return false;
    bool has_heading = document_by_tag(document, "h1")->count > 0;
    return (said < SHELL_TEXT_MAX / 8 && !has_heading) ||
           (said < SHELL_TEXT_MAX && has_empty_root(document, arena));
}

static const char *header_of(const PageContext *context, const char *name)
{
    for (int i = 0; i < context->header_count; i++) {
        if (str_equal_nocase(str_of(context->headers[i].name), str_of(name)))
            return context->headers[i].value;
    }
    return NULL;
}

/* A mark of a robot wall in the page's elements or addresses. */
static const struct {
    const char *text;
    const char *name;
} WALLS[] = {
    {"challenges.cloudflare.com", "cloudflare"},
    {"cdn-cgi/challenge-platform", "cloudflare"},
    {"captcha-delivery.com", "datadome"},
    {"geo.captcha-delivery", "datadome"},
    {"_incapsula_resource", "imperva"},
    {"px-captcha", "perimeterx"},
    {"perimeterx", "perimeterx"},
    {"awswaf", "aws"},
    {"hcaptcha.com", "hcaptcha"},
    {"recaptcha/api", "recaptcha"},
    {"arkoselabs", "arkose"},
    {"kasada", "kasada"},
    {"ddos-guard", "ddos-guard"},
    {"sucuri", "sucuri"},
};

static const char *wall_of_node(const Node *node)
{
    static const char *const ATTRIBUTES[] = {"src", "id", "class", "action", "href"};
    for (size_t a = 0; a < COUNT_OF(ATTRIBUTES); a++) {
        Str value = str_of(node_attribute(node, ATTRIBUTES[a]));
        for (size_t w = 0; value.length > 0 && w < COUNT_OF(WALLS); w++) {
            if (str_contains_nocase(value, str_of(WALLS[w].text)))
                return WALLS[w].name;
        }
    }
    return NULL;
}

static bool wall_in_markup(const Document *document, const char **name)
{
    static const char *const TAGS[] = {"script", "iframe", "div", "form", "link"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            *name = wall_of_node(list->items[i]);
            if (*name)
                return true;
        }
    }
    return false;
}

static bool wall_in_words(const Document *document)
{
    static const char *const WORDS[] = {"checking your browser",
                                        "verify you are human",
                                        "are you a robot",
                                        "not a robot",
                                        "unusual traffic",
                                        "access denied",
                                        "request blocked",
                                        "just a moment",
                                        "attention required",
                                        "pardon our interruption",
                                        "enable javascript and cookies",
                                        "security check",
                                        "vérification de sécurité",
                                        "vous êtes un humain",
                                        "accès refusé",
                                        "n'êtes pas un robot",
                                        "überprüfung",
                                        "zugriff verweigert",
                                        "acceso denegado",
                                        "accesso negato"};
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = text_fold(arena, document_visible_text(document));
    Str title = text_fold(arena, str_of(document_title(document)));
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        if (str_contains(text, str_of(WORDS[i])) || str_contains(title, str_of(WORDS[i])))
            return true;
    }
    return false;
}

/* Headers and a status that only a wall sends. */
static const char *wall_in_headers(const PageContext *context)
{
    const char *mitigated = header_of(context, "cf-mitigated");
    if (mitigated && str_contains_nocase(str_of(mitigated), STR("challenge")))
        return "cloudflare";
    bool is_refused =
        context->status == 403 || context->status == 429 || context->status == 503;
    if (is_refused && (header_of(context, "x-datadome") || header_of(context, "x-dd-b")))
        return "datadome";
    const char *action = header_of(context, "x-amzn-waf-action");
    return action ? "aws" : NULL;
}

bool page_is_challenge(const Document *document, const PageContext *context,
                       const char **name)
{
    const char *found = wall_in_headers(context);
    const char *unused = NULL;
    if (!name)
        name = &unused;
    *name = found;
    if (found)
        return true;
    /* A shop may well use a captcha on its contact form: a wall is short and refuses, or
     * says so while it shows one. */
    bool is_short = document_visible_text(document).length < WALL_TEXT_MAX;
    bool is_refused =
        context->status == 403 || context->status == 429 || context->status == 503;
    bool is_marked = wall_in_markup(document, name);
    bool is_said = is_short && wall_in_words(document);
    if (!is_short || (!is_marked && !is_said)) {
        *name = NULL;
        return false;
    }
    if (is_marked && (is_refused || is_said))
        return true;
    *name = NULL;
    return is_said && is_refused;
}

/* Points for being the shop's search. */
static int search_weight(const Words *words, const Document *document, const Node *control,
                         Arena *arena)
{
    static const char *const NAMES[] = {"q",          "s",        "search",       "query",
                                        "keyword",    "keywords", "search_query", "text",
                                        "searchterm", "term"};
    const char *type = control_type(control);
    const char *name = node_attribute(control, "name");
    const char *language = document_language(document);
    int weight = 0;
    if (strcmp(type, "text") != 0 && strcmp(type, "search") != 0)
        return 0;
    if (strcmp(type, "search") == 0)
        weight += 4;
    for (const Node *up = node_parent(control); up; up = node_parent(up)) {
        const char *role = node_attribute(up, "role");
        if (node_is_tag(up, "search") || (role && strcmp(role, "search") == 0)) {
            weight += 4;
            break;
        }
    }
    for (size_t i = 0; name && i < COUNT_OF(NAMES); i++)
        weight += str_equal_nocase(str_of(name), str_of(NAMES[i])) ? 3 : 0;
    Str label = text_fold(arena, str_of(node_name(arena, document, control, NULL)));
    if (label.length <= NAME_MAX &&
        words_match_folded(words, "search_box", language, label, NULL))
        weight += 3;
    if (node_has_part_of(control, "search recherche suche busca cerca"))
        weight += 1;
    const Node *form = form_owner(document, control);
    const char *action = form ? node_attribute(form, "action") : NULL;
    if (action && words_match_folded(words, "url_search", language,
                                     text_fold(arena, str_of(action)), NULL))
        weight += 2;
    return weight;
}

static const Node *search_button(const Document *document, const Node *control,
                                 Arena *arena)
{
    const Node *form = form_owner(document, control);
    NodeList controls = {0};
    if (!form)
        return NULL;
    form_controls(document, form, arena, &controls);
    for (size_t i = 0; i < controls.count; i++) {
        if (control_is_submit(controls.items[i]))
            return controls.items[i];
    }
    return NULL;
}

const Node *search_find(const Words *words, const Document *document, const Node **button)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const NodeList *inputs = document_by_tag(document, "input");
    const Node *best = NULL;
    int best_weight = 2;
    if (button)
        *button = NULL;
    for (size_t i = 0; i < inputs->count; i++) {
        const Node *node = inputs->items[i];
        int weight = search_weight(words, document, node, arena);
        if (weight == 0)
            continue;
        /* Of two copies the visible one; of two alike the one in a form. */
        weight = weight * 2 - ((node_visibility(node) == VISIBILITY_HIDDEN) ? 5 : 0) +
                 (form_owner(document, node) ? 1 : 0);
        if (weight > best_weight) {
            best_weight = weight;
            best = node;
        }
    }
    if (best && button)
        *button = search_button(document, best, arena);
    return best;
}

static bool is_error_mark(const Node *node)
{
    const char *role = node_attribute(node, "role");
    if (role && strcmp(role, "alert") == 0)
        return true;
    if (node_has_part_of(node, "error errors invalid fehler erreur"))
        return true;
    /* A red badge is no error; a red alert or text is. */
    return node_has_part_of(node, "danger warning") && node_has_part_of(node, "alert text");
}

/* Pages of old: <font color="red">. */
static bool is_red_ink(const Node *node)
{
    Str color = str_of(node_is_tag(node, "font") ? node_attribute(node, "color") : NULL);
    return str_equal_nocase(color, STR("red")) || str_equal_nocase(color, STR("#ff0000")) ||
           str_equal_nocase(color, STR("#cc0000"));
}

/* "Note:" in red is no error; a sentence is, unless it says that all is well. */
static bool is_error_text(const Look *look, Str text)
{
    static const char *const INTENTS[] = {"error_message", "out_of_stock", "choose_variant",
                                          "no_results"};
    if (look_means(look, "added_feedback", text))
        return false;
    for (size_t i = 0; i < COUNT_OF(INTENTS); i++) {
        if (look_means(look, INTENTS[i], text))
            return true;
    }
    return text_word_count(text) >= 3;
}

const char *page_error_text(const Words *words, const Document *document, Arena *arena)
{
    Look look;
    look_init(&look, words, document, arena);
    for (size_t i = 0; i < document_element_count(document); i++) {
        const Node *node = document_element(document, i);
        Region region = look_region(&look, node);
        bool is_ink = is_red_ink(node);
        if (node_is_large(node) || !(is_ink || is_error_mark(node)) ||
            look_is_hidden(&look, node) || node_is_control(node) ||
            region == REGION_FOOTER || region == REGION_CONSENT)
            continue;
        Str text = look_text(&look, node, ERROR_TEXT_MAX);
        bool is_good = node_has_part_of(node, "success info");
        if (text.length < 3 || is_good ||
            (is_ink && !look_means(&look, "error_message", text)) ||
            node_is_tag(node, "body") || node_is_tag(node, "form") ||
            !is_error_text(&look, text))
            continue;
        return look_clean_text(&look, node, ERROR_TEXT_MAX);
    }
    return NULL;
}
