"""Run every check, one after another, and say at the end which promises hold."""

import subprocess
import sys

from checks import __path__ as here

NOT_CHECKS = {"run"}


def names() -> list[str]:
    """The modules of this folder that are checks, in the order of the alphabet."""
    from pkgutil import iter_modules

    return [module.name for module in iter_modules(here) if not module.ispkg and module.name not in NOT_CHECKS]


def main() -> int:
    """Run them; a check that fails does not stop the others."""
    broken = []
    for name in names():
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"checks.{name}"], check=False).returncode:
            broken.append(name)
    print(f"\nNIE PRZESZŁO: {', '.join(broken)}" if broken else "\nWszystko się zgadza.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
