/* session.h - the inside of a net session: what the files of net/ share with each other.
 *
 * Nobody outside net/ includes it. A transfer goes through the states below; the queue
 * decides when it begins, curl moves its bytes, the link model (throttle.c) holds its end
 * back. Layer: net. SPDX-License-Identifier: MIT */
#ifndef NET_SESSION_H
#define NET_SESSION_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/url.h"
#include "net/transfer.h"

enum {
    NET_RUNNING_MAX = 64,        /**< exchanges at curl at once, over all hosts */
    NET_STREAMS_MAX = 100,       /**< of one HTTP/2 connection */
    NET_HEAD_LIMIT = 256 << 10,  /**< bytes of an answer's headers */
    NET_HEADER_LINES_MAX = 1000, /**< header lines of an answer */
    NET_PREFIX_LIMIT =
        256 << 10, /**< of an image whose body is not kept: its size is in it */
    NET_DOWNLOAD_LIMIT =
        64 << 10, /**< of a navigation's answer that no browser would show */
    NET_REQUEST_HEADERS_MAX = 64,
    NET_SLOW_BYTES_PER_S = 10, /**< slower than this for NET_SLOW_S is a drip: given up */
    NET_SLOW_S = 30,
    NET_OTHERS_MOST = 64, /**< descriptors of the caller waited for besides */
};

/** Where a transfer is in its life. */
typedef enum TransferState {
    TRANSFER_WAITING,  /**< in the queue of its host */
    TRANSFER_HELD,     /**< begun, but the modelled latency has not passed */
    TRANSFER_RUNNING,  /**< at curl */
    TRANSFER_DRAINING, /**< ended at curl, the modelled link still delivers */
    TRANSFER_DONE,     /**< waits to be taken by net_next */
} TransferState;

/** Moments of a transfer, monotonic µs by our own clock; 0: did not happen. */
typedef struct TransferTimes {
    int64_t queued;
    int64_t begun;    /**< left the queue */
    int64_t added;    /**< given to curl */
    int64_t resolver; /**< name resolution began */
    int64_t socket;   /**< first socket opened */
    int64_t ready;    /**< the connection is there, the request goes out */
    int64_t first;    /**< first byte of the answer */
    int64_t end;
} TransferTimes;

typedef struct NetHost NetHost;

/** One exchange under way. Slots are used again. */
typedef struct Transfer {
    struct Transfer *next; /**< in the list of its state */
    Net *net;
    NetHost *host;
    TransferState state;
    NetRequest request;
    Url url; /**< of the request, parsed */
    Exchange *exchange;
    Arena *arena; /**< of the exchange */
    CURL *easy;
    struct curl_slist *header_list;
    TransferTimes times;
    int64_t hold_us;       /**< modelled latency of this exchange, handshakes included */
    int64_t handshake_us;  /**< the part of it that a new connection costs */
    int64_t ssl_us;        /**< of the TLS handshake, by curl */
    int64_t arrived_bytes; /**< on the wire, as last looked at */
    int64_t served_bytes;  /**< delivered by the modelled link so far */
    int64_t header_bytes;  /**< of the present answer's head */
    int64_t decoded_bytes; /**< all that the write callback saw, kept or not */
    size_t body_limit;
    Buf body;
    bool keeps_body;
    bool is_image;
    bool is_first_use; /**< of its connection, as far as foreseen when it begins */
    bool is_body_begun;
    bool is_stopped;     /**< we ended it on purpose: a download, an image's head */
    const char *failure; /**< our own reason to give up, before curl's */
    const char *failure_kind;
    char curl_text[CURL_ERROR_SIZE];
    size_t header_capacity;
} Transfer;

/** Queue and connections of one origin. */
struct NetHost {
    NetHost *next;
    const char *origin;
    bool is_secure;
    bool is_multiplexed; /**< HTTP/2 was answered */
    int active;          /**< transfers begun and not ended */
    int connections;     /**< opened, as far as known; for the modelled handshakes */
    Transfer *waiting;   /**< by priority, then by arrival */
    const char *tls_version;
    int64_t certificate_until_us;
};

/** A host that asked for https only. */
typedef struct HstsHost {
    const char *host;
    int64_t until_us; /**< wall clock */
    bool has_subdomains;
} HstsHost;

struct Net {
    Arena *arena;
    const Clock *clock;
    NetOptions options;
    CURLM *multi;
    CookieJar *cookies;
    NetHost *hosts;
    Transfer *active; /**< held, running and draining, newest first */
    Transfer *done;   /**< in order of their end */
    Transfer *free;
    CURL **idle; /**< easy handles to use again */
    size_t idle_count, idle_capacity;
    int running;
    int64_t down_bytes_per_s; /**< of the modelled link; 0 unlimited */
    int64_t latency_us;
    int64_t link_time_us; /**< the modelled link is worked out up to here */
    double link_credit;   /**< bytes of the link not yet given out (a fraction) */
    bool has_site;
    Url site;           /**< of the first request: whom -u, -H and -b are for */
    int allows_private; /**< 1 yes, 0 no, -1 decided by the first connection */
    HstsHost *hsts;
    size_t hsts_count, hsts_capacity;
    struct curl_slist *resolve;
    struct curl_slist *connect_to;
};

/* options.c: everything curl is told. */

/** Take the options over with defaults, load -b files later. Errors: ERROR_INPUT. */
bool net_options_take(Net *net, const NetOptions *options, Error *err) MUST_USE;
/** First request: remember whose site it is, put -b cookies into the jar. */
bool net_site_set(Net *net, const char *url, Error *err) MUST_USE;
/** Tell the transfer's easy handle all it needs, callbacks apart. */
bool net_easy_prepare(Transfer *transfer);
/** Write the header lines of the request into exchange and header_list. */
void net_headers_write(Transfer *transfer);

/* answer.c: what comes back. */

/** curl's callbacks; userdata is the Transfer. */
size_t net_on_header(char *data, size_t size, size_t count, void *userdata);
size_t net_on_body(char *data, size_t size, size_t count, void *userdata);
/** Fill the exchange from the ended handle: status, sizes, addresses, error. */
void net_answer_finish(Transfer *transfer, CURLcode code);
/** Fill error and error_kind of an exchange that never was at curl, or was given up. */
void net_answer_fail(Transfer *transfer, const char *kind, const char *text);
/** Phases from the moments; after times.end is set. */
void net_timings_fill(Transfer *transfer);

/* address.c: where it connects. */

/** curl's opensocket callback, userdata the Transfer: refuses private addresses when the
 * site is public. */
curl_socket_t net_on_socket(void *userdata, curlsocktype purpose,
                            struct curl_sockaddr *address);

/* tls.c */

/** Read TLS version and the certificate's end of the handle's connection into its host. */
void net_tls_read(Transfer *transfer);

/* hsts.c */

/** Take a Strict-Transport-Security header received over https from url. */
void net_hsts_receive(Net *net, const char *url, const char *value);

/* throttle.c: the modelled link. */

/** Latency that an exchange pays before its request, by whether its connection is new. */
void throttle_hold(Transfer *transfer);
/** Give out the link's bytes up to now; ended transfers that are served become done. */
void throttle_serve(Net *net, int64_t now_us);
/** How long until the link or a hold has something to do, µs; -1: nothing. */
int64_t throttle_wait_us(const Net *net, int64_t now_us);

#endif
