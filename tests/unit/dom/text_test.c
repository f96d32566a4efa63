/* text_test.c - what a visitor could read. Tests text.c and fold.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/text.h"
#include "dom_help.h"

static void check_visible(const char *html, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(document_visible_text(page(arena, html)).data, want);
}

void test_text__blocks_stand_on_lines_and_inline_text_runs_on(void)
{
    check_visible("<p>One <b>bold</b></p><p>Two<br>Three</p>", "One bold\nTwo\nThree");
    check_visible("a<span>b</span>c", "abc");
    check_visible("<div><div>  a  </div>\n\n<div></div></div>b", "a\nb");
    check_visible("<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3");
    check_visible("12 <button>Add</button><button>Buy</button>x", "12 Add Buy x");
    check_visible("a<img alt=no>b", "a b");
}

void test_text__spaces_of_all_kinds_fold(void)
{
    check_visible("1&nbsp;234,50&#x202F;\xE2\x82\xAC \t\n x", "1 234,50 \xE2\x82\xAC x");
    check_visible("Lie&shy;fe&#x200B;rung", "Lieferung");
}

void test_text__what_markup_hides_is_left_out(void)
{
    check_visible("a<script>s</script><style>s</style><template>t</template>b", "ab");
    check_visible("a<div hidden>h</div>b", "ab");
    check_visible("a<div hidden=until-found>h</div>b", "a\nh\nb");
    check_visible("a<div style='color:red; DISPLAY : none !important'>h</div>b", "ab");
    check_visible("<div style=visibility:hidden>h<b style=visibility:visible>v</b></div>",
                  "v");
    check_visible("<details><summary>s</summary>h</details>", "s");
    check_visible("<details open><summary>s</summary>v</details>", "s\nv");
    check_visible("<dialog>h</dialog><dialog open>v</dialog>", "v");
    check_visible("<div popover>h</div>v", "v");
    check_visible("<noscript>v</noscript>", "v");
    check_visible("<svg><title>h</title><text>v</text></svg>", "v");
    check_visible("<video>fallback</video><iframe>x</iframe>v", "v");
}

void test_text__a_closed_select_shows_its_choice(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *html = "Size <select><option>S<option selected>M<option>L</select>!"
                       "<select multiple><option>a<option>b</select>";
    Document *document = page(arena, html);

    assert_string_equal(document_visible_text(document).data, "Size\nM\n!\na\nb");
    assert_string_equal(
        node_visible_text(arena, select_first(document, NULL, "select")).data, "S\nM\nL");
}

void test_text__content_is_all_text(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document =
        page(arena, "<p id=p> a <b hidden>b</b><template>t</template><!--c-->"
                    "<script>s</script>");

    assert_string_equal(node_text_content(arena, document_by_id(document, "p")).data,
                        " a bs");
}

void test_text__visibility_looks_at_ancestors(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document =
        page(arena, "<div hidden><a id=a></a></div><b id=b></b><input type=HIDDEN id=c>"
                    "<iframe id=d></iframe><details><summary id=e></summary><i id=f></i>"
                    "</details><div style=visibility:collapse><u id=g></u></div>");

    static const struct {
        const char *id;
        Visibility want;
    } cases[] = {{"a", VISIBILITY_HIDDEN},  {"b", VISIBILITY_UNKNOWN},
                 {"c", VISIBILITY_HIDDEN},  {"d", VISIBILITY_UNKNOWN},
                 {"e", VISIBILITY_UNKNOWN}, {"f", VISIBILITY_HIDDEN},
                 {"g", VISIBILITY_HIDDEN}};

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (node_visibility(document_by_id(document, cases[i].id)) != cases[i].want)
            fail_msg("#%s", cases[i].id);
}

void test_text__cuts_at_a_character(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(text_cut(arena, STR("été"), 5), "été");
    assert_string_equal(text_cut(arena, STR("étés!"), 5), "é…");
    assert_string_equal(text_cut(arena, STR("ab cdefg"), 6), "ab…");
    assert_string_equal(
        node_text_cut(arena, document_body(page(arena, "<p>ab<p>cdefghij")), 9), "ab cde…");
}

static void check_fold(const char *text, const char *lower, const char *plain)
{
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_string_equal(text_fold(arena, str_of(text)).data, lower);
    assert_string_equal(text_fold_accents(arena, str_of(text)).data, plain);
}

void test_fold__lower_case_spaces_and_apostrophes(void)
{
    check_fold("  Add \n to   CART ", "add to cart", "add to cart");
    check_fold("L’Été À\xC2\xA0"
               "Paris",
               "l'été à paris", "l'ete a paris");
    check_fold("\xC5\x92uvre STRASSE Straße ÆØ", "œuvre strasse straße æø",
               "oeuvre strasse strasse aeo");
    check_fold("ΑΒΓ Жж", "αβγ жж", "αβγ жж");
    check_fold("e\xCC\x81t", "\xC3\xA9t", "et");
    check_fold("", "", "");
    check_fold("a\xC2\xAD"
               "b",
               "ab", "ab");
}

void test_fold__bad_bytes_become_the_replacement_character(void)
{
    check_fold("a\xFF"
               "B",
               "a\xEF\xBF\xBD"
               "b",
               "a\xEF\xBF\xBD"
               "b");
}

void test_fold__marks_without_end_are_bounded(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    size_t count = 200000;
    char *text = arena_alloc(arena, count * 4 + 2);

    text[0] = 'a';
    for (size_t i = 0; i < count; i++)
        memcpy(text + 1 + i * 4, i % 2 ? "\xCC\x81\xCC\xA3" : "\xCC\xA3\xCC\x81", 4);
    assert_int_equal(text_fold_accents(arena, str_of(text)).length, 1);
    assert_true(text_fold(arena, str_of(text)).length > count);
}

void test_fold__words_are_runs_of_letters_and_digits(void)
{
    assert_int_equal(text_word_count(STR("Add to cart: 2 × 3,50 €")), 6);
    assert_int_equal(text_word_count(STR("déjà vu")), 2);
    assert_int_equal(text_word_count(STR(" -- ")), 0);
    assert_int_equal(text_word_count(STR("")), 0);
}
