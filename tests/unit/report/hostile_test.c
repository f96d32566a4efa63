/* hostile_test.c - whatever a shop writes, every format shows it and none obeys it.
 *
 * Tests csv.c, junit.c, markdown.c, sarif.c and render.c.
 * SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "fixture.h"
#include "hostile.h"
#include "unit.h"

/* Give every hostile audit, written in a format, to check. */
static void each_written(const char *format,
                         void (*check)(const char *hostile, const char *text))
{
    for (size_t i = 0; i < HOSTILE_COUNT; i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Audit *audit = fixture_hostile(arena, hostile_strings[i]);

        check(hostile_strings[i],
              fixture_write(arena, audit, format, i % 2 == 0 ? "en" : "fr"));
    }
}

static bool is_word_in(Str word, const char *list)
{
    Str rest = str_of(list), one = {0};

    while (str_next_word(&rest, &one)) {
        if (str_equal(one, word))
            return true;
    }
    return false;
}

/* No control but the line end, no direction mark, only whole UTF-8. */
static void check_runes(const char *hostile, const char *text)
{
    Str whole = str_of(text);

    if (!str_is_utf8(whole))
        fail_msg("broken UTF-8 after %s", hostile);
    for (size_t i = 0; i < whole.length;) {
        unsigned rune = str_next_rune(whole, &i);
        bool is_control = rune < 0x20 ? rune != '\n' && rune != '\r' && rune != '\t'
                                      : rune >= 0x7F && rune < 0xA0;
        if (is_control || (rune >= 0x202A && rune <= 0x202E) ||
            (rune >= 0x2066 && rune <= 0x2069))
            fail_msg("U+%04X survives of %s", rune, hostile);
    }
}

/* One attribute at *at, which stands behind its blank. */
static void check_attribute(const char *hostile, const char **at)
{
    const char *name = *at;
    size_t length = strcspn(name, "= >/\n");
    const char *value = name + length + 2;
    const char *end = NULL;

    *at = name + length;
    if (length == 0 || name[length] != '=')
        return;
    if (name[length + 1] != '"')
        fail_msg("an attribute without quotes after %s: %.60s", hostile, name);
    end = strchr(value, '"');
    assert_non_null(end);
    if (strncmp(name, "on", 2) == 0 || strncmp(name, "src", 3) == 0 ||
        strncmp(name, "style", 5) == 0)
        fail_msg("attribute %.20s after %s", name, hostile);
    if (strncmp(name, "href", 4) == 0 && value[0] != '#')
        fail_msg("a link that leaves the page after %s: %.60s", hostile, value);
    *at = end + 1;
}

/* Every '<' begins a tag of the list, with quoted harmless attributes. */
static void check_tags(const char *hostile, const char *text, const char *allowed)
{
    for (const char *at = text; (at = strchr(at, '<'));) {
        Str name = {0};

        at += at[1] == '/' || at[1] == '!' || at[1] == '?' ? 2 : 1;
        name = str_from(at, strcspn(at, " >/\n?"));
        if (!is_word_in(name, allowed))
            fail_msg("tag '%.*s' after %s", STR_ARGS(name), hostile);
        at += name.length;
        while (*at && *at != '>') {
            if (isalpha((unsigned char)*at))
                check_attribute(hostile, &at);
            else
                at++;
        }
    }
}

static void check_html(const char *hostile, const char *text)
{
    const char *body = strstr(text, "<body>");
    const char *script = strstr(text, "<script>");
    AUTO(arena_auto) Arena *arena = arena_create();

    assert_non_null(body);
    assert_non_null(script);
    check_runes(hostile, text);
    check_tags(hostile, arena_printf(arena, "%.*s", (int)(script - body), body),
               "body a svg g defs pattern line path clipPath rect circle text use header "
               "div span b p h1 h2 h3 h4 h5 dl dt dd nav ol ul li main section article "
               "table caption thead tbody tr th td details summary pre code small i "
               "fieldset legend input label footer");
    assert_null(strstr(script + 1, "<script"));
    assert_string_equal(strstr(script, "</script>"), "</script>\n</body>\n</html>\n");
}

void test_hostile__html_shows_it_and_runs_nothing(void)
{
    each_written("html", check_html);
}

static void check_junit(const char *hostile, const char *text)
{
    check_runes(hostile, text);
    check_tags(hostile, text, "xml testsuites testsuite testcase failure error skipped");
}

void test_hostile__junit_stays_well_formed(void)
{
    each_written("junit", check_junit);
}

static void check_markdown(const char *hostile, const char *text)
{
    check_runes(hostile, text);
    if (strchr(text, '<') || strstr(text, "](") || strstr(text, "://") ||
        strstr(text, "\n> ") || strstr(text, "\n```"))
        fail_msg("markup survives of %s", hostile);
}

void test_hostile__markdown_has_no_markup_of_others(void)
{
    each_written("markdown", check_markdown);
}

static void check_sarif(const char *hostile, const char *text)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file = {0};
    Error err = {0};

    check_runes(hostile, text);
    if (!json_parse(arena, "results.sarif", str_of(text), &file, &err))
        fail_msg("%s: %s after %s", err.where, err.what, hostile);
    assert_null(strchr(text, '<'));
}

void test_hostile__sarif_stays_json(void)
{
    each_written("sarif", check_sarif);
}

/* Read one cell; returns what follows it. */
static const char *cell_read(const char *at, char *first)
{
    *first = '\0';
    if (*at != '"')
        return at;
    *first = at[1];
    for (at++; *at; at++) {
        if (*at == '"' && at[1] != '"')
            return at + 1;
        at += *at == '"';
    }
    fail_msg("a cell without end");
    return at;
}

static void check_csv(const char *hostile, const char *text)
{
    int width = 0, cells = 1;
    char separator =
        strchr(text, ';') && strchr(text, ';') < strchr(text, '\n') ? ';' : ',';
    const char *at = text + 3;

    check_runes(hostile, text + 3);
    while (*at) {
        char first = '\0';
        const char *cell = at;
        at = cell_read(at, &first);
        if (strchr("=@\t", first) && first)
            fail_msg("a formula after %s", hostile);
        if ((first == '+' || first == '-') && !isdigit((unsigned char)cell[2]))
            fail_msg("a formula after %s", hostile);
        if (*at == separator) {
            cells++;
            at++;
            continue;
        }
        assert_int_equal(strncmp(at, "\r\n", 2), 0);
        if (width > 0)
            assert_int_equal(cells, width);
        width = cells;
        cells = 1;
        at += 2;
    }
}

void test_hostile__csv_keeps_its_columns_and_no_formula(void)
{
    each_written("csv", check_csv);
    each_written("csv-pages", check_csv);
}

static void check_terminal(const char *hostile, const char *text)
{
    check_runes(hostile, text);
    if (strchr(text, '\r') || strchr(text, '\t') || strchr(text, '\x1b'))
        fail_msg("a control survives of %s", hostile);
}

void test_hostile__terminal_obeys_nothing(void)
{
    each_written(NULL, check_terminal);
}
