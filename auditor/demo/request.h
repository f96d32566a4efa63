/* request.h - a request taken apart, and the answer being made for it.
 *
 * Knows no shop and no HTTP library. Values are valid UTF-8 without control characters,
 * whatever was sent. Layer: demo. Filled by server.c, read by shop/.
 * SPDX-License-Identifier: MIT */
#ifndef DEMO_REQUEST_H
#define DEMO_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum {
    REQUEST_FIELD_LIMIT = 64,       /**< names of a query or form that are looked at */
    REQUEST_BODY_LIMIT = 64 * 1024, /**< bytes of a form */
    REQUEST_VALUE_LIMIT = 4096,     /**< bytes of one value; the rest is dropped */
    REPLY_BODY_LIMIT = 24 * 1024 * 1024,
    REPLY_HEADER_LIMIT = 24,
};

/** A name and its value. */
typedef struct Field {
    const char *name;
    const char *value;
} Field;

/** Fields in the order sent. */
typedef struct Fields {
    Field items[REQUEST_FIELD_LIMIT];
    size_t count;
} Fields;

/** A request. Texts are never NULL but where it says so. */
typedef struct Request {
    Arena *arena; /**< ends with the answer */
    bool is_post;
    bool is_other_method; /**< neither GET, HEAD nor POST */
    bool is_body_refused; /**< too large or not a form */
    const char *path;     /**< percent-decoded, begins with '/' */
    const char *target;   /**< path and query as sent */
    Fields query;
    Fields form;
    const char *origin; /**< "http://host:port" as the visitor knows us */
    const char *cookie;
    const char *accept_language;
    const char *referer;
    const char *if_none_match;
    bool takes_gzip;
} Request;

/** An answer. */
typedef struct Reply {
    int status;
    const char *type; /**< Content-Type */
    Buf body;
    Str kept;      /**< instead of body: bytes that outlive the answer */
    Str kept_gzip; /**< the same, compressed; empty: none */
    Field headers[REPLY_HEADER_LIMIT];
    size_t header_count;
    bool is_page;     /**< an HTML page (for slow-first-byte) */
    int64_t delay_us; /**< wait before it is sent */
} Reply;

/** Split "a=b&c=d" (percent and plus decoded) into fields; more than the limit is dropped.
 */
void fields_parse(Arena *arena, Str text, Fields *fields);
/** Value of the first field of that name, NULL when there is none. */
const char *fields_value(const Fields *fields, const char *name);
/** Value, "" when absent. */
const char *request_query(const Request *request, const char *name);
const char *request_form(const Request *request, const char *name);
/** Value of a cookie, NULL when absent. */
const char *request_cookie(const Request *request, const char *name);
/** Fill path, target and query from the request line's target. */
void request_target(Request *request, const char *target);

/** Add an answer header (values are ours or were checked by the caller). */
void reply_header(Reply *reply, const char *name, const char *value);
/** 303 to a path of ours; anything that is no local path goes to "/". */
void reply_redirect(Reply *reply, int status, const char *location);
/** Is it a path of this shop ("/…", no "//", no backslash, no control character)? */
bool path_is_local(const char *path);

#endif
