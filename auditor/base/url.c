/* url.c - the URL parser: the standard's state machine, one function for each kind of
 * start.
 *
 * Every function takes what it understands off the front of Parse.rest. Hosts are in
 * url_host.c, escaping in url_escape.c. Layer: base. SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/url_escape.h"
#include "base/url_host.h"

typedef struct Parse {
    Arena *arena;
    const Url *base; /* NULL: none */
    Str rest;        /* valid UTF-8 without tabs and line ends */
    bool is_special;
    Buf *path;
    Url url;
    const char *failure;
} Parse;

/* The special schemes and their ports (file has none). */
static const struct {
    const char *scheme;
    int port;
} special_schemes[] = {{"http", 80}, {"https", 443}, {"ws", 80},
                       {"wss", 443}, {"ftp", 21},    {"file", 0}};

static bool scheme_is_special(const char *scheme)
{
    for (size_t i = 0; i < COUNT_OF(special_schemes); i++)
        if (strcmp(scheme, special_schemes[i].scheme) == 0)
            return true;
    return false;
}

static int scheme_port(const char *scheme)
{
    for (size_t i = 0; i < COUNT_OF(special_schemes); i++)
        if (strcmp(scheme, special_schemes[i].scheme) == 0)
            return special_schemes[i].port;
    return 0;
}

static bool parse_fail(Parse *parse, const char *failure)
{
    parse->failure = failure;
    return false;
}

/* ---- small looks at the text ---- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_slash(const Parse *parse, char c)
{
    return c == '/' || (c == '\\' && parse->is_special);
}

static bool starts_with_slash(const Parse *parse)
{
    return parse->rest.length > 0 && is_slash(parse, parse->rest.data[0]);
}

static void rest_skip(Parse *parse, size_t count)
{
    parse->rest = str_slice(parse->rest, count, SIZE_MAX);
}

/* Take the part in front of the first '?' or '#' (or slash). */
static Str rest_take(Parse *parse, bool stops_at_slash)
{
    size_t end = 0;
    Str part = {0};
    for (; end < parse->rest.length; end++) {
        char c = parse->rest.data[end];
        if (c == '?' || c == '#' || (stops_at_slash && is_slash(parse, c)))
            break;
    }
    part = str_slice(parse->rest, 0, end);
    rest_skip(parse, end);
    return part;
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c);
}

/* "C:" or "C|" */
static bool is_drive(Str s)
{
    return s.length == 2 && is_letter(s.data[0]) && (s.data[1] == ':' || s.data[1] == '|');
}

static bool starts_with_drive(Str s)
{
    return is_drive(str_slice(s, 0, 2)) && (s.length == 2 || is_one_of(s.data[2], "/\\?#"));
}

static const char *escaped(const Parse *parse, Str s, UrlSet set)
{
    AUTO(buf_release) Buf out = {0};
    buf_init(&out, SIZE_MAX);
    url_escape(&out, s, set);
    return arena_str_text(parse->arena, buf_str(&out));
}

/* ---- path ---- */

/* Drop the last segment, but not the drive letter of a file URL. */
static void path_shorten(Parse *parse)
{
    Str path = buf_str(parse->path);
    size_t end = path.length;

    if (strcmp(parse->url.scheme, "file") == 0 && path.length == 3 &&
        is_letter(path.data[1]) && path.data[2] == ':')
        return;
    while (end > 0 && path.data[end - 1] != '/')
        end--;
    buf_truncate(parse->path, end > 0 ? end - 1 : 0);
}

static bool is_dot(Str segment)
{
    return str_equal(segment, STR(".")) || str_equal_nocase(segment, STR("%2e"));
}

static bool is_double_dot(Str segment)
{
    return str_equal(segment, STR("..")) || str_equal_nocase(segment, STR(".%2e")) ||
           str_equal_nocase(segment, STR("%2e.")) ||
           str_equal_nocase(segment, STR("%2e%2e"));
}

static void segment_add(Parse *parse, Str segment, bool is_last)
{
    if (is_double_dot(segment))
        path_shorten(parse);
    if (is_dot(segment) || is_double_dot(segment)) {
        if (is_last)
            buf_add_byte(parse->path, '/');
        return;
    }
    if (strcmp(parse->url.scheme, "file") == 0 && parse->path->length == 0 &&
        is_drive(segment)) {
        const char drive[3] = {'/', segment.data[0], ':'};
        buf_add(parse->path, str_from(drive, sizeof(drive)));
        return;
    }
    buf_add_byte(parse->path, '/');
    url_escape(parse->path, segment, URL_SET_PATH);
}

