/* digest_test.c - a page's digest read, written and read back. Tests digest_read.c and
 * wire.c. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "crawl/digest.h"
#include "dom/html.h"
#include "unit.h"

static const char page_html[] =
    "<!DOCTYPE html><html lang=fr><head><title>Une  lampe</title>"
    "<meta name=description content=' Belle lampe '><meta name=robots content=noindex>"
    "<link rel=canonical href=/lampe><link rel=alternate hreflang=en href=/en/lamp>"
    "</head><body><header><nav><a href=/>Accueil</a><a href=/c/lampes>Lampes</a></nav></header>"
    "<main><h1>Lampe</h1><p id=plus>texte</p><a href='/c/lampes?utm_source=x#bas'>Bas</a>"
    "<a href='?add-to-cart=3' rel=nofollow>Ajouter au panier</a><a href='mailto:a@b.example'>m</a>"
    "<img src='http://cdn.example/a.png'></main></body></html>";

static void page_digest(Arena *arena, const char *html, const char *url, Digest *digest)
{
    const char *folders[] = {"scenarios/words", NULL};
    Words *words = NULL;
    Changing changing;
    Document *document = NULL;
    Exchange *exchange = ARENA_NEW(arena, Exchange);
    Page *page = ARENA_NEW(arena, Page);
    exchange->status = 200;
    assert_true(words_load(arena, folders, &words, NULL));
    assert_true(changing_open(arena, words, &changing, NULL));
    assert_true(html_parse(arena, str_of(html), NULL, url, NULL, &document, NULL));
    DigestSource source = {arena, words, &changing, "https://s.example/", exchange, url};
    digest_read(&source, document, page, digest);
}

static unsigned flags_of(const Digest *digest, const char *url)
{
    for (size_t i = 0; i < digest->link_count; i++)
        if (strcmp(digest->links[i].url, url) == 0)
            return digest->links[i].flags;
    fail_msg("no link to %s", url);
    return 0;
}

static void check(const Digest *digest)
{
    assert_string_equal(digest->title, "Une lampe");
    assert_string_equal(digest->description, "Belle lampe");
    assert_string_equal(digest->canonical, "https://s.example/lampe");
    assert_string_equal(digest->lang, "fr");
    assert_true(digest->is_noindex);
    assert_int_equal(digest->alternate_count, 1);
    assert_string_equal(digest->alternates[0].url, "https://s.example/en/lamp");
    assert_int_equal(digest->link_count, 4);
    assert_true(flags_of(digest, "https://s.example/") & LINK_MENU);
    assert_true(flags_of(digest, "https://s.example/p?add-to-cart=3") & LINK_CHANGES);
    assert_true(flags_of(digest, "https://s.example/p?add-to-cart=3") & LINK_NOFOLLOW);
    assert_int_equal(digest->mixed, 1);
    assert_true(digest->menu != 0);
    assert_true(digest->has_all_ids);
    assert_true(digest_has_id(digest->ids, digest->id_count, "plus"));
    assert_false(digest_has_id(digest->ids, digest->id_count, "bas"));
}

void test_digest_read__takes_what_the_site_as_a_whole_needs(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Digest digest;
    page_digest(arena, page_html, "https://s.example/p", &digest);
    check(&digest);
}

void test_digest__survives_the_way_between_processes(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    Digest digest, read;
    static const DigestExample example = {7, "text", "#a > b", "<b>"};
    DigestExample examples[1];
    examples[0] = example;
    page_digest(arena, page_html, "https://s.example/p", &digest);
    digest.examples = examples;
    digest.example_count = 1;
    digest.verdicts = STR("\x1b\x02");
    buf_init(&out, 1 << 20);
    digest_write(&digest, &out);
    assert_true(digest_parse(arena, buf_str(&out), &read, NULL));
    check(&read);
    assert_int_equal(read.examples[0].rule, 7);
    assert_string_equal(read.examples[0].selector, "#a > b");
    assert_int_equal(digest_verdict(read.verdicts, 0), VERDICT_CANNOT);
    assert_int_equal(digest_verdict(read.verdicts, 1), VERDICT_FAIL);
    assert_int_equal(digest_verdict(read.verdicts, 2), VERDICT_PASS);
    assert_int_equal(digest_verdict(read.verdicts, 4), VERDICT_FAIL);
    assert_int_equal(digest_verdict(read.verdicts, 400), VERDICT_NONE);
}

void test_digest__refuses_a_message_that_is_cut_anywhere(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    Digest digest, read;
    page_digest(arena, page_html, "https://s.example/p", &digest);
    buf_init(&out, 1 << 20);
    digest_write(&digest, &out);
    for (size_t length = 0; length < out.length; length++)
        assert_false(digest_parse(arena, str_slice(buf_str(&out), 0, length), &read, NULL));
}

void test_wire__numbers_come_back(void)
{
    AUTO(buf_release) Buf out = {0};
    static const int64_t numbers[] = {0, 1, -1, 127, 128, -300, INT64_MAX, INT64_MIN};
    buf_init(&out, 1000);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        wire_put_signed(&out, numbers[i]);
    WireReader reader = {.rest = buf_str(&out)};
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        assert_true(wire_signed(&reader) == numbers[i]);
    assert_false(reader.is_broken);
    assert_int_equal(wire_number(&reader), 0);
    assert_true(reader.is_broken);
}

void test_digest__a_tab_or_a_part_of_this_page_is_no_anchor_to_look_for(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Digest digest = {0};
    page_digest(
        arena,
        "<base href='https://s.example/'><a href='#specs'>S</a><div id=specs></div>"
        "<a href='#reviews' role=tab>R</a><a href='#photos' data-bs-toggle=tab>P</a>"
        "<a href='#lost'>L</a>",
        "https://s.example/p/1", &digest);
    assert_int_equal(digest.link_count, 2);
    assert_string_equal(digest.links[0].fragment, "");
    assert_string_equal(digest.links[1].fragment, "lost");
}
