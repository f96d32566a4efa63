#!/usr/bin/env bash
# Installs what is missing: deps.sh build|test. Says plainly what to install without apt.
# SPDX-License-Identifier: MIT
set -euo pipefail
build=(gcc make pkg-config libc6-dev libcurl4-openssl-dev libssl-dev libxml2-dev libgumbo-dev
    libpcre2-dev libcjson-dev libidn2-dev libpsl-dev libutf8proc-dev libsqlite3-dev
    libmicrohttpd-dev zlib1g-dev libpq-dev libnats-dev ca-certificates)
test=(libcmocka-dev clang-format curl openssl libxml2-utils chromium chromium-headless-shell
    fonts-liberation postgresql nats-server)
wanted=("${build[@]}")
[ "${1:-build}" = test ] && wanted+=("${test[@]}")

if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
    # Not a Debian: what pkg-config finds is enough.
    missing=()
    # libpq and libnats are needed by fleets alone: built in where they are found.
    for name in libcurl libssl libxml-2.0 gumbo libpcre2-8 libcjson libidn2 libpsl libutf8proc \
        sqlite3 libmicrohttpd zlib; do
        pkg-config --exists "$name" 2> /dev/null || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && exit 0
    echo "This system has no apt. Please install the development files of: ${missing[*]}" >&2
    echo "(and gcc, make, pkg-config; for the tests also cmocka, clang-format 14, Node.js 18)" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f '${Status}\n' "$package" 2> /dev/null | grep -q 'install ok installed' ||
        missing+=("$package")
done
if ! command -v npm > /dev/null; then
    missing+=(nodejs npm)
fi
if [ ${#missing[@]} -gt 0 ]; then
    sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo > /dev/null; then
            echo "Please install, as root: apt-get install ${missing[*]}" >&2
            exit 1
        fi
        sudo=(sudo)
    fi
    echo "installing: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    "${sudo[@]}" apt-get update -q > /dev/null
    "${sudo[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}" > /dev/null
fi

# From npm, exactly what the lock file names: what the browser engine puts into pages, and the
# tools of the tests. Without it all is built and works but that engine's measures.
have() {
    cmp -s package-lock.json "node_modules/.mystery-lock$1"
}
get() {
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
}
if [ "${1:-build}" = test ]; then
    have "" || { get && cp package-lock.json node_modules/.mystery-lock; }
elif ! have "" && ! have -build; then
    if get --omit=dev; then
        cp package-lock.json node_modules/.mystery-lock-build
    else
        echo "npm could not get what the browser engine puts into pages: it will measure less" >&2
    fi
fi
