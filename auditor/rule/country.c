/* country.c - which countries a shop addresses. Layer: rule. SPDX-License-Identifier: MIT
 */
#include "rule/country.h"

#include <stdint.h>
#include <string.h>

static const char *const members[] = {
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
    "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
};

/** A language that with a currency points at one country. */
typedef struct LanguageCountry {
    const char *language;
    char currency; /**< e euro, p pound, d dollar */
    const char *country;
} LanguageCountry;

static const LanguageCountry languages[] = {
    {"fr", 'e', "FR"}, {"de", 'e', "DE"}, {"it", 'e', "IT"}, {"es", 'e', "ES"},
    {"nl", 'e', "NL"}, {"pt", 'e', "PT"}, {"fi", 'e', "FI"}, {"el", 'e', "GR"},
    {"en", 'p', "GB"}, {"en", 'd', "US"},
};

/** A register of companies by the word it is quoted with: where the seller is. */
typedef struct Register {
    const char *word;
    const char *country;
} Register;

static const Register registers[] = {
    {"SIREN", "FR"},           {"SIRET", "FR"},       {"RCS", "FR"},
    {"Handelsregister", "DE"}, {"Partita IVA", "IT"}, {"KvK", "NL"},
};

/** Index of a two-letter code; -1: it is none. */
static int code_index(const char *code)
{
    int first = (code[0] | 32) - 'a', second = code[0] ? (code[1] | 32) - 'a' : -1;
    if (first < 0 || first > 25 || second < 0 || second > 25 ||
        (code[2] && code[2] != '-' && code[2] != '_'))
        return -1;
    return first * 26 + second;
}

/** A word that stands alone: not part of a longer one. */
static bool has_word(Str text, Str word)
{
    for (size_t at = 0; (at = str_find(text, word, at)) < text.length; at++) {
        size_t end = at + word.length;
        bool is_begun =
            at > 0 && ((text.data[at - 1] | 32) >= 'a' && (text.data[at - 1] | 32) <= 'z');
        bool is_continued = end < text.length &&
                            ((text.data[end] | 32) >= 'a' && (text.data[end] | 32) <= 'z');
        if (!is_begun && !is_continued)
            return true;
    }
    return false;
}

/** A sum of money, not just a sign in a list of currencies: the sign stands beside a digit.
 */
static bool has_money(Str text, Str sign)
{
    for (size_t at = 0; (at = str_find(text, sign, at)) < text.length; at++) {
        size_t before = at, after = at + sign.length;
        while (before > 0 &&
               (text.data[before - 1] == ' ' || text.data[before - 1] == '\xa0' ||
                text.data[before - 1] == '\xc2'))
            before--;
        while (after < text.length && text.data[after] == ' ')
            after++;
        bool is_behind =
            before > 0 && text.data[before - 1] >= '0' && text.data[before - 1] <= '9';
        bool is_ahead =
            after < text.length && text.data[after] >= '0' && text.data[after] <= '9';
        if (is_behind || is_ahead)
            return true;
    }
    return false;
}

void country_signs_add(CountrySigns *signs, const char *lang, Str visible_text)
{
    int language = code_index(lang);
    if (language >= 0) {
        signs->languages[language] = true;
        if (lang[2] && code_index(lang + 3) >= 0)
            signs->regions[code_index(lang + 3)] = true;
    }
    signs->has_euro |=
        has_money(visible_text, STR("€")) || has_money(visible_text, STR("EUR"));
    signs->has_pound |= has_money(visible_text, STR("£"));
    signs->has_dollar |= has_money(visible_text, STR("$"));
    for (size_t i = 0; i < COUNT_OF(registers); i++)
        if (has_word(visible_text, str_of(registers[i].word)))
            signs->regions[code_index(registers[i].country)] = true;
}

static bool is_member(const char *country)
{
    for (size_t i = 0; i < COUNT_OF(members); i++)
        if (!strcmp(members[i], country))
            return true;
    return false;
}

/** Growing list of distinct codes. */
typedef struct CountryList {
    const char **items;
    size_t count, capacity;
} CountryList;

static void list_add(CountryList *list, Arena *arena, const char *country)
{
    for (size_t i = 0; i < list->count; i++)
        if (!strcmp(list->items[i], country))
            return;
    ARENA_PUSH(arena, list->items, list->count, list->capacity, country);
}

/** A country domain (".fr", ".co.uk"); generic and fashionable ones say nothing. */
static void domain_add(CountryList *list, Arena *arena, const char *host)
{
    static const char *const generic[] = {"io", "co", "me", "tv", "ai", "cc", "ws", "eu"};
    Str whole = str_of(host), end = whole;
    char code[3] = {0};
    for (size_t i = whole.length; i > 0; i--)
        if (whole.data[i - 1] == '.') {
            end = str_slice(whole, i, whole.length);
            break;
        }
    if (end.length != 2 || end.data == whole.data)
        return;
    for (size_t i = 0; i < COUNT_OF(generic); i++)
        if (str_equal_text(end, generic[i])) {
            if (!strcmp(generic[i], "eu"))
                list_add(list, arena, "EU");
            return;
        }
    code[0] = (char)(end.data[0] & ~32);
    code[1] = (char)(end.data[1] & ~32);
    if (code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z')
        return;
    list_add(list, arena, !strcmp(code, "UK") ? "GB" : arena_text(arena, code));
}

const char **countries_guess(Arena *arena, const CountrySigns *signs)
{
    CountryList list = {0};
    size_t known;
    for (int i = 0; i < 26 * 26; i++)
        if (signs->regions[i])
            list_add(&list, arena, arena_printf(arena, "%c%c", 'A' + i / 26, 'A' + i % 26));
    domain_add(&list, arena, signs->host ? signs->host : "");
    known = list.count;
    for (size_t i = 0; i < COUNT_OF(languages) && known == 0; i++) {
        bool has_currency = languages[i].currency == 'e'   ? signs->has_euro
                            : languages[i].currency == 'p' ? signs->has_pound
                                                           : signs->has_dollar;
        if (has_currency && signs->languages[code_index(languages[i].language)])
            list_add(&list, arena, languages[i].country);
    }
    if (signs->has_euro)
        list_add(&list, arena, "EU");
    ARENA_PUSH(arena, list.items, list.count, list.capacity, NULL);
    return list.items;
}

bool country_applies(const char *const *rule, const char *const *addressed)
{
    if (!*rule)
        return true;
    for (; *rule; rule++)
        for (const char *const *country = addressed; *country; country++)
            if (!strcmp(*rule, *country) || (!strcmp(*rule, "EU") && is_member(*country)))
                return true;
    return false;
}
