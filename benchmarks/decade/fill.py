"""`python -m benchmarks.decade.fill LINES [plant]`: the process that fills an empty house with ten years."""

import sys

import django


def main() -> None:
    """Fill the house of this environment; with "plant" one row is then spoilt."""
    django.setup()
    from benchmarks.decade.region import fill, plant
    from benchmarks.house import look_over

    fill(int(sys.argv[1]))
    if "plant" in sys.argv[2:]:
        plant()
    look_over()


if __name__ == "__main__":
    main()
