/* escape_test.c - nothing foreign keeps its power where it lands.
 *
 * SPDX-License-Identifier: MIT */
#include "report/escape.h"
#include "unit.h"

static void check(Escape *escape, Str text, const char *expected)
{
    AUTO(buf_release) Buf out = {0};

    buf_init(&out, 4096);
    escape(&out, text);
    assert_string_equal(buf_text(&out), expected);
}

void test_escape__html_text_cannot_open_a_tag(void)
{
    check(escape_html_text, STR("<script>a && \"b\"</script>"),
          "&lt;script&gt;a &amp;&amp; \"b\"&lt;/script&gt;");
}

void test_escape__html_attribute_cannot_be_left(void)
{
    check(escape_html_attribute, STR("\" onload='x` <&>"),
          "&quot; onload=&#39;x&#96; &lt;&amp;&gt;");
}

void test_escape__xml_keeps_line_ends_in_attributes(void)
{
    check(escape_xml, STR("a\r\nb\tc]]>\x01"), "a&#10;b&#9;c]]&gt;\xE2\x90\x81");
}

void test_escape__json_is_safe_inside_a_script(void)
{
    check(escape_json, STR("</script>\"\\\n\t"), "\\u003c/script\\u003e\\\"\\\\\\n\\t");
}

void test_escape__csv_defuses_formulas(void)
{
    check(escape_csv, STR("=1+1"), "\"'=1+1\"");
    check(escape_csv, STR("  @SUM(A1)"), "\"'  @SUM(A1)\"");
    check(escape_csv, STR("-2+cmd|' /C calc'!A0"), "\"'-2+cmd|' /C calc'!A0\"");
    check(escape_csv, STR("\t=1"), "\"' =1\"");
    check(escape_csv,
          STR("\xEF\xBC\x9D"
              "1"),
          "\"'\xEF\xBC\x9D"
          "1\"");
    check(escape_csv, STR("\xC2\xA0=1"), "\"'\xC2\xA0=1\"");
}

void test_escape__csv_leaves_numbers_alone(void)
{
    check(escape_csv, STR("-12.5"), "\"-12.5\"");
    check(escape_csv, STR("+3,5"), "\"+3,5\"");
}

void test_escape__csv_doubles_quotes_and_keeps_one_line(void)
{
    check(escape_csv, STR("say \"hi\"\r\nnow;"), "\"say \"\"hi\"\" now;\"");
}

void test_escape__markdown_shows_what_was_written(void)
{
    check(escape_markdown, STR("- [x](http://a) <b> | `c` @me #12"),
          "\\- \\[x\\]\\(http&#58;//a\\) &lt;b\\> \\| \\`c\\` &#64;me &#35;12");
    check(escape_markdown, STR("# title\nnext"), "\\# title next");
    check(escape_markdown, STR("so: :smile: www.a.b"), "so: &#58;smile: www&#46;a.b");
}

void test_escape__terminal_shows_escapes_instead_of_obeying(void)
{
    check(escape_terminal, STR("\x1b[31mred\x07\nnext\x9b"),
          "\xE2\x90\x9B[31mred\xE2\x90\x87 next\xEF\xBF\xBD");
}

void test_escape__direction_marks_do_not_survive(void)
{
    check(escape_terminal,
          STR("a\xE2\x80\xAE"
              "b\xE2\x81\xA6"
              "c"),
          "a\xEF\xBF\xBD"
          "b\xEF\xBF\xBD"
          "c");
    check(escape_html_text, STR("\xE2\x80\x8F"), "\xEF\xBF\xBD");
}

void test_escape__broken_bytes_and_nul_become_visible(void)
{
    check(escape_html_text, STR("a\0b\xED\xA0\x80\xFF"),
          "a\xE2\x90\x80"
          "b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

void test_escape__words_with_joiners_stay_whole(void)
{
    check(escape_xml,
          STR("\xD9\x85\xE2\x80\x8C"
              "\xC3\xA9"),
          "\xD9\x85\xE2\x80\x8C\xC3\xA9");
}

void test_escape__defused_text_keeps_lines(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(escape_defuse(arena, "a\nb\x1b"), "a\nb\xE2\x90\x9B");
    assert_null(escape_defuse(arena, NULL));
}
