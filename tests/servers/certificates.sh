#!/usr/bin/env bash
# Certificates of the tests' own: certificates.sh FOLDER. Makes there an authority (ca.pem), a
# server of 127.0.0.1 (server.pem, server.key), one of another name (other.pem, other.key), a
# client (client.pem, client.key) and an authority nobody trusts (stranger.pem); all end
# within two days. Ends 77 where openssl is not installed. SPDX-License-Identifier: MIT
set -euo pipefail
command -v openssl > /dev/null || exit 77
cd "$1"
exec > certificates.log 2>&1

authority() { # NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
        -keyout "$1.key" -out "$1.pem" -subj "/CN=mystery tests $1"
}
issue() { # NAME SUBJECT-ALTERNATIVE-NAME
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -keyout "$1.key" -out "$1.csr" -subj "/CN=mystery"
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
        -out "$1.pem" -extfile <(printf 'subjectAltName=%s\n' "$2")
}
authority ca
authority stranger
issue server IP:127.0.0.1,DNS:localhost
issue other DNS:elsewhere.example
issue client DNS:client.example
# Servers read them as another user.
chmod 755 .
chmod 644 ./*.pem ./*.key
