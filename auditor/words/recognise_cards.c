/* recognise_cards.c - the product cards of a list, found by their repetition: a link with a
 * picture or a heading, and a price or a buy button, several times alike
 * (recognition.md 2.2).
 *
 * Needs no knowledge of a platform. Layer: words. SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "dom/forms.h"
#include "dom/text.h"
#include "words/buy.h"
#include "words/cards.h"
#include "words/look.h"
#include "words/recognise.h"

enum {
    CARDS_MAX = 2000,
    CLIMB_MAX = 12, /* levels from the link up to its card */
    CARD_TEXT_MAX = 4000,
    PURPOSE_MAX = 40, /* bytes of words that name a purpose */
    GROUP_SURE = 4,   /* this many alike need less proof each */
    PRESSED_SURE = 3, /* this many alike that are pressed are no accident */
};

/** A link that may lead to a product. */
typedef struct Anchor {
    const Node *node;
    const char *url; /* without fragment */
    bool is_strong;  /* holds a picture or stands in a heading */
    bool is_action;  /* it buys at once: the card has no page of its own */
    bool is_press; /* nothing says what it does; the pointer shows that it does something */
} Anchor;

typedef struct AnchorList {
    Anchor *items;
    size_t count, capacity;
} AnchorList;

/** A possible card. */
typedef struct Root {
    const Node *node;
    size_t anchor; /* first of its links */
    unsigned long long shape;
    bool has_image;
    bool has_price;
    const Node *button; /* buys; NULL: none */
    bool is_action;     /* the button is all that stands for it */
    bool is_secondary;  /* beside the list: related, recently seen ... */
    Price price;
} Root;

typedef struct RootList {
    Root *items;
    size_t count, capacity;
} RootList;

