#!/bin/sh
# Collect the messages of code and templates into the Polish catalogue, tidy it and compile it. Messages that
# have no Polish yet are printed and the code is 1: write it in django.po and run this again.
set -eu
cd "$(dirname "$0")/.."
ROOT=$(pwd -P)
. scripts/say.sh

LOCALE=spoiwo/config/locale
CATALOGUE=$LOCALE/pl/LC_MESSAGES/django

command -v xgettext >/dev/null 2>&1 || fail "Zbieranie komunikatów wymaga programu xgettext z pakietu gettext."
mkdir -p "$LOCALE"
(
    cd spoiwo
    SPOIWO_DATA_DIR="${SPOIWO_DATA_DIR:-$ROOT/var}" "$ROOT/.venv/bin/spoiwo" makemessages --locale pl --no-obsolete --no-wrap \
        --add-location file --ignore 'tests/*' --verbosity 0
)
complete=yes
PYTHONPATH=$ROOT .venv/bin/python scripts/messages.py "$CATALOGUE.po" || complete=
msgfmt --check-format --check-domain --statistics --output-file "$CATALOGUE.mo" "$CATALOGUE.po"
[ -n "$complete" ] || fail "Brakuje polskich komunikatów; lista jest wyżej."
