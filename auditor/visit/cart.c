/* cart.c - looking into the cart: the only proof that something was added.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum {
    CART_TRIES = 3,     /* links tried before the usual addresses */
    SUM_MILLI = 20,     /* 0.02: rounding of a sum */
    NAME_LIMIT = 120,   /* bytes of a name in a line */
    PRICES_LIMIT = 400, /* prices of a page that are compared */
};

void cart_see(const Walk *walk, Cart *cart)
{
    cart_read(walk->words, walk->document, walk->arena, cart);
    /* A drawer is no main part: what it says is asked of the whole page. */
    if (walk->is_cart_drawer && cart->count == 0 && text_says(walk, "cart_empty"))
        cart->is_empty_said = cart->is_readable = true;
}

bool cart_mentions(const Walk *walk)
{
    static const char *const TAGS[] = {"td", "a",  "span", "p",  "h2",    "h3",
                                       "h4", "h5", "div",  "li", "strong"};
    if (!walk->document || !walk->goods.name || walk->is_cart_drawer)
        return false;
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(walk->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *node = list->items[i];
            if (node_closest(node, "header") || node_closest(node, "footer") ||
                node_closest(node, "nav") || node_order_end(node) > node_order(node) + 4)
                continue;
            const char *text = node_text_cut(walk->arena, node, NAME_LIMIT);
            if (*text && names_agree(walk, text, walk->goods.name))
                return true;
        }
    }
    return false;
}

bool is_cart_address(const char *url)
{
    static const char *const PARTS[] = {"cart",        "panier", "basket",   "warenkorb",
                                        "carrito",     "cesta",  "carrello", "/bag",
                                        "winkelwagen", "koszyk", "/trolley", "/caddie"};
    Str address = str_of(url);
    size_t path = str_find(address, STR("//"), 0);
    path = path == SIZE_MAX ? 0 : str_find_byte(address, '/', path + 2);
    if (path == SIZE_MAX)
        return false;
    Str rest = str_slice(address, path, address.length);
    for (size_t i = 0; i < COUNT_OF(PARTS); i++)
        if (str_contains_nocase(rest, str_of(PARTS[i])))
            return true;
    return false;
}

static bool is_cart_page(const Walk *walk)
{
    const Page *page = walk_page(walk);
    if (!page || !walk->document || page->status >= 400 ||
        (walk->home_url && is_same_page(walk, page->url, walk->home_url)))
        return false;
    if (page->kind == PAGE_CART ||
        (walk->cart_url && is_same_page(walk, page->url, walk->cart_url)))
        return true;
    if (page->kind == PAGE_PRODUCT || page->kind == PAGE_CATEGORY ||
        page->kind == PAGE_SEARCH || page->kind == PAGE_ACCOUNT)
        return false;
    Cart cart;
    cart_read(walk->words, walk->document, walk->arena, &cart);
    if (cart.is_readable && (cart.count > 0 || cart.is_empty_said))
        return true;
    /* Lines in a form of their own: the product's name at a cart's address is enough. */
    return is_cart_address(page->url) && cart_mentions(walk);
}

static void cart_candidates(Walk *walk, CandidateList *list)
{
    CandidateList named;
    candidates_named(walk, "view_cart", PLACE_NAVIGATION, &named);
    *list = (CandidateList){0};
    for (size_t i = 0; i < named.count; i++) {
        const Candidate *candidate = &named.items[i];
        if (candidate->url && !guard_url_changes_state(walk->arena, candidate->url))
            candidate_add(walk, list, candidate->node,
                          candidate->score + (is_cart_address(candidate->url) ? 3 : 0),
                          candidate->why);
    }
    const NodeList *links = document_by_tag(walk->document, "a");
    for (size_t i = 0; i < links->count; i++) {
        const char *url = NULL;
        const Node *link = links->items[i];
        if (is_site_link(walk, link, &url) && is_cart_address(url) &&
            !guard_url_changes_state(walk->arena, url) &&
            node_visibility(link) != VISIBILITY_HIDDEN)
            candidate_add(walk, list, link, 3, "address of a cart");
    }
    candidates_rank(list);
}

