/* locale.c - words and sentences of a language.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/locale.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/units.h"
#include "report/locale_inside.h"
#include "report/plural.h"
#include "report/report.h"

enum { SENTENCE_LIMIT = 16384, ARGUMENT_RUNES = 200, REASON_PLACES = 3 };

/* What the rest takes for granted in every language. */
static void tongue_complete(Tongue *tongue, const Tongue *other)
{
    const char **own[] = {
        &tongue->decimal,       &tongue->group,         &tongue->minus,
        &tongue->quote,         &tongue->list_between,  &tongue->list_last,
        &tongue->money_pattern, &tongue->money_unknown, &tongue->date_pattern,
        &tongue->time_pattern,  &tongue->first_day};
    const char *spare[] = {other->decimal,       other->group,         other->minus,
                           other->quote,         other->list_between,  other->list_last,
                           other->money_pattern, other->money_unknown, other->date_pattern,
                           other->time_pattern,  other->first_day};

    for (size_t i = 0; i < COUNT_OF(own); i++)
        *own[i] = *own[i] ? *own[i] : spare[i] ? spare[i] : "";
    for (int i = 0; i < 7; i++)
        tongue->days[i] = tongue->days[i] ? tongue->days[i] : other->days[i];
    for (int i = 0; i < 12; i++)
        tongue->months[i] = tongue->months[i] ? tongue->months[i] : other->months[i];
}

static bool language_unknown(Arena *arena, const char *const *folders, const char *language,
                             Error *err)
{
    const char **languages = NULL;
    const char *near = NULL;
    int count = 0;

    error_set(err, ERROR_INPUT, "--lang", "no report language '%s'", language);
    if (!report_languages(arena, folders, &languages, NULL))
        return false;
    while (languages[count])
        count++;
    near = error_did_you_mean(language, languages, count);
    return near ? error_hint(err, "did you mean '%s'?", near)
                : error_hint(err, "mystery list languages names those there are");
}

static bool words_missing(Error *err)
{
    error_set(err, ERROR_INPUT, NULL, "cannot find the words of reports, words/en.json");
    return error_hint(err, "set MYSTERY_DATA to the folder that holds 'reports'");
}

bool locale_load(Arena *arena, const char *const *folders, const char *language,
                 Locale **locale, Error *err)
{
    Locale *made = ARENA_NEW(arena, Locale);
    const Tongue bare = {.decimal = ".", .minus = "-", .quote = "\"{text}\""};
    bool found = false;

    made->arena = arena;
    for (const char *at = language; *at; at++) {
        /* The code becomes part of a path. */
        if (!(*at >= 'a' && *at <= 'z') && !(*at >= 'A' && *at <= 'Z') && *at != '-')
            return language_unknown(arena, folders, language, err);
    }
    if (!tongue_load(arena, folders, "en", &made->english, &found, err))
        return false;
    if (!found)
        return words_missing(err);
    tongue_complete(&made->english, &bare);
    if (strcmp(language, "en") == 0) {
        made->own = made->english;
    } else {
        if (!tongue_load(arena, folders, language, &made->own, &found, err))
            return false;
        if (!found)
            return language_unknown(arena, folders, language, err);
        tongue_complete(&made->own, &made->english);
    }
    *locale = made;
    return true;
}

const char *locale_language(const Locale *locale)
{
    return locale->own.language;
}

/* The word and the language it is in. */
static const char *word_find(const Locale *locale, const char *key, const Tongue **tongue)
{
    const char *word = tongue_word(locale->own.words, key);

    *tongue = &locale->own;
    if (!word) {
        *tongue = &locale->english;
        word = tongue_word(locale->english.words, key);
    }
    return word;
}

const char *locale_find(const Locale *locale, const char *key)
{
    const Tongue *tongue = NULL;

    return word_find(locale, key, &tongue);
}

const char *locale_word(const Locale *locale, const char *key)
{
    const char *word = locale_find(locale, key);

    return word ? word : key;
}

