/* digest.h - what a crawl keeps of a page when the page itself is let go: its words of
 * identity, its links, and what the rules said.
 *
 * Layer: crawl. Made in a child by worker.c, kept by index.c. SPDX-License-Identifier: MIT
 */
#ifndef CRAWL_DIGEST_H
#define CRAWL_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "crawl/changing.h"
#include "crawl/wire.h"
#include "dom/document.h"
#include "model/page.h"
#include "words/words.h"

enum {
    DIGEST_LINKS_MOST = 2000,
    DIGEST_IDS_MOST = 512, /**< more: anchors into the page cannot be told */
    DIGEST_EXAMPLES_MOST = 64,
};

/** What a link is, by bits. */
enum {
    LINK_NOFOLLOW = 1,
    LINK_CHANGES = 2, /**< following it does something */
    LINK_MENU = 4,    /**< in the header, the footer or a nav */
    LINK_DOWNLOAD = 8,
};

typedef struct DigestLink {
    const char *url;      /**< in its one form (address_normal) */
    const char *fragment; /**< "" none */
    unsigned flags;
} DigestLink;

/** <link rel=alternate hreflang>. */
typedef struct DigestAlternate {
    const char *lang;
    const char *url;
} DigestAlternate;

/** One failed rule on this page, for showing. */
typedef struct DigestExample {
    int rule; /**< index into the grid */
    const char *text;
    const char *selector;
    const char *snippet;
} DigestExample;

/** What the rules said, two bits a rule. */
typedef enum DigestVerdict {
    VERDICT_NONE,
    VERDICT_PASS,
    VERDICT_FAIL,
    VERDICT_CANNOT,
} DigestVerdict;

typedef struct Digest {
    PageKind kind;
    bool is_html;  /**< parsed; else only what the answer's head tells */
    bool is_shell; /**< filled by scripts: its content cannot be told */
    bool is_noindex, is_nofollow;
    bool is_cut;         /**< more links than DIGEST_LINKS_MOST */
    bool is_empty_list;  /**< a list of products without one */
    bool is_session;     /**< the answer began a session */
    const char *failure; /**< why it could not be read; "" */
    const char *title, *description, *h1, *lang;
    const char *canonical; /**< in its one form; "" none */
    uint64_t content;      /**< of the main text; 0 too short to tell */
    uint64_t menu;         /**< of the main menu's links; 0 none */
    int words, cards, mixed;
    const char *mixed_example;
    DigestLink *links;
    size_t link_count, link_capacity;
    DigestAlternate *alternates;
    size_t alternate_count, alternate_capacity;
    uint32_t *ids; /**< of ids and anchor names, hashed; sorted */
    size_t id_count;
    bool has_all_ids;
    Str verdicts; /**< digest_verdict reads it */
    DigestExample *examples;
    size_t example_count, example_capacity;
} Digest;

/** What a page is read with. */
typedef struct DigestSource {
    Arena *arena;
    const Words *words;
    const Changing *changing;
    const char *site; /**< first page of the shop */
    const Exchange *exchange;
    const char *url; /**< final */
} DigestSource;

/** Read a parsed page; also what its head (robots, canonical) says. Fills all but verdicts
 * and examples. page receives kind, title, language. */
void digest_read(const DigestSource *source, const Document *document, Page *page,
                 Digest *digest);
/** Only what the answer's head tells (no HTML). */
void digest_bare(const DigestSource *source, Digest *digest);
/** Hash of a fragment or id, as in ids. */
uint32_t digest_id(Str id);
bool digest_has_id(const uint32_t *ids, size_t count, const char *fragment);
DigestVerdict digest_verdict(Str verdicts, size_t rule);

/** As a message, and back. Errors: ERROR_FAILED (broken message). Owns: arena. */
void digest_write(const Digest *digest, Buf *out);
bool digest_parse(Arena *arena, Str message, Digest *digest, Error *err) MUST_USE;

#endif
