/* changing.c - links that do something. Layer: crawl. SPDX-License-Identifier: MIT */
#include "crawl/changing.h"

#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "words/meaning.h"

/* Words of paths and parameters; a word stands alone, so that "/additive" and
 * "/logouts-guide" are pages. Sources: links of WooCommerce, Magento, PrestaShop, OpenCart,
 * Shopify, Shopware. */
static const char pattern[] =
    "(?:^|[/?&=_.-])(?:log-?(?:out|off)|sign-?(?:out|off)|mylogout|deconnexion|abmelden|"
    "unsubscribe|desabonne[a-z]*|desinscri[a-z]*)(?:$|[/?&=_.;-])"
    "|add[-_]?to[-_]?(?:cart|basket|bag|wishlist|compare|favou?rites?)"
    "|remove[-_]?(?:from|item|coupon)|/(?:cart|basket|panier|warenkorb|wishlist|compare|"
    "checkout/cart|favou?rites?)/(?:add|change|clear|empty|remove|delete|update)"
    "|[?&](?:add|remove|delete|action|do|act|cmd|currency|setcurrency|set_?lang|"
    "setlanguage|add_[a-z_]+|wishlist|compare|quantity|qty|vote|rate|token|_token|nonce|"
    "_wpnonce|undo_item|removed_item|empty[-_]cart|applycoupon|coupon)="
    "|[?&](?:add|delete|remove|logout|mylogout|empty-cart)(?:&|$)"
    "|route=[a-z_./]*(?:currency|logout|/add|/remove|/delete|/edit)\\b"
    "|/(?:add|remove|delete|destroy|vote|like|unlike)(?:/|\\?|$)"
    "|/orders?/[^/?]+/(?:pay|payment|cancel|confirm|reorder|return)(?:/|\\?|$)"
    "|/(?:place-?order|reorder|cancel-?order|order-again)(?:/|\\?|$)"
    "|/(?:switch|set|change)-?(?:currency|language|lang|locale|store)\\b"
    "|___store=|___from_store=|/directory/currency/";

bool changing_open(Arena *arena, const Words *words, Changing *changing, Error *err)
{
    changing->words = words;
    return regex_compile(arena, STR(pattern), REGEX_CASELESS, "changing links",
                         &changing->address, err);
}

bool changing_address(const Changing *changing, const char *url)
{
    Str text = str_of(url);
    /* What stands before the path is no word of ours. */
    size_t from = str_find(text, STR("://"), 0);
    from = from == SIZE_MAX ? 0 : str_find_byte(text, '/', from + 3);
    if (from == SIZE_MAX)
        return false;
    /* A limit that stopped the search leaves it open: then it is not followed. */
    return regex_search(changing->address, str_slice(text, from, SIZE_MAX), 0, NULL) !=
           REGEX_ABSENT;
}

static bool is_asking(const Node *node)
{
    const char *method = node_attribute(node, "data-method");
    const char *click = node_attribute(node, "onclick");
    return (method && !str_equal_nocase(str_of(method), STR("get"))) ||
           node_has_attribute(node, "data-confirm") ||
           node_has_attribute(node, "data-turbo-method") ||
           (click && strstr(click, "confirm("));
}

bool changing_link(const Changing *changing, Arena *arena, const Document *document,
                   const Node *node)
{
    static const char *const intents[] = {
        "logout",  "remove_item", "add_to_cart",      "wishlist",
        "compare", "buy_now",     "order_obligation", "cancel_contract"};
    if (is_asking(node))
        return true;
    const char *name = node_name(arena, document, node, NULL);
    if (!*name)
        return false;
    Meanings *meanings = meanings_of_page(changing->words, document);
    Meaning *meaning = meaning_of(meanings, text_fold(arena, str_of(name)));
    for (size_t i = 0; i < COUNT_OF(intents); i++)
        if (meaning_is(meanings, meaning, words_intent(changing->words, intents[i])))
            return true;
    return false;
}
