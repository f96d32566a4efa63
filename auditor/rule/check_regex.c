/* check_regex.c - kind regex: wording and patterns in a part of the page's text.
 *
 *     {"kind": "regex", "target": "text", "pattern": "@technical_error", "expect":
 * "absent"}
 *     {"kind": "regex", "target": "main", "patterns": ["@shipping_cost", ...], "min": 3}
 *
 *     {"kind": "regex", "pattern": "SIREN\\D{0,9}([\\d ]{9,11})", "group": 1, "verify":
 * "luhn"}
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include <string.h>

#include "rule/element.h"
#include "rule/pattern.h"
#include "rule/verify.h"

/** How many bytes of the text stand on each side of a quoted match. */
enum { CONTEXT_BYTES = 60, PATTERNS_MAX = 40, VERIFY_MAX = 50 };

typedef struct Wording {
    ViewPart target;
    Pattern **patterns;
    int count;
    int min;          /**< so many patterns must be found; 0: none may */
    Verifier *verify; /**< every match of the first pattern must hold; NULL: not asked */
    int group;        /**< of the match that verify looks at */
} Wording;

static const char *const keys[] = {"target", "pattern", "patterns", "expect",
                                   "min",    "verify",  "group"};

static bool patterns_read(CheckSource *source, const Json *json, Wording *wording,
                          Error *err)
{
    const Json *one = json_get(json, "pattern"), *many = json_get(json, "patterns");
    const Json *item = one ? one : json_first(many);
    if ((one != NULL) == (many != NULL))
        return json_error(source->file, json, err, "needs one of 'pattern' and 'patterns'");
    wording->count = one ? 1 : json_count(many);
    if (wording->count < 1 || wording->count > PATTERNS_MAX)
        return json_error(source->file, many, err, "needs 1 to %d patterns", PATTERNS_MAX);
    wording->patterns = ARENA_ARRAY(source->arena, (size_t)wording->count, Pattern *);
    for (int i = 0; i < wording->count; i++, item = json_next(item))
        if (!pattern_compile(source, item, &wording->patterns[i], err))
            return false;
    return true;
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    Wording *wording = ARENA_NEW(source->arena, Wording);
    const char *target = json_text(json_get(json, "target"), "text"), *expect = NULL;
    bool has_uses = false;
    *data = wording;
    wording->target = view_part_of(target);
    if (wording->target == VIEW_PART_COUNT)
        return json_error(source->file, json_get(json, "target"), err,
                          "there is no part of a page called '%s'", target);
    if (!patterns_read(source, json, wording, err))
        return false;
    has_uses = source->uses_words;
    wording->min = (int)json_integer(json_get(json, "min"), 1);
    expect = json_text(json_get(json, "expect"), "present");
    if (!strcmp(expect, "absent")) {
        wording->min = 0;
        has_uses = false;
    } else if (strcmp(expect, "present") != 0) {
        return json_error(source->file, json_get(json, "expect"), err,
                          "'expect' must be 'present' or 'absent'");
    }
    if (wording->min > wording->count)
        return json_error(source->file, json_get(json, "min"), err,
                          "'min' is more than there are patterns");
    source->uses_words = has_uses;
    wording->group = (int)json_integer(json_get(json, "group"), 0);
    if (wording->group < 0 || wording->group > 9)
        return json_error(source->file, json_get(json, "group"), err,
                          "'group' must be within 0 and 9");
    if (!json_get(json, "verify"))
        return true;
    wording->verify = verifier_of(json_text(json_get(json, "verify"), ""));
    return wording->verify || name_unknown(source, json_get(json, "verify"), "verifier",
                                           verifier_names(), err);
}

/** The match with what stands around it, one line. */
static const char *quote(const Subject *subject, Str text, const RegexMatch *match)
{
    size_t at = (size_t)(match->groups[0].data - text.data), start, end;
    char *copy;
    if (match->groups[0].data < text.data || at > text.length)
        return arena_str_text(subject->arena, match->groups[0]);
    start = at > CONTEXT_BYTES ? at - CONTEXT_BYTES : 0;
    end = at + match->groups[0].length + CONTEXT_BYTES;
    end = end > text.length ? text.length : end;
    if (end - start > CHECK_SNIPPET_BYTES)
        end = start + CHECK_SNIPPET_BYTES;
    while (start < at && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start++;
    while (end < text.length && end > start &&
           ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    copy = arena_str_text(subject->arena, str_slice(text, start, end - start));
    for (char *c = copy; *c; c++)
        if (*c == '\n' || *c == '\t' || *c == '\r')
            *c = ' ';
    return copy;
}

/** Every match of the pattern is verified; without a match there is nothing to verify. */
static void verify_run(const Wording *wording, const Subject *subject, Str text,
                       Answer *answer)
{
    int total = 0, bad = 0;
    RegexMatch match;
    Str rest = text;
    while (total < VERIFY_MAX &&
           pattern_find(wording->patterns[0], subject, rest, NULL, &match)) {
        Str group = match.groups[wording->group];
        size_t next = (size_t)(match.groups[0].data - rest.data) + match.groups[0].length;
        rest = str_slice(rest, next ? next : 1, rest.length);
        total++;
        if (!answer->text)
            answer->text = arena_str_text(subject->arena, group);
        if (wording->verify(subject, group))
            continue;
        if (bad++ == 0)
            answer->text = arena_str_text(subject->arena, group);
        answer_evidence(answer, NULL, quote(subject, text, &match), NULL);
    }
    if (total == 0) {
        answer_set(answer, FINDING_NOT_APPLICABLE, "the page has no object of this rule");
        return;
    }
    answer_verdict(answer, bad == 0);
    answer->count = bad;
    answer->total = total;
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const Wording *wording = data;
    Str text = view_text(subject->view, wording->target);
    int found = 0;
    if (wording->verify) {
        verify_run(wording, subject, text, answer);
        return;
    }
    for (int i = 0; i < wording->count; i++) {
        RegexMatch match;
        Meaning *meaning = NULL;
        memset(&match, 0, sizeof match);
        if (pattern_is_wording(wording->patterns[i])) /* a page's source is long to fold */
            meaning = view_part_meaning(subject->view, wording->target);
        if (!pattern_find(wording->patterns[i], subject, text, meaning, &match))
            continue;
        found++;
        answer_evidence(answer, NULL, quote(subject, text, &match),
                        pattern_source(wording->patterns[i]));
        if (!answer->text)
            answer->text = arena_str_text(
                subject->arena, str_slice(match.groups[0], 0, CHECK_SNIPPET_BYTES));
        if (wording->min > 0 && found >= wording->min && wording->count == 1)
            break;
    }
    answer_verdict(answer, wording->min > 0 ? found >= wording->min : found == 0);
    answer->count = found;
    answer->total = wording->count;
    if (wording->count > 1) {
        answer->value = found;
        answer->threshold = wording->min;
    }
}

const CheckType check_regex = {.kind = CHECK_REGEX,
                               .scope = SCOPE_DOCUMENT,
                               .keys = keys,
                               .key_count = (int)COUNT_OF(keys),
                               .compile = compile,
                               .run = run};
