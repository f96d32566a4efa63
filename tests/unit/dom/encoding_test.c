/* encoding_test.c - which encoding, and what its bytes mean. Tests encoding.c,
 * encoding_sniff.c and encoding_labels.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/arena.h"
#include "base/attr.h"
#include "dom/encoding.h"
#include "unit.h"

static void check_sniff(Str bytes, const char *type, const char *want, const char *from)
{
    const char *source = NULL;

    assert_string_equal(encoding_sniff(bytes, type, &source), want);
    assert_string_equal(source, from);
}

void test_encoding__labels_are_read_as_the_web_does(void)
{
    assert_string_equal(encoding_of_label(STR(" Latin1\n")), "windows-1252");
    assert_string_equal(encoding_of_label(STR("ISO-8859-1")), "windows-1252");
    assert_string_equal(encoding_of_label(STR("us-ascii")), "windows-1252");
    assert_string_equal(encoding_of_label(STR("iso-8859-9")), "windows-1254");
    assert_string_equal(encoding_of_label(STR("gb2312")), "GBK");
    assert_string_equal(encoding_of_label(STR("x-sjis")), "Shift_JIS");
    assert_string_equal(encoding_of_label(STR("ks_c_5601-1987")), "EUC-KR");
    assert_string_equal(encoding_of_label(STR("utf8")), "UTF-8");
    assert_string_equal(encoding_of_label(STR("iso-2022-kr")), "replacement");
    assert_null(encoding_of_label(STR("utf-7")));
    assert_null(encoding_of_label(STR("utf-32")));
    assert_null(encoding_of_label(STR("")));
}

void test_encoding_sniff__order_is_bom_header_meta_default(void)
{
    check_sniff(STR("\xEF\xBB\xBF<meta charset=koi8-r>"), "text/html;charset=big5", "UTF-8",
                "bom");
    check_sniff(STR("\xFF\xFE<\0"), NULL, "UTF-16LE", "bom");
    check_sniff(STR("\xFE\xFF\0<"), NULL, "UTF-16BE", "bom");
    check_sniff(STR("<meta charset=koi8-r>"), "text/html; Charset=\"Big5\"", "Big5",
                "header");
    check_sniff(STR("<meta charset=koi8-r>"), "text/html; charset=nonsense", "KOI8-R",
                "meta");
    check_sniff(STR("<p>"), "text/html", "windows-1252", "default");
    check_sniff(STR("<p>\xC3\xA9"), NULL, "UTF-8", "default");
    check_sniff(STR("<p>\xE9"), NULL, "windows-1252", "default");
}

void test_encoding_sniff__meta_is_looked_for_as_browsers_do(void)
{
    check_sniff(
        STR("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-2'>"), NULL,
        "ISO-8859-2", "meta");
    check_sniff(
        STR("<META content=\"text/html;charset = 'utf-8'\" HTTP-EQUIV='content-type'/>"),
        NULL, "UTF-8", "meta");
    check_sniff(STR("<meta content='text/html; charset=iso-8859-2'>"), NULL, "windows-1252",
                "default");
    check_sniff(STR("<!-- <meta charset=big5> --><meta charset=utf-8>"), NULL, "UTF-8",
                "meta");
    check_sniff(STR("<a title='<meta charset=big5>'><meta charset=utf-8>"), NULL, "UTF-8",
                "meta");
    check_sniff(STR("<meta charset=utf-16>"), NULL, "UTF-8", "meta");
    check_sniff(STR("<meta charset=x-user-defined>"), NULL, "windows-1252", "meta");
    check_sniff(STR("<metadata charset=big5>"), NULL, "windows-1252", "default");
    check_sniff(STR("<?xml version='1.0' encoding='koi8-r'?><p>"), NULL, "KOI8-R", "meta");
    check_sniff(STR("<meta charset"), NULL, "windows-1252", "default");
    check_sniff(STR("<meta charset='big5"), NULL, "windows-1252", "default");
}

void test_encoding_sniff__a_late_meta_counts_in_the_head(void)
{
    char page[1100];

    memset(page, ' ', sizeof(page));
    memcpy(page + 1030, "<meta charset=big5>", 19);
    check_sniff(str_from(page, sizeof(page)), NULL, "Big5", "meta");
    memcpy(page, "<body>", 6);
    check_sniff(str_from(page, sizeof(page)), NULL, "windows-1252", "default");
}

static void check_decode(const char *encoding, Str bytes, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str text = encoding_decode(arena, bytes, encoding);

    if (!str_equal_text(text, want))
        fail_msg("%s: '%.*s', not '%s'", encoding, STR_ARGS(text), want);
}

void test_encoding__decodes_what_browsers_decode(void)
{
    check_decode("windows-1252", STR("\x80\x81\xE9\x9F"), "€\xC2\x81éŸ");
    check_decode("windows-1253", STR("\xAA\xC1"), "\xEF\xBF\xBDΑ");
    check_decode("windows-1251", STR("\xCF\xF0"), "Пр");
    check_decode("ISO-8859-15", STR("\xA4"), "€");
    check_decode("ISO-8859-8-I", STR("\xE0"), "א");
    check_decode("macintosh", STR("\x8E"), "é");
    check_decode("x-user-defined", STR("\x80"), "\xEF\x9E\x80");
    check_decode("Shift_JIS", STR("\x83\x65\x87\x40\x81"), "テ①\xEF\xBF\xBD");
    check_decode("EUC-JP", STR("\xA5\xC6"), "テ");
    check_decode("ISO-2022-JP", STR("\x1B$B%F\x1B(B!"), "テ!");
    check_decode("GBK",
                 STR("\xC4\xE3\x80"
                     "A"),
                 "你\xEF\xBF\xBD"
                 "A");
    check_decode("Big5", STR("\xA4\xA4"), "中");
    check_decode("EUC-KR", STR("\xC7\xD1"), "한");
    check_decode("UTF-16LE", STR("\xFF\xFE\xE9\0\x3D\xD8\0\xDE\0\xDC"), "é😀\xEF\xBF\xBD");
    check_decode("UTF-16BE", STR("\0A\0"), "A\xEF\xBF\xBD");
    check_decode("replacement", STR("abc"), "\xEF\xBF\xBD");
    check_decode("UTF-8",
                 STR("\xEF\xBB\xBF"
                     "a"),
                 "a");
}

void test_encoding__one_replacement_for_a_maximal_subpart(void)
{
    check_decode("UTF-8",
                 STR("\xE2\x82"
                     "A"),
                 "\xEF\xBF\xBD"
                 "A");
    check_decode("UTF-8", STR("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    check_decode("UTF-8", STR("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    check_decode("UTF-8", STR("\xF0\x9F\x98"), "\xEF\xBF\xBD");
    check_decode("UTF-8", STR("a\xFF"), "a\xEF\xBF\xBD");
}

static void check_encode(const char *encoding, const char *text, Str want)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str bytes = encoding_encode(arena, str_of(text), encoding);

    if (!str_equal(bytes, want))
        fail_msg("%s: '%.*s'", encoding, STR_ARGS(bytes));
}

void test_encoding__what_a_form_cannot_say_is_a_number(void)
{
    check_encode("windows-1252", "aé€😀", STR("a\xE9\x80&#128512;"));
    check_encode("Shift_JIS", "テé", STR("\x83\x65&#233;"));
    check_encode("ISO-2022-JP", "テ😀a", STR("\x1B$B%F\x1B(B&#128512;a"));
    check_encode("UTF-16LE", "é", STR("é"));
    check_encode("UTF-8", "😀", STR("😀"));
    assert_string_equal(encoding_output("UTF-16BE"), "UTF-8");
    assert_string_equal(encoding_output("GBK"), "GBK");
}
