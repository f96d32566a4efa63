/* sitemap_test.c - sitemaps of all kinds. SPDX-License-Identifier: MIT */
#include <string.h>
#include <zlib.h>

#include "base/attr.h"
#include "base/buf.h"
#include "crawl/sitemap.h"
#include "unit.h"

static bool take(void *context, const SitemapEntry *entry)
{
    static const char marks[] = "psia";
    buf_printf(context, "%c %s%s%s\n", marks[entry->kind], entry->url,
               entry->lang ? " " : "", entry->lang ? entry->lang : "");
    return true;
}

static SitemapSum reads(Arena *arena, Str text, const char *expected)
{
    AUTO(buf_release) Buf out = {0};
    SitemapSum sum;
    buf_init(&out, 1 << 20);
    sitemap_read(arena, text, take, &out, &sum);
    assert_string_equal(buf_text(&out), expected);
    return sum;
}

void test_sitemap__reads_pages_images_and_languages(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SitemapSum sum = reads(
        arena,
        STR("\xef\xbb\xbf<?xml version='1.0'?><!-- <loc>no</loc> -->"
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            "<url><loc> https://s.example/?a=1&amp;b=&#x41; </loc>"
            "<xhtml:link rel=\"alternate\" hreflang='fr' href='https://s.example/fr'/>"
            "<image:image><image:loc>https://s.example/a.jpg</image:loc></image:image></url>"
            "<url><loc><![CDATA[https://s.example/b?x=1&y=2]]></loc></url></urlset>"),
        "p https://s.example/?a=1&b=A\na https://s.example/fr fr\ni https://s.example/a.jpg\n"
        "p https://s.example/b?x=1&y=2\n");
    assert_int_equal(sum.pages, 2);
    assert_int_equal(sum.images, 1);
    assert_int_equal(sum.alternates, 1);
    assert_true(sum.is_sitemap);
}

void test_sitemap__reads_an_index(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SitemapSum sum =
        reads(arena,
              STR("<sitemapindex><sitemap><loc>https://s.example/1.xml.gz</loc>"
                  "</sitemap></sitemapindex>"),
              "s https://s.example/1.xml.gz\n");
    assert_int_equal(sum.children, 1);
}

void test_sitemap__reads_text_rss_and_atom(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    reads(arena, STR("https://s.example/a\r\nrubbish\nhttps://s.example/b"),
          "p https://s.example/a\np https://s.example/b\n");
    reads(
        arena,
        STR("<rss><channel><item><link>https://s.example/c</link></item></channel></rss>"),
        "p https://s.example/c\n");
    reads(arena, STR("<feed><entry><link href=\"https://s.example/d\"/></entry></feed>"),
          "p https://s.example/d\n");
}

void test_sitemap__takes_a_page_for_no_sitemap(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    SitemapSum sum =
        reads(arena, STR("<!DOCTYPE html><html><a href=/x>https://x</a></html>"), "");
    assert_false(sum.is_sitemap);
    reads(arena, STR("<urlset><loc>https://s.example/open"), "");
}

void test_sitemap__unpacks_gzip_and_refuses_what_is_damaged(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    static const char text[] = "https://s.example/a\n";
    unsigned char packed[256];
    z_stream stream = {0};
    Str out = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, 0), Z_OK);

    union {
        const char *read;
        Bytef *given;
    } bridge = {.read = text};

    stream.next_in = bridge.given;
    stream.avail_in = sizeof text - 1;
    stream.next_out = packed;
    stream.avail_out = sizeof packed;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t length = sizeof packed - stream.avail_out;
    deflateEnd(&stream);
    assert_true(sitemap_unpack(arena, str_from((char *)packed, length), &out, NULL));
    assert_true(str_equal_text(out, text));
    assert_false(sitemap_unpack(arena, str_from((char *)packed, 14), &out, NULL));
}
