/* visit.h - a visitor in a real browser, on pages of tests/pages or of a test's server.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_UNIT_VISIT_CHROMIUM_VISIT_H
#define TESTS_UNIT_VISIT_CHROMIUM_VISIT_H

#include "server.h"
#include "visit/visitor.h"

/** A visitor and what it is made of. */
typedef struct TestVisit {
    Arena *arena;
    Clock clock;
    Persona persona;
    Visit *visit;
    Words *words;
    Visitor *visitor;
    Server server;
    const Document *document;
    const FormState *state;
    Move move;
} TestVisit;

/** Start a server and a visitor for it; the test is skipped where no browser can run.
 * answer NULL: the files below tests/pages. */
void test_visit_open(TestVisit *test, ServerAnswer *answer);
/** Open a path of the server and look. */
void test_visit_go(TestVisit *test, const char *path);
/** Look anew. */
void test_visit_look(TestVisit *test);
/** Press the element of an id; the move is in test->move. */
void test_visit_press(TestVisit *test, const char *id);
/** Value of a cookie that the shown page sees ("" none). */
const char *test_visit_cookie(TestVisit *test, const char *name);
/** Value of an observation of the page shown; NAN: none of that name. */
double test_visit_saw(TestVisit *test, const char *name);
void test_visit_close(TestVisit *test);
/** A server's answer: the file below tests/pages that the path names. */
ServerAnswer serve_pages;

#endif
