/* terminal.c - the summary on the terminal: the verdict, the marks, the steps, what to do
 * first. At most options->width columns; colour is bold, dim, green and red, nothing else.
 *
 * Layer: report. Called by cli. SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "report/escape.h"
#include "report/report.h"
#include "report/say.h"

enum {
    WIDTH_DEFAULT = 80,
    NAME_COLUMNS = 20,
    BAR_COLUMNS = 20,
    STEP_COLUMNS = 20,
    CELL_COLUMNS = 12,
    REPAIRS_MOST = 3,
    LINE_LIMIT = 8192,
};

typedef enum Style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_GREEN, STYLE_RED } Style;

typedef struct Screen {
    const Locale *locale;
    Arena *arena;
    const Audit *audit;
    const ReportOptions *options;
    Buf *out;
    int column; /* of the line being written */
    int wanted; /* where the next text begins: blanks are written when it comes */
    int width;
} Screen;

static const char *const style_codes[] = {[STYLE_PLAIN] = "",
                                          [STYLE_BOLD] = "\x1b[1m",
                                          [STYLE_DIM] = "\x1b[2m",
                                          [STYLE_GREEN] = "\x1b[32m",
                                          [STYLE_RED] = "\x1b[31m"};

/* Columns of a code point: wide in East Asian blocks and emoji, none when it combines. */
static int rune_columns(unsigned rune)
{
    if ((rune >= 0x300 && rune <= 0x36F) || rune == 0x200C || rune == 0x200D ||
        (rune >= 0xFE00 && rune <= 0xFE0F))
        return 0;
    if ((rune >= 0x1100 && rune <= 0x115F) || (rune >= 0x2E80 && rune <= 0xA4CF) ||
        (rune >= 0xAC00 && rune <= 0xD7A3) || (rune >= 0xF900 && rune <= 0xFAFF) ||
        (rune >= 0xFE30 && rune <= 0xFE6F) || (rune >= 0xFF00 && rune <= 0xFF60) ||
        (rune >= 0x1F300 && rune <= 0x1FAFF) || (rune >= 0x20000 && rune <= 0x3FFFD))
        return 2;
    return 1;
}

static int text_columns(const char *text)
{
    Str whole = str_of(text);
    int columns = 0;

    for (size_t i = 0; i < whole.length;)
        columns += rune_columns(str_next_rune(whole, &i));
    return columns;
}

/* Harmless, on one line. */
static const char *clean(const Screen *screen, const char *text)
{
    AUTO(buf_release) Buf out = {0};

    buf_init(&out, LINE_LIMIT);
    escape_terminal(&out, str_of(text));
    return arena_text(screen->arena, buf_text(&out));
}

/* The beginning that fits, with an ellipsis when something is left out. */
static const char *text_fit(const Screen *screen, const char *text, int columns)
{
    Str whole = str_of(text);
    size_t end = 0;
    int used = 0;

    if (text_columns(text) <= columns)
        return text;
    for (size_t i = 0; i < whole.length; end = i) {
        used += rune_columns(str_next_rune(whole, &i));
        if (used > columns - 1)
            break;
    }
    while (end > 0 && text[end - 1] == ' ')
        end--;
    return arena_printf(screen->arena, "%.*s…", (int)end, text);
}

/* What a terminal without Unicode shows instead. */
static const char *rune_ascii(unsigned rune)
{
    switch (rune) {
    case 0x2713: return "ok";
    case 0x25D0: return "half";
    case 0x2717: return "no";
    case 0x25B2: return "!";
    case 0x2501: return "=";
    case 0x2504: return ".";
    case 0x2013:
    case 0x2212: return "-";
    case 0x2019: return "'";
    case 0x2026: return "...";
    case 0x20AC: return "EUR";
    case 0x201C:
    case 0x201D:
    case 0xAB:
    case 0xBB: return "\"";
    case 0xA0:
    case 0x202F: return " ";
    case 0xC9: return "E";
    case 0xC0: return "A";
    case 0xE0:
    case 0xE2: return "a";
    case 0xE7: return "c";
    case 0xE8:
    case 0xE9:
    case 0xEA:
    case 0xEB: return "e";
    case 0xEE:
    case 0xEF: return "i";
    case 0xF4: return "o";
    case 0xF9:
    case 0xFB: return "u";
    case 0x153: return "oe";
    default: return "?";
    }
}

