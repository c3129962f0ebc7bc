#!/bin/sh
# Collect the messages of code and templates into the Polish catalogue and compile it.
set -eu
cd "$(dirname "$0")/.."
ROOT=$(pwd -P)
. scripts/say.sh

LOCALE=spoiwo/config/locale

command -v xgettext >/dev/null 2>&1 || fail "Zbieranie komunikatów wymaga programu xgettext z pakietu gettext."
mkdir -p "$LOCALE"
(
    cd spoiwo
    SPOIWO_DATA_DIR="$ROOT/var" "$ROOT/.venv/bin/spoiwo" makemessages --locale pl --no-obsolete --no-wrap \
        --add-location file --ignore 'tests/*'
)
.venv/bin/pybabel --quiet compile --directory "$LOCALE" --domain django --statistics
