#!/usr/bin/env bash
# Writes docs/reference.md from the program's own tables: make-reference.sh PROGRAM.
# SPDX-License-Identifier: MIT
set -euo pipefail
program=$1
export LC_ALL=C

table() { # table HEADING LIST: what there is, as the program lists it
    printf '\n## %s\n\n```\n' "$1"
    "$program" list "$2" | sed -E 's/ +$//'
    printf '```\n'
}

cat << 'END'
# Reference

Written by `make reference` from the program's own tables; the rules are in [rules.md](rules.md).

## Exit codes

| code | meaning |
|---|---|
| 0 | done, and every asked-for bar is met |
| 1 | the program or its surroundings failed (no browser, disk full, no memory) |
| 2 | a bar was not met: score, budget, regression, broken assertion of a scenario |
| 3 | the input is wrong: option, URL, scenario, rule, panel or config file |
| 4 | inconclusive: site unreachable, blocked or challenged, too noisy, time limit reached |
| 130, 143 | interrupted; what was done is kept and marked partial |

Options are taken from the command line, else from the environment (`MYSTERY_OPTION_NAME`), else
from `mystery.json` in the current folder, else they have the value in brackets.
END
"$program" help | sed -nE 's/^  ([a-z]+) .*$/\1/p' | while IFS= read -r name; do
    printf '\n## mystery %s\n\n```\n' "$name"
    "$program" "$name" --help | sed -E 's/ +$//'
    printf '```\n'
done
table "Metrics" metrics
table "Steps of scenarios" steps
table "Scenarios" scenarios
table "Personas" personas
table "Formats" formats