/* The next text begins at a column; nothing is written for blanks that end a line. */
static void go_to(Screen *screen, int column)
{
    if (column > screen->column)
        screen->wanted = column;
}

static void put(Screen *screen, Style style, const char *text)
{
    bool is_styled = screen->options->has_colour && style != STYLE_PLAIN && *text;
    Str whole = str_of(text);

    if (!*text)
        return;
    for (; screen->column < screen->wanted; screen->column++)
        buf_add_byte(screen->out, ' ');
    if (is_styled)
        buf_add_text(screen->out, style_codes[style]);
    for (size_t i = 0; i < whole.length;) {
        unsigned rune = str_next_rune(whole, &i);
        const char *ascii = NULL;
        if (!screen->options->is_ascii || rune < 0x80) {
            buf_add_rune(screen->out, rune);
            screen->column += rune_columns(rune);
            continue;
        }
        ascii = rune_ascii(rune);
        buf_add_text(screen->out, ascii);
        screen->column += (int)strlen(ascii);
    }
    if (is_styled)
        buf_add_text(screen->out, "\x1b[0m");
}

static void end_line(Screen *screen)
{
    buf_add_byte(screen->out, '\n');
    screen->column = screen->wanted = 0;
}

/* Wrap at blanks; narrow and other no-break spaces hold. */
static void put_wrapped(Screen *screen, Style style, const char *text)
{
    Str rest = str_of(clean(screen, text)), word = {0};

    for (bool is_first = true; str_next(&rest, ' ', &word);) {
        const char *piece = arena_str_text(screen->arena, word);
        if (word.length == 0)
            continue;
        if (!is_first && screen->column + 1 + text_columns(piece) > screen->width) {
            end_line(screen);
            is_first = true;
        }
        put(screen, style, is_first ? piece : arena_printf(screen->arena, " %s", piece));
        is_first = false;
    }
    end_line(screen);
}

static void put_head(Screen *screen)
{
    const Audit *audit = screen->audit;
    Arena *arena = screen->arena;
    const char *parts = say_visits(screen->locale, arena, audit);
    int walked = 0;
    const char *total = NULL;
    const char *line = parts ? locale_line(screen->locale, arena, "terminal.visits",
                                           LOCALE_ARGS({"total", total}, {"list", parts}))
                             : locale_line(screen->locale, arena, "method.judged",
                                           LOCALE_ARGS({"n", total}));
    const char *engines = say_engines(screen->locale, arena, audit);

    say_walked(arena, audit, &walked);
    total = say_int(arena, walked);
    line = parts ? locale_line(screen->locale, arena, "terminal.visits",
                               LOCALE_ARGS({"total", total}, {"list", parts}))
                 : locale_line(screen->locale, arena, "method.judged",
                               LOCALE_ARGS({"n", total}));
    put(screen, STYLE_BOLD, text_fit(screen, clean(screen, say_host(arena, audit)), 40));
    put(screen, STYLE_PLAIN, "  ");
    put(screen, STYLE_PLAIN,
        text_fit(screen, clean(screen, audit->site ? audit->site : ""),
                 screen->width - screen->column));
    end_line(screen);
    if (*engines)
        line = arena_printf(arena, "%s, %s", line, engines);
    if (audit->place && strcmp(audit->place, "loopback") != 0)
        line = arena_printf(arena, "%s, %s", line, audit->place);
    if (audit->duration_us > 0)
        line = arena_printf(
            arena, "%s, %s", line,
            locale_duration(screen->locale, arena, (double)audit->duration_us / 1000));
    put_wrapped(screen, STYLE_DIM, line);
    end_line(screen);
}

static const char *reason_say(const Screen *screen)
{
    const char *reason = screen->audit->bar_text;

    return reason ? locale_reason(screen->locale, screen->arena, reason)
                  : locale_word(screen->locale, "mark.none");
}

