#!/usr/bin/env bash
# Files of at most 600 lines; functions of at most 60 lines, 5 parameters (the Arena that
# comes first and the Error that comes last are not counted) and 3 levels of nesting. Reads
# code as clang-format writes it.
# SPDX-License-Identifier: MIT
set -euo pipefail
. "$LINT_HERE/files.sh"
{
    lint_code
    lint_tests
} | xargs awk '
    function report(line, name, message) {
        printf "%s\t%d\t%s\t%s\n", FILENAME, line, name, message
    }
    # Parameters of a signature: commas outside inner parentheses.
    function parameters(text,    i, c, depth, count, start) {
        sub(/[ \t]+$/, "", text)
        sub(/,[ \t]*Error[ \t]*\*[ \t]*err\)$/, ")", text)
        sub(/\(Arena \*[a-z_]+, */, "(", text)
        if (text ~ /\([ \t]*(void)?[ \t]*\)$/)
            return 0
        depth = 0
        for (i = length(text); i > 0; i--) {
            c = substr(text, i, 1)
            if (c == ")")
                depth++
            if (c == "(" && --depth == 0)
                break
            if (c == "," && depth == 1)
                count++
        }
        return count + 1
    }
    function function_name(text) {
        sub(/\(.*/, "", text)
        sub(/.*[ *]/, "", text)
        return text
    }
    FNR == 1 {
        if (file != "" && lines > 600)
            printf "%s\t%d\t-\thas %d lines, more than 600\n", file, lines, lines
        file = FILENAME
        signature = ""
        inside = 0
    }
    {
        lines = FNR
        code = $0
        is_test = FILENAME ~ /^tests\//
        is_macro = was_macro_line
        was_macro_line = code ~ /\\$/
        if (code ~ /^#/ || is_macro)
            next
    }
    !inside && /^[^ \t{}\/*#]/ { signature = $0; next }
    !inside && /^[ \t]+[^ \t]/ { signature = signature $0; next }
    !inside && /^\{/ && signature ~ /\(/ {
        inside = 1
        start = FNR
        name = function_name(signature)
        if (!is_test && parameters(signature) > 5)
            report(FNR, name, name "() has " parameters(signature) " parameters, more than 5")
        next
    }
    inside && /^\}/ {
        inside = 0
        signature = ""
        if (FNR - start - 1 > 60)
            report(start, name, name "() has " FNR - start - 1 " lines, more than 60")
        next
    }
    inside && !is_test && /^                +(if|for|while|do|switch)([ (]|$)/ {
        report(FNR, name, name "() nests deeper than 3 levels")
    }
    END {
        if (lines > 600)
            printf "%s\t%d\t-\thas %d lines, more than 600\n", file, lines, lines
    }'
