/* network_parts.h - what the network_*.c files share; nobody else includes it.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_NETWORK_PARTS_H
#define VISIT_CHROMIUM_NETWORK_PARTS_H

#include "base/url.h"
#include "visit/chromium/network.h"

enum {
    FLIGHT_BUCKETS = 1024,
    REFUSED_MAX = 1000,
};

/** Headers as they were on the wire. They come in events of their own, before or behind
 * the request or answer they belong to. */
typedef struct RawHead {
    bool is_answer;
    int status;
    Header *headers;
    int count;
} RawHead;

/** One request and what became of it: one exchange a hop. */
typedef struct Flight {
    struct Flight *next; /**< of its bucket */
    const char *id;      /**< the browser's requestId */
    const char *session; /**< that spoke of it last */
    const char *loader;  /**< loaderId of its document; "" unknown */
    Exchange *exchange;  /**< of the last hop; NULL: none yet */
    Exchange **hops;
    size_t hop_count, hop_capacity;
    size_t *indexes; /**< of the hops in the visit */
    size_t index_count, index_capacity;
    RawHead *heads; /**< that came before their hop */
    size_t head_count, head_capacity;
    size_t requests_headed, answers_headed; /**< hops that have theirs */
    bool is_open;
    bool is_quiet;       /**< a visitor does not wait for it */
    bool has_answer;     /**< the last hop has one */
    int64_t since_us;    /**< our monotonic clock */
    double asked_s;      /**< the browser's clock: of the last hop */
    double answered_s;   /**< end of the answer's head; 0 unknown */
    const char *charset; /**< of the answer, as the browser decoded it */
} Flight;

/** A request that the guard did not let out. */
typedef struct Refusal {
    const char *id;
    const char *why;
} Refusal;

struct Traffic {
    Arena *arena; /**< the visit's */
    Cdp *cdp;
    TrafficOptions options;
    const Clock *clock;
    Url site;
    bool has_site;
    Flight *buckets[FLIGHT_BUCKETS];
    Flight **flights; /**< all, in order of beginning */
    size_t flight_count, flight_capacity;
    Flight **open;
    size_t open_count, open_capacity;
    Refusal *refusals;
    size_t refusal_count, refusal_capacity;
    const char **challenged; /**< requests whose password was given */
    size_t challenged_count, challenged_capacity;
    const char **claimed; /**< loader ids that are pages' */
    size_t claimed_count, claimed_capacity;
    bool is_acting;    /**< what is asked for may be the visitor's doing */
    const char *shown; /**< address of the page shown; NULL unknown */
    int page;
    int64_t last_us;
    int questions;     /**< bodies asked for and not answered */
    size_t kept_bytes; /**< of bodies */
};

/* network_read.c: the browser's JSON to facts. */

/** Is the address one whose traffic is recorded (http, https)? */
bool read_is_web(const char *url);
/** Type of a resource by the browser's word and the request's headers. */
ResourceType read_type(const char *type, const Json *request);
/** Does a visitor wait for such a request? */
bool read_is_quiet(const char *type);
/** Headers of a JSON object: one line each, repeated ones apart. Owns: arena. */
Header *read_headers(Arena *arena, const Json *object, int *count);
/** Status, headers, protocol, addresses, security, cache. has_head: the headers of the wire
 * are there already. */
void read_answer(Arena *arena, const Json *response, bool has_head, Exchange *exchange);
/** Phases; asked_s: when the page asked, end_s: when the last byte came (browser's clock,
 * 0 unknown). Returns when the answer's head had come, 0 unknown. */
double read_timings(const Json *response, double asked_s, double end_s, Exchange *exchange);
/** Why there is no answer: error and error_kind. */
void read_failure(Arena *arena, const Json *params, Exchange *exchange);
/** URL of the script or document that asked for it, NULL when nobody did. Owns: arena. */
const char *read_initiator(Arena *arena, const Json *params);
/** The request's body, as bytes. Owns: arena. */
Str read_post_data(Arena *arena, const Json *request);
/** Media type of a Content-Type value, lower case. Owns: arena. */
const char *read_mime(Arena *arena, const char *type);

/* network_body.c */

/** Ask for the body of a finished flight when rules read it. */
void body_ask(Traffic *traffic, Flight *flight);

/* network_guard.c */

/** Listen to what the browser holds back for us, and tell it what to hold back. */
void guard_open(Traffic *traffic);
/** Tell a new target which addresses are never called (leave no trace). */
void guard_setup(Traffic *traffic, const Target *target);
/** Why the guard refused this request, NULL: it did not. */
const char *guard_refusal(const Traffic *traffic, const char *id);
/** Is it analytics or advertising that is blocked in this visit? */
bool guard_blocks(const Traffic *traffic, const char *url);

#endif
