/* candidates.c - which element is meant: all that could be, ranked, with the evidence.
 *
 * Never first come, first served (recognition.md 2.4). Layer: visit.
 * SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"
#include "words/carried.h"

enum {
    NAME_LIMIT = 80,        /* longer names are sentences, not labels */
    CANDIDATE_LIMIT = 2000, /* elements of one page that are looked at */
};

bool is_own_site(const Walk *walk, const char *url)
{
    Url a;
    Url b;
    const char *site = walk->home_url ? walk->home_url : walk->visit->site;
    return url_parse(walk->arena, str_of(url), NULL, &a, NULL) && url_is_http(&a) &&
           url_parse(walk->arena, str_of(site), NULL, &b, NULL) && url_same_site(&a, &b) &&
           url_port(&a) == url_port(&b);
}

/* Does the parameter carry the session (trap 12), and not what is shown? */
static bool is_session_part(Str part)
{
    static const char *const NAMES[] = {"sid",       "phpsessid", "jsessionid",
                                        "sessionid", "session",   "session_id",
                                        "oscsid",    "zenid",     "xtcsid"};
    Str name = str_slice(part, 0, str_find_byte(part, '=', 0));
    for (size_t i = 0; i < COUNT_OF(NAMES); i++)
        if (str_equal_nocase(name, str_of(NAMES[i])))
            return true;
    return false;
}

/* Address without fragment, closing slash and session. */
static Str bare_address(Arena *arena, const char *url)
{
    Str whole = str_of(url_without_fragment(arena, url));
    size_t query = str_find_byte(whole, '?', 0);
    Str path = str_slice(whole, 0, query);
    size_t session = str_find_nocase(path, STR(";jsessionid="), 0);
    path = str_slice(path, 0, session);
    if (str_ends_with(path, STR("/")))
        path.length--;
    const char *text = arena_str_text(arena, path);
    char sign = '?';
    for (size_t at = query; at != SIZE_MAX && at < whole.length;) {
        size_t end = str_find_byte(whole, '&', at + 1);
        Str part = str_slice(whole, at + 1, end);
        if (part.length > 0 && !is_session_part(part)) {
            text = arena_printf(arena, "%s%c%.*s", text, sign, STR_ARGS(part));
            sign = '&';
        }
        at = end;
    }
    return str_of(text);
}

bool is_same_page(const Walk *walk, const char *a, const char *b)
{
    if (!a || !b)
        return false;
    return strcmp(a, b) == 0 ||
           str_equal(bare_address(walk->arena, a), bare_address(walk->arena, b));
}

bool is_site_link(const Walk *walk, const Node *node, const char **url)
{
    *url = NULL;
    if (!node_is_tag(node, "a") || !node_attribute(node, "href"))
        return false;
    const char *href = node_attribute(node, "href");
    if (*href == '#' || str_starts_with_nocase(str_of(href), STR("javascript:")))
        return false;
    *url = node_url(walk->arena, walk->document, node, "href");
    return *url && is_own_site(walk, *url);
}

static bool speaks_of_logo(const Node *node)
{
    static const char *const NAMES[] = {"class", "id"};
    static const char *const MARKS[] = {"logo", "site-title", "navbar-brand", "brand"};
    for (size_t n = 0; n < COUNT_OF(NAMES); n++)
        for (size_t m = 0; m < COUNT_OF(MARKS); m++)
            if (str_contains_nocase(str_of(node_attribute(node, NAMES[n])),
                                    str_of(MARKS[m])))
                return true;
    return false;
}

bool is_home_link(const Walk *walk, const Node *link)
{
    const char *url = NULL;
    if (!is_site_link(walk, link, &url))
        return false;
    if (is_same_page(walk, url, walk->home_url) ||
        is_same_page(walk, url, walk->visit->site) ||
        str_equal_text(str_of(node_attribute(link, "rel")), "home"))
        return true;
    const Node *parent = node_parent(link);
    const Node *above = parent ? node_parent(parent) : NULL;
    return speaks_of_logo(link) || (parent && speaks_of_logo(parent)) ||
           (above && speaks_of_logo(above) && node_is_tag(parent, "h1"));
}

