#!/usr/bin/env bash
# Does every rule bite? Makes a small good tree in a temporary folder, on which lint must be
# silent, then breaks it in one way after the other. SPDX-License-Identifier: MIT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
passed=0
failed=0

# A tree that keeps every rule.
tree_make()
{
    rm -rf "${top:?}"/*
    mkdir -p "$top"/{auditor/base,auditor/model,auditor/visit,auditor/score,auditor/cli,tests/unit/base}
    cd "$top"
    cp "$here/../../auditor/layers.txt" auditor/layers.txt
    cp "$here/../../.clang-format" .clang-format
    cat > auditor/base/attr.h <<'C'
/* attr.h - attributes. Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#define AUTO(f) __attribute__((cleanup(f)))

#endif
C
    cat > auditor/base/one.h <<'C'
/* one.h - one thing.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#ifndef BASE_ONE_H
#define BASE_ONE_H

/** One more. */
int one_add(int number);

#endif
C
    cat > auditor/base/one.c <<'C'
/* one.c - one thing.
 *
 * Layer: base. SPDX-License-Identifier: MIT */
#include "base/one.h"

#include <stdlib.h>

static const char *const words[] = {"a", "b"};

int one_add(int number)
{
    free(NULL);
    if (number > 0)
        return number + words[0][0];
    return number;
}
C
    cat > tests/unit/base/one_test.c <<'C'
/* one_test.c - promises of base/one. SPDX-License-Identifier: MIT */
void test_one__adds(void)
{
}
C
    printf 'most 0\n' > exempt.txt
}

