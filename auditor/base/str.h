/* str.h - a view of bytes from outside: pointer and length, NUL is just a byte.
 *
 * Owns nothing; lives as long as what it points into. Layer: base. Used everywhere.
 * SPDX-License-Identifier: MIT */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes that somebody else owns. data may be NULL only when length is 0. */
typedef struct Str {
    const char *data;
    size_t length;
} Str;

/** Str of a string literal. */
#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
/** The two printf arguments of "%.*s" (for text known to be shorter than INT_MAX). */
#define STR_ARGS(s) (int)(s).length, (s).data

/** View a NUL-ended string. text: may be NULL (gives the empty Str). Owns: nothing. */
Str str_of(const char *text);
/** View length bytes at data. */
Str str_from(const char *data, size_t length);
/** Is it empty? */
bool str_is_empty(Str s);
/** Same bytes? */
bool str_equal(Str a, Str b);
/** Same bytes as the NUL-ended text? text may be NULL (equal to nothing but empty). */
bool str_equal_text(Str a, const char *text);
/** Same bytes when A-Z count as a-z? Other bytes are compared exactly. */
bool str_equal_nocase(Str a, Str b);
/** Byte order, for sorting: <0, 0, >0. */
int str_compare(Str a, Str b);
/** Does s begin / end with the affix? */
bool str_starts_with(Str s, Str prefix);
bool str_ends_with(Str s, Str suffix);
/** As str_starts_with, A-Z as a-z. */
bool str_starts_with_nocase(Str s, Str prefix);
/** Offset of the first needle at or after from; SIZE_MAX when there is none. */
size_t str_find(Str s, Str needle, size_t from);
/** As str_find, A-Z as a-z. */
size_t str_find_nocase(Str s, Str needle, size_t from);
/** Does s contain needle? / A-Z as a-z. */
bool str_contains(Str s, Str needle);
bool str_contains_nocase(Str s, Str needle);
/** Offset of the first byte c at or after from; SIZE_MAX when there is none. */
size_t str_find_byte(Str s, char c, size_t from);
/** The part from offset (clamped), at most length bytes. */
Str str_slice(Str s, size_t offset, size_t length);
/** Without ASCII white space (space, \t \n \v \f \r) at both ends. */
Str str_trim(Str s);
/** Take the part up to separator off the front of *rest.
 * Returns false when *rest was exhausted (data NULL) before the call. The last part may be
 * empty. */
bool str_next(Str *rest, char separator, Str *part);
/** Take the next run of non-blank bytes off the front of *rest; false when there is none.
 */
bool str_next_word(Str *rest, Str *word);
/** Parse a whole decimal integer (optional minus). false: not one, or out of range. */
bool str_to_int(Str s, long long *value);
/** Parse a whole decimal number with '.', no locale, no hex, no inf/nan. false: not one. */
bool str_to_double(Str s, double *value);
/** Is every byte sequence valid UTF-8 (no surrogates, no overlong forms)? */
bool str_is_utf8(Str s);
/** Decode one code point at *offset and move it on; U+FFFD for a bad byte. offset < length.
 */
unsigned str_next_rune(Str s, size_t *offset);
/** Write the UTF-8 form of a code point (U+FFFD for an invalid one) into at least 4 bytes,
 * without NUL. Returns how many bytes. */
size_t str_put_rune(char *bytes, unsigned rune);
/** Number of code points (bad bytes count one each). */
size_t str_rune_count(Str s);
/** FNV-1a, 64 bit, for hash tables and fingerprints. Not for hostile-collision safety. */
unsigned long long str_hash(Str s);

#endif
