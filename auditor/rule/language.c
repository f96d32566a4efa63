/* language.c - which language a page's text is in, told by its small words.
 *
 * Six languages are known; where two are near each other nobody is told. Layer: rule.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "rule/reading.h"

enum {
    WORDS_LEAST = 100,
    WORDS_MOST = 1000, /* read of a page */
    HITS_LEAST = 15,
    LEAD = 3,
    LANGUAGES = 6,
    LETTERS_MOST = 10, /* of a small word, in bytes */
};

/* Small words that the other languages here do not have. */
static const struct {
    const char *language;
    const char *words;
} SMALL_WORDS[LANGUAGES] = {
    {"en", " the and with your this from you are our that have will for is of "},
    {"fr", " les des est vous votre pour dans avec nous sur une aux cette sont au "},
    {"de", " der die und das ist sie für mit auf nicht ein eine wir werden sich "},
    {"es", " los las el con una por del nuestro sus como más está tu y muy "},
    {"it", " gli della il che nostro sono più nel alla questo dei nella anche è "},
    {"nl", " het een van met voor zijn niet aan ons je deze wij bij ook uw "},
};

/** Language of a text: its code; "" when there is too little or it is not sure. */
static const char *language_guess(Str folded)
{
    int hits[LANGUAGES] = {0};
    int best = 0, second = -1;
    size_t words = 0;
    Str word;
    while (words < WORDS_MOST && str_next_word(&folded, &word)) {
        char spaced[LETTERS_MOST + 2] = " ";
        words++;
        if (word.length > LETTERS_MOST)
            continue;
        memcpy(spaced + 1, word.data, word.length);
        spaced[word.length + 1] = ' ';
        for (int i = 0; i < LANGUAGES; i++)
            hits[i] += str_contains(str_of(SMALL_WORDS[i].words),
                                    str_from(spaced, word.length + 2));
    }
    for (int i = 1; i < LANGUAGES; i++) {
        if (hits[i] > hits[best]) {
            second = best;
            best = i;
        } else if (second < 0 || hits[i] > hits[second]) {
            second = i;
        }
    }
    bool is_sure = words >= WORDS_LEAST && hits[best] >= HITS_LEAST &&
                   hits[best] >= LEAD * hits[second];
    return is_sure ? SMALL_WORDS[best].language : "";
}

static const char *language_of_page(const Subject *subject)
{
    return language_guess(view_folded(subject->view, VIEW_TEXT));
}

bool is_language_true(const Subject *subject, const Node *node)
{
    const char *declared = view_language(subject->view);
    const char *guess = language_of_page(subject);
    (void)node;
    return !*declared || !*guess || strcmp(declared, guess) == 0;
}

bool is_in_french(const Subject *subject, const Node *node)
{
    const char *guess = language_of_page(subject);
    (void)node;
    return !*guess || strcmp(guess, "fr") == 0;
}
