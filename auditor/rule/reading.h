/* reading.h - predicates that read text: capitals, discounts. Rows of predicate.c.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#ifndef RULE_READING_H
#define RULE_READING_H

#include "rule/element.h"

/** More than 40 letters of which nine in ten are capitals, as written in the source. */
bool is_in_capitals(const Subject *subject, const Node *node);
/** A struck-out price with a percentage and a lower price beside it. */
bool is_discounted(const Subject *subject, const Node *node);
/** The percentage agrees with the two prices within one point. */
bool is_discount_true(const Subject *subject, const Node *node);

/** Of the page: has it a block or a heading called description? */
bool has_description(const Subject *subject, const Node *node);
/** Of the page: has that description at least 50 words? */
bool is_described(const Subject *subject, const Node *node);

/** Of the page: is its text in the language that it declares? True when there is too little
 * text, or when the language of the text is not sure. */
bool is_language_true(const Subject *subject, const Node *node);
/** Of the page: is its text French, or is that not sure? */
bool is_in_french(const Subject *subject, const Node *node);

#endif
