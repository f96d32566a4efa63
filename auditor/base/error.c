/* error.c - filling errors, and the nearest word for did-you-mean hints.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"

enum { WORD_MOST = 64, DISTANCE_MOST = 3 };

/* Drop a UTF-8 sequence that was cut in the middle at the end of text. */
static void text_mend(char *text)
{
    size_t length = strlen(text);
    size_t start = length;
    unsigned char lead = 0;
    size_t wanted = 1;

    while (start > 0 && length - start < 3 &&
           ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    lead = (unsigned char)text[start - 1];
    if (lead >= 0xF0)
        wanted = 4;
    else if (lead >= 0xE0)
        wanted = 3;
    else if (lead >= 0xC0)
        wanted = 2;
    if (wanted > 1 && length - (start - 1) < wanted)
        text[start - 1] = '\0';
}

static PRINTF_LIKE(3, 0) void text_format(char *text, size_t size, const char *format,
                                          va_list arguments)
{
    int length = vsnprintf(text, size, format, arguments);
    if (length < 0)
        text[0] = '\0';
    else if ((size_t)length >= size)
        text_mend(text);
}

static void text_copy(char *text, size_t size, const char *source)
{
    size_t length = strlen(source);
    bool is_cut = length >= size;
    if (is_cut)
        length = size - 1;
    memcpy(text, source, length);
    text[length] = '\0';
    if (is_cut)
        text_mend(text);
}

bool error_set(Error *err, ErrorCode code, const char *where, const char *format, ...)
{
    va_list arguments;

    if (!err || err->code != ERROR_NONE)
        return false;
    err->code = code;
    text_copy(err->where, sizeof(err->where), where ? where : "");
    va_start(arguments, format);
    text_format(err->what, sizeof(err->what), format, arguments);
    va_end(arguments);
    return false;
}

bool error_hint(Error *err, const char *format, ...)
{
    va_list arguments;

    if (!err || err->hint[0] != '\0')
        return false;
    va_start(arguments, format);
    text_format(err->hint, sizeof(err->hint), format, arguments);
    va_end(arguments);
    return false;
}

bool error_at(Error *err, const char *where)
{
    if (err && where && err->where[0] == '\0')
        text_copy(err->where, sizeof(err->where), where);
    return false;
}

void error_clear(Error *err)
{
    if (err)
        *err = (Error){.code = ERROR_NONE};
}

bool error_pass(Error *err, const Error *inner)
{
    if (err && err->code == ERROR_NONE)
        *err = *inner;
    return false;
}

int error_exit_code(ErrorCode code)
{
    switch (code) {
    case ERROR_NONE: return 0;
    case ERROR_FAILED: return 1;
    case ERROR_BAR: return 2;
    case ERROR_INPUT: return 3;
    case ERROR_INCONCLUSIVE: return 4;
    case ERROR_INTERRUPTED: return 130;
    case ERROR_LIMIT: return 1;
    }
    return 1;
}

ErrorCode error_code_of_errno(int number)
{
    static const int names[] = {ENOENT,       EACCES, EPERM, EISDIR, ENOTDIR,
                                ENAMETOOLONG, ELOOP,  ENXIO, EINVAL};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (names[i] == number)
            return ERROR_INPUT;
    return ERROR_FAILED;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Edit distance with swaps of neighbours (optimal string alignment), both words shorter
 * than WORD_MOST. */
static int word_distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int rows[3][WORD_MOST + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_length; j++)
        last[j] = before[j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        int *next = before;
        row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            int cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = least(least(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
        row = next;
    }
    return last[b_length];
}

const char *error_did_you_mean(const char *word, const char *const *candidates, int count)
{
    size_t length = strlen(word);
    const char *best = NULL;
    int best_distance = DISTANCE_MOST + 1;

    if (length >= WORD_MOST)
        return NULL;
    for (int i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        int distance = 0;
        if (other >= WORD_MOST)
            continue;
        distance = word_distance(word, length, candidates[i], other);
        if (distance < best_distance && (size_t)distance * 2 < length) {
            best = candidates[i];
            best_distance = distance;
        }
    }
    return best;
}
