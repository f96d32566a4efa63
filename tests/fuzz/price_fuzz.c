/* price_fuzz.c - any bytes as text with prices.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "fuzz.h"
#include "words/price.h"

static void price_check(const Price *price)
{
    FUZZ_ASSERT(price->milli >= 0);
    FUZZ_ASSERT(strlen(price->currency) == 0 || strlen(price->currency) == 3);
    FUZZ_ASSERT(!price->is_range || price->upper_milli > price->milli);
    FUZZ_ASSERT(price_equal(price, price, 0));
    FUZZ_ASSERT(price_number(price) >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str text = str_from((const char *)data, size);
    size_t offset = 0;
    size_t before = 0;
    Price price;
    while (price_next(text, &offset, &price)) {
        price_check(&price);
        FUZZ_ASSERT(offset > before && offset <= size);
        before = offset;
    }
    FUZZ_ASSERT(offset == size && price.milli == -1);
    if (price_of_number(text, &price))
        price_check(&price);
    else
        FUZZ_ASSERT(price.milli == -1);
    return 0;
}
