/* sheet_fuzz.c - any bytes as a style sheet of a small page, as a srcset and as an image.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/html.h"
#include "fuzz.h"
#include "net/image_size.h"
#include "visit/http/media.h"
#include "visit/http/resources.h"
#include "visit/http/srcset.h"

static const char PAGE[] = "<html><body class=a><h1 id=b>Tea</h1><p class='c d'>text</p>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Persona persona = {.width = 400, .height = 800, .pixel_ratio = 2};
    HttpVisitor *visitor = ARENA_NEW(arena, HttpVisitor);
    Shown shown = {.url = "http://shop.example/"};
    Str bytes = str_from((const char *)data, size);
    visitor->arena = arena;
    visitor->base.persona = &persona;
    FUZZ_ASSERT(html_parse(arena, str_of(PAGE), "text/html", shown.url, NULL,
                           &shown.document, NULL));
    ResourceList *list = resources_create(visitor, &shown);
    sheet_scan(list, bytes, "http://shop.example/a.css", 0);
    style_scan(list, bytes);
    fonts_choose(list);
    FUZZ_ASSERT(list->count <= HTTP_RESOURCES_MAX);
    for (size_t i = 0; i < list->count; i++)
        FUZZ_ASSERT(strncmp(list->items[i]->url, "http", 4) == 0);
    (void)media_holds(&persona, bytes);
    const char *text = arena_str_text(arena, bytes);
    (void)srcset_choose(arena, &persona, text, text, text);
    int width = 0;
    int height = 0;
    bool is_image = image_size_read(bytes, &width, &height);
    FUZZ_ASSERT(is_image == (width > 0 && height > 0));
    return 0;
}
