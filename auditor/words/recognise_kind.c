/* recognise_kind.c - decides what a page is: adds the points of all signs and takes the
 * best kind when it leads clearly (recognition.md 2.1).
 *
 * Layer: words. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/units.h"
#include "base/url.h"
#include "dom/text.h"
#include "words/kind.h"
#include "words/platform.h"

enum { HEADING_MAX = 120 };

/* The best kind must lead by this much (recognition.md 2.1, rule 1). */
static const double MARGIN = 1.5;

void evidence_add(Evidence *evidence, PageKind kind, double points, const char *sign)
{
    char number[32];
    Arena *arena = evidence->look->arena;
    const char *before = evidence->signs[kind];
    const char *text = arena_printf(
        arena, "%s %s%s", sign, points < 0 ? "" : "+",
        number_fixed(points, points == (double)(int)points ? 0 : 1, number, sizeof number));
    evidence->points[kind] += points;
    evidence->signs[kind] = before ? arena_printf(arena, "%s; %s", before, text) : text;
}

/* A title is often "Cart - Shop" or "Shop | Cart": each part is tried. */
static bool title_means(const Look *look, const char *intent, Str title)
{
    size_t start = 0;
    if (look_means(look, intent, title))
        return true;
    for (size_t i = 0; i <= title.length; i++) {
        bool is_end = i == title.length;
        bool is_bar =
            !is_end && (title.data[i] == '|' || title.data[i] == ':' ||
                        (title.data[i] == '-' && i > 0 && title.data[i - 1] == ' '));
        if (!is_end && !is_bar)
            continue;
        Str part = str_trim(str_slice(title, start, i - start));
        if (part.length > 0 && part.length < title.length && look_means(look, intent, part))
            return true;
        start = i + 1;
    }
    return false;
}

bool evidence_is_titled(const Evidence *evidence, const char *intent)
{
    return look_means(evidence->look, intent, evidence->heading) ||
           title_means(evidence->look, intent, evidence->title);
}

/* First h1 with words in the main part, else the first h2. */
static Str heading_read(const Look *look)
{
    static const char *const TAGS[] = {"h1", "h2"};
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(look->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            const Node *node = list->items[i];
            Str text = look_text(look, node, HEADING_MAX);
            if (text.length > 0 && look_is_main(look, node) && !look_is_hidden(look, node))
                return text;
        }
    }
    return (Str){"", 0};
}

/* "/", "/fr/", "/index.php" and the address the visit began with are the first page. */
static bool path_is_root(const char *path)
{
    static const char *const ROOTS[] = {
        "/",          "",      "/index.php", "/index.html",
        "/index.htm", "/home", "/shop/",     "/default.aspx"};
    for (size_t i = 0; i < COUNT_OF(ROOTS); i++) {
        if (strcmp(path, ROOTS[i]) == 0)
            return true;
    }
    size_t length = strlen(path);
    bool is_slashed = length > 0 && path[length - 1] == '/';
    size_t code = length - (is_slashed ? 2 : 1);
    bool is_language = length >= 3 && (code == 2 || (code == 5 && path[3] == '-'));
    for (size_t i = 1; is_language && i < 3; i++)
        is_language = path[i] >= 'a' && path[i] <= 'z';
    return is_language;
}

static bool url_is_root(Arena *arena, const PageContext *context, const char *here)
{
    Url url;
    Url site;
    Error ignored = {0};
    if (!url_parse(arena, str_of(here), NULL, &url, &ignored))
        return false;
    bool has_query = url.query && url.query[0] && !strstr(url.query, "utm_");
    if (context->site && url_parse(arena, str_of(context->site), NULL, &site, &ignored)) {
        bool is_same = url_same_origin(&url, &site) && strcmp(url.path, site.path) == 0;
        const char *query = url.query ? url.query : "";
        if (is_same && strcmp(query, site.query ? site.query : "") == 0)
            return true;
    }
    if (has_query)
        return strstr(url.query, "route=common/home") != NULL;
    return path_is_root(url.path);
}

