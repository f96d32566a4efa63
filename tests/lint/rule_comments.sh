#!/usr/bin/env bash
# Files begin with what they are, their layer and the licence; headers guard themselves.
# SPDX-License-Identifier: MIT
set -euo pipefail
. "$LINT_HERE/files.sh"
{
    lint_code
    lint_tests
} | xargs awk '
    function report(message) { printf "%s\t1\t-\t%s\n", file, message }
    function finish(    base, folder, guard) {
        if (file == "")
            return
        base = file
        sub(/.*\//, "", base)
        gsub(/[ \t\n*]+/, " ", head)
        if (index(first, "/* " base " - ") != 1)
            report("must begin with \"/* " base " - what it is\"")
        if (head !~ /SPDX-License-Identifier: MIT/)
            report("its first comment must hold \"SPDX-License-Identifier: MIT\"")
        if (file !~ /^auditor\//)
            return
        folder = file
        sub(/^auditor\//, "", folder)
        sub(/\/.*/, "", folder)
        if (file !~ /\.def$/ && head !~ "Layer: " folder "[^a-z_]")
            report("its first comment must say \"Layer: " folder "\"")
        guard = file
        sub(/^auditor\//, "", guard)
        gsub(/[\/.-]/, "_", guard)
        guard = toupper(guard)
        if (file ~ /\.h$/ && guards != guard " " guard)
            report("its guard must be " guard)
    }
    FNR == 1 {
        finish()
        file = FILENAME
        first = $0
        head = guards = ""
        in_head = 1
    }
    in_head { head = head "\n" $0 }
    /\*\// { in_head = 0 }
    /^#ifndef / && guards == "" { guards = $2 }
    /^#define / && guards == $2 { guards = guards " " $2 }
    END { finish() }'
