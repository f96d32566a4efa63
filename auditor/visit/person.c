/* person.c - test persons by country.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/person.h"

#include "base/attr.h"
#include "base/str.h"

static const Person persons[] = {
    {"GB",
     {"united kingdom", "great britain", "royaume-uni", "vereinigtes konigreich", "england",
      "reino unido", "regno unito"},
     "Alex",
     "Example",
     "alex.example@example.com",
     "020 7946 0958",
     "1 Example Street",
     "EC1A 1BB",
     "London",
     "London"},
    {"FR",
     {"france", "frankreich", "francia", "france metropolitaine", NULL},
     "Camille",
     "Exemple",
     "camille.exemple@example.com",
     "01 99 00 12 34",
     "1 rue de l'Exemple",
     "75001",
     "Paris",
     "Paris"},
    {"DE",
     {"germany", "deutschland", "allemagne", "alemania", "germania"},
     "Kim",
     "Beispiel",
     "kim.beispiel@example.com",
     "030 23125123",
     "Beispielweg 1",
     "10115",
     "Berlin",
     "Berlin"},
    {"ES",
     {"spain", "espana", "espagne", "spanien", "spagna"},
     "Cruz",
     "Ejemplo",
     "cruz.ejemplo@example.com",
     "+44 20 7946 0958",
     "Calle Ejemplo 1",
     "28001",
     "Madrid",
     "Madrid"},
    {"IT",
     {"italy", "italia", "italie", "italien", NULL},
     "Andrea",
     "Esempio",
     "andrea.esempio@example.com",
     "+44 20 7946 0958",
     "Via Esempio 1",
     "00118",
     "Roma",
     "Roma"},
    {"US",
     {"united states", "usa", "etats-unis", "vereinigte staaten",
      "united states of america", "estados unidos", "stati uniti"},
     "Alex",
     "Example",
     "alex.example@example.com",
     "202-555-0143",
     "1 Example Street",
     "62701",
     "Springfield",
     "Illinois"},
    {"BE",
     {"belgium", "belgique", "belgie", "belgien", "belgica", "belgio"},
     "Camille",
     "Exemple",
     "camille.exemple@example.com",
     "+44 20 7946 0958",
     "Rue de l'Exemple 1",
     "1000",
     "Bruxelles",
     "Bruxelles"},
    {"AT",
     {"austria", "osterreich", "autriche"},
     "Kim",
     "Beispiel",
     "kim.beispiel@example.com",
     "+44 20 7946 0958",
     "Beispielweg 1",
     "1010",
     "Wien",
     "Wien"},
    {"CH",
     {"switzerland", "schweiz", "suisse", "svizzera", "suiza"},
     "Kim",
     "Beispiel",
     "kim.beispiel@example.com",
     "+44 20 7946 0958",
     "Beispielweg 1",
     "8001",
     "Z\u00fcrich",
     "Z\u00fcrich"},
    {"NL",
     {"netherlands", "the netherlands", "nederland", "niederlande", "pays-bas",
      "paises bajos", "paesi bassi"},
     "Kim",
     "Voorbeeld",
     "kim.voorbeeld@example.com",
     "+44 20 7946 0958",
     "Voorbeeldstraat 1",
     "1012 AB",
     "Amsterdam",
     "Noord-Holland"},
    {"IE",
     {"ireland", "irlande", "irland", "irlanda"},
     "Alex",
     "Example",
     "alex.example@example.com",
     "+44 20 7946 0958",
     "1 Example Street",
     "D02 AF30",
     "Dublin",
     "Dublin"},
    {"CA",
     {"canada", "kanada"},
     "Alex",
     "Example",
     "alex.example@example.com",
     "613-555-0143",
     "1 Example Street",
     "K1A 0B1",
     "Ottawa",
     "Ontario"},
};

const Person *person_of(const char *country)
{
    for (size_t i = 0; i < COUNT_OF(persons); i++)
        if (str_equal_nocase(str_of(country), str_of(persons[i].country)))
            return &persons[i];
    return &persons[0];
}

const Person *person_at(size_t i)
{
    return i < COUNT_OF(persons) ? &persons[i] : NULL;
}

const char *person_answer(const Person *person, FieldKind kind)
{
    switch (kind) {
    case FIELD_EMAIL: return person->mail;
    case FIELD_FIRST_NAME: return person->first_name;
    case FIELD_LAST_NAME: return person->last_name;
    case FIELD_STREET: return person->street;
    case FIELD_POSTAL_CODE: return person->postal_code;
    case FIELD_CITY: return person->city;
    case FIELD_REGION: return person->region;
    case FIELD_PHONE: return person->phone;
    case FIELD_COUNTRY: return person->country;
    case FIELD_COMPANY: return "Example";
    case FIELD_STREET2: return "2";
    case FIELD_BIRTHDAY: return "1990-01-01";
    case FIELD_FULL_NAME:
    case FIELD_UNKNOWN:
    case FIELD_PASSWORD:
    case FIELD_SEARCH:
    case FIELD_QUANTITY:
    case FIELD_COUPON:
    case FIELD_NEWSLETTER:
    case FIELD_TERMS:
    case FIELD_GUEST:
    case FIELD_DELIVERY:
    case FIELD_PAYMENT:
    case FIELD_CARD:
    case FIELD_TITLE:
    case FIELD_MESSAGE:
    case FIELD_HONEYPOT: return NULL;
    }
    return NULL;
}
