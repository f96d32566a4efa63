/* digest.c - a page's digest as a message. Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/digest.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

enum { COUNT_MOST = 100000 };

uint32_t digest_id(Str id)
{
    unsigned long long hash = str_hash(id);
    return (uint32_t)(hash ^ hash >> 32);
}

bool digest_has_id(const uint32_t *ids, size_t count, const char *fragment)
{
    uint32_t wanted = digest_id(str_of(fragment));
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ids[middle] == wanted)
            return true;
        if (ids[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

DigestVerdict digest_verdict(Str verdicts, size_t rule)
{
    if (rule / 4 >= verdicts.length)
        return VERDICT_NONE;
    return (DigestVerdict)((unsigned char)verdicts.data[rule / 4] >> rule % 4 * 2 & 3);
}

/* ---- out ---- */

static uint64_t flags_of(const Digest *digest)
{
    const bool flags[] = {digest->is_html,     digest->is_shell,   digest->is_noindex,
                          digest->is_nofollow, digest->is_cut,     digest->is_empty_list,
                          digest->is_session,  digest->has_all_ids};
    uint64_t bits = 0;
    for (size_t i = 0; i < COUNT_OF(flags); i++)
        bits |= (uint64_t)flags[i] << i;
    return bits;
}

static void lists_write(const Digest *digest, Buf *out)
{
    wire_put_number(out, digest->link_count);
    for (size_t i = 0; i < digest->link_count; i++) {
        wire_put_text(out, digest->links[i].url);
        wire_put_text(out, digest->links[i].fragment);
        wire_put_number(out, digest->links[i].flags);
    }
    wire_put_number(out, digest->alternate_count);
    for (size_t i = 0; i < digest->alternate_count; i++) {
        wire_put_text(out, digest->alternates[i].lang);
        wire_put_text(out, digest->alternates[i].url);
    }
    wire_put_number(out, digest->id_count);
    for (size_t i = 0; i < digest->id_count; i++)
        wire_put_number(out, digest->ids[i]);
    wire_put_str(out, digest->verdicts);
    wire_put_number(out, digest->example_count);
    for (size_t i = 0; i < digest->example_count; i++) {
        wire_put_number(out, (uint64_t)digest->examples[i].rule);
        wire_put_text(out, digest->examples[i].text);
        wire_put_text(out, digest->examples[i].selector);
        wire_put_text(out, digest->examples[i].snippet);
    }
}

void digest_write(const Digest *digest, Buf *out)
{
    wire_put_number(out, (uint64_t)digest->kind);
    wire_put_number(out, flags_of(digest));
    const char *const texts[] = {digest->failure,      digest->title, digest->description,
                                 digest->h1,           digest->lang,  digest->canonical,
                                 digest->mixed_example};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        wire_put_text(out, texts[i]);
    wire_put_number(out, digest->content);
    wire_put_number(out, digest->menu);
    wire_put_number(out, (uint64_t)digest->words);
    wire_put_number(out, (uint64_t)digest->cards);
    wire_put_number(out, (uint64_t)digest->mixed);
    lists_write(digest, out);
}

/* ---- in ---- */

static size_t count_read(WireReader *reader)
{
    uint64_t count = wire_number(reader);
    /* Each of them takes a byte at least. */
    if (count > COUNT_MOST || count > reader->rest.length) {
        reader->is_broken = true;
        return 0;
    }
    return (size_t)count;
}

static int int_read(WireReader *reader)
{
    uint64_t number = wire_number(reader);
    return number > INT32_MAX ? INT32_MAX : (int)number;
}

static void links_read(WireReader *reader, Arena *arena, Digest *digest)
{
    digest->link_count = digest->link_capacity = count_read(reader);
    digest->links = ARENA_ARRAY(arena, digest->link_count, DigestLink);
    for (size_t i = 0; i < digest->link_count; i++) {
        digest->links[i].url = wire_text(reader, arena);
        digest->links[i].fragment = wire_text(reader, arena);
        digest->links[i].flags = (unsigned)wire_number(reader);
    }
    digest->alternate_count = digest->alternate_capacity = count_read(reader);
    digest->alternates = ARENA_ARRAY(arena, digest->alternate_count, DigestAlternate);
    for (size_t i = 0; i < digest->alternate_count; i++) {
        digest->alternates[i].lang = wire_text(reader, arena);
        digest->alternates[i].url = wire_text(reader, arena);
    }
}

static void judged_read(WireReader *reader, Arena *arena, Digest *digest)
{
    digest->id_count = count_read(reader);
    digest->ids = ARENA_ARRAY(arena, digest->id_count, uint32_t);
    for (size_t i = 0; i < digest->id_count; i++)
        digest->ids[i] = (uint32_t)wire_number(reader);
    digest->verdicts = arena_str(arena, wire_str(reader));
    digest->example_count = digest->example_capacity = count_read(reader);
    digest->examples = ARENA_ARRAY(arena, digest->example_count, DigestExample);
    for (size_t i = 0; i < digest->example_count; i++) {
        digest->examples[i].rule = int_read(reader);
        digest->examples[i].text = wire_text(reader, arena);
        digest->examples[i].selector = wire_text(reader, arena);
        digest->examples[i].snippet = wire_text(reader, arena);
    }
}

static void flags_read(Digest *digest, uint64_t bits)
{
    bool *const flags[] = {&digest->is_html,    &digest->is_shell,
                           &digest->is_noindex, &digest->is_nofollow,
                           &digest->is_cut,     &digest->is_empty_list,
                           &digest->is_session, &digest->has_all_ids};
    for (size_t i = 0; i < COUNT_OF(flags); i++)
        *flags[i] = bits >> i & 1;
}

bool digest_parse(Arena *arena, Str message, Digest *digest, Error *err)
{
    WireReader reader = {.rest = message};
    *digest = (Digest){0};
    uint64_t kind = wire_number(&reader);
    digest->kind = kind < PAGE_KIND_COUNT ? (PageKind)kind : PAGE_UNKNOWN;
    flags_read(digest, wire_number(&reader));
    const char **const texts[] = {
        &digest->failure, &digest->title,     &digest->description,  &digest->h1,
        &digest->lang,    &digest->canonical, &digest->mixed_example};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        *texts[i] = wire_text(&reader, arena);
    digest->content = wire_number(&reader);
    digest->menu = wire_number(&reader);
    digest->words = int_read(&reader);
    digest->cards = int_read(&reader);
    digest->mixed = int_read(&reader);
    links_read(&reader, arena, digest);
    judged_read(&reader, arena, digest);
    if (reader.is_broken)
        return error_set(err, ERROR_FAILED, NULL, "a page's digest is broken");
    return true;
}