static bool url_is_picture(const char *url)
{
    static const char *const ENDS[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"};
    Str path = str_of(url);
    path = str_slice(path, 0, str_find_byte(path, '?', 0));
    for (size_t i = 0; i < COUNT_OF(ENDS); i++) {
        if (path.length > 5 &&
            str_equal_nocase(str_slice(path, path.length - strlen(ENDS[i]), SIZE_MAX),
                             str_of(ENDS[i])))
            return true;
    }
    return false;
}

/* Is there an element of that tag inside? Asked of the index, not of the elements. */
static bool node_holds(const Document *document, const Node *node, const char *tag)
{
    const NodeList *list = document_by_tag(document, tag);
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (node_order(list->items[middle]) <= node_order(node))
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && node_order(list->items[low]) < node_order_end(node);
}

static bool is_in_heading(const Look *look, const Node *node)
{
    const Node *up = node;
    for (int i = 0; up && i < 4; i++, up = node_parent(up)) {
        const char *tag = node_tag(up);
        if (tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' && !tag[2])
            return true;
    }
    return look_heading(look, node) != NULL;
}

/* Does the link lead to another page of this shop, and not to an action? */
const char *card_target(const Look *look, const Node *node)
{
    const char *href = node_attribute(node, "href");
    if (!href || !href[0] || href[0] == '#' ||
        str_starts_with_nocase(str_of(href), STR("javascript:")))
        return NULL;
    const Url *url = node_target(look->document, node);
    if (!url || !url_is_http(url) || strcmp(url->host, look->host) != 0 ||
        url_is_picture(url->href))
        return NULL;
    if (look_means(look, "url_not_a_page", look_link_words(look, url)))
        return NULL;
    return url_without_fragment(look->arena, url->href);
}

/* Words that lead somewhere else than to a product. */
static bool is_other_purpose(const Look *look, const Anchor *anchor)
{
    static const char *const INTENTS[] = {"add_to_cart", "checkout", "view_cart",
                                          "terms",       "privacy",  "continue_shopping",
                                          "remove_item", "wishlist", "login"};
    Str words = action_words(look->arena, look->document, anchor->node);
    if (look_means(look, INTENTS[0], words))
        return true;
    if (anchor->is_strong || words.length > PURPOSE_MAX)
        return false;
    for (size_t i = 1; i < COUNT_OF(INTENTS); i++) {
        if (look_means(look, INTENTS[i], words))
            return true;
    }
    return false;
}

static void anchors_read(const Look *look, AnchorList *anchors)
{
    const NodeList *links = document_by_tag(look->document, "a");
    for (size_t i = 0; i < links->count && anchors->count < CARDS_MAX; i++) {
        const Node *node = links->items[i];
        Region region = look_region(look, node);
        if (region != REGION_MAIN && region != REGION_ASIDE)
            continue;
        const char *url = look_is_hidden(look, node) ? NULL : card_target(look, node);
        if (!url)
            continue;
        Anchor anchor = {.node = node,
                         .url = url,
                         .is_strong = node_holds(look->document, node, "img") ||
                                      node_holds(look->document, node, "picture") ||
                                      is_in_heading(look, node)};
        if (is_other_purpose(look, &anchor))
            continue;
        ARENA_PUSH(look->arena, anchors->items, anchors->count, anchors->capacity, anchor);
    }
}

/* Keep the links that can stand for a card: the strong ones; where there are none, all. */
static void anchors_sift(AnchorList *anchors)
{
    size_t strong = 0;
    for (size_t i = 0; i < anchors->count; i++)
        strong += anchors->items[i].is_strong;
    if (strong == 0)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < anchors->count; i++) {
        if (anchors->items[i].is_strong)
            anchors->items[kept++] = anchors->items[i];
    }
    anchors->count = kept;
}

/* May the card grow to this element? Lists, tables and the page's parts are more than a
 * card; but a list that holds one of several buttons that buy is one product's. */
static bool is_beyond_card(const Look *look, const Node *node, bool is_list_card)
{
    static const char *const TAGS[] = {"body",  "main", "html", "table",
                                       "tbody", "ul",   "ol"};
    size_t count = is_list_card ? COUNT_OF(TAGS) - 2 : COUNT_OF(TAGS);
    for (size_t i = 0; i < count; i++) {
        if (node_is_tag(node, TAGS[i]))
            return true;
    }
    return node == look->main || node_holds(look->document, node, "h1") ||
           node_holds(look->document, node, "nav");
}

/* The card of an anchor: the largest element around it without a link of another card. */
static const Node *card_root(const Look *look, const AnchorList *anchors, size_t at)
{
    const Anchor *anchor = &anchors->items[at];
    const Node *root = anchor->node;
    bool is_list_card = anchor->is_action && anchors->count > 1;
    const Node *before = NULL;
    const Node *after = NULL;
    for (size_t i = at; i > 0 && !before; i--) {
        if (strcmp(anchors->items[i - 1].url, anchor->url) != 0)
            before = anchors->items[i - 1].node;
    }
    for (size_t i = at + 1; i < anchors->count && !after; i++) {
        if (strcmp(anchors->items[i].url, anchor->url) != 0)
            after = anchors->items[i].node;
    }
    for (int i = 0; i < CLIMB_MAX; i++) {
        const Node *up = node_parent(root);
        if (!up || is_beyond_card(look, up, is_list_card) ||
            (before && node_contains(up, before)) || (after && node_contains(up, after)))
            break;
        root = up;
        if (node_is_tag(root, "li") || node_is_tag(root, "article") ||
            node_is_tag(root, "tr"))
            break;
    }
    return root;
}

/* What cards of one list share: their tag and first class, and their parent's. Digits are
 * left out, for they number. */
static unsigned long long shape_of_root(const Node *node)
{
    char text[160];
    size_t length = 0;
    const Node *nodes[2] = {node, node_parent(node)};
    for (size_t i = 0; i < 2; i++) {
        const char *tag = nodes[i] ? node_tag(nodes[i]) : "";
        const char *class = nodes[i] ? node_attribute(nodes[i], "class") : NULL;
        for (; *tag && length < sizeof text - 1; tag++)
            text[length++] = *tag;
        text[length < sizeof text - 1 ? length++ : length] = '.';
        for (; class && *class && *class != ' ' && length < sizeof text / 2 * (i + 1) - 1;
             class ++) {
            if (*class < '0' || *class > '9')
                text[length++] = *class;
        }
    }
    return str_hash(str_from(text, length));
}

static bool is_secondary_block(const Look *look, const Node *node)
{
    return look_is_secondary(look, node) || look_region(look, node) == REGION_ASIDE;
}

/* What in the card buys, or NULL. */
static const Node *card_button(Look *look, const Node *root)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = actions_from(actions, root); i < actions->count; i++) {
        const Node *node = actions->items[i].node;
        if (node_order(node) >= node_order_end(root))
            break;
        if (action_buys(look, &actions->items[i]))
            return node;
    }
    return NULL;
}

/* A line of a cart looks like a card, but it can be taken out again, or asks how many
 * without a button that buys. */
