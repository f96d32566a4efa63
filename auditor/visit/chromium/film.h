/* film.h - pictures of a page while it comes into being: Speed Index, and the filmstrip of
 * a journey.
 *
 * The browser's screencast gives a small picture of every change from the act that leads to
 * a page until it rests. Speed Index is the area above the curve of visual progress,
 * SUM over frames of (time until the next) * (1 - progress), from the navigation's start;
 * progress is told by colour histograms between a white screen and the last frame, both as
 * WebPageTest computes them (its documentation, "Speed Index", "Measuring Visual Progress";
 * in_page/film.js). Frames before the document's own first paint still show the page
 * before: progress 0. Layer: visit. Called by navigate.c, act.c, action.c, settle.c,
 * measure.c. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_FILM_H
#define VISIT_CHROMIUM_FILM_H

#include "visit/chromium/chromium.h"

/** Listen for pictures; behind measure_open. Films only visits that measure. */
void film_open(ChromiumVisitor *visitor);
/** Something is done that may lead to another page: film from here. */
void film_begin(ChromiumVisitor *visitor);
/** Let the browser go on, at a bounded rate; now and then while waiting. */
void film_turn(ChromiumVisitor *visitor);
/** Stop. Pictures taken so far are kept until the next beginning. */
void film_end(ChromiumVisitor *visitor);
/** The visit is over. */
void film_close(ChromiumVisitor *visitor);
/** The page rests: its Speed Index, and the frames of its filmstrip as observations
 * film.frame and film.progress, saved beside the screenshots in the first visit. A page
 * that gave no picture has no Speed Index. */
void film_page(ChromiumVisitor *visitor, Page *page);

#endif
