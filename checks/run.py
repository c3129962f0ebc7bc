"""Run every check, one after another, and say at the end which promises hold."""

import subprocess
import sys

from checks import __path__ as here

NOT_CHECKS = {"run"}
UNCHECKED = 2  # the code of a check that could not look at everything


def names() -> list[str]:
    """The modules of this folder that are checks, in the order of the alphabet."""
    from pkgutil import iter_modules

    return [module.name for module in iter_modules(here) if not module.ispkg and module.name not in NOT_CHECKS]


def main() -> int:
    """Run them; a check that fails does not stop the others, and one that could not look is not one that passed."""
    codes = {}
    for name in names():
        print(f"\n== {name}", flush=True)
        codes[name] = subprocess.run([sys.executable, "-m", f"checks.{name}"], check=False).returncode
    print(f"\n{summary(codes)}")
    return 1 if set(codes.values()) - {0, UNCHECKED} else UNCHECKED if UNCHECKED in codes.values() else 0


def summary(codes: dict[str, int]) -> str:
    """What a person has to know at the end."""
    broken = [name for name, code in codes.items() if code not in {0, UNCHECKED}]
    unchecked = [name for name, code in codes.items() if code == UNCHECKED]
    if broken or unchecked:
        kinds = [("NIE PRZESZŁO", broken), ("NIE SPRAWDZONO W CAŁOŚCI", unchecked)]
        return "\n".join(f"{label}: {', '.join(some)}" for label, some in kinds if some)
    return "Wszystko się zgadza."


if __name__ == "__main__":
    sys.exit(main())
