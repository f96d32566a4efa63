/* lang.h - texts for people in the languages of the report.
 *
 * A text that a language lacks falls back to English, one by one. Layer: model.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_LANG_H
#define MODEL_LANG_H

/** One text in several languages, as loaded from data: parallel arrays of language code and
 * text, English first. */
typedef struct LangText {
    int count;
    const char *languages[8]; /**< "en", "fr", ... */
    const char *texts[8];
} LangText;

/** Text in a language ("fr"), else English, else "". Owns: nothing. */
const char *lang_text(const LangText *text, const char *language);

#endif
