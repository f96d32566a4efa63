#!/usr/bin/env bash
# Folders include only what auditor/layers.txt allows. SPDX-License-Identifier: MIT
set -euo pipefail
. "$LINT_HERE/files.sh"
lint_code | xargs awk '
    BEGIN {
        while ((getline line < "auditor/layers.txt") > 0) {
            if (line ~ /^#/ || line !~ /:/)
                continue
            folder = line
            sub(/:.*/, "", folder)
            sub(/^[^:]*:/, "", line)
            known[folder] = 1
            n = split(line, names, /[ \t]+/)
            for (i = 1; i <= n; i++)
                if (names[i] == "+1")
                    spare[folder] = 1
                else
                    may[folder, names[i]] = 1
        }
    }
    function report(message) { printf "%s\t%d\t-\t%s\n", FILENAME, FNR, message }
    FNR == 1 {
        split(FILENAME, path, "/")
        here = path[2]
        guest = ""
        if (!(here in known))
            report("folder \"" here "\" is not in auditor/layers.txt")
    }
    match($0, /^[ \t]*#[ \t]*include[ \t]*"[^"]*"/) {
        split($0, quoted, "\"")
        there = quoted[2]
        if (there !~ /\//) {
            report("include \"folder/" there "\", not \"" there "\"")
            next
        }
        sub(/\/.*/, "", there)
        if (there == here || ((here, there) in may))
            next
        if ((here in spare) && (guest == "" || guest == there) && (there in known)) {
            guest = there
            next
        }
        report(here "/ may not include " there "/")
    }'
