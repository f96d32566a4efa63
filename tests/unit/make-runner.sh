#!/usr/bin/env bash
# Writes the cmocka runner: every `void test_<file>__<promise>(void)` in the files given is a test.
set -euo pipefail
printf '/* made by tests/unit/make-runner.sh */\n#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <stdlib.h>\n#include <cmocka.h>\n\n'
names=$(sed -nE 's/^void (test_[a-z0-9_]+)\(void\)$/\1/p' "$@")
for name in $names; do
    printf 'void %s(void);\nstatic void run_%s(void **state)\n{\n    (void)state;\n    %s();\n}\n' "$name" "$name" "$name"
done
printf '\nint main(int argc, char **argv)\n{\n    const struct CMUnitTest tests[] = {\n'
for name in $names; do
    printf '        {"%s", run_%s, NULL, NULL, NULL},\n' "$name" "$name"
done
printf '        {NULL, NULL, NULL, NULL, NULL}};\n'
printf '    if (argc > 1)\n        cmocka_set_test_filter(argv[1]);\n'
printf '    return _cmocka_run_group_tests("unit", tests, sizeof(tests) / sizeof(tests[0]) - 1, NULL, NULL) ? 1 : 0;\n}\n'
