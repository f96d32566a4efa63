/* view.c - the root of the view and what its parts share.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#include "report/view.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/units.h"
#include "report/html.h"
#include "report/view_inside.h"

enum { PATH_RUNES = 48 };

const char *view_line(const View *view, const char *key, const LocaleArg *args)
{
    return locale_line(view->locale, view->arena, key, args);
}

const char *view_day(const View *view, const char *date)
{
    int64_t moment = 0;

    if (!date ||
        !clock_parse_iso8601(arena_printf(view->arena, "%sT00:00:00Z", date), &moment))
        return date ? date : "";
    return locale_date(view->locale, view->arena, moment);
}

const char *view_percent(const View *view, double value, double whole)
{
    char text[64];
    double percent = whole > 0 ? 100 * value / whole : 0;

    percent = !(percent > 0) ? 0 : percent > 100 ? 100 : percent;
    return arena_printf(view->arena, "%s%%", number_fixed(percent, 2, text, sizeof text));
}

Value *view_section(View *view, const char *id, const char *lede)
{
    Value *section = value_put_object(view->root, id);
    Value *link = value_add_object(view->sections);
    const char *number = say_int(view->arena, (int64_t)view->sections->count);

    value_put_text(section, "no", number);
    value_put_text(section, "id", id);
    value_put_text(section, "title",
                   locale_word(view->locale, arena_printf(view->arena, "ui.%s", id)));
    value_put_text(section, "lede", lede);
    value_put_text(link, "no", number);
    value_put_text(link, "id", id);
    value_put_text(link, "label",
                   locale_word(view->locale, arena_printf(view->arena, "ui.nav-%s", id)));
    return section;
}

void view_put_standing(const View *view, Value *object, Standing standing)
{
    const char *name = standing_name(standing);

    value_put_text(object, "sign", standing_sign(standing));
    value_put_text(object, "class", name);
    value_put_text(
        object, "word",
        locale_word(view->locale, arena_printf(view->arena, "outcome.%s", name)));
}

void view_put_moment(const View *view, Value *object, Moment moment)
{
    const char *name = moment_name(moment);

    value_put_text(object, "sign", moment_sign(moment));
    value_put_text(object, "class", name);
    value_put_text(object, "word",
                   locale_word(view->locale, arena_printf(view->arena, "moment.%s", name)));
}

int view_card(const View *view, const Finding *finding)
{
    for (size_t i = 0; i < view->missed_count && i < VIEW_CARDS_MOST; i++) {
        if (view->missed[i] == finding)
            return (int)i + 1;
    }
    return 0;
}

size_t view_index(const View *view, const Finding *finding)
{
    size_t i = 0;

    while (i < view->audit->finding_count && view->audit->findings[i] != finding)
        i++;
    return i;
}

void view_put_link(const View *view, Value *object, const Finding *finding)
{
    int card = view_card(view, finding);

    if (card > 0) {
        value_put_text(object, "href", arena_printf(view->arena, "#f%d", card));
        value_put_text(object, "link",
                       arena_printf(view->arena, "%s %d",
                                    locale_word(view->locale, "ui.finding"), card));
        return;
    }
    value_put_text(object, "href",
                   arena_printf(view->arena, "#c%zu", view_index(view, finding) + 1));
    value_put_text(object, "link", locale_word(view->locale, "ui.in-grid"));
}

const char *view_device(const Journey *journey)
{
    return journey->is_phone ? "p" : "d";
}

bool view_has_engine(const View *view, const char *engine)
{
    for (int v = 0; v < view->visit_count; v++) {
        if (strcmp(view->visits[v]->engine, engine) == 0)
            return true;
    }
    return false;
}

const char *view_path(const View *view, const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *path = scheme ? strchr(scheme + 3, '/') : NULL;
    Str whole = str_of(path ? path : url);
    size_t end = 0;

    for (int runes = 0; end < whole.length; runes++) {
        if (runes == PATH_RUNES)
            return arena_printf(view->arena, "%.*s…", (int)end, whole.data);
        str_next_rune(whole, &end);
    }
    return whole.data;
}

const char *view_capital(const View *view, const char *text)
{
    char *copy = arena_text(view->arena, text);

    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    return copy;
}

static bool is_listed(const View *view, const Finding *finding)
{
    for (size_t i = 0; i < view->missed_count; i++) {
        if (view->missed[i] == finding)
            return true;
    }
    return false;
}

static void missed_add(View *view, const Finding *finding)
{
    if (finding->outcome == FINDING_FAIL && !is_listed(view, finding))
        ARENA_PUSH(view->arena, view->missed, view->missed_count, view->missed_capacity,
                   finding);
}

/* Cards stand in the order of the repairs, then of weight. */
static void missed_fill(View *view)
{
    const Audit *audit = view->audit;

    for (size_t i = 0; i < audit->opportunity_count; i++)
        missed_add(view, audit->opportunities[i].finding);
    for (size_t i = 0; i < audit->weakness_count; i++)
        missed_add(view, audit->weaknesses[i]);
    for (int impact = IMPACT_BLOCKER; impact >= IMPACT_MINOR; impact--) {
        for (size_t i = 0; i < audit->finding_count; i++) {
            if ((int)audit->findings[i]->rule->impact == impact)
                missed_add(view, audit->findings[i]);
        }
    }
}

