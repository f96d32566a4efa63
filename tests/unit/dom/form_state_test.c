/* form_state_test.c - typing, ticking, and what the browser would refuse. Tests
 * form_state.c, control_value.c and form_validate.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom_help.h"

typedef struct Fixture {
    Arena *arena;
    Document *document;
    FormState *state;
} Fixture;

static Fixture fixture(Arena *arena, const char *html)
{
    Fixture made = {.arena = arena, .document = page(arena, html)};

    made.state = form_state_create(arena, made.document);
    return made;
}

static const Node *by_id(const Fixture *at, const char *id)
{
    const Node *node = document_by_id(at->document, id);

    assert_non_null(node);
    return node;
}

void test_form_state__values_begin_as_served(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Fixture at =
        fixture(arena, "<input id=a value=' x\ny'><textarea id=b>\n1\n2</textarea>"
                       "<select id=c><option disabled>p<option> q  r </select>"
                       "<input id=d type=checkbox checked><input id=e type=radio>"
                       "<select id=f multiple><option>x</select><input id=g type=file "
                       "value=x><input id=h type=submit><button id=i value=v>");
    static const char *const want[] = {" xy", "1\n2", "q r",    "on", "on",
                                       "",    "",     "Submit", "v"};

    for (size_t i = 0; i < COUNT_OF(want); i++)
        assert_string_equal(
            control_value(at.state, by_id(&at, arena_printf(arena, "%c", 'a' + (int)i))),
            want[i]);
}

void test_form_state__a_set_value_lasts_until_reset(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Fixture at = fixture(arena, "<form id=f><input id=a value=1><input id=c type=checkbox>"
                                "</form><input id=b>");

    assert_true(control_set(at.state, by_id(&at, "a"), "2", NULL));
    assert_true(control_set(at.state, by_id(&at, "b"), "3", NULL));
    assert_true(control_set(at.state, by_id(&at, "c"), "yes", NULL));
    assert_true(control_is_checked(at.state, by_id(&at, "c")));
    assert_true(control_is_changed(at.state, by_id(&at, "a")));
    form_state_reset(at.state, by_id(&at, "f"));
    assert_string_equal(control_value(at.state, by_id(&at, "a")), "1");
    assert_string_equal(control_value(at.state, by_id(&at, "b")), "3");
    assert_false(control_is_checked(at.state, by_id(&at, "c")));
}

void test_form_state__radios_of_a_group_release_each_other(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Fixture at =
        fixture(arena, "<form><input type=radio name=r id=a checked><input type=radio "
                       "name=r id=b checked></form><input type=radio name=r id=c "
                       "checked><input type=radio name=s id=d checked>");

    assert_false(control_is_checked(at.state, by_id(&at, "a")));
    assert_true(control_is_checked(at.state, by_id(&at, "b")));
    assert_true(control_is_checked(at.state, by_id(&at, "c")));
    control_check(at.state, by_id(&at, "a"), true);
    assert_true(control_is_checked(at.state, by_id(&at, "a")));
    assert_false(control_is_checked(at.state, by_id(&at, "b")));
    assert_true(control_is_checked(at.state, by_id(&at, "c")));
    assert_true(control_is_checked(at.state, by_id(&at, "d")));
}

void test_form_state__lists_take_values_then_labels(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Fixture at =
        fixture(arena, "<select id=s><option value=1>Small<option value=2>Large "
                       "<option value=Small>odd<option disabled value=9>x</select>");
    const Node *select = by_id(&at, "s");
    Error err = {0};

    assert_true(control_set(at.state, select, "2", NULL));
    assert_string_equal(control_value(at.state, select), "2");
    assert_true(control_set(at.state, select, "Small", NULL));
    assert_string_equal(control_value(at.state, select), "Small");
    assert_true(control_set(at.state, select, "  large", NULL));
    assert_string_equal(control_value(at.state, select), "2");
    assert_false(control_set(at.state, select, "9", &err));
    err = (Error){0};
    assert_false(control_set(at.state, select, "huge", &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_string_equal(control_value(at.state, select), "2");
}

void test_form_state__what_nobody_can_type_into_is_refused(void)
{
    static const char *const pages[] = {
        "<input id=x type=hidden>",
        "<button id=x>",
        "<p id=x>",
        "<input id=x disabled>",
        "<input id=x readonly>",
        "<input id=x type=submit>",
        "<input id=x type=file>",
        "<fieldset disabled><select id=x><option>1</select>"};
    AUTO(arena_auto) Arena *arena = arena_create();

    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        Fixture at = fixture(arena, pages[i]);
        if (control_set(at.state, by_id(&at, "x"), "1", NULL))
            fail_msg("%s", pages[i]);
    }
}

void test_control_value__types_allow_what_they_allow(void)
{
    static const char *const cases[][3] = {
        {"number", "1e2", "1e2"},
        {"number", "+1", ""},
        {"number", ".5", ".5"},
        {"number", "1.", ""},
        {"number", "-0", "-0"},
        {"number", "1e999", ""},
        {"range", "1000", "100"},
        {"range", "x", "50"},
        {"range", "33.4", "33"},
        {"color", "#AbC", "#aabbcc"},
        {"color", "nope", "#000000"},
        {"color", " Red ", "#ff0000"},
        {"date", "2024-02-29", "2024-02-29"},
        {"date", "2023-02-29", ""},
        {"date", "0000-01-01", ""},
        {"month", "2024-12", "2024-12"},
        {"month", "2024-13", ""},
        {"week", "2024-W53", "2024-W53"},
        {"week", "2024-W00", ""},
        {"time", "23:59:59.5", "23:59:59.5"},
        {"time", "24:00", ""},
        {"time", "1:00", ""},
        {"datetime-local", "2024-01-01 10:00", "2024-01-01T10:00"},
        {"datetime-local", "2024-01-01", ""},
        {"email", " a@b.c\n ", "a@b.c"},
        {"url", " http://x ", "http://x"},
        {"tel", "1\r\n2", "12"},
        {"password", " p ", " p "}};
    AUTO(arena_auto) Arena *arena = arena_create();

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Fixture at =
            fixture(arena, arena_printf(arena, "<input id=x type=%s>", cases[i][0]));
        const Node *input = by_id(&at, "x");
        assert_true(control_set(at.state, input, cases[i][1], NULL));
        if (strcmp(control_value(at.state, input), cases[i][2]) != 0)
            fail_msg("%s '%s' is '%s'", cases[i][0], cases[i][1],
                     control_value(at.state, input));
    }
}

/* The rule that keeps the form from being sent after #x was set to typed (NULL: not). */
static void check_fault(const char *controls, const char *typed, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Fixture at = fixture(arena, arena_printf(arena, "<form id=f>%s</form>", controls));
    FormFault fault = {NULL, ""};

    if (typed)
        assert_true(control_set(at.state, by_id(&at, "x"), typed, NULL));
    form_fault(at.state, by_id(&at, "f"), &fault);
    if (strcmp(fault.rule, want) != 0)
        fail_msg("%s '%s': '%s'", controls, typed ? typed : "", fault.rule);
}

