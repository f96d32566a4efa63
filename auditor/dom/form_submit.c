/* form_submit.c - the entry list, the action, and the request they make; what Enter does.
 *
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
 * with Chromium's habits where it differs (scenarios.md 2.6). Layer: dom.
 * SPDX-License-Identifier: MIT */
#include <string.h>
#include <strings.h>

#include "base/units.h"
#include "base/url.h"
#include "dom/encoding.h"
#include "dom/form_parts.h"
#include "dom/index.h"
#include "dom/text.h"

/* One submission being built. */
typedef struct Builder {
    const FormState *state;
    const Document *document;
    const Submission *submission;
    Arena *arena;
    const char *encoding;
    FormEntries entries;
} Builder;

static void entry_add(Builder *builder, const char *name, const char *value)
{
    FormEntry entry = {.name = name, .value = value};

    ARENA_PUSH(builder->arena, builder->entries.items, builder->entries.count,
               builder->entries.capacity, entry);
}

/* The submitter's attribute, else the form's. */
static const char * override(const Submission *submission, const char *of_submitter,
                             const char *of_form)
{
    const char *value = NULL;

    if (submission->submitter)
        value = node_attribute(submission->submitter, of_submitter);
    return value ? value : node_attribute(submission->form, of_form);
}

static void image_add(Builder *builder, const char *name)
{
    const char *dot = name && *name ? "." : "";
    const char *front = name ? name : "";

    entry_add(builder, arena_printf(builder->arena, "%s%sx", front, dot),
              arena_printf(builder->arena, "%d", builder->submission->offset_x));
    entry_add(builder, arena_printf(builder->arena, "%s%sy", front, dot),
              arena_printf(builder->arena, "%d", builder->submission->offset_y));
}

static void select_add(Builder *builder, const Node *select, const char *name)
{
    NodeList options = {NULL, 0, 0};

    select_options(select, builder->arena, &options);
    for (size_t i = 0; i < options.count; i++)
        if (control_is_checked(builder->state, options.items[i]) &&
            !control_is_disabled(options.items[i]))
            entry_add(builder, name, option_value(builder->arena, options.items[i]));
}

/* Hebrew to Arabic Extended, and their presentation forms. */
static bool rune_is_rtl(unsigned rune)
{
    return (rune >= 0x590 && rune <= 0x8FF) || (rune >= 0xFB1D && rune <= 0xFDFF) ||
           (rune >= 0xFE70 && rune <= 0xFEFC) || (rune >= 0x10800 && rune <= 0x10FFF) ||
           (rune >= 0x1E800 && rune <= 0x1EFFF);
}

/* By the first letter with a direction. */
static const char *direction_of_text(const char *text)
{
    Str s = str_of(text);

    for (size_t at = 0; at < s.length;) {
        unsigned rune = str_next_rune(s, &at);
        bool is_letter =
            (rune >= 'a' && rune <= 'z') || (rune >= 'A' && rune <= 'Z') || rune >= 0xC0;
        if (rune_is_rtl(rune))
            return "rtl";
        if (is_letter)
            return "ltr";
    }
    return "ltr";
}

static const char *direction(const Node *control, const char *value)
{
    for (const Node *at = control; at; at = node_parent(at)) {
        Str dir = str_of(node_attribute(at, "dir"));
        if (str_equal_nocase(dir, STR("rtl")))
            return "rtl";
        if (str_equal_nocase(dir, STR("ltr")))
            return "ltr";
        if (str_equal_nocase(dir, STR("auto")))
            return direction_of_text(value);
    }
    return "ltr";
}

static void text_add(Builder *builder, const Node *control, const char *name)
{
    const char *type = control_type(control);
    const char *value = control_value(builder->state, control);
    const char *dirname = node_attribute(control, "dirname");

    if (strcmp(type, "hidden") == 0 && strcasecmp(name, "_charset_") == 0)
        value = builder->encoding;
    if (strcmp(type, "email") == 0)
        value = email_submitted(builder->arena, value);
    entry_add(builder, name, value);
    if (dirname && *dirname)
        entry_add(builder, dirname, direction(control, value));
}

