# Read by setup.sh: find a Python to build on. Every candidate is executed, for a version manager's shim
# stands on PATH also when the version behind it is not installed. Needs ROOT and say.sh.

# The script that a Python must be able to run; prints its version.
PYTHON_VERSION='import sys; print("%d.%d" % sys.version_info[:2])'
# Debian keeps this part of Python in a package of its own.
PYTHON_VENV='import ensurepip, venv'

version_of() { # PROGRAM: its version as 3.11, or nothing when it is no Python
    "$1" -c "$PYTHON_VERSION" </dev/null 2>/dev/null || :
}

new_enough() { # VERSION
    case $1 in
        3.1[1-9] | 3.[2-9][0-9] | [4-9].*) return 0 ;;
        *) return 1 ;;
    esac
}

candidates() { # one a line: PATH in the order of names, then the folders of version managers
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        printf '%s\n' "$PATH" | tr ':' '\n' | while IFS= read -r folder; do
            case $folder in "$ROOT"/.venv/*) continue ;; esac
            [ ! -x "$folder/$name" ] || printf '%s\n' "$folder/$name"
        done
    done
    for path in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3 \
        "${XDG_DATA_HOME:-$HOME/.local/share}"/uv/python/cpython-3.*/bin/python3; do
        [ ! -x "$path" ] || printf '%s\n' "$path"
    done
}

chosen_python() { # the one in SPOIWO_PYTHON: good, or the end
    PYTHON_FOUND=$(version_of "$SPOIWO_PYTHON")
    [ -n "$PYTHON_FOUND" ] ||
        fail "SPOIWO_PYTHON wskazuje na $SPOIWO_PYTHON, a to nie jest działający Python."
    new_enough "$PYTHON_FOUND" ||
        fail "Python $PYTHON_FOUND z SPOIWO_PYTHON jest za stary: Spoiwo wymaga Pythona 3.11 lub nowszego."
    PYTHON=$SPOIWO_PYTHON
}

find_python() { # sets PYTHON and PYTHON_FOUND (its version), or ends with one sentence
    PYTHON=
    PYTHON_FOUND=
    [ -z "${SPOIWO_PYTHON:-}" ] || { chosen_python; return 0; }
    too_old=
    without_venv=
    while IFS= read -r candidate; do
        version=$(version_of "$candidate")
        [ -n "$version" ] || continue
        if ! new_enough "$version"; then
            too_old=${too_old:-"$version ($candidate)"}
        elif "$candidate" -c "$PYTHON_VENV" </dev/null 2>/dev/null; then
            PYTHON=$candidate
            PYTHON_FOUND=$version
            return 0
        else
            without_venv=${without_venv:-$candidate}
        fi
    done <<EOF
$(candidates)
EOF
    if [ -n "$without_venv" ]; then
        PYTHON=$without_venv
        PYTHON_FOUND=$(version_of "$PYTHON")
    elif [ -n "$too_old" ]; then
        fail "Znaleziony Python $too_old jest za stary: Spoiwo wymaga Pythona 3.11 lub nowszego."
    else
        fail "Nie znaleziono Pythona: zainstaluj Python 3.11 lub nowszy albo wskaż go w SPOIWO_PYTHON."
    fi
}

need_venv_module() { # Debian leaves `venv` out of its Python: bring it when allowed, else name the package
    "$PYTHON" -c "$PYTHON_VENV" </dev/null 2>/dev/null && return 0
    package="python$PYTHON_FOUND-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Python $PYTHON_FOUND nie ma modułu venv; instaluję pakiet $package."
        {
            apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y "$package"
        } >>"$LOG" 2>&1 </dev/null || :
        "$PYTHON" -c "$PYTHON_VENV" </dev/null 2>/dev/null && return 0
    fi
    fail "Pythonowi $PYTHON_FOUND ($PYTHON) brakuje modułu venv; zainstaluj pakiet $package i powtórz."
}
