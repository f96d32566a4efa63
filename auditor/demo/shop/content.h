/* content.h - pages that are read: help, law, the house.
 *
 * Blocks in the order of content_*.def. Layer: demo (shop). SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_CONTENT_H
#define DEMO_SHOP_CONTENT_H

#include <stddef.h>

#include "demo/shop/view.h"

typedef enum BlockKind {
    BLOCK_TITLE,       /**< of the page, and its h1 */
    BLOCK_DESCRIPTION, /**< for search engines */
    BLOCK_H2,
    BLOCK_P,
    BLOCK_LI,       /**< neighbours share one list */
    BLOCK_QUESTION, /**< opens a fold that holds the blocks to the next question or title */
    BLOCK_HEAD,     /**< row of column heads, "a|b" */
    BLOCK_ROW,      /**< row, "a|b" */
} BlockKind;

/** A block. Texts may hold [label](target) links (page.h, rich_write). */
typedef struct Block {
    RouteId page;
    BlockKind kind;
    DemoFlaw hidden_by; /**< FLAW_COUNT: by none */
    DemoFlaw shown_by;  /**< only with this flaw; FLAW_COUNT: always */
    Words text;
} Block;

const Block *content_blocks(size_t *count);

#endif
