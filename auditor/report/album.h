/* album.h - the pictures a browser took, read from beside the report and put into it.
 *
 * The first of them are carried inside the page, up to 1 MiB as text; the others are named
 * by their files. A picture's name comes out of audit.json, so nothing but a plain name in
 * a folder beside the visits is opened, and nothing but a JPEG or PNG is put in.
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_ALBUM_H
#define REPORT_ALBUM_H

#include "base/arena.h"
#include "model/audit.h"

/** One picture. */
typedef struct Picture {
    const char *file;  /**< from the report's folder */
    const char *id;    /**< "p3": of the image in the page; NULL: it stays beside */
    const char *data;  /**< "data:image/jpeg;base64,…"; NULL: it stays beside */
    Str bytes;         /**< as read */
    int width, height; /**< pixels */
} Picture;

typedef struct Album Album;

/** Most characters of pictures inside a page. */
enum { ALBUM_INSIDE_MOST = 1 << 20 };

/** An empty album. folder: where the report goes; audit->visit_files are told from there.
 * Owns: arena. */
Album *album_create(Arena *arena, const Audit *audit, const char *folder);
/** The picture of a page, read once; the same picture of two pages is one. NULL when the
 * page has none, its file is gone or it is no picture. Owns: the album's arena. */
const Picture *album_picture(Album *album, const Visit *visit, const Page *page);
/** Picture number at from 0, or NULL behind the last. */
const Picture *album_at(const Album *album, size_t at);
/** A picture file as "data:image/…;base64,…" with its size. Returns false when it is
 * neither JPEG nor PNG. Owns: arena. */
bool picture_read(Arena *arena, Str bytes, Picture *picture);

#endif
