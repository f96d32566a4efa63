/* fake_shop.h - answers of the shop in memory.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_VISIT_FAKE_SHOP_H
#define TESTS_VISIT_FAKE_SHOP_H

#include "visit/fake.h"

/** The shop's frame (header, menu, footer) around a main part. Owns: arena. */
const char *fake_frame(const FakeShop *shop, Arena *arena, const char *title,
                       const char *main);
/** A page answered with status 200. */
FakeAnswer fake_page(const char *html);
/** A redirect by 303. */
FakeAnswer fake_redirect(const char *location);
/** Answer a request; path with query. */
FakeAnswer fake_shop_answer(FakeShop *shop, Arena *arena, const char *method,
                            const char *path, const char *body);

#endif
