/* guard_scene.c - checkout, cart, last page: read off the whole page.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/guard_scene.h"

#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/forms.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard_form.h"
#include "visit/lexicon.h"

enum {
    STEP_NAME_LIMIT = 60, /* bytes of the name of a step */
    TOTAL_REACH = 80,     /* bytes between the word and its amount */
};

static bool is_hidden(const Node *node)
{
    return node_is_seen(node) == 0 || node_visibility(node) == VISIBILITY_HIDDEN;
}

static const char *dialog_name(const Document *document, const Node *element)
{
    Arena *arena = document_arena(document);
    for (const Node *up = element; up; up = node_parent(up)) {
        const char *role = node_attribute(up, "role");
        if (node_is_tag(up, "dialog") || (role && strstr(role, "dialog")))
            return node_name(arena, document, up, NULL);
    }
    return "";
}

const char *scene_heading(const Document *document, const Node *element)
{
    static const char *const TAGS[] = {"h1", "h2", "h3", "h4", "legend"};
    const Node *best = NULL;
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *heading = list->items[i];
            if (!is_hidden(heading) && node_order(heading) < node_order(element) &&
                (!best || node_order(heading) > node_order(best)))
                best = heading;
        }
    }
    Arena *arena = document_arena(document);
    const char *name = dialog_name(document, element);
    const char *text = best ? node_text_cut(arena, best, 200) : "";
    return *name ? arena_printf(arena, "%s %.200s", text, name) : text;
}

static bool is_cart_address(const char *url)
{
    return str_contains_nocase(str_of(url), STR("checkout/cart"));
}

/* Path and query of the page, NULL when it has no address that can be read. */
static const char *page_path(const Document *document)
{
    Arena *arena = document_arena(document);
    Url url;
    if (!url_parse(arena, str_of(document_url(document)), NULL, &url, NULL))
        return NULL;
    const char *path =
        url.query ? arena_printf(arena, "%s?%s", url.path, url.query) : url.path;
    return url.fragment ? arena_printf(arena, "%s#%s", path, url.fragment) : path;
}

bool scene_is_checkout(const Document *document, bool shows_payment)
{
    if (shows_payment)
        return true;
    Arena *arena = document_arena(document);
    const char *path = page_path(document);
    if (path && text_speaks_of_checkout(arena, path))
        return true;
    if (path && is_cart_address(path))
        return false;
    const NodeList *headings = document_by_tag(document, "h1");
    for (size_t i = 0; i < headings->count; i++) {
        /* A dialog that is not open yet says nothing about the page. */
        if (is_hidden(headings->items[i]))
            continue;
        const char *text = node_text_cut(arena, headings->items[i], 200);
        if (text_speaks_of_checkout(arena, text) || text_speaks_of_payment(arena, text))
            return true;
    }
    const NodeList *inputs = document_by_tag(document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(control_type(inputs->items[i]), "checkbox") == 0 &&
            control_accepts_terms(document, inputs->items[i]) &&
            form_owner(document, inputs->items[i]))
            return true;
    return false;
}

static bool has_any(Str text, const char *const *needles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_contains(text, str_of(needles[i])))
            return true;
    return false;
}

bool scene_is_cart(const Document *document)
{
    static const char *const WORDS[] = {"cart",    "basket", "shopping bag", "panier",
                                        "korb",    "cesta",  "carrito",      "carrello",
                                        "wagen",   "koszyk", "kurv",         "caddie",
                                        "bagages", "/bag",   "carrinho"};
    Arena *arena = document_arena(document);
    const char *path = page_path(document);
    const NodeList *headings = document_by_tag(document, "h1");
    const char *text =
        arena_printf(arena, "%s %s", path ? path : "", document_title(document));
    for (size_t i = 0; i < headings->count && i < 4; i++)
        text = arena_printf(arena, "%s %s", text,
                            node_text_cut(arena, headings->items[i], 100));
    return has_any(text_fold_accents(arena, str_of(text)), WORDS, COUNT_OF(WORDS));
}

/* A link that leads out of the checkout ("Payment and delivery" of the help pages)? */
static bool is_help_link(const Document *document, const Node *node)
{
    static const char *const STEPS[] = {"checkout", "onepage", "kasse",   "commande",
                                        "caisse",   "tunnel",  "bestell", "pedido",
                                        "order",    "step",    "cassa",   "afrekenen"};
    Arena *arena = document_arena(document);
    const Node *link = node_closest(node, "a");
    if (!link) {
        const Node *child = node_first_child(node);
        link = child && node_is_tag(child, "a") ? child : NULL;
    }
    const char *href = link ? node_attribute(link, "href") : NULL;
    if (!href || *href == '#' || !*href)
        return false;
    return !has_any(text_fold_accents(arena, str_of(href)), STEPS, COUNT_OF(STEPS));
}

