/* element.h - questions about elements, as data: which ones a check examines (Query) and
 * what must hold of each (Test).
 *
 * Layer: rule. Called by check_css.c, check_xpath.c and check_site.c.
 * SPDX-License-Identifier: MIT */
#ifndef RULE_ELEMENT_H
#define RULE_ELEMENT_H

#include <stdbool.h>

#include "dom/css.h"
#include "rule/check.h"
#include "rule/pattern.h"

/** Which elements: a CSS selector, an XPath expression, or a recognised part of a shop's
 * page ("@card", "@add-to-cart"; the names are in part.c). */
typedef struct Query Query;

/** Compile a selector or "@part". Errors: ERROR_INPUT at value. */
bool query_compile(CheckSource *source, const Json *value, Query **query,
                   Error *err) MUST_USE;
/** Compile an XPath expression. Errors: ERROR_INPUT at value. */
bool query_compile_xpath(CheckSource *source, const Json *value, Query **query,
                         Error *err) MUST_USE;
/** Elements it finds inside scope (NULL: the page), document order. false: the question
 * could not be answered (an XPath that ran out of operations). */
bool query_run(const Query *query, const Subject *subject, const Node *scope,
               NodeList *list);

/** A conjunction of conditions on an element. */
typedef struct Test Test;

/** Compile {matches, inside, has, name, text, content, attribute,
 * field, is, any, all, not}; text is the visible one, content all of it.
 * Errors: ERROR_INPUT at the wrong member. */
bool test_compile(CheckSource *source, const Json *value, Test **test, Error *err) MUST_USE;
bool test_holds(const Test *test, const Subject *subject, const Node *node);

/** Find the elements of a part of part.c. */
typedef void PartFind(const Subject *subject, NodeList *list);
/** Part of a name without '@', NULL: there is none; names NULL-ended. */
PartFind *part_of(const char *name);
const char *const *part_names(void);

/** A named question about an element, in predicate.c. */
typedef bool Predicate(const Subject *subject, const Node *node);
/** Predicate of a name, NULL: there is none; names NULL-ended. */
Predicate *predicate_of(const char *name);
const char *const *predicate_names(void);

/** Body of the kinds css and xpath: compile what stands beside the query. */
typedef struct Elements Elements;
extern const char *const elements_keys[];

enum { ELEMENTS_KEY_COUNT = 13 };

bool elements_compile(CheckSource *source, const Json *json, Query *query,
                      Elements **elements, Error *err) MUST_USE;
void elements_run(const Elements *elements, const Subject *subject, Answer *answer);

/** Fill err with "there is no 'what' called 'name'" and a did-you-mean. Returns false. */
bool name_unknown(CheckSource *source, const Json *value, const char *what,
                  const char *const *names, Error *err);

#endif
