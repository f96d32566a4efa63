/* flaw.c - the table of flaws: look-up and the --flaws list. Layer: demo.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "demo/demo.h"

static const DemoFlawInfo FLAWS[FLAW_COUNT] = {
#define FLAW(constant, id_, rules_, pages_, en_, fr_)                                      \
    [FLAW_##constant] = {.id = (id_),                                                      \
                         .rules = (rules_),                                                \
                         .pages = (pages_),                                                \
                         .engine = "http chromium",                                        \
                         .en = (en_),                                                      \
                         .fr = (fr_)},
#define BROWSER_FLAW(constant, id_, rules_, pages_, en_, fr_)                              \
    [FLAW_##constant] = {.id = (id_),                                                      \
                         .rules = (rules_),                                                \
                         .pages = (pages_),                                                \
                         .engine = "chromium",                                             \
                         .en = (en_),                                                      \
                         .fr = (fr_)},
#include "demo/flaw.def"
#undef FLAW
};

const DemoFlawInfo *demo_flaws(size_t *count)
{
    *count = FLAW_COUNT;
    return FLAWS;
}

static DemoFlaw flaw_of(Str id)
{
    for (DemoFlaw flaw = 0; flaw < FLAW_COUNT; flaw++)
        if (str_equal_text(id, FLAWS[flaw].id))
            return flaw;
    return FLAW_COUNT;
}

DemoFlaw demo_flaw_of(const char *id)
{
    return flaw_of(str_of(id));
}

static bool flaw_unknown(Str id, Error *err)
{
    const char *ids[FLAW_COUNT];
    char word[64] = "";
    for (DemoFlaw flaw = 0; flaw < FLAW_COUNT; flaw++)
        ids[flaw] = FLAWS[flaw].id;
    if (id.length < sizeof word)
        memcpy(word, id.data, id.length);
    error_set(err, ERROR_INPUT, "--flaws", "unknown flaw '%s'", word);
    const char *near = error_did_you_mean(word, ids, FLAW_COUNT);
    if (near)
        return error_hint(err, "did you mean '%s'?", near);
    return error_hint(err, "'mystery demo --list-flaws' lists them");
}

bool demo_flaws_parse(const char *list, DemoOptions *options, Error *err)
{
    Str rest = str_of(list);
    Str part;
    while (str_next(&rest, ',', &part)) {
        part = str_trim(part);
        if (str_is_empty(part))
            continue;
        if (str_equal_text(part, "all")) {
            for (DemoFlaw flaw = 0; flaw < FLAW_COUNT; flaw++)
                options->flaws[flaw] = true;
            continue;
        }
        DemoFlaw flaw = flaw_of(part);
        if (flaw == FLAW_COUNT)
            return flaw_unknown(part, err);
        options->flaws[flaw] = true;
    }
    return true;
}

void demo_options_init(DemoOptions *options)
{
    *options = (DemoOptions){.stop_fd = -1};
}
