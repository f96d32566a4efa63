/* price_in_test.c - which of several amounts an element shows now.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/html.h"
#include "unit.h"
#include "words/price.h"

typedef struct Case {
    const char *html;
    int64_t milli;
} Case;

static const Case CASES[] = {
    {"<p>12,50 €</p>", 12500},
    {"<span>€</span><span>12</span><span>.50</span>", 12500},
    {"<del>20 €</del> <ins>15 €</ins>", 15000},
    {"<s>20 €</s> 15 €", 15000},
    {"15 € <strike>20 €</strike>", 15000},
    {"<span class=old-price>20 €</span><span class=special-price>15 €</span>", 15000},
    {"<span class='price-new'>$15.00</span> <span class='price-old'>$20.00</span>", 15000},
    {"<span class=oldPrice>20 €</span><b>15 €</b>", 15000},
    {"<span class=regular-price>20 €</span><span>-20 %</span><span class=current-price>16 "
     "€</span>",
     16000},
    {"<span class=regular>20 €</span>", 20000},
    {"<span class='gold-price'>20 €</span>", 20000},
    {"<span style='text-decoration: line-through'>20 €</span> 15 €", 15000},
    {"<p>was $50 now $40</p>", 40000},
    {"40 € au lieu de 50 €", 40000},
    {"Statt 50 € nur 40 €", 40000},
    {"<span>Original price was: 50,00 €.</span><span>Current price is: 40,00 €.</span>",
     40000},
    {"<span>Save $10</span> <span>$40</span>", 40000},
    {"<p>100,00 € HT</p><p>120,00 € TTC</p>", 120000},
    {"<p>$122.00</p><p class=price-tax>Ex Tax: $100.00</p>", 122000},
    {"<span>Ex Tax: $100.00</span><h2>$122.00</h2>", 122000},
    {"<p>3,50 €/100 g</p><p>12,00 €</p>", 12000},
    {"<p>12,00 € (24,00 €/kg)</p>", 12000},
    {"<p>3x 14 € sans frais</p><p>42 €</p>", 42000},
    {"or 4 interest-free payments of $10.50 <p>$42</p>", 42000},
    {"<p>Livraison 4,90 €</p><p>42 €</p>", 42000},
    {"42.00 – 45.00 €", 42000},
    {"<h1>Chair 42 €</h1>", 42000},
    {"<b>€12<sup>99</sup></b>", 12990},
    {"<b>€12<span class=cents>99</span></b>", 12990},
    {"<b>€1299</b>", 1299000},
    {"29.99", 29990},
    {"<p hidden>10 €</p><p>12 €</p>", 12000},
    {"<p>-20 %</p><p>42,00 €</p>", 42000},
    {"<p>-5 €</p><p>42,00 €</p>", 42000},
    {"<p>Only 3 left</p>", -1},
    {"<p>2999</p>", -1},
    {"<p>version 2.99 of it</p>", -1},
    {"", -1},
    {"<span>12 €</span> <del>12 €</del>", 12000},
    {"<p>HT: 10 €</p><p>12 €</p>", 12000},
    {"<p>12 € par mois</p><p>120 €</p>", 120000},
};

void test_price_in__takes_what_one_pays_now(void)
{
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        Document *document = NULL;
        Error err = {0};
        Price price;
        assert_true(html_parse(arena, str_of(CASES[i].html), "text/html; charset=utf-8",
                               "http://shop.example/", NULL, &document, &err));
        bool is_found = price_in(document, document_body(document), &price);
        if (is_found != (CASES[i].milli >= 0) || price.milli != CASES[i].milli)
            fail_msg("%s gives %lld", CASES[i].html, (long long)price.milli);
    }
}
