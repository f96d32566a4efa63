/* literal.c - reads a regular expression for the texts that every match of it holds.
 *
 * A sequence is followed as a small set of texts that it may be so far ("to cart", "to
 * basket"); where that set ends (a class, a star, too many) the best one seen is kept: the
 * longest, then the smallest. An alternation needs one of what its branches need.
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/literal.h"

#include <string.h>

#include "base/attr.h"

enum {
    RUN_MOST = 48,    /* texts of a run under way */
    UNION_MOST = 400, /* texts of an alternation */
    DEPTH_MOST = 50,
    CLASS_MOST = 4, /* letters of a class that are worth following */
    GOOD_LENGTH = 8,
};

/** Texts; none: nothing is known to be needed. */
typedef struct Texts {
    Str *items;
    size_t count;
} Texts;

/** What an atom or a group is: exactly one of these texts, or something that needs one. */
typedef struct Part {
    bool is_exact;
    Texts texts;
} Part;

typedef struct Reader {
    Arena *arena;
    Str pattern;
    size_t at;
    int depth;
    bool is_lost; /* something that this reader does not know */
} Reader;

/** How often an atom stands there. */
typedef struct Repeat {
    bool is_optional; /* may be missing */
    bool is_many;     /* may stand there more than once */
} Repeat;

static Part alternation_read(Reader *reader);

static bool has_more(const Reader *reader)
{
    return reader->at < reader->pattern.length && !reader->is_lost;
}

static unsigned char peek(const Reader *reader, size_t ahead)
{
    size_t at = reader->at + ahead;
    return at < reader->pattern.length ? (unsigned char)reader->pattern.data[at] : 0;
}