/* The host as it may stand inside a style sheet: nothing but a name. */
static const char *host_plain(const View *view)
{
    char *host = arena_text(view->arena, say_host(view->arena, view->audit));
    char *to = host;

    for (const char *from = host; *from; from++) {
        if ((*from >= 'a' && *from <= 'z') || (*from >= 'A' && *from <= 'Z') ||
            (*from >= '0' && *from <= '9') || *from == '.' || *from == '-' || *from == ':')
            *to++ = *from;
    }
    *to = '\0';
    return host;
}

/* "#1a4f8b" and nothing else: it is written into the style sheet. */
static bool is_color(const char *text)
{
    return text && text[0] == '#' && strlen(text) == 7 &&
           strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

/* The agency whose report it is; its contrast on dark ground is ours to keep. */
static void brand_put(const View *view)
{
    const Brand *own = &view->options->brand;
    Value *brand = value_put_object(view->root, "brand");
    Picture logo = {0};

    value_put_text(brand, "name", own->name);
    value_put_text(brand, "color", is_color(own->color) ? own->color : NULL);
    value_put_text(brand, "text", own->text);
    if (own->logo.length == 0 || !picture_read(view->arena, own->logo, &logo))
        return;
    value_put_text(brand, "logo", logo.data);
    value_put_text(brand, "logo_width", say_int(view->arena, logo.width));
    value_put_text(brand, "logo_height", say_int(view->arena, logo.height));
}

/* "2026-11-19T09:32:05": as JUnit and its readers want it. */
static const char *timestamp_say(const View *view)
{
    char text[64];

    clock_iso8601(view->audit->started_us, text, sizeof text);
    text[strcspn(text, ".Z")] = '\0';
    return arena_text(view->arena, text);
}

Value *view_build(Arena *arena, const Audit *audit, const Locale *locale,
                  const ReportOptions *options)
{
    static const ReportOptions none = {0};
    View view = {.arena = arena,
                 .audit = audit,
                 .locale = locale,
                 .options = options ? options : &none,
                 .root = html_root(arena, locale, "ui.")};
    Value *root = view.root;

    if (view.options->folder)
        view.album = album_create(arena, audit, view.options->folder);

    view.visits = say_walked(arena, audit, &view.visit_count);
    view.story_count = story_build(arena, audit, &view.stories);
    missed_fill(&view);
    value_put_text(root, "host", say_host(arena, audit));
    value_put_text(root, "host_plain", host_plain(&view));
    value_put_text(root, "site", audit->site);
    value_put_text(root, "tool_version", audit->tool_version);
    value_put_text(root, "timestamp", timestamp_say(&view));
    value_put_text(root, "date", locale_date(locale, arena, audit->started_us));
    value_put_text(root, "headline", locale_say(locale, arena, &audit->headline));
    value_put_text(
        root, "footer",
        view_line(&view, "footer",
                  LOCALE_ARGS({"tool", audit->tool_version ? audit->tool_version : ""})));
    brand_put(&view);
    view.sections = value_put_list(root, "sections");
    view_verdict(&view);
    view_story(&view);
    view_questions(&view);
    view_sheet(&view);
    view_advice(&view);
    view_evidence(&view);
    view_measures(&view);
    view_grid(&view);
    view_patience(&view);
    view_method(&view);
    return root;
}
