#!/bin/sh
# Every check there is: lint, all tests on SQLite, those that touch the database on PostgreSQL again.
# What could not be checked on this machine is named at the end, above pytest's closing line.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

SPOIWO_NOTES=$(mktemp)
export SPOIWO_NOTES
POSTGRES_LOG=var/postgres-tests.log
POSTGRES_RUN=

let_go() {
    [ -z "$POSTGRES_RUN" ] || kill "$POSTGRES_RUN" 2>/dev/null || :
    rm -f "$SPOIWO_NOTES"
}
trap let_go EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
failed=

failure() { # WHAT: remembered, so that one fault does not hide another
    failed=yes
    printf 'NIE PRZESZŁO: %s\n' "$1" >>"$SPOIWO_NOTES"
}

scripts/setup.sh dev
scripts/system.sh "$SPOIWO_NOTES"
scripts/judges.sh

say "== Styl, granice pokoi, migracje, szablony, tajemnice"
scripts/lint.sh || failure "make lint"

if .venv/bin/python -m tests.postgres; then # beside the others, on the second core; shown when they have ended
    .venv/bin/python -m tests.postgres .venv/bin/python -m pytest -m "database and not browser and not once" "$@" \
        >"$POSTGRES_LOG" 2>&1 </dev/null &
    POSTGRES_RUN=$!
fi

say "== Testy na SQLite (obok: na PostgreSQL, dziennik: $POSTGRES_LOG)"
.venv/bin/python -m pytest -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder "$@" || failure "testy na SQLite"

if [ -n "$POSTGRES_RUN" ]; then
    code=0
    wait "$POSTGRES_RUN" || code=$?
    POSTGRES_RUN=
    say "== Testy na PostgreSQL"
    [ "$code" = 0 ] || failed=yes
    sed '$d' "$POSTGRES_LOG"
    # what failed meanwhile; the closing line of pytest stays the last one
    grep -vxF -f "$POSTGRES_LOG" "$SPOIWO_NOTES" || :
    tail -n 1 "$POSTGRES_LOG"
fi

[ -z "$failed" ]
