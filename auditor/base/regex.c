/* regex.c - PCRE2 with every limit set; the only door to it.
 *
 * Always JIT: without it a plain `a*[xy]` on 150 kB takes seconds and no match limit stops
 * it (the limits count something else there). Layer: base. SPDX-License-Identifier: MIT */
#include "base/regex.h"

#include "base/sieve.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    MATCH_LIMIT = 100000,
    HEAP_LIMIT_KIB = 16 * 1024,
    PATTERN_LIMIT = 64 * 1024,
    STACK_FIRST = 32 * 1024,
    STACK_MOST = 1024 * 1024,
    GROUPS = 10,
    MACHINE_FROM = 32, /* bytes; a word is found sooner than its machine code is made */
};

struct Regex {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
    struct Machine *machine;
    const Sieve *sieve; /* NULL: every subject is tried */
};

/* Machine code, made when the first long subject comes: most patterns of the catalogue only
 * ever see a few words, and making all of it doubles the time to start. */
typedef struct Machine {
    pcre2_jit_stack *stack;
    bool is_tried, is_made;
} Machine;

static void regex_drop(void *object)
{
    Regex *regex = object;
    pcre2_match_data_free(regex->data);
    pcre2_match_context_free(regex->context);
    pcre2_jit_stack_free(regex->machine->stack);
    pcre2_code_free(regex->code);
}

static pcre2_code *code_make(Str pattern, int flags, int *code, PCRE2_SIZE *offset)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                       PCRE2_NEVER_BACKSLASH_C |
                       ((flags & REGEX_CASELESS) != 0 ? PCRE2_CASELESS : 0U);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_code *compiled = NULL;

    if (context)
        pcre2_set_max_pattern_length(context, PATTERN_LIMIT);
    compiled = pcre2_compile((PCRE2_SPTR)(pattern.data ? pattern.data : ""), pattern.length,
                             options, code, offset, context);
    pcre2_compile_context_free(context);
    return compiled;
}

bool regex_compile(Arena *arena, Str pattern, int flags, const char *where, Regex **regex,
                   Error *err)
{
    Regex *made = ARENA_NEW(arena, Regex);
    PCRE2_SIZE offset = 0;
    int code = 0;

    if (str_starts_with(pattern, STR("(*")))
        return error_set(err, ERROR_INPUT, where, "a pattern must not begin with '(*'");
    made->code = code_make(pattern, flags, &code, &offset);
    if (!made->code) {
        PCRE2_UCHAR message[160] = "";
        pcre2_get_error_message(code, message, sizeof(message));
        return error_set(err, ERROR_INPUT, where, "bad pattern at character %zu: %s",
                         offset + 1, (const char *)message);
    }
    made->machine = ARENA_NEW(arena, Machine);
    arena_on_release(arena, regex_drop, made);
    made->data = pcre2_match_data_create(GROUPS, NULL);
    made->context = pcre2_match_context_create(NULL);
    if (!made->data || !made->context)
        return error_set(err, ERROR_FAILED, where, "out of memory for a pattern");
    pcre2_set_match_limit(made->context, MATCH_LIMIT);
    pcre2_set_heap_limit(made->context, HEAP_LIMIT_KIB);
    made->sieve = sieve_make(arena, pattern);
    *regex = made;
    return true;
}

/* Is there machine code for this subject? It depends on the subject alone: the limits count
 * differently with and without, and an answer may not depend on what was asked before. */
static bool is_fast(const Regex *regex, Str subject)
{
    Machine *machine = regex->machine;

#ifdef REGEX_INTERPRETED
    return false; /* for valgrind, which cannot follow machine code that reads by 16 bytes
                   */
#endif
    if (subject.length < MACHINE_FROM || machine->is_tried)
        return subject.length >= MACHINE_FROM && machine->is_made;
    machine->is_tried = true;
    machine->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
    if (!machine->stack || pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE) != 0)
        return false;
    pcre2_jit_stack_assign(regex->context, NULL, machine->stack);
    machine->is_made = true;
    return true;
}

static void match_fill(const Regex *regex, Str subject, int count, RegexMatch *match)
{
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(regex->data);

    *match = (RegexMatch){.offset = pairs[0]};
    for (size_t i = 0; i < (size_t)count && i < GROUPS; i++) {
        PCRE2_SIZE start = pairs[2 * i];
        PCRE2_SIZE end = pairs[2 * i + 1];
        if (start != PCRE2_UNSET && end >= start)
            match->groups[i] = str_slice(subject, start, end - start);
    }
}

RegexOutcome regex_search(const Regex *regex, Str subject, size_t from, RegexMatch *match)
{
    int count = 0;

    subject = subject.data ? str_slice(subject, 0, REGEX_SUBJECT_LIMIT) : STR("");
    /* An offset inside a character is an error to PCRE2. */
    while (from < subject.length && ((unsigned char)subject.data[from] & 0xC0) == 0x80)
        from++;
    if (from > subject.length || (regex->sieve && !sieve_lets(regex->sieve, subject)))
        return REGEX_ABSENT;
    count = pcre2_match(regex->code, (PCRE2_SPTR)subject.data, subject.length, from,
                        is_fast(regex, subject) ? 0 : PCRE2_NO_JIT, regex->data,
                        regex->context);
    if (count == PCRE2_ERROR_NOMATCH)
        return REGEX_ABSENT;
    if (count < 0)
        return REGEX_STOPPED;
    if (match)
        match_fill(regex, subject, count == 0 ? GROUPS : count, match);
    return REGEX_FOUND;
}

bool regex_find(const Regex *regex, Str subject, size_t from, RegexMatch *match)
{
    return regex_search(regex, subject, from, match) == REGEX_FOUND;
}

bool regex_matches(const Regex *regex, Str subject)
{
    return regex_find(regex, subject, 0, NULL);
}
