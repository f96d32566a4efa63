#!/usr/bin/env bash
# The one script that every CI example runs: MYSTERY_* variables in, exit code, outputs and
# annotations out. Nothing of it is needed to use the program; it only saves each pipeline from
# writing the same lines. SPDX-License-Identifier: MIT
set -uo pipefail

program=${MYSTERY_PROGRAM:-mystery}
url=${MYSTERY_URL:?MYSTERY_URL names the shop}
output=${MYSTERY_OUTPUT:-mystery-report/ci}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

options=(-o "$output")
add() { # add OPTION VALUE: unless the value is empty
    if [ -n "$2" ]; then options+=("$1" "$2"); fi
}
add --visits "${MYSTERY_VISITS:-}"
add --time-limit "${MYSTERY_TIME_LIMIT:-}"
add --fail-on "${MYSTERY_FAIL_ON:-}"
add --known-issues "${MYSTERY_KNOWN_ISSUES:-}"
add --store "${MYSTERY_HISTORY:-none}"
read -ra more <<< "${MYSTERY_ARGS:-}"
options+=("${more[@]}")

if [ -n "${MYSTERY_COMPARE_TO:-}" ]; then
    command=(compare --live "$MYSTERY_COMPARE_TO" "$url" --format html,json,junit,markdown)
else
    add --baseline "${MYSTERY_BASELINE:-}"
    add --budget "${MYSTERY_BUDGET:-}"
    add --min-score "${MYSTERY_MIN_SCORE:-}"
    command=(audit "$url" --format html,json,junit,sarif,markdown)
fi

"$program" "${command[@]}" "${options[@]}" | tee "$log"
code=${PIPESTATUS[0]}

case $code in
0) status=passed ;;
2) status=failed ;;
4) status=inconclusive ;;
*) status=error ;;
esac
reason=
if [ "$code" = 2 ] || [ "$code" = 4 ]; then
    reason=$(tail -n 1 "$log")
fi
score=
if [ -f "$output/audit.json" ]; then
    score=$(sed -nE '/"verdict"/,/"headline"/s/^ *"score": ([0-9.]+).*/\1/p' "$output/audit.json" | head -n 1)
fi

if [ -n "${GITHUB_OUTPUT:-}" ]; then
    {
        echo "status=$status"
        echo "score=$score"
        echo "reason=${reason//$'\n'/ }"
        echo "report=$output"
    } >> "$GITHUB_OUTPUT"
fi
if [ "${GITHUB_ACTIONS:-}" = true ] && [ -n "$reason" ]; then
    level=error
    [ $status = inconclusive ] && level=warning
    # The three bytes that a workflow command would take for its own.
    text=${reason//%/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    echo "::$level title=mystery::$text"
fi
if [ $status = inconclusive ] && [ "${MYSTERY_INCONCLUSIVE:-fail}" = warn ]; then
    exit 0
fi
exit "$code"
