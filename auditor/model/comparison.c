/* comparison.c - the words of a comparison. Layer: model. SPDX-License-Identifier: MIT */
#include "model/comparison.h"

const char *change_word_name(ChangeWord word)
{
    static const char *const names[CHANGE_WORD_COUNT] = {
        [CHANGE_INCONCLUSIVE] = "inconclusive",
        [CHANGE_NONE] = "no-notable-change",
        [CHANGE_WORSE] = "worse",
        [CHANGE_BETTER] = "better",
    };
    return names[word];
}

const char *finding_change_name(FindingChange state)
{
    static const char *const names[FINDING_CHANGE_COUNT] = {
        [FINDING_NEW] = "new",         [FINDING_FIXED] = "fixed",
        [FINDING_STILL] = "still",     [FINDING_FLICKERING] = "flickering",
        [FINDING_BY_GRID] = "by-grid", [FINDING_UNSEEN] = "unseen",
    };
    return names[state];
}
