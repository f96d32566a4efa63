#!/usr/bin/env bash
# What the browser engine puts into pages, out of the npm packages, unchanged and with their
# licences: make-browser.sh FROM TO. FROM: node_modules; without it TO stays empty, and the
# engine says what it could not measure. SPDX-License-Identifier: MIT
set -euo pipefail
from=$1 to=$2

keep() { # keep PACKAGE FOLDER FILE...
    local package=$1 folder=$2 file
    shift 2
    for file in "$@"; do
        mkdir -p "$to/$folder/$(dirname "$file")"
        cp -R "$from/$package/$file" "$to/$folder/$(dirname "$file")/"
    done
}

rm -rf "$to"
mkdir -p "$to"
if [ ! -d "$from/web-vitals" ] || [ ! -d "$from/axe-core" ] || [ ! -d "$from/@duckduckgo/autoconsent" ]; then
    echo "the browser engine's page scripts are not there (make deps gets them from npm)" >&2
    exit 0
fi
keep web-vitals web-vitals LICENSE package.json dist/web-vitals.iife.js \
    dist/web-vitals.attribution.iife.js
keep axe-core axe-core LICENSE LICENSE-3RD-PARTY.txt package.json axe.min.js
keep @duckduckgo/autoconsent autoconsent LICENSE package.json dist/autoconsent.playwright.js rules
