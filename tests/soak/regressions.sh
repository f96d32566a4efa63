#!/usr/bin/env bash
# Comparisons that must not cry wolf and must not sleep, kill -9 while the history is written,
# ten thousand audits in it. regressions.sh PROGRAM; COMPARES=n KILLS=n AUDITS=n.
# SPDX-License-Identifier: MIT
set -euo pipefail
MYSTERY_TEST_PROGRAM=$(realpath "$1")
export MYSTERY_TEST_PROGRAM
exec node "$(dirname "$0")/soak.mjs"
