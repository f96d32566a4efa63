/* forms_test.c - which controls a form owns.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom_help.h"

/* The id of the owner of #x, "" for none. */
static void check_owner(const char *html, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = page(arena, html);
    const Node *owner = form_owner(document, document_by_id(document, "x"));

    assert_string_equal(owner ? node_attribute(owner, "id") : "", want);
}

void test_forms__owner_is_the_form_around(void)
{
    check_owner("<form id=f><p><input id=x></form>", "f");
    check_owner("<form id=f></form><input id=x>", "");
    check_owner("<form id=f></form><form id=g><input id=x></form>", "g");
}

void test_forms__owner_is_the_form_open_in_a_table(void)
{
    check_owner("<table><form id=f><tr><td><input id=x></td></tr></form></table>", "f");
    check_owner("<table><form id=f></form><tr><td><input id=x></table>", "");
    check_owner("<table><form id=f><tr><td></form><td><input id=x></table>", "");
    check_owner("<table><tr><form id=f><td>1</td></form></tr><tr><form id=g><td>"
                "<input id=x></td></form></tr></table>",
                "g");
}

void test_forms__a_nested_form_is_ignored_and_its_end_counts(void)
{
    check_owner("<form id=f><form id=g><input id=x></form></form>", "f");
    check_owner("<form id=f><form id=g></form><input id=x></form>", "");
    check_owner("<form id=f><div><form id=g></form><input id=x></div></form>", "f");
}

void test_forms__end_tags_in_scripts_and_comments_do_not_count(void)
{
    check_owner("<table><form id=f><tr><td><script>'</form>'</script><!-- </form> -->"
                "<textarea></form></textarea><a title='</form>'></a><input id=x></table>",
                "f");
}

void test_forms__form_attribute_wins(void)
{
    check_owner("<form id=f><input id=x form=g></form><form id=g></form>", "g");
    check_owner("<input id=x form=f><form id=f></form>", "f");
    check_owner("<form id=f><input id=x form=nope></form>", "");
    check_owner("<form id=f><input id=x form=''></form>", "");
    check_owner("<form id=f><input id=x form=p></form><p id=p>", "");
}

void test_forms__templates_have_forms_of_their_own(void)
{
    check_owner("<template><form id=t></form></template><form id=f><input id=x></form>",
                "f");
    check_owner("<form id=f><template><form></form></template><input id=x></form>", "f");
}

void test_forms__controls_come_in_tree_order(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = page(arena, "<input id=a form=f><form id=f><select id=b></select>"
                                     "<fieldset><textarea id=c></textarea></fieldset>"
                                     "<output></output></form><button id=d form=f>");
    NodeList list = {0};

    form_controls(document, document_by_id(document, "f"), arena, &list);
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(node_attribute(list.items[i], "id")[0], 'a' + (int)i);
    assert_int_equal(document_forms(document)->count, 1);
}

void test_forms__types(void)
{
    static const char *const cases[][2] = {
        {"<input>", "text"},
        {"<input type=EMAIL>", "email"},
        {"<input type=nonsense>", "text"},
        {"<button>", "submit"},
        {"<button type=x>", "submit"},
        {"<button type=Button>", "button"},
        {"<select>", "select"},
        {"<textarea>", "textarea"},
        {"<p>", ""},
        {"<input type=datetime-local>", "datetime-local"}};
    AUTO(arena_auto) Arena *arena = arena_create();

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(control_type(page_first(page(arena, cases[i][0]))),
                            cases[i][1]);
}

void test_forms__disabled_comes_from_fieldsets_too(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document =
        page(arena, "<fieldset disabled><legend><input id=0></legend><legend><input id=1>"
                    "</legend><fieldset><input id=1></fieldset></fieldset><input id=0>"
                    "<select><optgroup disabled><option id=1></optgroup><option id=0>"
                    "</select><button disabled id=1>");
    NodeList list = {0};

    select_all(document, NULL, "[id]", arena, &list);
    assert_int_equal(list.count, 7);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(control_is_disabled(list.items[i]),
                         node_attribute(list.items[i], "id")[0] == '1');
}
