/* page.h - an exchange with a server, and a page at a moment: facts, no judgement.
 *
 * Layer: model. Filled by visit/ or by har.c, read by rule/ and report/.
 * SPDX-License-Identifier: MIT */
#ifndef MODEL_PAGE_H
#define MODEL_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "model/layout.h"

/** Page kinds of interface.md, "Words that files share". */
typedef enum PageKind {
    PAGE_UNKNOWN,
    PAGE_HOME,
    PAGE_CATEGORY,
    PAGE_SEARCH,
    PAGE_PRODUCT,
    PAGE_CART,
    PAGE_CHECKOUT,
    PAGE_ACCOUNT,
    PAGE_CONTACT,
    PAGE_LEGAL,
    PAGE_CONTENT,
    PAGE_ERROR404,
    PAGE_CHALLENGE,
    PAGE_CLOSED,
    PAGE_KIND_COUNT,
} PageKind;

/** Stage of a checkout page. */
typedef enum CheckoutStage {
    STAGE_NONE,
    STAGE_IDENTITY,
    STAGE_ADDRESS,
    STAGE_DELIVERY,
    STAGE_PAYMENT,
    STAGE_REVIEW,
} CheckoutStage;

/** What a resource is to its page. */
typedef enum ResourceType {
    RESOURCE_DOCUMENT,
    RESOURCE_STYLE,
    RESOURCE_SCRIPT,
    RESOURCE_IMAGE,
    RESOURCE_FONT,
    RESOURCE_MEDIA,
    RESOURCE_DATA,
    RESOURCE_OTHER,
} ResourceType;

/** One header line or cookie-like pair; names keep the case received. */
typedef struct Header {
    const char *name;
    const char *value;
} Header;

/** Phases of an exchange in µs; -1: did not apply or not measured. */
typedef struct Timings {
    int64_t blocked_us; /**< queued for a connection, by our own clock */
    int64_t dns_us;
    int64_t connect_us; /**< TCP and TLS together, as HAR has it */
    int64_t ssl_us;     /**< TLS alone, contained in connect_us */
    int64_t send_us;
    int64_t wait_us; /**< request sent to first byte of the answer */
    int64_t receive_us;
} Timings;

/** One request and its answer: a HAR entry. */
typedef struct Exchange {
    int page; /**< index into Visit.pages, -1: none */
    ResourceType type;
    const char *method;
    const char *url; /**< as requested, without fragment */
    Header *request_headers;
    int request_header_count;
    Str request_body; /**< as sent; masked in files */
    const char *request_type;
    int status;             /**< 0: no answer */
    const char *error;      /**< why there is no (whole) answer, in English; NULL: fine */
    const char *error_kind; /**< dns connect tls timeout reset limit protocol; NULL: fine */
    const char *http_version; /**< "HTTP/1.1", "HTTP/2" */
    Header *headers;          /**< of the answer, in order received */
    int header_count;
    const char *mime; /**< media type without parameters, lower case; "" unknown */
    Str body;         /**< decoded content; empty when not kept (has_body) */
    bool has_body;
    bool is_body_cut;       /**< a limit cut it */
    int64_t body_bytes;     /**< decoded size; -1 unknown */
    int64_t transfer_bytes; /**< on the wire, headers included; -1 unknown */
    int64_t started_us;     /**< wall clock, µs since 1970 */
    int64_t duration_us;
    Timings timings;
    const char *initiator;        /**< URL of the script or document that asked for it; NULL
                                       unknown (the visitor, an engine that does not tell) */
    const char *server_ip;        /**< NULL unknown */
    const char *tls_version;      /**< "TLSv1.3"; NULL without TLS or unknown */
    int64_t certificate_until_us; /**< end of validity, wall clock; 0 unknown */
    const char *redirect_url;     /**< resolved Location of a followed redirect; NULL */
    bool is_from_cache;
    bool is_connection_reused;
    bool is_render_blocking; /**< style or synchronous script in the head */
    int image_width;         /**< natural size read from the image's head; 0 unknown */
    int image_height;
} Exchange;

/** A measured value of a page (metric.def). */
typedef struct MetricValue {
    int metric;   /**< METRIC_* */
    double value; /**< NAN: not measured */
} MetricValue;

/** A page at a moment. */
typedef struct Page {
    int index;             /**< in Visit.pages */
    int step;              /**< index of the step that led here, -1: none */
    const char *url;       /**< final, with fragment */
    const char *requested; /**< what was asked for, before redirects */
    const char *title;     /**< "" when missing */
    const char *language;  /**< of <html lang>, lower case primary tag; "" unknown */
    int status;            /**< of the final document; 0: no answer */
    PageKind kind;
    CheckoutStage stage;
    const char *kind_signs; /**< why this kind, for the report */
    int document;           /**< index of the final document in Visit.exchanges, -1: none */
    Str dom; /**< HTML after scripts (chromium); empty: use the document's body */
    bool is_script_shell; /**< the HTML is an empty shell that scripts fill */
    bool
        has_inserting_scripts; /**< network load may be far below the truth (limits.md 4) */
    int64_t started_us;        /**< wall clock */
    double metrics[32];        /**< by METRIC_*, NAN: not measured */
    const char *screenshot;    /**< path from the HAR's folder; NULL: none */
    double shot[4]; /**< what it shows: x, y, width, height, CSS px in the document; width
                       0: not known */
    const Layout *layout;      /**< at rest on arrival; NULL: not laid out (http) */
    Observations observations; /**< what a browser saw and tried on it */
} Page;

/** Name of a page kind as in interface.md; kind of a name (PAGE_UNKNOWN when not one). */
const char *page_kind_name(PageKind kind);
PageKind page_kind_of(const char *name);
const char *checkout_stage_name(CheckoutStage stage);
CheckoutStage checkout_stage_of(const char *name);
const char *resource_type_name(ResourceType type);
ResourceType resource_type_of(const char *name);
/** Resource type by media type, RESOURCE_OTHER when it tells nothing. */
ResourceType resource_type_of_mime(const char *mime);
/** Value of the first answer header of that name (any case), or NULL. */
const char *exchange_header(const Exchange *exchange, const char *name);
/** n-th (from 0) answer header of that name, or NULL. For Set-Cookie. */
const char *exchange_header_at(const Exchange *exchange, const char *name, int n);

#endif
