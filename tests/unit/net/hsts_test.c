/* hsts_test.c - hosts that asked for https. SPDX-License-Identifier: MIT */
#include "net/session.h"
#include "unit.h"

typedef struct Fixture {
    Arena *arena;
    Clock clock;
    Net *net;
} Fixture;

static void fixture_open(Fixture *fixture)
{
    Error err = {0};
    fixture->arena = arena_create();
    clock_init_fixed(&fixture->clock, 1780000000LL * 1000000, 1);
    assert_true(net_open(fixture->arena, NULL, 0, 0, &fixture->clock, &fixture->net, &err));
}

static void fixture_close(Fixture *fixture)
{
    net_close(&fixture->net);
    arena_release(fixture->arena);
}

void test_hsts__is_remembered_until_its_end(void)
{
    Fixture fixture;
    fixture_open(&fixture);
    assert_false(net_is_hsts(fixture.net, "http://shop.example/"));
    net_hsts_receive(fixture.net, "https://shop.example/", "max-age=60");
    assert_true(net_is_hsts(fixture.net, "http://shop.example/x"));
    assert_false(net_is_hsts(fixture.net, "http://www.shop.example/"));
    fixture.clock.fixed_wall_us += 61000000;
    assert_false(net_is_hsts(fixture.net, "http://shop.example/"));
    fixture_close(&fixture);
}

void test_hsts__may_hold_for_the_hosts_below(void)
{
    Fixture fixture;
    fixture_open(&fixture);
    net_hsts_receive(fixture.net, "https://shop.example/",
                     "Max-Age=\"600\" ; IncludeSubDomains; preload");
    assert_true(net_is_hsts(fixture.net, "http://www.shop.example/"));
    assert_false(net_is_hsts(fixture.net, "http://otherexample/"));
    net_hsts_receive(fixture.net, "https://shop.example/", "max-age=0");
    assert_false(net_is_hsts(fixture.net, "http://www.shop.example/"));
    fixture_close(&fixture);
}

void test_hsts__ignores_addresses_and_nonsense(void)
{
    Fixture fixture;
    fixture_open(&fixture);
    net_hsts_receive(fixture.net, "https://127.0.0.1/", "max-age=60");
    net_hsts_receive(fixture.net, "https://shop.example/", "max-age=soon");
    net_hsts_receive(fixture.net, "https://shop.example/", "includeSubDomains");
    assert_false(net_is_hsts(fixture.net, "http://127.0.0.1/"));
    assert_false(net_is_hsts(fixture.net, "http://shop.example/"));
    fixture_close(&fixture);
}
