#!/usr/bin/env bash
# clang-tidy (.clang-tidy) and cppcheck on the program: slower than lint, run by CI. What it
# said about a source is kept until that or any header changes. Functions that may be more
# complex than .clang-tidy says stand in complex.txt. SPDX-License-Identifier: MIT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exempt=$here/complex.txt
export LC_ALL=C TIDY_FLAGS="-std=gnu17 -D_GNU_SOURCE -Iauditor $LINT_CFLAGS"
for tool in clang-tidy cppcheck; do
    if ! command -v "$tool" > /dev/null; then
        echo "tidy: $tool is missing: install the package $tool" >&2
        exit 1
    fi
done
mkdir -p build/tidy
newest=$(find auditor .clang-tidy \( -name '*.h' -o -name '*.def' -o -name .clang-tidy \) -printf '%T@ %p\n' |
    sort -n | tail -1 | cut -d' ' -f2-)

stale=()
while IFS= read -r file; do
    stamp=build/tidy/$file.log
    if [ ! -e "$stamp" ] || [ "$file" -nt "$stamp" ] || [ "$newest" -nt "$stamp" ]; then stale+=("$file"); fi
done < <(find auditor -name '*.c' | sort)

# One source; what it says goes to its log.
tidy_one()
{
    local file=$1 log=build/tidy/$1.log
    mkdir -p "${log%/*}"
    # shellcheck disable=SC2086
    eval clang-tidy --quiet "$file" -- $TIDY_FLAGS > "$log" 2> "$log.err" || true
}
export -f tidy_one
if [ ${#stale[@]} -gt 0 ]; then printf '%s\n' "${stale[@]}" | xargs -P 2 -I{} bash -c 'tidy_one {}'; fi

bad=0
while IFS= read -r file; do
    said=$(awk -v exempt="$exempt" -v file="$file" -v top="$PWD/" '
        BEGIN {
            while ((getline line < exempt) > 0)
                if (split(line, part, /[ \t]+/) >= 2 && part[1] == file)
                    allowed[part[2]] = 1
        }
        /: (error|warning): / {
            shown = 1
            if ($0 ~ /cognitive-complexity/ && match($0, /function .[a-zA-Z0-9_]+/)) {
                name = substr($0, RSTART + 10, RLENGTH - 10)
                seen[name] = 1
                shown = !(name in allowed)
            }
            if (shown) {
                sub(top, "")
                print
            }
        }
        END {
            for (name in allowed)
                if (!(name in seen))
                    printf "%s: \"%s %s\" is no longer needed\n", exempt, file, name
        }' "build/tidy/$file.log")
    if grep -q 'error:' "build/tidy/$file.log.err"; then said+=$(grep 'error:' "build/tidy/$file.log.err"); fi
    if [ -n "$said" ]; then
        printf '%s\n' "$said"
        bad=1
    fi
done < <(find auditor -name '*.c' | sort)
cppcheck -q -j2 --enable=warning,performance,portability --inline-suppr --std=c11 -D_GNU_SOURCE -Iauditor \
    --suppress=missingIncludeSystem --suppress=nullPointerRedundantCheck --suppress=internalAstError --template='{file}:{line}: {message} [{id}]' --error-exitcode=1 auditor || bad=1
exit "$bad"
