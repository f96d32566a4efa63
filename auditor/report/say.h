/* say.h - the short phrases every writer shares: what a finding says, how a criterion
 * stands, what a persona is called, how the mark is told.
 *
 * No layout and no escaping here. Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_SAY_H
#define REPORT_SAY_H

#include "base/arena.h"
#include "model/audit.h"
#include "report/locale.h"
#include "report/story.h"

/** How a criterion stands, for a reader. */
typedef enum Standing {
    STANDING_MET,
    STANDING_PART, /**< missed on some pages, or half way on its curve */
    STANDING_MISSED,
    STANDING_UNSEEN,
    STANDING_NA,
    STANDING_COUNT,
} Standing;

Standing standing_of(const Finding *finding);
/** "met" "part" "missed" "unseen" "na": the tails of word keys and classes. */
const char *standing_name(Standing standing);
/** ✓ ◐ ✗ ? – */
const char *standing_sign(Standing standing);
const char *moment_name(Moment moment);
const char *moment_sign(Moment moment);
/** Findings by standing. counts: STANDING_COUNT numbers. */
void standing_count(const Audit *audit, int *counts);

/** What was found, as a sentence; of a criterion that is not missed, its statement. */
const char *say_found(const Locale *locale, Arena *arena, const Audit *audit,
                      const Finding *finding);
/** The same without its full stop, for titles and lists. */
const char *say_title(const Locale *locale, Arena *arena, const Audit *audit,
                      const Finding *finding);
/** Value of a finding in its unit; "price" is said in the shop's currency. */
const char *say_measure(const Locale *locale, Arena *arena, const Audit *audit,
                        double value, const char *unit);
/** Text without a single full stop at its end. Owns: arena. */
const char *say_bare(Arena *arena, const char *text);
/** Criterion as a statement; the id when the rule has no text. */
/** Why the mark does not rise by repair number rank's gain: a cap holds it until what caps
 * is repaired. NULL when the mark rises. Owns: arena. */
const char *say_hold(const Locale *locale, Arena *arena, const Audit *audit, size_t rank);
const char *say_criterion(const Locale *locale, Arena *arena, const Rule *rule);
const char *say_dimension(const Locale *locale, Arena *arena, const Grid *grid,
                          Dimension dimension);
/** Dimension inside a sentence: "speed", "la rapidité"; a grid with titles of its own is
 * quoted as it writes them. */
const char *say_dimension_the(const Locale *locale, Arena *arena, const Grid *grid,
                              Dimension dimension);
/** "Phone" or "Desktop" where the story's journeys differ so, else the persona's title. */
const char *say_persona(const Locale *locale, Arena *arena, const Story *story,
                        size_t journey);
/** The same inside a sentence: "on the phone". */
const char *say_persona_on(const Locale *locale, Arena *arena, const Story *story,
                           size_t journey);
/** "10: 5 on the phone, 5 on the desktop" without the total: the list alone. NULL when
 * there are no journeys. */
const char *say_visits(const Locale *locale, Arena *arena, const Audit *audit);
/** The visits that walked: those of the journeys; all of them where there is no journey
 * (judged files). Leaves out what only tried links. Owns: arena. */
const Visit **say_walked(Arena *arena, const Audit *audit, int *count);
/** Host and port of the shop as people write them. Owns: arena. */
const char *say_host(Arena *arena, const Audit *audit);
/** "HTTP engine (…)" of all engines used. */
const char *say_engines(const Locale *locale, Arena *arena, const Audit *audit);
/** "B" or "C or B"; NULL: none. */
const char *say_letter(const Locale *locale, Arena *arena, const Audit *audit);
/** "207 met, 59 in part, …" leaving out zeros. */
const char *say_counts(const Locale *locale, Arena *arena, const int *counts);
/** How many of the pages (true) or visits (false) a finding looked at fail. seen: those
 * with an answer. */
bool say_extent(const Finding *finding, int *failed, int *seen);
/** A sentence with a full stop, if it has no end of its own. Owns: arena. */
const char *say_stopped(Arena *arena, const char *text);
/** Dimensions in the order of their shares, heaviest first, so that reports compare. */
void say_order(const Grid *grid, Dimension *order);
/** Title of a step: the moment's short noun, else the step kind's. */
const char *say_step(const Locale *locale, Arena *arena, StepKind kind);
/** The same with what tells it from others of its kind: Search “vaes”. */
const char *say_story_step(const Locale *locale, Arena *arena, const StoryStep *step);
/** Number as machine text for places in sentences. Owns: arena. */
const char *say_int(Arena *arena, int64_t number);
const char *say_number(Arena *arena, double number);
/** Is there a mark to print: measured, and the audit conclusive? */
bool say_has_mark(const Audit *audit);

/** What a finding's scale shows: where its value counts things, the number that its
 * sentence names (that of the page that shows most); otherwise the median over its pages.
 * NAN: none.
 */
double say_value(const Finding *finding);

#endif
