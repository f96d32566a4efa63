#!/usr/bin/env bash
# Runs every rule on the tree in the current folder: run.sh [RULE...]. Ends 1 when one bites.
#
# A rule is a script rule_NAME.sh that prints a line "PATH<tab>LINE<tab>NAME<tab>MESSAGE" for
# each breach and nothing else. exempt.txt names what may stay; needless lines there bite too.
# SPDX-License-Identifier: MIT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exempt=${LINT_EXEMPT:-$here/exempt.txt}
export LC_ALL=C LINT_HERE=$here
mkdir -p build/lint
scratch=$(mktemp -d build/lint/run.XXXXXX)
trap 'rm -rf "$scratch"' EXIT

if [ $# -gt 0 ]; then rules=("$@"); else
    rules=()
    for script in "$here"/rule_*.sh; do
        name=${script##*/rule_}
        rules+=("${name%.sh}")
    done
fi

printf '%s\n' "${rules[@]}" | xargs -P 2 -I{} bash -c \
    'bash "$0/rule_$1.sh" > "$2/$1.out" 2> "$2/$1.err" || echo "$?" > "$2/$1.failed"' \
    "$here" {} "$scratch"

for rule in "${rules[@]}"; do
    if [ -e "$scratch/$rule.failed" ]; then
        echo "lint: rule_$rule.sh itself failed:" >&2
        cat "$scratch/$rule.err" "$scratch/$rule.out" >&2
        exit 1
    fi
    sed "s/^/$rule\t/" "$scratch/$rule.out"
done > "$scratch/all"

awk -F'\t' -v rules=" ${rules[*]} " -v exempt="$exempt" '
    BEGIN {
        while ((getline line < exempt) > 0) {
            if (line ~ /^#/ || line ~ /^[ \t]*$/)
                continue
            split(line, part, /[ \t]+/)
            if (part[1] == "most") {
                most = part[2]
                continue
            }
            count++
            if (index(rules, " " part[1] " "))
                allowed[part[1] "\t" part[2] "\t" part[3]] = 1
        }
        if (count > most) {
            printf "%s: holds %d lines, more than the %d it may hold\n", exempt, count, most
            bad++
        }
    }
    {
        key = $1 "\t" $2 "\t" $4
        if (key in allowed) {
            used[key] = 1
            next
        }
        printf "%s:%s: %s [%s%s]\n", $2, $3, $5, $1, $4 == "-" ? "" : " " $4
        bad++
    }
    END {
        for (key in allowed)
            if (!(key in used)) {
                gsub("\t", " ", key)
                printf "%s: \"%s\" is no longer needed\n", exempt, key
                bad++
            }
        exit bad > 0
    }' "$scratch/all"
