/* links.c - collecting the links of visited pages, and trying them. Layer: audit.
 *
 * SPDX-License-Identifier: MIT */
#include "audit/links.h"

#include <string.h>

#include "audit/secrets.h"
#include "base/out.h"
#include "base/regex.h"
#include "base/url.h"
#include "crawl/robots.h"
#include "dom/html.h"
#include "dom/name.h"
#include "model/har.h"
#include "words/words.h"

enum {
    LINKS_PER_PAGE_ASKED = 4,
    LINK_HOPS_MAX = 5,
    HAR_LIMIT = 64 << 20,
    LINKS_TIME_US = 120000000
};

/* Links seen so far. */
typedef struct Links {
    const AuditPlan *plan;
    Arena *arena;
    const Words *words;
    const Url *site;
    Regex *changing; /* URLs that change something: traps.md 11 */
    TextList urls;
    TextList sources; /* page on which the URL of the same index was first seen */
    TextList known;   /* visited already */
    size_t most;
} Links;

static bool list_has(const TextList *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

/* A link whose words say that it does something. */
static bool name_acts(const Links *links, const Document *document, const Node *node)
{
    static const char *const intents[] = {"logout", "remove_item", "add_to_cart",
                                          "wishlist", "compare"};
    const char *name = node_name(links->arena, document, node, NULL);
    for (size_t i = 0; i < COUNT_OF(intents); i++)
        if (words_has(links->words, intents[i]) &&
            words_match(links->words, intents[i], document_language(document), str_of(name),
                        NULL))
            return true;
    return false;
}

static void link_take(Links *links, const Document *document, const Node *node)
{
    const char *resolved = node_url(links->arena, document, node, "href");
    Url url;
    if (!resolved || links->urls.count >= links->most ||
        !url_parse(links->arena, str_of(resolved), NULL, &url, NULL) ||
        !url_is_http(&url) || !url_same_origin(&url, links->site))
        return;
    const char *rel = node_attribute(node, "rel");
    const char *plain = url_without_fragment(links->arena, url.href);
    if (list_has(&links->known, plain) || list_has(&links->urls, plain) ||
        (rel && strstr(rel, "nofollow")) || node_has_attribute(node, "download") ||
        regex_matches(links->changing, str_of(plain)) || name_acts(links, document, node))
        return;
    text_list_add(links->arena, &links->urls, plain);
    text_list_add(links->arena, &links->sources, document_url(document));
}

static void page_take(Links *links, const Visit *visit, const Page *page)
{
    if (page->document < 0)
        return;
    const Exchange *exchange = visit->exchanges[page->document];
    Str html = page->dom.length ? page->dom : exchange->body;
    Document *document = NULL;
    Error ignored = {0};
    if (!html.length ||
        !html_parse(links->arena, html, exchange_header(exchange, "content-type"),
                    page->url, NULL, &document, &ignored))
        return;
    const NodeList *anchors = document_by_tag(document, "a");
    for (size_t i = 0; i < anchors->count; i++)
        link_take(links, document, anchors->items[i]);
}

/* Every page that some visitor saw, once. */
static void links_collect(Links *links, const Audit *audit)
{
    TextList read = {0};
    for (size_t v = 0; v < audit->visit_count; v++)
        for (size_t p = 0; p < audit->visits[v]->page_count; p++)
            text_list_add(
                links->arena, &links->known,
                url_without_fragment(links->arena, audit->visits[v]->pages[p]->url));
    for (size_t v = 0; v < audit->visit_count; v++) {
        const Visit *visit = audit->visits[v];
        for (size_t p = 0; p < visit->page_count; p++) {
            if (list_has(&read, visit->pages[p]->url))
                continue;
            text_list_add(links->arena, &read, visit->pages[p]->url);
            page_take(links, visit, visit->pages[p]);
        }
    }
}

static const char *user_agent_in(const Visit *visit)
{
    for (size_t e = 0; e < visit->exchange_count; e++) {
        const Exchange *exchange = visit->exchanges[e];
        for (int h = 0; h < exchange->request_header_count; h++)
            if (strcmp(exchange->request_headers[h].name, "User-Agent") == 0)
                return exchange->request_headers[h].value;
    }
    return NULL;
}

/* The same face as the visitors': a shop may treat strangers differently (traps.md 1). */
static const char *user_agent_of(const Audit *audit)
{
    for (size_t v = 0; v < audit->visit_count; v++) {
        const char *agent = user_agent_in(audit->visits[v]);
        if (agent)
            return agent;
    }
    return "Mozilla/5.0";
}

/* Who asks, and where the answers are kept. */
typedef struct Asking {
    Net *net;
    const char *agent;
    Visit *visit;
} Asking;

/* One exchange, kept as a document of no page. */
static bool fetch(const Asking *asking, const char *url, bool keeps_body,
                  Exchange **exchange, Error *err)
{
    Visit *visit = asking->visit;
    Header *headers = ARENA_ARRAY(visit->arena, 3, Header);
    headers[0] = (Header){"User-Agent", asking->agent};
    headers[1] = (Header){"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};
    headers[2] = (Header){"Accept-Language", "en,fr;q=0.9"};
    NetRequest request = {.method = "GET",
                          .url = url,
                          .headers = headers,
                          .header_count = 3,
                          .keep_body = keeps_body,
                          .is_navigation = true};
    *exchange = visit_add_exchange(visit);
    return net_fetch(asking->net, &request, visit->arena, *exchange, err);
}

static Robots *robots_read(const Asking *asking, const Links *links, Error *err)
{
    /* No link that a visitor saw, but rules read it: kept with its body. */
    Exchange *exchange = NULL;
    const char *url =
        url_resolve(asking->visit->arena, STR("/robots.txt"), links->site->href);
    if (!url || !fetch(asking, url, true, &exchange, err))
        return NULL;
    bool is_read = exchange->status == 200 && exchange->has_body;
    return robots_parse(asking->visit->arena, is_read ? exchange->body : STR(""));
}

/* Files that search engines look for by themselves. */
static bool files_fetch(const Asking *asking, const Links *links, const Robots *robots,
                        Error *err)
{
    const char *url =
        url_resolve(asking->visit->arena, STR("/sitemap.xml"), links->site->href);
    Exchange *exchange = NULL;
    return !url || !robots_allows(robots, "/sitemap.xml") ||
           fetch(asking, url, false, &exchange, err);
}

/* Where an answer sends on to; NULL: nowhere. */
static const char *sent_on_to(const Exchange *exchange, Arena *arena)
{
    const char *location = exchange_header(exchange, "location");
    if (exchange->status < 300 || exchange->status > 399 || !location)
        return NULL;
    return url_resolve(arena, str_of(location), exchange->url);
}

/* Ask for a link and for what it is sent on to, within the shop. */
static bool link_follow(const Asking *asking, const Links *links, const char *href,
                        const char *source, Error *err)
{
    Arena *arena = asking->visit->arena;
    for (int hop = 0; href && hop <= LINK_HOPS_MAX; hop++) {
        Exchange *exchange = NULL;
        Url next;
        if (!fetch(asking, href, false, &exchange, err))
            return false;
        exchange->type = RESOURCE_DOCUMENT;
        /* Where the link stood is the evidence. */
        exchange->request_headers = ARENA_NEW(arena, Header);
        exchange->request_headers[0] = (Header){"Referer", source};
        exchange->request_header_count = 1;
        href = sent_on_to(exchange, arena);
        if (!href || !url_parse(arena, str_of(href), NULL, &next, NULL) ||
            !url_same_origin(&next, links->site))
            return true;
        exchange->redirect_url = href;
    }
    return true;
}

static bool link_try(const Asking *asking, const Links *links, size_t i,
                     const Robots *robots, Error *err)
{
    Arena *arena = asking->visit->arena;
    Url url;
    if (!url_parse(arena, str_of(links->urls.items[i]), NULL, &url, NULL))
        return true;
    const char *path =
        url.query ? arena_printf(arena, "%s?%s", url.path, url.query) : url.path;
    if (!robots_allows(robots, path))
        return true;
    if (!link_follow(asking, links, url.href, links->sources.items[i], err))
        return false;
    if (!url_is_loopback(&url))
        clock_sleep_us(links->plan->clock, robots_delay_us(robots));
    return true;
}

static bool links_fetch(const Asking *asking, const Links *links, Error *err)
{
    Robots *robots = robots_read(asking, links, err);
    const Clock *clock = links->plan->clock;
    int64_t end_us = clock_now_us(clock) + LINKS_TIME_US;
    if (robots && !files_fetch(asking, links, robots, err))
        return false;
    for (size_t i = 0; robots && i < links->urls.count && clock_now_us(clock) < end_us; i++)
        if (!link_try(asking, links, i, robots, err))
            return false;
    return robots != NULL;
}

static bool links_save(const AuditPlan *plan, const Visit *visit, const char *path,
                       Error *err)
{
    AUTO(buf_release) Buf out = {0};
    TextList secrets = secrets_collect(visit->arena, plan);
    buf_init(&out, HAR_LIMIT);
    if (!har_write(visit, plan->keep_credentials, &out, err))
        return false;
    secrets_scrub(&secrets, &out);
    return file_write(path, buf_str(&out), err);
}

static bool links_open(Links *links, const Audit *audit, Url *site, Error *err)
{
    links->most = (size_t)links->plan->crawl * LINKS_PER_PAGE_ASKED;
    links->site = site;
    return url_parse(links->arena, str_of(audit->site), NULL, site, err) &&
           regex_compile(
               links->arena,
               STR("log-?out|sign-?out|d[eé]connexion|abmelden|add[-_]?to[-_]?(cart|"
                   "basket|wishlist)|[?&](add|remove|delete|action|do|currency|lang"
                   "|setlang|sort|order|dir|wishlist|compare|quantity|qty)=|/(add|"
                   "remove|delete)(/|$)"),
               REGEX_CASELESS, "links", &links->changing, err);
}

bool links_try(const AuditPlan *plan, const Words *words, const Audit *audit,
               const char *folder, const char **file, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Links links = {.plan = plan, .arena = arena, .words = words};
    Url site;
    *file = NULL;
    if (!links_open(&links, audit, &site, err))
        return false;
    links_collect(&links, audit);
    if (!links.urls.count)
        return true;
    Visit *visit = visit_create(arena);
    visit->site = audit->site;
    visit->scenario_id = "links";
    visit->persona_id = "";
    visit->engine = "http";
    visit->tool_version = MYSTERY_VERSION;
    visit->outcome = VISIT_COMPLETED;
    visit->safety = SAFETY_LOOK;
    visit->started_us = clock_wall_us(plan->clock);
    int64_t begin_us = clock_now_us(plan->clock);
    AUTO(net_close) Net *net = NULL;
    if (!net_open(arena, &plan->net, 0, 0, plan->clock, &net, err))
        return false;
    Asking asking = {net, user_agent_of(audit), visit};
    if (!links_fetch(&asking, &links, err))
        return false;
    visit->duration_us = clock_now_us(plan->clock) - begin_us;
    *file = "visits/links.har";
    return links_save(plan, visit, path_join(arena, folder, *file), err);
}
