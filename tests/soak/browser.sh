#!/usr/bin/env bash
# Many visits in a row in a browser, some of them killed at random moments: nothing may remain
# of them, and memory may not grow. browser.sh PROGRAM; VISITS=n KILLS=n SEED=n.
# SPDX-License-Identifier: MIT
set -euo pipefail
program=$(realpath "$1")
visits=${VISITS:-200} kills=${KILLS:-20}
RANDOM=${SEED:-1}
here=$(realpath "$(dirname "$0")")

if ! "$program" doctor | grep -qE '^ok +browser'; then
    echo "browser: skipped, no browser runs here (mystery doctor says why)"
    exit 0
fi

# A TMPDIR of our own tells our browsers from all others; the browser's user may be another.
place=$(mktemp -d)
mkdir -m 1777 "$place/tmp"
chmod 755 "$place"
export TMPDIR=$place/tmp
shop= run=
finish() {
    if [ -n "$run" ]; then kill -9 "$run" 2> /dev/null || true; fi
    if [ -n "$shop" ]; then kill "$shop" 2> /dev/null || true; fi
    rm -rf "$place"
}
trap finish EXIT

ours() { # numbers of the processes that bear the place in their command line
    local entry
    for entry in /proc/[0-9]*; do
        if tr '\0' ' ' 2> /dev/null < "$entry/cmdline" | grep -qF "$TMPDIR/mystery-browser-"; then
            echo "${entry#/proc/}"
        fi
    done
}

children() { # children of a process
    cat "/proc/$1/task/$1/children" 2> /dev/null || true
}

random_of() { # one of the arguments, or nothing
    if [ $# -gt 0 ]; then
        shift $((RANDOM % $#))
        echo "$1"
    fi
}

victim() { # what to kill: the visit, its guardian, its browser, or a process of the browser
    local visit guardian browser
    visit=$(random_of $(children "$run"))
    if [ -z "$visit" ]; then return; fi
    guardian=$(random_of $(children "$visit"))
    browser=$(random_of $(if [ -n "$guardian" ]; then children "$guardian"; fi))
    case $1 in
    0) echo "$visit" ;;
    1) echo "$guardian" ;;
    2) echo "$browser" ;;
    *) random_of $(ours) ;;
    esac
}

resident_kb() {
    sed -nE 's/^VmRSS:[^0-9]*([0-9]+).*/\1/p' "/proc/$1/status" 2> /dev/null || true
}

"$program" demo --port 0 > "$place/shop.log" &
shop=$!
for _ in $(seq 100); do
    if [ -s "$place/shop.log" ]; then break; fi
    sleep 0.1
done
site=$(head -n 1 "$place/shop.log")

cd "$place"
touch run.log
"$program" visit --engine chromium --persona desktop --scenario "$here/short.json" \
    --visits "$visits" --output "$place/out" "$site" > "$place/run.out" 2> "$place/run.log" &
run=$!

begun() {
    grep -cE '^visit [0-9]+ of [0-9]+: [^:]*$' "$place/run.log" || true
}

first_kb= last_kb= killed=0
while kill -0 "$run" 2> /dev/null; do
    now=$(begun)
    if [ -z "$first_kb" ] && [ "$now" -gt $((visits / 10 + 1)) ]; then first_kb=$(resident_kb "$run"); fi
    if [ "$now" -gt 1 ]; then
        last=$(resident_kb "$run")
        last_kb=${last:-$last_kb}
    fi
    if [ $killed -lt "$kills" ] && [ "$now" -gt $((killed * visits / kills)) ]; then
        sleep "$((RANDOM % 2)).$((RANDOM % 10))"
        pid=$(victim $((killed % 4)))
        if [ -n "$pid" ] && kill -9 "$pid" 2> /dev/null; then killed=$((killed + 1)); fi
    fi
    sleep 0.2
done
code=0
wait "$run" || code=$?

# And once the program itself, in the middle of its first visit.
"$program" visit --engine chromium --persona desktop --scenario "$here/short.json" \
    --visits 9 --output "$place/killed" "$site" > /dev/null 2>&1 &
run=$!
for _ in $(seq 100); do
    if [ -n "$(ours)" ]; then break; fi
    sleep 0.1
done
sleep "0.$((RANDOM % 10))"
if [ -z "$(ours)" ]; then
    echo "browser: no browser was started to be killed with the program"
    exit 1
fi
kill -9 "$run"
wait "$run" 2> /dev/null || true
run=

remains() {
    ours
    find "$TMPDIR" -mindepth 1 -maxdepth 1
    grep -F "$place" /proc/net/unix || true
    ps -eo stat=,comm= | grep -E '^Z[^ ]* +(chrom|headless|mystery)' || true
}
# The last guardian may still be at work.
for _ in $(seq 50); do
    left=$(remains)
    if [ -z "$left" ]; then break; fi
    sleep 0.2
done

done_visits=$(find "$place/out" -name '*.har' 2> /dev/null | wc -l)
echo "browser: $visits visits, $killed of them disturbed, $done_visits kept, exit $code;" \
    "memory ${first_kb:-?} then ${last_kb:-?} KB"
failed=0
if [ -n "$left" ]; then
    printf 'browser: these remain:\n%s\n' "$left"
    failed=1
fi
if [ "$killed" -lt "$kills" ] || [ "$done_visits" -lt $((visits - kills)) ]; then
    echo "browser: too few visits or kills; the log ends so:"
    tail -n 5 "$place/run.log"
    failed=1
fi
if [ -n "$first_kb" ] && [ "$last_kb" -gt $((first_kb + first_kb / 10 + 1024)) ]; then
    echo "browser: memory has grown"
    failed=1
fi
exit $failed
