/* account.c - pages with a form: account, contact, newsletter, tracking, withdrawal.
 * Nothing that is typed is kept: the shop counts and answers. Layer: demo (shop).
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"

static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');
    return at && at > text && strchr(at, '.');
}

/* Take what was typed; returns whether every field is right. */
static bool form_take(const View *view, FormField *fields, int count)
{
    bool is_right = true;
    for (int i = 0; i < count; i++) {
        FormField *field = &fields[i];
        const char *value = request_form(view->request, field->name);
        bool is_wrong = (field->is_required && !*value) ||
                        (!strcmp(field->type, "email") && !is_email(value));
        bool is_secret = !strcmp(field->type, "password");
        if (is_wrong)
            field->wrong = say(view, !strcmp(field->type, "email") ? TEXT_WRONG_EMAIL
                                                                   : TEXT_WRONG_MISSING);
        bool is_lost = view_has(view, FLAW_FORM_LOSES_DATA);
        field->value = is_secret || is_lost ? "" : value;
        is_right = is_right && !is_wrong;
    }
    return is_right;
}

static void form_write(View *view, const FormField *fields, int count, TextId button)
{
    required_note(view);
    for (int i = 0; i < count; i++)
        field_write(view, &fields[i]);
    markup_print(view->out, "<button type=\"submit\">%s</button>\n", say(view, button));
}

/* Opens the page and the form; a problem is told above it. */
static void form_open(View *view, const PageHead *head, TextId title, bool is_wrong)
{
    layout_open(view, head);
    bool is_plain = view->route == ROUTE_CONTACT && view_has(view, FLAW_NO_H1);
    markup_print(view->out, is_plain ? "<p>%s</p>\n" : "<h1>%s</h1>\n", say(view, title));
    if (is_wrong)
        note_write(view, say(view, TEXT_FORM_WRONG), true);
}

static FormField email_field(const char *autocomplete)
{
    return (FormField){.name = "email",
                       .label = TEXT_EMAIL,
                       .type = "email",
                       .autocomplete = autocomplete,
                       .value = "",
                       .hint = TEXT_COUNT,
                       .is_required = true};
}

void page_account(View *view)
{
    FormField fields[] = {email_field("username"),
                          {.name = "password",
                           .label = TEXT_PASSWORD,
                           .type = "password",
                           .autocomplete = "current-password",
                           .value = "",
                           .hint = TEXT_COUNT,
                           .is_required = true}};
    bool is_post = view->request->is_post;
    if (is_post && form_take(view, fields, 2))
        fields[1].wrong = say(view, TEXT_LOGIN_WRONG); /* nobody has an account here */
    PageHead head = {.title = say(view, TEXT_ACCOUNT_TITLE), .is_noindex = true};
    form_open(view, &head, TEXT_LOGIN, is_post);
    markup_print(view->out, "<form method=\"post\" action=\"%s\"%s>\n",
                 path_to(view, ROUTE_ACCOUNT), is_post ? " novalidate" : "");
    form_write(view, fields, 2, TEXT_LOGIN);
    markup_print(view->out,
                 "</form>\n<p><a href=\"%s\">%s</a></p>\n<h2>%s</h2>\n<p>%s</p>\n<p><a "
                 "class=\"button quiet\" href=\"%s\">%s</a></p>\n",
                 path_to(view, ROUTE_PASSWORD), say(view, TEXT_PASSWORD_LOST),
                 say(view, TEXT_NEW_CUSTOMER), say(view, TEXT_ACCOUNT_BENEFITS),
                 path_to(view, ROUTE_REGISTER), say(view, TEXT_REGISTER));
    layout_close(view);
}

void page_register(View *view)
{
    FormField fields[] = {{.name = "name",
                           .label = TEXT_NAME,
                           .type = "text",
                           .autocomplete = "name",
                           .value = "",
                           .hint = TEXT_COUNT,
                           .is_required = true},
                          email_field("email"),
                          {.name = "password",
                           .label = TEXT_PASSWORD,
                           .type = "password",
                           .autocomplete = "new-password",
                           .value = "",
                           .hint = TEXT_PASSWORD_RULE,
                           .is_required = true}};
    bool is_post = view->request->is_post;
    bool is_right = is_post && form_take(view, fields, 3);
    if (is_right && strlen(request_form(view->request, "password")) < 10) {
        fields[2].wrong = say(view, TEXT_PASSWORD_RULE);
        is_right = false;
    }
    if (is_right) {
        view->shop->counters.accounts++;
        page_message(view, say(view, TEXT_REGISTERED), say(view, TEXT_REGISTERED_TEXT));
        return;
    }
    PageHead head = {.title = say(view, TEXT_REGISTER_TITLE), .is_noindex = true};
    form_open(view, &head, TEXT_REGISTER, is_post);
    markup_print(view->out, "<p>%s</p>\n<form method=\"post\" action=\"%s\"%s>\n",
                 say(view, TEXT_ACCOUNT_BENEFITS), path_to(view, ROUTE_REGISTER),
                 is_post ? " novalidate" : "");
    form_write(view, fields, 3, TEXT_REGISTER);
    buf_add_text(view->out, "</form>\n<p class=\"hint\">");
    rich_write(view, say(view, TEXT_CHECKOUT_PRIVACY));
    buf_add_text(view->out, "</p>\n");
    layout_close(view);
}