static bool card_is_cart_line(Look *look, const Node *root)
{
    const ActionList *actions = look_actions(look);
    const Node *row = node_closest(root, "tr");
    const Node *scope = row ? row : root;
    bool can_change = false;
    for (size_t i = actions_from(actions, scope); i < actions->count && !can_change; i++) {
        if (!node_contains(scope, actions->items[i].node))
            break;
        can_change = look_means(look, "remove_item", actions->items[i].words);
    }
    for (size_t i = node_order(scope); i < node_order_end(scope) && !can_change; i++) {
        const Node *node = document_element(look->document, i);
        can_change = node_is_control(node) && look_field(look, node) == FIELD_QUANTITY;
    }
    return can_change && !card_button(look, scope);
}

static bool node_has_picture(const Document *document, const Node *root)
{
    return node_holds(document, root, "img") || node_holds(document, root, "picture") ||
           node_holds(document, root, "svg");
}

static void roots_read(Look *look, const AnchorList *anchors, RootList *roots)
{
    const Node *last = NULL;
    for (size_t i = 0; i < anchors->count; i++) {
        const Node *node = card_root(look, anchors, i);
        if (last && node_contains(last, node))
            continue; /* another link of the same card */
        Root root = {.node = node,
                     .anchor = i,
                     .shape = shape_of_root(node),
                     .is_action = anchors->items[i].is_action};
        Str text = node_visible_text(look->arena, node);
        last = node;
        if (text.length == 0 || text.length > CARD_TEXT_MAX)
            continue;
        root.has_price = price_in(look->document, node, &root.price);
        root.button =
            anchors->items[i].is_press ? anchors->items[i].node : card_button(look, node);
        root.has_image = node_has_picture(look->document, node);
        root.is_secondary = is_secondary_block(look, node);
        ARENA_PUSH(look->arena, roots->items, roots->count, roots->capacity, root);
    }
}

/** Cards of one shape, taken together. */
typedef struct Group {
    unsigned long long shape;
    size_t count, priced, pictured, buying;
    bool is_secondary;
} Group;

typedef struct GroupList {
    Group *items;
    size_t count, capacity;
} GroupList;

static Group *group_of(const Look *look, GroupList *groups, const Root *root)
{
    Group fresh = {.shape = root->shape, .is_secondary = root->is_secondary};
    for (size_t i = 0; i < groups->count; i++) {
        Group *group = &groups->items[i];
        if (group->shape == root->shape && group->is_secondary == root->is_secondary)
            return group;
    }
    ARENA_PUSH(look->arena, groups->items, groups->count, groups->capacity, fresh);
    return &groups->items[groups->count - 1];
}

static void groups_read(const Look *look, const RootList *roots, GroupList *groups)
{
    for (size_t i = 0; i < roots->count; i++) {
        const Root *root = &roots->items[i];
        Group *group = group_of(look, groups, root);
        group->count++;
        group->priced += root->has_price;
        group->pictured += root->has_image;
        group->buying += root->has_price || (root->button && !root->is_action);
    }
}

/* Prices in three of five, as recognition.md has it; a few cards need them all. */
static bool group_is_products(const Group *group)
{
    if (group->count >= GROUP_SURE)
        return group->buying * 5 >= group->count * 3;
    return group->buying == group->count;
}

static bool group_is_better(const Group *a, const Group *b)
{
    if (a->is_secondary != b->is_secondary)
        return !a->is_secondary;
    return a->count > b->count;
}

static const Group *group_best(const GroupList *groups)
{
    const Group *best = NULL;
    for (size_t i = 0; i < groups->count; i++) {
        const Group *group = &groups->items[i];
        if (group_is_products(group) && (!best || group_is_better(group, best)))
            best = group;
    }
    return best;
}

/* listed: a hash of each card's URL, so that few of them are compared letter by letter. */
static bool is_listed(const CardList *cards, const unsigned long long *listed,
                      const char *url)
{
    unsigned long long hash = str_hash(str_of(url));
    for (size_t i = 0; url[0] && i < cards->count; i++) {
        if (listed[i] == hash && strcmp(cards->items[i].url, url) == 0)
            return true;
    }
    return false;
}

