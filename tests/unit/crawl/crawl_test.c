/* crawl_test.c - a small site walked over loopback. Tests prepare.c, settle.c, worker.c,
 * and of the questions site.c, site_links.c, site_texts.c, site_agree.c and site_rules.c.
 * SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/out.h"
#include "crawl/crawl.h"
#include "crawl/site.h"
#include "dom/html.h"
#include "server.h"
#include "unit.h"

/* Words enough to be told from others. */
#define TEXT(n)                                                                            \
    "<p>" n " a page of words that says something of its own, so many of them that it is " \
    "worth a comparison with all the other pages of this little shop.</p>"

typedef struct SitePage {
    const char *path, *status, *extra, *body;
} SitePage;

static const SitePage pages[] = {
    {"/robots.txt", "200 OK", "", "User-agent: *\nDisallow: /secret\nSitemap: /map.xml\n"},
    {"/map.xml", "200 OK", "",
     "<urlset><url><loc>/</loc></url><url><loc>/lonely</loc></url>"
     "<url><loc>/gone</loc></url></urlset>"},
    {"/", "200 OK", "",
     "<title>Home</title><nav><a href=/a>A</a></nav>" TEXT(
         "home") "<a href=/b>B</a><a href=/dead>D</a><a href=/r1>R</a><a href=/secret/x>S</a>"
                 "<a href='/a#there'>ok</a><a href='/a#missing'>no</a><a href='/?add-to-cart=1'>add</a>"},
    {"/a", "200 OK", "",
     "<title>Same</title><nav><a href=/a>A</a></nav><p id=there>" TEXT(
         "a") "<link rel=alternate hreflang=fr href=/b><link rel=alternate hreflang=en href=/a>"},
    {"/b", "200 OK", "",
     "<title>Same</title><nav><a href=/a>A</a></nav>" TEXT(
         "b") "<link rel=canonical href=/dead>"},
    {"/c", "200 OK", "", "<title>C</title>" TEXT("c")},
    {"/lonely", "200 OK", "", "<title>Lonely</title><nav><a href=/a>A</a></nav>" TEXT("l")},
    {"/r1", "301 Moved", "Location: /r2\r\n", ""},
    {"/r2", "302 Found", "Location: /c\r\n", ""},
    {"/bomb", "200 OK", "", "<title>bomb</title>"},
};

static bool answer(int socket, const ServerRequest *request)
{
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (strcmp(pages[i].path, request->path) == 0)
            return server_page(socket, pages[i].status,
                               strstr(request->path, ".xml") ||
                                       strstr(request->path, ".txt")
                                   ? "text/plain"
                                   : "text/html",
                               pages[i].extra, pages[i].body);
    return server_page(socket, "404 Not Found", "text/html", "",
                       "<title>Not found</title>");
}

typedef struct Walk {
    Arena *arena;
    char folder[64];
    Words *words;
    Changing changing;
    Clock clock;
    Server server;
    CrawlIndex *index;
    NetOptions net;
    CrawlOrder order;
    CrawlEnd end;
} Walk;

static void page_work(void *context, Arena *arena, const CrawlPage *page, Digest *digest)
{
    const Walk *walk = context;
    Document *document = NULL;
    Page *kept = ARENA_NEW(arena, Page);
    DigestSource source = {arena,      walk->words,    &walk->changing,
                           page->site, page->exchange, page->url};
    digest_bare(&source, digest);
    if (strstr(page->url, "/bomb"))
        raise(SIGKILL);
    if (html_parse(arena, page->exchange->body, NULL, page->url, NULL, &document, NULL))
        digest_read(&source, document, kept, digest);
}

static void walk_open(Walk *walk, Arena *arena)
{
    const char *folders[] = {"scenarios/words", NULL};
    *walk = (Walk){.arena = arena};
    snprintf(walk->folder, sizeof walk->folder, "/tmp/mystery-crawl-XXXXXX");
    assert_non_null(mkdtemp(walk->folder));
    clock_init(&walk->clock);
    server_start(&walk->server, answer);
    assert_true(words_load(arena, folders, &walk->words, NULL));
    assert_true(changing_open(arena, walk->words, &walk->changing, NULL));
    walk->order = (CrawlOrder){.site = arena_printf(arena, "%s/", walk->server.url),
                               .clock = &walk->clock,
                               .net = &walk->net,
                               .agent = "test",
                               .language = "en",
                               .words = walk->words,
                               .pages_most = 1000,
                               .connections = 2};
}

