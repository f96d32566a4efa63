/* data.c - structured data (schema.org) of pages, as JSON-LD.
 *
 * The JSON writer escapes < > and &, so the text may stand in a script element.
 * Layer: demo (shop). SPDX-License-Identifier: MIT */
#include "base/units.h"
#include "demo/shop/page.h"

static void data_open(JsonWriter *json, Buf *out, const char *type)
{
    buf_add_text(out, "<script type=\"application/ld+json\">");
    json_writer_init(json, out, false);
    json_write_object(json);
    json_put_text(json, "@context", "https://schema.org");
    json_put_text(json, "@type", type);
}

static void data_close(JsonWriter *json, Buf *out)
{
    json_write_end(json);
    buf_add_text(out, "</script>\n");
}

/* Opens {"@type": type as the value of key. */
static void data_nested(JsonWriter *json, const char *key, const char *type)
{
    if (key)
        json_write_key(json, key);
    json_write_object(json);
    json_put_text(json, "@type", type);
}

static void put_price(JsonWriter *json, const char *key, int cents)
{
    char text[32];
    json_put_text(json, key, number_fixed(cents / 100.0, 2, text, sizeof text));
}

static void put_days(JsonWriter *json, const char *key, int low, int high)
{
    data_nested(json, key, "QuantitativeValue");
    json_put_integer(json, "minValue", low);
    json_put_integer(json, "maxValue", high);
    json_put_text(json, "unitCode", "DAY");
    json_write_end(json);
}

static void put_shipping(JsonWriter *json, int goods_cents)
{
    data_nested(json, "shippingDetails", "OfferShippingDetails");
    data_nested(json, "shippingRate", "MonetaryAmount");
    put_price(json, "value", delivery_cents(DELIVERY_HOME, goods_cents));
    json_put_text(json, "currency", "EUR");
    json_write_end(json);
    data_nested(json, "shippingDestination", "DefinedRegion");
    json_put_text(json, "addressCountry", "FR");
    json_write_end(json);
    data_nested(json, "deliveryTime", "ShippingDeliveryTime");
    put_days(json, "handlingTime", 1, 2);
    put_days(json, "transitTime", 2, 3);
    json_write_end(json);
    json_write_end(json);
}

static void put_returns(JsonWriter *json)
{
    data_nested(json, "hasMerchantReturnPolicy", "MerchantReturnPolicy");
    json_put_text(json, "applicableCountry", "FR");
    json_put_text(json, "returnPolicyCategory",
                  "https://schema.org/MerchantReturnFiniteReturnWindow");
    json_put_integer(json, "merchantReturnDays", 30);
    json_put_text(json, "returnMethod", "https://schema.org/ReturnByMail");
    json_put_text(json, "returnFees", "https://schema.org/FreeReturn");
    json_write_end(json);
}

static void put_offer(View *view, JsonWriter *json)
{
    const Product *p = &PRODUCTS[view->product];
    int wrong = view_has(view, FLAW_SCHEMA_PRICE_WRONG) ? 1500 : 0;
    data_nested(json, "offers", "Offer");
    json_put_text(json, "url", absolute(view, path_to_product(view, view->product)));
    put_price(json, "price", p->cents - wrong > 0 ? p->cents - wrong : p->cents + wrong);
    json_put_text(json, "priceCurrency", "EUR");
    json_put_text(json, "itemCondition", "https://schema.org/NewCondition");
    if (!view_has(view, FLAW_NO_AVAILABILITY))
        json_put_text(json, "availability",
                      p->stock ? "https://schema.org/InStock"
                               : "https://schema.org/OutOfStock");
    put_shipping(json, p->cents);
    put_returns(json);
    json_write_end(json);
}

static void put_rating(View *view, JsonWriter *json)
{
    Rating rating = catalogue_rating(view->product);
    if (!rating.count || view_has(view, FLAW_NO_REVIEWS))
        return;
    char text[32];
    data_nested(json, "aggregateRating", "AggregateRating");
    json_put_text(json, "ratingValue",
                  number_fixed((double)rating.sum / rating.count, 1, text, sizeof text));
    json_put_integer(json, "reviewCount", rating.count);
    json_put_integer(json, "bestRating", 5);
    json_write_end(json);
    size_t count;
    const Review *reviews = catalogue_reviews(&count);
    json_write_key(json, "review");
    json_write_array(json);
    for (size_t i = 0; i < count; i++) {
        if (reviews[i].product != view->product)
            continue;
        data_nested(json, NULL, "Review");
        data_nested(json, "author", "Person");
        json_put_text(json, "name", reviews[i].author);
        json_write_end(json);
        json_put_text(json, "datePublished", reviews[i].date);
        json_put_text(json, "reviewBody", words_in(&reviews[i].text, view->lang));
        data_nested(json, "reviewRating", "Rating");
        json_put_integer(json, "ratingValue", reviews[i].stars);
        json_write_end(json);
        json_write_end(json);
    }
    json_write_end(json);
}