void page_password(View *view)
{
    FormField fields[] = {email_field("username")};
    bool is_post = view->request->is_post;
    if (is_post && form_take(view, fields, 1)) {
        page_message(view, say(view, TEXT_PASSWORD_LOST), say(view, TEXT_PASSWORD_SENT));
        return;
    }
    PageHead head = {.title = say(view, TEXT_PASSWORD_TITLE), .is_noindex = true};
    form_open(view, &head, TEXT_PASSWORD_LOST, is_post);
    markup_print(view->out, "<p>%s</p>\n<form method=\"post\" action=\"%s\">\n",
                 say(view, TEXT_PASSWORD_TEXT), path_to(view, ROUTE_PASSWORD));
    form_write(view, fields, 1, TEXT_SEND);
    buf_add_text(view->out, "</form>\n");
    layout_close(view);
}

static void contact_means(View *view)
{
    bool has_means = !view_has(view, FLAW_NO_CONTACT_MEANS);
    markup_print(view->out, "<h2>%s</h2>\n<ul>\n", say(view, TEXT_CONTACT_MEANS));
    if (has_means) {
        static const TextId means[] = {TEXT_CONTACT_PHONE, TEXT_CONTACT_EMAIL,
                                       TEXT_CONTACT_POST};
        for (size_t i = 0; i < COUNT_OF(means); i++) {
            buf_add_text(view->out, "<li>");
            rich_write(view, say(view, means[i]));
            buf_add_text(view->out, "</li>\n");
        }
    }
    if (!view_has(view, FLAW_NO_OPENING_HOURS))
        markup_print(view->out, "<li>%s</li>\n", say(view, TEXT_CONTACT_HOURS));
    if (!view_has(view, FLAW_NO_RESPONSE_DELAY))
        markup_print(view->out, "<li>%s</li>\n", say(view, TEXT_CONTACT_DELAY));
    buf_add_text(view->out, "</ul>\n");
}

/* What the flaws of the contact page put into it; each says nothing to the eye. */
static void contact_flaws(View *view)
{
    if (view_has(view, FLAW_BUTTON_WITHOUT_NAME))
        buf_add_text(view->out,
                     "<button type=\"button\"><span class=\"ico\"></span></button>\n");
    for (int i = 0; i < 2 && view_has(view, FLAW_DUPLICATE_IDS); i++)
        markup_print(view->out, "<p id=\"note\">%s</p>\n", say(view, TEXT_REQUIRED_NOTE));
    if (view_has(view, FLAW_SKIPPED_HEADING))
        markup_print(view->out, "<h5>%s</h5>\n", say(view, TEXT_FAQ));
    if (view_has(view, FLAW_EMPTY_HEADING))
        buf_add_text(view->out, "<h2> </h2>\n");
    if (view_has(view, FLAW_FRAME_WITHOUT_TITLE))
        markup_print(view->out,
                     "<iframe src=\"%s\" width=\"64\" height=\"64\" loading=\"lazy\">"
                     "</iframe>\n",
                     view->shop->assets->icon->path);
    if (view_has(view, FLAW_WRONG_ROLE))
        markup_print(view->out, "<p role=\"contact-box\">%s</p>\n", say(view, TEXT_FAQ));
}

static void contact_subject(View *view)
{
    static const TextId subjects[] = {TEXT_SUBJECT_QUESTION, TEXT_SUBJECT_ORDER,
                                      TEXT_SUBJECT_COMPLAINT, TEXT_SUBJECT_OTHER};
    markup_print(view->out,
                 "<div class=\"field\"><label for=\"field-subject\">%s</label><select "
                 "id=\"field-subject\" name=\"subject\">",
                 say(view, TEXT_SUBJECT));
    for (size_t i = 0; i < COUNT_OF(subjects); i++)
        markup_print(view->out, "<option>%s</option>", say(view, subjects[i]));
    buf_add_text(view->out, "</select></div>\n");
}

