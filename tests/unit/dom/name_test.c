/* name_test.c - roles and accessible names. Tests name.c and role.c.
 *
 * The golden file holds what Chromium computed; skipped where it is not there. Its names
 * are compared as callers compare names: trimmed, no-break spaces as spaces.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/out.h"
#include "dom/name.h"
#include "dom_help.h"

#define GOLDEN SHARED_DATA "/accname-golden/chromium-156.json"

enum { GOLDEN_PASSED = 80 };

/* Cases whose answer needs a style sheet. */
static const char *const golden_misses[] = {"button ::before", NULL};

static bool is_known_miss(const char *name)
{
    for (size_t i = 0; golden_misses[i]; i++)
        if (strcmp(golden_misses[i], name) == 0)
            return true;
    return false;
}

static Str comparable(Arena *arena, const char *name)
{
    char *text = arena_text(arena, name);
    size_t length = 0;

    for (size_t i = 0; text[i]; i++) {
        bool is_nbsp = strncmp(text + i, "\xC2\xA0", 2) == 0;
        text[length++] = is_nbsp ? ' ' : text[i];
        i += is_nbsp;
    }
    return str_trim(str_from(text, length));
}

static bool golden_passes(const JsonFile *file, const Json *one)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document =
        page(arena, arena_printf(arena, "%s%s",
                                 json_text(json_get(file->root, "document_prefix"), ""),
                                 json_text(json_get(one, "html"), "")));
    const Node *node = document_by_id(document, "x");
    const char *role = json_text(json_get(one, "role"), "");
    Str want = comparable(arena, json_text(json_get(one, "name"), ""));
    const char *name = node_name(arena, document, node, NULL);
    bool is_good = str_equal_text(want, name) && strcmp(node_role(node), role) == 0;

    if (!is_good && !is_known_miss(json_text(json_get(one, "case"), "")))
        print_message("%s: '%s' (%s), not '%.*s' (%s)\n",
                      json_text(json_get(one, "case"), ""), name, node_role(node),
                      STR_ARGS(want), role);
    return is_good;
}

void test_name__golden_names_stay_at_the_number_reached(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file = {0};
    size_t passed = 0, total = 0;

    if (!path_is_file(GOLDEN)) {
        print_message("accessible names: skipped, no data\n");
        skip();
    }
    assert_true(json_load(arena, GOLDEN, 1 << 24, &file, NULL));
    for (const Json *one = json_first(json_get(file.root, "cases")); one;
         one = json_next(one)) {
        total++;
        passed += golden_passes(&file, one);
    }
    print_message("accessible names: %zu of %zu\n", passed, total);
    assert_in_range(passed, GOLDEN_PASSED, total);
}

/* Name of #x, and the step it came from. */
static void check_name(const char *html, const char *want, const char *from)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, html);
    const char *step = NULL;

    assert_string_equal(node_name(arena, document, document_by_id(document, "x"), &step),
                        want);
    assert_string_equal(step, from);
}

void test_name__steps_come_in_order(void)
{
    check_name(
        "<i id=a>A</i><button id=x aria-labelledby=a aria-label=B title=T>C</button>", "A",
        "labelledby");
    check_name("<button id=x aria-label=B title=T>C</button>", "B", "label");
    check_name("<button id=x title=T>C</button>", "C", "contents");
    check_name("<button id=x title=T></button>", "T", "title");
    check_name("<label for=x>L</label><input id=x placeholder=P title=T>", "L", "native");
    check_name("<input id=x placeholder=P>", "P", "placeholder");
    check_name("<input id=x>", "", "");
    check_name("<button id=x hidden>C</button>", "", "");
}

void test_name__references_are_followed_once(void)
{
    check_name(
        "<i id=a aria-labelledby=b>A</i><i id=b>B</i><button id=x aria-labelledby=a>", "A",
        "labelledby");
    check_name("<button id=x aria-labelledby='x x'>C</button>", "C C", "labelledby");
    check_name(
        "<div id=h hidden><b hidden>deep</b></div><a id=x href=y aria-labelledby=h>z</a>",
        "deep", "labelledby");
    check_name("<i id=a></i><a id=x href=y aria-labelledby=a>z</a>", "z", "contents");
}

void test_name__labels_hold_other_controls_values(void)
{
    check_name("<label>Pay <input value=5> by <select><option>card<option selected>cash"
               "</select><input id=y type=checkbox> now <input id=x></label>",
               "", "");
    check_name(
        "<label for=x>Pay <input value=5> by <select><option>card<option selected>cash"
        "</select></label><input id=x>",
        "Pay 5 by cash", "native");
}

void test_name__pictures_in_links_speak(void)
{
    check_name("<a id=x href=y><img alt='Red shoe' src=z> 20 €</a>", "Red shoe 20 €",
               "contents");
    check_name("<a id=x href=y><svg><title>Cart</title><path/></svg></a>", "Cart",
               "contents");
    check_name("<a id=x href=y><i aria-label=Cart></i></a>", "Cart", "contents");
    check_name("<a id=x href=y><i class=icon title=Cart></i></a>", "Cart", "contents");
}

void test_name__deep_and_wide_content_is_bounded(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf buf = {0};
    const Document *document = NULL;

    buf_init(&buf, 1 << 24);
    buf_add_text(&buf, "<a id=x href=y>");
    for (int i = 0; i < 100000; i++)
        buf_add_text(&buf, "<i>abcdefghij</i>");
    document = page(arena, buf_text(&buf));
    assert_in_range(strlen(node_name(arena, document, document_by_id(document, "x"), NULL)),
                    1000, 1 << 16);
}

static void check_role(const char *html, const char *want)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, html);

    assert_string_equal(node_role(document_by_id(document, "x")), want);
}

void test_role__explicit_ones_win_if_known(void)
{
    check_role("<div id=x role=button>", "button");
    check_role("<div id=x role='nonsense TAB'>", "tab");
    check_role("<div id=x role=nonsense>", "generic");
    check_role("<ul id=x role=presentation>", "none");
    check_role("<div id=x role=img>", "image");
}

void test_role__elements_have_their_own(void)
{
    check_role("<header id=x>", "banner");
    check_role("<main><header id=x></main>", "generic");
    check_role("<section id=x>", "generic");
    check_role("<section id=x aria-label=News>", "region");
    check_role("<select id=x multiple>", "listbox");
    check_role("<input id=x list=l>", "combobox");
    check_role("<img id=x alt=''>", "none");
    check_role("<table><tr><th id=x scope=row></table>", "rowheader");
    check_role("<div aria-hidden=true><a id=x href=y></a></div>", "none");
}
