/* person.h - the person that the visitor says to be: nobody. Reserved data only.
 *
 * Mail at example.com (RFC 2606); telephone numbers kept for fiction by the regulators
 * (Ofcom, Arcep, Bundesnetzagentur, NANPA 555-01xx); streets named example. Layer: visit.
 * SPDX-License-Identifier: MIT */
#ifndef VISIT_PERSON_H
#define VISIT_PERSON_H

#include "words/recognise.h"

typedef struct Person Person;

/** One of nobody, in a country. */
struct Person {
    const char *country;  /**< ISO 3166-1 alpha-2 */
    const char *names[8]; /**< of the country in several languages, folded, no accents */
    const char *first_name;
    const char *last_name;
    const char *mail;
    const char *phone;
    const char *street;
    const char *postal_code;
    const char *city;
    const char *region;
};

/** The person of a country, or the British one. country: NULL, or any case. */
const Person *person_of(const char *country);
/** The i-th person there is, NULL: no more. */
const Person *person_at(size_t i);
/** What the person answers to a field; NULL: nothing (password, card, honeypot, choices).
 */
const char *person_answer(const Person *person, FieldKind kind);

#endif
