/* pattern.c - conditions on a text. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/pattern.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "dom/text.h"

/** Texts up to this length are names and labels, which a page repeats. */
enum { SHORT_BYTES = 200 };

struct Pattern {
    const char *source;
    const char *intent; /**< NULL: a regular expression */
    int intent_number;
    Regex *regex;
};

struct Condition {
    bool needs_present, needs_absent, needs_filled, needs_empty;
    Pattern *matches, *lacks;
    double min_chars, max_chars, min_words, max_words; /**< NAN: not asked */
    int group;
    double min, max; /**< NAN: not asked */
};

static const char *const condition_keys[] = {
    "matches",   "lacks", "min_chars", "max_chars", "min_words",
    "max_words", "group", "min",       "max",
};

bool pattern_compile(CheckSource *source, const Json *value, Pattern **out, Error *err)
{
    Pattern *pattern = ARENA_NEW(source->arena, Pattern);
    const char *text = json_text(value, NULL);
    Error inner = {0};
    if (!text || !*text)
        return json_error(source->file, value, err,
                          "a pattern must be a text: '@intent' or a regular expression");
    pattern->source = text;
    *out = pattern;
    if (text[0] == '@') {
        pattern->intent = text + 1;
        source->uses_words = true;
        pattern->intent_number = words_intent(source->words, pattern->intent);
        return pattern->intent_number >= 0 ||
               json_error(source->file, value, err, "there is no wording list '%s'", text);
    }
    if (regex_compile(source->arena, json_str(value), REGEX_CASELESS, NULL, &pattern->regex,
                      &inner))
        return true;
    return json_error(source->file, value, err, "%s", inner.what);
}

bool pattern_is_wording(const Pattern *pattern)
{
    return pattern->intent != NULL;
}

const char *pattern_source(const Pattern *pattern)
{
    return pattern->source;
}

/** Language of the page that is judged; "" tries all. */
static const char *language_of(const Subject *subject)
{
    return subject->view ? view_language(subject->view) : "";
}

/* A text of its own is not remembered: a page has many, and each is asked about once. */
static bool wording_find(const Pattern *pattern, const Subject *subject, Str text,
                         Str *folded, RegexMatch *match)
{
    *folded = text_fold(subject->view ? view_arena(subject->view) : subject->arena, text);
    if (!match && subject->view && folded->length <= SHORT_BYTES)
        return view_means(subject->view, view_meaning(subject->view, *folded),
                          pattern->intent_number);
    return words_match_folded(subject->words, pattern->intent, language_of(subject),
                              *folded, match);
}

bool pattern_find(const Pattern *pattern, const Subject *subject, Str text,
                  Meaning *meaning, RegexMatch *match)
{
    Str folded;
    if (!pattern->intent)
        return regex_find(pattern->regex, text, 0, match);
    if (meaning && !match)
        return view_means(subject->view, meaning, pattern->intent_number);
    if (meaning) {
        folded = meaning_text(meaning);
        if (!view_finds(subject->view, meaning, pattern->intent_number, match))
            return false;
    } else if (!wording_find(pattern, subject, text, &folded, match)) {
        return false;
    }
    if (match && folded.length == text.length)
        for (size_t i = 0; i < COUNT_OF(match->groups); i++)
            if (match->groups[i].data)
                match->groups[i].data = text.data + (match->groups[i].data - folded.data);
    return true;
}

static bool keyword_set(Condition *condition, const char *text)
{
    bool *flag = !strcmp(text, "present")  ? &condition->needs_present
                 : !strcmp(text, "absent") ? &condition->needs_absent
                 : !strcmp(text, "filled") ? &condition->needs_filled
                 : !strcmp(text, "empty")  ? &condition->needs_empty
                                           : NULL;
    if (flag)
        *flag = true;
    return flag != NULL;
}

bool condition_compile(CheckSource *source, const Json *value, Condition **out, Error *err)
{
    Condition *condition = ARENA_NEW(source->arena, Condition);
    *out = condition;
    condition->min_chars = condition->max_chars = NAN;
    condition->min_words = condition->max_words = NAN;
    condition->min = condition->max = NAN;
    if (json_type(value) == JSON_STRING)
        return keyword_set(condition, json_text(value, "")) ||
               pattern_compile(source, value, &condition->matches, err);
    if (json_type(value) != JSON_OBJECT)
        return json_error(source->file, value, err, "a condition is a text or an object");
    if (!json_only_keys(source->file, value, condition_keys, (int)COUNT_OF(condition_keys),
                        err))
        return false;
    if (json_get(value, "matches") &&
        !pattern_compile(source, json_get(value, "matches"), &condition->matches, err))
        return false;
    if (json_get(value, "lacks") &&
        !pattern_compile(source, json_get(value, "lacks"), &condition->lacks, err))
        return false;
    condition->min_chars = json_number(json_get(value, "min_chars"), NAN);
    condition->max_chars = json_number(json_get(value, "max_chars"), NAN);
    condition->min_words = json_number(json_get(value, "min_words"), NAN);
    condition->max_words = json_number(json_get(value, "max_words"), NAN);
    condition->group = (int)json_integer(json_get(value, "group"), 0);
    condition->min = json_number(json_get(value, "min"), NAN);
    condition->max = json_number(json_get(value, "max"), NAN);
    if (condition->group < 0 || condition->group > 9)
        return json_error(source->file, json_get(value, "group"), err,
                          "'group' must be within 0 and 9");
    return true;
}

/** Does a measure keep within bounds, of which NAN ones are not asked? */
static bool within(double value, double low, double high)
{
    return !(value < low) && !(value > high);
}

static bool sizes_hold(const Condition *condition, Str text)
{
    bool has_chars = !isnan(condition->min_chars) || !isnan(condition->max_chars);
    bool has_words = !isnan(condition->min_words) || !isnan(condition->max_words);
    if (has_chars && !within((double)str_rune_count(str_trim(text)), condition->min_chars,
                             condition->max_chars))
        return false;
    return !has_words || within((double)text_word_count(text), condition->min_words,
                                condition->max_words);
}

bool condition_holds(const Condition *condition, const Subject *subject, const char *text,
                     Meaning *meaning)
{
    Str whole = str_of(text);
    RegexMatch match;
    double number = NAN;
    bool is_filled = !str_is_empty(str_trim(whole));
    memset(&match, 0, sizeof match);
    if ((condition->needs_present && !text) || (condition->needs_absent && text) ||
        (condition->needs_filled && !is_filled) || (condition->needs_empty && is_filled))
        return false;
    if (condition->lacks && text &&
        pattern_find(condition->lacks, subject, whole, meaning, NULL))
        return false;
    bool has_bounds = !isnan(condition->min) || !isnan(condition->max);
    if (condition->matches && (!text || !pattern_find(condition->matches, subject, whole,
                                                      meaning, has_bounds ? &match : NULL)))
        return false;
    if (!sizes_hold(condition, whole))
        return false;
    if (!has_bounds)
        return true;
    if (!condition->matches)
        match.groups[0] = str_trim(whole);
    return str_to_double(match.groups[condition->group], &number) &&
           within(number, condition->min, condition->max);
}
