#!/bin/sh
# Lock the requirements: every package with its version and hashes, no address of any registry.
# With UPGRADE=1 newer versions are taken; without it only what the .in files ask for changes.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

uv=.venv/bin/uv
[ -x "$uv" ] || fail "Brakuje .venv; najpierw uruchom: make setup"

lock() { # NAME [OPTION...]: requirements/NAME.in -> requirements/NAME.txt
    name=$1
    shift
    [ -z "${UPGRADE:-}" ] || set -- "$@" --upgrade
    say "Blokada wersji: requirements/$name.txt"
    "$uv" pip compile "requirements/$name.in" --output-file "requirements/$name.txt" \
        --universal --python-version 3.11 --generate-hashes --quiet \
        --no-header "$@" >/dev/null
}

lock uv
lock base
lock dev --constraint requirements/base.txt
lock judges --override requirements/judges.override
