#!/usr/bin/env bash
# A NATS server with JetStream of the tests' own: nats.sh FOLDER PORT [OPTION...]. Runs in the
# foreground, keeps its data in FOLDER, dies with whoever started it. Ends 77 where none is
# installed. Never root: as nobody then. SPDX-License-Identifier: MIT
set -euo pipefail
folder=$1 port=$2
shift 2
server=$(command -v nats-server) || server=/usr/sbin/nats-server
[ -x "$server" ] && command -v setpriv > /dev/null || exit 77
as=()
if [ "$(id -u)" -eq 0 ]; then
    id nobody > /dev/null 2>&1 || exit 77
    chown nobody "$folder"
    as=(--reuid nobody --regid "$(id -g nobody)" --clear-groups)
fi
exec > "$folder/server.log" 2>&1
exec setpriv "${as[@]}" --pdeathsig KILL "$server" -a 127.0.0.1 -p "$port" -js -sd "$folder/jetstream" "$@"
