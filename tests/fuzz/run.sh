#!/usr/bin/env bash
# Runs fuzz targets one after the other: run.sh BUILD SECONDS [NAME...]. What it finds new is
# kept in BUILD/corpus, what breaks in BUILD/broken-NAME-*. SPDX-License-Identifier: MIT
set -euo pipefail
build=$1
seconds=$2
shift 2
here=tests/fuzz
bad=0
if [ $# -eq 0 ]; then
    for source in "$here"/*_fuzz.c; do
        name=${source##*/}
        set -- "$@" "${name%_fuzz.c}"
    done
fi
for name in "$@"; do
    mkdir -p "$build/corpus/$name" "$here/corpus/$name"
    options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384
        -print_final_stats=1 -artifact_prefix="$build/broken-$name-")
    if [ -e "$here/$name.dict" ]; then options+=(-dict="$here/$name.dict"); fi
    if "$build/fuzz/$name" "${options[@]}" "$build/corpus/$name" "$here/corpus/$name" > "$build/$name.log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$name.log")
        echo "fuzz: $name: $runs inputs in $seconds s, nothing broke"
    else
        echo "fuzz: $name BROKE, see $build/$name.log:"
        grep -m3 -E 'ERROR|SUMMARY|broken promise|Test unit written' "$build/$name.log" || tail -3 "$build/$name.log"
        bad=1
    fi
done
exit "$bad"
