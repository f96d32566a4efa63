#!/usr/bin/env bash
# Every auditor/x/y.c with any logic is tested in tests/unit/x: by y_test.c, or by a test whose
# first comment claims it by name ("Tests y.c and z.c."), as does a test of what its files have
# in common (har_test.c tests har_read.c). Tests are called test_<tested file>__<promise>.
# What only a run of the whole program shows (audit/, cli/) is claimed in the same way by a test in
# tests/cli ("Tests audit/run.c").
# SPDX-License-Identifier: MIT
set -euo pipefail

sources=$(find auditor -name '*.c' | sort | while IFS= read -r file; do
    if grep -qE '^ +.*\b(if|for|while|switch)\b|\?|&&|\|\|' "$file"; then
        claim=${file#auditor/}
        case $claim in
        # Not grep -q: it would end before head does, and the pipe would count as failed.
        audit/* | cli/*) head -qn 12 tests/cli/*.mjs 2> /dev/null | grep -F "$claim" > /dev/null && continue ;;
        esac
        printf '%s\n' "$file"
    fi
done)
tests=$(find tests/unit -name '*_test.c' 2> /dev/null | sort)
if [ -z "$sources$tests" ]; then exit 0; fi

# shellcheck disable=SC2086
awk -v sources="$sources" -v tests="$tests" '
    function report(file, line, message) { printf "%s\t%d\t-\t%s\n", file, line, message }
    function claim(test, stem) {
        claimed[folder[test] "/" stem ".c"] = 1
        name_of[test, stem] = 1
    }
    function stem_of(path) {
        sub(/.*\//, "", path)
        sub(/(_test)?\.c$/, "", path)
        return path
    }
    FNR == 1 {
        test = FILENAME
        folder[test] = test
        sub(/^tests\/unit\//, "auditor/", folder[test])
        sub(/\/[^\/]*$/, "", folder[test])
        claim(test, stem_of(test))
        common[folder[test] "/" stem_of(test)] = 1
        in_head = 1
        count[test] = 0
    }
    in_head {
        line = $0
        while (match(line, /[a-z0-9_]+\.c/)) {
            name = substr(line, RSTART, RLENGTH - 2)
            line = substr(line, RSTART + RLENGTH)
            if (name !~ /_test$/)
                claim(test, name)
        }
    }
    /\*\// { in_head = 0 }
    /^void test_/ {
        count[test]++
        stem = $0
        sub(/^void test_/, "", stem)
        if (stem !~ /^[a-z0-9_]+__[a-z0-9_]+\(void\)$/) {
            report(test, FNR, "\"" $0 "\" is not called test_file__promise(void)")
            next
        }
        sub(/__.*/, "", stem)
        if (!((test, stem) in name_of) && index(stem, stem_of(test) "_") != 1)
            report(test, FNR, "test_" stem "__...: this file does not say that it tests " stem ".c")
    }
    END {
        n = split(sources, list, "\n")
        for (i = 1; i <= n; i++) {
            file = list[i]
            if (file == "" || file in claimed)
                continue
            prefix = file
            sub(/\.c$/, "", prefix)
            found = 0
            while (match(prefix, /_[a-z0-9]+$/)) {
                prefix = substr(prefix, 1, RSTART - 1)
                if (prefix in common)
                    found = 1
            }
            twin = file
            sub(/^auditor/, "tests/unit", twin)
            sub(/\.c$/, "_test.c", twin)
            if (!found)
                report(file, 1, "has no tests: write " twin ", or claim it in the first comment of the test that has them")
        }
        n = split(tests, list, "\n")
        for (i = 1; i <= n; i++)
            if (list[i] != "" && !count[list[i]])
                report(list[i], 1, "holds no test")
    }' /dev/null $tests
