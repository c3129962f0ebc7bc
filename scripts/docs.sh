#!/bin/sh
# Write the pages of documentation that come from the code. With --check nothing is written: the pages that
# are out of date are named and the code is 1.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

CHECK=${1:-}
NEW=$(mktemp)
trap 'rm -f "$NEW"' EXIT
stale=

page() { # FILE COMMAND...: the file holds what the command prints
    file=$1
    shift
    "$@" >"$NEW" || fail "Nie udało się utworzyć $file."
    if cmp -s "$NEW" "$file"; then
        [ -n "$CHECK" ] || say "  aktualne: $file"
    elif [ -n "$CHECK" ]; then
        stale="$stale $file"
    else
        mkdir -p "$(dirname "$file")"
        cat "$NEW" >"$file"
        say "  zapisane: $file"
    fi
}

page docs/pakiet-roku.md .venv/bin/python -m spoiwo.ledger.domain.schema.guide
page docs/naglowki.md .venv/bin/python -m spoiwo.access.headers_guide

[ -z "$stale" ] || fail "Nieaktualna dokumentacja (odświeży ją make docs):$stale"
