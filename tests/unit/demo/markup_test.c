/* markup_test.c - nothing foreign becomes markup. SPDX-License-Identifier: MIT */
#include "demo/markup.h"
#include "unit.h"

void test_markup__escapes_what_percent_s_brings(void)
{
    Buf out = {0};
    buf_init(&out, 1000);
    markup_print(&out, "<a href=\"%s\">%s</a> %d%% %zu %ld", "\"><script>", "a & b's", -3,
                 (size_t)7, 8L);
    assert_string_equal(buf_text(&out),
                        "<a href=\"&quot;&gt;&lt;script&gt;\">a &amp; b&#39;s</a> "
                        "-3% 7 8");
    buf_release(&out);
}

void test_markup__keeps_other_bytes(void)
{
    Buf out = {0};
    buf_init(&out, 1000);
    markup_text(&out, STR("é \0 ü"));
    assert_int_equal(out.length, sizeof "é \0 ü" - 1);
    buf_release(&out);
}
