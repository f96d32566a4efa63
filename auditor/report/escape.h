/* escape.h - the only way out for text that somebody else wrote: one function a target.
 *
 * There is no mode: a writer calls the function of the place it writes to. Each first
 * defuses what no reader should meet: control characters become their visible pictures
 * (U+2400 and on), direction marks, invisible tags and broken UTF-8 become U+FFFD.
 * Layer: report. Called by the templates and every writer.
 * SPDX-License-Identifier: MIT */
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

/** Writes the escaped form of text to out; a full out stays marked (buf_check). */
typedef void Escape(Buf *out, Str text);

/** Between tags of HTML: & < >. Line ends and tabs stay. */
void escape_html_text(Buf *out, Str text);
/** Inside a quoted attribute of HTML, and between tags too: & < > " ' `. Line ends stay. */
void escape_html_attribute(Buf *out, Str text);
/** Text or attribute of XML 1.0: & < > " '; line ends and tabs as character references,
 * which attributes would otherwise lose; characters XML forbids become U+FFFD. */
void escape_xml(Buf *out, Str text);
/** Inside a JSON string, without the quotes around: also safe within a script element. */
void escape_json(Buf *out, Str text);
/** One whole cell of CSV in double quotes (RFC 4180). A cell that a spreadsheet would take
 * for a formula (= + - @ and their full-width twins, tab, return) begins with an
 * apostrophe; plain numbers do not. Line ends become spaces. */
void escape_csv(Buf *out, Str text);
/** A run of text in GitHub-flavoured Markdown: everything that could begin markup, HTML, a
 * mention, an issue or a table cell is escaped; line ends become spaces. */
void escape_markdown(Buf *out, Str text);
/** One line of a terminal: no control character is left, line ends become spaces. */
void escape_terminal(Buf *out, Str text);

/** The defused text alone, for targets that are escaped by another writer (base/json's).
 * Owns: arena. */
const char *escape_defuse(Arena *arena, const char *text);

#endif
