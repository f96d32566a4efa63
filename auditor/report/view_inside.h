/* view_inside.h - what the parts of the view share; private to view*.c.
 *
 * Layer: report. SPDX-License-Identifier: MIT */
#ifndef REPORT_VIEW_INSIDE_H
#define REPORT_VIEW_INSIDE_H

#include "report/album.h"
#include "report/say.h"
#include "report/story.h"
#include "report/view.h"

/** Where the parts read from and write to. */
typedef struct View {
    Arena *arena;
    const Audit *audit;
    const Locale *locale;
    const ReportOptions *options;
    Album *album;         /**< NULL: no pictures */
    const Visit **visits; /**< that walked */
    int visit_count;
    Story *stories;
    size_t story_count;
    const Finding **missed; /**< in order of their cards: number is index + 1 */
    size_t missed_count, missed_capacity;
    Value *root;
    Value *sections; /**< table of contents */
} View;

/** Most cards of evidence in one report; the rest stands in the grid. */
enum { VIEW_CARDS_MOST = 60 };

/** Sentence of a key; args as in locale.h, NULL: none. */
const char *view_line(const View *view, const char *key, const LocaleArg *args);
/** A share of the width as SVG wants it: "68.45%". value of whole, kept within 0 and 100.
 */
const char *view_percent(const View *view, double value, double whole);
/** New section: id, title (word ui.<id>), number, lede; also in the table of contents. */
Value *view_section(View *view, const char *id, const char *lede);
/** sign, class and word of a standing or moment, as members of object. */
void view_put_standing(const View *view, Value *object, Standing standing);
void view_put_moment(const View *view, Value *object, Moment moment);
/** href and label of a finding's card, else of its row in the grid. */
void view_put_link(const View *view, Value *object, const Finding *finding);
/** Number of a finding's card, 0: none. */
int view_card(const View *view, const Finding *finding);
/** Index of a finding in the audit. */
size_t view_index(const View *view, const Finding *finding);
/** "p" for a phone, "d" for a desktop. */
const char *view_device(const Journey *journey);
/** Did one of the walking visits use an engine? */
bool view_has_engine(const View *view, const char *engine);
/** Path and query of an address, cut where it becomes endless. */
const char *view_path(const View *view, const char *url);
/** "2026-11-12" as people write a day; as it is when it is none. */
const char *view_day(const View *view, const char *date);
/** A sentence begins with a capital. */
const char *view_capital(const View *view, const char *text);

/** One step of a story as an article; at: index into its steps, id: its anchor. */
void view_step(const View *view, const Story *story, size_t at, const char *id,
               Value *steps);

/** The process as walked, as member "way" of a story. view_way.c */
void view_put_way(const View *view, const Story *story, Value *shown);

/** The picture of the page a step ended on, or NULL: it has none, or the step before it
 * ended on the same page. view_pictures.c */
const Picture *view_step_picture(const View *view, const Story *story, size_t at,
                                 size_t journey);
/** The pictures of a step, one a persona, as members of a list. view_pictures.c */
void view_put_pictures(const View *view, const Story *story, size_t at, Value *step);
/** The part of a page's picture on which a piece of evidence stands, as member "crop" of
 * item; nothing when the picture is not inside the page. view_pictures.c */
void view_put_crop(const View *view, const PageResult *result, const Evidence *evidence,
                   Value *item);
/** All pictures in the order in which they may stand inside the page, as members of the
 * story's section. view_pictures.c */
void view_gather_pictures(const View *view, Value *section);

/** What lay over the page a step ended on, as sentences of a list: how much of the screen,
 * how many clicks. view_seen.c */
void view_put_obstacles(const View *view, const Story *story, size_t at, Value *sentences);
/** Why the largest content came when it did, what shifted, what answered slowly: one note
 * a page, as members "causes" of the section. view_seen.c */
void view_put_causes(const View *view, Value *section);
/** What a visit without scripts could not do, as text of the section. view_seen.c */
void view_put_scripts(const View *view, Value *section);
/** Is the story the short one without scripts, beside the same journey in a browser? */
bool view_is_without_scripts(const View *view, const Story *story);

/** The sections, each in its own file. */
void view_verdict(View *view);   /**< view_verdict.c, with cover */
void view_story(View *view);     /**< view_story.c */
void view_questions(View *view); /**< view_advice.c */
void view_sheet(View *view);     /**< view_sheet.c: only when one is asked about */
void view_advice(View *view);    /**< view_advice.c: strengths, weaknesses, priorities */
void view_evidence(View *view);  /**< view_evidence.c */
void view_grid(View *view);      /**< view_evidence.c */
void view_measures(View *view);  /**< view_measures.c */
void view_patience(View *view);  /**< view_method.c */
void view_method(View *view);    /**< view_method.c */

/** Badge of a modelled figure: not calibrated, or on what it stands. */
const char *view_badge(const View *view, const ModelFigure *figure);
/** How it was calibrated, and what the model alone says; NULL when it was not. scale: 100
 * for shares; decimals: of the model's value, the residual has one more. */
const char *view_calibrated(const View *view, const ModelFigure *figure, double scale,
                            int decimals);

#endif
