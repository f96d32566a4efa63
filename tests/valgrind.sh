#!/usr/bin/env bash
# Audits the demo shop under valgrind, the visits' processes too: valgrind.sh PROGRAM. Ends 0 when
# no process made an error or lost a byte. SPDX-License-Identifier: MIT
set -euo pipefail
program=$1
command -v valgrind > /dev/null || {
    echo "valgrind is not installed: apt-get install valgrind" >&2
    exit 1
}
folder=$(mktemp -d)
trap 'kill "$shop" 2> /dev/null || true; rm -rf "$folder"' EXIT
"$program" demo --port 0 > "$folder/url" &
shop=$!
for _ in $(seq 100); do
    [ -s "$folder/url" ] && break
    sleep 0.1
done
url=$(head -n 1 "$folder/url")

# Leaks are what nothing points to any more; a process that ends by exit keeps the rest.
code=0
valgrind --trace-children=yes --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
    --show-leak-kinds=definite,indirect,possible --log-file="$folder/%p.log" \
    "$program" audit "$url/" --engine http -n 1 --throttle none -q -o "$folder/report" || code=$?
if [ "$code" -ne 0 ]; then
    echo "the audit ended $code" >&2
    exit 1
fi
processes=0 bad=0
for log in "$folder"/*.log; do
    processes=$((processes + 1))
    if ! grep -q 'ERROR SUMMARY: 0 errors' "$log"; then
        bad=$((bad + 1))
        grep -vE 'WARNING: unhandled .* syscall|You may be able|Read the file|Nevertheless we|it at http' "$log" | head -n 60 >&2
    fi
done
echo "$processes processes under valgrind, $bad with errors or leaks"
[ "$bad" -eq 0 ]
