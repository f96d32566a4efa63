#!/usr/bin/env bash
# make bench: measures the http engine against curl and newman on this machine, in one run.
# Believe the ratios, not the single times. SPDX-License-Identifier: MIT
set -euo pipefail
bench=${1:?path of journey-bench}
rounds=${ROUNDS:-40}
here=$(dirname "$0")
newman=$here/node_modules/.bin/newman
[ -x "$newman" ] || newman=
"$bench" compare "$rounds" "$newman"
