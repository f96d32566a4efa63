/* blind_test.c - a first page that shows goods or asks for a login is no dead end.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit/fake.h"

static FakeAnswer page_of(const char *body)
{
    return (FakeAnswer){.status = 200, .html = body};
}

static FakeAnswer loose_goods(FakeShop *shop, Arena *arena, const char *method,
                              const char *path, const char *body)
{
    (void)shop, (void)arena, (void)method, (void)path, (void)body;
    return page_of("<!doctype html><html lang=en><title>Cafe</title><body><ul>"
                   "<li><h4>Espresso</h4><p>$10.00</p></li>"
                   "<li><h4>Mocha</h4><p>$8.00</p></li>"
                   "<li><h4>Latte</h4><p>$16.00</p></li></ul>");
}

static FakeAnswer login_wall(FakeShop *shop, Arena *arena, const char *method,
                             const char *path, const char *body)
{
    (void)shop, (void)arena, (void)method, (void)path, (void)body;
    return page_of("<!doctype html><html lang=en><title>Trade</title><body><form "
                   "method=post><input name=user><input type=password name=p><button>Log "
                   "in</button></form>");
}

static FakeAnswer bare_page(FakeShop *shop, Arena *arena, const char *method,
                            const char *path, const char *body)
{
    (void)shop, (void)arena, (void)method, (void)path, (void)body;
    return page_of("<!doctype html><html lang=en><title>Us</title><body><p>Welcome.");
}

static FakeVisit *walked(FakeHook *hook)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    fake->shop.hook = hook;
    fake_walk(fake);
    return fake;
}

void test_blind__goods_in_sight_accuse_nobody(void)
{
    FakeVisit *fake = walked(loose_goods);
    assert_int_equal(fake->visit->outcome, VISIT_CANNOT);
    assert_non_null(strstr(fake->visit->reason, "nothing against the shop"));
    fake_release(fake);
}

void test_blind__a_login_before_the_goods_is_the_door(void)
{
    FakeVisit *fake = walked(login_wall);
    assert_int_equal(fake->visit->outcome, VISIT_STOPPED_BEFORE_PAYMENT);
    assert_string_equal(fake->visit->door, "account");
    fake_release(fake);
}

void test_blind__a_page_without_goods_is_a_dead_end(void)
{
    FakeVisit *fake = walked(bare_page);
    assert_int_equal(fake->visit->outcome, VISIT_ABANDONED);
    fake_release(fake);
}
