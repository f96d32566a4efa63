/* assets.c - see assets.h. Layer: demo (shop).
 * SPDX-License-Identifier: MIT */
#include "demo/shop/assets.h"

#include <string.h>

#include "base/buf.h"
#include "demo/markup.h"
#include "demo/pack.h"
#include "demo/shop/style.h"

static const int WIDTHS[PICTURE_WIDTHS] = {400, 800, 1200};

/* Names of the badges are what images of means of payment are recognised by. */
static const char *const BADGES[4][2] = {{"Visa", "#1a3a8f"},
                                         {"Mastercard", "#b5452c"},
                                         {"PayPal", "#0f5c94"},
                                         {"CB", "#1d6b55"}};

int picture_width(int index)
{
    return WIDTHS[index];
}

/* Pointers into items would move while it grows, so the table is sized beforehand. */
static const Asset *asset_add(Arena *arena, Assets *assets, const char *stem,
                              const char *ending, Buf *content)
{
    Asset *asset = &assets->items[assets->count++];
    unsigned hash = (unsigned)(str_hash(buf_str(content)) >> 32);
    asset->path = arena_printf(arena, "%s-%08x.%s", stem, hash, ending);
    asset->etag = arena_printf(arena, "\"%08x\"", hash);
    asset->body = arena_str(arena, buf_str(content));
    asset->gzip = pack_gzip(arena, asset->body);
    if (!strcmp(ending, "css"))
        asset->type = "text/css; charset=utf-8";
    else if (!strcmp(ending, "js"))
        asset->type = "text/javascript; charset=utf-8";
    else if (!strcmp(ending, "svg"))
        asset->type = "image/svg+xml";
    else
        asset->type = "application/manifest+json";
    buf_clear(content);
    return asset;
}

static void assets_lines(Buf *content, const char *const *lines)
{
    for (; *lines; lines++)
        buf_add_text(content, *lines);
}

static void assets_badges(Arena *arena, Assets *assets, Buf *content)
{
    for (size_t i = 0; i < COUNT_OF(BADGES); i++) {
        markup_print(content,
                     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"76\" height=\"32\" "
                     "viewBox=\"0 0 76 32\"><rect width=\"76\" height=\"32\" rx=\"5\" "
                     "fill=\"#fff\"/><text x=\"38\" y=\"21\" font-family=\"sans-serif\" "
                     "font-weight=\"700\" font-size=\"12\" text-anchor=\"middle\" "
                     "fill=\"%s\">%s</text></svg>\n",
                     BADGES[i][1], BADGES[i][0]);
        assets->badges[i] = asset_add(
            arena, assets, arena_printf(arena, "/assets/pay-%zu", i), "svg", content);
    }
}

static void assets_pictures(Arena *arena, Assets *assets, Buf *content)
{
    for (ProductId id = 0; id < PRODUCT_COUNT; id++) {
        for (PictureView view = 0; view < PICTURE_VIEWS; view++) {
            for (int i = 0; i < PICTURE_WIDTHS; i++) {
                picture_draw(content, &PRODUCTS[id], view, WIDTHS[i]);
                const char *stem =
                    arena_printf(arena, "/img/%s-%d-%d", PRODUCTS[id].slug.in[LANG_EN],
                                 (int)view + 1, WIDTHS[i]);
                assets->pictures[id][view][i] =
                    asset_add(arena, assets, stem, "svg", content);
            }
        }
    }
}

Assets *assets_create(Arena *arena)
{
    Assets *assets = ARENA_NEW(arena, Assets);
    assets->capacity = 16 + PRODUCT_COUNT * (size_t)PICTURE_VIEWS * PICTURE_WIDTHS;
    assets->items = ARENA_ARRAY(arena, assets->capacity, Asset);
    AUTO(buf_release) Buf content = {0};
    buf_init(&content, 1 << 20);
    assets_lines(&content, STYLE_LINES);
    assets->style = asset_add(arena, assets, "/assets/style", "css", &content);
    assets_lines(&content, SCRIPT_LINES);
    assets->script = asset_add(arena, assets, "/assets/shop", "js", &content);
    buf_add_text(&content, ICON_SVG);
    assets->icon = asset_add(arena, assets, "/assets/icon", "svg", &content);
    buf_printf(
        &content,
        "{\"name\":\"Grésil\",\"short_name\":\"Grésil\",\"start_url\":\"/\",\"display\":"
        "\"browser\",\"background_color\":\"#faf7f2\",\"theme_color\":\"#24364f\","
        "\"icons\":[{\"src\":\"%s\",\"sizes\":\"any\",\"type\":\"image/svg+xml\"}]}\n",
        assets->icon->path);
    assets->manifest = asset_add(arena, assets, "/assets/shop", "webmanifest", &content);
    assets_badges(arena, assets, &content);
    assets_pictures(arena, assets, &content);
    return assets;
}

const Asset *assets_find(const Assets *assets, const char *path)
{
    for (size_t i = 0; i < assets->count; i++)
        if (!strcmp(assets->items[i].path, path))
            return &assets->items[i];
    return NULL;
}