static void evidence_read(Evidence *evidence, Look *look, const PageContext *context)
{
    const char *here = context->url ? context->url : document_url(look->document);
    memset(evidence, 0, sizeof *evidence);
    evidence->look = look;
    evidence->context = context;
    evidence->structured = structured_read(look->arena, look->document);
    evidence->url = look_url_words(look->arena, here);
    evidence->title = text_fold(look->arena, str_of(document_title(look->document)));
    evidence->heading = heading_read(look);
    evidence->is_root = url_is_root(look->arena, context, here);
    evidence->words = text_word_count(look_main_text(look));
    cards_read(look, &evidence->cards);
    product_of(look, evidence->structured, &evidence->cards, &evidence->product);
    cart_of(look, &evidence->cart);
    checkout_of(look, &evidence->fields, &evidence->checkout);
}

/* The journey expects a kind: a sign too, unless the page itself says otherwise. */
static void expected_add(Evidence *evidence)
{
    PageKind expected = evidence->context->expected;
    if (expected != PAGE_UNKNOWN && !evidence->is_root)
        evidence_add(evidence, expected, POINTS_STRONG, "expected here");
}

static void platform_add(Evidence *evidence)
{
    const Look *look = evidence->look;
    double points[PAGE_KIND_COUNT] = {0};
    const char *platform = platform_of(look->words, look->document, evidence->context);
    if (!platform)
        return;
    platform_points(look->words, platform, look->document, evidence->context, points);
    for (int i = 0; i < PAGE_KIND_COUNT; i++) {
        if (points[i] > 0)
            evidence_add(evidence, (PageKind)i, points[i],
                         arena_printf(look->arena, "sign of %s", platform));
    }
}

/* Signs of the chosen kind, then of the runner-up. */
static const char *signs_tell(const Evidence *evidence, PageKind best, PageKind second)
{
    Arena *arena = evidence->look->arena;
    const char *first = evidence->signs[best];
    if (!first)
        return "";
    if (!evidence->signs[second] || second == best)
        return arena_printf(arena, "%s: %s", page_kind_name(best), first);
    return arena_printf(arena, "%s: %s / %s: %s", page_kind_name(best), first,
                        page_kind_name(second), evidence->signs[second]);
}

static PageKind kind_decide(const Evidence *evidence, const char **signs)
{
    PageKind best = PAGE_UNKNOWN;
    PageKind second = PAGE_UNKNOWN;
    for (int i = PAGE_UNKNOWN + 1; i < PAGE_KIND_COUNT; i++) {
        if (evidence->points[i] > evidence->points[best]) {
            second = best;
            best = (PageKind)i;
        } else if (evidence->points[i] > evidence->points[second]) {
            second = (PageKind)i;
        }
    }
    if (signs)
        *signs = signs_tell(evidence, best, second);
    return evidence->points[best] - evidence->points[second] >= MARGIN ? best
                                                                       : PAGE_UNKNOWN;
}

PageKind page_recognise(const Words *words, const Document *document,
                        const PageContext *context, Arena *arena, CheckoutStage *stage,
                        const char **signs)
{
    Look look;
    Evidence evidence;
    const char *wall = NULL;
    if (stage)
        *stage = STAGE_NONE;
    if (page_is_challenge(document, context, &wall)) {
        if (signs)
            *signs = arena_printf(arena, "challenge: robot wall %s", wall ? wall : "");
        return PAGE_CHALLENGE;
    }
    look_init(&look, words, document, arena);
    evidence_read(&evidence, &look, context);
    kind_shop(&evidence);
    kind_other(&evidence);
    expected_add(&evidence);
    if (context->is_platform_hinted)
        platform_add(&evidence);
    PageKind kind = kind_decide(&evidence, signs);
    if (stage && kind == PAGE_CHECKOUT)
        *stage = evidence.checkout.stage;
    return kind;
}
