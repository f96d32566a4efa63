/* catalogue.h - what the shop sells: categories, products, options and reviews.
 *
 * Constant data from the .def files; knows no session and no page. Layer: demo.
 * SPDX-License-Identifier: MIT */
#ifndef DEMO_SHOP_CATALOGUE_H
#define DEMO_SHOP_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

/** Languages of the shop, in the order of every table. */
typedef enum Lang { LANG_EN, LANG_FR, LANG_COUNT } Lang;

/** One text in every language; a missing one falls back to English. */
typedef struct Words {
    const char *in[LANG_COUNT];
} Words;

typedef enum CategoryId {

#define CATEGORY(constant, ...) CATEGORY_##constant,
#include "demo/shop/catalogue.def"
#undef CATEGORY
    CATEGORY_COUNT,
} CategoryId;

typedef enum ProductId {

#define PRODUCT(constant, ...) PRODUCT_##constant,
#include "demo/shop/catalogue.def"
#undef PRODUCT
    PRODUCT_COUNT,
} ProductId;

/** Outlines that picture.c knows how to draw. */
typedef enum Shape {
    SHAPE_TALL,
    SHAPE_ROUND,
    SHAPE_BUD,
    SHAPE_BOTTLE,
    SHAPE_LOW,
    SHAPE_AMPHORA,
    SHAPE_MUG,
    SHAPE_ESPRESSO,
    SHAPE_BOWL,
    SHAPE_TUMBLER,
    SHAPE_TEACUP,
    SHAPE_LATTE,
    SHAPE_DINNER,
    SHAPE_DESSERT,
    SHAPE_SOUP,
    SHAPE_PLATTER,
    SHAPE_SALAD,
    SHAPE_PEBBLE,
    SHAPE_TEAPOT,
    SHAPE_TEAPOTSMALL,
    SHAPE_JUG,
    SHAPE_CARAFE,
    SHAPE_CREAMER,
    SHAPE_SUGAR,
    SHAPE_COUNT,
} Shape;

typedef enum Glaze {
    GLAZE_CHALK,
    GLAZE_CELADON,
    GLAZE_NIGHT,
    GLAZE_OCHRE,
    GLAZE_CHARCOAL,
    GLAZE_CLAY,
    GLAZE_COUNT,
} Glaze;

typedef enum OptionId { OPTION_NONE, OPTION_COLOUR, OPTION_FINISH, OPTION_COUNT } OptionId;

enum {
    OPTIONS_A_PRODUCT = 2,
    VALUES_AN_OPTION = 4,
};

/** What can be chosen. */
typedef struct ProductOption {
    const char *field; /**< name of the form field */
    Words name;
    int value_count;
    Words values[VALUES_AN_OPTION];
    bool is_sold_out[VALUES_AN_OPTION];
} ProductOption;

typedef struct Category {
    Words name;
    Words slug;
    Words introduction;
} Category;

typedef struct Product {
    CategoryId category;
    const char *sku;
    int cents; /**< with VAT */
    int stock;
    Shape shape;
    Glaze glaze;
    OptionId options[OPTIONS_A_PRODUCT];
    int height_mm, width_mm, weight_g, capacity_ml;
    Words name;
    Words slug;
    Words summary;
    Words description; /**< paragraphs separated by \n */
} Product;

typedef struct Review {
    ProductId product;
    int stars; /**< 1 to 5 */
    const char *author;
    const char *date; /**< ISO 8601 */
    Words text;
    Words answer;
} Review;

/** Average rating of a product. */
typedef struct Rating {
    int count;
    int sum;
    int stars[6]; /**< reviews with that many stars, from index 1 */
} Rating;

extern const Category CATEGORIES[CATEGORY_COUNT];
extern const Product PRODUCTS[PRODUCT_COUNT];
extern const ProductOption OPTIONS[OPTION_COUNT];

/** Text in a language, else in English. */
const char *words_in(const Words *words, Lang lang);
/** All reviews, newest of a product first. */
const Review *catalogue_reviews(size_t *count);
Rating catalogue_rating(ProductId product);
/** By slug in a language; COUNT when there is none. */
CategoryId catalogue_category(Lang lang, const char *slug);
ProductId catalogue_product(Lang lang, const char *slug);
/** By reference; COUNT when there is none. */
ProductId catalogue_sku(const char *sku);

#endif
