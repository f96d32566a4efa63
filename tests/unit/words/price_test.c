/* price_test.c - amounts as shops write them.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "words/price.h"

#define NB  "\xc2\xa0"     /* no-break space */
#define NNB "\xe2\x80\xaf" /* narrow no-break space */

typedef struct Vector {
    const char *text;
    int64_t milli; /* -1: no price */
    const char *currency;
} Vector;

static const Vector FIRST[] = {
    /* sign before, sign behind */
    {"12,50 €", 12500, "EUR"},
    {"12.50 €", 12500, "EUR"},
    {"12,50€", 12500, "EUR"},
    {"€12.50", 12500, "EUR"},
    {"€ 12,50", 12500, "EUR"},
    {"€" NB "12,50", 12500, "EUR"},
    {"12,50" NB "€", 12500, "EUR"},
    {"12,50" NNB "€", 12500, "EUR"},
    {"€ 12", 12000, "EUR"},
    {"12 €", 12000, "EUR"},
    {"12€90", 12900, "EUR"},
    {"1 299€90", 1299900, "EUR"},
    {"£42", 42000, "GBP"},
    {"£ 42.99", 42990, "GBP"},
    {"$9.99", 9990, ""},
    {"$ 9.99", 9990, ""},
    {"9,99 $", 9990, ""},
    {"US$9.99", 9990, "USD"},
    {"USD 9.99", 9990, "USD"},
    {"9.99 USD", 9990, "USD"},
    {"CA$9.99", 9990, "CAD"},
    {"A$ 20", 20000, "AUD"},
    {"AUD$10", 10000, "AUD"},
    {"USD$ 4.50", 4500, "USD"},
    {"Rs 499", 499000, ""},
    {"Rs. 499", 499000, "INR"},
    {"NPR 1,250", 1250000, "NPR"},
    {"Ksh 300", 300000, "KES"},
    {"EUR 12,50", 12500, "EUR"},
    {"12,50 EUR", 12500, "EUR"},
    {"12 euros", 12000, "EUR"},
    {"12,50 Euro", 12500, "EUR"},
    {"chf 12.50", 12500, "CHF"},
    {"CHF 12.-", 12000, "CHF"},
    {"CHF 1'200.–", 1200000, "CHF"},
    {"CHF 1’200.50", 1200500, "CHF"},
    {"Fr. 15.90", 15900, "CHF"},
    {"€ 19,-", 19000, "EUR"},
    {"19,— €", 19000, "EUR"},
    {"19,-- €", 19000, "EUR"},
    {"149 kr", 149000, ""},
    {"149,00 kr.", 149000, ""},
    {"kr 149", 149000, ""},
    {"SEK 149", 149000, "SEK"},
    {"49,99 zł", 49990, "PLN"},
    {"1 290 Kč", 1290000, "CZK"},
    {"4 990 Ft", 4990000, "HUF"},
    {"99,90 lei", 99900, "RON"},
    {"₹1,23,456.00", 123456000, "INR"},
    {"₽ 990", 990000, "RUB"},
    {"R$ 59,90", 59900, "BRL"},
    {"¥1200", 1200000, ""},
    {"12.500 TND", 12500, "TND"},
    /* thousands */
    {"1.234,56 €", 1234560, "EUR"},
    {"1,234.56 €", 1234560, "EUR"},
    {"1 234,56 €", 1234560, "EUR"},
    {"1" NB "234,56" NB "€", 1234560, "EUR"},
    {"1" NNB "234,56" NNB "€", 1234560, "EUR"},
    {"1'234.50 CHF", 1234500, "CHF"},
    {"€1.234", 1234000, "EUR"},
    {"$1,234", 1234000, ""},
    {"12.345.678,90 €", 12345678900, "EUR"},
    {"$1,234,567.89", 1234567890, ""},
    {"1234,5 €", 1234500, "EUR"},
    {"0,99 €", 990, "EUR"},
    {"€0.125", 125, "EUR"},
    /* unknown signs */
    {"¤12.50", 12500, ""},
    {"12.50 ₿", 12500, ""},
    {"ƒ 12.50", 12500, ""},
    /* a number that stands in front by chance */
    {"OS 10 Home, OS Office A & J 2016 $ 919", 919000, ""},
    {"2016 £ 919.50 each", 919500, "GBP"},
    {"9,99 $ 12,50 $", 9990, ""},
    /* inside sentences */
    {"Now only €12.50!", 12500, "EUR"},
    {"Prix : 12,50 €.", 12500, "EUR"},
    {"(12,50 €)", 12500, "EUR"},
    {"Total12,50 €", 12500, "EUR"},
    {"Save -20 % 42,00 €", 42000, "EUR"},
    {"-20 % €42", 42000, "EUR"},
    {"20%42,00 €", 42000, "EUR"},
    {"2 x €12", 12000, "EUR"},
    {"Pack of 3 €12.00", 12000, "EUR"},
    {"Ref. 4021 - 12,50 €", 12500, "EUR"},
    {"Shirt - 12 €", 12000, "EUR"},
    {"12 mois, 9,90 €", 9900, "EUR"},
    {"-5,00 € then 20,00 €", 20000, "EUR"},
    {"−5 € 20 €", 20000, "EUR"},
    {"-€5.00 €20.00", 20000, "EUR"},
    /* no price */
    {"", -1, ""},
    {"12,50", -1, ""},
    {"Only 3 left", -1, ""},
    {"20 % off", -1, ""},
    {"2024-05-12", -1, ""},
    {"01 23 45 67 89", -1, ""},
    {"€", -1, ""},
    {"EURO 2024 was fun", -1, ""},
    {"12 krona", -1, ""},
    {"12 letters", -1, ""},
    {"1234567890123456789 €", -1, ""},
    {"try 12 times", -1, ""},
    {"cadeau 12", -1, ""},
};