# A file of auditor/ with a good head and the text of standard input behind it.
file_add() # PATH
{
    local name=${1##*/} layer=${1#auditor/}
    layer=${layer%%/*}
    {
        printf '/* %s - something. Layer: %s. SPDX-License-Identifier: MIT */\n' "$name" "$layer"
        cat
    } > "$1"
}

lint()
{
    LINT_EXEMPT="$top/exempt.txt" LINT_CFLAGS='' "$here/run.sh" "$@" 2>&1
}

# bites RULE TEXT: the rule must complain, with TEXT in what it says.
bites()
{
    local said
    if said=$(lint "$1"); then
        printf 'not ok: %s lets pass: %s\n' "$1" "$2"
        failed=$((failed + 1))
    elif ! grep -qF -- "$2" <<< "$said"; then
        printf 'not ok: %s says %s instead of: %s\n' "$1" "$said" "$2"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
    tree_make
}

silent() # RULE... : no rule may complain
{
    local said
    if said=$(lint "$@"); then
        passed=$((passed + 1))
    else
        printf 'not ok: complains about a good tree: %s\n' "$said"
        failed=$((failed + 1))
    fi
}

tree_make
silent

# layers
printf '\n#include "model/x.h"\n' >> auditor/base/one.c
bites layers 'base/ may not include model/'
file_add auditor/visit/walk.c <<< '#include "score/score.h"'
bites layers 'visit/ may not include score/'
mkdir auditor/new && file_add auditor/new/x.c <<< ''
bites layers '"new" is not in auditor/layers.txt'
printf '\n#include "one.h"\n' >> auditor/base/one.c
bites layers 'not "one.h"'
printf '#include "visit/walk.h"\n#include "visit/guard.h"\n#include "audit/run.h"\n' | file_add auditor/cli/cmd_visit.c
silent layers
printf '#include "visit/walk.h"\n#include "score/score.h"\n' | file_add auditor/cli/cmd_visit.c
bites layers 'cli/ may not include score/'

# doors
printf '\n#include <pcre2.h>\n' >> auditor/base/one.c
bites doors '<pcre2.h> may be included only in auditor/base/regex.c'
file_add auditor/visit/walk.c <<< '#include <curl/curl.h>'
bites doors '<curl/curl.h> may be included only in auditor/net/'

# includes
sed -i 's|#include "base/one.h"|#include <stdio.h>\n\n#include "base/one.h"|' auditor/base/one.c
bites includes 'the first include must be "base/one.h"'

# symbols
printf '\nint counter;\n' >> auditor/base/one.c
bites symbols '"counter" is a writable global'
printf '\nstatic const char *names[] = {"a"};\nconst char *name_at(int i)\n{\n    return names[i];\n}\n' >> auditor/base/one.c
bites symbols '"names" is a writable global'
printf '\nint next(void)\n{\n    static int last = 3;\n    return last++;\n}\n' >> auditor/base/one.c
bites symbols 'is a writable global or a function static'
printf '#include <string.h>\nvoid f(char *a, const char *b)\n{\n    strcpy(a, b);\n}\n' | file_add auditor/visit/walk.c
bites symbols 'strcpy() is banned'
printf '#include <stdlib.h>\nint f(const char *b)\n{\n    return atoi(b);\n}\n' | file_add auditor/visit/walk.c
bites symbols 'atoi() is banned'
printf '#include <stdio.h>\nint f(const char *b, int *n)\n{\n    return sscanf(b, "%%d", n);\n}\n' | file_add auditor/visit/walk.c
bites symbols 'scanf() is banned'
printf '#include <stdlib.h>\nvoid *f(void)\n{\n    return malloc(3);\n}\n' | file_add auditor/visit/walk.c
bites symbols 'malloc() is banned outside base/'
printf '#include <stdio.h>\nvoid f(void)\n{\n    printf("x\\n");\n}\n' | file_add auditor/visit/walk.c
bites symbols 'puts() is banned outside cli/'
printf '#include <stdlib.h>\nvoid f(void)\n{\n    exit(3);\n}\n' | file_add auditor/cli/cmd.c
bites symbols 'exit() is banned outside cli/main.c'

# headers
printf '#ifndef BASE_TWO_H\n#define BASE_TWO_H\nsize_t two(void);\n#endif\n' | file_add auditor/base/two.h
bites headers 'does not compile alone'

# sizes
for i in $(seq 600); do printf '/* %d */\n' "$i"; done >> auditor/base/one.c
bites sizes 'more than 600'
{
    printf '\nvoid long_one(void)\n{\n'
    for i in $(seq 61); do printf '    one_add(%d);\n' "$i"; done
    printf '}\n'
} >> auditor/base/one.c
bites sizes 'long_one() has 61 lines, more than 60'
printf '\nint wide(int a, int b, int c,\n         int d, int e, int f)\n{\n    return a;\n}\n' >> auditor/base/one.c
bites sizes 'wide() has 6 parameters'
printf '\nbool five(Arena *arena, int a, int b, int c, void (*d)(int, int), int e, Error *err)\n{\n    return a;\n}\n' >> auditor/base/one.c
silent sizes
tree_make
printf '\nvoid deep(int a)\n{\n    if (a)\n        while (a)\n            for (;;)\n                if (a > 2)\n                    return;\n}\n' >> auditor/base/one.c
bites sizes 'deep() nests deeper'

# format
printf '\nint  two(void);\n' >> auditor/base/one.h
bites format 'not as clang-format writes it'

# comments
sed -i '1s/one.c/two.c/' auditor/base/one.c
bites comments 'must begin with "/* one.c - what it is"'
sed -i 's/SPDX[^ ]*//' auditor/base/one.c
bites comments 'SPDX-License-Identifier: MIT'
sed -i 's/Layer: base/Layer: model/' auditor/base/one.c
bites comments 'must say "Layer: base"'
sed -i 's/BASE_ONE_H/ONE_H/' auditor/base/one.h
bites comments 'its guard must be BASE_ONE_H'

# twins
rm tests/unit/base/one_test.c
bites twins 'has no tests: write tests/unit/base/one_test.c'
sed -i 's/test_one__adds/test_two__adds/' tests/unit/base/one_test.c
bites twins 'this file does not say that it tests two.c'
sed -i 's/test_one__adds/test_adds/' tests/unit/base/one_test.c
bites twins 'is not called test_file__promise(void)'
printf '/* one_test.c - nothing. SPDX-License-Identifier: MIT */\n' > tests/unit/base/one_test.c
bites twins 'holds no test'
sed 's/one_add/one_two_add/' auditor/base/one.c > auditor/base/one_two.c
silent twins
mv auditor/base/one_two.c auditor/base/three.c
sed -i '1s|.*|/* one_test.c - promises. Tests one.c and three.c. SPDX-License-Identifier: MIT */|' tests/unit/base/one_test.c
silent twins
tree_make

# words
printf '\nint f(void) __attribute__((noreturn));\n' >> auditor/base/one.h
bites words 'attributes stand in base/attr.h only'
printf '\nint f(int a)\n{\n    __typeof__(a) b = a;\n    return b;\n}\n' >> auditor/base/one.c
bites words 'a compiler extension'
printf '\n#define _GNU_SOURCE\n' >> auditor/base/one.c
bites words 'feature macros'
printf '\nvoid f(void)\n{\n    AUTO(buf_release) Buf buf;\n}\n' >> auditor/base/one.c
bites words 'must have a value from the start'
printf '\n/* TO''DO: later */\n' >> auditor/base/one.c
bites words 'write TODO(#issue)'
printf '\n// one_add(3);\n' >> auditor/base/one.c
bites words 'commented-out code'

# texts
printf 'see /%s/main\n' work > README.md
bites texts 'names a folder of one machine'
printf 'x' > notes.txt
bites texts 'does not end with a line end'
printf 'x \n' > notes.txt
bites texts 'blanks at the end of the line'
printf '{"resolved": "x"}\n' > package-lock.json
bites texts 'names a host'

# exemptions
printf 'most 1\ntwins auditor/base/one.c - why\n' > exempt.txt
rm tests/unit/base/one_test.c
silent twins
tree_make
printf 'most 1\ntwins auditor/base/one.c - why\n' > exempt.txt
bites twins 'is no longer needed'
printf 'most 0\ntwins auditor/base/one.c - why\n' > exempt.txt
rm tests/unit/base/one_test.c
bites twins 'more than the 0 it may hold'

printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
