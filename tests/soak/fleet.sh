#!/usr/bin/env bash
# Many audits by workers that are killed, on servers that fail: fleet.sh PROGRAM; JOBS=n WORKERS=n.
# SPDX-License-Identifier: MIT
set -euo pipefail
MYSTERY_TEST_PROGRAM=$(realpath "$1")
export MYSTERY_TEST_PROGRAM
exec node "$(dirname "$0")/fleet.mjs" "${@:2}"
