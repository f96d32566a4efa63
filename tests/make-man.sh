#!/usr/bin/env bash
# Writes the man page from the program's own tables: make-man.sh PROGRAM VERSION.
# SPDX-License-Identifier: MIT
set -euo pipefail
program=$1
escape() { sed -e 's/\\/\\\\/g' -e 's/-/\\-/g' -e "s/^'/\\\\\&'/" -e 's/^\./\\\&./'; }
printf '.TH MYSTERY 1 "" "mystery %s" "User Commands"\n.SH NAME\nmystery \\- the automated mystery web user\n' "$2"
printf '.SH SYNOPSIS\n.B mystery\n.I command\n.RI [ options ]\n.SH DESCRIPTION\nVisits an online shop as a customer would, measures what each step costs, judges the shop by a grid of criteria and writes the report of a mystery shopper. It never pays and never places an order.\n.SH COMMANDS\n'
"$program" help | sed -nE 's/^  ([a-z]+) +(.*)$/\1\t\2/p' | while IFS=$'\t' read -r name rest; do
    printf '.SS mystery %s\n' "$name"
    "$program" "$name" --help | sed -n '2p' | escape
    "$program" "$name" --help | sed -nE 's/^  (-.*[^ ])  +([^ ].*)$/\1\t\2/p; s/^      (--[^ ]+( [^ ]+)?) +(.*)$/\1\t\3/p' |
        while IFS=$'\t' read -r option help; do
            printf '.TP\n.B %s\n%s\n' "$(printf '%s' "$option" | escape)" "$(printf '%s' "$help" | escape)"
        done
done
printf '.SH EXIT STATUS\n0 done and every asked\\-for bar is met; 1 the program or its surroundings failed; 2 a bar was not met; 3 the input is wrong; 4 inconclusive; 130, 143 interrupted.\n'
printf '.SH ENVIRONMENT\nMYSTERY_DATA, MYSTERY_OPTION_*, MYSTERY_VARIABLE_*, MYSTERY_SECRET_*, NO_COLOR, SOURCE_DATE_EPOCH, SSL_CERT_FILE, TMPDIR.\n'