static bool is_badge(Str folded)
{
    static const char *const BADGES[] = {"secur", "sicher", "segur", "sicur", "veilig"};
    return has_any(folded, BADGES, COUNT_OF(BADGES));
}

bool scene_is_in_payment(const Document *document, const Node *element)
{
    static const char *const OTHERS[] = {"address", "adress", "direccion", "indirizzo"};
    Arena *arena = document_arena(document);
    const char *text = scene_heading(document, element);
    Str folded = text_fold_accents(arena, str_of(text));
    return text_speaks_of_payment(arena, text) && !is_badge(folded) &&
           !has_any(folded, OTHERS, COUNT_OF(OTHERS));
}

/* "Payment", "3. Review and payment"; not "100 % secure payment". */
static bool names_payment_step(const Document *document, const Node *node)
{
    Arena *arena = document_arena(document);
    const char *text = node_text_cut(arena, node, STEP_NAME_LIMIT);
    ButtonWords words;
    button_words(arena, text, &words);
    if (words.count == 0 || words.count > 4 || name_orders(&words) ||
        !text_speaks_of_payment(arena, text))
        return false;
    return !is_badge(text_fold_accents(arena, str_of(text)));
}

bool scene_has_later_step(const Document *document)
{
    static const char *const TAGS[] = {"li", "h2", "h3", "h1", "span", "a", "legend"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *node = list->items[i];
            if (names_payment_step(document, node) && !node_closest(node, "footer") &&
                !is_help_link(document, node))
                return true;
        }
    }
    return false;
}

/* "Total", then an amount, before anything else is said. */
static bool has_amount_after(Str text, size_t at)
{
    size_t end = at + TOTAL_REACH < text.length ? at + TOTAL_REACH : text.length;
    for (; at < end; at++)
        if (text.data[at] >= '0' && text.data[at] <= '9')
            return true;
    return false;
}

static bool shows_total(const Document *document)
{
    static const char *const WORDS[] = {"total",   "gesamt",  "summe",
                                        "importe", "a payer", "zu zahlen",
                                        "totaal",  "razem",   "celkem"};
    Arena *arena = document_arena(document);
    Str text = text_fold_accents(arena, document_visible_text(document));
    for (size_t i = 0; i < COUNT_OF(WORDS); i++) {
        size_t at = str_find(text, str_of(WORDS[i]), 0);
        for (; at != SIZE_MAX; at = str_find(text, str_of(WORDS[i]), at + 1))
            if (has_amount_after(text, at + strlen(WORDS[i])))
                return true;
    }
    return false;
}

bool scene_is_last_step(const Document *document)
{
    return shows_total(document) && !scene_has_later_step(document);
}

static int count_mails(Str text)
{
    int count = 0;
    for (size_t at = str_find_byte(text, '@', 0); at != SIZE_MAX;
         at = str_find_byte(text, '@', at + 1))
        count += at > 0 && at + 1 < text.length && text.data[at - 1] > ' ' &&
                 text.data[at + 1] > ' ';
    return count;
}

static bool offers_sign_out(const Document *document)
{
    static const char *const TAGS[] = {"a", "form", "button"};
    static const char *const FROM[] = {"href", "action", "formaction"};
    static const char *const WORDS[] = {
        "logout",          "log out", "log-out",     "signout",    "sign out",
        "sign-out",        "abmelde", "deconnexion", "deconnecte", "cerrar sesion",
        "cerrar-sesion",   "logoff",  "disconnetti", "uitloggen",  "afmelden",
        "terminar sessao", "wyloguj"};
    Arena *arena = document_arena(document);
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const char *to = node_attribute(list->items[i], FROM[t]);
            const char *text = t == 1 ? "" : node_text_cut(arena, list->items[i], 40);
            text = arena_printf(arena, "%s %s", text, to ? to : "");
            if (has_any(text_fold_accents(arena, str_of(text)), WORDS, COUNT_OF(WORDS)))
                return true;
        }
    }
    return false;
}

static bool has_filled_mail(const Document *document)
{
    const NodeList *inputs = document_by_tag(document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(control_type(inputs->items[i]), "hidden") != 0 &&
            count_mails(str_of(node_attribute(inputs->items[i], "value"))) > 0)
            return true;
    return false;
}

/* The shop's own address stands in its footer. */
bool scene_knows_visitor(const Document *document)
{
    int count = count_mails(document_visible_text(document));
    const NodeList *footers = document_by_tag(document, "footer");
    for (size_t i = 0; i < footers->count; i++)
        count -=
            count_mails(node_visible_text(document_arena(document), footers->items[i]));
    return count > 0 || has_filled_mail(document) || offers_sign_out(document);
}
