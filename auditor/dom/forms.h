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
/** All forms; all controls (button input select textarea) owned by form, tree order. */
const NodeList *document_forms(const Document *document);
void form_controls(const Document *document, const Node *form, Arena *arena,
                   NodeList *list);
/** Form owner as the parser and form= decide it; NULL: none. */
const Node *form_owner(const Document *document, const Node *control);
/** Lower-case type: input's type (unknown: "text"), "select", "textarea", "submit" etc. for
 * buttons. */
const char *control_type(const Node *control);
bool control_is_disabled(const Node *control);
/** Current value; for select the selected option's value. */
const char *control_value(const FormState *state, const Node *control);
bool control_is_checked(const FormState *state, const Node *control);
/** Type or choose. Sanitises as scenarios.md 2.5. For select: by option value, then by
 * text. Errors: ERROR_INPUT when the control cannot take it (no such option, not a
 * control). */
bool control_set(FormState *state, const Node *control, const char *value,
                 Error *err) MUST_USE;
/** Tick or untick; selecting a radio releases its group. */
void control_check(FormState *state, const Node *control, bool is_checked);

/** A control that keeps a form from being sent, as the browser's own validation finds it.
 */
typedef struct FormFault {
    const Node *control;
    const char *rule; /**< required email url pattern min max step minlength maxlength */
} FormFault;

/** A request that a form or link makes. */
typedef struct FormRequest {
    const char *method; /**< "GET" or "POST" */
    const char *url;
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

/** Build the request of submitting form by submitter (NULL: none). offset_x/y: for
 * type=image. validate: apply the browser's validation unless novalidate. fault may be
 * NULL. */
SubmitResult form_submit(const FormState *state, const Node *form, const Node *submitter,
                         bool validate, Arena *arena, FormRequest *request,
                         FormFault *fault);
/** The default button that Enter presses in this form; NULL: none. can_submit: false when
 * Enter does nothing (scenarios.md 2.6 implicit submission). */
const Node *form_default_button(const Document *document, const Node *form,
                                bool *can_submit);

/** What a click on an element would do without scripts (scenarios.md 2.4). */
typedef enum Activation {
    ACTIVATE_LINK,   /**< element: the a or area */
    ACTIVATE_SUBMIT, /**< element: the submit button */
    ACTIVATE_RESET,
    ACTIVATE_CHECK,   /**< element: checkbox or radio */
    ACTIVATE_DETAILS, /**< element: summary */
    ACTIVATE_FOCUS,   /**< element: a text control */
    ACTIVATE_OPTION,
    ACTIVATE_EXTERNAL,      /**< mailto: tel: and others */
    ACTIVATE_NEEDS_BROWSER, /**< nothing native happens */
} Activation;

/** Decide what activating node does; element receives the activated element.
 * script_evidence (may be NULL) receives why a script would step in ("onclick",
 * "data-controller"), or NULL. */
Activation node_activation(const Document *document, const Node *node, const Node **element,
                           const char **script_evidence);

#endif
