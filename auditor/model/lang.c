/* lang.c - a text in one of its languages. Layer: model. SPDX-License-Identifier: MIT */
#include "model/lang.h"

#include <stddef.h>
#include <string.h>

const char *lang_text(const LangText *text, const char *language)
{
    const char *english = "";
    for (int i = 0; i < text->count; i++) {
        if (language && strcmp(text->languages[i], language) == 0)
            return text->texts[i];
        if (strcmp(text->languages[i], "en") == 0)
            english = text->texts[i];
    }
    return english;
}