static char letter_small(unsigned char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static Texts texts_one(Reader *reader, Str text)
{
    Texts texts = {ARENA_NEW(reader->arena, Str), 1};
    texts.items[0] = text;
    return texts;
}

static Texts texts_join(Reader *reader, Texts one, Texts other)
{
    Texts all = {ARENA_ARRAY(reader->arena, one.count + other.count + 1, Str), 0};
    for (size_t i = 0; i < one.count; i++)
        all.items[all.count++] = one.items[i];
    for (size_t i = 0; i < other.count; i++)
        all.items[all.count++] = other.items[i];
    return all;
}

static size_t texts_shortest(Texts texts)
{
    size_t shortest = texts.count ? SIZE_MAX : 0;
    for (size_t i = 0; i < texts.count; i++)
        if (texts.items[i].length < shortest)
            shortest = texts.items[i].length;
    return shortest;
}

/* Every text of one followed by every text of the other; false: too many, or too long. */
static bool texts_cross(Reader *reader, Texts one, Texts other, Texts *out)
{
    Texts all = {NULL, 0};
    if (one.count * other.count > RUN_MOST)
        return false;
    all.items = ARENA_ARRAY(reader->arena, one.count * other.count + 1, Str);
    for (size_t i = 0; i < one.count; i++) {
        for (size_t j = 0; j < other.count; j++) {
            Str left = one.items[i], right = other.items[j];
            char *text = arena_alloc(reader->arena, left.length + right.length + 1);
            if (left.length + right.length > LITERAL_MOST)
                return false;
            memcpy(text, left.data, left.length);
            memcpy(text + left.length, right.data, right.length);
            all.items[all.count++] = str_from(text, left.length + right.length);
        }
    }
    *out = all;
    return true;
}

/* Letters, digits and spaces are everywhere; a lone sign may tell. */
static bool texts_are_telling(Texts texts)
{
    for (size_t i = 0; i < texts.count; i++) {
        Str text = texts.items[i];
        if (text.length < LITERAL_LEAST &&
            (text.length == 0 ||
             !strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", text.data[0])))
            return false;
    }
    return texts.count > 0;
}

/* Keep what tells more: longer texts, then fewer of them. */
static void need_consider(Texts *best, Texts texts)
{
    size_t ours = texts_shortest(*best), theirs = texts_shortest(texts);
    if (!texts_are_telling(texts))
        return;
    ours = ours < GOOD_LENGTH ? ours : GOOD_LENGTH;
    theirs = theirs < GOOD_LENGTH ? theirs : GOOD_LENGTH;
    if (best->count == 0 || theirs > ours || (theirs == ours && texts.count < best->count))
        *best = texts;
}

static Part part_unknown(void)
{
    return (Part){.is_exact = false};
}

static Part part_empty(Reader *reader)
{
    return (Part){.is_exact = true, .texts = texts_one(reader, STR(""))};
}

static Part part_letter(Reader *reader, unsigned char c)
{
    char *text = arena_alloc(reader->arena, 2);
    text[0] = letter_small(c);
    return (Part){.is_exact = true, .texts = texts_one(reader, str_from(text, 1))};
}

/* ---- atoms ---- */

/* "\p{L}", "\x{2019}": any letter. */
static Part braced_skip(Reader *reader, bool is_number)
{
    size_t end = str_find_byte(reader->pattern, '}', reader->at);
    if (peek(reader, 0) == '{' && end != SIZE_MAX)
        reader->at = end + 1;
    else if (is_number || peek(reader, 0) == '{')
        reader->is_lost = true;
    else
        reader->at++;
    return part_unknown();
}

/* Behind the backslash. */
static Part escape_read(Reader *reader)
{
    unsigned char c = peek(reader, 0);
    reader->at++;
    if (c && strchr("bBAzZG", c))
        return part_empty(reader);
    if (c && strchr("dDwWsShHvVRXtnrfea", c))
        return part_unknown();
    if (c >= '1' && c <= '9') { /* what a group matched */
        while (peek(reader, 0) >= '0' && peek(reader, 0) <= '9')
            reader->at++;
        return part_unknown();
    }
    if (c == 'p' || c == 'P' || c == 'x')
        return braced_skip(reader, c == 'x');
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
        c >= 0x80 || c == 0) {
        reader->is_lost = true;
        return part_unknown();
    }
    return part_letter(reader, c);
}

/* "[sz]" is worth following, anything longer is any letter. */
static Part class_read(Reader *reader)
{
    Part part = {.is_exact = true};
    bool is_first = true;
    part.texts.items = ARENA_ARRAY(reader->arena, CLASS_MOST, Str);
    if (peek(reader, 0) == '^') {
        part.is_exact = false;
        reader->at++;
    }
    for (; has_more(reader) && (is_first || peek(reader, 0) != ']'); is_first = false) {
        unsigned char c = peek(reader, 0);
        reader->at++;
        if (c == '\\') {
            c = peek(reader, 0);
            reader->at++;
            part.is_exact = false;
            reader->is_lost = reader->is_lost || c == 'Q' || c == 'E';
        } else if (c == '[' && (peek(reader, 0) == ':' || peek(reader, 0) == '.' ||
                                peek(reader, 0) == '=')) {
            reader->is_lost = true;
        }
        bool is_range = c == '-' && !is_first && peek(reader, 0) != ']';
        if (is_range || c >= 0x80 || part.texts.count == CLASS_MOST)
            part.is_exact = false;
        else
            part.texts.items[part.texts.count++] = part_letter(reader, c).texts.items[0];
    }
    reader->is_lost = reader->is_lost || !has_more(reader);
    reader->at++;
    return part.is_exact ? part : part_unknown();
}

/* Behind the bracket: which kind of group; false: one this reader does not know. */
static bool group_begin(Reader *reader, bool *is_around)
{
    static const struct {
        const char *text;
        bool is_around;
    } KINDS[] = {{"?:", false},
                 {"?=", true},
                 {"?!", true},
                 {"?<=", true},
                 {"?<!", true},
                 {"?>", false},
                 /* settings of case: the rest is looked for without it */
                 {"?i", true},
                 {"?-i", true}};

    Str rest = str_slice(reader->pattern, reader->at, SIZE_MAX);
    *is_around = false;
    if (peek(reader, 0) != '?' && peek(reader, 0) != '*')
        return true;
    for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
        if (str_starts_with(rest, str_of(KINDS[i].text))) {
            reader->at += strlen(KINDS[i].text);
            *is_around = KINDS[i].is_around;
            return true;
        }
    }
    return false;
}

static Part group_read(Reader *reader)
{
    bool is_around = false;
    Part part;
    if (!group_begin(reader, &is_around) || reader->depth >= DEPTH_MOST) {
        reader->is_lost = true;
        return part_unknown();
    }
    reader->depth++;
    part = alternation_read(reader);
    reader->depth--;
    if (peek(reader, 0) != ')')
        reader->is_lost = true;
    reader->at++;
    return is_around ? part_empty(reader) : part;
}

static Part atom_read(Reader *reader)
{
    unsigned char c = peek(reader, 0);
    reader->at++;
    switch (c) {
    case '\\': return escape_read(reader);
    case '[': return class_read(reader);
    case '(': return group_read(reader);
    case '.': return part_unknown();
    case '^':
    case '$': return part_empty(reader);
    case '*':
    case '+':
    case '?': reader->is_lost = true; return part_unknown();
    default: break;
    }
    if (c < 0x80)
        return part_letter(reader, c);
    while ((peek(reader, 0) & 0xC0) == 0x80)
        reader->at++;
    return part_unknown();
}

/* ---- sequences ---- */

/* "{2}", "{1,3}", "{0,}"; any other brace is a letter. */
static bool braces_read(Reader *reader, Repeat *repeat)
{
    size_t at = 1;
    int low = 0, digits = 0;
    for (; peek(reader, at) >= '0' && peek(reader, at) <= '9' && digits < 6; at++, digits++)
        low = low * 10 + (peek(reader, at) - '0');
    if (digits == 0) {
        /* "{,3}" means one thing or another by version */
        reader->is_lost = reader->is_lost || peek(reader, at) == ',';
        return false;
    }
    if (peek(reader, at) == ',')
        for (at++; peek(reader, at) >= '0' && peek(reader, at) <= '9';)
            at++;
    if (peek(reader, at) != '}')
        return false;
    reader->at += at + 1;
    *repeat = (Repeat){.is_optional = low == 0, .is_many = true};
    return true;
}

static Repeat repeat_read(Reader *reader)
{
    Repeat repeat = {false, false};
    unsigned char c = peek(reader, 0);
    if (c == '?' || c == '*' || c == '+') {
        reader->at++;
        repeat = (Repeat){.is_optional = c != '+', .is_many = c != '?'};
    } else if (c != '{' || !braces_read(reader, &repeat)) {
        return repeat;
    }
    if (peek(reader, 0) == '?' || peek(reader, 0) == '+')
        reader->at++;
    return repeat;
}

/** A sequence as far as it is read. */
typedef struct Run {
    Texts run;  /* what it may be since the last gap */
    Texts best; /* what it needs, as far as known */
    bool is_exact;
} Run;

static void run_break(Reader *reader, Run *run, Texts next)
{
    need_consider(&run->best, run->run);
    run->run = next.count ? next : texts_one(reader, STR(""));
    run->is_exact = false;
}

static void run_add(Reader *reader, Run *run, Part part, Repeat repeat)
{
    Texts texts = part.texts, longer;
    if (!part.is_exact) {
        run_break(reader, run, (Texts){NULL, 0});
        if (!repeat.is_optional)
            need_consider(&run->best, texts);
        return;
    }
    if (repeat.is_many && repeat.is_optional) {
        run_break(reader, run, (Texts){NULL, 0});
        return;
    }
    if (repeat.is_optional)
        texts = texts_join(reader, texts, texts_one(reader, STR("")));
    if (texts_cross(reader, run->run, texts, &longer))
        run->run = longer;
    else
        run_break(reader, run, texts);
    if (repeat.is_many) /* the last time it stands there goes on with what follows */
        run_break(reader, run, texts);
}

static Part sequence_read(Reader *reader)
{
    Run run = {.run = texts_one(reader, STR("")), .is_exact = true};
    while (has_more(reader) && peek(reader, 0) != '|' && peek(reader, 0) != ')') {
        Part part = atom_read(reader);
        run_add(reader, &run, part, repeat_read(reader));
    }
    if (run.is_exact)
        return (Part){.is_exact = true, .texts = run.run};
    need_consider(&run.best, run.run);
    return (Part){.is_exact = false, .texts = run.best};
}

static Part alternation_read(Reader *reader)
{
    Part whole = sequence_read(reader);
    bool has_all = true; /* every branch needs something */
    has_all = whole.is_exact || whole.texts.count > 0;
    while (has_more(reader) && peek(reader, 0) == '|') {
        Part branch;
        reader->at++;
        branch = sequence_read(reader);
        has_all = has_all && (branch.is_exact || branch.texts.count > 0) &&
                  whole.texts.count + branch.texts.count <= UNION_MOST;
        if (!has_all) {
            whole = part_unknown();
            continue;
        }
        whole.is_exact = whole.is_exact && branch.is_exact;
        whole.texts = texts_join(reader, whole.texts, branch.texts);
    }
    if (!whole.is_exact && !texts_are_telling(whole.texts))
        return part_unknown();
    return whole;
}

bool literals_read(Arena *arena, Str pattern, Literals *literals)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    Reader reader = {.arena = scratch, .pattern = pattern};
    Part part = alternation_read(&reader);
    *literals = (Literals){NULL, 0};
    if (reader.is_lost || reader.at < pattern.length || !texts_are_telling(part.texts))
        return false;
    literals->items = ARENA_ARRAY(arena, part.texts.count, Str);
    for (size_t i = 0; i < part.texts.count; i++)
        literals->items[literals->count++] = arena_str(arena, part.texts.items[i]);
    return true;
}

bool literals_may_hide(Str subject)
{
    return str_contains(subject, STR("\xC5\xBF")) ||
           str_contains(subject, STR("\xE2\x84\xAA"));
}
