#!/usr/bin/env bash
# clang-format has nothing to say. Files that passed are remembered in build/lint/format.
# SPDX-License-Identifier: MIT
set -euo pipefail
. "$LINT_HERE/files.sh"
if ! command -v clang-format > /dev/null; then
    printf '.clang-format\t1\t-\tclang-format is missing: install the package clang-format\n'
    exit 0
fi
stale=()
while IFS= read -r file; do
    stamp=build/lint/format/$file
    if [ ! -e "$stamp" ] || [ "$file" -nt "$stamp" ] || [ .clang-format -nt "$stamp" ]; then
        stale+=("$file")
    fi
done < <({
    lint_code
    lint_tests
} | grep '\.[ch]$')
if [ ${#stale[@]} -eq 0 ]; then exit 0; fi
said=$(printf '%s\n' "${stale[@]}" | xargs -P 2 -n 12 clang-format --dry-run -Werror 2>&1 |
    sed -nE 's/^([^ :]+):([0-9]+):[0-9]+: error:.*/\1\t\2/p' | sort -t "$(printf '\t')" -k1,1 -u || true)
for file in "${stale[@]}"; do
    line=$(awk -F'\t' -v file="$file" '$1 == file { print $2; exit }' <<< "$said")
    if [ -n "$line" ]; then
        printf '%s\t%s\t-\tnot as clang-format writes it: run clang-format -i on it\n' "$file" "$line"
    else
        mkdir -p "build/lint/format/${file%/*}"
        touch "build/lint/format/$file"
    fi
done