static bool is_skipped(const Builder *builder, const Node *control, const char *type)
{
    bool is_button = control_is_submit(control) || strcmp(type, "button") == 0 ||
                     strcmp(type, "reset") == 0;
    bool is_tickable = strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0;

    return control_is_disabled(control) ||
           (is_button && control != builder->submission->submitter) ||
           (is_tickable && !control_is_checked(builder->state, control));
}

static void control_add(Builder *builder, const Node *control)
{
    const char *type = control_type(control);
    const char *name = node_attribute(control, "name");

    if (is_skipped(builder, control, type))
        return;
    if (strcmp(type, "image") == 0) {
        image_add(builder, name);
        return;
    }
    if (!name || !*name)
        return;
    if (strcmp(type, "select") == 0) {
        select_add(builder, control, name);
    } else if (strcmp(type, "file") == 0) {
        entry_add(builder, name, "");
        builder->entries.items[builder->entries.count - 1].is_file = true;
    } else {
        text_add(builder, control, name);
    }
}

static void entries_collect(Builder *builder)
{
    NodeList controls = {NULL, 0, 0};

    form_controls(builder->document, builder->submission->form, builder->arena, &controls);
    for (size_t i = 0; i < controls.count; i++)
        control_add(builder, controls.items[i]);
}

static const char *submission_encoding(const Document *document, const Node *form)
{
    Str rest = str_of(node_attribute(form, "accept-charset"));
    Str label;

    while (str_next_word(&rest, &label)) {
        const char *encoding = encoding_of_label(label);
        if (encoding)
            return encoding_output(encoding);
    }
    return encoding_output(document_encoding(document));
}

/* The action as an absolute URL; an empty one is the document itself, not the base. */
static const char *action_url(const Builder *builder)
{
    const char *action = override(builder->submission, "formaction", "action");

    if (!action || !*action)
        return document_url(builder->document);
    return reference_resolve(builder->arena, builder->document, str_of(action));
}

/* Put the query in the place of the old one. */
static const char *with_query(Arena *arena, const char *url, Str query)
{
    const char *fragment = strchr(url, '#');
    size_t length = fragment ? (size_t)(fragment - url) : strlen(url);
    const char *mark = memchr(url, '?', length);

    if (mark)
        length = (size_t)(mark - url);
    return arena_printf(arena, "%.*s?%.*s%s", (int)length, url, STR_ARGS(query),
                        fragment ? fragment : "");
}

static void body_fill(Builder *builder, FormRequest *request)
{
    Str enctype = str_of(override(builder->submission, "formenctype", "enctype"));
    const char *boundary = NULL;

    request->method = "POST";
    if (str_equal_nocase(enctype, STR("multipart/form-data"))) {
        request->body = entries_multipart(builder->arena, &builder->entries,
                                          builder->encoding, &boundary);
        request->content_type =
            arena_printf(builder->arena, "multipart/form-data; boundary=%s", boundary);
    } else if (str_equal_nocase(enctype, STR("text/plain"))) {
        request->body = entries_plain(builder->arena, &builder->entries, builder->encoding);
        request->content_type = "text/plain";
    } else {
        request->body =
            entries_urlencoded(builder->arena, &builder->entries, builder->encoding);
        request->content_type = "application/x-www-form-urlencoded";
    }
}

static const char *base_target(const Document *document)
{
    const Node *base = NULL;
    const NodeList *bases = document_by_tag(document, "base");

    for (size_t i = 0; i < bases->count && !base; i++)
        if (node_has_attribute(bases->items[i], "target"))
            base = bases->items[i];
    return base ? node_attribute(base, "target") : NULL;
}

static const char *target_or_null(const char *target)
{
    return target && *target ? target : NULL;
}

static SubmitResult scheme_result(const char *url)
{
    if (!url)
        return SUBMIT_REFUSED;
    if (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0)
        return SUBMIT_REQUEST;
    return strncmp(url, "javascript:", 11) == 0 ? SUBMIT_NEEDS_BROWSER : SUBMIT_REFUSED;
}

static bool is_unchecked(const Submission *submission)
{
    return !submission->validate || node_has_attribute(submission->form, "novalidate") ||
           (submission->submitter &&
            node_has_attribute(submission->submitter, "formnovalidate"));
}

