/* form_validate.c - what the browser itself refuses to send.
 *
 * https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constraints
 * Layer: dom. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/regex.h"
#include "base/url.h"
#include "dom/form_parts.h"

typedef struct Check {
    const FormState *state;
    Arena *scratch;
    const Node *control;
    const char *type;
    const char *value;
} Check;

static bool is_one_of(const char *type, const char *const *types)
{
    for (size_t i = 0; types[i]; i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

/* Types that readonly, pattern and lengths apply to. */
static bool is_line(const char *type)
{
    static const char *const types[] = {"text",  "search",   "tel", "url",
                                        "email", "password", NULL};

    return is_one_of(type, types);
}

static bool is_moment(const char *type)
{
    static const char *const types[] = {"date", "month",          "week",
                                        "time", "datetime-local", NULL};

    return is_one_of(type, types);
}

static bool is_barred(const Node *control, const char *type)
{
    static const char *const types[] = {"hidden", "reset", "button",
                                        "submit", "image", NULL};
    bool is_writable = is_line(type) || is_moment(type) || strcmp(type, "number") == 0 ||
                       strcmp(type, "textarea") == 0;

    return is_one_of(type, types) || control_is_disabled(control) ||
           (is_writable && node_has_attribute(control, "readonly")) ||
           node_closest(control, "datalist");
}

static bool radio_is_missing(const Check *check)
{
    const Document *document = form_state_document(check->state);
    const NodeList *inputs = document_by_tag(document, "input");
    bool is_required = node_has_attribute(check->control, "required");

    if (control_is_checked(check->state, check->control))
        return false;
    for (size_t i = 0; i < inputs->count; i++) {
        if (!radio_is_fellow(document, check->control, inputs->items[i]))
            continue;
        if (control_is_checked(check->state, inputs->items[i]))
            return false;
        is_required = is_required || node_has_attribute(inputs->items[i], "required");
    }
    return is_required;
}

static bool is_missing(const Check *check)
{
    if (strcmp(check->type, "radio") == 0)
        return radio_is_missing(check);
    if (!node_has_attribute(check->control, "required"))
        return false;
    if (strcmp(check->type, "checkbox") == 0)
        return !control_is_checked(check->state, check->control);
    return *check->value == '\0';
}

static bool is_email(Arena *scratch, Str address)
{
    /* the expression of the HTML standard */
    static const char pattern[] =
        "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
        "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\\z";
    Regex *regex = NULL;

    return regex_compile(scratch, str_of(pattern), 0, NULL, &regex, NULL) &&
           regex_matches(regex, address);
}

static bool is_bad_email(const Check *check)
{
    Str rest = str_of(check->value);
    Str one;

    if (strcmp(check->type, "email") != 0 || !*check->value)
        return false;
    if (!node_has_attribute(check->control, "multiple"))
        return !is_email(check->scratch,
                         str_of(email_submitted(check->scratch, check->value)));
    while (str_next(&rest, ',', &one))
        if (!is_email(check->scratch, one))
            return true;
    return false;
}

static bool is_bad_url(const Check *check)
{
    Url url;

    return strcmp(check->type, "url") == 0 && *check->value &&
           !url_parse(check->scratch, str_of(check->value), NULL, &url, NULL);
}

/* A pattern that does not compile is ignored, as browsers do. */
static bool is_off_pattern(const Check *check)
{
    const char *pattern = node_attribute(check->control, "pattern");
    Regex *regex = NULL;

    if (!pattern || !*check->value || !is_line(check->type))
        return false;
    if (!regex_compile(check->scratch, str_of(pattern), 0, NULL, &regex, NULL))
        return false;
    pattern = arena_printf(check->scratch, "^(?:%s)\\z", pattern);
    return regex_compile(check->scratch, str_of(pattern), 0, NULL, &regex, NULL) &&
           !regex_matches(regex, str_of(check->value));
}

static bool is_beyond(const Check *check, const char *attribute, int sign)
{
    const char *bound = node_attribute(check->control, attribute);
    double value = 0, limit = 0;

    if (!bound || !*bound || !*check->value)
        return false;
    /* the forms of dates and times sort as text */
    if (is_moment(check->type) && sign > 0)
        return strcmp(check->value, bound) > 0;
    if (is_moment(check->type))
        return strcmp(check->value, bound) < 0;
    return strcmp(check->type, "number") == 0 && value_is_number(check->value, &value) &&
           value_is_number(bound, &limit) && (value - limit) * sign > 0;
}

static bool is_off_step(const Check *check)
{
    double step = control_bound(check->control, "step", 1);
    double base =
        control_bound(check->control, "min", control_bound(check->control, "value", 0));
    double value = 0, steps = 0;

    if (strcmp(check->type, "number") != 0 || !value_is_number(check->value, &value))
        return false;
    if (str_equal_nocase(str_of(node_attribute(check->control, "step")), STR("any")))
        return false;
    steps = (value - base) / (step > 0 ? step : 1);
    return fabs(steps - round(steps)) > 1e-7;
}

static size_t utf16_length(const char *text)
{
    size_t length = 0;
    Str s = str_of(text);

    for (size_t at = 0; at < s.length;)
        length += str_next_rune(s, &at) > 0xFFFF ? 2 : 1;
    return length;
}

/* Lengths bind what the user typed, not what the page brought. */
static bool is_off_length(const Check *check, const char *attribute, bool is_most)
{
    long long bound = 0;
    size_t length = utf16_length(check->value);

    if ((!is_line(check->type) && strcmp(check->type, "textarea") != 0) || !length ||
        !form_state_typed(check->state, check->control) ||
        !str_to_int(str_trim(str_of(node_attribute(check->control, attribute))), &bound) ||
        bound < 0)
        return false;
    return is_most ? length > (size_t)bound : length < (size_t)bound;
}

static const char *fault_of(const Check *check)
{
    if (is_missing(check))
        return "required";
    if (is_bad_email(check))
        return "email";
    if (is_bad_url(check))
        return "url";
    if (is_off_pattern(check))
        return "pattern";
    if (is_beyond(check, "min", -1))
        return "min";
    if (is_beyond(check, "max", 1))
        return "max";
    if (is_off_step(check))
        return "step";
    if (is_off_length(check, "minlength", false))
        return "minlength";
    return is_off_length(check, "maxlength", true) ? "maxlength" : NULL;
}

bool form_fault(const FormState *state, const Node *form, FormFault *fault)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    NodeList controls = {NULL, 0, 0};

    form_controls(form_state_document(state), form, scratch, &controls);
    for (size_t i = 0; i < controls.count; i++) {
        const Node *control = controls.items[i];
        Check check = {.state = state, .scratch = scratch, .control = control};
        const char *rule = NULL;
        check.type = control_type(control);
        if (is_barred(control, check.type))
            continue;
        check.value = control_value(state, control);
        rule = fault_of(&check);
        if (!rule)
            continue;
        if (fault)
            *fault = (FormFault){control, rule};
        return true;
    }
    return false;
}
