/* http.h - the inside of the http engine: what the files of visit/http/ share.
 *
 * Nobody else includes it. A navigation (navigate.c) is a document with its redirects by
 * hand; arrive.c makes a Page of it; fetch.c loads what the page refers to (resources.c,
 * sheet.c); act.c presses and types. Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_HTTP_HTTP_H
#define VISIT_HTTP_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "visit/http/cache.h"
#include "visit/visitor.h"

enum {
    HTTP_REDIRECTS_MAX = 20,   /**< as Chromium */
    HTTP_REFRESHES_MAX = 5,    /**< one after the other */
    HTTP_REFRESH_MAX_S = 5,    /**< longer ones are left to the reader's own pace */
    HTTP_RESOURCES_MAX = 1000, /**< of one page */
    HTTP_SHEET_DEPTH_MAX = 5,  /**< of @import */
    HTTP_DOCUMENTS_MAX = 300,  /**< of a visit, unless told otherwise */
    HTTP_HEADERS_MAX = 24,     /**< that we send with a request */
};

/** What a referrer may tell (Referrer Policy, W3C). */
typedef enum ReferrerPolicy {
    REFERRER_DEFAULT, /**< strict-origin-when-cross-origin */
    REFERRER_NONE,
    REFERRER_NONE_DOWN,
    REFERRER_ORIGIN,
    REFERRER_ORIGIN_CROSS,
    REFERRER_SAME_ORIGIN,
    REFERRER_STRICT_ORIGIN,
    REFERRER_UNSAFE,
} ReferrerPolicy;

/** How near two URLs are, for Sec-Fetch-Site; larger is farther. */
typedef enum SiteRelation {
    SITE_NONE, /**< typed by the user */
    SITE_SAME_ORIGIN,
    SITE_SAME_SITE,
    SITE_CROSS,
} SiteRelation;

/** A page that was shown, for going back. */
typedef struct Shown {
    const char *url;
    Page *page;
    Document *document; /**< NULL: no HTML */
    FormState *state;
    ReferrerPolicy policy;
    const Exchange *exchange;
    bool was_post;
    int64_t rested_us; /**< monotonic: when it had loaded */
} Shown;

typedef struct HttpVisitor {
    Visitor base;
    Arena *arena; /**< of the visit */
    Net *net;
    VisitorOptions options;
    const char *user_agent;
    HttpCache *cache;
    Shown *history;
    size_t history_count, history_capacity;
    size_t position;      /**< of the page shown, when history_count > 0 */
    int cut_loads;        /**< pages whose loading was given up */
    const char *icon_url; /**< asked for already: a browser asks once; NULL */
} HttpVisitor;

/** A document that is wanted. */
typedef struct Navigation {
    const char *method; /**< GET or POST */
    const char *url;
    Str body;
    const char *content_type; /**< NULL for GET */
    const Shown *from;        /**< page that caused it; NULL: typed */
    ReferrerPolicy policy;    /**< of the element, REFERRER_DEFAULT: the page's */
    bool is_user;             /**< a person's own doing */
    bool is_reload;
    bool replaces; /**< takes the shown page's place in the history */
} Navigation;

/** What a request wants to be told about itself (headers.c). */
typedef struct HeaderWish {
    const char *url;
    const char *method;
    const char *content_type;
    const char *initiator; /**< page, or sheet for what a sheet refers to; NULL: typed */
    const char *origin_of; /**< the page, for Sec-Fetch-Site and Origin; NULL: initiator */
    ReferrerPolicy policy;
    SiteRelation farthest; /**< of the redirects before */
    ResourceType type;
    bool is_navigation, is_frame, is_cors, is_user, is_reload;
    const char *if_none_match, *if_modified_since;
} HeaderWish;

/* headers.c */

/** Header lines as Chromium sends them for this request; returns their number. */
int http_headers(const HttpVisitor *visitor, const HeaderWish *wish, Header **headers);
/** Value of the Referer header, NULL for none. */
const char *http_referrer(Arena *arena, ReferrerPolicy policy, const char *from,
                          const char *to);
/** Policy of a header value or attribute: the last token known; REFERRER_DEFAULT: none. */
ReferrerPolicy referrer_policy_of(const char *tokens);
/** Relation of a request to its page. */
SiteRelation site_relation(Arena *arena, const char *from, const char *to);

/* navigate.c */

/** Load a document with its redirects and refreshes, and its resources; fills move. */
bool http_navigate(HttpVisitor *visitor, const Navigation *navigation, Move *move,
                   Error *err) MUST_USE;
/** url, or its https form when its host asked for that (HSTS): browsers change it by
 * themselves, without asking the server again. */
const char *http_url_secured(const HttpVisitor *visitor, const char *url);
/** A new exchange of the visit, or one that is forgotten when nothing is recorded. */
Exchange *http_exchange(HttpVisitor *visitor);
/** Resolved Location of a redirect that a browser follows, or NULL. */
const char *http_redirect_target(Arena *arena, const Exchange *exchange);
/** The page shown, or NULL. */
Shown *http_shown(HttpVisitor *visitor);
/** Reason text that lives as long as the visit. */
void move_set(Move *move, MoveResult result, const char *reason);

/* arrive.c */

/** Times of a navigation, monotonic. */
typedef struct Journey {
    const char *url; /**< at the end, with fragment */
    int64_t begun_us;
    int64_t first_byte_us; /**< of the final document; 0 none */
    int64_t received_us;
    size_t first_exchange; /**< index in the visit of the first hop */
} Journey;

/** Make a page of the final exchange: parse, load its resources, measure. */
bool http_arrive(HttpVisitor *visitor, const Navigation *navigation, Exchange *exchange,
                 const Journey *journey, Error *err) MUST_USE;
/** Would a browser keep the present page at this answer (no content, a download)? reason
 * receives why. */
bool answer_keeps_page(Arena *arena, const Exchange *exchange, const char **reason);

/* refresh.c */

/** Refresh header or meta of a page: seconds and target (resolved). false: none. */
bool refresh_find(Arena *arena, const Document *document, const Exchange *exchange,
                  double *seconds, const char **url);

/* fetch.c */

/** Load what the page refers to. last_us receives the end of the last resource that a
 * browser waits for (monotonic). */
bool http_fetch_resources(HttpVisitor *visitor, const Shown *shown, int64_t *last_us,
                          Error *err) MUST_USE;

/* act.c: the primitives that act on an element. */

bool http_press(Visitor *visitor, const Node *element, Move *move, Error *err);
bool http_enter(Visitor *visitor, const Node *control, Move *move, Error *err);
bool http_fill(Visitor *visitor, const Node *control, const char *text, Move *move,
               Error *err);
bool http_choose(Visitor *visitor, const Node *control, const char *value, Move *move,
                 Error *err);

#endif
