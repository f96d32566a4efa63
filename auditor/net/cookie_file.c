/* cookie_file.c - see cookie_file.h. Each cookie enters the jar as a Set-Cookie line, so
 * that the jar's rules and limits hold for it too.
 *
 * Layer: net. SPDX-License-Identifier: MIT */
#include "net/cookie_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum { LINE_BYTES = 8192, LINES_MAX = 5000, FIELD_COUNT = 7 };

static void pairs_take(CookieJar *jar, Arena *arena, const char *option, const char *url,
                       int64_t now_us)
{
    Str rest = str_of(option);
    Str pair;
    while (str_next(&rest, ';', &pair)) {
        pair = str_trim(pair);
        const char *why_not = NULL;
        if (pair.length)
            cookie_jar_receive(jar, url,
                               arena_printf(arena, "%.*s; Path=/", STR_ARGS(pair)), now_us,
                               &why_not);
    }
}

/** One line of the file; comments and blank lines are nothing. Returns false when it has
 * not seven fields. */
static bool line_take(CookieJar *jar, Arena *arena, Str line, int64_t now_us)
{
    bool is_http_only = str_starts_with(line, STR("#HttpOnly_"));
    if (is_http_only)
        line = str_slice(line, sizeof "#HttpOnly_" - 1, line.length);
    if (str_trim(line).length == 0 || line.data[0] == '#')
        return true;
    Str fields[FIELD_COUNT];
    int count = 0;
    while (count < FIELD_COUNT && str_next(&line, '\t', &fields[count]))
        count++;
    if (count == FIELD_COUNT - 1)
        fields[count++] = STR("");
    long long expires_s = 0;
    if (count != FIELD_COUNT || !str_to_int(fields[4], &expires_s))
        return false;
    long long age_s = expires_s - now_us / 1000000;
    if (expires_s != 0 && age_s <= 0)
        return true;
    Str domain = fields[0];
    if (str_starts_with(domain, STR(".")))
        domain = str_slice(domain, 1, domain.length);
    bool is_secure = str_equal_nocase(fields[3], STR("TRUE"));
    const char *url = arena_printf(arena, "%s://%.*s%.*s", is_secure ? "https" : "http",
                                   STR_ARGS(domain), STR_ARGS(fields[2]));
    const char *scope = str_equal_nocase(fields[1], STR("TRUE"))
                            ? arena_printf(arena, "; Domain=%.*s", STR_ARGS(domain))
                            : "";
    const char *age = expires_s ? arena_printf(arena, "; Max-Age=%lld", age_s) : "";
    const char *why_not = NULL;
    cookie_jar_receive(
        jar, url,
        arena_printf(arena, "%.*s=%.*s; Path=%.*s%s%s%s%s", STR_ARGS(fields[5]),
                     STR_ARGS(fields[6]), STR_ARGS(fields[2]), scope, age,
                     is_secure ? "; Secure" : "", is_http_only ? "; HttpOnly" : ""),
        now_us, &why_not);
    return true;
}

static void file_close(FILE **file)
{
    if (*file)
        fclose(*file);
}

static bool file_take(CookieJar *jar, Arena *arena, const char *path, int64_t now_us,
                      Error *err)
{
    AUTO(file_close) FILE *file = fopen(path, "rbe");
    if (!file)
        return error_set(err, error_code_of_errno(errno), path, "cannot open: %s",
                         strerror(errno)) ||
               error_hint(err, "-b takes 'name=value' or a file of cookies");
    char line[LINE_BYTES];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        size_t length = strcspn(line, "\r\n");
        bool is_whole = line[length] != '\0' || feof(file);
        if (number > LINES_MAX || !is_whole ||
            !line_take(jar, arena, str_from(line, length), now_us))
            return error_set(err, ERROR_INPUT, arena_printf(arena, "%s:%d", path, number),
                             "is no line of a cookie file");
    }
    if (ferror(file))
        return error_set(err, ERROR_FAILED, path, "cannot be read to its end");
    return true;
}

bool cookie_option_take(CookieJar *jar, Arena *arena, const char *option, const char *url,
                        int64_t now_us, Error *err)
{
    if (!strchr(option, '='))
        return file_take(jar, arena, option, now_us, err);
    pairs_take(jar, arena, option, url, now_us);
    return true;
}
