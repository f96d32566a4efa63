#!/usr/bin/env bash
# Writes the table of fuzz targets for the replay: make-table.sh NAME...
# SPDX-License-Identifier: MIT
set -euo pipefail
echo '#include "replay.h"'
for name in "$@"; do echo "int fuzz_$name(const uint8_t *data, size_t size);"; done
echo 'const ReplayTarget replay_targets[] = {'
for name in "$@"; do echo "    {\"$name\", fuzz_$name},"; done
echo '    {NULL, NULL}};'