static bool by_links(Walk *walk, bool *is_found, Error *err)
{
    CandidateList list;
    cart_candidates(walk, &list);
    if (list.count == 0)
        return true;
    candidates_match(walk, &list, 0);
    for (size_t i = 0; i < list.count && i < CART_TRIES && !*is_found; i++) {
        Move move;
        /* After the first move the nodes are stale; addresses are not. */
        bool is_fine = i == 0 ? act_press(walk, list.items[i].node, PAGE_CART, &move, err)
                              : act_open(walk, list.items[i].url, PAGE_CART, &move, err);
        if (!is_fine)
            return false;
        if (move.result == MOVE_BLOCKED || move.result == MOVE_UNREACHABLE) {
            step_failed(walk, &move, "the cart");
            return true;
        }
        /* A script that opens a drawer instead has caught the press: the address stays. */
        bool is_caught = i == 0 && list.items[0].url && walk->visitor->has_scripts &&
                         (move.result == MOVE_STATE || move.result == MOVE_NOTHING);
        if (is_caught && !act_open(walk, list.items[0].url, PAGE_CART, &move, err))
            return false;
        *is_found = move.result == MOVE_PAGE && is_cart_page(walk);
    }
    return true;
}

static bool by_addresses(Walk *walk, bool *is_found, Error *err)
{
    static const char *const PATHS[] = {"/cart", "/basket", "/panier", "/warenkorb",
                                        "/checkout/cart"};
    for (size_t i = 0; i < COUNT_OF(PATHS) && !*is_found; i++) {
        const char *url = url_resolve(walk->arena, str_of(PATHS[i]),
                                      walk->home_url ? walk->home_url : walk->visit->site);
        Move move;
        if (!url || !act_open(walk, url, PAGE_CART, &move, err))
            return url == NULL;
        if (move.result == MOVE_BLOCKED || move.result == MOVE_UNREACHABLE)
            return true;
        *is_found = move.result == MOVE_PAGE && is_cart_page(walk);
    }
    return true;
}

/* Is a layer open that holds the goods and leads on? */
static bool is_drawer_shown(const Walk *walk, bool *is_empty)
{
    Cart cart;
    *is_empty = false;
    if (!walk->document || !walk->visitor->has_scripts)
        return false;
    cart_see(walk, &cart);
    const CartLine *line = cart.count > 0 ? cart_line_of(walk, &cart) : NULL;
    *is_empty = walk->is_cart_drawer && cart.is_empty_said;
    return line && cart.checkout && (line->remove || line->quantity > 0);
}

/* The turn-th button that is named like a cart and leads nowhere. */
static const Node *drawer_button(Walk *walk, size_t turn)
{
    CandidateList list;
    size_t seen = 0;
    candidates_named(walk, "view_cart", PLACE_NAVIGATION, &list);
    for (size_t i = 0; i < list.count; i++)
        if (!list.items[i].url && seen++ == turn)
            return list.items[i].node;
    return NULL;
}

/* Buttons that open the cart over the page. One that said "empty" is believed only when it
 * was opened anew; where the button closed it, it is pressed once more. */
static bool by_drawer(Walk *walk, bool *is_found, Error *err)
{
    bool was_empty = false;
    *is_found = is_drawer_shown(walk, &was_empty);
    size_t first = was_empty ? 1 : 0;
    for (size_t turn = 0; turn < CART_TRIES && !*is_found; turn++) {
        Move move;
        bool is_empty = false;
        const Node *button = drawer_button(walk, turn < first ? 0 : turn - first);
        if (!button)
            break;
        match_element(walk, button, "opens the cart over the page", 3);
        if (!act_press(walk, button, PAGE_UNKNOWN, &move, err))
            return false;
        *is_found = is_drawer_shown(walk, &is_empty) || is_empty ||
                    (move.result == MOVE_PAGE && is_cart_page(walk));
    }
    walk->is_cart_drawer = walk->is_cart_drawer || (*is_found && !is_cart_page(walk));
    return true;
}