static void put_mark(Screen *screen)
{
    const Audit *audit = screen->audit;
    const Locale *locale = screen->locale;
    Arena *arena = screen->arena;
    const char *letter = say_letter(locale, arena, audit);
    bool is_interval = isfinite(audit->interval.low);
    const Interval *spread = is_interval ? &audit->interval : &audit->range;
    const char *separator = "";

    if (!say_has_mark(audit)) {
        put_wrapped(screen, STYLE_BOLD,
                    locale_line(locale, arena, "terminal.inconclusive",
                                LOCALE_ARGS({"reason", reason_say(screen)})));
        return;
    }
    put(screen, STYLE_PLAIN, "  ");
    put(screen, STYLE_BOLD,
        arena_printf(arena, "%s / 100%s%s", locale_number(locale, arena, audit->score, 0),
                     letter ? "  " : "", letter ? letter : ""));
    put(screen, STYLE_PLAIN, "   ");
    if (isfinite(spread->low) && spread->high - spread->low >= 0.5) {
        put(screen, STYLE_PLAIN,
            locale_line(locale, arena, is_interval ? "terminal.again" : "terminal.range",
                        LOCALE_ARGS({"range", locale_range(locale, arena, spread->low,
                                                           spread->high, 0)})));
        separator = locale_word(locale, "terminal.separator");
    }
    if (audit->judgement.high - audit->judgement.low >= 0.5) {
        put(screen, STYLE_PLAIN, separator);
        put(screen, STYLE_PLAIN,
            locale_line(
                locale, arena, "terminal.mistaken",
                LOCALE_ARGS({"range", locale_range(locale, arena, audit->judgement.low,
                                                   audit->judgement.high, 0)})));
    }
    end_line(screen);
}

/* "━━━━━┄┄" : solid up to the mark, dashed what the cap takes away. */
static const char *bar_text(const Screen *screen, const DimensionScore *score)
{
    const char *bar = "";
    int solid = (int)(score->score / 100 * BAR_COLUMNS + 0.5);
    int whole = isfinite(score->uncapped) ? (int)(score->uncapped / 100 * BAR_COLUMNS + 0.5)
                                          : solid;

    for (int i = 0; i < solid || i < whole; i++)
        bar = arena_printf(screen->arena, "%s%s", bar, i < solid ? "━" : "┄");
    return bar;
}

static void put_dimension(Screen *screen, Dimension dimension)
{
    const DimensionScore *score = &screen->audit->dimensions[dimension];
    const Locale *locale = screen->locale;
    Arena *arena = screen->arena;
    const char *name = say_dimension(locale, arena, screen->audit->grid, dimension);
    const Interval *spread =
        isfinite(score->interval.low) ? &score->interval : &score->range;
    const char *number = NULL;

    put(screen, STYLE_PLAIN, "  ");
    put(screen, STYLE_PLAIN, text_fit(screen, clean(screen, name), NAME_COLUMNS - 1));
    go_to(screen, 2 + NAME_COLUMNS);
    if (isnan(score->score)) {
        put(screen, STYLE_DIM,
            locale_word(locale,
                        isnan(score->coverage) ? "terminal.na" : "terminal.nothing"));
        end_line(screen);
        return;
    }
    put(screen, STYLE_PLAIN, bar_text(screen, score));
    number = locale_number(locale, arena, score->score, 0);
    go_to(screen, 2 + NAME_COLUMNS + BAR_COLUMNS + 4 - text_columns(number));
    put(screen, STYLE_BOLD, number);
    go_to(screen, screen->column + 2);
    if (isfinite(spread->low) && spread->high - spread->low >= 0.5)
        put(screen, STYLE_PLAIN, locale_range(locale, arena, spread->low, spread->high, 0));
    if (score->cap_rule) {
        go_to(screen, 2 + NAME_COLUMNS + BAR_COLUMNS + 12);
        put(screen, STYLE_RED,
            locale_line(locale, arena, "terminal.capped",
                        LOCALE_ARGS({"n", say_number(arena, score->uncapped)})));
    }
    end_line(screen);
}

static void put_dimensions(Screen *screen)
{
    Dimension order[DIMENSION_COUNT];

    say_order(screen->audit->grid, order);
    for (int i = 0; i < DIMENSION_COUNT; i++)
        put_dimension(screen, order[i]);
}

static Style moment_style(Moment moment)
{
    return moment == MOMENT_MET      ? STYLE_GREEN
           : moment == MOMENT_UNSEEN ? STYLE_PLAIN
                                     : STYLE_RED;
}