SubmitResult form_submit(const FormState *state, const Submission *submission, Arena *arena,
                         FormRequest *request, FormFault *fault)
{
    Builder builder = {.state = state,
                       .document = form_state_document(state),
                       .submission = submission,
                       .arena = arena};
    Str method = str_of(override(submission, "formmethod", "method"));
    const char *url = NULL;
    const char *target = NULL;
    SubmitResult result = SUBMIT_REQUEST;

    if (!is_unchecked(submission) && form_fault(state, submission->form, fault))
        return SUBMIT_INVALID;
    if (str_equal_nocase(method, STR("dialog")))
        return SUBMIT_NOTHING;
    builder.encoding = submission_encoding(builder.document, submission->form);
    url = action_url(&builder);
    result = scheme_result(url);
    if (result != SUBMIT_REQUEST)
        return result;
    entries_collect(&builder);
    target = override(submission, "formtarget", "target");
    *request = (FormRequest){.method = "GET", .url = url};
    request->target = target_or_null(target ? target : base_target(builder.document));
    if (str_equal_nocase(method, STR("post")))
        body_fill(&builder, request);
    else
        request->url = with_query(
            arena, url, entries_urlencoded(arena, &builder.entries, builder.encoding));
    return SUBMIT_REQUEST;
}

const char *form_browser_reason(const Document *document, const Node *form)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    NodeList controls = {NULL, 0, 0};

    form_controls(document, form, scratch, &controls);
    for (size_t i = 0; i < controls.count; i++)
        if (node_is_tag(controls.items[i], "textarea") &&
            str_equal_nocase(str_of(node_attribute(controls.items[i], "wrap")),
                             STR("hard")))
            return "a textarea with wrap=hard is cut where the browser breaks its lines";
    for (size_t i = node_order(form) + 1; i < node_order_end(form); i++) {
        const Node *node = document_element(document, i);
        if (strchr(node_tag(node), '-') && node_has_attribute(node, "name"))
            return "a custom element of the form may add a value";
    }
    return NULL;
}

/* Fields of which at most one may be there for Enter to submit without a button. */
static bool is_blocking(const Node *control)
{
    static const char *const types[] = {"text",  "search",   "tel",    "url",
                                        "email", "date",     "month",  "week",
                                        "time",  "password", "number", "datetime-local"};
    const char *type = control_type(control);

    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

const Node *form_default_button(const Document *document, const Node *form,
                                bool *can_submit)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    NodeList controls = {NULL, 0, 0};
    size_t blocking = 0;

    *can_submit = false;
    form_controls(document, form, scratch, &controls);
    for (size_t i = 0; i < controls.count; i++) {
        if (control_is_submit(controls.items[i])) {
            *can_submit = !control_is_disabled(controls.items[i]);
            return *can_submit ? controls.items[i] : NULL;
        }
        blocking += is_blocking(controls.items[i]);
    }
    *can_submit = blocking <= 1;
    return NULL;
}

const Node *control_enter(const Document *document, const Node *control, bool *can_submit)
{
    const char *type = control_type(control);
    const Node *form = form_owner(document, control);
    bool is_submitting =
        is_blocking(control) || strcmp(type, "checkbox") == 0 || strcmp(type, "radio") == 0;

    *can_submit = false;
    if (!form || control_is_disabled(control))
        return NULL;
    if (control_is_submit(control)) {
        *can_submit = true;
        return control;
    }
    return is_submitting ? form_default_button(document, form, can_submit) : NULL;
}

bool link_request(const Document *document, const LinkClick *click, Arena *arena,
                  FormRequest *request)
{
    const char *href = node_attribute(click->link, "href");
    const char *url = href ? reference_resolve(arena, document, str_of(href)) : NULL;
    const char *target = node_attribute(click->link, "target");

    if (scheme_result(url) != SUBMIT_REQUEST)
        return false;
    if (click->hit && node_is_tag(click->hit, "img") &&
        node_has_attribute(click->hit, "ismap"))
        url = arena_printf(arena, "%s?%d,%d", url, click->offset_x, click->offset_y);
    *request = (FormRequest){.method = "GET", .url = url};
    request->target = target_or_null(target ? target : base_target(document));
    return true;
}

bool link_is_fragment(const Document *document, const Node *link)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    const char *url = node_url(scratch, document, link, "href");

    return url && strchr(url, '#') &&
           strcmp(url_without_fragment(scratch, url),
                  url_without_fragment(scratch, document_url(document))) == 0;
}
