/* catalogue_test.c - the data of the shop are whole. Tests catalogue.c and texts.c.
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/str.h"
#include "demo/shop/catalogue.h"
#include "demo/shop/texts.h"
#include "unit.h"

static int word_count(const char *text)
{
    Str rest = str_of(text), word;
    int count = 0;
    while (str_next_word(&rest, &word))
        count++;
    return count;
}

void test_catalogue__has_24_products_in_4_categories(void)
{
    int sizes[CATEGORY_COUNT] = {0};
    assert_int_equal(PRODUCT_COUNT, 24);
    assert_int_equal(CATEGORY_COUNT, 4);
    for (ProductId id = 0; id < PRODUCT_COUNT; id++)
        sizes[PRODUCTS[id].category]++;
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
        assert_int_equal(sizes[id], 6);
}

void test_catalogue__slugs_and_references_are_unique(void)
{
    for (ProductId id = 0; id < PRODUCT_COUNT; id++) {
        assert_int_equal(catalogue_sku(PRODUCTS[id].sku), id);
        for (Lang lang = 0; lang < LANG_COUNT; lang++)
            assert_int_equal(catalogue_product(lang, words_in(&PRODUCTS[id].slug, lang)),
                             id);
    }
    for (CategoryId id = 0; id < CATEGORY_COUNT; id++)
        for (Lang lang = 0; lang < LANG_COUNT; lang++)
            assert_int_equal(catalogue_category(lang, words_in(&CATEGORIES[id].slug, lang)),
                             id);
    assert_int_equal(catalogue_sku(""), PRODUCT_COUNT);
    assert_int_equal(catalogue_product(LANG_FR, "nothing"), PRODUCT_COUNT);
    assert_int_equal(catalogue_category(LANG_FR, "nothing"), CATEGORY_COUNT);
}

void test_catalogue__descriptions_have_fifty_words_in_each_language(void)
{
    for (ProductId id = 0; id < PRODUCT_COUNT; id++)
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            int words = word_count(words_in(&PRODUCTS[id].description, lang));
            if (words < 50)
                fail_msg("%s has %d words in %s", PRODUCTS[id].sku, words, lang_code(lang));
        }
}

void test_catalogue__a_rating_is_the_mean_of_its_reviews(void)
{
    Rating rating = catalogue_rating(PRODUCT_NOROIT);
    assert_int_equal(rating.count, 5);
    assert_int_equal(rating.sum, 21);
    assert_int_equal(rating.stars[5], 3);
    assert_int_equal(rating.stars[2], 1);
}

void test_texts__all_exist_in_every_language(void)
{
    for (TextId text = 0; text < TEXT_COUNT; text++)
        for (Lang lang = 0; lang < LANG_COUNT; lang++)
            assert_true(*text_in(text, lang));
}

void test_texts__a_language_is_found_by_code_and_by_preference(void)
{
    assert_int_equal(lang_of("fr"), LANG_FR);
    assert_int_equal(lang_of("xx"), LANG_COUNT);
    assert_int_equal(lang_accepted("de-AT, fr-FR;q=0.8, en;q=0.5"), LANG_FR);
    assert_int_equal(lang_accepted("en-GB,fr;q=0.9"), LANG_EN);
    assert_int_equal(lang_accepted("zz"), LANG_EN);
    assert_int_equal(lang_accepted(""), LANG_EN);
}