void locale_each(const Locale *locale, const char *prefix,
                 void (*take)(void *context, const char *rest, const char *word),
                 void *context)
{
    const Value *words = locale->english.words;
    size_t length = strlen(prefix);

    for (size_t i = 0; i < words->count; i++) {
        const char *key = words->members[i].key;
        if (strncmp(key, prefix, length) == 0)
            take(context, key + length, locale_word(locale, key));
    }
}

/* Where a sentence is being filled. */
typedef struct Filling {
    const Locale *locale;
    const Tongue *tongue; /* of the sentence, for its plurals */
    Arena *arena;
    const LocaleArg *args;
    Buf *out;
} Filling;

static const char *arg_find(const Filling *filling, Str name)
{
    for (const LocaleArg *arg = filling->args; arg && arg->name; arg++) {
        if (str_equal_text(name, arg->name))
            return arg->value;
    }
    return NULL;
}

static double arg_number(const char *value)
{
    double number = 0;

    return str_to_double(str_of(value), &number) ? number : (double)NAN;
}

/* Foreign values can be pages long; a sentence takes the beginning. */
static const char *value_cut(Arena *arena, const char *value)
{
    Str whole = str_of(value);
    size_t offset = 0;

    for (int runes = 0; offset < whole.length; runes++) {
        if (runes == ARGUMENT_RUNES)
            return arena_printf(arena, "%.*s\xE2\x80\xA6", (int)offset, value);
        str_next_rune(whole, &offset);
    }
    return value;
}

static const char *value_said(const Filling *filling, const char *value, Str format)
{
    const Locale *locale = filling->locale;
    Arena *arena = filling->arena;

    if (format.length == 0)
        return value_cut(arena, value);
    if (format.data[0] == '@')
        return locale_word(locale, arena_printf(arena, "%.*s.%s", (int)format.length - 1,
                                                format.data + 1, value));
    if (str_equal(format, STR("n")))
        return locale_number(locale, arena, arg_number(value), -1);
    if (format.length == 2 && format.data[0] == 'n')
        return locale_number(locale, arena, arg_number(value), format.data[1] - '0');
    if (str_equal(format, STR("signed1")))
        return locale_signed(locale, arena, arg_number(value), 1);
    if (str_equal(format, STR("ms")))
        return locale_duration(locale, arena, arg_number(value));
    if (str_equal(format, STR("bytes")))
        return locale_bytes(locale, arena, arg_number(value));
    if (str_equal(format, STR("percent")))
        return locale_percent(locale, arena, arg_number(value), 0);
    if (str_equal(format, STR("money")))
        return locale_money(locale, arena, value);
    if (str_equal(format, STR("quote")))
        return locale_quote(locale, arena, value);
    if (str_equal(format, STR("reason")))
        return locale_reason(locale, arena, value);
    if (str_equal(format, STR("page")))
        return locale_page(locale, page_kind_of(value));
    if (str_equal(format, STR("step"))) {
        StepKind kind = step_kind_of(value);
        return kind < STEP_KIND_COUNT ? locale_step(locale, kind) : value;
    }
    return value;
}

/* The alternative of "one|other" that goes with a number. */
static Str form_choose(const Filling *filling, const char *value, Str forms)
{
    Str form = {0}, rest = forms;

    for (int i = 0; str_next(&rest, '|', &form); i++) {
        if (i >= filling->tongue->form_count || !rest.data ||
            plural_matches(filling->tongue->forms[i], value, NULL))
            break;
    }
    return form;
}

/* The inside of one pair of braces. */
static void place_fill(const Filling *filling, Str place)
{
    size_t bar = str_find_byte(place, '|', 0);
    Str name = bar == SIZE_MAX ? place : str_slice(place, 0, bar);
    size_t colon = str_find_byte(name, ':', 0);
    Str format = {0};
    const char *value = NULL;

    if (colon != SIZE_MAX) {
        format = str_slice(name, colon + 1, name.length);
        name = str_slice(name, 0, colon);
    }
    value = arg_find(filling, name);
    if (bar == SIZE_MAX && format.length == 0) {
        const char *said = arg_find(
            filling, str_of(arena_printf(filling->arena, "%.*s.said", STR_ARGS(name))));
        value = said ? said : value;
    }
    if (!value) {
        buf_printf(filling->out, "{%.*s}", STR_ARGS(place));
        return;
    }
    if (bar != SIZE_MAX)
        buf_add(filling->out,
                form_choose(filling, value, str_slice(place, bar + 1, place.length)));
    else
        buf_add_text(filling->out, value_said(filling, value, format));
}

