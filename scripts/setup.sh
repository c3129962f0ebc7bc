#!/bin/sh
# Make .venv: find a Python, create the environment, install the locked packages, leave .venv/bin/spoiwo.
# Usage: scripts/setup.sh [base|dev]. It can be interrupted and repeated, and ends at once when nothing
# changed since the last time: the stamps in .venv hold what was installed and are written last.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$ROOT"
. scripts/say.sh
. scripts/python.sh

KIND=${1:-base}
LOG=var/setup.log
NEEDED_MB=1536
CHILD=
HOLDS_LOCK=

unset PYTHONHOME PYTHONPATH
export PIP_USER=0 UV_PYTHON_DOWNLOADS=never

stamp_of() { # base|dev: what must be as it was for the environment to be up to date
    printf '%s\n' "$ROOT"
    cat scripts/setup.sh requirements/uv.txt "requirements/$1.txt"
}

is_ready() { # base|dev
    [ -x .venv/bin/spoiwo ] && stamp_of "$1" | cmp -s - ".venv/spoiwo-$1.stamp" &&
        .venv/bin/python -c '' 2>/dev/null
}

write_stamp() { # base|dev
    stamp_of "$1" >".venv/spoiwo-$1.stamp.new"
    mv ".venv/spoiwo-$1.stamp.new" ".venv/spoiwo-$1.stamp"
}

let_go() {
    [ -z "$CHILD" ] || kill "$CHILD" 2>/dev/null || :
    [ -z "$HOLDS_LOCK" ] || rm -rf .setup.lock
}

interrupted() {
    trap - INT TERM HUP
    printf '\n' >&2
    fail "Przerwano; powtórz to samo polecenie, a instalacja zostanie dokończona."
}

wait_for_turn() { # two installations at once would spoil each other
    said=
    until mkdir .setup.lock 2>/dev/null; do
        owner=$(cat .setup.lock/pid 2>/dev/null || :)
        [ -n "$owner" ] || { sleep 1; owner=$(cat .setup.lock/pid 2>/dev/null || :); }
        if [ -n "$owner" ] && kill -0 "$owner" 2>/dev/null; then
            [ -n "$said" ] || say "Inna instalacja jest w toku (proces $owner); czekam."
            said=yes
            sleep 1
        else
            rm -rf .setup.lock
        fi
    done
    HOLDS_LOCK=yes
    echo $$ >.setup.lock/pid
}

check_disk() {
    set -- "$(df -Pk . 2>/dev/null | tail -n 1)"
    # shellcheck disable=SC2086  # the words of the line are wanted
    set -- $1
    case ${4:-} in '' | *[!0-9]*) return 0 ;; esac
    [ $(($4 / 1024)) -ge "$NEEDED_MB" ] ||
        fail "Za mało miejsca na dysku: wolne $(($4 / 1024)) MB, potrzeba co najmniej $NEEDED_MB MB."
}

