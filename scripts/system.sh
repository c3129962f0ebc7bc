#!/bin/sh
# Programs of the system that some tests need: Chromium, PostgreSQL, poppler, gettext and LibreOffice. As root on Debian
# they are installed; elsewhere, or when that fails, they are written to the file of notes and the tests go on.
# Usage: scripts/system.sh NOTES. SPOIWO_NO_APT=1 leaves the system as it is.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

NOTES=$1
LOG=var/system.log
APT_SECONDS=420
APT_OPTIONS='-y --no-install-recommends -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=120'

has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_postgres() { .venv/bin/python -m tests.postgres; }
has_poppler() { command -v pdftoppm; }
has_gettext() { command -v msgfmt; }
has_spreadsheet() { command -v soffice; }

missing() { # the Debian packages that are not there yet
    has_browser >/dev/null 2>&1 || printf 'chromium '
    has_postgres >/dev/null 2>&1 || printf 'postgresql '
    has_poppler >/dev/null 2>&1 || printf 'poppler-utils '
    has_gettext >/dev/null 2>&1 || printf 'gettext '
    has_spreadsheet >/dev/null 2>&1 || printf 'libreoffice-calc-nogui '
}

# The tests start a server of their own; Debian must not set up and start another one.
CLUSTER_SETTINGS=/etc/postgresql-common/createcluster.conf

forbid_default_cluster() {
    [ ! -e "$CLUSTER_SETTINGS" ] || return 0
    mkdir -p "$(dirname "$CLUSTER_SETTINGS")"
    echo 'create_main_cluster = false' >"$CLUSTER_SETTINGS"
    OURS=yes
}

allow_default_cluster() { # put back what the package itself would have left
    [ -n "$OURS" ] || return 0
    for original in "$CLUSTER_SETTINGS".ucf-dist "$CLUSTER_SETTINGS".dpkg-dist; do
        [ ! -f "$original" ] || mv "$original" "$CLUSTER_SETTINGS"
    done
}

install() {
    OURS=
    say "Instaluję programy do testów: $* (najwyżej $((APT_SECONDS / 60)) min; dziennik: $LOG)"
    forbid_default_cluster
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # the options are words
    { timeout 120 apt-get update && timeout "$APT_SECONDS" apt-get install $APT_OPTIONS "$@"; } \
        >>"$LOG" 2>&1 </dev/null || say "Nie wszystko udało się zainstalować."
    allow_default_cluster
}

note() { # PACKAGE WHAT
    say "!!! NIE SPRAWDZONO: $2: brak pakietu $1"
    printf 'NIE SPRAWDZONO: %s: brak pakietu %s\n' "$2" "$1" >>"$NOTES"
}

mkdir -p var
: >"$LOG"
wanted=$(missing)
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && [ -z "${SPOIWO_NO_APT:-}" ] &&
    command -v apt-get >/dev/null && command -v timeout >/dev/null; then
    # shellcheck disable=SC2086  # names of packages are words
    install $wanted
    wanted=$(missing)
fi
for package in $wanted; do
    case $package in
        chromium) note chromium "strony w przeglądarce (axe, wygląd, praca bez JavaScriptu)" ;;
        postgresql) note postgresql "testy na PostgreSQL" ;;
        poppler-utils) note poppler-utils "obraz stron PDF" ;;
        gettext) note gettext "kompletność polskich komunikatów" ;;
        libreoffice-calc-nogui) note libreoffice-calc-nogui "skoroszyty w prawdziwym arkuszu kalkulacyjnym" ;;
    esac
done
