#!/bin/sh
# What is checked without running the program. Every check runs, also after one that failed.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

BIN=.venv/bin
failed=

check() { # LABEL COMMAND...: its words are shown only when it fails
    label=$1
    shift
    if words=$("$@" 2>&1 </dev/null); then
        say "  dobrze: $label"
    else
        failed="$failed $label;"
        say "  ŹLE: $label"
        printf '%s\n' "$words" | sed 's/^/    /'
    fi
}

check "format (ruff)" "$BIN/ruff" format --check --output-format concise .
check "styl (ruff)" "$BIN/ruff" check --output-format concise .
check "granice pokoi (import-linter)" "$BIN/lint-imports" --no-cache
check "szablony (djlint)" "$BIN/djlint" --lint --quiet spoiwo
check "brakujące migracje" "$BIN/spoiwo" makemigrations --check --dry-run
check "tajemnice, numery PESEL, literówki" "$BIN/python" -m tests.scan
check "dokumentacja z kodu" scripts/docs.sh --check

[ -z "$failed" ] || fail "make lint znalazł błędy:$failed"