/* Segments up to '?' or '#', added to what the path holds already. */
static void path_read(Parse *parse)
{
    Str rest = rest_take(parse, false);
    bool is_last = false;

    while (!is_last) {
        size_t end = 0;
        while (end < rest.length && !is_slash(parse, rest.data[end]))
            end++;
        is_last = end == rest.length;
        segment_add(parse, str_slice(rest, 0, end), is_last);
        rest = str_slice(rest, end + 1, SIZE_MAX);
    }
}

/* The path behind an authority. */
static void path_start(Parse *parse)
{
    bool is_absent =
        parse->rest.length == 0 || parse->rest.data[0] == '?' || parse->rest.data[0] == '#';
    if (is_absent && !parse->is_special)
        return;
    if (starts_with_slash(parse))
        rest_skip(parse, 1);
    path_read(parse);
}

static void path_opaque(Parse *parse)
{
    Str path = rest_take(parse, false);
    bool ends_blank = parse->rest.length > 0 && str_ends_with(path, STR(" "));

    parse->url.is_opaque = true;
    if (ends_blank)
        path.length--;
    url_escape(parse->path, path, URL_SET_CONTROL);
    if (ends_blank)
        buf_add_text(parse->path, "%20");
}

/* ---- query and fragment ---- */

static void tail_read(Parse *parse)
{
    if (parse->rest.length > 0 && parse->rest.data[0] == '?') {
        size_t end = str_find_byte(parse->rest, '#', 0);
        Str query = str_slice(parse->rest, 1, end == SIZE_MAX ? SIZE_MAX : end - 1);
        parse->url.query = escaped(
            parse, query, parse->is_special ? URL_SET_SPECIAL_QUERY : URL_SET_QUERY);
        rest_skip(parse, end);
    }
    if (parse->rest.length > 0)
        parse->url.fragment =
            escaped(parse, str_slice(parse->rest, 1, SIZE_MAX), URL_SET_FRAGMENT);
}

/* ---- authority ---- */

static void credentials_read(Parse *parse, Str text)
{
    size_t colon = str_find_byte(text, ':', 0);
    parse->url.username = escaped(parse, str_slice(text, 0, colon), URL_SET_USERINFO);
    if (colon != SIZE_MAX)
        parse->url.password =
            escaped(parse, str_slice(text, colon + 1, SIZE_MAX), URL_SET_USERINFO);
}

static bool port_read(Parse *parse, Str text)
{
    int port = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return parse_fail(parse, "its port is not a number");
        port = port * 10 + (text.data[i] - '0');
        if (port > 65535)
            return parse_fail(parse, "its port is above 65535");
    }
    /* Port 0 cannot be told from "absent" here and nothing listens there. */
    if (text.length > 0 && port == 0)
        return parse_fail(parse, "its port is 0");
    parse->url.port = port == scheme_port(parse->url.scheme) ? 0 : port;
    return true;
}

/* Offset of the ':' in front of the port, or the length. */
static size_t host_end(Str text)
{
    bool is_inside = false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '[')
            is_inside = true;
        else if (text.data[i] == ']')
            is_inside = false;
        else if (text.data[i] == ':' && !is_inside)
            return i;
    }
    return text.length;
}

static size_t last_at(Str text)
{
    for (size_t i = text.length; i > 0; i--)
        if (text.data[i - 1] == '@')
            return i - 1;
    return SIZE_MAX;
}

/* [user[:password]@]host[:port] and the path behind it. */
static bool authority_read(Parse *parse)
{
    Str text = rest_take(parse, true);
    size_t at = last_at(text);
    size_t end = 0;

    if (at != SIZE_MAX) {
        credentials_read(parse, str_slice(text, 0, at));
        text = str_slice(text, at + 1, SIZE_MAX);
    }
    end = host_end(text);
    parse->url.has_host = true;
    if (end == 0 && (parse->is_special || end < text.length || at != SIZE_MAX))
        return parse_fail(parse, "its host is missing");
    if (end < text.length && !port_read(parse, str_slice(text, end + 1, SIZE_MAX)))
        return false;
    if (end > 0)
        parse->url.host = url_host_parse(parse->arena, str_slice(text, 0, end),
                                         parse->is_special, &parse->failure);
    if (!parse->url.host)
        return false;
    path_start(parse);
    return true;
}