void test_price__reads_the_first_price_of_a_text(void)
{
    assert_true(COUNT_OF(FIRST) >= 80);
    for (size_t i = 0; i < COUNT_OF(FIRST); i++) {
        Price price;
        size_t offset = 0;
        bool is_found = price_next(str_of(FIRST[i].text), &offset, &price);
        if (is_found != (FIRST[i].milli >= 0) || price.milli != FIRST[i].milli ||
            strcmp(price.currency, FIRST[i].currency) != 0)
            fail_msg("'%s' gives %lld %s", FIRST[i].text, (long long)price.milli,
                     price.currency);
    }
}

void test_price__goes_on_behind_each_price(void)
{
    Str text = STR("12 € 15 € puis 20,50 €, 7");
    static const int64_t EXPECTED[] = {12000, 15000, 20500};
    size_t offset = 0;
    Price price;
    for (size_t i = 0; i < COUNT_OF(EXPECTED); i++) {
        assert_true(price_next(text, &offset, &price));
        assert_int_equal(price.milli, EXPECTED[i]);
    }
    assert_false(price_next(text, &offset, &price));
    assert_int_equal(offset, text.length);
}

void test_price__keeps_signs_with_their_own_numbers(void)
{
    Str text = STR("$12 $15.50 EUR 3 EUR 4");
    static const int64_t EXPECTED[] = {12000, 15500, 3000, 4000};
    size_t offset = 0;
    Price price;
    for (size_t i = 0; i < COUNT_OF(EXPECTED); i++) {
        assert_true(price_next(text, &offset, &price));
        assert_int_equal(price.milli, EXPECTED[i]);
    }
}

void test_price__parts_amounts_that_touch(void)
{
    Str text = STR("Cup3£2.00£6.00 12€15€");
    static const int64_t EXPECTED[] = {2000, 6000, 12000, 15000};
    size_t offset = 0;
    Price price;
    for (size_t i = 0; i < COUNT_OF(EXPECTED); i++) {
        assert_true(price_next(text, &offset, &price));
        assert_int_equal(price.milli, EXPECTED[i]);
    }
}

