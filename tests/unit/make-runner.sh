#!/usr/bin/env bash
# Writes the cmocka runner: every `void test_<file>__<promise>(void)` in the files given is a test.
# unit-tests [PATTERN [I/N]]: those that match, and of these the Ith of N equal parts (from 1).
set -euo pipefail
printf '/* made by tests/unit/make-runner.sh */\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <cmocka.h>\n\n'
names=$(sed -nE 's/^void (test_[a-z0-9_]+)\(void\)$/\1/p' "$@")
for name in $names; do
    printf 'void %s(void);\nstatic void run_%s(void **state)\n{\n    (void)state;\n    %s();\n}\n' "$name" "$name" "$name"
done
printf '\nstatic const struct CMUnitTest ALL[] = {\n'
for name in $names; do
    printf '    {"%s", run_%s, NULL, NULL, NULL},\n' "$name" "$name"
done
printf '};\n'
cat << 'END'
enum { COUNT = sizeof ALL / sizeof ALL[0] };

int main(int argc, char **argv)
{
    struct CMUnitTest mine[COUNT];
    size_t count = 0;
    int part = 1;
    int parts = 1;
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    if (argc > 2) {
        char *slash = NULL;
        part = (int)strtol(argv[2], &slash, 10);
        parts = *slash == '/' ? (int)strtol(slash + 1, NULL, 10) : 0;
    }
    if (part < 1 || part > parts) {
        fprintf(stderr, "the part is I/N, from 1/N to N/N\n");
        return 1;
    }
    /* Neighbours cost alike: every Nth makes parts of one length. */
    for (size_t i = (size_t)part - 1; i < COUNT; i += (size_t)parts)
        mine[count++] = ALL[i];
    return _cmocka_run_group_tests("unit", mine, count, NULL, NULL) ? 1 : 0;
}
END
