#!/usr/bin/env bash
# Words that must not stand in C: compiler extensions outside attr.h, feature macros, clean-up
# variables without a value, open ends without an issue, commented-out code.
# SPDX-License-Identifier: MIT
set -euo pipefail
. "$LINT_HERE/files.sh"
{
    lint_code
    lint_tests
} | xargs awk '
    function report(message) { printf "%s\t%d\t-\t%s\n", FILENAME, FNR, message }
    /__attribute__/ && FILENAME != "auditor/base/attr.h" {
        report("attributes stand in base/attr.h only")
    }
    /(^|[^a-zA-Z0-9_])(__typeof__|typeof|alloca|__auto_type)[ (]/ {
        report("a compiler extension the project does not use")
    }
    /^[ \t]*#[ \t]*define[ \t]+_[A-Z]+_SOURCE/ { report("feature macros are set in the Makefile") }
    /AUTO\([a-z_]+\) [^=(]*;/ {
        report("a variable that is cleaned up must have a value from the start")
    }
    /(^|[^A-Z])(TODO|FIXME)([^(A-Z]|$|\([^#])/ { report("write TODO(#issue)") }
    /^[ \t]*\/\/.*;[ \t]*$/ { report("commented-out code") }
    /\t/ { report("a tab") }'
