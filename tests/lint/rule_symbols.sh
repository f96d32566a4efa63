#!/usr/bin/env bash
# No writable globals, no function statics, no banned calls (calls.txt): by nm.
# SPDX-License-Identifier: MIT
set -euo pipefail
make -s -j2 -f "$LINT_HERE/objects.mk" objects >&2
# Objects of sources that are gone must not be looked at.
find auditor -name '*.c' | sort | sed 's|^\(.*\)\.c$|build/lint/\1.o|' | xargs nm -A | awk \
    -v calls="$LINT_HERE/calls.txt" '
    BEGIN {
        while ((getline line < calls) > 0) {
            if (line ~ /^#/ || line ~ /^[ \t]*$/)
                continue
            n = split(line, part, /[ \t]+/)
            where = ""
            for (i = 1; i <= n; i++)
                if (part[i] == "-" || part[i] ~ /\// )
                    where = where " " part[i]
            for (i = 1; i <= n && part[i] != "-" && part[i] !~ /\//; i++)
                banned[part[i]] = where
        }
    }
    function report(name, message) { printf "%s\t1\t%s\t%s\n", file, name, message }
    {
        file = $1
        sub(/:.*/, "", file)
        sub(/^build\/lint\//, "", file)
        sub(/\.o$/, ".c", file)
        type = $(NF - 1)
        name = $NF
        if (type ~ /^[DdBbCGgSsVv]$/)
            report(name, "\"" name "\" is a writable global or a function static")
        if (type != "U" || !(name in banned))
            next
        n = split(banned[name], allowed, " ")
        for (i = 1; i <= n; i++)
            if (file == "auditor/" allowed[i] ||
                (allowed[i] ~ /\/$/ && index(file, "auditor/" allowed[i]) == 1))
                next
        report(name, name "() is banned" (banned[name] == " -" ? "" : " outside" banned[name]))
    }'