/* The answer to a sent form has an address that need not show the cart again. */
static bool is_sent_page(const Walk *walk)
{
    const Page *page = walk_page(walk);
    if (!page || page->document < 0 ||
        (size_t)page->document >= walk->visit->exchange_count)
        return false;
    const char *method = walk->visit->exchanges[page->document]->method;
    return method && strcmp(method, "POST") == 0;
}

/* A checkout often has no way back to the cart: one returns to the first page, whose header
 * has it, or to where the cart was seen. */
static bool by_the_way_back(Walk *walk, bool *is_found, Error *err)
{
    Move move;
    const Page *page = walk_page(walk);
    bool is_home = page && walk->home_url && is_same_page(walk, page->url, walk->home_url);
    if (!is_home) {
        if (!act_home(walk, &move, err))
            return false;
        if (move.result == MOVE_PAGE && walk->document && !by_links(walk, is_found, err))
            return false;
    }
    if (*is_found || !walk->cart_url ||
        guard_url_changes_state(walk->arena, walk->cart_url))
        return true;
    if (!act_open(walk, walk->cart_url, PAGE_CART, &move, err))
        return false;
    *is_found = move.result == MOVE_PAGE && is_cart_page(walk);
    return true;
}

bool cart_visit(Walk *walk, bool *is_found, Error *err)
{
    *is_found = false;
    Move move;
    /* Tidying up comes after the end: only an end that comes now stops the search. */
    bool had_ended = walk->has_ended;
    if (walk->is_cart_drawer && walk->document) {
        if (!by_drawer(walk, is_found, err) ||
            (!*is_found && !act_home(walk, &move, err)) ||
            (!*is_found && walk->document && !by_drawer(walk, is_found, err)))
            return false;
    } else if (is_cart_page(walk) && !is_sent_page(walk)) {
        *is_found = true;
    } else {
        if (!walk->document && !act_home(walk, &move, err))
            return false;
        if (walk->document && !by_links(walk, is_found, err))
            return false;
        if (!*is_found && walk->has_ended == had_ended && walk->cart_url) {
            if (!act_open(walk, walk->cart_url, PAGE_CART, &move, err))
                return false;
            *is_found = move.result == MOVE_PAGE && is_cart_page(walk);
        }
        if (!*is_found && walk->document && walk->visitor->has_scripts &&
            walk->has_ended == had_ended && !by_drawer(walk, is_found, err))
            return false;
        if (!*is_found && walk->has_ended == had_ended &&
            !by_the_way_back(walk, is_found, err))
            return false;
        if (!*is_found && walk->has_ended == had_ended &&
            !by_addresses(walk, is_found, err))
            return false;
    }
    const Page *page = walk_page(walk);
    if (*is_found && page && !walk->is_cart_drawer)
        walk->cart_url = page->url;
    return true;
}

/* "", "Product 3", "Artikel #12: 1": a word and figures name nothing. */
static bool is_bare_name(const char *name)
{
    if (!name || !*name)
        return true;
    size_t word = strcspn(name, " 0123456789");
    return name[word] && word > 0 && word < 12 &&
           strspn(name + word, " #.:x0123456789") == strlen(name + word) &&
           strcspn(name + word, "0123456789") < strlen(name + word);
}

const CartLine *cart_line_of(const Walk *walk, const Cart *cart)
{
    const Goods *goods = &walk->goods;
    for (size_t i = 0; i < cart->count; i++)
        if (names_agree(walk, cart->lines[i].name, goods->name) ||
            (goods->list_name && names_agree(walk, cart->lines[i].name, goods->list_name)))
            return &cart->lines[i];
    for (size_t i = 0; i < cart->count; i++) {
        const CartLine *line = &cart->lines[i];
        if (line->url && goods->url && is_same_page(walk, line->url, goods->url))
            return line;
    }
    /* A single line whose name cannot be read or says nothing, in a cart that was empty
     * before. */
    if (cart->count == 1 && is_bare_name(cart->lines[0].name))
        return &cart->lines[0];
    return NULL;
}

