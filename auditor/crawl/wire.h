/* wire.h - small binary messages between a crawl and its children, and into its index.
 *
 * Numbers of 7 bits a byte, texts by length. Reading never goes beyond the message: what is
 * missing reads as 0 and "" and marks the reader. Layer: crawl. SPDX-License-Identifier:
 * MIT */
#ifndef CRAWL_WIRE_H
#define CRAWL_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

void wire_put_number(Buf *out, uint64_t number);
/** Negative ones too (zigzag). */
void wire_put_signed(Buf *out, int64_t number);
void wire_put_str(Buf *out, Str text);
/** NULL reads back as "". */
void wire_put_text(Buf *out, const char *text);

typedef struct WireReader {
    Str rest;
    bool is_broken; /**< something was missing */
} WireReader;

uint64_t wire_number(WireReader *reader);
int64_t wire_signed(WireReader *reader);
/** Points into the message. */
Str wire_str(WireReader *reader);
/** Owns: arena. */
const char *wire_text(WireReader *reader, Arena *arena);

#endif
