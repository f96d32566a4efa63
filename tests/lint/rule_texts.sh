#!/usr/bin/env bash
# Delivered texts: no blanks at line ends, a line end at the end of the file, no folder of the
# machine it was written on, no host in the lock of packages. SPDX-License-Identifier: MIT
set -euo pipefail
. "$LINT_HERE/files.sh"
# Put together here, so that this file may hold them.
slash=/
places="(^|[^[:alnum:]_.:/-])${slash}(work|root)/|/tmp${slash}wt|/tmp${slash}ccache"
files=$(lint_tracked | grep -vE '\.(png|jpg|jpeg|gif|webp|avif|svg|ico|woff2?|gz|zip|har|html|pdf|bin|txt\.in)$|(^|/)(corpus|vendor|data)/' || true)
if [ -z "$files" ]; then exit 0; fi
printf '%s\n' "$files" | tr '\n' '\0' | xargs -0 grep -InE "$places" /dev/null |
    sed -E 's/^([^:]+):([0-9]+):.*/\1\t\2\t-\tnames a folder of one machine/' || true
ours=$(printf '%s\n' "$files" | grep -E '\.(c|h|def|sh|mk|md|css|mjs|mustache|json|txt|tsv)$|(^|/)Makefile$' || true)
if [ -z "$ours" ]; then exit 0; fi
printf '%s\n' "$ours" | tr '\n' '\0' | xargs -0 grep -InE '[ 	]+$|'$'\r''$' /dev/null | grep -vE '^[^:]+\.(md|mustache|tsv):' |
    sed -E 's/^([^:]+):([0-9]+):.*/\1\t\2\t-\tblanks at the end of the line/' || true
printf '%s\n' "$ours" | while IFS= read -r file; do
    if [ -s "$file" ] && [ -n "$(tail -c1 "$file")" ]; then
        printf '%s\t1\t-\tdoes not end with a line end\n' "$file"
    fi
done
if [ -e package-lock.json ] && grep -q '"resolved"' package-lock.json; then
    printf 'package-lock.json\t1\t-\tnames a host: npm needs omit-lockfile-registry-resolved\n'
fi
