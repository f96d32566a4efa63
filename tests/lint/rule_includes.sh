#!/usr/bin/env bash
# A source includes its own header first. (The order of the others is clang-format's.)
# SPDX-License-Identifier: MIT
set -euo pipefail
find auditor -name '*.c' | sort | while IFS= read -r file; do
    header=${file%.c}.h
    if [ ! -e "$header" ]; then continue; fi
    first=$(grep -m1 -nE '^[[:space:]]*#[[:space:]]*include' "$file" || true)
    case $first in
    *"\"${header#auditor/}\""*) ;;
    *) printf '%s\t%s\t-\tthe first include must be "%s"\n' "$file" "${first%%:*}" "${header#auditor/}" ;;
    esac
done
