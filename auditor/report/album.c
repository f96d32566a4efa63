/* album.c - reads pictures and carries as many as a page may hold.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/album.h"

#include <string.h>

#include "base/base64.h"
#include "base/out.h"

enum { PICTURE_LIMIT = 2 << 20, PICTURES_MOST = 400 };

struct Album {
    Arena *arena;
    const Audit *audit;
    const char *folder;
    Picture **pictures;
    size_t count, capacity;
    size_t inside; /* characters so far */
};

Album *album_create(Arena *arena, const Audit *audit, const char *folder)
{
    Album *album = ARENA_NEW(arena, Album);

    *album = (Album){.arena = arena, .audit = audit, .folder = folder};
    return album;
}

static unsigned two_at(Str bytes, size_t at)
{
    return (unsigned)(unsigned char)bytes.data[at] << 8 | (unsigned char)bytes.data[at + 1];
}

/* JPEG (ITU T.81, B.2.2): the size stands in the frame header, behind other segments. */
static bool jpeg_size(Str bytes, Picture *picture)
{
    size_t at = 2;

    while (at + 9 < bytes.length && (unsigned char)bytes.data[at] == 0xff) {
        unsigned marker = (unsigned char)bytes.data[at + 1];
        bool is_frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
                        marker != 0xc8 && marker != 0xcc;
        if (is_frame) {
            picture->height = (int)two_at(bytes, at + 5);
            picture->width = (int)two_at(bytes, at + 7);
            return picture->width > 0 && picture->height > 0;
        }
        at += 2 + two_at(bytes, at + 2);
    }
    return false;
}

/* PNG (ISO/IEC 15948, 11.2.2): the size begins the first chunk. */
static bool png_size(Str bytes, Picture *picture)
{
    if (bytes.length < 24 || two_at(bytes, 16) != 0 || two_at(bytes, 20) != 0)
        return false;
    picture->width = (int)two_at(bytes, 18);
    picture->height = (int)two_at(bytes, 22);
    return picture->width > 0 && picture->height > 0;
}

bool picture_read(Arena *arena, Str bytes, Picture *picture)
{
    bool is_jpeg = bytes.length > 4 && memcmp(bytes.data, "\xff\xd8\xff", 3) == 0;
    bool is_png = bytes.length > 8 && memcmp(bytes.data, "\x89PNG\r\n\x1a\n", 8) == 0;
    Str text = {0};

    picture->bytes = bytes;
    if (!(is_jpeg && jpeg_size(bytes, picture)) && !(is_png && png_size(bytes, picture)))
        return false;
    text = base64_encode(arena, bytes);
    picture->data = arena_printf(arena, "data:image/%s;base64,%.*s",
                                 is_jpeg ? "jpeg" : "png", STR_ARGS(text));
    return true;
}

/* "x.jpg" or "../screenshots/x.jpg": one name of plain letters, no way further up. */
static bool is_plain(const char *path)
{
    const char *name = strncmp(path, "../screenshots/", 15) == 0 ? path + 15
                       : strncmp(path, "screenshots/", 12) == 0  ? path + 12
                                                                 : path;

    if (*name == '.' || *name == '\0')
        return false;
    for (; *name; name++) {
        bool is_letter = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
                         (*name >= '0' && *name <= '9') || *name == '-' || *name == '_' ||
                         *name == '.';
        if (!is_letter)
            return false;
    }
    return true;
}

/* The picture's file from the report's folder: "visits/x.har" and "../screenshots/x.jpg"
 * make "screenshots/x.jpg". NULL when the page has none. */
static const char *file_of(const Album *album, const Visit *visit, const Page *page)
{
    const char *har = NULL, *slash = NULL;

    if (!page->screenshot || !is_plain(page->screenshot))
        return NULL;
    for (size_t v = 0; v < album->audit->visit_count; v++) {
        if (album->audit->visits[v] == visit)
            har = album->audit->visit_files[v];
    }
    slash = har ? strrchr(har, '/') : NULL;
    if (strncmp(page->screenshot, "../", 3) != 0 || !slash)
        return slash ? arena_printf(album->arena, "%.*s/%s", (int)(slash - har), har,
                                    page->screenshot)
                     : page->screenshot;
    while (slash > har && slash[-1] != '/')
        slash--;
    return arena_printf(album->arena, "%.*s%s", (int)(slash - har), har,
                        page->screenshot + 3);
}

static const Picture *known_find(const Album *album, const char *file, Str bytes)
{
    for (size_t i = 0; i < album->count; i++) {
        const Picture *picture = album->pictures[i];
        if (file ? strcmp(picture->file, file) == 0 : str_equal(picture->bytes, bytes))
            return picture;
    }
    return NULL;
}

const Picture *album_picture(Album *album, const Visit *visit, const Page *page)
{
    const char *file = file_of(album, visit, page);
    const Picture *known = file ? known_find(album, file, (Str){0}) : NULL;
    Picture picture = {.file = file};
    Str bytes = {0};

    if (!file || known || album->count >= PICTURES_MOST)
        return known;
    if (!file_read(album->arena, path_join(album->arena, album->folder, file),
                   PICTURE_LIMIT, &bytes, NULL))
        return NULL;
    known = known_find(album, NULL, bytes);
    if (known || !picture_read(album->arena, bytes, &picture))
        return known;
    if (album->inside + strlen(picture.data) <= ALBUM_INSIDE_MOST) {
        album->inside += strlen(picture.data);
        picture.id = arena_printf(album->arena, "p%zu", album->count + 1);
    } else {
        picture.data = NULL;
    }
    Picture *kept = ARENA_NEW(album->arena, Picture);
    *kept = picture;
    ARENA_PUSH(album->arena, album->pictures, album->count, album->capacity, kept);
    return kept;
}

const Picture *album_at(const Album *album, size_t at)
{
    return at < album->count ? album->pictures[at] : NULL;
}