show_progress() { # LABEL SECONDS WANTED: how long it lasts and how many packages are in place
    progress="$1 … $2 s"
    if [ "$3" -gt 0 ]; then
        set -- "$1" "$2" "$3" .venv/lib/python*/site-packages/*.dist-info
        progress="$progress, na miejscu $(($# - 3)) z $3 pakietów"
    fi
    if [ -t 1 ]; then
        printf '\r\033[K%s' "$progress"
    elif [ $(($2 % 15)) -eq 0 ]; then
        say "$progress"
    fi
}

watched() { # LABEL WANTED COMMAND...: run it, its words to the log, its progress to the screen
    label=$1
    wanted=$2
    shift 2
    say "$label"
    "$@" >>"$LOG" 2>&1 </dev/null &
    CHILD=$!
    seconds=0
    short=10 # short waits first: what is quick should not be held up
    while kill -0 "$CHILD" 2>/dev/null; do
        if [ "$short" -gt 0 ] && sleep 0.1 2>/dev/null; then
            short=$((short - 1))
        else
            sleep 1
            seconds=$((seconds + 1))
            show_progress "  $label" "$seconds" "$wanted"
        fi
    done
    status=0
    wait "$CHILD" || status=$?
    CHILD=
    [ ! -t 1 ] || printf '\r\033[K'
    return "$status"
}

no_network() {
    grep -qiE 'name resolution|name or service not known|dns error|connection refused|network is unreachable|timed out|NewConnectionError|error sending request|could not connect|failed to fetch|cannot connect to proxy|tunnel error' "$LOG"
}

explain() { # the reason of a failed installation, in one sentence
    if grep -qi 'no space left' "$LOG"; then
        fail "Zabrakło miejsca na dysku; zwolnij co najmniej $NEEDED_MB MB i powtórz: make setup"
    elif grep -qiE 'hash mismatch|do not match the hashes' "$LOG"; then
        fail "Pobrany pakiet ma inną sumę kontrolną niż zapisana w requirements; szczegóły: $LOG"
    elif no_network; then
        fail "Nie udało się pobrać pakietów: brak sieci; sprawdź połączenie i powtórz (szczegóły: $LOG)."
    fi
    fail "Instalacja pakietów nie powiodła się; szczegóły: $LOG"
}

have_environment() { # half made, of an older Python or moved from elsewhere: not good
    [ -f .venv/pyvenv.cfg ] && new_enough "$(version_of .venv/bin/python)" &&
        .venv/bin/python -m pip --version >/dev/null 2>&1 </dev/null
}

make_environment() {
    have_environment && return 0
    find_python
    need_venv_module
    [ ! -e .venv ] || say "Katalog .venv jest niepełny; tworzę go od nowa."
    watched "Środowisko .venv (Python $PYTHON_FOUND: $PYTHON)" 0 "$PYTHON" -m venv --clear .venv ||
        fail "Nie udało się utworzyć środowiska .venv; szczegóły: $LOG"
}

have_installer() {
    wanted_uv=$(sed -n 's/^uv==\([^ ]*\).*/\1/p' requirements/uv.txt)
    set -- "$(.venv/bin/uv --version 2>/dev/null </dev/null || :)"
    case $1 in "uv $wanted_uv" | "uv $wanted_uv "*) return 0 ;; *) return 1 ;; esac
}

pip_install() { # FILE
    .venv/bin/python -m pip install --disable-pip-version-check --retries 2 --timeout 30 \
        --require-hashes --requirement "$1"
}

uv_install() { # FILE
    .venv/bin/uv pip install --python .venv/bin/python --require-hashes --requirement "$1"
}

install_packages() { # base|dev
    file=requirements/$1.txt
    count=$(grep -c '^[A-Za-z0-9].*==' "$file")
    if ! have_installer; then
        watched "Instalator uv" 0 pip_install requirements/uv.txt || ! no_network || explain
    fi
    if have_installer; then
        watched "Pakiety z $file" "$count" uv_install "$file" && return 0
        say "Program uv nie dał rady; próbuję programem pip, to potrwa kilka minut."
        : >"$LOG"
    fi
    watched "Pakiety z $file (pip)" "$count" pip_install "$file" || explain
}

put_command() { # .venv/bin/spoiwo works from any folder; the package itself is used where it lies
    packages=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$ROOT" >"$packages/spoiwo-house.pth"
    cat >.venv/bin/spoiwo.new <<EOF
#!/bin/sh
'''exec' "$ROOT/.venv/bin/python" "\$0" "\$@"
' '''
import sys

from spoiwo.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
EOF
    chmod 755 .venv/bin/spoiwo.new
    mv .venv/bin/spoiwo.new .venv/bin/spoiwo
}

case $KIND in base | dev) ;; *) fail "Użycie: scripts/setup.sh [base|dev]" ;; esac
! is_ready "$KIND" || { say "Środowisko .venv jest gotowe."; exit 0; }
[ -w . ] || fail "W katalogu $ROOT nie można zapisywać; skopiuj projekt do własnego katalogu."
trap let_go EXIT
trap interrupted INT TERM HUP
check_disk
mkdir -p var
wait_for_turn
! is_ready "$KIND" || { say "Środowisko .venv jest gotowe."; exit 0; }
: >"$LOG"
make_environment
rm -f ".venv/spoiwo-$KIND.stamp"
install_packages "$KIND"
put_command
[ "$KIND" = base ] || write_stamp base
write_stamp "$KIND"
say "Środowisko .venv jest gotowe."
