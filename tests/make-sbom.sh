#!/usr/bin/env bash
# Writes what the program is made of as CycloneDX 1.5 JSON: make-sbom.sh VERSION BROWSER-FOLDER.
# Versions are those of the machine that builds. SPDX-License-Identifier: MIT
set -euo pipefail
version=$1
browser=$2
comma=

component() { # component TYPE NAME VERSION LICENCE PURL
    printf '%s\n    {"type": "%s", "name": "%s", "version": "%s", "licenses": [{"license": {"id": "%s"}}], "purl": "%s"}' \
        "$comma" "$1" "$2" "$3" "$4" "$5"
    comma=,
}

library() { # library PKG-CONFIG-NAME NAME LICENCE
    local found
    found=$(pkg-config --modversion "$1" 2> /dev/null) || return 0
    component library "$2" "$found" "$3" "pkg:generic/$2@$found"
}

printf '{\n  "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,\n'
printf '  "metadata": {"component": {"type": "application", "name": "mystery", "version": "%s", "licenses": [{"license": {"id": "MIT"}}], "bom-ref": "mystery"}},\n' "$version"
printf '  "components": ['
library libcurl curl curl
library openssl openssl Apache-2.0
library libxml-2.0 libxml2 MIT
library gumbo gumbo-parser Apache-2.0
library libpcre2-8 pcre2 BSD-3-Clause
library libcjson cjson MIT
library libidn2 libidn2 LGPL-3.0-or-later
library libpsl libpsl MIT
library libutf8proc utf8proc MIT
library sqlite3 sqlite blessing
library libpq postgresql-libpq PostgreSQL
library libmicrohttpd libmicrohttpd LGPL-2.1-or-later
library zlib zlib Zlib
for folder in "$browser"/*/; do
    [ -f "$folder/package.json" ] || continue
    field() { sed -nE "s/^ *\"$1\": *\"([^\"]*)\".*/\1/p" "$folder/package.json" | head -n 1; }
    name=$(field name) found=$(field version) licence=$(field license)
    component library "$name" "$found" "${licence:-NOASSERTION}" "pkg:npm/${name/@/%40}@$found"
done
printf '\n  ]\n}\n'
