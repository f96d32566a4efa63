/* fake_shop.h - answers of the shop in memory.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_VISIT_FAKE_SHOP_H
#define TESTS_VISIT_FAKE_SHOP_H

#include "visit/fake.h"

typedef struct FakeAnswer {
    int status;
    const char *html;
    const char *location; /**< redirect; NULL: none */
} FakeAnswer;

/** Answer a request; path with query. */
FakeAnswer fake_shop_answer(FakeShop *shop, Arena *arena, const char *method,
                            const char *path, const char *body);

#endif
