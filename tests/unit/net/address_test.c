/* address_test.c - which addresses belong to private networks.
 *
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "net/session.h"
#include "net/transfer.h"
#include "unit.h"

static bool is_private(const char *text)
{
    struct sockaddr_storage storage = {0};
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &in.sin_addr) == 1) {
        memcpy(&storage, &in, sizeof in);
    } else {
        assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
        memcpy(&storage, &in6, sizeof in6);
    }
    return address_is_private((const struct sockaddr *)&storage);
}

void test_address__knows_private_networks(void)
{
    static const char *const cases[] = {
        "127.0.0.1",   "10.1.2.3",        "172.16.0.1",    "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "0.0.0.0",       "100.64.0.1",
        "224.0.0.1",   "255.255.255.255", "::1",           "::",
        "fe80::1",     "fc00::1",         "fd12::1",       "::ffff:10.0.0.1",
        "ff02::1",     "2002:7f00:1::",   "64:ff9b::a00:1"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(is_private(cases[i]));
}

void test_address__knows_public_ones(void)
{
    static const char *const cases[] = {
        "93.184.215.14", "172.32.0.1",  "172.15.0.1",   "192.167.0.1",         "11.0.0.1",
        "100.128.0.1",   "2001:db9::1", "2606:2800::1", "::ffff:93.184.215.14"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(is_private(cases[i]));
}

static NetPlace place_with(const char *site, const char *resolve)
{
    const char *lines[] = {resolve, NULL};
    NetOptions options = {.resolve = lines};
    return net_place_of(site, &options);
}

void test_address__a_site_s_place_is_that_of_its_addresses(void)
{
    assert_int_equal(place_with("http://127.0.0.1:8080/", NULL), NET_PLACE_PRIVATE);
    assert_int_equal(place_with("http://[::1]/", NULL), NET_PLACE_PRIVATE);
    assert_int_equal(place_with("https://203.0.113.9/", NULL), NET_PLACE_PUBLIC);
    assert_int_equal(place_with("https://a.test/", "a.test:443:203.0.113.9"),
                     NET_PLACE_PUBLIC);
    assert_int_equal(place_with("https://a.test/", "a.test:443:10.0.0.9"),
                     NET_PLACE_PRIVATE);
}

void test_address__who_connects_elsewhere_decides_at_the_first_connection(void)
{
    const char *lines[] = {"::127.0.0.1:80", NULL};
    NetOptions options = {.connect_to = lines};
    assert_int_equal(net_place_of("http://203.0.113.9/", &options), NET_PLACE_UNKNOWN);
}

void test_address__a_public_site_stays_public_unless_told(void)
{
    NetOptions options = {.place = NET_PLACE_PUBLIC};
    assert_true(net_stays_public(&options));
    options.allow_private = true;
    assert_false(net_stays_public(&options));
    options = (NetOptions){.place = NET_PLACE_PUBLIC, .proxy = "http://127.0.0.1:3128"};
    assert_false(net_stays_public(&options));
    options = (NetOptions){.place = NET_PLACE_PRIVATE};
    assert_false(net_stays_public(&options));
}