static const char *name_of(const Walk *walk, const Node *node)
{
    return node_name(document_arena(walk->document), walk->document, node, NULL);
}

void candidate_add(Walk *walk, CandidateList *list, const Node *node, double score,
                   const char *why)
{
    const char *url = NULL;
    is_site_link(walk, node, &url);
    Candidate candidate = {
        .node = node, .text = name_of(walk, node), .url = url, .score = score, .why = why};
    ARENA_PUSH(walk->arena, list->items, list->count, list->capacity, candidate);
}

static int by_score(const void *a, const void *b)
{
    const Candidate *left = a;
    const Candidate *right = b;
    if (left->score != right->score)
        return left->score < right->score ? 1 : -1;
    size_t l = node_order(left->node);
    size_t r = node_order(right->node);
    return (l > r) - (l < r);
}

/* Two ways to the same address are one candidate (menus for phone and desktop). */
void candidates_rank(CandidateList *list)
{
    if (list->count == 0)
        return;
    qsort(list->items, list->count, sizeof *list->items, by_score);
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool is_double = false;
        for (size_t k = 0; k < kept && !is_double; k++)
            is_double = list->items[i].url && list->items[k].url &&
                        strcmp(list->items[i].url, list->items[k].url) == 0;
        if (!is_double)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

bool candidates_match(Walk *walk, const CandidateList *list, size_t chosen)
{
    Match *match = &walk_record(walk)->match;
    const Candidate *best = &list->items[chosen];
    *match = (Match){.text = arena_text(walk->arena, best->text),
                     .selector = node_css_path(walk->arena, best->node),
                     .why = best->why,
                     .score = best->score};
    size_t next = chosen == 0 ? 1 : 0;
    if (next >= list->count)
        return false;
    match->runner_up = arena_text(walk->arena, list->items[next].text);
    match->runner_up_score = list->items[next].score;
    return match->runner_up_score >= 0.9 * match->score;
}

void match_element(Walk *walk, const Node *node, const char *why, double score)
{
    walk_record(walk)->match = (Match){.text = arena_text(walk->arena, name_of(walk, node)),
                                       .selector = node_css_path(walk->arena, node),
                                       .why = why ? arena_text(walk->arena, why) : NULL,
                                       .score = score};
}

static bool is_actionable(const Node *node)
{
    if (node_is_tag(node, "a") || node_is_tag(node, "button") ||
        node_is_tag(node, "summary") || node_is_pointed(node))
        return true;
    const char *role = node_attribute(node, "role");
    if (role && (strcmp(role, "button") == 0 || strcmp(role, "link") == 0))
        return true;
    if (!node_is_tag(node, "input"))
        return false;
    const char *type = control_type(node);
    return strcmp(type, "submit") == 0 || strcmp(type, "button") == 0 ||
           strcmp(type, "image") == 0;
}

static bool is_in_footer(const Node *node)
{
    for (const Node *up = node; up; up = node_parent(up)) {
        const char *id = node_attribute(up, "id");
        if (node_is_tag(up, "footer") ||
            str_equal_text(str_of(node_attribute(up, "role")), "contentinfo") ||
            str_contains_nocase(str_of(id), STR("footer")) || node_has_class(up, "footer"))
            return true;
    }
    return false;
}

static bool is_in_header(const Node *node)
{
    for (const Node *up = node; up; up = node_parent(up)) {
        const char *role = node_attribute(up, "role");
        if (node_is_tag(up, "header") || node_is_tag(up, "nav") ||
            str_equal_text(str_of(role), "banner") ||
            str_equal_text(str_of(role), "navigation") ||
            str_contains_nocase(str_of(node_attribute(up, "id")), STR("header")))
            return true;
    }
    return false;
}

static double place_score(const Node *node, LinkPlace place, const char **where)
{
    bool is_header = is_in_header(node);
    bool is_footer = is_in_footer(node);
    *where = is_footer ? "in the footer" : is_header ? "in the header" : "in the page";
    switch (place) {
    case PLACE_NAVIGATION: return is_footer ? -1 : is_header ? 2 : 0;
    case PLACE_FOOTER: return is_footer ? 2 : is_header ? 1.5 : 0;
    case PLACE_MAIN: return is_footer || is_header ? -1 : 2;
    }
    return 0;
}

static void consider(Walk *walk, const char *intent, LinkPlace place, const Node *node,
                     CandidateList *list)
{
    if (!is_actionable(node) || node_visibility(node) == VISIBILITY_HIDDEN)
        return;
    Str name = str_trim(str_of(name_of(walk, node)));
    if (name.length == 0 || str_rune_count(name) > NAME_LIMIT)
        return;
    RegexMatch found;
    if (!words_match(walk->words, intent, walk_language(walk), name, &found))
        return;
    /* The whole name, or nearly, is the phrase: a label, not a sentence that holds it. */
    double exact = 2.0 * (double)found.groups[0].length / (double)name.length;
    const char *where = NULL;
    double score = 2 + (exact > 2 ? 2 : exact) + place_score(node, place, &where);
    if (scripts_needed_for(walk, node))
        score -= 2;
    candidate_add(walk, list, node, score,
                  arena_printf(walk->arena, "words of '%s', %s", intent, where));
}

void candidates_named(Walk *walk, const char *intent, LinkPlace place, CandidateList *list)
{
    *list = (CandidateList){0};
    if (!walk->document || !words_has(walk->words, intent))
        return;
    size_t count = document_element_count(walk->document);
    for (size_t i = 0; i < count && list->count < CANDIDATE_LIMIT; i++)
        consider(walk, intent, place, document_element(walk->document, i), list);
    candidates_rank(list);
}

/* Links of menus that are no category. */
static bool is_service_name(const Walk *walk, Str name)
{
    static const char *const INTENTS[] = {
        "login",         "create_account", "logout",       "view_cart",
        "checkout",      "contact",        "about",        "faq",
        "terms",         "privacy",        "legal_notice", "cookie_policy",
        "wishlist",      "order_tracking", "newsletter",   "accessibility_statement",
        "delivery_link", "returns_link",   "skip_link",    "compare",
        "menu_toggle",   "search_box",     "home",         "reviews",
        "close",
    };
    for (size_t i = 0; i < COUNT_OF(INTENTS); i++)
        if (words_has(walk->words, INTENTS[i]) &&
            words_match(walk->words, INTENTS[i], walk_language(walk), name, NULL))
            return true;
    return false;
}

static bool is_service_address(const char *url)
{
    static const char *const PARTS[] = {
        "/blog",        "/news",    "/account",  "/compte",   "/login",    "/register",
        "/cart",        "/panier",  "/basket",   "/contact",  "gift-card", "giftcard",
        "carte-cadeau", "voucher",  "/checkout", "/search",   "/about",    "/help",
        "/faq",         "/stores",  "/magasins", "/wishlist", "/profile",  "/orders",
        "/order-",      "/member",  "/settings", "/user/",    "/legal",    "/privacy",
        "mailto:",      "/pages/",  ".pdf",      "/brand",    "/marque",   "/manufacturer",
        "/sitemap",     "/compare",
    };
    for (size_t i = 0; i < COUNT_OF(PARTS); i++)
        if (str_contains_nocase(str_of(url), str_of(PARTS[i])))
            return true;
    return false;
}

/* Does the address choose a language or a currency? Some shops carry the choice in every
 * address (language=en-gb): there it says nothing about one link. */
static bool is_locale_address(const Walk *walk, unsigned carried, const char *url)
{
    Url parsed;
    return url_parse(walk->arena, str_of(url), NULL, &parsed, NULL) &&
           carried_chooses(carried, &parsed);
}

/* "€ Euro", "£": a choice of money, no goods. */
static bool is_money_name(Str name)
{
    static const char *const SIGNS[] = {"€", "£", "$", "¥"};
    for (size_t i = 0; i < COUNT_OF(SIGNS); i++)
        if (str_starts_with(name, str_of(SIGNS[i])))
            return true;
    return false;
}

static double category_address_score(const char *url)
{
    static const char *const PARTS[] = {"categor",  "collection", "/c/",
                                        "kategori", "/shop/",     "rayon",
                                        "catalog",  "path=",      "/department"};
    for (size_t i = 0; i < COUNT_OF(PARTS); i++)
        if (str_contains_nocase(str_of(url), str_of(PARTS[i])))
            return 1;
    return 0;
}

/* "/products", "/menu", "/shop": addresses under which goods are listed. */
static bool speaks_of_goods(const char *url)
{
    static const char *const PARTS[] = {"product", "produit", "produkt", "producto",
                                        "prodott", "artikel", "article", "articul",
                                        "/item",   "catalog", "/shop",   "/store",
                                        "tienda",  "negozio", "boutique"};
    size_t path = str_find(str_of(url), STR("//"), 0);
    path = path == SIZE_MAX ? 0 : str_find_byte(str_of(url), '/', path + 2);
    Str rest = path == SIZE_MAX ? (Str){"", 0} : str_slice(str_of(url), path, SIZE_MAX);
    for (size_t i = 0; i < COUNT_OF(PARTS); i++)
        if (str_contains_nocase(rest, str_of(PARTS[i])))
            return true;
    return false;
}

/* May the link lead to a list of goods? url receives where it leads. */
static bool may_list_goods(const Walk *walk, unsigned carried, const Node *link,
                           const char **url)
{
    const Page *page = walk_page(walk);
    if (!is_site_link(walk, link, url) || is_in_footer(link) ||
        node_visibility(link) == VISIBILITY_HIDDEN ||
        is_same_page(walk, *url, walk->home_url) ||
        (page && is_same_page(walk, *url, page->url)) || is_service_address(*url) ||
        is_locale_address(walk, carried, *url) ||
        guard_url_changes_state(walk->arena, *url))
        return false;
    Str name = str_of(name_of(walk, link));
    return name.length > 0 && str_rune_count(name) <= 50 && !is_money_name(name) &&
           !is_service_name(walk, name);
}

void candidates_categories(Walk *walk, CandidateList *list)
{
    *list = (CandidateList){0};
    if (!walk->document)
        return;
    const NodeList *links = document_by_tag(walk->document, "a");
    unsigned carried = carried_read(walk->document);
    for (size_t i = 0; i < links->count && list->count < CANDIDATE_LIMIT; i++) {
        const Node *link = links->items[i];
        const char *url = NULL;
        if (!may_list_goods(walk, carried, link, &url))
            continue;
        bool is_menu = node_closest(link, "nav") || is_in_header(link);
        double address = category_address_score(url);
        if (!is_menu && address == 0)
            continue;
        double score = (node_closest(link, "nav") ? 3 : is_menu ? 2 : 1) + address;
        /* The shop says itself that it is empty. */
        if (str_ends_with(str_of(name_of(walk, link)), STR("(0)")))
            score -= 2;
        candidate_add(walk, list, link, score,
                      is_menu ? "link of the menu" : "address of a category");
    }
    candidates_rank(list);
}

void candidates_goods(Walk *walk, bool is_strict, CandidateList *list)
{
    *list = (CandidateList){0};
    if (!walk->document)
        return;
    const NodeList *links = document_by_tag(walk->document, "a");
    unsigned carried = carried_read(walk->document);
    for (size_t i = 0; i < links->count && list->count < CANDIDATE_LIMIT; i++) {
        const char *url = NULL;
        const Node *link = links->items[i];
        if (!may_list_goods(walk, carried, link, &url))
            continue;
        bool is_said = words_match(walk->words, "whole_range", walk_language(walk),
                                   str_of(name_of(walk, link)), NULL) ||
                       speaks_of_goods(url);
        bool is_menu = node_closest(link, "nav") || is_in_header(link);
        if (is_strict && (is_menu || !is_said))
            continue;
        candidate_add(walk, list, link, is_said ? 0.5 : 0.25,
                      is_said ? "link that speaks of goods" : "link of the page");
    }
    candidates_rank(list);
}