static Price unit_price(const CartLine *line)
{
    Price unit = line->unit;
    if (unit.milli < 0 && line->sum.milli >= 0 && line->quantity > 0) {
        unit = line->sum;
        unit.milli = line->sum.milli / line->quantity;
    }
    return unit;
}

static void price_facts(Walk *walk, const CartLine *line)
{
    Visit *visit = walk->visit;
    Price unit = unit_price(line);
    if (unit.milli < 0) {
        visit_fact_absent(visit, "cart.unit_price", "no price was read on the line");
        visit_fact_absent(visit, "cart.price_matches", "no price was read on the line");
        return;
    }
    visit_fact_number(visit, "cart.unit_price", price_number(&unit), walk->page);
    Price expected = walk->goods.price;
    int agrees = prices_agree(&expected, walk->goods.tax, &unit, tax_display(walk));
    if (agrees == 0 && walk->goods.option_extra_milli != 0) {
        expected.milli += walk->goods.option_extra_milli;
        agrees = prices_agree(&expected, walk->goods.tax, &unit, tax_display(walk));
    }
    if (agrees == 0 && walk->goods.is_price_by_option)
        agrees = -1;
    if (agrees < 0) {
        visit_fact_absent(
            visit, "cart.price_matches",
            walk->goods.is_price_by_option
                ? "the price may follow the option by a script"
                : "one of the prices is missing, or tax is shown differently");
        return;
    }
    visit_fact_truth(visit, "cart.price_matches", agrees == 1, walk->page);
    visit_fact_evidence(visit,
                        arena_printf(walk->arena, "%s on the product page, %s in the cart",
                                     money_text(walk->arena, &walk->goods.price),
                                     money_text(walk->arena, &unit)));
}

/* Entries beside the line that are built like it and carry a price, though they can be
 * neither changed nor removed: insurances, gifts, donations. */
static size_t lines_alike(const Walk *walk, const CartLine *line)
{
    const char *class = line->node ? node_attribute(line->node, "class") : NULL;
    size_t count = 0;
    if (!line->node || !node_parent(line->node))
        return 0;
    for (const Node *node = node_first_child(node_parent(line->node)); node;
         node = node_next(node)) {
        Price price;
        const char *own = node_attribute(node, "class");
        bool is_alike = strcmp(node_tag(node), node_tag(line->node)) == 0 && class && own &&
                        strcmp(class, own) == 0;
        if (is_alike && node != line->node && price_in(walk->document, node, &price) &&
            price.milli > 0)
            count++;
    }
    return count;
}

static void line_facts(Walk *walk, const Cart *cart)
{
    Visit *visit = walk->visit;
    const CartLine *line = cart_line_of(walk, cart);
    visit_fact_number(visit, "cart.lines", (double)cart->count, walk->page);
    if (!line) {
        visit_fact_absent(visit, "cart.name_matches", "no line names the product");
        visit_fact_absent(visit, "cart.foreign_lines", "no line names the product");
        return;
    }
    size_t others = cart->count - 1;
    size_t alike = lines_alike(walk, line);
    visit_fact_number(visit, "cart.foreign_lines",
                      (double)(alike > others ? alike : others), walk->page);
    if (line->name && *line->name) {
        visit_fact_truth(visit, "cart.name_matches",
                         names_agree(walk, line->name, walk->goods.name), walk->page);
        visit_fact_evidence(visit, arena_text(walk->arena, line->name));
    }
    price_facts(walk, line);
}

/* Is an amount of that size shown anywhere on the page (a fee, a tax, a rebate)? */
static bool shows_amount(const Walk *walk, int64_t milli)
{
    Str text = document_visible_text(walk->document);
    size_t at = 0;
    Price price;
    for (int i = 0; i < PRICES_LIMIT && price_next(text, &at, &price); i++)
        if (llabs(price.milli - milli) <= SUM_MILLI)
            return true;
    return false;
}

