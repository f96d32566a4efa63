/* album_test.c - pictures are read from beside the report, and nothing else is.
 *
 * Layer: tests. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "fixture.h"
#include "report/album.h"
#include "report/report.h"
#include "unit.h"

/* A JPEG as far as its frame header: 3 wide, 2 high. */
#define JPEG                                                                               \
    "\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x0b\x08\x00\x02\x00\x03\x01\x01\x11\x00"

static const char *folder_new(Arena *arena)
{
    char *folder = arena_text(arena, "/tmp/mystery-album-XXXXXX");

    assert_non_null(mkdtemp(folder));
    return folder;
}

/* An audit of one visit whose only page has the picture. */
static Audit *audit_with(Arena *arena, const char *screenshot, Page **page)
{
    static const char *files[] = {"visits/x.har"};
    Audit *audit = audit_create(arena);
    Visit *visit = visit_create(arena);

    ARENA_PUSH(arena, audit->visits, audit->visit_count, audit->visit_capacity, visit);
    audit->visit_files = files;
    *page = visit_add_page(visit);
    (*page)->screenshot = screenshot;
    return audit;
}

static const Picture *picture_of(Arena *arena, const char *folder, const char *screenshot)
{
    Page *page = NULL;
    Audit *audit = audit_with(arena, screenshot, &page);

    return album_picture(album_create(arena, audit, folder), audit->visits[0], page);
}

/* What a page with a missed criterion shows, its picture beside it. */
static const char *crop_of(Arena *arena, double width)
{
    static const char *const folders[] = {"reports", NULL};
    const char *folder = folder_new(arena);
    Audit *audit = fixture_audit(arena);
    Error err = {0};
    AUTO(buf_release) Buf out = {0};
    const char *pictures = path_join(arena, folder, "screenshots");
    audit->visit_files = ARENA_ARRAY(arena, audit->visit_count, const char *);
    for (size_t v = 0; v < audit->visit_count; v++)
        audit->visit_files[v] = "visits/x.har";
    assert_true(folder_make(pictures, &err));
    assert_true(file_write(path_join(arena, pictures, "a.jpg"),
                           str_from(JPEG, sizeof JPEG - 1), &err));
    for (size_t f = 0; f < audit->finding_count; f++)
        for (size_t r = 0; r < audit->findings[f]->result_count; r++) {
            PageResult *result = &audit->findings[f]->results[r];
            if (result->outcome != FINDING_FAIL || result->page < 0)
                continue;
            result->evidence = ARENA_ARRAY(arena, 1, Evidence);
            result->evidence[0] = (Evidence){"#buy", "<b>", NULL, {0.5, 0.5, width, 0.1}};
            result->evidence_count = 1;
            audit->visits[result->visit]->pages[result->page]->screenshot =
                "../screenshots/a.jpg";
        }
    ReportOptions options = {.language = "en", .folders = folders, .folder = folder};
    buf_init(&out, 64 << 20);
    assert_true(report_format("html")->write(audit, &options, &out, &err));
    folder_remove(folder);
    const char *crop = strstr(buf_text(&out), "<svg class=\"crop\"");
    return crop ? arena_text(arena, crop) : NULL;
}

void test_album__evidence_is_cropped_out_of_the_picture_of_its_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *crop = crop_of(arena, 0.3);

    assert_non_null(crop);
    assert_memory_equal(crop, "<svg class=\"crop\" viewBox=\"0 0 3 2\"", 35);
    assert_non_null(strstr(crop, "<use href=\"#p1\"/><rect x=\"2\" y=\"1\""));
    /* Not on the picture: none. */
    assert_null(crop_of(arena, 0));
}

void test_album__tells_a_picture_by_its_head(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Picture picture = {0};

    assert_true(picture_read(arena, str_from(JPEG, sizeof JPEG - 1), &picture));
    assert_int_equal(picture.width, 3);
    assert_int_equal(picture.height, 2);
    assert_memory_equal(picture.data, "data:image/jpeg;base64,/9j/", 27);
    assert_false(picture_read(arena, STR("<svg onload=alert(1)>"), &picture));
    assert_false(picture_read(arena, STR("\xff\xd8\xff\xc0"), &picture));
    assert_false(picture_read(arena, STR(""), &picture));
}

void test_album__finds_the_picture_beside_the_visits(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_new(arena);
    const Picture *picture = NULL;

    assert_true(folder_make(path_join(arena, folder, "screenshots"), NULL));
    assert_true(file_write(path_join(arena, folder, "screenshots/a-1.jpg"),
                           str_from(JPEG, sizeof JPEG - 1), NULL));
    picture = picture_of(arena, folder, "../screenshots/a-1.jpg");
    assert_non_null(picture);
    assert_string_equal(picture->file, "screenshots/a-1.jpg");
    assert_string_equal(picture->id, "p1");
    assert_int_equal(unlink(path_join(arena, folder, "screenshots/a-1.jpg")), 0);
    assert_int_equal(rmdir(path_join(arena, folder, "screenshots")), 0);
    assert_int_equal(rmdir(folder), 0);
}

void test_album__opens_no_path_that_leads_elsewhere(void)
{
    static const char *const paths[] = {"/etc/passwd",
                                        "../../etc/passwd",
                                        "../screenshots/../../x.jpg",
                                        "../screenshots/.hidden",
                                        "../screenshots/a\"onload=x.jpg",
                                        "file:///x.jpg",
                                        "../screenshots/",
                                        "../screenshots/missing.jpg"};
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *folder = folder_new(arena);

    for (size_t i = 0; i < COUNT_OF(paths); i++)
        assert_null(picture_of(arena, folder, paths[i]));
    assert_null(picture_of(arena, folder, NULL));
    assert_int_equal(rmdir(folder), 0);
}
