#!/bin/sh
# Build the compiled base style sheet from its Sass source and the fonts from their packages. The results are
# kept in the repository, so only a person who changes the sources needs Node.js.
set -eu
cd "$(dirname "$0")/.."
ROOT=$(pwd -P)
. scripts/say.sh

GOVUK_FRONTEND=6.6.0
SASS=1.108.2
BASE=spoiwo/ui/static/ui/base
WORK=var/assets
LOG=var/assets.log

{ command -v node && command -v npm; } >/dev/null 2>&1 ||
    fail "Budowanie arkuszy wymaga Node.js i npm; gotowe arkusze są w repozytorium, więc do pracy nie są potrzebne."

mkdir -p "$WORK"
say "Pobieram govuk-frontend $GOVUK_FRONTEND i sass $SASS"
npm install --prefix "$WORK" --no-save --no-audit --no-fund --ignore-scripts \
    "govuk-frontend@$GOVUK_FRONTEND" "sass@$SASS" >"$LOG" 2>&1 </dev/null ||
    fail "Nie udało się pobrać pakietów z rejestru npm; szczegóły: $LOG"

say "Składam $BASE/spoiwo-govuk.css"
node "$WORK/node_modules/sass/sass.js" --load-path="$WORK/node_modules" --style=compressed --no-source-map \
    --quiet-deps "$BASE/spoiwo-govuk.scss" "$WORK/spoiwo-govuk.css"
mv "$WORK/spoiwo-govuk.css" "$BASE/spoiwo-govuk.css"

if [ -f spoiwo/ui/fonts/build.py ]; then
    say "Składam czcionki"
    "$ROOT/.venv/bin/python" spoiwo/ui/fonts/build.py
fi
say "Gotowe; zmiany pokaże: git status"
