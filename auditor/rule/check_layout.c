/* check_layout.c - kind layout: boxes, sizes and colours of elements as a browser painted
 * them.
 *
 *     {"kind": "layout", "select": "@add-to-cart", "device": "phone",
 *      "each": {"height": {"min": 44}}}
 *     {"kind": "layout", "select": "body *", "where_layout": {"is": "has-text"},
 *      "each": {"font_size": {"min": 12}}, "weigh": "characters", "tolerate": 0.4}
 *     {"kind": "layout", "select": "body *", "families": true, "max": 3}
 *
 * A page without layout facts, and an element whose value the browser could not know, are
 * cannot-tell. Layer: rule. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "model/layout.h"
#include "rule/element.h"

enum { VALUES_MAX = 8, FLAGS_MAX = 8, PHONE_WIDTH = 600, FAMILIES_MAX = 64 };

/** A number that a box has. */
typedef enum BoxValue {
    BOX_X,
    BOX_Y,
    BOX_WIDTH,
    BOX_HEIGHT,
    BOX_BOTTOM,
    BOX_AREA,
    BOX_FONT_SIZE,
    BOX_CONTRAST,
    BOX_CHARACTERS,
    BOX_SCREENS,       /* its top, in viewport heights */
    BOX_VIEWPORT_SIDE, /* its height as a share of the viewport's */
    BOX_FIRST_SCREEN,  /* share of the first screen that it covers */
    BOX_RATIO,         /* width by height */
    BOX_LINE,          /* letters on a line, from its size and its letters' */
    BOX_VALUE_COUNT
} BoxValue;

static const char *const value_names[BOX_VALUE_COUNT + 1] = {
    "x",         "y",        "width",      "height",  "bottom",         "area",
    "font_size", "contrast", "characters", "screens", "viewport_share", "first_screen",
    "ratio",     "line",     NULL};

static const struct {
    const char *name;
    uint32_t flag;
} flag_rows[] = {
    {"visible", LAYOUT_VISIBLE},       {"fixed", LAYOUT_FIXED},
    {"sticky", LAYOUT_STICKY},         {"control", LAYOUT_CONTROL},
    {"inline", LAYOUT_INLINE},         {"focusable", LAYOUT_FOCUSABLE},
    {"covered", LAYOUT_COVERED},       {"has-text", LAYOUT_HAS_TEXT},
    {"on-picture", LAYOUT_ON_PICTURE}, {"underlined", LAYOUT_UNDERLINED},
    {"clipped", LAYOUT_CLIPPED},       {"bold", LAYOUT_BOLD},
    {"pointer", LAYOUT_POINTER},       {"animated", LAYOUT_ANIMATED},
};

/** Conditions on a box: all must hold. */
typedef struct BoxTest {
    BoxValue values[VALUES_MAX];
    double min[VALUES_MAX], max[VALUES_MAX]; /**< NAN: no bound */
    int value_count;
    uint32_t is, is_not;
} BoxTest;

typedef struct LayoutCheck {
    Query *query;
    Test *where;               /**< NULL */
    BoxTest where_box, each;   /**< what narrows, what must hold */
    bool has_each, is_none;    /**< neither: how many */
    bool is_families;          /**< count font families by their letters */
    bool is_weighed;           /**< by letters instead of elements */
    double tolerate, min, max; /**< share; bounds of the number */
    int device;                /**< 0 any, 1 phone, 2 desktop */
} LayoutCheck;

static const char *const keys[] = {"select",   "where",  "where_layout", "each",
                                   "none",     "min",    "max",          "families",
                                   "tolerate", "device", "weigh"};

static bool flags_read(CheckSource *source, const Json *value, uint32_t *flags, Error *err)
{
    const char *names[COUNT_OF(flag_rows) + 1] = {NULL};
    bool is_list = json_type(value) == JSON_ARRAY;
    const Json *item = is_list ? json_first(value) : value;
    for (; item; item = is_list ? json_next(item) : NULL) {
        size_t at = 0;
        while (at < COUNT_OF(flag_rows) &&
               strcmp(flag_rows[at].name, json_text(item, "")) != 0)
            at++;
        for (size_t i = 0; i < COUNT_OF(flag_rows); i++)
            names[i] = flag_rows[i].name;
        if (at == COUNT_OF(flag_rows))
            return name_unknown(source, item, "question about a box", names, err);
        *flags |= flag_rows[at].flag;
    }
    return true;
}

static bool bounds_read(CheckSource *source, const Json *value, BoxTest *test, Error *err)
{
    static const char *const bound_keys[] = {"min", "max"};
    int at = 0;
    while (value_names[at] && strcmp(value_names[at], json_key(value)) != 0)
        at++;
    if (!value_names[at])
        return name_unknown(source, value, "value of a box", value_names, err);
    if (test->value_count == VALUES_MAX)
        return json_error(source->file, value, err, "too many values");
    if (json_type(value) != JSON_OBJECT ||
        !json_only_keys(source->file, value, bound_keys, 2, err))
        return json_error(source->file, value, err, "a value needs 'min' or 'max'");
    test->values[test->value_count] = (BoxValue)at;
    test->min[test->value_count] = json_number(json_get(value, "min"), NAN);
    test->max[test->value_count] = json_number(json_get(value, "max"), NAN);
    test->value_count++;
    return true;
}