/* http:/x, http:\\x and http:////x all mean http://x. */
static bool authority_sloppy(Parse *parse)
{
    while (parse->rest.length > 0 &&
           (parse->rest.data[0] == '/' || parse->rest.data[0] == '\\'))
        rest_skip(parse, 1);
    return authority_read(parse);
}

/* ---- the kinds of start ---- */

static void base_authority(Parse *parse)
{
    parse->url.username = parse->base->username;
    parse->url.password = parse->base->password;
    parse->url.host = parse->base->host;
    parse->url.has_host = parse->base->has_host;
    parse->url.port = parse->base->port;
}

/* A reference that is not absolute, against a base that has a path. */
static bool relative_read(Parse *parse)
{
    if (starts_with_slash(parse)) {
        rest_skip(parse, 1);
        if (starts_with_slash(parse) && parse->is_special)
            return authority_sloppy(parse);
        if (starts_with_slash(parse)) {
            rest_skip(parse, 1);
            return authority_read(parse);
        }
        base_authority(parse);
        path_read(parse);
        return true;
    }
    base_authority(parse);
    buf_add_text(parse->path, parse->base->path);
    parse->url.query = parse->base->query;
    if (parse->rest.length == 0 || parse->rest.data[0] == '#')
        return true;
    parse->url.query = NULL;
    if (parse->rest.data[0] == '?')
        return true;
    path_shorten(parse);
    path_read(parse);
    return true;
}

static bool is_file(const Url *url)
{
    return strcmp(url->scheme, "file") == 0;
}

static bool file_host_read(Parse *parse)
{
    Str before = parse->rest;
    Str text = rest_take(parse, true);

    if (is_drive(text)) {
        parse->rest = before;
        path_read(parse);
        return true;
    }
    if (text.length > 0) {
        parse->url.host = url_host_parse(parse->arena, text, true, &parse->failure);
        if (!parse->url.host)
            return false;
        if (strcmp(parse->url.host, "localhost") == 0)
            parse->url.host = "";
    }
    path_start(parse);
    return true;
}

/* One slash behind "file:": the base's host, and its drive unless there is one. */
static void file_slash_read(Parse *parse)
{
    const Url *base = parse->base;
    if (base && is_file(base)) {
        parse->url.host = base->host;
        if (!starts_with_drive(parse->rest) &&
            starts_with_drive(str_slice(str_of(base->path), 1, SIZE_MAX)))
            buf_add(parse->path, str_slice(str_of(base->path), 0, 3));
    }
    path_read(parse);
}

static bool file_read_rest(Parse *parse)
{
    parse->url.has_host = true;
    if (starts_with_slash(parse)) {
        rest_skip(parse, 1);
        if (starts_with_slash(parse)) {
            rest_skip(parse, 1);
            return file_host_read(parse);
        }
        file_slash_read(parse);
        return true;
    }
    if (!parse->base || !is_file(parse->base)) {
        path_read(parse);
        return true;
    }
    if (starts_with_drive(parse->rest)) {
        parse->url.host = parse->base->host;
        path_read(parse);
        return true;
    }
    return relative_read(parse);
}

/* Behind "scheme:". */
static bool absolute_read(Parse *parse)
{
    const Url *base = parse->base;

    if (strcmp(parse->url.scheme, "file") == 0)
        return file_read_rest(parse);
    if (parse->is_special) {
        if (base && strcmp(base->scheme, parse->url.scheme) == 0 &&
            !str_starts_with(parse->rest, STR("//")))
            return relative_read(parse);
        return authority_sloppy(parse);
    }
    if (str_starts_with(parse->rest, STR("//"))) {
        rest_skip(parse, 2);
        return authority_read(parse);
    }
    if (starts_with_slash(parse)) {
        rest_skip(parse, 1);
        path_read(parse);
        return true;
    }
    path_opaque(parse);
    return true;
}

static bool no_scheme_read(Parse *parse)
{
    const Url *base = parse->base;

    if (!base)
        return parse_fail(parse, "its scheme is missing");
    parse->url.scheme = base->scheme;
    parse->is_special = scheme_is_special(base->scheme);
    if (base->is_opaque) {
        if (!str_starts_with(parse->rest, STR("#")))
            return parse_fail(parse, "nothing can be relative to its base");
        parse->url.is_opaque = true;
        buf_add_text(parse->path, base->path);
        parse->url.query = base->query;
        return true;
    }
    if (is_file(base))
        return file_read_rest(parse);
    return relative_read(parse);
}

