#!/bin/sh
# Make var/judges: the environment of pyIATI, which judges the IATI export and cannot live in .venv.
# It ends at once when nothing changed since the last time. When it cannot be made, the tests say what nobody checked.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

FILE=requirements/judges.txt
PLACE=var/judges
LOG=var/judges.log
uv=.venv/bin/uv

stamp_of() {
    .venv/bin/python -V
    cat scripts/judges.sh "$FILE"
}

is_ready() {
    stamp_of | cmp -s - "$PLACE/judges.stamp" && "$PLACE/bin/python" -c '' 2>/dev/null
}

make_place() {
    rm -rf "$PLACE"
    "$uv" venv --python .venv/bin/python "$PLACE" &&
        "$uv" pip install --python "$PLACE/bin/python" --no-deps --require-hashes \
            --build-constraints "$FILE" --requirement "$FILE" &&
        "$PLACE/bin/python" -W ignore -c 'import iati.validator'
}

! is_ready || exit 0
[ -x "$uv" ] || { say "Nie ma sędziego eksportów: brak programu uv w .venv."; exit 0; }
mkdir -p var
say "Środowisko sędziego eksportów (pyIATI)"
if make_place >"$LOG" 2>&1 </dev/null; then
    stamp_of >"$PLACE/judges.stamp"
else
    rm -rf "$PLACE"
    say "!!! Nie ma sędziego eksportów IATI; szczegóły: $LOG"
fi
