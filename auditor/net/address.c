/* address.c - which addresses a visit may connect to.
 *
 * A public shop must not be able to send us into the network we run in: its redirects,
 * images and names may point at private addresses. The address is judged when the socket is
 * opened, after the name was resolved, so that no name can slip one in. Layer: net.
 * SPDX-License-Identifier: MIT */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "net/session.h"

/** IPv4 blocks that are not the public internet: IANA's special-purpose registry. */
static const struct {
    uint32_t network;
    int bits;
} private_blocks[] = {
    {0x00000000, 8},  /* 0.0.0.0/8 this network */
    {0x0a000000, 8},  /* 10.0.0.0/8 */
    {0x64400000, 10}, /* 100.64.0.0/10 carrier's */
    {0x7f000000, 8},  /* 127.0.0.0/8 loopback */
    {0xa9fe0000, 16}, /* 169.254.0.0/16 link-local, clouds' metadata */
    {0xac100000, 12}, /* 172.16.0.0/12 */
    {0xc0000000, 24}, /* 192.0.0.0/24 */
    {0xc0a80000, 16}, /* 192.168.0.0/16 */
    {0xc6120000, 15}, /* 198.18.0.0/15 benchmarks */
    {0xe0000000, 3},  /* 224.0.0.0/3 multicast, reserved, broadcast */
};

static bool ipv4_is_private(uint32_t address)
{
    for (size_t i = 0; i < COUNT_OF(private_blocks); i++) {
        uint32_t mask = 0xffffffffU << (32 - private_blocks[i].bits);
        if ((address & mask) == private_blocks[i].network)
            return true;
    }
    return false;
}

static uint32_t ipv4_at(const uint8_t *bytes)
{
    return ((uint32_t)bytes[0] << 24) | ((uint32_t)bytes[1] << 16) |
           ((uint32_t)bytes[2] << 8) | bytes[3];
}

static bool ipv6_is_private(const uint8_t *bytes)
{
    static const uint8_t zeros[12] = {0};
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    static const uint8_t nat64[12] = {0x00, 0x64, 0xff, 0x9b};
    if (memcmp(bytes, mapped, 12) == 0 || memcmp(bytes, nat64, 12) == 0)
        return ipv4_is_private(ipv4_at(bytes + 12));
    if (memcmp(bytes, zeros, 12) == 0)
        return true;                          /* ::, ::1 and the old IPv4-compatible form */
    if (bytes[0] == 0x20 && bytes[1] == 0x02) /* 6to4 carries an IPv4 address */
        return ipv4_is_private(ipv4_at(bytes + 2));
    return (bytes[0] & 0xfe) == 0xfc || /* fc00::/7 unique local */
           (bytes[0] == 0xfe &&
            (bytes[1] & 0x80) == 0x80) || /* fe80::/9 link, site local */
           bytes[0] == 0xff;              /* multicast */
}

bool address_is_private(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return ipv4_is_private(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof in6);
        return ipv6_is_private(in6.sin6_addr.s6_addr);
    }
    return true;
}

static bool connection_is_allowed(Transfer *transfer, const struct curl_sockaddr *address)
{
    Net *net = transfer->net;
    /* The address of a proxy is the user's own choice, and beyond it we see none. */
    if (net->options.allow_private || net->options.proxy)
        return true;
    bool is_private = address_is_private(&address->addr);
    if (net->options.place != NET_PLACE_UNKNOWN)
        return net->options.place == NET_PLACE_PRIVATE || !is_private;
    if (net->allows_private < 0)
        net->allows_private = is_private;
    return net->allows_private || !is_private;
}

bool net_stays_public(const NetOptions *options)
{
    return options->place == NET_PLACE_PUBLIC && !options->allow_private && !options->proxy;
}

/* The address that --resolve HOST:PORT:ADDRESS gives a host; empty: none. */
static Str resolved_address(const NetOptions *options, const char *host)
{
    for (const char **line = options->resolve; line && *line; line++) {
        Str rest = str_of(*line);
        Str name;
        Str port;
        if (str_starts_with(rest, STR("+")))
            rest = str_slice(rest, 1, SIZE_MAX);
        if (str_next(&rest, ':', &name) && str_next(&rest, ':', &port) &&
            (str_equal_nocase(name, str_of(host)) || str_equal(name, STR("*"))))
            return str_slice(rest, 0, str_find_byte(rest, ',', 0));
    }
    return STR("");
}

/* Brackets are the URL's, not the address's. */
static const char *bare(Arena *arena, Str name)
{
    if (name.length > 2 && name.data[0] == '[')
        name = str_slice(name, 1, name.length - 2);
    return arena_str_text(arena, name);
}

NetPlace net_place_of(const char *site, const NetOptions *options)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    Url url;
    struct addrinfo *found = NULL;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    NetPlace place = NET_PLACE_UNKNOWN;
    if (!url_parse(arena, str_of(site), NULL, &url, NULL) || !url.host || !*url.host ||
        (options->connect_to && *options->connect_to))
        return NET_PLACE_UNKNOWN;
    Str given = resolved_address(options, url.host);
    const char *name = bare(arena, str_is_empty(given) ? str_of(url.host) : given);
    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        return NET_PLACE_UNKNOWN;
    for (const struct addrinfo *one = found; one; one = one->ai_next)
        if (!address_is_private(one->ai_addr))
            place = NET_PLACE_PUBLIC;
        else if (place == NET_PLACE_UNKNOWN)
            place = NET_PLACE_PRIVATE;
    freeaddrinfo(found);
    return place;
}

curl_socket_t net_on_socket(void *userdata, curlsocktype purpose,
                            struct curl_sockaddr *address)
{
    Transfer *transfer = userdata;
    (void)purpose;
    if (!connection_is_allowed(transfer, address)) {
        transfer->failure_kind = "connect";
        transfer->failure = "a private address, which a public site may not send us to";
        return CURL_SOCKET_BAD;
    }
    if (!transfer->times.socket)
        transfer->times.socket = clock_now_us(transfer->net->clock);
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}