/* Length of a scheme that is followed by ':', or 0. */
static size_t scheme_length(Str s)
{
    size_t length = 0;
    if (s.length == 0 || !is_letter(s.data[0]))
        return 0;
    while (length < s.length &&
           (is_letter(s.data[length]) || (s.data[length] >= '0' && s.data[length] <= '9') ||
            is_one_of(s.data[length], "+-.")))
        length++;
    return length < s.length && s.data[length] == ':' ? length : 0;
}

static bool parse_all(Parse *parse)
{
    size_t length = scheme_length(parse->rest);
    bool is_good = false;

    if (length > 0) {
        char *scheme = arena_str_text(parse->arena, str_slice(parse->rest, 0, length));
        for (char *c = scheme; *c != '\0'; c++)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c | 0x20);
        parse->url.scheme = scheme;
        parse->is_special = scheme_is_special(scheme);
        rest_skip(parse, length + 1);
        is_good = absolute_read(parse);
    } else {
        is_good = no_scheme_read(parse);
    }
    if (is_good)
        tail_read(parse);
    return is_good;
}

/* ---- in and out ---- */

/* Valid UTF-8, trimmed of controls and spaces, without tabs and line ends. */
static Str input_clean(Arena *arena, Str input)
{
    AUTO(buf_release) Buf out = {0};

    while (input.length > 0 && (unsigned char)input.data[0] <= ' ')
        input = str_slice(input, 1, SIZE_MAX);
    while (input.length > 0 && (unsigned char)input.data[input.length - 1] <= ' ')
        input.length--;
    buf_init(&out, SIZE_MAX);
    for (size_t i = 0; i < input.length;) {
        unsigned rune = str_next_rune(input, &i);
        if (rune != '\t' && rune != '\n' && rune != '\r')
            buf_add_rune(&out, rune);
    }
    return arena_str(arena, buf_str(&out));
}

static const char *url_text(Arena *arena, const Url *url)
{
    AUTO(buf_release) Buf out = {0};

    buf_init(&out, SIZE_MAX);
    buf_printf(&out, "%s:", url->scheme);
    if (url->has_host) {
        buf_add_text(&out, "//");
        if (url->password[0] != '\0')
            buf_printf(&out, "%s:%s@", url->username, url->password);
        else if (url->username[0] != '\0')
            buf_printf(&out, "%s@", url->username);
        buf_add_text(&out, url->host);
        if (url->port != 0)
            buf_printf(&out, ":%d", url->port);
    } else if (!url->is_opaque && str_starts_with(str_of(url->path), STR("//"))) {
        /* Otherwise the path would read as an authority. */
        buf_add_text(&out, "/.");
    }
    buf_add_text(&out, url->path);
    if (url->query)
        buf_printf(&out, "?%s", url->query);
    if (url->fragment)
        buf_printf(&out, "#%s", url->fragment);
    return arena_str_text(arena, buf_str(&out));
}

bool url_parse(Arena *arena, Str input, const Url *base, Url *url, Error *err)
{
    AUTO(buf_release) Buf path = {0};
    Parse parse = {.arena = arena, .base = base};
    Str shown = {0};
    bool is_good = false;

    *url = (Url){
        .href = "", .scheme = "", .username = "", .password = "", .host = "", .path = ""};
    if (input.length > URL_LIMIT)
        return error_set(err, ERROR_INPUT, NULL, "a URL is longer than %d bytes",
                         (int)URL_LIMIT);
    buf_init(&path, SIZE_MAX);
    parse.path = &path;
    parse.url = *url;
    parse.rest = input_clean(arena, input);
    shown = str_slice(parse.rest, 0, 200);
    is_good = parse_all(&parse);
    if (!is_good)
        return error_set(err, ERROR_INPUT, NULL, "'%.*s' is not a URL: %s", STR_ARGS(shown),
                         parse.failure);
    *url = parse.url;
    url->path = arena_str_text(arena, buf_str(&path));
    url->href = url_text(arena, url);
    return true;
}

const char *url_resolve(Arena *arena, Str input, const char *base_href)
{
    Url base;
    Url url;

    if (base_href && !url_parse(arena, str_of(base_href), NULL, &base, NULL))
        return NULL;
    if (!url_parse(arena, input, base_href ? &base : NULL, &url, NULL))
        return NULL;
    return url.href;
}

int url_port(const Url *url)
{
    return url->port != 0 ? url->port : scheme_port(url->scheme);
}
