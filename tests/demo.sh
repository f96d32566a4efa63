#!/usr/bin/env bash
# `make demo`: start the demo shop, audit it, print the summary and the report's path.
# SPDX-License-Identifier: MIT
set -euo pipefail
program=$1
log=$(mktemp)
"$program" demo --port 0 > "$log" &
shop=$!
trap 'kill $shop 2> /dev/null; wait $shop 2> /dev/null || true; rm -f "$log"' EXIT
for _ in $(seq 100); do
    url=$(grep -oE 'http://[0-9.:]+' "$log" | head -n 1) && [ -n "$url" ] && break
    kill -0 $shop
    sleep 0.1
done
"$program" audit "$url" ${MYSTERY_DEMO_OPTIONS:-}
