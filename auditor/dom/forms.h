/* forms.h - forms as HTML does them: owners, state of controls, submission
 * (scenarios.md 2.4-2.6).
 *
 * A FormState is the user's typing on one document; the document itself stays const.
 * Layer: dom. SPDX-License-Identifier: MIT */
#ifndef DOM_FORMS_H
#define DOM_FORMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/error.h"
#include "dom/document.h"

/** What the user has typed and ticked on one page so far. */
typedef struct FormState FormState;

/** Fresh state: the document's initial values. Owns: arena. */
FormState *form_state_create(Arena *arena, const Document *document);
/** Forget what was typed into the controls of one form (a reset button). */
void form_state_reset(FormState *state, const Node *form);
/** All forms (those in templates left out). */
const NodeList *document_forms(const Document *document);
/** All controls (button input select textarea) owned by form, tree order, appended. */
void form_controls(const Document *document, const Node *form, Arena *arena,
                   NodeList *list);
/** Form owner: form=ID, else the form open at the control's start tag as the HTML parser
 * counts it (a form in a table, a nested form), else the nearest ancestor; NULL: none. */
const Node *form_owner(const Document *document, const Node *control);
/** Is it button, input, select or textarea? */
bool node_is_control(const Node *node);
/** Lower-case type: input's type (unknown: "text"), "select", "textarea", "submit" etc. for
 * buttons; "" when it is no control. */
const char *control_type(const Node *control);
/** A button whose press submits: submit (also by default) or image? */
bool control_is_submit(const Node *control);
/** disabled, or inside a disabled fieldset outside its first legend; options also through
 * their optgroup. */
bool control_is_disabled(const Node *control);
/** Ticked or chosen as the page was served: checkbox, radio, option (also the one a closed
 * select shows without being told). */
bool control_is_initially_checked(const Node *control);
/** Current value; for select the (first) selected option's value, "" when none is. */
const char *control_value(const FormState *state, const Node *control);
bool control_is_checked(const FormState *state, const Node *control);
/** Has the user changed it? */
bool control_is_changed(const FormState *state, const Node *control);
/** Value of an option: attribute, else its text, white space stripped and collapsed.
 * Owns: arena. */
const char *option_value(Arena *arena, const Node *option);
/** Options of a select, tree order, appended. */
void select_options(const Node *select, Arena *arena, NodeList *list);
/** Type or choose. Sanitises as scenarios.md 2.5. For select: by option value, then by
 * text; a checkbox or radio is ticked by any text but "". Errors: ERROR_INPUT when the
 * control cannot take it (no such option, disabled, not a control). */
bool control_set(FormState *state, const Node *control, const char *value,
                 Error *err) MUST_USE;
/** Note the value that a control has in the browser, whatever may have put it there: no
 * sanitising, no refusal. Not for select, checkbox and radio (control_check). */
void control_note(FormState *state, const Node *control, const char *value);
/** Tick or untick; selecting a radio releases its group; an option of a single select
 * releases the others. */
void control_check(FormState *state, const Node *control, bool is_checked);

/** A control that keeps a form from being sent, as the browser's own validation finds it.
 */
typedef struct FormFault {
    const Node *control;
    const char *rule; /**< required email url pattern min max step minlength maxlength */
} FormFault;

/** First control of the form, in tree order, that the browser's validation refuses; false
 * when there is none. fault may be NULL. */
bool form_fault(const FormState *state, const Node *form, FormFault *fault);

/** A request that a form or link makes. */
typedef struct FormRequest {
    const char *method;       /**< "GET" or "POST" */
    const char *url;          /**< absolute; a fragment is kept (it is never sent) */
    const char *content_type; /**< NULL for GET */
    Str body;
    const char *target; /**< "_blank" ...; NULL */
} FormRequest;

typedef enum SubmitResult {
    SUBMIT_REQUEST,       /**< request is filled */
    SUBMIT_INVALID,       /**< fault is filled: the browser sends nothing */
    SUBMIT_NOTHING,       /**< method=dialog and the like */
    SUBMIT_NEEDS_BROWSER, /**< javascript: action */
    SUBMIT_REFUSED,       /**< mailto:, data:, ftp: */
} SubmitResult;

/** How a form is submitted. */
typedef struct Submission {
    const Node *form;
    const Node *submitter;  /**< the button pressed; NULL: none */
    int offset_x, offset_y; /**< where a type=image was pressed, CSS pixels */
    bool validate;          /**< apply the browser's validation unless novalidate */
} Submission;

/** Build the request of a submission. fault may be NULL. Owns: arena. */
SubmitResult form_submit(const FormState *state, const Submission *submission, Arena *arena,
                         FormRequest *request, FormFault *fault);
/** What must the caller know before trusting form_submit: a textarea with wrap=hard and a
 * form-associated custom element need a browser. Returns the reason or NULL. */
const char *form_browser_reason(const Document *document, const Node *form);
/** What Enter does in a control: the default button that it presses (NULL: submits without
 * one); can_submit receives false when Enter does nothing (scenarios.md 2.6). */
const Node *control_enter(const Document *document, const Node *control, bool *can_submit);
/** The default button that Enter presses in this form; NULL: none. can_submit: false when
 * Enter does nothing in a text field. */
const Node *form_default_button(const Document *document, const Node *form,
                                bool *can_submit);

/** What a click on an element would do without scripts (scenarios.md 2.4). */
typedef enum Activation {
    ACTIVATE_LINK,   /**< element: the a or area */
    ACTIVATE_SUBMIT, /**< element: the submit button */
    ACTIVATE_RESET,
    ACTIVATE_CHECK,   /**< element: checkbox or radio */
    ACTIVATE_DETAILS, /**< element: summary */
    ACTIVATE_FOCUS,   /**< element: a text control or select */
    ACTIVATE_OPTION,
    ACTIVATE_EXTERNAL,      /**< mailto: tel: and others; element: the link */
    ACTIVATE_NOTHING,       /**< disabled, or a submit button without a form */
    ACTIVATE_NEEDS_BROWSER, /**< nothing native happens */
} Activation;

/** Decide what activating node does; element receives the activated element (node itself
 * when nothing native happens). script_evidence (may be NULL) receives why a script would
 * step in ("onclick", "data-controller"), or NULL. Owns: nothing. */
Activation node_activation(const Document *document, const Node *node, const Node **element,
                           const char **script_evidence);

/** A link being followed. */
typedef struct LinkClick {
    const Node *link;       /**< a or area with href */
    const Node *hit;        /**< element that was clicked, for ismap; NULL: the link */
    int offset_x, offset_y; /**< inside it, CSS pixels */
} LinkClick;

/** Request of following a link. Returns false when it leads nowhere over http (other
 * scheme, unparsable). Owns: arena. */
bool link_request(const Document *document, const LinkClick *click, Arena *arena,
                  FormRequest *request);
/** Does the link stay on this page (same URL but for the fragment)? */
bool link_is_fragment(const Document *document, const Node *link);

#endif