/* Sum of the lines; -1: one could not be read. */
static int64_t lines_sum(const Cart *cart)
{
    int64_t sum = 0;
    for (size_t i = 0; i < cart->count; i++) {
        const CartLine *line = &cart->lines[i];
        if (line->sum.milli < 0 && (line->unit.milli < 0 || line->quantity < 0))
            return -1;
        sum += line->sum.milli >= 0 ? line->sum.milli : line->unit.milli * line->quantity;
    }
    return sum;
}

/* Does the cart's total hold the delivery already? */
static bool holds_delivery(const Cart *cart)
{
    int64_t sum = lines_sum(cart);
    return sum >= 0 && cart->delivery.milli > 0 && cart->total.milli >= 0 &&
           llabs(cart->total.milli - sum - cart->delivery.milli) <= SUM_MILLI;
}

/* 1 the total adds up, 0 not, -1 cannot tell. */
static int adds_up(const Walk *walk, const Cart *cart)
{
    int64_t sum = lines_sum(cart);
    if (cart->total.milli < 0 || cart->count == 0 || sum < 0)
        return -1;
    int64_t rest = cart->total.milli - sum;
    int64_t delivery = cart->delivery.milli > 0 ? cart->delivery.milli : 0;
    if (llabs(rest) <= SUM_MILLI || llabs(rest - delivery) <= SUM_MILLI)
        return 1;
    if (shows_amount(walk, llabs(rest)) || shows_amount(walk, llabs(rest - delivery)))
        return 1;
    TaxDisplay tax = tax_display(walk);
    return tax == TAX_EXCLUDED || tax == TAX_BOTH ? -1 : 0;
}

static void line_arithmetic(Walk *walk, const Cart *cart)
{
    Visit *visit = walk->visit;
    int adds = adds_up(walk, cart);
    for (size_t i = 0; i < cart->count && adds != 0; i++) {
        const CartLine *line = &cart->lines[i];
        if (line->unit.milli >= 0 && line->sum.milli >= 0 && line->quantity > 0 &&
            llabs(line->unit.milli * line->quantity - line->sum.milli) > SUM_MILLI)
            adds = 0;
    }
    if (adds < 0)
        visit_fact_absent(visit, "cart.arithmetic_ok", "lines or total could not be read");
    else
        visit_fact_truth(visit, "cart.arithmetic_ok", adds == 1, walk->page);
}

void cart_facts(Walk *walk, const Cart *cart)
{
    Visit *visit = walk->visit;
    Passage *passage = &walk->passage;
    line_facts(walk, cart);
    if (cart->total.milli >= 0)
        visit_fact_number(visit, "cart.total", price_number(&cart->total), walk->page);
    else
        visit_fact_absent(visit, "cart.total", "no total was read in the cart");
    line_arithmetic(walk, cart);
    visit_fact_truth(visit, "cart.delivery_cost_shown", cart->is_delivery_named,
                     walk->page);
    passage->cart_total = cart->total.milli >= 0 ? cart->total : cart->subtotal;
    passage->cart_delivery = cart->delivery;
    if (holds_delivery(cart))
        passage->cart_delivery.milli = 0;
    if (cart->delivery.milli >= 0) {
        passage->is_named_before = true;
        passage->delivery_step = 0;
    }
}

int cart_digits(Walk *walk)
{
    if (!walk->document)
        return -1;
    CandidateList list;
    candidates_named(walk, "view_cart", PLACE_NAVIGATION, &list);
    for (size_t i = 0; i < list.count; i++) {
        const char *text = list.items[i].text;
        size_t length = strcspn(text, "0123456789");
        if (text[length] == '\0')
            continue;
        size_t digits = strspn(text + length, "0123456789");
        long long value = 0;
        if (digits < 5 && text[length + digits] != '.' && text[length + digits] != ',' &&
            str_to_int(str_from(text + length, digits), &value))
            return (int)value;
    }
    return -1;
}
