#!/usr/bin/env bash
# Runs every test and closes on "N passed, N failed": run.sh UNIT-BINARY.
# Much of a test is waiting (for a browser, for a shop that is slow on purpose), so more of
# them run at once than there are processors.
# SPDX-License-Identifier: MIT
set -uo pipefail
unit=$1
parts=3
mkdir -p build/test
passed=0 failed=0 skipped=0

sum() { # sum PATTERN FILE...: the numbers that the pattern's group holds, added up
    local pattern=$1 total=0 number
    shift
    for number in $(sed -nE "s/$pattern/\1/p" "$@"); do
        total=$((total + number))
    done
    echo $total
}

tell() { # tell PASSED FAILED SKIPPED: the line of one kind of test, and its share of the whole
    echo "   $1 passed, $2 failed, $3 skipped"
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

echo "== unit tests"
rm -f build/test/unit-*.log
pids=() crashed=0 left=0
# Each part has a folder of its own for what is temporary, and leaves it as it was. A browser
# may be another user's.
folder=$(mktemp -d) && chmod 711 "$folder"
for part in $(seq $parts); do
    mkdir -m 711 "$folder/$part"
    TMPDIR=$folder/$part "$unit" '*' "$part/$parts" > "build/test/unit-$part.log" 2>&1 &
    pids+=($!)
done
for part in $(seq $parts); do
    wait "${pids[$((part - 1))]}" && continue
    log=build/test/unit-$part.log
    grep -vE '^\[ +(RUN|OK)' "$log" | tail -n 60
    # A runner that crashed named no failure.
    if ! grep -qE '^\[  FAILED  \] [0-9]+ test' "$log"; then
        echo "crashed in $(sed -nE 's/^\[ RUN      \] //p' "$log" | tail -n 1)"
        crashed=$((crashed + 1))
    fi
done
if [ -n "$(find "$folder" -mindepth 2)" ]; then
    find "$folder" -mindepth 2 -maxdepth 2 -printf 'left behind: %P\n'
    left=1
fi
rm -rf "$folder"
tell "$(sum '^\[  PASSED  \] ([0-9]+) test.*' build/test/unit-*.log)" \
    $(($(sum '^\[  FAILED  \] ([0-9]+) test.*' build/test/unit-*.log) + crashed + left)) \
    "$(sum '^\[  SKIPPED \] ([0-9]+) test.*' build/test/unit-*.log)"

echo "== program tests"
node --test --test-concurrency=2 --test-reporter=tap tests/cli/*.test.mjs > build/test/cli.log 2>&1
code=$?
c_failed=$(sum '^# fail ([0-9]+)$' build/test/cli.log)
if [ $code -ne 0 ]; then
    grep -E '^ *not ok|error:|expected|actual|message' build/test/cli.log | head -n 80
    [ "$c_failed" -eq 0 ] && c_failed=1
fi
tell "$(sum '^# pass ([0-9]+)$' build/test/cli.log)" "$c_failed" \
    "$(sum '^# skipped ([0-9]+)$' build/test/cli.log)"

echo
if [ $skipped -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
[ $failed -eq 0 ]
