/* html.c - the parse: decode, look through, Gumbo within its bounds, convert, index.
 *
 * Gumbo has no way to stop; it is stopped through its allocator, which knows a budget and a
 * deadline and jumps out over Gumbo's frames (plain C without clean-up of their own) when
 * one is exceeded. All its memory is in one arena, which is then released whole.
 * Layer: dom. SPDX-License-Identifier: MIT */
#include "dom/html.h"

#include <gumbo.h>
#include <setjmp.h>
#include <string.h>

#include "base/clock.h"
#include "dom/encoding.h"
#include "dom/html_scan.h"
#include "dom/html_tree.h"
#include "dom/index.h"

enum {
    STEP = 16,          /* between the sizes of small blocks */
    SMALL_CLASSES = 32, /* small: one class a step; then powers of two */
    CLASS_COUNT = SMALL_CLASSES + 40,
    LOOK_AT_CLOCK = 256,     /* allocations between two looks */
    PARSE_ERRORS_MOST = 100, /* each costs Gumbo a copy of its stack */
    SLAB_BYTES = 1 << 15,
};

typedef enum ParseEnd { PARSE_DONE, PARSE_OUT_OF_MEMORY, PARSE_OUT_OF_TIME } ParseEnd;

/* Block freed by Gumbo, waiting for the next of its class. */
typedef struct Free {
    struct Free *next;
} Free;

/* In front of each block; keeps it aligned to 16. */
typedef struct Head {
    size_t size_class;
    size_t padding;
} Head;

/* The parser's memory. */
typedef struct Heap {
    Arena *arena;
    char *slab;
    size_t slab_left;
    size_t used, budget;
    unsigned calls;
    int64_t deadline_us;
    Free *free[CLASS_COUNT];
    jmp_buf out;
} Heap;

static size_t size_class(size_t size)
{
    size_t class = SMALL_CLASSES;

    if (size <= (size_t)STEP * SMALL_CLASSES)
        return size ? (size - 1) / STEP : 0;
    while (((size_t)STEP * SMALL_CLASSES << (class - SMALL_CLASSES + 1)) < size)
        class ++;
    return class;
}

static size_t class_bytes(size_t class)
{
    return class < SMALL_CLASSES
               ? (class + 1) * STEP
               : (size_t)STEP * SMALL_CLASSES << (class - SMALL_CLASSES + 1);
}

static void *heap_take(Heap *heap, size_t bytes)
{
    char *block = NULL;

    if (bytes > SLAB_BYTES / 4)
        return arena_alloc_raw(heap->arena, bytes);
    if (bytes > heap->slab_left) {
        heap->slab = arena_alloc_raw(heap->arena, SLAB_BYTES);
        heap->slab_left = SLAB_BYTES;
    }
    block = heap->slab;
    heap->slab += bytes;
    heap->slab_left -= bytes;
    return block;
}

static void *heap_alloc(void *context, size_t size)
{
    Heap *heap = context;
    size_t class = 0;
    size_t bytes = 0;
    Head *head = NULL;

    if (size > heap->budget)
        longjmp(heap->out, PARSE_OUT_OF_MEMORY);
    class = size_class(size);
    bytes = sizeof(Head) + class_bytes(class);
    if (++heap->calls % LOOK_AT_CLOCK == 0 &&
        clock_now_us(&(Clock){.is_fixed = false}) > heap->deadline_us)
        longjmp(heap->out, PARSE_OUT_OF_TIME);
    if (heap->free[class]) {
        Free *block = heap->free[class];
        heap->free[class] = block->next;
        return block;
    }
    if (bytes > heap->budget - heap->used)
        longjmp(heap->out, PARSE_OUT_OF_MEMORY);
    heap->used += bytes;
    head = heap_take(heap, bytes);
    head->size_class = class;
    return head + 1;
}

static void heap_free(void *context, void *block)
{
    Heap *heap = context;
    Free *freed = block;
    size_t class = 0;

    if (!block)
        return;
    class = ((const Head *)block - 1)->size_class;
    freed->next = heap->free[class];
    heap->free[class] = freed;
}

