#!/usr/bin/env bash
# Writes completions from the program's own tables: make-completion.sh PROGRAM bash|zsh|fish.
# SPDX-License-Identifier: MIT
set -euo pipefail
program=$1
commands=$("$program" help | sed -nE 's/^  ([a-z]+) +.*$/\1/p')
options_of() { "$program" "$1" --help | grep -oE -- '--[a-z0-9.-]+' | sort -u | tr '\n' ' '; }
case $2 in
bash)
    printf '_mystery() {\n    local words\n    case ${COMP_WORDS[1]} in\n'
    for command in $commands; do printf '    %s) words="%s" ;;\n' "$command" "$(options_of "$command")"; done
    printf '    *) words="%s" ;;\n    esac\n' "$(echo $commands)"
    printf '    [ "$COMP_CWORD" -eq 1 ] && words="%s"\n' "$(echo $commands)"
    printf '    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))\n}\ncomplete -o default -F _mystery mystery\n'
    ;;
zsh)
    printf '#compdef mystery\nif ((CURRENT == 2)); then\n    compadd %s\nelse\n    case $words[2] in\n' "$(echo $commands)"
    for command in $commands; do printf '    %s) compadd -- %s; _files ;;\n' "$command" "$(options_of "$command")"; done
    printf '    esac\nfi\n'
    ;;
fish)
    printf 'complete -c mystery -n __fish_use_subcommand -a "%s"\n' "$(echo $commands)"
    for command in $commands; do
        for option in $(options_of "$command"); do
            printf 'complete -c mystery -n "__fish_seen_subcommand_from %s" -l %s\n' "$command" "${option#--}"
        done
    done
    ;;
esac
