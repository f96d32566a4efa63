/* fixture.h - small visits for tests of rules: an HTML file, or a JSON of few lines.
 *
 * Layer: tests. SPDX-License-Identifier: MIT */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include "model/audit.h"
#include "words/words.h"

/** The project's words and grid, loaded once a test; NULL and a printed error otherwise. */
const Words *fixture_words(Arena *arena);
Grid *fixture_grid(Arena *arena, const Words *words);
/** An audit of what a file shows. HTML: one page; its first comment may say its kind, its
 * URL and its status ("<!-- product https://shop.example/p 200 -->"), kind is otherwise the
 * one given. JSON: {site, countries, scenario, started, pages | (keys of one page), facts,
 * links} with a page's kind, url, requested, status, headers, metrics, html, shell and
 * exchanges. Returns NULL and prints why on failure. */
Audit *rule_fixture_audit(Arena *arena, const char *path, PageKind kind);

#endif
