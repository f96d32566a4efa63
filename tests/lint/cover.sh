#!/usr/bin/env bash
# Runs the unit tests of a build made with COVER=1 and says in one line how much of auditor/
# they ran; file by file, the least first, in coverage.txt. SPDX-License-Identifier: MIT
set -euo pipefail
build=$1
find "$build" -name '*.gcda' -delete
"$build/unit-tests" > "$build/unit-tests.log" 2>&1 || {
    tail -20 "$build/unit-tests.log"
    exit 1
}
# gcov prints per source file: File 'x', Lines executed:p% of n, Taken at least once:p% of n.
find "$build/auditor" -name '*.gcda' | sort | while IFS= read -r data; do
    gcov -b -n -o "${data%/*}" "$data" 2> /dev/null
done | awk '
    /^File / {
        file = $0
        gsub(/^File .|.$/, "", file)
        ours = file ~ /^auditor\/.*\.c$/
    }
    function share(text) { sub(/.*:/, "", text); sub(/%.*/, "", text); return text / 100 }
    ours && /^Lines executed:/ {
        lines[file] = $NF
        lines_run[file] = share($0) * $NF
    }
    ours && /^Taken at least once:/ {
        branches[file] = $NF
        branches_run[file] = share($0) * $NF
    }
    /^$/ { ours = 0 }
    END {
        for (file in lines)
            printf "%5.1f %% of %4d lines  %5.1f %% of %4d branches  %s\n",
                100 * lines_run[file] / lines[file], lines[file],
                branches[file] ? 100 * branches_run[file] / branches[file] : 100, branches[file], file
    }' | sort -n > "$build/coverage.txt"
awk '
    { lines += $4; lines_run += $1 * $4 / 100; branches += $9; branches_run += $6 * $9 / 100 }
    END {
        printf "coverage: %.1f %% of %d lines, %.1f %% of %d branches\n",
            lines ? 100 * lines_run / lines : 0, lines,
            branches ? 100 * branches_run / branches : 0, branches
    }' "$build/coverage.txt"