void page_contact(View *view)
{
    FormField fields[] = {{.name = "name",
                           .label = TEXT_NAME,
                           .type = "text",
                           .autocomplete = "name",
                           .value = "",
                           .hint = TEXT_COUNT,
                           .is_required = true},
                          email_field("email"),
                          {.name = "message",
                           .label = TEXT_MESSAGE,
                           .type = "textarea",
                           .value = "",
                           .hint = TEXT_COUNT,
                           .is_required = true}};
    bool is_post = view->request->is_post;
    if (is_post && form_take(view, fields, 3)) {
        view->shop->counters.messages++;
        page_message(view, say(view, TEXT_MESSAGE_SENT), say(view, TEXT_MESSAGE_SENT_TEXT));
        return;
    }
    AUTO(buf_release) Buf data = {0};
    buf_init(&data, 4096);
    if (view_has(view, FLAW_BROKEN_SCHEMA))
        buf_add_text(&data,
                     "<script type=\"application/ld+json\">{\"@context\":"
                     "\"https://schema.org\",\"@type\":\"ContactPage\",}</script>\n");
    PageHead head = {.title = say(view, TEXT_CONTACT_TITLE),
                     .description = say(view, TEXT_CONTACT_DESCRIPTION),
                     .data = &data};
    form_open(view, &head, TEXT_CONTACT_US, is_post);
    markup_print(view->out, "<p>%s</p>\n", say(view, TEXT_CONTACT_TEXT));
    contact_means(view);
    markup_print(view->out, "<h2>%s</h2>\n<form method=\"post\" action=\"%s\"%s>\n",
                 say(view, TEXT_CONTACT_WRITE), path_to(view, ROUTE_CONTACT),
                 is_post ? " novalidate" : "");
    contact_subject(view);
    form_write(view, fields, 3, TEXT_SEND);
    buf_add_text(view->out, "</form>\n<p class=\"hint\">");
    rich_write(view, say(view, TEXT_CONTACT_PRIVACY));
    buf_add_text(view->out, "</p>\n");
    contact_flaws(view);
    layout_close(view);
}

/* Newsletter and stock alert: one e-mail address, one thank-you. */
static void subscribe(View *view, TextId title, TextId done)
{
    FormField fields[] = {email_field("email")};
    bool is_post = view->request->is_post;
    if (is_post && form_take(view, fields, 1)) {
        view->shop->counters.subscriptions++;
        page_message(view, say(view, title), say(view, done));
        return;
    }
    PageHead head = {.title = arena_printf(view->arena, "%s – Grésil", say(view, title)),
                     .is_noindex = true};
    form_open(view, &head, title, is_post);
    markup_print(view->out, "<form method=\"post\" action=\"%s\">\n",
                 path_to(view, view->route));
    form_write(view, fields, 1, TEXT_SEND);
    buf_add_text(view->out, "</form>\n");
    layout_close(view);
}

void page_newsletter(View *view)
{
    subscribe(view, TEXT_NEWSLETTER, TEXT_NEWSLETTER_DONE);
}

void page_restock(View *view)
{
    subscribe(view, TEXT_RESTOCK_BUTTON, TEXT_RESTOCK_DONE);
}

/* A form with an order number and an e-mail: tracking and withdrawal. */
static void order_form(View *view, const PageHead *head, const TextId *texts, bool is_wrong)
{
    FormField fields[] = {{.name = "order",
                           .label = TEXT_ORDER_NUMBER,
                           .type = "text",
                           .value = "",
                           .hint = TEXT_ORDER_NUMBER_HINT,
                           .is_required = true},
                          email_field("email")};
    if (is_wrong)
        form_take(view, fields, 2);
    form_open(view, head, texts[0], is_wrong);
    buf_add_text(view->out, "<p>");
    rich_write(view, say(view, texts[1]));
    markup_print(view->out, "</p>\n<form method=\"post\" action=\"%s\"%s>\n",
                 path_to(view, view->route), is_wrong ? " novalidate" : "");
    form_write(view, fields, 2, texts[2]);
    buf_add_text(view->out, "</form>\n");
    layout_close(view);
}

static bool order_form_is_right(const View *view)
{
    return view->request->is_post && *request_form(view->request, "order") &&
           is_email(request_form(view->request, "email"));
}

void page_tracking(View *view)
{
    static const TextId texts[] = {TEXT_TRACKING, TEXT_TRACKING_TEXT, TEXT_TRACKING_BUTTON};
    PageHead head = {.title = say(view, TEXT_TRACKING_TITLE),
                     .description = say(view, TEXT_TRACKING_DESCRIPTION)};
    if (order_form_is_right(view))
        page_message(view, say(view, TEXT_TRACKING), say(view, TEXT_TRACKING_UNKNOWN));
    else
        order_form(view, &head, texts, view->request->is_post);
}

void page_withdrawal(View *view)
{
    static const TextId texts[] = {TEXT_WITHDRAWAL, TEXT_WITHDRAWAL_TEXT,
                                   TEXT_WITHDRAWAL_CONFIRM};
    PageHead head = {.title = say(view, TEXT_WITHDRAWAL_TITLE),
                     .description = say(view, TEXT_WITHDRAWAL_DESCRIPTION)};
    if (order_form_is_right(view)) {
        view->shop->counters.messages++;
        page_message(view, say(view, TEXT_WITHDRAWAL), say(view, TEXT_WITHDRAWAL_DONE));
    } else {
        order_form(view, &head, texts, view->request->is_post);
    }
}
