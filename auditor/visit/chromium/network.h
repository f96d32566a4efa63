/* network.h - what the browser requests, as exchanges of the visit; and the last guard.
 *
 * Layer: visit. Listens to Network.* and Fetch.*. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_NETWORK_H
#define VISIT_CHROMIUM_NETWORK_H

#include <stdbool.h>
#include <stdint.h>

#include "model/visit.h"
#include "net/transfer.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/target.h"

typedef struct Traffic Traffic;

/** What is kept and what is refused. */
typedef struct TrafficOptions {
    Visit *visit;
    bool keeps_bodies; /**< ask for the bodies of what rules read (documents, styles,
                            scripts, data), within limits */
    Safety safety;
    bool leaves_no_trace;  /**< block analytics and advertising; such requests are not
                                recorded, as they are none of the shop's failures */
    const char *site;      /**< URL given: where -H and -u may go */
    const NetOptions *net; /**< NULL: defaults */
} TrafficOptions;

/** Listen. Owns: arena. */
Traffic *traffic_open(Arena *arena, Cdp *cdp, const TrafficOptions *options,
                      const Clock *clock);
/** Enable Network (and Fetch on the browser session, narrow patterns: only methods and
 * addresses that could order or pay) for a new target; send only. */
void traffic_setup(Traffic *traffic, const Target *target);
/** Exchanges that begin from now on belong to this page (index in the visit, -1 none). */
void traffic_page(Traffic *traffic, int page);
/** The document of loader_id is this page: its exchanges from the first redirect on, and
 * what began after it, are the page's; late requests of the documents before stay theirs.
 * For navigations that are noticed only after they began. */
void traffic_claim(Traffic *traffic, const char *loader_id, int page);
/** Requests in flight: those a visitor waits for. Left out: what is older than 5 s, event
 * streams, media, beacons, prefetches. */
int traffic_in_flight(const Traffic *traffic);
/** Monotonic time of the last beginning or end of a request. */
int64_t traffic_last_us(const Traffic *traffic);
/** Index in the visit of the document exchange of a loader id, -1 unknown. */
int traffic_document(const Traffic *traffic, const char *loader_id);
/** Fetch the bodies that are still missing (before the page is left).
 * Errors: connection gone. */
bool traffic_collect(Traffic *traffic, Error *err) MUST_USE;
/** The visitor acts from now on: forms that are sent may be its own. */
void traffic_act(Traffic *traffic);
/** Nobody acts; the page of url is shown. A form that a checkout's page sends by itself
 * from now on is refused. url: lives as long as the visit. */
void traffic_rest(Traffic *traffic, const char *url);
/** Requests that the guard refused since the start, and the last reason (NULL none). */
int traffic_refused(const Traffic *traffic, const char **why);

#endif
