#!/usr/bin/env bash
# make agreement: our verdicts beside those of axe-core and html-validate on saved pages.
# Differences page by page stand in build/agreement/differences.txt. SPDX-License-Identifier: MIT
set -euo pipefail
mystery=$(realpath "${1:?path of mystery}")
work=${2:-build/agreement}
mkdir -p "$work"
flaws=$("$mystery" demo --list-flaws | awk '/^[a-z0-9]/ {print $1}' | grep -v -E "slow|error|closed|wall|challenge|script|shell" | paste -sd, -)
"$mystery" demo --port 0 --flaws "$flaws" > "$work/demo.log" 2>&1 &
demo=$!
trap 'kill "$demo" 2>/dev/null || true' EXIT
for _ in $(seq 50); do
  url=$(grep -o 'http://[^ ]*' "$work/demo.log" | head -1) && [ -n "$url" ] && break
  sleep 0.1
done
node "$(dirname "$0")/agreement.mjs" "$mystery" "$work" "$url"
