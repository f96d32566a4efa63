#!/usr/bin/env bash
# Every header compiles alone. SPDX-License-Identifier: MIT
set -euo pipefail
make -s -k -j2 -f "$LINT_HERE/objects.mk" headers 2>&1 | awk '
    match($0, /^[^ :]+:[0-9]+:([0-9]+:)? (fatal )?error: /) {
        split($0, part, ":")
        message = substr($0, RSTART + RLENGTH)
        printf "%s\t%s\t-\tdoes not compile alone: %s\n", part[1], part[2], message
    }' || true
