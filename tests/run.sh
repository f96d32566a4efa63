#!/usr/bin/env bash
# Runs every test and closes on "N passed, N failed": run.sh UNIT-BINARY.
# SPDX-License-Identifier: MIT
set -uo pipefail
unit=$1
mkdir -p build/test
passed=0 failed=0 skipped=0

count() { # count PATTERN FILE: the number in the last line that matches
    sed -nE "s/$1/\\1/p" "$2" | tail -n 1 | grep -E '^[0-9]+$' || echo 0
}

echo "== unit tests"
"$unit" > build/test/unit.log 2>&1
code=$?
u_passed=$(count '^\[  PASSED  \] ([0-9]+) test.*' build/test/unit.log)
u_failed=$(count '^\[  FAILED  \] ([0-9]+) test.*' build/test/unit.log)
u_skipped=$(count '^\[  SKIPPED \] ([0-9]+) test.*' build/test/unit.log)
if [ $code -ne 0 ]; then
    grep -vE '^\[ +(RUN|OK)' build/test/unit.log | tail -n 60
    # A runner that crashed named no failure.
    [ "$u_failed" -eq 0 ] && u_failed=1
fi
echo "   $u_passed passed, $u_failed failed, $u_skipped skipped"

echo "== program tests"
node --test --test-reporter=tap tests/cli/*.test.mjs > build/test/cli.log 2>&1
code=$?
c_passed=$(count '^# pass ([0-9]+)$' build/test/cli.log)
c_failed=$(count '^# fail ([0-9]+)$' build/test/cli.log)
c_skipped=$(count '^# skipped ([0-9]+)$' build/test/cli.log)
if [ $code -ne 0 ]; then
    grep -E '^ *not ok|error:|expected|actual|message' build/test/cli.log | head -n 80
    [ "$c_failed" -eq 0 ] && c_failed=1
fi
echo "   $c_passed passed, $c_failed failed, $c_skipped skipped"

passed=$((u_passed + c_passed))
failed=$((u_failed + c_failed))
skipped=$((u_skipped + c_skipped))
echo
if [ $skipped -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ $failed -eq 0 ]
