/* platform.c - loads the signs of platforms and tries them on a page.
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include "words/platform.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/regex.h"
#include "dom/text.h"
#include "dom/xpath.h"
#include "words/lexicon.h"
#include "words/look.h"

enum { FILE_MAX_BYTES = 1 << 20, MARKUP_MAX = 256 << 10, SCRIPT_MAX = 8192, SURE = 4 };

typedef enum Where { IN_HEADER, IN_COOKIE, IN_URL, IN_MARKUP, IN_TREE } Where;

static const char *const WHERE_NAMES[] = {
    [IN_HEADER] = "header",  [IN_COOKIE] = "cookie", [IN_URL] = "url-re",
    [IN_MARKUP] = "html-re", [IN_TREE] = "xpath",
};

typedef struct Sign {
    Where where;
    Str pattern;
    const char *means;
    int strength;
    Regex *regex; /* of all but xpath; NULL until asked for */
    const Json *json;
} Sign;

typedef struct Platform {
    const char *name;
    Sign *signs;
    size_t count, capacity;
} Platform;

struct Platforms {
    Arena *arena;
    JsonFile file;
    Platform *items;
    size_t count, capacity;
};

/** A page with what the patterns are tried on. */
typedef struct Subject {
    const Document *document;
    const PageContext *context;
    Arena *arena;
    Str url;
    Str markup; /* addresses and inline scripts */
    bool has_markup;
} Subject;

static bool sign_read(Platforms *platforms, const Json *json, Platform *platform,
                      Error *err)
{
    static const char *const KEYS[] = {"where", "pattern", "means", "strength"};
    const JsonFile *file = &platforms->file;
    Sign sign = {.json = json};
    const char *where = NULL;
    const char *pattern = NULL;
    double strength = 0;
    size_t i = 0;
    if (!json_only_keys(file, json, KEYS, COUNT_OF(KEYS), err) ||
        !json_need_text(file, json, "where", &where, err) ||
        !json_need_text(file, json, "pattern", &pattern, err) ||
        !json_need_text(file, json, "means", &sign.means, err) ||
        !json_need_number(file, json, "strength", &strength, err))
        return false;
    while (i < COUNT_OF(WHERE_NAMES) && strcmp(WHERE_NAMES[i], where) != 0)
        i++;
    if (i == COUNT_OF(WHERE_NAMES))
        return json_error(file, json_get(json, "where"), err,
                          "'%.40s' is no place of a sign", where);
    if (strength < 1 || strength > 3)
        return json_error(file, json_get(json, "strength"), err,
                          "'strength' is not 1, 2 or 3");
    sign.where = (Where)i;
    sign.pattern = str_of(pattern);
    sign.strength = (int)strength;
    ARENA_PUSH(platforms->arena, platform->signs, platform->count, platform->capacity,
               sign);
    return true;
}

bool platforms_load(Arena *arena, const char *path, Platforms **platforms, Error *err)
{
    Platforms *fresh = ARENA_NEW(arena, Platforms);
    fresh->arena = arena;
    if (!json_load(arena, path, FILE_MAX_BYTES, &fresh->file, err))
        return false;
    const Json *list = json_get(fresh->file.root, "platforms");
    if (json_type(list) != JSON_ARRAY)
        return json_error(&fresh->file, fresh->file.root, err,
                          "'platforms' is not an array");
    for (const Json *one = json_first(list); one; one = json_next(one)) {
        Platform platform = {0};
        if (!json_need_text(&fresh->file, one, "name", &platform.name, err))
            return false;
        for (const Json *sign = json_first(json_get(one, "signs")); sign;
             sign = json_next(sign)) {
            if (!sign_read(fresh, sign, &platform, err))
                return false;
        }
        ARENA_PUSH(arena, fresh->items, fresh->count, fresh->capacity, platform);
    }
    *platforms = fresh;
    return true;
}

static bool sign_compile(Arena *arena, Sign *sign, Error *err)
{
    if (sign->where == IN_TREE)
        return true;
    return sign->regex ||
           regex_compile(arena, sign->pattern, REGEX_CASELESS, NULL, &sign->regex, err);
}

bool platforms_check(const Platforms *platforms, Error *err)
{
    for (size_t i = 0; i < platforms->count; i++) {
        for (size_t j = 0; j < platforms->items[i].count; j++) {
            Sign *sign = &platforms->items[i].signs[j];
            Error problem = {0};
            bool is_fine = sign->where == IN_TREE
                               ? xpath_check(sign->pattern, NULL, &problem)
                               : sign_compile(platforms->arena, sign, &problem);
            if (!is_fine)
                return json_error(&platforms->file, sign->json, err, "%s", problem.what);
        }
    }
    return true;
}

/* Addresses of scripts, styles, pictures and forms, and the text of inline scripts. */
static void markup_add(Subject *subject, const Node *node, Buf *buf)
{
    static const char *const ATTRIBUTES[] = {"src", "href", "action"};
    for (size_t i = 0; i < COUNT_OF(ATTRIBUTES); i++) {
        const char *value = node_attribute(node, ATTRIBUTES[i]);
        if (value && buf_add_text(buf, value))
            (void)buf_add_byte(buf, '\n');
    }
    if (node_is_tag(node, "script")) {
        (void)buf_add(buf,
                      str_slice(node_text_content(subject->arena, node), 0, SCRIPT_MAX));
        (void)buf_add_byte(buf, '\n');
    }
    const char *class = node_is_tag(node, "body") ? node_attribute(node, "class") : NULL;
    if (class)
        (void)buf_add_text(buf, class);
}

