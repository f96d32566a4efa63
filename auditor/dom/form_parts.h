/* form_parts.h - what the form files share among themselves.
 *
 * Layer: dom. For form_*.c and control_value.c alone. SPDX-License-Identifier: MIT */
#ifndef DOM_FORM_PARTS_H
#define DOM_FORM_PARTS_H

#include "base/arena.h"
#include "base/str.h"
#include "dom/forms.h"

/** One name and value of the entry list, UTF-8. */
typedef struct FormEntry {
    const char *name;
    const char *value;
    bool is_file; /**< an empty file: nothing else is ever chosen */
} FormEntry;

typedef struct FormEntries {
    FormEntry *items;
    size_t count, capacity;
} FormEntries;

/** The document a state belongs to. */
const Document *form_state_document(const FormState *state);
/** What was typed, NULL when the control is as the page was served. */
const char *form_state_typed(const FormState *state, const Node *control);
/** Is the other one of the same radio group (same name and owner, both radios)? */
bool radio_is_fellow(const Document *document, const Node *radio, const Node *other);
/** Value sanitisation of the control's type
 * (https://html.spec.whatwg.org/multipage/input.html#value-sanitization-algorithm).
 * Owns: arena. */
const char *value_sanitised(Arena *arena, const Node *control, const char *value);
/** Is it a "valid floating-point number"? number may be NULL. */
bool value_is_number(const char *value, double *number);
/** Default value of type=range, clamped numbers: attribute as number, or otherwise. */
double control_bound(const Node *control, const char *attribute, double otherwise);
/** An e-mail address as it is submitted: an IDN domain in punycode. Owns: arena. */
const char *email_submitted(Arena *arena, const char *value);
/** Bodies and queries. encoding: a WHATWG name with an encoder. Owns: arena. */
Str entries_urlencoded(Arena *arena, const FormEntries *entries, const char *encoding);
Str entries_plain(Arena *arena, const FormEntries *entries, const char *encoding);
/** boundary receives a delimiter made from the content, so that the same form gives the
 * same bytes. */
Str entries_multipart(Arena *arena, const FormEntries *entries, const char *encoding,
                      const char **boundary);

#endif