static void walk_run(Walk *walk)
{
    Workers *workers = NULL;
    Crawl *crawl = NULL;
    Error error = {0};
    const char *path = path_join(walk->arena, walk->folder, "i.db");
    if (!workers_open(walk->arena, 2, page_work, walk, &walk->clock, &workers, &error) ||
        !index_open(walk->arena, path, &walk->index, &error) ||
        !crawl_open(walk->arena, &walk->order, walk->index, &crawl, &error) ||
        !crawl_run(crawl, workers, &walk->end, &error))
        fail_msg("%s", error.what);
    workers_close(&workers);
    crawl_close(&crawl);
}

static void walk_close(Walk *walk)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    index_close(&walk->index);
    server_stop(&walk->server);
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        unlink(arena_printf(walk->arena, "%s/i.db%s", walk->folder, endings[i]));
    rmdir(walk->folder);
}

static SiteReport *questions(Walk *walk)
{
    SiteReport *report = ARENA_NEW(walk->arena, SiteReport);
    Error error = {0};
    report->arena = walk->arena;
    if (!site_questions(walk->index, report, &error))
        fail_msg("%s", error.what);
    return report;
}

static void assert_one(const SiteReport *report, SiteTopic topic, const char *ending)
{
    const SiteQuestion *question = &report->questions[topic];
    if (question->outcome != FINDING_FAIL || question->count != 1)
        fail_msg("%s: outcome %d, %d", site_topic_name(topic), (int)question->outcome,
                 (int)question->count);
    assert_true(str_ends_with(str_of(question->examples[0].url), str_of(ending)));
}

void test_crawl__finds_what_no_single_page_shows(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Walk walk;
    walk_open(&walk, arena);
    walk_run(&walk);
    const SiteReport *report = questions(&walk);
    assert_true(walk.end.is_complete);
    assert_one(report, TOPIC_LINKS_OWN, "/dead");
    const char *source = report->questions[TOPIC_LINKS_OWN].examples[0].source;
    /* Which of the two pages that name it was read first is chance. */
    if (!str_ends_with(str_of(source), STR("/")) &&
        !str_ends_with(str_of(source), STR("/b")))
        fail_msg("seen first on '%s'", source);
    assert_one(report, TOPIC_ANCHORS, "/a#missing");
    assert_one(report, TOPIC_REDIRECTS, "/r1");
    assert_one(report, TOPIC_ORPHANS, "/lonely");
    assert_one(report, TOPIC_CANONICAL, "/b");
    assert_one(report, TOPIC_HREFLANG, "/b");
    assert_one(report, TOPIC_SITEMAP, "/gone");
    /* "Same" twice, but one of the two counts as another page. */
    assert_int_equal(report->questions[TOPIC_TITLES].outcome, FINDING_PASS);
    assert_int_equal(report->questions[TOPIC_MIXED].outcome, FINDING_NOT_APPLICABLE);
    walk_close(&walk);
}

void test_crawl__follows_no_link_that_changes_something(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Walk walk;
    walk_open(&walk, arena);
    walk_run(&walk);
    assert_int_equal(server_count(&walk.server, "add-to-cart"), 0);
    assert_int_equal(server_count(&walk.server, "/secret"), 0);
    assert_int_equal(server_count(&walk.server, "GET /a HTTP"), 1);
    walk_close(&walk);
}

void test_crawl__stops_at_the_limit_and_goes_on_later(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Walk walk;
    walk_open(&walk, arena);
    walk.order.pages_most = 2;
    walk_run(&walk);
    assert_true(walk.end.is_limited);
    assert_false(walk.end.is_complete);
    index_close(&walk.index);
    walk.order.pages_most = 1000;
    walk_run(&walk);
    assert_true(walk.end.is_complete);
    assert_one(questions(&walk), TOPIC_LINKS_OWN, "/dead");
    assert_int_equal(server_count(&walk.server, "GET /a HTTP"), 1);
    walk_close(&walk);
}

void test_worker__loses_only_the_page_that_killed_its_child(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Walk walk;
    IndexCounts counts;
    walk_open(&walk, arena);
    walk.order.site = arena_printf(arena, "%s/bomb", walk.server.url);
    walk_run(&walk);
    assert_true(walk.end.is_complete);
    assert_true(index_counts(walk.index, &counts, NULL));
    /* The sitemap's pages were read all the same. */
    assert_true(counts.pages >= 5);
    walk_close(&walk);
}

void test_crawl__says_when_nobody_answers(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Walk walk;
    Crawl *crawl = NULL;
    Error error = {0};
    walk_open(&walk, arena);
    walk.order.site = "http://127.0.0.1:1/";
    assert_true(
        index_open(arena, path_join(arena, walk.folder, "i.db"), &walk.index, NULL));
    assert_false(crawl_open(arena, &walk.order, walk.index, &crawl, &error));
    assert_int_equal(error.code, ERROR_INCONCLUSIVE);
    crawl_close(&crawl);
    walk_close(&walk);
}
