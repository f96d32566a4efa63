/* consent.c - the cookie question: asked once, refused as easily as accepted.
 * Layer: demo (shop). SPDX-License-Identifier: MIT */
#include <string.h>

#include "demo/shop/page.h"

enum { HALF_A_YEAR_S = 15552000 };

void consent_form(View *view, bool can_refuse)
{
    markup_print(view->out,
                 "<form method=\"post\" action=\"%s\"><input type=\"hidden\" name=\"back\" "
                 "value=\"%s\"><button type=\"submit\" name=\"choice\" "
                 "value=\"accept\">%s</button> ",
                 path_to(view, ROUTE_CONSENT), view->request->target,
                 say(view, TEXT_CONSENT_ACCEPT));
    if (can_refuse)
        markup_print(view->out,
                     "<button type=\"submit\" name=\"choice\" value=\"refuse\">%s</button>",
                     say(view, TEXT_CONSENT_REFUSE));
    buf_add_text(view->out, "</form>\n");
}

void consent_bar(View *view)
{
    if (request_cookie(view->request, "consent") || view->route == ROUTE_COOKIES)
        return;
    markup_print(
        view->out,
        "<section class=\"consent\" aria-label=\"%s\"><p><strong>%s</strong></p><p>",
        say(view, TEXT_CONSENT_LABEL), say(view, TEXT_CONSENT_TITLE));
    rich_write(view, say(view, TEXT_CONSENT_TEXT));
    markup_print(view->out, " <a href=\"%s\">%s</a></p>", path_to(view, ROUTE_COOKIES),
                 say(view, TEXT_CONSENT_MORE));
    consent_form(view, !view_has(view, FLAW_REFUSE_HIDDEN));
    buf_add_text(view->out, "</section>\n");
}

void act_consent(View *view)
{
    bool is_accepted = !strcmp(request_form(view->request, "choice"), "accept");
    const char *back = request_form(view->request, "back");
    reply_header(view->reply, "Set-Cookie",
                 arena_printf(view->arena,
                              "consent=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax",
                              is_accepted ? "accept" : "refuse", HALF_A_YEAR_S));
    if (is_accepted)
        reply_header(
            view->reply, "Set-Cookie",
            arena_printf(view->arena,
                         "audience=yes; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax",
                         HALF_A_YEAR_S));
    view_redirect(view, path_is_local(back) ? back : path_to(view, ROUTE_HOME));
}
