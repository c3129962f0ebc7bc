#!/bin/sh
# Start the server. Usage: scripts/run.sh HOST PORT
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

HOST=$1
PORT=$2
case $PORT in '' | *[!0-9]* | ??????*) fail "PORT=$PORT nie jest numerem portu; podaj liczbę od 1 do 65535." ;; esac

# On one's own computer there is no certificate; behind a proxy the operator says so (docs/operacje.md).
[ -n "${SPOIWO_BEHIND_PROXY:-}" ] || export SPOIWO_PLAIN_HTTP="${SPOIWO_PLAIN_HTTP:-1}"

.venv/bin/python scripts/port.py "$HOST" "$PORT" || exit 1
exec .venv/bin/spoiwo serve --host "$HOST" --port "$PORT"