void test_form_validate__required(void)
{
    check_fault("<input required id=x>", NULL, "required");
    check_fault("<input required id=x>", "a", "");
    check_fault("<input required disabled>", NULL, "");
    check_fault("<input required readonly>", NULL, "");
    check_fault("<input type=checkbox required id=x>", NULL, "required");
    check_fault("<input type=checkbox required id=x>", "1", "");
    check_fault("<input type=radio name=r required><input type=radio name=r id=x>", NULL,
                "required");
    check_fault("<input type=radio name=r required><input type=radio name=r id=x>", "1",
                "");
    check_fault("<select required id=x><option value=''>choose<option>a</select>", NULL,
                "required");
    check_fault("<select required id=x><option value=''>choose<option>a</select>", "a", "");
    check_fault("<textarea required></textarea>", NULL, "required");
}

void test_form_validate__types_and_patterns(void)
{
    check_fault("<input type=email id=x>", "a@b", "");
    check_fault("<input type=email id=x>", "a@", "email");
    check_fault("<input type=email id=x>", "a@ex\xC3\xA4mple.com", "");
    check_fault("<input type=email multiple id=x>", "a@b.c, d@e.f", "");
    check_fault("<input type=email multiple id=x>", "a@b.c,", "email");
    check_fault("<input type=url id=x>", "shop", "url");
    check_fault("<input type=url id=x>", "https://shop", "");
    check_fault("<input pattern='[0-9]{5}' id=x>", "75001", "");
    check_fault("<input pattern='[0-9]{5}' id=x>", "75001x", "pattern");
    check_fault("<input pattern='[0-9]{5}' id=x>", "", "");
    check_fault("<input pattern='a|b' id=x>", "ab", "pattern");
    check_fault("<input pattern='[' id=x>", "x", "");
}

void test_form_validate__ranges_and_lengths(void)
{
    check_fault("<input type=number min=1 max=5 id=x>", "0", "min");
    check_fault("<input type=number min=1 max=5 id=x>", "6", "max");
    check_fault("<input type=number min=1 max=5 id=x>", "5", "");
    check_fault("<input type=number id=x>", "1.5", "step");
    check_fault("<input type=number step=0.1 id=x>", "1.5", "");
    check_fault("<input type=number step=any id=x>", "1.55", "");
    check_fault("<input type=date min=2024-01-01 id=x>", "2023-12-31", "min");
    check_fault("<input minlength=3 id=x value=a>", NULL, "");
    check_fault("<input minlength=3 id=x>", "ab", "minlength");
    check_fault("<input maxlength=3 id=x>", "abcd", "maxlength");
    check_fault("<input maxlength=2 id=x>", "\xF0\x9F\x98\x80", "");
    check_fault("<input maxlength=1 id=x>", "\xF0\x9F\x98\x80", "maxlength");
}

void test_form_state__notes_what_the_browser_holds(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = page(arena, "<input id=a type=number value=3 disabled>");
    FormState *state = form_state_create(arena, document);
    const Node *control = document_by_id(document, "a");

    assert_false(control_is_changed(state, control));
    control_note(state, control, "4 pcs");
    assert_string_equal(control_value(state, control), "4 pcs");
    assert_true(control_is_changed(state, control));
}
