#!/bin/sh
# Look at every page with axe and write what was found into the data of the accessibility declaration.
set -eu
cd "$(dirname "$0")/.."
. scripts/say.sh

SPOIWO_AXE_RESULTS=$(mktemp)
export SPOIWO_AXE_RESULTS
trap 'rm -f "$SPOIWO_AXE_RESULTS"' EXIT

say "== Badanie wszystkich stron programem axe"
code=0
.venv/bin/python -m pytest -q tests/browser || code=$?
.venv/bin/python -m tests.browser.axe_results "$SPOIWO_AXE_RESULTS" "$code"