void data_product(View *view, Buf *out)
{
    const Product *p = &PRODUCTS[view->product];
    JsonWriter json;
    data_open(&json, out, "Product");
    json_put_text(&json, "name", words_in(&p->name, view->lang));
    json_put_text(&json, "description", words_in(&p->summary, view->lang));
    json_put_text(&json, "sku", p->sku);
    json_put_text(&json, "mpn", p->sku);
    data_nested(&json, "brand", "Brand");
    json_put_text(&json, "name", "Grésil");
    json_write_end(&json);
    json_write_key(&json, "image");
    json_write_array(&json);
    for (PictureView i = 0; i < (view_has(view, FLAW_ONE_PICTURE) ? 1 : PICTURE_VIEWS); i++)
        json_write_text(
            &json,
            absolute(
                view,
                view->shop->assets->pictures[view->product][i][PICTURE_WIDTHS - 1]->path));
    json_write_end(&json);
    put_offer(view, &json);
    put_rating(view, &json);
    data_close(&json, out);
}

static void data_search(View *view, Buf *out)
{
    JsonWriter json;
    data_open(&json, out, "WebSite");
    json_put_text(&json, "name", "Grésil");
    json_put_text(&json, "url", absolute(view, path_to(view, ROUTE_HOME)));
    json_put_text(&json, "inLanguage", lang_code(view->lang));
    data_nested(&json, "potentialAction", "SearchAction");
    data_nested(&json, "target", "EntryPoint");
    json_put_text(&json, "urlTemplate",
                  arena_printf(view->arena, "%s?q={search_term_string}",
                               absolute(view, path_to(view, ROUTE_SEARCH))));
    json_write_end(&json);
    json_put_text(&json, "query-input", "required name=search_term_string");
    json_write_end(&json);
    data_close(&json, out);
}

void data_shop(View *view, Buf *out)
{
    JsonWriter json;
    data_search(view, out);
    data_open(&json, out, "OnlineStore");
    json_put_text(&json, "name", "Grésil");
    json_put_text(&json, "legalName", "Grésil SAS");
    json_put_text(&json, "url", absolute(view, path_to(view, ROUTE_HOME)));
    json_put_text(&json, "logo", absolute(view, view->shop->assets->icon->path));
    json_put_text(&json, "email", "bonjour@gresil.example");
    json_put_text(&json, "telephone", "+33261914720");
    json_put_text(&json, "vatID", "FR71999000045");
    data_nested(&json, "address", "PostalAddress");
    json_put_text(&json, "streetAddress", "14 rue des Embruns");
    json_put_text(&json, "postalCode", "29100");
    json_put_text(&json, "addressLocality", "Douarnenez");
    json_put_text(&json, "addressCountry", "FR");
    json_write_end(&json);
    data_nested(&json, "contactPoint", "ContactPoint");
    json_put_text(&json, "contactType", "customer service");
    json_put_text(&json, "telephone", "+33261914720");
    json_put_text(&json, "email", "bonjour@gresil.example");
    json_write_key(&json, "availableLanguage");
    json_write_array(&json);
    json_write_text(&json, "fr");
    json_write_text(&json, "en");
    json_write_end(&json);
    json_write_end(&json);
    put_returns(&json);
    data_close(&json, out);
}

void data_crumbs(View *view, Buf *out, const PageHead *head)
{
    if (view_has(view, FLAW_NO_BREADCRUMB))
        return;
    JsonWriter json;
    data_open(&json, out, "BreadcrumbList");
    json_write_key(&json, "itemListElement");
    json_write_array(&json);
    for (int i = 0; i < head->crumb_count; i++) {
        data_nested(&json, NULL, "ListItem");
        json_put_integer(&json, "position", i + 1);
        json_put_text(&json, "name", head->crumbs[i].name);
        json_put_text(&json, "item",
                      absolute(view, head->crumbs[i].path ? head->crumbs[i].path
                                                          : view->request->path));
        json_write_end(&json);
    }
    json_write_end(&json);
    data_close(&json, out);
}
