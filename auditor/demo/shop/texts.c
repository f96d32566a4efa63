/* texts.c - see texts.h. Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "demo/shop/texts.h"

#include "base/str.h"

static const Words TEXTS[TEXT_COUNT] = {
#define TEXT(constant, en, fr) [TEXT_##constant] = {{[LANG_EN] = (en), [LANG_FR] = (fr)}},
#include "demo/shop/texts.def"
#undef TEXT
};

static const char *const CODES[LANG_COUNT] = {[LANG_EN] = "en", [LANG_FR] = "fr"};
static const char *const NAMES[LANG_COUNT] = {
    [LANG_EN] = "English", [LANG_FR] = "Français"};

const char *text_in(TextId text, Lang lang)
{
    return words_in(&TEXTS[text], lang);
}

const char *lang_code(Lang lang)
{
    return CODES[lang];
}

const char *lang_name(Lang lang)
{
    return NAMES[lang];
}

Lang lang_of(const char *code)
{
    for (Lang lang = 0; lang < LANG_COUNT; lang++)
        if (str_starts_with_nocase(str_of(code), str_of(CODES[lang])))
            return lang;
    return LANG_COUNT;
}

Lang lang_accepted(const char *accept_language)
{
    /* Browsers send the list in order of preference, so weights need not be read. */
    Str rest = str_of(accept_language);
    Str part;
    while (str_next(&rest, ',', &part)) {
        part = str_trim(part);
        for (Lang lang = 0; lang < LANG_COUNT; lang++)
            if (str_starts_with_nocase(part, str_of(CODES[lang])))
                return lang;
    }
    return LANG_EN;
}
