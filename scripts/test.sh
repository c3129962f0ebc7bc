#!/bin/sh
# Every check there is: lint, all tests on SQLite, those that touch the database on PostgreSQL again.
# What could not be checked on this machine is named at the end, above pytest's closing line.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

SPOIWO_NOTES=$(mktemp)
export SPOIWO_NOTES
trap 'rm -f "$SPOIWO_NOTES"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
failed=

failure() { # WHAT: remembered, so that one fault does not hide another
    failed=yes
    printf 'NIE PRZESZŁO: %s\n' "$1" >>"$SPOIWO_NOTES"
}

scripts/setup.sh dev
scripts/system.sh "$SPOIWO_NOTES"

say "== Styl, granice pokoi, migracje, szablony, tajemnice"
scripts/lint.sh || failure "make lint"

say "== Testy na SQLite"
.venv/bin/python -m pytest "$@" || failure "testy na SQLite"

if .venv/bin/python -m tests.postgres; then
    say "== Testy na PostgreSQL"
    .venv/bin/python -m tests.postgres .venv/bin/python -m pytest -m "database and not browser" "$@" ||
        failure "testy na PostgreSQL"
fi

[ -z "$failed" ]
