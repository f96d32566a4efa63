/* texts.h - what the shop says: labels and sentences in every language.
 *
 * A text that a language lacks falls back to English. Layer: demo (shop).
 * SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_TEXTS_H
#define DEMO_SHOP_TEXTS_H

#include "demo/shop/catalogue.h"

typedef enum TextId {

#define TEXT(constant, en, fr) TEXT_##constant,
#include "demo/shop/texts.def"
#undef TEXT
    TEXT_COUNT,
} TextId;

/** Text in a language. */
const char *text_in(TextId text, Lang lang);
/** "en", "fr": the language's code and first part of its paths. */
const char *lang_code(Lang lang);
/** "English", "Français": its name in itself. */
const char *lang_name(Lang lang);
/** Language of a code's first two letters; LANG_COUNT when there is none. */
Lang lang_of(const char *code);
/** First language of an Accept-Language value that the shop speaks, else English. */
Lang lang_accepted(const char *accept_language);

#endif