void test_price__reads_ranges(void)
{
    static const struct {
        const char *text;
        int64_t low, high;
    } RANGES[] = {
        {"42.00 – 45.00 €", 42000, 45000}, {"€42.00 – €45.00", 42000, 45000},
        {"42,00 €–45,00 €", 42000, 45000}, {"$42 - $45", 42000, 45000},
        {"12€-15€", 12000, 15000},         {"de 12 € à 15 €", 12000, 15000},
        {"from £12 to £15", 12000, 15000}, {"12 € bis 15 €", 12000, 15000},
        {"10–20 €", 10000, 20000},         {"1.200,00 € – 1.500,00 €", 1200000, 1500000},
    };

    for (size_t i = 0; i < COUNT_OF(RANGES); i++) {
        Price price;
        size_t offset = 0;
        if (!price_next(str_of(RANGES[i].text), &offset, &price) || !price.is_range ||
            price.milli != RANGES[i].low || price.upper_milli != RANGES[i].high)
            fail_msg("'%s'", RANGES[i].text);
    }
}

void test_price__does_not_take_two_prices_for_a_range(void)
{
    Price price;
    size_t offset = 0;
    assert_true(price_next(STR("45 € - 42 €"), &offset, &price));
    assert_false(price.is_range);
    assert_int_equal(price.milli, 45000);
    offset = 0;
    assert_true(price_next(STR("12 € - 20 %"), &offset, &price));
    assert_false(price.is_range);
}

void test_price__reads_numbers_of_structured_data(void)
{
    static const Vector NUMBERS[] = {
        {"42.5", 42500, ""},
        {"42", 42000, ""},
        {"42.00", 42000, ""},
        {"1234.56", 1234560, ""},
        {"1 234,56", 1234560, ""},
        {"1,234.56", 1234560, ""},
        {"12.500000", 12500, ""},
        {" 42 ", 42000, ""},
        {"42,5", 42500, ""},
        {"1.5", 1500, ""},
        {"€42.00", 42000, "EUR"},
        {"42.00 USD", 42000, "USD"},
        {"0", 0, ""},
        {"", -1, ""},
        {"free", -1, ""},
        {"-1", -1, ""},
        {"1.2.3", -1, ""},
        {"12 articles", -1, ""},
    };
    for (size_t i = 0; i < COUNT_OF(NUMBERS); i++) {
        Price price;
        bool is_found = price_of_number(str_of(NUMBERS[i].text), &price);
        if (is_found != (NUMBERS[i].milli >= 0) || price.milli != NUMBERS[i].milli ||
            strcmp(price.currency, NUMBERS[i].currency) != 0)
            fail_msg("'%s' gives %lld", NUMBERS[i].text, (long long)price.milli);
    }
}

void test_price__compares_amounts_and_currencies(void)
{
    Price a = {.milli = 42000, .currency = "EUR"};
    Price b = {.milli = 42010, .currency = ""};
    Price c = {.milli = 42000, .currency = "USD"};
    Price none = {.milli = -1};
    Price range = {.milli = 40000, .upper_milli = 45000, .is_range = true};
    assert_true(price_equal(&a, &b, 10));
    assert_false(price_equal(&a, &b, 9));
    assert_false(price_equal(&a, &c, 10));
    assert_false(price_equal(&none, &none, 10));
    assert_true(price_equal(&a, &range, 0));
    assert_true(price_number(&a) > 41.999 && price_number(&a) < 42.001);
}

void test_price__survives_bytes_that_are_no_text(void)
{
    Price price;
    size_t offset = 0;
    assert_false(price_next(str_from("\xff\xfe\x80 12 \xe2\x82", 9), &offset, &price));
    offset = 0;
    assert_true(price_next(str_from("\0 12 \xe2\x82\xac", 8), &offset, &price));
}
