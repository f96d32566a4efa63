# Lists of files for the rules; to be sourced. SPDX-License-Identifier: MIT
lint_code() # C of the program
{
    find auditor -name '*.[ch]' -o -name '*.def' | sort
}

lint_tests() # C of the tests
{
    find tests -name '*.[ch]' -not -path 'tests/lint/*' 2> /dev/null | sort
}

lint_tracked() # everything that is delivered
{
    if git rev-parse --show-cdup 2> /dev/null | grep -qx ''; then
        git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
            if [ -f "$file" ]; then printf '%s\n' "$file"; fi
        done
    else
        find . -type f -not -path './build*/*' -not -path '*/node_modules/*' -not -path './.git/*' \
            -not -path './mystery' -not -path './mystery-report/*' | sed 's|^\./||' | sort
    fi
}
