/* guarded.c - the guard as this engine asks it.
 *
 * Where the guard is not part of the program, nothing that could change anything is sent:
 * then only GET is allowed. Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "visit/guard.h"
#include "visit/http/http.h"
#include "words/recognise.h"

#pragma weak guard_allows_press
#pragma weak guard_allows_request
#pragma weak guard_is_card_field
#pragma weak page_is_shell

bool http_may_send(const char *method, const char *url, const char *content_type,
                   const char **why)
{
    *why = "the guard is missing";
    if (guard_allows_request)
        return guard_allows_request(method, url, content_type, why);
    return strcmp(method, "GET") == 0;
}

bool http_may_press(const HttpVisitor *visitor, const Shown *shown, const Node *element,
                    const char **why)
{
    if (!guard_allows_press)
        return true;
    return guard_allows_press(shown->document, shown->state, element, visitor->base.safety,
                              why);
}

bool http_is_card_field(const Node *control)
{
    return guard_is_card_field && guard_is_card_field(control);
}

bool http_is_shell(const Document *document)
{
    return page_is_shell && page_is_shell(document);
}
