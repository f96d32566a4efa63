#!/usr/bin/env bash
# A shop of very many pages walked, killed three times on the way: nothing lost, nothing done twice,
# memory flat. crawl.sh PROGRAM; PAGES=n KILLS=n. SPDX-License-Identifier: MIT
set -euo pipefail
MYSTERY_TEST_PROGRAM=$(realpath "$1")
export MYSTERY_TEST_PROGRAM
exec node "$(dirname "$0")/crawl.mjs"
