/* regex_fuzz.c - the first line is a pattern, the rest its subject.
 *
 * SPDX-License-Identifier: MIT */
#include "base/regex.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Str subject = str_from((const char *)data, size);
    Str pattern = {0};
    Regex *regex = NULL;
    RegexMatch match;
    size_t from = 0;

    if (!str_next(&subject, '\n', &pattern) || pattern.length > 200 ||
        !regex_compile(arena, pattern, (int)(size % 2), "f", &regex, NULL))
        return 0;
    for (int i = 0; i < 20 && regex_find(regex, subject, from, &match); i++) {
        for (size_t group = 0; group < COUNT_OF(match.groups); group++) {
            Str found = match.groups[group];
            FUZZ_ASSERT(!found.data || found.length == 0 ||
                        (found.data >= subject.data &&
                         found.data + found.length <= subject.data + subject.length));
        }
        from = match.offset + (match.groups[0].length > 0 ? match.groups[0].length : 1);
    }
    return 0;
}
