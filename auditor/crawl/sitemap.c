/* sitemap.c - sitemaps read. Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/sitemap.h"

#include <string.h>
#include <zlib.h>

#include "base/attr.h"
#include "base/buf.h"

enum {
    WINDOW_ANY = 32 + MAX_WBITS /* zlib.h: gzip or zlib by its head */,
    CHUNK = 64 << 10
};

static void stream_end(z_stream *stream)
{
    inflateEnd(stream);
}

static bool unpack(z_stream *stream, Buf *out, Error *err)
{
    char chunk[CHUNK];
    int code = Z_OK;
    while (code != Z_STREAM_END) {
        stream->next_out = (Bytef *)chunk;
        stream->avail_out = CHUNK;
        code = inflate(stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END)
            return error_set(err, ERROR_INPUT, NULL, "the sitemap's gzip is damaged");
        if (!buf_add(out, str_from(chunk, CHUNK - stream->avail_out)))
            return buf_check(out, "the unpacked sitemap", err);
    }
    return true;
}

bool sitemap_unpack(Arena *arena, Str bytes, Str *text, Error *err)
{
    AUTO(buf_release) Buf out = {0};
    *text = bytes;
    if (!str_starts_with(bytes, STR("\x1f\x8b")))
        return true;
    if (bytes.length > SITEMAP_BYTES_MOST)
        return error_set(err, ERROR_LIMIT, NULL, "the sitemap is larger than 50 MiB");
    AUTO(stream_end) z_stream stream = {0};
    if (inflateInit2(&stream, WINDOW_ANY) != Z_OK)
        return error_set(err, ERROR_FAILED, NULL, "zlib does not start");
    Str input = arena_str(arena, bytes);
    buf_init(&out, SITEMAP_BYTES_MOST);

    /* zlib only reads through the pointer; its type says otherwise. */
    union {
        const char *read;
        Bytef *given;
    } bridge = {.read = input.data};

    stream.next_in = bridge.given;
    stream.avail_in = (uInt)input.length;
    if (!unpack(&stream, &out, err))
        return false;
    *text = arena_str(arena, buf_str(&out));
    return true;
}

/* Where the reader stands. */
typedef struct Reading {
    Arena *arena;
    SitemapTake *take;
    void *context;
    SitemapSum *sum;
    bool is_index; /* inside <sitemapindex> */
    bool is_over;  /* the taker had enough, or a limit is reached */
} Reading;

static void entry_give(Reading *reading, SitemapEntryKind kind, Str url, Str lang)
{
    SitemapEntry entry = {kind, NULL, NULL};
    size_t *counts[] = {&reading->sum->pages, &reading->sum->children,
                        &reading->sum->images, &reading->sum->alternates};
    url = str_trim(url);
    if (str_is_empty(url))
        return;
    if (reading->sum->pages + reading->sum->children >= SITEMAP_URLS_MOST) {
        reading->sum->is_cut = reading->is_over = true;
        return;
    }
    ++*counts[kind];
    entry.url = arena_str_text(reading->arena, url);
    entry.lang = lang.data ? arena_str_text(reading->arena, lang) : NULL;
    if (!reading->take(reading->context, &entry))
        reading->is_over = true;
}

/* The five entities of XML and numbers; others stay as they are. */
static size_t entity_read(Str text, char *bytes, size_t *length)
{
    static const struct {
        const char *name;
        char value;
    } known[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};

    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_starts_with(text, str_of(known[i].name))) {
            bytes[0] = known[i].value;
            *length = 1;
            return strlen(known[i].name);
        }
    size_t end = str_find_byte(str_slice(text, 0, 12), ';', 0);
    if (!str_starts_with(text, STR("&#")) || end == SIZE_MAX || end < 3)
        return 0;
    unsigned value = 0;
    bool is_hex = text.data[2] == 'x';
    for (size_t i = is_hex ? 3 : 2; i < end; i++) {
        char c = text.data[i];
        unsigned digit = c >= '0' && c <= '9'             ? (unsigned)(c - '0')
                         : is_hex && c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : is_hex && c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                          : 99;
        if (digit == 99)
            return 0;
        value = value * (is_hex ? 16 : 10) + digit;
    }
    *length = str_put_rune(bytes, value);
    return end + 1;
}

static Str text_decode(Arena *arena, Str text)
{
    if (str_starts_with(str_trim(text), STR("<![CDATA["))) {
        Str inside = str_slice(str_trim(text), 9, SIZE_MAX);
        return str_slice(inside, 0, str_find(inside, STR("]]>"), 0));
    }
    if (str_find_byte(text, '&', 0) == SIZE_MAX)
        return text;
    char *out = arena_alloc(arena, text.length * 4 + 1);
    size_t at = 0;
    for (size_t i = 0; i < text.length;) {
        size_t length = 0;
        size_t taken = text.data[i] == '&'
                           ? entity_read(str_slice(text, i, SIZE_MAX), out + at, &length)
                           : 0;
        if (!taken) {
            out[at++] = text.data[i++];
            continue;
        }
        at += length;
        i += taken;
    }
    return str_from(out, at);
}

/* A start tag: its name without prefix, with prefix, and what stands in it. */
typedef struct Tag {
    Str name, prefix, attributes;
    bool is_end;
} Tag;

