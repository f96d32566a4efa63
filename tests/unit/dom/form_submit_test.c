/* form_submit_test.c - requests of forms and links. Tests form_submit.c and form_encode.c;
 * the golden cases are in form_golden_test.c.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom_help.h"

/* Submit the first form by #s (if there is one). */
static SubmitResult send_form(Arena *arena, const char *html, FormRequest *request)
{
    const Document *document = page(arena, html);
    FormState *state = form_state_create(arena, document);
    Submission submission = {.form = document_forms(document)->items[0], .validate = true};

    submission.submitter = document_by_id(document, "s");
    return form_submit(state, &submission, arena, request, NULL);
}

void test_form_submit__schemes_decide(void)
{
    static const struct {
        const char *html;
        SubmitResult want;
    } cases[] = {{"<form action='javascript:x()'>", SUBMIT_NEEDS_BROWSER},
                 {"<form action='mailto:a@b.c'>", SUBMIT_REFUSED},
                 {"<form action='data:,x'>", SUBMIT_REFUSED},
                 {"<form action='http://['>", SUBMIT_REFUSED},
                 {"<form method=dialog>", SUBMIT_NOTHING},
                 {"<form><input required>", SUBMIT_INVALID},
                 {"<form novalidate><input required>", SUBMIT_REQUEST},
                 {"<form action='//other.test/x'>", SUBMIT_REQUEST}};

    AUTO(arena_auto) Arena *arena = arena_create();
    FormRequest request;

    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(send_form(arena, cases[i].html, &request), cases[i].want);
}

void test_form_submit__get_replaces_the_query_and_keeps_the_fragment(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    FormRequest request;

    send_form(arena, "<form action='/s?a=1#top'><input name=q value='x y'>", &request);
    assert_string_equal(request.url, "http://shop.test/s?q=x+y#top");
    assert_string_equal(request.method, "GET");
    assert_null(request.content_type);
    assert_null(request.target);
}

void test_form_submit__targets(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    FormRequest request;

    send_form(arena, "<base target=b><form>", &request);
    assert_string_equal(request.target, "b");
    send_form(arena, "<base target=b><form target=f>", &request);
    assert_string_equal(request.target, "f");
    send_form(arena, "<form target=f><button id=s formtarget=_blank>", &request);
    assert_string_equal(request.target, "_blank");
}

void test_form_submit__same_form_same_bytes(void)
{
    static const char html[] =
        "<form method=post enctype=multipart/form-data><input name=a "
        "value=1>";
    AUTO(arena_auto) Arena *arena = arena_create();
    FormRequest first, second;

    send_form(arena, html, &first);
    send_form(arena, html, &second);
    assert_true(str_equal(first.body, second.body));
    assert_string_equal(first.content_type, second.content_type);
}

void test_form_submit__links_carry_the_encoding_of_the_page(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Document *document = NULL;
    FormRequest request;
    LinkClick link = {NULL, NULL, 0, 0};

    assert_true(html_parse(arena, STR("<a href='/caf\xE9?q=\xE9&#8364;&#128512;#\xE9'>"),
                           "text/html;charset=latin1", "http://a.test/", NULL, &document,
                           NULL));
    link.link = select_first(document, NULL, "a");
    assert_true(link_request(document, &link, arena, &request));
    assert_string_equal(request.url,
                        "http://a.test/caf%C3%A9?q=%E9%80%26%23128512%3B#%C3%A9");
}

void test_form_submit__links_within_the_page_are_known(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, "<a href='#x'></a><a href='page#y'></a>"
                                           "<a href='other#y'></a><a href=page></a>");
    NodeList links = {0};

    select_all(document, NULL, "a", arena, &links);
    assert_true(link_is_fragment(document, links.items[0]));
    assert_true(link_is_fragment(document, links.items[1]));
    assert_false(link_is_fragment(document, links.items[2]));
    assert_false(link_is_fragment(document, links.items[3]));
}

void test_form_submit__says_when_a_browser_is_needed(void)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, "<form><textarea wrap=Hard></textarea></form>"
                                           "<form><x-y name=a></x-y></form><form></form>");
    const NodeList *forms = document_forms(document);

    assert_non_null(form_browser_reason(document, forms->items[0]));
    assert_non_null(form_browser_reason(document, forms->items[1]));
    assert_null(form_browser_reason(document, forms->items[2]));
}
