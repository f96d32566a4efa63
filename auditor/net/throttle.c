/* throttle.c - a modelled link: latency before each request, one rate shared by all.
 *
 * Bytes come from the real server as fast as they do; an exchange's end is held back until
 * the modelled link would have delivered them. A fluid model: at any moment the link's rate
 * is shared equally by the exchanges that have bytes waiting. One round trip is paid by
 * each request, one more by each new TCP connection, one more by its TLS handshake; DNS and
 * slow start are free, so the model is still somewhat too optimistic (limits.md 5). Layer:
 * net. SPDX-License-Identifier: MIT */
#include "net/session.h"

/** While bytes still come in, the link is looked at this often. */
enum { LINK_TICK_US = 4000 };

void throttle_hold(Transfer *transfer)
{
    int64_t latency_us = transfer->net->latency_us;
    if (latency_us <= 0)
        return;
    if (transfer->is_first_use)
        transfer->handshake_us = transfer->host->is_secure ? 2 * latency_us : latency_us;
    transfer->hold_us = latency_us + transfer->handshake_us;
}

static int64_t wire_bytes(const Transfer *transfer)
{
    if (transfer->state == TRANSFER_DRAINING)
        return transfer->exchange->transfer_bytes;
    if (transfer->state != TRANSFER_RUNNING)
        return 0;
    curl_off_t body = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    return (int64_t)body + transfer->header_bytes;
}

static int backlog_count(const Net *net)
{
    int count = 0;
    for (const Transfer *transfer = net->active; transfer; transfer = transfer->next)
        count += transfer->arrived_bytes > transfer->served_bytes;
    return count;
}

/** Share bytes among those with a backlog, until neither is left. Returns what is over. */
static double link_share(Net *net, double bytes)
{
    int count;
    while (bytes >= 1.0 && (count = backlog_count(net)) > 0) {
        int64_t share = (int64_t)(bytes / count);
        if (share < 1)
            share = 1;
        for (Transfer *transfer = net->active; transfer && bytes >= 1.0;
             transfer = transfer->next) {
            int64_t backlog = transfer->arrived_bytes - transfer->served_bytes;
            int64_t served = backlog < share ? backlog : share;
            if (served > 0) {
                transfer->served_bytes += served;
                bytes -= (double)served;
            }
        }
    }
    return bytes > 0 ? bytes : 0;
}

void throttle_serve(Net *net, int64_t now_us)
{
    bool is_limited = net->down_bytes_per_s > 0;
    if (is_limited && net->link_time_us) {
        double seconds = (double)(now_us - net->link_time_us) / 1e6;
        double bytes = net->link_credit + seconds * (double)net->down_bytes_per_s;
        bytes = link_share(net, bytes);
        /* An idle link saves nothing up for later. */
        net->link_credit = backlog_count(net) ? bytes : 0;
    }
    net->link_time_us = now_us;
    for (Transfer *transfer = net->active; transfer; transfer = transfer->next) {
        if (is_limited)
            transfer->arrived_bytes = wire_bytes(transfer);
        else if (transfer->state == TRANSFER_DRAINING)
            transfer->served_bytes = transfer->exchange->transfer_bytes;
    }
}

int64_t throttle_wait_us(const Net *net, int64_t now_us)
{
    int64_t wait_us = -1;
    int count = net->down_bytes_per_s > 0 ? backlog_count(net) : 0;
    for (const Transfer *transfer = net->active; transfer; transfer = transfer->next) {
        int64_t this_us = -1;
        if (transfer->state == TRANSFER_HELD)
            this_us = transfer->times.begun + transfer->hold_us - now_us;
        else if (transfer->state == TRANSFER_RUNNING && net->down_bytes_per_s > 0)
            this_us = transfer->times.first ? LINK_TICK_US : -1;
        else if (transfer->state == TRANSFER_DRAINING && count > 0)
            this_us = (transfer->arrived_bytes - transfer->served_bytes) * 1000000 * count /
                      net->down_bytes_per_s;
        if (this_us >= 0 && (wait_us < 0 || this_us < wait_us))
            wait_us = this_us;
    }
    return wait_us;
}