static ParseEnd gumbo_run(Heap *heap, Str html, GumboOutput **output)
{
    GumboOptions options = kGumboDefaultOptions;
    int end = 0;

    options.allocator = heap_alloc;
    options.deallocator = heap_free;
    options.userdata = heap;
    options.max_errors = PARSE_ERRORS_MOST;
    end = setjmp(heap->out);
    if (end)
        return (ParseEnd)end;
    *output = gumbo_parse_with_options(&options, html.data, html.length);
    return PARSE_DONE;
}

static bool parse_tree(Document *document, Str bytes, const char *mark,
                       const HtmlLimits *limits, Error *err)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    const char *url = document->url;
    Heap *heap = ARENA_NEW(scratch, Heap);
    GumboOutput *output = NULL;
    HtmlScan scan;
    Str text = encoding_decode(scratch, bytes, document->encoding);
    HtmlTree job = {
        .arena = document->arena, .scratch = scratch, .scan = &scan, .mark = mark};

    text = html_scan(scratch, text, &scan);
    heap->arena = scratch;
    heap->budget = limits->memory;
    heap->deadline_us = clock_now_us(&(Clock){.is_fixed = false}) + limits->duration_us;
    switch (gumbo_run(heap, text, &output)) {
    case PARSE_DONE: break;
    case PARSE_OUT_OF_MEMORY:
        return error_set(err, ERROR_LIMIT, url, "parsing the page takes more than %zu MiB",
                         limits->memory >> 20);
    case PARSE_OUT_OF_TIME:
        return error_set(err, ERROR_LIMIT, url, "parsing the page takes more than %lld ms",
                         (long long)limits->duration_us / 1000);
    }
    job.source = text.data;
    if (!html_tree_convert(&job, output, url, err))
        return false;
    document->tree = job.tree;
    document->is_cut = job.is_cut || scan.is_cut;
    document->is_quirks =
        output->document->v.document.doc_type_quirks_mode == GUMBO_DOCTYPE_QUIRKS;
    document->parse_errors = (int)output->errors.length;
    return true;
}

static HtmlLimits limits_fill(const HtmlLimits *limits)
{
    HtmlLimits bounds = limits ? *limits : (HtmlLimits){.bytes = 0};

    if (!bounds.bytes)
        bounds.bytes = (size_t)10 << 20;
    if (!bounds.memory)
        bounds.memory = (size_t)256 << 20;
    if (!bounds.duration_us)
        bounds.duration_us = 5000000;
    return bounds;
}

/* made: arena, url and encoding are set. */
static bool document_parse(Document *made, Str bytes, const char *mark,
                           const HtmlLimits *limits, Error *err)
{
    HtmlLimits bounds = limits_fill(limits);

    if (bytes.length > bounds.bytes)
        return error_set(err, ERROR_LIMIT, made->url, "the page is larger than %zu bytes",
                         bounds.bytes);
    if (!parse_tree(made, bytes, mark, &bounds, err))
        return false;
    document_index(made);
    return true;
}

bool html_parse(Arena *arena, Str bytes, const char *content_type, const char *url,
                const HtmlLimits *limits, Document **document, Error *err)
{
    Document *made = ARENA_NEW(arena, Document);

    made->arena = arena;
    made->url = arena_text(arena, url ? url : "about:blank");
    made->encoding = encoding_sniff(bytes, content_type, &made->encoding_source);
    if (!document_parse(made, bytes, NULL, limits, err))
        return false;
    *document = made;
    return true;
}

bool html_parse_marked(Arena *arena, Str html, const char *mark, const char *url,
                       Document **document, Error *err)
{
    /* Marks make the markup longer than what the page itself holds. */
    static const HtmlLimits limits = {.bytes = (size_t)24 << 20};
    Document *made = ARENA_NEW(arena, Document);

    made->arena = arena;
    made->url = arena_text(arena, url ? url : "about:blank");
    made->encoding = "UTF-8";
    made->encoding_source = "browser";
    if (!document_parse(made, html, mark, &limits, err))
        return false;
    *document = made;
    return true;
}
