/* transfer.h - HTTP exchanges over libcurl, one at a time or many at once: the only door to
 * it.
 *
 * Follows no redirect by itself, decodes gzip, br and zstd, counts decoded bytes against a
 * limit, times every phase with our own clock and curl's. Layer: net. Used by visit/http,
 * crawl/. SPDX-License-Identifier: MIT */
#ifndef NET_TRANSFER_H
#define NET_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/error.h"
#include "model/page.h"
#include "net/cookies.h"

/** Where the site given is: what may be connected to depends on it. */
typedef enum NetPlace {
    NET_PLACE_UNKNOWN, /**< decided by the session's first connection */
    NET_PLACE_PUBLIC,  /**< private addresses are refused */
    NET_PLACE_PRIVATE, /**< in a private network: all are allowed */
} NetPlace;

/** What the user may set with curl's own option names (interface.md). NULL or 0: unset. */
typedef struct NetOptions {
    const char **headers;   /**< -H lines, NULL-ended; NULL: none */
    const char *user_agent; /**< -A, else the persona's */
    const char *user;       /**< -u user:password, sent to the site's origin only */
    const char *cookie;     /**< -b "a=b; c=d" or a Netscape file */
    const char *proxy;      /**< -x */
    const char **resolve;   /**< --resolve, NULL-ended */
    const char **connect_to;
    const char *ca_file;        /**< --cacert, else SSL_CERT_FILE */
    int http_version;           /**< 0 any, 1 HTTP/1.1, 2 HTTP/2 */
    int ip_version;             /**< 0 any, 4, 6 */
    bool is_insecure;           /**< -k: accept any certificate */
    bool allow_private;         /**< private addresses although the site is public */
    NetPlace place;             /**< net_place_of's, the same for a whole audit */
    size_t body_limit;          /**< decoded bytes of one body: 16 MiB by default */
    int64_t connect_timeout_us; /**< 10 s by default */
    int64_t timeout_us;         /**< one exchange: 60 s by default */
    int connections_per_host;   /**< 6 by default, as browsers have */
} NetOptions;

/** A net session: connections, DNS cache, cookies, HSTS, TLS sessions of one visitor. */
typedef struct Net Net;

/** A request to make. Strings must live until it is done. */
typedef struct NetRequest {
    const char *method;
    const char *url;
    const Header *headers; /**< all but Host, Cookie, Content-Length, Accept-Encoding */
    int header_count;
    Str body;
    int priority; /**< 0 first ... 4 last, in the queue of its host */
    bool keep_body;
    void *tag; /**< the caller's */
    /** For cookies' SameSite: URL of the page that caused it; NULL: typed by the user. */
    const char *initiator;
    bool is_navigation;
    bool is_anonymous; /**< neither sends nor keeps cookies (a cross-origin font) */
} NetRequest;

/** Open a session. options may be NULL. network: throttling profile values, 0 unlimited.
 * Errors: ERROR_FAILED, ERROR_INPUT (unusable option). */
bool net_open(Arena *arena, const NetOptions *options, int64_t down_bytes_per_s,
              int64_t latency_us, const Clock *clock, Net **net, Error *err) MUST_USE;
/** Close connections, free handles. net may be NULL. Also for AUTO. */
void net_close(Net **net);
/** Queue a request; exchange (zeroed by the caller, lives in arena) is filled when it ends.
 * Failures of the network are facts in the exchange (status 0, error, error_kind), not
 * Errors. */
bool net_start(Net *net, const NetRequest *request, Arena *arena, Exchange *exchange,
               Error *err) MUST_USE;
/** Wait until a started request has ended; its tag and exchange. Returns false when none is
 * running. deadline_us: monotonic, 0 none; at the deadline the rest end with error_kind
 * "timeout". */
bool net_next(Net *net, int64_t deadline_us, Exchange **exchange, void **tag);
/** One turn for callers that wait for other things too: move what is under way on, and wait
 * at most wait_ms for it or until one of the descriptors can be read. descriptors may be
 * NULL. Returns false when nothing is under way (then only the descriptors are waited
 * for). */
bool net_turn_with(Net *net, const int *descriptors, size_t count, int wait_ms);
/** An ended request that was not taken yet; false: none. Never waits. */
bool net_take(Net *net, Exchange **exchange, void **tag);
/** Start one and wait for it. */
bool net_fetch(Net *net, const NetRequest *request, Arena *arena, Exchange *exchange,
               Error *err) MUST_USE;
/** The session's cookies. */
CookieJar *net_cookies(Net *net);
/** Is the URL's host known to demand https (HSTS seen in this session)? */
bool net_is_hsts(const Net *net, const char *url);
/** Where a site is, asked once before the first visit, so that a name which moves to a
 * private address later is not followed. Looks its name up (the resolver's own deadline);
 * --resolve wins over it, --connect-to and a name without an address leave it unknown. One
 * public address among several makes it public. */
NetPlace net_place_of(const char *site, const NetOptions *options);
/** Must private addresses be refused, with a place that is known? Not with a proxy: beyond
 * it we see no address. */
bool net_stays_public(const NetOptions *options);
/** Is it an address that only a private network reaches (loopback, RFC 1918, link-local,
 * unique local, carrier's, unspecified, multicast)? Other families than IPv4 and IPv6 are.
 */
bool address_is_private(const struct sockaddr *address);
/** Version line of the transport: "libcurl/7.88.1 OpenSSL/3.0.x nghttp2/1.52". */
const char *net_version(Arena *arena);

#endif
