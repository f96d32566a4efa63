/* catalogue.c - see catalogue.h. Layer: demo. SPDX-License-Identifier: MIT */
#include "demo/shop/catalogue.h"

#include <string.h>

#include "base/attr.h"

const Category CATEGORIES[CATEGORY_COUNT] = {
#define CATEGORY(constant, name_en, name_fr, slug_en, slug_fr, intro_en, intro_fr)         \
    [CATEGORY_##                                                                           \
        constant] = {.name = {{[LANG_EN] = (name_en), [LANG_FR] = (name_fr)}},             \
                     .slug = {{[LANG_EN] = (slug_en), [LANG_FR] = (slug_fr)}},             \
                     .introduction = {{[LANG_EN] = (intro_en), [LANG_FR] = (intro_fr)}}},
#include "demo/shop/catalogue.def"
#undef CATEGORY
};

const Product PRODUCTS[PRODUCT_COUNT] = {
#define PRODUCT(constant, category_, sku_, cents_, stock_, shape_, glaze_, option1,        \
                option2, height, width, weight, capacity, name_en, name_fr, slug_en,       \
                slug_fr, sum_en, sum_fr, text_en, text_fr)                                 \
    [PRODUCT_##                                                                            \
        constant] = {.category = CATEGORY_##category_,                                     \
                     .sku = (sku_),                                                        \
                     .cents = (cents_),                                                    \
                     .stock = (stock_),                                                    \
                     .shape = SHAPE_##shape_,                                              \
                     .glaze = GLAZE_##glaze_,                                              \
                     .options = {OPTION_##option1, OPTION_##option2},                      \
                     .height_mm = (height),                                                \
                     .width_mm = (width),                                                  \
                     .weight_g = (weight),                                                 \
                     .capacity_ml = (capacity),                                            \
                     .name = {{[LANG_EN] = (name_en), [LANG_FR] = (name_fr)}},             \
                     .slug = {{[LANG_EN] = (slug_en), [LANG_FR] = (slug_fr)}},             \
                     .summary = {{[LANG_EN] = (sum_en), [LANG_FR] = (sum_fr)}},            \
                     .description = {{[LANG_EN] = (text_en), [LANG_FR] = (text_fr)}}},
#include "demo/shop/catalogue.def"
#undef PRODUCT
};

const ProductOption OPTIONS[OPTION_COUNT] = {
    [OPTION_NONE] = {.value_count = 0},
    [OPTION_COLOUR] =
        {.field = "colour",
         .name = {{[LANG_EN] = "Colour", [LANG_FR] = "Couleur"}},
         .value_count = 4,
         .values = {{{[LANG_EN] = "As pictured", [LANG_FR] = "Comme sur la photo"}},
                    {{[LANG_EN] = "Chalk white", [LANG_FR] = "Blanc craie"}},
                    {{[LANG_EN] = "Night blue", [LANG_FR] = "Bleu nuit"}},
                    {{[LANG_EN] = "Ochre", [LANG_FR] = "Ocre"}}},
         .is_sold_out = {[3] = true}},
    [OPTION_FINISH] = {.field = "finish",
                       .name = {{[LANG_EN] = "Finish", [LANG_FR] = "Finition"}},
                       .value_count = 2,
                       .values = {{{[LANG_EN] = "Matt", [LANG_FR] = "Mate"}},
                                  {{[LANG_EN] = "Glossy", [LANG_FR] = "Brillante"}}}},
};

static const Review REVIEWS[] = {
#define REVIEW(product_, stars_, author_, date_, en, fr, answer_en, answer_fr)             \
    {.product = PRODUCT_##product_,                                                        \
     .stars = (stars_),                                                                    \
     .author = (author_),                                                                  \
     .date = (date_),                                                                      \
     .text = {{[LANG_EN] = (en), [LANG_FR] = (fr)}},                                       \
     .answer = {{[LANG_EN] = (answer_en), [LANG_FR] = (answer_fr)}}},
#include "demo/shop/reviews.def"
#undef REVIEW
};

const char *words_in(const Words *words, Lang lang)
{
    return words->in[lang] ? words->in[lang] : words->in[LANG_EN];
}

const Review *catalogue_reviews(size_t *count)
{
    *count = COUNT_OF(REVIEWS);
    return REVIEWS;
}

Rating catalogue_rating(ProductId product)
{
    Rating rating = {0};
    for (size_t i = 0; i < COUNT_OF(REVIEWS); i++) {
        if (REVIEWS[i].product != product)
            continue;
        rating.count++;
        rating.sum += REVIEWS[i].stars;
        rating.stars[REVIEWS[i].stars]++;
    }
    return rating;
}

CategoryId catalogue_category(Lang lang, const char *slug)
{
    for (CategoryId i = 0; i < CATEGORY_COUNT; i++)
        if (!strcmp(words_in(&CATEGORIES[i].slug, lang), slug))
            return i;
    return CATEGORY_COUNT;
}

ProductId catalogue_product(Lang lang, const char *slug)
{
    for (ProductId i = 0; i < PRODUCT_COUNT; i++)
        if (!strcmp(words_in(&PRODUCTS[i].slug, lang), slug))
            return i;
    return PRODUCT_COUNT;
}

ProductId catalogue_sku(const char *sku)
{
    for (ProductId i = 0; i < PRODUCT_COUNT; i++)
        if (!strcmp(PRODUCTS[i].sku, sku))
            return i;
    return PRODUCT_COUNT;
}
