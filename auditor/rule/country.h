/* country.h - which countries a shop addresses: legal rules apply to those alone.
 *
 * Layer: rule. Called by judge.c. SPDX-License-Identifier: MIT */
#ifndef RULE_COUNTRY_H
#define RULE_COUNTRY_H

#include <stdbool.h>

#include "model/audit.h"
#include "rule/site.h"

/** What pages say of the countries addressed. */
typedef struct CountrySigns {
    const char *host;
    bool has_euro, has_pound, has_dollar;
    bool languages[26 * 26]; /**< by two letters */
    bool regions[26 * 26];   /**< of <html lang="fr-BE">, by two letters */
} CountrySigns;

/** Take in what a page says: its language tag, the currencies of its visible text, and the
 * register of companies it quotes (SIREN: France), which counts as a region. */
void country_signs_add(CountrySigns *signs, const char *lang, Str visible_text);
/** Countries by region subtag, by country domain, else by language and currency together
 * (French and euro: FR; English and pound: GB; any euro: EU). NULL-ended, maybe empty. */
const char **countries_guess(Arena *arena, const CountrySigns *signs);
/** Does a rule for these countries ("FR", "EU"; empty: everywhere) apply to a shop that
 * addresses those? EU holds its members, and a member of the EU is in EU. */
bool country_applies(const char *const *rule, const char *const *addressed);

#endif
