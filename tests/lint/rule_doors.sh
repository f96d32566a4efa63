#!/usr/bin/env bash
# Each foreign library has one door (doors.txt). SPDX-License-Identifier: MIT
set -euo pipefail
. "$LINT_HERE/files.sh"
lint_code | xargs awk -v doors="$LINT_HERE/doors.txt" '
    BEGIN {
        while ((getline line < doors) > 0) {
            if (line ~ /^#/ || line ~ /^[ \t]*$/)
                continue
            n = split(line, part, /[ \t]+/)
            libraries[++count] = part[1]
            for (i = 2; i <= n; i++)
                places[count] = places[count] " auditor/" part[i]
        }
    }
    match($0, /^[ \t]*#[ \t]*include[ \t]*[<"][^>"]*/) {
        header = substr($0, RSTART, RLENGTH)
        sub(/.*[<"]/, "", header)
        for (i = 1; i <= count; i++) {
            if (index(header, libraries[i]) != 1)
                continue
            is_allowed = 0
            n = split(places[i], allowed, " ")
            for (j = 1; j <= n; j++)
                if (FILENAME == allowed[j] ||
                    (allowed[j] ~ /\/$/ && index(FILENAME, allowed[j]) == 1))
                    is_allowed = 1
            if (!is_allowed)
                printf "%s\t%d\t-\t<%s> may be included only in%s\n", FILENAME, FNR, header,
                    places[i]
        }
    }'