static bool tag_next(Str text, size_t *at, Tag *tag)
{
    for (;;) {
        size_t open = str_find_byte(text, '<', *at);
        if (open == SIZE_MAX)
            return false;
        Str rest = str_slice(text, open, SIZE_MAX);
        if (str_starts_with(rest, STR("<!--"))) {
            size_t end = str_find(rest, STR("-->"), 4);
            *at = end == SIZE_MAX ? text.length : open + end + 3;
            continue;
        }
        size_t close = str_find_byte(rest, '>', 0);
        if (close == SIZE_MAX)
            return false;
        Str inside = str_slice(rest, 1, close - 1);
        tag->is_end = str_starts_with(inside, STR("/"));
        inside = tag->is_end ? str_slice(inside, 1, SIZE_MAX) : inside;
        Str name, blank = inside;
        *at = open + close + 1;
        if (!str_next_word(&blank, &name))
            continue;
        tag->attributes = str_slice(inside, name.length, SIZE_MAX);
        if (str_ends_with(name, STR("/")))
            name = str_slice(name, 0, name.length - 1);
        size_t colon = str_find_byte(name, ':', 0);
        tag->prefix = colon == SIZE_MAX ? STR("") : str_slice(name, 0, colon);
        tag->name = colon == SIZE_MAX ? name : str_slice(name, colon + 1, SIZE_MAX);
        return true;
    }
}

static Str attribute_find(Str attributes, Str name)
{
    for (size_t at = 0; (at = str_find(attributes, name, at)) != SIZE_MAX;
         at += name.length) {
        Str rest = str_trim(str_slice(attributes, at + name.length, SIZE_MAX));
        bool is_whole = at > 0 && strchr(" \t\r\n", attributes.data[at - 1]);
        if (!is_whole || !str_starts_with(rest, STR("=")))
            continue;
        rest = str_trim(str_slice(rest, 1, SIZE_MAX));
        if (rest.length < 2 || (rest.data[0] != '"' && rest.data[0] != '\''))
            continue;
        size_t end = str_find_byte(rest, rest.data[0], 1);
        if (end != SIZE_MAX)
            return str_slice(rest, 1, end - 1);
    }
    return (Str){NULL, 0};
}

static void link_take(Reading *reading, const Tag *tag)
{
    Str href = attribute_find(tag->attributes, STR("href"));
    Str lang = attribute_find(tag->attributes, STR("hreflang"));
    if (!href.data)
        return;
    href = text_decode(reading->arena, href);
    if (lang.data)
        entry_give(reading, SITEMAP_ALTERNATE, href, lang);
    else if (str_is_empty(tag->prefix)) /* Atom */
        entry_give(reading, SITEMAP_PAGE, href, (Str){NULL, 0});
}

static void tag_take(Reading *reading, Str text, const Tag *tag, size_t at)
{
    Str content = str_slice(text, at, SIZE_MAX);
    size_t end = str_starts_with(str_trim(str_slice(content, 0, 64)), STR("<![CDATA["))
                     ? str_find(content, STR("]]>"), 0)
                     : str_find_byte(content, '<', 0);
    if (end == SIZE_MAX)
        return;
    content = str_slice(content, 0, content.data[end] == ']' ? end + 3 : end);
    bool is_image = str_equal_nocase(tag->prefix, STR("image"));
    bool is_loc = str_equal_nocase(tag->name, STR("loc"));
    bool is_rss = str_equal_nocase(tag->name, STR("link")) && str_is_empty(tag->prefix) &&
                  !attribute_find(tag->attributes, STR("href")).data;
    if (!is_loc && !is_rss)
        return;
    SitemapEntryKind kind = is_image            ? SITEMAP_IMAGE
                            : reading->is_index ? SITEMAP_CHILD
                                                : SITEMAP_PAGE;
    if (is_image || str_is_empty(tag->prefix) || is_loc)
        entry_give(reading, kind, text_decode(reading->arena, content), (Str){NULL, 0});
}

static void markup_read(Reading *reading, Str text)
{
    size_t at = 0;
    Tag tag;
    while (!reading->is_over && tag_next(text, &at, &tag)) {
        if (str_equal_nocase(tag.name, STR("sitemapindex")))
            reading->is_index = !tag.is_end;
        if (tag.is_end)
            continue;
        if (str_equal_nocase(tag.name, STR("sitemapindex")) ||
            str_equal_nocase(tag.name, STR("urlset")) ||
            str_equal_nocase(tag.name, STR("rss")) ||
            str_equal_nocase(tag.name, STR("feed")))
            reading->sum->is_sitemap = true;
        if (!reading->sum->is_sitemap && str_equal_nocase(tag.name, STR("html")))
            return;
        if (!reading->sum->is_sitemap)
            continue;
        if (str_equal_nocase(tag.name, STR("link")) &&
            attribute_find(tag.attributes, STR("href")).data)
            link_take(reading, &tag);
        else
            tag_take(reading, text, &tag, at);
    }
}

/* One address a line. */
static void lines_read(Reading *reading, Str text)
{
    Str line;
    while (!reading->is_over && str_next(&text, '\n', &line)) {
        line = str_trim(line);
        if (!str_starts_with_nocase(line, STR("http://")) &&
            !str_starts_with_nocase(line, STR("https://")))
            continue;
        reading->sum->is_sitemap = true;
        entry_give(reading, SITEMAP_PAGE, line, (Str){NULL, 0});
    }
}

void sitemap_read(Arena *arena, Str text, SitemapTake *take, void *context, SitemapSum *sum)
{
    Reading reading = {.arena = arena, .take = take, .context = context, .sum = sum};
    *sum = (SitemapSum){0};
    if (str_starts_with(text, STR("\xef\xbb\xbf")))
        text = str_slice(text, 3, SIZE_MAX);
    if (text.length > SITEMAP_BYTES_MOST) {
        text = str_slice(text, 0, SITEMAP_BYTES_MOST);
        sum->is_cut = true;
    }
    if (str_starts_with(str_trim(str_slice(text, 0, 256)), STR("<")))
        markup_read(&reading, text);
    else
        lines_read(&reading, text);
}
