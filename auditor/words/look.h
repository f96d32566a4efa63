/* look.h - a page as the recognisers look at it: its regions, its main text, and what its
 * words mean.
 *
 * Private to words/. Layer: words. SPDX-License-Identifier: MIT */
#ifndef WORDS_LOOK_H
#define WORDS_LOOK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"
#include "base/url.h"
#include "dom/document.h"
#include "words/actions.h"
#include "words/meaning.h"
#include "words/price.h"
#include "words/recognise.h"
#include "words/words.h"

/** Which part of a page an element stands in. */
typedef enum Region {
    REGION_MAIN,
    REGION_HEADER,
    REGION_NAV,
    REGION_FOOTER,
    REGION_ASIDE,
    REGION_MINICART, /**< the small cart of the header or a drawer */
    REGION_CONSENT,  /**< cookie layer */
} Region;

/** What is worked out once a page, whoever looks at it. */
typedef struct LookKept {
    Meanings *meanings;
    Str main_text; /**< visible, folded; filled by look_main_text */
    Meaning *main_meaning;
    ActionList actions;
    bool has_main_text, has_actions;
} LookKept;

/** A page being looked at. */
typedef struct Look {
    const Words *words;
    const Document *document;
    Arena *arena;
    const char *language;
    const char *host; /**< of the document's URL */
    const Node *main; /**< main element, or NULL */
    LookKept *kept;
    const unsigned char *regions; /**< Region by order of the element */
    unsigned carried;             /**< carried.h */
    const char *own_query;        /**< of the document's URL; NULL: none */
    unsigned char *hidden;        /**< by order: 0 not asked yet, 1 no, 2 yes */
    unsigned char *fields;        /**< by order: 0 not asked yet, else FieldKind + 1 */
    unsigned char *buys;          /**< by order: 0 not asked yet, 1 no, 2 yes (buy.h) */
    unsigned char *secondary;     /**< by order: 0 not asked yet, 1 no, 2 yes */
} Look;

/** Look at a page. What the page itself tells is worked out the first time and lives as
 * long as the document. */
void look_init(Look *look, const Words *words, const Document *document, Arena *arena);
/** Region of an element. */
Region look_region(const Look *look, const Node *node);
bool look_is_main(const Look *look, const Node *node);
/** Visible text outside header, footer, navigation, minicart and consent, folded. */
Str look_main_text(const Look *look);
/** Everything to press, read once. */
const ActionList *look_actions(const Look *look);

/** Does folded text mean the intent? */
bool look_means(const Look *look, const char *intent, Str folded);
/** Does the text of NUL-ended foreign text mean it? NULL means nothing. */
bool look_says(const Look *look, const char *intent, const char *text);
/** Folded visible text of an element, cut at limit bytes ("" when it is longer). */
Str look_text(const Look *look, const Node *node, size_t limit);
/** Name of the language whose list matches, for evidence; "". */
const char *look_language_of(const Look *look, const char *intent, Str folded);

/** Has class or id a part (between '-', '_', capitals, spaces) equal to part? */
bool node_has_part(const Node *node, const char *part);
/** Does any part of class or id begin with one of the words (separated by spaces)? */
bool node_has_part_of(const Node *node, const char *words);
/** Words of a name or id: "billing_firstName" is "billing first name". Owns: arena. */
Str look_name_words(Arena *arena, const char *name);
/** Hidden by markup? Remembered. */
bool look_is_hidden(const Look *look, const Node *node);
/** What a control asks for. Remembered. */
FieldKind look_field(const Look *look, const Node *control);
/** Lower-case path and query of a URL without scheme and host. Owns: arena. */
Str look_url_words(Arena *arena, const char *url);
/** The same of a URL already parsed. */
Str look_parsed_words(Arena *arena, const Url *url);
/** The same without the parameters that all links of the page carry. */
Str look_link_words(const Look *look, const Url *url);
/** Is it, or anything around it within the body, called related, upsell, sidebar ...?
 * Remembered. */
bool look_is_secondary(const Look *look, const Node *node);
/** Index of the first action at or behind the start of scope. */
size_t actions_from(const ActionList *actions, const Node *scope);
/** Smallest element that contains both. */
const Node *node_common(const Node *a, const Node *b);
/** First heading (h1-h6) inside scope with text, or NULL. */
const Node *look_heading(const Look *look, const Node *scope);
/** Has the element so many inside that it is no label, row or price? Keeps work bounded. */
bool node_is_large(const Node *node);
/** Clean text of an element for a person: visible text, spaces collapsed, cut. Owns: arena.
 */
const char *look_clean_text(const Look *look, const Node *node, size_t limit);

#endif