static bool box_test_read(CheckSource *source, const Json *value, BoxTest *test, Error *err)
{
    for (const Json *item = json_first(value); item; item = json_next(item)) {
        bool is_good = !strcmp(json_key(item), "is")
                           ? flags_read(source, item, &test->is, err)
                       : !strcmp(json_key(item), "is_not")
                           ? flags_read(source, item, &test->is_not, err)
                           : bounds_read(source, item, test, err);
        if (!is_good)
            return false;
    }
    return true;
}

static bool compile(CheckSource *source, const Json *json, void **data, Error *err)
{
    LayoutCheck *check = ARENA_NEW(source->arena, LayoutCheck);
    const Json *where = json_get(json, "where"), *each = json_get(json, "each");
    const char *device = json_text(json_get(json, "device"), "");
    *data = check;
    check->min = json_number(json_get(json, "min"), NAN);
    check->max = json_number(json_get(json, "max"), NAN);
    check->tolerate = json_number(json_get(json, "tolerate"), 0);
    check->is_none = json_bool(json_get(json, "none"), false);
    check->is_families = json_bool(json_get(json, "families"), false);
    check->is_weighed = json_get(json, "weigh") != NULL;
    check->has_each = each != NULL;
    check->device = !strcmp(device, "phone") ? 1 : !strcmp(device, "desktop") ? 2 : 0;
    if (*device && !check->device)
        return json_error(source->file, json_get(json, "device"), err,
                          "'device' is 'phone' or 'desktop'");
    if (check->has_each + check->is_none + (!isnan(check->min) || !isnan(check->max)) != 1)
        return json_error(source->file, json, err,
                          "needs one of 'each', 'none' and 'min' or 'max'");
    return query_compile(source, json_get(json, "select"), &check->query, err) &&
           (!where || test_compile(source, where, &check->where, err)) &&
           box_test_read(source, json_get(json, "where_layout"), &check->where_box, err) &&
           box_test_read(source, each, &check->each, err);
}

/* Share of the first screen that a box covers. */
static double first_screen_of(const Layout *layout, const LayoutNode *box)
{
    double width = fmin(box->x + box->width, layout->viewport_width) - fmax(box->x, 0);
    double height = fmin(box->y + box->height, layout->viewport_height) - fmax(box->y, 0);
    double screen = (double)layout->viewport_width * layout->viewport_height;
    return width > 0 && height > 0 && screen > 0 ? width * height / screen : 0;
}

/* Letters on a line: the box's letters by its lines, of 1.2 times the letters' height or
 * more; NAN for what has one line. */
static double line_of(const LayoutNode *box)
{
    double lines = box->font_size > 0 ? round(box->height / (box->font_size * 1.5)) : 0;
    return lines >= 2 ? box->characters / lines : (double)NAN;
}

/* NAN: the browser could not know it. */
static double value_of(const Layout *layout, const LayoutNode *box, BoxValue value)
{
    switch (value) {
    case BOX_X: return box->x;
    case BOX_Y: return box->y;
    case BOX_WIDTH: return box->width;
    case BOX_HEIGHT: return box->height;
    case BOX_BOTTOM: return box->y + box->height;
    case BOX_AREA: return box->width * box->height;
    case BOX_FONT_SIZE: return box->font_size > 0 ? box->font_size : (double)NAN;
    case BOX_CONTRAST: return box->contrast > 0 ? box->contrast : (double)NAN;
    case BOX_CHARACTERS: return box->characters;
    case BOX_SCREENS: return box->y / fmax(layout->viewport_height, 1);
    case BOX_VIEWPORT_SIDE: return box->height / fmax(layout->viewport_height, 1);
    case BOX_FIRST_SCREEN: return first_screen_of(layout, box);
    case BOX_RATIO: return box->height > 0 ? box->width / box->height : (double)NAN;
    case BOX_LINE: return line_of(box);
    case BOX_VALUE_COUNT: break;
    }
    return NAN;
}

/** 1 holds, 0 does not, -1 nobody knows. value: the one that decided. */
static int box_holds(const BoxTest *test, const Layout *layout, const LayoutNode *box,
                     double *value)
{
    int result = 1;
    if ((box->flags & test->is) != test->is || (box->flags & test->is_not))
        return 0;
    for (int i = 0; i < test->value_count; i++) {
        double own = value_of(layout, box, test->values[i]);
        *value = own;
        if (isnan(own))
            result = -1;
        else if (own < test->min[i] || own > test->max[i])
            return 0;
    }
    return result;
}

/** Those that are looked at, with their boxes. */
typedef struct Boxes {
    const Node **nodes;
    const LayoutNode **items;
    size_t count;
} Boxes;

