/* tls.c - what the visitor's lock icon knows: TLS version and the certificate's end.
 *
 * The only door to OpenSSL, read through the handle that libcurl lends. Nothing is decided
 * here: verification is libcurl's. Layer: net. SPDX-License-Identifier: MIT */
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <time.h>

#include "net/session.h"

/** Wall clock in µs of a certificate's time; 0 when it cannot be read. */
static int64_t wall_of(const ASN1_TIME *time)
{
    struct tm civil;
    if (!time || ASN1_TIME_to_tm(time, &civil) != 1)
        return 0;
    time_t seconds = timegm(&civil);
    return (int64_t)seconds * 1000000;
}

void net_tls_read(Transfer *transfer)
{
    NetHost *host = transfer->host;
    if (!host->is_secure || host->tls_version)
        return;
    struct curl_tlssessioninfo *info = NULL;
    if (curl_easy_getinfo(transfer->easy, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK ||
        !info || info->backend != CURLSSLBACKEND_OPENSSL || !info->internals)
        return;
    const SSL *ssl = info->internals;
    host->tls_version = arena_text(transfer->net->arena, SSL_get_version(ssl));
    X509 *certificate = SSL_get1_peer_certificate(ssl);
    if (certificate)
        host->certificate_until_us = wall_of(X509_get0_notAfter(certificate));
    X509_free(certificate);
}