/* "▲ 4 visits of 5 beyond 9 s", or why the step did not work. */
static void put_step_note(Screen *screen, const Story *story, const StoryStep *step)
{
    const Locale *locale = screen->locale;
    Arena *arena = screen->arena;
    const char *note = "";
    Style style = STYLE_DIM;

    for (size_t j = 0; j < story->journey_count && !*note; j++) {
        const StoryCell *cell = &step->cells[j];
        if (cell->walked > 0 && !step_is_ok(cell->outcome)) {
            note = locale_word(
                locale, arena_printf(arena, "short.%s", step_outcome_name(cell->outcome)));
            style = cell->moment == MOMENT_UNSEEN ? STYLE_DIM : STYLE_RED;
        } else if (cell->beyond_patience > 0) {
            style = STYLE_RED;
            note = locale_line(
                locale, arena, "terminal.beyond",
                LOCALE_ARGS(
                    {"count", say_int(arena, cell->beyond_patience)},
                    {"total", say_int(arena, cell->wait_count)},
                    {"limit",
                     say_number(arena, (double)story->journeys[j]->patience_us / 1000)}));
        }
    }
    put(screen, style, text_fit(screen, note, screen->width - screen->column));
}

static void put_step(Screen *screen, const Story *story, const StoryStep *step)
{
    int column = 2 + STEP_COLUMNS + 2;
    const char *name = clean(screen, say_story_step(screen->locale, screen->arena, step));

    put(screen, STYLE_PLAIN,
        text_fit(screen, arena_printf(screen->arena, "  %d %s", step->number, name),
                 column - 1));
    for (size_t j = 0; j < story->journey_count; j++, column += CELL_COLUMNS) {
        const StoryCell *cell = &step->cells[j];
        const char *wait = isfinite(cell->wait)
                               ? locale_duration(screen->locale, screen->arena, cell->wait)
                               : "–";
        go_to(screen, column);
        put(screen, moment_style(cell->moment), moment_sign(cell->moment));
        go_to(screen, column + 9 - text_columns(wait));
        put(screen, STYLE_PLAIN, wait);
    }
    go_to(screen, column);
    put_step_note(screen, story, step);
    end_line(screen);
}

static void put_story(Screen *screen, const Story *story)
{
    int column = 2 + STEP_COLUMNS + 2;
    const char *title =
        locale_text(screen->locale, screen->arena, &story->journeys[0]->scenario_title);

    end_line(screen);
    put(screen, STYLE_BOLD,
        text_fit(screen, clean(screen, *title ? title : story->journeys[0]->scenario_id),
                 screen->width));
    end_line(screen);
    put(screen, STYLE_DIM,
        arena_printf(screen->arena, "  %s", locale_word(screen->locale, "ui.step")));
    for (size_t j = 0; j < story->journey_count; j++, column += CELL_COLUMNS) {
        go_to(screen, column);
        put(screen, STYLE_DIM,
            text_fit(screen,
                     clean(screen, say_persona(screen->locale, screen->arena, story, j)),
                     CELL_COLUMNS - 1));
    }
    end_line(screen);
    for (size_t s = 0; s < story->step_count; s++) {
        if (story->steps[s].number > 0)
            put_step(screen, story, &story->steps[s]);
    }
    put(screen, STYLE_PLAIN,
        arena_printf(screen->arena, "    %s",
                     locale_word(screen->locale, "ui.wait-in-all")));
    column = 2 + STEP_COLUMNS + 2;
    for (size_t j = 0; j < story->journey_count; j++, column += CELL_COLUMNS) {
        double sum = story_wait(story, j);
        const char *wait =
            isfinite(sum) ? locale_duration(screen->locale, screen->arena, sum) : "–";
        go_to(screen, column + 9 - text_columns(wait));
        put(screen, STYLE_PLAIN, wait);
    }
    end_line(screen);
}

/* One line below the repairs where a cap keeps the mark from rising with them. */
static void put_hold(Screen *screen)
{
    const Audit *audit = screen->audit;

    for (size_t i = 0; i < audit->opportunity_count && i < REPAIRS_MOST; i++) {
        const char *held = say_hold(screen->locale, screen->arena, audit, i);
        if (!held)
            continue;
        put(screen, STYLE_PLAIN, "     ");
        put(screen, STYLE_PLAIN, text_fit(screen, clean(screen, held), screen->width - 5));
        end_line(screen);
        return;
    }
}