static void boxes_find(const LayoutCheck *check, const Subject *subject, Boxes *boxes)
{
    Arena *arena = view_arena(subject->view);
    const Layout *layout = subject->page->layout;
    NodeList all = {0};
    (void)query_run(check->query, subject, NULL, &all);
    boxes->nodes = ARENA_ARRAY(arena, all.count + 1, const Node *);
    boxes->items = ARENA_ARRAY(arena, all.count + 1, const LayoutNode *);
    for (size_t i = 0; i < all.count; i++) {
        double ignored = NAN;
        const LayoutNode *box = layout_at(layout, node_order(all.items[i]));
        if (!box || !(box->flags & LAYOUT_VISIBLE) ||
            box_holds(&check->where_box, layout, box, &ignored) != 1 ||
            (check->where && !test_holds(check->where, subject, all.items[i])))
            continue;
        boxes->nodes[boxes->count] = all.items[i];
        boxes->items[boxes->count++] = box;
    }
}

static void families_run(const LayoutCheck *check, const Layout *layout, const Boxes *boxes,
                         Answer *answer)
{
    double letters[FAMILIES_MAX] = {0}, total = 0;
    int used = 0;
    for (size_t i = 0; i < boxes->count; i++) {
        const LayoutNode *box = boxes->items[i];
        if (box->family < 0 || (size_t)box->family >= layout->family_count ||
            box->family >= FAMILIES_MAX)
            continue;
        letters[box->family] += box->characters;
        total += box->characters;
    }
    if (total <= 0) {
        answer_set(answer, FINDING_NOT_APPLICABLE, "the page has no object of this rule");
        return;
    }
    for (int i = 0; i < FAMILIES_MAX; i++)
        used += letters[i] >= total * 0.02; /* less is a brand's name or an icon */
    answer_verdict(answer, !(used > check->max));
    answer->value = used;
    answer->threshold = check->max;
}

static void number_run(const LayoutCheck *check, const Subject *subject, const Boxes *boxes,
                       Answer *answer)
{
    double count = (double)boxes->count;
    answer_verdict(answer, !(count < check->min) && !(count > check->max));
    answer->value = count;
    answer->count = (int)boxes->count;
    answer->threshold = isnan(check->max) ? check->min : check->max;
    for (size_t i = 0; i < boxes->count && answer->outcome == FINDING_FAIL; i++)
        answer_node(answer, subject, boxes->nodes[i], NULL);
}

static void each_run(const LayoutCheck *check, const Subject *subject, const Boxes *boxes,
                     Answer *answer)
{
    double bad = 0, known = 0, value = NAN, worst = NAN;
    int bad_count = 0, known_count = 0;
    for (size_t i = 0; i < boxes->count; i++) {
        const LayoutNode *box = boxes->items[i];
        double weight = check->is_weighed ? box->characters : 1;
        int holds = check->is_none
                        ? 0
                        : box_holds(&check->each, subject->page->layout, box, &value);
        if (holds < 0)
            continue;
        known += weight;
        known_count++;
        if (holds)
            continue;
        bad += weight;
        worst = bad_count++ == 0 ? value : worst;
    }
    if (known_count == 0) {
        answer_set(answer, boxes->count ? FINDING_CANNOT_TELL : FINDING_NOT_APPLICABLE,
                   boxes->count ? "the browser could not know it"
                                : "the page has no object of this rule");
        if (check->is_none && boxes->count == 0)
            answer_verdict(answer, true);
        return;
    }
    answer_verdict(answer, bad == 0 || (known > 0 && bad / known <= check->tolerate));
    answer->count = bad_count;
    answer->total = known_count;
    answer->value = worst;
    for (size_t i = 0; i < boxes->count && answer->outcome == FINDING_FAIL; i++)
        if (check->is_none ||
            box_holds(&check->each, subject->page->layout, boxes->items[i], &value) == 0)
            answer_node(answer, subject, boxes->nodes[i], NULL);
}

static void run(const void *data, const Subject *subject, Answer *answer)
{
    const LayoutCheck *check = data;
    const Layout *layout = subject->page->layout;
    Boxes boxes = {0};
    if (!layout || !subject->view) {
        answer_set(answer, FINDING_CANNOT_TELL, "the page was not painted by a browser");
        return;
    }
    if (check->device && (layout->viewport_width <= PHONE_WIDTH) != (check->device == 1)) {
        answer_set(answer, FINDING_NOT_APPLICABLE, "it is a question about another screen");
        return;
    }
    boxes_find(check, subject, &boxes);
    if (check->is_families)
        families_run(check, layout, &boxes, answer);
    else if (check->has_each || check->is_none)
        each_run(check, subject, &boxes, answer);
    else
        number_run(check, subject, &boxes, answer);
}

const CheckType check_layout = {.kind = CHECK_LAYOUT,
                                .scope = SCOPE_PAGE,
                                .keys = keys,
                                .key_count = (int)COUNT_OF(keys),
                                .compile = compile,
                                .run = run};