static Str markup_of(Subject *subject)
{
    if (subject->has_markup)
        return subject->markup;
    AUTO(buf_release) Buf buf = {0};
    buf_init(&buf, MARKUP_MAX);
    for (size_t i = 0; i < document_element_count(subject->document) && !buf.is_over; i++)
        markup_add(subject, document_element(subject->document, i), &buf);
    subject->markup = arena_str(subject->arena, buf_str(&buf));
    subject->has_markup = true;
    return subject->markup;
}

static bool header_matches(const Sign *sign, const Subject *subject)
{
    const PageContext *context = subject->context;
    for (int i = 0; i < context->header_count; i++) {
        const Header *header = &context->headers[i];
        bool is_cookie = str_equal_nocase(str_of(header->name), STR("set-cookie"));
        const char *line = NULL;
        if (sign->where == IN_HEADER)
            line = arena_printf(subject->arena, "%s: %s", header->name, header->value);
        else if (is_cookie)
            line = arena_str_text(subject->arena,
                                  str_slice(str_of(header->value), 0,
                                            str_find_byte(str_of(header->value), '=', 0)));
        if (line && regex_matches(sign->regex, str_of(line)))
            return true;
    }
    return false;
}

/* Does the sign hold? match is of its regex, empty for xpath. */
static bool sign_holds(const Platforms *platforms, Sign *sign, Subject *subject,
                       RegexMatch *match)
{
    memset(match, 0, sizeof *match);
    if (!sign_compile(platforms->arena, sign, NULL))
        return false;
    switch (sign->where) {
    case IN_HEADER:
    case IN_COOKIE: return header_matches(sign, subject);
    case IN_URL: return regex_find(sign->regex, subject->url, 0, match);
    case IN_MARKUP: return regex_find(sign->regex, markup_of(subject), 0, match);
    case IN_TREE: {
        NodeList list = {0};
        return xpath_all(subject->document, sign->pattern, subject->arena, &list, NULL) &&
               list.count > 0;
    }
    }
    return false;
}

static void subject_init(Subject *subject, const Document *document,
                         const PageContext *context, Arena *arena)
{
    const char *url = context->url ? context->url : document_url(document);
    *subject = (Subject){.document = document, .context = context, .arena = arena};
    subject->url = look_url_words(arena, url);
}

const char *platform_of(const Words *words, const Document *document,
                        const PageContext *context)
{
    const Platforms *platforms = words->platforms;
    AUTO(arena_auto) Arena *arena = arena_create();
    Subject subject;
    const char *best = NULL;
    int best_weight = SURE - 1;
    if (!platforms)
        return NULL;
    subject_init(&subject, document, context, arena);
    for (size_t i = 0; i < platforms->count; i++) {
        const Platform *platform = &platforms->items[i];
        int weight = 0;
        for (size_t j = 0; j < platform->count; j++) {
            Sign *sign = &platform->signs[j];
            RegexMatch match;
            if (strcmp(sign->means, "platform") == 0 &&
                sign_holds(platforms, sign, &subject, &match))
                weight += sign->strength == 3 ? 4 : sign->strength;
        }
        if (weight > best_weight) {
            best_weight = weight;
            best = platform->name;
        }
    }
    return best;
}

/* What platforms call their kinds of page. */
static PageKind kind_of_value(Str value)
{
    static const struct {
        const char *value;
        PageKind kind;
    } VALUES[] = {
        {"home", PAGE_HOME},
        {"product", PAGE_PRODUCT},
        {"collection", PAGE_CATEGORY},
        {"cart", PAGE_CART},
        {"order", PAGE_CHECKOUT},
        {"search", PAGE_SEARCH},
        {"searchresults", PAGE_SEARCH},
        {"contact", PAGE_CONTACT},
        {"authentication", PAGE_ACCOUNT},
        {"page", PAGE_CONTENT},
        {"article", PAGE_CONTENT},
        {"blog", PAGE_CONTENT},
    };

    for (size_t i = 0; i < COUNT_OF(VALUES); i++) {
        if (str_equal_nocase(value, str_of(VALUES[i].value)))
            return VALUES[i].kind;
    }
    return PAGE_UNKNOWN;
}

static void sign_points(const Sign *sign, const RegexMatch *match, double *points)
{
    static const double WEIGHTS[] = {0, 0.7, 2, 4};
    const char *name = sign->means + strlen("page:");
    PageKind kind =
        strcmp(name, "value") == 0 ? kind_of_value(match->groups[1]) : page_kind_of(name);
    if (kind != PAGE_UNKNOWN && points[kind] < WEIGHTS[sign->strength])
        points[kind] = WEIGHTS[sign->strength];
}

void platform_points(const Words *words, const char *platform, const Document *document,
                     const PageContext *context, double *points)
{
    const Platforms *platforms = words->platforms;
    AUTO(arena_auto) Arena *arena = arena_create();
    Subject subject;
    if (!platforms || !platform)
        return;
    subject_init(&subject, document, context, arena);
    for (size_t i = 0; i < platforms->count; i++) {
        const Platform *one = &platforms->items[i];
        for (size_t j = 0; strcmp(one->name, platform) == 0 && j < one->count; j++) {
            Sign *sign = &one->signs[j];
            RegexMatch match;
            if (strncmp(sign->means, "page:", 5) == 0 &&
                sign_holds(platforms, sign, &subject, &match))
                sign_points(sign, &match, points);
        }
    }
}