static void put_repairs(Screen *screen)
{
    const Audit *audit = screen->audit;
    const Locale *locale = screen->locale;
    Arena *arena = screen->arena;

    if (audit->opportunity_count == 0)
        return;
    end_line(screen);
    put(screen, STYLE_BOLD, locale_word(locale, "ui.do-first"));
    end_line(screen);
    for (size_t i = 0; i < audit->opportunity_count && i < REPAIRS_MOST; i++) {
        const Opportunity *repair = &audit->opportunities[i];
        const Rule *rule = repair->finding->rule;
        const char *fix = locale_text(locale, arena, &rule->fix);
        const char *effort = locale_word(
            locale, arena_printf(arena, "effort.%s", effort_name(rule->effort)));
        put(screen, STYLE_PLAIN, arena_printf(arena, "  %zu. ", i + 1));
        put(screen, STYLE_PLAIN,
            text_fit(screen, clean(screen, *fix ? fix : rule->id), screen->width - 25));
        go_to(screen, screen->width - 19);
        put(screen, STYLE_PLAIN,
            arena_printf(arena, "%5s  %s", locale_signed(locale, arena, repair->gain, 1),
                         effort));
        end_line(screen);
    }
    put_hold(screen);
}

static void put_criteria(Screen *screen)
{
    int counts[STANDING_COUNT];
    const Locale *locale = screen->locale;
    static const Style styles[STANDING_COUNT] = {[STANDING_MET] = STYLE_GREEN,
                                                 [STANDING_PART] = STYLE_RED,
                                                 [STANDING_MISSED] = STYLE_RED};

    standing_count(screen->audit, counts);
    end_line(screen);
    put(screen, STYLE_PLAIN,
        locale_line(locale, screen->arena, "terminal.criteria",
                    LOCALE_ARGS({"n", say_int(screen->arena,
                                              (int64_t)screen->audit->finding_count)})));
    for (int i = 0; i < STANDING_COUNT; i++) {
        const char *said = locale_line(
            locale, screen->arena,
            arena_printf(screen->arena, "terminal.count.%s", standing_name((Standing)i)),
            LOCALE_ARGS({"n", say_int(screen->arena, counts[i])}));
        if (counts[i] == 0)
            continue;
        if (screen->column + 4 + text_columns(said) > screen->width)
            end_line(screen);
        go_to(screen, screen->column + (i == 0 ? 1 : 2));
        put(screen, styles[i], standing_sign((Standing)i));
        put(screen, STYLE_PLAIN, arena_printf(screen->arena, " %s", said));
    }
    end_line(screen);
}

static void put_end(Screen *screen)
{
    const Audit *audit = screen->audit;
    const Locale *locale = screen->locale;

    if (audit->bar_text && audit->status != AUDIT_INCONCLUSIVE) {
        put(screen, STYLE_RED, standing_sign(STANDING_MISSED));
        put(screen, STYLE_PLAIN, " ");
        put_wrapped(screen, STYLE_PLAIN,
                    locale_line(locale, screen->arena, "terminal.bar",
                                LOCALE_ARGS({"bar", locale_reason(locale, screen->arena,
                                                                  audit->bar_text)})));
    }
    if (audit->is_partial)
        put_wrapped(screen, STYLE_PLAIN, locale_word(locale, "verdict.partial"));
    if (screen->options->report_path) {
        end_line(screen);
        put(screen, STYLE_PLAIN, locale_word(locale, "ui.report"));
        put(screen, STYLE_PLAIN, "  ");
        /* A path is for copying: never cut. */
        put(screen, STYLE_PLAIN, clean(screen, screen->options->report_path));
        end_line(screen);
    }
}

bool report_summary(const Audit *audit, const ReportOptions *options, Buf *out, Error *err)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Locale *locale = NULL;
    Story *stories = NULL;
    size_t count = 0;

    if (!locale_load(arena, options->folders, options->language, &locale, err))
        return false;
    Screen screen = {.locale = locale,
                     .arena = arena,
                     .audit = audit,
                     .options = options,
                     .out = out,
                     .width = options->width > 40 ? options->width : WIDTH_DEFAULT};
    count = story_build(arena, audit, &stories);
    put_head(&screen);
    put_wrapped(&screen, STYLE_BOLD, locale_say(locale, arena, &audit->headline));
    end_line(&screen);
    put_mark(&screen);
    if (say_has_mark(audit)) {
        end_line(&screen);
        put_dimensions(&screen);
    }
    for (size_t i = 0; i < count; i++)
        put_story(&screen, &stories[i]);
    put_repairs(&screen);
    put_criteria(&screen);
    put_end(&screen);
    return buf_check(out, "the summary", err);
}
