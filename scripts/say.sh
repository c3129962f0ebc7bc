# Read by the other scripts: how they speak. Progress goes to stdout, one sentence of refusal to stderr.

say() {
    printf '%s\n' "$*"
}

fail() { # one sentence, then the end
    printf '%s\n' "$*" >&2
    exit 1
}
