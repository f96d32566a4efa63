#!/usr/bin/env bash
# A PostgreSQL of the tests' own: postgres.sh FOLDER [OPTION...]. Runs in the foreground, listens
# on a socket in FOLDER alone unless options say otherwise, dies with whoever started it. Ends 77
# where no server is installed. Never root: as nobody then, whose FOLDER becomes.
# POSTGRES_PASSWORD asks for one of every client, POSTGRES_CERTIFICATES (a folder) makes it TLS. SPDX-License-Identifier: MIT
set -euo pipefail
folder=$1
shift
if ! initdb=$(command -v initdb); then
    initdb=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
fi
[ -x "$initdb" ] && [ -x "${initdb%/*}/postgres" ] || exit 77
as=()
if [ "$(id -u)" -eq 0 ]; then
    id nobody > /dev/null 2>&1 && command -v setpriv > /dev/null || exit 77
    chown nobody "$folder"
    as=(setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups)
fi
cd "$folder"
exec > "$folder/server.log" 2>&1
if [ ! -d "$folder/data" ]; then
    auth=trust more=()
    if [ -n "${POSTGRES_PASSWORD:-}" ]; then
        printf '%s\n' "$POSTGRES_PASSWORD" > "$folder/password"
        chmod 644 "$folder/password"
        auth=scram-sha-256 more=(--pwfile "$folder/password")
    fi
    "${as[@]}" "$initdb" -D "$folder/data" -N -A "$auth" -U mystery -E UTF8 --locale C "${more[@]}"
fi
if [ -n "${POSTGRES_CERTIFICATES:-}" ]; then
    # The server takes a key only from its own user.
    for name in server.pem server.key; do
        "${as[@]}" install -m 600 "$POSTGRES_CERTIFICATES/$name" "$folder/data/$name"
    done
    set -- -c ssl=on -c ssl_cert_file=server.pem -c ssl_key_file=server.key "$@"
fi
exec "${as[@]}" setpriv --pdeathsig QUIT "${initdb%/*}/postgres" -D "$folder/data" -k "$folder" \
    -c listen_addresses= -c fsync=off -c shared_buffers=16MB -c max_connections=60 \
    -c dynamic_shared_memory_type=mmap "$@"
