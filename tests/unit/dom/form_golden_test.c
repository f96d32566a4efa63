/* form_golden_test.c - the requests Chromium made of small pages, byte for byte. Tests
 * form_submit.c, form_state.c, form_encode.c and activation.c together.
 *
 * Skipped where the data is not there. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/json.h"
#include "base/out.h"
#include "base/url.h"
#include "dom/encoding.h"
#include "dom/forms.h"
#include "dom_help.h"

#define GOLDEN SHARED_DATA "/form-golden/chromium-156.json"
#define SHOP   "http://127.0.0.1:8000"

enum { GOLDEN_PASSED = 52 };

/* Where ours differs, and why. */
static const char *const golden_misses[] = {
    "formaction-overrides", /* Chromium says text/plain and sends urlencoded; the standard
                               does not */
    "wrap-hard",            /* needs the width of letters */
    NULL};

typedef struct Visit {
    Arena *arena;
    Document *document;
    FormState *state;
    bool is_sent;
    FormRequest request;
} Visit;

static void submit(Visit *visit, const Node *form, const Node *submitter)
{
    Submission submission = {form, submitter, 15, 9, true};

    visit->is_sent = form_submit(visit->state, &submission, visit->arena, &visit->request,
                                 NULL) == SUBMIT_REQUEST;
}

static void click(Visit *visit, const char *selector)
{
    const Node *node = select_first(visit->document, NULL, selector);
    const Node *element = NULL;
    LinkClick link = {.hit = node, .offset_x = 15, .offset_y = 9};

    assert_non_null(node);
    switch (node_activation(visit->document, node, &element, NULL)) {
    case ACTIVATE_LINK:
        link.link = element;
        visit->is_sent =
            !link_is_fragment(visit->document, element) &&
            link_request(visit->document, &link, visit->arena, &visit->request);
        break;
    case ACTIVATE_SUBMIT:
        submit(visit, form_owner(visit->document, element), element);
        break;
    case ACTIVATE_CHECK:
        control_check(visit->state, element, !control_is_checked(visit->state, element));
        break;
    case ACTIVATE_RESET:
    case ACTIVATE_DETAILS:
    case ACTIVATE_FOCUS:
    case ACTIVATE_OPTION:
    case ACTIVATE_EXTERNAL:
    case ACTIVATE_NOTHING:
    case ACTIVATE_NEEDS_BROWSER: break;
    }
}

static void enter(Visit *visit, const char *selector)
{
    const Node *control = select_first(visit->document, NULL, selector);
    bool can_submit = false;
    const Node *button = control_enter(visit->document, control, &can_submit);

    if (can_submit)
        submit(visit, form_owner(visit->document, control), button);
}

static void act(Visit *visit, const Json *action)
{
    if (json_get(action, "click"))
        click(visit, json_text(json_get(action, "click"), ""));
    if (json_get(action, "enter"))
        enter(visit, json_text(json_get(action, "enter"), ""));
    for (const Json *one = json_first(json_get(action, "clicks")); one;
         one = json_next(one))
        click(visit, json_text(one, ""));
}

/* The golden file shows bytes as Latin-1. */
static Str latin1(Arena *arena, Str bytes)
{
    AUTO(buf_release) Buf buf = {0};

    buf_init(&buf, 1 << 20);
    for (size_t i = 0; i < bytes.length; i++)
        buf_add_rune(&buf, (unsigned char)bytes.data[i]);
    return arena_str(arena, buf_str(&buf));
}

/* Boundaries are free: put the golden one's name in place of ours. */
static Str with_boundary(Arena *arena, Str text, const char *ours, const char *theirs)
{
    AUTO(buf_release) Buf buf = {0};
    size_t at = 0, next = 0;

    buf_init(&buf, 1 << 20);
    while ((next = str_find(text, str_of(ours), at)) != SIZE_MAX) {
        buf_add(&buf, str_slice(text, at, next - at));
        buf_add_text(&buf, theirs);
        at = next + strlen(ours);
    }
    buf_add(&buf, str_slice(text, at, text.length));
    return arena_str(arena, buf_str(&buf));
}

static bool request_equals(const Visit *visit, const Json *want)
{
    Arena *arena = visit->arena;
    const char *url = url_without_fragment(arena, visit->request.url) + strlen(SHOP);
    const char *type = json_text(json_get(want, "content_type"), NULL);
    Str ours = str_of(visit->request.content_type);
    Str body = latin1(arena, visit->request.body);
    const char *mark = type ? strstr(type, "boundary=") : NULL;

    if (mark && str_contains(ours, STR("boundary="))) {
        const char *own = strstr(visit->request.content_type, "boundary=") + 9;
        body = with_boundary(arena, body, own, mark + 9);
        ours = with_boundary(arena, ours, own, mark + 9);
    }
    return strcmp(json_text(json_get(want, "method"), ""), visit->request.method) == 0 &&
           strcmp(json_text(json_get(want, "url"), ""), url) == 0 &&
           str_equal_text(ours, type) && str_equal(body, json_str(json_get(want, "body")));
}

static bool case_passes(const JsonFile *file, const Json *one)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Visit visit = {.arena = arena};
    const Json *want = json_get(one, "request");
    const char *html =
        arena_printf(arena, "%s%s", json_text(json_get(file->root, "document_prefix"), ""),
                     json_text(json_get(one, "body_html"), ""));
    Str bytes = str_of(html);

    if (json_bool(json_get(one, "latin1"), false))
        bytes = encoding_encode(arena, bytes, "windows-1252");
    assert_true(html_parse(
        arena, bytes, json_text(json_get(one, "content_type"), NULL),
        arena_printf(arena, "%s%s", SHOP, json_text(json_get(one, "page_path"), "")), NULL,
        &visit.document, NULL));
    visit.state = form_state_create(arena, visit.document);
    act(&visit, json_get(one, "action"));
    if (!want || json_is_null(want) || !visit.is_sent)
        return (!want || json_is_null(want)) == !visit.is_sent;
    return request_equals(&visit, want);
}

static bool is_known_miss(const char *name)
{
    for (size_t i = 0; golden_misses[i]; i++)
        if (strcmp(golden_misses[i], name) == 0)
            return true;
    return false;
}

void test_form_submit__golden_requests_stay_at_the_number_reached(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    JsonFile file = {0};
    size_t passed = 0, total = 0;

    if (!path_is_file(GOLDEN)) {
        print_message("form submission: skipped, no data\n");
        skip();
    }
    assert_true(json_load(arena, GOLDEN, 1 << 24, &file, NULL));
    for (const Json *one = json_first(json_get(file.root, "cases")); one;
         one = json_next(one)) {
        const char *name = json_text(json_get(one, "name"), "");
        bool is_good = case_passes(&file, one);
        total++;
        passed += is_good;
        if (!is_good && !is_known_miss(name))
            print_message("form submission: '%s' differs\n", name);
    }
    print_message("form submission: %zu of %zu\n", passed, total);
    assert_in_range(passed, GOLDEN_PASSED, total);
}