static const char *sentence_fill(const Locale *locale, const Tongue *tongue, Arena *arena,
                                 const char *sentence, const LocaleArg *args)
{
    AUTO(buf_release) Buf out = {0};
    Filling filling = {locale, tongue, arena, args, &out};
    Str text = str_of(sentence);

    if (!strchr(sentence, '{'))
        return sentence;
    buf_init(&out, SENTENCE_LIMIT);
    for (size_t i = 0; i < text.length;) {
        size_t open = str_find_byte(text, '{', i);
        size_t close = open == SIZE_MAX ? SIZE_MAX : str_find_byte(text, '}', open);

        if (close == SIZE_MAX) {
            buf_add(&out, str_slice(text, i, text.length));
            break;
        }
        buf_add(&out, str_slice(text, i, open - i));
        place_fill(&filling, str_slice(text, open + 1, close - open - 1));
        i = close + 1;
    }
    return arena_text(arena, buf_text(&out));
}

const char *locale_fill(const Locale *locale, Arena *arena, const char *sentence,
                        const LocaleArg *args)
{
    return sentence_fill(locale, &locale->own, arena, sentence, args);
}

const char *locale_line(const Locale *locale, Arena *arena, const char *key,
                        const LocaleArg *args)
{
    const Tongue *tongue = NULL;
    const char *word = word_find(locale, key, &tongue);

    return word ? sentence_fill(locale, tongue, arena, word, args) : key;
}

/* A sentence may have variants: "key.<door>" for a door, "key.bare" without a step. */
static const char *variant_find(const Locale *locale, Arena *arena, const char *key,
                                const LocaleArg *args)
{
    for (const LocaleArg *arg = args; arg->name; arg++) {
        const char *variant = NULL;

        if (strcmp(arg->name, "door") == 0 && *arg->value)
            variant = arena_printf(arena, "%s.%s", key, arg->value);
        else if (strcmp(arg->name, "step") == 0 && !*arg->value)
            variant = arena_printf(arena, "%s.bare", key);
        if (variant && locale_find(locale, variant))
            return variant;
    }
    return key;
}

const char *locale_say(const Locale *locale, Arena *arena, const Phrase *phrase)
{
    LocaleArg args[COUNT_OF(phrase->names) + 1] = {0};
    int count = 0;

    const char *key = NULL;

    if (!phrase || !phrase->key)
        return "";
    for (int i = 0; i < phrase->count && i < (int)COUNT_OF(phrase->names); i++) {
        if (phrase->names[i] && phrase->values[i])
            args[count++] = (LocaleArg){phrase->names[i], phrase->values[i]};
    }
    key = variant_find(locale, arena, phrase->key, args);
    return locale_line(locale, arena, key, args);
}

const char *locale_phrase_say(void *context, Arena *arena, const Phrase *phrase)
{
    return locale_say(context, arena, phrase);
}

const char *locale_text(const Locale *locale, Arena *arena, const LangText *text)
{
    const char *found = text->count > 0 ? lang_text(text, locale->own.language) : "";

    if (*found == '\0')
        return "";
    for (int i = 0; i < text->count; i++) {
        if (strcmp(text->languages[i], locale->own.language) == 0)
            return tongue_typeset(&locale->own, arena, found);
    }
    return tongue_typeset(&locale->english, arena, found);
}

/* The values of a pattern's places in a sentence. */
typedef struct Matched {
    LocaleArg args[REASON_PLACES + 1];
    int count;
} Matched;

/* "dead end at step '{x}': {a}" against a sentence: each place takes the least that lets
 * the next words follow, the last one the rest. */
