/* cdp.h - the DevTools protocol over the browser's pipe: calls, events, sessions.
 *
 * Messages are JSON ended by one NUL byte. What arrives is scanned for id, method and
 * session before anything is parsed; events nobody listens to are never parsed. All waiting
 * happens in here: while a call waits for its answer, events go to their listeners. A
 * listener may send (cdp_send) but must not call (cdp_call): the answer would be waited for
 * inside the wait. Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_CDP_H
#define VISIT_CHROMIUM_CDP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json.h"

typedef struct Cdp Cdp;

/** An event. Lives until its listener returns. */
typedef struct CdpEvent {
    const char *method;  /**< "Network.requestWillBeSent" */
    const char *session; /**< "" the browser's */
    const Json *params;  /**< an object */
} CdpEvent;

typedef void CdpListener(void *context, const CdpEvent *event);

/** Take the two ends of the pipe (non-blocking). Owns: arena; the descriptors stay the
 * caller's. */
Cdp *cdp_open(Arena *arena, int write_fd, int read_fd, const Clock *clock);
/** Call listener for every event whose method starts with prefix ("Network." or a whole
 * name), in the order of registration. */
void cdp_listen(Cdp *cdp, const char *prefix, CdpListener *listener, void *context);

/** What is asked of whom. */
typedef struct CdpRequest {
    const char *session; /**< "" the browser */
    const char *method;
    const char *params; /**< JSON object text, NULL none */
    int64_t timeout_us; /**< of a call; cdp_ask needs none */
} CdpRequest;

/** Call and wait for the answer, at most request->timeout_us.
 *
 * arena: where result is kept; result may be NULL. Errors: ERROR_FAILED: the browser's own
 * message (where: the method), over time, or the connection is gone (cdp_is_gone). */
bool cdp_call_make(Arena *arena, Cdp *cdp, const CdpRequest *request, const Json **result,
                   Error *err) MUST_USE;
/** cdp_call_make with its request spelled out. */
#define cdp_call(cdp, session, method, params, timeout_us, arena, result, err)             \
    cdp_call_make((arena), (cdp),                                                          \
                  &(const CdpRequest){(session), (method), (params), (timeout_us)},        \
                  (result), (err))
/** Send without waiting; the answer is dropped. params as above. */
void cdp_send(Cdp *cdp, const char *session, const char *method, const char *params);
/** An answer to cdp_ask. result: an object, NULL when the browser refused, the session went
 * away or the connection broke. Lives until it returns. As a listener it may only send. */
typedef void CdpAnswer(void *context, const Json *result);

/** Send; the answer, whenever it comes, goes to answer(context). Every question is answered
 * once. For listeners, which must not wait. */
void cdp_ask(Cdp *cdp, const CdpRequest *request, CdpAnswer *answer, void *context);
/** No call waits beyond deadline_us (monotonic; 0 none), but each has a second. */
void cdp_until(Cdp *cdp, int64_t deadline_us);
/** Handle what arrives until until_us (monotonic) or until *stop becomes true (may be
 * NULL). Returns false when the connection is gone. */
bool cdp_pump(Cdp *cdp, int64_t until_us, const bool *stop);
/** Did the browser close the pipe (crash, kill)? */
bool cdp_is_gone(const Cdp *cdp);
/** Calls made and bytes read so far, for the bench. */
int64_t cdp_calls(const Cdp *cdp);
int64_t cdp_bytes(const Cdp *cdp);

/** Largest single message accepted; larger ones are dropped and their call fails. */
enum { CDP_MESSAGE_MAX = 64 << 20 };

#endif