static void card_add(Look *look, const AnchorList *anchors, const Root *root,
                     CardList *cards, unsigned long long *listed)
{
    const Anchor *anchor = &anchors->items[root->anchor];
    const char *url = anchor->is_action ? "" : anchor->url;
    if (is_listed(cards, listed, url) || card_is_cart_line(look, root->node))
        return;
    Str text = look_text(look, root->node, CARD_TEXT_MAX);
    Card card = {.node = root->node,
                 .link = anchor->is_action ? NULL : anchor->node,
                 .url = url,
                 .name = card_name(look, root->node, anchor->url, root->is_action),
                 .price = root->price,
                 .has_image = root->has_image,
                 .has_add_button = root->button != NULL,
                 .add_button = root->button,
                 .is_sold_out = look_means(look, "out_of_stock", text)};
    listed[cards->count] = str_hash(str_of(url));
    ARENA_PUSH(look->arena, cards->items, cards->count, cards->capacity, card);
}

/* Where products have no page of their own, what buys them stands for them. */
static void buttons_read(Look *look, AnchorList *anchors)
{
    const ActionList *actions = look_actions(look);
    for (size_t i = 0; i < actions->count && anchors->count < CARDS_MAX; i++) {
        const Action *action = &actions->items[i];
        if (!look_is_main(look, action->node) || action->is_hidden ||
            !action_buys(look, action))
            continue;
        Anchor anchor = {.node = action->node,
                         .url = arena_printf(look->arena, "#%zu", node_order(action->node)),
                         .is_action = true};
        ARENA_PUSH(look->arena, anchors->items, anchors->count, anchors->capacity, anchor);
    }
}

/* Where nothing on the page buys by its words, goods are pressed where the pointer becomes
 * a hand: what happens then is seen then. */
static void presses_read(const Look *look, AnchorList *anchors)
{
    for (size_t i = 0; i < document_element_count(look->document); i++) {
        const Node *node = document_element(look->document, i);
        if (!node_is_pointed(node) || !look_is_main(look, node) ||
            node_is_seen(node) == 0 || anchors->count == CARDS_MAX)
            continue;
        Anchor anchor = {.node = node,
                         .url = arena_printf(look->arena, "#%zu", i),
                         .is_action = true,
                         .is_press = true};
        ARENA_PUSH(look->arena, anchors->items, anchors->count, anchors->capacity, anchor);
    }
}

static void cards_try(Look *look, AnchorList *anchors, CardList *cards)
{
    RootList roots = {0};
    GroupList groups = {0};
    memset(cards, 0, sizeof *cards);
    roots_read(look, anchors, &roots);
    groups_read(look, &roots, &groups);
    const Group *best = group_best(&groups);
    if (!best)
        return;
    unsigned long long *listed = ARENA_ARRAY(look->arena, roots.count, unsigned long long);
    for (size_t i = 0; i < roots.count; i++) {
        const Root *root = &roots.items[i];
        /* Lists that repeat one markup in several rows or blocks are one list; a home page
         * has several kinds of them, all primary. */
        const Group *group = group_of(look, &groups, root);
        if (group->is_secondary == best->is_secondary && group_is_products(group))
            card_add(look, anchors, root, cards, listed);
    }
    cards->is_secondary = best->is_secondary;
}

void cards_read(Look *look, CardList *cards)
{
    AnchorList anchors = {0};
    CardList others = {0};
    anchors_read(look, &anchors);
    AnchorList strong = anchors;
    if (anchors.count > 0) {
        strong.items = ARENA_ARRAY(look->arena, anchors.count, Anchor);
        memcpy(strong.items, anchors.items, anchors.count * sizeof *anchors.items);
    }
    anchors_sift(&strong);
    cards_try(look, &strong, cards);
    /* Where pictures and headings stand beside the links, any link may be the product's. */
    if (cards->count < GROUP_SURE && strong.count < anchors.count) {
        cards_try(look, &anchors, &others);
        if (others.count > cards->count && (!others.is_secondary || cards->count == 0))
            *cards = others;
    }
    if (cards->count == 0) {
        AnchorList buttons = {0};
        buttons_read(look, &buttons);
        cards_try(look, &buttons, &others);
        if (others.count >= 2) /* one alone is the product of the page */
            *cards = others;
    }
    if (cards->count == 0) {
        AnchorList presses = {0};
        presses_read(look, &presses);
        cards_try(look, &presses, &others);
        if (others.count >= PRESSED_SURE)
            *cards = others;
    }
    cards->is_suggestion =
        cards->count > 0 && look_means(look, "no_results", look_main_text(look));
}

void cards_find(const Words *words, const Document *document, Arena *arena, CardList *cards)
{
    Look look;
    look_init(&look, words, document, arena);
    cards_read(&look, cards);
}