static bool pattern_matches(Arena *arena, Str sentence, Str pattern, Matched *matched)
{
    size_t at = 0;

    for (;;) {
        size_t open = str_find_byte(pattern, '{', 0);
        size_t close = open == SIZE_MAX ? SIZE_MAX : str_find_byte(pattern, '}', open);
        Str words = str_slice(pattern, 0, open == SIZE_MAX ? pattern.length : open);
        size_t found = matched->count == 0 ? 0 : str_find(sentence, words, at);
        if (close == SIZE_MAX && matched->count > 0)
            found = str_ends_with(str_slice(sentence, at, sentence.length), words)
                        ? sentence.length - words.length
                        : SIZE_MAX;
        if (found == SIZE_MAX ||
            !str_equal(str_slice(sentence, found, words.length), words))
            return false;
        if (matched->count > 0)
            matched->args[matched->count - 1].value =
                arena_str_text(arena, str_slice(sentence, at, found - at));
        at = found + words.length;
        if (close == SIZE_MAX)
            return at == sentence.length;
        if (matched->count == REASON_PLACES)
            return false;
        matched->args[matched->count++].name =
            arena_str_text(arena, str_slice(pattern, open + 1, close - open - 1));
        pattern = str_slice(pattern, close + 1, pattern.length);
    }
}

static const char *reason_say(const Locale *locale, Arena *arena, const char *reason,
                              int depth);

/* A step without a name of its own is called as its kind is: add-to-cart is
 * mystery/addToCart. STEP_KIND_COUNT when it is none. */
static StepKind kind_of_id(Arena *arena, const char *id)
{
    char *name = arena_printf(arena, "mystery/%s", id), *to = name;
    for (const char *from = name; *from; from++) {
        bool joins = *from == '-' && from[1] >= 'a' && from[1] <= 'z';
        *to++ = joins ? (char)(*++from - 'a' + 'A') : *from;
    }
    *to = '\0';
    return step_kind_of(name);
}

/* {step} is told by its title. Other parts are sentences of the program too, unless the
 * shop wrote them. */
static const char *part_say(const Locale *locale, Arena *arena, const LocaleArg *part,
                            int depth)
{
    StepKind kind = STEP_KIND_COUNT;
    if (strcmp(part->name, "step") == 0)
        kind = kind_of_id(arena, part->value);
    return kind == STEP_KIND_COUNT ? reason_say(locale, arena, part->value, depth)
                                   : locale_step(locale, kind);
}

static const char *reason_say(const Locale *locale, Arena *arena, const char *reason,
                              int depth)
{
    for (size_t i = 0; i < locale->own.reason_count; i++) {
        const TonguePair *pair = &locale->own.reasons[i];
        Matched matched = {0};

        if (!pattern_matches(arena, str_of(reason), str_of(pair->from), &matched))
            continue;
        for (int p = 0; depth > 0 && p < matched.count; p++)
            matched.args[p].value = part_say(locale, arena, &matched.args[p], depth - 1);
        return locale_fill(locale, arena, tongue_typeset(&locale->own, arena, pair->to),
                           matched.args);
    }
    return reason;
}

const char *locale_reason(const Locale *locale, Arena *arena, const char *reason)
{
    return reason ? reason_say(locale, arena, reason, 2) : NULL;
}

const char *locale_pair(const Locale *locale, const char *english, const char *french)
{
    return strcmp(locale->own.language, "fr") == 0 ? french : english;
}

const char *locale_step(const Locale *locale, StepKind kind)
{
    const StepInfo *info = step_info(kind);
    const char *word =
        locale_find(locale, arena_printf(locale->arena, "step.%s", info->name));

    return word ? word : locale_pair(locale, info->en, info->fr);
}

const char *locale_metric(const Locale *locale, Metric metric)
{
    const MetricInfo *info = metric_info(metric);
    const char *word =
        locale_find(locale, arena_printf(locale->arena, "metric.%s", info->name));

    return word ? word : locale_pair(locale, info->en, info->fr);
}

const char *locale_page(const Locale *locale, PageKind kind)
{
    return locale_word(locale,
                       arena_printf(locale->arena, "page.%s", page_kind_name(kind)));
}
